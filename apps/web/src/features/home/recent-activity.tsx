import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { useActionName } from '@/features/audit/action-name.ts';
import { Actor, outcomeTones } from '@/features/audit/columns.tsx';
import type { AuditPageView } from '@/features/audit/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { RelativeTime } from '@/ui/values.tsx';

interface RecentActivityProps {
  mayRead: boolean;
  query: UseQueryResult<AuditPageView>;
  /** Rows the loading state reserves. */
  count: number;
}

/** The last entries of the audit log. */
export function RecentActivity({ mayRead, query, count }: RecentActivityProps) {
  const t = useT('home');
  const organization = useOrganization();
  const actionName = useActionName();
  const denial = useDenial('audit:read');
  const { data, error, refetch } = query;
  const activity = paths.organization(organization.slug, 'activity');
  return (
    <Card
      flush
      title={t('recent.title')}
      actions={
        mayRead ? (
          <Button asChild size="sm" variant="ghost">
            <Link to={activity}>{t('recent.all')}</Link>
          </Button>
        ) : undefined
      }
    >
      {mayRead ? null : <p className="border-t border-line px-4 py-4 text-ink-2">{denial}</p>}
      {mayRead && data === undefined && error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : null}
      <ul className="divide-y divide-line border-t border-line empty:hidden">
        {mayRead && data === undefined && error === null
          ? Array.from({ length: count }, (_, index) => (
              <li key={index} className="px-4 py-2.5">
                <Skeleton className={index % 2 === 0 ? 'w-3/4' : 'w-1/2'} />
              </li>
            ))
          : null}
        {data?.items.map((entry) => (
          <li key={entry.id}>
            <div className="flex items-center gap-3 px-4 py-2 hover:bg-sunken">
              <Link
                to={`${activity}?entry=${entry.id}`}
                className="min-w-0 flex-1 truncate font-medium hover:text-accent-text hover:underline"
              >
                {actionName(entry.action)}
                {entry.target?.label ? (
                  <span className="font-normal text-ink-2"> · {entry.target.label}</span>
                ) : null}
              </Link>
              {entry.outcome === 'success' ? null : (
                <Badge tone={outcomeTones[entry.outcome]}>{t(`audit:outcome.${entry.outcome}`)}</Badge>
              )}
              <span className="hidden w-40 text-ink-2 sm:block">
                <Actor actor={entry.actor} />
              </span>
              <RelativeTime at={entry.at} className="w-20 text-right text-xs text-ink-3" />
            </div>
          </li>
        ))}
        {data?.items.length === 0 ? <li className="px-4 py-4 text-ink-3">{t('recent.empty')}</li> : null}
      </ul>
    </Card>
  );
}
