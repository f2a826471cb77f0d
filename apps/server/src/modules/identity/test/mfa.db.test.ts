import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApplication, type TestApplication } from '../../../../test/support/application.ts';
import {
  apiSignIn,
  auditActions,
  bearer,
  enrolled,
  halfWay,
  newBrowser,
  otherPassword,
  password,
  signInAgain,
  signUp,
  totpCode,
  whileItWaits,
} from './people.ts';

let atlas: TestApplication;
beforeAll(async () => {
  atlas = await startTestApplication();
});
afterAll(() => atlas.close());

describe('enrolment', () => {
  test('takes the password and a first code, gives ten recovery codes, and ends the other sessions', async () => {
    const { email, browser } = await signUp(atlas);
    const phone = await signInAgain(atlas, email);
    const old = browser.cookies.get('atlas_session');
    expect((await browser.get('/me/mfa')).body).toEqual({ totp: false, recoveryCodesLeft: 0 });
    const started = await browser.post('/me/mfa/totp/start', { password });
    expect(started.body.otpauthUrl).toContain(started.body.secret);
    // Shown, not yet proved: nothing is asked for at sign-in.
    expect((await browser.get('/me')).body.mfaEnabled).toBe(false);
    await signInAgain(atlas, email);
    const confirmed = await browser.post('/me/mfa/totp/confirm', {
      code: totpCode(atlas, started.body.secret),
    });
    expect(new Set(confirmed.body.recoveryCodes).size).toBe(10);
    expect((await browser.get('/me')).body.mfaEnabled).toBe(true);
    expect((await browser.get('/me/mfa')).body).toEqual({ totp: true, recoveryCodesLeft: 10 });
    expect(browser.cookies.get('atlas_session')).not.toBe(old);
    expect((await phone.get('/me')).status).toBe(401);
    expect((await atlas.mailsTo(email))[0]?.subject).toBe('Two-step sign-in is on');
  });

  test('refuses a wrong password, a wrong code, a late one and one without a start', async () => {
    const { browser } = await signUp(atlas);
    expect((await browser.post('/me/mfa/totp/start', { password: otherPassword })).body.code).toBe(
      'invalid_credentials',
    );
    expect((await browser.post('/me/mfa/totp/confirm', { code: '123456' })).body.code).toBe('conflict');
    const { secret } = (await browser.post('/me/mfa/totp/start', { password })).body;
    expect(
      (await browser.post('/me/mfa/totp/confirm', { code: totpCode(atlas, secret, 50) })).body.code,
    ).toBe('invalid_code');
    atlas.clock.advance(15 * 60_000);
    expect((await browser.post('/me/mfa/totp/confirm', { code: totpCode(atlas, secret) })).body.code).toBe(
      'conflict',
    );
    expect((await browser.get('/me')).body.mfaEnabled).toBe(false);
  });

  test('cannot replace an active factor', async () => {
    const { browser } = await enrolled(atlas);
    expect((await browser.post('/me/mfa/totp/start', { password })).body.code).toBe('conflict');
  });

  test('uses up the code that confirmed it', async () => {
    const { email, browser } = await signUp(atlas);
    const { secret } = (await browser.post('/me/mfa/totp/start', { password })).body;
    const code = totpCode(atlas, secret);
    await browser.post('/me/mfa/totp/confirm', { code });
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken: await halfWay(atlas, email), code })).body.code,
    ).toBe('invalid_code');
  });
});

