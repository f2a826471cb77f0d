import type { CostAnomaly } from '@cloudatlas/contracts/cost-control';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { Outlet, useNavigate, useParams } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { usePagedRows } from '@/app/paged-rows.tsx';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Select } from '@/ui/select.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { Gated } from '../control/plan-gate.tsx';
import { anomaliesQuery } from '../control-queries.ts';
import { useDays } from '../days.ts';
import { useCostsLive } from '../live.ts';
import { useCostPaths } from '../paths.ts';
import { useMoney } from '../place.ts';
import { CostTabs } from '../section.tsx';

const statuses = ['open', 'expected'] as const;

/** Days that do not fit what came before. */
export function Anomalies() {
  const t = useT('costs');
  const denial = useDenial('costs:read');
  return (
    <Page title={t('anomalies.title')} description={t('anomalies.text')}>
      <CostTabs />
      {denial === undefined ? (
        <Gated feature="anomalies" name={t('anomalies.title')}>
          <Content />
        </Gated>
      ) : (
        <NoPermission need={t('anomalies.title')} />
      )}
    </Page>
  );
}

function Content() {
  const t = useT('costs');
  const to = useCostPaths();
  const navigate = useNavigate();
  const { anomalyId } = useParams();
  useCostsLive();
  const [{ status }, patch] = useFilters(['status']);
  const query = useInfiniteQuery(anomaliesQuery(useWorkspacePlace(), status));
  const paged = usePagedRows(query);
  const search = status === undefined ? '' : `status=${status}`;
  return (
    <>
      <DataTable<CostAnomaly>
        id="anomalies"
        label={t('anomalies.title')}
        columns={useColumns()}
        {...paged}
        rowKey={(row) => row.id}
        rowName={(row) => `${row.day} ${row.service ?? ''}`}
        onOpen={(row) => void navigate(to.anomaly(row.id, search), { preventScrollReset: true })}
        openKey={anomalyId}
        filters={
          <Select
            dense
            className="w-40"
            aria-label={t('anomalies.column.status')}
            placeholder={t('anomalies.anyStatus')}
            value={status ?? ''}
            onChange={({ target: { value } }) => patch({ status: value })}
            options={statuses.map((name) => ({ value: name, label: t(`anomalies.status.${name}`) }))}
          />
        }
        empty={
          <EmptyState icon={Activity} title={t('anomalies.emptyTitle')}>
            {t('anomalies.emptyText')}
          </EmptyState>
        }
      />
      <Outlet />
    </>
  );
}

function useColumns(): readonly Column<CostAnomaly>[] {
  const t = useT('costs');
  const days = useDays();
  const { money } = useMoney();
  return [
    {
      id: 'day',
      header: t('anomalies.column.day'),
      width: '9rem',
      fixed: true,
      sortable: false,
      value: (row) => row.day,
      cell: (row) => <span className="num font-medium">{days.day(row.day)}</span>,
    },
    {
      id: 'what',
      header: t('anomalies.column.what'),
      sortable: false,
      value: (row) => row.service,
      cell: (row) => (
        <span>
          {row.service ?? t('noValue')}{' '}
          <span className="text-ink-3">
            {[row.accountLabel ?? row.accountId, row.region].filter((text) => text !== null).join(' · ')}
          </span>
        </span>
      ),
    },
    {
      id: 'kind',
      header: t('anomalies.column.kind'),
      width: '6.5rem',
      from: 'sm',
      sortable: false,
      value: (row) => row.kind,
      cell: (row) => (
        <Badge tone={row.kind === 'drop' ? 'accent' : 'warn'}>{t(`anomalies.kind.${row.kind}`)}</Badge>
      ),
    },
    {
      id: 'expected',
      header: t('anomalies.column.expected'),
      width: '9rem',
      from: 'lg',
      align: 'right',
      sortable: false,
      value: (row) => Number(row.expected),
      exportValue: (row) => row.expected,
      cell: (row) => <span className="num text-ink-2">{money(row.expected, row.currency)}</span>,
    },
    {
      id: 'actual',
      header: t('anomalies.column.actual'),
      width: '9rem',
      from: 'md',
      align: 'right',
      sortable: false,
      value: (row) => Number(row.actual),
      exportValue: (row) => row.actual,
      cell: (row) => <span className="num">{money(row.actual, row.currency)}</span>,
    },
    {
      id: 'impact',
      header: t('anomalies.column.impact'),
      width: '9rem',
      align: 'right',
      sortable: false,
      value: (row) => Number(row.impact),
      exportValue: (row) => row.impact,
      cell: (row) => <span className="num font-medium">{money(row.impact, row.currency)}</span>,
    },
    {
      id: 'status',
      header: t('anomalies.column.status'),
      width: '7.5rem',
      from: 'sm',
      sortable: false,
      value: (row) => row.status,
      cell: (row) => (
        <Badge tone={row.status === 'open' ? 'danger' : 'neutral'} dot>
          {t(`anomalies.status.${row.status}`)}
        </Badge>
      ),
    },
  ];
}
