import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Connection } from '../src/contract.ts';
import type { FieldValues } from '../src/fields.ts';
import { gcp } from '../src/gcp/provider.ts';
import { failure, listAll, QUICK, serviceAccountOf } from './support.ts';

let simulator: Simulator;
let connection: Connection;
const REGION = 'southamerica-east1';
const VM = 'gcp.compute.instance';
const BUCKET = 'gcp.storage.bucket';
const SQL = 'gcp.sql.instance';
const FUNCTION = 'gcp.functions.function';
const NETWORK = 'gcp.compute.network';

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
});
beforeEach(() => {
  simulator.control.loadScenario('demo');
  connection = gcp.connect(serviceAccountOf(simulator, 'gcp-admin'), {
    endpoint: simulator.google.url,
    limits: QUICK,
  });
});
afterEach(() => {
  connection.close();
  simulator.control.faults.clear();
});
afterAll(() => simulator.close());

const order = (creatable: string, input: FieldValues, clientToken: string) => ({
  creatable,
  region: REGION,
  input,
  clientToken,
});
async function pick(creatable: string, field: string, input: FieldValues = {}): Promise<string[]> {
  const options = await connection.options({ creatable, field, region: REGION, input });
  expect(options.length, `choices of ${field}`).toBeGreaterThan(0);
  return options.map(({ value }) => value);
}
const calls = (operation: string): number =>
  simulator.control.requests.list().filter((r) => r.operation === operation && r.status < 400).length;
const lostAnswer = (action: string): void =>
  void simulator.control.addFault({
    effect: { kind: 'reset-after-work' },
    target: { actions: [action] },
    times: 1,
  });
const project = () => {
  const [found] = simulator.control.world.projects.values();
  if (!found) throw new Error('the demo has a project');
  return found;
};

/** An archive with nothing in it but its first header: what is looked at. */
const ZIP = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]).toString('base64');

async function vmInput(more: FieldValues = {}): Promise<FieldValues> {
  return {
    name: 'made-here',
    zone: `${REGION}-a`,
    machineType: 'e2-standard-2',
    image: 'projects/debian-cloud/global/images/family/debian-13',
    diskGiB: 20,
    subnetwork: (await pick(VM, 'subnetwork'))[0] ?? '',
    externalAddress: true,
    sshKey: 'ana:ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample ana@example.org',
    labels: { env: 'test' },
    ...more,
  };
}

