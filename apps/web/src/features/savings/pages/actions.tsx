import type { ActionRow, ActionStatus } from '@cloudatlas/contracts/finops-actions';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useMemo } from 'react';
import { Link, Outlet, useNavigate, useParams } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { BarChart } from '@/charts/charts.tsx';
import type { ChartData } from '@/charts/types.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { useDays } from '@/features/costs/days.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { LoadMore } from '@/ui/pagination.tsx';
import { Select } from '@/ui/select.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { Money, RelativeTime } from '@/ui/values.tsx';
import { UndoButton } from '../act/action-report.tsx';
import { useSavingsPaths } from '../paths.ts';
import { actionsQuery, lookEveryMs, realisedQuery } from '../queries.ts';
import { SavingsTabs } from '../section.tsx';
import { actionTones, isMoving, useLocal } from '../words.ts';

const statuses: readonly ActionStatus[] = [
  'waiting',
  'running',
  'applied',
  'quarantined',
  'final',
  'undone',
  'failed',
  'rejected',
  'withdrawn',
  'expired',
  'needs_attention',
];

/** Everything that was done about findings, newest first. */
export function Actions() {
  const t = useT('savings');
  const denial = useDenial('finops:read');
  return (
    <Page title={t('actions.title')} description={t('actions.text')}>
      <SavingsTabs />
      {denial === undefined ? (
        <>
          <Realised />
          <ActionTable />
        </>
      ) : (
        <NoPermission need={t('actions.title')} />
      )}
    </Page>
  );
}

/** What the actions were meant to save, and what later bills say. Nothing before the first month. */
function Realised() {
  const t = useT('savings');
  const days = useDays();
  const format = useFormat();
  const { data } = useQuery(realisedQuery(useWorkspacePlace()));
  const chart = useMemo((): ChartData | undefined => {
    if (data === undefined) return undefined;
    return {
      series: [
        { id: 'estimated', label: t('realised.estimated'), color: 'var(--series-8)' },
        { id: 'realised', label: t('realised.realised'), color: 'var(--series-4)', total: true },
      ],
      points: data.months.map(({ month, estimated, realised }) => ({
        key: month,
        values: { estimated: Number(estimated), realised: Number(realised) },
        exact: { estimated, realised },
      })),
      formatKey: days.month,
      formatValue: (value) => format.money(value.toFixed(2), data.currency),
      formatExact: (amount) => format.money(amount, data.currency),
    };
  }, [data, days, format, t]);
  if (data === undefined || data.months.length === 0) return null;
  return (
    <BarChart
      title={t('realised.title')}
      keyLabel={t('realised.month')}
      headline={format.money(data.total, data.currency)}
      height={180}
      data={chart}
    />
  );
}

function ActionTable() {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const to = useSavingsPaths();
  const navigate = useNavigate();
  const { actionId } = useParams();
  const [filters, setFilters] = useFilters(['status']);
  const search = filters.status === undefined ? '' : `status=${filters.status}`;
  const query = useInfiniteQuery({
    ...actionsQuery(place, { status: filters.status }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((row) => isMoving(row.status))) === true
        ? lookEveryMs
        : false,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const columns = useColumns(search);
  return (
    <>
      <DataTable<ActionRow>
        id="saving-actions"
        label={t('actions.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowName={(row) => row.resource.name}
        error={query.error}
        onRetry={() => void query.refetch()}
        onOpen={(row) => void navigate(to.action(row.id, search), { preventScrollReset: true })}
        openKey={actionId}
        filters={
          <Select
            dense
            className="w-48"
            aria-label={t('actions.status')}
            placeholder={t('actions.any')}
            value={filters.status ?? ''}
            onChange={({ target: { value } }) => setFilters({ status: value })}
            options={statuses.map((value) => ({ value, label: t(`actionStatus.${value}`) }))}
          />
        }
        empty={
          <EmptyState
            icon={History}
            title={t('actions.emptyTitle')}
            action={
              <Button asChild>
                <Link to={to.savings}>{t('actions.seeFindings')}</Link>
              </Button>
            }
          >
            {t('actions.emptyText')}
          </EmptyState>
        }
        footer={
          rows === undefined || rows.length === 0 ? undefined : (
            <LoadMore
              shown={rows.length}
              hasMore={query.hasNextPage}
              loading={query.isFetchingNextPage}
              onMore={() => void query.fetchNextPage()}
            />
          )
        }
      />
      <Outlet />
    </>
  );
}

function useColumns(search: string): readonly Column<ActionRow>[] {
  const t = useT('savings');
  const local = useLocal();
  const to = useSavingsPaths();
  return [
    {
      id: 'at',
      header: t('column.when'),
      width: '7.5rem',
      from: 'sm',
      sortable: false,
      value: (row) => row.createdAt,
      cell: (row) => <RelativeTime at={row.createdAt} className="text-ink-2" />,
    },
    {
      id: 'finding',
      header: t('column.finding'),
      fixed: true,
      sortable: false,
      value: (row) => local(row.title),
      cell: (row) => (
        <Link
          to={to.action(row.id, search)}
          title={local(row.title)}
          className="font-medium hover:text-accent-text"
        >
          {local(row.title)}
        </Link>
      ),
    },
    {
      id: 'resource',
      header: t('column.resource'),
      sortable: false,
      from: 'sm',
      value: (row) => row.resource.name,
      cell: (row) => <span className="text-ink-2">{row.resource.name}</span>,
    },
    {
      id: 'status',
      header: t('column.status'),
      width: '9rem',
      sortable: false,
      value: (row) => row.status,
      cell: (row) => (
        <span title={row.message ?? undefined}>
          <Badge tone={actionTones[row.status]} dot>
            {t(`actionStatus.${row.status}`)}
          </Badge>
        </span>
      ),
    },
    {
      id: 'by',
      header: t('column.by'),
      width: '10rem',
      from: 'lg',
      sortable: false,
      value: (row) => row.requestedBy.name,
      cell: (row) => (
        <span className="text-ink-2">{t(`trigger.${row.trigger}`, { name: row.requestedBy.name })}</span>
      ),
    },
    {
      id: 'saving',
      header: t('column.saving'),
      width: '7.25rem',
      from: 'md',
      align: 'right',
      sortable: false,
      value: (row) => (row.monthlySaving === null ? null : Number(row.monthlySaving.amount)),
      exportValue: (row) => row.monthlySaving?.amount ?? null,
      cell: (row) =>
        row.monthlySaving === null ? <span className="text-ink-3">–</span> : <Money {...row.monthlySaving} />,
    },
    {
      id: 'undo',
      header: t('column.undo'),
      width: '8.5rem',
      align: 'right',
      sortable: false,
      cell: (row) =>
        row.status === 'quarantined' || (row.status === 'applied' && row.undoUntil !== null) ? (
          <UndoButton small action={row} />
        ) : null,
    },
  ];
}
