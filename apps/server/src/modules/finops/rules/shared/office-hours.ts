/*
 * From the mean of each hour of the week to a window of running: on which days, from when to when.
 */

/** Hours from Monday 00:00 in which something must run. */
export interface RunningWindow {
  /** 1 Monday … 7 Sunday. */
  readonly days: readonly number[];
  /** First hour, 0–23, and the hour after the last, 1–24. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  /** Hours of the week outside the window. */
  readonly idleHours: number;
}

/** Making one costs more than examining a resource; zones are few. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
  }
  return format;
}

/** The last answer for each zone: a scan asks for one instant only. */
const offsets = new Map<string, { readonly at: number; readonly hours: number | undefined }>();

/** Whole hours a zone is ahead of UTC at an instant; undefined for zones with half hours. */
export function offsetHours(timeZone: string, at: Date): number | undefined {
  const known = offsets.get(timeZone);
  if (known?.at === at.getTime()) return known.hours;
  const hours = offsetOf(timeZone, at);
  offsets.set(timeZone, { at: at.getTime(), hours });
  return hours;
}

function offsetOf(timeZone: string, at: Date): number | undefined {
  const parts = formatOf(timeZone).formatToParts(at);
  const written = parts.find((p) => p.type === 'timeZoneName')?.value ?? '';
  const match = /^GMT(?:([+-]\d\d):(\d\d))?$/.exec(written);
  return match && (match[2] ?? '00') === '00' ? Number(match[1] ?? 0) : undefined;
}

/**
 * The smallest window that holds every busy hour, the same on each of its days.
 * @param busy 168 flags, Monday 00:00 UTC first
 * @param margin hours kept running before and after
 * @returns undefined when nothing is ever busy
 */
export function runningWindow(
  busy: readonly boolean[],
  timeZone: string,
  at: Date,
  margin: number,
): RunningWindow | undefined {
  const offset = offsetHours(timeZone, at);
  if (offset === undefined) return undefined;
  const hours = busy.flatMap((is, slot) => (is ? [(slot + offset + 168) % 168] : []));
  if (hours.length === 0) return undefined;
  const days = [...new Set(hours.map((hour) => Math.floor(hour / 24) + 1))].toSorted((a, b) => a - b);
  const from = Math.max(0, Math.min(...hours.map((hour) => hour % 24)) - margin);
  const to = Math.min(24, Math.max(...hours.map((hour) => hour % 24)) + 1 + margin);
  return { days, from, to, timeZone, idleHours: 168 - days.length * (to - from) };
}

/** `08:00`; the end of the day is its last minute, since times of a day end there. */
export function clockTime(hour: number): string {
  return hour === 24 ? '23:59' : `${String(hour).padStart(2, '0')}:00`;
}
