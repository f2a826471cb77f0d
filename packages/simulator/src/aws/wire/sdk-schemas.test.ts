import { describe, expect, test } from 'vitest';
import { loadService, serviceIds } from '../services.ts';

/** What the pinned SDK clients must still export; an upgrade that changes it fails here. */
const EXPECTED: Readonly<Record<string, { protocol: string; atLeast: number; operation: string }>> = {
  ec2: { protocol: 'ec2Query', atLeast: 700, operation: 'DescribeInstances' },
  rds: { protocol: 'awsQuery', atLeast: 150, operation: 'DescribeDBInstances' },
  sts: { protocol: 'awsQuery', atLeast: 8, operation: 'AssumeRole' },
  iam: { protocol: 'awsQuery', atLeast: 150, operation: 'ListRoles' },
  elasticloadbalancing: { protocol: 'awsQuery', atLeast: 45, operation: 'DescribeLoadBalancers' },
  elasticache: { protocol: 'awsQuery', atLeast: 70, operation: 'DescribeCacheClusters' },
  monitoring: { protocol: 'awsJson1_0', atLeast: 40, operation: 'GetMetricData' },
  logs: { protocol: 'awsJson1_1', atLeast: 80, operation: 'DescribeLogGroups' },
  ce: { protocol: 'awsJson1_1', atLeast: 40, operation: 'GetCostAndUsage' },
  pricing: { protocol: 'awsJson1_1', atLeast: 5, operation: 'GetProducts' },
  dynamodb: { protocol: 'awsJson1_0', atLeast: 50, operation: 'DescribeTable' },
  organizations: { protocol: 'awsJson1_1', atLeast: 50, operation: 'ListAccounts' },
  s3: { protocol: 'restXml', atLeast: 90, operation: 'PutObject' },
  lambda: { protocol: 'restJson1', atLeast: 60, operation: 'ListFunctions' },
  autoscaling: { protocol: 'awsQuery', atLeast: 60, operation: 'DescribeAutoScalingGroups' },
  'elasticloadbalancing-classic': { protocol: 'awsQuery', atLeast: 25, operation: 'DescribeLoadBalancers' },
  redshift: { protocol: 'awsQuery', atLeast: 100, operation: 'DescribeClusters' },
  es: { protocol: 'restJson1', atLeast: 60, operation: 'DescribeDomains' },
  kinesis: { protocol: 'awsJson1_1', atLeast: 30, operation: 'DescribeStreamSummary' },
  elasticmapreduce: { protocol: 'awsJson1_1', atLeast: 50, operation: 'DescribeCluster' },
  athena: { protocol: 'awsJson1_1', atLeast: 60, operation: 'GetWorkGroup' },
  ecs: { protocol: 'awsJson1_1', atLeast: 55, operation: 'DescribeServices' },
  ecr: { protocol: 'awsJson1_1', atLeast: 40, operation: 'DescribeImages' },
  sagemaker: { protocol: 'awsJson1_1', atLeast: 300, operation: 'DescribeEndpoint' },
  workspaces: { protocol: 'awsJson1_1', atLeast: 80, operation: 'DescribeWorkspaces' },
  fsx: { protocol: 'awsJson1_1', atLeast: 40, operation: 'DescribeFileSystems' },
  secretsmanager: { protocol: 'awsJson1_1', atLeast: 20, operation: 'DescribeSecret' },
  kms: { protocol: 'awsJson1_1', atLeast: 45, operation: 'DescribeKey' },
  cloudtrail: { protocol: 'awsJson1_1', atLeast: 50, operation: 'GetTrailStatus' },
  route53: { protocol: 'restXml', atLeast: 60, operation: 'GetHealthCheck' },
  eks: { protocol: 'restJson1', atLeast: 50, operation: 'ListClusters' },
};

describe('schemas of the SDK clients', () => {
  test.each(serviceIds())('%s', async (id) => {
    const service = await loadService(id);
    const expected = EXPECTED[id];
    expect(expected, `add ${id} to EXPECTED`).toBeDefined();
    expect(service?.model.protocol).toBe(expected?.protocol);
    expect(service?.model.operations.size).toBeGreaterThanOrEqual(expected?.atLeast ?? 0);
    const operation = service?.model.operations.get(expected?.operation ?? '');
    expect(operation?.input.kind).toBe('struct');
    expect(operation?.output.members.length).toBeGreaterThan(0);
    expect(service?.model.errors.size).toBeGreaterThan(0);
  });

  test.each(serviceIds())('every handler of %s is an operation of the model', async (id) => {
    const service = await loadService(id);
    for (const name of Object.keys(service?.definition.handlers ?? {}))
      expect(service?.model.operations.has(name), name).toBe(true);
  });

  test('modelled errors carry wire code and status', async () => {
    const rds = await loadService('rds');
    expect(rds?.model.errors.get('DBInstanceNotFoundFault')).toMatchObject({
      code: 'DBInstanceNotFound',
      status: 404,
    });
    expect(rds?.model.errors.get('DBInstanceNotFound')?.className).toBe('DBInstanceNotFoundFault');
  });

  test('an unknown service is not loaded', () => {
    expect(loadService('toString')).toBeUndefined();
  });
});
