import type { DiagnosticRow } from '@cloudatlas/contracts/finops';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { LoadMore } from '@/ui/pagination.tsx';
import { Select } from '@/ui/select.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { useSavingsPaths } from '../paths.ts';
import { diagnosticsQuery, rulesQuery } from '../queries.ts';
import { ScanButton, ScanProgress, useNewestScan } from '../report/scan.tsx';
import { SavingsTabs } from '../section.tsx';
import { useLocal } from '../words.ts';

/** Reasons a person can do something about stand out. */
const tones: Partial<Record<string, Tone>> = {
  missing_permission: 'danger',
  not_synchronised: 'danger',
  no_metrics: 'warn',
  too_few_metrics: 'warn',
  no_cost: 'warn',
  no_price: 'warn',
};

/** Why nothing was recommended: per rule, account and region, what was examined and what was left out. */
export function WhyNot() {
  const t = useT('savings');
  const denial = useDenial('finops:read');
  return (
    <Page
      title={t('whyNot.title')}
      description={t('whyNot.text')}
      actions={denial === undefined ? <ScanButton /> : undefined}
    >
      <SavingsTabs />
      {denial === undefined ? <Report /> : <NoPermission need={t('whyNot.title')} />}
    </Page>
  );
}

function Report() {
  const t = useT('savings');
  const local = useLocal();
  const place = useWorkspacePlace();
  const scan = useNewestScan();
  const [filters, setFilters] = useFilters(['rule', 'account', 'show']);
  const { data: rules } = useQuery(rulesQuery(place));
  const { data: accounts } = useQuery(accountsQuery(place));
  const search = new URLSearchParams(
    (['rule', 'account'] as const).flatMap((name) => {
      const value = filters[name];
      return value === undefined ? [] : [[name, value]];
    }),
  ).toString();
  const query = useInfiniteQuery(diagnosticsQuery(place, search));
  const all = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const onlySkipped = filters.show !== 'all';
  const rows = onlySkipped ? all?.filter((row) => row.skipped.length > 0) : all;
  const columns = useColumns();
  return (
    <>
      <ScanProgress scan={scan} />
      <DataTable<DiagnosticRow>
        id="why-not"
        label={t('whyNot.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.ruleId} ${row.accountId} ${row.region}`}
        rowName={(row) => local(row.title)}
        error={query.error}
        onRetry={() => void query.refetch()}
        filters={
          <div className="flex flex-wrap items-center gap-1.5">
            <Select
              dense
              className="w-40"
              aria-label={t('whyNot.show')}
              value={onlySkipped ? 'skipped' : 'all'}
              onChange={({ target: { value } }) => setFilters({ show: value === 'all' ? 'all' : null })}
              options={(['skipped', 'all'] as const).map((value) => ({
                value,
                label: t(`whyNot.shows.${value}`),
              }))}
            />
            <Select
              dense
              className="w-60"
              aria-label={t('filter.rule')}
              placeholder={t('whyNot.anyRule')}
              value={filters.rule ?? ''}
              onChange={({ target: { value } }) => setFilters({ rule: value })}
              options={(rules ?? []).map((rule) => ({ value: rule.id, label: local(rule.title) }))}
            />
            {(accounts?.length ?? 0) < 2 ? null : (
              <Select
                dense
                className="w-44"
                aria-label={t('filter.account')}
                placeholder={t('whyNot.anyAccount')}
                value={filters.account ?? ''}
                onChange={({ target: { value } }) => setFilters({ account: value })}
                options={(accounts ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          </div>
        }
        empty={
          <EmptyState
            icon={CircleHelp}
            title={t(all?.length === 0 ? 'whyNot.noScanTitle' : 'whyNot.allExaminedTitle')}
            action={
              all?.length === 0 ? (
                <ScanButton primary />
              ) : (
                <Button onClick={() => setFilters({ show: 'all' })}>{t('whyNot.shows.all')}</Button>
              )
            }
          >
            {t(all?.length === 0 ? 'whyNot.noScanText' : 'whyNot.allExaminedText')}
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
    </>
  );
}

function useColumns(): readonly Column<DiagnosticRow>[] {
  const t = useT('savings');
  const format = useFormat();
  const local = useLocal();
  const labels = useLabels();
  const to = useSavingsPaths();
  const count = (id: 'examined' | 'found' | 'clear', from: 'sm' | 'md'): Column<DiagnosticRow> => ({
    id,
    header: t(`whyNot.${id}`),
    width: '6.25rem',
    align: 'right',
    from,
    value: (row) => row[id],
    cell: (row) => format.number(row[id]),
  });
  return [
    {
      id: 'rule',
      header: t('rules.rule'),
      fixed: true,
      width: '17rem',
      value: (row) => local(row.title),
      cell: (row) => (
        <Link
          to={to.rule(row.ruleId)}
          title={local(row.title)}
          className="font-medium hover:text-accent-text"
        >
          {local(row.title)}
        </Link>
      ),
    },
    {
      id: 'account',
      header: t('column.account'),
      width: '7.5rem',
      from: 'lg',
      value: (row) => row.accountName,
      cell: (row) => <span className="text-ink-2">{row.accountName}</span>,
    },
    {
      id: 'region',
      header: t('column.region'),
      width: '7.5rem',
      from: 'sm',
      value: (row) => labels.region(row.region),
      cell: (row) => <span className="text-ink-2">{labels.region(row.region)}</span>,
    },
    count('examined', 'md'),
    count('found', 'md'),
    count('clear', 'md'),
    {
      id: 'skipped',
      header: t('whyNot.skipped'),
      sortable: false,
      value: (row) =>
        row.skipped.map(({ reason, count: n, detail }) => `${n} ${reason} ${detail ?? ''}`.trim()).join('; '),
      cell: (row) => (
        <span className="flex gap-1.5">
          {row.skipped.map(({ reason, count: n, detail }) => (
            <span key={`${reason} ${detail ?? ''}`} title={`${t(`skip.${reason}`)} ${detail ?? ''}`}>
              <Badge tone={tones[reason] ?? 'neutral'}>
                {/* What was never read has no number. */}
                {n === 0 ? null : <span className="num">{format.number(n)}</span>}
                {t(`skip.${reason}`)}
                {detail === null ? null : <span className="font-normal">({detail})</span>}
              </Badge>
            </span>
          ))}
        </span>
      ),
    },
  ];
}
