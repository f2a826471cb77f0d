/**
 * The same listing without CloudAtlas: what somebody would write with the SDK alone, 16 requests at once per account,
 * every page read and parsed, nothing stored. `node plain.ts` with PLAIN_ENDPOINT and PLAIN_KEYS (JSON) prints a
 * `PlainAnswer`.
 */
import * as Dynamo from '@aws-sdk/client-dynamodb';
import * as Ec2 from '@aws-sdk/client-ec2';
import * as Eks from '@aws-sdk/client-eks';
import * as Cache from '@aws-sdk/client-elasticache';
import * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import * as Lambda from '@aws-sdk/client-lambda';
import * as Logs from '@aws-sdk/client-cloudwatch-logs';
import * as Rds from '@aws-sdk/client-rds';
import * as S3 from '@aws-sdk/client-s3';
import * as AutoScaling from '@aws-sdk/client-auto-scaling';
import * as ClassicElb from '@aws-sdk/client-elastic-load-balancing';
import * as Ecs from '@aws-sdk/client-ecs';
import * as Ecr from '@aws-sdk/client-ecr';
import * as Redshift from '@aws-sdk/client-redshift';
import * as OpenSearch from '@aws-sdk/client-opensearch';
import * as Kinesis from '@aws-sdk/client-kinesis';
import * as Emr from '@aws-sdk/client-emr';
import * as Athena from '@aws-sdk/client-athena';
import * as SageMaker from '@aws-sdk/client-sagemaker';
import * as WorkSpaces from '@aws-sdk/client-workspaces';
import * as Fsx from '@aws-sdk/client-fsx';
import * as Secrets from '@aws-sdk/client-secrets-manager';
import * as Kms from '@aws-sdk/client-kms';
import * as CloudTrail from '@aws-sdk/client-cloudtrail';
import * as Route53 from '@aws-sdk/client-route-53';
import { Agent } from 'node:http';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** What this program prints. */
export interface PlainAnswer {
  seconds: number;
  /** CPU time of this process. */
  cpu: number;
  requests: number;
  /** Resources by type, as CloudAtlas names them; a type that was asked and is not there has 0. */
  counts: Record<string, number>;
}

type Answer = Record<string, unknown>;
interface Sends {
  send(command: never): Promise<unknown>;
}
type Ask = (client: Sends, command: object) => Promise<Answer>;
type Make<T> = new (input: never) => T;

/** A paged call: the member with the items, and the one with the token of the next page. */
interface Listing {
  type: string;
  client: Make<Sends>;
  command: Make<object>;
  items: string;
  /** Names of the token in the request and in the answer; absent: one page. */
  token?: readonly [string, string];
  input?: object;
  /** Calls for one item that are part of what there is to see of it, one after the other. */
  details?(ask: Ask, client: Sends, item: Answer): Promise<void>;
}

const ec2 = (
  type: string,
  command: unknown,
  items: string,
  input: object = { MaxResults: 1000 },
): Listing => ({
  type: `aws.ec2.${type}`,
  client: Ec2.EC2Client,
  command: command as Make<object>,
  items,
  token: ['NextToken', 'NextToken'],
  input,
});
const listing = (
  type: string,
  client: unknown,
  command: unknown,
  items: string,
  token: readonly [string, string],
  details?: Listing['details'],
): Listing => ({
  type: `aws.${type}`,
  client: client as Make<Sends>,
  command: command as Make<object>,
  items,
  token,
  ...(details === undefined ? {} : { details }),
});

