import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { checkConnection, ensureOwnerDatabase } from './connection.ts';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded-postgres.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { readPostmasterFile, sendSignal } from './postmaster.ts';

let folder: string;
const running: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  // mkdtemp makes a folder of mode 0700: when root runs the tests, the unprivileged account cannot enter it.
  folder = await mkdtemp(path.join(tmpdir(), 'cloudatlas-embedded-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of running.splice(0)) await server.stop('immediate');
  await rm(folder, { recursive: true, force: true });
});

const optionsFor = (extra: Partial<EmbeddedPostgresOptions> = {}): EmbeddedPostgresOptions => ({
  directory: path.join(folder, 'postgres'),
  adminPassword: 'correct horse',
  logFile: path.join(folder, 'postgres.log'),
  durable: false,
  ...extra,
});

async function start(extra: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(optionsFor(extra));
  running.push(server);
  return server;
}

async function failure(promise: Promise<unknown>): Promise<EmbeddedPostgresError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EmbeddedPostgresError);
  return error as EmbeddedPostgresError;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

test('makes a cluster, keeps its data over a restart, and listens on loopback only', async () => {
  const first = await start();
  expect(first.created).toBe(true);
  const owner = { role: 'atlas', password: 'p@ss/word', database: 'atlas' };
  const url = await ensureOwnerDatabase(first, owner);
  await checkConnection(url);
  await query(url, 'create table kept as select 42 as answer');
  expect(await query(url, 'show listen_addresses')).toEqual(['127.0.0.1']);
  expect(
    await query(url, 'select rolsuper or rolbypassrls from pg_roles where rolname = current_user'),
  ).toEqual([false]);
  expect(
    await query(
      url,
      `select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256'`,
    ).catch((error: Error) => error.message),
  ).toMatch(/permission denied/);
  expect(
    await query(
      first.adminUrl,
      `select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256'`,
    ),
  ).toEqual([0]);
  await first.stop();

  const second = await start();
  expect(second.created).toBe(false);
  expect(await query(await ensureOwnerDatabase(second, owner), 'select answer from kept')).toEqual([42]);
});

test('ends the server of a killed run and starts again on the same folder', async () => {
  const script = path.join(folder, 'start.ts');
  await writeFile(
    script,
    `import { startEmbeddedPostgres } from ${JSON.stringify(path.join(import.meta.dirname, 'embedded-postgres.ts'))};
     const server = await startEmbeddedPostgres(${JSON.stringify(optionsFor({ durable: true }))});
     process.stdout.write(String(server.pid));
     setInterval(() => undefined, 1000);`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGKILL');
  await once(child, 'exit');

  const server = await start({ durable: true });
  expect(server.pid).not.toBe(Number(printed.toString()));
  expect(await query(server.adminUrl, 'select 1')).toEqual([1]);
});

test('removes a disposable cluster when its starter is killed', async () => {
  const script = path.join(folder, 'start.ts');
  await writeFile(
    script,
    `import { startEmbeddedPostgres } from ${JSON.stringify(path.join(import.meta.dirname, 'embedded-postgres.ts'))};
     await startEmbeddedPostgres(${JSON.stringify(optionsFor({ disposable: true }))});
     process.stdout.write('up');
     setInterval(() => undefined, 1000);`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout, 'data');
  const file = await readPostmasterFile(path.join(folder, 'postgres'));
  child.kill('SIGKILL');
  await expect.poll(() => readdir(folder), { timeout: 30_000 }).not.toContain('postgres');
  const ended = (): boolean => !sendSignal(file?.pid ?? 0, 'SIGCONT');
  await expect.poll(ended, { timeout: 30_000 }).toBe(true);
});

test('ignores a lock file whose process id now belongs to another program', async () => {
  const first = await start();
  await first.stop();
  await writeFile(
    path.join(folder, 'postgres', 'postmaster.pid'),
    `${process.pid}\n${path.join(folder, 'postgres')}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`,
  );
  const second = await start();
  expect(await query(second.adminUrl, 'select 1')).toEqual([1]);
});

test.each([
  ['no version', '', 'broken_folder'],
  ['an older major', '16\n', 'wrong_major'],
])('refuses a folder with %s', async (_name, version, code) => {
  await mkdir(path.join(folder, 'postgres'));
  await writeFile(path.join(folder, 'postgres', 'PG_VERSION'), version);
  const error = await failure(start());
  expect(error.code).toBe(code);
  expect(error.message).toContain(path.join(folder, 'postgres'));
});

test('explains a damaged cluster instead of showing a stack', async () => {
  const first = await start();
  await first.stop();
  const control = path.join(folder, 'postgres', 'global', 'pg_control');
  await writeFile(control, Buffer.alloc((await stat(control)).size, 7));
  const error = await failure(start());
  expect(error.code).toBe('broken_folder');
  expect(error.hint).toMatch(/backup/);
});

test('leaves nothing behind when the cluster cannot be made', async () => {
  await expect(start({ directory: path.join(folder, 'missing', 'postgres') })).rejects.toThrow();
  expect(await readdir(folder)).toEqual([]);
});

test.skipIf(process.getuid?.() !== 0)(
  'works for root in a folder that others may not enter, without running as root',
  async () => {
    await chmod(folder, 0o700);
    const server = await start();
    expect((await stat(path.join(folder, 'postgres'))).uid).not.toBe(0);
    expect((await stat(`/proc/${server.pid}`)).uid).not.toBe(0);
  },
);

test.each([
  ['nonsense', 'bad_url'],
  ['mysql://u:p@localhost/db', 'bad_url'],
  ['postgresql://u:p@localhost:5432', 'bad_url'],
  ['postgresql://u:p@127.0.0.1:1/db', 'cannot_connect'],
  ['postgresql://u:p@nowhere.invalid:5432/db', 'cannot_connect'],
])('explains the wrong URL %s', async (url, code) => {
  const error = await failure(checkConnection(url));
  expect(error.code).toBe(code);
});

test('explains a refused sign-in and a missing database without showing the password', async () => {
  const server = await start();
  const refused = await failure(checkConnection(server.urlFor('postgres', 'wrong-secret', 'postgres')));
  expect(refused.message).toMatch(/refused the sign-in of postgres/);
  expect(refused.message + refused.hint).not.toContain('wrong-secret');
  const missing = await failure(checkConnection(server.urlFor('postgres', 'correct horse', 'nowhere')));
  expect(missing.message).toMatch(/no database nowhere/);
});

test('gives up the wait for an address that never answers', async () => {
  const { createServer } = await import('node:net');
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const waited = checkConnection(`postgresql://u:p@127.0.0.1:${address.port}/db`, 500);
  const error = await Promise.race([failure(waited), delay(45_000).then(() => undefined)]);
  silent.close();
  expect(error?.message).toMatch(/did not answer/);
});
