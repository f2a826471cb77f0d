/**
 * Throughput of savings actions: stopping so many instances through the product (check, journal, call, verification,
 * audit, events, inventory), and taking all of it back, against a plain program that makes the same orders through the
 * same adapter and looks until they show. `node bench/actions/run.ts [actions, default 200]`. One server process of all
 * roles; it, the bundled cloud, PostgreSQL and this program share the machine.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { newId } from '../../apps/server/src/platform/ids/ids.ts';
import { aws } from '../../packages/cloud/src/aws/provider.ts';
import type { ResourceRef } from '../../packages/cloud/src/resource.ts';
import { addInstance, becomeRunning } from '../../packages/simulator/src/aws/services/ec2/instance-model.ts';
import { ec2Store } from '../../packages/simulator/src/aws/services/ec2/store.ts';
import { EMPTY_ACCOUNT } from '../../packages/simulator/src/scenarios/empty.ts';
import type { ScenarioKey } from '../../packages/simulator/src/scenarios/scenarios.ts';
import { startSimulator } from '../../packages/simulator/src/server.ts';
import { Client, connectAws, endAll, prepare, startServer } from '../lib/product.ts';

const total = Number(process.argv[2] ?? 200);
/** As many workflows at once as one server process runs. */
const lanes = 10;
const home = await mkdtemp(path.join(tmpdir(), 'bench-actions-'));
const region = 'us-east-1';

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

function adminKey(simulator: Simulator): ScenarioKey | undefined {
  return simulator.control.report?.keys.find(({ label }) => label === 'admin');
}

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
  const key = adminKey(simulator);
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
  const { databaseUrl, env, organizations } = await prepare(home, ['bench'], `simulator=${simulator.url}`);
  const place = organizations.get('bench');
  if (place === undefined) throw new Error('the organization is missing');
  const server = await startServer({ ...env, LOG_LEVEL: 'fatal' });
  const client = await Client.signIn(server.url);
  const base = '/orgs/bench/workspaces/main';
  const account = await connectAws(client, base, {
    name: 'Account',
    key: adminKey(simulator),
    // Without the inventory: a synchronisation would be measured too.
    features: ['operate'],
  });
  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();

  const plainRefs = plantInstances(simulator, total);
  const refs = plantInstances(simulator, total);
  const ids = await recommend(sql, { ...place, accountId: account.id }, refs);

  const { requests } = simulator.control;
  requests.clear();
  const plain = await plainly(simulator, plainRefs);
  const plainCalls = requests.total;

  requests.clear();
  const began = performance.now();
  const actionIds: string[] = [];
  for (let n = 0; n < ids.length; n += 200) {
    const { started, skipped } = await client.call('POST', `${base}/finops/bulk/apply`, {
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
  for (const actionId of actionIds) await client.call('POST', `${base}/finops/actions/${actionId}/undo`);
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
  if (total >= 200) await writeFile(path.join(import.meta.dirname, 'RESULTS.md'), text);
} catch (error) {
  // The exit below would swallow it.
  console.error(error);
  process.exitCode = 1;
} finally {
  endAll();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
  process.exit();
}
