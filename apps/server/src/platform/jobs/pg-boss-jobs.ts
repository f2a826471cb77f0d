import { sql } from 'kysely';
import { PgBoss, type Job, type QueueResult } from 'pg-boss';
import type { Logger } from 'pino';
import { Gauge } from 'prom-client';
import type { AnyTx, Database } from '../db/database.ts';
import { messageOf } from '../errors/app-error.ts';
import { newId } from '../ids/ids.ts';
import { maskText, redact } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { DeadJob, EnqueueOptions, JobDefinition, JobKind, Jobs } from './jobs.ts';
import { jobSchema } from './migrate-jobs.ts';

/** Jobs that used up their retries are copied here and stay for 90 days. */
const deadQueue = 'platform.dead';
const daySeconds = 86_400;
const queueName = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const maxPayloadBytes = 256 * 1024;

export interface JobsOptions {
  /** Connection of the application role; sessions of the queue become `atlas_system`. */
  appUrl: string;
  db: Database<unknown>;
  log: Logger;
  metrics: Metrics;
  /** Seconds between looks at an idle queue; jobs that are due now wake a worker at once. Default 5, at least 0.5. */
  pollSeconds?: number;
  /** A worker that shows no life for so long loses its jobs to others. Default 20, at least 10. */
  heartbeatSeconds?: number;
  /** Seconds between searches for such workers. Default 5. */
  superviseSeconds?: number;
}

/** Jobs over pg-boss, whose schema `migrateJobs` made. */
export function createJobs(options: JobsOptions): Jobs {
  return new PgBossJobs(options);
}

/** A payload as the queue stores it. @throws when it is not valid or too large */
function toSend<Payload>(job: JobKind<Payload>, payload: Payload, singletonKey?: string) {
  const valid = job.schema.parse(payload);
  const data = JSON.stringify(valid);
  if (data.length > maxPayloadBytes) throw new Error(`The payload of job ${job.name} is too large.`);
  const id = newId();
  // A job without a key gets a key of its own, because the queue's uniqueness covers all waiting jobs.
  return { id, data, key: singletonKey ?? job.singletonKey?.(valid) ?? id };
}

interface QueueSettings {
  retryLimit: number;
  retryDelay: number;
  retryBackoff: boolean;
  /** Only with backoff, else null. */
  retryDelayMax: number | null;
  expireInSeconds: number;
  retentionSeconds: number;
  deleteAfterSeconds: number;
  heartbeatSeconds: number;
  deadLetter: string;
  notify: boolean;
}

class PgBossJobs implements Jobs {
  readonly #options: JobsOptions;
  readonly #definitions = new Map<string, JobDefinition>();
  readonly #draining = new AbortController();
  #boss: PgBoss | undefined;

  constructor(options: JobsOptions) {
    this.#options = options;
    addGauge(options);
  }

