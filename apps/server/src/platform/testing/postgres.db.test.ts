import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestPostgres, createTestDatabase, startTestPostgres } from './postgres.ts';

let server: { settings: TestPostgres; stop(): Promise<void> };
let leftover: string;

beforeAll(async () => {
  // A process id that no system hands out stands for a run that was killed.
  leftover = await mkdtemp(path.join(tmpdir(), 'cloudatlas-test-pg-999999999-'));
  await mkdir(path.join(leftover, 'postgres'));
  server = await startTestPostgres(async ({ ownerUrl, appUrl }) => {
    const app = new URL(appUrl);
    await run(ownerUrl, `create role ${app.username} login password '${app.password}'`);
    await run(ownerUrl, 'create table note (text text not null)');
    await run(ownerUrl, `grant select, insert on note to ${app.username}`);
  });
});

afterAll(async () => {
  await server.stop();
  await rm(leftover, { recursive: true, force: true });
});

async function run(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

test('gives each caller its own copy of the migrated template', async () => {
  const [first, second] = await Promise.all([
    createTestDatabase(server.settings),
    createTestDatabase(server.settings),
  ]);
  await run(first.appUrl, `insert into note values ('mine')`);
  expect(await run(first.appUrl, 'select text from note')).toEqual([{ text: 'mine' }]);
  expect(await run(second.appUrl, 'select text from note')).toEqual([]);
});

test('hands the application a role that is no superuser and owns nothing', async () => {
  const database = await createTestDatabase(server.settings);
  expect(
    await run(
      database.appUrl,
      'select rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname = current_user',
    ),
  ).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreatedb: false }]);
  await expect(run(database.appUrl, 'drop table note')).rejects.toThrow(/owner/);
});

test('drops a database even while a connection is open', async () => {
  const database = await createTestDatabase(server.settings);
  const open = new Client({ connectionString: database.appUrl });
  open.on('error', () => undefined);
  await open.connect();
  await database.drop();
  await expect(run(database.ownerUrl, 'select 1')).rejects.toThrow(/does not exist/);
});

test('works the same on a server that is given from outside', async () => {
  process.env['ATLAS_TEST_DATABASE_URL'] = server.settings.ownerUrl.replace(/\/[^/]*$/, '/postgres');
  try {
    const given = await startTestPostgres(({ ownerUrl }) =>
      run(ownerUrl, 'create table outside (id int)').then(() => undefined),
    );
    const database = await createTestDatabase(given.settings);
    expect(await run(database.ownerUrl, 'select * from outside')).toEqual([]);
    await database.drop();
    await given.stop();
    await expect(run(given.settings.ownerUrl, 'select 1')).rejects.toThrow(/does not exist/);
  } finally {
    delete process.env['ATLAS_TEST_DATABASE_URL'];
  }
});

test('removes the folders of runs that were killed', async () => {
  expect(await readdir(tmpdir())).not.toContain(path.basename(leftover));
});
