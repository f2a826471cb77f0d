import { afterAll, afterEach, beforeAll } from 'vitest';
import { z } from 'zod';
import type { PostgresDatabase } from '../../db/database.ts';
import { newId } from '../../ids/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/postgres.ts';
import { step, type RunDetail, type WorkflowDefinition, type WorkflowStep } from '../workflow.ts';
import { makeWorker, type TestWorker } from './fixture.ts';

// What the tests of workflows share: one database per file, workers that end with their test, and steps that take notes.

export const organizationId = newId();
export const input = z.strictObject({ region: z.string() });
export type Input = z.infer<typeof input>;
const quick = { attempts: 3, delayMs: 0 };

export let database: TestDatabase;
export let reader: TestWorker;
export let db: PostgresDatabase;
export const workers: TestWorker[] = [];

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

export async function startWorker(definitions: WorkflowDefinition[], leaseMs = 1000): Promise<TestWorker> {
  const worker = makeWorker({ appUrl: database.appUrl, leaseMs });
  worker.workflows.register(definitions);
  workers.push(worker);
  await worker.jobs.start({ work: true });
  return worker;
}

export function startRun(
  worker: TestWorker,
  workflow: WorkflowDefinition<Input>,
  key = newId(),
  values: Input = { region: 'here' },
): Promise<string> {
  return db.inTenant({ organizationId }, (tx) =>
    worker.workflows.start(tx, workflow, { organizationId, key, input: values, startedBy: 'user-1' }),
  );
}

export const read = (runId: string): Promise<RunDetail | undefined> =>
  db.inTenant({ organizationId }, (tx) => reader.workflows.get(tx, runId));

export async function runUntil(
  runId: string,
  condition: (run: RunDetail) => boolean,
  withinMs = 90_000,
): Promise<RunDetail> {
  const end = Date.now() + withinMs;
  for (;;) {
    const run = await read(runId);
    if (run !== undefined && condition(run)) return run;
    if (Date.now() > end) throw new Error(`The run did not get there: ${JSON.stringify(run)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const ended = (runId: string): Promise<RunDetail> => runUntil(runId, (run) => run.finishedAt !== null);

/** A step that notes what happens to it. */
export function noting(
  calls: string[],
  id: string,
  parts: Partial<WorkflowStep<Input>> = {},
): WorkflowStep<Input> {
  return step<Input, unknown>(id, {
    retry: quick,
    async run() {
      calls.push(`run ${id}`);
      return id.toUpperCase();
    },
    async undo(_context, _input, result) {
      calls.push(`undo ${id} ${typeof result === 'string' ? result : 'unknown'}`);
    },
    ...parts,
  });
}

export const failing = (calls: string[], id: string, error: () => Error): WorkflowStep<Input> =>
  noting(calls, id, {
    async run() {
      calls.push(`run ${id}`);
      throw error();
    },
  });
