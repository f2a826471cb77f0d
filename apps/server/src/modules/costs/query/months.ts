import { MONTH_DAYS, dayBit } from '../lake/calendar.ts';
import type { Period } from './question.ts';

/** Where the days of a slot go: to one bucket for all time, to their month, or to the day so far from its first. */
type SlotBucket = 'none' | 'month' | number;

/** Days of a month that are added up together. */
export interface Slot {
  /** 1: of the period asked about; 2: of it, and may still grow; 0: of the period compared with. */
  now: 0 | 1 | 2;
  bucket: SlotBucket;
  /** Bits of the days (`dayBit`). */
  days: number;
}

/** Months, by their first days, that are divided into slots in the same way. */
export interface MonthPattern {
  months: string[];
  slots: Slot[];
}

export interface Division {
  current: Period;
  compare?: Period | undefined;
  /** First day of `current` that may still grow; looked at only beside a period to compare with. */
  incompleteFrom?: string | undefined;
  grain: 'day' | 'week' | 'month' | 'total';
  /** Buckets are days in both periods, to be converted by dated rates. */
  byDay: boolean;
  /** First and last day there is anything of. */
  span: { first: string; last: string };
}

const DAY_MS = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * Divides the months of a question into slots. Whole months of any length are divided alike wherever the grain allows
 * it, so that a long period has few patterns.
 */
export function divideMonths(division: Division): MonthPattern[] {
  const patterns = new Map<string, MonthPattern>();
  for (const month of monthsOf(division)) {
    const slots = slotsOf(month, division);
    if (slots.length === 0) continue;
    const id = JSON.stringify(slots);
    const pattern = patterns.get(id) ?? { months: [], slots };
    pattern.months.push(month);
    patterns.set(id, pattern);
  }
  return [...patterns.values()];
}

/** First days of the months that a period touches and that have anything, in order. */
function monthsOf({ current, compare, span }: Division): string[] {
  const months = new Set<string>();
  for (const period of compare ? [current, compare] : [current]) {
    const from = period.from > span.first ? period.from : span.first;
    const last = iso(Date.parse(period.to) - DAY_MS);
    const until = last < span.last ? last : span.last;
    for (let at = `${from.slice(0, 7)}-01`; at <= until; at = nextMonth(at)) months.add(at);
  }
  return [...months].toSorted();
}

function nextMonth(first: string): string {
  const date = new Date(first);
  return iso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
}

function slotsOf(month: string, division: Division): Slot[] {
  const start = Date.parse(month);
  const length = Math.round((Date.parse(nextMonth(month)) - start) / DAY_MS);
  const slots: Slot[] = [];
  const daily = division.byDay || division.grain === 'day';
  const add = (now: Slot['now'], bucket: SlotBucket, day: number): void => {
    const found = slots.find((slot) => slot.now === now && slot.bucket === bucket);
    if (found) found.days += dayBit(day);
    else slots.push({ now, bucket, days: dayBit(day) });
  };
  for (let day = 1; day <= length; day += 1) {
    const date = start + (day - 1) * DAY_MS;
    const now = periodOf(iso(date), division);
    if (now === undefined) continue;
    const bucket = bucketOf(date, day, now, division);
    add(now, bucket, day);
    // Days that the month does not have hold nothing: with them, every whole month is divided alike.
    if (day === length)
      for (let none = day + 1; none <= MONTH_DAYS.length; none += 1)
        add(now, bucket === day - 1 && daily ? none - 1 : bucket, none);
  }
  return slots;
}

function periodOf(date: string, { current, compare, incompleteFrom }: Division): Slot['now'] | undefined {
  if (date >= current.from && date < current.to)
    return compare && incompleteFrom !== undefined && date >= incompleteFrom ? 2 : 1;
  return compare && date >= compare.from && date < compare.to ? 0 : undefined;
}

function bucketOf(date: number, day: number, now: Slot['now'], { grain, byDay }: Division): SlotBucket {
  if (byDay) return day - 1;
  // The earlier period is one total.
  if (grain === 'total' || now === 0) return 'none';
  if (grain === 'month') return 'month';
  // Weeks begin on Monday (ISO 8601).
  return grain === 'day' ? day - 1 : day - 1 - ((new Date(date).getUTCDay() + 6) % 7);
}
