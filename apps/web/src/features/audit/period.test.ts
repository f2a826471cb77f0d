import { expect, test } from 'vitest';
import { periodBounds } from './period.ts';

const now = Date.parse('2026-11-22T12:34:56.789Z');

test('a named period counts back from the present minute', () => {
  expect(periodBounds({ period: '24h' }, now)).toEqual({ from: '2026-11-21T12:34:00.000Z' });
});

test('own days are inclusive at both ends', () => {
  const { from, to } = periodBounds({ period: 'custom', from: '2026-11-01', to: '2026-11-01' }, now);
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(24 * 3_600_000);
});

test('nonsense in the URL filters nothing', () => {
  expect(periodBounds({ period: 'forever' }, now)).toEqual({});
  expect(periodBounds({ period: 'custom', from: 'x' }, now)).toEqual({ from: undefined, to: undefined });
});
