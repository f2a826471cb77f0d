import { roundDecimal, sumDecimals } from '../lake/money.ts';
import { errorsNear, pastErrors, spread } from './intervals.ts';
import { type DailySeries, dayAt, deviation, mean, toSeries } from './series.ts';
import { MIN_SEASONAL_DAYS, chargeSpread, fitSeasonal, predict } from './seasonal.ts';

/** `none`: too little data to say anything. `run-rate`: mean of the days there are. */
export type ForecastMethod = 'seasonal' | 'run-rate' | 'none';

export interface ForecastDay {
  day: string;
  amount: number;
  low: number;
  high: number;
}

export interface Forecast {
  method: ForecastMethod;
  /** Why the method is not `seasonal`, in a word for the page. */
  reason: 'ok' | 'few-days' | 'no-data';
  /** Days of data it rests on. */
  observed: number;
  days: ForecastDay[];
  /** Sum of the days with its own interval (narrower than the sum of the days' intervals). */
  total: { amount: number; low: number; high: number };
  /** Probability that the interval is meant to hold, 0 to 1. */
  confidence: number;
}

export type Predictor = (series: DailySeries, horizon: number) => number[];

/** Below this many days not even a mean is worth telling. */
const MIN_DAYS = 3;

export const seasonalPredictor: Predictor = (series, horizon) => {
  const known = series.values.filter((v) => v !== null);
  if (known.length < MIN_SEASONAL_DAYS) return runRate(series, horizon);
  const model = fitSeasonal(series);
  return Array.from({ length: horizon }, (_, i) => predict(model, i + 1, horizon));
};

/** Mean of the last 30 days: what most tools show. */
export const runRate: Predictor = (series, horizon) => {
  const known = series.values.slice(-30).filter((v) => v !== null);
  const rate = known.length === 0 ? 0 : mean(known);
  return Array.from({ length: horizon }, () => rate);
};

/** Ordinary least squares over the last 30 days: the straight line of other tools. */
export const straightLine: Predictor = (series, horizon) => {
  const points = series.values
    .slice(-30)
    .map((y, x) => ({ x, y }))
    .filter((p): p is { x: number; y: number } => p.y !== null);
  const last = Math.min(30, series.values.length) - 1;
  if (points.length < 2) return runRate(series, horizon);
  const mx = mean(points.map((p) => p.x));
  const my = mean(points.map((p) => p.y));
  const slope =
    points.reduce((s, p) => s + (p.x - mx) * (p.y - my), 0) / points.reduce((s, p) => s + (p.x - mx) ** 2, 0);
  return Array.from({ length: horizon }, (_, i) => my + slope * (last + i + 1 - mx));
};

/**
 * Forecast of the next `horizon` days with an interval for each day and one for their sum, from the errors of the same
 * model on earlier cuts of the series. The interval holds as often as it says while the past tells the future; of an
 * event that was never seen before, a first spike or a step, it knows nothing. Deterministic.
 */
