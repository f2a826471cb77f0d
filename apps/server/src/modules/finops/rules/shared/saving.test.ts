import { compare, times } from '@cloudatlas/cloud/decimal';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rule } from '../aws/aws-ec2-idle.ts';
import { makeFacts, type KnownFacts } from '../testing/facts.ts';
import { makeResource } from '../testing/resource.ts';
import { monthOfDays, saved, share } from './money.ts';
import { idleHours, listHours, listMonthly, priceRatio, wholeCost } from './saving.ts';
import { words } from './words.ts';

const resource = makeResource('aws.ec2.instance');
const other = makeResource('aws.ec2.volume', { id: 'r-2' });
const facts = (known: KnownFacts) => makeFacts(rule, { others: [other], ...known }, resource);
const list = { monthly: '10', currency: 'USD', formula: words('ten', 'dez') };

describe('savings', () => {
  test('M1 adds the resources up and names the figures in both languages', () => {
    const saving = wholeCost(facts({ cost: { 'r-1': '1.1', 'r-2': '0.4' } }), resource, other);
    expect(saving).toMatchObject({ method: 'M1', monthly: '45.66', currency: 'USD' });
    expect(saving.explanation.en).toContain('$1.50 × 30.44 = $45.66');
    expect(saving.explanation['pt-BR']).toMatch(/US\$\s1,50 × 30,44 = US\$\s45,66/);
  });
  test('M1 claims nothing when the bill is silent', () =>
    expect(wholeCost(facts({}), resource)).toMatchObject({ monthly: null, confidence: 'low' }));
  test('M2 needs the bill and a price', () => {
    expect(priceRatio(facts({}), resource, { now: '2', next: '1' })).toEqual({
      kind: 'skip',
      reason: 'no_cost',
    });
    expect(priceRatio(facts({ cost: '1' }), resource, { now: '0', next: '0' })).toMatchObject({
      reason: 'no_price',
    });
    expect(priceRatio(facts({ cost: '1' }), resource, { now: '3', next: '1' })).toMatchObject({
      monthly: '20.2933',
    });
  });
  test('a bill without resources leaves findings without an amount, and none where the price does not fall', () => {
    const sums = facts({ bill: 'sums' });
    expect(wholeCost(sums, resource)).toMatchObject({ monthly: null, confidence: 'low' });
    expect(wholeCost(sums, resource).explanation.en).toContain('sums by service');
    expect(priceRatio(sums, resource, { now: '2', next: '1' })).toMatchObject({
      method: 'M2',
      monthly: null,
    });
    expect(priceRatio(sums, resource, { now: '2', next: '2' })).toMatchObject({ monthly: '0' });
    expect(priceRatio(sums, resource, { now: '0', next: '0' })).toMatchObject({ reason: 'no_price' });
    expect(idleHours(sums, resource, 84)).toMatchObject({ method: 'M4', monthly: null });
    expect(idleHours(facts({ bill: 'none' }), resource, 84)).toMatchObject({ reason: 'no_cost' });
  });
  test('M2 keeps the currency of the bill', () =>
    expect(
      priceRatio(facts({ cost: '1', currency: 'BRL' }), resource, { now: '2', next: '1' }),
    ).toMatchObject({
      monthly: '15.22',
      currency: 'BRL',
    }));
  test('M3 is never above the bill of the same currency', () => {
    expect(listMonthly(facts({}), resource, list).monthly).toBe('10');
    expect(listMonthly(facts({ cost: '0.1' }), resource, list).monthly).toBe('3.044');
    expect(listMonthly(facts({ cost: '1' }), resource, list).monthly).toBe('10');
    expect(listMonthly(facts({ cost: '0.1', currency: 'BRL' }), resource, list).monthly).toBe('10');
  });
  test('M3 by the hour', () => {
    const query = { product: 'ip_address' as const, region: 'us-east-1' };
    expect(listHours(facts({ prices: { ip_address: '0.005' } }), resource, query, 2)).toMatchObject({
      monthly: '7.305',
    });
    expect(listHours(facts({}), resource, query)).toMatchObject({ reason: 'no_price' });
  });
  test('M4 is the share of the week', () => {
    expect(idleHours(facts({ cost: '1' }), resource, 84)).toMatchObject({ method: 'M4', monthly: '15.22' });
    expect(idleHours(facts({}), resource, 84)).toMatchObject({ reason: 'no_cost' });
  });

  const money = fc.bigInt({ min: 0n, max: 10n ** 9n }).map((n) => times(String(n), '0.0001'));
  test('nothing saves more than it costs', () =>
    fc.assert(
      fc.property(
        money,
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (perDay, now, next) => {
          const monthly = monthOfDays(perDay);
          expect(compare(saved(monthly, String(now), String(next)), monthly)).toBeLessThanOrEqual(0);
        },
      ),
    ));
  test('a share lies between nothing and all', () =>
    fc.assert(
      fc.property(money, fc.integer({ min: 0, max: 168 }), (monthly, hours) => {
        const part = share(monthly, hours, 168);
        expect(compare(part, '0')).toBeGreaterThanOrEqual(0);
        expect(compare(part, times(monthly, '1.0000001'))).toBeLessThanOrEqual(0);
      }),
    ));
});
