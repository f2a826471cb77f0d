import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApplication, type TestApplication } from '../../../../test/support/application.ts';
import { sweepExpired } from '../jobs.ts';
import type { IdentityTables } from '../tables.ts';
import {
  apiSignIn,
  auditActions,
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

test('a user made by the command line signs in, once per address', async () => {
  const { identity } = atlas.application.services;
  const email = newEmail();
  const made = await identity.createVerifiedUser({
    email: ` ${email.toUpperCase()} `,
    name: 'Demo',
    password,
    locale: 'pt-BR',
  });
  expect(await identity.findUserByEmail(email)).toEqual({
    id: made.id,
    email,
    name: 'Demo',
    mfaEnabled: false,
  });
  expect(await identity.localeOf(made.id)).toBe('pt-BR');
  await signInAgain(atlas, email);
  await expect(
    identity.createVerifiedUser({ email, name: 'Demo', password, locale: 'en' }),
  ).rejects.toMatchObject({ code: 'already_exists' });
});

test('a password is given again without effect, or replaced with every session ended', async () => {
  const { identity } = atlas.application.services;
  const { id, browser } = await signUp(atlas);
  await identity.ensurePassword(id, password);
  expect((await browser.get('/me')).status).toBe(200);
  await identity.ensurePassword(id, otherPassword);
  expect((await browser.get('/me')).status).toBe(401);
});

test('users are described by id, unknown ones left out', async () => {
  const { identity } = atlas.application.services;
  const [one, two] = [await signUp(atlas), await signUp(atlas)];
  const unknown = '01936b00-0000-7000-8000-000000000000';
  const found = await identity.describeUsers([one.id, unknown, two.id]);
  expect(found.map((user) => user.email).toSorted()).toEqual([one.email, two.email].toSorted());
  expect(await identity.describeUsers([])).toEqual([]);
  expect(await identity.userById(unknown)).toBeNull();
  expect(await identity.localeOf(unknown)).toBe('en');
});

test('deleting a user ends everything, keeps the audit log, and frees the address', async () => {
  const { identity } = atlas.application.services;
  const { id, email, browser } = await signUp(atlas);
  const { refreshToken } = await apiSignIn(atlas, email);
  await identity.deleteUser(id);
  expect((await browser.get('/me')).status).toBe(401);
  expect((await newBrowser(atlas).post('/auth/refresh', { refreshToken })).body.code).toBe('invalid_token');
  expect((await newBrowser(atlas).post('/auth/sign-in', { email, password })).body.code).toBe(
    'invalid_credentials',
  );
  expect(
    (await auditActions(atlas, 'user.'))
      .filter(({ line }) => line.includes(email))
      .map((entry) => entry.action),
  ).toEqual(['user.registered', 'user.deleted']);
  await expect(identity.deleteUser(id)).rejects.toMatchObject({ code: 'not_found' });
  const again = await signUp(atlas, email);
  expect(again.id).not.toBe(id);
});

test('a staff role comes and goes by the service alone, and shows at once', async () => {
  const { identity } = atlas.application.services;
  const { email, browser } = await signUp(atlas);
  await identity.grantStaff(email, 'internal_support');
  expect((await browser.get('/me')).body.staffRole).toBe('internal_support');
  await identity.grantStaff(email, null);
  expect((await browser.get('/me')).body.staffRole).toBeNull();
  await expect(identity.grantStaff(newEmail(), 'internal_admin')).rejects.toMatchObject({
    code: 'not_found',
  });
  const actions = (await auditActions(atlas, 'user.staff_'))
    .filter(({ line }) => line.includes(email))
    .map((entry) => entry.action);
  expect(actions).toEqual(['user.staff_role_granted', 'user.staff_role_revoked']);
});

test('the command grants a staff role, and says what is wrong', async () => {
  const { email, browser } = await signUp(atlas);
  const command = fileURLToPath(new URL('../../../commands/grant-staff.ts', import.meta.url));
  const run = async (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    promisify(execFile)(process.execPath, [command, ...args], { env: atlas.application.platform.env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
  expect(await run(email, 'internal_admin')).toMatchObject({
    code: 0,
    stdout: `Joana Prado <${email}>: internal_admin\n`,
  });
  expect((await browser.get('/me')).body.staffRole).toBe('internal_admin');
  expect(await run(email, 'root')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('Usage:'),
  });
  expect(await run(newEmail(), 'internal_admin')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('was not found'),
  });
});

test('the sweep removes what is over and nothing else', async () => {
  const { database, platform } = atlas.application;
  const db = database.withTables<IdentityTables>();
  const person = await signUp(atlas);
  const waiting = newEmail();
  await newBrowser(atlas).post('/auth/register', { email: waiting, password, name: 'Joana Prado' });
  await newBrowser(atlas).post('/auth/forgot-password', { email: person.email });
  const gone = await signInAgain(atlas, person.email);
  await gone.post('/auth/sign-out');
  await sweepExpired(db, platform.clock.now());
  const count = async (): Promise<Record<string, string>> => {
    const { rows } = await database.inSystem('count in a test', (tx) =>
      sql<Record<string, string>>`select
        (select count(*) from identity.registration where email = ${waiting}) as registrations,
        (select count(*) from identity.password_reset where user_id = ${person.id}::uuid) as resets,
        (select count(*) from identity.session where user_id = ${person.id}::uuid) as sessions`.execute(tx),
    );
    return rows[0] ?? {};
  };
  expect(await count()).toEqual({ registrations: '1', resets: '1', sessions: '2' });
  atlas.clock.advance(2 * 86_400_000);
  await sweepExpired(db, platform.clock.now());
  expect(await count()).toEqual({ registrations: '0', resets: '0', sessions: '2' });
  expect((await person.browser.get('/me')).status).toBe(200);
  atlas.clock.advance(31 * 86_400_000);
  await sweepExpired(db, platform.clock.now());
  expect(await count()).toMatchObject({ sessions: '1' });
});

test('no role but the system’s reaches a table of identity', async () => {
  const { database } = atlas.application;
  const { rows } = await database.inSystem('list tables in a test', (tx) =>
    sql<{
      name: string;
    }>`select table_name as name from information_schema.tables where table_schema = 'identity'`.execute(tx),
  );
  expect(rows.length).toBeGreaterThanOrEqual(10);
  for (const { name } of rows) {
    const scope = { organizationId: '01936b00-0000-7000-8000-000000000000' };
    const read = database.inTenant(scope, (tx) => sql`select 1 from ${sql.id('identity', name)}`.execute(tx));
    const refused = await read.then(
      () => 'readable',
      (error: { code?: string }) => error.code,
    );
    expect([name, refused]).toEqual([name, '42501']);
  }
});
