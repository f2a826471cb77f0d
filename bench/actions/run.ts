/**
 * Throughput of savings actions: stopping so many instances through the product (check, journal, call, verification,
 * audit, events, inventory), and taking all of it back, against a plain program that makes the same orders through the
 * same adapter and looks until they show. `node bench/actions/run.ts [actions, default 200]`. One server process of all
 * roles; it, the bundled cloud, PostgreSQL and this program share the machine.
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
import { newId } from '../../apps/server/src/platform/ids/ids.ts';
import { createLogger } from '../../apps/server/src/platform/log/log.ts';
import { aws } from '../../packages/cloud/src/aws/provider.ts';
import type { ResourceRef } from '../../packages/cloud/src/resource.ts';
import { addInstance, becomeRunning } from '../../packages/simulator/src/aws/services/ec2/instance-model.ts';
import { ec2Store } from '../../packages/simulator/src/aws/services/ec2/store.ts';
import { EMPTY_ACCOUNT } from '../../packages/simulator/src/scenarios/empty.ts';
import { startSimulator } from '../../packages/simulator/src/server.ts';
import { SERVER_ENVIRONMENT, SERVER_NODE_OPTIONS } from '../../tools/launch/limits.ts';

const total = Number(process.argv[2] ?? 200);
/** As many workflows at once as one server process runs. */
const lanes = 10;
const root = path.join(import.meta.dirname, '../..');
const home = await mkdtemp(path.join(tmpdir(), 'bench-actions-'));
const password = 'a bench password 4711';
const region = 'us-east-1';
let server: ChildProcess | undefined;

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

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

function plantInstances(simulator: Simulator, count: number): ResourceRef[] {
  const store = simulator.control.world.accounts.get(EMPTY_ACCOUNT)?.store(ec2Store, region);
  const subnet = store?.subnets.list()[0]?.data;
  const image = store?.publicImages[0];
  if (store === undefined || subnet === undefined || image === undefined) throw new Error('no network');
  return Array.from({ length: count }, (_, index) => {
    const entity = addInstance(store, {
      type: 'm5.large',
      image,
      subnet,
      groupIds: store.securityGroups
        .list()
        .slice(0, 1)
        .map(({ id }) => id),
      disks: [{ device: '/dev/xvda', size: 8, type: 'gp3', deleteOnTermination: true }],
      publicIp: false,
      reservationId: `r-${index}`,
    });
    becomeRunning(store, entity.data, store.world.clock.now());
    return { type: 'aws.ec2.instance', nativeId: store.arn('instance', entity.id), id: entity.id, region };
  });
}

/** The same orders without a product around them. @returns seconds for stopping and for starting all */
async function plainly(simulator: Simulator, refs: readonly ResourceRef[]): Promise<[number, number]> {
  const key = simulator.control.report?.keys.find(({ label }) => label === 'admin');
  const connection = aws.connect(
    {
      method: 'keys',
      values: { accessKeyId: key?.accessKeyId ?? '', secretAccessKey: key?.secretAccessKey ?? '' },
    },
    { endpoint: simulator.url },
  );
  const all = async (operation: string, state: 'stopped' | 'running'): Promise<number> => {
    const started = performance.now();
    const left = [...refs];
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (let ref = left.pop(); ref !== undefined; ref = left.pop()) {
          await connection.operate({ operation, resource: ref, parameters: {}, clientToken: newId() });
          await connection.waitFor({ resource: ref, states: [state], timeoutMs: 60_000 });
        }
      }),
    );
    return (performance.now() - started) / 1000;
  };
  const seconds: [number, number] = [await all('stop', 'stopped'), await all('start', 'running')];
  connection.close();
  return seconds;
}

async function recommend(
  sql: pg.Client,
  place: { organizationId: string; workspaceId: string; accountId: string },
  refs: readonly ResourceRef[],
): Promise<string[]> {
  const rows = refs.map((ref) => ({ id: newId(), resource: newId(), ref }));
  await sql.query(
    `insert into finops.recommendation (organization_id, id, workspace_id, account_id, rule_id, resource_id, native_id,
       provider, category, region, name, resource, status, priority, monthly, currency, monthly_converted,
       counted_monthly, claims, confidence, effort, restart, undo_class, finding, action, fingerprint, first_seen_at,
       last_seen_at, search)
     select $1, (row ->> 'id')::uuid, $2, $3, 'bench', (row ->> 'resource')::uuid, row -> 'ref' ->> 'nativeId', 'aws',
       'idle', $5, row -> 'ref' ->> 'id',
       (row -> 'ref') || jsonb_build_object('name', row -> 'ref' ->> 'id', 'state', 'running', 'tags', '{}'::jsonb),
       'open', 'high', 60, 'USD', 60, 60, 'all', 'high', 'low', false, 'R', '{}',
       '{"kind": "operations", "operations": [{"operation": "stop", "parameters": {}}]}', $6, now(), now(), ''
     from jsonb_array_elements($4::jsonb) as row`,
    [
      place.organizationId,
      place.workspaceId,
      place.accountId,
      JSON.stringify(rows),
      region,
      JSON.stringify({ state: 'running', size: { sku: 'm5.large', cpus: 2, memoryGiB: 8 }, attachments: [] }),
    ],
  );
  return rows.map(({ id }) => id);
}

