import type { Feature, RequiredPermission } from '../permissions.ts';
import { CREATION } from './create/catalogue.ts';
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
    'ec2:DescribeLaunchTemplates',
    'ec2:DescribeLaunchTemplateVersions',
    'ec2:DescribeCapacityReservations',
    'ec2:DescribeHosts',
    'ec2:DescribeVpnConnections',
    'ec2:DescribeTransitGatewayAttachments',
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
  [
    'inventory',
    'rds',
    'rds:DescribeDBInstances',
    'rds:DescribeDBSnapshots',
    'rds:DescribeDBClusters',
    'rds:ListTagsForResource',
  ],
  [
    'inventory',
    'lambda',
    'lambda:ListFunctions',
    'lambda:GetFunction',
    'lambda:ListTags',
    'lambda:ListProvisionedConcurrencyConfigs',
  ],
  ['inventory', 'logs', 'logs:DescribeLogGroups', 'logs:ListTagsForResource'],
  [
    'inventory',
    'eks',
    'eks:ListClusters',
    'eks:DescribeCluster',
    'eks:ListNodegroups',
    'eks:DescribeNodegroup',
  ],
  ['inventory', 'autoscaling', 'autoscaling:DescribeAutoScalingGroups'],
  [
    'inventory',
    'containers',
    'ecs:ListClusters',
    'ecs:ListServices',
    'ecs:DescribeServices',
    'ecs:DescribeTaskDefinition',
    'ecr:DescribeRepositories',
    'ecr:DescribeImages',
    'ecr:GetLifecyclePolicy',
    'ecr:ListTagsForResource',
  ],
  [
    'inventory',
    'analytics',
    'redshift:DescribeClusters',
    'es:ListDomainNames',
    'es:DescribeDomains',
    'es:ListTags',
    'kinesis:ListStreams',
    'kinesis:DescribeStreamSummary',
    'kinesis:ListTagsForStream',
    'elasticmapreduce:ListClusters',
    'elasticmapreduce:DescribeCluster',
    'athena:ListWorkGroups',
    'athena:GetWorkGroup',
    'athena:ListTagsForResource',
  ],
  [
    'inventory',
    'workplace',
    'sagemaker:ListEndpoints',
    'sagemaker:DescribeEndpoint',
    'sagemaker:DescribeEndpointConfig',
    'sagemaker:ListNotebookInstances',
    'sagemaker:DescribeNotebookInstance',
    'sagemaker:ListTags',
    'workspaces:DescribeWorkspaces',
    'workspaces:DescribeWorkspacesConnectionStatus',
    'workspaces:DescribeTags',
    'fsx:DescribeFileSystems',
  ],
  [
    'inventory',
    'security',
    'secretsmanager:ListSecrets',
    'secretsmanager:DescribeSecret',
    'kms:ListKeys',
    'kms:DescribeKey',
    'kms:ListResourceTags',
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
    'cloudtrail:ListTags',
  ],
  [
    'inventory',
    'route53',
    'route53:ListHealthChecks',
    'route53:GetHealthCheck',
    'route53:ListHostedZones',
    'route53:ListResourceRecordSets',
    'route53:ListTagsForResource',
  ],
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

/** Service ids by the prefix of IAM actions: where that prefix is read first. */
const SERVICE_OF_PREFIX = new Map<string, string>();
for (const [, service, ...actions] of READS)
  for (const action of actions) {
    const prefix = action.slice(0, action.indexOf(':'));
    if (service !== undefined && !SERVICE_OF_PREFIX.has(prefix)) SERVICE_OF_PREFIX.set(prefix, service);
  }

function serviceOf(action: string): string | undefined {
  return SERVICE_OF_PREFIX.get(action.slice(0, action.indexOf(':')));
}

function needed(action: string, feature: Feature, service = serviceOf(action)): RequiredPermission {
  return service === undefined ? { action, feature } : { action, feature, service };
}

/** Bringing back what was deleted goes with deleting: who only starts and stops things must not be able to make any. */
const DELETING: ReadonlySet<string> = new Set(['delete', 'restore']);

/** Every permission once per feature, from the calls the adapter really makes. */
export const PERMISSIONS: readonly RequiredPermission[] = [
  ...READS.flatMap(([feature, service, ...actions]) =>
    actions.map((action) => needed(action, feature, service)),
  ),
  ...OPERATIONS.flatMap(({ descriptor }) =>
    descriptor.actions.map((action) => needed(action, DELETING.has(descriptor.id) ? 'delete' : 'operate')),
  ),
  ...CREATION.descriptors.flatMap(({ actions }) => actions.map((action) => needed(action, 'create'))),
].filter(
  (permission, index, all) =>
    all.findIndex((p) => p.action === permission.action && p.feature === permission.feature) === index,
);
