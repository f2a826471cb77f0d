import { expect, test } from 'vitest';
import { changeOf, compareDecimals, minus, shareOf, signOf, sumOf } from './decimal.ts';

test('sums are exact where floats are not', () => {
  expect(sumOf(['0.1', '0.2'])).toBe('0.3');
  expect(sumOf(['9007199254740993.0000000001', '-0.0000000001'])).toBe('9007199254740993');
  expect(sumOf([])).toBe('0');
});

test('differences keep sign and digits', () => {
  expect(minus('0.000000000000000001', '1')).toBe('-0.999999999999999999');
  expect(minus('-1.5', '-1.5')).toBe('0');
  expect([signOf('-0.01'), signOf('0.000'), signOf('3')]).toEqual([-1, 0, 1]);
  expect(['10', '9.99', '-1'].toSorted(compareDecimals)).toEqual(['-1', '9.99', '10']);
});

test('shares and changes know when there is no base', () => {
  expect(shareOf('25', '200')).toBe(0.125);
  expect(shareOf('1', '0.00')).toBeNull();
  expect(changeOf('110', '100')).toBe(0.1);
  expect(changeOf('-50', '-100')).toBe(0.5);
  expect(changeOf('5', null)).toBeNull();
});
