import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';
import { LoadMore } from '@/ui/pagination.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { historyQuery, type ResourceChangeView } from '../queries.ts';

const tones: Record<ResourceChangeView['kind'], Tone> = {
  appeared: 'ok',
  changed: 'neutral',
  vanished: 'warn',
  returned: 'accent',
};

/** What changed when, newest first. */
export function History({ resourceId }: { resourceId: string }) {
  const t = useT('inventory');
  const place = useWorkspacePlace();
  const query = useInfiniteQuery(historyQuery(place, resourceId));
  const changes = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (changes === undefined) return <SkeletonLines lines={5} />;
  if (changes.length === 0) return <p className="text-ink-2">{t('detail.noHistory')}</p>;
  return (
    <div className="flex flex-col gap-4">
      <ol className="flex flex-col gap-4 border-l border-line pl-4">
        {changes.map((change) => (
          <li key={change.id} className="relative">
            <span
              aria-hidden
              className="absolute -left-[1.3rem] top-1.5 size-2 rounded-full border-2 border-surface bg-line-strong"
            />
            <div className="flex items-center gap-2">
              <Badge tone={tones[change.kind]}>{t(`change.${change.kind}`)}</Badge>
              <RelativeTime at={change.at} className="text-xs text-ink-2" />
            </div>
            {change.fields.length === 0 ? null : (
              <dl className="mt-1.5 flex flex-col gap-1">
                {change.fields.map((field) => (
                  <div key={field.path} className="min-w-0 text-xs">
                    <dt className="inline text-ink-3">{field.path}: </dt>
                    <dd className="inline break-words">
                      <del className="text-ink-3">{shown(field.from)}</del>
                      <span aria-hidden> → </span>
                      <ins className="font-medium no-underline">{shown(field.to)}</ins>
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ol>
      {query.hasNextPage ? (
        <LoadMore
          shown={changes.length}
          hasMore
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      ) : null}
    </div>
  );
}

/** Longest text of a value; the attributes tab has the whole. */
const longest = 200;

function shown(value: unknown): string {
  const text =
    value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
