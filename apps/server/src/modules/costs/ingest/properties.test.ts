import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sumDecimals } from '../lake/money.ts';
import { type BillRow, billRow, openTestStore, type TestStore } from './testBill.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

async function state(): Promise<unknown> {
  return (await test.manifest.partitions('org')).map((p) => [
    p.billingPeriod,
    p.billingAccountId,
    p.firstDay,
    p.lastDay,
    p.sums,
  ]);
}

describe('imports', () => {
  it('give the same totals in any order, with duplicates and re-imports', async () => {
    const bills = fc.array(billRow, { minLength: 2, maxLength: 30 }).chain((rows) => {
      // One file per account and month, as providers deliver.
      const files = Object.values(Object.groupBy(rows, (r) => `${r.period} ${r.account}`)).filter(
        (f): f is BillRow[] => f !== undefined,
      );
      const plan = fc.shuffledSubarray([...files.keys(), ...files.keys()], { minLength: files.length });
      return fc.record({ files: fc.constant(files), plan });
    });
    await fc.assert(
      fc.asyncProperty(bills, async ({ files, plan }) => {
        test.reset();
        for (const file of files) await test.load(file);
        const expected = await state();
        const total = sumDecimals(
          (await test.manifest.partitions('org')).flatMap((p) => p.sums.map((s) => s.billed)),
        );
        expect(total).toBe(sumDecimals(files.flat().map((r) => r.billed)));
        test.reset();
        for (const index of [...plan, ...files.keys()]) await test.load(files[index] ?? []);
        expect(await state()).toEqual(expected);
        for (const [index, file] of files.entries()) {
          // Again by force, and the rows in another order: another content, the same bill.
          await test.load(index % 2 ? file : file.toReversed(), { force: true });
        }
        expect(await state()).toEqual(expected);
        for (const p of await test.manifest.partitions('org')) expect(await test.store.verify(p)).toEqual([]);
      }),
      { numRuns: 4 },
    );
  }, 120_000);

  it('in parts add up to the import in one go', async () => {
    const rows = fc.sample(billRow, { numRuns: 40, seed: 3 });
    test.reset();
    await test.load(rows);
    const expected = await state();
    test.reset();
    for (const part of [rows.slice(0, 10), rows.slice(10, 25), rows.slice(10, 25), rows.slice(25)])
      await test.load(part, { onExisting: 'append' });
    expect(await state()).toEqual(expected);
  });
});
