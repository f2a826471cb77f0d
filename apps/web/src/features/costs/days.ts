/** Days of bills: UTC, `YYYY-MM-DD`, never shifted into anybody's zone. */
import { useMemo } from 'react';
import { currentLanguage, useT } from '@/app/i18n.ts';

const dayMs = 86_400_000;

/** The day `count` days later, or earlier for a negative count. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** Days from `from` to `to`, the end not counted. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

export function today(now: number = Date.now()): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string | null | undefined): text is string {
  if (text === null || text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

export type Grain = 'day' | 'week' | 'month';

/** First day of the bucket a day falls into; weeks begin on Monday (ISO 8601). */
export function bucketOf(day: string, grain: Grain): string {
  if (grain === 'month') return `${day.slice(0, 7)}-01`;
  if (grain === 'day') return day;
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** All buckets that touch the period, in order; `to` is exclusive. */
export function bucketsOf(from: string, to: string, grain: Grain): string[] {
  const buckets: string[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) {
    const bucket = bucketOf(day, grain);
    if (buckets.at(-1) !== bucket) buckets.push(bucket);
  }
  return buckets;
}

/** Last day a bucket covers. */
export function lastDayOf(bucket: string, grain: Grain): string {
  if (grain === 'day') return bucket;
  if (grain === 'week') return addDays(bucket, 6);
  const [year = 0, month = 1] = bucket.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** Day and month texts in the language in use. */
export function useDays() {
  const t = useT('costs');
  const language = currentLanguage();
  return useMemo(() => {
    const format = (options: Intl.DateTimeFormatOptions) => {
      const formatter = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
      return (day: string): string => formatter.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
    };
    const day = format({ dateStyle: 'medium' });
    const short = format({ day: 'numeric', month: 'short' });
    const monthFormat = format({ month: 'short', year: 'numeric' });
    const month = (text: string): string => monthFormat(`${text.slice(0, 7)}-01`);
    return {
      day,
      short,
      /** Of `YYYY-MM` or any day in the month. */
      month,
      /** A period whose end is exclusive, as both its days. */
      range: (from: string, to: string): string => t('range', { from: day(from), to: day(addDays(to, -1)) }),
      /** Axis text of a bucket. */
      bucket: (bucket: string, grain: Grain): string => (grain === 'month' ? month(bucket) : short(bucket)),
    };
  }, [language, t]);
}
