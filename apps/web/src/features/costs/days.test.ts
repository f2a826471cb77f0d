import { expect, test } from 'vitest';
import { addDays, bucketOf, bucketsOf, daysBetween, isDay, lastDayOf } from './days.ts';

test('days are those of UTC, across months and leap years', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(daysBetween('2026-10-01', '2026-11-01')).toBe(31);
  expect([isDay('2026-02-29'), isDay('2024-02-29'), isDay('24-2-29'), isDay(null)]).toEqual([
    false,
    true,
    false,
    false,
  ]);
});

test('weeks begin on Monday', () => {
  expect(bucketOf('2026-11-22', 'week')).toBe('2026-11-16');
  expect(bucketOf('2026-11-16', 'week')).toBe('2026-11-16');
  expect(lastDayOf('2026-11-16', 'week')).toBe('2026-11-22');
  expect(lastDayOf('2026-02-01', 'month')).toBe('2026-02-28');
});

test('buckets cover the period and its end is exclusive', () => {
  expect(bucketsOf('2026-10-30', '2026-11-02', 'day')).toEqual(['2026-10-30', '2026-10-31', '2026-11-01']);
  expect(bucketsOf('2026-10-30', '2026-11-02', 'month')).toEqual(['2026-10-01', '2026-11-01']);
  expect(bucketsOf('2026-11-01', '2026-11-10', 'week')).toEqual(['2026-10-26', '2026-11-02', '2026-11-09']);
});
