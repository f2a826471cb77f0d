/**
 * Synchronising a large estate: full and unchanged runs over HTTP against the simulator, memory of the server process,
 * list and search latencies, and the same listing by plain SDK calls. `node bench/inventory/run.ts [resources, default
 * 50000] [accounts, default 3]`. Server, simulator, PostgreSQL and this program share the machine.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { createApplication, migrateDatabase } from '../../apps/server/src/bootstrap.ts';
import { ensureOwnerDatabase } from '../../apps/server/src/platform/embedded-postgres/connection.ts';
import { startEmbeddedPostgres } from '../../apps/server/src/platform/embedded-postgres/embedded-postgres.ts';
import { createLogger } from '../../apps/server/src/platform/log/log.ts';
import { SERVICES } from '../../packages/cloud/src/aws/services/catalogue.ts';
import { SERVER_ENVIRONMENT, SERVER_NODE_OPTIONS } from '../../tools/launch/limits.ts';
import type { PlainAnswer } from './plain.ts';

const resources = Number(process.argv[2] ?? 50_000);
const accounts = Number(process.argv[3] ?? 3);
const rounds = 30;
const root = path.join(import.meta.dirname, '../..');
const home = await mkdtemp(path.join(tmpdir(), 'bench-inventory-'));
const children: ChildProcess[] = [];

interface Key {
  accountId: string;
  label: string;
  accessKeyId: string;
  secretAccessKey: string;
}

async function startSimulator(): Promise<{ url: string; keys: Key[]; child: ChildProcess }> {
  // A frozen clock: nothing changes between two runs by itself.
  const args = [
    'packages/simulator/src/main.ts',
    '--port',
    '0',
    '--scenario',
    'large',
    '--resources',
    String(resources),
    '--accounts',
    String(accounts),
    '--clock-factor',
    '0',
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /AWS simulator on (\S+),/.exec(text);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  const report = (await (await fetch(`${url}/_control/scenario`)).json()) as { keys: Key[] };
  return { url, keys: report.keys.filter((key) => key.label.startsWith('admin')), child };
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
  return { url, child };
}

/** Where two listings of the same estate differ; a comparison of times is fair only when they do not. */
function differences(ours: ReadonlyMap<string, number>, plainly: Record<string, number>): string[] {
  const types = SERVICES.flatMap((service) => service.readers.map((reader) => reader.type.id));
  return types.flatMap((type) => {
    const [mine, theirs] = [ours.get(type) ?? 0, plainly[type]];
    if (theirs === undefined) return [`${type} is not asked by the plain program (${mine} here)`];
    return mine === theirs ? [] : [`${type}: ${mine} here, ${theirs} by the plain program`];
  });
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

/** Waits until server and database are at rest: other modules work on what a synchronisation found, and not for it. */
async function settle(server: ChildProcess, postgresPid: number): Promise<void> {
  const used = async () => (await usage(server)).cpu + (await postgresCpu(postgresPid));
  for (let before = await used(), round = 0; round < 300; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const now = await used();
    if (now - before < 0.3) return;
    before = now;
  }
  throw new Error('the server does not come to rest');
}

class Client {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  // oxlint-disable-next-line no-explicit-any -- answers of every shape
  async call(method: string, route: string, body?: unknown): Promise<any> {
    const response = await fetch(`${this.#url}/api/v1${route}`, {
      method,
      headers: {
        'x-atlas-csrf': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie();
    if (set.length > 0) this.#cookie = set.map((value) => value.split(';')[0]).join('; ');
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${text.slice(0, 500)}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

const base = '/orgs/bench/workspaces/main';

interface Synchronised {
  seconds: number;
  resources: number;
  changed: number;
  statuses: string[];
}

/** Runs all accounts and waits; seconds from the first start to the last end, as the server wrote them. */
async function synchronise(client: Client): Promise<Synchronised> {
  const ids = new Set(
    (await client.call('POST', `${base}/sync-runs`, {})).items.map((run: { id: string }) => run.id),
  );
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { items } = await client.call('GET', `${base}/sync-runs?limit=50`);
    const runs = items.filter((run: { id: string }) => ids.has(run.id));
    if (runs.some((run: { status: string }) => run.status === 'running')) continue;
    const sum = (field: string) =>
      runs.reduce((total: number, run: Record<string, number>) => total + (run[field] ?? 0), 0);
    const starts = runs.map((run: { startedAt: string }) => Date.parse(run.startedAt));
    const ends = runs.map((run: { finishedAt: string }) => Date.parse(run.finishedAt));
    return {
      seconds: (Math.max(...ends) - Math.min(...starts)) / 1000,
      resources: sum('resources'),
      changed: sum('appeared') + sum('changed') + sum('vanished'),
      statuses: runs.map((run: { status: string }) => run.status),
    };
  }
}

/** Latencies of a question in ms; the first one, which warms up, is left out. */
async function latencies(
  client: Client,
  query: string,
): Promise<{ query: string; p50: number; p95: number; total: number }> {
  const times: number[] = [];
  let total = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const started = performance.now();
    ({ total = 0 } = await client.call('GET', `${base}/${query}`));
    if (round > 0) times.push(performance.now() - started);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { query, p50: at(0.5), p95: at(0.95), total };
}

async function plain(url: string, keys: Key[]): Promise<PlainAnswer> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'plain.ts')], {
    cwd: root,
    env: { ...process.env, PLAIN_ENDPOINT: url, PLAIN_KEYS: JSON.stringify(keys) },
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

async function requestsOf(url: string): Promise<number> {
  return ((await (await fetch(`${url}/_control/requests`)).json()) as { total: number }).total;
}

try {
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const simulator = await startSimulator();
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
  const password = 'a bench password 4711';
  const user = await identity.createVerifiedUser({
    email: 'bench@example.com',
    password,
    name: 'Bench',
    locale: 'en',
  });
  const organization = await tenancy.createOrganization({
    ownerUserId: user.id,
    name: 'Bench',
    slug: 'bench',
    plan: 'enterprise',
  });
  await tenancy.createWorkspace(organization, { name: 'Main', slug: 'main' });
  await application.close();

  const server = await startServer(env);
  const client = new Client(server.url.replace('localhost', '127.0.0.1'));
  await client.call('POST', '/auth/sign-in', { email: 'bench@example.com', password });
  // Connected without the inventory first, so that all start at once.
  const ids: string[] = [];
  for (const [index, { accessKeyId, secretAccessKey }] of simulator.keys.entries()) {
    const credentials = { method: 'keys', values: { accessKeyId, secretAccessKey } };
    const account = await client.call('POST', `${base}/accounts`, {
      provider: 'aws',
      endpoint: 'simulator',
      name: `Account ${index}`,
      credentials,
      features: ['metrics'],
    });
    ids.push(account.id);
  }
  for (const id of ids) await client.call('PATCH', `${base}/accounts/${id}`, { features: ['inventory'] });
  const idle = await usage(server.child);
  const requestsBefore = await requestsOf(simulator.url);
  const postgresIdle = await postgresCpu(postgres.pid);
  const full = await synchronise(client);
  const postgresFull = (await postgresCpu(postgres.pid)) - postgresIdle;
  const requests = (await requestsOf(simulator.url)) - requestsBefore;
  const afterFull = await usage(server.child);
  await settle(server.child, postgres.pid);
  const unchanged: Synchronised[] = [];
  let unchangedCpu = 0;
  for (let round = 0; round < 2; round += 1) {
    const before = await usage(server.child);
    unchanged.push(await synchronise(client));
    unchangedCpu = (await usage(server.child)).cpu - before.cpu;
    await settle(server.child, postgres.pid);
  }
  const summary = (await client.call('GET', `${base}/resources/summary`)) as {
    byType: { type: string; count: number }[];
  };
  const questions: Awaited<ReturnType<typeof latencies>>[] = [];
  for (const query of [
    'resources?limit=50',
    'resources?limit=50&sort=-changed',
    'resources?limit=50&sort=-cost',
    'resources?limit=50&q=server-77',
    'resources?limit=50&q=payments%20production',
    'resources?limit=50&type=aws.ec2.volume&state=available',
    'resources?limit=50&tag=app%3Drisk',
    'resources?limit=50&q=no-such-thing',
    'resources/summary',
  ]) {
    questions.push(await latencies(client, query));
  }
  const last = await usage(server.child);
  const simulated = await usage(simulator.child);
  server.child.removeAllListeners('exit');
  const stopped = new Promise((resolve) => server.child.once('exit', resolve));
  server.child.kill('SIGTERM');
  await stopped;
  const sdk = [
    await plain(simulator.url, simulator.keys),
    await plain(simulator.url, simulator.keys),
  ].toSorted((a, b) => a.seconds - b.seconds)[0];
  if (sdk === undefined) throw new Error('no plain run');
  await postgres.stop('fast');

  const again = unchanged.toSorted((a, b) => a.seconds - b.seconds)[0];
  const differing = differences(new Map(summary.byType.map(({ type, count }) => [type, count])), sdk.counts);
  const found = Object.values(sdk.counts).reduce((sum, count) => sum + count, 0);
  const worst = Math.max(...questions.map((question) => question.p95));
  const report = `# bench/inventory

Made by \`npm run bench -- inventory\` on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.version}, load of the machine before the start ${load}. Server, simulator, PostgreSQL and the program that measures share the cores.

${full.resources.toLocaleString('en-US')} resources in ${accounts} accounts × 4 regions, all regions asked (${requests.toLocaleString('en-US')} requests to the cloud). The server runs with the options of \`npm start\` (${SERVER_NODE_OPTIONS.join(' ')}).

| | measured | goal |
|---|---|---|
| full synchronisation (${full.statuses.join(', ')}) | ${full.seconds.toFixed(1)} s | ≤ 60 s |
| unchanged again (${again?.changed} changes; better of 2) | ${again?.seconds.toFixed(1)} s | ≤ 20 s |
| largest resident size of the server (${idle.rss} MiB before the first run) | ${Math.max(afterFull.rss, last.rss)} MiB | ≤ 512 MiB |
| CPU time of the server, full run | ${(afterFull.cpu - idle.cpu).toFixed(1)} s | |
| CPU time of the server, unchanged run | ${unchangedCpu.toFixed(1)} s | |
| CPU time of PostgreSQL, full run | ${postgresFull.toFixed(1)} s | |
| CPU time of the simulator, everything | ${simulated.cpu.toFixed(1)} s | |
| the same listing by plain SDK calls, nothing stored (${sdk.requests.toLocaleString('en-US')} requests, ${found.toLocaleString('en-US')} resources, ${sdk.cpu.toFixed(1)} s of CPU; better of 2) | ${sdk.seconds.toFixed(1)} s | |
| **ratio** unchanged synchronisation / plain SDK (the same listing, nothing to store) | ${((again?.seconds ?? 0) / sdk.seconds).toFixed(2)} | ≤ 1.5 |
| ratio full synchronisation / plain SDK (everything stored for the first time, with history and relations) | ${(full.seconds / sdk.seconds).toFixed(2)} | ≤ 1.5 |
| slowest p95 of the questions below | ${worst} ms | ≤ 100 ms |

${differing.length === 0 ? 'Both listings found the same number of resources of each type.' : `The two listings differ: ${differing.join('; ')}.`}

| question over HTTP, one after the other (${rounds} times) | p50 ms | p95 ms | found |
|---|---|---|---|
${questions.map((question) => `| \`${question.query}\` | ${question.p50} | ${question.p95} | ${question.total} |`).join('\n')}
`;
  if (resources >= 50_000) await writeFile(path.join(import.meta.dirname, 'RESULTS.md'), report);
  process.stdout.write(report);
} finally {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
}
