import { type DailySeries, dayAt, mad, mean, median, weekday } from './series.ts';

/**
 * A robust seasonal model of daily cost: level, damped trend, weekday factors and charges that come
 * back on the same day of the month. Medians throughout, so that single spikes and holes bend nothing;
 * a lasting step in the level restarts the level instead of looking like a trend.
 */
export interface SeasonalModel {
  start: string;
  length: number;
  level: number;
  /** Change per day at the end of the series, before damping. */
  slope: number;
  /** Seven factors around 1, Monday first. */
  weekdays: number[];
  /** Amount over the usual that comes on a day of the month, `last` or a day number, and how far months differ in it. */
  monthly: Map<string, MonthlyCharge>;
  /** Mean per day of what is far off the usual: spikes and drops that come now and then count too. */
  occasional: number;
  /** Robust standard deviation of one day around the model. */
  noise: number;
  /** First day of the present level. */
  levelSince: number;
}

interface MonthlyCharge {
  amount: number;
  /** Farthest that one of the last months was off. */
  off: number;
}

/** From here on weekday factors can be told from noise: two of each weekday. */
export const MIN_SEASONAL_DAYS = 14;
/** Trend fades by this factor per day: a straight line into next month is rarely right. */
const DAMPING = 0.97;
const RECENT = 42;

/** Fits the model. Needs at least `MIN_SEASONAL_DAYS` days with data; throws RangeError otherwise. */
export function fitSeasonal(series: DailySeries): SeasonalModel {
  const { start } = series;
  const known = series.values.filter((v) => v !== null);
  if (known.length < MIN_SEASONAL_DAYS) throw new RangeError(`needs ${MIN_SEASONAL_DAYS} days of data`);
  let weekdays = Array.from({ length: 7 }, () => 1);
  let monthly = new Map<string, MonthlyCharge>();
  // Twice: the second round sees the weekdays without the monthly charges, and the other way round.
  for (let round = 0; round < 2; round += 1) {
    const plain = series.values.map((v, i) => (v === null ? null : v - monthlyAt(monthly, dayAt(start, i))));
    weekdays = weekdayFactors(start, plain);
    monthly = monthlyCharges(
      start,
      series.values.map((v, i) => (v === null ? null : v / (weekdays[weekday(start, i)] ?? 1))),
    );
  }
  const flat = series.values.map((v, i) =>
    v === null ? null : (v - monthlyAt(monthly, dayAt(start, i))) / (weekdays[weekday(start, i)] ?? 1),
  );
  const levelSince = lastStep(flat);
  const recent = flat.slice(Math.max(levelSince, flat.length - RECENT));
  const points = recent
    .map((y, i) => ({ x: i - recent.length + 1, y }))
    .filter((p): p is { x: number; y: number } => p.y !== null);
  const { level, slope } = trend(points);
  const residuals = points.map((p) => p.y - (level + slope * p.x));
  const spread = mad(residuals, 0);
  // The median tells usual days from others; the mean of the usual ones is the more exact level.
  const isUsual = (r: number): boolean => Math.abs(r) <= 3 * spread;
  const usual = residuals.filter(isUsual);
  const shift = usual.length === 0 ? 0 : mean(usual);
  const rare = residuals.map((r) => (isUsual(r) ? 0 : r - shift));
  // The last month weighs double: what comes once a month is in it once, whatever the day.
  const occasional = rare.length === 0 ? 0 : (mean(rare) + mean(rare.slice(-31))) / 2;
  return {
    start,
    length: series.values.length,
    level: level + shift,
    slope,
    weekdays,
    monthly,
    occasional,
    noise: Math.max(spread, Math.abs(level) * 0.005),
    levelSince,
  };
}

/** Over fewer days than this, what comes now and then more likely does not come at all. */
const OCCASIONAL_DAYS = 30;

/**
 * Likely cost `ahead` days after the last day of the series (1 = the next day), in a forecast of `horizon` days. What
 * comes now and then is spread over the days, and counts for less the shorter the horizon is: the sum over a week most
 * likely has none of it. Never below zero for a positive level.
 */
export function predict(model: SeasonalModel, ahead: number, horizon: number): number {
  const index = model.length - 1 + ahead;
  const travelled = model.slope * ((DAMPING * (1 - DAMPING ** ahead)) / (1 - DAMPING));
  const usual = model.level + travelled + model.occasional * Math.min(1, horizon / OCCASIONAL_DAYS);
  const level = model.level >= 0 ? Math.max(0, usual) : usual;
  return (
    level * (model.weekdays[weekday(model.start, index)] ?? 1) +
    monthlyAt(model.monthly, dayAt(model.start, index))
  );
}

function weekdayFactors(start: string, values: readonly (number | null)[]): number[] {
  const ratios: number[][] = Array.from({ length: 7 }, () => []);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? null;
    // The week around the day holds each weekday once, so its mean has no season of its own.
    const from = Math.min(Math.max(0, i - 3), Math.max(0, values.length - 7));
    const week = values.slice(from, from + 7).filter((v) => v !== null);
    const centre = median(week);
    if (value !== null && week.length >= 5 && centre > 0) ratios[weekday(start, i)]?.push(value / centre);
  }
  const raw = ratios.map((list) => (list.length >= 2 ? median(list) : 1));
  // Pulled towards 1 while few weeks are known.
  const weeks = Math.min(...ratios.map((list) => list.length));
  const trust = weeks / (weeks + 0.25);
  const shrunk = raw.map((f) => 1 + (Math.min(Math.max(f, 0.05), 5) - 1) * trust);
  const average = shrunk.reduce((a, b) => a + b, 0) / 7;
  return shrunk.map((f) => f / average);
}

