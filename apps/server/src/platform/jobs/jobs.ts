import type { Logger } from 'pino';
import type { z } from 'zod';
import type { AnyTx } from '../db/database.ts';

/** What a handler gets besides its payload. */
export interface JobContext {
  /** Aborted when the job runs past `expireInSeconds` or the process stops without patience. */
  signal: AbortSignal;
  /** Aborted when the process begins to stop: a long job that can hand over the rest of its work does so now. */
  draining: AbortSignal;
  log: Logger;
  jobId: string;
  /** 1 for the first run. */
  attempt: number;
}

/** Name, payload and policy of a job; enough to enqueue it. */
export interface JobKind<Payload = unknown> {
  /** Queue name, e.g. `costs.import`; letters, digits, `.`, `-`, `_`. */
  readonly name: string;
  readonly schema: z.ZodType<Payload>;
  /** Retries after the first failure. Default 3. */
  readonly retryLimit?: number;
  /** Seconds before the first retry. Default 5. */
  readonly retryDelay?: number;
  /** Doubles the delay with jitter on each retry, up to an hour. Default true. */
  readonly retryBackoff?: boolean;
  /** Longest time one run may take, in seconds. Default 900. */
  readonly expireInSeconds?: number;
  /** Runs at once per process. Default 1. */
  readonly concurrency?: number;
  /** At most one waiting job per key; a second one is dropped. A running one does not count. */
  singletonKey?(payload: Payload): string;
}

/** A job with its handler, as modules give it to the process. At least once: handlers must be idempotent. */
export interface JobDefinition<Payload = unknown> extends JobKind<Payload> {
  /** Cron expression in UTC with 5 fields; each tick enqueues `payload` once over all processes. */
  readonly cron?: { readonly expression: string; readonly payload: Payload };
  handler(payload: Payload, context: JobContext): Promise<void>;
}

export interface EnqueueOptions {
  /** Not before this instant. */
  runAt?: Date;
  /** Overrides the kind's own `singletonKey`. */
  singletonKey?: string;
  /** Higher first; default 0. */
  priority?: number;
}

/** A job that used up its retries. */
export interface DeadJob {
  id: string;
  name: string;
  payload: unknown;
  error: string;
  failedAt: Date;
}

/** Background jobs in PostgreSQL. */
export interface Jobs {
  /** Declares jobs; before `start`. @throws when a name is taken */
  register(definitions: readonly JobDefinition[]): void;
  /**
   * Enqueues inside the caller's transaction: no commit, no job.
   * @returns the job's id, or null when a waiting job with the same singleton key makes it needless
   */
  enqueue<Payload>(
    tx: AnyTx,
    job: JobKind<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<string | null>;
  /** `enqueue` for many payloads, now, in one statement; those that a waiting job makes needless are left out. */
  enqueueAll<Payload>(tx: AnyTx, job: JobKind<Payload>, payloads: readonly Payload[]): Promise<void>;
  /** Starts sending and, with `work`, working on every registered job and ticking cron. */
  start(options: { work: boolean }): Promise<void>;
  /** Stops fetching, waits up to `drainMs` for running jobs, aborts the rest (they are retried). */
  stop(options: { drainMs: number }): Promise<void>;
  /** Jobs that used up their retries, newest first. */
  deadJobs(limit: number): Promise<DeadJob[]>;
}

/** Declares what is needed to enqueue a job; add a handler with `defineJob({ ...kind, handler })`. */
export function defineJobKind<Payload>(kind: JobKind<Payload>): JobKind<Payload> {
  return kind;
}

/** Declares a job. */
export function defineJob<Payload>(definition: JobDefinition<Payload>): JobDefinition<Payload> {
  return definition;
}
