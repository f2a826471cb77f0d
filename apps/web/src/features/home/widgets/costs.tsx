import { useQuery } from '@tanstack/react-query';
import { ChartLine } from 'lucide-react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { Change, ExactAmount } from '@/features/costs/amount.tsx';
import { useDays } from '@/features/costs/days.ts';
import { useCostPaths } from '@/features/costs/paths.ts';
import { useMoney } from '@/features/costs/place.ts';
import { forecastQuery, type Forecast } from '@/features/costs/queries.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Sparkline } from '@/charts/sparkline.tsx';
import { Button } from '@/ui/button.tsx';
import { cn } from '@/ui/cn.ts';
import { Quiet, Widget } from '../widget.tsx';

type Item = Forecast['items'][number];

/** What this month has cost, and where it will end. */
export function CostsWidget() {
  const t = useT('home');
  const to = useCostPaths();
  const denial = useDenial('costs:read');
  const query = useQuery({ ...forecastQuery(useWorkspacePlace(), {}), enabled: denial === undefined });
  return (
    <Widget title={t('widget.costs')} to={to.costs} denial={denial} query={query}>
      {(forecast) => {
        // Amounts of different currencies are never added up; the largest bill comes first.
        const [first, ...others] = forecast.items.toSorted(
          (a, b) => Number(b.month.previous ?? b.month.actual) - Number(a.month.previous ?? a.month.actual),
        );
        return first === undefined ? <Nothing /> : <Month item={first} others={others} />;
      }}
    </Widget>
  );
}

function Nothing() {
  const t = useT('home');
  const to = useCostPaths();
  return (
    <Quiet>
      <ChartLine aria-hidden className="size-6 text-ink-3" />
      <p>{t('costs.none')}</p>
      <Button asChild size="sm">
        <Link to={to.imports}>{t('costs.import')}</Link>
      </Button>
    </Quiet>
  );
}

function Month({ item, others }: { item: Item; others: readonly Item[] }) {
  const t = useT('home');
  const days = useDays();
  const format = useFormat();
  const { money } = useMoney();
  const { currency, month } = item;
  const bars = [
    { id: 'actual', label: t('costs.soFar'), amount: month.actual, fill: 'bg-accent' },
    ...(month.projected === null
      ? []
      : [{ id: 'projected', label: t('costs.projected'), amount: month.projected, fill: 'bg-accent/45' }]),
    ...(month.previous === null
      ? []
      : [{ id: 'previous', label: t('costs.previous'), amount: month.previous, fill: 'bg-ink-3/45' }]),
  ];
  const largest = Math.max(1e-9, ...bars.map(({ amount }) => Number(amount)));
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-end justify-between gap-4">
        <dl className="min-w-0">
          <dt className="text-xs text-ink-3">{t('costs.end', { month: days.month(month.month) })}</dt>
          <dd className="num mt-1 flex flex-wrap items-baseline gap-x-3 text-2xl font-semibold tracking-tight">
            <ExactAmount amount={month.projected ?? month.actual} currency={currency} />
            {month.projected === null ? null : (
              <span className="text-sm font-medium">
                <Change now={month.projected} before={month.previous} currency={currency} brief />
              </span>
            )}
          </dd>
          <dd className="mt-0.5 min-h-4 text-xs text-ink-3">
            {month.low === null || month.high === null
              ? t('costs.fewDays')
              : t('costs.range', {
                  low: money(month.low, currency),
                  high: money(month.high, currency),
                  confidence: format.percent(item.confidence),
                })}
          </dd>
        </dl>
        {item.days.length < 2 ? null : (
          <Sparkline
            label={t('costs.ahead', { count: item.days.length })}
            values={item.days.map(({ amount }) => Number(amount))}
            width={120}
            height={40}
            fromZero
          />
        )}
      </div>
      <dl className="flex flex-col gap-3">
        {bars.map(({ id, label, amount, fill }) => (
          <div key={id} className="flex flex-wrap justify-between gap-x-4">
            <dt className="text-ink-2">{label}</dt>
            <dd className="num font-medium">{money(amount, currency)}</dd>
            <dd aria-hidden className="mt-1 h-1.5 basis-full overflow-hidden rounded-full bg-hover">
              <span
                className={cn('block h-full rounded-full', fill)}
                style={{ width: `${(Number(amount) / largest) * 100}%` }}
              />
            </dd>
          </div>
        ))}
      </dl>
      {others.length === 0 ? null : (
        <p className="text-xs text-ink-3">
          {t('costs.others', {
            amounts: format.list(
              others.map((other) => money(other.month.projected ?? other.month.actual, other.currency)),
            ),
          })}
        </p>
      )}
    </div>
  );
}
