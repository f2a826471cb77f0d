import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestBrowser } from '../../../../../test/support/application.ts';
import {
  connectAccount,
  eventually,
  newMember,
  startCloudStage,
  type CloudStage,
} from '../../../../../test/support/cloud.ts';
import { ManualClock } from '../../../../platform/clock/clock.ts';
import { newId } from '../../../../platform/ids/ids.ts';
import { foundOf } from '../found.ts';
import { createOutcomes } from '../outcome.ts';
import { createRequests } from '../requests.ts';
import type { ActionTables } from '../tables.ts';
import { recommend } from './driver.ts';
import { Estate } from './estate.ts';

const day = 86_400_000;

/** Requests that wait for another person, and deletions while something is under way. */
describe('requests and deletions', () => {
  let stage: CloudStage;
  let estate: Estate;
  let accountId: string;
  let workspaceId: string;
  let base: string;
  let admin: TestBrowser;

  beforeAll(async () => {
    stage = await startCloudStage();
    estate = new Estate(stage.simulator);
    accountId = (await connectAccount(stage)).id;
    const { tenancy } = stage.atlas.application.services;
    workspaceId = (await tenancy.workspaceId(stage.organizationId, 'main')) ?? '';
    base = `${stage.base}/finops`;
    admin = await newMember(stage.atlas, stage.organizationId, 'admin');
  });
  afterAll(() => stage.close());

  async function found(name = 'stop', of = accountId): Promise<string> {
    const planted = estate.kinds[name]!();
    const connection = estate.connect();
    const resource = await connection.inspect(planted.ref);
    connection.close();
    return recommend(stage, of, workspaceId, planted, {
      name: resource.name,
      fingerprint: foundOf(resource),
    });
  }

  /** Somebody asks for an action that another person must decide about. */
  async function ask(days = 7, of = accountId) {
    const saved = await stage.owner.call('PUT', `${base}/approval`, { mode: 'all', expireDays: days });
    expect(saved.body).toEqual({ mode: 'all', expireDays: days });
    const id = await found('stop', of);
    const { status, body } = await admin.post(`${base}/recommendations/${id}/apply`, {
      idempotencyKey: newId(),
    });
    expect([status, body.status]).toEqual([202, 'waiting']);
    return body;
  }

  /** What a worker does every minute, at an instant of the future. */
  async function expireAt(instant: Date): Promise<void> {
    const { platform, services } = stage.atlas.application;
    const timed = { ...platform, clock: new ManualClock(instant) };
    const db = platform.db.withTables<ActionTables>();
    const { identity, tenancy } = services;
    const outcomes = createOutcomes(timed, db, services.audit);
    await createRequests(timed, db, { outcomes, identity, tenancy }).expireDue();
  }

  const action = async (id: string) => (await stage.owner.get(`${base}/actions/${id}`)).body;
  const recommendation = async (id: string) =>
    (await stage.owner.get(`${base}/recommendations/${id}`)).body.status;
  async function events(name: string, actionId: string): Promise<number> {
    const { rows } = await stage.sql.query(
      `select 1 from platform.event where name = $1 and payload ->> 'actionId' = $2`,
      [name, actionId],
    );
    return rows.length;
  }

  test('a request that nobody decides about ends: who asked is told, the finding is open again', async () => {
    const { body: me } = await admin.get('/me');
    const request = await ask(3);
    const end = Date.parse(request.expiresAt);
    // One is by the clock of the database, the other by ours.
    expect(Math.abs(end - Date.parse(request.createdAt) - 3 * day)).toBeLessThan(60_000);
    await expireAt(new Date(end - 1000));
    expect((await action(request.id)).status).toBe('waiting');
    // Two workers at the same minute: one end, one mail.
    await Promise.all([expireAt(new Date(end)), expireAt(new Date(end))]);
    expect(await action(request.id)).toMatchObject({
      status: 'expired',
      expiresAt: null,
      message: expect.stringContaining('Nobody decided'),
    });
    expect(await recommendation(request.recommendationId)).toBe('open');
    expect(await events('finops.action_expired', request.id)).toBe(1);
    const mails = (await stage.atlas.mailsTo(me.email)).filter(({ subject }) => subject.includes('expired'));
    expect(mails).toHaveLength(1);
    const { body: log } = await stage.owner.get('/orgs/aurora/audit?action=finops.action_expired&limit=10');
    expect(log.items).toMatchObject([{ actor: { kind: 'system' }, details: { actionId: request.id } }]);
    for (const verb of ['approve', 'reject'])
      expect((await stage.owner.post(`${base}/actions/${request.id}/${verb}`, {})).status).toBe(409);
  }, 120_000);

  test('what is over is not approved, even before a worker came by; days have bounds', async () => {
    const request = await ask(1);
    await stage.sql.query(`update finops.action set expires_at = now() - interval '1 second' where id = $1`, [
      request.id,
    ]);
    const late = await stage.owner.post(`${base}/actions/${request.id}/approve`, {});
    expect([late.status, late.body.code]).toEqual([409, 'conflict']);
    for (const expireDays of [0, 91, 1.5])
      expect((await stage.owner.call('PUT', `${base}/approval`, { mode: 'all', expireDays })).status).toBe(
        422,
      );
  }, 120_000);

  test('whoever asked withdraws, nobody else does, and only while it waits', async () => {
    const operator = await newMember(stage.atlas, stage.organizationId, 'operator');
    const request = await ask();
    const withdraw = (browser: TestBrowser) => browser.post(`${base}/actions/${request.id}/withdraw`);
    // An operator may not apply; the owner may, but did not ask.
    expect((await withdraw(operator)).status).toBe(403);
    expect((await withdraw(stage.owner)).status).toBe(403);
    expect((await action(request.id)).status).toBe('waiting');
    const { status, body } = await withdraw(admin);
    expect([status, body.status]).toEqual([200, 'withdrawn']);
    expect(await recommendation(request.recommendationId)).toBe('open');
    expect(await events('finops.action_withdrawn', request.id)).toBe(1);
    expect((await withdraw(admin)).status).toBe(409);
    expect((await stage.owner.post(`${base}/actions/${request.id}/approve`, {})).status).toBe(409);
  }, 120_000);

  test('a workspace and an account with an action under way are not deleted; what waits ends with the account', async () => {
    await stage.owner.call('PUT', `${base}/approval`, { mode: 'none' });
    const made = await stage.owner.post('/orgs/aurora/workspaces', { name: 'Spare', slug: 'spare' });
    expect(made.status).toBe(201);
    const id = await found('quarantine');
    const { name } = (await stage.owner.get(`${base}/recommendations/${id}`)).body.resource;
    const { body: begun } = await stage.owner.post(`${base}/recommendations/${id}/apply`, {
      idempotencyKey: newId(),
      confirmName: name,
    });
    const dropWorkspace = () => stage.owner.call('DELETE', stage.base, { confirm: 'main' });
    const dropAccount = () =>
      stage.owner.call('DELETE', `${stage.base}/accounts/${accountId}`, { confirm: 'Cloud' });
    // Right after the request, and in the quarantine that follows.
    for (const status of ['any', 'quarantined']) {
      if (status !== 'any')
        await eventually(
          () => action(begun.id),
          (now) => now.status === status,
        );
      for (const drop of [dropWorkspace, dropAccount]) {
        const answer = await drop();
        expect([answer.status, answer.body.code]).toEqual([409, 'conflict']);
        expect(answer.body.detail).toContain(name);
      }
    }
    expect((await dropWorkspace()).body.detail).toMatch(/in quarantine until .*: take it back/);
    expect((await stage.owner.post(`${base}/actions/${begun.id}/undo`)).status).toBe(202);
    await eventually(
      () => action(begun.id),
      ({ status }) => status === 'undone',
    );
    const waiting = await ask();
    expect((await dropAccount()).status).toBe(204);
    await eventually(
      async () => {
        await expireAt(new Date(stage.atlas.clock.now().getTime() + 1000));
        return action(waiting.id);
      },
      ({ status }) => status === 'expired',
    );
    expect((await action(waiting.id)).message).toContain('account was removed');
    expect((await dropWorkspace()).status).toBe(204);
  }, 240_000);
});
