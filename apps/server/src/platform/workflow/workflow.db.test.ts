import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { PostgresDatabase } from '../db/database.ts';
import { newId } from '../ids/ids.ts';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import { makeWorker, type TestWorker } from './testing/fixture.ts';
import { defineWorkflow, NonRetryableError, step, type RunDetail, type StepContext, type WorkflowDefinition, type WorkflowStep } from './workflow.ts';

const organizationId = newId();
const input = z.strictObject({ region: z.string() });
type Input = z.infer<typeof input>;
const quick = { attempts: 3, delayMs: 0 };

let database: TestDatabase;
let reader: TestWorker;
let db: PostgresDatabase;
const workers: TestWorker[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  reader = makeWorker({ appUrl: database.appUrl });
  db = reader.db;
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close()));
});

afterAll(async () => {
  await reader.close();
  await database.drop();
});

async function startWorker(definitions: WorkflowDefinition[], leaseMs = 1000): Promise<TestWorker> {
  const worker = makeWorker({ appUrl: database.appUrl, leaseMs });
  worker.workflows.register(definitions);
  workers.push(worker);
  await worker.jobs.start({ work: true });
  return worker;
}

function startRun(worker: TestWorker, workflow: WorkflowDefinition<Input>, key = newId(), values: Input = { region: 'here' }): Promise<string> {
  return db.inTenant({ organizationId }, (tx) => worker.workflows.start(tx, workflow, { organizationId, key, input: values, startedBy: 'user-1' }));
}

const read = (runId: string): Promise<RunDetail | undefined> => db.inTenant({ organizationId }, (tx) => reader.workflows.get(tx, runId));

