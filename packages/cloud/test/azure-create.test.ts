import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { azure } from '../src/azure/provider.ts';
import type { Connection } from '../src/contract.ts';
import type { FieldValues } from '../src/fields.ts';
import type { ResourceRef } from '../src/resource.ts';
import { applicationOf, failure, QUICK } from './support.ts';

const REGION = 'brazilsouth';
const GROUP = 'rg-analytics-dev';
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGtleWZvcnRlc3RzAAAAAAAAAAAAAAAAAAAAAAAA someone@example';
const PASSWORD = 'Correct-Horse-7-Battery';

let simulator: Simulator;
let connection: Connection;
const trusted = tls.getCACertificates('default');

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
  tls.setDefaultCACertificates([...trusted, simulator.microsoft.ca]);
  connection = azure.connect(applicationOf(simulator, 'azure-admin'), {
    endpoint: simulator.microsoft.url,
    limits: QUICK,
  });
});
afterAll(async () => {
  connection.close();
  tls.setDefaultCACertificates(trusted);
  await simulator.close();
});
afterEach(() => simulator.control.faults.clear());

const order = (creatable: string, input: FieldValues, clientToken: string, region = REGION) => ({
  creatable,
  region,
  input,
  clientToken,
});

async function pick(creatable: string, field: string, input: FieldValues = {}) {
  return connection.options({ creatable, field, region: REGION, input });
}

const subscription = () => {
  const [first] = simulator.control.world.subscriptions.values();
  if (!first) throw new Error('the scenario has no subscription');
  return first;
};

const ready = (resource: ResourceRef, creatable: string) =>
  connection.waitFor({
    resource,
    states: connection.creatables.find(({ id }) => id === creatable)?.until ?? [],
    timeoutMs: 60_000,
  });

