/**
 * Thousands of schedules due in the same minute: how long until every one is claimed, begun and its order placed.
 * `node bench/schedules/run.ts [schedules, default 5000]`. Once all in one organization, whose audit log is one chain
 * that is written one entry after the other, and once spread over ten. One server process of all roles; it, the
 * bundled cloud, PostgreSQL and this program share the machine. The machines do not exist at the provider: it answers
 * each order with an error, which costs the server no less than a stop.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startSimulator } from '../../packages/simulator/src/server.ts';
import { Client, connectAws, endAll, prepare, startServer } from '../lib/product.ts';

const total = Number(process.argv[2] ?? 5000);
const goalSeconds = 30;
const home = await mkdtemp(path.join(tmpdir(), 'bench-schedules-'));

interface Tenant {
  organizationId: string;
  workspaceId: string;
}

interface Measured {
  organizations: number;
  /** Seconds from the due instant until the last schedule was claimed, begun, and had its order. */
  claimed: number;
  begun: number;
  ordered: number;
  orders: number;
  doubles: number;
}

/** Writes machines and a schedule for each, due at an instant, spread over the tenants. */
async function writeSchedules(
  sql: pg.Client,
  tenants: readonly Tenant[],
  userId: string,
  due: Date,
): Promise<void> {
  for (const { organizationId, workspaceId } of tenants) {
    await sql.query(
      `with account as (select id from accounts.cloud_account where organization_id = $1 limit 1),
       machine as (
         insert into inventory.resource (organization_id, id, workspace_id, account_id, provider, service, type,
           category, native_id, short_id, name, region, state, tags, monthly_amount, currency, first_seen_at,
           changed_at, search, fingerprint)
         select $1, gen_random_uuid(), $2, account.id, 'aws', 'ec2', 'aws.ec2.instance', 'compute', 'native-' || n,
           'i-' || lpad(n::text, 17, '0'), 'machine-' || n, 'us-east-1', 'running', '{}', 73, 'USD', now(), now(),
           'machine-' || n, ''
         from account, generate_series(1, $3::int) n
         returning id, name)
       insert into schedules.schedule (organization_id, id, workspace_id, name, enabled, operation, parameters,
         resource_ids, tags, recurrence, days, at_time, time_zone, holidays, missed_policy, missed_within,
         next_run_at, acts_as, acts_as_label, created_at, updated_at)
       select $1, gen_random_uuid(), $2, name, true, 'stop', '{}', array[id], '[]', 'daily', '{1,2,3,4,5,6,7}',
         to_char($4::timestamptz at time zone 'UTC', 'HH24:MI'), 'UTC', '{BR}', 'run', 60, $4, $5, 'Bench',
         now(), now()
       from machine`,
      [organizationId, workspaceId, Math.ceil(total / tenants.length), due, userId],
    );
  }
  await sql.query('analyze');
}

/** Seconds from `due` until every schedule has an order. */
async function measure(sql: pg.Client, tenants: readonly Tenant[], due: Date): Promise<Measured> {
  const ids = tenants.map(({ organizationId }) => organizationId);
  const wanted = Math.ceil(total / tenants.length) * tenants.length;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { rows } = await sql.query(
      `select count(*)::int as orders, count(distinct resource_id)::int as resources,
         extract(epoch from max(created_at) - $2)::float8 as ordered,
         (select extract(epoch from max(started_at) - $2)::float8 from schedules.run where organization_id = any($1)) as begun,
         (select extract(epoch from max(enqueued_at) - $2)::float8 from schedules.run where organization_id = any($1)) as claimed
       from inventory.cloud_order where organization_id = any($1)`,
      [ids, due],
    );
    const seen = rows[0];
    if (seen.orders >= wanted)
      return {
        organizations: tenants.length,
        claimed: seen.claimed,
        begun: seen.begun,
        ordered: seen.ordered,
        orders: seen.orders,
        doubles: seen.orders - seen.resources,
      };
    if (Date.now() - due.getTime() > 600_000) throw new Error(`after ten minutes: ${JSON.stringify(seen)}`);
  }
}

/** The next full minute that is far enough away for everything to be written before. */
function nextMinute(): Date {
  return new Date(Math.ceil((Date.now() + 25_000) / 60_000) * 60_000);
}

try {
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const simulator = await startSimulator({ scenario: 'empty' });
  const slugs = Array.from({ length: 11 }, (_, n) => `bench-${n}`);
  const { databaseUrl, env, userId, organizations } = await prepare(
    home,
    slugs,
    `simulator=${simulator.url}`,
  );
  const server = await startServer({ ...env, LOG_LEVEL: 'fatal' });
  const client = await Client.signIn(server.url);
  const key = simulator.control.report?.keys.find(({ label }) => label === 'admin');
  // Without the inventory: a synchronisation would find none of the machines.
  for (const slug of slugs)
    await connectAws(client, `/orgs/${slug}/workspaces/main`, {
      name: 'Account',
      key,
      features: ['operate'],
    });
  const tenants = [...organizations.values()];
  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  const measured: Measured[] = [];
  for (const group of [tenants.slice(0, 1), tenants.slice(1)]) {
    const due = nextMinute();
    await writeSchedules(sql, group, userId, due);
    const result = await measure(sql, group, due);
    measured.push(result);
    console.log(JSON.stringify(result));
    // The next round begins when the cloud has answered this one's orders.
    for (let open = 1; open > 0; await new Promise((resolve) => setTimeout(resolve, 2000)))
      open = (
        await sql.query(
          "select count(*)::int as n from inventory.cloud_order where status in ('pending', 'running')",
        )
      ).rows[0].n;
  }
  await sql.end();
  const row = (one: Measured): string =>
    `| ${one.orders} | ${one.organizations} | ${one.claimed.toFixed(1)} s | ${one.begun.toFixed(1)} s | ${one.ordered.toFixed(1)} s | ${one.doubles} |`;
  const verdict = measured.every(({ ordered }) => ordered <= goalSeconds) ? 'met' : 'missed';
  const report = `# Schedules due in the same minute

${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${load} before the start, Node ${process.version}. One server process, PostgreSQL and the bundled cloud on the same machine. \`npm run bench -- schedules\`.

Seconds after the due instant until the last of them was claimed by the tick, begun, and had its order placed for the cloud; the queue looks for due ticks every few seconds, which is part of it.

| schedules | organizations | claimed | begun | ordered | ordered twice |
| --: | --: | --: | --: | --: | --: |
${measured.map(row).join('\n')}

Goal: all started within ${goalSeconds} s: **${verdict}**. In one organization the audit log is one chain, so orders are written one after the other; several organizations share the work of the workers.
`;
  if (total >= 5000) await writeFile(path.join(import.meta.dirname, 'RESULTS.md'), report);
  console.log(report);
} catch (error) {
  // The exit below would swallow it.
  console.error(error);
  process.exitCode = 1;
} finally {
  endAll();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
  process.exit();
}
