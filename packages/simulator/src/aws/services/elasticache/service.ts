import type {
  CacheCluster,
  CacheClusterMessage,
  DescribeCacheClustersMessage,
  DescribeReplicationGroupsMessage,
  ListTagsForResourceMessage,
  ReplicationGroup,
  ReplicationGroupMessage,
  ReservedCacheNodeMessage,
  TagListMessage,
} from '@aws-sdk/client-elasticache';
import { SeededRandom } from '../../../random.ts';
import { Collection } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { findRegion } from '../../regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { defineStore, type StoreOwner, type World } from '../../world.ts';

export interface CacheRecord {
  readonly cluster: CacheCluster;
  readonly tags: Map<string, string>;
}

/** ElastiCache of one account in one region. */
export class CacheStore {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly clusters: Collection<CacheRecord>;
  readonly groups: Collection<{ readonly group: ReplicationGroup; readonly tags: Map<string, string> }>;

  constructor({ world, account, region }: StoreOwner) {
    this.world = world;
    this.accountId = account.id;
    this.region = region;
    const now = (): number => world.clock.now();
    this.clusters = new Collection(now);
    this.groups = new Collection(now);
  }

  arn(type: 'cluster' | 'replicationgroup', id: string): string {
    return `arn:aws:elasticache:${this.region}:${this.accountId}:${type}:${id}`;
  }
}

/** ElastiCache state per account and region. */
export const cacheStore = defineStore('elasticache', 'region', (owner) => new CacheStore(owner));

/** What a cluster needs; with `replicas` it becomes a replication group of one shard. */
export interface CacheSpec {
  readonly id: string;
  readonly nodeType: string;
  readonly engine: 'redis' | 'valkey' | 'memcached';
  readonly engineVersion: string;
  /** Nodes of a memcached cluster; 1 otherwise. */
  readonly nodes?: number;
  readonly replicas?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly createdAt?: number;
}

function addCluster(store: CacheStore, id: string, spec: CacheSpec, groupId: string | undefined): void {
  const at = spec.createdAt ?? store.world.clock.now();
  const random = SeededRandom.of(store.world.seed, 'elasticache', store.accountId, store.region, id);
  const zone = `${store.region}${random.pick([...(findRegion(store.region)?.zones ?? 'abc')])}`;
  const port = spec.engine === 'memcached' ? 11_211 : 6379;
  const count = spec.nodes ?? 1;
  const host = `${id}.${random.hex(6)}`;
  const cluster: CacheCluster = {
    CacheClusterId: id,
    ARN: store.arn('cluster', id),
    CacheClusterStatus: 'available',
    CacheNodeType: spec.nodeType,
    Engine: spec.engine,
    EngineVersion: spec.engineVersion,
    NumCacheNodes: count,
    PreferredAvailabilityZone: zone,
    CacheClusterCreateTime: new Date(at),
    PreferredMaintenanceWindow: 'tue:05:00-tue:06:00',
    PendingModifiedValues: {},
    CacheSubnetGroupName: 'default',
    CacheParameterGroup: {
      CacheParameterGroupName: `default.${spec.engine}${spec.engineVersion.split('.')[0]}`,
      ParameterApplyStatus: 'in-sync',
      CacheNodeIdsToReboot: [],
    },
    CacheSecurityGroups: [],
    AutoMinorVersionUpgrade: true,
    ReplicationGroupId: groupId,
    SnapshotRetentionLimit: 0,
    TransitEncryptionEnabled: false,
    AtRestEncryptionEnabled: false,
    ...(spec.engine === 'memcached'
      ? { ConfigurationEndpoint: { Address: `${host}.cfg.cache.amazonaws.com`, Port: port } }
      : {}),
    CacheNodes: Array.from({ length: count }, (_, i) => ({
      CacheNodeId: String(i + 1).padStart(4, '0'),
      CacheNodeStatus: 'available',
      CacheNodeCreateTime: new Date(at),
      Endpoint: { Address: `${host}.${String(i + 1).padStart(4, '0')}.cache.amazonaws.com`, Port: port },
      ParameterGroupStatus: 'in-sync',
      CustomerAvailabilityZone: zone,
    })),
  };
  store.clusters.add(id, { cluster, tags: new Map(Object.entries(spec.tags ?? {})) }, at);
}