describe('signing in', () => {
  test('takes the second step, by cookie or by tokens', async () => {
    const { email, seed } = await enrolled(atlas);
    const browser = newBrowser(atlas);
    const mfaToken = await halfWay(atlas, email, browser);
    expect(browser.cookies.has('atlas_session')).toBe(false);
    const done = await browser.post('/auth/mfa', { mfaToken, code: totpCode(atlas, seed) });
    expect(done.body).toMatchObject({ status: 'signed_in', tokens: null, user: { mfaEnabled: true } });
    expect((await browser.get('/me')).status).toBe(200);
    const second = await newBrowser(atlas).post('/auth/mfa', {
      mfaToken: await halfWay(atlas, email),
      code: totpCode(atlas, seed, 1),
      transport: 'token',
    });
    expect((await newBrowser(atlas).get('/me', bearer(second.body.tokens.accessToken))).status).toBe(200);
  });

  test('half way is nowhere: the challenge opens no route, in no place', async () => {
    const { email } = await enrolled(atlas);
    const mfaToken = await halfWay(atlas, email);
    const { routes } = atlas.application;
    const guarded = routes.filter((route) => route.access.scope !== 'public');
    expect(guarded.length).toBeGreaterThan(10);
    for (const route of guarded) {
      const path = route.url.replaceAll(/:\w+/g, '01936b00-0000-7000-8000-000000000000');
      const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : {};
      const stranger = newBrowser(atlas);
      expect([
        route.operationId,
        (await stranger.call(route.method, path, body, bearer(mfaToken))).status,
      ]).toEqual([route.operationId, 401]);
      stranger.cookies.set('atlas_session', mfaToken);
      expect([route.operationId, (await stranger.call(route.method, path, body)).status]).toEqual([
        route.operationId,
        401,
      ]);
    }
    expect((await newBrowser(atlas).post('/auth/refresh', { refreshToken: mfaToken })).body.code).toBe(
      'invalid_token',
    );
  });

  test('a code works once, also for three challenges at the same time', async () => {
    const { email, seed } = await enrolled(atlas);
    const challenges: string[] = [];
    for (let n = 0; n < 3; n += 1) challenges.push(await halfWay(atlas, email));
    const code = totpCode(atlas, seed);
    const answers = await Promise.all(
      challenges.map((mfaToken) => newBrowser(atlas).post('/auth/mfa', { mfaToken, code })),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.code === 'invalid_code')).toHaveLength(2);
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken: await halfWay(atlas, email), code })).body.code,
    ).toBe('invalid_code');
    const older = totpCode(atlas, seed, -1);
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken: await halfWay(atlas, email), code: older })).body
        .code,
    ).toBe('invalid_code');
  });

  test('a challenge works once, and for five minutes', async () => {
    const { email, seed } = await enrolled(atlas);
    const mfaToken = await halfWay(atlas, email);
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken, code: totpCode(atlas, seed) })).status,
    ).toBe(200);
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken, code: totpCode(atlas, seed, 1) })).body.code,
    ).toBe('invalid_token');
    const late = await halfWay(atlas, email);
    atlas.clock.advance(5 * 60_000);
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken: late, code: totpCode(atlas, seed) })).body.code,
    ).toBe('invalid_token');
  });

  test('another person’s code does not help', async () => {
    const [mine, theirs] = [await enrolled(atlas), await enrolled(atlas)];
    const mfaToken = await halfWay(atlas, mine.email);
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken, code: totpCode(atlas, theirs.seed) })).body.code,
    ).toBe('invalid_code');
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken, recoveryCode: theirs.recoveryCodes[0] })).body
        .code,
    ).toBe('invalid_code');
  });

  test('of 100 parallel guesses over many challenges at most 5 are looked at, and each is in the audit log', async () => {
    const { email, seed } = await enrolled(atlas);
    const challenges: string[] = [];
    for (let n = 0; n < 4; n += 1) challenges.push(await halfWay(atlas, email));
    const wrong = totpCode(atlas, seed, 40);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        newBrowser(atlas).post('/auth/mfa', { mfaToken: challenges[n % 4], code: wrong }),
      ),
    );
    expect(answers.filter((answer) => answer.body.code === 'invalid_code')).toHaveLength(5);
    expect(answers.filter((answer) => answer.body.code === 'rate_limited')).toHaveLength(95);
    const entries = (await auditActions(atlas, 'session.second_factor_failed')).filter(({ line }) =>
      line.includes(email),
    );
    expect(entries).toHaveLength(5);
    for (const { line } of entries) expect(line).not.toContain(wrong);
    // The right code waits too.
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken: challenges[0], code: totpCode(atlas, seed) }))
        .body.code,
    ).toBe('rate_limited');
  });

  test.each([
    ['both kinds of code', { code: '123456', recoveryCode: 'abcde-fghij' }],
    ['neither', {}],
    ['a code of letters', { code: 'abcdef' }],
    ['a code of five digits', { code: '12345' }],
    ['a list', { code: ['123456'] }],
  ])('with %s is refused by shape', async (_what, codes) => {
    const answer = await newBrowser(atlas).post('/auth/mfa', { mfaToken: 'atlas_mfa_x', ...codes });
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
  });
});

