import { expect, test } from 'vitest';
import { isInWindow } from './window.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const at = (text: string) => new Date(text);

test.each([
  ['before the first hour', '2026-03-02T07:59:59Z', false],
  ['in the first minute', '2026-03-02T08:00:00Z', true],
  ['in the last minute', '2026-03-02T17:59:59Z', true],
  ['at the end, which is not inside', '2026-03-02T18:00:00Z', false],
  ['on a day that is not in it', '2026-03-08T12:00:00Z', false],
])('a window by day: %s', (_name, instant, inside) => {
  const window = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], fromHour: 8, toHour: 18 };
  expect(isInWindow(window, at(instant))).toBe(inside);
});

test.each([
  ['Friday evening', '2026-03-06T22:00:00Z', true],
  ['Saturday before dawn belongs to Friday', '2026-03-07T05:59:59Z', true],
  ['Saturday at six it is over', '2026-03-07T06:00:00Z', false],
  ['Saturday evening is not in it', '2026-03-07T23:00:00Z', false],
  ['Sunday before dawn belongs to Saturday', '2026-03-08T02:00:00Z', false],
  ['Monday before dawn belongs to Sunday', '2026-03-09T02:00:00Z', false],
])('a window over midnight: %s', (_name, instant, inside) => {
  const window = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], fromHour: 22, toHour: 6 };
  expect(isInWindow(window, at(instant))).toBe(inside);
});

test('midnight as the end, and the whole day', () => {
  const late = { timeZone: 'UTC', days: everyDay, fromHour: 20, toHour: 24 };
  expect(isInWindow(late, at('2026-03-02T23:59:59Z'))).toBe(true);
  expect(isInWindow(late, at('2026-03-03T00:00:00Z'))).toBe(false);
  const always = { timeZone: 'UTC', days: everyDay, fromHour: 0, toHour: 24 };
  expect(isInWindow(always, at('2026-03-03T00:00:00Z'))).toBe(true);
});

test('the wall clock of the zone counts, also on the nights when it changes', () => {
  const window = { timeZone: 'Europe/Lisbon', days: everyDay, fromHour: 2, toHour: 3 };
  // 29 March 2026: 01:00 → 02:00 UTC+1; the hour from 02:00 local begins at 01:00 UTC, one hour earlier than before.
  expect(isInWindow(window, at('2026-03-28T02:30:00Z'))).toBe(true);
  expect(isInWindow(window, at('2026-03-29T01:30:00Z'))).toBe(true);
  expect(isInWindow(window, at('2026-03-29T02:30:00Z'))).toBe(false);
  // 25 October 2026: 02:00 UTC+1 → 01:00 UTC+0; the hour from one to two comes twice.
  const twice = { ...window, fromHour: 1, toHour: 2 };
  expect(isInWindow(twice, at('2026-10-25T00:30:00Z'))).toBe(true);
  expect(isInWindow(twice, at('2026-10-25T01:30:00Z'))).toBe(true);
  expect(isInWindow(twice, at('2026-10-25T02:30:00Z'))).toBe(false);
  // In the gap of New York (8 March 2026, 02:00 → 03:00) the hour from two to three never comes.
  const gap = { ...window, timeZone: 'America/New_York' };
  for (let minute = 0; minute < 24 * 60; minute += 10)
    expect(isInWindow(gap, new Date(at('2026-03-08T05:00:00Z').getTime() + minute * 60_000))).toBe(false);
});
