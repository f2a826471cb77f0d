import type { Statistic } from '@cloudatlas/cloud/observations';
import type { MetricProfile } from '../rules/rule.ts';

/*
 * How measured metrics are kept. One statistic of one metric of one resource is an array of 32-bit floats, one an hour,
 * at most 63 days: 6 kB. Aggregates alone would be smaller, but percentiles, the profile of the week and sums must be
 * right for whatever look-back a person sets, and no digest of a day can be cut and joined without an error. Four
 * bytes hold seven digits, more than any provider measures. Hours without data are NaN: a gap is not a zero.
 */

export const hoursPerDay = 24;
const hoursPerWeek = 168;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;
/** Longest look-back that is kept, in days. */
export const maxDays = 63;

/** The hours of a series, ending at a midnight. */
export interface HourSeries {
  /** Midnight UTC after the last hour, ms since 1970. */
  through: number;
  hours: Float32Array;
}

/** @param bytes as stored: little-endian 32-bit floats; the result may be a view of them */
export function decodeHours(bytes: Uint8Array): Float32Array {
  const length = bytes.byteLength >> 2;
  // Floats must lie on multiples of four bytes; the driver's buffers mostly do.
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, length);
  const hours = new Float32Array(length);
  new Uint8Array(hours.buffer).set(bytes.subarray(0, hours.byteLength));
  return hours;
}

export function encodeHours(hours: Float32Array): Buffer {
  return Buffer.from(hours.buffer, hours.byteOffset, hours.byteLength);
}

/**
 * Puts newly read points behind what is known.
 * @param known what was stored before
 * @param read the points of [from, to), both midnights; they replace known ones of that time
 * @param days how many days the result spans at least where there was something to ask for
 */
export function mergeHours(
  known: HourSeries | undefined,
  read: { from: number; to: number; points: readonly { at: string; value: number }[] },
  days: number,
): HourSeries {
  const knownFrom = known === undefined ? read.from : known.through - known.hours.length * hourMs;
  const from = Math.max(Math.min(knownFrom, read.from), read.to - Math.min(days, maxDays) * dayMs);
  const hours = new Float32Array((read.to - from) / hourMs).fill(Number.NaN);
  if (known !== undefined) {
    const offset = (knownFrom - from) / hourMs;
    for (let i = Math.max(0, -offset); i < known.hours.length && i + offset < hours.length; i += 1)
      hours[i + offset] = known.hours[i] ?? Number.NaN;
    hours.fill(Number.NaN, Math.max(0, (read.from - from) / hourMs));
  }
  for (const { at, value } of read.points) {
    const index = Math.floor((Date.parse(at) - from) / hourMs);
    if (index >= 0 && index < hours.length) hours[index] = value;
  }
  return { through: read.to, hours };
}

/** The look-back of a series as rules read it. Percentiles and profiles are computed when they are first asked for. */
export class HourProfile implements MetricProfile {
  readonly metric: string;
  readonly statistic: Statistic;
  readonly unit: string;
  readonly days: number;
  readonly minimum: number;
  readonly average: number;
  readonly maximum: number;
  readonly sum: number;
  readonly #hours: Float32Array;
  /** Midnight of the first day, ms since 1970. */
  readonly #from: number;
  /** Whether every hour was measured. */
  readonly #complete: boolean;
  #sorted: Float32Array | undefined;
  #daily: MetricProfile['daily'] | undefined;
  #week: MetricProfile['week'] | undefined;