describe('a virtual machine', () => {
  const TYPE = 'azure.compute.vm';
  const machine = async (name: string, more: FieldValues = {}): Promise<FieldValues> => ({
    name,
    resourceGroup: GROUP,
    size: 'Standard_B2s',
    subnetId: (await pick(TYPE, 'subnetId'))[0]?.value ?? '',
    publicAddress: true,
    adminUsername: 'operator',
    sshPublicKey: KEY,
    tags: { env: 'test' },
    ...more,
  });

  test('is made with its address and interface, once per order, also when the answer is lost', async () => {
    const request = order(TYPE, await machine('vm-made'), 'azure-vm-order-1');
    expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'no' });
    simulator.control.addFault({
      effect: { kind: 'reset-after-work' },
      target: { actions: ['Microsoft.Compute/virtualMachines/write'] },
      times: 1,
    });
    const told: string[] = [];
    const made = await connection.create({ ...request, onCreated: ({ id }) => void told.push(id) });
    expect(made.status).toBe('created');
    expect(told).toEqual(['vm-made-ip', 'vm-made-nic', 'vm-made']);
    expect(made.resources.map(({ id }) => id)).toEqual(['vm-made', 'vm-made-nic', 'vm-made-ip']);
    const again = await connection.create(request);
    expect(again).toEqual({ ...made, status: 'existing' });
    const found = await connection.reconcileCreate(request);
    expect(found).toMatchObject({ happened: 'yes', resources: made.resources });
    const [vm, nic, address] = made.resources as [ResourceRef, ResourceRef, ResourceRef];
    expect(await ready(vm, TYPE)).toMatchObject({
      region: REGION,
      size: { sku: 'Standard_B2s' },
      tags: { env: 'test' },
    });
    const seen = await connection.inspect(vm);
    expect(seen.relations).toContainEqual({ kind: 'uses', targetNativeId: nic.nativeId });
    expect((await connection.inspect(nic)).relations).toContainEqual({
      kind: 'uses',
      targetNativeId: address.nativeId,
    });
    expect(await connection.inspect(address)).toMatchObject({ state: 'in_use' });
    expect(
      subscription()
        .ofType('Microsoft.Compute/virtualMachines')
        .filter(({ name }) => name === 'vm-made'),
    ).toHaveLength(1);
  });

  test('that can not be had tells what was left, and another size takes it up', async () => {
    const barred = (await pick(TYPE, 'size')).find(({ disabledReason }) => disabledReason !== undefined);
    expect(barred?.disabledReason).toContain('not offered');
    const request = order(
      TYPE,
      await machine('vm-barred', { size: barred?.value ?? '' }),
      'azure-vm-order-2',
    );
    const error = await failure(connection.create(request));
    expect(error.kind).toBe('capacity');
    expect(error.leftovers.map(({ id }) => id)).toEqual(['vm-barred-nic', 'vm-barred-ip']);
    // Also what nobody was told of, since an answer was lost, can so be taken away.
    expect(await connection.reconcileCreate(request)).toMatchObject({
      happened: 'yes',
      resources: error.leftovers,
    });
    const other = { ...request, input: { ...request.input, size: 'Standard_B1s' } };
    expect(await connection.create(other)).toMatchObject({ status: 'created' });
  });

  test('beyond the quota of the region is told as quota', async () => {
    subscription().coreQuota = 1;
    try {
      const error = await failure(
        connection.create(order(TYPE, await machine('vm-many'), 'azure-vm-order-3')),
      );
      expect(error.kind).toBe('quota');
      expect(error.problem.message).toContain('Total Regional Cores quota');
    } finally {
      subscription().coreQuota = 350;
    }
  });

  test('whose interface fails to be provisioned is not begun', async () => {
    simulator.control.addFault({
      effect: { kind: 'operation-fails', code: 'InternalServerError' },
      target: { actions: ['Microsoft.Network/networkInterfaces/write'] },
      times: 1,
    });
    const request = order(TYPE, await machine('vm-nicless', { publicAddress: false }), 'azure-vm-order-4');
    const error = await failure(connection.create(request));
    expect(error.kind).toBe('conflict_state');
    expect(error.leftovers.map(({ id }) => id)).toEqual(['vm-nicless-nic']);
    expect(
      subscription().find(
        `${subscription().groupId(GROUP)}/providers/Microsoft.Compute/virtualMachines/vm-nicless`,
      ),
    ).toBeUndefined();
  });

  test('keeps its password out of every text', async () => {
    simulator.control.addFault({
      effect: { kind: 'error', code: 'InvalidParameter', message: `The password ${PASSWORD} is not liked.` },
      target: { actions: ['Microsoft.Compute/virtualMachines/write'] },
      times: 1,
    });
    const input = await machine('vm-secret', { authentication: 'password', adminPassword: PASSWORD });
    delete input['sshPublicKey'];
    const request = order(TYPE, input, 'azure-vm-order-5');
    const error = await failure(connection.create(request));
    expect(error.kind).toBe('invalid_input');
    expect(JSON.stringify([error.problem, error.stack])).not.toContain(PASSWORD);
    const made = await connection.create(request);
    expect(JSON.stringify(await connection.inspect(made.resources[0] as ResourceRef))).not.toContain(
      PASSWORD,
    );
  });

  test('is checked before anything is sent', async () => {
    const wrong = async (more: FieldValues) =>
      (await failure(connection.create(order(TYPE, await machine('vm-wrong', more), 'azure-vm-order-6'))))
        .problem.fields;
    expect(await wrong({ adminUsername: 'root' })).toMatchObject([{ field: 'adminUsername' }]);
    expect(
      await wrong({ image: 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition' }),
    ).toMatchObject([{ field: 'authentication' }]);
    expect(await wrong({ diskGiB: 8 })).toMatchObject([{ field: 'diskGiB' }]);
    expect(await wrong({ subnetId: 'not-an-id' })).toMatchObject([{ field: 'subnetId' }]);
  });

  test('is estimated from prices; Windows costs more than Linux', async () => {
    const linux = await connection.estimate({
      creatable: TYPE,
      region: REGION,
      input: await machine('x', { size: 'Standard_D2s_v5' }),
    });
    expect(linux.items.map(({ unit }) => unit)).toEqual(['hour', 'gib-month', 'hour']);
    expect(linux.monthly?.currency).toBe('USD');
    const windows = await connection.estimate({
      creatable: TYPE,
      region: REGION,
      input: await machine('x', {
        size: 'Standard_D2s_v5',
        image: 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition',
      }),
    });
    expect(Number(windows.monthly?.amount)).toBeGreaterThan(Number(linux.monthly?.amount));
  });
});

