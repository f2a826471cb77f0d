import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUnits, sumDecimals, toUnits } from '../lake/money.ts';
import { type CostItem, type SharedRule, showback } from './showback.ts';
import { splitExactly } from './split.ts';

const amount = fc.bigInt(-(10n ** 24n), 10n ** 26n).map(fromUnits);
const weight = fc.bigInt(0n, 10n ** 21n).map(fromUnits);

describe('splitExactly', () => {
  it('conserves any amount over any weights, and no part is further than a step from its share', () => {
    fc.assert(
      fc.property(
        amount,
        fc.array(weight, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(18, 2),
        (value, weights, decimals) => {
          const parts = splitExactly(value, weights, decimals);
          expect(sumDecimals(parts)).toBe(value);
          const total = weights.reduce((n, w) => n + toUnits(w), 0n);
          if (total === 0n) return;
          const step = 2n * 10n ** BigInt(18 - decimals);
          for (const [i, part] of parts.entries()) {
            const ideal = (toUnits(value) * toUnits(weights[i] ?? '0')) / total;
            const off = toUnits(part) - ideal;
            expect((off < 0n ? -off : off) <= step).toBe(true);
          }
        },
      ),
    );
  });
  it('gives the odd cents to the largest remainders', () => {
    expect(splitExactly('100', ['1', '1', '1'], 2)).toEqual(['33.34', '33.33', '33.33']);
    expect(splitExactly('-0.05', ['1', '1'], 2)).toEqual(['-0.03', '-0.02']);
    expect(splitExactly('10', ['0', '0'])).toEqual(['5', '5']);
    expect(() => splitExactly('1', [])).toThrow(RangeError);
    expect(() => splitExactly('1', ['-1'])).toThrow(RangeError);
  });
});

const item = (team: string | null, service: string, value: string, currency = 'USD'): CostItem => ({
  currency,
  amount: value,
  attributes: { 'tag:team': team, service },
});

describe('showback', () => {
  it('gives by tag, by rule, by split, and shows the rest', () => {
    const result = showback(
      [
        item('red', 'S3', '30'),
        item('blue', 'S3', '10'),
        item(null, 'EC2', '5'),
        item(null, 'RDS', '2'),
        item(null, 'Support', '8'),
      ],
      {
        by: 'tag:team',
        assign: [{ match: [{ dimension: 'service', values: ['EC2'] }], owner: 'blue' }],
        shared: [{ match: [{ dimension: 'service', values: ['Support'] }], method: 'proportional' }],
      },
    );
    expect(result.map((r) => [r.owner, r.direct, r.assigned, r.total])).toEqual([
      ['blue', '10', '5', '17.666666666666666667'],
      ['red', '30', '0', '35.333333333333333333'],
      [null, '0', '2', '2'],
    ]);
  });

  it('conserves totals per currency whatever the rules', () => {
    const team = fc.constantFrom('red', 'blue', 'green', null);
    const service = fc.constantFrom('S3', 'EC2', 'Support', 'Tax');
    const items = fc.array(
      fc.record({ team, service, value: amount, currency: fc.constantFrom('USD', 'BRL') }),
      { maxLength: 30 },
    );
    const shared = fc.array(
      fc.record({
        match: service.map((s) => [{ dimension: 'service', values: [s] }]),
        method: fc.constantFrom<SharedRule['method']>('even', 'proportional', 'fixed'),
        owners: fc.constantFrom<string[]>([], ['red'], ['blue', 'ops']),
        weights: fc.constantFrom<Record<string, string>>(
          { red: '1', ops: '2.5' },
          { blue: '0.1', green: '0' },
        ),
      }),
      { maxLength: 3 },
    );
    const assign = fc.array(
      fc.record({
        match: service.map((s) => [{ dimension: 'service', values: [s] }]),
        owner: fc.constantFrom('red', 'ops'),
      }),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(items, shared, assign, (rows, sharedRules, assignRules) => {
        const list = rows.map((r) => item(r.team, r.service, r.value, r.currency));
        const result = showback(list, { by: 'tag:team', assign: assignRules, shared: sharedRules });
        for (const currency of ['USD', 'BRL'])
          expect(sumDecimals(result.filter((r) => r.currency === currency).map((r) => r.total))).toBe(
            sumDecimals(list.filter((i) => i.currency === currency).map((i) => i.amount)),
          );
      }),
    );
  });

  it('refuses a fixed split without weights', () => {
    expect(() =>
      showback([], {
        by: 'tag:team',
        assign: [],
        shared: [{ match: [], method: 'fixed', weights: { a: '0' } }],
      }),
    ).toThrow('weights');
  });
});
