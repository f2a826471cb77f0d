/** A server of its own with a database of its own, and what it uses, for benchmarks. */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { createApplication, migrateDatabase } from '../../apps/server/src/bootstrap.ts';
import { ensureOwnerDatabase } from '../../apps/server/src/platform/embedded-postgres/connection.ts';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../apps/server/src/platform/embedded-postgres/embedded-postgres.ts';
import { createLogger } from '../../apps/server/src/platform/log/log.ts';
import type { ScenarioKey } from '../../packages/simulator/src/scenarios/scenarios.ts';
import { SERVER_ENVIRONMENT, SERVER_NODE_OPTIONS } from '../../tools/launch/limits.ts';

export const root = path.join(import.meta.dirname, '../..');
const email = 'bench@example.com';
const password = 'a bench password 4711';
const children: ChildProcess[] = [];

/** Keeps a process from outliving the benchmark. */
export function owned<Child extends ChildProcess>(child: Child): Child {
  children.push(child);
  return child;
}

/** Ends what `owned` was told of. */
export function endAll(): void {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
}

/** One person's calls of one server. */
export class Client {
  readonly #url: string;
  #cookie = '';

  private constructor(url: string) {
    this.#url = url;
  }

  static async signIn(url: string): Promise<Client> {
    const client = new Client(url);
    await client.call('POST', '/auth/sign-in', { email, password });
    return client;
  }

  /** Header of the session, for requests that are not made here. */
  get cookie(): string {
    return this.#cookie;
  }

