import { expect, test } from 'vitest';
import { hoursOn, slotsOf, type WeekAction } from './on-off.ts';

const from = Date.parse('2026-03-02T00:00:00Z');
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
  expect(hoursOn(slots)).toBe(168 - 12);
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