describe('what else can be made', () => {
  const cases: readonly (readonly [
    creatable: string,
    field: string,
    input: FieldValues,
    attributes: object,
  ])[] = [
    ['azure.resources.group', 'name', { name: 'rg-made' }, {}],
    [
      'azure.storage.account',
      'name',
      { name: 'madeaccount01', resourceGroup: GROUP, sku: 'Standard_ZRS', accessTier: 'Cool' },
      { kind: 'StorageV2', accessTier: 'Cool', allowBlobPublicAccess: false },
    ],
    [
      'azure.network.vnet',
      'name',
      { name: 'vnet-made', resourceGroup: GROUP, cidr: '10.60.0.0/16', subnetCount: 3 },
      { addressSpace: { addressPrefixes: ['10.60.0.0/16'] } },
    ],
    [
      'azure.sql.database',
      'serverName',
      {
        name: 'orders',
        resourceGroup: GROUP,
        serverName: 'sql-made',
        adminLogin: 'operator',
        adminPassword: PASSWORD,
        size: 'GP_S_Gen5_2',
      },
      { sku: { name: 'GP_S_Gen5', tier: 'GeneralPurpose', family: 'Gen5', capacity: 2 } },
    ],
    [
      'azure.web.site',
      'planName',
      {
        name: 'made-app',
        resourceGroup: GROUP,
        planName: 'plan-made',
        planSku: 'P0v3',
        runtime: 'PYTHON|3.13',
      },
      { httpsOnly: true, siteConfig: { linuxFxVersion: 'PYTHON|3.13' } },
    ],
  ];

  test.each(cases)(
    '%s: once per order, and never over what is there',
    async (type, field, input, attributes) => {
      const request = order(
        type,
        { ...input, tags: { env: 'test' } },
        `azure-make-${type.replaceAll('.', '-')}`,
      );
      expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'no' });
      simulator.control.addFault({
        effect: { kind: 'reset-after-work' },
        target: { actions: ['Microsoft.*/write'] },
        times: 1,
      });
      const made = await connection.create(request);
      expect(made.status).toBe('created');
      expect(await connection.create(request)).toEqual({ ...made, status: 'existing' });
      expect(await connection.reconcileCreate(request)).toMatchObject({
        happened: 'yes',
        resources: made.resources,
      });
      const seen = await ready(made.resources[0] as ResourceRef, type);
      expect(seen).toMatchObject({ type, region: REGION, tags: { env: 'test' }, attributes });
      const other = await failure(connection.create({ ...request, clientToken: 'azure-another-order' }));
      expect(other.kind).toBe('already_exists');
      expect(other.problem.fields).toMatchObject([{ field, message: 'is taken' }]);
      expect(
        await connection.reconcileCreate({ ...request, clientToken: 'azure-another-order' }),
      ).toMatchObject({
        happened: 'unknown',
      });
    },
  );

  test('an app in a plan that is there, a database on a server that is there', async () => {
    const plan = (await pick('azure.web.site', 'planId'))[0]?.value ?? '';
    const app = await connection.create(
      order(
        'azure.web.site',
        { name: 'second-app', resourceGroup: GROUP, newPlan: false, planId: plan },
        'azure-second-app-1',
      ),
    );
    expect(app.resources.map(({ type }) => type)).toEqual(['azure.web.site']);
    const server = (await pick('azure.sql.database', 'serverId'))[0]?.value ?? '';
    const database = await connection.create(
      order(
        'azure.sql.database',
        { name: 'second', newServer: false, serverId: server },
        'azure-second-db-01',
      ),
    );
    expect(database.resources.map(({ type }) => type)).toEqual(['azure.sql.database']);
    expect(database.resources[0]?.nativeId.startsWith(`${server.toLowerCase()}/databases/`)).toBe(true);
  });

  test('inputs that do not fit together are refused with their fields', async () => {
    const fieldsOf = async (creatable: string, input: FieldValues) =>
      (await failure(connection.create(order(creatable, input, 'azure-refused-001')))).problem.fields?.map(
        ({ field }) => field,
      );
    const vnet = { name: 'v', resourceGroup: GROUP };
    expect(await fieldsOf('azure.network.vnet', { ...vnet, cidr: '8.8.0.0/16' })).toEqual(['cidr']);
    expect(
      await fieldsOf('azure.network.vnet', {
        ...vnet,
        subnetCidrs: ['10.0.0.0/24', '10.0.0.0/25', '10.9.0.0/8'],
      }),
    ).toEqual(['subnetCidrs', 'subnetCidrs']);
    expect(
      await fieldsOf('azure.storage.account', { name: 'abc', resourceGroup: GROUP, kind: 'FileStorage' }),
    ).toEqual(['sku']);
    expect(
      await fieldsOf('azure.sql.database', {
        name: 'd',
        resourceGroup: GROUP,
        serverName: 's',
        adminLogin: 'sa',
        adminPassword: 'abcdefghij',
        size: 'Basic',
        maxSizeGiB: 10,
      }),
    ).toEqual(['adminLogin', 'adminPassword', 'maxSizeGiB']);
  });

  test('a group that is not there and a right that is missing are told as such', async () => {
    const input = { name: 'vnet-x', resourceGroup: 'no-such-group' };
    const error = await failure(connection.create(order('azure.network.vnet', input, 'azure-groupless-1')));
    expect(error.kind).toBe('not_found');
    const reader = azure.connect(applicationOf(simulator, 'azure-read-only'), {
      endpoint: simulator.microsoft.url,
      limits: QUICK,
    });
    const denied = await failure(
      reader.create(order('azure.network.vnet', { ...input, resourceGroup: GROUP }, 'azure-denied-0001')),
    );
    expect(denied.kind).toBe('denied');
    expect(denied.problem.action).toBe('Microsoft.Network/virtualNetworks/write');
    reader.close();
  });
});

test('parts that take their time are waited for before the next one refers to them', async () => {
  const { world } = simulator.control;
  // A creation of 45 seconds takes half a second here; a reference made too early is refused.
  world.transitionScale = 0.01;
  try {
    const type = 'azure.compute.vm';
    const input = {
      name: 'vm-slow',
      resourceGroup: GROUP,
      size: 'Standard_B1s',
      subnetId: (await pick(type, 'subnetId'))[0]?.value ?? '',
      publicAddress: true,
      adminUsername: 'operator',
      sshPublicKey: KEY,
    };
    const made = await connection.create(order(type, input, 'azure-slow-order-1'));
    expect(await ready(made.resources[0] as ResourceRef, type)).toMatchObject({ state: 'running' });
  } finally {
    world.transitionScale = 0;
  }
});
