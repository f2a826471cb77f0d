import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { credentialsOf } from './support.ts';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty' });
});
afterAll(() => simulator.close());

function sts(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }, region = 'us-east-1'): STSClient {
  return new STSClient({ region, endpoint: simulator.url, credentials, maxAttempts: 1 });
}

describe('authentication', () => {
  test('a signed call is served and carries its request id', async () => {
    const answer = await sts(credentialsOf(simulator, 'admin')).send(new GetCallerIdentityCommand({}));
    expect(answer.Account).toBe('111122223333');
    expect(answer.Arn).toBe('arn:aws:iam::111122223333:user/admin');
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a wrong secret is refused', async () => {
    const wrong = { ...credentialsOf(simulator, 'admin'), secretAccessKey: 'wrong' };
    await expect(sts(wrong).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('AssumeRole', () => {
  const role = 'arn:aws:iam::444455556666:role/CloudAtlas';

  test('opens a session in the other account with the right external id only', async () => {
    const client = sts(credentialsOf(simulator, 'admin'));
    const input = { RoleArn: role, RoleSessionName: 'test' };
    await expect(client.send(new AssumeRoleCommand({ ...input, ExternalId: 'guess' }))).rejects.toMatchObject({ name: 'AccessDenied' });
    const { Credentials } = await client.send(new AssumeRoleCommand({ ...input, ExternalId: 'cloudatlas-demo' }));
    const session = sts({
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    });
    expect((await session.send(new GetCallerIdentityCommand({}))).Account).toBe('444455556666');
  });
});
