import {
  CreateTagsCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  IAMClient,
  ListAttachedUserPoliciesCommand,
  GetPolicyVersionCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import {
  DescribeAccountCommand,
  ListAccountsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { clientConfig, ec2Client, failure } from './support.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', clock: { factor: 0 } });
});
afterAll(() => simulator.close());

/** Changes the request before it is signed. */
function beforeSigning(
  client: STSClient,
  change: (request: { body?: unknown; headers: Record<string, string> }) => void,
): STSClient {
  client.middlewareStack.add(
    (next) => (args) => {
      change(args.request as { body?: unknown; headers: Record<string, string> });
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  return client;
}

describe('protocols', () => {
  test('RPC v2 CBOR serves what JSON serves, errors included', async () => {
    const protocol = new AwsSmithyRpcV2CborProtocol({ defaultNamespace: 'com.amazonaws.organizations' });
    const client = new OrganizationsClient({ ...clientConfig(simulator), protocol });
    const { Accounts } = await client.send(new ListAccountsCommand({}));
    expect(Accounts?.[0]).toMatchObject({ Id: '210987654321', Name: 'Aurora Tecnologia' });
    expect(Accounts?.[0]?.JoinedTimestamp).toBeInstanceOf(Date);
    expect(
      await failure(client.send(new DescribeAccountCommand({ AccountId: '000000000000' }))),
    ).toMatchObject({ status: 400 });
  });

  test('an unknown action, an unsimulated one and a field of the wrong type', async () => {
    const send = (body: string) =>
      failure(
        beforeSigning(new STSClient(clientConfig(simulator)), (r) => {
          r.body = body;
          r.headers['content-length'] = String(body.length);
        }).send(new GetCallerIdentityCommand({})),
      );
    expect(await send('Action=Nonsense&Version=2011-06-15')).toMatchObject({
      name: 'InvalidAction',
      status: 400,
    });
    expect(await send('Action=GetFederationToken&Version=2011-06-15&Name=x')).toMatchObject({
      name: 'UnsupportedOperation',
      status: 501,
    });
    expect(await send('Action=AssumeRole&Version=2011-06-15&DurationSeconds=soon')).toMatchObject({
      name: 'MalformedInput',
      status: 400,
    });
  });

  test('IAM pages by Marker and IsTruncated, and hands documents out URL-encoded', async () => {
    const iam = new IAMClient(clientConfig(simulator));
    const first = await iam.send(new ListRolesCommand({ MaxItems: 3 }));
    expect(first).toMatchObject({ IsTruncated: true });
    const second = await iam.send(new ListRolesCommand({ MaxItems: 3, Marker: first.Marker }));
    expect(second.IsTruncated).toBe(false);
    const names = [...(first.Roles ?? []), ...(second.Roles ?? [])].map((r) => r.RoleName);
    expect(new Set(names).size).toBe(4);
    expect(JSON.parse(decodeURIComponent(first.Roles?.[0]?.AssumeRolePolicyDocument ?? ''))).toHaveProperty(
      'Statement',
    );
    const { AttachedPolicies } = await iam.send(
      new ListAttachedUserPoliciesCommand({ UserName: 'read-only' }),
    );
    const version = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: AttachedPolicies?.[0]?.PolicyArn, VersionId: 'v1' }),
    );
    expect(decodeURIComponent(version.PolicyVersion?.Document ?? '')).toContain('*:Describe*');
  });
});

describe('resource-level permissions', () => {
  test('a policy on a tag decides per instance; tagging at launch needs ec2:CreateTags', async () => {
    const account = simulator.control.world.accounts.get('210987654321');
    if (!account) throw new Error('no account');
    const credentials = simulator.control.world.addUser(account, 'staging-only', {
      policies: {
        inline: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: ['ec2:Describe*', 'ec2:RunInstances'], Resource: '*' },
            {
              Effect: 'Allow',
              Action: 'ec2:StopInstances',
              Resource: 'arn:aws:ec2:*:*:instance/*',
              Condition: { StringEquals: { 'aws:ResourceTag/env': 'staging' } },
            },
          ],
        },
      },
    });
    const { accessKeyId, secretAccessKey } = credentials;
    const ec2 = new EC2Client({ ...clientConfig(simulator), credentials: { accessKeyId, secretAccessKey } });
    const pick = async (env: string) => {
      const { Reservations } = await ec2.send(
        new DescribeInstancesCommand({
          Filters: [
            { Name: 'tag:env', Values: [env] },
            { Name: 'instance-state-name', Values: ['running'] },
          ],
        }),
      );
      return Reservations?.[0]?.Instances?.[0]?.InstanceId ?? '';
    };
    const [staging, production] = [await pick('staging'), await pick('production')];
    expect(await failure(ec2.send(new StopInstancesCommand({ InstanceIds: [production] })))).toMatchObject({
      name: 'UnauthorizedOperation',
    });
    expect(
      await failure(ec2.send(new StopInstancesCommand({ InstanceIds: [staging, production] }))),
    ).toMatchObject({ name: 'UnauthorizedOperation' });
    await ec2.send(new StopInstancesCommand({ InstanceIds: [staging] }));
    expect(
      await failure(
        ec2.send(new CreateTagsCommand({ Resources: [staging], Tags: [{ Key: 'a', Value: 'b' }] })),
      ),
    ).toMatchObject({ name: 'UnauthorizedOperation' });

    const { Images } = await ec2.send(
      new DescribeImagesCommand({
        Owners: ['amazon'],
        Filters: [{ Name: 'architecture', Values: ['x86_64'] }],
      }),
    );
    const launch = {
      ImageId: Images?.[0]?.ImageId ?? '',
      InstanceType: 't3.micro' as const,
      MinCount: 1,
      MaxCount: 1,
    };
    const tags = [{ ResourceType: 'instance' as const, Tags: [{ Key: 'env', Value: 'staging' }] }];
    const denied = await failure(ec2.send(new RunInstancesCommand({ ...launch, TagSpecifications: tags })));
    expect(denied.message).toContain('ec2:CreateTags');
    await ec2.send(new RunInstancesCommand(launch));
  });

  test('an explicit deny wins over a broad allow', async () => {
    const ec2 = ec2Client(simulator, 'no-costs');
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
    const InstanceIds = [Reservations?.[0]?.Instances?.[0]?.InstanceId ?? ''];
    const denied = await failure(ec2.send(new TerminateInstancesCommand({ InstanceIds })));
    expect(denied).toMatchObject({ name: 'UnauthorizedOperation', status: 403 });
    expect(denied.message).toContain('explicit deny');
  });
});
