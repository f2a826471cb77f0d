import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../ids/ids.ts';
import { LeaseLostError } from './journal.ts';
import { makeWorker } from './testing/fixture.ts';
import {
  database,
  db,
  ended,
  failing,
  input,
  noting,
  organizationId,
  read,
  reader,
  runUntil,
  startRun,
  startWorker,
  workers,
  type Input,
} from './testing/harness.ts';
import {
  defineWorkflow,
  NonRetryableError,
  step,
  type StepContext,
  type WorkflowDefinition,
} from './workflow.ts';

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
    const workflow = defineWorkflow<Input>({
      name: 'test.cancel',
      input,
      steps: [noting(calls, 'a'), long, noting(calls, 'c')],
    });
    const worker = await startWorker([workflow]);
    const runId = await startRun(worker, workflow);
    await inside;
    const cancel = () => db.inTenant({ organizationId }, (tx) => reader.workflows.cancel(tx, runId));
    expect(await cancel()).toBe(true);
    const run = await ended(runId);
    expect(run).toMatchObject({
      status: 'cancelled',
      message: 'Cancelled on request.',
      cancelRequested: true,
    });
    expect(calls).toEqual(['run a', 'undo long unknown', 'undo a A']);
    expect(await cancel()).toBe(false);
  });

  test('wakes a run that waits', async () => {
    const calls: string[] = [];
    const sleeper = noting(calls, 'sleeper', {
      run: async (context) => context.sleepUntil(new Date(Date.now() + 3_600_000), 'an hour'),
    });
    const workflow = defineWorkflow<Input>({
      name: 'test.cancel_waiting',
      input,
      steps: [noting(calls, 'a'), sleeper],
    });
    const worker = await startWorker([workflow]);
    const runId = await startRun(worker, workflow);
    await runUntil(runId, (run) => run.status === 'waiting');
    await db.inTenant({ organizationId }, (tx) => worker.workflows.cancel(tx, runId));
    expect((await ended(runId)).status).toBe('cancelled');
    expect(calls).toEqual(['run a', 'undo a A']);
  });
});

describe('forgetting an organization', () => {
  test('removes what is over, and a run in the middle of a step stops without undoing or writing', async () => {
    const calls: string[] = [];
    let open!: WorkflowDefinition<Input>;
    let entered: (() => void) | undefined;
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const aborted = new Promise<unknown>((stop) => {
      const long = noting(calls, 'long', {
        run: ({ signal }) =>
          new Promise((_resolve, reject) => {
            entered?.();
            signal.addEventListener('abort', () => {
              stop(signal.reason);
              reject(new Error('aborted'));
            });
          }),
      });
      open = defineWorkflow<Input>({
        name: 'test.forget_open',
        input,
        steps: [noting(calls, 'a'), long, noting(calls, 'c')],
      });
    });
    const short = defineWorkflow<Input>({ name: 'test.forget_over', input, steps: [noting([], 'a')] });
    const worker = await startWorker([open, short]);
    const over = await startRun(worker, short);
    await ended(over);
    const running = await startRun(worker, open);
    await inside;
    const other = newId();
    const kept = await db.inTenant({ organizationId: other }, (tx) =>
      worker.workflows.start(tx, short, { organizationId: other, key: 'x', input: { region: 'here' } }),
    );
    await db.inSystem('test', (tx) => worker.workflows.forget(tx, organizationId));
    expect(await aborted).toBeInstanceOf(LeaseLostError);
    // The executor has gone home when the worker has drained.
    await worker.jobs.stop({ drainMs: 10_000 });
    expect(calls).toEqual(['run a']);
    expect([await read(over), await read(running)]).toEqual([undefined, undefined]);
    const left = await db.inSystem('test', (tx) =>
      sql<{ table: string; count: string }>`
        select 'run' as table, count(*) from platform.workflow_run where organization_id = ${organizationId}::uuid
        union all
        select 'step', count(*) from platform.workflow_step where organization_id = ${organizationId}::uuid`.execute(
        tx,
      ),
    );
    expect(left.rows.map(({ count }) => count)).toEqual(['0', '0']);
    const stays = await db.inTenant({ organizationId: other }, (tx) => worker.workflows.get(tx, kept));
    expect(stays?.id).toBe(kept);
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
  expect(await ended(runId)).toMatchObject({
    status: 'succeeded',
    steps: [{ attempts: 1 }, { attempts: 1 }],
  });
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
      db.inTenant({ organizationId }, (tx) =>
        worker.workflows.start(tx, workflow, { organizationId, key: newId(), input: values }),
      );
    for (const values of [
      { password: 'x' },
      { nested: [{ accessToken: 'x' }] },
      { text: 'AKIAIOSFODNN7EXAMPLE' },
    ]) {
      await expect(start(values)).rejects.toThrow('secret');
    }
    await start({ credentialId: newId(), secretIds: ['1'] });
  });

  test('wrong input, repeated step ids, taken names and unregistered workflows', async () => {
    const calls: string[] = [];
    const workflow = defineWorkflow<Input>({ name: 'test.wrong', input, steps: [noting(calls, 'a')] });
    const worker = await startWorker([workflow]);
    await expect(startRun(worker, workflow, newId(), { region: 1 } as unknown as Input)).rejects.toThrow(
      'expected string',
    );
    expect(() => worker.workflows.register([workflow])).toThrow('is taken');
    const repeated = defineWorkflow<Input>({
      name: 'test.repeated',
      input,
      steps: [noting(calls, 'a'), noting(calls, 'a')],
    });
    expect(() => worker.workflows.register([repeated])).toThrow('repeats');
    await expect(startRun(worker, repeated)).rejects.toThrow('not registered');
  });

  test('a tenant transaction that would write the journal', async () => {
    for (const statement of [
      sql`update platform.workflow_run set status = 'succeeded'`,
      sql`update platform.workflow_step set status = 'done'`,
      sql`delete from platform.workflow_run`,
    ]) {
      await expect(db.inTenant({ organizationId }, (tx) => statement.execute(tx))).rejects.toThrow(
        'permission denied',
      );
    }
  });
});
