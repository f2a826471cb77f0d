/** Daily cost series for statistics. Values are floats: they shape curves, they are never totals. */
export interface DailySeries {
  /** First day, `YYYY-MM-DD`. */
  start: string;
  /** One value per day; null: no data came for that day. */
  values: (number | null)[];
}

const DAY_MS = 86_400_000;

export function dayAt(start: string, index: number): string {
  return new Date(Date.parse(start) + index * DAY_MS).toISOString().slice(0, 10);
}

/** 0 = Monday … 6 = Sunday. */
export function weekday(start: string, index: number): number {
  return (new Date(Date.parse(start) + index * DAY_MS).getUTCDay() + 6) % 7;
}

/**
 * Builds a series from points in any order. Days between the first and the last point without a
 * point are missing, not zero: a provider that had nothing to bill for a whole scope is rarer than a
 * delivery with a hole. Points after `completeThrough` are left out, for they still grow.
 */
export function toSeries(
  points: readonly { day: string; amount: number }[],
  completeThrough?: string,
): DailySeries {
  const kept = points.filter((p) => completeThrough === undefined || p.day <= completeThrough);
  const days = kept.map((p) => p.day).toSorted();
  const start = days[0];
  const end = days.at(-1);
  if (start === undefined || end === undefined) return { start: '1970-01-01', values: [] };
  const values: (number | null)[] = Array.from(
    { length: Math.round((Date.parse(end) - Date.parse(start)) / DAY_MS) + 1 },
    () => null,
  );
  for (const point of kept) {
    const index = Math.round((Date.parse(point.day) - Date.parse(start)) / DAY_MS);
    values[index] = (values[index] ?? 0) + point.amount;
  }
  return { start, values };
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Median absolute deviation, scaled to estimate a standard deviation (Rousseeuw and Croux 1993). */
export function mad(values: readonly number[], centre = median(values)): number {
  return 1.4826 * median(values.map((v) => Math.abs(v - centre)));
}

export function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

export function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((v) => (v - centre) ** 2)));
}

/** Linear interpolation between order statistics; `q` from 0 to 1. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const low = Math.floor(place);
  const a = sorted[low] ?? Number.NaN;
  const b = sorted[low + 1] ?? a;
  return a + (b - a) * (place - low);
}