  register(definitions: readonly JobDefinition[]): void {
    if (this.#boss !== undefined) throw new Error('Jobs are registered before start.');
    for (const definition of definitions) {
      if (!queueName.test(definition.name)) throw new Error(`Job name ${definition.name} is not acceptable.`);
      if (this.#definitions.has(definition.name) || definition.name === deadQueue) {
        throw new Error(`Job name ${definition.name} is taken.`);
      }
      this.#definitions.set(definition.name, definition);
    }
  }

  async enqueue<Payload>(
    tx: AnyTx,
    job: JobKind<Payload>,
    payload: Payload,
    options: EnqueueOptions = {},
  ): Promise<string | null> {
    const { id, data, key } = toSend(job, payload, options.singletonKey);
    const { rows } = await sql<{ id: string | null }>`
      select platform.enqueue_job(${job.name}, ${id}::uuid, ${data}::jsonb, ${key},
        ${options.runAt ?? null}::timestamptz, ${options.priority ?? 0}::integer) as id`.execute(tx);
    return rows[0]?.id ?? null;
  }

  async enqueueAll<Payload>(tx: AnyTx, job: JobKind<Payload>, payloads: readonly Payload[]): Promise<void> {
    if (payloads.length === 0) return;
    const ready = payloads.map((payload) => toSend(job, payload));
    await sql`
      select platform.enqueue_job(${job.name}, id, data::jsonb, key, null, 0)
      from unnest(
        ${ready.map(({ id }) => id)}::uuid[], ${ready.map(({ data }) => data)}::text[],
        ${ready.map(({ key }) => key)}::text[]
      ) as job (id, data, key)`.execute(tx);
  }

  async start({ work }: { work: boolean }): Promise<void> {
    if (this.#boss !== undefined) throw new Error('Jobs were started already.');
    const { appUrl, log, superviseSeconds = 5 } = this.#options;
    const boss = new PgBoss({
      connectionString: appUrl,
      // The login role is a tenant role: whatever it may do, a tenant transaction may. So the queue is open to the
      // system role only, and the queue's own connections take that role when they begin.
      options: '-c role=atlas_system -c statement_timeout=60000',
      application_name: 'cloudatlas jobs',
      schema: jobSchema,
      max: 5,
      migrate: false,
      createSchema: false,
      // Needs the table's owner.
      reindex: false,
      monitorVacuum: false,
      supervise: work,
      schedule: work,
      useListenNotify: work,
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
      cronMonitorIntervalSeconds: 15,
      cronWorkerIntervalSeconds: 2,
      maintenanceIntervalSeconds: 600,
    });
    boss.on('error', (error) => log.error({ err: error }, 'job queue error'));
    boss.on('warning', (warning) => log.warn({ warning }, 'job queue warning'));
    this.#boss = boss;
    await boss.start();
    await this.#prepareQueues(boss);
    if (!work) {
      await boss.stop({ graceful: false });
      return;
    }
    await this.#prepareCron(boss);
    for (const definition of this.#definitions.values()) await this.#work(boss, definition);
  }

  async stop({ drainMs }: { drainMs: number }): Promise<void> {
    const boss = this.#boss;
    if (boss === undefined) return;
    this.#draining.abort(new Error('The process stops.'));
    await boss.stop({ graceful: drainMs > 0, timeout: drainMs });
  }

  async deadJobs(limit: number): Promise<DeadJob[]> {
    return this.#options.db.inSystem('list dead jobs', async (tx) => {
      const { rows } = await sql<{
        id: string;
        name: string;
        data: unknown;
        output: unknown;
        created_on: Date;
      }>`
        select id, source_name as name, data, source_output as output, created_on from pgboss.job
        where name = ${deadQueue} order by created_on desc limit ${limit}`.execute(tx);
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        payload: redact(row.data),
        error: outputMessage(row.output),
        failedAt: row.created_on,
      }));
    });
  }

  async #prepareQueues(boss: PgBoss): Promise<void> {
    const existing = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
    if (!existing.has(deadQueue)) {
      await boss.createQueue(deadQueue, {
        policy: 'standard',
        retentionSeconds: 90 * daySeconds,
        retryLimit: 0,
      });
    }
    for (const definition of this.#definitions.values()) {
      const settings = queueSettings(definition, this.#options.heartbeatSeconds ?? 20);
      const queue = existing.get(definition.name);
      if (queue === undefined) {
        const { retryDelayMax, ...others } = settings;
        const options = { policy: 'short', ...others, ...(retryDelayMax === null ? {} : { retryDelayMax }) };
        await boss.createQueue(definition.name, options);
      } else if (differs(queue, settings)) await boss.updateQueue(definition.name, settings);
    }
  }

  async #prepareCron(boss: PgBoss): Promise<void> {
    const scheduled = new Set((await boss.getSchedules()).map((schedule) => schedule.name));
    for (const { name, cron, schema } of this.#definitions.values()) {
      // Schedules of jobs this release does not know are left alone: a newer release may have made them.
      if (cron !== undefined)
        await boss.schedule(name, cron.expression, schema.parse(cron.payload) as object, { tz: 'UTC' });
      else if (scheduled.has(name)) await boss.unschedule(name);
    }
  }

  /** One pg-boss worker per job that may run at once: each has an id of its own, by which it can be woken. */
  async #work(boss: PgBoss, definition: JobDefinition): Promise<void> {
    const workers = Array.from({ length: definition.concurrency ?? 1 }, () =>
      this.#startWorker(boss, definition),
    );
    await Promise.all(workers);
  }

  async #startWorker(boss: PgBoss, definition: JobDefinition): Promise<void> {
    const pollSeconds = this.#options.pollSeconds ?? 5;
    const options = {
      batchSize: 1,
      pollingIntervalSeconds: Math.min(2, pollSeconds),
      notifyPollingIntervalSeconds: pollSeconds,
    };
    let worker: string | undefined;
    worker = await boss.work<unknown>(definition.name, options, async (jobs) => {
      try {
        for (const job of jobs) await this.#run(definition, job);
      } finally {
        // Where one job was there may be more: look again at once instead of after the poll interval.
        if (worker !== undefined) boss.notifyWorker(worker);
      }
    });
  }

  async #run(definition: JobDefinition, job: Job<unknown>): Promise<void> {
    const attempt = job.retryCount + 1;
    const log = this.#options.log.child({ job: definition.name, jobId: job.id, attempt });
    const end = this.#options.metrics.jobDuration.startTimer({ queue: definition.name });
    try {
      const payload = definition.schema.parse(job.data);
      await definition.handler(payload, {
        signal: job.signal,
        draining: this.#draining.signal,
        log,
        jobId: job.id,
        attempt,
      });
      end({ outcome: 'done' });
    } catch (error) {
      end({ outcome: 'failed' });
      const last = attempt > (definition.retryLimit ?? defaults.retryLimit);
      log[last ? 'error' : 'warn'](
        { err: error },
        last ? 'job failed for good' : 'job failed, will be retried',
      );
      // The queue stores what is thrown: the text without secrets, and not the object with all its properties.
      // oxlint-disable-next-line preserve-caught-error -- the cause would be stored with its properties; it is logged above
      throw new Error(maskText(messageOf(error)).slice(0, 2000));
    }
  }
}

