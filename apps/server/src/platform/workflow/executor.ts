import type { Logger } from 'pino';
import { v5 } from 'uuid';
import type { AnyTx, Database } from '../db/database.ts';
import type { Events } from '../events/events.ts';
import type { JobContext } from '../jobs/jobs.ts';
import { workflowFinished } from './finished.ts';
import {
  errorText,
  Journal,
  LeaseLostError,
  rowOf,
  UnknownWorkflowError,
  type Loaded,
  type RunRow,
  type StepRow,
} from './journal.ts';
import { CancelRequestedError, keepLease, type Lease } from './lease.ts';
import { callStep, type CallOutcome } from './step-call.ts';
import type { RunStatus, StepContext, StepResults, WorkflowDefinition, WorkflowStep } from './workflow.ts';

export interface ExecutorOptions {
  db: Database<unknown>;
  events: Events;
  definitions: ReadonlyMap<string, WorkflowDefinition>;
  /** After so many milliseconds without a sign of life others may take the run. */
  leaseMs: number;
  /** A run gives way to others after so many milliseconds. */
  turnMs: number;
  /** Enqueues the run's next turn in the same transaction. */
  enqueue(tx: AnyTx, runId: string, runAt?: Date): Promise<void>;
}

const defaultRetry: NonNullable<WorkflowStep['retry']> = { attempts: 3, delayMs: 2000 };
const defaultTimeoutMs = 600_000;
const defaultMaxDelayMs = 300_000;
/** A step that takes its process down again and again must end some time. */
const maxInterruptions = 10;
const maxResultBytes = 256 * 1024;

/** The job in which a run has its turn. */
export type Turn = Pick<JobContext, 'signal' | 'draining' | 'log'>;

/** Takes a run as far as it goes. @returns when it is over, waits, or is in other hands */
export async function executeRun(options: ExecutorOptions, runId: string, job: Turn): Promise<void> {
  const { db, leaseMs, definitions } = options;
  const stepIdsOf = (workflow: string) => definitions.get(workflow)?.steps.map((step) => step.id);
  let journal: Journal | undefined;
  try {
    journal = await Journal.acquire(db, leaseMs, runId, stepIdsOf);
  } catch (error) {
    if (!(error instanceof UnknownWorkflowError)) throw error;
    // No failure of the job: during a change of releases the other one has it, and `recover` finds it for that one.
    job.log.warn({ err: error, runId }, 'workflow run left to another release');
    return;
  }
  if (journal !== undefined) await new RunExecution(options, journal, job).go();
}

class RunExecution {
  readonly #options: ExecutorOptions;
  readonly #journal: Journal;
  readonly #stop: AbortSignal;
  readonly #draining: AbortSignal;
  readonly #log: Logger;
  readonly #lease: Lease;

  constructor(options: ExecutorOptions, journal: Journal, job: Turn) {
    this.#options = options;
    this.#journal = journal;
    this.#stop = job.signal;
    this.#draining = job.draining;
    this.#log = job.log;
    this.#lease = keepLease(journal, options.leaseMs);
  }

  async go(): Promise<void> {
    const turnEnds = Date.now() + this.#options.turnMs;
    try {
      while (await this.#advance()) {
        if (this.#stop.aborted || this.#draining.aborted || Date.now() > turnEnds) {
          await this.#park(null);
          return;
        }
      }
    } catch (error) {
      if (!(error instanceof LeaseLostError)) {
        // So that the job's next attempt need not wait for the lease to run out.
        await this.#journal.write((tx) => this.#journal.release(tx, null)).catch(() => undefined);
        throw error;
      }
      this.#log.warn({ runId: this.#journal.runId }, 'workflow run was taken over by another executor');
    } finally {
      this.#lease.end();
    }
  }

