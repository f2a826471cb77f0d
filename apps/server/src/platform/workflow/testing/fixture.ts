import pg from 'pg';
import { pino, type Logger } from 'pino';
import { z } from 'zod';
import { systemClock } from '../../clock/clock.ts';
import { PostgresDatabase, type Database, type SystemTx } from '../../db/database.ts';
import { createEvents } from '../../events/outbox-events.ts';
import type { Events } from '../../events/events.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { createJobs } from '../../jobs/pg-boss-jobs.ts';
import { createMetrics } from '../../metrics/metrics.ts';
import { createWorkflows } from '../journaled-workflows.ts';
import {
  defineWorkflow,
  defineWorkflowKind,
  NonRetryableError,
  step,
  type StepContext,
  type Workflows,
} from '../workflow.ts';

/** What a worker process consists of, for tests. */
export interface TestWorker {
  db: PostgresDatabase;
  jobs: Jobs;
  events: Events;
  workflows: Workflows;
  close(): Promise<void>;
}

export interface TestWorkerOptions {
  appUrl: string;
  leaseMs?: number;
  log?: Logger;
  /** Wraps the database that workflows write their journal through. */
  wrap?: (db: Database<unknown>) => Database<unknown>;
}

export function makeWorker({
  appUrl,
  leaseMs = 1000,
  wrap = (db) => db,
  log = pino({ level: 'silent' }),
}: TestWorkerOptions): TestWorker {
  const metrics = createMetrics({ collectDefaults: false });
  const db = new PostgresDatabase({ url: appUrl, poolSize: 8, log });
  const jobs = createJobs({ appUrl, db, log, metrics, pollSeconds: 0.5, superviseSeconds: 1 });
  const events = createEvents({ appUrl, db, log, metrics, clock: systemClock });
  const workflows = createWorkflows({ db: wrap(db), jobs, events, log, clock: systemClock, leaseMs });
  return {
    db,
    jobs,
    events,
    workflows,
    async close() {
      await jobs.stop({ drainMs: 5000 });
      await db.close();
    },
  };
}

/** Calls `hook` around the transactions in which executors write the journal; renewals are left out. */
export function watchJournal(
  hook: (moment: 'inside' | 'after', count: number) => Promise<void>,
): (db: Database<unknown>) => Database<unknown> {
  return (db) => {
    let count = 0;
    const watched: Database<unknown> = {
      inTenant: (scope, work) => db.inTenant(scope, work),
      systemRead: (reason, read) => db.systemRead(reason, read),
      withTables: () => {
        throw new Error('not used');
      },
      async inSystem<R>(reason: string, work: (tx: SystemTx<unknown>) => Promise<R>): Promise<R> {
        if (!/^(take|write)/.test(reason)) return db.inSystem(reason, work);
        const mine = ++count;
        const result = await db.inSystem(reason, async (tx) => {
          const value = await work(tx);
          await hook('inside', mine);
          return value;
        });
        await hook('after', mine);
        return result;
      },
    };
    return watched;
  };
}

/** A provider outside of the journal: it keeps one thing per idempotency key, as cloud APIs do. */
export class TestProvider {
  readonly #pool: pg.Pool;

  constructor(appUrl: string) {
    this.#pool = new pg.Pool({ connectionString: appUrl, max: 2 });
  }

  static readonly schema = `create table provider_thing (key uuid primary key, name text not null);
    create table provider_call (at bigint generated always as identity, call text not null);
    grant select, insert, delete on provider_thing, provider_call to public`;

  async create(key: string, name: string): Promise<{ key: string }> {
    await this.#pool.query('insert into provider_call (call) values ($1)', [`create ${name}`]);
    await this.#pool.query('insert into provider_thing (key, name) values ($1, $2) on conflict do nothing', [
      key,
      name,
    ]);
    return { key };
  }

  async delete(key: string, name: string): Promise<void> {
    await this.#pool.query('insert into provider_call (call) values ($1)', [`delete ${name}`]);
    await this.#pool.query('delete from provider_thing where key = $1', [key]);
  }

  async things(): Promise<{ key: string; name: string }[]> {
    return (
      await this.#pool.query<{ key: string; name: string }>(
        'select key, name from provider_thing order by name',
      )
    ).rows;
  }

  async calls(): Promise<string[]> {
    return (await this.#pool.query<{ call: string }>('select call from provider_call order by at')).rows.map(
      (row) => row.call,
    );
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

export const provisionKind = defineWorkflowKind({
  name: 'test.provision',
  input: z.strictObject({ failAt: z.string().optional() }),
});

type Moment = 'run-before' | 'run-after' | 'undo-before' | 'undo-after';

/**
 * Three steps that each make a thing, `a`, `b` and `c`; the one that `failAt` names makes its thing and then fails.
 * @param hook called before and after each effect
 */
export function provision(
  provider: TestProvider,
  hook: (moment: Moment, context: StepContext) => Promise<void> = async () => undefined,
) {
  const makeStep = (name: string) =>
    step<z.infer<typeof provisionKind.input>, { key: string }>(name, {
      retry: { attempts: 2, delayMs: 0 },
      async run(context, input) {
        await hook('run-before', context);
        const made = await provider.create(context.stepKey, name);
        await hook('run-after', context);
        if (input.failAt === name) throw new NonRetryableError('quota is used up');
        return made;
      },
      async undo(context, _input, result) {
        await hook('undo-before', context);
        await provider.delete(result?.key ?? context.stepKey, name);
        await hook('undo-after', context);
      },
    });
  return defineWorkflow({ ...provisionKind, steps: ['a', 'b', 'c'].map(makeStep) });
}
