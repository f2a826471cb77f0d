import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { Cluster } from '@aws-sdk/client-eks';
import type { CacheCluster } from '@aws-sdk/client-elasticache';
import { CloudError } from '../../errors.ts';
import type { Resource, ResourceState } from '../../resource.ts';
import { DYNAMODB, EKS, ELASTICACHE, LOGS } from '../clients.ts';
import { mapLimited } from '../concurrency.ts';
import { relations, resource, stateOf, tagMap, toAttributes } from '../normalise.ts';
import { cacheMonthly, clusterMonthly, singlePrice } from '../price-table.ts';
import { round, times } from '../../decimal.ts';
import { arn, ec2Arn, type Scope, type TypeReader } from '../scope.ts';

/** Services whose lists give names only are asked for details of this many at once. */
const DETAILS_AT_ONCE = 4;

/** Undefined when the thing vanished between list and look. */
async function orGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'not_found') return undefined;
    throw error;
  }
}

/** Tags that may not be read are none; the denial shows up in the permission probe. */
async function orNoTags(read: Promise<Record<string, string>>): Promise<Record<string, string>> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof CloudError && (error.kind === 'denied' || error.kind === 'not_found')) return {};
    throw error;
  }
}

const LOG_GROUP = { id: 'aws.logs.log-group', label: 'CloudWatch log group', category: 'monitoring', taggable: true } as const;

const GIB = 1024 ** 3;

function logGroupResource(scope: Scope, raw: LogGroup): Resource {
  const name = raw.logGroupName ?? '';
  const price = singlePrice(scope.region, 'log_storage');
  return resource({
    type: LOG_GROUP.id,
    // `arn` ends in `:*`, which is no name of the group itself.
    nativeId: raw.logGroupArn ?? raw.arn?.replace(/:\*$/, '') ?? arn(scope, 'logs', `log-group:${name}`),
    id: name,
    region: scope.region,
    state: 'active',
    createdAt: raw.creationTime === undefined ? undefined : new Date(raw.creationTime),
    size: { storageGiB: raw.storedBytes === undefined ? undefined : raw.storedBytes / GIB },
    attributes: toAttributes(raw),
    monthly: price && raw.storedBytes !== undefined ? round(times(price, (raw.storedBytes / GIB).toFixed(6)), 4) : undefined,
  });
}

/** Tags of log groups are one call each and the limit is low, so lists leave them out; `inspect` reads them. */
export const logGroups: TypeReader = {
  type: LOG_GROUP,
  async *list(scope) {
    const logs = await scope.session.open(LOGS, scope.region);
    const found = logs.pages('DescribeLogGroups', async (nextToken) => {
      const answer = await logs.send(new logs.sdk.DescribeLogGroupsCommand({ nextToken, limit: 50 }), scope);
      return { items: answer.logGroups ?? [], next: answer.nextToken };
    });
    for await (const items of found) yield items.map((raw) => logGroupResource(scope, raw));
  },
  async inspect(scope, ref) {
    const logs = await scope.session.open(LOGS, scope.region);
    const answer = await logs.send(new logs.sdk.DescribeLogGroupsCommand({ logGroupNamePrefix: ref.id, limit: 50 }), scope);
    const raw = answer.logGroups?.find((g) => g.logGroupName === ref.id);
    if (!raw) return undefined;
    const found = logGroupResource(scope, raw);
    const tags = await orNoTags(logs.send(new logs.sdk.ListTagsForResourceCommand({ resourceArn: found.nativeId }), scope).then((a) => a.tags ?? {}));
    return { ...found, tags };
  },
};

const CLUSTER_STATES: Readonly<Record<string, ResourceState>> = { CREATING: 'creating', ACTIVE: 'running', DELETING: 'deleting', FAILED: 'failed', UPDATING: 'updating', PENDING: 'creating' };

const CLUSTER = { id: 'aws.eks.cluster', label: 'EKS cluster', category: 'container', taggable: true } as const;

function clusterResource(scope: Scope, raw: Cluster): Resource {
  const name = raw.name ?? '';
  return resource({
    type: CLUSTER.id,
    nativeId: raw.arn ?? arn(scope, 'eks', `cluster/${name}`),
    id: name,
    region: scope.region,
    state: stateOf(CLUSTER_STATES, raw.status),
    stateRaw: raw.status,
    tags: raw.tags ?? {},
    createdAt: raw.createdAt,
    size: { sku: raw.version },
    relations: relations(
      ['uses', raw.roleArn],
      ['in_network', raw.resourcesVpcConfig?.vpcId && ec2Arn(scope, 'vpc', raw.resourcesVpcConfig.vpcId)],
      ...(raw.resourcesVpcConfig?.subnetIds ?? []).map((s) => ['in_subnet', ec2Arn(scope, 'subnet', s)] as const),
    ),
    attributes: toAttributes(raw, ['tags']),
    monthly: clusterMonthly(scope.region),
  });
}

async function readCluster(scope: Scope, name: string): Promise<Resource | undefined> {
  const eks = await scope.session.open(EKS, scope.region);
  const answer = await orGone(eks.send(new eks.sdk.DescribeClusterCommand({ name }), scope));
  return answer?.cluster && clusterResource(scope, answer.cluster);
}

