import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Connection, ConnectOptions } from '../src/contract.ts';
import type { FieldValues } from '../src/fields.ts';
import { gcp } from '../src/gcp/provider.ts';
import { machineSize } from '../src/gcp/sizes.ts';
import type { Resource, ResourceState } from '../src/resource.ts';
import { failure, listAll, QUICK, serviceAccountOf } from './support.ts';

let simulator: Simulator;
const opened: Connection[] = [];

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
});
beforeEach(() => simulator.control.loadScenario('demo'));
afterAll(async () => {
  for (const connection of opened) connection.close();
  await simulator.close();
});

function connect(label = 'gcp-admin', options: ConnectOptions = {}): Connection {
  const connection = gcp.connect(serviceAccountOf(simulator, label), {
    endpoint: simulator.google.url,
    ...options,
    limits: { ...QUICK, ...options.limits },
  });
  opened.push(connection);
  return connection;
}

const project = () => {
  const [found] = simulator.control.world.projects.values();
  if (!found) throw new Error('the demo has a project');
  return found;
};
const account = (label = 'gcp-admin') => {
  const found = [...simulator.control.world.serviceAccounts.values()].find((one) =>
    one.email.startsWith(label),
  );
  if (!found) throw new Error(`no ${label}`);
  return found;
};
const all = async (connection: Connection, service: string): Promise<readonly Resource[]> =>
  (await listAll(connection, { service, region: 'global' })).resources;
const named = async (connection: Connection, type: string, name: string): Promise<Resource> => {
  const service = connection.services.find((one) => one.resourceTypes.some(({ id }) => id === type));
  const found = (await all(connection, service?.id ?? '')).find(
    (one) => one.type === type && one.name === name,
  );
  if (!found) throw new Error(`no ${name}`);
  return found;
};
let token = 0;
const order = (
  { type, nativeId, id, region }: Resource,
  operation: string,
  parameters: FieldValues = {},
) => ({
  operation,
  resource: { type, nativeId, id, region },
  parameters,
  clientToken: `gcp-test-${String((token += 1)).padStart(6, '0')}`,
});
const settled = (connection: Connection, resource: Resource, states: readonly ResourceState[]) =>
  connection.waitFor({ resource, states, timeoutMs: 60_000 });

const VM = 'gcp.compute.instance';
const DISK = 'gcp.compute.disk';

