import { createHash } from 'node:crypto';
import type { CostForecast, ForecastBody } from '@cloudatlas/contracts/costs';
import type { z } from 'zod';
import { backtest } from '../forecast/backtest.ts';
import { forecast, projectMonth, runRate, seasonalPredictor, straightLine } from '../forecast/forecast.ts';
import { dayAt, toSeries, type DailySeries } from '../forecast/series.ts';
import { sumDecimals } from '../lake/money.ts';
import { addDays, addMonths, daysBetween } from '../query/question.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Data } from '../store/data.ts';
import type { Questions } from './questions.ts';

/** Days of the past a forecast rests on. */
const historyDays = 400;
/** Older than this, and the running month says nothing: the last month with data is projected instead. */
const staleAfterDays = 45;

export type DailyAmounts = { day: string; amount: string }[];

/** Amounts by day as a series that ends on the last complete day. */
export function seriesThrough(daily: DailyAmounts, completeThrough: string): DailySeries {
  const series = toSeries(
    daily.map(({ day, amount }) => ({ day, amount: Number(amount) })),
    completeThrough,
  );
  if (series.values.length > 0)
    while (dayAt(series.start, series.values.length) <= completeThrough) series.values.push(null);
  return series;
}

/** The days ahead and the end of the month, per currency. */
export async function forecastCosts(
  data: Data,
  questions: Questions,
  scope: WorkspaceRef,
  body: z.output<typeof ForecastBody>,
  signal: AbortSignal,
): Promise<CostForecast> {
  const { today, completeThrough } = await data.freshness(scope);
  if (completeThrough === null) return { completeThrough, items: [] };
  const last = daysBetween(completeThrough, today) > staleAfterDays ? completeThrough : today;
  const answer = await questions.answer(
    scope,
    {
      period: { from: addDays(completeThrough, -historyDays), to: addDays(last, 1) },
      grain: 'day',
      metric: body.metric,
      groupBy: [],
      filters: body.filters,
      top: 1,
      ...(body.currency === undefined ? {} : { currency: body.currency }),
    },
    signal,
  );
  const { days, confidence } = body;
  return {
    completeThrough,
    items: answer.totals.map((total) => {
      const daily = total.series.map(({ bucket, amount }) => ({ day: bucket, amount }));
      const month = last.slice(0, 7);
      return fittedOnce([total.currency, daily, completeThrough, month, days, confidence], () => ({
        currency: total.currency,
        confidence,
        ...ahead(daily, completeThrough, { days, confidence }),
        month: monthOf(daily, month, completeThrough, confidence),
      }));
    }),
  };
}

type Item = CostForecast['items'][number];
/** Forecasts kept; each is a few kilobytes. */
const keptForecasts = 200;
const kept = new Map<string, Item>();

/**
 * Fitting a model and trying it on the past takes most of a second of processor time, and follows from the amounts
 * alone: pages that ask again before new costs came get the same answer. The least recently made goes first.
 */
function fittedOnce(from: readonly unknown[], fit: () => Item): Item {
  const key = createHash('sha256').update(JSON.stringify(from)).digest('base64');
  const known = kept.get(key);
  if (known !== undefined) return known;
  const item = fit();
  kept.set(key, item);
  for (const oldest of kept.keys()) {
    if (kept.size <= keptForecasts) break;
    kept.delete(oldest);
  }
  return item;
}

function ahead(
  daily: DailyAmounts,
  completeThrough: string,
  { days, confidence }: { days: number; confidence: number },
) {
  const series = seriesThrough(daily, completeThrough);
  const found = forecast(series, days, confidence);
  const text = (value: number): string => value.toFixed(2);
  return {
    method: found.method,
    reason: found.reason,
    observed: found.observed,
    days: found.days.map((day) => ({
      day: day.day,
      amount: text(day.amount),
      low: text(day.low),
      high: text(day.high),
    })),
    total:
      found.method === 'none'
        ? null
        : { amount: text(found.total.amount), low: text(found.total.low), high: text(found.total.high) },
    backtest: backtested(series),
  };
}

function backtested(series: DailySeries) {
  const seasonal = backtest(series, seasonalPredictor);
  if (seasonal.folds === 0) return null;
  const percent = (share: number): number => Math.round(share * 1000) / 10;
  return {
    seasonal: percent(seasonal.totalMape),
    runRate: percent(backtest(series, runRate).totalMape),
    straightLine: percent(backtest(series, straightLine).totalMape),
    cuts: seasonal.folds,
  };
}

function monthOf(daily: DailyAmounts, month: string, completeThrough: string, confidence: number) {
  const found = projectMonth(daily, month, completeThrough, confidence);
  const before = addMonths(`${month}-01`, -1).slice(0, 7);
  const previous = daily.filter((d) => d.day.startsWith(before));
  return {
    month,
    actual: found.actual,
    projected: found.projected ?? null,
    low: found.low ?? null,
    high: found.high ?? null,
    previous: previous.length === 0 ? null : sumDecimals(previous.map((d) => d.amount)),
  };
}
