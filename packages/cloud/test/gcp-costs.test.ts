import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Connection } from '../src/contract.ts';
import { sum } from '../src/decimal.ts';
import { billedId } from '../src/gcp/costs.ts';
import { gcp } from '../src/gcp/provider.ts';
import { failure, listAll, QUICK, serviceAccountOf } from './support.ts';

let simulator: Simulator;
let connection: Connection;
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
});
beforeEach(() => {
  connection = connect();
});
afterEach(() => connection.close());
afterAll(() => simulator.close());

function connect(change: (table: string) => string = (table) => table): Connection {
  const { method, values } = serviceAccountOf(simulator, 'gcp-admin');
  return gcp.connect(
    { method, values: { ...values, billingTable: change(values['billingTable'] ?? '') } },
    { endpoint: simulator.google.url, limits: QUICK },
  );
}
const day = (offset: number): string =>
  new Date(simulator.control.world.clock.now() + offset * 86_400_000).toISOString().slice(0, 10);

test('the detailed export tells what each resource of the inventory costs, and adds up to the whole', async () => {
  expect(connection.costGroups).toEqual(['service', 'region', 'resource']);
  const span = { from: day(-9), to: day(-2), granularity: 'daily' } as const;
  const groupBy = (connection.costGroups ?? []).map((by) => ({ by }) as const);
  const { rows } = await connection.costs({ ...span, groupBy });
  const known = new Map<string, string>();
  for (const { id } of connection.services)
    for (const { nativeId, type } of (await listAll(connection, { service: id, region: 'global' })).resources)
      known.set(nativeId, type);
  const strangers = rows.filter(({ keys }) => !known.has(keys[2] ?? '')).map(({ keys }) => keys[2]);
  expect([...new Set(strangers)]).toEqual([]);
  const billed = new Set(rows.map(({ keys }) => known.get(keys[2] ?? '')));
  expect([...billed]).toEqual(
    expect.arrayContaining([
      'gcp.compute.address',
      'gcp.compute.disk',
      'gcp.compute.instance',
      'gcp.functions.function',
      'gcp.gke.cluster',
      'gcp.sql.instance',
      'gcp.storage.bucket',
    ]),
  );
  const whole = await connection.costs({ ...span, groupBy: [] });
  expect(sum(rows.map(({ amount }) => amount))).toBe(sum(whole.rows.map(({ amount }) => amount)));
});

test('the standard export tells sums, and that resources are elsewhere', async () => {
  const other = connect((table) => table.replace('_resource_v1_', '_v1_'));
  expect(other.costGroups).toEqual(['service', 'region']);
  const span = { from: day(-9), to: day(-2), granularity: 'daily' } as const;
  expect((await other.costs({ ...span, groupBy: [{ by: 'service' }] })).rows.length).toBeGreaterThan(20);
  const error = await failure(other.costs({ ...span, groupBy: [{ by: 'resource' }] }));
  expect(error.kind).toBe('not_enabled');
  other.close();
});

test.each([
  [
    '//compute.googleapis.com/projects/8410/zones/us-central1-a/instances/70231',
    'web-1',
    '//compute.googleapis.com/projects/aurora/zones/us-central1-a/instances/web-1',
  ],
  [
    '//compute.googleapis.com/projects/8410/zones/us-central1-a/disk/70231',
    'projects/8410/zones/us-central1-a/disks/data',
    '//compute.googleapis.com/projects/aurora/zones/us-central1-a/disks/data',
  ],
  [
    '//compute.googleapis.com/projects/8410/global/snapshots/123',
    'old-copy',
    '//compute.googleapis.com/projects/aurora/global/snapshots/old-copy',
  ],
  ['//storage.googleapis.com/projects/_/buckets/logs', 'logs', '//storage.googleapis.com/logs'],
  [
    '//cloudsql.googleapis.com/projects/aurora/instances/db',
    'db',
    '//cloudsql.googleapis.com/projects/aurora/instances/db',
  ],
  ['//spanner.googleapis.com/odd', 'odd', '//spanner.googleapis.com/odd'],
  [null, 'only-a-name', 'only-a-name'],
  [null, null, null],
])('%s named %s is %s', (globalName, name, id) => {
  expect(billedId(globalName, name, 'aurora')).toBe(id);
});
