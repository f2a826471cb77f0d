import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useT } from '@/app/i18n.ts';
import { IconButton } from './button.tsx';
import { cn } from './cn.ts';
import { closeOnEscape, focusFirstField } from './dialog.tsx';

interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  /** `left` is for navigation on a phone. */
  side?: 'right' | 'left';
  /** Only the children: the title is heard, not seen. */
  bare?: boolean;
  children: ReactNode;
}

/** Side panel for the detail of something in a list. Give it a URL, so it can be shared. */
export function Sheet({
  open,
  onOpenChange,
  title,
  description,
  footer,
  side = 'right',
  bare = false,
  children,
}: SheetProps) {
  const t = useT('ui');
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-in bg-black/30 dark:bg-black/55" />
        <Radix.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          onOpenAutoFocus={focusFirstField}
          onKeyDown={closeOnEscape(() => onOpenChange(false))}
          className={cn(
            'fixed inset-y-0 z-40 flex w-full flex-col bg-surface shadow-float outline-none',
            side === 'right'
              ? 'right-0 max-w-[34rem] animate-slide border-l border-line'
              : 'left-0 max-w-72 animate-slide-left border-r border-line',
          )}
        >
          {bare ? <Radix.Title className="sr-only">{title}</Radix.Title> : null}
          {bare ? null : (
            <header className="flex items-start gap-3 border-b border-line px-5 py-3">
              <div className="min-w-0 flex-1">
                <Radix.Title className="truncate text-lg font-semibold tracking-tight">{title}</Radix.Title>
                {description === undefined ? null : (
                  <Radix.Description className="mt-0.5 text-ink-2">{description}</Radix.Description>
                )}
              </div>
              <Radix.Close asChild>
                <IconButton label={t('dialog.close')} size="sm" className="-mr-2">
                  <X />
                </IconButton>
              </Radix.Close>
            </header>
          )}
          <div className={cn('min-h-0 flex-1 overflow-y-auto', !bare && 'p-5')}>{children}</div>
          {footer === undefined ? null : (
            <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
