import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, fromUnits, roundDecimal, sumDecimals, toUnits } from './money.ts';

describe('money', () => {
  it('keeps 10^-10 prices and 10^12 totals exact', () => {
    expect(sumDecimals(['0.0000000001', '1000000000000'])).toBe('1000000000000.0000000001');
    expect(canonical('1e-10')).toBe('0.0000000001');
    expect(canonical('-00.500')).toBe('-0.5');
  });
  it('refuses what it would have to round or cannot read', () => {
    for (const bad of ['', '.', '1,5', 'NaN', '1_000', '0.1234567890123456789'])
      expect(() => toUnits(bad)).toThrow(RangeError);
  });
  it('rounds half away from zero', () => {
    expect(roundDecimal('0.005', 2)).toBe('0.01');
    expect(roundDecimal('-0.005', 2)).toBe('-0.01');
    expect(roundDecimal('1.2349', 2)).toBe('1.23');
  });
  it('prints what it reads', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 37n), 10n ** 37n), (units) => toUnits(fromUnits(units)) === units),
    );
  });
});