describe('a VM instance', () => {
  test('its pickers offer what the region, the zone and the account have', async () => {
    expect(await pick(VM, 'zone')).toEqual(['a', 'b', 'c'].map((letter) => `${REGION}-${letter}`));
    const types = await pick(VM, 'machineType', { zone: `${REGION}-a` });
    expect(types).toEqual(expect.arrayContaining(['e2-micro', 'n2-standard-4']));
    const images = await pick(VM, 'image');
    expect(images).toContain('projects/aurora-digital-prod/global/images/golden-2026');
    expect(images.filter((one) => one.includes('debian-cloud'))).toEqual([
      'projects/debian-cloud/global/images/family/debian-12',
      'projects/debian-cloud/global/images/family/debian-13',
    ]);
    expect(await pick(VM, 'subnetwork')).toEqual([
      `projects/aurora-digital-prod/regions/${REGION}/subnetworks/apps-${REGION}`,
    ]);
  });

  test('is made once per order with all that was asked for, though an answer is lost', async () => {
    const request = order(VM, await vmInput(), 'gcp-order-vm-001');
    expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'no' });
    lostAnswer('compute.instances.create');
    const seen: string[] = [];
    const made = await connection.create({ ...request, onCreated: ({ id }) => void seen.push(id) });
    expect(made).toMatchObject({
      status: 'created',
      resources: [{ id: 'made-here' }, { type: 'gcp.compute.disk' }],
    });
    expect(seen).toEqual(['made-here', 'made-here']);
    expect(await connection.create(request)).toMatchObject({ status: 'existing', resources: made.resources });
    expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'yes' });
    expect(
      project()
        .of('compute.instances')
        .filter(({ name }) => name === 'made-here'),
    ).toHaveLength(1);
    const [vm, disk] = await Promise.all(made.resources.map((one) => connection.inspect(one)));
    expect(vm).toMatchObject({
      state: 'running',
      region: REGION,
      zone: `${REGION}-a`,
      size: { sku: 'e2-standard-2', cpus: 2 },
      tags: { env: 'test' },
      attributes: { metadata: { items: [{ key: 'ssh-keys' }] } },
    });
    expect(vm?.attributes['networkInterfaces']).toMatchObject([
      { accessConfigs: [{ natIP: expect.anything() }] },
    ]);
    expect(disk).toMatchObject({ state: 'in_use', size: { sku: 'pd-balanced', storageGiB: 20 } });
    const { resources } = await listAll(connection, { service: 'compute', region: 'global' });
    expect(resources.filter(({ name }) => name === 'made-here')).toHaveLength(2);
  });

  test('a name that is taken, a machine type that does not exist and no room are told, and nothing is made', async () => {
    const before = project().objects.size;
    const taken = await failure(
      connection.create(order(VM, await vmInput({ name: 'web-1' }), 'gcp-order-vm-002')),
    );
    expect(taken.problem).toMatchObject({ kind: 'already_exists', fields: [{ field: 'name' }] });
    expect(
      await connection.reconcileCreate(order(VM, await vmInput({ name: 'web-1' }), 'gcp-order-vm-002')),
    ).toMatchObject({ happened: 'no' });
    const odd = await failure(
      connection.create(order(VM, await vmInput({ machineType: 'z9-standard-2' }), 'gcp-order-vm-003')),
    );
    expect(odd.kind).toBe('invalid_input');
    simulator.control.addFault({
      effect: { kind: 'operation-fails', code: 'ZONE_RESOURCE_POOL_EXHAUSTED', message: 'no room' },
      times: 1,
    });
    const full = await failure(connection.create(order(VM, await vmInput(), 'gcp-order-vm-004')));
    expect(full.kind).toBe('capacity');
    expect(project().objects.size).toBe(before);
    expect(calls('compute.instances.create')).toBe(1);
  });

  test('values that no service would take are refused before anything is sent', async () => {
    for (const [wrong, field] of [
      [{ name: 'Upper' }, 'name'],
      [{ sshKey: 'not a key' }, 'sshKey'],
      [{ labels: { Upper: 'x' } }, 'labels'],
      [{ diskGiB: 5 }, 'diskGiB'],
      [{ subnetwork: '../../etc' }, 'subnetwork'],
      [{ zone: '../../other-project/zones/z' }, 'zone'],
    ] as const) {
      const error = await failure(connection.create(order(VM, await vmInput(wrong), 'gcp-order-vm-005')));
      expect(error.problem).toMatchObject({ kind: 'invalid_input', fields: [{ field }] });
    }
    const elsewhere = { ...order(VM, await vmInput(), 'gcp-order-vm-005'), region: '../../other' };
    expect((await failure(connection.create(elsewhere))).problem).toMatchObject({
      kind: 'invalid_input',
      fields: [{ field: 'region' }],
    });
    expect(calls('compute.instances.create')).toBe(0);
  });

  test('is estimated by its parts', async () => {
    const estimate = await connection.estimate({ creatable: VM, region: REGION, input: await vmInput() });
    expect(estimate.items.map(({ unit }) => unit)).toEqual(['hour', 'gib-month', 'hour']);
    expect(Number(estimate.monthly?.amount)).toBeGreaterThan(50);
  });
});

describe('a bucket', () => {
  const input = {
    bucketName: 'aurora-made-here',
    storageClass: 'NEARLINE',
    versioning: true,
    labels: { env: 'test' },
  };

  test('is made once per order with its settings, though an answer is lost', async () => {
    const request = order(BUCKET, input, 'gcp-order-bucket-1');
    lostAnswer('storage.buckets.create');
    const made = await connection.create(request);
    expect(made.status).toBe('created');
    expect(await connection.create(request)).toMatchObject({ status: 'existing' });
    const [ref] = made.resources;
    if (!ref) throw new Error('no bucket');
    expect(await connection.inspect(ref)).toMatchObject({
      region: REGION,
      tags: { env: 'test' },
      size: { sku: 'NEARLINE' },
      attributes: {
        versioning: { enabled: true },
        iamConfiguration: {
          uniformBucketLevelAccess: { enabled: true },
          publicAccessPrevention: 'enforced',
        },
      },
    });
    expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'yes' });
  });

  test('a name that is taken is told, whoever has it', async () => {
    for (const bucketName of ['aurora-digital-logs', 'public-files']) {
      const request = order(BUCKET, { ...input, bucketName }, 'gcp-order-bucket-2');
      const error = await failure(connection.create(request));
      expect(error.problem, bucketName).toMatchObject({
        kind: 'already_exists',
        fields: [{ field: 'bucketName' }],
      });
      expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'no' });
    }
  });

  test('a multi-region is its place', async () => {
    const made = await connection.create(order(BUCKET, { ...input, location: 'EU' }, 'gcp-order-bucket-3'));
    expect(made.resources[0]?.region).toBe('eu');
  });
});

