/**
 * The same listing without CloudAtlas: what somebody would write with the SDK alone, 16 requests at once per account,
 * nothing stored. `node plain.ts` with PLAIN_ENDPOINT and PLAIN_KEYS (JSON) prints `{seconds, resources, requests}`.
 */
import {
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  ListTagsOfResourceCommand,
} from '@aws-sdk/client-dynamodb';
import * as Ec2 from '@aws-sdk/client-ec2';
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { DescribeCacheClustersCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { LambdaClient, ListFunctionsCommand, ListTagsCommand } from '@aws-sdk/client-lambda';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  GetBucketEncryptionCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Agent } from 'node:http';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const endpoint = process.env.PLAIN_ENDPOINT ?? '';
const keys = JSON.parse(process.env.PLAIN_KEYS ?? '[]') as { accessKeyId: string; secretAccessKey: string }[];
const atOnce = 16;
let requests = 0;

interface Sends {
  send(command: never): Promise<unknown>;
}
type Answer = Record<string, unknown>;

/** Runs thunks with at most 16 under way. */
async function pool(tasks: (() => Promise<void>)[]): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < tasks.length) {
        next += 1;
        await tasks[next - 1]?.();
      }
    }),
  );
}

async function listAccount(credentials: (typeof keys)[number]): Promise<number> {
  const handler = new NodeHttpHandler({ httpAgent: new Agent({ keepAlive: true, maxSockets: atOnce }) });
  const config = (region: string) => ({ region, endpoint, credentials, requestHandler: handler });
  const ask = async (client: Sends, command: object): Promise<Answer> => {
    requests += 1;
    return (await client.send(command as never)) as Answer;
  };
  let count = 0;
  /** Follows a paged call. @returns all items */
  async function all(
    client: Sends,
    make: (token: string | undefined) => object,
    items: string,
    next: string,
  ): Promise<Answer[]> {
    const found: Answer[] = [];
    let token: string | undefined;
    do {
      const answer = await ask(client, make(token));
      found.push(...((answer[items] as Answer[] | undefined) ?? []));
      token = answer[next] as string | undefined;
    } while (token);
    count += found.length;
    return found;
  }

  const home = new Ec2.EC2Client(config('us-east-1'));
  const regions = (
    (await ask(home, new Ec2.DescribeRegionsCommand({}))).Regions as { RegionName: string }[]
  ).map((region) => region.RegionName);
  const tasks: (() => Promise<void>)[] = [];
  const details: (() => Promise<void>)[] = [];
  for (const region of regions) {
    const ec2 = new Ec2.EC2Client(config(region));
    const paged = (command: new (input: never) => object, items: string, extra: object = {}) =>
      tasks.push(
        async () =>
          void (await all(
            ec2,
            (NextToken) => new command({ NextToken, MaxResults: 1000, ...extra } as never),
            items,
            'NextToken',
          )),
      );
    tasks.push(async () => {
      const reservations = await all(
        ec2,
        (NextToken) => new Ec2.DescribeInstancesCommand({ NextToken, MaxResults: 1000 }),
        'Reservations',
        'NextToken',
      );
      count += reservations.reduce(
        (sum, each) => sum + ((each.Instances as unknown[] | undefined)?.length ?? 0) - 1,
        0,
      );
    });
    paged(Ec2.DescribeVolumesCommand, 'Volumes');
    paged(Ec2.DescribeSnapshotsCommand, 'Snapshots', { OwnerIds: ['self'] });
    paged(Ec2.DescribeImagesCommand, 'Images', { Owners: ['self'] });
    paged(Ec2.DescribeVpcsCommand, 'Vpcs');
    paged(Ec2.DescribeSubnetsCommand, 'Subnets');
    paged(Ec2.DescribeSecurityGroupsCommand, 'SecurityGroups');
    paged(Ec2.DescribeNatGatewaysCommand, 'NatGateways');
    paged(Ec2.DescribeInternetGatewaysCommand, 'InternetGateways');
    paged(Ec2.DescribeRouteTablesCommand, 'RouteTables', { MaxResults: 100 });
    tasks.push(
      async () => void (await all(ec2, () => new Ec2.DescribeAddressesCommand({}), 'Addresses', 'none')),
    );
    const elb = new ElasticLoadBalancingV2Client(config(region));
    tasks.push(
      async () =>
        void (await all(
          elb,
          (Marker) => new DescribeLoadBalancersCommand({ Marker }),
          'LoadBalancers',
          'NextMarker',
        )),
    );
    tasks.push(
      async () =>
        void (await all(
          elb,
          (Marker) => new DescribeTargetGroupsCommand({ Marker }),
          'TargetGroups',
          'NextMarker',
        )),
    );
    const rds = new RDSClient(config(region));
    tasks.push(
      async () =>
        void (await all(
          rds,
          (Marker) => new DescribeDBInstancesCommand({ Marker }),
          'DBInstances',
          'Marker',
        )),
    );
    tasks.push(
      async () =>
        void (await all(
          rds,
          (Marker) => new DescribeDBSnapshotsCommand({ Marker }),
          'DBSnapshots',
          'Marker',
        )),
    );
    const lambda = new LambdaClient(config(region));
    tasks.push(async () => {
      for (const { FunctionArn } of await all(
        lambda,
        (Marker) => new ListFunctionsCommand({ Marker }),
        'Functions',
        'NextMarker',
      )) {
        details.push(
          async () => void (await ask(lambda, new ListTagsCommand({ Resource: FunctionArn as string }))),
        );
      }
    });
    const logs = new CloudWatchLogsClient(config(region));
    tasks.push(async () => {
      for (const { logGroupArn } of await all(
        logs,
        (nextToken) => new DescribeLogGroupsCommand({ nextToken }),
        'logGroups',
        'nextToken',
      )) {
        details.push(
          async () =>
            void (await ask(logs, new ListTagsForResourceCommand({ resourceArn: logGroupArn as string }))),
        );
      }
    });
    const dynamo = new DynamoDBClient(config(region));
    tasks.push(async () => {
      const names = (await all(
        dynamo,
        (ExclusiveStartTableName) => new ListTablesCommand({ ExclusiveStartTableName }),
        'TableNames',
        'LastEvaluatedTableName',
      )) as unknown as string[];
      for (const TableName of names) {
        details.push(async () => {
          const { Table } = (await ask(dynamo, new DescribeTableCommand({ TableName }))) as {
            Table?: { TableArn?: string };
          };
          await ask(dynamo, new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }));
        });
      }
    });
    tasks.push(async () => void (await ask(new EKSClient(config(region)), new ListClustersCommand({}))));
    tasks.push(
      async () =>
        void (await all(
          new ElastiCacheClient(config(region)),
          (Marker) => new DescribeCacheClustersCommand({ Marker }),
          'CacheClusters',
          'Marker',
        )),
    );
  }
  const s3 = (region: string) => new S3Client({ ...config(region), forcePathStyle: true });
  tasks.push(async () => {
    for (const { Name, BucketRegion } of await all(
      s3('us-east-1'),
      () => new ListBucketsCommand({}),
      'Buckets',
      'none',
    )) {
      const Bucket = Name as string;
      for (const command of [
        GetBucketTaggingCommand,
        GetBucketVersioningCommand,
        GetBucketEncryptionCommand,
        GetPublicAccessBlockCommand,
      ]) {
        details.push(async () => {
          // A setting that was never made is answered with an error.
          await ask(s3((BucketRegion as string | undefined) ?? 'us-east-1'), new command({ Bucket })).catch(
            () => undefined,
          );
        });
      }
    }
  });
  await pool(tasks);
  await pool(details);
  handler.destroy();
  return count;
}

const started = performance.now();
const counts = await Promise.all(keys.map(listAccount));
process.stdout.write(
  `${JSON.stringify({ seconds: (performance.now() - started) / 1000, resources: counts.reduce((sum, count) => sum + count, 0), requests })}\n`,
);
process.exit(0);
