import {
  AllocateAddressCommand,
  AttachVolumeCommand,
  CreateVolumeCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Connection } from '../src/contract.ts';
import type { FieldValues } from '../src/fields.ts';
import type { ResourceRef } from '../src/resource.ts';
import { connect, failure, keysOf, listAll } from './support.ts';

let simulator: Simulator;
let ec2: EC2Client;
let connection: Connection;
let tokens = 0;

const REGION = 'eu-west-1';

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty' });
  const { accessKeyId = '', secretAccessKey = '' } = keysOf(simulator, 'admin').values;
  ec2 = new EC2Client({
    region: REGION,
    endpoint: simulator.url,
    credentials: { accessKeyId, secretAccessKey },
  });
  connection = connect(simulator);
});
afterAll(async () => {
  ec2.destroy();
  connection.close();
  await simulator.close();
});
afterEach(() => simulator.control.faults.clear());

function token(): string {
  tokens += 1;
  return `order-${String(tokens).padStart(8, '0')}`;
}

async function instance(): Promise<ResourceRef> {
  const image = (
    await ec2.send(
      new DescribeImagesCommand({
        Owners: ['amazon'],
        Filters: [{ Name: 'architecture', Values: ['x86_64'] }],
      }),
    )
  ).Images?.[0];
  const run = await ec2.send(
    new RunInstancesCommand({ ImageId: image?.ImageId, InstanceType: 'm5.large', MinCount: 1, MaxCount: 1 }),
  );
  simulator.control.advance(120);
  const id = run.Instances?.[0]?.InstanceId ?? '';
  return {
    type: 'aws.ec2.instance',
    id,
    nativeId: `arn:aws:ec2:${REGION}:111122223333:instance/${id}`,
    region: REGION,
  };
}

async function volume(): Promise<ResourceRef> {
  const made = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: `${REGION}a`, Size: 10, VolumeType: 'gp2' }),
  );
  simulator.control.advance(60);
  const id = made.VolumeId ?? '';
  return {
    type: 'aws.ec2.volume',
    id,
    nativeId: `arn:aws:ec2:${REGION}:111122223333:volume/${id}`,
    region: REGION,
  };
}

function act(
  resource: ResourceRef,
  operation: string,
  parameters: FieldValues = {},
  more: { clientToken?: string; dryRun?: boolean } = {},
) {
  return {
    operation,
    resource,
    parameters,
    clientToken: more.clientToken ?? token(),
    ...(more.dryRun ? { dryRun: true } : {}),
  };
}

