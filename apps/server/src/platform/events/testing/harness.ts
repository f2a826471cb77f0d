import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../clock/clock.ts';
import { PostgresDatabase } from '../../db/database.ts';
import { createMetrics } from '../../metrics/metrics.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/postgres.ts';
import {
  defineEvent,
  defineSubscriber,
  type DeliveredEvent,
  type Events,
  type Subscriber,
} from '../events.ts';
import { createEvents, type EventsOptions } from '../outbox-events.ts';

// What the tests of events share: one database per file, and relays that end with their test.

export const log = pino({ level: 'silent' });
export const happened = defineEvent({
  name: 'test.thing_happened',
  version: 1,
  schema: z.strictObject({ count: z.number() }),
});
export type Payload = z.infer<typeof happened.schema>;

export let database: TestDatabase;
export let db: PostgresDatabase;
const started: Events[] = [];
export let publisher: Events;

beforeAll(async () => {
  database = await createTestDatabase();
  db = new PostgresDatabase({ url: database.appUrl, poolSize: 20, log });
  publisher = make();
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((events) => events.stop()));
  // Each test has its own subscribers.
  await db.inSystem('test', (tx) => sql`delete from platform.event_subscriber`.execute(tx));
  await db.inSystem('test', (tx) => sql`delete from platform.event`.execute(tx));
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

function make(options: Partial<EventsOptions> = {}): Events {
  const metrics = createMetrics({ collectDefaults: false });
  return createEvents({
    appUrl: database.appUrl,
    db,
    log,
    metrics,
    clock: systemClock,
    pollMs: 200,
    retryMs: 20,
    ...options,
  });
}

export async function startEvents(
  subscribers: Subscriber[],
  options: Partial<EventsOptions> & { relay?: boolean } = {},
): Promise<Events> {
  const { relay = true, ...rest } = options;
  const events = make(rest);
  events.register(subscribers);
  started.push(events);
  await events.start({ relay });
  if (relay) await until(async () => (await subscriberCount(subscribers)) === subscribers.length);
  return events;
}

async function subscriberCount(subscribers: Subscriber[]): Promise<number> {
  const names = subscribers.map((subscriber) => subscriber.name);
  const { rows } = await db.inSystem('test', (tx) =>
    sql<{
      count: number;
    }>`select count(*)::int as count from platform.event_subscriber where name = any(${names})`.execute(tx),
  );
  return rows[0]!.count;
}

export async function until(condition: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const publish = (organizationId: string, count: number): Promise<string> =>
  db.inTenant({ organizationId }, (tx) => publisher.publish(tx, happened, { organizationId, count }));

export function collector(name: string, handler?: (event: DeliveredEvent<Payload>) => Promise<void> | void) {
  const got: DeliveredEvent<Payload>[] = [];
  const subscriber = defineSubscriber<Payload>({
    name,
    event: happened,
    async handler(event) {
      await handler?.(event);
      got.push(event);
    },
  });
  return { subscriber, got };
}
