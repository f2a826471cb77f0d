import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../src/server.ts';
import { credentialsOf } from '../support.ts';

/*
 * The AWS CLI and boto3 (botocore: another model, another signer, another parser) against the simulator.
 * Install with `apt-get install awscli` or `pip install awscli boto3`; without them the tests are skipped.
 */

const run = promisify(execFile);

async function works(command: string, args: string[]): Promise<boolean> {
  try {
    await run(command, args, { timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

const hasCli = await works('aws', ['--version']);
const hasBoto = await works('python3', ['-c', 'import boto3']);
if (!hasCli) console.warn('The AWS CLI is not installed: its interop tests are skipped.');
if (!hasBoto) console.warn('boto3 is not installed: its interop tests are skipped.');

let simulator: Simulator;
let folder: string;
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo' });
  folder = await mkdtemp(join(tmpdir(), 'simulator-interop-'));
});
afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

function environment(label: string, region: string): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey } = credentialsOf(simulator, label);
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: simulator.url,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    AWS_MAX_ATTEMPTS: '1',
  };
}

/** Runs a CLI command; some commands (rds) take the endpoint from the option only. */
async function aws(args: string[], label = 'admin', region = 'us-east-1'): Promise<unknown> {
  const full = [...args, '--endpoint-url', simulator.url, '--output', 'json'];
  const { stdout } = await run('aws', full, {
    env: environment(label, region),
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trim() === '' ? undefined : (JSON.parse(stdout) as unknown);
}

async function awsError(args: string[], label = 'admin'): Promise<string> {
  try {
    await aws(args, label);
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
  throw new Error('the command succeeded');
}

interface Launched {
  readonly Instances: readonly { readonly InstanceId: string }[];
}

describe.skipIf(!hasCli)('AWS CLI', () => {
  test('query protocol: identity, roles, load balancers', async () => {
    expect(await aws(['sts', 'get-caller-identity'])).toMatchObject({ Account: '210987654321' });
    expect(await aws(['iam', 'list-roles', '--query', 'Roles[].RoleName'])).toContain('CloudAtlas');
    expect(
      await aws(['elbv2', 'describe-load-balancers', '--query', 'LoadBalancers[].LoadBalancerName']),
    ).toContain('storefront-alb');
  });

  test('EC2: filters, paging, life of an instance with its waiter', async () => {
    const all = (await aws([
      'ec2',
      'describe-instances',
      '--page-size',
      '5',
      '--query',
      'Reservations[].Instances[].InstanceId',
    ])) as string[];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(10);
    const image = await aws([
      'ec2',
      'describe-images',
      '--owners',
      'amazon',
      '--filters',
      'Name=architecture,Values=arm64',
      '--query',
      'Images[0].ImageId',
    ]);
    await aws(['ec2', 'create-security-group', '--group-name', 'cli', '--description', 'from the CLI']);
    simulator.control.world.transitionScale = 0.02;
    const launched = (await aws([
      'ec2',
      'run-instances',
      '--image-id',
      String(image),
      '--instance-type',
      't4g.micro',
      '--security-groups',
      'cli',
      '--tag-specifications',
      '[{"ResourceType":"instance","Tags":[{"Key":"Name","Value":"ação 🚀"}]}]',
      '--block-device-mappings',
      '[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":20,"VolumeType":"gp3"}}]',
    ])) as Launched;
    const id = launched.Instances[0]?.InstanceId ?? '';
    await aws(['ec2', 'wait', 'instance-running', '--instance-ids', id]);
    expect(
      await aws([
        'ec2',
        'describe-instances',
        '--instance-ids',
        id,
        '--query',
        'Reservations[0].Instances[0].Tags',
      ]),
    ).toEqual([{ Key: 'Name', Value: 'ação 🚀' }]);
    await aws(['ec2', 'stop-instances', '--instance-ids', id]);
    await aws(['ec2', 'wait', 'instance-stopped', '--instance-ids', id]);
    await aws([
      'ec2',
      'modify-instance-attribute',
      '--instance-id',
      id,
      '--instance-type',
      '{"Value":"t4g.small"}',
    ]);
    await aws(['ec2', 'terminate-instances', '--instance-ids', id]);
    simulator.control.world.transitionScale = 1;
  });

  test('JSON protocol: Organizations', async () => {
    expect(await aws(['organizations', 'list-accounts', '--query', 'Accounts[].Id'])).toEqual([
      '210987654321',
    ]);
  });

  test('errors arrive with their codes', async () => {
    expect(await awsError(['ec2', 'stop-instances', '--instance-ids', 'i-0123456789abcdef0'])).toContain(
      'InvalidInstanceID.NotFound',
    );
    expect(
      await awsError(['ec2', 'stop-instances', '--instance-ids', 'i-0123456789abcdef0'], 'read-only'),
    ).toContain('UnauthorizedOperation');
    expect(await awsError(['ec2', 'describe-regions', '--dry-run'])).toContain('DryRunOperation');
    expect(await awsError(['iam', 'get-role', '--role-name', 'none'])).toContain('NoSuchEntity');
    expect(
      await awsError(
        [
          'sts',
          'assume-role',
          '--role-arn',
          'arn:aws:iam::210987654321:role/CloudAtlas',
          '--role-session-name',
          'cli',
        ],
        'platform',
      ),
    ).toContain('AccessDenied');
  });

  test('a role is assumed with its external id', async () => {
    const answer = await aws(
      [
        'sts',
        'assume-role',
        '--role-arn',
        'arn:aws:iam::210987654321:role/CloudAtlas',
        '--role-session-name',
        'cli',
        '--external-id',
        'cloudatlas-demo',
        '--query',
        'AssumedRoleUser.Arn',
      ],
      'platform',
    );
    expect(answer).toBe('arn:aws:sts::210987654321:assumed-role/CloudAtlas/cli');
  });

  test('REST: a file goes into a bucket and comes back', async () => {
    const file = join(folder, 'up.txt');
    const back = join(folder, 'back.txt');
    await writeFile(file, 'conteúdo 🚀\n'.repeat(1000));
    await aws(['s3api', 'create-bucket', '--bucket', 'interop-bucket']);
    await run('aws', ['s3', 'cp', file, 's3://interop-bucket/a b/ü+.txt', '--endpoint-url', simulator.url], {
      env: environment('admin', 'us-east-1'),
    });
    await run('aws', ['s3', 'cp', 's3://interop-bucket/a b/ü+.txt', back, '--endpoint-url', simulator.url], {
      env: environment('admin', 'us-east-1'),
    });
    expect(await readFile(back, 'utf8')).toBe(await readFile(file, 'utf8'));
    expect(
      await aws(['s3api', 'list-objects-v2', '--bucket', 'interop-bucket', '--query', 'Contents[].Key']),
    ).toEqual(['a b/ü+.txt']);
    expect(await aws(['lambda', 'list-functions', '--query', 'length(Functions)'])).toBeGreaterThanOrEqual(0);
    expect(
      await aws(['rds', 'describe-db-instances', '--query', 'length(DBInstances)']),
    ).toBeGreaterThanOrEqual(0);
  });

  test('metrics and costs, in whatever protocol this CLI picked for them', async () => {
    const metrics = [
      'cloudwatch',
      'list-metrics',
      '--namespace',
      'AWS/EC2',
      '--metric-name',
      'CPUUtilization',
    ];
    const ids = (await aws([...metrics, '--query', 'Metrics[].Dimensions[0].Value'])) as string[];
    expect(ids.length).toBeGreaterThan(5);
    const end = new Date();
    const start = new Date(end.getTime() - 6 * 3_600_000);
    const statistics = `cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name CPUUtilization --dimensions Name=InstanceId,Value=${ids[0]} --period 3600 --statistics Average --start-time ${start.toISOString()} --end-time ${end.toISOString()} --query length(Datapoints)`;
    const points = await aws(statistics.split(' '));
    expect(points).toBeGreaterThanOrEqual(5);
    const month = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - 1, 1))
      .toISOString()
      .slice(0, 10);
    const first = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), 1)).toISOString().slice(0, 10);
    const costs = `ce get-cost-and-usage --time-period Start=${month},End=${first} --granularity MONTHLY --metrics UnblendedCost --query ResultsByTime[0].Total.UnblendedCost.Amount`;
    const amount = await aws(costs.split(' '));
    expect(Number(amount)).toBeGreaterThan(100);
  });
});

