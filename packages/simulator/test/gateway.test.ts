import { createHash, createHmac } from 'node:crypto';
import {
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  EC2Client,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  GetUserCommand,
  IAMClient,
  ListRolesCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { clientConfig, credentialsOf, ec2Client, failure, type Credentials } from './support.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty' });
});
afterAll(() => simulator.close());

function config(credentials: Credentials, region = 'us-east-1') {
  return { region, endpoint: simulator.url, credentials, maxAttempts: 1 };
}

describe('signatures', () => {
  test('a signed call is served and carries its request id', async () => {
    const answer = await new STSClient(clientConfig(simulator)).send(new GetCallerIdentityCommand({}));
    expect(answer).toMatchObject({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/admin' });
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('refusals have the code and status of each protocol', async () => {
    const wrong = config({ ...credentialsOf(simulator, 'admin'), secretAccessKey: 'wrong' });
    const unknown = config({ accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' });
    const calls = (c: ReturnType<typeof config>) => [
      failure(new EC2Client(c).send(new DescribeRegionsCommand({}))),
      failure(new STSClient(c).send(new GetCallerIdentityCommand({}))),
      failure(new OrganizationsClient(c).send(new ListAccountsCommand({}))),
    ];
    expect(await Promise.all(calls(wrong))).toMatchObject([
      { name: 'AuthFailure', status: 401 },
      { name: 'SignatureDoesNotMatch', status: 403 },
      { name: 'InvalidSignatureException', status: 400 },
    ]);
    expect(await Promise.all(calls(unknown))).toMatchObject([
      { name: 'AuthFailure', status: 401 },
      { name: 'InvalidClientTokenId', status: 403 },
      { name: 'UnrecognizedClientException', status: 400 },
    ]);
  });

  test('a clock 16 minutes off is refused, 14 minutes off is served', async () => {
    const skewed = (minutes: number) =>
      new STSClient({ ...clientConfig(simulator), systemClockOffset: minutes * 60_000 });
    expect(await failure(skewed(16).send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'SignatureDoesNotMatch',
      status: 403,
    });
    expect(await failure(skewed(-16).send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    await skewed(14).send(new GetCallerIdentityCommand({}));
  });

  test('the simulated clock does not leak into the Date header', async () => {
    simulator.control.advance(30 * 86_400);
    const answer = await fetch(`${simulator.url}/_control/clock`);
    expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - Date.now())).toBeLessThan(5000);
    const { now } = (await answer.json()) as { now: string };
    expect(Date.parse(now) - Date.now()).toBeGreaterThan(29 * 86_400_000);
  });

  test('an unsigned or unknown request gets an error, never a page', async () => {
    const unsigned = await fetch(simulator.url, {
      method: 'POST',
      body: 'Action=DescribeInstances&Version=2016-11-15',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(unsigned.status).toBe(400);
    expect(await unsigned.text()).toContain('<Code>MissingParameter</Code>');
  });

  test('a presigned query is accepted until it expires', async () => {
    const presign = (at: Date) => {
      const { accessKeyId, secretAccessKey } = credentialsOf(simulator, 'admin');
      const stamp = at.toISOString().replace(/[-:]|\.\d{3}/g, '');
      const scope = `${stamp.slice(0, 8)}/us-east-1/sts/aws4_request`;
      const query = new URLSearchParams({
        Action: 'GetCallerIdentity',
        Version: '2011-06-15',
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Credential': `${accessKeyId}/${scope}`,
        'X-Amz-Date': stamp,
        'X-Amz-Expires': '60',
        'X-Amz-SignedHeaders': 'host',
      });
      query.sort();
      const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
      const canonical = `GET\n/\n${query.toString()}\nhost:${new URL(simulator.url).host}\n\nhost\n${empty}`;
      const hash = (data: string) => createHash('sha256').update(data).digest('hex');
      const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${hash(canonical)}`;
      const mac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
      const key = mac(
        mac(mac(mac(`AWS4${secretAccessKey}`, stamp.slice(0, 8)), 'us-east-1'), 'sts'),
        'aws4_request',
      );
      return `${simulator.url}/?${query.toString()}&X-Amz-Signature=${mac(key, toSign).toString('hex')}`;
    };
    const good = await fetch(presign(new Date()));
    expect(good.status).toBe(200);
    expect(await good.text()).toContain('<Account>111122223333</Account>');
    const late = await fetch(presign(new Date(Date.now() - 120_000)));
    expect(late.status).toBe(403);
  });
});

describe('regions', () => {
  test('a region the account has not enabled knows no key of it', async () => {
    expect(
      await failure(ec2Client(simulator, 'admin', 'af-south-1').send(new DescribeRegionsCommand({}))),
    ).toMatchObject({ name: 'AuthFailure', status: 401 });
    expect(
      await failure(
        new STSClient(clientConfig(simulator, 'admin', 'mars-north-1')).send(
          new GetCallerIdentityCommand({}),
        ),
      ),
    ).toMatchObject({ name: 'InvalidClientTokenId' });
  });
});

describe('permissions', () => {
  test('a denial names the action and the resource in the words of the service', async () => {
    const stop = await failure(
      ec2Client(simulator, 'read-only').send(
        new StopInstancesCommand({ InstanceIds: ['i-0123456789abcdef0'] }),
      ),
    );
    expect(stop).toMatchObject({ name: 'UnauthorizedOperation', status: 403 });
    expect(stop.message).toMatch(
      /is not authorized to perform: ec2:StopInstances on resource: arn:aws:ec2:us-east-1:111122223333:instance\/i-0123456789abcdef0 because/,
    );
    const list = await failure(
      new OrganizationsClient(clientConfig(simulator, 'no-access')).send(new ListAccountsCommand({})),
    );
    expect(list).toMatchObject({ name: 'AccessDeniedException', status: 400 });
    const roles = await failure(
      new IAMClient(clientConfig(simulator, 'no-access')).send(new ListRolesCommand({})),
    );
    expect(roles).toMatchObject({ name: 'AccessDenied', status: 403 });
  });

  test('GetCallerIdentity needs no permission', async () => {
    const answer = await new STSClient(clientConfig(simulator, 'no-access')).send(
      new GetCallerIdentityCommand({}),
    );
    expect(answer.Arn).toContain('user/no-access');
  });

  test('SimulatePrincipalPolicy tells granted from missing actions', async () => {
    const iam = new IAMClient(clientConfig(simulator, 'read-only'));
    const { User } = await iam.send(new GetUserCommand({}));
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: User?.Arn,
        ActionNames: ['ec2:DescribeInstances', 'ec2:StopInstances'],
      }),
    );
    expect(EvaluationResults?.map((r) => r.EvalDecision)).toEqual(['allowed', 'implicitDeny']);
  });
});

describe('AssumeRole', () => {
  const RoleArn = 'arn:aws:iam::444455556666:role/CloudAtlas';
  const assume = (more: object = { ExternalId: 'cloudatlas-demo' }, label = 'admin') =>
    new STSClient(clientConfig(simulator, label)).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ...more }),
    );

  async function session(): Promise<Credentials> {
    const { Credentials: c } = await assume();
    return {
      accessKeyId: c?.AccessKeyId ?? '',
      secretAccessKey: c?.SecretAccessKey ?? '',
      sessionToken: c?.SessionToken ?? '',
    };
  }

  test('switches the account, with the right external id only', async () => {
    expect(await failure(assume({}))).toMatchObject({ name: 'AccessDenied', status: 403 });
    expect(await failure(assume({ ExternalId: 'guess' }))).toMatchObject({ name: 'AccessDenied' });
    expect(await failure(assume({ RoleArn: 'arn:aws:iam::444455556666:role/None' }))).toMatchObject({
      name: 'AccessDenied',
    });
    expect(await failure(assume(undefined, 'read-only'))).toMatchObject({ name: 'AccessDenied' });
    const identity = await new STSClient(config(await session())).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: '444455556666',
      Arn: 'arn:aws:sts::444455556666:assumed-role/CloudAtlas/test',
    });
  });

  test('a missing or foreign session token is refused', async () => {
    const { accessKeyId, secretAccessKey } = await session();
    expect(
      await failure(
        new STSClient(config({ accessKeyId, secretAccessKey })).send(new GetCallerIdentityCommand({})),
      ),
    ).toMatchObject({ name: 'InvalidClientTokenId' });
  });

  test('an expired session is refused with the code of each protocol', async () => {
    const credentials = await session();
    expect(simulator.control.expireSessions()).toBeGreaterThan(0);
    expect(
      await failure(new STSClient(config(credentials)).send(new GetCallerIdentityCommand({}))),
    ).toMatchObject({ name: 'ExpiredToken', status: 403 });
    expect(
      await failure(new EC2Client(config(credentials)).send(new DescribeInstancesCommand({}))),
    ).toMatchObject({ name: 'RequestExpired', status: 400 });
    expect(
      await failure(new OrganizationsClient(config(credentials)).send(new ListAccountsCommand({}))),
    ).toMatchObject({ name: 'ExpiredTokenException', status: 400 });
  });
});
