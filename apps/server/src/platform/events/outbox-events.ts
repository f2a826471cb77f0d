import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../clock/clock.ts';
import type { AnyTx, Database } from '../db/database.ts';
import { newId } from '../ids/ids.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { EventDefinition, Events, LiveEvents, LiveMessage, Subscriber } from './events.ts';
import { Notifications } from './notifications.ts';
import { Relay } from './relay.ts';

export interface EventsOptions {
  /** Connection of the application role, for listening. */
  appUrl: string;
  db: Database<unknown>;
  log: Logger;
  metrics: Metrics;
  clock: Clock;
  /** Milliseconds between looks at an idle outbox; new events wake the relay at once. Default 5000. */
  pollMs?: number;
  /** Failures after which an event is parked for its subscriber. Default 12: about two hours with the waits between. */
  maxAttempts?: number;
  /** Wait after the first failure in milliseconds; doubles each time up to 10 minutes. Default 5000. */
  retryMs?: number;
  /** Default 45 000 ms: below the database's own limit for an idle transaction. */
  handlerTimeoutMs?: number;
}

const eventChannel = 'atlas_event';
const liveChannel = 'atlas_live';
/** PostgreSQL refuses notifications of 8000 bytes and more. */
const maxLiveBytes = 7000;
const sweepMs = 600_000;
const eventName = /^[a-z0-9_]+\.[a-z0-9_]+$/;

/** The outbox over the tables platform.event*, and live fan-out over LISTEN/NOTIFY. */
export function createEvents(options: EventsOptions): Events {
  return new PostgresEvents(options);
}

class PostgresEvents implements Events {
  readonly live: LiveEvents;
  readonly #options: EventsOptions;
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #listeners = new Map<string, Set<(message: LiveMessage) => void>>();
  readonly #stopping = new AbortController();
  #notifications: Notifications | undefined;
  #loop: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #awake = false;

  constructor(options: EventsOptions) {
    this.#options = options;
    this.live = {
      publish: (tx, message) => publishLive(tx, message),
      subscribe: (organizationId, listener) => this.#listen(organizationId, listener),
    };
  }

  register(subscribers: readonly Subscriber[]): void {
    if (this.#notifications !== undefined) throw new Error('Subscribers are registered before start.');
    for (const subscriber of subscribers) {
      if (this.#subscribers.has(subscriber.name))
        throw new Error(`Subscriber name ${subscriber.name} is taken.`);
      this.#subscribers.set(subscriber.name, subscriber);
    }
  }

  async publish<Payload extends object>(
    tx: AnyTx,
    event: EventDefinition<Payload>,
    data: Payload & { organizationId: string | null },
  ): Promise<string> {
    if (!eventName.test(event.name)) throw new Error(`Event name ${event.name} is not acceptable.`);
    const { organizationId, ...payload } = data;
    const valid = event.schema.parse(payload);
    const id = newId();
    await sql`insert into platform.event (id, organization_id, name, version, payload, occurred_at)
      values (${id}::uuid, ${organizationId}::uuid, ${event.name}, ${event.version}, ${JSON.stringify(valid)}::jsonb,
        ${this.#options.clock.now()})`.execute(tx);
    await sql`select pg_notify(${eventChannel}, '')`.execute(tx);
    return id;
  }

  async start({ relay }: { relay: boolean }): Promise<void> {
    if (this.#notifications !== undefined) throw new Error('Events were started already.');
    const { appUrl, log } = this.#options;
    this.#notifications = new Notifications({
      url: appUrl,
      log,
      channels: relay ? [eventChannel, liveChannel] : [liveChannel],
      onNotification: (channel, payload) => {
        if (channel === eventChannel) this.#wakeUp();
        else this.#fanOut(payload);
      },
      onConnect: () => this.#wakeUp(),
    });
    await this.#notifications.start();
    if (relay) this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp();
    await this.#loop;
    await this.#notifications?.stop();
  }

  async #run(): Promise<void> {
    const {
      db,
      log,
      metrics,
      pollMs = 5000,
      maxAttempts = 12,
      retryMs = 5000,
      handlerTimeoutMs = 45_000,
    } = this.#options;
    const subscribers = this.#subscribers;
    const relay = new Relay({ db, log, metrics, subscribers, maxAttempts, retryMs, handlerTimeoutMs });
    const { signal } = this.#stopping;
    let sweptAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      this.#awake = false;
      try {
        if (Date.now() - sweptAt > sweepMs) {
          await relay.sweep();
          sweptAt = Date.now();
        }
        if (await relay.round(signal)) continue;
      } catch (error) {
        log.error({ err: error }, 'event relay failed, goes on');
      }
      await this.#rest(pollMs);
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    if (this.#awake || this.#stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }

  #wakeUp(): void {
    this.#awake = true;
    this.#wake?.();
  }

  #listen(organizationId: string, listener: (message: LiveMessage) => void): () => void {
    const listeners = this.#listeners.get(organizationId) ?? new Set();
    this.#listeners.set(organizationId, listeners);
    // A wrapper of its own per subscription, so that the same function may subscribe twice.
    const entry = (message: LiveMessage): void => listener(message);
    listeners.add(entry);
    return () => {
      listeners.delete(entry);
      if (listeners.size === 0 && this.#listeners.get(organizationId) === listeners)
        this.#listeners.delete(organizationId);
    };
  }

  #fanOut(text: string): void {
    let message: LiveMessage;
    try {
      message = JSON.parse(text) as LiveMessage;
    } catch (error) {
      this.#options.log.warn({ err: error }, 'unreadable live message');
      return;
    }
    for (const listener of this.#listeners.get(message.organizationId) ?? []) {
      try {
        listener(message);
      } catch (error) {
        this.#options.log.warn({ err: error, topic: message.topic }, 'live listener failed');
      }
    }
  }
}

async function publishLive(tx: AnyTx, { organizationId, topic, data }: LiveMessage): Promise<void> {
  const text = JSON.stringify({ organizationId: organizationId.toLowerCase(), topic, data });
  if (Buffer.byteLength(text) > maxLiveBytes)
    throw new Error(`A live message ${topic} is too large: send ids, not things.`);
  await sql`select pg_notify(${liveChannel}, ${text})`.execute(tx);
}
