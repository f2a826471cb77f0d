/**
 * Thousands of schedules due in the same minute: how long until every one is claimed, begun and its order placed.
 * `node bench/schedules/run.ts [schedules, default 5000]`. Once all in one organization, whose audit log is one chain
 * that is written one entry after the other, and once spread over ten. One server process of all roles; it, the
 * bundled cloud, PostgreSQL and this program share the machine. The machines do not exist at the provider: it answers
 * each order with an error, which costs the server no less than a stop.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createApplication, migrateDatabase } from '../../apps/server/src/bootstrap.ts';
import { ensureOwnerDatabase } from '../../apps/server/src/platform/embedded-postgres/connection.ts';
import { startEmbeddedPostgres } from '../../apps/server/src/platform/embedded-postgres/embedded-postgres.ts';
import { createLogger } from '../../apps/server/src/platform/log/log.ts';
import { startSimulator } from '../../packages/simulator/src/server.ts';
import { SERVER_ENVIRONMENT, SERVER_NODE_OPTIONS } from '../../tools/launch/limits.ts';

const total = Number(process.argv[2] ?? 5000);
const goalSeconds = 30;
const root = path.join(import.meta.dirname, '../..');
const home = await mkdtemp(path.join(tmpdir(), 'bench-schedules-'));
const password = 'a bench password 4711';
let server: ChildProcess | undefined;

interface Tenant {
  slug: string;
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

async function startServer(env: NodeJS.ProcessEnv): Promise<string> {
  const child = fork(path.join(root, 'apps/server/src/main.ts'), ['--no-demo'], {
    cwd: root,
    execArgv: [...SERVER_NODE_OPTIONS],
    env: { ...process.env, ...SERVER_ENVIRONMENT, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  server = child;
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { type: string; url?: string; message?: string }) => {
      if (message.type === 'ready') resolve(message.url ?? '');
      if (message.type === 'fatal') reject(new Error(message.message));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return `${url.replace('localhost', '127.0.0.1')}/api/v1`;
}

/** Writes machines and a schedule for each, due at an instant, spread over the tenants. */
async function prepare(sql: pg.Client, tenants: readonly Tenant[], userId: string, due: Date): Promise<void> {
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
    LOG_LEVEL: 'fatal',
    ATLAS_PORT: '0',
    ATLAS_HOST: '127.0.0.1',
    ATLAS_DATA_DIR: home,
    RATE_LIMITS: 'false',
    ACCOUNTS_ENDPOINTS: `simulator=${simulator.url}`,
  };
  const application = createApplication({
    env,
    defaultPublicUrl: 'http://localhost',
    log: createLogger('fatal'),
  });
  await migrateDatabase(application.config);
  const { identity, tenancy } = application.services;
  const email = 'bench@example.com';
  const user = await identity.createVerifiedUser({ email, password, name: 'Bench', locale: 'en' });
  const tenants: Tenant[] = [];
  for (let n = 0; n < 11; n += 1) {
    const slug = `bench-${n}`;
    const organizationId = await tenancy.createOrganization({
      ownerUserId: user.id,
      name: slug,
      slug,
      plan: 'enterprise',
    });
    const workspaceId = await tenancy.createWorkspace(organizationId, { name: 'Main', slug: 'main' });
    tenants.push({ slug, organizationId, workspaceId });
  }
  await application.close();
  const api = await startServer(env);
  let cookie = '';
  const post = async (route: string, body: unknown): Promise<void> => {
    const response = await fetch(`${api}${route}`, {
      method: 'POST',
      headers: { 'x-atlas-csrf': '1', 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    const set = response.headers.getSetCookie();
    if (set.length > 0) cookie = set.map((value) => value.split(';')[0]).join('; ');
  };
  await post('/auth/sign-in', { email, password });
  const key = simulator.control.report?.keys.find(({ label }) => label === 'admin');
  for (const { slug } of tenants)
    await post(`/orgs/${slug}/workspaces/main/accounts`, {
      provider: 'aws',
      endpoint: 'simulator',
      name: 'Account',
      credentials: {
        method: 'keys',
        values: { accessKeyId: key?.accessKeyId, secretAccessKey: key?.secretAccessKey },
      },
      // Without the inventory: a synchronisation would find none of the machines.
      features: ['operate'],
    });
  const database = new URL(postgres.adminUrl);
  database.pathname = '/bench';
  const sql = new pg.Client({ connectionString: database.href });
  await sql.connect();
  const measured: Measured[] = [];
  for (const group of [tenants.slice(0, 1), tenants.slice(1)]) {
    const due = nextMinute();
    await prepare(sql, group, user.id, due);
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
  await writeFile(
    path.join(import.meta.dirname, 'RESULTS.md'),
    `# Schedules due in the same minute

${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${load} before the start, Node ${process.version}. One server process, PostgreSQL and the bundled cloud on the same machine. \`npm run bench -- schedules\`.

Seconds after the due instant until the last of them was claimed by the tick, begun, and had its order placed for the cloud; the queue looks for due ticks every few seconds, which is part of it.

| schedules | organizations | claimed | begun | ordered | ordered twice |
| --: | --: | --: | --: | --: | --: |
${measured.map(row).join('\n')}

Goal: all started within ${goalSeconds} s: **${verdict}**. In one organization the audit log is one chain, so orders are written one after the other; several organizations share the work of the workers.
`,
  );
} finally {
  server?.removeAllListeners('exit');
  server?.kill('SIGKILL');
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
  process.exit();
}
