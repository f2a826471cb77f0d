import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useT } from '@/app/i18n.ts';
import type { LineItemPage } from '@cloudatlas/contracts/costs';
import { cn } from '@/ui/cn.ts';
import { useDays } from '../days.ts';
import { useMoney } from '../place.ts';
import type { Metric } from '../state.ts';

type Item = LineItemPage['items'][number];

/** FOCUS column of each metric. */
const columns: Record<Metric, string> = {
  billed: 'BilledCost',
  effective: 'EffectiveCost',
  list: 'ListCost',
  contracted: 'ContractedCost',
};

const first = (item: Item, ...names: string[]): string | undefined =>
  names.map((name) => item[name]).find((value): value is string => typeof value === 'string' && value !== '');

/** One line of the bill: what it says in a sentence, all its columns on demand. */
export function LineItem({ item, metric }: { item: Item; metric: Metric }) {
  const t = useT('costs');
  const days = useDays();
  const { exact } = useMoney();
  const [open, setOpen] = useState(false);
  const currency = item['BillingCurrency'] ?? undefined;
  const amount = item[columns[metric]] ?? undefined;
  const start = first(item, 'ChargePeriodStart');
  const what = first(item, 'ChargeDescription', 'ResourceName', 'ResourceId', 'SkuId', 'ServiceName');
  const where = [
    first(item, 'ServiceName'),
    first(item, 'ResourceName', 'ResourceId'),
    first(item, 'RegionId', 'RegionName'),
    first(item, 'SubAccountName', 'SubAccountId'),
  ].filter((text) => text !== undefined && text !== what);
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-start gap-2 px-3 py-2 text-left hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={cn('mt-0.5 size-3.5 shrink-0 text-ink-3', open && 'rotate-90')}
        />
        <span className="min-w-0 flex-1">
          <span className="block break-words font-medium">{what ?? t('noValue')}</span>
          <span className="block break-words text-xs text-ink-3">
            {start === undefined ? null : `${days.day(start)} · `}
            {where.join(' · ')}
          </span>
        </span>
        <span className="num whitespace-nowrap">
          {amount === undefined || currency === undefined ? '–' : exact(amount, currency)}
        </span>
      </button>
      {open ? (
        <dl className="grid grid-cols-[minmax(0,11rem)_minmax(0,1fr)] gap-x-3 gap-y-1 border-t border-line bg-sunken px-3 py-2 text-xs">
          {Object.entries(item).flatMap(([name, value]) =>
            value === null
              ? []
              : [
                  <dt key={`${name} name`} className="break-words text-ink-3">
                    {name}
                  </dt>,
                  <dd key={name} className="num break-all">
                    {value}
                  </dd>,
                ],
          )}
        </dl>
      ) : null}
    </li>
  );
}
