import type { Budget } from '@cloudatlas/contracts/cost-control';
import { useInfiniteQuery } from '@tanstack/react-query';
import { PiggyBank, Plus } from 'lucide-react';
import { Suspense } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { usePagedRows } from '@/app/paged-rows.tsx';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { ProgressBar } from '@/ui/progress.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { Gated } from '../control/plan-gate.tsx';
import { budgetsQuery } from '../control-queries.ts';
import { useDays } from '../days.ts';
import { useCostsLive } from '../live.ts';
import { useMoney } from '../place.ts';
import { missingRateOf } from '../report/rate-problem.ts';
import { CostTabs } from '../section.tsx';

const BudgetDialog = lazyNamed(() =>
  import('../control/budget-dialog.tsx').then((module) => module.BudgetDialog),
);

/** What a budget came to or will come to; null where nothing is known. */
const amountOf = (row: Budget, name: 'actual' | 'forecast'): string | null => row.state?.[name] ?? null;
const numberOf = (amount: string | null): number | null => (amount === null ? null : Number(amount));

const budgetTones: Record<NonNullable<Budget['state']>['status'], Tone> = {
  ok: 'ok',
  warning: 'warn',
  exceeded: 'danger',
  unknown: 'neutral',
};

/** Amounts not to be passed, and how far each period is. */
export function Budgets() {
  const t = useT('costs');
  const denial = useDenial('budgets:read');
  const mayWrite = useDenial('budgets:write');
  const [, patch] = useFilters(['budget']);
  return (
    <Page
      title={t('budgets.title')}
      description={t('budgets.text')}
      actions={
        denial === undefined ? (
          <Button variant="primary" disabledReason={mayWrite} onClick={() => patch({ budget: 'new' })}>
            <Plus /> {t('budgets.create')}
          </Button>
        ) : undefined
      }
    >
      <CostTabs />
      {denial === undefined ? (
        <Gated feature="budgets" name={t('budgets.title')}>
          <Content />
        </Gated>
      ) : (
        <NoPermission need={t('budgets.title')} />
      )}
    </Page>
  );
}

function Content() {
  const t = useT('costs');
  useCostsLive();
  const [{ budget: openId }, patch] = useFilters(['budget']);
  const query = useInfiniteQuery(budgetsQuery(useWorkspacePlace()));
  const paged = usePagedRows(query);
  const { rows } = paged;
  const open = rows?.find(({ id }) => id === openId);
  return (
    <>
      <DataTable<Budget>
        id="budgets"
        label={t('budgets.title')}
        columns={useColumns()}
        {...paged}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        onOpen={(row) => patch({ budget: row.id })}
        openKey={openId}
        empty={
          <EmptyState icon={PiggyBank} title={t('budgets.emptyTitle')}>
            {t('budgets.emptyText')}
          </EmptyState>
        }
      />
      {openId === 'new' || open !== undefined ? (
        <Suspense fallback={null}>
          <BudgetDialog key={openId} budget={open} onClose={() => patch({ budget: null })} />
        </Suspense>
      ) : null}
    </>
  );
}

function useColumns(): readonly Column<Budget>[] {
  const t = useT('costs');
  const days = useDays();
  const format = useFormat();
  const { money } = useMoney();
  const shown = (amount: string | null, currency: string): string =>
    amount === null ? '–' : money(amount, currency);
  const problem = (row: Budget): string | undefined => {
    const text = row.state?.problem ?? undefined;
    const rate = missingRateOf(undefined, text);
    return rate === undefined ? text : t('missingRate.title', { from: rate.from, to: rate.to });
  };
  return [
    {
      id: 'name',
      header: t('budgets.column.name'),
      fixed: true,
      value: (row) => row.name,
      cell: (row) => (
        <span className="font-medium">
          {row.name}
          {row.enabled ? null : <Badge className="ml-2">{t('paused')}</Badge>}
        </span>
      ),
    },
    {
      id: 'period',
      header: t('budgets.column.period'),
      width: '15rem',
      from: 'md',
      value: (row) => row.state?.periodStart ?? row.period,
      cell: (row) => (
        <span className="text-ink-2">
          {row.state === null
            ? t(`budgets.period.${row.period}`)
            : days.range(row.state.periodStart, row.state.periodEnd)}
        </span>
      ),
    },
    {
      id: 'used',
      header: t('budgets.column.used'),
      width: '11rem',
      from: 'sm',
      value: (row) => row.state?.percent ?? null,
      cell: (row) => {
        const percent = row.state?.percent ?? null;
        return percent === null ? (
          <span className="text-ink-3" title={problem(row)}>
            {problem(row) ?? '–'}
          </span>
        ) : (
          <span className="flex items-center gap-2">
            <ProgressBar
              label={t('budgets.usedOf', { name: row.name })}
              value={percent}
              tone={percent >= 100 ? 'danger' : row.state?.status === 'warning' ? 'warn' : 'accent'}
            />
            <span className="num w-14 shrink-0 text-right">{format.percent(percent / 100)}</span>
          </span>
        );
      },
    },
    {
      id: 'actual',
      header: t('budgets.column.actual'),
      width: '9rem',
      from: 'md',
      align: 'right',
      value: (row) => numberOf(amountOf(row, 'actual')),
      exportValue: (row) => amountOf(row, 'actual'),
      cell: (row) => <span className="num">{shown(amountOf(row, 'actual'), row.currency)}</span>,
    },
    {
      id: 'forecast',
      header: t('budgets.column.forecast'),
      width: '9rem',
      from: 'lg',
      align: 'right',
      value: (row) => numberOf(amountOf(row, 'forecast')),
      exportValue: (row) => amountOf(row, 'forecast'),
      cell: (row) => <span className="num text-ink-2">{shown(amountOf(row, 'forecast'), row.currency)}</span>,
    },
    {
      id: 'amount',
      header: t('budgets.column.amount'),
      width: '9rem',
      align: 'right',
      value: (row) => Number(row.amount),
      exportValue: (row) => row.amount,
      cell: (row) => <span className="num">{money(row.amount, row.currency)}</span>,
    },
    {
      id: 'status',
      header: t('budgets.column.status'),
      width: '9rem',
      value: (row) => row.state?.status ?? 'unknown',
      cell: (row) => {
        const status = row.state?.status ?? 'unknown';
        return (
          <Badge tone={budgetTones[status]} dot>
            {t(`budgets.status.${status}`)}
          </Badge>
        );
      },
    },
  ];
}
