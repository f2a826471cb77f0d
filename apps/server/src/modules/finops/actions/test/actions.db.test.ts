import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TestBrowser } from '../../../../../test/support/application.ts';
import {
  connectAccount,
  eventually,
  newMember,
  newTenant,
  startCloudStage,
  synchronise,
  type CloudStage,
} from '../../../../../test/support/cloud.ts';
import { newId } from '../../../../platform/ids/ids.ts';
import { foundOf } from '../found.ts';
import { createOutcomes } from '../outcome.ts';
import type { ActionTables } from '../tables.ts';
import { createActionTick } from '../tick.ts';
import { recommend } from './driver.ts';
import { Estate, type Planted } from './estate.ts';

const hour = 3_600_000;

describe('applying a recommendation and taking it back', () => {
  let stage: CloudStage;
  let estate: Estate;
  let accountId: string;
  let workspaceId: string;
  let base: string;

  beforeAll(async () => {
    stage = await startCloudStage();
    estate = new Estate(stage.simulator);
    accountId = (await connectAccount(stage)).id;
    const { tenancy } = stage.atlas.application.services;
    workspaceId = (await tenancy.workspaceId(stage.organizationId, 'main')) ?? '';
    base = `${stage.base}/finops`;
  });
  afterEach(async () => {
    stage.simulator.control.faults.clear();
    await stage.owner.call('PUT', `${base}/approval`, { mode: 'none' });
  });
  afterAll(() => stage.close());

  /** What a scan would have found about it. */
  async function found(
    planted: Planted,
    more: Partial<Parameters<typeof recommend>[4]> = {},
  ): Promise<string> {
    const connection = estate.connect();
    const resource = await connection.inspect(planted.ref);
    connection.close();
    return recommend(stage, accountId, workspaceId, planted, {
      name: resource.name,
      fingerprint: foundOf(resource),
      ...more,
    });
  }

  function kind(name: string): Planted {
    const planted = estate.kinds[name]?.();
    if (planted === undefined) throw new Error(name);
    return planted;
  }

  function apply(recommendationId: string, more: object = {}, browser: TestBrowser = stage.owner) {
    const body = { idempotencyKey: newId(), ...more };
    return browser.post(`${base}/recommendations/${recommendationId}/apply`, body);
  }

  function undo(actionId: string, browser: TestBrowser = stage.owner) {
    return browser.post(`${base}/actions/${actionId}/undo`);
  }

  // oxlint-disable-next-line no-explicit-any -- an answer of the API
  async function ended(actionId: string): Promise<any> {
    const { body } = await eventually(
      () => stage.owner.get(`${base}/actions/${actionId}`),
      (answer) => !['running', 'undoing'].includes(answer.body.status),
      90_000,
    );
    return body;
  }

  async function applied(planted: Planted, more: object = {}) {
    const { status, body } = await apply(await found(planted), more);
    expect(status, JSON.stringify(body)).toBe(202);
    return ended(body.id);
  }

  async function recommendationStatus(id: string): Promise<string> {
    const { rows } = await stage.sql.query('select status from finops.recommendation where id = $1', [id]);
    return rows[0].status;
  }

  function tick() {
    const { platform, services } = stage.atlas.application;
    const db = platform.db.withTables<ActionTables>();
    return createActionTick(platform, db, createOutcomes(platform, db, services.audit))();
  }

  test('the whole way: plan, apply, timeline, audit, events, inventory, undo', async () => {
    const planted = kind('resize');
    const before = await planted.state();
    expect((await synchronise(stage, accountId)).status).toBe('succeeded');
    const listed = await stage.owner.get(`${stage.base}/resources?q=${planted.ref.id}`);
    const resourceId = listed.body.items[0].id;
    const recommendationId = await found(planted, { resourceId });
    const plan = await stage.owner.get(`${base}/recommendations/${recommendationId}/plan`);
    expect([plan.status, plan.body]).toMatchObject([
      200,
      {
        kind: 'operations',
        confirm: 'simple',
        dryRun: { allowed: true },
        needsApproval: false,
        steps: [
          { operation: 'stop', calls: ['ec2:StopInstances'], status: 'pending' },
          { operation: 'resize', parameters: { instanceType: 'm5.large' } },
          { operation: 'start', calls: ['ec2:StartInstances'] },
        ],
        undoSteps: [{ operation: 'stop' }, { operation: 'resize' }, { operation: 'start' }],
      },
    ]);
    expect(await planted.state()).toBe(before);

    const { status, body } = await apply(recommendationId);
    expect([status, body.status]).toEqual([202, 'running']);
    expect(await recommendationStatus(recommendationId)).toBe('applying');
    const action = await ended(body.id);
    expect(action).toMatchObject({
      status: 'applied',
      trigger: 'manual',
      message: null,
      attention: null,
      steps: [{ status: 'done' }, { status: 'done' }, { status: 'done' }],
      before: { size: { sku: 'm5.xlarge' } },
      undoUntil: expect.any(String),
    });
    expect(await planted.state()).toBe('m5.large running Name');
    expect(await recommendationStatus(recommendationId)).toBe('applied');
    // The inventory follows without a synchronisation.
    await eventually(
      () => stage.owner.get(`${stage.base}/resources/${resourceId}`),
      (answer) => answer.body.size?.sku === 'm5.large',
      60_000,
    );

    expect((await undo(action.id)).status).toBe(202);
    const undone = await ended(action.id);
    expect([undone.status, await planted.state()]).toEqual(['undone', before]);
    expect(undone.undoSteps.map((step: { status: string }) => step.status)).toEqual(['done', 'done', 'done']);
    expect(await recommendationStatus(recommendationId)).toBe('open');

    const { body: log } = await stage.owner.get(`/orgs/aurora/audit?action=finops.&limit=20`);
    expect(log.items.map((entry: { action: string }) => entry.action).toReversed()).toEqual([
      'finops.action_requested',
      'finops.action_applied',
      'finops.action_undo_requested',
      'finops.action_undone',
    ]);
    const { rows: events } = await stage.sql.query(
      "select name from platform.event where payload ->> 'actionId' = $1 order by id",
      [action.id],
    );
    expect(events.map(({ name }) => name)).toEqual([
      'finops.action_started',
      'finops.action_applied',
      'finops.action_undone',
    ]);
    const page = await stage.owner.get(`${base}/actions?recommendation=${recommendationId}`);
    expect(page.body.items).toHaveLength(1);
    expect((await undo(action.id)).status).toBe(409);
  }, 240_000);

  test('what changed or went since the scan is left alone', async () => {
    const changed = kind('stop');
    const changedId = await found(changed);
    const instance = estate.ec2.instances.get(changed.ref.id)?.data.instance;
    if (instance === undefined) throw new Error('no instance');
    instance.InstanceType = 'm5.2xlarge';
    const action = await ended((await apply(changedId)).body.id);
    expect(action.status).toBe('failed');
    expect(action.message).toContain('sku m5.xlarge → m5.2xlarge');
    expect(await changed.state()).toBe('m5.2xlarge running Name');
    expect(await recommendationStatus(changedId)).toBe('expired');

    const gone = kind('modify');
    const goneId = await found(gone);
    estate.ec2.volumes.delete(gone.ref.id);
    const second = await ended((await apply(goneId)).body.id);
    expect([second.status, second.message]).toEqual(['failed', expect.stringContaining('it is gone')]);
  }, 120_000);

  test('a denial half way: what was done is taken back, and the recommendation is open again', async () => {
    const planted = kind('resize');
    const before = await planted.state();
    stage.simulator.control.addFault({
      effect: { kind: 'deny' },
      target: { actions: ['ec2:ModifyInstanceAttribute'] },
    });
    const recommendationId = await found(planted);
    const action = await ended((await apply(recommendationId)).body.id);
    expect([action.status, await planted.state()]).toEqual(['failed', before]);
    expect(action.message).toMatch(/^resize: .*taken back/);
    expect(action.steps.map((step: { status: string }) => step.status)).toEqual([
      'undone',
      'failed',
      'pending',
    ]);
    expect(await recommendationStatus(recommendationId)).toBe('open');
  }, 120_000);

  test('of two people at once one acts; a repeated press is the same action', async () => {
    const planted = kind('stop');
    const resourceId = newId();
    const recommendationId = await found(planted, { resourceId });
    // Another rule found something on the same resource.
    const other = await found(planted, { resourceId, ruleId: 'other-rule' });
    const admin = await newMember(stage.atlas, stage.organizationId, 'admin');
    const key = newId();
    const answers = await Promise.all([
      apply(recommendationId, { idempotencyKey: key }),
      apply(recommendationId, { idempotencyKey: key }),
      apply(recommendationId, {}, admin),
      apply(other, {}, admin),
    ]);
    const started = new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body.id));
    expect(started.size).toBe(1);
    expect(answers.filter(({ status }) => status === 409).length).toBeGreaterThanOrEqual(2);
    const mismatch = await apply(await found(kind('stop')), { idempotencyKey: key });
    expect([202, 409]).toContain(mismatch.status);
    for (const id of started) expect((await ended(id)).status).toBe('applied');
  }, 120_000);

  test('undo: only in its window, not before the provider allows it, and not over what somebody else changed', async () => {
    const volume = kind('modify');
    const modified = await applied(volume);
    expect(modified.undoFrom).not.toBeNull();
    const early = await undo(modified.id);
    expect([early.status, early.body.meta]).toEqual([409, { undoFrom: modified.undoFrom }]);

    const stopped = kind('stop');
    const action = await applied(stopped);
    estate.ec2.instances.get(stopped.ref.id)!.data.instance.State = { Code: 16, Name: 'running' };
    expect((await undo(action.id)).status).toBe(202);
    const kept = await ended(action.id);
    expect([kept.status, kept.message]).toEqual([
      'applied',
      expect.stringContaining('Somebody changed it since'),
    ]);

    stage.advance(24 * hour + 60_000);
    const late = await undo(action.id);
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining('24 hours')]);
    await tick();
    expect((await ended(action.id)).status).toBe('final');
    expect((await undo(action.id)).body.detail).toContain('24 hours');
  }, 120_000);

  test('what is final goes through quarantine: confirmed by name, taken back in time, else deleted', async () => {
    const planted = kind('quarantine');
    const before = await planted.state();
    const recommendationId = await found(planted);
    expect((await apply(recommendationId)).status).toBe(422);
    expect((await apply(recommendationId, { confirmName: 'something else' })).status).toBe(422);
    const name = estate.ec2.instances.get(planted.ref.id)!.data.instance.Tags?.[0]?.Value;
    const taken = await ended((await apply(recommendationId, { confirmName: name })).body.id);
    expect(taken).toMatchObject({ status: 'quarantined', finalAt: expect.any(String) });
    expect(await planted.state()).toBe('m5.xlarge stopped Name,cloudatlas-quarantine');
    await undo(taken.id);
    expect([(await ended(taken.id)).status, await planted.state()]).toEqual(['undone', before]);

    const again = await ended((await apply(recommendationId, { confirmName: name })).body.id);
    expect(again.status).toBe('quarantined');
    await tick();
    expect((await ended(again.id)).status).toBe('quarantined');
    stage.advance(24 * hour + 60_000);
    await Promise.all([tick(), tick()]);
    const final = await eventually(
      () => ended(again.id),
      ({ status }) => status !== 'quarantined',
      60_000,
    );
    expect([final.status, await planted.state()]).toEqual(['final', expect.stringContaining('terminated')]);
    expect((await undo(again.id)).status).toBe(409);
  }, 180_000);

  test('what is used again or was untagged during its quarantine is not deleted', async () => {
    for (const touch of ['started', 'untagged']) {
      const planted = kind('quarantine');
      const name = estate.ec2.instances.get(planted.ref.id)!.data.instance.Tags?.[0]?.Value;
      const action = await applied(planted, { confirmName: name });
      const { instance } = estate.ec2.instances.get(planted.ref.id)!.data;
      if (touch === 'started') instance.State = { Code: 16, Name: 'running' };
      else instance.Tags = instance.Tags?.filter(({ Key }) => Key === 'Name');
      stage.advance(24 * hour + 60_000);
      await tick();
      const kept = await eventually(
        () => ended(action.id),
        ({ status }) => status !== 'quarantined',
        60_000,
      );
      expect(kept.status).toBe('needs_attention');
      expect(kept.attention.en).toContain('not deleted');
      expect(await planted.state()).not.toContain('terminated');
    }
  }, 180_000);

  test('approval: another person decides; the one who asked may not', async () => {
    expect((await stage.owner.call('PUT', `${base}/approval`, { mode: 'all' })).status).toBe(200);
    const admin = await newMember(stage.atlas, stage.organizationId, 'admin');
    const operator = await newMember(stage.atlas, stage.organizationId, 'operator');
    const planted = kind('stop');
    const before = await planted.state();
    const recommendationId = await found(planted);
    const { body: plan } = await admin.get(`${base}/recommendations/${recommendationId}/plan`);
    expect(plan.needsApproval).toBe(true);
    const { status, body } = await apply(recommendationId, { note: 'idle since May' }, admin);
    expect([status, body.status]).toEqual([202, 'waiting']);
    const decide = (browser: TestBrowser, verb: string, note = '') =>
      browser.post(`${base}/actions/${body.id}/${verb}`, { note });
    expect((await decide(operator, 'approve')).status).toBe(403);
    expect((await decide(admin, 'approve')).status).toBe(403);
    expect(await planted.state()).toBe(before);
    expect((await decide(stage.owner, 'approve', 'go on')).status).toBe(200);
    expect(await ended(body.id)).toMatchObject({
      status: 'applied',
      approval: { note: 'go on', decidedBy: { name: expect.any(String) } },
    });
    expect((await decide(stage.owner, 'reject')).status).toBe(409);

    const refused = await apply(await found(kind('stop')), {}, admin);
    const answer = await stage.owner.post(`${base}/actions/${refused.body.id}/reject`, { note: 'needed' });
    expect([answer.status, answer.body.status]).toEqual([200, 'rejected']);
    expect(await recommendationStatus(refused.body.recommendationId)).toBe('open');
  }, 120_000);

  test('what the account no longer allows is not done: neither what waited nor what is in quarantine', async () => {
    const features = ['inventory', 'costs', 'metrics', 'operate', 'create', 'delete'];
    const allow = (allowed: string[]) =>
      stage.owner.call('PATCH', `${stage.base}/accounts/${accountId}`, { features: allowed });
    const admin = await newMember(stage.atlas, stage.organizationId, 'admin');
    const inQuarantine = kind('quarantine');
    const name = estate.ec2.instances.get(inQuarantine.ref.id)!.data.instance.Tags?.[0]?.Value;
    const taken = await applied(inQuarantine, { confirmName: name });
    await stage.owner.call('PUT', `${base}/approval`, { mode: 'all' });
    const waiting = (await apply(await found(kind('stop')), {}, admin)).body;
    expect([taken.status, waiting.status]).toEqual(['quarantined', 'waiting']);
    try {
      await allow(['inventory']);
      const approved = await stage.owner.post(`${base}/actions/${waiting.id}/approve`, {});
      expect([approved.status, approved.body.meta]).toEqual([409, { blockedBy: 'feature_off' }]);
      stage.advance(24 * hour + 60_000);
      await tick();
      const kept = await eventually(
        () => ended(taken.id),
        ({ status }) => status !== 'quarantined',
        60_000,
      );
      expect([kept.status, kept.message]).toEqual([
        'needs_attention',
        expect.stringContaining('does not let CloudAtlas do this'),
      ]);
      expect(await inQuarantine.state()).toBe('m5.xlarge stopped Name,cloudatlas-quarantine');
    } finally {
      await allow(features);
    }
  }, 180_000);

  test('a smaller plan takes no way out: refusing and taking back stay, asking for more does not', async () => {
    const plan = (tier: string) =>
      stage.sql.query('update tenancy.organization set plan = $1 where organization_id = $2', [
        tier,
        stage.organizationId,
      ]);
    const admin = await newMember(stage.atlas, stage.organizationId, 'admin');
    const planted = kind('retention');
    const before = await planted.state();
    const action = await applied(planted);
    await stage.owner.call('PUT', `${base}/approval`, { mode: 'all' });
    const waiting = (await apply(await found(kind('retention')), {}, admin)).body;
    expect(waiting.status).toBe('waiting');
    try {
      await plan('free');
      expect((await apply(await found(kind('retention')))).status).toBe(402);
      expect((await stage.owner.post(`${base}/actions/${waiting.id}/approve`, {})).status).toBe(402);
      expect((await stage.owner.post(`${base}/actions/${waiting.id}/reject`, {})).status).toBe(200);
      expect((await undo(action.id)).status).toBe(202);
      expect([(await ended(action.id)).status, await planted.state()]).toEqual(['undone', before]);
    } finally {
      await plan('enterprise');
    }
  }, 120_000);

  test('a configuration that was captured is for those who may read the inventory', async () => {
    const action = await applied(kind('stop'));
    expect(action.before).not.toBeNull();
    const billing = await newMember(stage.atlas, stage.organizationId, 'billing');
    const { status, body } = await billing.get(`${base}/actions/${action.id}`);
    expect([status, body.status, body.before]).toEqual([200, 'applied', null]);
  }, 120_000);

  test('several at once: what is left out says why, within number and money', async () => {
    const resourceId = newId();
    const twice = kind('retention');
    const ids = [
      await found(kind('retention'), { costConverted: '40' }),
      await found(twice, { resourceId, costConverted: '40' }),
      await found(twice, { resourceId, ruleId: 'other-rule' }),
      await found(kind('quarantine')),
      await found(kind('retention'), { costConverted: '40' }),
    ];
    const preview = await stage.owner.post(`${base}/bulk/preview`, { recommendationIds: ids });
    expect(preview.body.items.map((item: { blockedBy: string }) => item.blockedBy)).toEqual([
      null,
      null,
      'duplicate_resource',
      'typed',
      null,
    ]);
    expect(preview.body).toMatchObject({ applicable: 3, monthlySaving: '180' });
    const bulk = (more: object, key = newId()) =>
      stage.owner.post(`${base}/bulk/apply`, { recommendationIds: ids, idempotencyKey: key, ...more });
    const key = newId();
    const first = await bulk({ maxMonthlyCost: '50' }, key);
    expect([first.status, first.body.started.length]).toEqual([202, 1]);
    expect(first.body.skipped.map((each: { reason: string }) => each.reason)).toEqual([
      'limit',
      'duplicate_resource',
      'typed',
      'limit',
    ]);
    expect((await bulk({ maxMonthlyCost: '50' }, key)).body.started).toEqual(first.body.started);
    // Nobody can tell that what has no known cost keeps to a limit of money; without one it may go.
    const unknown = await found(kind('retention'));
    const limited = { recommendationIds: [unknown], maxMonthlyCost: '1000000' };
    expect((await bulk(limited)).body).toEqual({
      started: [],
      skipped: [{ recommendationId: unknown, reason: 'cost_unknown' }],
    });
    const second = await bulk({ maxActions: 1 });
    expect(second.body.started).toHaveLength(1);
    for (const { actionId } of [...first.body.started, ...second.body.started])
      expect(await ended(actionId)).toMatchObject({ status: 'applied', trigger: 'bulk' });
  }, 120_000);

  test('gates: role, plan, features of the account, other tenants', async () => {
    const recommendationId = await found(kind('stop'));
    const viewer = await newMember(stage.atlas, stage.organizationId, 'viewer');
    expect((await apply(recommendationId, {}, viewer)).status).toBe(403);
    expect((await viewer.get(`${base}/actions`)).status).toBe(200);
    const free = await newTenant(stage.atlas, 'free-ltd', 'free');
    const theirs = `${free.base}/finops`;
    const body = { idempotencyKey: newId() };
    expect((await free.owner.post(`${theirs}/recommendations/${recommendationId}/apply`, body)).status).toBe(
      402,
    );
    const stranger = await newTenant(stage.atlas, 'stranger');
    const action = await applied(kind('retention'));
    expect((await stranger.owner.get(`${stranger.base}/finops/actions/${action.id}`)).status).toBe(404);
    expect((await stranger.owner.post(`${stranger.base}/finops/actions/${action.id}/undo`)).status).toBe(404);
    expect(
      (await stranger.owner.post(`${stranger.base}/finops/recommendations/${recommendationId}/apply`, body))
        .status,
    ).toBe(404);
    await stage.owner.call('PATCH', `${stage.base}/accounts/${accountId}`, { features: ['inventory'] });
    try {
      const off = await apply(recommendationId);
      expect([off.status, off.body.meta]).toEqual([409, { blockedBy: 'feature_off' }]);
    } finally {
      await stage.owner.call('PATCH', `${stage.base}/accounts/${accountId}`, {
        features: ['inventory', 'costs', 'metrics', 'operate', 'create', 'delete'],
      });
    }
  }, 120_000);
});