  /** One step forward or back. @returns whether there is more to do now */
  async #advance(): Promise<boolean> {
    const loaded = await this.#journal.load();
    const definition = this.#options.definitions.get(loaded.run.workflow);
    if (definition === undefined) throw new UnknownWorkflowError(loaded.run.workflow);
    if (loaded.run.phase === 'undo') return this.#advanceUndo(definition, loaded);
    if (loaded.run.cancel_requested) {
      await this.#beginUndo('cancelled', 'Cancelled on request.');
      return true;
    }
    const next = definition.steps.find((step) => loaded.steps.get(step.id)?.status !== 'done');
    if (next !== undefined) return this.#runStep(next, loaded);
    await this.#finish('succeeded', null);
    return false;
  }

  async #runStep(step: WorkflowStep, loaded: Loaded): Promise<boolean> {
    const row = rowOf(loaded, step.id);
    const interrupted = row.status === 'running';
    const interruptions = row.interruptions + (interrupted ? 1 : 0);
    if (interruptions > maxInterruptions) {
      return this.#fail(step, row, new Error(`The step was interrupted ${interruptions} times.`));
    }
    const attempts = row.attempts + 1;
    await this.#journal.write(async (tx, run) => {
      await this.#journal.changeStep(tx, step.id, {
        status: 'running',
        attempts,
        interruptions,
        startedNow: true,
      });
      await this.#show(tx, run, 'running', step.id);
    });
    const results: Record<string, unknown> = {};
    for (const [id, each] of loaded.steps) if (each.status === 'done') results[id] = each.result;
    const outcome = await this.#call(step, loaded.run, attempts, (context) =>
      this.#runOrReconcile(step, context, loaded.run.input, results),
    );
    switch (outcome.kind) {
      case 'done':
        return this.#done(step, row, outcome.value);
      case 'sleep':
        await this.#park(outcome.until, step, { status: 'pending', error: outcome.reason });
        return false;
      case 'stopped':
        return this.#stopped(step, outcome.reason);
      case 'failed':
        return this.#fail(step, row, outcome.error, outcome.retry);
    }
  }

  async #runOrReconcile(
    step: WorkflowStep,
    context: StepContext,
    input: unknown,
    results: StepResults,
  ): Promise<unknown> {
    if (context.attempt > 1 && step.reconcile !== undefined) {
      const found = await step.reconcile(context, input, results);
      if (found !== undefined) return found.result;
    }
    return step.run(context, input, results);
  }

  async #done(step: WorkflowStep, row: StepRow, value: unknown): Promise<boolean> {
    const result = JSON.stringify(value ?? null);
    if (result === undefined || result.length > maxResultBytes) {
      return this.#fail(step, row, new Error('The result of the step is no JSON or too large.'), false);
    }
    await this.#journal.write(async (tx, run) => {
      await this.#journal.changeStep(tx, step.id, { status: 'done', result, error: null, finishedNow: true });
      await this.#show(tx, run, 'running', step.id);
    });
    return true;
  }

  async #fail(step: WorkflowStep, row: StepRow, error: unknown, retry = false): Promise<boolean> {
    const policy = step.retry ?? defaultRetry;
    const failures = row.failures + 1;
    const text = errorText(error);
    this.#log.warn(
      { err: error, runId: this.#journal.runId, stepId: step.id, failures },
      'workflow step failed',
    );
    if (retry && failures < policy.attempts) {
      await this.#retryLater(step, failures, { status: 'pending', failures, error: text });
      return policy.delayMs === 0;
    }
    await this.#journal.write(async (tx, run) => {
      await this.#journal.changeStep(tx, step.id, {
        status: 'failed',
        failures,
        interruptions: 0,
        error: text,
        finishedNow: true,
      });
      await this.#journal.beginUndo(tx, 'failed', `Step ${step.id} failed: ${text}`);
      await this.#show(tx, run, 'undoing', step.id);
    });
    return true;
  }

  async #advanceUndo(definition: WorkflowDefinition, loaded: Loaded): Promise<boolean> {
    const { run, steps } = loaded;
    const known = new Map(definition.steps.map((step) => [step.id, step]));
    for (const row of [...steps.values()].toReversed()) {
      if (row.status !== 'done' && row.status !== 'failed' && row.status !== 'undoing') continue;
      const step = known.get(row.step_id);
      if (step === undefined) {
        return this.#undoFailed(row.step_id, row, new Error('This release does not know the step any more.'));
      }
      if (step.undo !== undefined) return this.#undoStep(step, step.undo.bind(step), row, run);
    }
    await this.#finish(run.outcome ?? 'failed', run.message);
    return false;
  }

  async #undoStep(
    step: WorkflowStep,
    undo: NonNullable<WorkflowStep['undo']>,
    row: StepRow,
    run: RunRow,
  ): Promise<boolean> {
    const interruptions = row.interruptions + (row.status === 'undoing' ? 1 : 0);
    if (interruptions > maxInterruptions) {
      return this.#undoFailed(step.id, row, new Error(`The undo was interrupted ${interruptions} times.`));
    }
    await this.#journal.write(async (tx) => {
      await this.#journal.changeStep(tx, step.id, { status: 'undoing', interruptions });
      await this.#show(tx, run, 'undoing', step.id);
    });
    const result = row.result === null ? undefined : row.result;
    const outcome = await this.#call(step, run, row.undo_failures + 1, (context) =>
      undo(context, run.input, result),
    );
    switch (outcome.kind) {
      case 'done':
        await this.#journal.write(async (tx) => {
          await this.#journal.changeStep(tx, step.id, { status: 'undone', finishedNow: true });
          await this.#show(tx, run, 'undoing', step.id);
        });
        return true;
      // The next try finds the row as undoing, which is no interruption when it was put down on purpose: hence the -1.
      case 'sleep':
        await this.#park(outcome.until, step, { status: 'undoing', interruptions: interruptions - 1 });
        return false;
      case 'stopped':
        return this.#stopped(step, outcome.reason);
      case 'failed': {
        const policy = step.retry ?? defaultRetry;
        const undoFailures = row.undo_failures + 1;
        this.#log.warn(
          { err: outcome.error, runId: run.id, stepId: step.id, undoFailures },
          'workflow undo failed',
        );
        if (!outcome.retry || undoFailures >= policy.attempts)
          return this.#undoFailed(step.id, row, outcome.error);
        const change = {
          status: 'undoing' as const,
          undoFailures,
          interruptions: interruptions - 1,
          error: errorText(outcome.error),
        };
        await this.#retryLater(step, undoFailures, change);
        return policy.delayMs === 0;
      }
    }
  }

  /** Stops here: undoing what lies before could destroy what the step that is left still needs. */
  async #undoFailed(stepId: string, row: StepRow, error: unknown): Promise<boolean> {
    const text = errorText(error);
    await this.#journal.write(async (tx, run) => {
      const change = {
        status: 'undo_failed' as const,
        undoFailures: row.undo_failures + 1,
        interruptions: 0,
        error: text,
      };
      await this.#journal.changeStep(tx, stepId, { ...change, finishedNow: true });
      const message = `${run.message ?? ''} Undo of step ${stepId} failed: ${text}`.trim();
      await this.#finishIn(tx, run, 'needs_attention', message);
    });
    return false;
  }

  async #call(
    step: WorkflowStep,
    run: RunRow,
    attempt: number,
    body: (context: StepContext) => Promise<unknown>,
  ): Promise<CallOutcome> {
    const context = {
      runId: run.id,
      organizationId: run.organization_id,
      workspaceId: run.workspace_id,
      startedBy: run.started_by,
      stepId: step.id,
      // RFC 9562, 5.5: the run is the name space, so no two runs or steps share a key.
      stepKey: v5(step.id, run.id),
      attempt,
      log: this.#log.child({ runId: run.id, stepId: step.id }),
    };
    const signals = [this.#stop, this.#lease.lost];
    if (run.phase === 'forward') signals.push(this.#lease.cancelled);
    const stop = AbortSignal.any(signals);
    return callStep(context, body, { stop, timeoutMs: step.timeoutMs ?? defaultTimeoutMs });
  }

  /** The step was cut off from outside; the journal says it is running, so whoever goes on asks what became of it. */
  async #stopped(step: WorkflowStep, reason: unknown): Promise<boolean> {
    if (reason instanceof LeaseLostError) throw reason;
    if (reason instanceof CancelRequestedError) {
      await this.#journal.write(async (tx) => {
        await this.#journal.changeStep(tx, step.id, {
          status: 'failed',
          interruptions: 0,
          error: 'Cancelled on request.',
          finishedNow: true,
        });
        await this.#journal.beginUndo(tx, 'cancelled', 'Cancelled on request.');
      });
      return true;
    }
    await this.#park(null);
    return false;
  }

  async #retryLater(
    step: WorkflowStep,
    failures: number,
    change: Parameters<Journal['changeStep']>[2],
  ): Promise<void> {
    const { delayMs, maxDelayMs = defaultMaxDelayMs } = step.retry ?? defaultRetry;
    if (delayMs === 0) {
      await this.#journal.write((tx) => this.#journal.changeStep(tx, step.id, change));
      return;
    }
    const wait = Math.min(maxDelayMs, delayMs * 2 ** Math.min(20, failures - 1));
    await this.#park(new Date(Date.now() + wait), step, change);
  }

  /** Gives the run back together with the job that goes on; a cancelled one goes on at once. */
  async #park(
    until: Date | null,
    step?: WorkflowStep,
    change?: Parameters<Journal['changeStep']>[2],
  ): Promise<void> {
    await this.#journal.write(async (tx, run) => {
      if (step !== undefined && change !== undefined) await this.#journal.changeStep(tx, step.id, change);
      const resumeAt = run.cancel_requested && run.phase === 'forward' ? null : until;
      await this.#journal.release(tx, resumeAt);
      await this.#options.enqueue(tx, run.id, resumeAt ?? undefined);
      await this.#show(tx, run, resumeAt === null ? 'running' : 'waiting', step?.id);
    });
  }

  async #beginUndo(outcome: 'failed' | 'cancelled', message: string): Promise<void> {
    await this.#journal.write(async (tx, run) => {
      await this.#journal.beginUndo(tx, outcome, message);
      await this.#show(tx, run, 'undoing');
    });
  }

  async #finish(status: 'succeeded' | 'failed' | 'cancelled', message: string | null): Promise<void> {
    await this.#journal.write((tx, run) => this.#finishIn(tx, run, status, message));
  }

  async #finishIn(
    tx: AnyTx,
    run: RunRow,
    status: 'succeeded' | 'failed' | 'cancelled' | 'needs_attention',
    message: string | null,
  ): Promise<void> {
    await this.#journal.finish(tx, status, message);
    const { organization_id: organizationId, workspace_id: workspaceId, workflow, id: runId } = run;
    await this.#options.events.publish(tx, workflowFinished, {
      organizationId,
      runId,
      workflow,
      workspaceId,
      status,
    });
    await this.#show(tx, run, status);
  }

  /** Tells open pages. */
  async #show(tx: AnyTx, run: RunRow, status: RunStatus, stepId?: string): Promise<void> {
    const data = {
      runId: run.id,
      workflow: run.workflow,
      status,
      ...(stepId === undefined ? {} : { stepId }),
    };
    await this.#options.events.live.publish(tx, {
      organizationId: run.organization_id,
      topic: 'workflow.changed',
      data,
    });
  }
}
