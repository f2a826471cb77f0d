import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFiles } from '../ingest/importFiles.ts';
import { billCsv, billRow, openTestStore, type BillRow, type TestStore } from '../ingest/testBill.ts';
import { ask } from '../query/ask.ts';
import { DuckCostStore } from './duckStore.ts';
import { LocalManifest } from './localManifest.ts';
import { applyRetention, indexAll, sweepOrphans, verifyAll } from './maintenance.ts';
import { isIndexed } from './manifest.ts';
import { FileRoot, STAGING } from './root.ts';
import type { CostStore } from './store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

const row: BillRow = {
  ...(fc.sample(billRow, { numRuns: 1, seed: 9 })[0] as BillRow),
  billed: '1',
  effective: '1',
  currency: 'USD',
  period: '2024-09',
  day: '2024-09-02',
};
const of = { organizationId: 'org' };
const year = { from: '2024-01-01', to: '2025-01-01' };
const scalesOf = async (): Promise<unknown> =>
  (await test.manifest.partitions('org')).flatMap(({ files }) =>
    files.filter((f) => f.kind !== 'rows').map((f) => [f.kind, f.scale]),
  );
const total = async (store: CostStore, manifest: LocalManifest): Promise<string | undefined> => {
  const answer = await ask(store, manifest, { ...year, grain: 'day', groupBy: ['resource'] }, of);
  return answer.totals[0]?.total;
};

