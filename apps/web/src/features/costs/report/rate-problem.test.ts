import { expect, test } from 'vitest';
import { missingRateOf } from './rate-problem.ts';

test('a missing exchange rate is told from other problems', () => {
  const text = 'no exchange rate from USD to BRL for 2026-10-24';
  const rate = { from: 'USD', to: 'BRL', day: '2026-10-24' };
  expect(missingRateOf({ reason: 'rate-missing', currency: 'USD', day: '2026-10-24' }, text)).toEqual(rate);
  expect(missingRateOf(undefined, text)).toEqual(rate);
  expect(missingRateOf({ reason: 'weights' }, text)).toBeUndefined();
  expect(missingRateOf(undefined, 'The cost store is busy.')).toBeUndefined();
  expect(missingRateOf(undefined, null)).toBeUndefined();
});
