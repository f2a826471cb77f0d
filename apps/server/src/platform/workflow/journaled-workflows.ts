import { sql } from 'kysely';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import type { AnyTx, Database, SystemTx } from '../db/database.ts';
import type { Events } from '../events/events.ts';
import { newId } from '../ids/ids.ts';
import { defineJob, defineJobKind, type Jobs } from '../jobs/jobs.ts';
import { isSecretName, maskText } from '../log/log.ts';
import { executeRun, type ExecutorOptions } from './executor.ts';
import { writeSteps } from './journal.ts';
import type {
  RunDetail,
  RunStatus,
  RunSummary,
  StartOptions,
  StepRecord,
  StepStatus,
  WorkflowDefinition,
  WorkflowKind,
  Workflows,
} from './workflow.ts';

export interface WorkflowsOptions {
  db: Database<unknown>;
  jobs: Jobs;
  events: Events;
  log: Logger;
  clock: Clock;
  /** A run whose executor shows no life for so many milliseconds goes to another one. Default 15 000. */
  leaseMs?: number;
  /** Runs at once per process. Default 10. */
  concurrency?: number;
}

const runKind = defineJobKind({
  name: 'platform.workflow-run',
  schema: z.strictObject({ runId: z.guid() }),
  singletonKey: ({ runId }) => runId,
  // The journal holds the state; a job is only a turn, and lost turns are found by `recover`.
  retryLimit: 5,
  retryDelay: 2,
  expireInSeconds: 7200,
});

const turnMs = 300_000;
const recoverBatch = 500;
const maxInputBytes = 128 * 1024;
const stepIdFormat = /^[a-z0-9][a-z0-9_.-]{0,79}$/;

/** Workflows over the tables platform.workflow_run and workflow_step; registers the jobs that execute them. */
export function createWorkflows(options: WorkflowsOptions): Workflows {
  return new JournaledWorkflows(options);
}

interface RunRecord {
  id: string;
  workflow: string;
  organization_id: string;
  workspace_id: string | null;
  key: string;
  status: RunStatus;
  message: string | null;
  started_by: string | null;
  created_at: Date;
  finished_at: Date | null;
}

interface StepRecordRow {
  step_id: string;
  status: StepStatus;
  attempts: number;
  result: unknown;
  error: string | null;
  started_at: Date | null;
  finished_at: Date | null;
}

const summaryColumns = sql`id, workflow, organization_id, workspace_id, key, status, message, started_by, created_at, finished_at`;

class JournaledWorkflows implements Workflows {
  readonly #options: WorkflowsOptions;
  readonly #definitions = new Map<string, WorkflowDefinition>();

  constructor(options: WorkflowsOptions) {
    this.#options = options;
    const executor: ExecutorOptions = {
      db: options.db,
      events: options.events,
      definitions: this.#definitions,
      leaseMs: options.leaseMs ?? 15_000,
      turnMs,
      enqueue: (tx, runId, runAt) => this.#enqueue(tx, runId, runAt),
    };
    options.jobs.register([
      defineJob({
        ...runKind,
        concurrency: options.concurrency ?? 10,
        handler: ({ runId }, job) => executeRun(executor, runId, job),
      }),
      defineJob({
        name: 'platform.workflow-recover',
        schema: z.strictObject({}),
        cron: { expression: '* * * * *', payload: {} },
        handler: async () => {
          await this.recover();
        },
      }),
    ]);
  }

  register(definitions: readonly WorkflowDefinition[]): void {
    for (const definition of definitions) {
      if (this.#definitions.has(definition.name))
        throw new Error(`Workflow name ${definition.name} is taken.`);
      const ids = definition.steps.map((step) => step.id);
      const wrong = ids.find((id, index) => !stepIdFormat.test(id) || ids.indexOf(id) !== index);
      if (wrong !== undefined)
        throw new Error(`Step id ${wrong} of workflow ${definition.name} is not acceptable or repeats.`);
      this.#definitions.set(definition.name, definition);
    }
  }

  #definitionOf(name: string): WorkflowDefinition {
    const definition = this.#definitions.get(name);
    if (definition === undefined) throw new Error(`Workflow ${name} is not registered.`);
    return definition;
  }

