import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachVolumeCommand,
  CreateImageCommand,
  CreateSnapshotCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DeleteTagsCommand,
  DeleteVolumeCommand,
  DescribeAddressesCommand,
  DescribeImagesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  DetachVolumeCommand,
  ModifyVolumeCommand,
  ReleaseAddressCommand,
  RunInstancesCommand,
  StopInstancesCommand,
  type EC2Client,
  type Volume,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { ec2Client, failure } from './support.ts';

let simulator: Simulator;
let ec2: EC2Client;
let instanceId: string;
let zone: string;
let rootVolumeId: string;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty', clock: { factor: 0 } });
  ec2 = ec2Client(simulator);
  const { Images } = await ec2.send(
    new DescribeImagesCommand({
      Owners: ['amazon'],
      Filters: [{ Name: 'architecture', Values: ['x86_64'] }],
    }),
  );
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: Images?.[0]?.ImageId ?? '',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
    }),
  );
  instanceId = Instances?.[0]?.InstanceId ?? '';
  zone = Instances?.[0]?.Placement?.AvailabilityZone ?? '';
  rootVolumeId = Instances?.[0]?.BlockDeviceMappings?.[0]?.Ebs?.VolumeId ?? '';
  simulator.control.advance(60);
});
afterAll(() => simulator.close());

async function create(size = 10, VolumeType: 'gp2' | 'gp3' = 'gp3'): Promise<string> {
  const { VolumeId, State } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: zone, Size: size, VolumeType }),
  );
  expect(State).toBe('creating');
  simulator.control.advance(10);
  return VolumeId ?? '';
}

async function look(id: string): Promise<Volume | undefined> {
  return (await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes?.[0];
}

describe('volumes', () => {
  test('attach goes attaching → in-use, detach needs the volume alone and ends available', async () => {
    const VolumeId = await create();
    const attaching = await ec2.send(
      new AttachVolumeCommand({ VolumeId, InstanceId: instanceId, Device: '/dev/sdf' }),
    );
    expect(attaching.State).toBe('attaching');
    expect((await look(VolumeId))?.State).toBe('in-use');
    simulator.control.advance(10);
    expect((await look(VolumeId))?.Attachments?.[0]?.State).toBe('attached');
    expect(await failure(ec2.send(new DeleteVolumeCommand({ VolumeId })))).toMatchObject({
      name: 'VolumeInUse',
      status: 400,
    });
    const detaching = await ec2.send(new DetachVolumeCommand({ VolumeId }));
    expect(detaching.State).toBe('detaching');
    simulator.control.advance(10);
    const free = await look(VolumeId);
    expect(free?.State).toBe('available');
    expect(free?.Attachments ?? []).toEqual([]);
    await ec2.send(new DeleteVolumeCommand({ VolumeId }));
    expect(await failure(look(VolumeId))).toMatchObject({ name: 'InvalidVolume.NotFound', status: 400 });
  });

  test('a root volume is detached from a stopped instance only', async () => {
    expect(await failure(ec2.send(new DetachVolumeCommand({ VolumeId: rootVolumeId })))).toMatchObject({
      name: 'OperationNotPermitted',
    });
  });

  test('modify: modifying with originals and targets → optimizing → completed, then a cool-down', async () => {
    const VolumeId = await create(20, 'gp2');
    const { VolumeModification } = await ec2.send(
      new ModifyVolumeCommand({ VolumeId, Size: 40, VolumeType: 'gp3' }),
    );
    expect(VolumeModification).toMatchObject({
      ModificationState: 'modifying',
      Progress: 0,
      OriginalSize: 20,
      TargetSize: 40,
      OriginalVolumeType: 'gp2',
      TargetVolumeType: 'gp3',
    });
    expect(await failure(ec2.send(new ModifyVolumeCommand({ VolumeId, Size: 50 })))).toMatchObject({
      name: 'IncorrectModificationState',
    });
    const state = async () =>
      (await ec2.send(new DescribeVolumesModificationsCommand({ VolumeIds: [VolumeId] })))
        .VolumesModifications?.[0];
    simulator.control.advance(15);
    expect(await look(VolumeId)).toMatchObject({ Size: 40, VolumeType: 'gp3', Iops: 3000 });
    expect((await state())?.ModificationState).toBe('optimizing');
    simulator.control.advance(700);
    expect(await state()).toMatchObject({ ModificationState: 'completed', Progress: 100 });
    expect(await failure(ec2.send(new ModifyVolumeCommand({ VolumeId, Size: 60 })))).toMatchObject({
      name: 'VolumeModificationRateExceeded',
    });
    simulator.control.advance(6 * 3600);
    expect(await failure(ec2.send(new ModifyVolumeCommand({ VolumeId, Size: 10 })))).toMatchObject({
      name: 'InvalidParameterValue',
    });
    await ec2.send(new ModifyVolumeCommand({ VolumeId, Size: 60 }));
  });

  test('sizes, types and zones have their limits', async () => {
    const make = (more: object) =>
      failure(
        ec2.send(new CreateVolumeCommand({ AvailabilityZone: zone, Size: 10, VolumeType: 'gp3', ...more })),
      );
    expect(await make({ Size: 20_000 })).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await make({ VolumeType: 'st1' })).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await make({ VolumeType: 'io2' })).toMatchObject({ name: 'MissingParameter' });
    expect(await make({ VolumeType: 'gp2', Throughput: 200 })).toMatchObject({
      name: 'InvalidParameterCombination',
    });
    expect(await make({ AvailabilityZone: 'eu-west-1a' })).toMatchObject({ name: 'InvalidZone.NotFound' });
  });
});

