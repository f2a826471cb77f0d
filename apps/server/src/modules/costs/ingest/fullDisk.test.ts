import { existsSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumDecimals } from '../lake/money.ts';
import { billRow, openTestStore } from './testBill.ts';

describe('an import onto a full disk', { timeout: 120_000 }, () => {
  it.skipIf(!existsSync('/dev/full'))('says so, keeps the old data and leaves nothing behind', async () => {
    const test = await openTestStore();
    try {
      const rows = fc.sample(billRow, { numRuns: 20, seed: 8 });
      await test.load(rows);
      const held = async (): Promise<string> =>
        sumDecimals((await test.manifest.partitions('org')).flatMap((p) => p.sums.map((s) => s.billed)));
      const before = await held();
      // Whatever is written under the names of the first staged file goes to a device without room.
      const { store } = test;
      const createStaging = store.createStaging.bind(store);
      store.createStaging = async () => {
        const staging = await createStaging();
        await symlink('/dev/full', path.join(staging, 'stage-0'));
        return staging;
      };
      const one = { account: 'a1', period: '2024-08' };
      await expect(test.load(rows.map((row) => ({ ...row, ...one })))).rejects.toMatchObject({
        code: 'disk-full',
        message: expect.stringContaining('old data is still served') as string,
      });
      expect(await held()).toBe(before);
      const used = new Set(
        (await test.manifest.partitions('org')).flatMap((p) => p.files.map((f) => f.path)),
      );
      expect(await store.sweep(used, new Date(Date.now() + 60_000))).toEqual([]);
      expect(await test.manifest.oldestWork()).toBeUndefined();
    } finally {
      await test.close();
    }
  });
});