describe('instances', () => {
  test('stop, wait, change the type, start: with undo for each', async () => {
    const resource = await instance();
    const refused = await failure(connection.operate(act(resource, 'resize', { instanceType: 'm5.xlarge' })));
    expect(refused.kind).toBe('conflict_state');
    expect(await connection.operate(act(resource, 'stop'))).toMatchObject({
      status: 'accepted',
      undo: { operation: 'start', parameters: {} },
    });
    expect((await connection.inspect(resource)).state).toBe('stopping');
    const looks: string[] = [];
    const waiting = connection.waitFor({
      resource,
      states: ['stopped'],
      timeoutMs: 10_000,
      onLook: (state) => {
        looks.push(state);
        simulator.control.advance(20);
      },
    });
    expect((await waiting)?.state).toBe('stopped');
    expect(looks[0]).toBe('stopping');
    const resized = await connection.operate(act(resource, 'resize', { instanceType: 'm5.xlarge' }));
    expect(resized).toMatchObject({
      status: 'done',
      undo: { operation: 'resize', parameters: { instanceType: 'm5.large' } },
    });
    expect((await connection.inspect(resource)).size?.sku).toBe('m5.xlarge');
    expect(await connection.operate(act(resource, 'start'))).toMatchObject({ status: 'accepted' });
    simulator.control.advance(120);
    expect((await connection.inspect(resource)).state).toBe('running');
  });

  test('an order that was carried out already is not sent again', async () => {
    const resource = await instance();
    const order = act(resource, 'stop');
    await connection.operate(order);
    const before = simulator.control.requests.list().filter((r) => r.operation === 'StopInstances').length;
    expect(await connection.operate(order)).toMatchObject({ status: 'already' });
    expect(simulator.control.requests.list().filter((r) => r.operation === 'StopInstances').length).toBe(
      before,
    );
    expect(await connection.reconcileOperation(order)).toMatchObject({ happened: 'yes' });
    expect(await connection.reconcileOperation(act(resource, 'start'))).toMatchObject({ happened: 'no' });
  });

  test('a lost answer of an idempotent call is repeated without harm', async () => {
    const resource = await instance();
    simulator.control.addFault({
      effect: { kind: 'reset-after-work' },
      target: { actions: ['ec2:StopInstances'] },
      times: 1,
    });
    expect(await connection.operate(act(resource, 'stop'))).toMatchObject({ status: 'accepted' });
  });

  test('a dry run changes nothing and knows the permission', async () => {
    const resource = await instance();
    expect(await connection.operate(act(resource, 'delete', {}, { dryRun: true }))).toMatchObject({
      status: 'allowed',
    });
    expect((await connection.inspect(resource)).state).toBe('running');
    const readOnly = connect(simulator, 'read-only');
    const error = await failure(readOnly.operate(act(resource, 'delete', {}, { dryRun: true })));
    expect(error.problem).toMatchObject({ kind: 'denied', action: 'ec2:TerminateInstances' });
  });

  test('termination is proven by the state, also when AWS has forgotten it', async () => {
    const resource = await instance();
    expect(await connection.operate(act(resource, 'delete'))).toMatchObject({ status: 'accepted' });
    simulator.control.advance(120);
    expect((await connection.waitFor({ resource, states: ['deleted'], timeoutMs: 1_000 }))?.stateRaw).toBe(
      'terminated',
    );
    simulator.control.advance(7_200);
    expect(await connection.waitFor({ resource, states: ['deleted'], timeoutMs: 1_000 })).toBeUndefined();
    expect(await connection.operate(act(resource, 'delete'))).toMatchObject({ status: 'already' });
    expect((await failure(connection.operate(act(resource, 'stop')))).kind).toBe('not_found');
  });

  test('waiting ends with its time and with what can not come', async () => {
    const resource = await instance();
    expect((await failure(connection.waitFor({ resource, states: ['stopped'], timeoutMs: 30 }))).kind).toBe(
      'unavailable',
    );
    await connection.operate(act(resource, 'delete'));
    simulator.control.advance(120);
    expect(
      (await failure(connection.waitFor({ resource, states: ['running'], timeoutMs: 1_000 }))).kind,
    ).toBe('conflict_state');
  });

  test('tags are set, removed and brought back', async () => {
    const resource = await instance();
    await connection.operate(act(resource, 'tag', { tags: { env: 'prod', Name: '🚀 web' } }));
    const changed = await connection.operate(
      act(resource, 'tag', { tags: { env: 'test', team: 'a' }, remove: ['Name'] }),
    );
    expect((await connection.inspect(resource)).tags).toEqual({ env: 'test', team: 'a' });
    expect(changed.undo).toEqual({
      operation: 'tag',
      parameters: { tags: { env: 'prod', Name: '🚀 web' }, remove: ['team'] },
    });
    await connection.operate(act(resource, 'tag', changed.undo?.parameters));
    expect((await connection.inspect(resource)).tags).toEqual({ env: 'prod', Name: '🚀 web' });
    const removed = await connection.operate(act(resource, 'untag', { keys: ['env'] }));
    expect(removed.undo?.parameters).toEqual({ tags: { env: 'prod' }, remove: [] });
    expect(
      (await failure(connection.operate(act(resource, 'tag', { tags: { 'aws:x': '1' } })))).problem
        .fields?.[0]?.field,
    ).toBe('tags');
  });
});

