import type { AlertRule } from '@cloudatlas/contracts/cost-control';
import { useInfiniteQuery } from '@tanstack/react-query';
import { BellPlus, Plus } from 'lucide-react';
import { Suspense } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { usePagedRows } from '@/app/paged-rows.tsx';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { alertRulesQuery } from '@/features/costs/control-queries.ts';
import { useCostsLive } from '@/features/costs/live.ts';
import { useCostWords } from '@/features/costs/words.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { AlertTabs } from '../section.tsx';

const RuleDialog = lazyNamed(() => import('../rule-dialog.tsx').then((module) => module.RuleDialog));

/** What may fire: cost of a window above an amount, or risen by a percentage. */
export function AlertRules() {
  const t = useT('alerts');
  const denial = useDenial('alerts:read');
  const mayWrite = useDenial('alerts:write');
  const [, patch] = useFilters(['rule']);
  return (
    <Page
      title={t('rules.title')}
      description={t('rules.text')}
      actions={
        denial === undefined ? (
          <Button variant="primary" disabledReason={mayWrite} onClick={() => patch({ rule: 'new' })}>
            <Plus /> {t('rules.create')}
          </Button>
        ) : undefined
      }
    >
      <AlertTabs />
      {denial === undefined ? <Content /> : <NoPermission need={t('rules.title')} />}
    </Page>
  );
}

function Content() {
  const t = useT('alerts');
  useCostsLive();
  const [{ rule: openId }, patch] = useFilters(['rule']);
  const query = useInfiniteQuery(alertRulesQuery(useWorkspacePlace()));
  const paged = usePagedRows(query);
  const { rows } = paged;
  const open = rows?.find(({ id }) => id === openId);
  return (
    <>
      <DataTable<AlertRule>
        id="alert-rules"
        label={t('rules.title')}
        columns={useColumns()}
        {...paged}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        onOpen={(row) => patch({ rule: row.id })}
        openKey={openId}
        empty={
          <EmptyState icon={BellPlus} title={t('rules.emptyTitle')}>
            {t('rules.emptyText')}
          </EmptyState>
        }
      />
      {openId === 'new' || open !== undefined ? (
        <Suspense fallback={null}>
          <RuleDialog key={openId} rule={open} onClose={() => patch({ rule: null })} />
        </Suspense>
      ) : null}
    </>
  );
}

function useColumns(): readonly Column<AlertRule>[] {
  const t = useT('alerts');
  const format = useFormat();
  const words = useCostWords();
  const condition = ({ condition: when, window }: AlertRule): string =>
    when.kind === 'amount'
      ? t('rules.whenAmount', {
          window: t(`window.${window}`),
          amount: format.money(when.amount, when.currency),
        })
      : t('rules.whenPercent', {
          window: t(`window.${window}`),
          percent: format.percent(when.percent / 100),
        });
  const scope = (row: AlertRule): string =>
    row.filters.length === 0
      ? t('rules.everything')
      : row.filters
          .flatMap((filter) => filter.values.map((value) => words.value(filter.dimension, value)))
          .join(', ');
  return [
    {
      id: 'name',
      header: t('rules.column.name'),
      fixed: true,
      value: (row) => row.name,
      cell: (row) => (
        <span className="font-medium">
          {row.name}
          {row.enabled ? null : <Badge className="ml-2">{t('costs:paused')}</Badge>}
        </span>
      ),
    },
    {
      id: 'when',
      header: t('rules.column.when'),
      value: condition,
      cell: (row) => <span title={condition(row)}>{condition(row)}</span>,
    },
    {
      id: 'scope',
      header: t('rules.column.scope'),
      from: 'md',
      value: scope,
      cell: (row) => (
        <span className="text-ink-2" title={scope(row)}>
          {scope(row)}
        </span>
      ),
    },
    {
      id: 'fired',
      header: t('rules.column.fired'),
      width: '8rem',
      from: 'sm',
      value: (row) => row.lastFiredAt,
      cell: (row) =>
        row.lastFiredAt === null ? (
          <span className="text-ink-3">{t('rules.never')}</span>
        ) : (
          <RelativeTime at={row.lastFiredAt} className="text-ink-2" />
        ),
    },
  ];
}