describe('operations', () => {
  test('a machine is stopped, resized and started, and the undos bring it back', async () => {
    const connection = connect();
    const vm = await named(connection, VM, 'feed-exporter');
    expect(vm.size).toMatchObject({ sku: 'n2-standard-8', cpus: 8, memoryGiB: 32 });
    expect((await failure(connection.operate(order(vm, 'resize', { size: 'n2-standard-2' })))).kind).toBe(
      'conflict_state',
    );
    const stopped = await connection.operate(order(vm, 'stop'));
    expect(stopped).toMatchObject({ status: 'accepted', undo: { operation: 'start' } });
    expect((await settled(connection, vm, ['stopped']))?.stateRaw).toBe('TERMINATED');
    expect((await connection.operate(order(vm, 'stop'))).status).toBe('already');
    const resized = await connection.operate(order(vm, 'resize', { size: 'n2-standard-2' }));
    expect(resized.undo).toEqual({ operation: 'resize', parameters: { size: 'n2-standard-8' } });
    expect((await connection.inspect(vm)).size).toMatchObject({ sku: 'n2-standard-2', cpus: 2 });
    await connection.operate(order(vm, 'resize', { size: 'n2-standard-8' }));
    await connection.operate(order(vm, 'start'));
    expect((await settled(connection, vm, ['running']))?.size).toEqual(vm.size);
    expect((await connection.operate(order(vm, 'restart'))).status).toBe('accepted');
  });

  test('a disk is kept as a snapshot, deleted, and restored from it as it was', async () => {
    const connection = connect();
    const disk = await named(connection, DISK, 'import-2024');
    const request = order(disk, 'snapshot');
    const made = await connection.operate(request);
    const [snapshot] = made.created;
    expect(snapshot?.type).toBe('gcp.compute.snapshot');
    expect(await connection.operate(request)).toMatchObject({ status: 'already', created: made.created });
    // Engines give the snapshot by its id, people by its full name.
    const byName = await connection.rehearse(order(disk, 'delete', { snapshotId: snapshot?.id ?? '' }));
    const gone = await connection.operate(order(disk, 'delete', { snapshotId: snapshot?.nativeId ?? '' }));
    expect(byName.undo).toEqual(gone.undo);
    expect((await failure(connection.inspect(disk))).kind).toBe('not_found');
    await connection.operate(order(disk, 'restore', gone.undo?.parameters ?? {}));
    const back = await settled(connection, disk, ['available']);
    expect(back).toMatchObject({ nativeId: disk.nativeId, size: disk.size ?? {}, tags: disk.tags });
  });

  test('a snapshot of a chosen name is made once per order, and one of that name is not taken for it', async () => {
    const connection = connect();
    const disk = await named(connection, DISK, 'ml-scratch');
    const request = order(disk, 'snapshot', { name: 'by-hand' });
    expect((await connection.operate(request)).status).toBe('accepted');
    expect((await connection.operate(request)).status).toBe('already');
    const other = order(disk, 'snapshot', { name: 'by-hand' });
    expect((await failure(connection.operate(other))).kind).toBe('already_exists');
    expect(await connection.reconcileOperation(other)).toMatchObject({ happened: 'no' });
  });

  test('a disk is detached, and attached again as it was', async () => {
    const connection = connect();
    const disk = await named(connection, DISK, 'web-1-data');
    const vm = await named(connection, VM, 'web-1');
    const detached = await connection.operate(order(disk, 'detach'));
    expect((await connection.inspect(disk)).state).toBe('available');
    expect((await connection.inspect(vm)).relations).not.toEqual(vm.relations);
    await connection.operate(order(disk, 'attach', detached.undo?.parameters ?? {}));
    expect((await connection.inspect(disk)).relations).toEqual(disk.relations);
    const entry = (one: Resource) => (one.attributes['disks'] as Record<string, unknown>[])[1];
    expect(entry(await connection.inspect(vm))).toEqual(entry(vm));
  });

  test('databases, buckets and clusters change and change back', async () => {
    const connection = connect();
    const rule = { action: { type: 'SetStorageClass', storageClass: 'NEARLINE' }, condition: { age: 30 } };
    const changes: readonly (readonly [string, string, string, FieldValues])[] = [
      ['gcp.sql.instance', 'catalog-db', 'resize', { size: 'db-custom-2-7680' }],
      ['gcp.sql.instance', 'storefront-dev-db', 'set-availability', { availability: 'ZONAL' }],
      ['gcp.sql.instance', 'campaign-2024-db', 'stop', {}],
      ['gcp.storage.bucket', 'aurora-digital-logs', 'set-lifecycle', { configuration: { rule: [rule] } }],
      ['gcp.storage.bucket', 'aurora-digital-assets', 'set-lifecycle', { configuration: { rule: [] } }],
      ['gcp.gke.cluster', 'gke-lab', 'scale', { pool: 'default-pool', nodes: 0 }],
    ];
    for (const [type, name, operation, parameters] of changes) {
      const resource = await named(connection, type, name);
      const request = order(resource, operation, parameters);
      const rehearsed = await connection.rehearse(request);
      const done = await connection.operate(request);
      expect(done.undo, name).toEqual(rehearsed.undo);
      expect(await connection.reconcileOperation(request), name).toMatchObject({ happened: 'yes' });
      await connection.operate(order(resource, done.undo?.operation ?? '', done.undo?.parameters ?? {}));
      const back = await settled(connection, resource, [resource.state]);
      expect([back?.size, back?.attributes['lifecycle'], back?.attributes['nodePools']], name).toEqual([
        resource.size,
        resource.attributes['lifecycle'],
        resource.attributes['nodePools'],
      ]);
    }
  });

  test('labels of every kind are set and come back, new ones and changed ones', async () => {
    const connection = connect();
    const types = connection.services.flatMap((s) => s.resourceTypes.filter((t) => t.taggable));
    for (const { id } of types) {
      const service = connection.services.find((s) => s.resourceTypes.some((t) => t.id === id));
      const { resources } = await listAll(connection, {
        service: service?.id ?? '',
        region: 'global',
        types: [id],
      });
      const resource = resources.find((one) => Object.keys(one.tags).length > 0) as Resource;
      const [key = ''] = Object.keys(resource.tags);
      const done = await connection.operate(order(resource, 'tag', { tags: { [key]: 'other', fresh: '1' } }));
      const changed = { ...resource.tags, [key]: 'other', fresh: '1' };
      expect((await connection.inspect(resource)).tags, id).toEqual(changed);
      await connection.operate(order(resource, done.undo?.operation ?? '', done.undo?.parameters ?? {}));
      expect((await connection.inspect(resource)).tags, id).toEqual(resource.tags);
      const gone = await connection.operate(order(resource, 'untag', { keys: [key] }));
      expect((await connection.inspect(resource)).tags, id).not.toHaveProperty(key);
      await connection.operate(order(resource, gone.undo?.operation ?? '', gone.undo?.parameters ?? {}));
      expect((await connection.inspect(resource)).tags, id).toEqual(resource.tags);
    }
    const disk = await named(connection, DISK, 'ml-scratch');
    const upper = await failure(connection.operate(order(disk, 'tag', { tags: { Upper: 'x' } })));
    expect(upper.problem).toMatchObject({ kind: 'invalid_input', fields: [{ field: 'tags' }] });
  });

  test('labels that somebody else changed in between are read again', async () => {
    const connection = connect();
    const disk = await named(connection, DISK, 'web-1-data');
    simulator.control.addFault({
      effect: { kind: 'error', code: 'conditionNotMet', status: 412, message: 'Labels fingerprint invalid' },
      target: { actions: ['compute.disks.setLabels'] },
      times: 1,
    });
    await connection.operate(order(disk, 'tag', { tags: { fresh: '1' } }));
    expect((await connection.inspect(disk)).tags).toEqual({ ...disk.tags, fresh: '1' });
  });

  test('what is used is not deleted; what is not used is', async () => {
    const connection = connect();
    const used = [
      await named(connection, DISK, 'web-2-data'),
      await named(connection, 'gcp.compute.address', 'recommender-ip'),
    ];
    for (const one of used)
      expect((await failure(connection.operate(order(one, 'delete')))).kind).toBe('conflict_state');
    const free = [
      await named(connection, 'gcp.compute.address', 'campaign-old-ip'),
      await named(connection, 'gcp.compute.snapshot', 'campaign-2023'),
      await named(connection, 'gcp.compute.image', 'golden-2023'),
      await named(connection, VM, 'poc-vision'),
    ];
    for (const one of free) {
      await connection.operate(order(one, 'delete'));
      expect((await failure(connection.inspect(one))).kind, one.name).toBe('not_found');
    }
  });

  test('an operation that fails after HTTP 200 is told where its end is waited for, and changes nothing', async () => {
    const connection = connect();
    const vm = await named(connection, VM, 'etl-old');
    const fault = {
      kind: 'operation-fails',
      code: 'ZONE_RESOURCE_POOL_EXHAUSTED',
      message: 'no room',
    } as const;
    simulator.control.addFault({ effect: fault, times: 1 });
    const error = await failure(connection.operate(order(vm, 'resize', { size: 'n1-standard-1' })));
    expect(error.problem).toMatchObject({ kind: 'capacity', providerCode: fault.code });
    expect(await connection.inspect(vm)).toEqual(vm);
    simulator.control.addFault({ effect: fault, times: 1 });
    const request = order(vm, 'start');
    await connection.operate(request);
    expect(await connection.reconcileOperation(request)).toMatchObject({ happened: 'no' });
  });
});

