import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApplication, type TestApplication } from '../../../../test/support/application.ts';
import { apiSignIn, auditActions, bearer, newBrowser, signInAgain, signUp } from './people.ts';

let atlas: TestApplication;
beforeAll(async () => {
  atlas = await startTestApplication();
});
afterAll(() => atlas.close());

const day = 86_400_000;

interface Listed {
  id: string;
  kind: string;
  current: boolean;
  lastSeenAt: string;
  expiresAt: string;
}

test('a person sees their sessions, this one marked, and no one else’s', async () => {
  const { email, browser } = await signUp(atlas);
  await signUp(atlas);
  await apiSignIn(atlas, email);
  const { items } = (await browser.get('/me/sessions')).body as { items: Listed[] };
  expect(items.map((item) => item.kind).toSorted()).toEqual(['api', 'browser']);
  expect(items.filter((item) => item.current).map((item) => item.kind)).toEqual(['browser']);
  expect(items.find((item) => item.current)).toMatchObject({ userAgent: 'test browser', ip: browser.ip });
});

test('ending one ends that one, at once', async () => {
  const { email, browser } = await signUp(atlas);
  const phone = await signInAgain(atlas, email);
  const { items } = (await browser.get('/me/sessions')).body as { items: Listed[] };
  const other = items.find((item) => !item.current);
  expect((await browser.call('DELETE', `/me/sessions/${other?.id}`)).status).toBe(204);
  expect((await phone.get('/me')).status).toBe(401);
  expect((await browser.get('/me')).status).toBe(200);
  expect((await browser.call('DELETE', `/me/sessions/${other?.id}`)).status).toBe(404);
});

test('another person’s session, an unknown one and a malformed id are not found or invalid, and stay', async () => {
  const [mine, theirs] = [await signUp(atlas), await signUp(atlas)];
  const { items } = (await theirs.browser.get('/me/sessions')).body as { items: Listed[] };
  expect((await mine.browser.call('DELETE', `/me/sessions/${items[0]?.id}`)).status).toBe(404);
  expect(
    (await mine.browser.call('DELETE', '/me/sessions/01936b00-0000-7000-8000-000000000000')).status,
  ).toBe(404);
  expect((await mine.browser.call('DELETE', '/me/sessions/nonsense')).status).toBe(422);
  expect((await theirs.browser.get('/me')).status).toBe(200);
});

test('ending all others leaves this one', async () => {
  const { email, browser } = await signUp(atlas);
  const phone = await signInAgain(atlas, email);
  const { accessToken, refreshToken } = await apiSignIn(atlas, email);
  expect((await browser.post('/me/sessions/revoke-others')).status).toBe(204);
  expect((await phone.get('/me')).status).toBe(401);
  expect((await newBrowser(atlas).get('/me', bearer(accessToken))).status).toBe(401);
  expect((await newBrowser(atlas).post('/auth/refresh', { refreshToken })).status).toBe(401);
  expect((await browser.get('/me')).status).toBe(200);
  expect((await auditActions(atlas, 'session.others_revoked')).at(-1)?.line).toContain('"ended": 2');
});

test('ending this one signs out', async () => {
  const { browser } = await signUp(atlas);
  const { items } = (await browser.get('/me/sessions')).body as { items: Listed[] };
  expect((await browser.call('DELETE', `/me/sessions/${items[0]?.id}`)).status).toBe(204);
  expect(browser.cookies.has('atlas_session')).toBe(false);
  expect((await browser.get('/me')).status).toBe(401);
});

describe('a browser session ends', () => {
  test('after 14 days without a request', async () => {
    const { browser } = await signUp(atlas);
    atlas.clock.advance(14 * day);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await browser.get('/me')).status).toBe(401);
  });

  test('after 90 days however busy', async () => {
    const { browser } = await signUp(atlas);
    for (let days = 10; days < 90; days += 10) {
      atlas.clock.advance(10 * day);
      expect((await browser.get('/me')).status).toBe(200);
      await atlas.settled();
    }
    atlas.clock.advance(10 * day);
    expect((await browser.get('/me')).status).toBe(401);
  });
});

test('the last use is noted at most once a minute, with the address it came from', async () => {
  const { browser } = await signUp(atlas);
  const seen = async (): Promise<string | undefined> => {
    await atlas.settled();
    const { items } = (await browser.get('/me/sessions')).body as { items: Listed[] };
    return items[0]?.lastSeenAt;
  };
  const first = await seen();
  atlas.clock.advance(59_000);
  await browser.get('/me');
  expect(await seen()).toBe(first);
  atlas.clock.advance(1_000);
  await browser.get('/me');
  expect(await seen()).toBe(atlas.clock.now().toISOString());
});

test('the profile changes by field, and only by known ones', async () => {
  const { browser } = await signUp(atlas);
  const changed = await browser.call('PATCH', '/me', {
    name: 'Joana P.',
    timeZone: 'America/Sao_Paulo',
    theme: 'dark',
    locale: 'pt-BR',
  });
  expect(changed.body).toMatchObject({
    name: 'Joana P.',
    timeZone: 'America/Sao_Paulo',
    theme: 'dark',
    locale: 'pt-BR',
  });
  expect((await browser.call('PATCH', '/me', {})).body).toEqual(changed.body);
  for (const body of [
    { staffRole: 'internal_admin' },
    { email: 'other@aurora.example' },
    { timeZone: 'Mars/Olympus' },
    { name: '\u0007' },
  ]) {
    expect((await browser.call('PATCH', '/me', body)).status).toBe(422);
  }
  expect((await browser.get('/me')).body).toEqual(changed.body);
});

test('the sign-in page learns what it needs, and offers a demo only where there is one', async () => {
  const config = await newBrowser(atlas).get('/config');
  expect(config.body).toEqual({
    name: 'CloudAtlas',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    demo: null,
    devMail: true,
  });
});