  /**
   * @param today midnight UTC at which the look-back ends
   * @param days length of the look-back
   */
  constructor(
    id: { metric: string; statistic: Statistic; unit: string },
    series: HourSeries,
    today: number,
    days: number,
  ) {
    this.metric = id.metric;
    this.statistic = id.statistic;
    this.unit = id.unit;
    const start = series.through - series.hours.length * hourMs;
    const from = Math.max(start, today - days * dayMs);
    this.#from = from;
    this.#hours = series.hours.subarray(
      Math.max(0, (from - start) / hourMs),
      Math.max(0, (today - start) / hourMs),
    );
    let sum = 0;
    let count = 0;
    let minimum = Number.POSITIVE_INFINITY;
    let maximum = Number.NEGATIVE_INFINITY;
    let measured = 0;
    let lastDay = -1;
    for (let i = 0; i < this.#hours.length; i += 1) {
      const value = this.#hours[i] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sum += value;
      count += 1;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
      const day = Math.floor(i / hoursPerDay);
      if (day !== lastDay) {
        measured += 1;
        lastDay = day;
      }
    }
    this.#complete = count === this.#hours.length;
    this.days = measured;
    this.sum = sum;
    this.average = count === 0 ? 0 : sum / count;
    this.minimum = count === 0 ? 0 : minimum;
    this.maximum = count === 0 ? 0 : maximum;
  }

  get p95(): number {
    return this.#quantile(0.95);
  }

  get p99(): number {
    return this.#quantile(0.99);
  }

  get daily(): MetricProfile['daily'] {
    this.#daily ??= this.#byDay();
    return this.#daily;
  }

  get week(): MetricProfile['week'] {
    this.#week ??= this.#byHourOfWeek();
    return this.#week;
  }

  /** Interpolates between the two nearest points (Hyndman and Fan 1996, type 7; PERCENTILE_CONT of SQL). */
  #quantile(share: number): number {
    this.#sorted ??= (
      this.#complete ? this.#hours.slice() : this.#hours.filter((value) => !Number.isNaN(value))
    ).sort();
    const sorted = this.#sorted;
    if (sorted.length === 0) return 0;
    const place = (sorted.length - 1) * share;
    const below = sorted[Math.floor(place)] ?? 0;
    const above = sorted[Math.ceil(place)] ?? below;
    return below + (above - below) * (place - Math.floor(place));
  }

  #byDay(): MetricProfile['daily'] {
    const hours = this.#hours;
    const daily: MetricProfile['daily'][number][] = [];
    for (let start = 0; start < hours.length; start += hoursPerDay) {
      let sum = 0;
      let count = 0;
      let maximum = Number.NEGATIVE_INFINITY;
      for (let i = start; i < start + hoursPerDay && i < hours.length; i += 1) {
        const value = hours[i] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        sum += value;
        count += 1;
        if (value > maximum) maximum = value;
      }
      if (count > 0)
        daily.push({ at: new Date(this.#from + start * hourMs), average: sum / count, maximum, sum });
    }
    return daily;
  }

  #byHourOfWeek(): MetricProfile['week'] {
    const sums = new Float64Array(hoursPerWeek);
    const counts = new Uint16Array(hoursPerWeek);
    const first = hourOfWeek(this.#from);
    for (let i = 0; i < this.#hours.length; i += 1) {
      const value = this.#hours[i] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const slot = (first + i) % hoursPerWeek;
      sums[slot] = (sums[slot] ?? 0) + value;
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    const means: (number | null)[] = [];
    for (let slot = 0; slot < hoursPerWeek; slot += 1) {
      const count = counts[slot] ?? 0;
      means.push(count === 0 ? null : (sums[slot] ?? 0) / count);
    }
    return means;
  }
}

/** Hour of the week of a midnight, Monday 00:00 UTC first. 1970-01-01 was a Thursday. */
function hourOfWeek(midnight: number): number {
  return (((midnight / dayMs + 3) % 7) * hoursPerDay) % hoursPerWeek;
}

/** Midnight UTC at or before an instant, ms since 1970. */
export function midnightOf(instant: Date): number {
  return Math.floor(instant.getTime() / dayMs) * dayMs;
}

/** YYYY-MM-DD of a midnight. */
export function dayText(midnight: number): string {
  return new Date(midnight).toISOString().slice(0, 10);
}
