import { Command } from 'cmdk';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { cn } from './cn.ts';
import { fieldClasses } from './input.tsx';

export interface ComboboxOption {
  value: string;
  label: string;
  /** Second line of text, also searched. */
  hint?: string;
}

interface ComboboxProps {
  id?: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly ComboboxOption[];
  placeholder: string;
  disabled?: boolean;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
}

/** Choice from a long list with search by typing. Choosing the chosen one again keeps it. */
export function Combobox({ value, onChange, options, placeholder, ...trigger }: ComboboxProps) {
  const t = useT('ui');
  const [open, setOpen] = useState(false);
  const listId = useId();
  const chosen = options.find((option) => option.value === value);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          aria-controls={listId}
          className={cn(
            fieldClasses,
            'flex h-8 items-center border-field-line justify-between gap-2 text-left text-sm pointer-coarse:h-10',
          )}
          {...trigger}
        >
          <span className={cn('truncate', chosen === undefined && 'text-ink-3')}>
            {chosen?.label ?? placeholder}
          </span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-(--radix-popover-trigger-width) min-w-56 animate-in rounded-lg border border-line bg-surface shadow-float"
        >
          <Command label={placeholder}>
            <Command.Input
              placeholder={t('combobox.search')}
              className="h-9 w-full border-b border-line bg-transparent px-3 text-sm outline-none"
            />
            <Command.List id={listId} className="max-h-72 overflow-y-auto p-1">
              <Command.Empty className="px-3 py-6 text-center text-ink-3">
                {t('combobox.empty')}
              </Command.Empty>
              {options.map((option) => (
                <Command.Item
                  key={option.value}
                  value={option.value}
                  keywords={[option.label, option.hint ?? '']}
                  onSelect={() => {
                    onChange(option.value);
                    setOpen(false);
                  }}
                  className="flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 data-[selected=true]:bg-hover"
                >
                  <Check
                    aria-hidden
                    className={cn('size-3.5 shrink-0', option.value !== value && 'invisible')}
                  />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">{option.label}</span>
                    {option.hint === undefined ? null : (
                      <span className="block truncate text-xs text-ink-3">{option.hint}</span>
                    )}
                  </span>
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
