import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineJobKind } from '#platform/jobs/jobs.ts';
import { focusCsv, startCosts, type CostsHarness, type CostsTenant } from './harness.ts';

const run = promisify(execFile);
const everything = { period: { from: '2020-01-01', to: '2029-12-31' }, grain: 'total' };

async function total(tenant: CostsTenant): Promise<string | undefined> {
  const answer = await tenant.call('POST', '/questions', everything);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.totals[0]?.total;
}

function bill(cost: string, rows = 1): string {
  return focusCsv(
    Array.from({ length: rows }, (_, i) => ({ day: '2026-02-01', service: `Service ${i}`, cost })),
  );
}

describe('files that come by other ways', () => {
  let harness: CostsHarness;
  let watched: string;

  beforeAll(async () => {
    watched = await mkdtemp(path.join(tmpdir(), 'atlas-watched-'));
    harness = await startCosts({ COST_WATCH_DIR: watched });
  });
  afterAll(async () => {
    await harness.close();
    await rm(watched, { recursive: true, force: true });
  });

  /** Does now what the clock does every minute. */
  async function look(): Promise<void> {
    const { platform } = harness.atlas.application;
    const job = defineJobKind({ name: 'costs.watch', schema: z.object({}) });
    await platform.db.inSystem('test', (tx) => platform.jobs.enqueue(tx, job, {}));
  }

  test('a watched folder is imported as one delivery, once, and only when it lies still', async () => {
    const tenant = await harness.tenant('folder');
    const folder = path.join(watched, 'folder', 'main');
    await mkdir(folder, { recursive: true });
    await mkdir(path.join(watched, 'nobody', 'main'), { recursive: true });
    const files = [
      ['a.csv', focusCsv([{ day: '2026-02-01', service: 'EC2', cost: '10.5' }])],
      ['b.csv', focusCsv([{ day: '2026-03-01', service: 'S3', cost: '0.25' }])],
    ] as const;
    const now = harness.atlas.clock.now();
    const place = async (name: string, content: string, age: number): Promise<void> => {
      await writeFile(path.join(folder, name), content);
      const at = new Date(now.getTime() - age);
      await utimes(path.join(folder, name), at, at);
    };
    await place('a.csv', files[0][1], 3_600_000);
    // Still being written: the delivery waits for it.
    await place('b.csv', files[1][1].slice(0, 50), 0);
    await writeFile(path.join(watched, 'nobody', 'main', 'c.csv'), files[0][1]);
    await look();
    await place('b.csv', files[1][1], 3_600_000);
    await tenant.until(async () => {
      await look();
      const { body } = await tenant.call('GET', '/imports');
      return body.items[0]?.status === 'imported';
    });
    const { body } = await tenant.call('GET', '/imports');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ origin: 'folder', rows: { read: 2, accepted: 2 } });
    expect(body.items[0].files.map((file: { name: string }) => file.name)).toEqual(['a.csv', 'b.csv']);
    expect(await total(tenant)).toBe('10.75');
    expect(await readdir(folder)).toEqual(['.done']);
    expect(await readdir(path.join(folder, '.done'))).toHaveLength(2);
    expect(await readdir(path.join(watched, 'nobody', 'main'))).toEqual(['c.csv']);
  });

  test('an upload whose connection broke goes on where it stopped', async () => {
    const tenant = await harness.tenant('broken');
    const content = Buffer.from(bill('0.5', 4000));
    const { body: created } = await tenant.call('POST', '/imports', {});
    await harness.atlas.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = harness.atlas.app.server.address() as AddressInfo;
    const sending = request({
      port,
      host: '127.0.0.1',
      method: 'PUT',
      path: `/api/v1/orgs/broken/workspaces/main/costs/imports/${created.id}/files/bill.csv?total=${content.length}`,
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': content.length,
        'x-atlas-csrf': '1',
        cookie: [...tenant.browser.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
      },
    });
    const ended = new Promise((resolve) => {
      sending.once('error', resolve);
      sending.once('close', resolve);
    });
    sending.write(content.subarray(0, 200_000));
    // The line goes dead once the server holds a part of it.
    const held = path.join(harness.home, 'uploads', 'costs', created.id);
    await tenant.until(async () => (await readdir(held).catch(() => [])).length > 0);
    sending.destroy();
    await ended;
    const received = await tenant.until(async () => {
      const { body } = await tenant.call('GET', `/imports/${created.id}`);
      const file = body.files[0];
      // The server has noticed when another request may write.
      return file !== undefined && file.total === content.length && { bytes: Number(file.received) };
    });
    expect(received.bytes).toBeLessThan(content.length);
    expect((await tenant.call('POST', `/imports/${created.id}/start`)).status).toBe(409);
    const rest = await tenant.upload(
      created.id,
      'bill.csv',
      content.subarray(received.bytes),
      `?offset=${received.bytes}&total=${content.length}`,
    );
    expect(rest.status, JSON.stringify(rest.body)).toBe(200);
    await tenant.call('POST', `/imports/${created.id}/start`);
    await tenant.until(async () => {
      const { body } = await tenant.call('GET', `/imports/${created.id}`);
      return body.status === 'imported';
    });
    expect(await total(tenant)).toBe('2000');
  });
});

/** A file system of its own with little room; undefined where this user may not mount one. */
async function smallDisk(megabytes: number): Promise<string | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'atlas-small-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
    return folder;
  } catch {
    await rm(folder, { recursive: true });
    return undefined;
  }
}

const lake = await smallDisk(3);

describe.skipIf(lake === undefined)('a full disk', () => {
  let harness: CostsHarness;
  beforeAll(async () => {
    harness = await startCosts({ COST_LAKE_URL: `file:${lake}/lake` });
  });
  afterAll(async () => {
    await harness.close();
    await run('umount', [lake ?? '']);
    await rm(lake ?? '', { recursive: true });
  });

  test('is told plainly, the old data is served, and what comes later fits again', async () => {
    const tenant = await harness.tenant('full');
    await tenant.importFiles([{ name: 'old.csv', content: bill('7') }]);
    const ballast = path.join(lake ?? '', 'ballast');
    await expect(writeFile(ballast, Buffer.alloc(8_000_000))).rejects.toMatchObject({ code: 'ENOSPC' });
    const large = bill('1.25', 30_000);
    const failed = await tenant.importFiles([{ name: 'large.csv', content: large }]);
    expect(failed.status).toBe('failed');
    expect(failed.problem).toMatchObject({ code: 'disk-full' });
    expect(failed.problem.message).toContain('no disk space left');
    expect(failed.problem.message).toContain('old data');
    expect(await total(tenant)).toBe('7');
    // Nothing half-written keeps the room.
    expect(await readdir(path.join(lake ?? '', 'lake', '.staging'))).toEqual([]);
    await rm(ballast);
    expect((await tenant.importFiles([{ name: 'large.csv', content: large }])).status).toBe('imported');
    expect(await total(tenant)).toBe('37500');
  });
});
