import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PostgresDatabase } from '../db/database.ts';
import { newId } from '../ids/ids.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import { defineJob, defineJobKind, type JobDefinition, type Jobs } from './jobs.ts';
import { migrateJobs } from './migrate-jobs.ts';
import { createJobs, type JobsOptions } from './pg-boss-jobs.ts';

const log = pino({ level: 'silent' });
const note = z.strictObject({ text: z.string() });
type Note = z.infer<typeof note>;
const organizationId = newId();

let database: TestDatabase;
let db: PostgresDatabase;
const started: Jobs[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = new PostgresDatabase({ url: database.appUrl, poolSize: 8, log });
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((jobs) => jobs.stop({ drainMs: 5000 })));
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

async function startJobs(
  definitions: JobDefinition[],
  options: Partial<JobsOptions> & { work?: boolean } = {},
): Promise<Jobs> {
  const { work = true, ...rest } = options;
  const metrics = createMetrics({ collectDefaults: false });
  const jobs = createJobs({
    appUrl: database.appUrl,
    db,
    log,
    metrics,
    pollSeconds: 0.5,
    superviseSeconds: 1,
    ...rest,
  });
  jobs.register(definitions);
  started.push(jobs);
  await jobs.start({ work });
  return jobs;
}

/** Waits for a condition and gives up with a message instead of hanging. */
async function until(condition: () => boolean | Promise<boolean>, withinMs = 50_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function recorder(
  name: string,
  more: Partial<JobDefinition<Note>> = {},
): JobDefinition<Note> & { ran: string[] } {
  const ran: string[] = [];
  const definition = defineJob<Note>({
    name,
    schema: note,
    async handler(payload) {
      ran.push(payload.text);
    },
    ...more,
  });
  return { ...definition, ran };
}

describe('enqueue', () => {
  test('belongs to the transaction: committed jobs run, rolled back ones never were', async () => {
    const job = recorder('test.transaction');
    const jobs = await startJobs([job]);
    await expect(
      db.inTenant({ organizationId }, async (tx) => {
        await jobs.enqueue(tx, job, { text: 'rolled back' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await db.inTenant({ organizationId }, (tx) => jobs.enqueue(tx, job, { text: 'tenant' }));
    await db.inSystem('test', (tx) => jobs.enqueue(tx, job, { text: 'system' }));
    await until(() => job.ran.length >= 2);
    expect(job.ran.toSorted()).toEqual(['system', 'tenant']);
  });

  test('refuses a payload that does not match, and a queue that is not there', async () => {
    const job = recorder('test.shape');
    const jobs = await startJobs([job], { work: false });
    const send = (kind: JobDefinition<Note>, payload: unknown) =>
      db.inSystem('test', (tx) => jobs.enqueue(tx, kind, payload as Note));
    await expect(send(job, { text: 1 })).rejects.toThrow('expected string');
    await expect(send(recorder('test.unknown'), { text: 'x' })).rejects.toThrow('There is no job queue');
  });

  test('keeps at most one waiting job per key and brings it forward when asked', async () => {
    const job = recorder('test.single', { singletonKey: (payload) => payload.text });
    const jobs = await startJobs([job], { work: false });
    const send = (text: string, runAt?: Date) =>
      db.inTenant({ organizationId }, (tx) =>
        jobs.enqueue(tx, job, { text }, runAt === undefined ? {} : { runAt }),
      );
    const first = await send('a', new Date(Date.now() + 3_600_000));
    expect(first).not.toBeNull();
    expect(await send('a')).toBeNull();
    expect(await send('b')).not.toBeNull();
    const { rows } = await db.inSystem('test', (tx) =>
      sql<{ id: string; due: boolean }>`select id, start_after <= now() as due from pgboss.job
        where name = 'test.single' and singleton_key = 'a'`.execute(tx),
    );
    expect(rows).toEqual([{ id: first, due: true }]);
  });

  test('a merged job waits for the transaction that merged into it', async () => {
    const seen: number[] = [];
    let value = 0;
    const job = defineJob<Note>({
      name: 'test.merge',
      schema: note,
      singletonKey: () => 'one',
      handler: async () => {
        seen.push(value);
      },
    });
    const jobs = await startJobs([job], { work: false });
    await db.inSystem('test', (tx) => jobs.enqueue(tx, job, { text: 'x' }));
    await db.inTenant({ organizationId }, async (tx) => {
      expect(await jobs.enqueue(tx, job, { text: 'x' })).toBeNull();
      await startJobs([job]);
      await sql`select pg_sleep(1.5)`.execute(tx);
      expect(seen).toEqual([]);
      value = 1;
    });
    await until(() => seen.length > 0);
    expect(seen).toEqual([1]);
  });
});

describe('rights', () => {
  test('a tenant transaction cannot read, change or forge rows of the queue', async () => {
    for (const statement of [
      sql`select * from pgboss.job`,
      sql`delete from pgboss.job`,
      sql`insert into pgboss.job (name) values ('x')`,
      sql`select pgboss.create_queue('x', '{}'::jsonb)`,
    ]) {
      await expect(db.inTenant({ organizationId }, (tx) => statement.execute(tx))).rejects.toThrow(
        'permission denied',
      );
    }
  });

  test('the application role creates no tables', async () => {
    await expect(
      db.inSystem('test', (tx) => sql`create table pgboss.mine (id int)`.execute(tx)),
    ).rejects.toThrow('permission denied');
  });

  test('the schema step can be repeated', async () => {
    await expect(migrateJobs(database.ownerUrl)).resolves.toBeUndefined();
  });
});

describe('work', () => {
  test('retries with its attempt number, then keeps the dead job visible without secrets', async () => {
    const attempts: number[] = [];
    const job = defineJob<Note>({
      name: 'test.dead',
      schema: note,
      retryLimit: 2,
      retryDelay: 0,
      retryBackoff: false,
      async handler(_payload, { attempt }) {
        attempts.push(attempt);
        throw new Error('refused with AKIAIOSFODNN7EXAMPLE');
      },
    });
    const jobs = await startJobs([job]);
    await db.inSystem('test', (tx) => jobs.enqueue(tx, job, { text: 'doomed' }));
    await until(async () => (await jobs.deadJobs(10)).length > 0);
    expect(attempts).toEqual([1, 2, 3]);
    expect(await jobs.deadJobs(10)).toMatchObject([
      { name: 'test.dead', payload: { text: 'doomed' }, error: 'refused with [redacted]' },
    ]);
  });

  test('validates the payload again before the handler', async () => {
    const job = recorder('test.invalid', { retryLimit: 0 });
    const jobs = await startJobs([job]);
    await db.inSystem('test', (tx) =>
      sql`select platform.enqueue_job('test.invalid', ${newId()}::uuid, '{"text": 7}'::jsonb, 'k', null, 0)`.execute(
        tx,
      ),
    );
    await until(async () => (await jobs.deadJobs(50)).some((dead) => dead.name === 'test.invalid'));
    expect(job.ran).toEqual([]);
  });

  test('does not run before runAt, and runs the higher priority first', async () => {
    const job = recorder('test.later');
    const sender = await startJobs([job], { work: false });
    const due = Date.now() + 2500;
    await db.inSystem('test', async (tx) => {
      await sender.enqueue(tx, job, { text: 'later' }, { runAt: new Date(due) });
      await sender.enqueue(tx, job, { text: 'low' });
      await sender.enqueue(tx, job, { text: 'high' }, { priority: 5 });
    });
    await startJobs([job]);
    await until(() => job.ran.length === 2);
    expect(job.ran).toEqual(['high', 'low']);
    await until(() => job.ran.length === 3);
    expect(Date.now()).toBeGreaterThanOrEqual(due);
  });

  test('stop waits for the running job and starts no other', async () => {
    const events: string[] = [];
    let running = 0;
    const job = defineJob<Note>({
      name: 'test.drain',
      schema: note,
      async handler(payload) {
        running += 1;
        await new Promise((resolve) => setTimeout(resolve, 800));
        events.push(payload.text);
      },
    });
    const jobs = await startJobs([job]);
    await db.inSystem('test', async (tx) => {
      for (const text of ['1', '2', '3']) await jobs.enqueue(tx, job, { text });
    });
    await until(() => running > 0);
    await jobs.stop({ drainMs: 10_000 });
    expect(events).toHaveLength(running);
    expect(running).toBeLessThan(3);
  });

  test('a job whose worker was killed runs again soon', async () => {
    const job = recorder('test.killed', { retryDelay: 0, retryBackoff: false });
    const sender = await startJobs([job], { work: false, heartbeatSeconds: 10 });
    await db.inSystem('test', (tx) => sender.enqueue(tx, job, { text: 'survivor' }));
    const worker: ChildProcess = fork(
      new URL('./testing/hanging-worker.ts', import.meta.url),
      [database.appUrl, 'test.killed'],
      {
        stdio: 'ignore',
      },
    );
    await once(worker, 'message');
    worker.kill('SIGKILL');
    await startJobs([job], { heartbeatSeconds: 10 });
    await until(() => job.ran.length > 0);
    expect(job.ran).toEqual(['survivor']);
  });

  test('counts durations and shows the queue in the metrics', async () => {
    const job = recorder('test.metrics');
    const metrics = createMetrics({ collectDefaults: false });
    const jobs = await startJobs([job], { metrics });
    await db.inSystem('test', (tx) => jobs.enqueue(tx, job, { text: 'x' }));
    await until(async () =>
      (await metrics.registry.metrics()).includes(
        'atlas_job_duration_seconds_count{queue="test.metrics",outcome="done"} 1',
      ),
    );
    expect(await metrics.registry.metrics()).toContain('atlas_jobs{queue="test.metrics",state="waiting"}');
  });
});

test('a cron tick runs once over all processes', async () => {
  const runs: number[] = [];
  const make = () =>
    defineJob<Note>({
      name: 'test.cron',
      schema: note,
      cron: { expression: '* * * * *', payload: { text: 'tick' } },
      handler: async () => {
        runs.push(Date.now());
      },
    });
  const begin = Math.floor(Date.now() / 60_000);
  await Promise.all([startJobs([make()]), startJobs([make()]), startJobs([make()])]);
  await until(() => runs.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 4000));
  const minutes = Math.floor(Date.now() / 60_000) - begin + 1;
  expect(runs.length).toBeLessThanOrEqual(minutes);
  // A release without the cron takes it away.
  await startJobs([recorder('test.cron')]);
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  expect((await client.query('select 1 from pgboss.schedule')).rowCount).toBe(0);
  await client.end();
});

test('a name is registered once and must be acceptable', () => {
  const jobs = createJobs({
    appUrl: database.appUrl,
    db,
    log,
    metrics: createMetrics({ collectDefaults: false }),
  });
  jobs.register([recorder('test.once')]);
  expect(() => jobs.register([recorder('test.once')])).toThrow('is taken');
  expect(() => jobs.register([recorder('Bad Name')])).toThrow('not acceptable');
  expect(defineJobKind({ name: 'x', schema: note }).name).toBe('x');
});