async function runUntil(runId: string, condition: (run: RunDetail) => boolean, withinMs = 20_000): Promise<RunDetail> {
  const end = Date.now() + withinMs;
  for (;;) {
    const run = await read(runId);
    if (run !== undefined && condition(run)) return run;
    if (Date.now() > end) throw new Error(`The run did not get there: ${JSON.stringify(run)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const ended = (runId: string): Promise<RunDetail> => runUntil(runId, (run) => run.finishedAt !== null);

/** A step that notes what happens to it. */
function noting(calls: string[], id: string, parts: Partial<WorkflowStep<Input>> = {}): WorkflowStep<Input> {
  return step<Input, unknown>(id, {
    retry: quick,
    async run() {
      calls.push(`run ${id}`);
      return id.toUpperCase();
    },
    async undo(_context, _input, result) {
      calls.push(`undo ${id} ${result === undefined ? 'unknown' : String(result)}`);
    },
    ...parts,
  });
}

const failing = (calls: string[], id: string, error: () => Error): WorkflowStep<Input> =>
  noting(calls, id, {
    async run() {
      calls.push(`run ${id}`);
      throw error();
    },
  });

describe('a run', () => {
  test('takes its steps in order, hands on results and tells about its end', async () => {
    const seen: unknown[] = [];
    const workflow = defineWorkflow<Input>({
      name: 'test.success',
      input,
      steps: [
        step('first', { run: async (context: StepContext, { region }: Input) => ({ region, key: context.stepKey }) }),
        step('second', {
          async run(context: StepContext, _values: Input, results) {
            seen.push(results, context.organizationId, context.startedBy, context.attempt);
          },
        }),
      ],
    });
    const worker = await startWorker([workflow]);
    const runId = await startRun(worker, workflow, 'success');
    const run = await ended(runId);
    expect(run).toMatchObject({ id: runId, workflow: 'test.success', status: 'succeeded', message: null, key: 'success', input: { region: 'here' }, startedBy: 'user-1' });
    expect(run.steps).toMatchObject([
      { id: 'first', status: 'done', attempts: 1, result: { region: 'here' }, error: null },
      { id: 'second', status: 'done', attempts: 1, result: null },
    ]);
    expect(seen).toEqual([{ first: run.steps[0]!.result }, organizationId, 'user-1', 1]);
    const { rows } = await db.inSystem('test', (tx) => sql`select payload from platform.event where name = 'platform.workflow_finished'`.execute(tx));
    expect(rows).toEqual([{ payload: { runId, workflow: 'test.success', workspaceId: null, status: 'succeeded' } }]);
  });

  test('is started once per key, only if the transaction commits, and is seen by its organization alone', async () => {
    const calls: string[] = [];
    const workflow = defineWorkflow<Input>({ name: 'test.once', input, steps: [noting(calls, 'a')] });
    const worker = await startWorker([workflow]);
    await expect(
      db.inTenant({ organizationId }, async (tx) => {
        await worker.workflows.start(tx, workflow, { organizationId, key: 'k', input: { region: 'x' } });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    const ids = await Promise.all([startRun(worker, workflow, 'k'), startRun(worker, workflow, 'k'), startRun(worker, workflow, 'k')]);
    expect(new Set(ids).size).toBe(1);
    await ended(ids[0]!);
    expect(calls).toEqual(['run a']);
    const stranger = { organizationId: newId() };
    expect(await db.inTenant(stranger, (tx) => reader.workflows.get(tx, ids[0]!))).toBeUndefined();
    expect(await db.inTenant(stranger, (tx) => reader.workflows.list(tx, { limit: 10 }))).toEqual([]);
    expect(await db.inTenant(stranger, (tx) => reader.workflows.cancel(tx, ids[0]!))).toBe(false);
    const listed = await db.inTenant({ organizationId }, (tx) => reader.workflows.list(tx, { workflow: 'test.once', limit: 10 }));
    expect(listed.map((run) => run.id)).toEqual([ids[0]]);
  });

  test('is executed by one of several processes only', async () => {
    const calls: string[] = [];
    const workflow = defineWorkflow<Input>({ name: 'test.several', input, steps: ['a', 'b', 'c', 'd'].map((id) => noting(calls, id)) });
    const several = await Promise.all([startWorker([workflow]), startWorker([workflow]), startWorker([workflow])]);
    const runIds = await Promise.all(Array.from({ length: 5 }, () => startRun(several[0]!, workflow)));
    // Jobs too many do no harm.
    for (let round = 0; round < 5; round += 1) await several[1]!.workflows.recover();
    for (const runId of runIds) expect((await ended(runId)).status).toBe('succeeded');
    expect(calls).toHaveLength(20);
  });
});

describe('a failing step', () => {
  test('is tried again as its policy says, and asked first whether it happened after all', async () => {
    const attempts: number[] = [];
    const keys = new Set<string>();
    const workflow = defineWorkflow<Input>({
      name: 'test.retry',
      input,
      steps: [
        step('flaky', {
          retry: { attempts: 3, delayMs: 100 },
          async run(context: StepContext, _values: Input) {
            attempts.push(context.attempt);
            keys.add(context.stepKey);
            throw new Error('timeout, but it happened');
          },
          reconcile: async (context: StepContext) => (context.attempt === 3 ? { result: 'found' } : undefined),
        }),
      ],
    });
    const worker = await startWorker([workflow]);
    const run = await ended(await startRun(worker, workflow));
    expect(run).toMatchObject({ status: 'succeeded', steps: [{ status: 'done', attempts: 3, result: 'found', error: null }] });
    expect(attempts).toEqual([1, 2]);
    expect(keys.size).toBe(1);
  });

  test('that is given up is undone with all before it, in reverse', async () => {
    const calls: string[] = [];
    const steps = [noting(calls, 'a'), noting(calls, 'b'), failing(calls, 'c', () => new Error('no luck with AKIAIOSFODNN7EXAMPLE')), noting(calls, 'd')];
    const workflow = defineWorkflow<Input>({ name: 'test.undo', input, steps });
    const worker = await startWorker([workflow]);
    const run = await ended(await startRun(worker, workflow));
    expect(run).toMatchObject({ status: 'failed', message: 'Step c failed: no luck with [redacted]' });
    expect(run.steps.map((each) => each.status)).toEqual(['undone', 'undone', 'undone', 'pending']);
    expect(calls).toEqual(['run a', 'run b', 'run c', 'run c', 'run c', 'undo c unknown', 'undo b B', 'undo a A']);
  });

  test('that says so is not tried again', async () => {
    const calls: string[] = [];
    const workflow = defineWorkflow<Input>({ name: 'test.refused', input, steps: [failing(calls, 'a', () => new NonRetryableError('quota'))] });
    const worker = await startWorker([workflow]);
    expect(await ended(await startRun(worker, workflow))).toMatchObject({ status: 'failed', message: 'Step a failed: quota' });
    expect(calls).toEqual(['run a', 'undo a unknown']);
  });

  test('that hangs, with or without heeding the signal, fails when its time is over', async () => {
    for (const heeds of [true, false]) {
      const workflow = defineWorkflow<Input>({
        name: `test.hangs_${heeds}`,
        input,
        steps: [
          step('slow', {
            retry: { attempts: 1, delayMs: 0 },
            timeoutMs: 150,
            run: ({ signal }: StepContext, _values: Input) =>
              new Promise<string>((_resolve, reject) => {
                if (heeds) signal.addEventListener('abort', () => reject(new Error('stopped by signal')));
              }),
          }),
        ],
      });
      const worker = await startWorker([workflow]);
      expect(await ended(await startRun(worker, workflow))).toMatchObject({ status: 'failed', message: 'Step slow failed: The step took longer than 150 ms.' });
    }
  });

  test('whose undo fails needs attention, keeps what lies before, and can be tried again', async () => {
    const calls: string[] = [];
    let mended = false;
    const stuck = noting(calls, 'b', {
      async undo() {
        calls.push('undo b');
        if (!mended) throw new Error('still attached');
      },
    });
    const workflow = defineWorkflow<Input>({ name: 'test.stuck', input, steps: [noting(calls, 'a'), stuck, failing(calls, 'c', () => new NonRetryableError('no'))] });
    const worker = await startWorker([workflow]);
    const runId = await startRun(worker, workflow);
    const run = await ended(runId);
    expect(run).toMatchObject({ status: 'needs_attention', message: 'Step c failed: no Undo of step b failed: still attached' });
    expect(run.steps.map((each) => each.status)).toEqual(['done', 'undo_failed', 'undone']);
    expect(calls.filter((call) => call === 'undo b')).toHaveLength(3);
    const again = () => db.inTenant({ organizationId }, (tx) => worker.workflows.retryUndo(tx, runId));
    mended = true;
    expect(await again()).toBe(true);
    expect(await runUntil(runId, (each) => each.status === 'failed')).toMatchObject({ finishedAt: expect.any(Date) });
    expect(calls.slice(-2)).toEqual(['undo b', 'undo a A']);
    expect(await again()).toBe(false);
  });
});

describe('waiting', () => {
  test('holds no worker and is no failure', async () => {
    const wakes: number[] = [];
    const workflow = defineWorkflow<Input>({
      name: 'test.sleep',
      input,
      steps: [
        step('poll', {
          retry: { attempts: 1, delayMs: 0 },
          async run(context: StepContext, _values: Input) {
            wakes.push(Date.now());
            if (wakes.length < 3) context.sleepUntil(new Date(Date.now() + 400), 'the cluster is not ready');
            return wakes.length;
          },
          async undo(context: StepContext) {
            if (wakes.length < 5) {
              wakes.push(Date.now());
              context.sleepUntil(new Date(Date.now() + 100), 'the cluster is going');
            }
          },
        }),
        failing([], 'last', () => new NonRetryableError('no')),
      ],
    });
    const worker = await startWorker([workflow]);
    const runId = await startRun(worker, workflow);
    const waiting = await runUntil(runId, (run) => run.status === 'waiting');
    expect(waiting.steps[0]).toMatchObject({ status: 'pending', error: 'the cluster is not ready' });
    const run = await ended(runId);
    expect(run.status).toBe('failed');
    expect(run.steps[0]).toMatchObject({ status: 'undone', attempts: 3, result: 3 });
    expect(wakes[1]! - wakes[0]!).toBeGreaterThanOrEqual(400);
  });
});

describe('cancelling', () => {
  test('stops a step in the middle and undoes it and what was done', async () => {
    const calls: string[] = [];
    let entered: (() => void) | undefined;
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const long = noting(calls, 'long', {
      run: ({ signal }) =>
        new Promise((_resolve, reject) => {
          entered?.();
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    });
    const workflow = defineWorkflow<Input>({ name: 'test.cancel', input, steps: [noting(calls, 'a'), long, noting(calls, 'c')] });
    const worker = await startWorker([workflow]);
    const runId = await startRun(worker, workflow);
    await inside;
    const cancel = () => db.inTenant({ organizationId }, (tx) => reader.workflows.cancel(tx, runId));
    expect(await cancel()).toBe(true);
    const run = await ended(runId);
    expect(run).toMatchObject({ status: 'cancelled', message: 'Cancelled on request.', cancelRequested: true });
    expect(calls).toEqual(['run a', 'undo long unknown', 'undo a A']);
    expect(await cancel()).toBe(false);
  });

  test('wakes a run that waits', async () => {
    const calls: string[] = [];
    const sleeper = noting(calls, 'sleeper', { run: async (context) => context.sleepUntil(new Date(Date.now() + 3_600_000), 'an hour') });
    const workflow = defineWorkflow<Input>({ name: 'test.cancel_waiting', input, steps: [noting(calls, 'a'), sleeper] });
    const worker = await startWorker([workflow]);
    const runId = await startRun(worker, workflow);
    await runUntil(runId, (run) => run.status === 'waiting');
    await db.inTenant({ organizationId }, (tx) => worker.workflows.cancel(tx, runId));
    expect((await ended(runId)).status).toBe('cancelled');
    expect(calls).toEqual(['run a', 'undo a A']);
  });
});

test('a process that stops with patience lets the step end, and another one goes on', async () => {
  const calls: string[] = [];
  let entered: (() => void) | undefined;
  const inside = new Promise<void>((resolve) => {
    entered = resolve;
  });
  const make = () =>
    defineWorkflow<Input>({
      name: 'test.handover',
      input,
      steps: [
        noting(calls, 'a', {
          async run() {
            entered?.();
            await new Promise((resolve) => setTimeout(resolve, 500));
            calls.push('run a');
            return 'A';
          },
        }),
        noting(calls, 'b'),
      ],
    });
  const first = await startWorker([make()]);
  const runId = await startRun(first, make());
  await inside;
  await first.jobs.stop({ drainMs: 10_000 });
  expect(calls).toEqual(['run a']);
  await startWorker([make()]);
  expect(await ended(runId)).toMatchObject({ status: 'succeeded', steps: [{ attempts: 1 }, { attempts: 1 }] });
});

test('a release that does not know the workflow leaves the run to one that does', async () => {
  const calls: string[] = [];
  const workflow = defineWorkflow<Input>({ name: 'test.newer', input, steps: [noting(calls, 'a')] });
  const old = await startWorker([]);
  const starter = makeWorker({ appUrl: database.appUrl });
  starter.workflows.register([workflow]);
  workers.push(starter);
  const runId = await startRun(starter, workflow);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect((await read(runId))?.status).toBe('pending');
  await old.jobs.stop({ drainMs: 1000 });
  const worker = await startWorker([workflow]);
  await worker.workflows.recover();
  expect((await ended(runId)).status).toBe('succeeded');
});

describe('what is refused', () => {
  test('secrets in the input', async () => {
    const open = z.record(z.string(), z.unknown());
    const workflow = defineWorkflow({ name: 'test.secrets', input: open, steps: [] });
    const worker = await startWorker([workflow]);
    const start = (values: Record<string, unknown>) =>
      db.inTenant({ organizationId }, (tx) => worker.workflows.start(tx, workflow, { organizationId, key: newId(), input: values }));
    for (const values of [{ password: 'x' }, { nested: [{ accessToken: 'x' }] }, { text: 'AKIAIOSFODNN7EXAMPLE' }]) {
      await expect(start(values)).rejects.toThrow('secret');
    }
    await start({ credentialId: newId(), secretIds: ['1'] });
  });

  test('wrong input, repeated step ids, taken names and unregistered workflows', async () => {
    const calls: string[] = [];
    const workflow = defineWorkflow<Input>({ name: 'test.wrong', input, steps: [noting(calls, 'a')] });
    const worker = await startWorker([workflow]);
    await expect(startRun(worker, workflow, newId(), { region: 1 } as unknown as Input)).rejects.toThrow('expected string');
    expect(() => worker.workflows.register([workflow])).toThrow('is taken');
    const repeated = defineWorkflow<Input>({ name: 'test.repeated', input, steps: [noting(calls, 'a'), noting(calls, 'a')] });
    expect(() => worker.workflows.register([repeated])).toThrow('repeats');
    await expect(startRun(worker, repeated)).rejects.toThrow('not registered');
  });

  test('a tenant transaction that would write the journal', async () => {
    for (const statement of [
      sql`update platform.workflow_run set status = 'succeeded'`,
      sql`update platform.workflow_step set status = 'done'`,
      sql`delete from platform.workflow_run`,
    ]) {
      await expect(db.inTenant({ organizationId }, (tx) => statement.execute(tx))).rejects.toThrow('permission denied');
    }
  });
});
