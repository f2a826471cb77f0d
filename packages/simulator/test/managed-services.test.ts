import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand as ListLogTagsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  ListTagsOfResourceCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  ListClustersCommand,
  ListNodegroupsCommand,
} from '@aws-sdk/client-eks';
import {
  DescribeCacheClustersCommand,
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-elasticache';
import {
  DescribeDBClustersCommand,
  RDSClient,
  StopDBClusterCommand,
  StopDBInstanceCommand,
  DescribeDBInstancesCommand,
} from '@aws-sdk/client-rds';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCluster, eksStore } from '../src/aws/services/eks/service.ts';
import { DEMO_ACCOUNT } from '../src/scenarios/demo/demo.ts';
import { startSimulator, type Simulator } from '../src/server.ts';
import { credentialsOf } from './support.ts';

let simulator: Simulator;
const config = (region = 'us-east-1') => ({
  region,
  endpoint: simulator.url,
  credentials: credentialsOf(simulator, 'admin'),
  maxAttempts: 1,
});

beforeAll(async () => {
  simulator = await startSimulator({
    scenario: 'demo',
    clock: { start: Date.UTC(2026, 10, 20, 15), factor: 0 },
  });
});
afterAll(() => simulator.close());

describe('CloudWatch Logs', () => {
  test('groups come in pages; those without retention have no such field', async () => {
    const logs = new CloudWatchLogsClient(config());
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    let pages = 0;
    do {
      const page = await logs.send(new DescribeLogGroupsCommand({ limit: 2, nextToken }));
      names.push(...(page.logGroups ?? []).map((g) => g.logGroupName));
      nextToken = page.nextToken;
      pages += 1;
    } while (nextToken);
    expect([pages, names.length]).toEqual([3, 6]);
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aurora/' }));
    const [payments, storefront] = logGroups ?? [];
    expect(payments).not.toHaveProperty('retentionInDays');
    expect(storefront?.retentionInDays).toBe(30);
    expect(payments?.storedBytes).toBeGreaterThan(storefront?.storedBytes ?? 0);
    expect(
      (await logs.send(new ListLogTagsCommand({ resourceArn: payments?.logGroupArn }))).tags,
    ).toMatchObject({ app: 'payments' });
    await expect(logs.send(new DescribeLogGroupsCommand({ limit: 51 }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('retention is set to allowed values and taken away', async () => {
    const logs = new CloudWatchLogsClient(config('eu-west-1'));
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/new' }));
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName: '/new' }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await expect(
      logs.send(new PutRetentionPolicyCommand({ logGroupName: '/new', retentionInDays: 8 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await logs.send(new PutRetentionPolicyCommand({ logGroupName: '/new', retentionInDays: 14 }));
    const get = async () =>
      (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/new' }))).logGroups?.[0]
        ?.retentionInDays;
    expect(await get()).toBe(14);
    await logs.send(new DeleteRetentionPolicyCommand({ logGroupName: '/new' }));
    expect(await get()).toBeUndefined();
    await logs.send(new DeleteLogGroupCommand({ logGroupName: '/new' }));
    await expect(logs.send(new DeleteLogGroupCommand({ logGroupName: '/new' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('EKS', () => {
  test('clusters and groups of nodes are listed and described', async () => {
    const eks = new EKSClient(config());
    expect((await eks.send(new ListClustersCommand({}))).clusters).toEqual(['aurora-platform']);
    const { cluster } = await eks.send(new DescribeClusterCommand({ name: 'aurora-platform' }));
    expect(cluster).toMatchObject({ status: 'ACTIVE', version: '1.32', tags: { app: 'platform' } });
    expect(cluster?.endpoint).toContain('eks.amazonaws.com');
    expect(
      (await eks.send(new ListNodegroupsCommand({ clusterName: 'aurora-platform' }))).nodegroups,
    ).toEqual(['general']);
    const { nodegroup } = await eks.send(
      new DescribeNodegroupCommand({ clusterName: 'aurora-platform', nodegroupName: 'general' }),
    );
    expect(nodegroup).toMatchObject({
      status: 'ACTIVE',
      instanceTypes: ['m6i.xlarge'],
      scalingConfig: { desiredSize: 3 },
    });
    await expect(eks.send(new DescribeClusterCommand({ name: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('a new cluster is CREATING for ten minutes; names come in pages', async () => {
    const store = simulator.control.world.accounts.get(DEMO_ACCOUNT)?.store(eksStore, 'eu-west-1');
    if (!store) throw new Error('no store');
    for (const name of ['a', 'b', 'c', 'd', 'e']) addCluster(store, { name, version: '1.33' });
    const eks = new EKSClient(config('eu-west-1'));
    expect((await eks.send(new DescribeClusterCommand({ name: 'a' }))).cluster?.status).toBe('CREATING');
    simulator.control.world.clock.advance(601_000);
    expect((await eks.send(new DescribeClusterCommand({ name: 'a' }))).cluster?.status).toBe('ACTIVE');
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await eks.send(new ListClustersCommand({ maxResults: 2, nextToken }));
      names.push(...(page.clusters ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('DynamoDB', () => {
  test('tables are continued by name, described and tagged', async () => {
    const dynamodb = new DynamoDBClient(config());
    const first = await dynamodb.send(new ListTablesCommand({ Limit: 2 }));
    expect(first.TableNames).toEqual(['payments-idempotency', 'storefront-carts']);
    const second = await dynamodb.send(
      new ListTablesCommand({ Limit: 2, ExclusiveStartTableName: first.LastEvaluatedTableName }),
    );
    expect(second.TableNames).toEqual(['storefront-events-v1']);
    expect(second.LastEvaluatedTableName).toBeUndefined();
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'storefront-carts' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
    const old = await dynamodb.send(new DescribeTableCommand({ TableName: 'storefront-events-v1' }));
    expect(old.Table?.ProvisionedThroughput?.ReadCapacityUnits).toBe(400);
    expect(
      (await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }))).Tags,
    ).toContainEqual({ Key: 'app', Value: 'storefront' });
    await expect(dynamodb.send(new DescribeTableCommand({ TableName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('ElastiCache', () => {
  test('clusters show nodes on demand; groups know their members', async () => {
    const elasticache = new ElastiCacheClient(config());
    const { CacheClusters } = await elasticache.send(new DescribeCacheClustersCommand({}));
    expect(CacheClusters?.map((c) => c.CacheClusterId)).toEqual([
      'storefront-sessions-001',
      'storefront-sessions-002',
      'payments-cache-old',
    ]);
    expect(CacheClusters?.[0]?.CacheNodes ?? []).toEqual([]);
    const one = await elasticache.send(
      new DescribeCacheClustersCommand({ CacheClusterId: 'payments-cache-old', ShowCacheNodeInfo: true }),
    );
    expect(one.CacheClusters?.[0]?.CacheNodes).toHaveLength(1);
    const { ReplicationGroups } = await elasticache.send(new DescribeReplicationGroupsCommand({}));
    expect(ReplicationGroups?.[0]).toMatchObject({
      MemberClusters: ['storefront-sessions-001', 'storefront-sessions-002'],
      AutomaticFailover: 'enabled',
    });
    const { TagList } = await elasticache.send(
      new ListTagsForResourceCommand({ ResourceName: one.CacheClusters?.[0]?.ARN }),
    );
    expect(TagList).toContainEqual({ Key: 'app', Value: 'payments' });
    await expect(
      elasticache.send(new DescribeCacheClustersCommand({ CacheClusterId: 'none' })),
    ).rejects.toMatchObject({ name: 'CacheClusterNotFoundFault', $metadata: { httpStatusCode: 404 } });
  });
});

test('an Aurora cluster stops as a whole, its members not alone', async () => {
  const rds = new RDSClient(config('eu-west-1'));
  await expect(
    rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: 'analytics-cluster-1' })),
  ).rejects.toMatchObject({ name: 'InvalidDBInstanceStateFault' });
  await rds.send(new StopDBClusterCommand({ DBClusterIdentifier: 'analytics-cluster' }));
  expect((await rds.send(new DescribeDBClustersCommand({}))).DBClusters?.[0]?.Status).toBe('stopping');
  simulator.control.world.clock.advance(600_000);
  expect((await rds.send(new DescribeDBClustersCommand({}))).DBClusters?.[0]?.Status).toBe('stopped');
  const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({}));
  expect(DBInstances?.map((i) => i.DBInstanceStatus)).toEqual(['stopped', 'stopped']);
});