const LISTINGS: readonly Listing[] = [
  ec2('instance', Ec2.DescribeInstancesCommand, 'Reservations'),
  ec2('volume', Ec2.DescribeVolumesCommand, 'Volumes'),
  ec2('snapshot', Ec2.DescribeSnapshotsCommand, 'Snapshots', { OwnerIds: ['self'], MaxResults: 1000 }),
  ec2('image', Ec2.DescribeImagesCommand, 'Images', { Owners: ['self'], MaxResults: 1000 }),
  ec2('address', Ec2.DescribeAddressesCommand, 'Addresses', {}),
  ec2('vpc', Ec2.DescribeVpcsCommand, 'Vpcs'),
  ec2('subnet', Ec2.DescribeSubnetsCommand, 'Subnets'),
  ec2('security-group', Ec2.DescribeSecurityGroupsCommand, 'SecurityGroups'),
  ec2('nat-gateway', Ec2.DescribeNatGatewaysCommand, 'NatGateways'),
  ec2('internet-gateway', Ec2.DescribeInternetGatewaysCommand, 'InternetGateways'),
  ec2('route-table', Ec2.DescribeRouteTablesCommand, 'RouteTables', { MaxResults: 100 }),
  ec2('network-interface', Ec2.DescribeNetworkInterfacesCommand, 'NetworkInterfaces'),
  ec2('key-pair', Ec2.DescribeKeyPairsCommand, 'KeyPairs', {}),
  ec2('vpc-endpoint', Ec2.DescribeVpcEndpointsCommand, 'VpcEndpoints'),
  ec2('launch-template', Ec2.DescribeLaunchTemplatesCommand, 'LaunchTemplates', { MaxResults: 200 }),
  ec2('capacity-reservation', Ec2.DescribeCapacityReservationsCommand, 'CapacityReservations'),
  ec2('dedicated-host', Ec2.DescribeHostsCommand, 'Hosts', {}),
  ec2('vpn-connection', Ec2.DescribeVpnConnectionsCommand, 'VpnConnections', {}),
  ec2(
    'transit-gateway-attachment',
    Ec2.DescribeTransitGatewayAttachmentsCommand,
    'TransitGatewayAttachments',
  ),
  listing(
    'elb.load-balancer',
    Elb.ElasticLoadBalancingV2Client,
    Elb.DescribeLoadBalancersCommand,
    'LoadBalancers',
    ['Marker', 'NextMarker'],
  ),
  listing(
    'elb.target-group',
    Elb.ElasticLoadBalancingV2Client,
    Elb.DescribeTargetGroupsCommand,
    'TargetGroups',
    ['Marker', 'NextMarker'],
  ),
  listing('rds.instance', Rds.RDSClient, Rds.DescribeDBInstancesCommand, 'DBInstances', ['Marker', 'Marker']),
  listing('rds.snapshot', Rds.RDSClient, Rds.DescribeDBSnapshotsCommand, 'DBSnapshots', ['Marker', 'Marker']),
  listing(
    'lambda.function',
    Lambda.LambdaClient,
    Lambda.ListFunctionsCommand,
    'Functions',
    ['Marker', 'NextMarker'],
    async (ask, client, { FunctionArn, FunctionName }) => {
      await ask(client, new Lambda.ListTagsCommand({ Resource: FunctionArn as string }));
      await ask(
        client,
        new Lambda.ListProvisionedConcurrencyConfigsCommand({ FunctionName: FunctionName as string }),
      );
    },
  ),
  listing(
    'logs.log-group',
    Logs.CloudWatchLogsClient,
    Logs.DescribeLogGroupsCommand,
    'logGroups',
    ['nextToken', 'nextToken'],
    async (ask, client, { logGroupArn }) => {
      await ask(client, new Logs.ListTagsForResourceCommand({ resourceArn: logGroupArn as string }));
    },
  ),
  listing('eks.cluster', Eks.EKSClient, Eks.ListClustersCommand, 'clusters', ['nextToken', 'nextToken']),
  listing(
    'dynamodb.table',
    Dynamo.DynamoDBClient,
    Dynamo.ListTablesCommand,
    'TableNames',
    ['ExclusiveStartTableName', 'LastEvaluatedTableName'],
    async (ask, client, name) => {
      const { Table } = await ask(
        client,
        new Dynamo.DescribeTableCommand({ TableName: name as unknown as string }),
      );
      const ResourceArn = (Table as { TableArn?: string } | undefined)?.TableArn;
      await ask(client, new Dynamo.ListTagsOfResourceCommand({ ResourceArn }));
    },
  ),
  listing(
    'elasticache.cluster',
    Cache.ElastiCacheClient,
    Cache.DescribeCacheClustersCommand,
    'CacheClusters',
    ['Marker', 'Marker'],
  ),
  listing(
    'elasticache.replication-group',
    Cache.ElastiCacheClient,
    Cache.DescribeReplicationGroupsCommand,
    'ReplicationGroups',
    ['Marker', 'Marker'],
  ),
  // Clusters by name; those with node groups or services would need a call for each of them.
  listing(
    'elb.classic-load-balancer',
    ClassicElb.ElasticLoadBalancingClient,
    ClassicElb.DescribeLoadBalancersCommand,
    'LoadBalancerDescriptions',
    ['Marker', 'NextMarker'],
  ),
  listing(
    'autoscaling.group',
    AutoScaling.AutoScalingClient,
    AutoScaling.DescribeAutoScalingGroupsCommand,
    'AutoScalingGroups',
    ['NextToken', 'NextToken'],
  ),
  listing('rds.cluster', Rds.RDSClient, Rds.DescribeDBClustersCommand, 'DBClusters', ['Marker', 'Marker']),
  listing('ecs.service', Ecs.ECSClient, Ecs.ListClustersCommand, 'clusterArns', ['nextToken', 'nextToken']),
  listing('ecr.repository', Ecr.ECRClient, Ecr.DescribeRepositoriesCommand, 'repositories', [
    'nextToken',
    'nextToken',
  ]),
  listing('redshift.cluster', Redshift.RedshiftClient, Redshift.DescribeClustersCommand, 'Clusters', [
    'Marker',
    'Marker',
  ]),
  listing(
    'opensearch.domain',
    OpenSearch.OpenSearchClient,
    OpenSearch.ListDomainNamesCommand,
    'DomainNames',
    ['NextToken', 'NextToken'],
  ),
  listing('kinesis.stream', Kinesis.KinesisClient, Kinesis.ListStreamsCommand, 'StreamNames', [
    'NextToken',
    'NextToken',
  ]),
  listing('emr.cluster', Emr.EMRClient, Emr.ListClustersCommand, 'Clusters', ['Marker', 'Marker']),
  listing('athena.work-group', Athena.AthenaClient, Athena.ListWorkGroupsCommand, 'WorkGroups', [
    'NextToken',
    'NextToken',
  ]),
  listing('sagemaker.endpoint', SageMaker.SageMakerClient, SageMaker.ListEndpointsCommand, 'Endpoints', [
    'NextToken',
    'NextToken',
  ]),
  listing(
    'sagemaker.notebook-instance',
    SageMaker.SageMakerClient,
    SageMaker.ListNotebookInstancesCommand,
    'NotebookInstances',
    ['NextToken', 'NextToken'],
  ),
  listing(
    'workspaces.workspace',
    WorkSpaces.WorkSpacesClient,
    WorkSpaces.DescribeWorkspacesCommand,
    'Workspaces',
    ['NextToken', 'NextToken'],
  ),
  listing('fsx.file-system', Fsx.FSxClient, Fsx.DescribeFileSystemsCommand, 'FileSystems', [
    'NextToken',
    'NextToken',
  ]),
  listing('secretsmanager.secret', Secrets.SecretsManagerClient, Secrets.ListSecretsCommand, 'SecretList', [
    'NextToken',
    'NextToken',
  ]),
  listing('kms.key', Kms.KMSClient, Kms.ListKeysCommand, 'Keys', ['Marker', 'NextMarker']),
  listing('cloudtrail.trail', CloudTrail.CloudTrailClient, CloudTrail.DescribeTrailsCommand, 'trailList', [
    'NextToken',
    'NextToken',
  ]),
];