function slotsOf(day: string): string[] {
  const date = new Date(day);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const slots = [String(date.getUTCDate())];
  if (date.getUTCDate() === last) slots.push('last');
  return slots;
}

/** Days of the month on which, month after month, clearly more comes than on the days around. */
function monthlyCharges(start: string, flat: readonly (number | null)[]): Map<string, MonthlyCharge> {
  const excess = new Map<string, number[]>();
  for (let i = 0; i < flat.length; i += 1) {
    const value = flat[i] ?? null;
    if (value === null) continue;
    const around = flat
      .slice(Math.max(0, i - 7), i + 8)
      .filter((v, j) => v !== null && j !== Math.min(i, 7)) as number[];
    if (around.length < 7) continue;
    const centre = median(around);
    const over = value - centre;
    const clear = over > Math.max(4 * mad(around, centre), 0.25 * Math.abs(centre));
    for (const slot of slotsOf(dayAt(start, i)))
      excess.set(slot, [...(excess.get(slot) ?? []), clear ? over : 0]);
  }
  const charges = new Map<string, MonthlyCharge>();
  for (const [slot, list] of excess) {
    const recent = list.slice(-4);
    // Twice in a row at least, or it is a spike and not a habit.
    if (recent.length < 2 || recent.some((v) => v <= 0)) continue;
    const amount = median(recent);
    charges.set(slot, { amount, off: Math.max(...recent.map((v) => Math.abs(v - amount))) });
  }
  // The last day of a month is also a day number; it is counted once.
  if (charges.has('last')) for (const slot of ['28', '29', '30', '31']) charges.delete(slot);
  return charges;
}

function monthlyAt(monthly: SeasonalModel['monthly'], day: string): number {
  return chargeOn(monthly, day)?.amount ?? 0;
}

/** The largest of the charges that come on a day. */
function chargeOn(monthly: SeasonalModel['monthly'], day: string): MonthlyCharge | undefined {
  return slotsOf(day)
    .map((slot) => monthly.get(slot))
    .filter((charge) => charge !== undefined)
    .toSorted((x, y) => y.amount - x.amount)[0];
}

/** How far off the monthly charge of a day may be, beside what every day may be; 0 on days without one. */
export function chargeSpread(model: SeasonalModel, day: string): number {
  return chargeOn(model.monthly, day)?.off ?? 0;
}

/**
 * Index where the present level began: the last place where the week after lies clearly off the week
 * before and stays there. 0 when the level never jumped.
 */
function lastStep(flat: readonly (number | null)[]): number {
  const known = (from: number, to: number): number[] =>
    flat.slice(Math.max(0, from), to).filter((v) => v !== null);
  for (let i = flat.length - 4; i >= 7; i -= 1) {
    const before = known(i - 10, i);
    const after = known(i, Math.min(flat.length, i + 10));
    if (before.length < 5 || after.length < 4) continue;
    const old = median(before);
    const jump = median(after) - old;
    const noise = Math.max(mad(before), mad(after), 0.01 * Math.abs(old));
    if (Math.abs(jump) < 5 * noise || Math.abs(jump) < 0.15 * Math.abs(old)) continue;
    // It must hold to the end, and be a jump between two days rather than a slope.
    const holds = Math.abs(median(known(i, flat.length)) - old) > 0.5 * Math.abs(jump);
    const edge = Math.abs(median(known(i, i + 3)) - median(known(i - 3, i)));
    if (holds && edge > 0.7 * Math.abs(jump)) {
      // Settle on the day with the largest jump nearby.
      let best = i;
      let size = -1;
      for (let j = Math.max(1, i - 4); j <= Math.min(flat.length - 2, i + 4); j += 1) {
        const s = Math.abs(median(known(j, j + 4)) - median(known(j - 4, j)));
        if (s > size) [best, size] = [j, s];
      }
      // A spike of a few days is none: most days since are on the new level, four at least, and the last two.
      const isNew = (v: number): boolean => (v - old) * Math.sign(jump) > 0.5 * Math.abs(jump);
      const since = known(best, flat.length);
      if (since.filter(isNew).length >= Math.max(4, 0.7 * since.length) && since.slice(-2).every(isNew))
        return best;
    }
  }
  return 0;
}

/** Level at x = 0 and slope by Theil and Sen; no slope when it cannot be told from noise. */
function trend(points: readonly { x: number; y: number }[]): { level: number; slope: number } {
  const recent = points.slice(-10).map((p) => p.y);
  if (points.length < 10) return { level: median(recent), slope: 0 };
  const slopes: number[] = [];
  for (let i = 0; i < points.length; i += 1)
    for (let j = i + 1; j < points.length; j += 1) {
      const a = points[i];
      const b = points[j];
      if (a && b) slopes.push((b.y - a.y) / (b.x - a.x));
    }
  const slope = median(slopes);
  const level = median(points.map((p) => p.y - slope * p.x));
  const noise = mad(
    points.map((p) => p.y - (level + slope * p.x)),
    0,
  );
  const span = (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
  // Standard error of a slope over n evenly spaced points: noise · sqrt(12 / n) / span.
  const error = (noise * Math.sqrt(12 / points.length)) / Math.max(1, span);
  if (Math.abs(slope) < 2.5 * error) return { level: median(points.slice(-21).map((p) => p.y)), slope: 0 };
  return { level, slope };
}
