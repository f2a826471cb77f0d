import type { Predictor } from './forecast.ts';
import type { DailySeries } from './series.ts';

export interface BacktestResult {
  /** Mean absolute percentage error of the sum over the horizon: what a budget owner cares about. */
  totalMape: number;
  /** Symmetric error of single days, 0 to 2, robust to days near zero. */
  dailySmape: number;
  folds: number;
}

/**
 * Rolling-origin evaluation (Tashman 2000): fit on everything before a cut, predict the horizon,
 * compare, move the cut. Days without data are not counted.
 */
export function backtest(
  series: DailySeries,
  predictor: Predictor,
  horizon = 14,
  options: { minTrain?: number; step?: number } = {},
): BacktestResult {
  const { minTrain = 35, step = 7 } = options;
  const totals: number[] = [];
  const daily: number[] = [];
  for (let cut = minTrain; cut + horizon <= series.values.length; cut += step) {
    const predicted = predictor({ start: series.start, values: series.values.slice(0, cut) }, horizon);
    let actual = 0;
    let expected = 0;
    for (const [i, p] of predicted.entries()) {
      const value = series.values[cut + i] ?? null;
      if (value === null) continue;
      actual += value;
      expected += p;
      if (Math.abs(value) + Math.abs(p) > 0)
        daily.push((2 * Math.abs(value - p)) / (Math.abs(value) + Math.abs(p)));
    }
    if (actual > 0) totals.push(Math.abs(expected - actual) / actual);
  }
  const average = (list: number[]): number =>
    list.length === 0 ? Number.NaN : list.reduce((a, b) => a + b, 0) / list.length;
  return { totalMape: average(totals), dailySmape: average(daily), folds: totals.length };
}
