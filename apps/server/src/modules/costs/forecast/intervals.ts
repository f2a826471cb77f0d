import type { Predictor } from './forecast.ts';
import { MIN_SEASONAL_DAYS } from './seasonal.ts';
import { type DailySeries, mean, quantile } from './series.ts';

/** What forecasts made in the past, of the same series by the same model, got wrong: actual − forecast. */
export interface PastErrors {
  /** Errors of single days, by how many days ahead they were (index 0: the next day). */
  byLead: number[][];
  /** Errors of the sum over a window, per day of it. */
  sums: number[];
  /** How many days were tried, and how many windows that do not overlap they make. */
  days: number;
  windows: number;
}

/** Cuts of the past on which a model is tried: at most this many per length of window. */
const CUTS = 20;
const SHORT_WINDOW = 14;
const LONG_WINDOW = 30;
/** Shorter histories hold too few long windows to learn from. */
const LONG_HISTORY = 90;
/** A bill of less than this share of the present one says nothing about how the present one varies. */
const DEAD = 0.05;

/**
 * Fits the model again on earlier cuts of the series and takes its errors there: what may be expected again (split
 * conformal prediction with rolling origins, as in Vovk 2005 and Hyndman and Athanasopoulos, "Forecasting", 5.10). Errors
 * are brought to the present level: a bill that has doubled errs by twice as much. Forecasts across the last step are
 * left out, for they err by the step and not by what they will err from now on; so are those of a bill near nothing.
 *
 * @param present the level of the forecast, and the index of the day since which the bill is on its present level
 */
export function pastErrors(
  series: DailySeries,
  horizon: number,
  predictor: Predictor,
  present: { level: number; since: number },
): PastErrors {
  const errors: PastErrors = { byLead: [], sums: [], days: 0, windows: 0 };
  const longest = series.values.length >= LONG_HISTORY ? LONG_WINDOW : SHORT_WINDOW;
  const lengths = [...new Set([Math.min(horizon, longest), Math.min(horizon, SHORT_WINDOW)])];
  for (const span of lengths) {
    const step = Math.max(3, Math.round(span / 4));
    let cuts = 0;
    for (let k = 0; k < CUTS; k += 1) {
      const cut = series.values.length - span - k * step;
      const past = { start: series.start, values: series.values.slice(0, Math.max(0, cut)) };
      if (past.values.filter((v) => v !== null).length < MIN_SEASONAL_DAYS) break;
      if (cut < present.since && present.since < cut + span) continue;
      const predicted = predictor(past, span);
      const then = mean(predicted.map(Math.abs));
      if (then <= DEAD * present.level) continue;
      const scale = Math.min(4, Math.max(0.25, present.level / then));
      const off: number[] = [];
      for (const [lead, p] of predicted.entries()) {
        const actual = series.values[cut + lead] ?? null;
        if (actual === null) continue;
        const error = (actual - p) * scale;
        off.push(error);
        (errors.byLead[lead] ??= []).push(error);
      }
      if (off.length === 0) continue;
      errors.sums.push(mean(off));
      cuts += 1;
    }
    if (cuts === 0) continue;
    const days = span + (cuts - 1) * step;
    errors.days = Math.max(errors.days, days);
    errors.windows = Math.max(errors.windows, days / span);
  }
  return errors;
}

/** Errors of days about as far ahead as `lead`: a week earlier to a week later; beyond the last one tried, its. */
export function errorsNear({ byLead }: PastErrors, lead: number): number[] {
  const centre = Math.min(lead, byLead.length - 1);
  return byLead.slice(Math.max(0, centre - 7), centre + 8).flat();
}

/** Half width of a normal interval in standard deviations, by the probability in each tail. */
function zOf(tail: number): number {
  return tail <= 0.03 ? 1.96 : tail <= 0.06 ? 1.645 : 1.282;
}

/**
 * Interval around a forecast from past errors, lowest and highest error to expect.
 *
 * @param independent how many independent errors there are; the few there are understate the tails
 * @param tail probability on either side
 * @param fallback standard deviation that stands in where there are no past errors
 * @param unsure factor for what the errors do not hold, 1 or more
 */
export function spread(
  errors: readonly number[],
  independent: number,
  tail: number,
  fallback: number,
  unsure: number,
): { low: number; high: number } {
  const z = zOf(tail);
  if (errors.length < 3) return { low: -z * fallback * unsure, high: z * fallback * unsure };
  const widen = (BASE + FEW / Math.max(1, independent)) * unsure;
  return {
    low: Math.min(0, quantile(errors, tail)) * widen,
    high: Math.max(0, quantile(errors, 1 - tail)) * widen,
  };
}
/** Calibrated on seeded series (other seeds than the bench's): windows overlap, and a fit knows a little of each. */
const BASE = 1.15;
const FEW = 2.5;