const defaults = { retryLimit: 3, retryDelay: 5, retryBackoff: true, expireInSeconds: 900 };

function queueSettings(kind: JobKind, heartbeatSeconds: number): QueueSettings {
  const retryBackoff = kind.retryBackoff ?? defaults.retryBackoff;
  return {
    retryLimit: kind.retryLimit ?? defaults.retryLimit,
    retryDelay: kind.retryDelay ?? defaults.retryDelay,
    retryBackoff,
    retryDelayMax: retryBackoff ? 3600 : null,
    expireInSeconds: kind.expireInSeconds ?? defaults.expireInSeconds,
    retentionSeconds: 30 * daySeconds,
    deleteAfterSeconds: 3 * daySeconds,
    heartbeatSeconds,
    deadLetter: deadQueue,
    notify: true,
  };
}

function differs(queue: QueueResult, settings: QueueSettings): boolean {
  return (Object.keys(settings) as (keyof QueueSettings)[]).some((key) => queue[key] !== settings[key]);
}

function outputMessage(output: unknown): string {
  if (typeof output === 'object' && output !== null) {
    const { message, value } = output as { message?: unknown; value?: unknown };
    if (typeof message === 'string') return message;
    if (typeof value === 'string') return value;
  }
  return typeof output === 'string' ? output : 'unknown';
}

async function queueCounts(
  db: Database<unknown>,
): Promise<{ name: string; queued: number; active: number }[]> {
  return db.inSystem('count jobs', async (tx) => {
    const { rows } = await sql<{ name: string; queued: number; active: number }>`
      select name, queued_count as queued, active_count as active from pgboss.queue
      where name not like '\\_\\_pgboss%'`.execute(tx);
    return rows;
  });
}

/** Queue lengths for /metrics, read when they are asked for. */
function addGauge({ db, metrics, log }: JobsOptions): void {
  const gauge = new Gauge({
    name: 'atlas_jobs',
    help: 'Jobs by queue and state, as counted within the last minute.',
    labelNames: ['queue', 'state'],
    async collect() {
      try {
        this.reset();
        for (const row of await queueCounts(db)) {
          this.set({ queue: row.name, state: 'waiting' }, row.queued);
          this.set({ queue: row.name, state: 'running' }, row.active);
        }
      } catch (error) {
        // A scrape must not fail because the database is away: the absence of the series says it.
        log.warn({ err: error }, 'job counts could not be read');
      }
    },
    registers: [],
  });
  metrics.registry.registerMetric(gauge);
}