/** Adds a cluster, or a replication group with its member clusters. */
export function addCache(store: CacheStore, spec: CacheSpec): void {
  if (spec.replicas === undefined) {
    addCluster(store, spec.id, spec, undefined);
    return;
  }
  const members = Array.from(
    { length: spec.replicas + 1 },
    (_, i) => `${spec.id}-${String(i + 1).padStart(3, '0')}`,
  );
  for (const member of members) addCluster(store, member, spec, spec.id);
  const group: ReplicationGroup = {
    ReplicationGroupId: spec.id,
    ARN: store.arn('replicationgroup', spec.id),
    Description: spec.id,
    Status: 'available',
    PendingModifiedValues: {},
    MemberClusters: members,
    NodeGroups: [
      {
        NodeGroupId: '0001',
        Status: 'available',
        NodeGroupMembers: members.map((CacheClusterId, i) => ({
          CacheClusterId,
          CacheNodeId: '0001',
          CurrentRole: i === 0 ? 'primary' : 'replica',
        })),
      },
    ],
    AutomaticFailover: spec.replicas > 0 ? 'enabled' : 'disabled',
    MultiAZ: spec.replicas > 0 ? 'enabled' : 'disabled',
    SnapshotRetentionLimit: 1,
    ClusterEnabled: false,
    CacheNodeType: spec.nodeType,
    Engine: spec.engine,
    ReplicationGroupCreateTime: new Date(spec.createdAt ?? store.world.clock.now()),
  };
  store.groups.add(spec.id, { group, tags: new Map(Object.entries(spec.tags ?? {})) }, spec.createdAt);
}

interface PagedInput {
  readonly MaxRecords?: number | undefined;
  readonly Marker?: string | undefined;
}

function page<T extends { readonly id: string }>(
  items: readonly T[],
  input: PagedInput,
  context: RequestContext,
): { items: readonly T[]; Marker: string | undefined } {
  const { MaxRecords: limit, Marker: token, ...parameters } = input;
  if (limit !== undefined && (limit < 20 || limit > 100))
    throw new AwsError('InvalidParameterValue', 'MaxRecords must be between 20 and 100');
  const result = paginate(
    items,
    {
      token,
      limit,
      defaultLimit: 100,
      parameters,
      keyOf: (e) => e.id,
      invalidToken: () => new AwsError('InvalidParameterValue', 'Invalid Marker'),
    },
    context,
  );
  return { items: result.items, Marker: result.nextToken };
}

function describeCacheClusters(
  input: DescribeCacheClustersMessage,
  context: RequestContext,
): Output<CacheClusterMessage> {
  const store = context.store(cacheStore);
  const wanted = input.CacheClusterId?.toLowerCase();
  if (wanted !== undefined && !store.clusters.get(wanted))
    throw new AwsError('CacheClusterNotFoundFault', `CacheCluster not found: ${wanted}`);
  const matching = store.clusters
    .list()
    .filter(
      (e) =>
        (wanted === undefined || e.id === wanted) &&
        (input.ShowCacheClustersNotInReplicationGroups !== true ||
          e.data.cluster.ReplicationGroupId === undefined),
    );
  const { items, Marker } = page(matching, input, context);
  const clusters = items.map(({ data: { cluster } }) => {
    const { CacheNodes: nodes, ...rest } = cluster;
    // Nodes are listed only on demand.
    return input.ShowCacheNodeInfo === true ? { ...rest, CacheNodes: nodes } : rest;
  });
  return { CacheClusters: clusters, Marker };
}

function describeReplicationGroups(
  input: DescribeReplicationGroupsMessage,
  context: RequestContext,
): Output<ReplicationGroupMessage> {
  const store = context.store(cacheStore);
  const wanted = input.ReplicationGroupId?.toLowerCase();
  if (wanted !== undefined && !store.groups.get(wanted))
    throw new AwsError('ReplicationGroupNotFoundFault', `ReplicationGroup ${wanted} not found.`);
  const { items, Marker } = page(
    store.groups.list().filter((e) => wanted === undefined || e.id === wanted),
    input,
    context,
  );
  return { ReplicationGroups: items.map((e) => ({ ...e.data.group })), Marker };
}

function listTagsForResource(
  input: ListTagsForResourceMessage,
  context: RequestContext,
): Output<TagListMessage> {
  const store = context.store(cacheStore);
  const [, type, id = ''] = /:(cluster|replicationgroup):([^:]+)$/.exec(input.ResourceName ?? '') ?? [];
  const tags =
    type === 'replicationgroup' ? store.groups.get(id)?.data.tags : store.clusters.get(id)?.data.tags;
  if (!tags)
    throw new AwsError(
      type === 'replicationgroup' ? 'ReplicationGroupNotFoundFault' : 'CacheClusterNotFoundFault',
      `${id} is either not present or not available.`,
    );
  return { TagList: [...tags].map(([Key, Value]) => ({ Key, Value })) };
}

function describeReservedCacheNodes(): Output<ReservedCacheNodeMessage> {
  return { ReservedCacheNodes: [] };
}

/** Amazon ElastiCache, read side. */
export const elasticache: ServiceDefinition = {
  iamPrefix: 'elasticache',
  handlers: {
    DescribeCacheClusters: describeCacheClusters,
    DescribeReplicationGroups: describeReplicationGroups,
    DescribeReservedCacheNodes: describeReservedCacheNodes,
    ListTagsForResource: listTagsForResource,
  },
};
