import { useEffect, type ReactNode } from 'react';
import { cn } from '@/ui/cn.ts';

interface PageProps {
  /** Heading and browser title. */
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  /** Reading width for forms, full width for tables. */
  width?: 'narrow' | 'full';
  children: ReactNode;
}

/** Frame of a page: heading, actions, content. */
export function Page({ title, description, actions, width = 'full', children }: PageProps) {
  useTitle(title);
  return (
    <div
      className={cn(
        'flex w-full flex-col gap-5 px-4 py-5 sm:px-6 lg:px-8 lg:py-6',
        width === 'narrow' ? 'max-w-3xl lg:max-w-[50rem]' : 'mx-auto max-w-[88rem]',
      )}
    >
      <header className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-56">
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          {description === undefined ? null : <p className="mt-1 max-w-prose text-ink-2">{description}</p>}
        </div>
        {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** Sets the browser title. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · CloudAtlas`;
  }, [title]);
}
