import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import {
  EC2Client,
  CreateVolumeCommand,
  RunInstancesCommand,
  DescribeImagesCommand,
  CreateSnapshotCommand,
  CreateSecurityGroupCommand,
  AllocateAddressCommand,
  AssociateAddressCommand,
  DescribeSubnetsCommand,
  CreateKeyPairCommand,
  CreateTagsCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ec2Store } from '../../simulator/src/aws/services/ec2/store.ts';
import { addVolume } from '../../simulator/src/aws/services/ec2/volume-model.ts';
import { EMPTY_ACCOUNT } from '../../simulator/src/scenarios/empty.ts';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { Resource } from '../src/resource.ts';
import { connect, failure, keysOf, Lines, listAll } from './support.ts';

let simulator: Simulator;
let ec2: EC2Client;

const REGION = 'eu-west-1';
/** A name of 255 characters outside the basic plane. */
const EMOJI_NAME = `${'🦜'.repeat(127)}é`;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty', transitionScale: 0 });
  const { accessKeyId = '', secretAccessKey = '' } = keysOf(simulator, 'admin').values;
  ec2 = new EC2Client({
    region: REGION,
    endpoint: simulator.url,
    credentials: { accessKeyId, secretAccessKey },
  });
});
afterAll(async () => {
  ec2.destroy();
  await simulator.close();
});

describe('instances and what belongs to them', () => {
  test('are normalised, with relations, tags and raw attributes', async () => {
    const image = (
      await ec2.send(
        new DescribeImagesCommand({
          Owners: ['amazon'],
          Filters: [{ Name: 'architecture', Values: ['x86_64'] }],
        }),
      )
    ).Images?.[0];
    const subnet = (await ec2.send(new DescribeSubnetsCommand({}))).Subnets?.[0];
    const group = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId: subnet?.VpcId }),
    );
    const tags = [
      { Key: 'Name', Value: EMOJI_NAME },
      { Key: 'env', Value: '' },
    ];
    const run = await ec2.send(
      new RunInstancesCommand({
        ImageId: image?.ImageId,
        InstanceType: 'm5.large',
        MinCount: 1,
        MaxCount: 1,
        SubnetId: subnet?.SubnetId,
        SecurityGroupIds: [group.GroupId ?? ''],
        TagSpecifications: [{ ResourceType: 'instance', Tags: tags }],
      }),
    );
    const instanceId = run.Instances?.[0]?.InstanceId ?? '';
    const address = await ec2.send(new AllocateAddressCommand({}));
    await ec2.send(
      new AssociateAddressCommand({ AllocationId: address.AllocationId, InstanceId: instanceId }),
    );
    await ec2.send(new CreateKeyPairCommand({ KeyName: 'ops' }));

    const connection = connect(simulator);
    const { resources, ends } = await listAll(connection, { service: 'ec2', region: REGION });
    for (const end of ends.values()) expect(end, JSON.stringify(end)).toMatchObject({ complete: true });
    for (const found of resources) expect(() => Resource.parse(found)).not.toThrow();
    const arn = (kind: string, id = '') => `arn:aws:ec2:${REGION}:111122223333:${kind}/${id}`;
    const instance = resources.find((r) => r.id === instanceId);
    expect(instance).toMatchObject({
      type: 'aws.ec2.instance',
      nativeId: arn('instance', instanceId),
      name: EMOJI_NAME,
      state: 'running',
      tags: { Name: EMOJI_NAME, env: '' },
      size: { sku: 'm5.large', cpus: 2, memoryGiB: 8 },
    });
    expect(instance?.monthlyEstimate?.currency).toBe('USD');
    expect(instance?.relations).toEqual(
      expect.arrayContaining([
        { kind: 'in_subnet', targetNativeId: arn('subnet', subnet?.SubnetId) },
        { kind: 'in_network', targetNativeId: arn('vpc', subnet?.VpcId) },
        { kind: 'protected_by', targetNativeId: arn('security-group', group.GroupId) },
      ]),
    );
    const volume = resources.find((r) => r.type === 'aws.ec2.volume');
    expect(volume?.relations).toContainEqual({
      kind: 'attached_to',
      targetNativeId: arn('instance', instanceId),
    });
    const ip = resources.find((r) => r.type === 'aws.ec2.address');
    expect(ip).toMatchObject({
      state: 'in_use',
      relations: expect.arrayContaining([
        { kind: 'attached_to', targetNativeId: arn('instance', instanceId) },
      ]),
    });
    // Every relation within EC2 leads to something that was listed as well.
    const known = new Set(resources.map((r) => r.nativeId));
    const open = resources
      .flatMap((r) => r.relations)
      .filter(
        (r) =>
          r.targetNativeId.includes(':ec2:') &&
          !r.targetNativeId.includes(':image/') &&
          !r.targetNativeId.includes(':snapshot/') &&
          !known.has(r.targetNativeId),
      );
    expect(open).toEqual([]);
    expect(resources.some((r) => r.type === 'aws.ec2.key-pair' && r.name === 'ops')).toBe(true);

    expect(await connection.inspect(instance as Resource)).toEqual(instance);
    const missing = { ...(instance as Resource), id: 'i-0123456789abcdef0' };
    expect((await failure(connection.inspect(missing))).kind).toBe('not_found');
    connection.close();
  });
});