describe('volumes, snapshots, addresses', () => {
  test('a volume changes its type and grows, and the way back is known only where there is one', async () => {
    const resource = await volume();
    const changed = await connection.operate(act(resource, 'modify', { volumeType: 'gp3' }));
    expect(changed).toMatchObject({
      status: 'accepted',
      undo: { operation: 'modify', parameters: { volumeType: 'gp2' } },
    });
    simulator.control.advance(24 * 3_600);
    expect((await connection.inspect(resource)).size).toMatchObject({ sku: 'gp3', storageGiB: 10 });
    const grown = await connection.operate(act(resource, 'modify', { sizeGiB: 20 }));
    expect(grown.undo).toBeUndefined();
    simulator.control.advance(24 * 3_600);
    expect((await failure(connection.operate(act(resource, 'modify', { sizeGiB: 5 })))).kind).toBe(
      'invalid_input',
    );
  });

  test('an attached volume is detached before it is deleted', async () => {
    const server = await instance();
    const resource = await volume();
    const zone = (await connection.inspect(server)).zone;
    const inZone = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: zone, Size: 10 }));
    simulator.control.advance(60);
    const disk = { ...resource, id: inZone.VolumeId ?? '' };
    await ec2.send(new AttachVolumeCommand({ VolumeId: disk.id, InstanceId: server.id, Device: '/dev/sdf' }));
    simulator.control.advance(60);
    expect((await failure(connection.operate(act(disk, 'delete')))).kind).toBe('conflict_state');
    await connection.operate(act(disk, 'detach'));
    simulator.control.advance(60);
    expect((await connection.inspect(disk)).state).toBe('available');
    await connection.operate(act(disk, 'delete'));
    simulator.control.advance(60);
    expect((await failure(connection.inspect(disk))).kind).toBe('not_found');
  });

  test('one order makes one snapshot, also when the answer is lost', async () => {
    const resource = await volume();
    const order = act(resource, 'snapshot', { description: 'before the change', tags: { keep: 'yes' } });
    expect(await connection.reconcileOperation(order)).toMatchObject({ happened: 'no' });
    simulator.control.addFault({
      effect: { kind: 'reset-after-work' },
      target: { actions: ['ec2:CreateSnapshot'] },
      times: 1,
    });
    expect((await failure(connection.operate(order))).kind).toBe('unavailable');
    expect(await connection.reconcileOperation(order)).toMatchObject({ happened: 'yes' });
    const again = await connection.operate(order);
    expect(again.status).toBe('already');
    const { resources } = await listAll(connection, {
      service: 'ec2',
      region: REGION,
      types: ['aws.ec2.snapshot'],
    });
    const made = resources.filter((r) => r.relations.some((x) => x.targetNativeId === resource.nativeId));
    expect(made.map((r) => r.id)).toEqual(again.created.map((r) => r.id));
    simulator.control.advance(3_600);
    expect(await connection.operate(act(again.created[0] as ResourceRef, 'delete'))).toMatchObject({
      status: 'done',
    });
  });

  test('a free address is released', async () => {
    const made = await ec2.send(new AllocateAddressCommand({}));
    const resource = {
      type: 'aws.ec2.address',
      id: made.AllocationId ?? '',
      nativeId: `arn:aws:ec2:${REGION}:111122223333:elastic-ip/${made.AllocationId}`,
      region: REGION,
    };
    expect(await connection.operate(act(resource, 'delete'))).toMatchObject({ status: 'done' });
    expect((await failure(connection.inspect(resource))).kind).toBe('not_found');
  });
});

test('what no operation is, no state allows or no form knows is refused before a call', async () => {
  const resource = await instance();
  const before = simulator.control.requests.list().length;
  expect((await failure(connection.operate(act(resource, 'fly')))).kind).toBe('unsupported');
  expect(
    (await failure(connection.operate(act(resource, 'resize', { instanceType: 'big one' })))).problem
      .fields?.[0]?.field,
  ).toBe('instanceType');
  expect(
    (await failure(connection.operate(act(resource, 'stop', { sure: true })))).problem.fields?.[0]?.field,
  ).toBe('sure');
  expect(
    (await failure(connection.operate(act(resource, 'stop', {}, { clientToken: 'x' })))).problem.fields?.[0]
      ?.field,
  ).toBe('clientToken');
  expect(simulator.control.requests.list().length).toBe(before);
});
