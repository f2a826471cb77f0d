import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askRuns } from './ask-runs.ts';
import { startSchedules, type SchedulesStage } from './harness.ts';

describe('a stop', () => {
  let stage: SchedulesStage;
  const { brief, create, orders, pair, runs } = askRuns(() => stage);

  beforeAll(async () => {
    stage = await startSchedules();
  });
  beforeEach(() => stage.at('2027-03-03T10:00:00Z'));
  afterEach(async () => {
    await stage.sql.query('delete from schedules.schedule');
    await stage.sql.query('delete from inventory.cloud_order');
  });
  afterAll(() => stage.close());

  describe('keep on until', () => {
    test('holds the stop back, which runs when the time is over', async () => {
      const [machine = ''] = await stage.addResources(1);
      const made = await create([machine]);
      const other = await create([machine], { name: 'another stop', time: '20:30' });
      const override = `/schedules/${made.id}/override`;
      const { status, body } = await stage.call('PUT', override, {
        until: '2027-03-03T22:00:00Z',
        note: 'release',
      });
      expect([status, body.note]).toEqual([200, 'release']);
      await stage.at('2027-03-03T20:00:01Z');
      await stage.turn();
      expect((await runs(made.id)).map(({ status: each, reason }) => [each, reason])).toEqual([
        ['pending', null],
        ['skipped', 'override'],
      ]);
      // The stop of another schedule is held back too.
      await stage.at('2027-03-03T20:30:01Z');
      await stage.turn();
      expect((await runs(other.id)).at(-1)).toMatchObject({ status: 'skipped', reason: 'override' });
      expect(await orders()).toEqual([]);
      await stage.at('2027-03-03T21:59:00Z');
      await stage.turn();
      expect(await orders()).toEqual([]);
      await stage.at('2027-03-03T22:00:01Z');
      await stage.turn();
      expect(await orders()).toHaveLength(1);
      await stage.endOrders();
      expect((await runs(made.id))[0]).toMatchObject({
        trigger: 'override_ended',
        dueAt: '2027-03-03T22:00:00.000Z',
      });
      expect((await stage.call('GET', `/schedules/${made.id}`)).body.override).toBeNull();
    });

    test('ended early, the stop runs at once; of what was started since, nothing is stopped', async () => {
      const [machine = ''] = await stage.addResources(1);
      const { start, stop } = await pair([machine]);
      const override = `/schedules/${stop.id}/override`;
      await stage.call('PUT', override, { until: '2027-03-03T23:00:00Z' });
      await stage.at('2027-03-03T20:00:01Z');
      await stage.turn();
      await stage.at('2027-03-03T21:00:00Z');
      expect((await stage.call('DELETE', override)).status).toBe(204);
      await stage.turn();
      expect(await orders()).toHaveLength(1);
      await stage.endOrders();
      expect((await runs(stop.id))[0]).toMatchObject({ trigger: 'override_ended', status: 'succeeded' });
      // The next evening it is kept on over the next start: the held back stop comes too late.
      await stage.sql.query(
        "update inventory.resource set state = 'running', vanished_at = null where id = $1",
        [machine],
      );
      await stage.at('2027-03-04T10:00:00Z');
      await stage.turn();
      await stage.endOrders();
      await stage.call('PUT', override, { until: '2027-03-05T09:00:00Z' });
      await stage.at('2027-03-04T20:00:01Z');
      await stage.turn();
      await stage.at('2027-03-05T08:00:01Z');
      await stage.turn();
      await stage.endOrders();
      await stage.at('2027-03-05T09:00:01Z');
      await stage.turn();
      expect((await runs(stop.id))[0]).toMatchObject({ status: 'skipped', reason: 'started_since' });
      expect(brief(await runs(start.id))[0]).toEqual(['03-05T08:00', 'succeeded', null]);
    });

    test('needs a stop, and a time that is near and to come', async () => {
      const [machine = ''] = await stage.addResources(1);
      const { start, stop } = await pair([machine]);
      const put = (id: string, until: string) => stage.call('PUT', `/schedules/${id}/override`, { until });
      expect((await put(start.id, '2027-03-03T22:00:00Z')).status).toBe(409);
      expect((await put(stop.id, '2027-03-03T09:00:00Z')).status).toBe(422);
      expect((await put(stop.id, '2027-05-03T09:00:00Z')).status).toBe(422);
    });
  });

  test('what it saves is the time it kept a resource off, by list price, and ends when anybody turns it on', async () => {
    // 73.00 a month are 0.10 an hour.
    const [machine = '', unpriced = ''] = [
      ...(await stage.addResources(1)),
      ...(await stage.addResources(1, { monthly: null })),
    ];
    const { start, stop } = await pair([machine, unpriced]);
    await stage.at('2027-03-03T20:00:01Z');
    await stage.turn();
    await stage.endOrders();
    await stage.at('2027-03-04T02:00:01Z');
    const saved = async (id: string) => (await stage.call('GET', `/schedules/${id}`)).body.savings;
    expect(await saved(stop.id)).toEqual([
      { currency: 'USD', amount: '0.60', hours: 6, basis: 'list_price' },
    ]);
    expect(await saved(start.id)).toEqual([]);
    await stage.at('2027-03-04T06:00:01Z');
    await stage.sql.query("update inventory.resource set state = 'running', changed_at = $1 where id = $2", [
      '2027-03-04T05:00:01Z',
      machine,
    ]);
    await stage.check();
    await stage.at('2027-03-04T12:00:00Z');
    expect(await saved(stop.id)).toEqual([
      { currency: 'USD', amount: '0.90', hours: 9, basis: 'list_price' },
    ]);
  });
});