describe('faults', () => {
  test('zones out of reach leave the others listed, and the listing incomplete', async () => {
    project().unreachable.add('us-central1-b');
    const { ends, resources } = await listAll(connect(), { service: 'compute', region: 'global' });
    const end = ends.get(VM);
    expect(end).toMatchObject({
      complete: false,
      problem: { kind: 'unavailable', providerCode: 'UNREACHABLE' },
    });
    expect(end?.problem?.message).toContain('us-central1-b');
    expect(resources.map((one) => one.name)).toContain('web-1');
    expect(resources.map((one) => one.name)).not.toContain('poc-vision');
    expect(ends.get('gcp.compute.snapshot')).toMatchObject({ complete: true });
  });

  test('more than the cap is cut, and the listing told as incomplete', async () => {
    const connection = connect('gcp-admin', { limits: { maxItems: 5 } });
    const { ends, resources } = await listAll(connection, { service: 'compute', region: 'global' });
    expect(ends.get(VM)).toMatchObject({ complete: false, problem: { kind: 'truncated' } });
    expect(resources.filter((one) => one.type === VM)).toHaveLength(5);
    expect(ends.get('gcp.compute.image')).toMatchObject({ complete: true });
  });

  test('an API that is switched off is its own diagnosis, and others are unaffected', async () => {
    project().disabledApis.add('sqladmin.googleapis.com');
    const connection = connect();
    const { ends } = await listAll(connection, { service: 'sql', region: 'global' });
    expect(ends.get('gcp.sql.instance')?.problem).toMatchObject({ kind: 'not_enabled' });
    expect((await all(connection, 'storage')).length).toBeGreaterThan(0);
  });

  test('a missing permission hides one type, names itself, and leaves the others', async () => {
    account().denied = ['compute.disks.*'];
    const connection = connect();
    const { ends, resources } = await listAll(connection, { service: 'compute', region: 'global' });
    expect(ends.get(DISK)?.problem).toMatchObject({ kind: 'denied', action: 'compute.disks.list' });
    expect(resources.some((one) => one.type === VM)).toBe(true);
    const missing = (await connection.probe()).filter((finding) => finding.granted === 'no');
    expect(missing.map((finding) => finding.action)).toContain('compute.disks.list');
  });

  test('accounts that are gone, disabled or of another project are told apart from a token endpoint that is down', async () => {
    const { values } = serviceAccountOf(simulator, 'gcp-admin');
    const key = JSON.parse(values['serviceAccountKey'] ?? '{}') as Record<string, string>;
    const as = (changes: Record<string, string>, more: Record<string, string> = {}) => {
      const connection = gcp.connect(
        {
          method: 'service_account',
          values: { serviceAccountKey: JSON.stringify({ ...key, ...changes }), ...more },
        },
        { endpoint: simulator.google.url, limits: { ...QUICK, retryForMs: 100 } },
      );
      opened.push(connection);
      return connection;
    };
    const nobody = as({ client_email: 'nobody@aurora-digital-prod.iam.gserviceaccount.com' });
    expect((await failure(nobody.identity())).kind).toBe('invalid_credentials');
    expect((await failure(as({}, { projectId: 'somebody-elses' }).identity())).kind).toBe('not_found');
    account('gcp-read-only').disabled = true;
    expect((await failure(connect('gcp-read-only').identity())).kind).toBe('invalid_credentials');
    simulator.control.addFault({
      effect: { kind: 'html-error', status: 503 },
      target: { actions: ['google:Token'] },
    });
    expect((await failure(as({}).identity())).kind).toBe('unavailable');
  });

  test('a key that is none is refused before anything is sent, and not quoted', async () => {
    const { values } = serviceAccountOf(simulator, 'gcp-admin');
    const key = JSON.parse(values['serviceAccountKey'] ?? '{}') as Record<string, string>;
    const texts = [
      'not json at all '.repeat(10),
      JSON.stringify({ ...key, type: 'authorized_user' }),
      JSON.stringify({ ...key, private_key: 'a-private-thing' }),
    ];
    for (const serviceAccountKey of texts) {
      const error = await failure(
        (async () => gcp.connect({ method: 'service_account', values: { serviceAccountKey } }))(),
      );
      expect(error.problem.fields?.[0]?.field).toBe('serviceAccountKey');
      expect(JSON.stringify(error.problem)).not.toContain('a-private-thing');
    }
  });

  test("throttling for minutes is waited out with the provider's own pause", async () => {
    let now = Date.now();
    const naps: number[] = [];
    const clock = {
      now: () => now,
      sleep: async (milliseconds: number) => {
        naps.push(milliseconds);
        now += milliseconds;
      },
    };
    simulator.control.addFault({
      effect: { kind: 'throttle', retryAfterSeconds: 150 },
      target: { actions: ['storage.*'] },
      times: 1,
    });
    const connection = connect('gcp-admin', { clock, limits: { retryForMs: 900_000 } });
    expect((await all(connection, 'storage')).length).toBeGreaterThan(0);
    expect(naps.some((nap) => nap >= 150_000)).toBe(true);
  });

  test('pages of three are followed; a repeating token, HTML, a cut answer and a lost connection end in a clear state', async () => {
    simulator.control.addFault({ effect: { kind: 'partial-pages', maxItems: 3 } });
    const disks = (await all(connect(), 'compute')).filter((one) => one.type === DISK);
    expect(disks).toHaveLength(project().of('compute.disks').length);
    for (const effect of [
      { kind: 'repeat-token' },
      { kind: 'html-error', status: 502 },
      { kind: 'truncate' },
      { kind: 'reset' },
    ] as const) {
      simulator.control.faults.clear();
      simulator.control.addFault({ effect, target: { actions: ['storage.buckets.list'] } });
      const connection = connect('gcp-admin', { limits: { retryForMs: 200 } });
      const { ends } = await listAll(connection, { service: 'storage', region: 'global' });
      expect(ends.get('gcp.storage.bucket')?.problem?.kind, effect.kind).toBe('unavailable');
    }
  });
});

