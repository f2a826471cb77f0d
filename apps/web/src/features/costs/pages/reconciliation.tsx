import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Scale, ShieldCheck } from 'lucide-react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { usePagedRows } from '@/app/paged-rows.tsx';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Notice } from '@/ui/form.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { RelativeTime } from '@/ui/values.tsx';
import { useDays } from '../days.ts';
import { signOf } from '../decimal.ts';
import { importsApi, reconciliationQuery, type ReconciliationRow } from '../import-queries.ts';
import { useCostsLive } from '../live.ts';
import { useCostPaths } from '../paths.ts';
import { useMoney } from '../place.ts';
import { CostTabs } from '../section.tsx';

/** The proof: what the source said, what the store holds, per account and month. */
export function Reconciliation() {
  const t = useT('costs');
  const denial = useDenial('costs:read');
  return (
    <Page
      title={t('reconciliation.title')}
      description={t('reconciliation.text')}
      actions={denial === undefined ? <VerifyButton /> : undefined}
    >
      <CostTabs />
      {denial === undefined ? <Content /> : <NoPermission need={t('reconciliation.title')} />}
    </Page>
  );
}

function VerifyButton() {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('costs:write');
  const verify = useMutation({
    mutationFn: () => importsApi.verify(place),
    onSuccess: async () => {
      toast.success(t('reconciliation.verifying'));
      await client.invalidateQueries({ queryKey: reconciliationQuery(place).queryKey });
    },
    onError: (error) => toast.error(explainError(error)),
  });
  return (
    <Button loading={verify.isPending} disabledReason={denial} onClick={() => verify.mutate()}>
      <ShieldCheck /> {t('reconciliation.verify')}
    </Button>
  );
}

const isOff = (row: ReconciliationRow): boolean => signOf(row.difference) !== 0 || row.verifyProblem !== null;

const isDoubled = (row: ReconciliationRow): boolean => row.doubled.length > 0;

function verdictOf(row: ReconciliationRow): 'off' | 'refused' | 'doubled' | 'equal' {
  if (isOff(row)) return 'off';
  if (row.refusedRows > 0) return 'refused';
  return isDoubled(row) ? 'doubled' : 'equal';
}

function Content() {
  const t = useT('costs');
  const to = useCostPaths();
  useCostsLive();
  const query = useInfiniteQuery(reconciliationQuery(useWorkspacePlace()));
  const paged = usePagedRows(query);
  const { rows } = paged;
  const columns = useColumns();
  return (
    <>
      {rows === undefined || rows.length === 0 ? null : <Verdict rows={rows} more={query.hasNextPage} />}
      <Doubled rows={rows ?? []} />
      <DataTable<ReconciliationRow>
        id="reconciliation"
        label={t('reconciliation.title')}
        columns={columns}
        {...paged}
        rowKey={(row) => `${row.billingPeriod} ${row.billingAccountId} ${row.currency}`}
        rowName={(row) => `${row.billingPeriod} ${row.billingAccountId}`}
        empty={
          <EmptyState
            icon={Scale}
            title={t('reconciliation.emptyTitle')}
            action={
              <Button asChild>
                <Link to={to.imports}>{t('empty.import')}</Link>
              </Button>
            }
          >
            {t('reconciliation.emptyText')}
          </EmptyState>
        }
      />
    </>
  );
}

/** The answer in one sentence. */
function Verdict({ rows, more }: { rows: readonly ReconciliationRow[]; more: boolean }) {
  const t = useT('costs');
  const off = rows.filter(isOff).length;
  const refused = rows.reduce((sum, row) => sum + row.refusedRows, 0);
  const scope = more ? ` ${t('reconciliation.shownOnly')}` : '';
  if (off > 0) return <Notice tone="danger">{t('reconciliation.off', { count: off }) + scope}</Notice>;
  if (refused > 0)
    return <Notice tone="warn">{t('reconciliation.refused', { count: refused }) + scope}</Notice>;
  return <Notice tone="ok">{t('reconciliation.equal', { count: rows.length }) + scope}</Notice>;
}

/** What two sources deliver is equal to each of them, and too much. */
function Doubled({ rows }: { rows: readonly ReconciliationRow[] }) {
  const t = useT('costs');
  const [first] = rows.filter(({ doubled }) => doubled.length > 0);
  const [pair] = first?.doubled ?? [];
  if (first === undefined || pair === undefined) return null;
  const accounts = new Set(rows.flatMap(({ doubled }) => doubled.map(({ accountId }) => accountId)));
  return (
    <Notice tone="warn">
      {t('reconciliation.doubled', {
        count: accounts.size,
        account: pair.accountId,
        billing: first.billingAccountId,
        other: pair.otherBillingAccountId,
      })}
    </Notice>
  );
}

function useColumns(): readonly Column<ReconciliationRow>[] {
  const t = useT('costs');
  const format = useFormat();
  const days = useDays();
  const to = useCostPaths();
  const { exact } = useMoney();
  const amount = (
    id: string,
    header: string,
    of: (row: ReconciliationRow) => string,
    from?: 'md' | 'lg',
  ): Column<ReconciliationRow> => ({
    id,
    header,
    width: '10.5rem',
    align: 'right',
    ...(from === undefined ? {} : { from }),
    value: (row) => Number(of(row)),
    exportValue: of,
    cell: (row) => (
      <span className="num" title={exact(of(row), row.currency)}>
        {exact(of(row), row.currency)}
      </span>
    ),
  });
  return [
    {
      id: 'month',
      header: t('reconciliation.column.month'),
      width: '7.5rem',
      fixed: true,
      value: (row) => row.billingPeriod,
      cell: (row) => <span className="font-medium">{days.month(row.billingPeriod)}</span>,
    },
    {
      id: 'account',
      header: t('reconciliation.column.account'),
      from: 'sm',
      value: (row) => row.billingAccountId,
      cell: (row) =>
        row.importId === null ? (
          row.billingAccountId
        ) : (
          <Link
            className="text-accent-text hover:underline"
            to={to.import(row.importId)}
            title={row.billingAccountId}
          >
            {row.billingAccountId}
          </Link>
        ),
    },
    amount('source', t('reconciliation.column.source'), (row) => row.sourceBilled, 'md'),
    amount('store', t('reconciliation.column.store'), (row) => row.storeBilled, 'md'),
    {
      id: 'refused',
      header: t('reconciliation.column.refused'),
      width: '8.5rem',
      from: 'lg',
      align: 'right',
      value: (row) => row.refusedRows,
      cell: (row) => (
        <span className="num" title={exact(row.refusedBilled, row.currency)}>
          {format.number(row.refusedRows)}
        </span>
      ),
    },
    amount('difference', t('reconciliation.column.difference'), (row) => row.difference),
    {
      id: 'verdict',
      header: t('reconciliation.column.verdict'),
      width: '9.5rem',
      value: verdictOf,
      cell: (row) => (
        <span title={row.verifyProblem ?? undefined}>
          <Badge tone={isOff(row) ? 'danger' : row.refusedRows > 0 || isDoubled(row) ? 'warn' : 'ok'} dot>
            {t(`verdict.${verdictOf(row)}`)}
          </Badge>
        </span>
      ),
    },
    {
      id: 'verified',
      header: t('reconciliation.column.verified'),
      width: '8rem',
      from: 'lg',
      value: (row) => row.verifiedAt,
      cell: (row) =>
        row.verifiedAt === null ? (
          <span className="text-ink-3">{t('reconciliation.notYet')}</span>
        ) : (
          <RelativeTime at={row.verifiedAt} className="text-ink-2" />
        ),
    },
  ];
}
