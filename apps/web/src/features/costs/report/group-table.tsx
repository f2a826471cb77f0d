import { ReceiptText } from 'lucide-react';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { Sparkline } from '@/charts/sparkline.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { EmptyState } from '@/ui/states.tsx';
import { Select } from '@/ui/select.tsx';
import { Change, ExactAmount } from '../amount.tsx';
import { bucketsOf } from '../days.ts';
import { changeOf, shareOf } from '../decimal.ts';
import { useCostPaths } from '../paths.ts';
import type { Answer, Group } from '../queries.ts';
import { dimensions, writeFilters, type CostState } from '../state.ts';
import { useCostWords } from '../words.ts';

interface GroupTableProps {
  state: CostState;
  search: string;
  set: (patch: Readonly<Record<string, string | null>>) => void;
  /** Undefined while loading. */
  answer: Answer | undefined;
  original: Answer | undefined;
  error: unknown;
  onRetry: () => void;
  tagKeys: readonly string[];
}

interface Row extends Group {
  id: string;
  /** Everything beyond the groups that are named. */
  rest: boolean;
  share: number | null;
}

const idOf = (group: Group, rest: boolean): string =>
  `${rest ? 'rest' : 'group'} ${group.currency} ${JSON.stringify(group.keys)}`;

/** The cost by whatever one wants to know it by; a row opens its line items. */
export function GroupTable({
  state,
  search,
  set,
  answer,
  original,
  error,
  onRetry,
  tagKeys,
}: GroupTableProps) {
  const t = useT('costs');
  const words = useCostWords();
  const to = useCostPaths();
  const navigate = useNavigate();
  const rows = useMemo(() => answer && rowsOf(answer), [answer]);
  const columns = useColumns(state, answer, original);
  const open = (row: Row): void => {
    const params = new URLSearchParams(search);
    params.delete('offset');
    writeFilters(
      params,
      [{ dimension: state.groupBy, values: [row.keys[0] ?? null], exclude: false }],
      'in.',
    );
    void navigate(to.items(params.toString()), { preventScrollReset: true });
  };
  return (
    <DataTable<Row>
      id={`costs-${state.groupBy.replaceAll(/\W/g, '-')}`}
      label={t('groups.title', { dimension: words.dimension(state.groupBy) })}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowName={(row) =>
        row.rest ? t('rest') : words.value(state.groupBy, row.keys[0] ?? null, row.labels[0])
      }
      error={error}
      onRetry={onRetry}
      onOpen={(row) => {
        if (!row.rest) open(row);
      }}
      filters={
        <label className="flex min-w-0 flex-1 items-center gap-2 text-xs text-ink-2">
          {t('groups.by')}
          <Select
            dense
            className="w-48"
            value={state.groupBy}
            onChange={({ target: { value } }) => set({ group: value === 'service' ? null : value })}
            options={[...dimensions, ...tagKeys.map((key) => `tag:${key}`)].map((name) => ({
              value: name,
              label: words.dimension(name),
            }))}
          />
        </label>
      }
      empty={
        <EmptyState icon={ReceiptText} title={t('groups.emptyTitle')}>
          {t('groups.emptyText')}
        </EmptyState>
      }
    />
  );
}

function rowsOf(answer: Answer): Row[] {
  const totals = new Map(answer.totals.map((group) => [group.currency, group.total]));
  const row = (group: Group, rest: boolean): Row => ({
    ...group,
    id: idOf(group, rest),
    rest,
    share: shareOf(group.total, totals.get(group.currency) ?? '0'),
  });
  return [
    ...answer.groups.map((group) => row(group, false)),
    ...answer.rest.map((group) => row(group, true)),
  ];
}

function useColumns(
  state: CostState,
  answer: Answer | undefined,
  original: Answer | undefined,
): readonly Column<Row>[] {
  const t = useT('costs');
  const words = useCostWords();
  const format = useFormat();
  return useMemo(() => {
    const name = (row: Row): string =>
      row.rest ? t('rest') : words.value(state.groupBy, row.keys[0] ?? null, row.labels[0]);
    const buckets =
      answer === undefined || answer.grain === 'total'
        ? []
        : bucketsOf(answer.period.from, answer.period.to, answer.grain).filter(
            (bucket) => bucket <= (answer.dataThrough ?? ''),
          );
    const billed = Map.groupBy(original?.groups ?? [], (group) => JSON.stringify(group.keys));
    const columns: Column<Row>[] = [
      {
        id: 'name',
        header: words.dimension(state.groupBy),
        fixed: true,
        value: name,
        cell: (row) => (
          <span className={row.rest ? 'text-ink-3' : 'font-medium'} title={name(row)}>
            {name(row)}
          </span>
        ),
      },
      {
        id: 'trend',
        header: t('column.trend'),
        width: '8rem',
        from: 'md',
        cell: (row) => {
          const amounts = new Map(row.series.map(({ bucket, amount }) => [bucket, Number(amount)]));
          return buckets.length < 2 ? null : (
            <Sparkline
              fromZero
              label={t('column.trendOf', { name: name(row) })}
              values={buckets.map((bucket) => amounts.get(bucket) ?? 0)}
            />
          );
        },
      },
      {
        id: 'share',
        header: t('column.share'),
        width: '6.5rem',
        from: 'sm',
        align: 'right',
        value: (row) => row.share,
        cell: (row) => (
          <span className="num text-ink-2">{row.share === null ? '–' : format.percent(row.share)}</span>
        ),
      },
      {
        id: 'change',
        header: t('column.change'),
        width: '7rem',
        // On a phone the name needs the room.
        from: 'sm',
        align: 'right',
        value: (row) => changeOf(row.comparable ?? row.total, row.previous),
        cell: (row) => (
          <Change brief now={row.comparable ?? row.total} before={row.previous} currency={row.currency} />
        ),
      },
      {
        id: 'previous',
        header: t('column.previous'),
        width: '9rem',
        from: 'md',
        align: 'right',
        value: (row) => (row.previous === null ? null : Number(row.previous)),
        exportValue: (row) => row.previous,
        cell: (row) => (
          <span className="num text-ink-2">
            {row.previous === null ? '–' : format.money(row.previous, row.currency)}
          </span>
        ),
      },
      {
        id: 'total',
        header: t('column.total'),
        width: '9rem',
        fixed: true,
        align: 'right',
        value: (row) => Number(row.total),
        exportValue: (row) => row.total,
        cell: (row) => (
          <ExactAmount
            amount={row.total}
            currency={row.currency}
            className="font-medium"
            original={billed
              .get(JSON.stringify(row.keys))
              ?.map((group) => ({ amount: group.total, currency: group.currency }))}
          />
        ),
      },
      {
        id: 'currency',
        header: t('column.currency'),
        width: '6rem',
        hidden: true,
        value: (row) => row.currency,
        cell: (row) => row.currency,
      },
    ];
    return state.compare ? columns : columns.filter(({ id }) => id !== 'change' && id !== 'previous');
  }, [state.groupBy, state.compare, answer, original, t, words, format]);
}
