import type { Snapshot, Volume } from '@aws-sdk/client-ec2';
import type { Resource, ResourceState } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { relations, resource, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { snapshotMonthly, volumeMonthly } from '../price-table.ts';
import { ec2Arn, type Scope, type TypeReader } from '../scope.ts';

const VOLUME_STATES: Readonly<Record<string, ResourceState>> = {
  creating: 'creating',
  available: 'available',
  'in-use': 'in_use',
  deleting: 'deleting',
  deleted: 'deleted',
  error: 'failed',
};

const VOLUME = { id: 'aws.ec2.volume', label: 'EBS volume', category: 'storage', taggable: true } as const;

function volumeResource(scope: Scope, raw: Volume): Resource {
  const id = raw.VolumeId ?? '';
  const tags = tagMap(raw.Tags);
  const size = { sku: raw.VolumeType, storageGiB: raw.Size, iops: raw.Iops, throughputMiBs: raw.Throughput };
  return resource({
    type: VOLUME.id,
    nativeId: ec2Arn(scope, 'volume', id),
    id,
    region: scope.region,
    name: tags['Name'],
    zone: raw.AvailabilityZone,
    state: stateOf(VOLUME_STATES, raw.State),
    stateRaw: raw.State,
    tags,
    createdAt: raw.CreateTime,
    size,
    relations: relations(
      ...(raw.Attachments ?? []).map(
        (a) => ['attached_to', a.InstanceId && ec2Arn(scope, 'instance', a.InstanceId)] as const,
      ),
      ['source', raw.SnapshotId && ec2Arn(scope, 'snapshot', raw.SnapshotId)],
    ),
    attributes: toAttributes(raw, ['Tags']),
    monthly: volumeMonthly(scope.region, size),
  });
}

export const volumes: TypeReader = {
  type: VOLUME,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const found = ec2.pages('DescribeVolumes', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeVolumesCommand({ NextToken, MaxResults: 1000 }),
        scope,
      );
      return { items: answer.Volumes ?? [], next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => volumeResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeVolumesCommand({ VolumeIds: [ref.id] }), scope);
    return answer.Volumes?.[0] && volumeResource(scope, answer.Volumes[0]);
  },
};

const SNAPSHOT_STATES: Readonly<Record<string, ResourceState>> = {
  pending: 'creating',
  completed: 'available',
  error: 'failed',
  recoverable: 'stopped',
  recovering: 'updating',
};

const SNAPSHOT = {
  id: 'aws.ec2.snapshot',
  label: 'EBS snapshot',
  category: 'storage',
  taggable: true,
} as const;

/** Marker AWS puts where a snapshot's volume is not known, e.g. for copies. */
const NO_VOLUME = 'vol-ffffffff';

export function snapshotResource(scope: Scope, raw: Snapshot): Resource {
  const id = raw.SnapshotId ?? '';
  const tags = tagMap(raw.Tags);
  const volume = raw.VolumeId === NO_VOLUME ? undefined : raw.VolumeId;
  return resource({
    type: SNAPSHOT.id,
    nativeId: ec2Arn(scope, 'snapshot', id),
    id,
    region: scope.region,
    name: tags['Name'] ?? (raw.Description || undefined),
    state: stateOf(SNAPSHOT_STATES, raw.State),
    stateRaw: raw.State,
    tags,
    createdAt: raw.StartTime,
    size: { sku: raw.StorageTier, storageGiB: raw.VolumeSize },
    relations: relations(['source', volume && ec2Arn(scope, 'volume', volume)]),
    attributes: toAttributes(raw, ['Tags']),
    // An upper bound: only changed blocks are charged, and their number is not told.
    monthly: snapshotMonthly(scope.region, raw.VolumeSize, raw.StorageTier),
  });
}

export const snapshots: TypeReader = {
  type: SNAPSHOT,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    // Without an owner the answer holds every public snapshot.
    const found = ec2.pages('DescribeSnapshots', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeSnapshotsCommand({ OwnerIds: ['self'], NextToken, MaxResults: 1000 }),
        scope,
      );
      return { items: answer.Snapshots ?? [], next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => snapshotResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeSnapshotsCommand({ SnapshotIds: [ref.id] }), scope);
    return answer.Snapshots?.[0] && snapshotResource(scope, answer.Snapshots[0]);
  },
};
