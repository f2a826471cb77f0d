import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askRuns } from './ask-runs.ts';
import { schedule, startSchedules, type SchedulesStage } from './harness.ts';

describe('runs', () => {
  let stage: SchedulesStage;
  const { brief, create, detail, orders, pair, runs } = askRuns(() => stage);

  beforeAll(async () => {
    stage = await startSchedules();
  });
  beforeEach(() => stage.at('2027-03-03T10:00:00Z'));
  afterEach(async () => {
    await stage.sql.query('delete from schedules.schedule');
    await stage.sql.query('delete from inventory.cloud_order');
  });
  afterAll(() => stage.close());

  test('one that is due orders its action, and ends as the order ends', async () => {
    const [machine = ''] = await stage.addResources(1);
    const made = await create([machine]);
    await stage.at('2027-03-03T19:59:59Z');
    await stage.turn();
    expect(await orders()).toEqual([]);
    await stage.at('2027-03-03T20:00:01Z');
    await stage.turn();
    const [run] = await runs(made.id);
    expect(run).toMatchObject({ status: 'running', trigger: 'schedule', dueAt: '2027-03-03T20:00:00.000Z' });
    expect(await orders()).toMatchObject([{ resource_id: machine, operation: 'stop' }]);
    await stage.endOrders();
    const ended = await detail(run?.id ?? '');
    expect(ended).toMatchObject({ status: 'succeeded', counts: { total: 1, done: 1, open: 0 } });
    expect(ended.targets[0]).toMatchObject({ resourceId: machine, outcome: 'done', name: 'machine-0' });
    const { body: now } = await stage.call('GET', `/schedules/${made.id}`);
    expect([now.nextRun.at, now.lastRun.status]).toEqual(['2027-03-04T20:00:00.000Z', 'succeeded']);
    const { body: log } = await stage.owner.get('/orgs/aurora/audit?limit=20');
    expect(log.items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['schedule.created', 'resource.stop_requested', 'schedule.run']),
    );
    const requested = log.items.find(
      ({ action }: { action: string }) => action === 'resource.stop_requested',
    );
    expect(requested.actor.label).toContain(made.name);
    const { rows: events } = await stage.sql.query(
      "select payload from platform.event where name = 'schedules.run_finished' and payload->>'runId' = $1",
      [run?.id],
    );
    expect(events).toMatchObject([{ payload: { status: 'succeeded', done: 1, failed: 0 } }]);
  });

  test('02:30 on both nights on which the clock changes: once, at the right instant', async () => {
    const [spring = '', autumn = ''] = await stage.addResources(2);
    const zone = { timeZone: 'America/New_York', time: '02:30' };
    await stage.at('2027-03-13T12:00:00Z');
    const first = await create([spring], zone);
    for (const instant of [
      '2027-03-14T06:30:30Z',
      '2027-03-14T07:00:10Z',
      '2027-03-14T07:30:10Z',
      '2027-03-14T08:00:10Z',
    ]) {
      await stage.at(instant);
      await stage.turn();
      await stage.endOrders('done', { status: 'already' });
    }
    expect((await runs(first.id)).map(({ dueAt }) => dueAt)).toEqual(['2027-03-14T07:00:00.000Z']);
    // 03:00 becomes 02:00 in Berlin: 02:30 is there twice.
    await stage.at('2027-10-30T12:00:00Z');
    const second = await create([autumn], { ...zone, timeZone: 'Europe/Berlin' });
    for (const instant of ['2027-10-31T00:30:10Z', '2027-10-31T01:30:10Z', '2027-10-31T02:30:10Z']) {
      await stage.at(instant);
      await stage.turn();
      await stage.endOrders('done', { status: 'already' });
    }
    expect((await runs(second.id)).map(({ dueAt }) => dueAt)).toEqual(['2027-10-31T00:30:00.000Z']);
  });

  test('two workers in one tick, and one that comes later: each occurrence once', async () => {
    const machines = await stage.addResources(20);
    for (const machine of machines) await create([machine]);
    await stage.at('2027-03-03T20:00:05Z');
    await Promise.all([stage.tick(), stage.tick(), stage.tick()]);
    await stage.tick();
    const { rows } = await stage.sql.query(
      'select schedule_id, count(*)::int as n from schedules.run group by schedule_id',
    );
    expect(rows.map(({ n }) => n)).toEqual(machines.map(() => 1));
    // The same job given to two workers, as after a lost heartbeat.
    const { rows: jobs } = await stage.sql.query(
      "select data from pgboss.job where name = 'schedules.carry_out' and state = 'created'",
    );
    for (const { data } of jobs)
      await stage.sql.query(
        `insert into pgboss.job (id, name, data, policy, singleton_key, keep_until)
         values (gen_random_uuid(), 'schedules.carry_out', $1, 'short', gen_random_uuid()::text, now() + interval '1 day')`,
        [data],
      );
    await Promise.all([stage.drain('schedules.carry_out'), stage.drain('schedules.carry_out')]);
    expect((await orders()).map(({ resource_id }) => resource_id).toSorted()).toEqual(machines.toSorted());
    // Entries that are written together make the same chain as one by one.
    const { body: chain } = await stage.owner.get('/orgs/aurora/audit/verification');
    expect(chain).toMatchObject({ valid: true, brokenAt: null });
  });

  test('5,000 at 08:00 are all claimed and ordered in one minute’s tick, none twice', async () => {
    const count = 5000;
    const machines = await stage.addResources(count, { state: 'stopped', names: (n) => `fleet-${n}` });
    const template = await create(machines.slice(0, 1), {
      operation: 'start',
      time: '08:00',
      name: 'fleet 0',
    });
    await stage.sql.query(
      `insert into schedules.schedule
       select organization_id, gen_random_uuid(), workspace_id, null, 'fleet ' || n, enabled, operation, parameters,
         array[machine], tags, recurrence, days, at_time, time_zone, valid_from, valid_until, holidays, missed_policy,
         missed_within, next_run_at, acts_as, acts_as_label, created_at, updated_at
       from schedules.schedule, unnest($1::uuid[]) with ordinality as fleet (machine, n)
       where id = $2 and n > 1`,
      [machines, template.id],
    );
    await stage.at('2027-03-04T08:00:20Z');
    await stage.tick();
    const claimed = await stage.sql.query(
      "select count(*)::int as n from schedules.run where status = 'pending'",
    );
    expect(claimed.rows).toEqual([{ n: count }]);
    const left = await stage.sql.query(
      'select count(*)::int as n from schedules.schedule where next_run_at <= $1',
      ['2027-03-04T08:00:20Z'],
    );
    expect(left.rows).toEqual([{ n: 0 }]);
    const jobs = await stage.drain('schedules.carry_out');
    // Set by set: a hundred jobs, not five thousand.
    expect(jobs).toBe(100);
    const { rows } = await stage.sql.query(
      'select count(*)::int as n, count(distinct resource_id)::int as machines from inventory.cloud_order',
    );
    expect(rows).toEqual([{ n: count, machines: count }]);
    const started = await stage.sql.query(
      "select count(*)::int as n from schedules.run where status = 'running'",
    );
    expect(started.rows).toEqual([{ n: count }]);
  }, 600_000);

  test('on a holiday it does not run, and its history says why', async () => {
    const [machine = ''] = await stage.addResources(1);
    await stage.at('2027-09-06T12:00:00Z');
    const made = await create([machine], { timeZone: 'America/Sao_Paulo', time: '20:00', holidays: ['BR'] });
    await stage.at('2027-09-07T23:00:10Z');
    await stage.turn();
    expect(await runs(made.id)).toMatchObject([
      {
        status: 'skipped',
        reason: 'holiday',
        note: 'Independência do Brasil',
        dueAt: '2027-09-07T23:00:00.000Z',
      },
      {},
    ]);
    expect((await orders()).length).toBeLessThanOrEqual(1);
    await stage.at('2027-09-08T23:00:10Z');
    await stage.turn();
    expect((await runs(made.id))[0]).toMatchObject({ status: 'running' });
  });

  test('what was missed: skipped or made up for by policy, and only the last of many', async () => {
    const [strict = '', patient = '', late = ''] = await stage.addResources(3);
    const skip = await create([strict], { missed: { policy: 'skip' } });
    const run = await create([patient], { missed: { policy: 'run', withinMinutes: 120 } });
    const tooLate = await create([late], { missed: { policy: 'run', withinMinutes: 30 } });
    await stage.at('2027-03-05T21:00:00Z');
    await stage.turn();
    const missed = (day: string) => [`${day}T20:00`, 'skipped', 'missed'];
    expect(brief(await runs(skip.id))).toEqual([missed('03-05'), missed('03-04'), missed('03-03')]);
    expect(brief(await runs(run.id))).toEqual([
      ['03-05T20:00', 'running', null],
      missed('03-04'),
      missed('03-03'),
    ]);
    expect(brief(await runs(tooLate.id))).toEqual([missed('03-05'), missed('03-04'), missed('03-03')]);
    expect((await orders()).map(({ resource_id }) => resource_id)).toEqual([patient]);
    const { body } = await stage.call('GET', `/schedules/${skip.id}`);
    expect(body.nextRun.at).toBe('2027-03-06T20:00:00.000Z');
  });

  test('of a pair that was missed, the half whose turn has passed gives way', async () => {
    const [machine = ''] = await stage.addResources(1);
    const { start, stop } = await pair([machine], { missed: { policy: 'run', withinMinutes: 1440 } });
    await stage.at('2027-03-04T09:00:00Z');
    await stage.turn();
    expect(brief(await runs(stop.id))).toEqual([['03-03T20:00', 'skipped', 'superseded']]);
    // It is on already, which is what the start is for.
    expect(brief(await runs(start.id))).toEqual([['03-04T08:00', 'succeeded', null]]);
    expect(await orders()).toEqual([]);
  });

  test('a schedule that is late by the grace of a minute’s tick is not missed', async () => {
    const [machine = ''] = await stage.addResources(1);
    const made = await create([machine], { missed: { policy: 'skip' } });
    await stage.at('2027-03-03T20:04:00Z');
    await stage.turn();
    expect((await runs(made.id))[0]).toMatchObject({ status: 'running' });
  });

  test('resources that are gone, excluded or off already are left alone, each with its reason', async () => {
    const [on = '', off = '', gone = '', excluded = ''] = [
      ...(await stage.addResources(1)),
      ...(await stage.addResources(1, { state: 'stopped' })),
      ...(await stage.addResources(1)),
      ...(await stage.addResources(1, { tags: { 'cloudatlas:schedule': 'off' } })),
    ];
    const made = await create([on, off, gone, excluded]);
    await stage.sql.query(
      "update inventory.resource set vanished_at = now(), state = 'deleted' where id = $1",
      [gone],
    );
    await stage.at('2027-03-03T20:00:01Z');
    await stage.turn();
    await stage.endOrders();
    const [run] = await runs(made.id);
    expect(run).toMatchObject({ status: 'partial', counts: { total: 4, done: 1, already: 1, skipped: 2 } });
    const { targets } = await detail(run?.id ?? '');
    const reason = (id: string) =>
      targets.find((target: { resourceId: string }) => target.resourceId === id)?.reason;
    expect([reason(on), reason(off), reason(gone), reason(excluded)]).toEqual([
      null,
      null,
      'gone',
      'excluded',
    ]);
    const { rows } = await stage.sql.query(
      "select payload from platform.event where name = 'schedules.run_failed' and payload->>'runId' = $1",
      [run?.id],
    );
    expect(rows).toMatchObject([{ payload: { status: 'partial', done: 2, skipped: 2 } }]);
  });

  test('a tag is asked for when it runs, and finds only what can be acted on', async () => {
    const before = await stage.addResources(2, { tags: { env: 'dev', team: 'a' } });
    const made = await create([], { targets: { tags: [{ key: 'env', value: 'dev' }, { key: 'team' }] } });
    const after = await stage.addResources(1, { tags: { env: 'dev', team: 'b' } });
    await stage.addResources(1, { tags: { env: 'dev' } });
    await stage.addResources(1, { tags: { env: 'dev', team: 'a' }, type: 'aws.ec2.volume', state: 'in_use' });
    await stage.at('2027-03-03T20:00:01Z');
    await stage.turn();
    expect((await runs(made.id))[0]).toMatchObject({ counts: { total: 3 } });
    expect((await orders()).map(({ resource_id }) => resource_id).toSorted()).toEqual(
      [...before, ...after].toSorted(),
    );
    await stage.endOrders();
    const nothing = await create([], { targets: { tags: [{ key: 'nobody-has-this' }] } });
    await stage.at('2027-03-04T20:00:01Z');
    await stage.turn();
    expect((await runs(nothing.id))[0]).toMatchObject({ status: 'skipped', reason: 'no_targets' });
  });

  test('when its owner may not operate any more, it fails and says so', async () => {
    const [machine = ''] = await stage.addResources(1);
    const { identity, tenancy } = stage.atlas.application.services;
    const credentials = { email: 'leaver@example.com', password: 'a long password of a leaver 7291' };
    const user = await identity.createVerifiedUser({ ...credentials, name: 'Leaver', locale: 'en' });
    await tenancy.addMember(stage.organizationId, user.id, 'operator');
    const leaver = stage.atlas.browser();
    await leaver.post('/auth/sign-in', credentials);
    const { body: made } = await stage.call('POST', '/schedules', schedule([machine]), leaver);
    await stage.sql.query("update tenancy.member set role = 'viewer' where user_id = $1", [user.id]);
    await stage.at('2027-03-03T20:00:01Z');
    await stage.turn();
    expect((await runs(made.id))[0]).toMatchObject({ status: 'failed', reason: 'permission' });
    expect(await orders()).toEqual([]);
    // Saved by somebody who may, it works again.
    await stage.call('PUT', `/schedules/${made.id}`, schedule([machine]));
    await stage.at('2027-03-04T20:00:01Z');
    await stage.turn();
    expect((await runs(made.id))[0]).toMatchObject({ status: 'running' });
  });

  test('what the provider refuses is a failure in its words', async () => {
    const machines = await stage.addResources(2);
    const made = await create(machines);
    await stage.at('2027-03-03T20:00:01Z');
    await stage.turn();
    await stage.endOrders(
      'failed',
      { status: 'accepted' },
      'You are not authorized to perform ec2:StopInstances.',
    );
    const [run] = await runs(made.id);
    expect(run).toMatchObject({ status: 'failed', counts: { failed: 2 } });
    expect((await detail(run?.id ?? '')).targets[0]).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('ec2:StopInstances'),
    });
  });

  test('an account that is switched off is named, and a resource that is busy is tried again', async () => {
    const [machine = '', other = ''] = await stage.addResources(2);
    const first = await create([machine], { name: 'first' });
    const second = await create([machine, other], { name: 'second' });
    await stage.at('2027-03-03T20:00:01Z');
    await stage.turn();
    const [waiting] = await runs(second.id);
    expect([await runs(first.id), waiting].flat().map((run) => run?.status)).toEqual(['running', 'running']);
    expect((await orders()).length).toBe(2);
    await stage.endOrders('done', { status: 'already' });
    const open = [...(await runs(first.id)), ...(await runs(second.id))].find(
      (run) => run.status === 'running',
    );
    expect(open?.counts).toMatchObject({ open: 1 });
    // A minute later the other order is over; what it wanted has come about, as far as the provider knows it.
    await stage.at('2027-03-03T20:01:10Z');
    await stage.drain('schedules.carry_out');
    await stage.endOrders();
    expect((await runs(open === waiting ? second.id : first.id))[0]?.status).not.toBe('running');
    const account = `/accounts/${stage.accountId}`;
    await stage.call('PATCH', account, { enabled: false });
    await stage.sql.query(
      "update inventory.resource set state = 'running', vanished_at = null where id = any($1)",
      [[machine, other]],
    );
    await stage.at('2027-03-04T20:00:01Z');
    await stage.turn();
    expect((await runs(first.id))[0]).toMatchObject({ status: 'failed', reason: 'account_disabled' });
    await stage.call('PATCH', account, { enabled: true });
  });

  test('run now runs now, once, also on a holiday and while it is switched off', async () => {
    const [machine = ''] = await stage.addResources(1);
    const made = await create([machine], { enabled: false, holidays: ['BR'], timeZone: 'America/Sao_Paulo' });
    await stage.at('2027-09-07T12:00:00Z');
    const answers = await Promise.all([1, 2, 3].map(() => stage.call('POST', `/schedules/${made.id}/runs`)));
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['202', '409', '409']);
    await stage.drain('schedules.carry_out');
    await stage.endOrders();
    expect(await runs(made.id)).toMatchObject([
      { trigger: 'manual', status: 'succeeded', counts: { done: 1 } },
    ]);
  });

  test('a run whose job was lost is carried out by a later tick', async () => {
    const [machine = ''] = await stage.addResources(1);
    const made = await create([machine]);
    await stage.at('2027-03-03T20:00:01Z');
    await stage.tick();
    await stage.sql.query("delete from pgboss.job where name = 'schedules.carry_out'");
    await stage.at('2027-03-03T20:02:01Z');
    await stage.turn();
    expect((await runs(made.id))[0]?.status).toBe('pending');
    await stage.at('2027-03-03T20:06:01Z');
    await stage.turn();
    expect((await runs(made.id))[0]?.status).toBe('running');
  });

  test('orders that went with their account end the run all the same', async () => {
    const [machine = ''] = await stage.addResources(1);
    const made = await create([machine]);
    await stage.at('2027-03-03T20:00:01Z');
    await stage.turn();
    await stage.sql.query('delete from inventory.cloud_order');
    await stage.endOrders();
    expect((await runs(made.id))[0]).toMatchObject({ status: 'failed', reason: 'gone' });
  });
});
