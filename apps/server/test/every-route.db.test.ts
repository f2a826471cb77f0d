import {
  permissions as catalogue,
  roles,
  rolesWith,
  type Permission,
  type Role,
} from '@cloudatlas/contracts/permissions';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../src/platform/http/route.ts';
import { createHttpApp } from '../src/platform/http/server.ts';
import {
  startTestApplication,
  type TestAnswer,
  type TestApplication,
  type TestBrowser,
} from './support/application.ts';

/** Properties that hold for every route there is; a new route is covered by existing. */
describe('every route', () => {
  let atlas: TestApplication;
  let routes: readonly Route[];
  const people = new Map<Role | 'stranger', TestBrowser>();
  const ids = { org: 'alpha', workspace: 'main', foreignOrg: 'beta', foreignWorkspace: 'secret' };

  beforeAll(async () => {
    atlas = await startTestApplication({ RATE_LIMITS: 'false' });
    routes = atlas.application.routes;
    const { identity, tenancy } = atlas.application.services;
    const userIds = new Map<string, string>();
    for (const name of [...roles, 'stranger'] as const) {
      const email = `${name}@example.com`;
      const password = `a long password of ${name} 7291`;
      const user = await identity.createVerifiedUser({ email, password, name, locale: 'en' });
      userIds.set(name, user.id);
      const browser = atlas.browser();
      expect((await browser.post('/auth/sign-in', { email, password })).status).toBe(200);
      people.set(name, browser);
    }
    const alpha = await tenancy.createOrganization({
      ownerUserId: userIds.get('owner') ?? '',
      name: 'Alpha',
      slug: ids.org,
      plan: 'enterprise',
    });
    await tenancy.createWorkspace(alpha, { name: 'Main', slug: ids.workspace });
    for (const role of roles.slice(1)) await tenancy.addMember(alpha, userIds.get(role) ?? '', role);
    const beta = await tenancy.createOrganization({
      ownerUserId: userIds.get('stranger') ?? '',
      name: 'Beta',
      slug: ids.foreignOrg,
      plan: 'enterprise',
    });
    await tenancy.createWorkspace(beta, { name: 'Secret', slug: ids.foreignWorkspace });
  });
  afterAll(() => atlas.close());

  /** A route's address with ids that do not exist for the resources in it. */
  function address(route: Route, org: string, workspace: string): string {
    return route.url
      .replace(':org', org)
      .replace(':workspace', workspace)
      .replaceAll(/:\w+/g, '01900000-0000-7000-8000-000000000000');
  }

  function ask(
    who: Role | 'stranger',
    route: Route,
    org = ids.org,
    workspace = ids.workspace,
    body?: unknown,
  ): Promise<TestAnswer> {
    const browser = people.get(who) ?? atlas.browser();
    return browser.call(
      route.method,
      address(route, org, workspace),
      body ?? (route.body === undefined ? undefined : {}),
    );
  }

  test('declares who may call it, by a permission of the catalogue', () => {
    expect(routes.length).toBeGreaterThan(40);
    for (const route of routes) {
      expect(route.access.scope, route.operationId).toMatch(/^(public|user|staff|organization|workspace)$/);
      if ('permission' in route.access)
        expect(catalogue, route.operationId).toContain(route.access.permission);
      expect(route.operationId).toMatch(/^[a-z][A-Za-z]+$/);
    }
    const publicOnes = routes
      .filter((route) => route.access.scope === 'public')
      .map((route) => route.operationId);
    // Each of these is open to anyone on earth: adding one is a decision to be made here.
    expect(publicOnes.toSorted()).toMatchInlineSnapshot(`
      [
        "authEmailVerify",
        "authPasswordForgot",
        "authPasswordReset",
        "authRefresh",
        "authRegister",
        "authSecondFactor",
        "authSignIn",
        "authSignOut",
        "authVerificationResend",
        "configGet",
        "invitationPreview",
      ]
    `);
  });

  test('without a policy it stops the process from starting', async () => {
    await expect(
      createHttpApp({
        log: atlas.application.platform.log,
        metrics: atlas.application.platform.metrics,
        publicUrl: 'http://localhost',
        trustedProxies: 0,
        version: '0',
        authenticator: atlas.application.services.identity,
        scopes: atlas.application.services.tenancy.scopes,
        denials: atlas.application.services.audit,
        rateLimits: atlas.application.rateLimits,
        routes: [],
        extras: async (app) => {
          app.get('/api/v1/forgotten', async () => ({}));
        },
      }),
    ).rejects.toThrow(/\/api\/v1\/forgotten: no access policy/);
  });

  test('answers 401 to nobody, unless it is public', async () => {
    for (const route of routes.filter(({ access }) => access.scope !== 'public')) {
      const answer = await atlas
        .browser()
        .call(
          route.method,
          address(route, ids.org, ids.workspace),
          route.body === undefined ? undefined : {},
        );
      expect(answer.status, route.operationId).toBe(401);
      expect(answer.body.code).toBe('unauthenticated');
    }
  });

  test("answers 404 to a stranger who names another tenant's organization or workspace", async () => {
    for (const route of routes.filter(
      ({ access }) => access.scope === 'organization' || access.scope === 'workspace',
    )) {
      const foreign = await ask('stranger', route, ids.org, ids.workspace);
      expect(foreign.status, `${route.operationId} as a stranger`).toBe(404);
      if (route.access.scope === 'workspace') {
        const mixed = await ask('stranger', route, ids.foreignOrg, ids.workspace);
        expect(mixed.status, `${route.operationId} through the own organization`).toBe(404);
      }
      const absent = await ask('stranger', route, 'no-such-org', 'none');
      // Foreign and absent must look the same.
      expect({ ...foreign.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
    }
  });

  test('lets exactly the roles of the matrix pass its gate', async () => {
    for (const route of routes.filter(({ access }) => 'permission' in access)) {
      const { permission } = route.access as { permission: Permission };
      for (const role of roles) {
        // A destructive one is stopped by its missing body after the gate, a download is read whole.
        if (route.answer.status === 200 && 'live' in route.answer) continue;
        const answer = await ask(role, route);
        const denied =
          answer.status === 403 &&
          answer.body?.code === 'forbidden' &&
          answer.body?.meta?.permission === permission;
        expect(denied, `${role} on ${route.operationId} got ${answer.status}`).toBe(
          !rolesWith[permission].includes(role),
        );
      }
    }
  });

  test('is refused with 404, and no trace of its existence, for ids of another tenant inside the own organization', async () => {
    const { tenancy } = atlas.application.services;
    const owner = people.get('owner');
    const stranger = people.get('stranger');
    const foreignMembers = await stranger?.get(`/orgs/${ids.foreignOrg}/members`);
    const memberId = foreignMembers?.body.items[0].id as string;
    const invited = await stranger?.post(`/orgs/${ids.foreignOrg}/invitations`, {
      email: 'x@example.com',
      role: 'viewer',
    });
    const invitationId = invited?.body.id as string;
    expect(tenancy).toBeDefined();
    for (const [method, path, body] of [
      ['PATCH', `/orgs/${ids.org}/members/${memberId}`, { role: 'viewer' }],
      ['DELETE', `/orgs/${ids.org}/members/${memberId}`, undefined],
      ['PUT', `/orgs/${ids.org}/members/${memberId}/overrides/${ids.workspace}`, { role: 'viewer' }],
      ['POST', `/orgs/${ids.org}/invitations/${invitationId}/resend`, undefined],
      ['DELETE', `/orgs/${ids.org}/invitations/${invitationId}`, undefined],
    ] as const) {
      const answer = await owner?.call(method, path, body);
      expect(answer?.status, `${method} ${path}`).toBe(404);
    }
  });

  test('refuses malformed bodies with a problem document before anything else happens', async () => {
    const owner = people.get('owner');
    const cookie = [...(owner?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    const send = (payload: string | Buffer, type = 'application/json') =>
      atlas.app.inject({
        method: 'POST',
        url: `/api/v1/orgs/${ids.org}/workspaces`,
        headers: { cookie, 'x-atlas-csrf': '1', 'content-type': type },
        payload,
      });
    const cases: [string, number, Awaited<ReturnType<typeof send>>][] = [
      ['malformed JSON', 400, await send('{"name":')],
      ['invalid UTF-8', 400, await send(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))],
      ['a NUL character', 400, await send('{"name":"a\\u0000b"}')],
      ['prototype pollution', 400, await send('{"__proto__":{"admin":true},"name":"x"}')],
      ['deep nesting', 422, await send(`{"name":${'['.repeat(5000)}${']'.repeat(5000)}}`)],
      ['an oversized body', 413, await send(JSON.stringify({ name: 'x'.repeat(2_000_000) }))],
      ['a wrong content type', 415, await send('name=x', 'application/x-www-form-urlencoded')],
      ['an unknown field', 422, await send('{"name":"Valid","owner":"me"}')],
      ['a wrong type', 422, await send('{"name":7}')],
    ];
    for (const [what, status, answer] of cases) {
      expect(answer.statusCode, what).toBe(status);
      expect(answer.headers['content-type'], what).toContain('application/problem+json');
      expect(answer.json().requestId, what).toBe(answer.headers['x-request-id']);
    }
    const named = cases.at(-1)?.[2].json();
    expect(named.errors[0].path).toBe('body.name');
  });

  test('is the same route, or none, behind odd spellings of its address', async () => {
    const owner = people.get('owner');
    for (const path of [
      `//api/v1/orgs`,
      `/api//v1/orgs`,
      `/api/v1/./orgs`,
      `/api/v1/orgs/`,
      `/api/v1/%6frgs/${ids.org}/audit/..`,
    ]) {
      const answer = await atlas.app.inject({ method: 'GET', url: path });
      expect([401, 404], path).toContain(answer.statusCode);
    }
    expect((await owner?.get('/orgs'))?.status).toBe(200);
  });

  test('refuses a forged cursor before the database does', async () => {
    const id = '01900000-0000-7000-8000-000000000000';
    const forged = [['x'], ['a\0b'], ['x', 'x'], ['a\0b', id], ['\ud800', id], ['2026-01-01 (x)', id]];
    const lists = routes.filter(({ method, query }) => method === 'GET' && query !== undefined);
    expect(lists.length).toBeGreaterThan(10);
    for (const route of lists) {
      for (const key of forged) {
        const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
        const answer = await people
          .get('owner')
          ?.get(`${address(route, ids.org, ids.workspace)}?cursor=${cursor}`);
        expect(answer?.status, `${route.operationId} ${JSON.stringify(key)}`).toBeLessThan(500);
      }
    }
  });

  test('refuses writes that a foreign page could send with the cookie', async () => {
    const owner = people.get('owner');
    const cookie = [...(owner?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    const send = (headers: Record<string, string>) =>
      atlas.app.inject({
        method: 'POST',
        url: '/api/v1/orgs',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        payload: '{}',
      });
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'null', 'x-atlas-csrf': '1' },
      {},
    ] as Record<string, string>[]) {
      const answer = await send(headers);
      expect(answer.statusCode, JSON.stringify(headers)).toBe(403);
      expect(answer.json().code).toBe('csrf_rejected');
    }
    expect((await send({ origin: 'http://localhost:4700' })).statusCode).toBe(422);
  });

  test('never answers 500 to generated bad input', { timeout: 240_000 }, async () => {
    // A browser of its own: chance finds the routes that sign out.
    const fuzzer = atlas.browser();
    const odd = fc.oneof(
      fc.string({ maxLength: 60, unit: 'binary' }),
      fc.constantFrom(
        '',
        ' ',
        '%00',
        '../..',
        "' or 1=1 --",
        '\ud800',
        'é'.repeat(300),
        '-1',
        '9'.repeat(40),
        '__proto__',
      ),
    );
    const paths = routes.filter(({ answer }) => !('live' in answer));
    const credentials = { email: 'owner@example.com', password: 'a long password of owner 7291' };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.jsonValue({ maxDepth: 4 }),
        odd,
        odd,
        async (route, body, id, value) => {
          // Deleting what the other tests use is possible only with the right body, which chance does not find.
          const path = route.url
            .replace(':org', ids.org)
            .replace(':workspace', ids.workspace)
            .replaceAll(/:\w+/g, () => encodeURIComponent(id.toWellFormed()) || 'x');
          const query =
            route.method === 'GET'
              ? `?limit=${encodeURIComponent(value.toWellFormed())}&cursor=${encodeURIComponent(id.toWellFormed())}`
              : '';
          if ((await fuzzer.get('/me')).status === 401) await fuzzer.post('/auth/sign-in', credentials);
          const answer = await fuzzer.call(
            route.method,
            path + query,
            route.method === 'GET' ? undefined : body,
          );
          expect(
            answer?.status,
            `${route.method} ${path}${query} ${JSON.stringify(body)}: ${JSON.stringify(answer?.body)}`,
          ).toBeLessThan(500);
        },
      ),
      { numRuns: 600 },
    );
  });
});
