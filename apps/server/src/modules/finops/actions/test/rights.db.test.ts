import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connectAccount,
  newMember,
  startCloudStage,
  type CloudStage,
} from '../../../../../test/support/cloud.ts';
import { newId } from '../../../../platform/ids/ids.ts';
import { foundOf } from '../found.ts';
import { recommend } from './driver.ts';
import { Estate } from './estate.ts';

const policy = {
  name: 'Nights',
  enabled: true,
  rules: [],
  accountIds: [],
  minimumMonthly: '10',
  window: { timeZone: 'UTC', days: [1], fromHour: 0, toHour: 24 },
  maxActionsPerDay: 3,
};

/** What a person or key with some rights must not reach from there. */
describe('rights over savings', () => {
  let stage: CloudStage;
  let base: string;
  let recommendationId: string;

  beforeAll(async () => {
    stage = await startCloudStage({ work: false });
    base = `${stage.base}/finops`;
    const account = await connectAccount(stage);
    const { tenancy } = stage.atlas.application.services;
    const workspaceId = (await tenancy.workspaceId(stage.organizationId, 'main')) ?? '';
    await stage.owner.post('/orgs/aurora/workspaces', { name: 'Sandbox', slug: 'sandbox' });
    const estate = new Estate(stage.simulator);
    const planted = estate.kinds['retention']!();
    const connection = estate.connect();
    const resource = await connection.inspect(planted.ref);
    connection.close();
    recommendationId = await recommend(stage, account.id, workspaceId, planted, {
      name: resource.name,
      fingerprint: foundOf(resource),
    });
  });
  afterAll(() => stage.close());

  test('a role in one workspace sets nothing that holds in the others', async () => {
    const operator = await newMember(stage.atlas, stage.organizationId, 'operator');
    const { body: me } = await operator.get('/me');
    const { body: members } = await stage.owner.get('/orgs/aurora/members?limit=100');
    const member = members.items.find((each: { userId: string }) => each.userId === me.id);
    const path = `/orgs/aurora/members/${member.id}/overrides/sandbox`;
    expect((await stage.owner.call('PUT', path, { role: 'admin' })).status).toBe(200);

    const sandbox = '/orgs/aurora/workspaces/sandbox/finops';
    const { body: settings } = await stage.owner.get(`${base}/settings`);
    const { body: rules } = await stage.owner.get(`${base}/rules`);
    // Otherwise an operator could apply in production what another person should approve.
    for (const [method, place, body] of [
      ['PUT', 'approval', { mode: 'none' }],
      ['PUT', 'settings', settings],
      ['PATCH', `rules/${rules.items[0].id}`, { enabled: false }],
    ] as const) {
      const answer = await operator.call(method, `${sandbox}/${place}`, body);
      expect([answer.status, answer.body.code], place).toEqual([403, 'forbidden']);
      expect((await stage.owner.call(method, `${sandbox}/${place}`, body)).status, place).toBe(200);
    }
    // A policy is the workspace's own.
    expect((await operator.post(`${sandbox}/policies`, policy)).status).toBe(201);
  }, 120_000);

  test('a key that may not apply has no policy do it', async () => {
    const { status, body: key } = await stage.owner.post('/me/api-keys', {
      name: 'settings only',
      organization: 'aurora',
      permissions: ['finops:read', 'finops:configure'],
      expiresInDays: 1,
    });
    expect(status).toBe(201);
    const headers = { authorization: `Bearer ${key.secret}` };
    const call = (method: 'POST' | 'PATCH', path: string, body: unknown) =>
      stage.atlas.browser().call(method, `${base}/${path}`, body, headers);
    const refused = await call('POST', 'policies', policy);
    expect([refused.status, refused.body.meta.permission]).toEqual([403, 'finops:apply']);
    const made = await call('POST', 'policies', { ...policy, enabled: false });
    expect(made.status).toBe(201);
    expect((await call('PATCH', `policies/${made.body.id}`, { enabled: true })).status).toBe(403);
  }, 120_000);

  test('a policy over what cannot be brought back is confirmed by its name, however it comes to be on', async () => {
    const final = { ...policy, name: 'Clean up', undoClasses: ['R', 'N'] };
    const refused = async (answer: { status: number; body: { errors?: { path: string }[] } }) => {
      expect(answer.status).toBe(422);
      expect(JSON.stringify(answer.body)).toContain('confirmName');
    };
    const create = (body: object) => stage.owner.post(`${base}/policies`, body);
    const change = (id: string, body: object) => stage.owner.call('PATCH', `${base}/policies/${id}`, body);
    await refused(await create(final));
    await refused(await create({ ...final, confirmName: 'clean up' }));
    // Off it does nothing, so nothing is to be confirmed; on it is.
    const { status, body: made } = await create({ ...final, enabled: false });
    expect(status).toBe(201);
    expect(made).not.toHaveProperty('confirmName');
    await refused(await change(made.id, { enabled: true }));
    expect((await change(made.id, { enabled: true, confirmName: 'Clean up' })).status).toBe(200);
    // What was confirmed was the policy as it was then.
    await refused(await change(made.id, { minimumMonthly: '0' }));
    await refused(await change(made.id, { name: 'Other', confirmName: 'Clean up' }));
    const { body: plain } = await create(policy);
    await refused(await change(plain.id, { undoClasses: ['N'] }));
    expect((await change(made.id, { enabled: false })).status).toBe(200);
  }, 120_000);

  test('saved filters are one’s own or shared; only who saved them deletes them, in their workspace', async () => {
    const viewer = await newMember(stage.atlas, stage.organizationId, 'viewer');
    const save = (name: string, shared: boolean) =>
      stage.owner.post(`${base}/views`, { name, search: 'priority=high', shared });
    const [mine, shared] = [await save('Mine', false), await save('For all', true)];
    expect([mine.status, shared.status, mine.body.mine]).toEqual([201, 201, true]);
    const seen = (await viewer.get(`${base}/views`)).body.items;
    expect(seen).toMatchObject([{ name: 'For all', mine: false, shared: true }]);
    const sandbox = '/orgs/aurora/workspaces/sandbox/finops/views';
    expect((await stage.owner.get(sandbox)).body.items).toEqual([]);
    for (const [browser, path] of [
      [viewer, `${base}/views/${shared.body.id}`],
      [stage.owner, `${sandbox}/${shared.body.id}`],
      [stage.owner, `${base}/views/no-id`],
    ] as const)
      expect((await browser.call('DELETE', path)).status).toBe(404);
    expect((await stage.owner.call('DELETE', `${base}/views/${shared.body.id}`)).status).toBe(204);
    expect((await viewer.get(`${base}/views`)).body.items).toEqual([]);
    expect((await stage.owner.post(`${base}/views`, { name: ' ', search: '' })).status).toBe(422);
  }, 120_000);

  test('what is in one workspace is not there through the address of another', async () => {
    const sandbox = '/orgs/aurora/workspaces/sandbox/finops';
    const body = { idempotencyKey: newId() };
    const { body: action } = await stage.owner.post(
      `${base}/recommendations/${recommendationId}/apply`,
      body,
    );
    expect(action.status).toBe('running');
    const { body: own } = await stage.owner.post(`${base}/policies`, policy);
    const probes = [
      ['GET', `recommendations/${recommendationId}`],
      ['GET', `recommendations/${recommendationId}/plan`],
      ['POST', `recommendations/${recommendationId}/apply`, body],
      ['POST', `recommendations/${recommendationId}/dismiss`, { reason: 'other', note: '', until: null }],
      ['POST', `recommendations/${recommendationId}/reopen`],
      ['POST', `recommendations/${recommendationId}/assign`, { userId: null }],
      ['GET', `actions/${action.id}`],
      ['POST', `actions/${action.id}/undo`],
      ['POST', `actions/${action.id}/approve`, {}],
      ['POST', `actions/${action.id}/reject`, {}],
      ['POST', `actions/${action.id}/withdraw`],
      ['PATCH', `policies/${own.id}`, { enabled: false }],
      ['DELETE', `policies/${own.id}`],
    ] as const;
    for (const [method, path, given] of probes) {
      const answer = await stage.owner.call(method, `${sandbox}/${path}`, given);
      expect([answer.status, path]).toEqual([404, path]);
    }
    const bulk = { recommendationIds: [recommendationId], idempotencyKey: newId() };
    expect((await stage.owner.post(`${sandbox}/bulk/apply`, bulk)).body).toEqual({
      started: [],
      skipped: [{ recommendationId, reason: 'not_found' }],
    });
    expect(
      (await stage.owner.get(`${sandbox}/actions?recommendation=${recommendationId}`)).body.items,
    ).toEqual([]);
  }, 120_000);
});
