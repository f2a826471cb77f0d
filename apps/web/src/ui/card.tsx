import type { ReactNode } from 'react';
import { cn } from './cn.ts';

interface CardProps {
  title?: ReactNode;
  description?: ReactNode;
  /** Right end of the title row. */
  actions?: ReactNode;
  footer?: ReactNode;
  /** Without inner padding, for tables and lists. */
  flush?: boolean;
  /** Red border, for what destroys. */
  danger?: boolean;
  className?: string;
  children?: ReactNode;
}

/** One thing on a page, with a heading of its own. */
export function Card({
  title,
  description,
  actions,
  footer,
  flush = false,
  danger = false,
  className,
  children,
}: CardProps) {
  return (
    <section
      className={cn(
        'flex min-w-0 flex-col rounded-lg border bg-surface shadow-raised',
        danger ? 'border-danger/50' : 'border-line',
        className,
      )}
    >
      {title === undefined && actions === undefined ? null : (
        <header
          className={cn(
            'flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 px-4',
            flush ? 'py-2.5' : 'pt-3',
          )}
        >
          <div className="min-w-0 flex-1 basis-48">
            <h2 className="text-base font-semibold tracking-tight">{title}</h2>
            {description === undefined ? null : <p className="mt-0.5 text-ink-2">{description}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className={cn('min-w-0 flex-1', !flush && 'p-4 pt-3')}>{children}</div>
      {footer === undefined ? null : (
        <footer className="flex flex-wrap items-center justify-end gap-2 rounded-b-lg border-t border-line bg-sunken px-4 py-2.5">
          {footer}
        </footer>
      )}
    </section>
  );
}

interface StatProps {
  label: string;
  value: ReactNode;
  /** Comparison or explanation under the number. */
  hint?: ReactNode;
}

/** The number first. */
export function Stat({ label, value, hint }: StatProps) {
  return (
    <div className="min-w-0">
      <dt className="truncate text-xs text-ink-3">{label}</dt>
      <dd className="num mt-1 truncate text-xl font-semibold tracking-tight">{value}</dd>
      {hint === undefined ? null : <dd className="mt-0.5 text-xs text-ink-3">{hint}</dd>}
    </div>
  );
}
