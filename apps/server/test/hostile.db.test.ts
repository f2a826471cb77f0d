import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rateLimitSweep } from '../src/platform/http/rate-limits.ts';
import { seedDemo } from '../src/seed/demo.ts';
import { startTestApplication, type TestApplication, type TestBrowser } from './support/application.ts';

const password = 'quartz lemur 88 tangent';

/** What people with a foot in the door try. */
describe('hostile people', () => {
  let atlas: TestApplication;
  let owner: TestBrowser;
  let admin: TestBrowser;
  let organizationId: string;
  const userIds = new Map<string, string>();

  async function person(name: string): Promise<TestBrowser> {
    const email = `${name}@example.com`;
    const user = await atlas.application.services.identity.createVerifiedUser({
      email,
      password,
      name,
      locale: 'en',
    });
    userIds.set(name, user.id);
    const browser = atlas.browser();
    expect((await browser.post('/auth/sign-in', { email, password, transport: 'cookie' })).status).toBe(200);
    return browser;
  }

  beforeAll(async () => {
    atlas = await startTestApplication();
    const { tenancy } = atlas.application.services;
    owner = await person('owner');
    admin = await person('admin');
    organizationId = await tenancy.createOrganization({
      ownerUserId: userIds.get('owner') ?? '',
      name: 'Alpha',
      slug: 'alpha',
      plan: 'enterprise',
    });
    await tenancy.createWorkspace(organizationId, { name: 'Main', slug: 'main' });
    await tenancy.addMember(organizationId, userIds.get('admin') ?? '', 'admin');
  });
  afterAll(() => atlas.close());

  async function memberId(name: string): Promise<string> {
    const list = await owner.get('/orgs/alpha/members');
    return list.body.items.find((item: { userId: string }) => item.userId === userIds.get(name)).id;
  }

  test('signing up and signing in with the same password does not tell whether an address has an account', async () => {
    const answers = [];
    for (const email of ['owner@example.com', 'nobody@example.com']) {
      const stranger = atlas.browser();
      const own = { email, password: 'tundra violin 31 basket' };
      expect((await stranger.post('/auth/register', { ...own, name: 'Eve', locale: 'en' })).status).toBe(202);
      const tried = await stranger.post('/auth/sign-in', { ...own, transport: 'cookie' });
      const other = await stranger.post('/auth/sign-in', {
        ...own,
        password: 'something else 8317',
        transport: 'cookie',
      });
      answers.push([tried.status, tried.body.code, other.status, other.body.code]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toEqual([403, 'email_not_verified', 401, 'invalid_credentials']);
    // And the person keeps signing in with their own.
    expect(
      (
        await atlas
          .browser()
          .post('/auth/sign-in', { email: 'owner@example.com', password, transport: 'cookie' })
      ).status,
    ).toBe(200);
  });

  test('an API key that may only read cannot take its owner out of the organization', async () => {
    const made = await admin.post('/me/api-keys', {
      name: 'reader',
      organization: 'alpha',
      permissions: ['members:read'],
      expiresInDays: 1,
    });
    expect(made.status).toBe(201);
    const bearer = { authorization: `Bearer ${made.body.secret}` };
    const left = await atlas
      .browser()
      .call('DELETE', `/orgs/alpha/members/${await memberId('admin')}`, undefined, bearer);
    expect([left.status, left.body?.code]).toEqual([403, 'forbidden']);
    expect((await admin.get('/orgs/alpha')).status).toBe(200);
  });

  test('an admin takes back no invitation of an owner', async () => {
    const invited = await owner.post('/orgs/alpha/invitations', {
      email: 'co-owner@example.com',
      role: 'owner',
    });
    expect(invited.status).toBe(201);
    const taken = await admin.call('DELETE', `/orgs/alpha/invitations/${invited.body.id}`);
    expect([taken.status, taken.body?.code]).toEqual([403, 'forbidden']);
  });

  test('whoever becomes an owner is one in every workspace, whatever was replaced there before', async () => {
    const second = await person('second');
    await atlas.application.services.tenancy.addMember(
      organizationId,
      userIds.get('second') ?? '',
      'operator',
    );
    const id = await memberId('second');
    expect(
      (await owner.call('PUT', `/orgs/alpha/members/${id}/overrides/main`, { role: 'viewer' })).status,
    ).toBe(200);
    expect((await second.get('/orgs/alpha/workspaces/main')).body.role).toBe('viewer');
    expect((await owner.call('PATCH', `/orgs/alpha/members/${id}`, { role: 'owner' })).status).toBe(200);
    expect((await second.get('/orgs/alpha/workspaces/main')).body.role).toBe('owner');
  });

  test('nobody floods a mailbox with invitations', async () => {
    const invited = await owner.post('/orgs/alpha/invitations', {
      email: 'victim@example.com',
      role: 'viewer',
    });
    const answers = [];
    for (let n = 0; n < 8; n += 1)
      answers.push((await owner.post(`/orgs/alpha/invitations/${invited.body.id}/resend`)).status);
    expect(answers.filter((status) => status === 200)).toHaveLength(4);
    expect(answers.at(-1)).toBe(429);
    expect(await atlas.mailsTo('victim@example.com')).toHaveLength(5);
  });

  test('a foreign page that rides on a session leaves a trace in the log', async () => {
    const before = await written('access.csrf_rejected');
    const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await atlas.app.inject({
      method: 'POST',
      url: '/api/v1/orgs/alpha/workspaces',
      headers: { cookie, origin: 'https://evil.example', 'content-type': 'application/json' },
      payload: '{"name":"x"}',
    });
    expect(answer.statusCode).toBe(403);
    expect(await written('access.csrf_rejected')).toBe(before + 1);
  });

  test('beginning to replace a second factor leaves a trace in the log', async () => {
    const before = await written('mfa.enrolment_started');
    expect((await owner.post('/me/mfa/totp/start', { password })).status).toBe(200);
    expect(await written('mfa.enrolment_started')).toBe(before + 1);
  });

  function written(action: string): Promise<number> {
    return atlas.application.database.inSystem('count in a test', async (tx) => {
      const { rows } = await sql<{
        count: number;
      }>`select count(*)::int as count from audit.entry where action = ${action}`.execute(tx);
      return rows[0]?.count ?? 0;
    });
  }

  test('half a character in a body is refused where it would have been stored', async () => {
    const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (const name of ['\\ud83d', 'a\\ude00']) {
      const answer = await atlas.app.inject({
        method: 'POST',
        url: '/api/v1/orgs/alpha/workspaces',
        headers: { cookie, 'x-atlas-csrf': '1', 'content-type': 'application/json' },
        payload: `{"name":"${name}"}`,
      });
      expect(answer.statusCode).toBe(400);
    }
  });

  test('counters whose window is over are forgotten', async () => {
    const { database } = atlas.application;
    const count = (): Promise<number> =>
      database.inSystem('count in a test', async (tx) => {
        const { rows } = await sql<{
          count: number;
        }>`select count(*)::int as count from platform.rate_limit where key = 'old'`.execute(tx);
        return rows[0]?.count ?? 0;
      });
    await database.inSystem('prepare a test', (tx) =>
      sql`insert into platform.rate_limit (key, points, expire) values ('old', 1, ${Date.now() - 1000})`.execute(
        tx,
      ),
    );
    expect(await count()).toBe(1);
    await rateLimitSweep(database).handler({}, {} as never);
    expect(await count()).toBe(0);
    // Those that still count stay.
    const { rows } = await database.pool.query('select count(*)::int as count from platform.rate_limit');
    expect(rows[0].count).toBeGreaterThan(0);
  });
});

describe('the demo organization', () => {
  let atlas: TestApplication;
  beforeAll(async () => {
    atlas = await startTestApplication();
  });
  afterAll(() => atlas.close());

  test('is completed by the next start after a kill in the middle', async () => {
    const { identity, tenancy } = atlas.application.services;
    const credentials = { email: 'demo@aurora.example', password };
    const { id } = await identity.createVerifiedUser({ ...credentials, name: 'Demo Aurora', locale: 'en' });
    // Killed here: the organization is there, its workspaces are not.
    const organizationId = await tenancy.createOrganization({
      ownerUserId: id,
      name: 'Aurora Tecnologia',
      slug: 'aurora',
      plan: 'enterprise',
    });
    await seedDemo(atlas.application, credentials);
    expect(await tenancy.workspaceId(organizationId, 'production')).not.toBeNull();
    expect(await tenancy.workspaceId(organizationId, 'development')).not.toBeNull();
  });

  test('is made once by servers that start together', async () => {
    const credentials = { email: 'together@aurora.example', password };
    await Promise.all([1, 2, 3].map(() => seedDemo(atlas.application, credentials)));
    const browser = atlas.browser();
    await browser.post('/auth/sign-in', { ...credentials, transport: 'cookie' });
    expect((await browser.get('/orgs')).body.items).toHaveLength(1);
  });

  test('comes up with another demo e-mail too, and joins nobody else’s organization', async () => {
    const { identity, tenancy } = atlas.application.services;
    const credentials = { email: 'other@aurora.example', password };
    await seedDemo(atlas.application, credentials);
    await seedDemo(atlas.application, credentials);
    const user = await identity.findUserByEmail(credentials.email);
    expect(await tenancy.organizationFor(user?.id ?? '', 'aurora')).toBeNull();
    const browser = atlas.browser();
    await browser.post('/auth/sign-in', { ...credentials, transport: 'cookie' });
    const mine = await browser.get('/orgs');
    expect(mine.body.items).toHaveLength(1);
    expect(mine.body.items[0].name).toBe('Aurora Tecnologia');
  });
});
