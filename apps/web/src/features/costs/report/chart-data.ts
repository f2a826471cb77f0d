/** Answers as charts draw them. Floats are for pixels only; exact amounts go along as text. */
import type { ChartData, Point, Series } from '@/charts/types.ts';
import { addDays, bucketsOf, lastDayOf, type Grain } from '../days.ts';
import { compareDecimals, signOf } from '../decimal.ts';
import type { Answer, Forecast, Group } from '../queries.ts';

type ForecastItem = Forecast['items'][number];

interface Texts {
  formatKey: (key: string) => string;
  money: (amount: string) => string;
  axis: (value: number) => string;
}

const formats = ({ formatKey, money, axis }: Texts) => ({
  formatKey,
  formatValue: (value: number): string => money(value.toFixed(6)),
  formatAxis: axis,
  formatExact: money,
});

/** Id of the series of everything. */
export const totalId = 'total';

interface TrendInput {
  answer: Answer;
  currency: string;
  /** Of the same currency; its days follow the last complete one. */
  forecast: ForecastItem | undefined;
  seriesOf: (group: Group) => Series;
  totalLabel: string;
  texts: Texts;
}

/**
 * Lines of the groups and of the total over time. Days without cost inside the data are zero, days nobody has
 * delivered yet are gaps, and buckets that still grow are marked.
 */
export function trendData({
  answer,
  currency,
  forecast,
  seriesOf,
  totalLabel,
  texts,
}: TrendInput): ChartData {
  const grain = answer.grain === 'total' ? 'month' : answer.grain;
  const groups = answer.groups.filter((group) => group.currency === currency);
  const total = answer.totals.find((group) => group.currency === currency);
  const parts = groups.length > 1 ? groups : [];
  const lines: { series: Series; amounts: Map<string, string> }[] = [
    ...parts.map((group) => ({ series: seriesOf(group), amounts: amountsOf(group) })),
    ...(total === undefined
      ? []
      : [
          {
            series: {
              id: totalId,
              label: totalLabel,
              total: true,
              color: parts.length === 0 ? 'var(--series-1)' : 'var(--ink-2)',
            },
            amounts: amountsOf(total),
          },
        ]),
  ];
  const through = answer.dataThrough ?? '';
  const points: Point[] = bucketsOf(answer.period.from, answer.period.to, grain).map((bucket) => {
    const known = bucket <= through;
    const exact = Object.fromEntries(
      lines.flatMap(({ series, amounts }) => {
        const amount = amounts.get(bucket) ?? (known ? '0' : undefined);
        return amount === undefined ? [] : [[series.id, amount]];
      }),
    );
    return {
      key: bucket,
      exact,
      values: Object.fromEntries(
        lines.map(({ series }) => [
          series.id,
          exact[series.id] === undefined ? null : Number(exact[series.id]),
        ]),
      ),
      ...(known && growing(bucket, grain, answer) ? { partial: true } : {}),
    };
  });
  return {
    series: lines.map(({ series }) => series),
    points: grain === 'day' && forecast !== undefined ? withForecast(points, forecast) : points,
    ...formats(texts),
  };
}

const amountsOf = (group: Group): Map<string, string> =>
  new Map(group.series.map(({ bucket, amount }) => [bucket, amount]));

/** Whether a bucket has days that are not complete yet. */
function growing(bucket: string, grain: Grain, answer: Answer): boolean {
  const end = lastDayOf(bucket, grain);
  const last = end < answer.period.to ? end : addDays(answer.period.to, -1);
  return answer.completeThrough === null || last > answer.completeThrough;
}

/** Puts the expected days beside the measured ones and after them. */
function withForecast(points: readonly Point[], forecast: ForecastItem): Point[] {
  const expected = new Map(
    forecast.days.map(({ day, amount, low, high }) => [
      day,
      { value: Number(amount), low: Number(low), high: Number(high) },
    ]),
  );
  const known = points.map((point) => {
    const value = expected.get(point.key);
    return value === undefined ? point : { ...point, forecast: value };
  });
  const last = points.at(-1)?.key ?? '';
  const ahead = [...expected].filter(([day]) => day > last);
  return [...known, ...ahead.map(([day, value]): Point => ({ key: day, values: {}, forecast: value }))];
}

interface SharesInput {
  answer: Answer;
  currency: string;
  label: string;
  nameOf: (group: Group) => string;
  colorOf?: (group: Group) => { color?: string };
  /** Name of the rest; without it the rest is left out. */
  restLabel?: string;
  /** Slices cannot show what was given back. */
  positiveOnly?: boolean;
  texts: Omit<Texts, 'formatKey'>;
}

/** One point per group, the largest first, the rest last. */
export function sharesData(input: SharesInput): ChartData {
  const { answer, currency, label, nameOf, colorOf, restLabel, positiveOnly = false, texts } = input;
  const named = answer.groups
    .filter((group) => group.currency === currency)
    .toSorted((a, b) => compareDecimals(b.total, a.total))
    .map((group, index) => ({
      key: String(index),
      name: nameOf(group),
      group,
      color: colorOf?.(group) ?? {},
    }));
  const rest = answer.rest.find((group) => group.currency === currency);
  const entries =
    rest === undefined || restLabel === undefined || signOf(rest.total) === 0
      ? named
      : [...named, { key: 'rest', name: restLabel, group: rest, color: { color: 'var(--series-8)' } }];
  const shown = positiveOnly ? entries.filter(({ group }) => signOf(group.total) > 0) : entries;
  const names = new Map(shown.map(({ key, name }) => [key, name]));
  return {
    series: [{ id: 'amount', label }],
    points: shown.map(({ key, group, color }) => ({
      key,
      values: { amount: Number(group.total) },
      exact: { amount: group.total },
      ...color,
    })),
    ...formats({ ...texts, formatKey: (key) => names.get(key) ?? key }),
  };
}
