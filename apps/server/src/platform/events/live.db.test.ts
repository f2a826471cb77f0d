import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { newId } from '../ids/ids.ts';
import { type LiveMessage } from './events.ts';
import { collector, database, db, publish, startEvents, until } from './testing/harness.ts';

describe('live messages', () => {
  test('reach the listeners of the organization in every process when the transaction commits', async () => {
    const [here, there] = [await startEvents([], { relay: false }), await startEvents([])];
    const [organizationId, stranger] = [newId(), newId()];
    const got: [string, LiveMessage][] = [];
    here.live.subscribe(organizationId, (message) => got.push(['here', message]));
    const stop = there.live.subscribe(organizationId, (message) => got.push(['there', message]));
    there.live.subscribe(stranger, (message) => got.push(['stranger', message]));
    there.live.subscribe(organizationId, () => {
      throw new Error('a broken page');
    });
    const send = (text: string) =>
      db.inTenant({ organizationId }, (tx) =>
        here.live.publish(tx, { organizationId, topic: 'thing.changed', data: { text } }),
      );
    await expect(
      db.inTenant({ organizationId }, async (tx) => {
        await here.live.publish(tx, { organizationId, topic: 'thing.changed', data: { text: 'undone' } });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await send('one');
    await until(() => got.length === 2);
    expect(got.map(([where]) => where).toSorted()).toEqual(['here', 'there']);
    expect(got[0]![1]).toEqual({ organizationId, topic: 'thing.changed', data: { text: 'one' } });
    stop();
    await send('two');
    await until(() => got.length === 3);
    expect(got[2]![0]).toBe('here');
    await expect(send('x'.repeat(7000))).rejects.toThrow('too large');
  });

  test('and events go on after the listening connection was cut', async () => {
    const { subscriber, got } = collector('test.cut');
    const events = await startEvents([subscriber], { pollMs: 60_000 });
    const organizationId = newId();
    const live: LiveMessage[] = [];
    events.live.subscribe(organizationId, (message) => live.push(message));
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'cloudatlas listener' and datname = current_database()`);
    await client.end();
    await publish(organizationId, 1);
    // The reconnect looks at the outbox itself: the notification was lost.
    await until(() => got.length === 1);
    await db.inTenant({ organizationId }, (tx) =>
      events.live.publish(tx, { organizationId, topic: 'x.y', data: {} }),
    );
    await until(() => live.length === 1);
    expect(got[0]!.payload).toEqual({ count: 1 });
    expect(live[0]!.topic).toBe('x.y');
  });
});
