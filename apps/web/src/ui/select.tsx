import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { fieldClasses } from './input.tsx';

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: string;
  disabled?: boolean;
}

interface SelectProps extends ComponentProps<'select'> {
  options: readonly SelectOption[];
  /** First, empty entry (for "any" or "choose"). */
  placeholder?: string;
  /** Smaller, for toolbars and table cells. */
  dense?: boolean;
}

/** The platform's own select: keyboard, screen reader and phone wheel come for free. Long lists use Combobox. */
export function Select({ options, placeholder, dense = false, className, ...rest }: SelectProps) {
  return (
    <span className={cn('relative inline-flex', className ?? 'w-full')}>
      <select
        className={cn(
          fieldClasses,
          'appearance-none truncate pr-7',
          dense
            ? 'h-7 border-line-strong text-xs pointer-coarse:h-9'
            : 'h-8 border-field-line text-sm pointer-coarse:h-10',
        )}
        {...rest}
      >
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute right-2 top-1/2 size-3.5 -translate-y-1/2 text-ink-3"
      />
    </span>
  );
}
