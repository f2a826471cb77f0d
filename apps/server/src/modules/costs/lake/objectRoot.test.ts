/** A lake in an object store: what is not the same as in a folder. */
import { access, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFiles } from '../ingest/importFiles.ts';
import { billCsv, billRow } from '../ingest/testBill.ts';
import { ask } from '../query/ask.ts';
import type { CostQuestionInput } from '../query/question.ts';
import { DuckEngine } from './duck.ts';
import { DuckCostStore } from './duckStore.ts';
import { hashFile } from './hash.ts';
import { LocalManifest } from './localManifest.ts';
import { verifyAll } from './maintenance.ts';
import type { ObjectRoot } from './objectRoot.ts';
import { openRoot } from './openRoot.ts';
import { openTestBucket, type TestBucket } from '../../../../test/support/bucket.ts';

let folder: string;
let engine: DuckEngine;
let bucket: TestBucket;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'object-root-'));
  engine = await DuckEngine.open({ tempDirectory: folder });
  bucket = await openTestBucket();
});
afterAll(async () => {
  await bucket.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

function lake(prefix: string, copies: string, cacheBytes?: number): ObjectRoot {
  return bucket.lake(prefix, path.join(folder, copies), cacheBytes);
}

describe('the object store', { timeout: 120_000 }, () => {
  const question = { from: '2024-01-01', to: '2025-01-01', groupBy: [] } satisfies CostQuestionInput;
  const asOrg = { organizationId: 'org' };
  const rows = fc.sample(billRow, { numRuns: 5, seed: 21 });

  async function filled(
    prefix: string,
  ): Promise<{ manifest: LocalManifest; files: string[]; totals: unknown }> {
    const store = new DuckCostStore(engine, lake(prefix, `${prefix}-writer`));
    const manifest = new LocalManifest();
    const bill = path.join(folder, `${prefix}.csv`);
    await writeFile(bill, billCsv(rows));
    await importFiles({ engine, store, manifest }, [{ path: bill, name: 'bill.csv' }], asOrg);
    const { totals } = await ask(store, manifest, question, asOrg);
    const files = (await manifest.partitions('org')).flatMap((p) => p.files.map((f) => f.path));
    return { manifest, files, totals };
  }

  it('is read by another machine, which has no copy yet, and by one whose copies were thrown away', async () => {
    const { manifest, totals } = await filled('shared');
    for (const machine of ['other', 'other'] as const) {
      const reader = new DuckCostStore(engine, lake('shared', machine));
      expect((await ask(reader, manifest, question, asOrg)).totals).toEqual(totals);
      await rm(path.join(folder, machine), { recursive: true, force: true });
    }
  });

  it('keeps copies in use and cuts the others back', async () => {
    const { files } = await filled('bounded');
    const root = lake('bounded', 'bounded-reader', 1);
    await root.ready(files);
    for (const file of files) await access(root.locate(file));
    const long = new Date(Date.now() - 3_600_000);
    for (const file of files) await utimes(root.locate(file), long, long);
    const { files: more } = await filled('bounded');
    await root.ready(more);
    for (const file of files) await expect(access(root.locate(file))).rejects.toThrow('ENOENT');
    for (const file of more) await access(root.locate(file));
  });

  it('knows its own upload when only the answer was lost, and refuses another content', async () => {
    const root = lake('once', 'once');
    const staged = path.join(await root.createStaging(), 'a.parquet');
    await writeFile(staged, 'the first');
    const digest = await hashFile(staged);
    bucket.simulator.control.addFault({
      effect: { kind: 'reset-after-work' },
      target: { actions: ['s3:PutObject'] },
      times: 1,
    });
    await root.publish(staged, 'a.parquet', digest);
    expect(await readFile(root.locate('a.parquet'), 'utf8')).toBe('the first');
    const other = path.join(await root.createStaging(), 'a.parquet');
    await writeFile(other, 'another');
    await expect(root.publish(other, 'a.parquet', await hashFile(other))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('tells a missing file, a damaged copy, and a service that refuses, and keeps nothing half', async () => {
    const { manifest, files } = await filled('faults');
    const [file = ''] = files;
    const root = lake('faults', 'faults-reader');
    const reader = new DuckCostStore(engine, root);
    for (const kind of ['truncate', 'reset', 'deny'] as const) {
      bucket.simulator.control.addFault({
        effect: { kind },
        target: { actions: ['s3:GetObject'] },
      });
      await expect(root.ready([file])).rejects.toMatchObject({ code: 'store-failed' });
      bucket.simulator.control.faults.clear();
      const folderOf = path.dirname(root.locate(file));
      expect(await readdir(folderOf)).toEqual([]);
    }
    await root.ready(files);
    await truncate(root.locate(file), 10);
    // What counts lies in the bucket; a bad copy is replaced by looking.
    expect(await verifyAll({ store: reader, manifest }, 'org')).toEqual([]);
    await bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: `faults/${file}` }));
    expect((await verifyAll({ store: reader, manifest }, 'org')).map((p) => p.problem)).toEqual(['missing']);
    await expect(ask(reader, manifest, question, asOrg)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('sweeps what nothing lists, and leaves alone what others keep in the bucket', async () => {
    const own = 'organization=org/period=2024-01/account=a.1/x.parquet';
    for (const name of [own, 'datasets/theirs.parquet'])
      await bucket.client.send(
        new PutObjectCommand({ Bucket: bucket.name, Key: `swept/${name}`, Body: 'content' }),
      );
    const root = lake('swept', 'swept');
    const store = new DuckCostStore(engine, root);
    expect(await store.sweep(new Set(), new Date(Date.now() + 86_400_000))).toEqual([own]);
    expect((await root.list()).map((file) => file.path)).toEqual(['datasets/theirs.parquet']);
  });

  it('refuses what is no address of a bucket and paths outside the copies', async () => {
    const options = { cacheFolder: folder, cacheBytes: 1 };
    for (const url of ['s3:', 's3://', 's3://UPPER/x', 's3:bucket', 'http://bucket'])
      await expect(openRoot(url, options)).rejects.toMatchObject({ code: 'bad-input' });
    expect(() => lake('x', 'x').locate('../y')).toThrow('outside');
  });
});
