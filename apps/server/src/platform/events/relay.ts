import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { AnyTx, Database } from '../db/database.ts';
import { messageOf } from '../errors/app-error.ts';
import { maskText } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { DeliveredEvent, Subscriber } from './events.ts';

export interface RelayOptions {
  db: Database<unknown>;
  log: Logger;
  metrics: Metrics;
  subscribers: ReadonlyMap<string, Subscriber>;
  /** Failures after which an event is set aside for its subscriber. */
  maxAttempts: number;
  /** Wait after the first failure in milliseconds; doubles up to 10 minutes. */
  retryMs: number;
  /** A handler that takes longer has failed, in milliseconds. */
  handlerTimeoutMs: number;
}

/** Deliveries of one subscriber in one organization: a line in which nobody overtakes. */
interface Line {
  subscriber: string;
  organization_id: string | null;
}

interface Head {
  id: string;
  name: string;
  version: number;
  occurred_at: Date;
  payload: unknown;
  attempts: number;
  due: boolean;
}

type Outcome = 'delivered' | 'idle';

const sequenceBatch = 500;
const linesPerRound = 100;
const eventsPerTurn = 20;
const parallelLines = 4;

/** Takes events from the outbox to the subscribers. Any number of processes may run one. */
export class Relay {
  readonly #options: RelayOptions;

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  /** Makes this process's subscribers known, so that every relay writes deliveries for them. */
  async announce(): Promise<void> {
    await this.#options.db.inSystem('announce event subscribers', async (tx) => {
      for (const { name, event } of this.#options.subscribers.values()) {
        await sql`insert into platform.event_subscriber (name, event_name, event_version)
          values (${name}, ${event.name}, ${event.version})
          on conflict (name) do update set event_name = excluded.event_name,
            event_version = excluded.event_version, seen_at = now()`.execute(tx);
      }
    });
  }

  /** One round over everything that is due. @returns whether anything was done, so that another round makes sense */
  async round(signal: AbortSignal): Promise<boolean> {
    const sequenced = await this.#sequence();
    const lines = await this.#dueLines();
    let delivered = 0;
    const queue = [...lines];
    const worker = async (): Promise<void> => {
      for (let line = queue.shift(); line !== undefined && !signal.aborted; line = queue.shift()) {
        delivered += await this.#turn(line, signal);
      }
    };
    await Promise.all(Array.from({ length: parallelLines }, worker));
    return sequenced > 0 || delivered > 0;
  }

  /** Forgets old events, parked deliveries after 90 days and subscribers that no release has any more. */
  async sweep(): Promise<void> {
    await this.announce();
    await this.#options.db.inSystem('sweep events', async (tx) => {
      await sql`delete from platform.event_delivery d using platform.event_subscriber s
        where s.name = d.subscriber and s.seen_at < now() - interval '7 days'`.execute(tx);
      await sql`delete from platform.event_subscriber where seen_at < now() - interval '7 days'`.execute(tx);
      await sql`delete from platform.event_delivery
        where status = 'parked' and next_attempt_at < now() - interval '90 days'`.execute(tx);
      await sql`delete from platform.event e where e.sequence is not null and e.occurred_at < now() - interval '7 days'
        and not exists (select 1 from platform.event_delivery d where d.event_id = e.id)`.execute(tx);
      const { rows } = await sql<{ count: number }>`
        select ((select count(*) from platform.event_delivery where status = 'pending')
          + (select count(*) from platform.event where sequence is null))::int as count`.execute(tx);
      this.#options.metrics.outboxPending.set(rows[0]?.count ?? 0);
    });
  }

  async #sequence(): Promise<number> {
    return this.#options.db.inSystem('sequence events', async (tx) => {
      // One at a time, else two relays could give places in an order that differs from the order of commits.
      const lock = await sql<{ got: boolean }>`
        select pg_try_advisory_xact_lock(hashtextextended('platform.event sequence', 0)) as got`.execute(tx);
      if (lock.rows[0]?.got !== true) return 0;
      const { rows } = await sql<{ count: number }>`
        with batch as (
          select id, nextval('platform.event_sequence') as place
          from (select id from platform.event where sequence is null order by ordinal limit ${sequenceBatch}) as unplaced
        ), placed as (
          update platform.event e set sequence = batch.place from batch where e.id = batch.id
          returning e.id, e.organization_id, e.name, e.version, e.sequence
        ), written as (
          insert into platform.event_delivery (subscriber, event_id, organization_id, sequence)
          select s.name, placed.id, placed.organization_id, placed.sequence from placed
          join platform.event_subscriber s on s.event_name = placed.name and s.event_version = placed.version
        )
        select count(*)::int as count from batch`.execute(tx);
      const count = rows[0]?.count ?? 0;
      if (count > 0) await sql`select pg_notify('atlas_event', '')`.execute(tx);
      return count;
    });
  }

  async #dueLines(): Promise<Line[]> {
    const names = [...this.#options.subscribers.keys()];
    return this.#options.db.inSystem('find due events', async (tx) => {
      const { rows } = await sql<Line>`
        select subscriber, organization_id from (
          select distinct on (subscriber, organization_id) subscriber, organization_id, next_attempt_at, sequence
          from platform.event_delivery where status = 'pending' and subscriber = any(${names}::text[])
          order by subscriber, organization_id, sequence
        ) as heads where next_attempt_at <= now() order by sequence limit ${linesPerRound}`.execute(tx);
      return rows;
    });
  }

  /** Some events of one line; the limit keeps a busy organization from holding up the others. */
  async #turn(line: Line, signal: AbortSignal): Promise<number> {
    for (let count = 0; count < eventsPerTurn; count += 1) {
      if (signal.aborted || (await this.#deliverHead(line)) === 'idle') return count;
    }
    return eventsPerTurn;
  }

  async #deliverHead(line: Line): Promise<Outcome> {
    const subscriber = this.#options.subscribers.get(line.subscriber);
    if (subscriber === undefined) return 'idle';
    let head: Head | undefined;
    try {
      return await this.#inScope(line.organization_id, async (tx) => {
        // Whoever has the lock has the line; it ends with the transaction, also when the process is killed.
        const key = `platform.event line ${line.subscriber} ${line.organization_id ?? ''}`;
        const lock = await sql<{ got: boolean }>`
          select pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) as got`.execute(tx);
        if (lock.rows[0]?.got !== true) return 'idle';
        const { rows } = await sql<Head>`
          select e.id, e.name, e.version, e.occurred_at, e.payload, d.attempts, d.next_attempt_at <= now() as due
          from platform.event_delivery d join platform.event e on e.id = d.event_id
          where d.subscriber = ${line.subscriber} and d.status = 'pending'
            and d.organization_id is not distinct from ${line.organization_id}::uuid
          order by d.sequence limit 1`.execute(tx);
        head = rows[0];
        if (head === undefined || !head.due) return 'idle';
        await this.#handle(subscriber, line, head, tx);
        await sql`delete from platform.event_delivery
          where subscriber = ${line.subscriber} and event_id = ${head.id}::uuid`.execute(tx);
        return 'delivered';
      });
    } catch (error) {
      if (head === undefined) throw error;
      await this.#recordFailure(line, head, error);
      return 'idle';
    }
  }

  async #handle(subscriber: Subscriber, line: Line, head: Head, tx: AnyTx): Promise<void> {
    const event: DeliveredEvent = {
      id: head.id,
      name: head.name,
      version: head.version,
      organizationId: line.organization_id,
      occurredAt: head.occurred_at,
      payload: subscriber.event.schema.parse(head.payload),
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const ms = this.#options.handlerTimeoutMs;
      timer = setTimeout(() => reject(new Error(`The handler took longer than ${ms} ms.`)), ms);
    });
    try {
      await Promise.race([subscriber.handler(event, tx), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #inScope<R>(organizationId: string | null, work: (tx: AnyTx) => Promise<R>): Promise<R> {
    const { db } = this.#options;
    if (organizationId === null)
      return db.inSystem('deliver an event without an organization', (tx) => work(tx));
    return db.inTenant({ organizationId }, (tx) => work(tx));
  }

  async #recordFailure(line: Line, head: Head, error: unknown): Promise<void> {
    const { db, log, maxAttempts, retryMs } = this.#options;
    const attempts = head.attempts + 1;
    const parked = attempts >= maxAttempts;
    const delayMs = Math.min(600_000, retryMs * 2 ** Math.min(20, head.attempts));
    await db.inSystem('record a failed event delivery', (tx) =>
      sql`update platform.event_delivery set attempts = ${attempts}, status = ${parked ? 'parked' : 'pending'},
          next_attempt_at = now() + ${delayMs}::double precision * interval '1 millisecond',
          error = ${maskText(messageOf(error)).slice(0, 2000)}
        where subscriber = ${line.subscriber} and event_id = ${head.id}::uuid
          and status = 'pending' and attempts = ${head.attempts}`.execute(tx),
    );
    const about = { err: error, subscriber: line.subscriber, event: head.name, eventId: head.id, attempts };
    if (parked) log.error(about, 'event parked: the subscriber goes on without it');
    else log.warn(about, 'event delivery failed, will be retried');
  }
}