export const clusters: TypeReader = {
  type: CLUSTER,
  async *list(scope) {
    const eks = await scope.session.open(EKS, scope.region);
    const found = eks.pages('ListClusters', async (nextToken) => {
      const answer = await eks.send(new eks.sdk.ListClustersCommand({ nextToken, maxResults: 100 }), scope);
      return { items: answer.clusters ?? [], next: answer.nextToken };
    });
    for await (const names of found) yield (await mapLimited(names, DETAILS_AT_ONCE, (name) => readCluster(scope, name))).filter((c) => c !== undefined);
  },
  inspect: (scope, ref) => readCluster(scope, ref.id),
};

const TABLE_STATES: Readonly<Record<string, ResourceState>> = { CREATING: 'creating', UPDATING: 'updating', DELETING: 'deleting', ACTIVE: 'active', INACCESSIBLE_ENCRYPTION_CREDENTIALS: 'failed', ARCHIVING: 'updating', ARCHIVED: 'stopped' };

const TABLE = { id: 'aws.dynamodb.table', label: 'DynamoDB table', category: 'database', taggable: true } as const;

function tableResource(scope: Scope, raw: TableDescription, tags: Record<string, string>): Resource {
  const name = raw.TableName ?? '';
  return resource({
    type: TABLE.id,
    nativeId: raw.TableArn ?? arn(scope, 'dynamodb', `table/${name}`),
    id: name,
    region: scope.region,
    state: stateOf(TABLE_STATES, raw.TableStatus),
    stateRaw: raw.TableStatus,
    tags,
    createdAt: raw.CreationDateTime,
    size: { sku: raw.BillingModeSummary?.BillingMode ?? 'PROVISIONED', storageGiB: raw.TableSizeBytes === undefined ? undefined : raw.TableSizeBytes / GIB },
    attributes: toAttributes(raw),
  });
}

async function readTable(scope: Scope, name: string): Promise<Resource | undefined> {
  const dynamo = await scope.session.open(DYNAMODB, scope.region);
  const answer = await orGone(dynamo.send(new dynamo.sdk.DescribeTableCommand({ TableName: name }), scope));
  if (!answer?.Table) return undefined;
  const tags = await orNoTags(dynamo.send(new dynamo.sdk.ListTagsOfResourceCommand({ ResourceArn: answer.Table.TableArn }), scope).then((a) => tagMap(a.Tags)));
  return tableResource(scope, answer.Table, tags);
}

export const tables: TypeReader = {
  type: TABLE,
  async *list(scope) {
    const dynamo = await scope.session.open(DYNAMODB, scope.region);
    const found = dynamo.pages('ListTables', async (ExclusiveStartTableName) => {
      const answer = await dynamo.send(new dynamo.sdk.ListTablesCommand({ ExclusiveStartTableName, Limit: 100 }), scope);
      return { items: answer.TableNames ?? [], next: answer.LastEvaluatedTableName };
    });
    for await (const names of found) yield (await mapLimited(names, DETAILS_AT_ONCE, (name) => readTable(scope, name))).filter((t) => t !== undefined);
  },
  inspect: (scope, ref) => readTable(scope, ref.id),
};

const CACHE_STATES: Readonly<Record<string, ResourceState>> = { available: 'running', creating: 'creating', deleted: 'deleted', deleting: 'deleting', 'incompatible-network': 'failed', modifying: 'updating', 'rebooting cluster nodes': 'restarting', 'restore-failed': 'failed', snapshotting: 'running' };

const CACHE = { id: 'aws.elasticache.cluster', label: 'ElastiCache cluster', category: 'database', taggable: true } as const;

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
      ['member_of', raw.ReplicationGroupId && arn(scope, 'elasticache', `replicationgroup:${raw.ReplicationGroupId}`)],
      ...(raw.SecurityGroups ?? []).map((g) => ['protected_by', g.SecurityGroupId && ec2Arn(scope, 'security-group', g.SecurityGroupId)] as const),
    ),
    attributes: toAttributes(raw),
    monthly: raw.CacheNodeType ? cacheMonthly(scope.region, raw.CacheNodeType, nodes) : undefined,
  });
}

async function withCacheTags(scope: Scope, raw: CacheCluster): Promise<Resource> {
  const cache = await scope.session.open(ELASTICACHE, scope.region);
  const ResourceName = raw.ARN ?? arn(scope, 'elasticache', `cluster:${raw.CacheClusterId}`);
  return cacheResource(scope, raw, await orNoTags(cache.send(new cache.sdk.ListTagsForResourceCommand({ ResourceName }), scope).then((a) => tagMap(a.TagList))));
}

export const caches: TypeReader = {
  type: CACHE,
  async *list(scope) {
    const cache = await scope.session.open(ELASTICACHE, scope.region);
    const found = cache.pages('DescribeCacheClusters', async (Marker) => {
      const answer = await cache.send(new cache.sdk.DescribeCacheClustersCommand({ Marker, MaxRecords: 100 }), scope);
      return { items: answer.CacheClusters ?? [], next: answer.Marker };
    });
    for await (const items of found) yield await mapLimited(items, DETAILS_AT_ONCE, (raw) => withCacheTags(scope, raw));
  },
  async inspect(scope, ref) {
    const cache = await scope.session.open(ELASTICACHE, scope.region);
    const answer = await cache.send(new cache.sdk.DescribeCacheClustersCommand({ CacheClusterId: ref.id }), scope);
    return answer.CacheClusters?.[0] && withCacheTags(scope, answer.CacheClusters[0]);
  },
};
