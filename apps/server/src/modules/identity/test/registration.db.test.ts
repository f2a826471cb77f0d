import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  startTestApplication,
  testOrigin,
  type TestApplication,
} from '../../../../test/support/application.ts';
import { auditActions, linkToken, newBrowser, newEmail, otherPassword, password, signUp } from './people.ts';

let atlas: TestApplication;
beforeAll(async () => {
  atlas = await startTestApplication();
});
afterAll(() => atlas.close());

function details(email: string, over: Record<string, unknown> = {}) {
  return { email, password, name: 'Joana Prado', locale: 'pt-BR', ...over };
}

async function countUsers(email: string): Promise<number> {
  const { rows } = await atlas.application.database.inSystem('count in a test', (tx) =>
    sql<{ n: string }>`select count(*) as n from identity.user_account where email = ${email}`.execute(tx),
  );
  return Number(rows[0]?.n);
}

test('register, open the link in the same browser: an account, signed in', async () => {
  const email = newEmail();
  const browser = newBrowser(atlas);
  const registered = await browser.post('/auth/register', details(email));
  expect([registered.status, registered.body]).toEqual([202, { status: 'accepted' }]);
  expect((await browser.get('/me')).status).toBe(401);
  const [mail] = await atlas.mailsTo(email);
  expect(mail?.subject).toBe('Confirme seu e-mail no CloudAtlas');
  expect(mail?.text).toContain(`${testOrigin}/verify-email#token=`);

  const verified = await browser.post('/auth/verify-email', { token: await linkToken(atlas, email) });
  expect(verified.status).toBe(200);
  expect(verified.body).toMatchObject({
    status: 'signed_in',
    tokens: null,
    user: { email, locale: 'pt-BR', mfaEnabled: false, staffRole: null },
  });
  expect((await browser.get('/me')).body).toEqual(verified.body.user);
  expect((await newBrowser(atlas).post('/auth/sign-in', { email, password })).body.status).toBe('signed_in');
});

test('the address is one whatever its capitals', async () => {
  const { email } = await signUp(atlas);
  expect(
    (await newBrowser(atlas).post('/auth/sign-in', { email: email.toUpperCase(), password })).body.status,
  ).toBe('signed_in');
});

test('before the link is opened the right password says so, a wrong one does not', async () => {
  const email = newEmail();
  await newBrowser(atlas).post('/auth/register', details(email));
  const right = await newBrowser(atlas).post('/auth/sign-in', { email, password });
  expect([right.status, right.body.code]).toEqual([403, 'email_not_verified']);
  const wrong = await newBrowser(atlas).post('/auth/sign-in', { email, password: otherPassword });
  expect([wrong.status, wrong.body.code]).toEqual([401, 'invalid_credentials']);
});

describe('a link', () => {
  test('works once', async () => {
    const email = newEmail();
    const browser = newBrowser(atlas);
    await browser.post('/auth/register', details(email));
    const token = await linkToken(atlas, email);
    expect((await browser.post('/auth/verify-email', { token })).status).toBe(200);
    expect((await browser.post('/auth/verify-email', { token, password })).body.code).toBe('invalid_token');
  });

  test('works once for 20 that open it together', async () => {
    const email = newEmail();
    const browser = newBrowser(atlas);
    await browser.post('/auth/register', details(email));
    const token = await linkToken(atlas, email);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => browser.post('/auth/verify-email', { token })),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.code === 'invalid_token')).toHaveLength(19);
    expect(await countUsers(email)).toBe(1);
  });

  test('ends after a day', async () => {
    const email = newEmail();
    const browser = newBrowser(atlas);
    await browser.post('/auth/register', details(email));
    const token = await linkToken(atlas, email);
    atlas.clock.advance(86_400_000);
    expect((await browser.post('/auth/verify-email', { token })).body.code).toBe('invalid_token');
  });

  test('is replaced by a new one on request, in the browser that signed up', async () => {
    const email = newEmail();
    const browser = newBrowser(atlas);
    await browser.post('/auth/register', details(email));
    const first = await linkToken(atlas, email);
    expect((await browser.post('/auth/resend-verification', { email })).status).toBe(202);
    const second = await linkToken(atlas, email);
    expect(second).not.toBe(first);
    expect((await browser.post('/auth/verify-email', { token: first })).body.code).toBe('invalid_token');
    expect((await browser.post('/auth/verify-email', { token: second })).status).toBe(200);
  });
});

