import { useT } from '@/app/i18n.ts';
import { Change, ExactAmount } from '@/features/costs/amount.tsx';
import type { Group } from '@/features/costs/queries.ts';

/** This month's cost by currency, with the change against the days before. */
export function MonthCost({ costs }: { costs: readonly Group[] | undefined }) {
  const t = useT('providers');
  if (costs === undefined || costs.length === 0)
    return <span className="text-base font-normal text-ink-3">{t('noCosts')}</span>;
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      {costs.map(({ keys, currency, total, comparable, previous }) => (
        <span key={`${keys[0]} ${currency}`} className="inline-flex flex-wrap items-baseline gap-x-2">
          <ExactAmount amount={total} currency={currency} />
          {previous === null || comparable === null ? null : (
            <span className="text-xs font-medium">
              <Change now={comparable} before={previous} currency={currency} brief />
            </span>
          )}
        </span>
      ))}
    </span>
  );
}
