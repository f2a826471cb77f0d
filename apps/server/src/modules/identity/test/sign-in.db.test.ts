import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApplication, type TestApplication } from '../../../../test/support/application.ts';
import {
  apiSignIn,
  auditActions,
  bearer,
  newBrowser,
  newEmail,
  otherPassword,
  password,
  signInAgain,
  signUp,
} from './people.ts';

let atlas: TestApplication;
beforeAll(async () => {
  atlas = await startTestApplication();
});
afterAll(() => atlas.close());

const cookieName = 'atlas_session';

describe('a sign-in', () => {
  test('gives a cookie that scripts cannot read, and no tokens', async () => {
    const { email } = await signUp(atlas);
    const answer = await newBrowser(atlas).post('/auth/sign-in', { email, password });
    expect(answer.body.tokens).toBeNull();
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^atlas_session=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test('has a new id each time, and ends the session its browser had', async () => {
    const { email, browser } = await signUp(atlas);
    const old = browser.cookies.get(cookieName) ?? '';
    await browser.post('/auth/sign-in', { email, password });
    expect(browser.cookies.get(cookieName)).not.toBe(old);
    const thief = newBrowser(atlas);
    thief.cookies.set(cookieName, old);
    expect((await thief.get('/me')).status).toBe(401);
  });

  test('does not take over a session id that an attacker planted', async () => {
    const { email } = await signUp(atlas);
    const victim = newBrowser(atlas);
    victim.cookies.set(cookieName, 'A'.repeat(43));
    await victim.post('/auth/sign-in', { email, password });
    const attacker = newBrowser(atlas);
    attacker.cookies.set(cookieName, 'A'.repeat(43));
    expect((await attacker.get('/me')).status).toBe(401);
    expect((await victim.get('/me')).status).toBe(200);
  });

  test('from another site is refused', async () => {
    const { email } = await signUp(atlas);
    const answer = await newBrowser(atlas).post(
      '/auth/sign-in',
      { email, password },
      { origin: 'https://evil.example' },
    );
    expect([answer.status, answer.body.code]).toEqual([403, 'csrf_rejected']);
  });
});

describe('a failed sign-in', () => {
  test('reads the same for an unknown address, a wrong password and a disabled person', async () => {
    const known = await signUp(atlas);
    const disabled = await signUp(atlas);
    await atlas.application.services.identity.disableUser(disabled.id);
    const answers = [
      await newBrowser(atlas).post('/auth/sign-in', { email: newEmail(), password }),
      await newBrowser(atlas).post('/auth/sign-in', { email: known.email, password: otherPassword }),
      await newBrowser(atlas).post('/auth/sign-in', { email: disabled.email, password }),
    ].map(({ status, body, headers }) => ({
      status,
      body: { ...body, requestId: '' },
      headers: Object.keys(headers).toSorted(),
    }));
    expect(answers[0]?.body.code).toBe('invalid_credentials');
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('takes as long for an unknown address', async () => {
    const people = await Promise.all([signUp(atlas), signUp(atlas)]);
    const time = async (email: string): Promise<number> => {
      const start = performance.now();
      for (let round = 0; round < 4; round += 1)
        await newBrowser(atlas).post('/auth/sign-in', { email, password: otherPassword });
      return performance.now() - start;
    };
    await time(people[0].email);
    const [known, unknown] = [await time(people[1].email), await time(newEmail())];
    // A skipped hash would make it several times faster; the bound is wide for a busy machine.
    expect(unknown / known).toBeGreaterThan(0.4);
  });

  test('is in the audit log, without the password', async () => {
    const { email } = await signUp(atlas);
    await newBrowser(atlas).post('/auth/sign-in', { email, password: otherPassword });
    const entry = (await auditActions(atlas, 'session.sign_in_failed')).find(({ line }) =>
      line.includes(email),
    );
    expect(entry?.outcome).toBe('failure');
    expect(entry?.line).not.toContain(otherPassword);
  });
});

describe('limits', () => {
  test('of 50 parallel guesses at one account from one network at most 10 are looked at, and its owner elsewhere is not kept out', async () => {
    const { email } = await signUp(atlas);
    const guess = (n: number) => {
      const browser = atlas.browser();
      browser.ip = `2001:db8:7:7::${n.toString(16)}`;
      return browser.post('/auth/sign-in', { email, password: otherPassword });
    };
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => guess(n)));
    const codes = Map.groupBy(answers, (answer) => answer.body.code);
    expect(codes.get('invalid_credentials')).toHaveLength(10);
    expect(codes.get('rate_limited')).toHaveLength(40);
    const refused = codes.get('rate_limited')?.[0];
    expect(refused?.status).toBe(429);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    await signInAgain(atlas, email);
    // The owner's success gives the guesser nothing back.
    expect((await guess(99)).body.code).toBe('rate_limited');
  });

  test('of 150 parallel guesses at one account from 150 networks at most 100 are looked at', async () => {
    const { email } = await signUp(atlas);
    const guess = () => newBrowser(atlas).post('/auth/sign-in', { email, password: otherPassword });
    const answers = await Promise.all(Array.from({ length: 150 }, guess));
    const codes = Map.groupBy(answers, (answer) => answer.body.code);
    expect(codes.get('invalid_credentials')).toHaveLength(100);
    expect(codes.get('rate_limited')).toHaveLength(50);
    // Then the right password waits too: a guess that is not bounded would cost more.
    expect((await newBrowser(atlas).post('/auth/sign-in', { email, password })).body.code).toBe(
      'rate_limited',
    );
  });

  test('of 100 parallel guesses from one network at most 60 are looked at, whatever the account or host part', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => {
        const browser = atlas.browser();
        browser.ip = `2001:db8:1:2::${n.toString(16)}`;
        return browser.post('/auth/sign-in', { email: newEmail(), password });
      }),
    );
    expect(answers.filter((answer) => answer.body.code === 'rate_limited')).toHaveLength(40);
  });

  test.each(['//auth/sign-in', '/./auth/sign-in', '/%61uth/sign-in', '/auth/sign-in/', '/auth//sign-in'])(
    'spelled %s the same route or none is met',
    async (path) => {
      const { email } = await signUp(atlas);
      const browser = newBrowser(atlas);
      const attempt = () => browser.post(`/api/v1${path}`, { email, password: otherPassword });
      const answers = await Promise.all(Array.from({ length: 20 }, attempt));
      const looked = answers.filter((answer) => answer.body.code === 'invalid_credentials');
      expect([0, 10]).toContain(looked.length);
      if (looked.length === 0) for (const answer of answers) expect([400, 404]).toContain(answer.status);
    },
  );

  test('guessing is counted apart from mails, and forgotten after a sign-in', async () => {
    const { email } = await signUp(atlas);
    const browser = newBrowser(atlas);
    const guess = async () =>
      (await browser.post('/auth/sign-in', { email, password: otherPassword })).body.code;
    for (let round = 0; round < 9; round += 1) await guess();
    expect((await browser.post('/auth/sign-in', { email, password })).body.status).toBe('signed_in');
    for (let round = 0; round < 9; round += 1) expect(await guess()).toBe('invalid_credentials');
  });

  test('whoever signs in often is not kept out by it', async () => {
    const { email } = await signUp(atlas);
    for (let round = 0; round < 105; round += 1) {
      const answer = await newBrowser(atlas).post('/auth/sign-in', { email, password });
      expect([round, answer.body.status]).toEqual([round, 'signed_in']);
    }
  });
});

