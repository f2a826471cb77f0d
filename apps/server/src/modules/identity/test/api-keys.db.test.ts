import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApplication, type TestApplication } from '../../../../test/support/application.ts';
import { bearer, newBrowser, signUp, type Person } from './people.ts';

let atlas: TestApplication;
beforeAll(async () => {
  atlas = await startTestApplication();
});
afterAll(() => atlas.close());

let counter = 0;

/** A person who owns an organization. */
async function owner(): Promise<Person & { slug: string }> {
  const person = await signUp(atlas);
  counter += 1;
  const slug = `aurora-${counter}`;
  await atlas.application.services.tenancy.createOrganization({
    ownerUserId: person.id,
    name: 'Aurora',
    slug,
    plan: 'enterprise',
  });
  return { ...person, slug };
}

function keyBody(organization: string, over: Record<string, unknown> = {}) {
  return {
    name: 'nightly import',
    organization,
    permissions: ['organization:read'],
    expiresInDays: 30,
    ...over,
  };
}

async function newKey(
  person: Person & { slug: string },
  over: Record<string, unknown> = {},
): Promise<{ id: string; secret: string }> {
  const created = await person.browser.post('/me/api-keys', keyBody(person.slug, over));
  expect(created.status).toBe(201);
  return created.body;
}

function useKey(secret: string, path: string) {
  return newBrowser(atlas).get(path, bearer(secret));
}

test('a key is shown once, works in its organization, and is listed without its secret', async () => {
  const person = await owner();
  const created = await person.browser.post('/me/api-keys', keyBody(person.slug));
  expect(created.body).toMatchObject({
    name: 'nightly import',
    organizationSlug: person.slug,
    permissions: ['organization:read'],
    lastUsedAt: null,
  });
  expect(created.body.secret).toMatch(/^atlas_key_[a-z0-9]{8}_[\w-]{43}$/);
  expect(created.body.secret.startsWith(created.body.prefix)).toBe(true);
  expect((await useKey(created.body.secret, `/orgs/${person.slug}`)).status).toBe(200);
  await atlas.settled();
  const list = await person.browser.get('/me/api-keys');
  expect(list.body.items).toHaveLength(1);
  expect(list.body.items[0]).toMatchObject({
    id: created.body.id,
    lastUsedAt: atlas.clock.now().toISOString(),
  });
  expect(JSON.stringify(list.body)).not.toContain(created.body.secret);
});

describe('a key reaches nothing but what it was given', () => {
  test('no permission that it lacks, although its owner has it', async () => {
    const person = await owner();
    const { secret } = await newKey(person);
    const answer = await useKey(secret, `/orgs/${person.slug}/members`);
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    expect((await person.browser.get(`/orgs/${person.slug}/members`)).status).toBe(200);
  });

  test('no other organization, although its owner is in it', async () => {
    const person = await owner();
    await atlas.application.services.tenancy.createOrganization({
      ownerUserId: person.id,
      name: 'Second',
      slug: `${person.slug}-b`,
      plan: 'free',
    });
    const { secret } = await newKey(person);
    expect((await useKey(secret, `/orgs/${person.slug}-b`)).status).toBe(404);
  });

  test('none of its owner’s own affairs: sessions, factors, passwords, keys', async () => {
    const person = await owner();
    const { id, secret } = await newKey(person);
    const calls: [string, string, unknown?][] = [
      ['GET', '/me/sessions'],
      ['POST', '/me/sessions/revoke-others'],
      ['GET', '/me/mfa'],
      ['GET', '/me/api-keys'],
      ['POST', '/me/api-keys', keyBody(person.slug)],
      ['DELETE', `/me/api-keys/${id}`],
      ['PATCH', '/me', { name: 'x' }],
      ['POST', '/me/password', { currentPassword: 'x', newPassword: 'a long enough one' }],
    ];
    for (const [method, path, body] of calls) {
      const answer = await newBrowser(atlas).call(method as 'GET', path, body, bearer(secret));
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'forbidden']);
    }
  });

  test('not as a cookie', async () => {
    const person = await owner();
    const { secret } = await newKey(person);
    const browser = newBrowser(atlas);
    browser.cookies.set('atlas_session', secret);
    expect((await browser.get(`/orgs/${person.slug}`)).status).toBe(401);
  });
});

