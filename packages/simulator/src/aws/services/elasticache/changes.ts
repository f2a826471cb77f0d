import type {
  CreateCacheClusterMessage,
  CreateCacheClusterResult,
  CreateReplicationGroupMessage,
  CreateReplicationGroupResult,
  DeleteCacheClusterMessage,
  DeleteCacheClusterResult,
  DeleteReplicationGroupMessage,
  DeleteReplicationGroupResult,
  DescribeSnapshotsListMessage,
  DescribeSnapshotsMessage,
  ModifyCacheClusterMessage,
  ModifyCacheClusterResult,
  ModifyReplicationGroupMessage,
  ModifyReplicationGroupResult,
  Tag,
} from '@aws-sdk/client-elasticache';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { addCache, cacheStore, type CacheRecord, type CacheStore, type GroupRecord } from './store.ts';

/** How long transitions take, in simulated seconds. */
const SECONDS = { create: 300, modify: 600, delete: 180, snapshot: 60 };

function needCluster(store: CacheStore, id: string | undefined): Entity<CacheRecord> {
  const entity = store.clusters.get((id ?? '').toLowerCase());
  if (!entity) throw new AwsError('CacheClusterNotFoundFault', `CacheCluster not found: ${id ?? ''}`);
  return entity;
}

function needGroup(store: CacheStore, id: string | undefined): Entity<GroupRecord> {
  const entity = store.groups.get((id ?? '').toLowerCase());
  if (!entity) throw new AwsError('ReplicationGroupNotFoundFault', `ReplicationGroup ${id ?? ''} not found.`);
  return entity;
}

function requireAvailable(status: string | undefined, what: 'CacheCluster' | 'ReplicationGroup'): void {
  if (status === 'available') return;
  throw new AwsError(`Invalid${what}StateFault`, `${what} is not in the available state: ${status ?? ''}`);
}

/** The nodes take the new type one after the other; it is theirs when all have it. */
function retype(store: CacheStore, entity: Entity<CacheRecord>, type: string): void {
  const { cluster, history } = entity.data;
  cluster.CacheClusterStatus = 'modifying';
  cluster.PendingModifiedValues = { CacheNodeType: type };
  const done = store.world.after(SECONDS.modify);
  store.clusters.schedule(entity, done, () => {
    cluster.CacheClusterStatus = 'available';
    cluster.CacheNodeType = type;
    cluster.PendingModifiedValues = {};
    history.push({ at: done, type });
  });
}

function checkNodeType(type: string): void {
  if (!/^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(type))
    throw new AwsError('InvalidParameterValue', `Invalid cache node type: ${type}`);
}

export function modifyCacheCluster(
  input: ModifyCacheClusterMessage,
  context: RequestContext,
): ModifyCacheClusterResult {
  const store = context.store(cacheStore);
  const entity = needCluster(store, input.CacheClusterId);
  const { cluster } = entity.data;
  requireAvailable(cluster.CacheClusterStatus, 'CacheCluster');
  if (cluster.ReplicationGroupId && input.CacheNodeType)
    throw new AwsError(
      'InvalidParameterCombination',
      'Cannot modify the node type of a cluster that belongs to a replication group.',
    );
  if (input.CacheNodeType && input.CacheNodeType !== cluster.CacheNodeType) {
    checkNodeType(input.CacheNodeType);
    retype(store, entity, input.CacheNodeType);
  }
  return { CacheCluster: { ...cluster } };
}

export function modifyReplicationGroup(
  input: ModifyReplicationGroupMessage,
  context: RequestContext,
): ModifyReplicationGroupResult {
  const store = context.store(cacheStore);
  const entity = needGroup(store, input.ReplicationGroupId);
  const { group } = entity.data;
  requireAvailable(group.Status, 'ReplicationGroup');
  const type = input.CacheNodeType;
  if (type && type !== group.CacheNodeType) {
    checkNodeType(type);
    group.Status = 'modifying';
    for (const id of group.MemberClusters ?? []) retype(store, needCluster(store, id), type);
    store.groups.schedule(entity, store.world.after(SECONDS.modify), () => {
      group.Status = 'available';
      group.CacheNodeType = type;
    });
  }
  return { ReplicationGroup: { ...group } };
}

function takeSnapshot(
  store: CacheStore,
  name: string,
  source: { readonly clusterId?: string | undefined; readonly groupId?: string | undefined },
): void {
  if (store.snapshots.get(name))
    throw new AwsError('SnapshotAlreadyExistsFault', `Snapshot ${name} already exists.`);
  const cluster = source.clusterId ? needCluster(store, source.clusterId).data.cluster : undefined;
  if (cluster?.Engine === 'memcached')
    throw new AwsError('SnapshotFeatureNotSupportedFault', 'Memcached clusters have no snapshots.');
  const snapshot = store.snapshots.add(name, {
    SnapshotName: name,
    ARN: store.arn('snapshot', name),
    CacheClusterId: source.clusterId,
    ReplicationGroupId: source.groupId,
    SnapshotStatus: 'creating',
    SnapshotSource: 'manual',
    CacheNodeType: cluster?.CacheNodeType,
    Engine: cluster?.Engine,
    EngineVersion: cluster?.EngineVersion,
  });
  store.snapshots.schedule(snapshot, store.world.after(SECONDS.snapshot), () => {
    snapshot.data.SnapshotStatus = 'available';
  });
}

