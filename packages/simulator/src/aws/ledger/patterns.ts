import { isWeekend, noiseSeed, unit } from '../metrics/profiles.ts';
import type { Pattern } from './charge.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Growth of traffic per year, compounded. */
const TRAFFIC_GROWTH = 0.45;
/** Growth of the load called `growing`. */
const LOAD_GROWTH = 0.9;

/** Hour of the day as a multiple of the day's mean; the 24 values have mean 1. */
const DAY_WAVE: readonly number[] = Array.from(
  { length: 24 },
  (_, hour) => 1 + 0.45 * Math.sin(((hour - 9) / 24) * 2 * Math.PI),
);

/** Use on a day as a multiple of the mean rate. Mean over a week is about 1 at the anchor. */
function dayFactor(pattern: Pattern, seed: number, day: number, anchor: number): number {
  if (pattern === 'flat') return 1;
  const noise = 0.96 + 0.08 * unit(seed, day);
  const years = (day * DAY_MS - anchor) / (365 * DAY_MS);
  switch (pattern) {
    case 'traffic':
      return noise * (isWeekend(day) ? 0.72 : 1.112) * (1 + TRAFFIC_GROWTH) ** years;
    case 'growing':
      return noise * (1 + LOAD_GROWTH) ** years;
    case 'office-hours':
      return noise * (isWeekend(day) ? 0.05 : 1.38);
    default:
      return noise * (isWeekend(day) ? 0.85 : 1.06);
  }
}

/** Multiples of the mean rate for consecutive buckets of a day or an hour. */
export function factors(
  pattern: Pattern,
  name: string,
  start: number,
  bucketMs: number,
  count: number,
  anchor: number,
): Float64Array {
  const values = new Float64Array(count);
  const seed = noiseSeed('ledger', name);
  for (let i = 0; i < count; i++) {
    const at = start + i * bucketMs;
    const day = Math.floor(at / DAY_MS);
    const daily = dayFactor(pattern, seed, day, anchor);
    const hour = Math.floor((at % DAY_MS) / HOUR_MS);
    values[i] = bucketMs === DAY_MS || pattern === 'flat' ? daily : daily * (DAY_WAVE[hour] ?? 1);
  }
  return values;
}