  /** @param body JSON, or a stream of a CSV file @throws Error when the answer is none of success */
  // oxlint-disable-next-line no-explicit-any -- answers of every shape
  async call(method: string, route: string, body?: unknown): Promise<any> {
    const file = body instanceof Readable;
    const response = await fetch(`${this.#url}/api/v1${route}`, {
      method,
      headers: {
        'x-atlas-csrf': '1',
        ...(body === undefined ? {} : { 'content-type': file ? 'text/csv' : 'application/json' }),
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
      },
      ...(body === undefined
        ? {}
        : file
          ? { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' as const }
          : { body: JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie();
    if (set.length > 0) this.#cookie = set.map((value) => value.split(';')[0]).join('; ');
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${text.slice(0, 500)}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

/** A migrated database with one person who owns some organizations, each with a workspace `main`. */
export interface Prepared {
  readonly postgres: EmbeddedPostgres;
  /** Of the superuser. */
  readonly databaseUrl: string;
  readonly env: NodeJS.ProcessEnv;
  /** The person's, who is who `Client.signIn` signs in as. */
  readonly userId: string;
  /** By slug. */
  readonly organizations: ReadonlyMap<string, { organizationId: string; workspaceId: string }>;
}

/** @param home folder of all data @param endpoints value of ACCOUNTS_ENDPOINTS */
export async function prepare(home: string, slugs: readonly string[], endpoints: string): Promise<Prepared> {
  const postgres = await startEmbeddedPostgres({
    directory: path.join(home, 'postgres'),
    adminPassword: randomBytes(12).toString('hex'),
    logFile: path.join(home, 'postgres.log'),
    durable: true,
    disposable: true,
  });
  const env = {
    NODE_ENV: 'development',
    DATABASE_URL: await ensureOwnerDatabase(postgres, {
      role: 'atlas_owner',
      password: randomBytes(12).toString('hex'),
      database: 'bench',
    }),
    SECRET_KEY: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'warn',
    ATLAS_PORT: '0',
    ATLAS_HOST: '127.0.0.1',
    ATLAS_DATA_DIR: home,
    RATE_LIMITS: 'false',
    ACCOUNTS_ENDPOINTS: endpoints,
  };
  const application = createApplication({
    env,
    defaultPublicUrl: 'http://localhost',
    log: createLogger('warn'),
  });
  await migrateDatabase(application.config);
  const { identity, tenancy } = application.services;
  const user = await identity.createVerifiedUser({ email, password, name: 'Bench', locale: 'en' });
  const organizations = new Map<string, { organizationId: string; workspaceId: string }>();
  for (const slug of slugs) {
    const organizationId = await tenancy.createOrganization({
      ownerUserId: user.id,
      name: slug,
      slug,
      plan: 'enterprise',
    });
    const workspaceId = await tenancy.createWorkspace(organizationId, { name: 'Main', slug: 'main' });
    organizations.set(slug, { organizationId, workspaceId });
  }
  await application.close();
  const database = new URL(postgres.adminUrl);
  database.pathname = '/bench';
  return { postgres, databaseUrl: database.href, env, userId: user.id, organizations };
}

/**
 * Connects an account of the AWS endpoint that `prepare` was told of as `simulator`.
 *
 * @param features without `inventory` connecting starts no synchronisation
 */
export async function connectAws(
  client: Client,
  workspacePath: string,
  account: {
    name: string;
    key: Pick<ScenarioKey, 'accessKeyId' | 'secretAccessKey'> | undefined;
    features: readonly string[];
  },
): Promise<{ id: string; nativeId: string }> {
  const { name, key, features } = account;
  return client.call('POST', `${workspacePath}/accounts`, {
    provider: 'aws',
    endpoint: 'simulator',
    name,
    credentials: {
      method: 'keys',
      values: { accessKeyId: key?.accessKeyId, secretAccessKey: key?.secretAccessKey },
    },
    features,
  });
}

/** Starts a server with the options of `npm start`. */
export async function startServer(env: NodeJS.ProcessEnv): Promise<{ url: string; child: ChildProcess }> {
  const child = owned(
    fork(path.join(root, 'apps/server/src/main.ts'), ['--no-demo'], {
      cwd: root,
      execArgv: [...SERVER_NODE_OPTIONS],
      env: { ...process.env, ...SERVER_ENVIRONMENT, ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { type: string; url?: string; message?: string }) => {
      if (message.type === 'ready') resolve(message.url ?? '');
      if (message.type === 'fatal') reject(new Error(message.message));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { url: url.replace('localhost', '127.0.0.1'), child };
}

export async function stopServer(child: ChildProcess): Promise<void> {
  child.removeAllListeners('exit');
  const stopped = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await stopped;
}

/** Asks four times a second until the answer is as wanted. */
export async function until<T>(ask: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (wanted(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Largest resident size so far in MiB and CPU seconds of a process (Linux `proc(5)`). */
export async function usage(child: ChildProcess): Promise<{ rss: number; cpu: number }> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  const stat = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return {
    rss: Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024),
    cpu: (Number(stat[11]) + Number(stat[12])) / 100,
  };
}

/** CPU seconds of a PostgreSQL server: its own, its running sessions' and those of sessions that ended. */
export async function postgresCpu(pid: number): Promise<number> {
  let ticks = 0;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const fields = stat.split(') ')[1]?.split(' ') ?? [];
    if (Number(entry) === pid) ticks += fields.slice(11, 15).reduce((sum, value) => sum + Number(value), 0);
    else if (Number(fields[1]) === pid) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / 100;
}

/**
 * Waits until no scan is waiting or under way, and server and database are at rest: other modules work on what a
 * synchronisation found, and not for it. A scan that has to wait for another one begins many seconds later.
 * @param databaseUrl of the superuser
 */
export async function settle(server: ChildProcess, postgresPid: number, databaseUrl: string): Promise<void> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    const used = async () => (await usage(server)).cpu + (await postgresCpu(postgresPid));
    const scans = async () =>
      (
        await database.query(`select from pgboss.job where state < 'completed'
          and name in ('finops.scan_account', 'finops.scan_after_sync') limit 1`)
      ).rowCount ?? 0;
    for (let before = await used(), round = 0; round < 300; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      const now = await used();
      if (now - before < 0.3 && (await scans()) === 0) return;
      before = now;
    }
  } finally {
    await database.end();
  }
  throw new Error('the server does not come to rest');
}
