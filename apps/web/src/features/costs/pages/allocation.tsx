import type { AllocationResult } from '@cloudatlas/contracts/cost-control';
import { useQuery } from '@tanstack/react-query';
import { Download, ListTree, Users } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Card, Stat } from '@/ui/card.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { ExactAmount } from '../amount.tsx';
import { Gated } from '../control/plan-gate.tsx';
import { allocationExportUrl, allocationQuery, allocationRulesQuery } from '../control-queries.ts';
import { useDays } from '../days.ts';
import { shareOf, signOf } from '../decimal.ts';
import { useCostsLive } from '../live.ts';
import { useCurrency, useMoney } from '../place.ts';
import { overviewQuery } from '../queries.ts';
import { Controls } from '../report/controls.tsx';
import { CostTabs } from '../section.tsx';
import { baseQuestion, periodOf, useCostState } from '../state.ts';

const RulesDialog = lazyNamed(() =>
  import('../control/allocation-dialog.tsx').then((module) => module.AllocationDialog),
);

type Row = AllocationResult['items'][number];

/** Who causes which cost; the parts always add up to the whole. */
export function Allocation() {
  const t = useT('costs');
  const denial = useDenial('costs:read');
  return (
    <Page title={t('allocation.title')} description={t('allocation.text')}>
      <CostTabs />
      {denial === undefined ? (
        <Gated feature="chargeback" name={t('allocation.title')}>
          <Content />
        </Gated>
      ) : (
        <NoPermission need={t('allocation.title')} />
      )}
    </Page>
  );
}

function Content() {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const days = useDays();
  const mayWrite = useDenial('costs:write');
  const { state, set } = useCostState();
  const { currency, ready } = useCurrency(state);
  const [editing, setEditing] = useState(false);
  useCostsLive();
  const { data: overview } = useQuery(overviewQuery(place));
  const rules = useQuery(allocationRulesQuery(place));
  const base = baseQuestion(state, currency);
  const { data, error, refetch } = useQuery({ ...allocationQuery(place, base), enabled: ready });
  const columns = useColumns(data);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Controls
          state={state}
          set={set}
          currencies={overview?.currencies ?? []}
          currency={currency}
          only={['period', 'metric', 'currency']}
        />
        <span className="ml-auto flex gap-2">
          <Button asChild>
            <a href={allocationExportUrl(place, periodOf(state))} download>
              <Download /> {t('allocation.export')}
            </a>
          </Button>
          <Button
            disabledReason={mayWrite ?? (rules.data === undefined ? t('ui:loading') : undefined)}
            onClick={() => setEditing(true)}
          >
            <ListTree /> {t('allocation.rules')}
          </Button>
        </span>
      </div>
      {data === undefined || data.totals.length === 0 ? null : (
        <Card>
          <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
            {data.totals.map((total) => (
              <Stat
                key={total.currency}
                label={t('totalOf', { range: days.range(data.period.from, data.period.to) })}
                value={<ExactAmount amount={total.total} currency={total.currency} />}
                hint={t('allocation.whole')}
              />
            ))}
            <Stat label={t('allocation.tag')} value={data.rules.tagKey} />
          </dl>
        </Card>
      )}
      <DataTable<Row>
        id="allocation"
        label={t('allocation.title')}
        columns={columns}
        rows={data?.items}
        rowKey={(row) => `${row.owner ?? ''} ${row.currency}`}
        rowName={(row) => row.owner ?? t('allocation.nobody')}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState icon={Users} title={t('allocation.emptyTitle')}>
            {t('allocation.emptyText')}
          </EmptyState>
        }
      />
      {editing && rules.data !== undefined ? (
        <Suspense fallback={null}>
          <RulesDialog
            rules={rules.data}
            tagKeys={overview?.tagKeys ?? []}
            onClose={() => setEditing(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}

function useColumns(answer: AllocationResult | undefined): readonly Column<Row>[] {
  const t = useT('costs');
  const format = useFormat();
  const { money } = useMoney();
  const totals = new Map(answer?.totals.map(({ currency, total }) => [currency, total]));
  const part = (name: 'direct' | 'assigned' | 'shared'): Column<Row> => ({
    id: name,
    header: t(`allocation.column.${name}`),
    width: '9rem',
    from: 'md',
    align: 'right',
    value: (row) => Number(row[name]),
    exportValue: (row) => row[name],
    cell: (row) => {
      // What no rule fits is with nobody by no rule.
      const none = signOf(row[name]) === 0 || (name === 'assigned' && row.owner === null);
      return <span className="num text-ink-2">{none ? '–' : money(row[name], row.currency)}</span>;
    },
  });
  return [
    {
      id: 'owner',
      header: t('allocation.column.owner'),
      fixed: true,
      value: (row) => row.owner ?? t('allocation.nobody'),
      cell: (row) => (
        <span className={row.owner === null ? 'text-ink-3' : 'font-medium'}>
          {row.owner ?? t('allocation.nobody')}
        </span>
      ),
    },
    part('direct'),
    part('assigned'),
    part('shared'),
    {
      id: 'share',
      header: t('column.share'),
      width: '6rem',
      from: 'sm',
      align: 'right',
      value: (row) => shareOf(row.total, totals.get(row.currency) ?? '0'),
      cell: (row) => {
        const share = shareOf(row.total, totals.get(row.currency) ?? '0');
        return <span className="num text-ink-2">{share === null ? '–' : format.percent(share)}</span>;
      },
    },
    {
      id: 'total',
      header: t('column.total'),
      width: '10rem',
      fixed: true,
      align: 'right',
      value: (row) => Number(row.total),
      exportValue: (row) => row.total,
      cell: (row) => <ExactAmount amount={row.total} currency={row.currency} className="font-medium" />,
    },
  ];
}