async function counted(sql: pg.Client, status: string, wanted: number): Promise<void> {
  for (;;) {
    const { rows } = await sql.query(
      `select count(*) filter (where status = $1)::int as done,
         count(*) filter (where status in ('failed', 'needs_attention'))::int as lost, max(message) as why from finops.action`,
      [status],
    );
    if (rows[0].lost > 0) throw new Error(`${rows[0].lost} actions failed: ${rows[0].why}`);
    if (rows[0].done >= wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

try {
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const simulator = await startSimulator({ scenario: 'empty', transitionScale: 0 });
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
  const organizationId = await tenancy.createOrganization({
    ownerUserId: user.id,
    name: 'Bench',
    slug: 'bench',
    plan: 'enterprise',
  });
  const workspaceId = await tenancy.createWorkspace(organizationId, { name: 'Main', slug: 'main' });
  await application.close();

  const api = await startServer(env);
  let cookie = '';
  // oxlint-disable-next-line no-explicit-any -- answers of every shape
  const post = async (route: string, body?: unknown): Promise<any> => {
    const response = await fetch(`${api}${route}`, {
      method: 'POST',
      headers: {
        'x-atlas-csrf': '1',
        cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    const set = response.headers.getSetCookie();
    if (set.length > 0) cookie = set.map((value) => value.split(';')[0]).join('; ');
    return response.json();
  };
  await post('/auth/sign-in', { email, password });
  const key = simulator.control.report?.keys.find(({ label }) => label === 'admin');
  const base = '/orgs/bench/workspaces/main';
  const account = await post(`${base}/accounts`, {
    provider: 'aws',
    endpoint: 'simulator',
    name: 'Account',
    credentials: {
      method: 'keys',
      values: { accessKeyId: key?.accessKeyId, secretAccessKey: key?.secretAccessKey },
    },
    // Without the inventory: a synchronisation would be measured too.
    features: ['operate'],
  });
  const database = new URL(postgres.adminUrl);
  database.pathname = '/bench';
  const sql = new pg.Client({ connectionString: database.href });
  await sql.connect();

  const plainRefs = plantInstances(simulator, total);
  const refs = plantInstances(simulator, total);
  const ids = await recommend(sql, { organizationId, workspaceId, accountId: account.id }, refs);

  const { requests } = simulator.control;
  requests.clear();
  const plain = await plainly(simulator, plainRefs);
  const plainCalls = requests.total;

  requests.clear();
  const began = performance.now();
  const actionIds: string[] = [];
  for (let n = 0; n < ids.length; n += 200) {
    const { started, skipped } = await post(`${base}/finops/bulk/apply`, {
      recommendationIds: ids.slice(n, n + 200),
      idempotencyKey: newId(),
      maxActions: 200,
    });
    if (skipped.length > 0) throw new Error(JSON.stringify(skipped[0]));
    for (const { actionId } of started) actionIds.push(actionId);
  }
  const accepted = (performance.now() - began) / 1000;
  await counted(sql, 'applied', total);
  const applied = (performance.now() - began) / 1000;
  const undoBegan = performance.now();
  for (const actionId of actionIds) await post(`${base}/finops/actions/${actionId}/undo`);
  await counted(sql, 'undone', total);
  const undone = (performance.now() - undoBegan) / 1000;
  const calls = requests.total;
  await sql.end();

  const row = (what: string, product: number, alone: number): string =>
    `| ${what} | ${(total / product).toFixed(1)} /s | ${(total / alone).toFixed(1)} /s | ${(alone / product).toFixed(2)} |`;
  const text = `# Savings actions

${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${load} before the start, Node ${process.version}. One server process, PostgreSQL and the bundled cloud on the same machine; ${lanes} actions at once on both sides. \`npm run bench -- actions\`.

${total} instances are stopped, then started again by undo. The plain program orders through the same adapter and looks until the order shows. The product also checks that nothing changed since the scan, writes down the way back before each call, verifies the effect after it, brings the inventory up to date, and keeps audit, events and timeline.

| | product | plain | ratio |
| -- | --: | --: | --: |
${row('apply', applied, plain[0])}
${row('undo', undone, plain[1])}

Bulk of ${total} accepted in ${accepted.toFixed(1)} s. Requests to the provider per action, both ways: product ${(calls / total).toFixed(1)}, plain ${(plainCalls / total).toFixed(1)}.
`;
  console.log(text);
  await writeFile(path.join(import.meta.dirname, 'RESULTS.md'), text);
} catch (error) {
  // The exit below would swallow it.
  console.error(error);
  process.exitCode = 1;
} finally {
  server?.removeAllListeners('exit');
  server?.kill('SIGKILL');
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
  process.exit();
}