export function forecast(series: DailySeries, horizon: number, confidence = 0.8): Forecast {
  const observed = series.values.filter((v) => v !== null).length;
  const empty: Forecast = {
    method: 'none',
    reason: observed === 0 ? 'no-data' : 'few-days',
    observed,
    days: [],
    total: { amount: 0, low: 0, high: 0 },
    confidence,
  };
  if (observed < MIN_DAYS || horizon < 1) return empty;
  const seasonal = observed >= MIN_SEASONAL_DAYS;
  const predictor = seasonal ? seasonalPredictor : runRate;
  const amounts = predictor(series, horizon);
  const model = seasonal ? fitSeasonal(series) : undefined;
  const since = model?.levelSince ?? 0;
  const errors = pastErrors(series, horizon, predictor, { level: mean(amounts.map(Math.abs)), since });
  const known = series.values.filter((v) => v !== null);
  // Without a past to test on, the spread of the days themselves stands in.
  const fallback = Math.max(deviation(known), 0.1 * Math.abs(mean(known)));
  const tail = (1 - confidence) / 2;
  // After a step the level rests on the days since: its error falls with their number and adds to the usual one.
  const unsure = since === 0 ? 1 : Math.sqrt(1 + STEP_DAYS / (series.values.length - since));
  const sum = spread(errors.sums, errors.windows, tail, fallback, unsure);
  const positive = known.every((v) => v >= 0);
  const floor = (v: number): number => (positive ? Math.max(0, v) : v);
  const amount = amounts.reduce((a, b) => a + b, 0);
  return {
    method: seasonal ? 'seasonal' : 'run-rate',
    reason: seasonal ? 'ok' : 'few-days',
    observed,
    days: amounts.map((value, i) => {
      const off = spread(errorsNear(errors, i), errors.days, tail, fallback, unsure);
      const day = dayAt(series.start, series.values.length + i);
      const charge = model === undefined ? 0 : chargeSpread(model, day);
      return {
        day,
        amount: value,
        low: floor(value - Math.hypot(off.low, charge)),
        high: value + Math.hypot(off.high, charge),
      };
    }),
    total: { amount, low: floor(amount + sum.low * horizon), high: amount + sum.high * horizon },
    confidence,
  };
}

/** Days after which the level after a step is taken for half sure. */
const STEP_DAYS = 14;

export interface MonthEnd {
  /** `YYYY-MM`. */
  month: string;
  /** Exact cost of the month so far. */
  actual: string;
  /** Actual plus forecast of the days left, to the cent; undefined when nothing can be said. */
  projected: string | undefined;
  low: string | undefined;
  high: string | undefined;
  method: ForecastMethod;
  reason: Forecast['reason'];
}

/**
 * What the month will cost. `daily` are exact amounts by day, history included; days after
 * `completeThrough` are incomplete and are forecast instead of counted, unless more has come already.
 */
export function projectMonth(
  daily: readonly { day: string; amount: string }[],
  month: string,
  completeThrough: string,
  confidence = 0.8,
): MonthEnd {
  const inMonth = daily.filter((d) => d.day.startsWith(month));
  const actual = sumDecimals(inMonth.map((d) => d.amount));
  const [year = 0, number = 1] = month.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
  const base = { month, actual };
  if (completeThrough >= lastDay)
    return {
      ...base,
      projected: roundDecimal(actual, 2),
      low: roundDecimal(actual, 2),
      high: roundDecimal(actual, 2),
      method: 'seasonal',
      reason: 'ok',
    };
  const complete = daily.filter((d) => d.day <= completeThrough);
  const points = complete.map((d) => ({ day: d.day, amount: Number(d.amount) }));
  const series = toSeries(points, completeThrough);
  // The series must end on the last complete day, or the forecast would begin too early.
  if (series.values.length > 0)
    while (dayAt(series.start, series.values.length) <= completeThrough) series.values.push(null);
  const horizon = Math.round((Date.parse(lastDay) - Date.parse(completeThrough)) / 86_400_000);
  const ahead = forecast(series, horizon, confidence);
  if (ahead.method === 'none')
    return {
      ...base,
      projected: undefined,
      low: undefined,
      high: undefined,
      method: 'none',
      reason: ahead.reason,
    };
  const settled = sumDecimals(inMonth.filter((d) => d.day <= completeThrough).map((d) => d.amount));
  // The forecast may begin before the month; only its days in the month count.
  const share = ahead.days.filter((d) => d.day.startsWith(month));
  const sum = share.reduce((n, d) => n + d.amount, 0);
  const scale = share.length / Math.max(1, ahead.days.length);
  const cents = (value: number): string => {
    const projected = roundDecimal(sumDecimals([settled, value.toFixed(6)]), 2);
    return Number(projected) < Number(actual) && Number(actual) > 0 && value >= 0
      ? roundDecimal(actual, 2)
      : projected;
  };
  return {
    ...base,
    projected: cents(sum),
    low: cents(sum + (ahead.total.low - ahead.total.amount) * scale),
    high: cents(sum + (ahead.total.high - ahead.total.amount) * scale),
    method: ahead.method,
    reason: ahead.reason,
  };
}
