import type { Feature, RequiredPermission } from '../permissions.ts';
import { CREATORS } from './create/catalogue.ts';
import { OPERATIONS } from './operations/perform.ts';

type Row = readonly [feature: Feature, service: string | undefined, ...actions: string[]];

/** Permissions that are not said by an operation or a form. */
const READS: readonly Row[] = [
  ['inventory', undefined, 'ec2:DescribeRegions', 'iam:ListAccountAliases', 'iam:SimulatePrincipalPolicy'],
  [
    'inventory',
    'ec2',
    'ec2:DescribeInstances',
    'ec2:DescribeVolumes',
    'ec2:DescribeSnapshots',
    'ec2:DescribeImages',
    'ec2:DescribeAddresses',
    'ec2:DescribeVpcs',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeNatGateways',
    'ec2:DescribeInternetGateways',
    'ec2:DescribeRouteTables',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeKeyPairs',
    'ec2:DescribeVpcEndpoints',
  ],
  [
    'inventory',
    'elb',
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
    'elasticloadbalancing:DescribeTags',
  ],
  [
    'inventory',
    's3',
    's3:ListAllMyBuckets',
    's3:GetBucketLocation',
    's3:GetBucketTagging',
    's3:GetBucketVersioning',
    's3:GetEncryptionConfiguration',
    's3:GetBucketPublicAccessBlock',
    's3:ListBucket',
    's3:GetLifecycleConfiguration',
    's3:ListBucketMultipartUploads',
  ],
  ['inventory', 'rds', 'rds:DescribeDBInstances', 'rds:DescribeDBSnapshots', 'rds:ListTagsForResource'],
  [
    'inventory',
    'lambda',
    'lambda:ListFunctions',
    'lambda:GetFunction',
    'lambda:ListTags',
    'lambda:ListProvisionedConcurrencyConfigs',
  ],
  ['inventory', 'logs', 'logs:DescribeLogGroups', 'logs:ListTagsForResource'],
  ['inventory', 'eks', 'eks:ListClusters', 'eks:DescribeCluster'],
  ['inventory', 'dynamodb', 'dynamodb:ListTables', 'dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource'],
  [
    'inventory',
    'elasticache',
    'elasticache:DescribeCacheClusters',
    'elasticache:DescribeReplicationGroups',
    'elasticache:ListTagsForResource',
  ],
  ['metrics', undefined, 'cloudwatch:GetMetricData'],
  ['costs', undefined, 'ce:GetCostAndUsage', 'pricing:GetProducts', 's3:GetObject'],
];

/** Service ids by the prefix of IAM actions. */
const SERVICE_OF_PREFIX: Readonly<Record<string, string>> = { elasticloadbalancing: 'elb' };

function serviceOf(action: string): string | undefined {
  const prefix = action.slice(0, action.indexOf(':'));
  const known = READS.some(([, service]) => service === prefix);
  return SERVICE_OF_PREFIX[prefix] ?? (known ? prefix : undefined);
}

function needed(action: string, feature: Feature, service = serviceOf(action)): RequiredPermission {
  return service === undefined ? { action, feature } : { action, feature, service };
}

/** Every permission once per feature, from the calls the adapter really makes. */
export const PERMISSIONS: readonly RequiredPermission[] = [
  ...READS.flatMap(([feature, service, ...actions]) =>
    actions.map((action) => needed(action, feature, service)),
  ),
  ...OPERATIONS.flatMap(({ descriptor }) =>
    descriptor.actions.map((action) => needed(action, descriptor.id === 'delete' ? 'delete' : 'operate')),
  ),
  ...CREATORS.flatMap(({ descriptor }) => descriptor.actions.map((action) => needed(action, 'create'))),
].filter(
  (permission, index, all) =>
    all.findIndex((p) => p.action === permission.action && p.feature === permission.feature) === index,
);
