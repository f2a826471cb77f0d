import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useFilters } from '@/app/search-params.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Select } from '@/ui/select.tsx';
import { FilterSearch } from '@/ui/filter-bar.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { controlAttributes, controlFacts, type ControlFacts } from './facts.ts';
import { allRowsQuery, types, type Row } from './queries.ts';
import { useTenants } from './tenant.tsx';

type Control = Row & { facts: ControlFacts };

const tones: Record<ControlFacts['status'], Tone> = { open: 'danger', partial: 'warn', done: 'ok' };
const statuses = ['risky', 'open', 'partial', 'done'] as const;

/** Settings that make up the score; those that leave risk come first. */
export function Controls() {
  const t = useT('microsoft365');
  const { tenant } = useTenants();
  const [filters, patch] = useFilters(['status', 'q']);
  const { data, error, refetch } = useQuery(
    allRowsQuery(useWorkspacePlace(), {
      type: [types.control],
      attribute: controlAttributes,
      account: tenant,
      q: filters.q,
    }),
  );
  const columns = useColumns();
  const status = statuses.find((one) => one === filters.status);
  const rows = useMemo(
    () =>
      data
        ?.map((row): Control => ({ ...row, facts: controlFacts(row) }))
        .filter(
          ({ facts }) =>
            status === undefined ||
            facts.status === status ||
            (status === 'risky' && facts.status !== 'done'),
        ),
    [data, status],
  );
  return (
    <DataTable<Control>
      id="m365-controls"
      label={t('security.controls')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowName={(row) => row.name}
      error={error}
      onRetry={() => void refetch()}
      initialSort={{ column: 'missing', direction: 'desc' }}
      filters={
        <>
          <FilterSearch label={t('search')} value={filters.q ?? ''} onChange={(q) => patch({ q })} />
          <Select
            dense
            className="w-40"
            aria-label={t('security.status')}
            placeholder={t('security.anyStatus')}
            value={status ?? ''}
            options={statuses.map((value) => ({ value, label: t(`security.statusOf.${value}`) }))}
            onChange={(event) => patch({ status: event.target.value })}
          />
        </>
      }
      empty={
        <EmptyState icon={ShieldCheck} title={t('security.noControlsTitle')}>
          {status === undefined && filters.q === undefined ? t('security.emptyText') : t('noMatch')}
        </EmptyState>
      }
    />
  );
}

function useColumns(): readonly Column<Control>[] {
  const t = useT('microsoft365');
  const format = useFormat();
  const to = useCloudPaths();
  const level = (value: string | null): string =>
    value === 'Low' || value === 'Moderate' || value === 'High'
      ? t(`security.level.${value}`)
      : (value ?? '–');
  return [
    {
      id: 'name',
      header: t('security.control'),
      fixed: true,
      value: (row) => row.name,
      cell: (row) => (
        <Link
          to={to.resource(row.id)}
          title={row.facts.remediation ?? row.name}
          className="font-medium hover:text-accent-text"
        >
          {row.name}
        </Link>
      ),
    },
    {
      id: 'status',
      header: t('security.status'),
      width: '7rem',
      value: ({ facts }) => statuses.indexOf(facts.status),
      exportValue: ({ facts }) => facts.status,
      cell: ({ facts }) => (
        <Badge tone={tones[facts.status]} dot>
          {t(`security.statusOf.${facts.status}`)}
        </Badge>
      ),
    },
    {
      id: 'points',
      header: t('security.pointsColumn'),
      from: 'sm',
      width: '6.5rem',
      align: 'right',
      value: ({ facts }) => facts.score,
      exportValue: ({ facts }) => `${facts.score}/${facts.maxScore}`,
      cell: ({ facts }) => (
        <span className="num text-ink-2">
          {t('security.pointsOf', {
            score: format.number(facts.score),
            max: format.number(facts.maxScore),
          })}
        </span>
      ),
    },
    {
      id: 'missing',
      header: t('security.missing'),
      from: 'sm',
      width: '6.5rem',
      align: 'right',
      value: ({ facts }) => Math.max(0, facts.maxScore - facts.score),
      cell: ({ facts }) => (
        <span className="num">{format.number(Math.max(0, facts.maxScore - facts.score))}</span>
      ),
    },
    {
      id: 'service',
      header: t('security.service'),
      from: 'lg',
      width: '6rem',
      value: ({ facts }) => facts.service,
      cell: ({ facts }) => <span className="text-ink-2">{facts.service ?? '–'}</span>,
    },
    {
      id: 'effort',
      header: t('security.effort'),
      from: 'md',
      width: '7rem',
      value: ({ facts }) => facts.cost,
      cell: ({ facts }) => <span className="text-ink-2">{level(facts.cost)}</span>,
    },
    {
      id: 'impact',
      header: t('security.impact'),
      from: 'lg',
      width: '8rem',
      value: ({ facts }) => facts.impact,
      cell: ({ facts }) => <span className="text-ink-2">{level(facts.impact)}</span>,
    },
    {
      id: 'remediation',
      header: t('security.remediation'),
      hidden: true,
      from: 'lg',
      value: ({ facts }) => facts.remediation,
      cell: ({ facts }) => <span className="text-ink-2">{facts.remediation ?? '–'}</span>,
    },
  ];
}
