import { useInfiniteQuery } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useFilters } from '@/app/search-params.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Select } from '@/ui/select.tsx';
import { FilterSearch } from '@/ui/filter-bar.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { rowsQuery, types, type Row } from '../queries.ts';
import { useTenants } from '../tenant.tsx';
import { usePages } from '../use-pages.ts';

const kinds = ['team', 'group'] as const;
const attributes = ['visibility', 'description', 'mail'] as const;
/** Order of columns by what the server calls them. */
const sortable: Readonly<Record<string, string>> = {
  name: 'name',
  created: 'created',
  visibility: '@visibility',
};

/** Teams and the groups that are none. */
export function GroupsTab() {
  const t = useT('microsoft365');
  const place = useWorkspacePlace();
  const { tenant } = useTenants();
  const [filters, patch] = useFilters(['q', 'kind', 'sort']);
  const kind = kinds.find((one) => one === filters.kind);
  const columns = useColumns();
  const question = {
    type: kind === undefined ? [types.team, types.group] : [types[kind]],
    attribute: attributes,
    account: tenant,
    q: filters.q,
    sort: filters.sort ?? 'name',
  };
  const pages = usePages({
    query: useInfiniteQuery(rowsQuery(place, question)),
    question,
    columns,
    sortable,
    file: 'm365-groups',
    onSort: (sort) => patch({ sort }),
  });
  return (
    <DataTable<Row>
      id="m365-groups"
      label={t('tab.groups')}
      columns={columns}
      rowKey={(row) => row.id}
      rowName={(row) => row.name}
      {...pages}
      filters={
        <>
          <FilterSearch label={t('search')} value={filters.q ?? ''} onChange={(q) => patch({ q })} />
          <Select
            dense
            className="w-36"
            aria-label={t('groups.kind')}
            placeholder={t('groups.anyKind')}
            value={kind ?? ''}
            options={kinds.map((value) => ({ value, label: t(`groups.${value}`) }))}
            onChange={(event) => patch({ kind: event.target.value })}
          />
        </>
      }
      empty={
        <EmptyState icon={UsersRound} title={t('groups.emptyTitle')}>
          {filters.q === undefined ? t('groups.emptyText') : t('noMatch')}
        </EmptyState>
      }
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useT('microsoft365');
  const format = useFormat();
  const labels = useLabels();
  const to = useCloudPaths();
  const dash = <span className="text-ink-3">–</span>;
  const textOf = (row: Row, name: string): string | null => {
    const value = row.attributes[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return [
    {
      id: 'name',
      header: t('column.name'),
      fixed: true,
      value: (row) => row.name,
      cell: (row) => (
        <Link to={to.resource(row.id)} className="font-medium hover:text-accent-text">
          {row.name}
        </Link>
      ),
    },
    {
      id: 'kind',
      header: t('groups.kind'),
      width: '6rem',
      sortable: false,
      value: (row) => labels.type(row.type),
      cell: (row) => (
        <Badge tone={row.type === types.team ? 'accent' : 'neutral'}>{labels.type(row.type)}</Badge>
      ),
    },
    {
      id: 'visibility',
      header: t('groups.visibility'),
      from: 'sm',
      width: '8rem',
      value: (row) => textOf(row, 'visibility'),
      cell: (row) => {
        const value = textOf(row, 'visibility');
        return value === null ? dash : <span className="text-ink-2">{t(visibilityKey(value))}</span>;
      },
    },
    {
      id: 'description',
      header: t('groups.description'),
      from: 'lg',
      sortable: false,
      value: (row) => textOf(row, 'description'),
      cell: (row) => <span className="text-ink-2">{textOf(row, 'description') ?? '–'}</span>,
    },
    {
      id: 'mail',
      header: t('groups.mail'),
      hidden: true,
      from: 'lg',
      sortable: false,
      value: (row) => textOf(row, 'mail'),
      cell: (row) => <span className="text-ink-2">{textOf(row, 'mail') ?? '–'}</span>,
    },
    {
      id: 'created',
      header: t('groups.created'),
      from: 'md',
      width: '8rem',
      value: (row) => row.createdAt,
      cell: (row) =>
        row.createdAt === null ? dash : <span className="text-ink-2">{format.date(row.createdAt)}</span>,
    },
  ];
}

/** Graph knows two kinds for people, and hidden members. */
function visibilityKey(value: string): string {
  if (value === 'Public') return 'groups.public';
  if (value === 'Private') return 'groups.private';
  return 'groups.hidden';
}