describe('long lists', () => {
  const region = 'us-west-2';
  const COUNT = 2_100;

  beforeAll(async () => {
    const { accessKeyId = '', secretAccessKey = '' } = keysOf(simulator, 'admin').values;
    const west = new EC2Client({
      region,
      endpoint: simulator.url,
      credentials: { accessKeyId, secretAccessKey },
    });
    for (let at = 0; at < COUNT; at += 50) {
      await Promise.all(
        Array.from({ length: 50 }, () =>
          west.send(new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 1, VolumeType: 'gp3' })),
        ),
      );
    }
    west.destroy();
  });

  const request = { service: 'ec2', region, types: ['aws.ec2.volume'] };

  test('2,100 volumes come over several pages, none twice', async () => {
    const { resources, ends } = await listAll(connect(simulator), request);
    expect(new Set(resources.map((r) => r.nativeId)).size).toBe(COUNT);
    expect(ends.get('aws.ec2.volume')).toEqual({
      kind: 'end',
      type: 'aws.ec2.volume',
      complete: true,
      count: COUNT,
    });
  });

  test('50,000 volumes of one region come whole, a page at a time', { timeout: 240_000 }, async () => {
    const many = 'ap-southeast-2';
    const account = simulator.control.world.accounts.get(EMPTY_ACCOUNT);
    if (account === undefined) throw new Error('no account');
    const store = account.store(ec2Store, many);
    for (let n = 0; n < 50_000; n += 1) addVolume(store, { size: 1, type: 'gp3', zone: `${many}a` });
    const before = simulator.control.requests.total;
    const seen = new Set<string>();
    let largest = 0;
    let end: unknown;
    for await (const event of connect(simulator).list({ ...request, region: many })) {
      if (event.kind === 'end') end = event;
      else {
        largest = Math.max(largest, event.resources.length);
        for (const resource of event.resources) seen.add(resource.nativeId);
      }
    }
    expect(seen.size).toBe(50_000);
    expect(end).toEqual({ kind: 'end', type: 'aws.ec2.volume', complete: true, count: 50_000 });
    expect(largest).toBeLessThanOrEqual(1000);
    expect(simulator.control.requests.total - before).toBeLessThan(60);
  });

  test('small and empty pages are followed to the end', async () => {
    const small = simulator.control.addFault({ effect: { kind: 'partial-pages', maxItems: 300 } });
    const empty = simulator.control.addFault({ effect: { kind: 'empty-page' }, times: 1 });
    const { resources } = await listAll(connect(simulator), request);
    simulator.control.faults.remove(small);
    simulator.control.faults.remove(empty);
    expect(resources.length).toBe(COUNT);
  });

  test('a page token that repeats ends the list as incomplete', async () => {
    const id = simulator.control.addFault({
      effect: { kind: 'repeat-token' },
      target: { actions: ['ec2:DescribeVolumes'] },
    });
    const lines = new Lines();
    const { resources, ends } = await listAll(connect(simulator, 'admin', { log: lines.log }), request);
    simulator.control.faults.remove(id);
    expect(ends.get('aws.ec2.volume')).toMatchObject({
      complete: false,
      problem: { kind: 'unavailable', providerCode: 'RepeatedPageToken' },
    });
    expect(resources.length).toBeLessThan(COUNT * 3);
    expect(lines.has('repeated a page token')).toBe(true);
  });

  test('the cap cuts, says so and logs it', async () => {
    const lines = new Lines();
    const { resources, ends } = await listAll(
      connect(simulator, 'admin', { log: lines.log, limits: { maxItems: 1_500 } }),
      request,
    );
    expect(resources.length).toBe(1_500);
    expect(ends.get('aws.ec2.volume')).toMatchObject({ complete: false, problem: { kind: 'truncated' } });
    expect(lines.has('cut at its cap')).toBe(true);
  });

  test('a caller that leaves early or aborts ends the listing', async () => {
    const controller = new AbortController();
    const connection = connect(simulator);
    const work = (async () => {
      for await (const event of connection.list({ ...request, signal: controller.signal }))
        if (event.kind === 'batch') controller.abort();
    })();
    expect((await failure(work)).kind).toBe('aborted');
    const before = simulator.control.requests.total;
    for await (const event of connection.list(request)) if (event.kind === 'batch') break;
    expect(simulator.control.requests.total - before).toBeLessThanOrEqual(3);
    connection.close();
  });
});

