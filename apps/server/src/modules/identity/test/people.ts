import { sql, type RawBuilder } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';
import type { TestAnswer, TestApplication, TestBrowser } from '../../../../test/support/application.ts';

export const password = 'trator azul na varanda';
export const otherPassword = 'sete barcos de papel';

let counter = 0;

/** An address nobody has yet. */
export function newEmail(): string {
  counter += 1;
  return `person${counter}@aurora.example`;
}

/** A network address of its own, so that one test's attempts do not use up another's limit. */
export function newIp(): string {
  counter += 1;
  return `198.51.${Math.floor(counter / 250)}.${(counter % 250) + 1}`;
}

export interface Person {
  id: string;
  email: string;
  /** Signed in. */
  browser: TestBrowser;
}

/** Secret of the link in the newest mail to an address. */
export async function linkToken(
  atlas: TestApplication,
  email: string,
  page: 'verify-email' | 'reset-password' = 'verify-email',
): Promise<string> {
  for (const mail of await atlas.mailsTo(email)) {
    const token = new RegExp(`/${page}#token=([\\w-]+)`).exec(mail.text)?.[1];
    if (token !== undefined) return token;
  }
  throw new Error(`No ${page} link was mailed to ${email}.`);
}

/** A browser with an address of its own. */
export function newBrowser(atlas: TestApplication): TestBrowser {
  const browser = atlas.browser();
  browser.ip = newIp();
  return browser;
}

/** Signs up and confirms over HTTP. */
export async function signUp(atlas: TestApplication, email = newEmail()): Promise<Person> {
  const browser = newBrowser(atlas);
  const registered = await browser.post('/auth/register', {
    email,
    password,
    name: 'Joana Prado',
    locale: 'en',
  });
  if (registered.status !== 202) throw new Error(`register: ${JSON.stringify(registered.body)}`);
  const verified = await browser.post('/auth/verify-email', { token: await linkToken(atlas, email) });
  if (verified.status !== 200) throw new Error(`verify: ${JSON.stringify(verified.body)}`);
  return { id: verified.body.user.id, email, browser };
}

export async function signInAgain(atlas: TestApplication, email: string): Promise<TestBrowser> {
  const browser = newBrowser(atlas);
  const answer = await browser.post('/auth/sign-in', { email, password });
  if (answer.body?.status !== 'signed_in') throw new Error(`sign in: ${JSON.stringify(answer.body)}`);
  return browser;
}

export interface ApiTokens {
  accessToken: string;
  refreshToken: string;
}

export async function apiSignIn(atlas: TestApplication, email: string): Promise<ApiTokens> {
  const answer = await newBrowser(atlas).post('/auth/sign-in', { email, password, transport: 'token' });
  if (!answer.body?.tokens) throw new Error(`sign in: ${JSON.stringify(answer.body)}`);
  return answer.body.tokens;
}

export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}

/** Code of an authenticator app at the test's time, `away` steps of 30 s from it. */
export function totpCode(atlas: TestApplication, seed: string, away = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(seed), algorithm: 'SHA1', digits: 6, period: 30 });
  return totp.generate({ timestamp: atlas.clock.now().getTime() + away * 30_000 });
}

/** Turns two-step sign-in on and lets the code that did it run out. */
export async function enrol(
  atlas: TestApplication,
  person: Person,
): Promise<{ seed: string; recoveryCodes: string[] }> {
  const started = await person.browser.post('/me/mfa/totp/start', { password });
  const seed: string = started.body.secret;
  const confirmed = await person.browser.post('/me/mfa/totp/confirm', { code: totpCode(atlas, seed) });
  if (confirmed.status !== 200) throw new Error(`confirm: ${JSON.stringify(confirmed.body)}`);
  atlas.clock.advance(60_000);
  return { seed, recoveryCodes: confirmed.body.recoveryCodes };
}

/** Actions in the installation's audit log, oldest first, that concern an action prefix. */
export async function auditActions(
  atlas: TestApplication,
  prefix: string,
): Promise<{ action: string; outcome: string; line: string }[]> {
  const { rows } = await atlas.application.database.inSystem('read audit in a test', (tx) =>
    sql<{ action: string; outcome: string; line: string }>`
      select action, outcome, row_to_json(entry)::text as line from audit.entry
      where action like ${`${prefix}%`} order by sequence`.execute(tx),
  );
  return rows;
}

/**
 * Starts a request that waits for a person's lock, and changes something before the lock is given free: the order
 * in which a race does harm.
 */
export async function whileItWaits(
  atlas: TestApplication,
  userId: string,
  start: () => Promise<TestAnswer>,
  change: RawBuilder<unknown>,
): Promise<TestAnswer> {
  const { database } = atlas.application;
  const { request } = await database.inSystem('hold a lock in a test', async (tx) => {
    await sql`select 1 from identity.user_account where id = ${userId}::uuid for update`.execute(tx);
    const started = start();
    // On another connection: within a transaction the view shows what it showed first.
    const blocked = async (): Promise<string | undefined> => {
      const { rows } = await database.systemRead('see locks in a test', (db) =>
        sql<{ blocked: string }>`select count(*) as blocked from pg_stat_activity
          where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`.execute(db),
      );
      return rows[0]?.blocked;
    };
    await expect.poll(blocked, { timeout: 20_000 }).toBe('1');
    await change.execute(tx);
    // Wrapped, so that the transaction ends before the request is awaited.
    return { request: started };
  });
  return request;
}

export type Enrolled = Person & { seed: string; recoveryCodes: string[] };

/** Somebody new with a second factor. */
export async function enrolled(atlas: TestApplication): Promise<Enrolled> {
  const person = await signUp(atlas);
  return { ...person, ...(await enrol(atlas, person)) };
}

/** The password was right: a challenge. */
export async function halfWay(
  atlas: TestApplication,
  email: string,
  browser: TestBrowser = newBrowser(atlas),
): Promise<string> {
  const answer = await browser.post('/auth/sign-in', { email, password });
  expect(answer.body).toMatchObject({ status: 'mfa_required', methods: ['totp', 'recovery_code'] });
  return answer.body.mfaToken;
}
