import { scalarText } from '../lake/scalar.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { billRow, openTestStore, type BillRow, type TestStore } from '../ingest/testBill.ts';
import { indexAll, verifyAll } from '../lake/maintenance.ts';
import { fromUnits, sumDecimals, toUnits } from '../lake/money.ts';
import { ask, bucketOf, RateBook } from './ask.ts';
import { lineItems } from './lineItems.ts';
import { type CostQuestionInput, type Dimension, previousPeriod } from './question.ts';
import { dailyRollup } from './rollup.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

const valueOf = (row: BillRow, dimension: Dimension): string | null => {
  if (dimension.startsWith('tag:')) {
    const tags = row.tags ?? {};
    const key = dimension.slice(4);
    return Object.hasOwn(tags, key) ? (tags[key] ?? null) : null;
  }
  return (
    {
      account: row.subAccount ?? row.account,
      billingAccount: row.account,
      service: row.service,
      region: row.region,
      resource: row.resource,
    }[dimension as 'account'] ?? null
  );
};

const dimension = fc.constantFrom<Dimension>(
  'account',
  'billingAccount',
  'service',
  'region',
  'resource',
  'tag:team',
  "tag:x' OR '1'='1",
  'tag:a"b',
  'tag:$.team',
  'tag:a.b',
  'tag:ç ão',
  'tag:missing',
);

/** Amounts as wide as the index stores them for a month: up to 12 or 15 decimals in 64 bits, or any. */
const narrowed = (rows: readonly BillRow[], scales: Readonly<Record<string, 12 | 15 | 18>>): BillRow[] =>
  rows.map((row) => {
    const scale = scales[row.period] ?? 18;
    const amount = (text: string): string => {
      const digits = (BigInt(text.replace('.', '')) % 10n ** 14n) * 10n ** BigInt(18 - scale);
      return scale === 18 ? text : fromUnits(digits);
    };
    return { ...row, billed: amount(row.billed), effective: amount(row.effective) };
  });

