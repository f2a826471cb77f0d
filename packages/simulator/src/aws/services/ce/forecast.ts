import type {
  GetCostForecastRequest,
  GetCostForecastResponse,
  Granularity,
} from '@aws-sdk/client-cost-explorer';
import type { Output, RequestContext } from '../../context.ts';
import { closedUntil, dailyLedger } from '../../ledger/ledger.ts';
import { DAY_MS } from '../../ledger/patterns.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { dollars } from '../../ledger/money.ts';
import { aggregate, ledgersOf } from './aggregate.ts';
import { compile, validation } from './expression.ts';
import { cut, readInterval } from './periods.ts';

/** Days of history a forecast rests on, and the least it needs. */
const BASIS_DAYS = 56;
const LEAST_DAYS = 30;

/** Two-sided standard normal quantile of a level in per cent (Abramowitz and Stegun 26.2.23; error below 4.5e-4). */
function quantile(level: number): number {
  const tail = (1 - level / 100) / 2;
  const t = Math.sqrt(-2 * Math.log(tail));
  return (
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  );
}

interface Model {
  /** Cost of a day, billionths of a dollar. */
  at(day: number): number;
  /** Standard deviation of a day's cost. */
  readonly deviation: number;
}

/** Mean by weekday with a linear trend, over complete days. */
function fit(values: readonly number[], firstDay: number): Model {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const middle = (n - 1) / 2;
  const slope = values.reduce((sum, v, i) => sum + (i - middle) * (v - mean), 0) / ((n * (n * n - 1)) / 12);
  const trend = (i: number): number => mean + slope * (i - middle);
  const weekday = Array.from({ length: 7 }, (_, d) => {
    const rest = values.flatMap((v, i) => ((firstDay + i) % 7 === d ? [v - trend(i)] : []));
    return rest.length > 0 ? rest.reduce((a, b) => a + b, 0) / rest.length : 0;
  });
  const at = (day: number): number => Math.max(0, trend(day - firstDay) + (weekday[day % 7] ?? 0));
  const squares = values.reduce((sum, v, i) => sum + (v - at(firstDay + i)) ** 2, 0);
  return { at, deviation: Math.sqrt(squares / Math.max(1, n - 2)) };
}

const METRICS = new Set([
  'AMORTIZED_COST',
  'BLENDED_COST',
  'NET_AMORTIZED_COST',
  'NET_UNBLENDED_COST',
  'UNBLENDED_COST',
]);

/** Forecast of costs from today on. Too little history is refused as DataUnavailableException. */
export function getCostForecast(
  input: GetCostForecastRequest,
  context: RequestContext,
): Output<GetCostForecastResponse> {
  const granularity: Granularity = input.Granularity ?? 'MONTHLY';
  if (granularity === 'HOURLY') throw validation('HOURLY granularity is not supported for forecasts');
  if (!METRICS.has(input.Metric ?? '')) throw validation(`Metric ${String(input.Metric)} is not supported`);
  const { from, to } = readInterval(input.TimePeriod);
  const today = Math.floor(context.now / DAY_MS) * DAY_MS;
  if (from < today) throw validation('Start date should not be in the past');
  if (to > today + (granularity === 'DAILY' ? 93 : 550) * DAY_MS)
    throw validation('End date is too far in the future');
  const level = input.PredictionIntervalLevel ?? 80;
  if (level < 51 || level > 99) throw validation('PredictionIntervalLevel must be between 51 and 99');
  const lastDay = Math.floor(closedUntil(context.account, context.now) / DAY_MS);
  const start = (lastDay - BASIS_DAYS) * DAY_MS;
  const days = cut(start, lastDay * DAY_MS, 'DAILY', context.now);
  const test = compile(input.Filter);
  // One-off lines would bend the trend; a forecast is about usage.
  const [sums] = aggregate(ledgersOf(context), days, (line) => line.recordType === 'Usage' && test(line), []);
  const first = sums?.present.indexOf(1) ?? -1;
  const values = first < 0 ? [] : [...(sums?.nanos ?? [])].slice(first);
  if (values.length < LEAST_DAYS) {
    throw new AwsError(
      'DataUnavailableException',
      'There is insufficient amount of historical data to compute the forecast.',
      400,
    );
  }
  const model = fit(values, Math.floor(start / DAY_MS) + first);
  const z = quantile(level);
  let total = 0;
  const results = cut(from, to, granularity, context.now).map((period) => {
    let mean = 0;
    for (let at = period.from; at < period.to; at += DAY_MS)
      mean += Math.round(model.at(Math.floor(at / DAY_MS)));
    total += mean;
    // Errors of days in a row go together more than independent ones would.
    const spread = z * model.deviation * ((period.to - period.from) / DAY_MS) ** 0.75;
    return {
      TimePeriod: period.label,
      MeanValue: dollars(mean),
      PredictionIntervalLowerBound: dollars(Math.max(0, Math.round(mean - spread))),
      PredictionIntervalUpperBound: dollars(Math.round(mean + spread)),
    };
  });
  return { Total: { Amount: dollars(total), Unit: 'USD' }, ForecastResultsByTime: results };
}

/** Running hours on demand in an interval, for coverage answers. */
export function onDemandHours(context: RequestContext, from: number, to: number): number {
  let hours = 0;
  const ledger = dailyLedger(context.world, context.account);
  for (const { units } of ledger.amounts(
    (line) => line.meter.unit === 'Hrs' && line.meter.instanceType !== undefined,
  )) {
    for (let at = from; at < to; at += DAY_MS) hours += units[Math.floor((at - ledger.start) / DAY_MS)] ?? 0;
  }
  return hours;
}
