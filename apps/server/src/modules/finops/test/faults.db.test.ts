import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../../../test/support/cloud.ts';
import { patience, startSavingsStage, type SavingsStage } from './stage.ts';

describe('metrics that are refused', () => {
  let stage: SavingsStage;

  beforeAll(async () => {
    stage = await startSavingsStage({ scenario: 'demo' });
    stage.simulator.control.addFault({
      effect: { kind: 'deny' },
      target: { actions: ['cloudwatch:GetMetricData'] },
    });
    await stage.connect();
  }, patience);
  afterAll(() => stage.close(), patience);

  const diagnostics = async (rule: string) =>
    (await stage.finops('GET', `/diagnostics?rule=${rule}`)).body.items;

  test('cost the rules that read them their word, and nobody else', { timeout: patience }, async () => {
    const scan = await stage.scan();
    expect(scan.status).toBe('partial');
    expect(scan.message).toContain('Metrics of Cloud could not be read');
    const idle = await diagnostics('aws-ec2-idle');
    const skipped = idle.flatMap(
      ({ skipped: reasons }: { skipped: { reason: string; detail: string }[] }) => reasons,
    );
    expect(skipped).toContainEqual(
      expect.objectContaining({ reason: 'missing_permission', detail: 'cloudwatch:GetMetricData' }),
    );
    const addresses = await diagnostics('aws-eip-idle');
    expect(addresses.some(({ found }: { found: number }) => found > 0)).toBe(true);
    // Given the permission, the next scan reads what is missing.
    stage.simulator.control.faults.clear();
    expect(await stage.scan()).toMatchObject({ status: 'succeeded', message: null });
    const now = await diagnostics('aws-ec2-idle');
    expect(now.some(({ found }: { found: number }) => found > 0)).toBe(true);
  });

  test(
    'prices that cannot be asked come from the table, and the scan goes on',
    { timeout: patience },
    async () => {
      await stage.sql.query('delete from finops.price');
      stage.simulator.control.addFault({
        effect: { kind: 'error', code: 'InternalFailure', status: 500 },
        target: { actions: ['pricing:*'] },
      });
      expect((await stage.scan()).status).toBe('succeeded');
      stage.simulator.control.faults.clear();
    },
  );
});

// The product's own worker process is killed with SIGKILL in the middle of a scan, and another one goes on.
const program = fileURLToPath(new URL('../../../main.ts', import.meta.url));

describe('a worker that is killed in mid-scan', () => {
  let stage: SavingsStage;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    stage = await startSavingsStage({ scenario: 'demo', work: false });
  }, patience);
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await stage.close();
  }, patience);

  async function startWorker(): Promise<ChildProcess> {
    const worker = fork(program, ['--role', 'worker', '--no-demo'], {
      env: {
        ...process.env,
        ...stage.atlas.application.platform.env,
        ATLAS_PORT: '0',
        ATLAS_HOST: '127.0.0.1',
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    workers.push(worker);
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: { type: string; message?: string }) => {
        if (message.type === 'ready') resolve();
        if (message.type === 'fatal') reject(new Error(message.message));
      });
      worker.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
    });
    return worker;
  }

  test('leaves nothing half done', { timeout: 2 * patience }, async () => {
    const first = await startWorker();
    await stage.connect();
    // The results are held back: everything is examined and staged when the worker dies.
    const lock = await stage.sql.connect();
    await lock.query('begin');
    await lock.query('lock table finops.diagnostic in access exclusive mode');
    const started = await stage.finops('POST', '/scans');
    expect(started.status, JSON.stringify(started.body)).toBe(202);
    await eventually(
      () =>
        stage.sql.query(
          `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query like '%diagnostic%'`,
        ),
      ({ rows }) => rows[0].n > 0,
      patience,
    );
    const gone = new Promise((resolve) => first.once('exit', resolve));
    first.kill('SIGKILL');
    await gone;
    await lock.query('rollback');
    lock.release();
    // Nothing of it can be seen.
    const list = await stage.finops('GET', '/recommendations');
    expect(list.body).toMatchObject({ items: [], total: 0 });
    await startWorker();
    // The queue notices the death by the missing sign of life and gives the job to the other worker.
    const ended = await eventually(
      () => stage.finops('GET', `/scans/${started.body.id}`),
      ({ body }) => body.status !== 'running',
      patience,
    );
    expect(ended.body).toMatchObject({ status: 'succeeded' });
    const { rows } = await stage.sql.query(
      `select (select count(*) from finops.recommendation where status = 'open')::int as open,
         (select count(*) from finops.found)::int as staged,
         (select count(*) from (select from finops.recommendation group by account_id, rule_id, native_id having count(*) > 1) twice)::int as twice`,
    );
    expect(rows[0]).toEqual({ open: ended.body.found, staged: 0, twice: 0 });
  });

  test(
    'a scan whose jobs are lost is given up, and the workspace can be scanned again',
    { timeout: patience },
    async () => {
      const { rows } = await stage.sql.query(`select workspace_id from finops.scan limit 1`);
      await stage.sql.query(
        `insert into finops.scan (organization_id, id, workspace_id, trigger, status, started_at)
       values ($1, gen_random_uuid(), $2, 'schedule', 'running', now() - interval '3 hours')`,
        [stage.organizationId, rows[0].workspace_id],
      );
      const closing = stage.atlas.application.parts
        .flatMap(({ jobs }) => jobs ?? [])
        .find(({ name }) => name === 'finops.close_abandoned_scans');
      await closing?.handler(
        {},
        {
          log: stage.atlas.application.platform.log,
          signal: AbortSignal.timeout(patience),
          draining: AbortSignal.timeout(patience),
          jobId: 'test',
          attempt: 1,
        },
      );
      const left = await stage.sql.query(
        `select count(*)::int as n from finops.scan where status = 'running'`,
      );
      expect(left.rows[0].n).toBe(0);
      const again = await stage.finops('POST', '/scans');
      expect(again.status).toBe(202);
    },
  );
});
