import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { sql } from 'kysely';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  startTestApplication,
  testOrigin,
  type TestApplication,
} from '../../../../test/support/application.ts';
import {
  apiSignIn,
  auditActions,
  bearer,
  newBrowser,
  signUp,
  type ApiTokens,
  type Person,
} from './people.ts';

let atlas: TestApplication;
beforeAll(async () => {
  atlas = await startTestApplication();
});
afterAll(() => atlas.close());

async function withTokens(): Promise<Person & ApiTokens> {
  const person = await signUp(atlas);
  return { ...person, ...(await apiSignIn(atlas, person.email)) };
}

function refresh(refreshToken: string) {
  return newBrowser(atlas).post('/auth/refresh', { refreshToken });
}

async function me(token: string): Promise<number> {
  return (await newBrowser(atlas).get('/me', bearer(token))).status;
}

describe('an access token', () => {
  test('says who and which session for five minutes, and nothing about rights', async () => {
    const { id, accessToken } = await withTokens();
    expect(decodeProtectedHeader(accessToken)).toEqual({
      alg: 'EdDSA',
      typ: 'at+jwt',
      kid: expect.any(String),
    });
    const claims = decodeJwt(accessToken);
    expect(Object.keys(claims).toSorted()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sid', 'sub']);
    expect(claims).toMatchObject({ sub: id, iss: testOrigin, aud: `${testOrigin}/api` });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
    expect(await me(accessToken)).toBe(200);
  });

  test('ends by its time', async () => {
    const { accessToken } = await withTokens();
    atlas.clock.advance(299_000);
    expect(await me(accessToken)).toBe(200);
    atlas.clock.advance(10_000);
    expect(await me(accessToken)).toBe(401);
  });

  test('ends with its session, at once', async () => {
    const { accessToken, browser } = await withTokens();
    const sessions = await browser.get('/me/sessions');
    const api = sessions.body.items.find((session: { kind: string }) => session.kind === 'api');
    await browser.call('DELETE', `/me/sessions/${api.id}`);
    expect(await me(accessToken)).toBe(401);
  });

  test('is no cookie, and a cookie is no access token', async () => {
    const { accessToken, browser } = await withTokens();
    const other = newBrowser(atlas);
    other.cookies.set('atlas_session', accessToken);
    expect((await other.get('/me')).status).toBe(401);
    expect(await me(browser.cookies.get('atlas_session') ?? '')).toBe(401);
  });

  test('a bad bearer is refused even beside a good cookie', async () => {
    const { browser } = await withTokens();
    expect((await browser.get('/me', bearer('nonsense'))).status).toBe(401);
    expect((await browser.get('/me', { authorization: 'Basic eDp5' })).status).toBe(401);
  });
});

describe('a forged access token is refused', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  let good: string;
  let claims: Record<string, unknown>;
  let header: Record<string, unknown>;
  let publicKey: { jwk: string; pem: string; raw: Buffer };
  const own = generateKeyPairSync('ed25519');

  beforeAll(async () => {
    good = (await withTokens()).accessToken;
    claims = decodeJwt(good);
    header = { ...decodeProtectedHeader(good) };
    const { rows } = await atlas.application.database.inSystem('read keys in a test', (tx) =>
      sql<{ public_jwk: { x: string } }>`select public_jwk from identity.signing_key`.execute(tx),
    );
    const jwk = rows[0]?.public_jwk;
    if (jwk === undefined) throw new Error('no signing key');
    const raw = Buffer.from(jwk.x, 'base64url');
    const pem = `-----BEGIN PUBLIC KEY-----\n${Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]).toString('base64')}\n-----END PUBLIC KEY-----\n`;
    publicKey = { jwk: JSON.stringify(jwk), pem, raw };
  });

  function signedByThief(head: Record<string, unknown>, body: Record<string, unknown> = claims): string {
    const input = `${part(head)}.${part(body)}`;
    return `${input}.${sign(null, Buffer.from(input), own.privateKey).toString('base64url')}`;
  }

  test('the good one is accepted, so the others fail for their own reason', async () => {
    expect(await me(good)).toBe(200);
  });

  test.each(['none', 'None', 'NONE', 'nOnE'])('alg %s', async (alg) => {
    expect(await me(`${part({ ...header, alg })}.${part(claims)}.`)).toBe(401);
    expect(await me(`${part({ ...header, alg })}.${part(claims)}.${good.split('.')[2]}`)).toBe(401);
  });

  test('HS256 with the public key as the secret, in every spelling of it', async () => {
    const input = `${part({ ...header, alg: 'HS256' })}.${part(claims)}`;
    for (const secret of [publicKey.pem, publicKey.jwk, publicKey.raw]) {
      expect(await me(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`)).toBe(
        401,
      );
    }
  });

  test.each([
    ['our kid, another key', {}],
    ['an unknown kid', { kid: 'elsewhere' }],
    ['a kid that is a path', { kid: '../../../../dev/null' }],
    ['a kid that is SQL', { kid: "' or 1=1 --" }],
    ['a key address', { jku: 'https://evil.example/jwks.json', kid: 'evil' }],
    ['a certificate address', { x5u: 'https://evil.example/cert.pem' }],
    ['an unknown critical header', { crit: ['b64'], b64: false }],
  ])('%s', async (_what, extra) => {
    expect(await me(signedByThief({ ...header, ...extra }))).toBe(401);
  });

  test('a key that it brings along', async () => {
    const jwk = own.publicKey.export({ format: 'jwk' });
    expect(await me(signedByThief({ ...header, jwk }))).toBe(401);
    expect(await me(signedByThief({ alg: 'EdDSA', typ: 'at+jwt', jwk }))).toBe(401);
  });

  test('a changed claim, header or signature', async () => {
    const [head, , signature] = good.split('.');
    const other = await signUp(atlas);
    expect(await me(`${head}.${part({ ...claims, sub: other.id })}.${signature}`)).toBe(401);
    expect(await me(`${part({ ...header, typ: 'JWT' })}.${part(claims)}.${signature}`)).toBe(401);
    expect(await me(`${head}.${part(claims)}.${'A'.repeat(86)}`)).toBe(401);
  });

  describe('signed by our own key, but', () => {
    /** What our server would sign if it made other kinds of token with the same key. */
    async function signedByUs(
      over: Record<string, unknown>,
      head: Record<string, unknown> = {},
    ): Promise<string> {
      const { SignJWT, importJWK } = await import('jose');
      const { database, platform } = atlas.application;
      const key = await database.inSystem('open key in a test', async (tx) => {
        const { rows } = await sql<{
          kid: string;
          private_key: Buffer;
        }>`select kid, private_key from identity.signing_key where kid = ${header.kid}`.execute(tx);
        const row = rows[0];
        if (row === undefined) throw new Error('no signing key');
        const place = {
          organizationId: null,
          table: 'identity.signing_key',
          column: 'private_key',
          rowId: row.kid,
        };
        return importJWK(JSON.parse(await platform.envelope.openText(tx, place, row.private_key)), 'EdDSA');
      });
      const body = Object.fromEntries(
        Object.entries({ ...claims, ...over }).filter(([, value]) => value !== undefined),
      );
      return new SignJWT(body)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: String(header.kid), ...head })
        .sign(key);
    }
    const inSeconds = (seconds: number): number => Math.floor(atlas.clock.now().getTime() / 1000) + seconds;

    test('the helper makes good ones', async () => {
      expect(await me(await signedByUs({}))).toBe(200);
    });

    test.each([
      ['for another audience', { aud: 'https://other.example/api' }],
      ['by another issuer', { iss: 'https://other.example' }],
      ['without a session', { sid: undefined }],
      ['without an end', { exp: undefined }],
      ['without a subject', { sub: undefined }],
      ['with a session that is no id', { sid: "' or 1=1 --" }],
    ])('%s', async (_what, over) => {
      expect(await me(await signedByUs(over))).toBe(401);
    });

    test('of another type, from tomorrow, from long ago with a late end', async () => {
      expect(await me(await signedByUs({}, { typ: 'logout+jwt' }))).toBe(401);
      expect(await me(await signedByUs({ nbf: inSeconds(60) }))).toBe(401);
      expect(await me(await signedByUs({ iat: inSeconds(-3600), exp: inSeconds(3600) }))).toBe(401);
    });

    test('for a browser session', async () => {
      const { id, browser } = await signUp(atlas);
      const { items } = (await browser.get('/me/sessions')).body;
      expect(await me(await signedByUs({ sub: id, sid: items[0].id }))).toBe(401);
    });

    test('for another person than the session belongs to', async () => {
      const other = await signUp(atlas);
      expect(await me(await signedByUs({ sub: other.id }))).toBe(401);
    });
  });
});

describe('refreshing', () => {
  test('gives new tokens and spends the old refresh token', async () => {
    const first = await withTokens();
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ tokenType: 'Bearer', expiresIn: 300 });
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect(await me(second.body.accessToken)).toBe(200);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  test('50 times in parallel gives one successor', async () => {
    const { id, refreshToken, browser } = await withTokens();
    let token = refreshToken;
    // In rounds: not every race is lost by whoever could lose it.
    for (let round = 1; round <= 4; round += 1) {
      const presented = token;
      const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(presented)));
      expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
      expect(new Set(answers.map((answer) => answer.body.refreshToken)).size).toBe(1);
      token = answers[0]?.body.refreshToken;
    }
    const { rows } = await atlas.application.database.inSystem('count in a test', (tx) =>
      sql<{
        fresh: string;
        all: string;
      }>`select count(*) filter (where used_at is null) as fresh, count(*) as all
        from identity.refresh_token token join identity.session session on session.id = token.session_id
        where session.user_id = ${id}::uuid`.execute(tx),
    );
    expect(rows[0]).toEqual({ fresh: '1', all: '5' });
    expect((await browser.get('/me/sessions')).body.items).toHaveLength(2);
  });

  test('with a spent token after the grace ends the family, and the audit log says so', async () => {
    const { refreshToken, email } = await withTokens();
    const second = await refresh(refreshToken);
    atlas.clock.advance(10_000);
    expect((await refresh(refreshToken)).body.code).toBe('invalid_token');
    expect((await refresh(second.body.refreshToken)).body.code).toBe('invalid_token');
    expect(await me(second.body.accessToken)).toBe(401);
    const entries = (await auditActions(atlas, 'session.refresh_token_reused')).filter(({ line }) =>
      line.includes(email),
    );
    expect(entries.map((entry) => entry.outcome)).toEqual(['denied']);
    expect(entries[0]?.line).not.toContain('atlas_rt_');
  });

  test('with a token whose successor was used ends the family even within the grace', async () => {
    const { refreshToken } = await withTokens();
    const second = await refresh(refreshToken);
    const third = await refresh(second.body.refreshToken);
    expect((await refresh(refreshToken)).status).toBe(401);
    expect((await refresh(third.body.refreshToken)).status).toBe(401);
  });

  test('ends after 7 idle days, and after 30 days however busy', async () => {
    const idle = await withTokens();
    const busy = await withTokens();
    const day = 86_400_000;
    let token = busy.refreshToken;
    for (let days = 6; days <= 24; days += 6) {
      atlas.clock.advance(6 * day);
      const answer = await refresh(token);
      expect(answer.status).toBe(200);
      token = answer.body.refreshToken;
    }
    expect((await refresh(idle.refreshToken)).status).toBe(401);
    atlas.clock.advance(6 * day);
    expect((await refresh(token)).status).toBe(401);
  });

  test.each(['atlas_rt_unknown-token-of-enough-length', 'x'.repeat(200), 'null'.repeat(10)])(
    'with %s is refused',
    async (token) => {
      expect((await refresh(token)).body.code).toBe('invalid_token');
    },
  );

  test('does not work with any other secret of the same person, nor that with it', async () => {
    const { refreshToken, accessToken, browser } = await withTokens();
    expect((await refresh(browser.cookies.get('atlas_session') ?? '')).status).toBe(401);
    expect((await refresh(accessToken.slice(0, 200))).status).toBe(401);
    expect(await me(refreshToken)).toBe(401);
  });

  test('does not bring back a disabled or deleted person', async () => {
    const { identity } = atlas.application.services;
    const [disabled, deleted] = [await withTokens(), await withTokens()];
    await identity.disableUser(disabled.id);
    await identity.deleteUser(deleted.id);
    for (const person of [disabled, deleted]) {
      expect((await refresh(person.refreshToken)).body.code).toBe('invalid_token');
      expect(await me(person.accessToken)).toBe(401);
      expect((await person.browser.get('/me')).status).toBe(401);
    }
    await identity.enableUser(disabled.id);
    expect((await refresh(disabled.refreshToken)).status).toBe(401);
  });
});

test('the database holds no secret that opens anything', async () => {
  const { refreshToken, browser } = await withTokens();
  const secrets = [refreshToken, browser.cookies.get('atlas_session') ?? ''];
  const { rows } = await atlas.application.database.inSystem('dump in a test', (tx) =>
    sql<{ dump: string }>`
      select row_to_json(s)::text as dump from identity.session s
      union all select row_to_json(r)::text from identity.refresh_token r
      union all select row_to_json(k)::text from identity.signing_key k`.execute(tx),
  );
  const dump = rows.map((row) => row.dump).join('\n');
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(40);
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
    // PostgreSQL shows the private JWK's `d` only if it were stored in the clear.
    expect(dump).not.toContain('"d"');
  }
});

test('keys rotate with an overlap, in this process and in another', async () => {
  const before = await withTokens();
  const { jobs } = atlas.application.parts[1] ?? {};
  const rotate = jobs?.find((job) => job.name === 'identity.rotate_signing_key');
  if (rotate === undefined) throw new Error('there is no rotation job');
  await rotate.handler(
    {},
    {
      signal: new AbortController().signal,
      draining: new AbortController().signal,
      log: atlas.application.platform.log,
      jobId: 'test',
      attempt: 1,
    },
  );
  const after = await refresh(before.refreshToken);
  expect(decodeProtectedHeader(after.body.accessToken).kid).not.toBe(
    decodeProtectedHeader(before.accessToken).kid,
  );
  expect(await me(before.accessToken)).toBe(200);
  expect(await me(after.body.accessToken)).toBe(200);
  // Long after the overlap a first use makes a key again.
  atlas.clock.advance(40 * 86_400_000);
  const later = await withTokens();
  expect(decodeProtectedHeader(later.accessToken).kid).not.toBe(
    decodeProtectedHeader(after.body.accessToken).kid,
  );
  expect(await me(later.accessToken)).toBe(200);
});