  async startAll<Input>(
    tx: AnyTx,
    workflow: WorkflowKind<Input>,
    runs: readonly StartOptions<Input>[],
  ): Promise<void> {
    const definition = this.#definitionOf(workflow.name);
    const [first] = runs;
    if (first === undefined) return;
    const { organizationId } = first;
    if (runs.some((run) => run.organizationId !== organizationId))
      throw new Error('Runs that are started together belong to one organization.');
    const ids = runs.map(() => newId());
    await sql`
      insert into platform.workflow_run (id, organization_id, workspace_id, workflow, key, input, started_by, created_at)
      select id, ${organizationId}::uuid, workspace_id, ${workflow.name}, key, input::jsonb, started_by,
        ${this.#options.clock.now()}
      from unnest(
        ${ids}::uuid[], ${runs.map((run) => run.workspaceId ?? null)}::uuid[], ${runs.map((run) => run.key)}::text[],
        ${runs.map((run) => inputText(workflow, run.input))}::text[],
        ${runs.map((run) => run.startedBy ?? null)}::text[]
      ) as run (id, workspace_id, key, input, started_by)`.execute(tx);
    await sql`insert into platform.workflow_step (run_id, organization_id, step_id, position)
      select run_id, ${organizationId}::uuid, step_id, position
      from unnest(${ids}::uuid[]) as run_id
      cross join unnest(${definition.steps.map((step) => step.id)}::text[]) with ordinality as listed (step_id, position)`.execute(
      tx,
    );
    await this.#options.jobs.enqueueAll(
      tx,
      runKind,
      ids.map((runId) => ({ runId })),
    );
    const data = { workflow: workflow.name, status: 'pending' };
    await this.#options.events.live.publish(tx, { organizationId, topic: 'workflow.changed', data });
  }

  async start<Input>(
    tx: AnyTx,
    workflow: WorkflowKind<Input>,
    options: StartOptions<Input>,
  ): Promise<string> {
    const definition = this.#definitionOf(workflow.name);
    const text = inputText(workflow, options.input);
    const { organizationId, workspaceId = null, key, startedBy = null } = options;
    const id = newId();
    const { rows } = await sql<{ id: string }>`
      insert into platform.workflow_run (id, organization_id, workspace_id, workflow, key, input, started_by, created_at)
      values (${id}::uuid, ${organizationId}::uuid, ${workspaceId}::uuid, ${workflow.name}, ${key}, ${text}::jsonb,
        ${startedBy}, ${this.#options.clock.now()})
      on conflict (organization_id, workflow, key) do nothing returning id`.execute(tx);
    if (rows.length === 0) {
      const found = await sql<{ id: string }>`
        select id from platform.workflow_run where organization_id = ${organizationId}::uuid
          and workflow = ${workflow.name} and key = ${key}`.execute(tx);
      return found.rows[0]!.id;
    }
    await writeSteps(
      tx,
      organizationId,
      id,
      definition.steps.map((step) => step.id),
    );
    await this.#enqueue(tx, id);
    const data = { runId: id, workflow: workflow.name, status: 'pending' };
    await this.#options.events.live.publish(tx, { organizationId, topic: 'workflow.changed', data });
    return id;
  }

  async cancel(tx: AnyTx, runId: string): Promise<boolean> {
    const { rows } = await sql`
      update platform.workflow_run set cancel_requested = true, resume_at = null
      where id = ${runId}::uuid and finished_at is null and phase = 'forward' returning id`.execute(tx);
    if (rows.length === 0) return false;
    await this.#enqueue(tx, runId);
    return true;
  }

  async retryUndo(tx: AnyTx, runId: string): Promise<boolean> {
    const { rows } = await sql`
      update platform.workflow_run set undo_requested = true
      where id = ${runId}::uuid and status = 'needs_attention' returning id`.execute(tx);
    if (rows.length === 0) return false;
    await this.#enqueue(tx, runId);
    return true;
  }

  async forget(tx: SystemTx<unknown>, organizationId: string): Promise<number> {
    // Steps go by the foreign key; jobs that still wait find no run.
    const { rows } = await sql`
      delete from platform.workflow_run where organization_id = ${organizationId}::uuid returning id`.execute(
      tx,
    );
    return rows.length;
  }

  async recover(): Promise<number> {
    const names = [...this.#definitions.keys()];
    return this.#options.db.inSystem('find workflow runs without an executor', async (tx) => {
      const { rows } = await sql<{ id: string }>`
        select id from platform.workflow_run where (finished_at is null or undo_requested)
          and (lease_until is null or lease_until < clock_timestamp())
          and (resume_at is null or resume_at <= clock_timestamp())
          and workflow = any(${names}::text[])
        order by id limit ${recoverBatch}`.execute(tx);
      for (const { id } of rows) await this.#enqueue(tx, id);
      return rows.length;
    });
  }

  async get(tx: AnyTx, runId: string): Promise<RunDetail | undefined> {
    const { rows } = await sql<RunRecord & { input: unknown; cancel_requested: boolean }>`
      select ${summaryColumns}, input, cancel_requested from platform.workflow_run where id = ${runId}::uuid`.execute(
      tx,
    );
    const run = rows[0];
    if (run === undefined) return undefined;
    const steps = await sql<StepRecordRow>`
      select step_id, status, attempts, result, error, started_at, finished_at from platform.workflow_step
      where run_id = ${runId}::uuid order by position, step_id`.execute(tx);
    return {
      ...summaryOf(run),
      input: run.input,
      cancelRequested: run.cancel_requested,
      steps: steps.rows.map(stepRecordOf),
    };
  }

  async list(
    tx: AnyTx,
    filter: { workflow?: string; workspaceId?: string; status?: RunStatus; before?: string; limit: number },
  ): Promise<RunSummary[]> {
    const { workflow = null, workspaceId = null, status = null, before = null, limit } = filter;
    const { rows } = await sql<RunRecord>`
      select ${summaryColumns} from platform.workflow_run
      where (${workflow}::text is null or workflow = ${workflow})
        and (${workspaceId}::uuid is null or workspace_id = ${workspaceId}::uuid)
        and (${status}::text is null or status = ${status})
        and (${before}::uuid is null or id < ${before}::uuid)
      order by id desc limit ${limit}`.execute(tx);
    return rows.map(summaryOf);
  }

  async #enqueue(tx: AnyTx, runId: string, runAt?: Date): Promise<void> {
    await this.#options.jobs.enqueue(tx, runKind, { runId }, runAt === undefined ? {} : { runAt });
  }
}

