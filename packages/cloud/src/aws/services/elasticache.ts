import type { CacheCluster, ReplicationGroup } from '@aws-sdk/client-elasticache';
import type { Resource, ResourceState } from '../../resource.ts';
import { ELASTICACHE } from '../clients.ts';
import { relations, resource, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { cacheMonthly } from '../price-table.ts';
import { arn, ec2Arn, type Scope, type TypeReader } from '../scope.ts';
import { described, orNoTags } from './lenient.ts';

/** Tags are one call per cluster. */
const DETAILS_AT_ONCE = 4;

const CACHE_STATES: Readonly<Record<string, ResourceState>> = {
  available: 'running',
  creating: 'creating',
  deleted: 'deleted',
  deleting: 'deleting',
  'incompatible-network': 'failed',
  modifying: 'updating',
  'rebooting cluster nodes': 'restarting',
  'restore-failed': 'failed',
  snapshotting: 'running',
};

const CACHE = {
  id: 'aws.elasticache.cluster',
  label: 'ElastiCache cluster',
  category: 'database',
  taggable: true,
} as const;

function cacheResource(scope: Scope, raw: CacheCluster, tags: Record<string, string>): Resource {
  const id = raw.CacheClusterId ?? '';
  const nodes = raw.NumCacheNodes ?? 1;
  return resource({
    type: CACHE.id,
    nativeId: raw.ARN ?? arn(scope, 'elasticache', `cluster:${id}`),
    id,
    region: scope.region,
    zone: raw.PreferredAvailabilityZone,
    state: stateOf(CACHE_STATES, raw.CacheClusterStatus),
    stateRaw: raw.CacheClusterStatus,
    tags,
    createdAt: raw.CacheClusterCreateTime,
    size: { sku: raw.CacheNodeType, nodes },
    relations: relations(
      [
        'member_of',
        raw.ReplicationGroupId && arn(scope, 'elasticache', `replicationgroup:${raw.ReplicationGroupId}`),
      ],
      ...(raw.SecurityGroups ?? []).map(
        (g) =>
          ['protected_by', g.SecurityGroupId && ec2Arn(scope, 'security-group', g.SecurityGroupId)] as const,
      ),
    ),
    attributes: toAttributes(raw),
    monthly: raw.CacheNodeType ? cacheMonthly(scope.region, raw.CacheNodeType, nodes) : undefined,
  });
}

async function withCacheTags(scope: Scope, raw: CacheCluster): Promise<Resource> {
  const cache = await scope.session.open(ELASTICACHE, scope.region);
  const ResourceName = raw.ARN ?? arn(scope, 'elasticache', `cluster:${raw.CacheClusterId}`);
  return cacheResource(
    scope,
    raw,
    await orNoTags(
      cache
        .send(new cache.sdk.ListTagsForResourceCommand({ ResourceName }), scope)
        .then((a) => tagMap(a.TagList)),
    ),
  );
}

export const caches: TypeReader = {
  type: CACHE,
  async *list(scope) {
    const cache = await scope.session.open(ELASTICACHE, scope.region);
    const found = cache.pages('DescribeCacheClusters', async (Marker) => {
      const answer = await cache.send(
        new cache.sdk.DescribeCacheClustersCommand({ Marker, MaxRecords: 100 }),
        scope,
      );
      return { items: answer.CacheClusters ?? [], next: answer.Marker };
    });
    yield* described(found, DETAILS_AT_ONCE, (raw) => withCacheTags(scope, raw));
  },
  async inspect(scope, ref) {
    const cache = await scope.session.open(ELASTICACHE, scope.region);
    const answer = await cache.send(
      new cache.sdk.DescribeCacheClustersCommand({ CacheClusterId: ref.id }),
      scope,
    );
    return answer.CacheClusters?.[0] && withCacheTags(scope, answer.CacheClusters[0]);
  },
};

const GROUP = {
  id: 'aws.elasticache.replication-group',
  label: 'ElastiCache replication group',
  category: 'database',
  taggable: true,
} as const;

async function groupResource(scope: Scope, raw: ReplicationGroup): Promise<Resource> {
  const cache = await scope.session.open(ELASTICACHE, scope.region);
  const id = raw.ReplicationGroupId ?? '';
  const ResourceName = raw.ARN ?? arn(scope, 'elasticache', `replicationgroup:${id}`);
  const read = cache.send(new cache.sdk.ListTagsForResourceCommand({ ResourceName }), scope);
  return resource({
    type: GROUP.id,
    nativeId: ResourceName,
    id,
    region: scope.region,
    state: stateOf(GROUP_STATES, raw.Status),
    stateRaw: raw.Status,
    tags: await orNoTags(read.then((answer) => tagMap(answer.TagList))),
    createdAt: raw.ReplicationGroupCreateTime,
    size: { sku: raw.CacheNodeType, nodes: raw.MemberClusters?.length },
    attributes: toAttributes(raw),
  });
}

const GROUP_STATES: Readonly<Record<string, ResourceState>> = {
  available: 'running',
  creating: 'creating',
  modifying: 'updating',
  deleting: 'deleting',
  'create-failed': 'failed',
  snapshotting: 'running',
};

/** Groups of Redis and Valkey nodes; their cost is that of the member clusters. */
export const replicationGroups: TypeReader = {
  type: GROUP,
  async *list(scope) {
    const cache = await scope.session.open(ELASTICACHE, scope.region);
    const found = cache.pages('DescribeReplicationGroups', async (Marker) => {
      const answer = await cache.send(
        new cache.sdk.DescribeReplicationGroupsCommand({ Marker, MaxRecords: 100 }),
        scope,
      );
      return { items: answer.ReplicationGroups ?? [], next: answer.Marker };
    });
    yield* described(found, DETAILS_AT_ONCE, (raw) => groupResource(scope, raw));
  },
  async inspect(scope, ref) {
    const cache = await scope.session.open(ELASTICACHE, scope.region);
    const answer = await cache.send(
      new cache.sdk.DescribeReplicationGroupsCommand({ ReplicationGroupId: ref.id }),
      scope,
    );
    return answer.ReplicationGroups?.[0] && groupResource(scope, answer.ReplicationGroups[0]);
  },
};