describe('a recovery code', () => {
  test('works once, however it is typed, and the person is told', async () => {
    const { email, recoveryCodes } = await enrolled(atlas);
    const recoveryCode = `  ${recoveryCodes[3]?.toUpperCase()} `;
    const browser = newBrowser(atlas);
    expect(
      (await browser.post('/auth/mfa', { mfaToken: await halfWay(atlas, email), recoveryCode })).body.status,
    ).toBe('signed_in');
    expect((await browser.get('/me/mfa')).body).toEqual({ totp: true, recoveryCodesLeft: 9 });
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken: await halfWay(atlas, email), recoveryCode }))
        .body.code,
    ).toBe('invalid_code');
    expect((await atlas.mailsTo(email))[0]?.subject).toBe('A recovery code was used');
  });

  test('works once for 4 at the same time', async () => {
    const { email, recoveryCodes } = await enrolled(atlas);
    const challenges: string[] = [];
    for (let n = 0; n < 4; n += 1) challenges.push(await halfWay(atlas, email));
    const answers = await Promise.all(
      challenges.map((mfaToken) =>
        newBrowser(atlas).post('/auth/mfa', { mfaToken, recoveryCode: recoveryCodes[0] }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  test('of an older set does not work, a new one does', async () => {
    const { email, browser, seed, recoveryCodes } = await enrolled(atlas);
    const renewed = await browser.post('/me/mfa/recovery-codes', { password, code: totpCode(atlas, seed) });
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect(
      (
        await newBrowser(atlas).post('/auth/mfa', {
          mfaToken: await halfWay(atlas, email),
          recoveryCode: recoveryCodes[0],
        })
      ).body.code,
    ).toBe('invalid_code');
    const recoveryCode = renewed.body.recoveryCodes[0];
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken: await halfWay(atlas, email), recoveryCode }))
        .status,
    ).toBe(200);
  });
});

test('turning it on while somebody signs in with the password leaves no session without the second factor', async () => {
  const { email, browser } = await signUp(atlas);
  const { secret } = (await browser.post('/me/mfa/totp/start', { password })).body;
  const others = Array.from({ length: 6 }, () => newBrowser(atlas));
  await Promise.all([
    browser.post('/me/mfa/totp/confirm', { code: totpCode(atlas, secret) }),
    ...others.map((other) => other.post('/auth/sign-in', { email, password })),
  ]);
  for (const other of others) expect((await other.get('/me')).status).toBe(401);
  expect((await browser.get('/me')).body.mfaEnabled).toBe(true);
});

test('a sign-in that waits while a factor is confirmed is asked for it', async () => {
  const { id, email, browser } = await signUp(atlas);
  await browser.post('/me/mfa/totp/start', { password });
  const answer = await whileItWaits(
    atlas,
    id,
    () => newBrowser(atlas).post('/auth/sign-in', { email, password }),
    sql`update identity.totp_factor set confirmed_at = now() where user_id = ${id}::uuid`,
  );
  expect(answer.body.status).toBe('mfa_required');
});

test('seed and recovery codes are not readable in the database, and a seed moved to another person opens nothing', async () => {
  const [one, two] = [await enrolled(atlas), await enrolled(atlas)];
  const { database } = atlas.application;
  const { rows } = await database.inSystem('dump in a test', (tx) =>
    sql<{ dump: string }>`select row_to_json(f)::text as dump from identity.totp_factor f
      union all select row_to_json(c)::text from identity.recovery_code c`.execute(tx),
  );
  const dump = rows
    .map((row) => row.dump)
    .join('\n')
    .toLowerCase();
  for (const secret of [one.seed.toLowerCase(), ...one.recoveryCodes]) {
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
  }
  await database.inSystem('move a seed in a test', (tx) =>
    sql`update identity.totp_factor set seed = (select seed from identity.totp_factor where user_id = ${two.id}::uuid)
      where user_id = ${one.id}::uuid`.execute(tx),
  );
  const answer = await newBrowser(atlas).post('/auth/mfa', {
    mfaToken: await halfWay(atlas, one.email),
    code: totpCode(atlas, two.seed),
  });
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.body)).not.toMatch(/envelope|seed/i);
});

test('an API client enrols too, and keeps its tokens', async () => {
  const { email } = await signUp(atlas);
  const { accessToken } = await apiSignIn(atlas, email);
  const script = newBrowser(atlas);
  const { secret } = (await script.post('/me/mfa/totp/start', { password }, bearer(accessToken))).body;
  const confirmed = await script.post(
    '/me/mfa/totp/confirm',
    { code: totpCode(atlas, secret) },
    bearer(accessToken),
  );
  expect(confirmed.body.recoveryCodes).toHaveLength(10);
  expect((await script.get('/me', bearer(accessToken))).status).toBe(200);
});
