import type {
  BlockDeviceMapping,
  Image,
  Reservation,
  RunInstancesRequest,
  Subnet,
  VolumeType,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { addInstance, becomeRunning, DURATIONS, type DiskSpec } from './instance-model.ts';
import { needInstanceType } from './instance-types.ts';
import { checkId, KINDS, missing, need, notFound, once } from './query.ts';
import { ec2Store, type Ec2Store } from './store.ts';
import { tagsFor } from './tags.ts';
import { checkVolume } from './volume-rules.ts';

const MAX_LAUNCH = 1000;

/** An image the account can use: its own or a public one. */
export function findImage(store: Ec2Store, id: string | undefined): Image {
  if (!id) throw missing('ImageId');
  checkId(KINDS.image, id);
  const image = store.images.get(id)?.data ?? store.publicImages.find((i) => i.ImageId === id);
  if (!image) throw notFound(KINDS.image, [id]);
  if (image.State !== 'available')
    throw new AwsError('InvalidAMIID.Unavailable', `The image id '[${id}]' is not available`);
  return image;
}

function findSubnet(store: Ec2Store, input: RunInstancesRequest, context: RequestContext): Subnet {
  const id = input.SubnetId ?? input.NetworkInterfaces?.[0]?.SubnetId;
  if (id) return need(store.subnets, KINDS.subnet, id, context).data;
  const zone = input.Placement?.AvailabilityZone;
  const subnet = store.subnets
    .list()
    .find(({ data }) => data.DefaultForAz && (zone === undefined || data.AvailabilityZone === zone));
  if (subnet) return subnet.data;
  if (zone !== undefined) throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${zone}]`);
  throw new AwsError('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.');
}

function findGroups(
  store: Ec2Store,
  input: RunInstancesRequest,
  vpcId: string | undefined,
  context: RequestContext,
): string[] {
  const ids = input.SecurityGroupIds ?? input.NetworkInterfaces?.[0]?.Groups ?? [];
  for (const id of ids) {
    const group = need(store.securityGroups, KINDS.securityGroup, id, context).data;
    if (group.VpcId !== vpcId) {
      throw new AwsError('InvalidParameter', `Security group ${id} and subnet belong to different networks.`);
    }
  }
  const names = (input.SecurityGroups ?? []).map((name) => groupByName(store, name, vpcId));
  const all = [...ids, ...names];
  return all.length > 0 ? all : [groupByName(store, 'default', vpcId)];
}

function groupByName(store: Ec2Store, name: string, vpcId: string | undefined): string {
  const group = store.securityGroups
    .list()
    .find(({ data }) => data.GroupName === name && data.VpcId === vpcId);
  if (!group)
    throw new AwsError(
      'InvalidGroup.NotFound',
      `The security group '${name}' does not exist in VPC '${vpcId}'`,
    );
  return group.id;
}

function toDisk(
  mapping: BlockDeviceMapping,
  base: BlockDeviceMapping | undefined,
  tags: DiskSpec['tags'],
): DiskSpec | undefined {
  if (mapping.NoDevice !== undefined || (!mapping.Ebs && !base?.Ebs)) return undefined;
  const ebs = { ...base?.Ebs, ...mapping.Ebs };
  const size = ebs.VolumeSize ?? 8;
  if (base?.Ebs?.VolumeSize !== undefined && size < base.Ebs.VolumeSize) {
    throw new AwsError(
      'InvalidBlockDeviceMapping',
      `Volume of size ${size}GB is smaller than snapshot '${base.Ebs.SnapshotId}', expect size >= ${base.Ebs.VolumeSize}GB`,
    );
  }
  const type: VolumeType = ebs.VolumeType ?? 'gp2';
  checkVolume(type, size, ebs.Iops, ebs.Throughput);
  return {
    device: mapping.DeviceName ?? '',
    size,
    type,
    iops: ebs.Iops,
    throughput: ebs.Throughput,
    encrypted: ebs.Encrypted,
    snapshotId: ebs.SnapshotId,
    deleteOnTermination: ebs.DeleteOnTermination ?? true,
    tags,
  };
}

function disksOf(image: Image, input: RunInstancesRequest, context: RequestContext): DiskSpec[] {
  const tags = tagsFor(input.TagSpecifications, 'volume', context);
  const wanted = new Map((input.BlockDeviceMappings ?? []).map((m) => [m.DeviceName, m]));
  const disks: (DiskSpec | undefined)[] = [];
  for (const base of image.BlockDeviceMappings ?? []) {
    disks.push(toDisk(wanted.get(base.DeviceName) ?? base, base, tags));
    wanted.delete(base.DeviceName);
  }
  for (const extra of wanted.values()) disks.push(toDisk(extra, undefined, tags));
  return disks.flatMap((disk) => disk ?? []);
}

function profileOf(
  input: RunInstancesRequest,
  context: RequestContext,
): { arn: string; id: string } | undefined {
  const wanted = input.IamInstanceProfile;
  if (!wanted) return undefined;
  const name = wanted.Name ?? wanted.Arn?.split('/').pop() ?? '';
  const profile = context.account.identity.instanceProfiles.get(name);
  if (!profile) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
    );
  }
  const arn = `arn:aws:iam::${context.account.id}:instance-profile${profile.path}${name}`;
  for (const role of profile.roles)
    context.authorize('iam:PassRole', `arn:aws:iam::${context.account.id}:role/${role}`);
  return { arn, id: profile.id };
}

function countOf(input: RunInstancesRequest): number {
  const { MinCount: min, MaxCount: max } = input;
  if (min === undefined) throw missing('MinCount');
  if (max === undefined) throw missing('MaxCount');
  if (min < 1 || max < min)
    throw new AwsError('InvalidParameterValue', `Value (${min}) for parameter minCount is invalid.`);
  if (min > MAX_LAUNCH)
    throw new AwsError(
      'InstanceLimitExceeded',
      `You have requested more instances (${min}) than your current instance limit of ${MAX_LAUNCH} allows.`,
    );
  return Math.min(max, MAX_LAUNCH);
}

/** Launches instances: one reservation, all `pending`, `running` after a while. */
export function runInstances(input: RunInstancesRequest, context: RequestContext): Reservation {
  const store = context.store(ec2Store);
  return once(store, 'RunInstances', input, () => launch(store, input, context));
}

function launch(store: Ec2Store, input: RunInstancesRequest, context: RequestContext): Reservation {
  const count = countOf(input);
  const image = findImage(store, input.ImageId);
  const type = input.InstanceType ?? 'm1.small';
  const facts = needInstanceType(type, context.region);
  if (facts.architecture !== image.Architecture) {
    const text = `The architecture '${facts.architecture}' of the specified instance type does not match the architecture '${image.Architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`;
    throw new AwsError('InvalidParameterValue', text);
  }
  const subnet = findSubnet(store, input, context);
  if ((subnet.AvailableIpAddressCount ?? 0) < count) {
    throw new AwsError(
      'InsufficientFreeAddressesInSubnet',
      `There are not enough free addresses in subnet '${subnet.SubnetId}'`,
    );
  }
  const groupIds = findGroups(store, input, subnet.VpcId, context);
  if (input.KeyName !== undefined && !store.keyPairs.list().some((k) => k.data.KeyName === input.KeyName)) {
    throw new AwsError('InvalidKeyPair.NotFound', `The key pair '${input.KeyName}' does not exist`);
  }
  const disks = disksOf(image, input, context);
  const profile = profileOf(input, context);
  const tags = tagsFor(input.TagSpecifications, 'instance', context);
  const reservationId = store.newId('r');
  const entities = Array.from({ length: count }, (_, launchIndex) =>
    addInstance(store, {
      type,
      image,
      subnet,
      groupIds,
      disks: disks.map((d) => ({ ...d, tags: d.tags?.map((t) => ({ ...t })) })),
      publicIp: input.NetworkInterfaces?.[0]?.AssociatePublicIpAddress ?? subnet.MapPublicIpOnLaunch ?? false,
      reservationId,
      launchIndex,
      keyName: input.KeyName,
      profile,
      tags: tags?.map((t) => ({ ...t })),
      userData: input.UserData,
      clientToken: input.ClientToken,
      monitoring: input.Monitoring?.Enabled ?? false,
      spot: input.InstanceMarketOptions?.MarketType === 'spot',
      disableApiTermination: input.DisableApiTermination ?? false,
      disableApiStop: input.DisableApiStop ?? false,
      shutdownBehavior: input.InstanceInitiatedShutdownBehavior ?? 'stop',
    }),
  );
  const until = store.world.after(DURATIONS.start);
  for (const entity of entities)
    store.instances.schedule(entity, until, () => becomeRunning(store, entity.data, until));
  return {
    ReservationId: reservationId,
    OwnerId: store.accountId,
    Groups: [],
    Instances: entities.map((e) => e.data.instance),
  };
}
