import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connectAccount,
  newMember,
  newTenant,
  startCloudStage,
  type CloudStage,
} from '../../../../../test/support/cloud.ts';
import { ManualClock } from '../../../../platform/clock/clock.ts';
import { createApprovals } from '../approvals.ts';
import { createAutomatic } from '../automatic.ts';
import { createOutcomes } from '../outcome.ts';
import { createRealised } from '../realised.ts';
import type { ActionTables } from '../tables.ts';
import { Driver, newRun } from './driver.ts';
import { Estate } from './estate.ts';

const body = {
  name: 'Nights',
  enabled: true,
  rules: [] as string[],
  accountIds: [] as string[],
  minimumMonthly: '10',
  window: { timeZone: 'America/Sao_Paulo', days: [1, 2, 3, 4, 5, 6, 7], fromHour: 22, toHour: 6 },
  maxActionsPerDay: 3,
};

describe('what happens by itself', () => {
  let stage: CloudStage;
  let estate: Estate;
  let driver: Driver;
  let base: string;

  beforeAll(async () => {
    stage = await startCloudStage({ work: false });
    estate = new Estate(stage.simulator);
    const account = await connectAccount(stage);
    const { tenancy } = stage.atlas.application.services;
    const workspaceId = await tenancy.workspaceId(stage.organizationId, 'main');
    driver = new Driver(stage, estate.connect(), account.id, workspaceId ?? '');
    base = `${stage.base}/finops`;
  });
  afterAll(() => stage.close());

  function ticking(clock: ManualClock) {
    const { platform, services } = stage.atlas.application;
    const timed = { ...platform, clock };
    const db = platform.db.withTables<ActionTables>();
    const tick = createAutomatic({
      platform: timed,
      db,
      accounts: services.accounts,
      tenancy: services.tenancy,
      outcomes: createOutcomes(timed, db, services.audit),
      approvals: createApprovals(timed, db, services.audit),
    });
    return () => tick(platform.log);
  }

  async function actions(): Promise<{ recommendation_id: string; trigger: string; status: string }[]> {
    const { rows } = await stage.sql.query(
      'select recommendation_id, trigger, status from finops.action order by id',
    );
    return rows;
  }

  test('a policy: in its window over midnight, once per tick, so many a day, no smaller than its minimum', async () => {
    const { status, body: policy } = await stage.owner.post(`${base}/policies`, body);
    expect([status, policy.undoClasses]).toEqual([201, ['R']]);
    const wanted: string[] = [];
    for (const monthly of ['50', '40', '30', '20', '5'])
      wanted.push(await driver.recommend(estate.kinds['retention']!(), { monthly }));
    // Not of class R, so not by itself unless somebody says so.
    await driver.recommend(estate.kinds['snapshot_delete']!(), { monthly: '500' });

    // 20:30 in São Paulo.
    const clock = new ManualClock('2026-06-01T23:30:00.000Z');
    expect(await ticking(clock)()).toBe(0);
    // 02:10 on the next day; two workers at the same tick.
    clock.set('2026-06-02T05:10:00.000Z');
    const both = await Promise.all([ticking(clock)(), ticking(clock)()]);
    expect(both.toSorted((a, b) => a - b)).toEqual([0, 3]);
    expect((await actions()).map((each) => [each.recommendation_id, each.trigger])).toEqual(
      wanted.slice(0, 3).map((id) => [id, 'automatic']),
    );
    // The day's number is used up.
    clock.set('2026-06-02T05:20:00.000Z');
    expect(await ticking(clock)()).toBe(0);
    clock.set('2026-06-03T05:30:00.000Z');
    expect(await ticking(clock)()).toBe(1);
    const { body: list } = await stage.owner.get(`${base}/policies`);
    expect(list.items).toMatchObject([{ id: policy.id, name: 'Nights' }]);
    const { body: log } = await stage.owner.get('/orgs/aurora/audit?action=finops.action_requested&limit=10');
    expect(log.items[0]).toMatchObject({
      actor: { kind: 'system', label: 'Policy Nights' },
      details: { policyId: policy.id, trigger: 'automatic' },
    });

    // What a person took back is not done again.
    const [first] = await driver.db.inTenant({ organizationId: stage.organizationId }, (tx) =>
      tx.selectFrom('finops.action').select('id').orderBy('id').limit(1).execute(),
    );
    await driver.drive('apply', newRun(), first!.id);
    await driver.pressUndo(first!.id);
    await driver.drive('undo', newRun(), first!.id);
    clock.set('2026-06-05T05:30:00.000Z');
    expect(await ticking(clock)()).toBe(0);

    const changed = await stage.owner.call('PATCH', `${base}/policies/${policy.id}`, { enabled: false });
    expect(changed.body).toMatchObject({ enabled: false, name: 'Nights', window: body.window });
    await driver.recommend(estate.kinds['retention']!(), { monthly: '70' });
    clock.set('2026-06-06T05:30:00.000Z');
    expect(await ticking(clock)()).toBe(0);
    expect((await stage.owner.call('DELETE', `${base}/policies/${policy.id}`)).status).toBe(204);
  }, 120_000);

  test('a policy ends with the right of whoever set it up, and with the plan', async () => {
    const admin = await newMember(stage.atlas, stage.organizationId, 'admin');
    const { body: policy } = await admin.post(`${base}/policies`, {
      ...body,
      window: { timeZone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], fromHour: 0, toHour: 24 },
    });
    await driver.recommend(estate.kinds['retention']!(), { monthly: '90' });
    const { rows } = await stage.sql.query(
      `update tenancy.member set role = 'viewer' from finops.automation_policy policy
        where policy.id = $1 and tenancy.member.user_id = policy.set_by returning 1`,
      [policy.id],
    );
    expect(rows).toHaveLength(1);
    expect(await ticking(new ManualClock('2027-01-01T12:00:00.000Z'))()).toBe(0);
    expect((await stage.owner.call('DELETE', `${base}/policies/${policy.id}`)).status).toBe(204);
    const pro = await newTenant(stage.atlas, 'small-ltd', 'free');
    expect((await pro.owner.post(`${pro.base}/finops/policies`, body)).status).toBe(402);
    const zone = { ...body, window: { ...body.window, timeZone: 'Mars/Olympus' } };
    expect((await stage.owner.post(`${base}/policies`, zone)).status).toBe(422);
  }, 120_000);

  test('a policy is no way around approval, and what cannot be done does not hide what can', async () => {
    const always = { timeZone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], fromHour: 0, toHour: 24 };
    const { body: policy } = await stage.owner.post(`${base}/policies`, {
      ...body,
      rules: ['cannot', 'can'],
      window: always,
      maxActionsPerDay: 1,
    });
    // The provider has no such operation: with room for one action the larger one must not take its place for ever.
    const planted = estate.kinds['retention']!();
    const impossible = {
      ...planted,
      action: { kind: 'operations' as const, operations: [{ operation: 'no-such', parameters: {} }] },
    };
    await driver.recommend(impossible, { monthly: '900', ruleId: 'cannot' });
    const wanted = await driver.recommend(estate.kinds['retention']!(), { monthly: '800', ruleId: 'can' });
    await stage.owner.call('PUT', `${base}/approval`, { mode: 'all' });
    try {
      expect(await ticking(new ManualClock('2027-02-01T12:00:00.000Z'))()).toBe(1);
    } finally {
      await stage.owner.call('PUT', `${base}/approval`, { mode: 'none' });
    }
    const [waiting] = (await stage.owner.get(`${base}/actions?recommendation=${wanted}`)).body.items;
    expect(waiting).toMatchObject({ status: 'waiting', trigger: 'automatic' });
    // Whoever made the policy is who asks.
    expect((await stage.owner.post(`${base}/actions/${waiting.id}/approve`, {})).status).toBe(403);
    const admin = await newMember(stage.atlas, stage.organizationId, 'admin');
    expect((await admin.post(`${base}/actions/${waiting.id}/reject`, {})).status).toBe(200);
    expect((await stage.owner.call('DELETE', `${base}/policies/${policy.id}`)).status).toBe(204);
  }, 120_000);

  test('what cannot be brought back: only confirmed by name, and only through a quarantine', async () => {
    const policyOf = (name: string) => ({
      ...body,
      name,
      rules: ['final'],
      undoClasses: ['N'],
      window: { timeZone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], fromHour: 0, toHour: 24 },
      confirmName: name,
    });
    const { status, body: policy } = await stage.owner.post(`${base}/policies`, policyOf('Clean up'));
    expect(status).toBe(201);
    const quarantine = estate.kinds['quarantine']!();
    const direct = {
      ...estate.kinds['quarantine']!(),
      action: { kind: 'operations' as const, operations: [{ operation: 'delete', parameters: {} }] },
    };
    const set = await driver.recommend(quarantine, { monthly: '700', ruleId: 'final' });
    const never = await driver.recommend(direct, { monthly: '900', ruleId: 'final' });
    const began = async (id: string) =>
      (await actions()).filter(({ recommendation_id: found }) => found === id).length;
    // As a policy of before names were asked for.
    const confirmed = (value: boolean) =>
      stage.sql.query('update finops.automation_policy set final_confirmed = $1 where id = $2', [
        value,
        policy.id,
      ]);
    await confirmed(false);
    expect(await ticking(new ManualClock('2027-03-01T12:00:00.000Z'))()).toBe(0);
    await confirmed(true);
    expect(await ticking(new ManualClock('2027-03-02T12:00:00.000Z'))()).toBe(1);
    expect([await began(set), await began(never)]).toEqual([1, 0]);
    expect((await stage.owner.call('DELETE', `${base}/policies/${policy.id}`)).status).toBe(204);
  }, 120_000);

  test('undo while the type is sold out waits, stays applied, and says so; half way it needs a person', async () => {
    const soldOut = {
      effect: { kind: 'error', code: 'InsufficientInstanceCapacity', message: 'no m5 left', status: 500 },
      target: { actions: ['ec2:StartInstances'] },
    } as const;
    const stopped = estate.kinds['stop']!();
    const id = await driver.place(await driver.recommend(stopped));
    await driver.drive('apply', newRun(), id);
    const after = await stopped.state();
    await driver.pressUndo(id);
    stage.simulator.control.addFault({ ...soldOut, times: 3 });
    await driver.drive('undo', newRun(), id);
    expect((await driver.load(id)).action.status).toBe('undone');

    const again = estate.kinds['stop']!();
    const second = await driver.place(await driver.recommend(again));
    await driver.drive('apply', newRun(), second);
    await driver.pressUndo(second);
    stage.simulator.control.addFault(soldOut);
    await driver.drive('undo', newRun(), second);
    const waited = (await driver.load(second)).action;
    expect([waited.status, waited.undo_pending, await again.state()]).toEqual(['applied', false, after]);
    expect(waited.message).toContain('no m5 left');

    stage.simulator.control.faults.clear();
    const resized = estate.kinds['resize']!();
    const third = await driver.place(await driver.recommend(resized));
    await driver.drive('apply', newRun(), third);
    await driver.pressUndo(third);
    stage.simulator.control.addFault(soldOut);
    await driver.drive('undo', newRun(), third);
    const half = (await driver.load(third)).action;
    expect([half.status, await resized.state()]).toEqual(['needs_attention', 'm5.xlarge stopped Name']);
    expect(half.attention?.en).toMatch(/Taken back: .*resize.*Failed or not known: start .*no m5 left/);
    stage.simulator.control.faults.clear();
    await driver.pressUndo(third);
    await driver.drive('undo', newRun(), third);
    expect((await driver.load(third)).action.status).toBe('undone');
    expect(await resized.state()).toBe('m5.xlarge running Name');
  }, 120_000);

  test('what an action saved is measured from the days after it, and shown by month', async () => {
    const planted = estate.kinds['retention']!();
    const id = await driver.place(await driver.recommend(planted, { monthly: '304.4' }));
    await driver.drive('apply', newRun(), id);
    const { db, workspaceId } = driver;
    const scope = { organizationId: stage.organizationId, workspaceId };
    await db.inTenant(scope, (tx) =>
      tx
        .updateTable('finops.action')
        .set({ applied_at: new Date('2026-01-29T10:00:00.000Z') })
        .where('id', '=', id)
        .execute(),
    );
    const daily = Array.from({ length: 20 }, (_, index) => ({
      day: new Date(Date.UTC(2026, 0, 15 + index)).toISOString().slice(0, 10),
      effective: index < 14 ? '10' : '4',
      billed: '0',
    }));
    const realised = createRealised({ clock: new ManualClock('2026-02-10T00:00:00.000Z') }, db, {
      resourceCosts: async (_scope, { resourceIds }) => {
        expect(resourceIds).toContain(planted.ref.id);
        const amounts = { effective: '0', billed: '0', days: daily.length, daily };
        return [{ accountId: '1', resourceId: planted.ref.nativeId, currency: 'USD', ...amounts }];
      },
      money: {
        completeThrough: async () => '2026-02-03',
        currency: async () => 'USD',
        ratesInto: async () => new Map(),
        monthEnd: async () => null,
      },
    });
    expect((await stage.owner.get(`${base}/actions/${id}`)).body.realised).toBeNull();
    await realised.measureAll(scope, new AbortController().signal);
    await realised.measureAll(scope, new AbortController().signal);
    expect((await stage.owner.get(`${base}/actions/${id}`)).body.realised).toEqual({
      days: 5,
      before: { amount: '50', currency: 'USD' },
      after: { amount: '20', currency: 'USD' },
      saved: { amount: '30', currency: 'USD' },
    });
    expect(await realised.answer(scope)).toEqual({
      currency: 'USD',
      months: [
        { month: '2026-01', estimated: '20', realised: '12' },
        { month: '2026-02', estimated: '30', realised: '18' },
      ],
      total: '30',
    });
  }, 120_000);
});
