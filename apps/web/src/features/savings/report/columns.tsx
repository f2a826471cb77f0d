import type { RecommendationRow } from '@cloudatlas/contracts/finops';
import { UserRound } from 'lucide-react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { Badge } from '@/ui/badge.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Money, RelativeTime } from '@/ui/values.tsx';
import { useSavingsPaths } from '../paths.ts';
import { priorityTones, statusTones, undoTones, useLocal } from '../words.ts';

const rank = { high: 0, medium: 1, low: 2 } as const;

/** Columns of the findings; the server sorts by those that can be sorted by. */
export function useFindingColumns(search: string): readonly Column<RecommendationRow>[] {
  const t = useT('savings');
  const local = useLocal();
  const labels = useLabels();
  const to = useSavingsPaths();
  const dash = <span className="text-ink-3">–</span>;
  return [
    {
      id: 'finding',
      header: t('column.finding'),
      fixed: true,
      sortable: false,
      value: (row) => local(row.title),
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <Link
            to={to.recommendation(row.id, search)}
            title={local(row.title)}
            className="min-w-0 truncate font-medium hover:text-accent-text max-sm:flex-1"
          >
            {local(row.title)}
          </Link>
          {/* Where its own column has no room. */}
          <span className="min-w-0 flex-1 truncate text-ink-2 sm:hidden">{row.resource.name}</span>
          {row.status === 'open' ? null : (
            <Badge tone={statusTones[row.status]}>{t(`status.${row.status}`)}</Badge>
          )}
        </span>
      ),
    },
    {
      id: 'name',
      header: t('column.resource'),
      width: '10rem',
      from: 'sm',
      value: (row) => row.resource.name,
      cell: (row) => (
        <span title={`${row.resource.name} · ${labels.type(row.resource.type)}`} className="text-ink-2">
          {row.resource.name}
        </span>
      ),
    },
    {
      id: 'priority',
      header: t('column.priority'),
      width: '6.5rem',
      from: 'sm',
      value: (row) => rank[row.priority],
      exportValue: (row) => row.priority,
      cell: (row) => (
        <Badge tone={priorityTones[row.priority]} dot>
          {t(`priority.${row.priority}`)}
        </Badge>
      ),
    },
    {
      id: 'account',
      header: t('column.account'),
      width: '7rem',
      from: 'lg',
      sortable: false,
      value: (row) => row.accountName,
      cell: (row) => <span className="text-ink-2">{row.accountName}</span>,
    },
    {
      id: 'region',
      header: t('column.region'),
      width: '6.75rem',
      from: 'lg',
      sortable: false,
      value: (row) => labels.region(row.region),
      cell: (row) => <span className="text-ink-2">{labels.region(row.region)}</span>,
    },
    {
      id: 'type',
      header: t('column.type'),
      width: '8rem',
      hidden: true,
      from: 'lg',
      sortable: false,
      value: (row) => labels.type(row.resource.type),
      cell: (row) => <span className="text-ink-2">{labels.type(row.resource.type)}</span>,
    },
    {
      id: 'confidence',
      header: t('column.confidence'),
      width: '6.25rem',
      from: 'md',
      sortable: false,
      value: (row) => row.confidence,
      cell: (row) => <span className="text-ink-2">{t(`grade.${row.confidence}`)}</span>,
    },
    {
      id: 'effort',
      header: t('column.effort'),
      width: '5.5rem',
      from: 'lg',
      sortable: false,
      value: (row) => row.effort,
      cell: (row) => <span className="text-ink-2">{t(`effort.${row.effort}`)}</span>,
    },
    {
      id: 'undo',
      header: t('column.undo'),
      width: '6.5rem',
      from: 'md',
      sortable: false,
      value: (row) => row.undoClass,
      cell: (row) =>
        row.action === null ? (
          <Badge>{t('advice')}</Badge>
        ) : (
          <Badge tone={undoTones[row.undoClass]}>{t(`undo.${row.undoClass}`)}</Badge>
        ),
    },
    {
      id: 'assignee',
      header: t('column.assignee'),
      width: '8rem',
      hidden: true,
      from: 'lg',
      sortable: false,
      value: (row) => row.assignee?.name ?? null,
      cell: (row) =>
        row.assignee === null ? (
          dash
        ) : (
          <span className="inline-flex items-center gap-1.5 text-ink-2">
            <UserRound aria-hidden className="size-3.5" /> {row.assignee.name}
          </span>
        ),
    },
    {
      id: 'seen',
      header: t('column.seen'),
      width: '7.5rem',
      hidden: true,
      from: 'lg',
      value: (row) => row.firstSeenAt,
      cell: (row) => <RelativeTime at={row.firstSeenAt} className="text-ink-2" />,
    },
    {
      id: 'saving',
      header: t('column.saving'),
      width: '8.25rem',
      align: 'right',
      value: (row) =>
        row.monthlySavingConverted === null ? null : Number(row.monthlySavingConverted.amount),
      exportValue: (row) => row.monthlySavingConverted?.amount ?? null,
      cell: (row) => <Saving row={row} />,
    },
  ];
}

/** What a month would cost less; grey where another finding already claims the money. */
export function Saving({
  row,
}: {
  row: Pick<RecommendationRow, 'monthlySaving' | 'monthlySavingConverted' | 'counted' | 'status'>;
}) {
  const t = useT('savings');
  const amount = row.monthlySavingConverted ?? row.monthlySaving;
  // Only what is open competes for money.
  const counted = row.counted || row.status !== 'open';
  if (amount === null) return <span className="text-ink-3">–</span>;
  return (
    <span title={counted ? undefined : t('notCounted')} className={counted ? 'font-medium' : 'text-ink-3'}>
      <Money {...amount} {...(row.monthlySaving === null ? {} : { original: row.monthlySaving })} />
      {counted ? null : <span className="sr-only"> {t('notCounted')}</span>}
    </span>
  );
}
