import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, decimal, divide, round, subtract, sum, times } from './decimal.ts';

describe('decimal', () => {
  test.each([
    ['1.50E-3', '0.0015'],
    ['7E-06', '0.000007'],
    ['12e3', '12000'],
    ['-0.0', '0'],
    ['+.5', '0.5'],
    ['5.', '5'],
    ['-12.3400', '-12.34'],
  ])('%s is %s', (text, plain) => expect(decimal(text)).toBe(plain));

  test.each(['', '.', 'abc', '1,5', 'NaN', 'Infinity', '0x10', '1e999', '1'.repeat(100)])(
    '%s is no number',
    (text) => {
      expect(() => decimal(text)).toThrow(RangeError);
    },
  );

  test('sums do not drift', () => expect(sum(Array.from({ length: 1_000 }, () => '0.1'))).toBe('100'));
  test('products are exact', () => expect(times('0.0000012345', '730')).toBe('0.000901185'));
  test.each([
    ['0.125', 2, '0.13'],
    ['-0.125', 2, '-0.13'],
    ['0.124999', 2, '0.12'],
    ['9.995', 2, '10'],
    ['3', 2, '3'],
  ])('%s rounded to %i places is %s', (text, places, rounded) => expect(round(text, places)).toBe(rounded));

  test.each([
    ['1', '3', 4, '0.3333'],
    ['2', '3', 4, '0.6667'],
    ['-1', '8', 2, '-0.13'],
    ['0.5', '0.00025', 2, '2000'],
    ['12.34567', '1', 2, '12.35'],
  ])('%s ÷ %s to %i places is %s', (a, b, places, quotient) => expect(divide(a, b, places)).toBe(quotient));
  test('nothing is divided by zero', () => expect(() => divide('1', '0.00', 2)).toThrow(RangeError));
  test.each([
    ['1.0', '1', 0],
    ['-2', '1', -1],
    ['0.10000000000000001', '0.1', 1],
  ])('%s compared with %s', (a, b, sign) => expect(compare(a, b)).toBe(sign));
  test('differences are exact', () => expect(subtract('0.3', '0.1')).toBe('0.2'));

  test('addition and multiplication agree with integers of cents', () => {
    const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    const text = (c: bigint): string => decimal(`${c}E-2`);
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(sum([text(a), text(b)])).toBe(text(a + b));
        expect(times(text(a), text(b))).toBe(decimal(`${a * b}E-4`));
      }),
    );
  });
});
