import type { DBCluster } from '@aws-sdk/client-rds';
import type * as RdsSdk from '@aws-sdk/client-rds';
import type { ResourceState } from '../../resource.ts';
import { RDS } from '../clients.ts';
import { relations, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { arn, ec2Arn } from '../scope.ts';
import { plainReader } from './reader.ts';

const STATES: Readonly<Record<string, ResourceState>> = {
  available: 'running',
  'backing-up': 'running',
  backtracking: 'updating',
  creating: 'creating',
  deleting: 'deleting',
  'failing-over': 'updating',
  'cloning-failed': 'failed',
  'inaccessible-encryption-credentials': 'failed',
  maintenance: 'updating',
  migrating: 'updating',
  'migration-failed': 'failed',
  modifying: 'updating',
  promoting: 'updating',
  renaming: 'updating',
  'resetting-master-credentials': 'updating',
  starting: 'starting',
  stopped: 'stopped',
  stopping: 'stopping',
  'storage-optimization': 'running',
  'update-iam-db-auth': 'updating',
  upgrading: 'updating',
};

/** Aurora, DocumentDB and Neptune: one API answers for all three, Engine tells them apart. */
export const databaseClusters = plainReader<typeof RdsSdk, DBCluster>({
  type: { id: 'aws.rds.cluster', label: 'RDS cluster', category: 'database', taggable: true },
  service: RDS,
  call: 'DescribeDBClusters',
  async page(rds, scope, Marker) {
    const answer = await rds.send(new rds.sdk.DescribeDBClustersCommand({ Marker, MaxRecords: 100 }), scope);
    return { items: answer.DBClusters ?? [], next: answer.Marker };
  },
  async find(rds, scope, ref) {
    const input = { DBClusterIdentifier: ref.id };
    return (await rds.send(new rds.sdk.DescribeDBClustersCommand(input), scope)).DBClusters?.[0];
  },
  facts(scope, raw) {
    const id = raw.DBClusterIdentifier ?? '';
    return {
      nativeId: raw.DBClusterArn ?? arn(scope, 'rds', `cluster:${id}`),
      id,
      state: stateOf(STATES, raw.Status),
      stateRaw: raw.Status,
      tags: tagMap(raw.TagList),
      createdAt: raw.ClusterCreateTime,
      size: { sku: raw.DBClusterInstanceClass, nodes: raw.DBClusterMembers?.length },
      relations: relations(
        ...(raw.DBClusterMembers ?? []).map(
          (m) =>
            ['uses', m.DBInstanceIdentifier && arn(scope, 'rds', `db:${m.DBInstanceIdentifier}`)] as const,
        ),
        ...(raw.VpcSecurityGroups ?? []).map(
          (g) =>
            [
              'protected_by',
              g.VpcSecurityGroupId && ec2Arn(scope, 'security-group', g.VpcSecurityGroupId),
            ] as const,
        ),
      ),
      attributes: toAttributes(
        { ...raw, PendingModifiedValues: { ...raw.PendingModifiedValues, MasterUserPassword: undefined } },
        // These move every few minutes; kept, each look at an unchanged cluster would be a change.
        ['TagList', 'LatestRestorableTime', 'EarliestRestorableTime'],
      ),
    };
  },
});
