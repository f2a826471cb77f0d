import type {
  AddTagsToResourceMessage,
  RemoveTagsFromResourceMessage,
  CacheClusterMessage,
  DescribeCacheClustersMessage,
  DescribeReplicationGroupsMessage,
  ListTagsForResourceMessage,
  ReplicationGroupMessage,
  ReservedCacheNodeMessage,
  TagListMessage,
} from '@aws-sdk/client-elasticache';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { AwsError } from '../../wire/aws-error.ts';
import {
  createCacheCluster,
  createReplicationGroup,
  deleteCacheCluster,
  deleteReplicationGroup,
  describeSnapshots,
  modifyCacheCluster,
  modifyReplicationGroup,
} from './changes.ts';
import { cacheStore } from './store.ts';

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

/** Tags of a cluster or group by ARN. */
function tagsOf(arn: string | undefined, context: RequestContext): Map<string, string> {
  const store = context.store(cacheStore);
  const [, type, id = ''] = /:(cluster|replicationgroup):([^:]+)$/.exec(arn ?? '') ?? [];
  const tags =
    type === 'replicationgroup' ? store.groups.get(id)?.data.tags : store.clusters.get(id)?.data.tags;
  if (!tags)
    throw new AwsError(
      type === 'replicationgroup' ? 'ReplicationGroupNotFoundFault' : 'CacheClusterNotFoundFault',
      `${id} is either not present or not available.`,
    );
  return tags;
}

const tagList = (tags: ReadonlyMap<string, string>): Output<TagListMessage> => ({
  TagList: [...tags].map(([Key, Value]) => ({ Key, Value })),
});

function listTagsForResource(
  input: ListTagsForResourceMessage,
  context: RequestContext,
): Output<TagListMessage> {
  return tagList(tagsOf(input.ResourceName, context));
}

function addTagsToResource(input: AddTagsToResourceMessage, context: RequestContext): Output<TagListMessage> {
  const tags = tagsOf(input.ResourceName, context);
  for (const { Key: key = '', Value: value = '' } of input.Tags ?? []) tags.set(key, value);
  return tagList(tags);
}

function removeTagsFromResource(
  input: RemoveTagsFromResourceMessage,
  context: RequestContext,
): Output<TagListMessage> {
  const tags = tagsOf(input.ResourceName, context);
  for (const key of input.TagKeys ?? []) tags.delete(key);
  return tagList(tags);
}

function describeReservedCacheNodes(): Output<ReservedCacheNodeMessage> {
  return { ReservedCacheNodes: [] };
}

/** Amazon ElastiCache. */
export const elasticache: ServiceDefinition = {
  iamPrefix: 'elasticache',
  handlers: {
    DescribeCacheClusters: describeCacheClusters,
    DescribeReplicationGroups: describeReplicationGroups,
    DescribeReservedCacheNodes: describeReservedCacheNodes,
    DescribeSnapshots: describeSnapshots,
    CreateCacheCluster: createCacheCluster,
    CreateReplicationGroup: createReplicationGroup,
    ModifyCacheCluster: modifyCacheCluster,
    ModifyReplicationGroup: modifyReplicationGroup,
    DeleteCacheCluster: deleteCacheCluster,
    DeleteReplicationGroup: deleteReplicationGroup,
    ListTagsForResource: listTagsForResource,
    AddTagsToResource: addTagsToResource,
    RemoveTagsFromResource: removeTagsFromResource,
  },
};
