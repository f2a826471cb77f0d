import type { SyncRun } from '@cloudatlas/contracts/inventory';
import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { Suspense, useMemo } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useFilters } from '@/app/search-params.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { EmptyState } from '@/ui/states.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { runsQuery } from './queries.ts';
import { runTones } from './run-tones.ts';

const RunPanel = lazyNamed(() => import('./run-report.tsx').then((module) => module.RunPanel));

/** The latest synchronisations of an account. */
export function RunTable({ accountId }: { accountId: string }) {
  const t = useT('inventory');
  const place = useWorkspacePlace();
  const [filters, setFilters] = useFilters(['run']);
  const { data, error, refetch } = useQuery(runsQuery(place));
  const rows = useMemo(() => data?.filter((run) => run.accountId === accountId), [data, accountId]);
  const columns = useRunColumns();
  return (
    <>
      <DataTable<SyncRun>
        id="sync-runs"
        label={t('runs.title')}
        columns={columns}
        rows={rows}
        rowKey={(run) => run.id}
        rowName={(run) => run.startedAt}
        error={error}
        onRetry={() => void refetch()}
        onOpen={(run) => setFilters({ run: run.id })}
        openKey={filters.run}
        empty={
          <EmptyState icon={RefreshCw} title={t('runs.emptyTitle')}>
            {t('runs.emptyText')}
          </EmptyState>
        }
      />
      {filters.run === undefined ? null : (
        <Suspense fallback={null}>
          <RunPanel runId={filters.run} onClose={() => setFilters({ run: null })} />
        </Suspense>
      )}
    </>
  );
}

function useRunColumns(): readonly Column<SyncRun>[] {
  const t = useT('inventory');
  const format = useFormat();
  const count = (
    name: 'resources' | 'appeared' | 'changed' | 'vanished',
    from: 'sm' | 'md',
    width?: string,
  ): Column<SyncRun> => ({
    id: name,
    header: t(`run.${name}`),
    align: 'right',
    from,
    ...(width === undefined ? {} : { width }),
    value: (run) => run[name],
    cell: (run) => format.number(run[name]),
  });
  return [
    {
      id: 'started',
      header: t('run.started'),
      fixed: true,
      width: '6.5rem',
      value: (run) => run.startedAt,
      cell: (run) => <RelativeTime at={run.startedAt} />,
    },
    {
      id: 'status',
      header: t('run.statusTitle'),
      width: '7.5rem',
      value: (run) => run.status,
      cell: (run) => (
        <Badge tone={runTones[run.status]} dot>
          {t(`run.status.${run.status}`)}
        </Badge>
      ),
    },
    count('resources', 'sm', '6rem'),
    count('appeared', 'md', '5rem'),
    count('changed', 'md', '6.5rem'),
    count('vanished', 'md'),
    {
      id: 'trigger',
      header: t('run.triggerTitle'),
      from: 'md',
      // The page shows the runs beside the account's facts, where there is no room for it.
      hidden: true,
      value: (run) => run.trigger,
      cell: (run) => <span className="text-ink-2">{t(`run.trigger.${run.trigger}`)}</span>,
    },
  ];
}
