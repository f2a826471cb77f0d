import type { Schedule, ScheduleRun } from '@cloudatlas/contracts/schedules';
import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { LoadMore } from '@/ui/pagination.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '@/ui/states.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { useSchedulePaths } from '../paths.ts';
import { runsQuery } from '../queries.ts';
import { RunStatus } from '../status.tsx';
import { useRunText } from './run-text.ts';

/** The runs of a schedule, newest first. */
export function RunHistory({ schedule }: { schedule: Pick<Schedule, 'id'> }) {
  const t = useT('schedules');
  const query = useInfiniteQuery(runsQuery(useWorkspacePlace(), schedule.id));
  const runs = query.data?.pages.flatMap((page) => page.items);
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (runs === undefined) return <SkeletonLines lines={6} />;
  if (runs.length === 0)
    return (
      <EmptyState icon={History} title={t('runs.emptyTitle')}>
        {t('runs.emptyText')}
      </EmptyState>
    );
  return (
    <>
      <ul className="divide-y divide-line rounded-md border border-line">
        {runs.map((run) => (
          <Entry key={run.id} run={run} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <LoadMore
          shown={runs.length}
          hasMore
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      ) : null}
    </>
  );
}

function Entry({ run }: { run: ScheduleRun }) {
  const t = useT('schedules');
  const to = useSchedulePaths();
  const { search } = useLocation();
  const text = useRunText();
  return (
    <li className="relative flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-2 hover:bg-hover">
      <RunStatus run={run} />
      <Link
        to={to.run(run.scheduleId, run.id, search)}
        className="min-w-0 flex-1 truncate after:absolute after:inset-0"
      >
        {text(run)}
      </Link>
      <span className="relative text-xs text-ink-3">
        <RelativeTime at={run.dueAt} />
      </span>
      {run.trigger === 'schedule' ? null : (
        <span className="w-full text-xs text-ink-3">
          {run.trigger === 'manual' ? t('runs.by', { name: run.requestedBy ?? '' }) : t('runs.afterOverride')}
        </span>
      )}
    </li>
  );
}
