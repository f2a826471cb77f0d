import { expect, test } from 'vitest';
import { hoursOfWeek, slotsOf, type WeekAction } from './on-off.ts';

const { hours: from } = hoursOfWeek('UTC', new Date('2026-03-02T11:00:00Z'));
const action = (group: string, at: string, operation: WeekAction['operation']): WeekAction => ({
  group,
  at,
  operation,
});

test('what was started before the week is on until it is stopped', () => {
  const slots = slotsOf(
    [
      action('a', '2026-03-01T08:00:00Z', 'start'),
      action('a', '2026-03-02T20:00:00Z', 'stop'),
      action('a', '2026-03-03T08:00:00Z', 'start'),
    ],
    from,
  );
  expect(slots).toHaveLength(168);
  expect(slots.slice(0, 20).every(({ on }) => on === 1)).toBe(true);
  expect(slots.slice(20, 32).every(({ on, known }) => on === 0 && known === 1)).toBe(true);
  expect(slots[32]).toEqual({ on: 1, known: 1 });
});

test('the half hour decides, and resizing turns nothing on', () => {
  const slots = slotsOf(
    [
      action('a', '2026-03-02T08:20:00Z', 'start'),
      action('a', '2026-03-02T10:40:00Z', 'stop'),
      action('b', '2026-03-02T09:00:00Z', 'resize'),
    ],
    from,
  );
  expect(slots.slice(6, 12)).toEqual([
    { on: 0, known: 0 },
    { on: 0, known: 0 },
    { on: 1, known: 1 },
    { on: 1, known: 1 },
    { on: 1, known: 1 },
    { on: 0, known: 1 },
  ]);
});

test('several groups are counted side by side', () => {
  const slots = slotsOf(
    [action('a', '2026-03-01T00:00:00Z', 'start'), action('b', '2026-03-02T12:00:00Z', 'stop')],
    from,
  );
  expect([slots[0], slots[12]]).toEqual([
    { on: 1, known: 1 },
    { on: 1, known: 2 },
  ]);
});

test('a week with a change of the clock still has 24 hours in each day, on the clock of the zone', () => {
  // Berlin, 29 March 2026: 02:00 becomes 03:00.
  const { days, hours } = hoursOfWeek('Europe/Berlin', new Date('2026-03-27T22:59:00Z'));
  expect([days[0], days[6], hours.length]).toEqual(['2026-03-27', '2026-04-02', 168]);
  const at = (day: number, hour: number) => new Date(hours[day * 24 + hour] ?? 0).toISOString();
  expect([at(0, 0), at(1, 8), at(2, 8)]).toEqual([
    '2026-03-26T23:00:00.000Z',
    '2026-03-28T07:00:00.000Z',
    '2026-03-29T06:00:00.000Z',
  ]);
  expect(hoursOfWeek('Asia/Tokyo', new Date('2026-03-27T22:59:00Z')).days[0]).toBe('2026-03-28');
});
