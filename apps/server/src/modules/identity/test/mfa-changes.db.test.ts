import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApplication, type TestApplication } from '../../../../test/support/application.ts';
import {
  auditActions,
  enrolled,
  halfWay,
  newBrowser,
  otherPassword,
  password,
  signInAgain,
  signUp,
  totpCode,
} from './people.ts';

let atlas: TestApplication;
beforeAll(async () => {
  atlas = await startTestApplication();
});
afterAll(() => atlas.close());

describe('turning it off', () => {
  test('takes password and code, ends the other sessions and the half sign-ins', async () => {
    const { email, browser, seed } = await enrolled(atlas);
    const mfaToken = await halfWay(atlas, email);
    const phone = newBrowser(atlas);
    await phone.post('/auth/mfa', { mfaToken: await halfWay(atlas, email), code: totpCode(atlas, seed) });
    expect((await phone.get('/me')).status).toBe(200);
    const turn = (over: Record<string, string>) =>
      browser.post('/me/mfa/totp/disable', { password, code: totpCode(atlas, seed, 1), ...over });
    expect((await turn({ password: otherPassword })).body.code).toBe('invalid_credentials');
    expect((await turn({ code: totpCode(atlas, seed, 40) })).body.code).toBe('invalid_code');
    expect((await turn({ code: totpCode(atlas, seed) })).body.code).toBe('invalid_code');
    expect((await turn({})).status).toBe(204);
    expect((await phone.get('/me')).status).toBe(401);
    expect((await browser.get('/me')).body.mfaEnabled).toBe(false);
    expect(
      (await newBrowser(atlas).post('/auth/mfa', { mfaToken, code: totpCode(atlas, seed, 2) })).body.code,
    ).toBe('invalid_token');
    await signInAgain(atlas, email);
    expect((await turn({ code: totpCode(atlas, seed, 2) })).body.code).toBe('conflict');
  });
});

describe('a lost phone', () => {
  test('a recovery code turns the factor off, or makes new codes, and is used up', async () => {
    const { email, browser, recoveryCodes } = await enrolled(atlas);
    const renewed = await browser.post('/me/mfa/recovery-codes', {
      password,
      recoveryCode: ` ${recoveryCodes[0]?.toUpperCase()}`,
    });
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    const disable = (recoveryCode: string | undefined) =>
      browser.post('/me/mfa/totp/disable', { password, recoveryCode });
    // Of the set that is no more.
    expect((await disable(recoveryCodes[1])).body.code).toBe('invalid_code');
    expect((await disable(renewed.body.recoveryCodes[1])).status).toBe(204);
    expect((await browser.get('/me')).body.mfaEnabled).toBe(false);
    await signInAgain(atlas, email);
    const lines = (await auditActions(atlas, 'mfa.')).filter(({ line }) => line.includes(email));
    expect(lines.at(-1)?.line).toContain('recovery_code');
    expect(lines.filter(({ action }) => action === 'mfa.recovery_codes_renewed')).toHaveLength(1);
  });

  test('one code that is sent twice at once makes one change', async () => {
    const { browser, recoveryCodes } = await enrolled(atlas);
    const answers = await Promise.all(
      [1, 2].map(() => browser.post('/me/mfa/totp/disable', { password, recoveryCode: recoveryCodes[2] })),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  test('a code that opened a session opens no change', async () => {
    const { email, browser, recoveryCodes } = await enrolled(atlas);
    const recoveryCode = recoveryCodes[4];
    await newBrowser(atlas).post('/auth/mfa', { mfaToken: await halfWay(atlas, email), recoveryCode });
    const refused = await browser.post('/me/mfa/totp/disable', { password, recoveryCode });
    expect(refused.body.code).toBe('invalid_code');
  });

  test.each([
    ['both kinds of code', { code: '123456', recoveryCode: 'abcde-fghij' }],
    ['neither', {}],
  ])('%s is refused by shape', async (_what, codes) => {
    const { browser } = await enrolled(atlas);
    const answer = await browser.post('/me/mfa/totp/disable', { password, ...codes });
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
  });
});

test('wrong codes while changing a factor are in the audit log, without the code', async () => {
  const { email, browser } = await signUp(atlas);
  const { secret } = (await browser.post('/me/mfa/totp/start', { password })).body;
  const wrong = totpCode(atlas, secret, 50);
  await browser.post('/me/mfa/totp/confirm', { code: wrong });
  await browser.post('/me/mfa/totp/confirm', { code: totpCode(atlas, secret) });
  await browser.post('/me/mfa/totp/disable', { password, code: wrong });
  await browser.post('/me/mfa/recovery-codes', { password, recoveryCode: 'aaaaa-bbbbb' });
  const lines = (await auditActions(atlas, 'mfa.confirmation_failed')).filter(({ line }) =>
    line.includes(email),
  );
  expect(lines.map(({ outcome }) => outcome)).toEqual(['failure', 'failure', 'failure']);
  for (const { line } of lines) expect(line).not.toMatch(new RegExp(`"${wrong}"|aaaaa-bbbbb`));
});