describe('snapshots and images', () => {
  test('a snapshot is pending with progress, then completed', async () => {
    const VolumeId = await create();
    const snapshot = await ec2.send(new CreateSnapshotCommand({ VolumeId, Description: 'test' }));
    expect(snapshot.State).toBe('pending');
    const look = async () =>
      (await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [snapshot.SnapshotId ?? ''] })))
        .Snapshots?.[0];
    simulator.control.advance(20);
    expect(await look()).toMatchObject({ State: 'pending', Progress: '50%' });
    simulator.control.advance(60);
    expect(await look()).toMatchObject({ State: 'completed', Progress: '100%' });
  });

  test('a snapshot of an image cannot be deleted', async () => {
    const { ImageId } = await ec2.send(new CreateImageCommand({ InstanceId: instanceId, Name: 'golden' }));
    const { Images } = await ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId ?? ''] }));
    expect(Images?.[0]?.State).toBe('pending');
    const SnapshotId = Images?.[0]?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId;
    expect(await failure(ec2.send(new DeleteSnapshotCommand({ SnapshotId })))).toMatchObject({
      name: 'InvalidSnapshot.InUse',
      status: 400,
    });
  });
});

describe('addresses', () => {
  test('an unassociated address has none of the association members', async () => {
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
    const look = async () =>
      (await ec2.send(new DescribeAddressesCommand({ AllocationIds: [AllocationId ?? ''] }))).Addresses?.[0];
    for (const member of ['InstanceId', 'AssociationId', 'NetworkInterfaceId', 'PrivateIpAddress'])
      expect(await look()).not.toHaveProperty(member);
    await ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId: instanceId }));
    expect(await look()).toMatchObject({ InstanceId: instanceId });
    expect(await failure(ec2.send(new ReleaseAddressCommand({ AllocationId })))).toMatchObject({
      name: 'InvalidIPAddress.InUse',
    });
    await ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
    simulator.control.advance(60);
    expect((await look())?.InstanceId).toBe(instanceId);
  });

  test('unknown addresses are refused', async () => {
    expect(
      await failure(
        ec2.send(new DescribeAddressesCommand({ AllocationIds: ['eipalloc-0123456789abcdef0'] })),
      ),
    ).toMatchObject({ name: 'InvalidAllocationID.NotFound', status: 400 });
  });
});

describe('tags', () => {
  test('are added, replaced and deleted; the last one gone leaves no member; reserved keys are refused', async () => {
    const id = await create();
    await ec2.send(
      new CreateTagsCommand({
        Resources: [id],
        Tags: [
          { Key: 'app', Value: 'a' },
          { Key: 'env', Value: 'x' },
        ],
      }),
    );
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'app', Value: 'b' }] }));
    expect((await look(id))?.Tags).toEqual([
      { Key: 'app', Value: 'b' },
      { Key: 'env', Value: 'x' },
    ]);
    await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: 'app', Value: 'other' }] }));
    expect((await look(id))?.Tags).toHaveLength(2);
    await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: 'app' }, { Key: 'env' }] }));
    expect(await look(id)).not.toHaveProperty('Tags');
    const tag = (Tags: { Key: string; Value: string }[]) =>
      failure(ec2.send(new CreateTagsCommand({ Resources: [id], Tags })));
    expect(await tag([{ Key: 'aws:x', Value: '' }])).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await tag(Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })))).toMatchObject({
      name: 'TagLimitExceeded',
    });
  });
});
