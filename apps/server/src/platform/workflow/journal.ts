import { sql } from 'kysely';
import type { AnyTx, Database } from '../db/database.ts';
import { messageOf } from '../errors/app-error.ts';
import { maskText } from '../log/log.ts';
import type { StepStatus } from './workflow.ts';

/** A run as its executor sees it. */
export interface RunRow {
  id: string;
  organization_id: string;
  workspace_id: string | null;
  workflow: string;
  input: unknown;
  phase: 'forward' | 'undo';
  outcome: 'failed' | 'cancelled' | null;
  message: string | null;
  started_by: string | null;
  cancel_requested: boolean;
  /** bigint, so a text. */
  lease_token: string;
}

export interface StepRow {
  step_id: string;
  status: StepStatus;
  attempts: number;
  failures: number;
  interruptions: number;
  undo_failures: number;
  result: unknown;
  error: string | null;
}

/** A run and its steps by id, in their order. */
export interface Loaded {
  run: RunRow;
  steps: Map<string, StepRow>;
}

/** Changes of a step's row; absent fields stay. */
export interface StepChange {
  status: StepStatus;
  attempts?: number;
  failures?: number;
  interruptions?: number;
  undoFailures?: number;
  /** JSON text. */
  result?: string;
  error?: string | null;
  startedNow?: boolean;
  finishedNow?: boolean;
}

/** Another executor has the run: nothing may be written any more. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';

  constructor() {
    super('Another executor has taken over the run.');
  }
}

/** The run is of a workflow that this release does not have. */
export class UnknownWorkflowError extends Error {
  override readonly name = 'UnknownWorkflowError';

  constructor(workflow: string) {
    super(`Workflow ${workflow} is not known to this release.`);
  }
}

const columns = sql`id, organization_id, workspace_id, workflow, input, phase, outcome, message, started_by,
  cancel_requested, lease_token`;

/**
 * The journal of one run in the hands of one executor. Each write renews the lease and is refused when the fencing
 * token is not the newest one any more, in the same transaction: whoever lost the run cannot change its story.
 */
export class Journal {
  readonly #db: Database<unknown>;
  readonly #leaseMs: number;
  readonly runId: string;
  readonly #token: string;

  private constructor(db: Database<unknown>, leaseMs: number, runId: string, token: string) {
    this.#db = db;
    this.#leaseMs = leaseMs;
    this.runId = runId;
    this.#token = token;
  }

  /** Takes the run. @returns undefined when it is over, not due yet, or in other hands */
  static async acquire(
    db: Database<unknown>,
    leaseMs: number,
    runId: string,
    stepIdsOf: (workflow: string) => readonly string[] | undefined,
  ): Promise<Journal | undefined> {
    return db.inSystem('take a workflow run', async (tx) => {
      const { rows } = await sql<RunRow>`
        update platform.workflow_run set
          lease_token = lease_token + 1, lease_until = clock_timestamp() + ${leaseMs}::double precision * interval '1 millisecond',
          resume_at = null, undo_requested = false, finished_at = null,
          status = case when phase = 'undo' then 'undoing' else 'running' end
        where id = ${runId}::uuid and (finished_at is null or (status = 'needs_attention' and undo_requested))
          and (lease_until is null or lease_until < clock_timestamp())
          and (resume_at is null or resume_at <= clock_timestamp())
        returning ${columns}`.execute(tx);
      const run = rows[0];
      if (run === undefined) return undefined;
      const stepIds = stepIdsOf(run.workflow);
      // Thrown, so that the lease is rolled back: a worker of another release may know it.
      if (stepIds === undefined) throw new UnknownWorkflowError(run.workflow);
      await writeSteps(tx, run.organization_id, run.id, stepIds);
      if (run.phase === 'undo') {
        await sql`update platform.workflow_step set status = 'undoing', undo_failures = 0
          where run_id = ${run.id}::uuid and status = 'undo_failed'`.execute(tx);
      }
      return new Journal(db, leaseMs, run.id, run.lease_token);
    });
  }

  /** Renews the lease. @returns whether cancellation was asked for @throws LeaseLostError */
  async renew(): Promise<boolean> {
    return this.#db.inSystem(
      'renew the lease of a workflow run',
      async (tx) => (await this.#touch(tx)).cancel_requested,
    );
  }

