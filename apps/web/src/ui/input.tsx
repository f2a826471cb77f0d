import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/** Looks shared by everything one types into. */
export const fieldClasses =
  'w-full rounded-md border bg-surface px-2.5 text-ink shadow-raised transition-colors duration-100 hover:border-ink-3 focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-danger';

interface InputProps extends ComponentProps<'input'> {
  /** Smaller, for toolbars. */
  dense?: boolean;
}

/** Single-line text. */
export function Input({ dense = false, className, ...rest }: InputProps) {
  return (
    <input
      className={cn(
        fieldClasses,
        'read-only:bg-sunken read-only:text-ink-2',
        dense
          ? 'h-7 border-line-strong text-xs pointer-coarse:h-9'
          : 'h-8 border-field-line text-sm pointer-coarse:h-10',
        className,
      )}
      {...rest}
    />
  );
}

/** Several lines of text. */
export function Textarea({ className, rows = 4, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows}
      className={cn(fieldClasses, 'border-field-line py-1.5 text-sm', className)}
      {...rest}
    />
  );
}