describe('signing up somebody else first', () => {
  test('gains nothing: the victim opening the link is asked for a password only the attacker knows', async () => {
    const email = newEmail();
    await newBrowser(atlas).post(
      '/auth/register',
      details(email, { password: otherPassword, name: 'Attacker' }),
    );
    const victim = newBrowser(atlas);
    const token = await linkToken(atlas, email);
    expect((await victim.post('/auth/verify-email', { token })).body.code).toBe('password_required');
    expect((await victim.post('/auth/verify-email', { token, password })).body.code).toBe(
      'invalid_credentials',
    );
    expect(await countUsers(email)).toBe(0);
  });

  test('leaves neither password nor session when the victim signs up and confirms', async () => {
    const email = newEmail();
    const attacker = newBrowser(atlas);
    await attacker.post('/auth/register', details(email, { password: otherPassword, name: 'Attacker' }));
    const attackersToken = await linkToken(atlas, email);
    const victim = newBrowser(atlas);
    await victim.post('/auth/register', details(email));
    const verified = await victim.post('/auth/verify-email', { token: await linkToken(atlas, email) });
    expect(verified.body.user.name).toBe('Joana Prado');
    expect(
      (await newBrowser(atlas).post('/auth/sign-in', { email, password: otherPassword })).body.code,
    ).toBe('invalid_credentials');
    expect(
      (await attacker.post('/auth/verify-email', { token: attackersToken, password: otherPassword })).body
        .code,
    ).toBe('invalid_token');
    expect((await attacker.get('/me')).status).toBe(401);
    // Not even when the account is deleted later.
    await atlas.application.services.identity.deleteUser(verified.body.user.id);
    const late = await attacker.post('/auth/verify-email', { token: attackersToken });
    expect(late.body.code).toBe('invalid_token');
  });

  test('two links of one address opened together make one account', async () => {
    const email = newEmail();
    const [one, two] = [newBrowser(atlas), newBrowser(atlas)];
    await one.post('/auth/register', details(email));
    const first = await linkToken(atlas, email);
    await two.post('/auth/register', details(email, { password: otherPassword }));
    const second = await linkToken(atlas, email);
    const answers = await Promise.all([
      one.post('/auth/verify-email', { token: first }),
      two.post('/auth/verify-email', { token: second }),
    ]);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.code === 'invalid_token')).toHaveLength(1);
    expect(await countUsers(email)).toBe(1);
  });

  test('in another browser the password of the sign-up opens the link', async () => {
    const email = newEmail();
    await newBrowser(atlas).post('/auth/register', details(email));
    const phone = newBrowser(atlas);
    expect(
      (await phone.post('/auth/verify-email', { token: await linkToken(atlas, email), password })).status,
    ).toBe(200);
  });
});

describe('an address that has an account', () => {
  test('gets the same answer, a mail that says so, and keeps its password', async () => {
    const { email } = await signUp(atlas);
    const stranger = newBrowser(atlas);
    const unknown = await stranger.post('/auth/register', details(newEmail()));
    const known = await stranger.post('/auth/register', details(email, { password: otherPassword }));
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    expect(Object.keys(known.headers).toSorted()).toEqual(Object.keys(unknown.headers).toSorted());
    const [mail] = await atlas.mailsTo(email);
    expect(mail?.subject).toBe('You already have a CloudAtlas account');
    expect(mail?.text).not.toContain('token=');
    // As for an address that has none: else this pair of requests would tell them apart.
    expect(
      (await newBrowser(atlas).post('/auth/sign-in', { email, password: otherPassword })).body.code,
    ).toBe('email_not_verified');
  });

  test('gets no fresh confirmation link, and the same answer', async () => {
    const { email } = await signUp(atlas);
    const before = (await atlas.mailsTo(email)).length;
    const stranger = newBrowser(atlas);
    const [known, unknown] = [
      await stranger.post('/auth/resend-verification', { email }),
      await stranger.post('/auth/resend-verification', { email: newEmail() }),
    ];
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    expect(await atlas.mailsTo(email)).toHaveLength(before);
  });
});

describe('bad input', () => {
  test.each([
    ['a weak password', { password: '1234567890' }, 'weak_password', 'body.password'],
    ['a short one', { password: 'k7#Qz' }, 'validation_failed', 'body.password'],
    ['no e-mail', { email: 'nobody' }, 'validation_failed', 'body.email'],
    ['an unknown field', { staffRole: 'internal_admin' }, 'validation_failed', 'body.staffRole'],
    ['a wrong type', { name: 7 }, 'validation_failed', 'body.name'],
  ])('%s is refused by name', async (_what, over, code, path) => {
    const answer = await newBrowser(atlas).post('/auth/register', details(newEmail(), over));
    expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([422, code, path]);
  });

  test('a forged Host changes no link', async () => {
    const email = newEmail();
    await newBrowser(atlas).post('/auth/register', details(email), {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
    });
    const [mail] = await atlas.mailsTo(email);
    expect(mail?.text).not.toContain('evil');
    expect(mail?.text).toContain(`${testOrigin}/verify-email`);
  });

  test('what a stranger types never reaches the mail', async () => {
    const email = newEmail();
    await newBrowser(atlas).post('/auth/register', details(email, { name: 'Win at https://evil.example' }));
    const [mail] = await atlas.mailsTo(email);
    expect(mail?.text + (mail?.html ?? '')).not.toContain('evil.example');
  });
});

test('one address is mailed a bounded number of times, whoever asks', async () => {
  const email = newEmail();
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => newBrowser(atlas).post('/auth/resend-verification', { email })),
  );
  expect(answers.filter((answer) => answer.status === 202)).toHaveLength(10);
  expect(answers.filter((answer) => answer.body.code === 'rate_limited')).toHaveLength(20);
});

test('the audit log tells sign-ups, without passwords or tokens', async () => {
  const { email } = await signUp(atlas);
  const lines = (await auditActions(atlas, '')).filter((entry) => entry.line.includes(email));
  expect(lines.map((entry) => entry.action)).toEqual(['registration.requested', 'user.registered']);
  for (const { line } of lines) {
    expect(line).not.toContain(password);
    expect(line).not.toMatch(/token|argon2/);
  }
});

test('a wrong password at a mail link is in the audit log, without the password', async () => {
  const email = newEmail();
  await newBrowser(atlas).post('/auth/register', { email, password, name: 'Joana', locale: 'en' });
  const token = await linkToken(atlas, email);
  const refused = await newBrowser(atlas).post('/auth/verify-email', { token, password: otherPassword });
  expect(refused.body.code).toBe('invalid_credentials');
  const [entry] = (await auditActions(atlas, 'registration.confirmation_failed')).filter(({ line }) =>
    line.includes(email),
  );
  expect(entry?.outcome).toBe('failure');
  expect(entry?.line).not.toContain(otherPassword);
});