  /** Reads run and steps as they are now. @throws LeaseLostError */
  async load(): Promise<Loaded> {
    return this.write(async (tx, run) => {
      const { rows } = await sql<StepRow>`
        select step_id, status, attempts, failures, interruptions, undo_failures, result, error
        from platform.workflow_step where run_id = ${this.runId}::uuid order by position`.execute(tx);
      return { run, steps: new Map(rows.map((row) => [row.step_id, row])) };
    });
  }

  /** Runs `work` in one transaction with a renewal of the lease. @throws LeaseLostError */
  async write<R>(work: (tx: AnyTx, run: RunRow) => Promise<R>): Promise<R> {
    return this.#db.inSystem('write the journal of a workflow run', async (tx) =>
      work(tx, await this.#touch(tx)),
    );
  }

  async changeStep(tx: AnyTx, stepId: string, change: StepChange): Promise<void> {
    const { result = null } = change;
    await sql`update platform.workflow_step set
        status = ${change.status},
        attempts = coalesce(${change.attempts ?? null}, attempts),
        failures = coalesce(${change.failures ?? null}, failures),
        interruptions = coalesce(${change.interruptions ?? null}, interruptions),
        undo_failures = coalesce(${change.undoFailures ?? null}, undo_failures),
        result = coalesce(${result}::jsonb, result),
        error = case when ${change.error !== undefined} then ${change.error ?? null} else error end,
        started_at = case when ${change.startedNow === true} then clock_timestamp() else started_at end,
        finished_at = case when ${change.finishedNow === true} then clock_timestamp() else finished_at end
      where run_id = ${this.runId}::uuid and step_id = ${stepId}`.execute(tx);
  }

  /** Turns the run round; a step in the middle of which it was counts as failed, because a part may have happened. */
  async beginUndo(tx: AnyTx, outcome: 'failed' | 'cancelled', message: string): Promise<void> {
    await sql`update platform.workflow_run set phase = 'undo', status = 'undoing', outcome = ${outcome}, message = ${message}
      where id = ${this.runId}::uuid`.execute(tx);
    await sql`update platform.workflow_step set status = 'failed', finished_at = clock_timestamp(), interruptions = 0
      where run_id = ${this.runId}::uuid and status = 'running'`.execute(tx);
  }

  async finish(
    tx: AnyTx,
    status: 'succeeded' | 'failed' | 'cancelled' | 'needs_attention',
    message: string | null,
  ): Promise<void> {
    await sql`update platform.workflow_run set status = ${status}, message = ${message}, lease_until = null,
      finished_at = clock_timestamp() where id = ${this.runId}::uuid`.execute(tx);
  }

  /** Gives the run back; it goes on at `resumeAt`, or as soon as somebody takes it. */
  async release(tx: AnyTx, resumeAt: Date | null): Promise<void> {
    await sql`update platform.workflow_run set lease_until = null, resume_at = ${resumeAt},
        status = case when ${resumeAt}::timestamptz is null then status else 'waiting' end
      where id = ${this.runId}::uuid`.execute(tx);
  }

  async #touch(tx: AnyTx): Promise<RunRow> {
    const { rows } = await sql<RunRow>`
      update platform.workflow_run set
        lease_until = clock_timestamp() + ${this.#leaseMs}::double precision * interval '1 millisecond'
      where id = ${this.runId}::uuid and lease_token = ${this.#token}::bigint and lease_until is not null
      returning ${columns}`.execute(tx);
    const run = rows[0];
    if (run === undefined) throw new LeaseLostError();
    return run;
  }
}

/** Writes the rows of steps that are not there yet, at the start and when a release has added some. */
export async function writeSteps(
  tx: AnyTx,
  organizationId: string,
  runId: string,
  stepIds: readonly string[],
): Promise<void> {
  await sql`insert into platform.workflow_step (run_id, organization_id, step_id, position)
    select ${runId}::uuid, ${organizationId}::uuid, step_id, position
    from unnest(${stepIds}::text[]) with ordinality as listed (step_id, position)
    on conflict do nothing`.execute(tx);
}

/** @throws when the step has no row, which `acquire` sees to */
export function rowOf(loaded: Loaded, stepId: string): StepRow {
  const row = loaded.steps.get(stepId);
  if (row === undefined) throw new Error(`Step ${stepId} has no row in the journal.`);
  return row;
}

/** What the journal keeps of an error: its text without secrets. */
export function errorText(error: unknown): string {
  return maskText(messageOf(error)).slice(0, 2000);
}