describe('making a key', () => {
  test('takes a session: strangers and a userId in the body get nowhere', async () => {
    const person = await owner();
    const body = keyBody(person.slug);
    expect((await newBrowser(atlas).post('/me/api-keys', body)).status).toBe(401);
    expect((await newBrowser(atlas).post('/me/api-keys', { ...body, userId: person.id })).status).toBe(401);
    const other = await owner();
    expect(
      (await other.browser.post('/me/api-keys', { ...keyBody(other.slug), userId: person.id })).status,
    ).toBe(422);
    expect((await newBrowser(atlas).get('/me/api-keys')).status).toBe(401);
  });

  test('for an organization one is not in, or that is not there, finds none', async () => {
    const [mine, theirs] = [await owner(), await owner()];
    expect((await mine.browser.post('/me/api-keys', keyBody(theirs.slug))).status).toBe(404);
    expect((await mine.browser.post('/me/api-keys', keyBody('nowhere'))).status).toBe(404);
  });

  test.each([
    ['no permission', { permissions: [] }],
    ['an unknown permission', { permissions: ['everything'] }],
    ['no end', { expiresInDays: 0 }],
    ['an end after more than a year', { expiresInDays: 366 }],
    ['no name', { name: '  ' }],
  ])('with %s is refused', async (_what, over) => {
    const person = await owner();
    expect((await person.browser.post('/me/api-keys', keyBody(person.slug, over))).status).toBe(422);
  });

  test('stops at fifty, also for many at once', async () => {
    const person = await owner();
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => person.browser.post('/me/api-keys', keyBody(person.slug))),
    );
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(50);
    expect(answers.filter((answer) => answer.body.code === 'limit_reached')).toHaveLength(10);
  });
});

describe('a key ends', () => {
  test('by its time', async () => {
    const person = await owner();
    const { secret } = await newKey(person, { expiresInDays: 1 });
    atlas.clock.advance(86_400_000);
    expect((await useKey(secret, `/orgs/${person.slug}`)).status).toBe(401);
  });

  test('when its owner deletes it, and nobody else can', async () => {
    const [person, other] = [await owner(), await owner()];
    const { id, secret } = await newKey(person);
    expect((await other.browser.call('DELETE', `/me/api-keys/${id}`)).status).toBe(404);
    expect((await useKey(secret, `/orgs/${person.slug}`)).status).toBe(200);
    expect((await person.browser.call('DELETE', `/me/api-keys/${id}`)).status).toBe(204);
    expect((await useKey(secret, `/orgs/${person.slug}`)).status).toBe(401);
    expect((await person.browser.call('DELETE', `/me/api-keys/${id}`)).status).toBe(404);
  });

  test('when its owner is disabled, for good', async () => {
    const person = await owner();
    const { secret } = await newKey(person);
    await atlas.application.services.identity.disableUser(person.id);
    expect((await useKey(secret, `/orgs/${person.slug}`)).status).toBe(401);
    await atlas.application.services.identity.enableUser(person.id);
    expect((await useKey(secret, `/orgs/${person.slug}`)).status).toBe(401);
  });

  test('when its owner leaves the organization', async () => {
    const person = await owner();
    const { secret } = await newKey(person);
    await atlas.application.database.inSystem('remove a member in a test', (tx) =>
      sql`delete from tenancy.member where user_id = ${person.id}::uuid`.execute(tx),
    );
    expect((await useKey(secret, `/orgs/${person.slug}`)).status).toBe(404);
  });
});

test('a staff role does not go into a key', async () => {
  const person = await owner();
  const { secret } = await newKey(person);
  await atlas.application.services.identity.grantStaff(person.email, 'internal_admin');
  expect((await person.browser.get('/me')).body.staffRole).toBe('internal_admin');
  const principal = await atlas.application.services.identity.authenticate({
    kind: 'bearer',
    value: secret,
    ip: '203.0.113.1',
    userAgent: '',
  });
  expect(principal).toMatchObject({ kind: 'api_key', staffRole: null });
});

test('the list is paged', async () => {
  const person = await owner();
  for (let n = 0; n < 5; n += 1) await newKey(person, { name: `key ${n}` });
  const names: string[] = [];
  let cursor = '';
  do {
    const page = await person.browser.get(`/me/api-keys?limit=2${cursor}`);
    names.push(...page.body.items.map((item: { name: string }) => item.name));
    cursor = page.body.nextCursor === null ? '' : `&cursor=${page.body.nextCursor}`;
  } while (cursor !== '');
  expect(names).toEqual(['key 4', 'key 3', 'key 2', 'key 1', 'key 0']);
  expect((await person.browser.get('/me/api-keys?cursor=nonsense')).status).toBe(422);
  const forged = Buffer.from(JSON.stringify(["' or 1=1"])).toString('base64url');
  expect((await person.browser.get(`/me/api-keys?cursor=${forged}`)).status).toBe(422);
});

test('making and deleting is in the organization’s audit log, without the secret', async () => {
  const person = await owner();
  const { id, secret } = await newKey(person);
  await person.browser.call('DELETE', `/me/api-keys/${id}`);
  const log = await person.browser.get(`/orgs/${person.slug}/audit?action=api_key.`);
  expect(log.body.items.map((item: { action: string }) => item.action)).toEqual([
    'api_key.deleted',
    'api_key.created',
  ]);
  expect(JSON.stringify(log.body)).not.toContain(secret);
});
