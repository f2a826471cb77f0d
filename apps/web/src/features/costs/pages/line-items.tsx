import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { OffsetPagination } from '@/ui/pagination.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { ExactAmount } from '../amount.tsx';
import { useCostPaths } from '../paths.ts';
import { lineItemsQuery } from '../queries.ts';
import { LineItem } from '../report/line-item.tsx';
import { periodOf, readFilters, readState } from '../state.ts';
import { useCostWords } from '../words.ts';

const pageSize = 50;

/** The line items behind a row of the costs page, beside it. */
export function LineItems() {
  const t = useT('costs');
  const words = useCostWords();
  const to = useCostPaths();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readState(params), [params]);
  const inside = useMemo(() => readFilters(params, 'in.'), [params]);
  const offset = Math.max(0, Math.trunc(Number(params.get('offset'))) || 0);
  const query = useQuery(
    lineItemsQuery(useWorkspacePlace(), {
      period: periodOf(state),
      metric: state.metric,
      // What is drilled into narrows what was asked; it never widens it.
      filters: [...state.filters, ...inside],
      limit: pageSize,
      offset,
    }),
  );
  const close = (): void => {
    const rest = new URLSearchParams(params);
    for (const name of new Set(rest.keys())) if (name.startsWith('in.')) rest.delete(name);
    rest.delete('offset');
    void navigate(to.costsWith(rest.toString()), { preventScrollReset: true });
  };
  const title = inside
    .flatMap(({ dimension, values }) => values.map((value) => words.value(dimension, value)))
    .join(', ');
  const { data, error } = query;
  return (
    <Sheet
      open
      onOpenChange={close}
      title={title === '' ? t('items.title') : title}
      description={t('items.text')}
    >
      {data === undefined ? (
        error === null ? (
          <SkeletonLines lines={12} />
        ) : (
          <ErrorState error={error} onRetry={() => void query.refetch()} />
        )
      ) : (
        <div className="flex flex-col gap-4">
          <p className="flex flex-wrap gap-x-6 text-lg font-semibold">
            {data.sums.map(({ currency, amount }) => (
              <ExactAmount key={currency} amount={amount} currency={currency} />
            ))}
          </p>
          {data.items.length === 0 ? <p className="text-ink-2">{t('items.empty')}</p> : null}
          <ul className="divide-y divide-line rounded-md border border-line" aria-label={t('items.title')}>
            {data.items.map((item, index) => (
              <LineItem key={offset + index} item={item} metric={state.metric} />
            ))}
          </ul>
          <OffsetPagination
            offset={offset}
            limit={pageSize}
            total={data.total}
            onOffset={(next) =>
              setParams((before) => {
                const changed = new URLSearchParams(before);
                changed.set('offset', String(next));
                return changed;
              })
            }
          />
        </div>
      )}
    </Sheet>
  );
}
