import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApplication, type TestApplication } from '../../../../test/support/application.ts';
import {
  apiSignIn,
  auditActions,
  bearer,
  enrol,
  linkToken,
  newBrowser,
  newEmail,
  otherPassword,
  password,
  signInAgain,
  signUp,
  whileItWaits,
} from './people.ts';

let atlas: TestApplication;
beforeAll(async () => {
  atlas = await startTestApplication();
});
afterAll(() => atlas.close());

async function askReset(email: string): Promise<string> {
  const answer = await newBrowser(atlas).post('/auth/forgot-password', { email });
  expect([answer.status, answer.body]).toEqual([202, { status: 'accepted' }]);
  return linkToken(atlas, email, 'reset-password');
}

function reset(token: string, to = otherPassword) {
  return newBrowser(atlas).post('/auth/reset-password', { token, password: to });
}

describe('a forgotten password', () => {
  test('is replaced by mail; every session ends, and the person is told', async () => {
    const { email, browser } = await signUp(atlas);
    const api = await apiSignIn(atlas, email);
    expect((await reset(await askReset(email))).status).toBe(204);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await newBrowser(atlas).get('/me', bearer(api.accessToken))).status).toBe(401);
    expect((await newBrowser(atlas).post('/auth/refresh', { refreshToken: api.refreshToken })).status).toBe(
      401,
    );
    expect((await newBrowser(atlas).post('/auth/sign-in', { email, password })).body.code).toBe(
      'invalid_credentials',
    );
    expect(
      (await newBrowser(atlas).post('/auth/sign-in', { email, password: otherPassword })).body.status,
    ).toBe('signed_in');
    expect((await atlas.mailsTo(email))[0]?.subject).toBe('Your CloudAtlas password was changed');
  });

  test('of an unknown address gets the same answer and no mail', async () => {
    const email = newEmail();
    const unknown = await newBrowser(atlas).post('/auth/forgot-password', { email });
    expect([unknown.status, unknown.body]).toEqual([202, { status: 'accepted' }]);
    expect(await atlas.mailsTo(email)).toEqual([]);
  });

  test('gives a link that works once, also for 10 at the same time', async () => {
    const { email } = await signUp(atlas);
    const token = await askReset(email);
    const answers = await Promise.all(Array.from({ length: 10 }, () => reset(token)));
    expect(answers.filter((answer) => answer.status === 204)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body?.code === 'invalid_token')).toHaveLength(9);
  });

  test('gives a link that ends after an hour, after a newer reset, and after a password change', async () => {
    const late = await signUp(atlas);
    const lateToken = await askReset(late.email);
    atlas.clock.advance(3_600_000);
    expect((await reset(lateToken)).body.code).toBe('invalid_token');

    const twice = await signUp(atlas);
    const [first, second] = [await askReset(twice.email), await askReset(twice.email)];
    expect((await reset(second)).status).toBe(204);
    expect((await reset(first)).body.code).toBe('invalid_token');

    const changed = await signUp(atlas);
    const token = await askReset(changed.email);
    await changed.browser.post('/me/password', { currentPassword: password, newPassword: otherPassword });
    expect((await reset(token, 'um terceiro segredo longo')).body.code).toBe('invalid_token');
  });

  test('keeps its link when the new one is too weak', async () => {
    const { email } = await signUp(atlas);
    const token = await askReset(email);
    expect((await reset(token, 'qwertyuiop')).body.code).toBe('weak_password');
    expect((await reset(token)).status).toBe(204);
  });

  test('does not get around the second factor', async () => {
    const person = await signUp(atlas);
    await enrol(atlas, person);
    expect((await reset(await askReset(person.email))).status).toBe(204);
    const answer = await newBrowser(atlas).post('/auth/sign-in', {
      email: person.email,
      password: otherPassword,
    });
    expect(answer.body.status).toBe('mfa_required');
  });

  test('of a disabled person stays', async () => {
    const { id, email } = await signUp(atlas);
    const token = await askReset(email);
    await atlas.application.services.identity.disableUser(id);
    expect((await reset(token)).body.code).toBe('invalid_token');
    await newBrowser(atlas).post('/auth/forgot-password', { email });
    expect((await atlas.mailsTo(email)).filter((mail) => mail.subject.startsWith('Choose'))).toHaveLength(1);
  });
});

test('a link of one kind is none of another', async () => {
  const { email } = await signUp(atlas);
  const resetToken = await askReset(email);
  expect(
    (await newBrowser(atlas).post('/auth/verify-email', { token: resetToken, password })).body.code,
  ).toBe('invalid_token');
  const pending = newEmail();
  await newBrowser(atlas).post('/auth/register', { email: pending, password, name: 'Joana Prado' });
  expect((await reset(await linkToken(atlas, pending))).body.code).toBe('invalid_token');
});

describe('changing a known password', () => {
  test('ends the other sessions and gives this browser a new id', async () => {
    const { email, browser } = await signUp(atlas);
    const phone = await signInAgain(atlas, email);
    const old = browser.cookies.get('atlas_session') ?? '';
    expect(
      (await browser.post('/me/password', { currentPassword: password, newPassword: otherPassword })).status,
    ).toBe(204);
    expect(browser.cookies.get('atlas_session')).not.toBe(old);
    expect((await browser.get('/me')).status).toBe(200);
    expect((await phone.get('/me')).status).toBe(401);
    const thief = newBrowser(atlas);
    thief.cookies.set('atlas_session', old);
    expect((await thief.get('/me')).status).toBe(401);
  });

  test('needs the current one, a bounded number of times, and says each failure in the audit log', async () => {
    const { email, browser } = await signUp(atlas);
    const attempt = () =>
      browser.post('/me/password', {
        currentPassword: otherPassword,
        newPassword: 'um terceiro segredo longo',
      });
    const answers = await Promise.all(Array.from({ length: 15 }, attempt));
    expect(answers.filter((answer) => answer.body.code === 'invalid_credentials')).toHaveLength(10);
    expect(answers.filter((answer) => answer.body.code === 'rate_limited')).toHaveLength(5);
    expect(
      (await auditActions(atlas, 'password.confirmation_failed')).filter(({ line }) => line.includes(email)),
    ).toHaveLength(10);
    await signInAgain(atlas, email);
  });

  test('refuses a weak one, naming the field', async () => {
    const { browser } = await signUp(atlas);
    const answer = await browser.post('/me/password', {
      currentPassword: password,
      newPassword: 'JoanaPrado',
    });
    expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([
      422,
      'weak_password',
      'body.newPassword',
    ]);
  });

  test('works for an API client, which keeps its tokens', async () => {
    const { email, browser } = await signUp(atlas);
    const { accessToken, refreshToken } = await apiSignIn(atlas, email);
    const script = newBrowser(atlas);
    const body = { currentPassword: password, newPassword: otherPassword };
    expect((await script.post('/me/password', body, bearer(accessToken))).status).toBe(204);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await script.post('/auth/refresh', { refreshToken })).status).toBe(200);
  });

  test('while a sign-in with the old one waits refuses that sign-in', async () => {
    const { id, email } = await signUp(atlas);
    const other = await signUp(atlas);
    const answer = await whileItWaits(
      atlas,
      id,
      () => newBrowser(atlas).post('/auth/sign-in', { email, password }),
      sql`update identity.user_account set password_hash =
        (select password_hash from identity.user_account where id = ${other.id}::uuid) where id = ${id}::uuid`,
    );
    expect(answer.body.code).toBe('invalid_credentials');
  });
});
