import type { ResourceRow } from '@cloudatlas/contracts/inventory';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import type { Column } from '@/ui/data-table/types.ts';
import { Money, RelativeTime } from '@/ui/values.tsx';
import { Link } from 'react-router';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { StateBadge } from './state-badge.tsx';

/** Columns of the resources; the server sorts by those that can be sorted by. */
export function useResourceColumns(search: string): readonly Column<ResourceRow>[] {
  const t = useT('inventory');
  const format = useFormat();
  const labels = useLabels();
  const to = useCloudPaths();
  const dash = <span className="text-ink-3">–</span>;
  return [
    {
      id: 'name',
      header: t('column.name'),
      fixed: true,
      value: (row) => row.name,
      cell: (row) => (
        <Link
          to={to.resource(row.id, search === '' ? '' : `?${search}`)}
          title={row.name}
          className="font-medium hover:text-accent-text"
        >
          {row.name}
        </Link>
      ),
    },
    {
      id: 'type',
      header: t('column.type'),
      from: 'sm',
      width: '10.5rem',
      value: (row) => labels.type(row.type),
      cell: (row) => <span className="text-ink-2">{labels.type(row.type)}</span>,
    },
    {
      id: 'state',
      header: t('column.state'),
      width: '7.5rem',
      value: (row) => row.state,
      cell: (row) => <StateBadge resource={row} />,
    },
    {
      id: 'region',
      header: t('column.region'),
      from: 'md',
      width: '8rem',
      value: (row) => row.region,
      cell: (row) => <span className="text-ink-2">{labels.region(row.region)}</span>,
    },
    {
      id: 'account',
      header: t('column.account'),
      from: 'lg',
      width: '8rem',
      sortable: false,
      value: (row) => row.accountName,
      cell: (row) => <span className="text-ink-2">{row.accountName}</span>,
    },
    {
      id: 'size',
      header: t('column.size'),
      from: 'lg',
      width: '7.5rem',
      sortable: false,
      value: (row) => row.size?.sku ?? null,
      cell: (row) =>
        row.size?.sku === undefined ? dash : <span className="text-ink-2">{row.size.sku}</span>,
    },
    {
      id: 'cost',
      header: t('column.cost'),
      from: 'lg',
      align: 'right',
      width: '7.5rem',
      value: (row) => (row.monthlyEstimate === null ? null : Number(row.monthlyEstimate.amount)),
      cell: (row) => (row.monthlyEstimate === null ? dash : <Money {...row.monthlyEstimate} />),
    },
    {
      id: 'tags',
      header: t('column.tags'),
      hidden: true,
      from: 'lg',
      sortable: false,
      value: (row) =>
        Object.entries(row.tags)
          .map(([key, value]) => `${key}=${value}`)
          .join('; '),
      cell: (row) => (
        <span className="text-xs text-ink-2">
          {Object.entries(row.tags)
            .map(([key, value]) => `${key}=${value}`)
            .join(' · ')}
        </span>
      ),
    },
    {
      id: 'nativeId',
      header: t('column.id'),
      hidden: true,
      from: 'lg',
      sortable: false,
      value: (row) => row.shortId,
      cell: (row) => <code className="font-mono text-xs text-ink-2">{row.shortId}</code>,
    },
    {
      id: 'created',
      header: t('column.created'),
      hidden: true,
      from: 'lg',
      width: '8rem',
      value: (row) => row.createdAt,
      cell: (row) => (row.createdAt === null ? dash : format.date(row.createdAt)),
    },
    {
      id: 'changed',
      header: t('column.changed'),
      hidden: true,
      from: 'lg',
      width: '8.5rem',
      value: (row) => row.changedAt,
      cell: (row) => <RelativeTime at={row.changedAt} className="text-ink-2" />,
    },
  ];
}
