import type { UseQueryResult } from '@tanstack/react-query';
import { ArrowRight, Lock } from 'lucide-react';
import { createContext, useContext, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { describeError } from '@/app/problem.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';

/** What moves the widget around it; there once dragging is loaded. */
export const WidgetHandle = createContext<ReactNode>(null);

interface WidgetProps<Data> {
  title: string;
  /** The page with all of it. */
  to: string;
  /** Why the person may not see it. */
  denial: string | undefined;
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
  /** Without inner padding, for lists. */
  flush?: boolean;
  /** Lines of the place-holder. */
  lines?: number;
  children: (data: Data) => ReactNode;
}

/** Frame of a widget: it loads, fails and is refused on its own, always in the same place and size. */
export function Widget<Data>({
  title,
  to,
  denial,
  query,
  flush = false,
  lines = 6,
  children,
}: WidgetProps<Data>) {
  const handle = useContext(WidgetHandle);
  const { data, error, refetch } = query;
  return (
    <Card
      flush={flush}
      className="group/widget h-full min-h-[23rem]"
      title={
        denial === undefined ? (
          <Link
            to={to}
            className="group/link inline-flex items-center gap-1.5 rounded-sm hover:text-accent-text"
          >
            {title}
            <ArrowRight aria-hidden className="size-4 text-ink-3 group-hover/link:text-accent-text" />
          </Link>
        ) : (
          title
        )
      }
      actions={<span className="-mr-1.5 flex min-h-7">{handle}</span>}
    >
      {denial !== undefined ? (
        <Quiet>
          <Lock aria-hidden className="size-5 text-ink-3" />
          <p>{denial}</p>
        </Quiet>
      ) : data !== undefined ? (
        children(data)
      ) : error !== null ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <div className={flush ? 'px-4 pb-4' : undefined}>
          <SkeletonLines lines={lines} />
        </div>
      )}
    </Card>
  );
}

/** In the middle of an empty widget. */
export function Quiet({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-full min-h-52 flex-col items-center justify-center gap-3 px-6 pb-4 text-center text-ink-2">
      {children}
    </div>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useT('ui');
  const { title, detail } = describeError(error);
  return (
    <Quiet>
      <div role="alert">
        <p className="font-medium text-ink">{title}</p>
        <p className="mt-1">{detail}</p>
      </div>
      <Button size="sm" onClick={onRetry}>
        {t('error.retry')}
      </Button>
    </Quiet>
  );
}

/** Rows of a widget, with hairlines between. */
export function WidgetList({ children }: { children: ReactNode }) {
  return <ul className="divide-y divide-line border-t border-line">{children}</ul>;
}
