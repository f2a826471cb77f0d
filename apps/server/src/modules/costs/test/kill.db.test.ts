import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromUnits } from '../lake/money.ts';
import { focusCsv, startCosts, type CostsHarness, type CostsTenant } from './harness.ts';

const secretKey = 'a secret key of the kill test, long enough';
const encryptionKey = Buffer.alloc(32, 7).toString('base64');

describe('an import whose process is killed', () => {
  let harness: CostsHarness;
  let tenant: CostsTenant;
  const workers = new Set<ChildProcess>();

  beforeAll(async () => {
    harness = await startCosts({ SECRET_KEY: secretKey, ENCRYPTION_KEY: encryptionKey }, false);
    tenant = await harness.tenant('acme');
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await harness.close();
  });

  async function startWorker(): Promise<ChildProcess> {
    const { config } = harness.atlas.application;
    const worker = fork(path.join(import.meta.dirname, '../../../../test/support/mortal-worker.ts'), {
      env: {
        ...process.env,
        NODE_ENV: 'test',
        DATABASE_URL: config.DATABASE_URL,
        DATABASE_APP_URL: config.DATABASE_APP_URL,
        SECRET_KEY: secretKey,
        ENCRYPTION_KEY: encryptionKey,
        ATLAS_DATA_DIR: harness.home,
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    workers.add(worker);
    await once(worker, 'message');
    return worker;
  }

  async function kill(worker: ChildProcess): Promise<void> {
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
    workers.delete(worker);
  }

  async function total(): Promise<string | undefined> {
    const { body } = await tenant.call('POST', '/questions', {
      period: { from: '2026-01-01', to: '2026-12-31' },
      grain: 'total',
    });
    return body.totals[0]?.total;
  }

  async function queue(cost: (i: number) => string, count: number): Promise<string> {
    const csv = focusCsv(
      Array.from({ length: count }, (_, i) => ({
        day: `2026-02-${String((i % 28) + 1).padStart(2, '0')}`,
        service: `S${i % 40}`,
        cost: cost(i),
        team: `t${i % 9}`,
      })),
    );
    const { body } = await tenant.call('POST', '/imports', {});
    expect((await tenant.upload(body.id, 'bill.csv', Buffer.from(csv))).status).toBe(200);
    expect((await tenant.call('POST', `/imports/${body.id}/start`)).status).toBe(202);
    return body.id as string;
  }

  const ended = (importId: string) => async () => {
    const { body } = await tenant.call('GET', `/imports/${importId}`);
    return ['imported', 'duplicate', 'failed'].includes(body.status) && body;
  };

  test(
    'leaves the old data, and the new after the next process has taken over',
    { timeout: 480_000 },
    async () => {
      const first = await queue(() => '1', 100);
      let worker = await startWorker();
      expect((await tenant.until(ended(first))).status).toBe('imported');
      expect(await total()).toBe('100');

      const importId = await queue((i) => `${i % 10}.01`, 120_000);
      await tenant.until(
        async () => (await tenant.call('GET', `/imports/${importId}`)).body.status === 'running',
      );
      // Some instant of the work: what is claimed holds at each of them.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 400));
      await kill(worker);
      // Before its one commit the old data counts, after it the new; never a part.
      const whole = fromUnits(
        Array.from({ length: 120_000 }, (_, i) => BigInt(i % 10) * 100n + 1n).reduce((a, b) => a + b, 0n) *
          10n ** 16n,
      );
      expect(['100', whole]).toContain(await total());

      worker = await startWorker();
      const done = await tenant.until(ended(importId));
      expect(done).toMatchObject({ status: 'imported', problem: null });
      expect(await total()).toBe(whole);
      const proof = await tenant.call('GET', '/reconciliation');
      expect(proof.body.items).toHaveLength(1);
      expect(proof.body.items[0]).toMatchObject({ difference: '0', storeBilled: whole, sourceRows: 120_000 });
      await kill(worker);
    },
  );
});
