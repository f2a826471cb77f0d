import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, glob, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');

/** A server that says what it was given, talks to its database, and drains as the real one does. */
const STUB_SERVER = `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Client } from 'pg';

const mode = process.env.STUB_MODE;
if (mode === 'fatal') { process.send?.({ type: 'fatal', message: 'the schema is newer than this release' }); process.exit(1); }
if (mode === 'crash') { console.error(JSON.stringify({ level: 'fatal', msg: 'out of luck' })); process.exit(3); }
const client = new Client({ connectionString: process.env.DATABASE_URL });
client.on('error', () => undefined);
await client.connect();
await client.query('create table if not exists starts (at timestamptz default now())');
await client.query('insert into starts default values');
const server = createServer(async (request, response) => {
  const starts = (await client.query('select count(*)::int as n from starts')).rows[0].n;
  const { SECRET_KEY, ENCRYPTION_KEY, ATLAS_DATA_DIR } = process.env;
  response.end(JSON.stringify({ starts, pid: process.pid, parameters: process.argv.slice(2), SECRET_KEY, ENCRYPTION_KEY, ATLAS_DATA_DIR }));
});
server.listen(Number(process.env.ATLAS_PORT), process.env.ATLAS_HOST, () => {
  process.send?.({ type: 'ready', url: 'http://127.0.0.1:' + server.address().port, demo: { email: 'demo@example.com', password: 'demo-pass' } });
});
let ending = false;
async function end(why) {
  if (ending) return;
  ending = true;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const answer = await client.query('select 1').then(() => 'database up', () => 'database gone');
  appendFileSync(process.env.ATLAS_DATA_DIR + '/ended', why + ', ' + answer + '\\n');
  process.exit(0);
}
process.on('SIGTERM', () => end('SIGTERM'));
process.on('SIGINT', () => end('SIGINT'));
process.on('disconnect', () => end('disconnect'));
`;

/** Stands in for the simulated clouds, of which the launcher knows an address and an end. */
const STUB_SIMULATOR = `
export async function startSimulator() {
  const url = 'http://127.0.0.1:9';
  return { url, microsoft: { url, ca: '' }, google: { url }, control: {}, close: async () => {} };
}
`;

export interface ProjectCopy {
  readonly root: string;
  readonly data: string;
  /** Starts tools/start.mjs and collects what it prints. */
  start(options?: { env?: NodeJS.ProcessEnv; parameters?: readonly string[]; node?: string }): Launched;
  remove(): Promise<void>;
}

export interface Launched {
  readonly child: ChildProcess;
  output(): string;
  /** Address of the ready server. */
  url(): Promise<string>;
  /** Exit code. */
  exit(): Promise<number | null>;
}

/** Copies the launcher into a temporary project whose server and clouds are stubs; the packages are those of this project. */
export async function copyProject(): Promise<ProjectCopy> {
  const copy = await mkdtemp(path.join(tmpdir(), 'cloudatlas-start-'));
  const part = (name: string): Promise<void> =>
    cp(path.join(root, name), path.join(copy, name), {
      recursive: true,
      filter: (source) => !source.endsWith('.test.ts'),
    });
  for (const name of [
    'package.json',
    'package-lock.json',
    'tools/start.mjs',
    'tools/lib',
    'tools/launch',
    'apps/server/src/platform/embedded-postgres',
  ])
    await part(name);
  // npm compares the lockfile with the packages of every workspace.
  for await (const name of glob('{apps,packages}/*/package.json', { cwd: root })) await part(name);
  await symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  await mkdir(path.join(copy, 'apps/server/src'), { recursive: true });
  await writeFile(path.join(copy, 'apps/server/src/main.ts'), STUB_SERVER);
  await mkdir(path.join(copy, 'packages/simulator/src'), { recursive: true });
  await writeFile(path.join(copy, 'packages/simulator/src/server.ts'), STUB_SIMULATOR);
  const data = path.join(copy, 'data');
  const launched: ChildProcess[] = [];
  return {
    root: copy,
    data,
    start: ({ env = {}, parameters = [], node = process.execPath } = {}) => {
      const child = spawn(node, ['tools/start.mjs', ...parameters], {
        cwd: copy,
        env: cleanEnvironment({ ATLAS_PORT: '0', ...env }),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      launched.push(child);
      return watch(child);
    },
    remove: async () => {
      for (const child of launched) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(copy, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function watch(child: ChildProcess): Launched {
  let text = '';
  const collect = (chunk: Buffer): void => {
    text += chunk.toString('utf8');
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    child,
    output: () => text,
    url: async () => {
      for (;;) {
        const found = /ready:\s+(\S+)/.exec(text)?.[1];
        if (found !== undefined && text.includes('Ctrl-C stops it')) return found;
        const ended = await Promise.race([
          exited.then(() => true),
          new Promise<false>((resolve) => setTimeout(resolve, 25, false)),
        ]);
        if (ended) throw new Error(`ended before it was ready:\n${text}`);
      }
    },
    exit: async () => {
      const code = await exited;
      await closed;
      return code;
    },
  };
}

/** The environment of a plain terminal: nothing of the test run's own settings or of npm. */
function cleanEnvironment(extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|ATLAS_|VITEST|NODE_ENV$|TEST$|DATABASE_URL$|SECRET_KEY$|ENCRYPTION_KEY$|PUBLIC_URL$)/.test(
        name,
      ),
  );
  return { ...Object.fromEntries(kept), ...extra };
}