describe('ask', { timeout: 120_000 }, () => {
  it('answers as a sum over the rows would, for any grouping and filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(billRow, { minLength: 1, maxLength: 40 }),
        fc.uniqueArray(dimension, { maxLength: 2 }),
        fc.option(
          fc.record({
            dimension,
            values: fc.uniqueArray(fc.constantFrom('red', 'EC2', 's1', 'i-1', null), { minLength: 1 }),
            exclude: fc.boolean(),
          }),
        ),
        fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'total' as const),
        fc.integer({ min: 1, max: 3 }),
        fc.record({
          '2024-08': fc.constantFrom(12 as const, 15 as const, 18 as const),
          '2024-09': fc.constantFrom(12 as const, 15 as const, 18 as const),
        }),
        async (drawn, groupBy, filter, grain, top, scales) => {
          const rows = narrowed(drawn, scales);
          test.reset();
          await test.load(rows);
          const question: CostQuestionInput = {
            from: '2024-08-10',
            to: '2024-09-20',
            grain,
            groupBy,
            filters: filter ? [filter] : [],
            top,
          };
          const answer = await ask(test.store, test.manifest, question, { organizationId: 'org' });
          // The index answers the same to the last digit.
          const of = { organizationId: 'org' };
          const compared: CostQuestionInput = { ...question, compare: 'previous' };
          const plain = await ask(test.store, test.manifest, compared, of);
          const rolledUp = await Promise.all(
            (await test.manifest.partitions('org')).map((p) => dailyRollup(test.store, p)),
          );
          expect(await indexAll(test, 'org')).toBeGreaterThan(0);
          const partitions = await test.manifest.partitions('org');
          for (const { billingPeriod, files } of partitions)
            // The narrowest that holds every sum of a day exactly.
            expect(files.find((file) => file.kind === 'calendar')?.scale).toBeLessThanOrEqual(
              scales[billingPeriod as keyof typeof scales],
            );
          expect(await Promise.all(partitions.map((p) => dailyRollup(test.store, p)))).toEqual(rolledUp);
          const again = await ask(test.store, test.manifest, question, of);
          expect({ ...again, source: answer.source }).toEqual(answer);
          const comparedAgain = await ask(test.store, test.manifest, compared, of);
          expect({ ...comparedAgain, source: plain.source }).toEqual(plain);
          expect(await verifyAll(test, 'org')).toEqual([]);
          const kept = rows.filter(
            (r) =>
              r.day >= question.from &&
              r.day < question.to &&
              (!filter || filter.values.includes(valueOf(r, filter.dimension) as 'red') !== filter.exclude),
          );
          for (const currency of ['USD', 'BRL']) {
            const mine = kept.filter((r) => r.currency === currency);
            const total = answer.totals.find((t) => t.currency === currency);
            expect(total?.total ?? '0').toBe(sumDecimals(mine.map((r) => r.billed)));
            for (const { bucket, amount } of total?.series ?? [])
              expect(amount).toBe(
                sumDecimals(mine.filter((r) => bucketOf(r.day, grain) === bucket).map((r) => r.billed)),
              );
            if (groupBy.length === 0) continue;
            const groups = answer.groups.filter((g) => g.currency === currency);
            const rest = answer.rest.filter((g) => g.currency === currency);
            expect(groups.length).toBeLessThanOrEqual(top);
            // The whole is the sum of its parts.
            expect(sumDecimals([...groups, ...rest].map((g) => g.total))).toBe(total?.total ?? '0');
            for (const group of groups)
              expect(group.total).toBe(
                sumDecimals(
                  mine
                    .filter((r) => groupBy.every((d, i) => valueOf(r, d) === group.keys[i]))
                    .map((r) => r.billed),
                ),
              );
          }
        },
      ),
      { numRuns: 10 },
    );
  }, 120_000);

  it('takes tag keys as data', async () => {
    test.reset();
    const base: BillRow = {
      billed: '1',
      effective: '1',
      account: 'a',
      subAccount: null,
      currency: 'USD',
      period: '2024-09',
      day: '2024-09-02',
      service: 'S3',
      region: null,
      resource: null,
      tags: { 'a"b': 'v', "k')": 'w', '\\': 'x', 'a/b~c': 'y', '~1': 'z', '0': 'n', $: 'd' },
    };
    await test.load([base]);
    const expected = [
      ['a"b', 'v'],
      ["k')", 'w'],
      ['\\', 'x'],
      ['a/b~c', 'y'],
      ['~1', 'z'],
      ['0', 'n'],
      ['$', 'd'],
      ['a/b', null],
      ["k') OR 1=1 --", null],
      ['*', null],
      ['"', null],
    ] as const;
    for (const source of ['rows', 'index'] as const) {
      if (source === 'index') await indexAll(test, 'org');
      for (const [key, value] of expected) {
        const answer = await ask(
          test.store,
          test.manifest,
          { from: '2024-09-01', to: '2024-10-01', groupBy: [`tag:${key}`] },
          { organizationId: 'org' },
        );
        expect([answer.source, ...answer.groups.map((g) => g.keys[0])]).toEqual([source, value]);
      }
    }
  });

  it('compares with the period before and sees only its own organization', async () => {
    test.reset();
    const row = (day: string, billed: string, service = 'S3'): BillRow => ({
      billed,
      effective: '0',
      account: 'a',
      subAccount: null,
      currency: 'USD',
      period: day.slice(0, 7),
      day,
      service,
      region: null,
      resource: null,
      tags: null,
    });
    await test.load([
      row('2024-08-05', '10'),
      row('2024-09-05', '25'),
      row('2024-09-06', '7'),
      row('2024-08-06', '4', 'EC2'),
      row('2024-07-31', '99'),
    ]);
    await test.load([row('2024-09-05', '1000')], { organizationId: 'other' });
    const answer = await ask(
      test.store,
      test.manifest,
      { from: '2024-09-01', to: '2024-10-01', groupBy: ['service'], compare: 'previous' },
      { organizationId: 'org' },
    );
    expect(answer.compare).toEqual({ from: '2024-08-01', to: '2024-09-01' });
    expect(answer.groups).toMatchObject([
      { keys: ['S3'], total: '32', comparable: '32', previous: '10' },
      { keys: ['EC2'], total: '0', previous: '4' },
    ]);
    expect(answer.totals).toMatchObject([{ total: '32', previous: '14' }]);
    const part = await ask(
      test.store,
      test.manifest,
      { from: '2024-09-01', to: '2024-09-07', compare: 'previous', incompleteFrom: '2024-09-06' },
      { organizationId: 'org' },
    );
    // Five complete days are held against five days; the sixth counts in the total alone.
    expect(part.compare).toEqual({ from: '2024-08-01', to: '2024-08-06' });
    expect(part.totals).toMatchObject([{ total: '32', comparable: '25', previous: '10' }]);
    const none = await ask(
      test.store,
      test.manifest,
      { from: '2024-09-01', to: '2024-10-01' },
      { organizationId: 'nobody' },
    );
    expect(none.totals).toEqual([]);
  });

  it('converts by dated rates, exactly, and says which rate is missing', async () => {
    test.reset();
    const row = (day: string, billed: string, currency: string): BillRow => ({
      billed,
      effective: '0',
      account: 'a',
      subAccount: null,
      currency,
      period: '2024-09',
      day,
      service: currency,
      region: null,
      resource: null,
      tags: null,
    });
    await test.load([
      row('2024-09-01', '10', 'BRL'),
      row('2024-09-15', '10', 'BRL'),
      row('2024-09-01', '1', 'USD'),
    ]);
    const rates = [
      { from: 'BRL', day: '2024-09-10', rate: '0.25' },
      { from: 'BRL', day: '2024-08-01', rate: '0.2' },
    ];
    const question: CostQuestionInput = {
      from: '2024-09-01',
      to: '2024-10-01',
      grain: 'month',
      groupBy: ['service'],
      currency: { target: 'USD', rates },
    };
    const answer = await ask(test.store, test.manifest, question, { organizationId: 'org' });
    expect(answer.totals).toMatchObject([
      { currency: 'USD', total: '5.5', series: [{ bucket: '2024-09-01', amount: '5.5' }] },
    ]);
    expect(answer.groups.map((g) => [g.keys[0], g.total])).toEqual([
      ['BRL', '4.5'],
      ['USD', '1'],
    ]);
    await expect(
      ask(
        test.store,
        test.manifest,
        { ...question, currency: { target: 'EUR', rates } },
        { organizationId: 'org' },
      ),
    ).rejects.toMatchObject({ details: { reason: 'rate-missing', day: '2024-09-01' } });
    expect(fromUnits(new RateBook('USD', rates).convert(toUnits('-10'), 'BRL', '2024-09-30'))).toBe('-2.5');
  });

  it('pages line items, and the roll-up equals them', async () => {
    test.reset();
    const rows = fc.sample(billRow, { numRuns: 60, seed: 7 });
    await test.load(rows);
    const all: string[] = [];
    for (const offset of [0, 25, 50]) {
      const page = await lineItems(
        test.store,
        test.manifest,
        { from: '2024-01-01', to: '2025-01-01', limit: 25, offset },
        { organizationId: 'org' },
      );
      expect(page.count).toBe(60);
      all.push(...page.rows.map((r) => scalarText(r['BilledCost'])));
    }
    const total = sumDecimals(rows.map((r) => r.billed));
    expect(sumDecimals(all)).toBe(total);
    const days = (
      await Promise.all((await test.manifest.partitions('org')).map((p) => dailyRollup(test.store, p)))
    ).flat();
    expect(sumDecimals(days.map((d) => d.billed))).toBe(total);
    expect(days.reduce((n, d) => n + d.lineItems, 0)).toBe(60);
  });

  it('knows the period before', () => {
    expect(previousPeriod({ from: '2024-03-01', to: '2024-04-01' })).toEqual({
      from: '2024-02-01',
      to: '2024-03-01',
    });
    expect(previousPeriod({ from: '2024-01-01', to: '2024-04-01' })).toEqual({
      from: '2023-10-01',
      to: '2024-01-01',
    });
    expect(previousPeriod({ from: '2024-03-01', to: '2024-03-31' })).toEqual({
      from: '2024-02-01',
      to: '2024-03-01',
    });
    expect(previousPeriod({ from: '2024-03-01', to: '2024-03-11' })).toEqual({
      from: '2024-02-01',
      to: '2024-02-11',
    });
    expect(previousPeriod({ from: '2024-03-05', to: '2024-03-12' })).toEqual({
      from: '2024-02-27',
      to: '2024-03-05',
    });
  });
});
