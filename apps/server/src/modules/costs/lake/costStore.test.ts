/** The contract of CostStore, run on every implementation that is at hand. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFiles } from '../ingest/importFiles.ts';
import { billCsv, billRow, type BillRow } from '../ingest/testBill.ts';
import { ask } from '../query/ask.ts';
import { exportLineItems, lineItems } from '../query/lineItems.ts';
import type { CostQuestionInput } from '../query/question.ts';
import { resourceCosts } from '../query/resourceCosts.ts';
import { dailyRollup } from '../query/rollup.ts';
import { FOCUS_COLUMNS } from '../focus/columns.ts';
import { ClickHouseCostStore } from './clickhouseStore.ts';
import { DuckEngine } from './duck.ts';
import { DuckCostStore } from './duckStore.ts';
import { LocalManifest } from './localManifest.ts';
import { isIndexed, type PartitionVersion } from './manifest.ts';
import { applyRetention, compact, indexAll, indexPartition, sweepOrphans, verifyAll } from './maintenance.ts';
import { canonical, sumDecimals } from './money.ts';
import { FileRoot } from './root.ts';
import { scalarText } from './scalar.ts';
import type { CostStore } from './store.ts';
import { openTestBucket, type TestBucket } from '../../../../test/support/bucket.ts';

let folder: string;
let engine: DuckEngine;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cost-store-'));
  engine = await DuckEngine.open({ tempDirectory: folder });
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

let count = 0;
async function load(
  store: CostStore,
  manifest: LocalManifest,
  rows: readonly BillRow[],
  onExisting: 'replace' | 'append' = 'replace',
): Promise<void> {
  count += 1;
  const file = path.join(folder, `bill-${count}.csv`);
  await writeFile(file, billCsv(rows));
  await importFiles({ engine, store, manifest }, [{ path: file, name: 'bill.csv' }], {
    organizationId: 'org',
    onExisting,
  });
}

let bucket: TestBucket;
beforeAll(async () => {
  bucket = await openTestBucket();
});
afterAll(() => bucket.close());

const clickhouse = process.env['CLICKHOUSE_URL'];
const stores: [string, boolean, () => CostStore][] = [
  [
    'duckdb on files',
    true,
    () => new DuckCostStore(engine, new FileRoot(`file:${path.join(folder, `lake-${(count += 1)}`)}`)),
  ],
  [
    'duckdb on an object store',
    true,
    () => {
      const name = `lake-${(count += 1)}`;
      return new DuckCostStore(engine, bucket.lake(name, path.join(folder, name)));
    },
  ],
  [
    'clickhouse (needs CLICKHOUSE_URL)',
    clickhouse !== undefined,
    () => new ClickHouseCostStore(clickhouse ?? ''),
  ],
];

describe.each(stores)('CostStore contract: %s', { timeout: 120_000 }, (_name, available, open) => {
  const rows = fc.sample(billRow, { numRuns: 50, seed: 11 });
  const total = sumDecimals(rows.map((r) => r.billed));

  it.skipIf(!available)(
    'replaces, appends, merges, verifies, forgets and sweeps without changing a total',
    async () => {
      const store = open();
      const manifest = new LocalManifest();
      const lake = { store, manifest };
      const whole = async (): Promise<string> => {
        const answer = await ask(
          store,
          manifest,
          { from: '2024-01-01', to: '2025-01-01', groupBy: ['service'] },
          { organizationId: 'org' },
        );
        const tags = await ask(
          store,
          manifest,
          { from: '2024-01-01', to: '2025-01-01', groupBy: ['tag:team'] },
          { organizationId: 'org' },
        );
        expect(sumDecimals(tags.groups.map((g) => g.total))).toBe(
          sumDecimals(answer.groups.map((g) => g.total)),
        );
        return sumDecimals(answer.totals.map((t) => t.total));
      };
      await load(store, manifest, rows);
      expect(await whole()).toBe(total);
      await load(store, manifest, rows.toReversed());
      expect(await whole()).toBe(total);
      const indexed = await indexAll(lake, 'org');
      expect(indexed).toBe(store.index ? (await manifest.partitions('org')).length : 0);
      expect(await whole()).toBe(total);
      for (const part of [rows.slice(0, 9), rows.slice(9, 18)]) await load(store, manifest, part, 'append');
      const appended = await whole();
      expect(appended).toBe(sumDecimals([...rows, ...rows.slice(0, 18)].map((r) => r.billed)));
      await indexAll(lake, 'org');
      expect(await whole()).toBe(appended);
      expect((await compact(lake, 'org', 2)).length).toBeGreaterThan(0);
      expect(await whole()).toBe(appended);
      await indexAll(lake, 'org');
      expect(await indexAll(lake, 'org')).toBe(0);
      expect(await whole()).toBe(appended);
      expect(await verifyAll(lake, 'org')).toEqual([]);
      const days = (
        await Promise.all((await manifest.partitions('org')).map((p) => dailyRollup(store, p)))
      ).flat();
      expect(sumDecimals(days.map((d) => d.billed))).toBe(appended);

      expect((await sweepOrphans(lake, 3_600_000)).length).toBe(0);
      expect((await sweepOrphans(lake, -60_000)).length).toBeGreaterThan(0);
      expect(await whole()).toBe(appended);
      await applyRetention(lake, 'org', '2024-09');
      expect(await whole()).toBe(
        sumDecimals((await manifest.partitions('org')).flatMap((p) => p.sums.map((s) => s.billed))),
      );
      expect((await manifest.partitions('org')).every((p) => p.billingPeriod >= '2024-09')).toBe(true);
    },
  );

  it.skipIf(!available)('answers every kind of question as the indexed file store does', async () => {
    const store = open();
    const manifest = new LocalManifest();
    await load(store, manifest, rows);
    const other = new DuckCostStore(
      engine,
      new FileRoot(`file:${path.join(folder, `lake-${(count += 1)}`)}`),
    );
    const otherManifest = new LocalManifest();
    await load(other, otherManifest, rows);
    await indexAll({ store: other, manifest: otherManifest }, 'org');
    const of = { organizationId: 'org' };
    const period = { from: '2024-08-05', to: '2024-09-25' };
    const questions: CostQuestionInput[] = [
      { ...period, grain: 'day' },
      { ...period, grain: 'week', groupBy: ['account', 'service'], top: 2, metric: 'effective' },
      { ...period, grain: 'month', groupBy: ['tag:team', 'region'], compare: 'previous' },
      { ...period, groupBy: ['resource'], incompleteFrom: '2024-09-10', compare: 'previous' },
      { ...period, groupBy: ['service'], filters: [{ dimension: 'tag:a"b', values: ['red', null] }] },
      {
        ...period,
        groupBy: ['tag:$.team'],
        filters: [{ dimension: 'region', values: [null], exclude: true }],
      },
      {
        ...period,
        grain: 'month',
        groupBy: ['chargeCategory'],
        currency: { target: 'USD', rates: [{ from: 'BRL', day: '2024-08-01', rate: '0.2' }] },
      },
    ];
    for (const question of questions) {
      const mine = await ask(store, manifest, question, of);
      const theirs = await ask(other, otherManifest, question, of);
      expect({ ...mine, source: '' }).toEqual({ ...theirs, source: '' });
    }
    for (const daily of [true, false])
      expect(await resourceCosts(store, manifest, { ...period, daily }, of)).toEqual(
        await resourceCosts(other, otherManifest, { ...period, daily }, of),
      );
    const items = await lineItems(store, manifest, { ...period, limit: 20 }, of);
    const theirs = await lineItems(other, otherManifest, { ...period, limit: 20 }, of);
    expect(items.count).toBe(theirs.count);
    const amount = (value: unknown): string => canonical(scalarText(value));
    expect(items.rows.map((row) => amount(row['BilledCost']))).toEqual(
      theirs.rows.map((row) => amount(row['BilledCost'])),
    );
    expect(items.totals.map((t) => [t.currency, canonical(t.amount)])).toEqual(
      theirs.totals.map((t) => [t.currency, canonical(t.amount)]),
    );
  });

  it.skipIf(!available)(
    'exports what it holds, safe for spreadsheets, and reads it back to the same total',
    async () => {
      const store = open();
      const manifest = new LocalManifest();
      await load(store, manifest, [...rows, { ...(rows[0] as BillRow), service: '=cmd()', billed: '-1' }]);
      const target = path.join(folder, `export-${count}.csv`);
      const { rows: written } = await exportLineItems(
        store,
        manifest,
        { from: '2024-01-01', to: '2025-01-01' },
        { columns: FOCUS_COLUMNS, format: 'csv', target },
        { organizationId: 'org' },
      );
      expect(written).toBe(51);
      expect(await readFile(target, 'utf8')).toContain("'=cmd()");
      const again = new LocalManifest();
      const report = await importFiles(
        { engine, store, manifest: again },
        [{ path: target, name: 'export.csv' }],
        { organizationId: 'org' },
      );
      expect(report.files[0]?.refused).toEqual({});
      const sums = async (m: LocalManifest): Promise<unknown> =>
        (await m.partitions('org')).map((p) => p.sums);
      expect(await sums(again)).toEqual(await sums(manifest));
    },
  );
});

describe('the file store', { timeout: 120_000 }, () => {
  it('refuses paths outside the lake', () => {
    expect(() => new FileRoot(`file:${folder}`).locate('../x')).toThrow('outside');
  });

  it('finds a damaged file by its checksum', async () => {
    const root = new FileRoot(`file:${path.join(folder, 'damaged')}`);
    const store = new DuckCostStore(engine, root);
    const manifest = new LocalManifest();
    await load(store, manifest, fc.sample(billRow, { numRuns: 5, seed: 1 }));
    const file = (await manifest.partitions('org'))[0]?.files[0]?.path ?? '';
    await truncate(root.locate(file), 100);
    expect((await verifyAll({ store, manifest }, 'org')).map((p) => p.problem)).toEqual(['checksum']);
  });

  it('refuses the second of two imports that began on the same partition', async () => {
    const store = new DuckCostStore(engine, new FileRoot(`file:${path.join(folder, 'race')}`));
    const manifest = new LocalManifest();
    const [row] = fc.sample(billRow, { numRuns: 1, seed: 2 });
    const outcome = await Promise.allSettled([
      load(store, manifest, [row as BillRow]),
      load(store, manifest, [{ ...(row as BillRow), billed: '1' }]),
    ]);
    const failed = outcome
      .filter((o) => o.status === 'rejected')
      .map((o) => (o.reason as { code: string }).code);
    expect(failed.length === 0 || failed[0] === 'conflict').toBe(true);
    expect((await manifest.partitions('org'))[0]?.sums[0]?.rows).toBe(1);
  });

  it('attaches an index only to the version it was made of, and removes what nobody owns', async () => {
    const store = new DuckCostStore(engine, new FileRoot(`file:${path.join(folder, 'attach')}`));
    const manifest = new LocalManifest();
    const rows = fc.sample(billRow, { numRuns: 3, seed: 4 });
    await load(store, manifest, rows);
    const old = (await manifest.partitions('org'))[0] as PartitionVersion;
    await load(store, manifest, [...rows, ...rows]);
    expect(await indexPartition({ store, manifest }, old)).toBe(old);
    expect((await manifest.partitions('org')).some(isIndexed)).toBe(false);
    await indexAll({ store, manifest }, 'org');
    const [now] = await manifest.partitions('org');
    expect(now?.files.map((f) => f.kind).toSorted()).toEqual(['calendar', 'rows', 'summary']);
    await sweepOrphans({ store, manifest }, -60_000);
    expect(await verifyAll({ store, manifest }, 'org')).toEqual([]);
    expect(await sweepOrphans({ store, manifest }, -60_000)).toEqual([]);
    expect(await manifest.oldestWork()).toBeUndefined();
  });

  it('shows old or new data, never both or half, when killed at any instant', async () => {
    const home = path.join(folder, 'kill');
    const row = fc.sample(billRow, { numRuns: 1, seed: 5 })[0] as BillRow;
    const bill = (billed: string): string =>
      billCsv(
        Array.from({ length: 20_000 }, (_, i) => ({ ...row, currency: 'USD', billed, resource: `i-${i}` })),
      );
    await writeFile(path.join(folder, 'one.csv'), bill('1'));
    await writeFile(path.join(folder, 'two.csv'), bill('2'));
    const store = new DuckCostStore(engine, new FileRoot(`file:${path.join(home, 'lake')}`));
    const manifestPath = path.join(home, 'manifest.json');
    await importFiles(
      { engine, store, manifest: new LocalManifest(manifestPath) },
      [{ path: path.join(folder, 'one.csv'), name: 'one.csv' }],
      { organizationId: 'org' },
    );
    const seen = new Set<string>();
    // The last one is left to end by itself.
    for (const delay of [0, 60, 120, 180, 240, 300, 400, undefined]) {
      const child = fork(
        new URL('./killedImport.ts', import.meta.url),
        [home, path.join(folder, 'two.csv')],
        { stdio: 'ignore', execArgv: [] },
      );
      const exited = once(child, 'exit');
      await Promise.race([once(child, 'message'), exited]);
      await (delay === undefined ? exited : Promise.race([wait(delay), exited]));
      child.kill('SIGKILL');
      await exited;
      const manifest = new LocalManifest(manifestPath);
      const answer = await ask(
        store,
        manifest,
        { from: '2024-01-01', to: '2025-01-01', groupBy: ['resource'], top: 1 },
        { organizationId: 'org' },
      );
      seen.add(answer.totals[0]?.total ?? 'none');
      expect(['20000', '40000']).toContain(answer.totals[0]?.total);
      expect(await verifyAll({ store, manifest }, 'org')).toEqual([]);
    }
    expect([...seen].at(-1)).toBe('40000');
    const manifest = new LocalManifest(manifestPath);
    await sweepOrphans({ store, manifest }, -60_000);
    expect(await verifyAll({ store, manifest }, 'org')).toEqual([]);
  }, 180_000);

  it('keeps the event loop free and the number of statements bounded', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    await Promise.all(
      [1, 2].map(() => engine.all('SELECT sum(hash(i) % 1000)::VARCHAR AS s FROM range(60000000) t(i)')),
    );
    clearInterval(timer);
    // The statements take long, and the loop turns meanwhile.
    expect(turns).toBeGreaterThan(3);
    const narrow = await DuckEngine.open({ concurrency: 1, queue: 1, tempDirectory: folder });
    const all = await Promise.allSettled([1, 2, 3].map(() => narrow.all('SELECT 1')));
    expect(all.map((r) => r.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    await expect(
      narrow.all('SELECT count(*) FROM range(100000000000) t(i) WHERE hash(i) = 1', {}, abort.signal),
    ).rejects.toMatchObject({ code: 'cancelled' });
    await narrow.close();
  });
});