describe('faults of single types', () => {
  test('a denied call hides only its own type and names the permission', async () => {
    const id = simulator.control.addFault({
      effect: { kind: 'deny' },
      target: { actions: ['ec2:DescribeVolumes'] },
    });
    const { resources, ends } = await listAll(connect(simulator), { service: 'ec2', region: REGION });
    simulator.control.faults.remove(id);
    expect(ends.get('aws.ec2.volume')).toMatchObject({
      complete: false,
      problem: { kind: 'denied', action: 'ec2:DescribeVolumes' },
    });
    expect(ends.get('aws.ec2.instance')).toMatchObject({ complete: true });
    expect(resources.some((r) => r.type === 'aws.ec2.instance')).toBe(true);
  });

  test('a key without any permission gets a reason for each type and no exception', async () => {
    const { resources, ends } = await listAll(connect(simulator, 'no-access'), {
      service: 'ec2',
      region: REGION,
    });
    expect(resources).toEqual([]);
    for (const end of ends.values())
      expect(end).toMatchObject({ complete: false, problem: { kind: 'denied' } });
  });

  test('settings that fail make the list incomplete; settings that are denied are shown as such', async () => {
    const { accessKeyId = '', secretAccessKey = '' } = keysOf(simulator, 'admin').values;
    const s3 = new S3Client({
      region: 'us-east-1',
      endpoint: simulator.url,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
    });
    for (const name of ['one', 'two', 'three'])
      await s3.send(new CreateBucketCommand({ Bucket: `bucket-${name}` }));
    s3.destroy();
    simulator.control.addFault({
      effect: { kind: 'error', code: 'InternalError', status: 500 },
      target: { actions: ['s3:GetEncryptionConfiguration'] },
    });
    const failed = await listAll(connect(simulator), { service: 's3', region: 'global' });
    simulator.control.faults.clear();
    expect(failed.ends.get('aws.s3.bucket')).toMatchObject({
      complete: false,
      problem: { kind: 'unavailable' },
    });
    const id = simulator.control.addFault({
      effect: { kind: 'deny' },
      target: { actions: ['s3:GetEncryptionConfiguration'] },
    });
    const denied = await listAll(connect(simulator), { service: 's3', region: 'global' });
    simulator.control.faults.remove(id);
    expect(denied.resources.length).toBe(3);
    expect(denied.ends.get('aws.s3.bucket')).toMatchObject({ complete: true });
    expect(denied.resources[0]?.attributes['Encryption']).toEqual({
      unreadable: 's3:GetEncryptionConfiguration',
    });
  });

  test('tags with emoji on snapshots survive', async () => {
    const volume = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: `${REGION}a`, Size: 5 }));
    const snapshot = await ec2.send(
      new CreateSnapshotCommand({ VolumeId: volume.VolumeId, Description: '<&>"\' 🧊' }),
    );
    await ec2.send(
      new CreateTagsCommand({
        Resources: [snapshot.SnapshotId ?? ''],
        Tags: [{ Key: 'größe', Value: '日本語 <b>&amp;</b>' }],
      }),
    );
    const { resources } = await listAll(connect(simulator), {
      service: 'ec2',
      region: REGION,
      types: ['aws.ec2.snapshot'],
    });
    expect(resources.find((r) => r.id === snapshot.SnapshotId)).toMatchObject({
      name: '<&>"\' 🧊',
      tags: { größe: '日本語 <b>&amp;</b>' },
      relations: [{ kind: 'source' }],
    });
  });
});