const BUCKET_DETAILS: readonly Make<object>[] = [
  S3.GetBucketTaggingCommand,
  S3.GetBucketVersioningCommand,
  S3.GetBucketEncryptionCommand,
  S3.GetPublicAccessBlockCommand,
  S3.GetBucketLifecycleConfigurationCommand,
  S3.ListMultipartUploadsCommand,
].map((command) => command as unknown as Make<object>);

const endpoint = process.env.PLAIN_ENDPOINT ?? '';
const keys = JSON.parse(process.env.PLAIN_KEYS ?? '[]') as { accessKeyId: string; secretAccessKey: string }[];
const atOnce = 16;
let requests = 0;
const counts: Record<string, number> = {};

function add(type: string, count: number): void {
  counts[type] = (counts[type] ?? 0) + count;
}

/** Runs thunks with at most 16 under way. */
async function pool(tasks: (() => Promise<void>)[]): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < tasks.length) {
      next += 1;
      await tasks[next - 1]?.();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function ask(client: Sends, command: object): Promise<Answer> {
  requests += 1;
  return (await client.send(command as never)) as Answer;
}

/** Follows a paged call to its end. */
async function all(client: Sends, { command, items, token, input }: Listing): Promise<Answer[]> {
  const found: Answer[] = [];
  let next: string | undefined;
  do {
    const page = token === undefined || next === undefined ? {} : { [token[0]]: next };
    const answer = await ask(client, new command({ ...input, ...page } as never));
    found.push(...((answer[items] as Answer[] | undefined) ?? []));
    next = token === undefined ? undefined : (answer[token[1]] as string | undefined);
  } while (next);
  return found;
}

async function listAccount(credentials: (typeof keys)[number]): Promise<void> {
  const requestHandler = new NodeHttpHandler({
    httpAgent: new Agent({ keepAlive: true, maxSockets: atOnce }),
  });
  const clients = new Map<string, Sends>();
  const open = (client: Make<Sends>, region: string): Sends => {
    const key = `${client.name} ${region}`;
    const made =
      clients.get(key) ??
      new client({ region, endpoint, credentials, requestHandler, forcePathStyle: true } as never);
    clients.set(key, made);
    return made;
  };
  const home = open(Ec2.EC2Client, 'us-east-1');
  const { Regions } = await ask(home, new Ec2.DescribeRegionsCommand({}));
  const regions = (Regions as { RegionName: string }[]).map((region) => region.RegionName);
  const details: (() => Promise<void>)[] = [];
  const tasks = regions.flatMap((region) =>
    LISTINGS.map((wanted) => async () => {
      const client = open(wanted.client, region);
      const listed = await all(client, wanted);
      // The group that every account has in every region from the start is no resource to CloudAtlas either.
      const untouched = wanted.items === 'WorkGroups' && listed.length === 1 && listed[0]?.Name === 'primary';
      const items = untouched ? [] : listed;
      // Instances come inside their reservations.
      const nested = wanted.items === 'Reservations';
      add(wanted.type, nested ? items.flatMap((item) => item.Instances as unknown[]).length : items.length);
      for (const item of items)
        if (wanted.details) details.push(() => wanted.details?.(ask, client, item) ?? Promise.resolve());
    }),
  );
  tasks.push(async () => {
    const s3 = (region: string) => open(S3.S3Client, region);
    const { Buckets } = await ask(s3('us-east-1'), new S3.ListBucketsCommand({}));
    const buckets = (Buckets as { Name: string; BucketRegion?: string }[] | undefined) ?? [];
    add('aws.s3.bucket', buckets.length);
    for (const { Name: Bucket, BucketRegion = 'us-east-1' } of buckets)
      for (const command of BUCKET_DETAILS)
        details.push(async () => {
          // A setting that was never made is answered with an error.
          await ask(s3(BucketRegion), new command({ Bucket } as never)).catch(() => undefined);
        });
  });
  tasks.push(async () => {
    const client = open(Route53.Route53Client, 'us-east-1');
    const checks = await all(client, {
      ...listing('', undefined, Route53.ListHealthChecksCommand, 'HealthChecks', ['Marker', 'NextMarker']),
      client: Route53.Route53Client,
    });
    add('aws.route53.health-check', checks.length);
  });
  counts['aws.eks.nodegroup'] ??= 0;
  await pool(tasks);
  await pool(details);
  requestHandler.destroy();
}

const started = performance.now();
await Promise.all(keys.map(listAccount));
const { user, system } = process.cpuUsage();
const answer: PlainAnswer = {
  seconds: (performance.now() - started) / 1000,
  cpu: (user + system) / 1e6,
  requests,
  counts,
};
process.stdout.write(`${JSON.stringify(answer)}\n`);
process.exit(0);