describe('a Cloud SQL instance', () => {
  const input = {
    instanceName: 'made-db',
    engineVersion: 'POSTGRES_17',
    tier: 'db-custom-2-7680',
    storageGiB: 50,
    availability: 'REGIONAL',
    rootPassword: 'a-very-long-secret',
    labels: { env: 'test' },
  };

  test('is made once per order, and its password is nowhere', async () => {
    const request = order(SQL, input, 'gcp-order-sql-001');
    lostAnswer('cloudsql.instances.create');
    const made = await connection.create(request);
    const [ref] = made.resources;
    if (!ref) throw new Error('no instance');
    expect(await connection.create(request)).toMatchObject({ status: 'existing' });
    const seen = await connection.waitFor({ resource: ref, states: ['running'], timeoutMs: 60_000 });
    expect(seen).toMatchObject({
      tags: { env: 'test' },
      size: { sku: 'db-custom-2-7680', storageGiB: 50 },
      attributes: { settings: { availabilityType: 'REGIONAL', deletionProtectionEnabled: true } },
    });
    expect(JSON.stringify(seen)).not.toContain(input.rootPassword);
    expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'yes' });
  });

  test('a provider message never carries the password, and a failed creation is seen in its state', async () => {
    simulator.control.addFault({
      effect: {
        kind: 'error',
        code: 'invalid',
        status: 400,
        message: `password ${input.rootPassword} is weak`,
      },
      target: { actions: ['cloudsql.instances.create'] },
      times: 1,
    });
    const error = await failure(connection.create(order(SQL, input, 'gcp-order-sql-002')));
    expect(error.problem.message).not.toContain(input.rootPassword);
    simulator.control.addFault({ effect: { kind: 'operation-fails', code: 'INTERNAL_ERROR' }, times: 1 });
    const made = await connection.create(order(SQL, input, 'gcp-order-sql-003'));
    const [resource] = made.resources;
    if (!resource) throw new Error('no instance');
    const failed = await failure(connection.waitFor({ resource, states: ['running'], timeoutMs: 60_000 }));
    expect(failed.kind).toBe('conflict_state');
  });

  test('fields that depend on each other are checked; the price doubles with a standby', async () => {
    const wrong = { ...input, publicAddress: false, backups: false };
    const error = await failure(connection.create(order(SQL, wrong, 'gcp-order-sql-004')));
    expect(error.problem.fields?.map(({ field }) => field)).toEqual(['network']);
    const priceOf = async (availability: string) => {
      const estimate = await connection.estimate({
        creatable: SQL,
        region: REGION,
        input: { ...input, availability },
      });
      return Number(estimate.monthly?.amount);
    };
    expect(await priceOf('REGIONAL')).toBeCloseTo(2 * (await priceOf('ZONAL')), 2);
  });
});

