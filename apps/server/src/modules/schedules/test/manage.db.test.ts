import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newMember } from '../../../../test/support/cloud.ts';
import { newTenant, schedule, startSchedules, type SchedulesStage } from './harness.ts';

describe('schedules as people make them', () => {
  let stage: SchedulesStage;
  let machines: string[];

  beforeAll(async () => {
    stage = await startSchedules();
  });
  beforeEach(async () => {
    // A Wednesday.
    await stage.at('2027-03-03T10:00:00Z');
    machines = await stage.addResources(2);
  });
  afterAll(() => stage.close());

  async function create(more: Record<string, unknown> = {}, ids = machines.slice(0, 1)) {
    const { status, body } = await stage.call('POST', '/schedules', schedule(ids, more));
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  }

  async function audited(action: string, id: string) {
    const { body } = await stage.owner.get(`/orgs/aurora/audit?action=${action}&limit=200`);
    return body.items.filter((entry: { target: { id: string } }) => entry.target.id === id);
  }

  test('the next run is shown in UTC and on the clock of the zone, and both change with the seasons', async () => {
    const made = await create({ time: '20:00', timeZone: 'America/New_York' });
    expect(made.nextRun).toEqual({ at: '2027-03-04T01:00:00.000Z', local: '2027-03-03T20:00' });
    expect(made).toMatchObject({ enabled: true, lastRun: null, override: null, savings: [] });
    const { body } = await stage.call('GET', `/schedules/${made.id}`);
    expect(body.occurrences).toHaveLength(5);
    expect(body.resources).toMatchObject([
      { id: machines[0], supported: true, excluded: false, gone: false },
    ]);
    // The clock goes forward on 14 March 2027.
    await stage.at('2027-03-15T10:00:00Z');
    expect((await stage.call('GET', `/schedules/${made.id}`)).body.nextRun).toEqual({
      at: '2027-03-16T00:00:00.000Z',
      local: '2027-03-15T20:00',
    });
    expect(await audited('schedule.created', made.id)).toHaveLength(1);
  });

  test('a pair is made in one request, both or none', async () => {
    const pair = {
      name: 'Office hours',
      targets: { resourceIds: machines },
      start: { recurrence: { kind: 'weekdays' }, time: '08:00' },
      stop: { recurrence: { kind: 'weekdays' }, time: '19:00' },
      timeZone: 'America/Sao_Paulo',
      holidays: ['BR'],
    };
    const { status, body } = await stage.call('POST', '/schedules/pairs', pair);
    expect([status, body.start.operation, body.stop.operation]).toEqual([201, 'start', 'stop']);
    expect(body.start.pairId).toBe(body.stop.pairId);
    expect([body.start.holidays, body.stop.holidays]).toEqual([['BR'], []]);
    const again = await stage.call('POST', '/schedules/pairs', pair);
    expect([again.status, again.body.code]).toEqual([409, 'already_exists']);
    // The start's name is free again, the stop's is not.
    expect((await stage.call('DELETE', `/schedules/${body.start.id}`)).status).toBe(204);
    expect((await stage.call('POST', '/schedules/pairs', pair)).status).toBe(409);
    const { body: list } = await stage.call('GET', '/schedules?q=office');
    expect(
      list.items.map((item: { operation: string; pairId: null }) => [item.operation, item.pairId]),
    ).toEqual([['stop', null]]);
  });

  test('what is not there, cannot be done or is not allowed is refused by field', async () => {
    const [volume = ''] = await stage.addResources(1, { type: 'aws.ec2.volume', state: 'in_use' });
    const wrong = async (more: Record<string, unknown>, ids = machines) =>
      (await stage.call('POST', '/schedules', schedule(ids, more))).body.errors?.map(
        (error: { path: string }) => error.path,
      );
    expect(await wrong({}, ['01900000-0000-7000-8000-000000000000'])).toEqual(['body.targets.resourceIds']);
    expect(await wrong({}, [volume])).toEqual(['body.targets.resourceIds']);
    expect(await wrong({}, [])).toEqual(['body.targets.resourceIds']);
    expect(await wrong({ timeZone: 'Mars/Olympus' })).toEqual(['body.timeZone']);
    expect(await wrong({ timeZone: '+03:00' })).toEqual(['body.timeZone']);
    expect(await wrong({ time: '24:00' })).toEqual(['body.time']);
    expect(await wrong({ recurrence: { kind: 'days' } })).toEqual(['body.recurrence.days']);
    expect(await wrong({ validFrom: '2027-05-02', validUntil: '2027-05-01' })).toEqual(['body.validUntil']);
    expect(await wrong({ validFrom: '2027-02-30' })).toEqual(['body.validFrom']);
    expect(await wrong({ holidays: ['01900000-0000-7000-8000-000000000000'] })).toEqual(['body.holidays']);
    expect(await wrong({ operation: 'resize' })).toEqual(['body.parameters.instanceType']);
    expect(await wrong({ operation: 'resize', parameters: { instanceType: 'big' } })).toEqual([
      'body.parameters.instanceType',
    ]);
    expect(await wrong({ operation: 'delete' })).toEqual(['body.operation']);
  });

  test('it acts in the name of who saves it: nobody has one do what they may not do', async () => {
    const viewer = await newMember(stage.atlas, stage.organizationId, 'viewer');
    expect((await stage.call('POST', '/schedules', schedule(machines), viewer)).status).toBe(403);
    const key = await stage.owner.post('/me/api-keys', {
      organization: 'aurora',
      name: 'schedules only',
      permissions: ['schedules:read', 'schedules:write'],
      expiresInDays: 30,
    });
    expect(key.status, JSON.stringify(key.body)).toBe(201);
    const program = stage.atlas.browser();
    const refused = await program.post(`${stage.base}/schedules`, schedule(machines), {
      authorization: `Bearer ${key.body.secret}`,
    });
    expect([refused.status, refused.body.meta?.permission ?? refused.body.permission]).toEqual([
      403,
      'resources:operate',
    ]);
  });

  test('the plan decides: Free makes none, reading and removing stay', async () => {
    const free = await newTenant(stage.atlas, 'frugal', 'free');
    const answer = await free.owner.post(`${free.base}/schedules`, schedule(machines));
    expect([answer.status, answer.body.code]).toEqual([402, 'plan_required']);
    expect((await free.owner.get(`${free.base}/schedules`)).status).toBe(200);
    const { tenancy } = stage.atlas.application.services;
    await tenancy.setPlan('frugal', 'pro', 'a test');
    const { rows } = await stage.sql.query(
      `select count(*)::int as n from schedules.schedule where organization_id = $1`,
      [free.organizationId],
    );
    expect(rows).toEqual([{ n: 0 }]);
    // Pro has room for a hundred.
    await stage.sql.query(
      `insert into schedules.schedule (organization_id, id, workspace_id, name, enabled, operation, parameters,
         resource_ids, tags, recurrence, days, at_time, time_zone, holidays, missed_policy, missed_within, acts_as,
         acts_as_label, created_at, updated_at)
       select $1, gen_random_uuid(), $2, 'n' || n, false, 'stop', '{}', '{}', '[{"key":"env","value":null}]', 'daily',
         '{1,2,3,4,5,6,7}', '08:00', 'UTC', '{}', 'run', 60, $1, 'somebody', now(), now()
       from generate_series(1, 99) n`,
      [free.organizationId, free.workspaceId],
    );
    const byTag = (name: string) => ({ ...schedule([], { name }), targets: { tags: [{ key: 'env' }] } });
    const pair = {
      name: 'two at once',
      targets: { tags: [{ key: 'env' }] },
      start: { recurrence: { kind: 'daily' }, time: '08:00' },
      stop: { recurrence: { kind: 'daily' }, time: '20:00' },
      timeZone: 'UTC',
    };
    const two = await free.owner.post(`${free.base}/schedules/pairs`, pair);
    expect([two.status, two.body.code]).toEqual([409, 'limit_reached']);
    expect((await free.owner.post(`${free.base}/schedules`, byTag('the hundredth'))).status).toBe(201);
    expect((await free.owner.post(`${free.base}/schedules`, byTag('one more'))).body.code).toBe(
      'limit_reached',
    );
  });

  test('switching off, on, changing, copying and removing are each in the audit log', async () => {
    const made = await create();
    const path = `/schedules/${made.id}`;
    expect((await stage.call('PATCH', path, { enabled: false })).body).toMatchObject({
      enabled: false,
      nextRun: null,
    });
    expect((await stage.call('PATCH', path, { enabled: true })).body.nextRun).not.toBeNull();
    const changed = await stage.call('PUT', path, schedule(machines, { name: 'Changed', time: '21:30' }));
    expect(changed.body.nextRun.local).toBe('2027-03-03T21:30');
    const copy = await stage.call('POST', `${path}/duplicate`, { name: 'Copy' });
    expect(copy.body).toMatchObject({ name: 'Copy', enabled: false, time: '21:30', pairId: null });
    expect((await stage.call('DELETE', path)).status).toBe(204);
    expect((await stage.call('GET', path)).status).toBe(404);
    for (const action of ['created', 'disabled', 'enabled', 'changed', 'removed'])
      expect(await audited(`schedule.${action}`, made.id), action).toHaveLength(1);
  });

  test('a calendar of the organization keeps schedules from running, and stays while one needs it', async () => {
    const calendars = '/orgs/aurora/schedule-calendars';
    const { status, body: calendar } = await stage.owner.post(calendars, {
      name: 'Company days',
      dates: [
        { date: '2027-03-04', name: 'Inventory' },
        { date: '2027-03-03', name: 'Founding day' },
      ],
    });
    expect([status, calendar.dates.map(({ date }: { date: string }) => date)]).toEqual([
      201,
      ['2027-03-03', '2027-03-04'],
    ]);
    const made = await create({ holidays: [calendar.id] });
    expect(made.nextRun.local).toBe('2027-03-05T20:00');
    const { body } = await stage.call('GET', `/schedules/${made.id}`);
    expect(body.occurrences.map(({ holiday }: { holiday: string }) => holiday)).toEqual([
      'Founding day',
      'Inventory',
      null,
      null,
      null,
    ]);
    const kept = await stage.owner.call('DELETE', `${calendars}/${calendar.id}`);
    expect([kept.status, kept.body.code]).toEqual([409, 'conflict']);
    await stage.owner.call('PUT', `${calendars}/${calendar.id}`, { name: 'Company days', dates: [] });
    expect((await stage.call('GET', `/schedules/${made.id}`)).body.nextRun.local).toBe('2027-03-03T20:00');
    await stage.call('DELETE', `/schedules/${made.id}`);
    expect((await stage.owner.call('DELETE', `${calendars}/${calendar.id}`)).status).toBe(204);
    const national = await stage.owner.get(`${calendars}/countries/BR?year=2027`);
    expect(national.body.items).toContainEqual({ date: '2027-11-15', name: 'Proclamação da República' });
  });

  test('a preview says when and on what, before anything is saved', async () => {
    const tagged = await stage.addResources(2, { tags: { env: 'preview' }, names: (n) => `tagged-${n}` });
    await stage.addResources(1, { tags: { env: 'preview' }, type: 'aws.ec2.volume', state: 'in_use' });
    const { status, body } = await stage.call('POST', '/schedules/preview', {
      operation: 'stop',
      targets: { resourceIds: [], tags: [{ key: 'env', value: 'preview' }] },
      recurrence: { kind: 'weekends' },
      time: '06:15',
      timeZone: 'Europe/Lisbon',
      holidays: ['PT'],
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.resources.map(({ id }: { id: string }) => id)).toEqual(tagged);
    expect(body.occurrences.map(({ local }: { local: string }) => local).slice(0, 2)).toEqual([
      '2027-03-06T06:15',
      '2027-03-07T06:15',
    ]);
  });

  test('a forged cursor is refused', async () => {
    for (const key of [
      ['a\0b', machines[0]],
      ['\ud800', machines[0]],
      ['a', 'no id'],
    ]) {
      const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
      expect((await stage.call('GET', `/schedules?cursor=${cursor}`)).status, JSON.stringify(key)).toBe(422);
    }
  });

  test('what is to come is listed over all schedules, and as a table', async () => {
    await create({ name: '=cmd() soon', time: '10:05' });
    const { body } = await stage.call('GET', '/schedules/upcoming');
    expect(body.items.length).toBeLessThanOrEqual(5);
    expect(body.items[0]).toMatchObject({
      name: '=cmd() soon',
      at: '2027-03-03T10:05:00.000Z',
      targets: ['machine-0'],
    });
    const timeline = await stage.call(
      'GET',
      '/schedules/timeline?from=2027-03-03T00:00:00Z&to=2027-03-05T00:00:00Z',
    );
    expect(
      timeline.body.items.filter(
        ({ at }: { at: string }) => at === '2027-03-03T10:05:00.000Z' || at === '2027-03-04T10:05:00.000Z',
      ),
    ).toHaveLength(2);
    expect(
      (await stage.call('GET', '/schedules/timeline?from=2027-03-03T00:00:00Z&to=2027-04-05T00:00:00Z'))
        .status,
    ).toBe(422);
    const csv = await stage.atlas.app.inject({
      method: 'GET',
      url: `/api/v1${stage.base}/schedules/export`,
      headers: { cookie: [...stage.owner.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
    });
    expect(csv.statusCode).toBe(200);
    expect(csv.body).toContain("'=cmd() soon,stop,true,1 2 3 4 5 6 7,10:05,UTC,2027-03-03T10:05:00.000Z");
  });

  test('the contract for savings: a pair in the caller’s transaction, and who is covered', async () => {
    const { schedules } = stage.atlas.application.services;
    const { platform } = stage.atlas.application;
    const scope = { organizationId: stage.organizationId, workspaceId: stage.workspaceId };
    const saver = {
      actor: { kind: 'user' as const, id: machines[0] ?? '', label: 'Somebody' },
      userId: machines[0] ?? '',
      permissions: new Set(['resources:operate'] as const),
    };
    const body = {
      name: 'From a recommendation',
      enabled: true,
      targets: { resourceIds: machines.slice(0, 1), tags: [] },
      start: { recurrence: { kind: 'weekdays' as const, days: [] }, time: '08:00' },
      stop: { recurrence: { kind: 'weekdays' as const, days: [] }, time: '20:00' },
      timeZone: 'UTC',
      validFrom: null,
      validUntil: null,
      holidays: [],
      missed: { policy: 'run' as const, withinMinutes: 60 },
    };
    await expect(
      platform.db.inTenant(scope, async (tx) => {
        await schedules.createPair(tx, scope, saver, body);
        throw new Error('the caller thinks again');
      }),
    ).rejects.toThrow('thinks again');
    const { pairId, stopId } = await platform.db.inTenant(scope, (tx) =>
      schedules.createPair(tx, scope, saver, body),
    );
    const covered = await schedules.covering(
      scope,
      machines.map((id) => ({ id, tags: {} })),
    );
    expect(covered.get(machines[0] ?? '')).toContain(stopId);
    expect(covered.has(machines[1] ?? '')).toBe(false);
    expect(await platform.db.inTenant(scope, (tx) => schedules.removePair(tx, scope, saver, pairId))).toBe(2);
    const viewer = { ...saver, permissions: new Set<never>() };
    await expect(
      platform.db.inTenant(scope, (tx) => schedules.createPair(tx, scope, viewer, body)),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