const BOTO = `
import json, boto3
from botocore.exceptions import ClientError
ec2 = boto3.client('ec2')
out = {}
pages = ec2.get_paginator('describe_volumes').paginate(PaginationConfig={'PageSize': 5})
ids = [v['VolumeId'] for p in pages for v in p['Volumes']]
out['volumes'] = len(ids)
out['distinct'] = len(set(ids))
try:
    ec2.delete_volume(VolumeId='vol-0123456789abcdef0')
except ClientError as e:
    out['error'] = [e.response['Error']['Code'], e.response['ResponseMetadata']['HTTPStatusCode'], bool(e.response['ResponseMetadata'].get('RequestId'))]
cw = boto3.client('cloudwatch')
out['metrics'] = len(cw.list_metrics(Namespace='AWS/EC2')['Metrics'])
try:
    cw.get_metric_statistics(Namespace='AWS/EC2', MetricName='CPUUtilization', StartTime=0, EndTime=10**9, Period=60, Statistics=['Average'])
except ClientError as e:
    out['cwError'] = e.response['Error']['Code']
out['session'] = boto3.client('sts').get_caller_identity()['Account']
print(json.dumps(out))
`;

describe.skipIf(!hasBoto)('boto3', () => {
  test('pages, errors and request ids', async () => {
    const { stdout } = await run('python3', ['-c', BOTO], {
      env: environment('admin', 'us-east-1'),
      timeout: 60_000,
    });
    const out = JSON.parse(stdout) as {
      metrics: number;
      cwError: string;
      volumes: number;
      distinct: number;
      error: unknown[];
      session: string;
    };
    expect(out.volumes).toBe(out.distinct);
    expect(out.volumes).toBeGreaterThan(20);
    expect(out.error).toEqual(['InvalidVolume.NotFound', 400, true]);
    expect(out.metrics).toBeGreaterThan(10);
    expect(out.cwError).toMatch(/^InvalidParameter/);
    expect(out.session).toBe('210987654321');
  });
});