/** @throws when a key or value looks like a secret: the journal is stored and shown as it is */
/** The input as it is stored. @throws when it is not valid, looks like a secret or is too large */
function inputText<Input>(workflow: WorkflowKind<Input>, given: Input): string {
  const input = workflow.input.parse(given);
  refuseSecrets(input, 'input');
  const text = JSON.stringify(input ?? null);
  if (text.length > maxInputBytes) throw new Error(`The input of workflow ${workflow.name} is too large.`);
  return text;
}

function refuseSecrets(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (maskText(value) !== value)
      throw new Error(`The workflow's ${path} looks like a secret: pass the id of a stored one.`);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, item] of Object.entries(value)) {
    if (isSecretName(key) && item !== null && item !== undefined) {
      throw new Error(`The workflow's ${path}.${key} is named like a secret: pass the id of a stored one.`);
    }
    refuseSecrets(item, `${path}.${key}`);
  }
}

function summaryOf(row: RunRecord): RunSummary {
  return {
    id: row.id,
    workflow: row.workflow,
    organizationId: row.organization_id,
    workspaceId: row.workspace_id,
    key: row.key,
    status: row.status,
    message: row.message,
    startedBy: row.started_by,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

function stepRecordOf(row: StepRecordRow): StepRecord {
  return {
    id: row.step_id,
    status: row.status,
    attempts: row.attempts,
    result: row.result,
    error: row.error,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
