/**
 * Scanning large estates for savings over HTTP: 10,000 and 100,000 resources with 30 days of hourly metrics and a bill.
 * `node bench/finops/run.ts [sizes, default 10000,100000]`. Compared with one pass of SQL and JavaScript over the same
 * tables with the same rules that stores nothing. Server, PostgreSQL and this program share the machine.
 */
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { RULES } from '../../apps/server/src/modules/finops/rules/catalogue.ts';
import type { ScenarioKey } from '../../packages/simulator/src/scenarios/scenarios.ts';
import { startSimulator } from '../../packages/simulator/src/server.ts';
import {
  Client,
  connectAws,
  endAll,
  owned,
  prepare,
  root,
  startServer,
  stopServer,
  until,
  usage,
} from '../lib/product.ts';
import { writeBill, writeEstate, type EstatePlace } from './estate.ts';
import { measureMixedScan } from './mixed.ts';
import type { PlainAnswer } from './plain.ts';
import { measureScan, scanByHandOnly, type MeasuredScan } from './scan.ts';

const sizes = (process.argv[2] ?? '10000,100000').split(',').map(Number);
const goals = new Map([
  [10_000, 5],
  [100_000, 60],
]);
const accounts = 4;
/** Size of the organization that is scanned before anything is measured. */
const warmSize = 1000;
const keys: ScenarioKey[] = [];
const home = await mkdtemp(path.join(tmpdir(), 'bench-finops-'));
const mixedResources = Number(process.argv[3] ?? 50_000);

async function plain(database: string, organizationId: string): Promise<PlainAnswer> {
  const child = owned(
    spawn(process.execPath, [path.join(import.meta.dirname, 'plain.ts')], {
      cwd: root,
      env: { ...process.env, PLAIN_DATABASE: database, PLAIN_ORGANIZATION: organizationId },
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

interface Measured {
  size: number;
  resources: number;
  series: number;
  billLines: number;
  first: MeasuredScan;
  again: MeasuredScan;
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
  const { postgres, databaseUrl, env, organizations } = await prepare(
    home,
    [warmSize, ...sizes].map((size) => `bench-${size}`),
    `simulator=${simulator.url}`,
  );
  keys.push(...(simulator.control.report?.keys ?? []).filter((key) => key.label.startsWith('admin')));
  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();

  const setting = await startServer(env);
  const client = await Client.signIn(setting.url);
  const lines = new Map<number, number>();
  for (const size of [warmSize, ...sizes]) lines.set(size, await fill(client, sql, organizations, size));
  await stopServer(setting.child);

  const measured: Measured[] = [];
  for (const size of sizes) {
    const { organizationId } = organizationOf(organizations, size);
    await sql.query('checkpoint');
    // A server of its own for each size: the memory is this size's scans'. It has scanned something small before, as
    // one that runs has: what is loaded and compiled once is no part of a scan.
    const server = await startServer(env);
    const scanning = await Client.signIn(server.url);
    const scan = (of: number) => measureScan(scanning, baseOf(of), server.child, postgres.pid);
    await scan(warmSize);
    const counts = await sql.query(
      `select (select count(*) from inventory.resource where organization_id = $1)::int as resources,
         (select count(*) from finops.metric_profile where organization_id = $1)::int as series`,
      [organizationId],
    );

    const idle = await usage(server.child);
    const first = await scan(size);
    const again = await scan(size);
    const after = await usage(server.child);
    await stopServer(server.child);
    const passes = [await plain(databaseUrl, organizationId), await plain(databaseUrl, organizationId)];
    const best = passes.toSorted((a, b) => a.seconds - b.seconds)[0];
    if (best === undefined) throw new Error('no plain pass');
    measured.push({
      size,
      resources: counts.rows[0].resources,
      series: counts.rows[0].series,
      billLines: lines.get(size) ?? 0,
      first,
      again,
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
  const mixed = sizes.length > 1 ? await measureMixedScan(mixedResources) : '';
  if (sizes.length > 1) await writeResults([section, mixed]);
  process.stdout.write(`${section}\n${mixed}`);
} finally {
  endAll();
  await rm(home, { recursive: true, force: true });
}

type Organizations = Awaited<ReturnType<typeof prepare>>['organizations'];

function organizationOf(organizations: Organizations, size: number) {
  const found = organizations.get(`bench-${size}`);
  if (found === undefined) throw new Error('an organization is missing');
  return found;
}

function baseOf(size: number): string {
  return `/orgs/bench-${size}/workspaces/main`;
}

/** Connects accounts, writes their estate and metrics, and imports its bill. @returns lines of the bill */
async function fill(
  client: Client,
  sql: pg.Client,
  organizations: Organizations,
  size: number,
): Promise<number> {
  const { organizationId, workspaceId } = organizationOf(organizations, size);
  const base = baseOf(size);
  await scanByHandOnly(client, base);
  const connected: EstatePlace['accounts'][number][] = [];
  for (const [index, key] of keys.entries()) {
    // Without the inventory: a synchronisation would find none of what is written below.
    const account = { name: `Account ${index}`, key, features: ['metrics'] };
    connected.push(await connectAws(client, base, account));
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
  return billLines;
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
      `${each.first.cpu.toFixed(1)} + ${each.first.postgresCpu.toFixed(1)} s`,
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

${accounts} accounts × 4 regions, ${RULES.length} rules, 30 days of hourly metrics of every series the rules read, a bill of ${measured.map(({ billLines }) => billLines.toLocaleString('en-US')).join(' and ')} lines. First: every finding is new. Again: the same estate the same day, what says the same is not written. The server has scanned 1,000 other resources before. Plain: one pass of SQL and JavaScript with the same rules over the same tables that stores nothing; better of 2.

| resources | series | findings | first | again | goal | CPU of server + PostgreSQL, first | again | largest resident size | plain (its CPU) | **first / plain** | **again / plain** |
|---|---|---|---|---|---|---|---|---|---|---|---|
${table.map((row) => `| ${row} |`).join('\n')}
${linear}`;
}

/** Replaces this program's sections and leaves those of others. */
async function writeResults(sections: readonly string[]): Promise<void> {
  const file = path.join(import.meta.dirname, 'RESULTS.md');
  const before = await readFile(file, 'utf8').catch(() => '');
  const titles = new Set(sections.map((section) => section.split('\n')[0]));
  const others = before
    .split(/^(?=## )/m)
    .filter((part) => part.startsWith('## ') && !titles.has(part.split('\n')[0]));
  const parts = [...sections, ...others].map((part) => part.trim());
  await writeFile(file, `# bench/finops\n\n${parts.join('\n\n')}\n`);
}
