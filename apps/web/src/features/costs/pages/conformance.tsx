import { useQuery } from '@tanstack/react-query';
import { ClipboardCheck } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Card, Stat } from '@/ui/card.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { conformanceQuery, type Conformance as Report } from '../import-queries.ts';
import { useDays } from '../days.ts';
import { useCostPaths } from '../paths.ts';
import { CostTabs } from '../section.tsx';

const RulePanel = lazyNamed(() => import('../imports/rule-panel.tsx').then((module) => module.RulePanel));

type Rule = Report['rules'][number];
const statuses = ['violated', 'passed', 'absent', 'not-asked'] as const;
const tones: Record<Rule['status'], Tone> = {
  violated: 'danger',
  passed: 'ok',
  absent: 'neutral',
  'not-asked': 'neutral',
};

/** The rules of the FOCUS specification, checked on the data, with violations counted by rule. */
export function ConformancePage() {
  const t = useT('costs');
  const denial = useDenial('costs:read');
  return (
    <Page title={t('conformance.title')} description={t('conformance.text')}>
      <CostTabs />
      {denial === undefined ? <Content /> : <NoPermission need={t('conformance.title')} />}
    </Page>
  );
}

function Content() {
  const t = useT('costs');
  const to = useCostPaths();
  const format = useFormat();
  const days = useDays();
  const [{ month, status, rule }, patch] = useFilters(['month', 'status', 'rule']);
  const { data, error, refetch } = useQuery(conformanceQuery(useWorkspacePlace(), month));
  const rows = data?.rules.filter((each) => status === undefined || each.status === status);
  const open = data?.rules.find(({ id }) => id === rule);
  return (
    <>
      {data === undefined || data.month === null ? null : (
        <Card>
          <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
            <Stat
              label={t('conformance.score')}
              value={data.score === null ? '–' : format.percent(data.score)}
              hint={t('conformance.version', { version: data.version })}
            />
            <Stat label={t('conformance.month')} value={days.month(data.month)} />
            <Stat label={t('conformance.violated')} value={format.number(data.violated)} />
            <Stat label={t('conformance.rows')} value={format.number(data.rows)} />
          </dl>
        </Card>
      )}
      <DataTable<Rule>
        id="conformance"
        label={t('conformance.title')}
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => row.id}
        rowName={(row) => row.id}
        error={error}
        onRetry={() => void refetch()}
        initialSort={{ column: 'violations', direction: 'desc' }}
        onOpen={(row) => patch({ rule: row.id })}
        openKey={rule}
        filters={
          <div className="flex flex-1 flex-wrap gap-2">
            <MonthInput value={month ?? data?.month ?? ''} onChange={(next) => patch({ month: next })} />
            <Select
              dense
              className="w-40"
              aria-label={t('conformance.status')}
              placeholder={t('conformance.anyStatus')}
              value={status ?? ''}
              onChange={({ target: { value } }) => patch({ status: value })}
              options={statuses.map((name) => ({ value: name, label: t(`conformance.is.${name}`) }))}
            />
          </div>
        }
        empty={
          <EmptyState
            icon={ClipboardCheck}
            title={t('conformance.emptyTitle')}
            action={
              status === undefined ? (
                <Button asChild>
                  <Link to={to.imports}>{t('empty.import')}</Link>
                </Button>
              ) : (
                <Button onClick={() => patch({ status: null })}>{t('ui:table.clearFilters')}</Button>
              )
            }
          >
            {t('conformance.emptyText')}
          </EmptyState>
        }
      />
      {open === undefined ? null : (
        <Suspense fallback={null}>
          <RulePanel rule={open} onClose={() => patch({ rule: null })} />
        </Suspense>
      )}
    </>
  );
}

/** Month as `YYYY-MM`; browsers without a month picker take it as text. */
function MonthInput({ value, onChange }: { value: string; onChange: (month: string | null) => void }) {
  const t = useT('costs');
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Input
      dense
      type="month"
      className="w-40!"
      aria-label={t('conformance.month')}
      value={typed ?? value}
      onChange={({ target: { value: next } }) => {
        setTyped(next);
        if (next === '' || /^\d{4}-(?:0[1-9]|1[0-2])$/.test(next)) onChange(next === '' ? null : next);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

function useColumns(): readonly Column<Rule>[] {
  const t = useT('costs');
  const format = useFormat();
  return [
    {
      id: 'rule',
      header: t('conformance.column.rule'),
      fixed: true,
      value: (row) => row.text,
      cell: (row) => (
        <span title={row.text}>
          <span className="font-medium">{row.column}</span> <span className="text-ink-2">{row.text}</span>
        </span>
      ),
    },
    {
      id: 'keyword',
      header: t('conformance.column.keyword'),
      width: '7rem',
      from: 'md',
      value: (row) => row.keyword,
      cell: (row) => <span className="text-ink-2">{row.keyword}</span>,
    },
    {
      id: 'status',
      header: t('conformance.column.status'),
      width: '8rem',
      value: (row) => row.status,
      cell: (row) => (
        <Badge tone={tones[row.status]} dot>
          {t(`conformance.is.${row.status}`)}
        </Badge>
      ),
    },
    {
      id: 'violations',
      header: t('conformance.column.violations'),
      width: '7.5rem',
      align: 'right',
      value: (row) => row.violations,
      cell: (row) => <span className="num">{format.number(row.violations)}</span>,
    },
  ];
}
