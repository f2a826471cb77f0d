import type { Logger } from 'pino';
import type { z } from 'zod';
import type { AnyTx, SystemTx } from '../db/database.ts';

/** What a step gets besides the input. */
export interface StepContext {
  runId: string;
  organizationId: string;
  workspaceId: string | null;
  startedBy: string | null;
  stepId: string;
  /**
   * UUID that is the same in all attempts of this run and step: give it to the provider as idempotency token, or as
   * a tag. Undo gets the same one, to find what a run made whose result is not known.
   */
  stepKey: string;
  /** 1 for the first attempt. */
  attempt: number;
  /** Aborted on timeout, lost lease and shutdown; pass it to every call. */
  signal: AbortSignal;
  log: Logger;
  /**
   * Ends this attempt and runs (or undoes) the step again at `instant`, without holding a worker or counting as a
   * failure. It throws: do not catch it.
   */
  sleepUntil(instant: Date, reason: string): never;
}

/** Results of the steps before, by step id. JSON values. */
export type StepResults = Readonly<Record<string, unknown>>;

/** Thrown by a step when trying again cannot help, e.g. a quota that is used up. */
export class NonRetryableError extends Error {
  override readonly name = 'NonRetryableError';
}

/** One step: an effect outside the database, and how to take it back. Both run at least once. */
export interface WorkflowStep<Input = unknown, Result = unknown> {
  readonly id: string;
  /** @throws NonRetryableError when trying again cannot help; anything else is tried again */
  run(context: StepContext, input: Input, results: StepResults): Promise<Result>;
  /**
   * Takes the effect back. Also called, with result undefined, after a failed `run`, because that may have left a
   * part of its effect; it must be content when there is nothing to undo.
   */
  undo?(context: StepContext, input: Input, result: Result | undefined): Promise<void>;
  /**
   * Asked before a step that was interrupted or failed runs again: did the effect happen after all? Answer its
   * result, else undefined.
   */
  reconcile?(
    context: StepContext,
    input: Input,
    results: StepResults,
  ): Promise<{ result: Result } | undefined>;
  /** Default 3 attempts, 2 s before the second, doubling up to 5 minutes. */
  readonly retry?: { readonly attempts: number; readonly delayMs: number; readonly maxDelayMs?: number };
  /** Of one attempt. Default 10 minutes. */
  readonly timeoutMs?: number;
}

/** Name and input of a workflow; enough to start it. */
export interface WorkflowKind<Input = unknown> {
  /** `module.verb_noun`. */
  readonly name: string;
  /** Stored as it is: must not hold secrets, only ids of them. Secret-looking keys are refused at start. */
  readonly input: z.ZodType<Input>;
}

/** A workflow with its steps, as modules give it to the process. */
export interface WorkflowDefinition<Input = unknown> extends WorkflowKind<Input> {
  readonly steps: readonly WorkflowStep<Input>[];
}

export type RunStatus =
  | 'pending'
  | 'running'
  | 'waiting'
  | 'undoing'
  | 'succeeded'
  /** A step failed and everything before it was undone. */
  | 'failed'
  /** Stopped on request and undone. */
  | 'cancelled'
  /** An undo failed: something is left that a person must look at. */
  | 'needs_attention';

export type StepStatus = 'pending' | 'running' | 'done' | 'failed' | 'undoing' | 'undone' | 'undo_failed';

export interface StartOptions<Input> {
  organizationId: string;
  workspaceId?: string;
  /** Starting twice with the same key in one organization gives the first run. */
  key: string;
  input: Input;
  /** Who asked for it: a user's or key's id. */
  startedBy?: string;
}

export interface RunSummary {
  id: string;
  workflow: string;
  organizationId: string;
  workspaceId: string | null;
  key: string;
  status: RunStatus;
  /** Why it failed or needs attention. */
  message: string | null;
  startedBy: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export interface StepRecord {
  id: string;
  status: StepStatus;
  attempts: number;
  result: unknown;
  error: string | null;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface RunDetail extends RunSummary {
  input: unknown;
  cancelRequested: boolean;
  steps: StepRecord[];
}

/** Journaled workflows with undo, which go on after a kill at any instant. */
export interface Workflows {
  /** Declares workflows; before jobs start. @throws when a name is taken or a step id repeats */
  register(definitions: readonly WorkflowDefinition[]): void;
  /** Writes the run and the job that executes it in the caller's transaction. @returns the run's id */
  start<Input>(tx: AnyTx, workflow: WorkflowKind<Input>, options: StartOptions<Input>): Promise<string>;
  /**
   * `start` for many runs of one organization, with as few statements as one; their pages are told once.
   * @throws when a key is used already
   */
  startAll<Input>(
    tx: AnyTx,
    workflow: WorkflowKind<Input>,
    runs: readonly StartOptions<Input>[],
  ): Promise<void>;
  /** Asks a run to stop; what is done is undone. @returns false when it is over already or not there */
  cancel(tx: AnyTx, runId: string): Promise<boolean>;
  /** Tries the failed undo step of a run that needs attention again. @returns false when it does not */
  retryUndo(tx: AnyTx, runId: string): Promise<boolean>;
  /**
   * Removes every run of an organization that is deleted, finished or not. Executors of open ones lose their lease:
   * the step in the middle is aborted, nothing is undone and nothing written. @returns how many runs there were
   */
  forget(tx: SystemTx<unknown>, organizationId: string): Promise<number>;
  /** Enqueues runs of registered workflows whose executor vanished; a job does it every minute. @returns how many */
  recover(): Promise<number>;
  get(tx: AnyTx, runId: string): Promise<RunDetail | undefined>;
  /** Newest first; `before` is the id of the last run of the page before. */
  list(
    tx: AnyTx,
    filter: { workflow?: string; workspaceId?: string; status?: RunStatus; before?: string; limit: number },
  ): Promise<RunSummary[]>;
}

/** Declares a step. */
export function step<Input, Result>(
  id: string,
  parts: Omit<WorkflowStep<Input, Result>, 'id'>,
): WorkflowStep<Input, Result> {
  return { id, ...parts };
}

/** Declares what is needed to start a workflow; add steps with `defineWorkflow({ ...kind, steps })`. */
export function defineWorkflowKind<Input>(kind: WorkflowKind<Input>): WorkflowKind<Input> {
  return kind;
}

/** Declares a workflow. */
export function defineWorkflow<Input>(definition: WorkflowDefinition<Input>): WorkflowDefinition<Input> {
  return definition;
}
