import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { newId } from '../ids/ids.ts';
import {
  db,
  ended,
  failing,
  input,
  noting,
  organizationId,
  reader,
  runUntil,
  startRun,
  startWorker,
  type Input,
} from './testing/harness.ts';
import { defineWorkflow, NonRetryableError, step, type StepContext } from './workflow.ts';

describe('a run', () => {
  test('takes its steps in order, hands on results and tells about its end', async () => {
    const seen: unknown[] = [];
    const workflow = defineWorkflow<Input>({
      name: 'test.success',
      input,
      steps: [
        step('first', {
          run: async (context: StepContext, { region }: Input) => ({ region, key: context.stepKey }),
        }),
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
    expect(run).toMatchObject({
      id: runId,
      workflow: 'test.success',
      status: 'succeeded',
      message: null,
      key: 'success',
      input: { region: 'here' },
      startedBy: 'user-1',
    });
    expect(run.steps).toMatchObject([
      { id: 'first', status: 'done', attempts: 1, result: { region: 'here' }, error: null },
      { id: 'second', status: 'done', attempts: 1, result: null },
    ]);
    expect(seen).toEqual([{ first: run.steps[0]!.result }, organizationId, 'user-1', 1]);
    const { rows } = await db.inSystem('test', (tx) =>
      sql`select payload from platform.event where name = 'platform.workflow_finished'`.execute(tx),
    );
    expect(rows).toEqual([
      { payload: { runId, workflow: 'test.success', workspaceId: null, status: 'succeeded' } },
    ]);
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
    const ids = await Promise.all([
      startRun(worker, workflow, 'k'),
      startRun(worker, workflow, 'k'),
      startRun(worker, workflow, 'k'),
    ]);
    expect(new Set(ids).size).toBe(1);
    await ended(ids[0]);
    expect(calls).toEqual(['run a']);
    const stranger = { organizationId: newId() };
    expect(await db.inTenant(stranger, (tx) => reader.workflows.get(tx, ids[0]))).toBeUndefined();
    expect(await db.inTenant(stranger, (tx) => reader.workflows.list(tx, { limit: 10 }))).toEqual([]);
    expect(await db.inTenant(stranger, (tx) => reader.workflows.cancel(tx, ids[0]))).toBe(false);
    const listed = await db.inTenant({ organizationId }, (tx) =>
      reader.workflows.list(tx, { workflow: 'test.once', limit: 10 }),
    );
    expect(listed.map((run) => run.id)).toEqual([ids[0]]);
  });

  test('is executed by one of several processes only', async () => {
    const calls: string[] = [];
    const workflow = defineWorkflow<Input>({
      name: 'test.several',
      input,
      steps: ['a', 'b', 'c', 'd'].map((id) => noting(calls, id)),
    });
    const several = await Promise.all([
      startWorker([workflow]),
      startWorker([workflow]),
      startWorker([workflow]),
    ]);
    const runIds = await Promise.all(Array.from({ length: 5 }, () => startRun(several[0], workflow)));
    // Jobs too many do no harm.
    for (let round = 0; round < 5; round += 1) await several[1].workflows.recover();
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
          reconcile: async (context: StepContext) =>
            context.attempt === 3 ? { result: 'found' } : undefined,
        }),
      ],
    });
    const worker = await startWorker([workflow]);
    const run = await ended(await startRun(worker, workflow));
    expect(run).toMatchObject({
      status: 'succeeded',
      steps: [{ status: 'done', attempts: 3, result: 'found', error: null }],
    });
    expect(attempts).toEqual([1, 2]);
    expect(keys.size).toBe(1);
  });

  test('that is given up is undone with all before it, in reverse', async () => {
    const calls: string[] = [];
    const steps = [
      noting(calls, 'a'),
      noting(calls, 'b'),
      failing(calls, 'c', () => new Error('no luck with AKIAIOSFODNN7EXAMPLE')),
      noting(calls, 'd'),
    ];
    const workflow = defineWorkflow<Input>({ name: 'test.undo', input, steps });
    const worker = await startWorker([workflow]);
    const run = await ended(await startRun(worker, workflow));
    expect(run).toMatchObject({ status: 'failed', message: 'Step c failed: no luck with [redacted]' });
    expect(run.steps.map((each) => each.status)).toEqual(['undone', 'undone', 'undone', 'pending']);
    expect(calls).toEqual([
      'run a',
      'run b',
      'run c',
      'run c',
      'run c',
      'undo c unknown',
      'undo b B',
      'undo a A',
    ]);
  });

  test('that says so is not tried again', async () => {
    const calls: string[] = [];
    const workflow = defineWorkflow<Input>({
      name: 'test.refused',
      input,
      steps: [failing(calls, 'a', () => new NonRetryableError('quota'))],
    });
    const worker = await startWorker([workflow]);
    expect(await ended(await startRun(worker, workflow))).toMatchObject({
      status: 'failed',
      message: 'Step a failed: quota',
    });
    expect(calls).toEqual(['run a', 'undo a unknown']);
  });

  test('that hangs, with or without heeding the signal, fails when its time is over', async () => {
    const hanging = [true, false].map((heeds) =>
      defineWorkflow<Input>({
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
      }),
    );
    // One worker knows both: a worker that does not know a workflow may take its turn and leave it to `recover`.
    const worker = await startWorker(hanging);
    for (const workflow of hanging) {
      expect(await ended(await startRun(worker, workflow))).toMatchObject({
        status: 'failed',
        message: 'Step slow failed: The step took longer than 150 ms.',
      });
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
    const workflow = defineWorkflow<Input>({
      name: 'test.stuck',
      input,
      steps: [noting(calls, 'a'), stuck, failing(calls, 'c', () => new NonRetryableError('no'))],
    });
    const worker = await startWorker([workflow]);
    const runId = await startRun(worker, workflow);
    const run = await ended(runId);
    expect(run).toMatchObject({
      status: 'needs_attention',
      message: 'Step c failed: no Undo of step b failed: still attached',
    });
    expect(run.steps.map((each) => each.status)).toEqual(['done', 'undo_failed', 'undone']);
    expect(calls.filter((call) => call === 'undo b')).toHaveLength(3);
    const again = () => db.inTenant({ organizationId }, (tx) => worker.workflows.retryUndo(tx, runId));
    mended = true;
    expect(await again()).toBe(true);
    expect(await runUntil(runId, (each) => each.status === 'failed')).toMatchObject({
      finishedAt: expect.any(Date),
    });
    expect(calls.slice(-2)).toEqual(['undo b', 'undo a A']);
    expect(await again()).toBe(false);
  });
});
