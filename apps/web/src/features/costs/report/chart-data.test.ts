import { expect, test } from 'vitest';
import type { Answer, Forecast } from '../queries.ts';
import { sharesData, trendData } from './chart-data.ts';

const group = (key: string | null, total: string, series: [string, string][] = []) => ({
  keys: [key],
  labels: [key],
  currency: 'USD',
  total,
  previous: null,
  comparable: null,
  series: series.map(([bucket, amount]) => ({ bucket, amount })),
});
const answer: Answer = {
  period: { from: '2026-11-01', to: '2026-11-05' },
  compare: null,
  grain: 'day',
  metric: 'billed',
  groupBy: ['provider'],
  groups: [
    group('AWS', '0.3', [
      ['2026-11-01', '0.1'],
      ['2026-11-03', '0.2'],
    ]),
    group('Azure', '-1', [['2026-11-01', '-1']]),
  ],
  rest: [group(null, '2')],
  totals: [
    group(null, '1.3', [
      ['2026-11-01', '-0.9'],
      ['2026-11-03', '2.2'],
    ]),
  ],
  dataThrough: '2026-11-03',
  completeThrough: '2026-11-02',
};
const texts = { formatKey: String, money: (amount: string) => `$${amount}`, axis: String };
const forecast: Forecast['items'][number] = {
  currency: 'USD',
  method: 'seasonal',
  reason: 'ok',
  observed: 90,
  confidence: 0.8,
  days: ['2026-11-03', '2026-11-05'].map((day) => ({ day, amount: '2', low: '1', high: '3' })),
  total: null,
  month: { month: '2026-11', actual: '1.3', projected: null, low: null, high: null, previous: null },
  backtest: null,
};
const trend = (with_?: typeof forecast) =>
  trendData({
    answer,
    currency: 'USD',
    forecast: with_,
    seriesOf: ({ keys }) => ({ id: keys[0] ?? '', label: keys[0] ?? '' }),
    totalLabel: 'Total',
    texts,
  });

test('a day without cost is zero, a day without data is a gap', () => {
  const { points, series } = trend();
  expect(series.map(({ id }) => id)).toEqual(['AWS', 'Azure', 'total']);
  expect(points.map(({ values }) => values['total'])).toEqual([-0.9, 0, 2.2, null]);
  expect(points[0]?.exact).toEqual({ AWS: '0.1', Azure: '-1', total: '-0.9' });
});

test('days that still grow are marked, and the forecast goes beyond the period', () => {
  const { points } = trend(forecast);
  expect(points.filter(({ partial }) => partial === true).map(({ key }) => key)).toEqual(['2026-11-03']);
  expect(points.map(({ key, forecast: value }) => [key, value?.value])).toEqual([
    ['2026-11-01', undefined],
    ['2026-11-02', undefined],
    ['2026-11-03', 2],
    ['2026-11-04', undefined],
    ['2026-11-05', 2],
  ]);
});

test('shares keep the rest, and slices leave out what is negative', () => {
  const base = {
    answer,
    currency: 'USD',
    label: 'Cost',
    nameOf: ({ keys }: { keys: (string | null)[] }) => keys[0] ?? '',
    texts,
  };
  const bars = sharesData({ ...base, restLabel: 'Rest' });
  expect(bars.points.map(({ key }) => bars.formatKey(key))).toEqual(['AWS', 'Azure', 'Rest']);
  const slices = sharesData({ ...base, restLabel: 'Rest', positiveOnly: true });
  expect(slices.points.map(({ key }) => slices.formatKey(key))).toEqual(['AWS', 'Rest']);
  expect(sharesData({ ...base, currency: 'BRL' }).points).toEqual([]);
});
