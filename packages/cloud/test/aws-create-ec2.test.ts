import { CreateSecurityGroupCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Connection } from '../src/contract.ts';
import type { FieldValues } from '../src/fields.ts';
import type { ResourceRef } from '../src/resource.ts';
import { connect, failure, keysOf, listAll } from './support.ts';

let simulator: Simulator;
let connection: Connection;
let credentials: { accessKeyId: string; secretAccessKey: string };

const REGION = 'eu-west-1';

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty', transitionScale: 0 });
  const { accessKeyId = '', secretAccessKey = '' } = keysOf(simulator, 'admin').values;
  credentials = { accessKeyId, secretAccessKey };
  connection = connect(simulator);
});
afterAll(async () => {
  connection.close();
  await simulator.close();
});
afterEach(() => simulator.control.faults.clear());

function order(creatable: string, input: FieldValues, clientToken: string, more: object = {}) {
  return { creatable, region: REGION, input, clientToken, ...more };
}

async function pick(creatable: string, field: string, input: FieldValues = {}): Promise<string> {
  const options = await connection.options({ creatable, field, region: REGION, input });
  expect(options.length, `choices of ${field}`).toBeGreaterThan(0);
  return options[0]?.value ?? '';
}

describe('an EC2 instance', () => {
  const TYPE = 'aws.ec2.instance';
  let input: FieldValues;

  beforeAll(async () => {
    const ec2 = new EC2Client({ region: REGION, endpoint: simulator.url, credentials });
    const subnet = (await ec2.send(new DescribeSubnetsCommand({}))).Subnets?.[0];
    await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'created', Description: 'x', VpcId: subnet?.VpcId }),
    );
    ec2.destroy();
    const instanceType = 't3.micro';
    const subnetId = await pick(TYPE, 'subnetId');
    input = {
      name: 'web 🌍',
      instanceType,
      imageId: await pick(TYPE, 'imageId', { instanceType }),
      subnetId,
      securityGroupIds: [await pick(TYPE, 'securityGroupIds', { subnetId })],
      tags: { env: 'test' },
    };
  });

  test('its types are offered with their size', async () => {
    const types = await connection.options({
      creatable: TYPE,
      field: 'instanceType',
      region: REGION,
      input: {},
    });
    expect(types.find((t) => t.value === 't3.micro')?.detail).toBe('2 vCPU · 1 GiB · x86_64');
  });

  test('a dry run passes, and creates nothing', async () => {
    expect(await connection.create(order(TYPE, input, 'dry-run-00000001', { dryRun: true }))).toEqual({
      status: 'allowed',
      resources: [],
    });
    expect(await connection.reconcileCreate(order(TYPE, input, 'dry-run-00000001'))).toMatchObject({
      happened: 'no',
    });
    const denied = await failure(
      connect(simulator, 'read-only').create(order(TYPE, input, 'dry-run-00000001', { dryRun: true })),
    );
    expect(denied.problem).toMatchObject({ kind: 'denied', action: 'ec2:RunInstances' });
  });

  test('one order makes one instance, also when asked twice and when the answer is lost', async () => {
    const journal: ResourceRef[] = [];
    simulator.control.addFault({
      effect: { kind: 'reset-after-work' },
      target: { actions: ['ec2:RunInstances'] },
      times: 1,
    });
    const first = await connection.create(
      order(TYPE, input, 'order-0000000001', { onCreated: (made: ResourceRef) => void journal.push(made) }),
    );
    const second = await connection.create(order(TYPE, input, 'order-0000000001'));
    expect(second.resources).toEqual(first.resources);
    expect(journal).toEqual(first.resources);
    const found = await connection.inspect(first.resources[0] as ResourceRef);
    expect(found).toMatchObject({
      name: 'web 🌍',
      tags: { env: 'test', 'cloudatlas:token': 'order-0000000001' },
    });
    expect(await connection.reconcileCreate(order(TYPE, input, 'order-0000000001'))).toMatchObject({
      happened: 'yes',
      resources: first.resources,
    });
    const { resources } = await listAll(connection, { service: 'ec2', region: REGION, types: [TYPE] });
    expect(resources.filter((r) => r.tags['cloudatlas:token'] === 'order-0000000001').length).toBe(1);
    expect(
      (
        await connection.waitFor({
          resource: first.resources[0] as ResourceRef,
          states: ['running'],
          timeoutMs: 5_000,
        })
      )?.state,
    ).toBe('running');
  });

  test('bad input names the fields, before any call', async () => {
    const before = simulator.control.requests.total;
    const error = await failure(
      connection.create(
        order(TYPE, { ...input, imageId: 'mine', volumeGiB: 0, colour: 'red' }, 'order-0000000002'),
      ),
    );
    expect(error.problem.fields?.map((f) => f.field).sort()).toEqual(['colour', 'imageId', 'volumeGiB']);
    expect(simulator.control.requests.total - before).toBeLessThanOrEqual(0);
  });

  test('a disk smaller than the image is refused with its field', async () => {
    const error = await failure(
      connection.create(order(TYPE, { ...input, volumeGiB: 1 }, 'order-0000000003')),
    );
    expect(error.problem.fields).toEqual([
      { field: 'volumeGiB', message: expect.stringContaining('at least') },
    ]);
  });

  test('its monthly price is told with its parts', async () => {
    const estimate = await connection.estimate({
      creatable: TYPE,
      region: 'us-east-1',
      input: { ...input, volumeGiB: 100 },
    });
    expect(estimate.items.map((i) => i.quantity)).toEqual(['730', '100']);
    expect(estimate.source).toBe('live');
    expect(Number(estimate.monthly?.amount)).toBeCloseTo(0.0104 * 730 + 8, 1);
    const offline = await connect(simulator, 'no-access').estimate({
      creatable: TYPE,
      region: 'us-east-1',
      input: { ...input, volumeGiB: 100 },
    });
    expect(offline).toMatchObject({
      source: 'bundled',
      monthly: { amount: '15.592', currency: 'USD' },
      asOf: '2025-01-15',
    });
    const unknown = await connect(simulator, 'no-access').estimate({
      creatable: TYPE,
      region: 'us-east-1',
      input: { ...input, instanceType: 'z9.huge' },
    });
    expect(unknown.monthly).toBeNull();
  });
});

