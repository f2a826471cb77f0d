import { describe, expect, test } from 'vitest';
import { clockTime, offsetHours, runningWindow } from './office-hours.ts';

const at = new Date('2026-01-15T00:00:00Z');

function busyOn(days: readonly number[], from: number, to: number): boolean[] {
  return Array.from(
    { length: 168 },
    (_, slot) => days.includes(Math.floor(slot / 24) + 1) && slot % 24 >= from && slot % 24 < to,
  );
}

describe('running window', () => {
  test('office hours on weekdays', () =>
    expect(runningWindow(busyOn([1, 2, 3, 4, 5], 9, 18), 'UTC', at, 0)).toEqual({
      days: [1, 2, 3, 4, 5],
      from: 9,
      to: 18,
      timeZone: 'UTC',
      idleHours: 168 - 45,
    }));
  test('in the zone of the region the day is not cut by midnight', () => {
    // 09–18 in Oregon is 17–02 UTC in winter.
    const busy = Array.from({ length: 168 }, (_, slot) => {
      const hour = (slot - 8 + 168) % 168;
      return hour < 120 && hour % 24 >= 9 && hour % 24 < 18;
    });
    expect(runningWindow(busy, 'America/Los_Angeles', at, 0)).toMatchObject({
      days: [1, 2, 3, 4, 5],
      from: 9,
      to: 18,
    });
    expect(runningWindow(busy, 'UTC', at, 0)).toMatchObject({ days: [1, 2, 3, 4, 5, 6], from: 0, to: 24 });
  });
  test('the margin stays within the day', () =>
    expect(runningWindow(busyOn([7], 0, 24), 'UTC', at, 2)).toMatchObject({
      from: 0,
      to: 24,
      idleHours: 144,
    }));
  test('nothing busy is no window', () =>
    expect(runningWindow(busyOn([], 0, 0), 'UTC', at, 1)).toBeUndefined());
  test('zones with half hours are not used', () => expect(offsetHours('Asia/Kolkata', at)).toBeUndefined());
  test('offsets follow daylight saving', () => {
    expect(offsetHours('Europe/Berlin', at)).toBe(1);
    expect(offsetHours('Europe/Berlin', new Date('2026-07-15T00:00:00Z'))).toBe(2);
  });
  test('the end of a day is its last minute', () => expect(clockTime(24)).toBe('23:59'));
});
