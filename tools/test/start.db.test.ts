import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { sendSignal } from '../../apps/server/src/platform/embedded-postgres/postmaster.ts';
import { type Launched, type ProjectCopy, copyProject } from './project-copy.ts';

let project: ProjectCopy;

beforeEach(async () => {
  project = await copyProject();
});

afterEach(async () => {
  await project.remove();
});

interface Answer {
  starts: number;
  pid: number;
  parameters: string[];
  SECRET_KEY: string;
  ENCRYPTION_KEY: string;
  ATLAS_DATA_DIR: string;
}

async function ask(launched: Launched): Promise<Answer> {
  return (await (await fetch(await launched.url())).json()) as Answer;
}

async function postmaster(): Promise<number> {
  return Number(
    (await readFile(path.join(project.data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
  );
}

/** Signal 0 would also count a process that ended and that nobody has collected. */
async function isGone(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ' Z ');
  return state.includes(' Z ') || !sendSignal(pid, 'SIGCONT');
}

/** A failed start: exit code 1, one message without a stack, nothing left running. */
async function expectFailure(launched: Launched, ...patterns: RegExp[]): Promise<void> {
  expect(await launched.exit()).toBe(1);
  for (const pattern of patterns) expect(launched.output()).toMatch(pattern);
  expect(launched.output()).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(launched.output().match(/CloudAtlas could not start/g)).toHaveLength(1);
}

test('starts, prints address and demo sign-in, keeps data and secrets, and ends every child on SIGINT', async () => {
  const first = project.start({ parameters: ['--role', 'api', '--no-demo'] });
  const answer = await ask(first);
  expect(answer).toMatchObject({
    starts: 1,
    parameters: ['--role', 'api', '--no-demo'],
    ATLAS_DATA_DIR: project.data,
  });
  expect(Buffer.from(answer.ENCRYPTION_KEY, 'base64')).toHaveLength(32);
  expect(answer.SECRET_KEY.length).toBeGreaterThanOrEqual(32);
  expect(first.output()).toContain('demo@example.com  /  demo-pass');
  expect((await stat(path.join(project.data, 'secrets.json'))).mode & 0o777).toBe(0o600);
  const database = await postmaster();
  first.child.kill('SIGINT');
  // npm passes on what the terminal already sent: two signals at once are one Ctrl-C.
  first.child.kill('SIGINT');
  expect(await first.exit()).toBe(0);
  expect(await readFile(path.join(project.data, 'ended'), 'utf8')).toBe('SIGTERM, database up\n');
  expect([await isGone(answer.pid), await isGone(database)]).toEqual([true, true]);

  const began = performance.now();
  const second = project.start();
  const again = await ask(second);
  // About a second on an idle machine; the limit leaves room for one that is busy with the other tests.
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(again).toMatchObject({
    starts: 2,
    SECRET_KEY: answer.SECRET_KEY,
    ENCRYPTION_KEY: answer.ENCRYPTION_KEY,
  });
});

test('starts again after the starter was killed, whose children end by themselves', async () => {
  const first = project.start();
  const answer = await ask(first);
  const database = await postmaster();
  first.child.kill('SIGKILL');
  const second = project.start();
  expect(await ask(second)).toMatchObject({ starts: 2 });
  expect([await isGone(answer.pid), await isGone(database)]).toEqual([true, true]);
});

test('starts again after the launcher and its server were killed and the database was left behind', async () => {
  const first = project.start();
  const answer = await ask(first);
  const { pid } = JSON.parse(await readFile(path.join(project.data, 'launcher.json'), 'utf8')) as {
    pid: number;
  };
  const database = await postmaster();
  sendSignal(pid, 'SIGKILL');
  sendSignal(answer.pid, 'SIGKILL');
  await first.exit();
  expect(await isGone(database)).toBe(false);
  const second = project.start();
  expect(await ask(second)).toMatchObject({ starts: 2 });
  expect(await isGone(database)).toBe(true);
});

test('a second start on a folder in use says so and leaves the first alone', async () => {
  const first = project.start();
  await ask(first);
  await expectFailure(project.start(), /already runs with the data folder/, /ATLAS_DATA_DIR/);
  expect(await ask(first)).toMatchObject({ starts: 1 });
});

test('uses a PostgreSQL that DATABASE_URL names', async () => {
  const first = project.start();
  await ask(first);
  const port = (await readFile(path.join(project.data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[3];
  const secrets = JSON.parse(await readFile(path.join(project.data, 'secrets.json'), 'utf8')) as {
    database: { ownerPassword: string };
  };
  const url = `postgresql://atlas:${secrets.database.ownerPassword}@127.0.0.1:${port}/atlas`;
  const other = path.join(project.root, 'other');
  const second = project.start({ env: { DATABASE_URL: url, ATLAS_DATA_DIR: other } });
  expect(await ask(second)).toMatchObject({ starts: 2, ATLAS_DATA_DIR: other });
  await expect(stat(path.join(other, 'postgres'))).rejects.toThrow(/ENOENT/);
  await expectFailure(
    project.start({ env: { DATABASE_URL: url.replace(/:[^:@]*@/, ':wrong@') } }),
    /refused the sign-in of atlas/,
  );
});

test('says which port is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await expectFailure(
    project.start({ env: { ATLAS_PORT: String(port) } }),
    new RegExp(`port ${port} on 127.0.0.1 is already in use`),
    /ATLAS_PORT=/,
  );
  taken.close();
});

test.each([
  [{ ATLAS_PORT: 'http' }, /ATLAS_PORT is http/],
  [{ ATLAS_PORT: '70000' }, /ATLAS_PORT is 70000/],
  [{ ATLAS_HOST: '203.0.113.7' }, /203\.0\.113\.7 is no address of this machine/],
  [{ DATABASE_URL: 'db.example.com' }, /DATABASE_URL is not a valid URL/],
  [{ DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/x' }, /no PostgreSQL answers at 127\.0\.0\.1:1/],
  [{ NODE_ENV: 'production' }, /NODE_ENV=production needs SECRET_KEY, ENCRYPTION_KEY, PUBLIC_URL/],
  [{ STUB_MODE: 'fatal' }, /the schema is newer than this release/],
  [{ STUB_MODE: 'crash' }, /ended before it was ready \(exit code 3\)[^]*out of luck/],
])('explains %j', async (env, pattern) => {
  await expectFailure(project.start({ env }), pattern);
});

test.each([['--rolle'], ['--role=edge']])('refuses the argument %s', async (parameter) => {
  await expectFailure(project.start({ parameters: [parameter] }), /is not known/);
});

test('explains a data folder that is a file, damaged, of another version, or without its secrets', async () => {
  await writeFile(project.data, '');
  await expectFailure(project.start(), /the data folder .* is a file/);
  await rm(project.data);

  await mkdir(path.join(project.data, 'postgres'), { recursive: true });
  await writeFile(path.join(project.data, 'postgres', 'PG_VERSION'), '17\n');
  await expectFailure(project.start(), /secrets\.json is missing/);

  const secrets = {
    secretKey: 'x'.repeat(32),
    encryptionKey: 'y'.repeat(44),
    database: { adminPassword: 'z'.repeat(16), ownerPassword: 'z'.repeat(16) },
  };
  await writeFile(path.join(project.data, 'secrets.json'), JSON.stringify(secrets));
  await expectFailure(project.start(), /made by PostgreSQL 17/);
  await writeFile(path.join(project.data, 'postgres', 'PG_VERSION'), '\0\0');
  await expectFailure(project.start(), /damaged/);
  await writeFile(path.join(project.data, 'secrets.json'), '{');
  await expectFailure(project.start(), /secrets\.json is damaged/);
});

test('explains an unreachable registry', async () => {
  await rm(path.join(project.root, 'node_modules'));
  await writeFile(
    path.join(project.root, '.npmrc'),
    'registry=http://127.0.0.1:1/\nfetch-retry-mintimeout=10\nfetch-retry-maxtimeout=20\n',
  );
  const cache = path.join(project.root, 'empty-cache');
  const launched = project.start({
    env: { npm_config_cache: cache, npm_config_replace_registry_host: 'always' },
  });
  await expectFailure(launched, /registry .*cannot be reached/, /proxy/);
});

test.skipIf(process.getuid?.() !== 0 || spawnSync('setpriv', ['--version']).error !== undefined)(
  'works for an ordinary user, and explains a folder that he may not write',
  async () => {
    const { uid, gid } = { uid: 65_534, gid: 65_534 };
    await chmod(project.root, 0o755);
    const own = path.join(project.root, 'own');
    await mkdir(own);
    spawnSync('chown', ['-R', `${uid}:${gid}`, own]);
    const run = (data: string): ReturnType<typeof spawn> =>
      spawn(
        'setpriv',
        [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', process.execPath, 'tools/start.mjs'],
        {
          cwd: project.root,
          env: { PATH: process.env['PATH'], ATLAS_PORT: '0', ATLAS_DATA_DIR: data },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
    const ended = async (
      child: ReturnType<typeof spawn>,
      until?: string,
    ): Promise<{ text: string; code: number | null }> => {
      let text = '';
      const collect = (chunk: Buffer): void => {
        text += chunk.toString('utf8');
        if (until !== undefined && text.includes(until)) child.kill('SIGTERM');
      };
      child.stdout?.on('data', collect);
      child.stderr?.on('data', collect);
      const [code] = (await once(child, 'close')) as [number | null];
      return { text, code };
    };
    const good = await ended(run(path.join(own, 'data')), 'Ctrl-C stops it');
    expect(good).toMatchObject({ code: 0 });
    expect((await stat(path.join(own, 'data', 'postgres'))).uid).toBe(uid);
    const bad = await ended(run(path.join(project.root, 'not-his')));
    expect(bad.code).toBe(1);
    expect(bad.text).toMatch(/is not writable for this user/);
  },
);