describe('a function', () => {
  const input = {
    functionName: 'made-function',
    runtime: 'nodejs24',
    entryPoint: 'handler',
    code: ZIP,
    environment: { API_TOKEN: 'value-that-is-secret' },
    labels: { env: 'test' },
  };

  test('its code is uploaded, and it is made once per order', async () => {
    expect(await pick(FUNCTION, 'runtime')).not.toContain('python39');
    const request = order(FUNCTION, input, 'gcp-order-fn-0001');
    lostAnswer('cloudfunctions.functions.create');
    const made = await connection.create(request);
    const [ref] = made.resources;
    if (!ref) throw new Error('no function');
    expect(await connection.create(request)).toMatchObject({ status: 'existing' });
    const seen = await connection.waitFor({ resource: ref, states: ['active'], timeoutMs: 60_000 });
    expect(seen).toMatchObject({ size: { sku: 'nodejs24', memoryGiB: 0.25 }, tags: { env: 'test' } });
    expect(JSON.stringify(seen)).not.toContain('value-that-is-secret');
    expect([...project().uploads.values()].filter(({ zip }) => zip === true)).toHaveLength(1);
  });

  test('a build that fails is told with what it left', async () => {
    simulator.control.addFault({
      effect: { kind: 'operation-fails', code: '3', message: 'package.json is missing' },
      times: 1,
    });
    const error = await failure(connection.create(order(FUNCTION, input, 'gcp-order-fn-0002')));
    expect(error.problem.message).toContain('package.json is missing');
    expect(error.leftovers).toMatchObject([{ id: 'made-function' }]);
  });

  test('what is no archive is refused before anything is sent', async () => {
    const code = Buffer.from('console.log(1)').toString('base64');
    const error = await failure(connection.create(order(FUNCTION, { ...input, code }, 'gcp-order-fn-0003')));
    expect(error.problem.fields).toMatchObject([{ field: 'code' }]);
    expect(calls('cloudfunctions.functions.sourceCodeSet')).toBe(0);
  });
});

describe('a VPC network', () => {
  const input = { name: 'made-net', subnetName: 'made-subnet', cidr: '10.200.0.0/20', allowIapSsh: true };

  test('is made step by step, once per order', async () => {
    const request = order(NETWORK, input, 'gcp-order-net-001');
    const made = await connection.create(request);
    expect(made.resources.map(({ type, id }) => `${type} ${id}`)).toEqual([
      'gcp.compute.network made-net',
      'gcp.compute.subnetwork made-subnet',
      'gcp.compute.firewall made-net-internal',
      'gcp.compute.firewall made-net-iap-ssh',
    ]);
    expect(await connection.create(request)).toEqual({ status: 'existing', resources: made.resources });
    expect(await connection.reconcileCreate(request)).toMatchObject({
      happened: 'yes',
      resources: made.resources,
    });
    const [, subnet] = made.resources;
    if (!subnet) throw new Error('no subnet');
    expect(await connection.inspect(subnet)).toMatchObject({ stateRaw: '10.200.0.0/20', region: REGION });
  });

  test('a step that fails names what exists, the last one first; asked again it goes on', async () => {
    simulator.control.addFault({
      effect: { kind: 'error', code: 'backendError', status: 503, message: 'later' },
      target: { actions: ['compute.firewalls.create'] },
    });
    const request = order(NETWORK, input, 'gcp-order-net-002');
    const error = await failure(connection.create(request));
    expect(error.kind).toBe('unavailable');
    expect(error.leftovers?.map(({ id }) => id)).toEqual(['made-subnet', 'made-net']);
    simulator.control.faults.clear();
    expect((await connection.create(request)).resources).toHaveLength(4);
    expect(calls('compute.networks.create')).toBe(1);
  });

  test('blocks that overlap, lie outside or are none are told', async () => {
    for (const cidr of ['8.8.8.0/24', '10.0.0.1/20', '10.0.0.0/30']) {
      const error = await failure(connection.create(order(NETWORK, { ...input, cidr }, 'gcp-order-net-003')));
      expect(error.problem.fields, cidr).toMatchObject([{ field: 'cidr' }]);
    }
    const error = await failure(
      connection.create(order(NETWORK, { ...input, name: 'aurora-vpc' }, 'gcp-order-net-004')),
    );
    expect(error.kind).toBe('already_exists');
  });
});

test('a missing permission is named', async () => {
  const account = [...simulator.control.world.serviceAccounts.values()].find((one) =>
    one.email.startsWith('gcp-admin'),
  );
  if (!account) throw new Error('no account');
  account.denied = ['storage.buckets.create'];
  const error = await failure(
    connection.create(order(BUCKET, { bucketName: 'aurora-not-allowed' }, 'gcp-order-denied')),
  );
  expect(error.problem).toMatchObject({ kind: 'denied', action: 'storage.buckets.create' });
});