describe('a VPC with subnets', () => {
  const TYPE = 'aws.ec2.vpc';
  let zones: string[];

  beforeAll(async () => {
    const options = await connection.options({ creatable: TYPE, field: 'zones', region: REGION, input: {} });
    zones = options.slice(0, 2).map((o) => o.value);
  });

  test('is made in steps, and a second try goes on where the first one broke off', async () => {
    const input = { name: 'lab', cidr: '10.7.0.0/16', zones };
    simulator.control.addFault({ effect: { kind: 'deny' }, target: { actions: ['ec2:CreateRouteTable'] } });
    const broken = await failure(connection.create(order(TYPE, input, 'network-order-01')));
    expect(broken.kind).toBe('denied');
    expect(broken.leftovers.map((r) => r.type)).toEqual([
      'aws.ec2.internet-gateway',
      'aws.ec2.subnet',
      'aws.ec2.subnet',
      'aws.ec2.vpc',
    ]);
    simulator.control.faults.clear();
    const made = await connection.create(order(TYPE, input, 'network-order-01'));
    expect(made.resources.map((r) => r.type)).toEqual([
      'aws.ec2.vpc',
      'aws.ec2.subnet',
      'aws.ec2.subnet',
      'aws.ec2.internet-gateway',
      'aws.ec2.route-table',
    ]);
    expect(made.resources[0]).toEqual(broken.leftovers.at(-1));
    expect(await connection.create(order(TYPE, input, 'network-order-01'))).toMatchObject({
      status: 'existing',
      resources: made.resources,
    });
    const { resources } = await listAll(connection, {
      service: 'ec2',
      region: REGION,
      types: ['aws.ec2.subnet'],
    });
    const blocks = resources
      .filter((r) => r.tags['cloudatlas:token'] === 'network-order-01')
      .flatMap(({ attributes: { CidrBlock: block } }) => (typeof block === 'string' ? [block] : []));
    expect(blocks.toSorted((a, b) => a.localeCompare(b))).toEqual(['10.7.0.0/20', '10.7.16.0/20']);
  });

  test('what a broken try left can be taken away in the order given', async () => {
    simulator.control.addFault({
      effect: { kind: 'deny' },
      target: { actions: ['ec2:AssociateRouteTable'] },
    });
    const broken = await failure(
      connection.create(order(TYPE, { name: 'tmp', cidr: '10.8.0.0/16', zones }, 'network-order-02')),
    );
    simulator.control.faults.clear();
    expect(broken.leftovers.length).toBe(5);
    for (const [i, resource] of broken.leftovers.entries()) {
      expect(
        await connection.operate({
          operation: 'delete',
          resource,
          parameters: {},
          clientToken: `clean-up-00000${i}`,
        }),
      ).toMatchObject({ status: 'done' });
    }
    expect(
      await connection.reconcileCreate(
        order(TYPE, { name: 'tmp', cidr: '10.8.0.0/16', zones }, 'network-order-02'),
      ),
    ).toMatchObject({ happened: 'no' });
  });

  test.each([
    [{ cidr: '10.0.0.1/16' }, 'cidr'],
    [{ cidr: '10.0.0.0/8' }, 'cidr'],
    [{ cidr: '8.8.0.0/16' }, 'cidr'],
    [{ subnetCidrs: ['10.0.0.0/24'] }, 'subnetCidrs'],
    [{ subnetCidrs: ['10.0.0.0/24', '10.0.0.128/25'] }, 'subnetCidrs'],
    [{ subnetCidrs: ['10.0.0.0/24', '10.1.0.0/24'] }, 'subnetCidrs'],
    [{ cidr: '10.0.0.0/28' }, 'zones'],
  ])('%j is refused by its arithmetic', async (input, field) => {
    const error = await failure(
      connection.create(order(TYPE, { name: 'x', cidr: '10.0.0.0/16', zones, ...input }, 'network-order-03')),
    );
    expect(error.problem.fields?.[0]?.field).toBe(field);
  });
});