describe('signing out', () => {
  test('ends the session for good, in this browser and for whoever copied the cookie', async () => {
    const { browser } = await signUp(atlas);
    const copy = newBrowser(atlas);
    copy.cookies.set(cookieName, browser.cookies.get(cookieName) ?? '');
    expect((await browser.post('/auth/sign-out')).status).toBe(204);
    expect(browser.cookies.has(cookieName)).toBe(false);
    expect((await copy.get('/me')).status).toBe(401);
  });

  test('without a session is no error', async () => {
    expect((await newBrowser(atlas).post('/auth/sign-out')).status).toBe(204);
  });

  test('with an access token ends its family', async () => {
    const { email } = await signUp(atlas);
    const { accessToken, refreshToken } = await apiSignIn(atlas, email);
    expect((await newBrowser(atlas).post('/auth/sign-out', undefined, bearer(accessToken))).status).toBe(204);
    expect((await newBrowser(atlas).get('/me', bearer(accessToken))).status).toBe(401);
    expect((await newBrowser(atlas).post('/auth/refresh', { refreshToken })).body.code).toBe('invalid_token');
  });
});

test('parallel hashes are bounded, and a flood gets an answer instead of a queue without end', async () => {
  const browsers = Array.from({ length: 40 }, () => newBrowser(atlas));
  const answers = await Promise.all(
    browsers.map((browser) => browser.post('/auth/sign-in', { email: newEmail(), password })),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([401]));
});