describe('the index of the file store', { timeout: 120_000 }, () => {
  it('is as wide as its sums need, never rounds, and its summary is widened by itself', async () => {
    const cases: [string[], number, number][] = [
      [['0.000000000001', '32257.999999999999'], 12, 12],
      [['0.000000000001', '32258.064516129033'], 18, 18],
      [['0.000000000000001', '32.258064516129032'], 15, 18],
      [['0.000000000000001', '1'], 15, 15],
      [['0.000000000000000001', '1'], 18, 18],
      [['99999999999999999999.999999999999999999'], 18, 18],
      // Two resources that fit each, and do not together.
      [['30000', '30000'], 12, 18],
      [['-30000', '-30000'], 12, 18],
    ];
    for (const [amounts, calendar, summary] of cases) {
      test.reset();
      await test.load(amounts.map((billed, i) => ({ ...row, billed, resource: `i-${i}` })));
      const before = await ask(test.store, test.manifest, { ...year, groupBy: ['resource'] }, of);
      await indexAll(test, 'org');
      expect(await scalesOf()).toEqual([
        ['calendar', calendar],
        ['summary', summary],
      ]);
      const after = await ask(test.store, test.manifest, { ...year, groupBy: ['resource'] }, of);
      expect({ ...after, source: before.source }).toEqual(before);
      expect(await verifyAll(test, 'org')).toEqual([]);
    }
  });

  it('adds up any part of a month of the largest costs in 64 bits, and of larger ones', async () => {
    const cases: [string, string, number][] = [
      ['32258.064516129032', '967741.93548387096', 12],
      ['-32258.064516129032', '-967741.93548387096', 12],
      // Fits 64 bits by itself, and not twice.
      ['600000', '18000000', 18],
      ['-600000', '-18000000', 18],
    ];
    const days = Array.from({ length: 31 }, (_, i) => `2024-08-${String(i + 1).padStart(2, '0')}`);
    for (const [billed, sum, scale] of cases) {
      test.reset();
      await test.load(days.map((day) => ({ ...row, billed, effective: billed, period: '2024-08', day })));
      await indexAll(test, 'org');
      expect(await scalesOf()).toEqual([
        ['calendar', scale],
        ['summary', scale],
      ]);
      const part = { from: '2024-08-01', to: '2024-08-31' };
      for (const by of ['resource', 'service'] as const) {
        const answer = await ask(test.store, test.manifest, { ...part, groupBy: [by] }, of);
        expect(answer.totals[0]?.total).toBe(sum);
      }
      expect(await verifyAll(test, 'org')).toEqual([]);
    }
  });

  it('goes with its version: replaced by an import, gone with retention', async () => {
    test.reset();
    await test.load([row]);
    await indexAll(test, 'org');
    const old = (await test.manifest.partitions('org'))[0]?.files.map((f) => f.path) ?? [];
    await test.load([{ ...row, billed: '5' }]);
    // Until it has an index again, the rows answer.
    const between = await ask(test.store, test.manifest, { ...year, groupBy: ['resource'] }, of);
    expect([between.source, between.totals[0]?.total]).toEqual(['rows', '5']);
    await indexAll(test, 'org');
    const after = await ask(test.store, test.manifest, { ...year, groupBy: ['resource'] }, of);
    expect([after.source, after.totals[0]?.total]).toEqual(['index', '5']);
    const dashboard = await ask(test.store, test.manifest, { ...year, groupBy: ['service'] }, of);
    expect([dashboard.source, dashboard.totals[0]?.total]).toEqual(['summary', '5']);
    expect((await sweepOrphans(test, -60_000)).filter((file) => old.includes(file)).toSorted()).toEqual(
      old.toSorted(),
    );
    expect(await verifyAll(test, 'org')).toEqual([]);
    await applyRetention(test, 'org', '2024-10');
    await sweepOrphans(test, -60_000);
    expect(await test.manifest.partitions('org')).toEqual([]);
    expect((await ask(test.store, test.manifest, { ...year, groupBy: ['service'] }, of)).totals).toEqual([]);
  });

  it('takes the place of an index of an earlier kind', async () => {
    test.reset();
    await test.load([row]);
    const [found] = await test.manifest.partitions('org');
    if (!found) throw new Error('no partition');
    const { files, version } = found;
    const legacy = {
      path: 'organization=org/old-facts.parquet',
      kind: 'facts',
      rows: 1,
      bytes: 1,
      sha256: '',
    };
    const work = await test.manifest.begin();
    await test.manifest.commit(work, {
      organizationId: 'org',
      put: [{ ...found, files: [...files, legacy as unknown as (typeof files)[0]] }],
      drop: [],
      files: [],
      expect: [{ ...found, version }],
    });
    expect(await indexAll(test, 'org')).toBe(1);
    const kinds = (await test.manifest.partitions('org'))[0]?.files.map((file) => file.kind);
    expect(kinds?.toSorted()).toEqual(['calendar', 'rows', 'summary']);
  });

  it('is whole or not there when its making is killed at any instant', async () => {
    const home = path.join(test.folder, 'killed');
    const bill = path.join(test.folder, 'killed.csv');
    await writeFile(
      bill,
      billCsv(
        Array.from({ length: 20_000 }, (_, i) => ({
          ...row,
          resource: `i-${i}`,
          period: i % 2 === 0 ? '2024-08' : '2024-09',
        })),
      ),
    );
    const store = new DuckCostStore(test.engine, new FileRoot(`file:${path.join(home, 'lake')}`));
    const manifestPath = path.join(home, 'manifest.json');
    await importFiles(
      { engine: test.engine, store, manifest: new LocalManifest(manifestPath) },
      [{ path: bill, name: 'bill.csv' }],
      of,
    );
    await rm(bill);
    // The last one is left to end by itself.
    for (const delay of [0, 150, 300, 500, undefined]) {
      const child = fork(new URL('./killedIndex.ts', import.meta.url), [home], {
        stdio: 'ignore',
        execArgv: [],
      });
      const exited = once(child, 'exit');
      await Promise.race([once(child, 'message'), exited]);
      await (delay === undefined ? exited : Promise.race([wait(delay), exited]));
      child.kill('SIGKILL');
      await exited;
      const manifest = new LocalManifest(manifestPath);
      expect(await total(store, manifest)).toBe('20000');
      expect(await verifyAll({ store, manifest }, 'org')).toEqual([]);
    }
    const manifest = new LocalManifest(manifestPath);
    expect((await manifest.partitions('org')).every(isIndexed)).toBe(true);
    await sweepOrphans({ store, manifest }, -60_000);
    expect(await readdir(path.join(home, 'lake', STAGING))).toEqual([]);
    expect(await verifyAll({ store, manifest }, 'org')).toEqual([]);
    expect(await total(store, manifest)).toBe('20000');
  });
});
