import type { Image, Instance, KeyPairInfo } from '@aws-sdk/client-ec2';
import type { Resource, ResourceState } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { relations, resource, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { instanceMonthly } from '../price-table.ts';
import { instanceSize } from '../instance-sizes.ts';
import { ec2Arn, type Scope, type TypeReader } from '../scope.ts';

const INSTANCE_STATES: Readonly<Record<string, ResourceState>> = {
  pending: 'starting',
  running: 'running',
  'shutting-down': 'deleting',
  terminated: 'deleted',
  stopping: 'stopping',
  stopped: 'stopped',
};

const INSTANCE = {
  id: 'aws.ec2.instance',
  label: 'EC2 instance',
  category: 'compute',
  taggable: true,
} as const;

/**
 * When an instance was stopped, out of `User initiated (2026-08-12 10:11:12 GMT)`: the only place where EC2 tells
 * it, and only for some reasons.
 */
function stoppedAt(reason: string | undefined): string | undefined {
  const [, day, time] = /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) GMT\)/.exec(reason ?? '') ?? [];
  return day && time ? `${day}T${time}.000Z` : undefined;
}

/** One instance as described; members are absent for terminated ones. */
export function instanceResource(scope: Scope, raw: Instance): Resource {
  const id = raw.InstanceId ?? '';
  const tags = tagMap(raw.Tags);
  const type = raw.InstanceType ?? '';
  const known = instanceSize(type);
  const cores = raw.CpuOptions?.CoreCount;
  const state = stateOf(INSTANCE_STATES, raw.State?.Name);
  const stopped = state === 'stopped' ? stoppedAt(raw.StateTransitionReason) : undefined;
  return resource({
    type: INSTANCE.id,
    nativeId: ec2Arn(scope, 'instance', id),
    id,
    region: scope.region,
    name: tags['Name'],
    zone: raw.Placement?.AvailabilityZone,
    state,
    stateRaw: raw.State?.Name,
    tags,
    createdAt: raw.LaunchTime,
    size: {
      sku: type || undefined,
      cpus: cores ? cores * (raw.CpuOptions?.ThreadsPerCore ?? 1) : known?.cpus,
      memoryGiB: known?.memoryGiB,
    },
    relations: relations(
      ['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)],
      ['in_subnet', raw.SubnetId && ec2Arn(scope, 'subnet', raw.SubnetId)],
      ['source', raw.ImageId && ec2Arn(scope, 'image', raw.ImageId)],
      ['uses', raw.IamInstanceProfile?.Arn],
      ...(raw.SecurityGroups ?? []).map(
        (g) => ['protected_by', g.GroupId && ec2Arn(scope, 'security-group', g.GroupId)] as const,
      ),
    ),
    attributes: { ...toAttributes(raw, ['Tags']), ...(stopped ? { StoppedAt: stopped } : {}) },
    monthly:
      state === 'running'
        ? instanceMonthly(scope.region, type, raw.Platform?.toLowerCase() === 'windows')
        : undefined,
  });
}

export const instances: TypeReader = {
  type: INSTANCE,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    // MaxResults counts instances; a reservation may be split over pages, so instances are read one by one. Half of what
    // EC2 allows: the answers of several regions are in memory at once, and an instance is the largest of all.
    const found = ec2.pages('DescribeInstances', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeInstancesCommand({ NextToken, MaxResults: 500 }),
        scope,
      );
      return { items: (answer.Reservations ?? []).flatMap((r) => r.Instances ?? []), next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => instanceResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeInstancesCommand({ InstanceIds: [ref.id] }), scope);
    const raw = answer.Reservations?.flatMap((r) => r.Instances ?? [])[0];
    return raw && instanceResource(scope, raw);
  },
};

const IMAGE_STATES: Readonly<Record<string, ResourceState>> = {
  pending: 'creating',
  available: 'available',
  invalid: 'failed',
  deregistered: 'deleted',
  transient: 'creating',
  failed: 'failed',
  error: 'failed',
  disabled: 'stopped',
};

const IMAGE = {
  id: 'aws.ec2.image',
  label: 'Amazon Machine Image',
  category: 'compute',
  taggable: true,
} as const;

function imageResource(scope: Scope, raw: Image): Resource {
  const id = raw.ImageId ?? '';
  const tags = tagMap(raw.Tags);
  const disks = (raw.BlockDeviceMappings ?? []).map((m) => m.Ebs).filter((e) => e !== undefined);
  return resource({
    type: IMAGE.id,
    nativeId: ec2Arn(scope, 'image', id),
    id,
    region: scope.region,
    name: raw.Name ?? tags['Name'],
    state: stateOf(IMAGE_STATES, raw.State),
    stateRaw: raw.State,
    tags,
    createdAt: raw.CreationDate,
    size: {
      storageGiB: disks.length > 0 ? disks.reduce((sum, d) => sum + (d.VolumeSize ?? 0), 0) : undefined,
    },
    relations: relations(
      ...disks.map((d) => ['uses', d.SnapshotId && ec2Arn(scope, 'snapshot', d.SnapshotId)] as const),
    ),
    attributes: toAttributes(raw, ['Tags']),
  });
}

export const images: TypeReader = {
  type: IMAGE,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    // Without an owner the answer holds every public image.
    const found = ec2.pages('DescribeImages', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeImagesCommand({ Owners: ['self'], NextToken, MaxResults: 1000 }),
        scope,
      );
      return { items: answer.Images ?? [], next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => imageResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeImagesCommand({ ImageIds: [ref.id] }), scope);
    return answer.Images?.[0] && imageResource(scope, answer.Images[0]);
  },
};

const KEY_PAIR = {
  id: 'aws.ec2.key-pair',
  label: 'EC2 key pair',
  category: 'identity',
  taggable: true,
} as const;

function keyPairResource(scope: Scope, raw: KeyPairInfo): Resource {
  const id = raw.KeyPairId ?? raw.KeyName ?? '';
  return resource({
    type: KEY_PAIR.id,
    nativeId: ec2Arn(scope, 'key-pair', id),
    id,
    region: scope.region,
    name: raw.KeyName,
    state: 'active',
    tags: tagMap(raw.Tags),
    createdAt: raw.CreateTime,
    attributes: toAttributes(raw, ['Tags']),
  });
}

export const keyPairs: TypeReader = {
  type: KEY_PAIR,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeKeyPairsCommand({}), scope);
    yield (answer.KeyPairs ?? []).map((raw) => keyPairResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeKeyPairsCommand({ KeyPairIds: [ref.id] }), scope);
    return answer.KeyPairs?.[0] && keyPairResource(scope, answer.KeyPairs[0]);
  },
};
