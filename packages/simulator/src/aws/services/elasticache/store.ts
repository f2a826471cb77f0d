import type { CacheCluster, ReplicationGroup, Snapshot } from '@aws-sdk/client-elasticache';
import { SeededRandom } from '../../../random.ts';
import { Collection } from '../../collection.ts';
import { findRegion } from '../../regions.ts';
import { defineStore, type StoreOwner, type World } from '../../world.ts';

/** A cluster, its tags, and the node types it had, oldest first. */
export interface CacheRecord {
  readonly cluster: CacheCluster;
  readonly tags: Map<string, string>;
  readonly history: { readonly at: number; readonly type: string }[];
}

export interface GroupRecord {
  readonly group: ReplicationGroup;
  readonly tags: Map<string, string>;
}

/** ElastiCache of one account in one region. */
export class CacheStore {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly clusters: Collection<CacheRecord>;
  readonly groups: Collection<GroupRecord>;
  readonly snapshots: Collection<Snapshot>;

  constructor({ world, account, region }: StoreOwner) {
    this.world = world;
    this.accountId = account.id;
    this.region = region;
    const now = (): number => world.clock.now();
    this.clusters = new Collection(now);
    this.groups = new Collection(now);
    this.snapshots = new Collection(now);
  }

  arn(type: 'cluster' | 'replicationgroup' | 'snapshot', id: string): string {
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
  const tags = new Map(Object.entries(spec.tags ?? {}));
  store.clusters.add(id, { cluster, tags, history: [{ at, type: spec.nodeType }] }, at);
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
