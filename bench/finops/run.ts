/**
 * Scanning large estates for savings over HTTP: 10,000 and 100,000 resources with 30 days of hourly metrics and a bill.
 * `node bench/finops/run.ts [sizes, default 10000,100000]`. Compared with one pass of SQL and JavaScript over the same
 * tables with the same rules that stores nothing. Server, PostgreSQL and this program share the machine.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { createApplication, migrateDatabase } from '../../apps/server/src/bootstrap.ts';
import { RULES } from '../../apps/server/src/modules/finops/rules/catalogue.ts';
import { ensureOwnerDatabase } from '../../apps/server/src/platform/embedded-postgres/connection.ts';
import { startEmbeddedPostgres } from '../../apps/server/src/platform/embedded-postgres/embedded-postgres.ts';
import { createLogger } from '../../apps/server/src/platform/log/log.ts';
import { startSimulator } from '../../packages/simulator/src/server.ts';
import { SERVER_ENVIRONMENT, SERVER_NODE_OPTIONS } from '../../tools/launch/limits.ts';
import { writeBill, writeEstate, type EstatePlace } from './estate.ts';
import type { PlainAnswer } from './plain.ts';

const sizes = (process.argv[2] ?? '10000,100000').split(',').map(Number);
const goals = new Map([
  [10_000, 5],
  [100_000, 60],
]);
const accounts = 4;
const root = path.join(import.meta.dirname, '../..');
const home = await mkdtemp(path.join(tmpdir(), 'bench-finops-'));
const children: ChildProcess[] = [];
const password = 'a bench password 4711';

/** One person's calls of one server. */
class Client {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

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

async function until<T>(ask: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (wanted(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function startServer(env: NodeJS.ProcessEnv): Promise<{ url: string; child: ChildProcess }> {
  const child = fork(path.join(root, 'apps/server/src/main.ts'), ['--no-demo'], {
    cwd: root,
    execArgv: [...SERVER_NODE_OPTIONS],
    env: { ...process.env, ...SERVER_ENVIRONMENT, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { type: string; url?: string; message?: string }) => {
      if (message.type === 'ready') resolve(message.url ?? '');
      if (message.type === 'fatal') reject(new Error(message.message));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { url: url.replace('localhost', '127.0.0.1'), child };
}

/** Largest resident size so far in MiB and CPU seconds of a process (Linux `proc(5)`). */
async function usage(child: ChildProcess): Promise<{ rss: number; cpu: number }> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  const stat = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return {
    rss: Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024),
    cpu: (Number(stat[11]) + Number(stat[12])) / 100,
  };
}

/** CPU seconds of a PostgreSQL server: its own, its running sessions' and those of sessions that ended. */
async function postgresCpu(pid: number): Promise<number> {
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

async function plain(database: string, organizationId: string): Promise<PlainAnswer> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'plain.ts')], {
    cwd: root,
    env: { ...process.env, PLAIN_DATABASE: database, PLAIN_ORGANIZATION: organizationId },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await new Promise((resolve) => child.once('exit', resolve));
  return JSON.parse(text);
}

interface Measured {
  size: number;
  resources: number;
  series: number;
  billLines: number;
  first: { seconds: number; examined: number; found: number };
  again: { seconds: number; cpu: number; postgresCpu: number };
  rss: number;
  idleRss: number;
  plain: PlainAnswer;
}

try {
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const simulator = await startSimulator({
    scenario: 'large',
    scenarioOptions: { resources: 100, accounts },
  });
  const postgres = await startEmbeddedPostgres({
    directory: path.join(home, 'postgres'),
    adminPassword: randomBytes(12).toString('hex'),
    logFile: path.join(home, 'postgres.log'),
    durable: true,
    disposable: true,
  });
  const ownerUrl = await ensureOwnerDatabase(postgres, {
    role: 'atlas_owner',
    password: randomBytes(12).toString('hex'),
    database: 'bench',
  });
  const env = {
    NODE_ENV: 'development',
    DATABASE_URL: ownerUrl,
    SECRET_KEY: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'warn',
    ATLAS_PORT: '0',
    ATLAS_HOST: '127.0.0.1',
    ATLAS_DATA_DIR: home,
    RATE_LIMITS: 'false',
    ACCOUNTS_ENDPOINTS: `simulator=${simulator.url}`,
  };
  const application = createApplication({
    env,
    defaultPublicUrl: 'http://localhost',
    log: createLogger('warn'),
  });
  await migrateDatabase(application.config);
  const { identity, tenancy } = application.services;
  const user = await identity.createVerifiedUser({
    email: 'bench@example.com',
    password,
    name: 'Bench',
    locale: 'en',
  });
  const organizations = new Map<number, { organizationId: string; workspaceId: string }>();
  for (const size of sizes) {
    const organizationId = await tenancy.createOrganization({
      ownerUserId: user.id,
      name: `Bench ${size}`,
      slug: `bench-${size}`,
      plan: 'enterprise',
    });
    const workspaceId = await tenancy.createWorkspace(organizationId, { name: 'Main', slug: 'main' });
    organizations.set(size, { organizationId, workspaceId });
  }
  await application.close();
  const database = new URL(postgres.adminUrl);
  database.pathname = '/bench';
  const sql = new pg.Client({ connectionString: database.href });
  await sql.connect();
  const keys = (simulator.control.report?.keys ?? []).filter((key) => key.label.startsWith('admin'));

  const measured: Measured[] = [];
  for (const [size, { organizationId, workspaceId }] of organizations) {
    // A server of its own for each size: the memory is this size's.
    const server = await startServer(env);
    const client = new Client(server.url);
    await client.call('POST', '/auth/sign-in', { email: 'bench@example.com', password });
    const base = `/orgs/bench-${size}/workspaces/main`;
    const connected: EstatePlace['accounts'][number][] = [];
    for (const [index, { accessKeyId, secretAccessKey }] of keys.entries()) {
      // Without the inventory: a synchronisation would find none of what is written below.
      const account = await client.call('POST', `${base}/accounts`, {
        provider: 'aws',
        endpoint: 'simulator',
        name: `Account ${index}`,
        credentials: { method: 'keys', values: { accessKeyId, secretAccessKey } },
        features: ['metrics'],
      });
      connected.push({ id: account.id, nativeId: account.nativeId });
    }
    const place = { organizationId, workspaceId, accounts: connected };
    await writeEstate(sql, place, size);
    await sql.query(
      `update accounts.cloud_account set features = '{inventory,metrics}' where organization_id = $1`,
      [organizationId],
    );
    const bill = path.join(home, `bill-${size}.csv`);
    const billLines = await writeBill(sql, place, bill);
    const { id: importId } = await client.call('POST', `${base}/costs/imports`, {});
    await client.call('PUT', `${base}/costs/imports/${importId}/files/bill.csv`, createReadStream(bill));
    await client.call('POST', `${base}/costs/imports/${importId}/start`);
    const imported = await until(
      () => client.call('GET', `${base}/costs/imports/${importId}`),
      ({ status }) => ['imported', 'failed', 'cancelled'].includes(status),
    );
    if (imported.status !== 'imported') throw new Error(`the bill: ${JSON.stringify(imported)}`);
    await rm(bill);
    await sql.query('checkpoint');
    const counts = await sql.query(
      `select (select count(*) from inventory.resource where organization_id = $1)::int as resources,
         (select count(*) from finops.metric_profile where organization_id = $1)::int as series`,
      [organizationId],
    );

    const scan = async () => {
      const { id } = await client.call('POST', `${base}/finops/scans`);
      const ended = await until(
        () => client.call('GET', `${base}/finops/scans/${id}`),
        ({ status }) => status !== 'running',
      );
      if (ended.status !== 'succeeded') throw new Error(`the scan: ${JSON.stringify(ended)}`);
      return { ...ended, seconds: (Date.parse(ended.finishedAt) - Date.parse(ended.startedAt)) / 1000 };
    };
    const idle = await usage(server.child);
    const first = await scan();
    const before = await usage(server.child);
    const postgresBefore = await postgresCpu(postgres.pid);
    const again = await scan();
    const after = await usage(server.child);
    const postgresAfter = await postgresCpu(postgres.pid);
    server.child.removeAllListeners('exit');
    const stopped = new Promise((resolve) => server.child.once('exit', resolve));
    server.child.kill('SIGTERM');
    await stopped;
    const passes = [await plain(database.href, organizationId), await plain(database.href, organizationId)];
    const best = passes.toSorted((a, b) => a.seconds - b.seconds)[0];
    if (best === undefined) throw new Error('no plain pass');
    measured.push({
      size,
      resources: counts.rows[0].resources,
      series: counts.rows[0].series,
      billLines,
      first,
      again: {
        seconds: again.seconds,
        cpu: after.cpu - before.cpu,
        postgresCpu: postgresAfter - postgresBefore,
      },
      rss: after.rss,
      idleRss: idle.rss,
      plain: best,
    });
    process.stdout.write(`${JSON.stringify(measured.at(-1))}\n`);
  }
  await sql.end();
  await postgres.stop('fast');
  await simulator.close();
  const section = report(measured, load);
  if (sizes.length > 1) await writeResults(section);
  process.stdout.write(section);
} finally {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
}

function report(measured: readonly Measured[], load: string): string {
  const table = measured.map((each) => {
    const goal = goals.get(each.size);
    const found = each.plain.found === each.first.found ? '' : ` (the plain pass found ${each.plain.found})`;
    return [
      each.resources.toLocaleString('en-US'),
      each.series.toLocaleString('en-US'),
      `${each.first.found.toLocaleString('en-US')}${found}`,
      `${each.first.seconds.toFixed(1)} s`,
      `${each.again.seconds.toFixed(1)} s`,
      goal === undefined ? '' : `≤ ${goal} s`,
      `${each.again.cpu.toFixed(1)} + ${each.again.postgresCpu.toFixed(1)} s`,
      `${each.rss} MiB (${each.idleRss} before)`,
      `${each.plain.seconds.toFixed(1)} s (${each.plain.cpu.toFixed(1)} s)`,
      (each.first.seconds / each.plain.seconds).toFixed(2),
      (each.again.seconds / each.plain.seconds).toFixed(2),
    ].join(' | ');
  });
  const [small, large] = [measured[0], measured.at(-1)];
  const linear =
    small === undefined || large === undefined || small === large
      ? ''
      : `\n${(large.resources / small.resources).toFixed(1)} times the resources took ${(large.first.seconds / small.first.seconds).toFixed(1)} times as long at first and ${(large.again.seconds / small.again.seconds).toFixed(1)} times as long again.\n`;
  return `## Scans

Made by \`npm run bench -- finops\` on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.version}, load of the machine before the start ${load}. Server, PostgreSQL and the program that measures share the cores.

${accounts} accounts × 4 regions, ${RULES.length} rules, 30 days of hourly metrics of every series the rules read, a bill of ${measured.map(({ billLines }) => billLines.toLocaleString('en-US')).join(' and ')} lines. First: every finding is new. Again: the same estate the same day, every finding is brought up to date. Plain: one pass of SQL and JavaScript with the same rules over the same tables that stores nothing; better of 2.

| resources | series | findings | first | again | goal | CPU of server + PostgreSQL, again | largest resident size | plain (its CPU) | **first / plain** | **again / plain** |
|---|---|---|---|---|---|---|---|---|---|---|
${table.map((row) => `| ${row} |`).join('\n')}
${linear}`;
}

/** Replaces this program's section and leaves those of others. */
async function writeResults(section: string): Promise<void> {
  const file = path.join(import.meta.dirname, 'RESULTS.md');
  const before = await readFile(file, 'utf8').catch(() => '# bench/finops\n');
  const others = before
    .split(/^(?=## )/m)
    .filter((part) => part.startsWith('## ') && !part.startsWith('## Scans'));
  const parts = [section, ...others].map((part) => part.trim());
  await writeFile(file, `# bench/finops\n\n${parts.join('\n\n')}\n`);
}
