import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../ids/ids.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { defineEvent, defineSubscriber, type Subscriber } from './events.ts';
import { Relay } from './relay.ts';
import {
  collector,
  db,
  happened,
  log,
  publish,
  publisher,
  startEvents,
  until,
  type Payload,
} from './testing/harness.ts';

describe('delivery', () => {
  test('follows the commit of the publisher', async () => {
    const { subscriber, got } = collector('test.commit');
    await startEvents([subscriber]);
    const organizationId = newId();
    await expect(
      db.inTenant({ organizationId }, async (tx) => {
        await publisher.publish(tx, happened, { organizationId, count: 1 });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    const id = await publish(organizationId, 2);
    await until(() => got.length > 0);
    expect(got).toMatchObject([
      { id, organizationId, name: happened.name, version: 1, payload: { count: 2 } },
    ]);
    expect(got[0]!.occurredAt).toBeInstanceOf(Date);
  });

  test('is in order per organization and once, with several relays and transactions that commit late', async () => {
    const collectors = [1, 2, 3].map(() => collector('test.order'));
    for (const { subscriber } of collectors) await startEvents([subscriber]);
    const organizations = [newId(), newId(), newId()];
    const expected = new Map<string, number[]>(organizations.map((id) => [id, []]));
    await Promise.all(
      organizations.flatMap((organizationId) => [
        (async () => {
          for (let count = 0; count < 30; count += 1) {
            expected.get(organizationId)!.push(count);
            await publish(organizationId, count);
          }
        })(),
        // Takes its ids early and commits late: a cursor over ids would lose it.
        db.inTenant({ organizationId }, async (tx) => {
          await publisher.publish(tx, happened, { organizationId, count: 1000 });
          await sql`select pg_sleep(0.3)`.execute(tx);
          await publisher.publish(tx, happened, { organizationId, count: 1001 });
        }),
      ]),
    );
    const all = () => collectors.flatMap(({ got }) => got);
    await until(() => all().length >= 96);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(all()).toHaveLength(96);
    for (const organizationId of organizations) {
      const { rows } = await db.inSystem('test', (tx) =>
        sql<{ count: number }>`select (payload->>'count')::int as count from platform.event
          where organization_id = ${organizationId}::uuid order by sequence`.execute(tx),
      );
      const sequence = rows.map((row) => row.count);
      expect(sequence.filter((count) => count < 1000)).toEqual(expected.get(organizationId));
      expect(sequence.filter((count) => count >= 1000)).toEqual([1000, 1001]);
    }
  });

  test('hands each organization its events in order', async () => {
    const { subscriber, got } = collector(
      'test.single',
      async () => new Promise((resolve) => setTimeout(resolve, Math.random() * 5)),
    );
    await startEvents([subscriber]);
    const [a, b] = [newId(), newId()];
    for (let count = 0; count < 25; count += 1) await Promise.all([publish(a, count), publish(b, count)]);
    await until(() => got.length === 50);
    for (const organizationId of [a, b]) {
      expect(
        got.filter((event) => event.organizationId === organizationId).map((event) => event.payload.count),
      ).toEqual(Array.from({ length: 25 }, (_, index) => index));
    }
  });

  test('gives the handler a transaction of the organization, which commits together with the receipt', async () => {
    const seen: (string | null)[] = [];
    let failures = 0;
    const subscriber = defineSubscriber<Payload>({
      name: 'test.receipt',
      event: happened,
      async handler(event, tx) {
        const { rows } = await sql<{
          id: string | null;
        }>`select platform.current_organization() as id`.execute(tx);
        await publisher.publish(tx, other, { organizationId: event.organizationId, from: event.id });
        seen.push(rows[0]!.id);
        if (failures++ === 0) throw new Error('after the write');
      },
    });
    const other = defineEvent({
      name: 'test.other',
      version: 1,
      schema: z.strictObject({ from: z.string() }),
    });
    await startEvents([subscriber]);
    const organizationId = newId();
    await publish(organizationId, 1);
    await until(() => seen.length === 2);
    await db.inSystem('test', (tx) => publisher.publish(tx, happened, { organizationId: null, count: 2 }));
    await until(() => seen.length === 3);
    expect(seen).toEqual([organizationId, organizationId, null]);
    await until(async () => {
      const { rows } = await db.inSystem('test', (tx) =>
        sql<{
          count: number;
        }>`select count(*)::int as count from platform.event where name = 'test.other'`.execute(tx),
      );
      return rows[0]!.count === 2;
    });
  });
});

describe('a failing subscriber', () => {
  test('blocks neither other subscribers nor other organizations; its event is parked and it goes on', async () => {
    const [bad, good] = [newId(), newId()];
    const failing = collector('test.failing', (event) => {
      if (event.organizationId === bad && event.payload.count === 1)
        throw new Error('cannot take it, token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig');
    });
    const healthy = collector('test.healthy');
    await startEvents([failing.subscriber, healthy.subscriber], { maxAttempts: 4 });
    await publish(bad, 1);
    await publish(bad, 2);
    await publish(good, 1);
    await until(() => healthy.got.length === 3 && failing.got.length === 2);
    expect(failing.got.map((event) => [event.organizationId, event.payload.count])).toEqual([
      [good, 1],
      [bad, 2],
    ]);
    const { rows } = await db.inSystem('test', (tx) =>
      sql<{
        status: string;
        attempts: number;
        error: string;
      }>`select status, attempts, error from platform.event_delivery`.execute(tx),
    );
    expect(rows).toEqual([{ status: 'parked', attempts: 4, error: 'cannot take it, token [redacted]' }]);
  });

  test('that hangs is cut off and tried again', async () => {
    let tries = 0;
    const hanging = collector('test.hanging', () =>
      tries++ === 0 ? new Promise<void>(() => undefined) : undefined,
    );
    await startEvents([hanging.subscriber], { handlerTimeoutMs: 200 });
    await publish(newId(), 1);
    await until(() => hanging.got.length === 1);
    expect(tries).toBe(2);
  });

  test('an event of another shape than declared counts as a failure', async () => {
    const strict = collector('test.strict');
    await startEvents([strict.subscriber], { maxAttempts: 2 });
    const organizationId = newId();
    await db.inTenant({ organizationId }, (tx) =>
      sql`insert into platform.event (id, organization_id, name, version, payload)
        values (${newId()}::uuid, ${organizationId}::uuid, ${happened.name}, 1, '{"count": "many"}')`.execute(
        tx,
      ),
    );
    await until(async () => {
      const { rows } = await db.inSystem('test', (tx) =>
        sql<{ status: string }>`select status from platform.event_delivery`.execute(tx),
      );
      return rows[0]?.status === 'parked';
    });
    expect(strict.got).toEqual([]);
  });
});

test('events written while no worker runs are delivered later, also to a subscriber only another release has', async () => {
  const later = collector('test.later');
  const metrics = createMetrics({ collectDefaults: false });
  const settings = { db, log, metrics, maxAttempts: 3, retryMs: 10, handlerTimeoutMs: 1000 };
  const newRelease = new Relay({
    ...settings,
    subscribers: new Map([[later.subscriber.name, later.subscriber]]),
  });
  await newRelease.announce();
  await publish(newId(), 1);
  const oldRelease = new Relay({ ...settings, subscribers: new Map() });
  await oldRelease.round(new AbortController().signal);
  await newRelease.round(new AbortController().signal);
  expect(later.got).toHaveLength(1);
  await newRelease.sweep();
  expect((await metrics.registry.metrics()).includes('atlas_outbox_pending 0')).toBe(true);
});

test('a sweep removes old delivered events and keeps those that wait', async () => {
  const waiting = collector('test.waiting');
  const metrics = createMetrics({ collectDefaults: false });
  const subscribers = new Map<string, Subscriber>([[waiting.subscriber.name, waiting.subscriber]]);
  const relay = new Relay({
    db,
    log,
    metrics,
    subscribers,
    maxAttempts: 3,
    retryMs: 10,
    handlerTimeoutMs: 1000,
  });
  const { signal } = new AbortController();
  await publish(newId(), 1);
  await relay.round(signal);
  await relay.announce();
  await publish(newId(), 2);
  const sequencer = new Relay({
    db,
    log,
    metrics,
    subscribers: new Map(),
    maxAttempts: 3,
    retryMs: 10,
    handlerTimeoutMs: 1000,
  });
  await sequencer.round(signal);
  await db.inSystem('test', (tx) =>
    sql`update platform.event set occurred_at = now() - interval '8 days'`.execute(tx),
  );
  await relay.sweep();
  const { rows } = await db.inSystem('test', (tx) =>
    sql<{ count: number }>`select (payload->>'count')::int as count from platform.event`.execute(tx),
  );
  expect(rows).toEqual([{ count: 2 }]);
});

describe('rights', () => {
  test('a tenant transaction publishes for its own organization only, and cannot change what is published', async () => {
    const organizationId = newId();
    await publish(organizationId, 1);
    const inTenant = (id: string, statement: ReturnType<typeof sql>) =>
      db.inTenant({ organizationId: id }, (tx) => statement.execute(tx));
    await expect(
      db.inTenant({ organizationId }, (tx) =>
        publisher.publish(tx, happened, { organizationId: newId(), count: 1 }),
      ),
    ).rejects.toThrow('row-level security');
    await expect(
      db.inTenant({ organizationId }, (tx) =>
        publisher.publish(tx, happened, { organizationId: null, count: 1 }),
      ),
    ).rejects.toThrow('row-level security');
    await expect(inTenant(organizationId, sql`update platform.event set payload = '{}'`)).rejects.toThrow(
      'permission denied',
    );
    await expect(inTenant(organizationId, sql`delete from platform.event`)).rejects.toThrow(
      'permission denied',
    );
    expect((await inTenant(newId(), sql`select * from platform.event`)).rows).toEqual([]);
  });

  test('a payload that does not match is refused', async () => {
    const organizationId = newId();
    await expect(
      db.inTenant({ organizationId }, (tx) =>
        publisher.publish(tx, happened, { organizationId, count: 'x' as unknown as number }),
      ),
    ).rejects.toThrow('expected number');
  });
});
