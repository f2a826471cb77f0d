/**
 * Synchronising a large estate: full and unchanged runs over HTTP against the simulator, memory of the server process,
 * list and search latencies, and the same listing by plain SDK calls. `node bench/inventory/run.ts [resources, default
 * 50000] [accounts, default 3]`. Server, simulator, PostgreSQL and this program share the machine.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { SERVICES } from '../../packages/cloud/src/aws/services/catalogue.ts';
import { SERVER_NODE_OPTIONS } from '../../tools/launch/limits.ts';
import { synchronise, type Synchronised } from '../lib/mixed.ts';
import {
  Client,
  connectAws,
  endAll,
  owned,
  postgresCpu,
  prepare,
  root,
  settle,
  startServer,
  stopServer,
  usage,
} from '../lib/product.ts';
import { latencies, ROUNDS } from './latencies.ts';
import { measureMixed } from './mixed.ts';
import type { PlainAnswer } from './plain.ts';

const resources = Number(process.argv[2] ?? 50_000);
const accounts = Number(process.argv[3] ?? 3);
const home = await mkdtemp(path.join(tmpdir(), 'bench-inventory-'));

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
  const child = owned(spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] }));
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

/** Where two listings of the same estate differ; a comparison of times is fair only when they do not. */
function differences(ours: ReadonlyMap<string, number>, plainly: Record<string, number>): string[] {
  const types = SERVICES.flatMap((service) => service.readers.map((reader) => reader.type.id));
  return types.flatMap((type) => {
    const [mine, theirs] = [ours.get(type) ?? 0, plainly[type]];
    if (theirs === undefined) return [`${type} is not asked by the plain program (${mine} here)`];
    return mine === theirs ? [] : [`${type}: ${mine} here, ${theirs} by the plain program`];
  });
}

const base = '/orgs/bench/workspaces/main';
/** So often are the unchanged synchronisation and the plain listing measured; the best counts of each. */
const SYNC_ROUNDS = 3;

async function plain(url: string, keys: Key[]): Promise<PlainAnswer> {
  const child = owned(
    spawn(process.execPath, [path.join(import.meta.dirname, 'plain.ts')], {
      cwd: root,
      env: { ...process.env, PLAIN_ENDPOINT: url, PLAIN_KEYS: JSON.stringify(keys) },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
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
  const { postgres, databaseUrl, env } = await prepare(home, ['bench'], `simulator=${simulator.url}`);
  const server = await startServer(env);
  const client = await Client.signIn(server.url);
  // Connected without the inventory first, so that all start at once.
  const ids: string[] = [];
  for (const [index, key] of simulator.keys.entries()) {
    const account = { name: `Account ${index}`, key, features: ['metrics'] };
    ids.push((await connectAws(client, base, account)).id);
  }
  for (const id of ids) await client.call('PATCH', `${base}/accounts/${id}`, { features: ['inventory'] });
  const idle = await usage(server.child);
  const requestsBefore = await requestsOf(simulator.url);
  const postgresIdle = await postgresCpu(postgres.pid);
  const full = await synchronise(client, base);
  const postgresFull = (await postgresCpu(postgres.pid)) - postgresIdle;
  const requests = (await requestsOf(simulator.url)) - requestsBefore;
  const afterFull = await usage(server.child);
  await settle(server.child, postgres.pid, databaseUrl);
  const unchanged: Synchronised[] = [];
  let unchangedCpu = 0;
  for (let round = 0; round < SYNC_ROUNDS; round += 1) {
    const before = await usage(server.child);
    unchanged.push(await synchronise(client, base));
    unchangedCpu = (await usage(server.child)).cpu - before.cpu;
    await settle(server.child, postgres.pid, databaseUrl);
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
    questions.push({ ...(await latencies(client, `${base}/${query}`)), query });
  }
  const last = await usage(server.child);
  const simulated = await usage(simulator.child);
  await stopServer(server.child);
  const plainly: PlainAnswer[] = [];
  for (let round = 0; round < SYNC_ROUNDS; round += 1)
    plainly.push(await plain(simulator.url, simulator.keys));
  const sdk = plainly.toSorted((a, b) => a.seconds - b.seconds)[0];
  if (sdk === undefined) throw new Error('no plain run');
  await postgres.stop('fast');
  endAll();
  // The same number of resources over four providers, in processes of their own.
  const mixed = await measureMixed(resources);

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
| unchanged again (${again?.changed} changes; best of ${SYNC_ROUNDS}) | ${again?.seconds.toFixed(1)} s | ≤ 20 s |
| largest resident size of the server (${idle.rss} MiB before the first run) | ${Math.max(afterFull.rss, last.rss)} MiB | ≤ 512 MiB |
| CPU time of the server, full run | ${(afterFull.cpu - idle.cpu).toFixed(1)} s | |
| CPU time of the server, unchanged run | ${unchangedCpu.toFixed(1)} s | |
| CPU time of PostgreSQL, full run | ${postgresFull.toFixed(1)} s | |
| CPU time of the simulator, everything | ${simulated.cpu.toFixed(1)} s | |
| the same listing by plain SDK calls, nothing stored (${sdk.requests.toLocaleString('en-US')} requests, ${found.toLocaleString('en-US')} resources, ${sdk.cpu.toFixed(1)} s of CPU; best of ${SYNC_ROUNDS}) | ${sdk.seconds.toFixed(1)} s | |
| **ratio** unchanged synchronisation / plain SDK (the same listing, nothing to store) | ${((again?.seconds ?? 0) / sdk.seconds).toFixed(2)} | ≤ 1.5 |
| ratio full synchronisation / plain SDK (everything stored for the first time, with history and relations) | ${(full.seconds / sdk.seconds).toFixed(2)} | ≤ 1.5 |
| slowest p95 of the questions below | ${worst} ms | ≤ 100 ms |

${differing.length === 0 ? 'Both listings found the same number of resources of each type.' : `The two listings differ: ${differing.join('; ')}.`}

| question over HTTP, one after the other (${ROUNDS} times) | p50 ms | p95 ms | found |
|---|---|---|---|
${questions.map((question) => `| \`${question.query}\` | ${question.p50} | ${question.p95} | ${question.total} |`).join('\n')}

${mixed}`;
  if (resources >= 50_000) await writeFile(path.join(import.meta.dirname, 'RESULTS.md'), report);
  process.stdout.write(report);
} finally {
  endAll();
  await rm(home, { recursive: true, force: true });
}
