/**
 * What the platform costs a request: an authenticated list endpoint (session, membership, gate, tenant transaction with
 * row level security, response schema) against a bare Fastify handler with the same query, and against a route of the
 * same server that does nothing. Then cold and warm start. `node bench/api/run.ts [seconds per run, default 5]`
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import { permissionsOf } from '../../packages/contracts/src/permissions.ts';
import { Client, endAll, owned, prepare, root, stopServer } from '../lib/product.ts';

const seconds = Number(process.argv[2] ?? 5);
const rounds = Number(process.argv[3] ?? 5);
const connections = 10;
const home = await mkdtemp(path.join(tmpdir(), 'bench-api-'));

interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  errors: number;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function startCompared(
  kind: 'atlas' | 'bare',
  env: NodeJS.ProcessEnv,
): Promise<{ url: string; child: ChildProcess }> {
  const child = owned(
    spawn(process.execPath, [path.join(import.meta.dirname, 'servers.ts'), kind], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    child.once('exit', (code) => reject(new Error(`${kind} ended with ${code}`)));
  });
  const { url } = JSON.parse(line) as { url: string };
  return { url, child };
}

async function load(url: string, headers: Record<string, string> = {}): Promise<Measured> {
  const result = await autocannon({ url, connections, duration: seconds, headers });
  return {
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.non2xx + result.errors,
  };
}

async function startTime(dataFolder: string): Promise<number> {
  const started = performance.now();
  const child = owned(
    spawn(process.execPath, ['tools/start.mjs'], {
      cwd: root,
      env: { ...process.env, ATLAS_PORT: '0', ATLAS_DATA_DIR: dataFolder },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  let text = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('is ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${text}`)));
  });
  const milliseconds = performance.now() - started;
  await stopServer(child);
  return milliseconds;
}

try {
  const { postgres, databaseUrl, env, userId, organizations } = await prepare(home, ['bench'], '');
  const shared = {
    ...env,
    // As it is by default.
    RATE_LIMITS: 'true',
    BENCH_ADMIN_URL: databaseUrl,
    BENCH_ORGANIZATION: organizations.get('bench')?.organizationId,
    BENCH_USER: userId,
    BENCH_PERMISSIONS: permissionsOf('owner').join(','),
  };
  const atlas = await startCompared('atlas', shared);
  const bare = await startCompared('bare', shared);
  const client = await Client.signIn(atlas.url);
  const { cookie } = client;
  // With the one that is there already, 50.
  for (let n = 1; n < 50; n += 1)
    await client.call('POST', '/orgs/bench/workspaces', { name: `Workspace ${n}`, slug: `workspace-${n}` });
  const list = `${atlas.url}/api/v1/orgs/bench/workspaces?limit=50`;

  for (const [url, headers] of [
    [list, { cookie }],
    [`${bare.url}/workspaces`, {}],
  ] as const) {
    const { items } = (await (await fetch(url, { headers })).json()) as { items: unknown[] };
    if (items.length !== 50)
      throw new Error(`${url} answers ${items.length} rows, not 50: nothing to compare`);
  }
  const runs: { atlas: Measured; bare: Measured; idle: Measured }[] = [];
  await load(list, { cookie });
  await load(`${bare.url}/workspaces`);
  for (let round = 0; round < rounds; round += 1) {
    // Turn about, so that a busy moment of the machine hits all.
    runs.push({
      atlas: await load(list, { cookie }),
      bare: await load(`${bare.url}/workspaces`),
      idle: await load(`${atlas.url}/health/live`),
    });
  }
  for (const { child } of [atlas, bare]) await stopServer(child);
  await postgres.stop('fast');

  const cold = await startTime(path.join(home, 'data'));
  const warm: number[] = [];
  for (let n = 0; n < 3; n += 1) warm.push(await startTime(path.join(home, 'data')));

  const of = (kind: 'atlas' | 'bare' | 'idle', figure: keyof Measured) =>
    median(runs.map((run) => run[kind][figure]));
  const ratio = median(runs.map((run) => run.atlas.perSecond / run.bare.perSecond));
  const errors = runs.reduce((sum, run) => sum + run.atlas.errors + run.bare.errors, 0);
  const row = (label: string, kind: 'atlas' | 'bare' | 'idle') =>
    `| ${label} | ${Math.round(of(kind, 'perSecond'))} | ${of(kind, 'p50')} | ${of(kind, 'p99')} |`;
  const report = `# bench/api

Made by \`npm run bench -- api\` on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.version}, ${rounds} rounds of ${seconds} s turn about, ${connections} connections, load generator on the same machine. Compare ratios, not seconds.

A page of 50 workspaces, each with its 31 permissions (about 50 kB of JSON):

| | requests/s (median) | p50 ms | p99 ms |
|---|---|---|---|
${row('CloudAtlas: session, membership, gate, tenant transaction, response schema', 'atlas')}
${row('bare Fastify handler, same query, no tenants or roles', 'bare')}
${row('the same CloudAtlas server, route that does nothing', 'idle')}

- **Ratio to bare: ${ratio.toFixed(2)}** (goal ≥ 0.5)
- p99 / median latency: ${(of('atlas', 'p99') / Math.max(1, of('atlas', 'p50'))).toFixed(1)} (goal ≤ 3)
- Failed requests: ${errors}

| start | seconds |
|---|---|
| cold: empty data folder, database created, migrated, demo seeded | ${(cold / 1000).toFixed(1)} |
| warm: second start (median of 3; goal ≤ 5) | ${(median(warm) / 1000).toFixed(1)} |
`;
  if (seconds >= 4) await writeFile(path.join(import.meta.dirname, 'RESULTS.md'), report);
  process.stdout.write(report);
} finally {
  endAll();
  await rm(home, { recursive: true, force: true });
}
