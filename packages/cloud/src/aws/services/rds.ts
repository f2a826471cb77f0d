import type { DBInstance, DBSnapshot } from '@aws-sdk/client-rds';
import type { Resource, ResourceState } from '../../resource.ts';
import { RDS } from '../clients.ts';
import { instanceSize } from '../instance-sizes.ts';
import { relations, resource, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { databaseMonthly } from '../price-table.ts';
import { arn, ec2Arn, type Scope, type TypeReader } from '../scope.ts';

const STATES: Readonly<Record<string, ResourceState>> = {
  available: 'running',
  'backing-up': 'running',
  'storage-optimization': 'running',
  'storage-initialization': 'running',
  'configuring-enhanced-monitoring': 'updating',
  'configuring-log-exports': 'updating',
  'configuring-iam-database-auth': 'updating',
  modifying: 'updating',
  maintenance: 'updating',
  upgrading: 'updating',
  renaming: 'updating',
  'resetting-master-credentials': 'updating',
  creating: 'creating',
  deleting: 'deleting',
  rebooting: 'restarting',
  starting: 'starting',
  stopping: 'stopping',
  stopped: 'stopped',
  failed: 'failed',
  'inaccessible-encryption-credentials': 'failed',
  'incompatible-network': 'failed',
  'incompatible-option-group': 'failed',
  'incompatible-parameters': 'failed',
  'incompatible-restore': 'failed',
  'insufficient-capacity': 'failed',
  'restore-error': 'failed',
  'storage-full': 'failed',
};

const DATABASE = {
  id: 'aws.rds.instance',
  label: 'RDS database instance',
  category: 'database',
  taggable: true,
} as const;

export function databaseResource(scope: Scope, raw: DBInstance): Resource {
  const id = raw.DBInstanceIdentifier ?? '';
  const nativeId = raw.DBInstanceArn ?? arn(scope, 'rds', `db:${id}`);
  const state = stateOf(STATES, raw.DBInstanceStatus);
  const databaseClass = raw.DBInstanceClass ?? '';
  const known = instanceSize(databaseClass);
  return resource({
    type: DATABASE.id,
    nativeId,
    id,
    region: scope.region,
    zone: raw.AvailabilityZone,
    state,
    stateRaw: raw.DBInstanceStatus,
    tags: tagMap(raw.TagList),
    createdAt: raw.InstanceCreateTime,
    size: {
      sku: databaseClass || undefined,
      cpus: known?.cpus,
      memoryGiB: known?.memoryGiB,
      storageGiB: raw.AllocatedStorage,
      iops: raw.Iops,
      throughputMiBs: raw.StorageThroughput,
      nodes: raw.MultiAZ ? 2 : 1,
    },
    relations: relations(
      ['in_network', raw.DBSubnetGroup?.VpcId && ec2Arn(scope, 'vpc', raw.DBSubnetGroup.VpcId)],
      ...(raw.DBSubnetGroup?.Subnets ?? []).map(
        (s) => ['in_subnet', s.SubnetIdentifier && ec2Arn(scope, 'subnet', s.SubnetIdentifier)] as const,
      ),
      ...(raw.VpcSecurityGroups ?? []).map(
        (g) =>
          [
            'protected_by',
            g.VpcSecurityGroupId && ec2Arn(scope, 'security-group', g.VpcSecurityGroupId),
          ] as const,
      ),
      [
        'source',
        raw.ReadReplicaSourceDBInstanceIdentifier &&
          (raw.ReadReplicaSourceDBInstanceIdentifier.startsWith('arn:')
            ? raw.ReadReplicaSourceDBInstanceIdentifier
            : arn(scope, 'rds', `db:${raw.ReadReplicaSourceDBInstanceIdentifier}`)),
      ],
      ['member_of', raw.DBClusterIdentifier && arn(scope, 'rds', `cluster:${raw.DBClusterIdentifier}`)],
    ),
    // A pending master password is masked by AWS and of no use to anyone.
    attributes: toAttributes(
      { ...raw, PendingModifiedValues: { ...raw.PendingModifiedValues, MasterUserPassword: undefined } },
      // The restorable time moves every five minutes; kept, each look at an unchanged database would be a change.
      ['TagList', 'LatestRestorableTime'],
    ),
    monthly: databaseMonthly(scope.region, {
      databaseClass,
      engine: raw.Engine ?? '',
      multiZone: raw.MultiAZ === true,
      running: state !== 'stopped',
      storageType: raw.StorageType,
      storageGiB: raw.AllocatedStorage,
    }),
  });
}

export const databases: TypeReader = {
  type: DATABASE,
  async *list(scope) {
    const rds = await scope.session.open(RDS, scope.region);
    const found = rds.pages('DescribeDBInstances', async (Marker) => {
      const answer = await rds.send(
        new rds.sdk.DescribeDBInstancesCommand({ Marker, MaxRecords: 100 }),
        scope,
      );
      return { items: answer.DBInstances ?? [], next: answer.Marker };
    });
    for await (const items of found) yield items.map((raw) => databaseResource(scope, raw));
  },
  async inspect(scope, ref) {
    const rds = await scope.session.open(RDS, scope.region);
    const answer = await rds.send(
      new rds.sdk.DescribeDBInstancesCommand({ DBInstanceIdentifier: ref.id }),
      scope,
    );
    return answer.DBInstances?.[0] && databaseResource(scope, answer.DBInstances[0]);
  },
};

const SNAPSHOT_STATES: Readonly<Record<string, ResourceState>> = {
  creating: 'creating',
  available: 'available',
  deleting: 'deleting',
  failed: 'failed',
  copying: 'creating',
};

const SNAPSHOT = {
  id: 'aws.rds.snapshot',
  label: 'RDS snapshot',
  category: 'database',
  taggable: true,
} as const;

function databaseSnapshotResource(scope: Scope, raw: DBSnapshot): Resource {
  const id = raw.DBSnapshotIdentifier ?? '';
  return resource({
    type: SNAPSHOT.id,
    nativeId: raw.DBSnapshotArn ?? arn(scope, 'rds', `snapshot:${id}`),
    id,
    region: scope.region,
    zone: raw.AvailabilityZone,
    state: stateOf(SNAPSHOT_STATES, raw.Status),
    stateRaw: raw.Status,
    tags: tagMap(raw.TagList),
    createdAt: raw.SnapshotCreateTime,
    size: { sku: raw.StorageType, storageGiB: raw.AllocatedStorage },
    relations: relations(
      ['source', raw.DBInstanceIdentifier && arn(scope, 'rds', `db:${raw.DBInstanceIdentifier}`)],
      ['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)],
    ),
    attributes: toAttributes(raw, ['TagList']),
  });
}

export const databaseSnapshots: TypeReader = {
  type: SNAPSHOT,
  async *list(scope) {
    const rds = await scope.session.open(RDS, scope.region);
    const found = rds.pages('DescribeDBSnapshots', async (Marker) => {
      const answer = await rds.send(
        new rds.sdk.DescribeDBSnapshotsCommand({ Marker, MaxRecords: 100 }),
        scope,
      );
      return { items: answer.DBSnapshots ?? [], next: answer.Marker };
    });
    for await (const items of found) yield items.map((raw) => databaseSnapshotResource(scope, raw));
  },
  async inspect(scope, ref) {
    const rds = await scope.session.open(RDS, scope.region);
    const answer = await rds.send(
      new rds.sdk.DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: ref.id }),
      scope,
    );
    return answer.DBSnapshots?.[0] && databaseSnapshotResource(scope, answer.DBSnapshots[0]);
  },
};