export function describeSnapshots(
  input: DescribeSnapshotsMessage,
  context: RequestContext,
): Output<DescribeSnapshotsListMessage> {
  const all = context
    .store(cacheStore)
    .snapshots.list()
    .map((e) => e.data);
  const name = input.SnapshotName;
  if (name !== undefined && !all.some((s) => s.SnapshotName === name))
    throw new AwsError('SnapshotNotFoundFault', `Snapshot ${name} not found.`);
  return { Snapshots: all.filter((s) => name === undefined || s.SnapshotName === name) };
}

function vanish(store: CacheStore, entity: Entity<CacheRecord>): void {
  entity.pending = [];
  entity.data.cluster.CacheClusterStatus = 'deleting';
  store.clusters.schedule(entity, store.world.after(SECONDS.delete), () => store.clusters.delete(entity.id));
}

export function deleteCacheCluster(
  input: DeleteCacheClusterMessage,
  context: RequestContext,
): DeleteCacheClusterResult {
  const store = context.store(cacheStore);
  const entity = needCluster(store, input.CacheClusterId);
  requireAvailable(entity.data.cluster.CacheClusterStatus, 'CacheCluster');
  if (input.FinalSnapshotIdentifier)
    takeSnapshot(store, input.FinalSnapshotIdentifier, { clusterId: entity.id });
  vanish(store, entity);
  return { CacheCluster: { ...entity.data.cluster } };
}

export function deleteReplicationGroup(
  input: DeleteReplicationGroupMessage,
  context: RequestContext,
): DeleteReplicationGroupResult {
  const store = context.store(cacheStore);
  const entity = needGroup(store, input.ReplicationGroupId);
  const { group } = entity.data;
  requireAvailable(group.Status, 'ReplicationGroup');
  if (input.FinalSnapshotIdentifier)
    takeSnapshot(store, input.FinalSnapshotIdentifier, {
      groupId: entity.id,
      clusterId: group.MemberClusters?.[0],
    });
  for (const id of group.MemberClusters ?? []) vanish(store, needCluster(store, id));
  group.Status = 'deleting';
  store.groups.schedule(entity, store.world.after(SECONDS.delete), () => store.groups.delete(entity.id));
  return { ReplicationGroup: { ...group } };
}

function checkSnapshot(store: CacheStore, name: string | undefined): void {
  if (name === undefined) return;
  const found = store.snapshots.get(name)?.data;
  if (!found) throw new AwsError('InvalidParameterValue', `Snapshot ${name} not found.`);
  if (found.SnapshotStatus !== 'available')
    throw new AwsError('InvalidSnapshotStateFault', `Snapshot ${name} is ${found.SnapshotStatus}.`);
}

function engineOf(engine: string | undefined): 'redis' | 'valkey' | 'memcached' {
  return engine === 'valkey' || engine === 'memcached' ? engine : 'redis';
}

function record(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map((t) => [t.Key ?? '', t.Value ?? '']));
}

function beginCreation(store: CacheStore, entity: Entity<CacheRecord>): void {
  entity.data.cluster.CacheClusterStatus = 'creating';
  store.clusters.schedule(entity, store.world.after(SECONDS.create), () => {
    entity.data.cluster.CacheClusterStatus = 'available';
  });
}

export function createCacheCluster(
  input: CreateCacheClusterMessage,
  context: RequestContext,
): CreateCacheClusterResult {
  const store = context.store(cacheStore);
  const id = (input.CacheClusterId ?? '').toLowerCase();
  if (!/^[a-z][a-z0-9-]{0,49}$/.test(id))
    throw new AwsError('InvalidParameterValue', `The parameter CacheClusterIdentifier is not valid: ${id}`);
  if (store.clusters.get(id))
    throw new AwsError('CacheClusterAlreadyExistsFault', 'Cache cluster already exists.');
  checkNodeType(input.CacheNodeType ?? '');
  checkSnapshot(store, input.SnapshotName);
  addCache(store, {
    id,
    nodeType: input.CacheNodeType ?? '',
    engine: engineOf(input.Engine),
    engineVersion: input.EngineVersion ?? '7.1',
    nodes: input.NumCacheNodes ?? 1,
    tags: record(input.Tags),
  });
  const entity = needCluster(store, id);
  beginCreation(store, entity);
  return { CacheCluster: { ...entity.data.cluster } };
}

export function createReplicationGroup(
  input: CreateReplicationGroupMessage,
  context: RequestContext,
): CreateReplicationGroupResult {
  const store = context.store(cacheStore);
  const id = (input.ReplicationGroupId ?? '').toLowerCase();
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(id))
    throw new AwsError('InvalidParameterValue', `The parameter ReplicationGroupId is not valid: ${id}`);
  if (store.groups.get(id))
    throw new AwsError('ReplicationGroupAlreadyExistsFault', 'Replication group already exists.');
  checkNodeType(input.CacheNodeType ?? '');
  checkSnapshot(store, input.SnapshotName);
  addCache(store, {
    id,
    nodeType: input.CacheNodeType ?? '',
    engine: engineOf(input.Engine),
    engineVersion: input.EngineVersion ?? '7.1',
    replicas: input.ReplicasPerNodeGroup ?? 0,
    tags: record(input.Tags),
  });
  const entity = needGroup(store, id);
  const { group } = entity.data;
  for (const member of group.MemberClusters ?? []) beginCreation(store, needCluster(store, member));
  group.Status = 'creating';
  store.groups.schedule(entity, store.world.after(SECONDS.create), () => {
    group.Status = 'available';
  });
  return { ReplicationGroup: { ...group } };
}
