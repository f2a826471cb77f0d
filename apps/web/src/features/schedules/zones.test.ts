import { expect, test } from 'vitest';
import { instantIn, localIn, zoneName } from './zones.ts';

test('there and back again, in summer and in winter', () => {
  for (const [zone, local, at] of [
    ['America/Sao_Paulo', '2026-11-22T22:00', '2026-11-23T01:00:00.000Z'],
    ['Europe/Berlin', '2026-07-01T00:15', '2026-06-30T22:15:00.000Z'],
    ['Europe/Berlin', '2026-12-01T00:15', '2026-11-30T23:15:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01T05:45', '2026-01-01T00:00:00.000Z'],
    ['UTC', '2026-01-01T00:00', '2026-01-01T00:00:00.000Z'],
  ] as const) {
    expect(instantIn(zone, local).toISOString(), zone).toBe(at);
    expect(localIn(zone, new Date(at)), zone).toBe(local);
  }
});

test('around a change of the clock', () => {
  // Berlin goes forward on 29 March 2026 at 01:00 UTC.
  expect(instantIn('Europe/Berlin', '2026-03-29T01:30').toISOString()).toBe('2026-03-29T00:30:00.000Z');
  expect(instantIn('Europe/Berlin', '2026-03-29T03:30').toISOString()).toBe('2026-03-29T01:30:00.000Z');
});

test('names without the continent', () => {
  expect(zoneName('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
});
