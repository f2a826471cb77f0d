import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { billRow, openTestStore, type BillRow, type TestStore } from '../ingest/testBill.ts';
import { indexAll } from '../lake/maintenance.ts';
import { sumDecimals } from '../lake/money.ts';
import { resourceCosts, type ResourceCost } from './resourceCosts.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

const period = { from: '2024-08-10', to: '2024-09-20' };

/** The same answer, added up row by row. */
function expected(
  rows: readonly BillRow[],
  accountIds: readonly string[] | undefined,
  resourceIds?: readonly string[],
): ResourceCost[] {
  const groups = new Map<string, BillRow[]>();
  for (const row of rows) {
    const account = row.subAccount ?? row.account;
    if (row.resource === null || row.day < period.from || row.day >= period.to) continue;
    if (accountIds && !accountIds.includes(account)) continue;
    if (resourceIds && !resourceIds.includes(row.resource)) continue;
    const id = JSON.stringify([account, row.resource, row.currency]);
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return [...groups].map(([id, members]) => {
    const [accountId = '', resourceId = '', currency = ''] = JSON.parse(id) as string[];
    const days = [...new Set(members.map((r) => r.day))].toSorted();
    const sum = (list: readonly BillRow[], of: 'billed' | 'effective'): string =>
      sumDecimals(list.map((r) => r[of]));
    return {
      accountId,
      resourceId,
      currency,
      effective: sum(members, 'effective'),
      billed: sum(members, 'billed'),
      days: days.length,
      daily: days.map((day) => {
        const own = members.filter((r) => r.day === day);
        return { day, effective: sum(own, 'effective'), billed: sum(own, 'billed') };
      }),
    };
  });
}

const inOrder = (list: readonly ResourceCost[]): ResourceCost[] =>
  list.toSorted((a, b) =>
    `${a.accountId} ${a.resourceId} ${a.currency}` < `${b.accountId} ${b.resourceId} ${b.currency}` ? -1 : 1,
  );

describe('resourceCosts', { timeout: 120_000 }, () => {
  it('equals a sum over the rows, by resource and by day', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(billRow, { minLength: 1, maxLength: 40 }),
        fc.option(fc.uniqueArray(fc.constantFrom('a1', "a'2", 's1', 's2'))),
        fc.option(fc.uniqueArray(fc.constantFrom('i-1', 'vol-3', "i-'9"))),
        async (rows, accounts, resources) => {
          test.reset();
          await test.load(rows);
          const query = {
            ...period,
            ...(accounts ? { accountIds: accounts } : {}),
            ...(resources ? { resourceIds: resources } : {}),
          };
          const of = { organizationId: 'org' };
          const whole = expected(rows, accounts ?? undefined, resources ?? undefined);
          for (const indexed of [false, true]) {
            if (indexed) await indexAll(test, 'org');
            const daily = await resourceCosts(test.store, test.manifest, { ...query, daily: true }, of);
            expect(inOrder(daily)).toEqual(inOrder(whole));
            const plain = await resourceCosts(test.store, test.manifest, query, of);
            expect(plain.every((resource) => resource.daily === undefined)).toBe(true);
            expect(inOrder(plain)).toMatchObject(
              inOrder(whole).map(({ effective, billed, days }) => ({ effective, billed, days })),
            );
          }
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);

  it('sees only its own organization and refuses a period that ends before it begins', async () => {
    test.reset();
    const rows = fc.sample(billRow, { numRuns: 20, seed: 3 });
    await test.load(rows, { organizationId: 'other' });
    expect(await resourceCosts(test.store, test.manifest, period, { organizationId: 'org' })).toEqual([]);
    await expect(
      resourceCosts(
        test.store,
        test.manifest,
        { from: '2024-09-01', to: '2024-09-01' },
        { organizationId: 'org' },
      ),
    ).rejects.toThrow('must be after from');
  });
});