describe('costs and metrics', () => {
  const august = { from: '2026-08-01', to: '2026-09-01' };

  test('costs come by tag, over all pages, and by place', async () => {
    const connection = connect();
    const byTag = await connection.costs({
      ...august,
      granularity: 'monthly',
      groupBy: [{ by: 'tag', key: 'app' }],
    });
    expect(byTag.rows.map((row) => row.keys[0])).toEqual(expect.arrayContaining(['storefront', null]));
    const request = {
      ...august,
      granularity: 'daily',
      groupBy: [{ by: 'usage_type' }, { by: 'region' }],
    } as const;
    const whole = await connection.costs(request);
    expect(whole.rows.length).toBeGreaterThan(300);
    simulator.control.addFault({
      effect: { kind: 'partial-pages', maxItems: 100 },
      target: { actions: ['bigquery.*'] },
    });
    expect(await connection.costs(request)).toEqual(whole);
  });

  test('an account without a billing export says so', async () => {
    const { values } = serviceAccountOf(simulator, 'gcp-admin');
    const { billingTable: _, ...rest } = values;
    const connection = gcp.connect(
      { method: 'service_account', values: rest },
      { endpoint: simulator.google.url, limits: QUICK },
    );
    opened.push(connection);
    const question = connection.costs({ ...august, granularity: 'daily', groupBy: [] });
    expect((await failure(question)).kind).toBe('not_enabled');
  });

  test('a deleted resource costs nothing from then on, and what it cost before stays', async () => {
    const connection = connect();
    const day = (offset: number): string =>
      new Date(simulator.control.world.clock.now() + offset * 86_400_000).toISOString().slice(0, 10);
    const ask = async (from: number, to: number): Promise<number> => {
      const request = { from: day(from), to: day(to), granularity: 'monthly', groupBy: [] } as const;
      return (await connection.costs(request)).rows.reduce((sum, row) => sum + Number(row.amount), 0);
    };
    const past = await ask(-10, -2);
    const oneDay = await ask(-3, -2);
    await connection.operate(order(await named(connection, VM, 'poc-vision'), 'delete'));
    expect(await ask(-10, -2)).toBeCloseTo(past, 6);
    simulator.control.advance(3 * 86_400);
    expect(await ask(-2, -1)).toBeLessThan(oneDay - 5);
  });

  test('metrics tell busy from idle, and names in two zones apart', async () => {
    const connection = connect();
    const idle = await named(connection, VM, 'campaign-2024');
    const busy = await named(connection, VM, 'web-1');
    const disk = await named(connection, DISK, 'web-1-data');
    const to = new Date(Math.floor(simulator.control.world.clock.now() / 3_600_000) * 3_600_000);
    const from = new Date(to.getTime() - 7 * 86_400_000);
    const series = await connection.metrics({
      targets: [
        { resource: idle, metric: 'cpu_utilization', statistic: 'average' },
        { resource: busy, metric: 'cpu_utilization', statistic: 'maximum' },
        { resource: busy, metric: 'memory_used_percent', statistic: 'average' },
        { resource: disk, metric: 'read_operations', statistic: 'average' },
        {
          resource: { ...busy, nativeId: busy.nativeId.replace('east1-a', 'east1-b') },
          metric: 'cpu_utilization',
          statistic: 'maximum',
        },
      ],
      periodSeconds: 3600,
      from: from.toISOString(),
      to: to.toISOString(),
    });
    expect(series.map((one) => one.points.length)).toEqual([168, 168, 168, 168, 0]);
    expect(Math.max(...(series[0]?.points ?? []).map((p) => p.value))).toBeLessThan(5);
    expect(Math.max(...(series[1]?.points ?? []).map((p) => p.value))).toBeGreaterThan(30);
    expect(series[0]?.points[0]?.at).toBe(from.toISOString());
  });
});

test('sizes are read from their names', () => {
  expect(machineSize('n2-standard-4')).toEqual({ cpus: 4, memoryGiB: 16 });
  expect(machineSize('e2-highcpu-8')).toEqual({ cpus: 8, memoryGiB: 8 });
  expect(machineSize('n1-standard-2')).toEqual({ cpus: 2, memoryGiB: 7.5 });
  expect(machineSize('e2-custom-4-8192')).toEqual({ cpus: 4, memoryGiB: 8 });
  expect(machineSize('custom-2-4096-ext')).toEqual({ cpus: 2, memoryGiB: 4 });
  expect(machineSize('db-custom-2-7680')).toEqual({ cpus: 2, memoryGiB: 7.5 });
  expect(machineSize('e2-micro')).toEqual({ cpus: 2, memoryGiB: 1 });
  expect(machineSize('a2-highgpu-1g')).toBeUndefined();
});
