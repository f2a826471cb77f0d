import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionConfigurationCommand,
  type CreateFunctionCommandInput,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { addFunction, lambdaStore } from '../src/aws/services/lambda/store.ts';
import { ADMIN_POLICY } from '../src/scenarios/keys.ts';
import { credentialsOf } from './support.ts';
import { zipOf } from './zip.ts';

let simulator: Simulator;
let lambda: LambdaClient;
const ROLE = 'arn:aws:iam::111122223333:role/worker';
const ZIP = zipOf('index.mjs', Buffer.from('export const handler = async () => "ok";'));

beforeAll(async () => {
  simulator = await startSimulator({
    scenario: 'empty',
    clock: { start: Date.UTC(2026, 10, 20), factor: 0 },
  });
  const { world } = simulator.control;
  const account = world.accounts.get('111122223333');
  if (!account) throw new Error('the scenario has no account');
  world.addRole(account, 'worker', { trustPolicy: ADMIN_POLICY });
  lambda = new LambdaClient({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: credentialsOf(simulator, 'admin'),
    maxAttempts: 1,
  });
});
afterAll(() => simulator.close());

function create(name: string, more: Partial<CreateFunctionCommandInput> = {}) {
  return lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: ROLE,
      Code: { ZipFile: ZIP },
      ...more,
    }),
  );
}

describe('functions', () => {
  test('one is created pending and becomes active', async () => {
    const created = await create('checkout', {
      MemorySize: 512,
      Environment: { Variables: { MODE: 'fast' } },
      Tags: { env: 'prod' },
    });
    expect(created.$metadata.httpStatusCode).toBe(201);
    expect(created).toMatchObject({ State: 'Pending', CodeSize: ZIP.length, MemorySize: 512 });
    await expect(
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'checkout', MemorySize: 256 })),
    ).rejects.toMatchObject({ name: 'ResourceConflictException' });
    simulator.control.world.clock.advance(10_000);
    const got = await lambda.send(new GetFunctionCommand({ FunctionName: 'checkout' }));
    expect(got.Configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
    expect(got.Tags).toEqual({ env: 'prod' });
    const updated = await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'checkout', MemorySize: 256 }),
    );
    expect(updated).toMatchObject({ MemorySize: 256, LastUpdateStatus: 'InProgress' });
    await expect(create('checkout')).rejects.toMatchObject({
      name: 'ResourceConflictException',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test('tags change by ARN', async () => {
    const { FunctionArn: Resource } = await create('tagged');
    await lambda.send(new TagResourceCommand({ Resource, Tags: { owner: 'payments', 'cost center': '42' } }));
    await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['cost center'] }));
    expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ owner: 'payments' });
  });

  test('an absent function is a 404', async () => {
    for (const command of [
      new GetFunctionCommand({ FunctionName: 'none' }),
      new DeleteFunctionCommand({ FunctionName: 'none' }),
    ]) {
      await expect(lambda.send(command)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        $metadata: { httpStatusCode: 404 },
      });
    }
    await create('short-lived');
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'short-lived' }));
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'short-lived' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test.each([
    [{ Runtime: 'nodejs16.x' }, /no longer supported/],
    [{ Runtime: 'cobol1.x' }, /enum value set/],
    [{ MemorySize: 64 }, /memorySize/],
    [{ Timeout: 1000 }, /timeout/],
    [{ Role: 'arn:aws:iam::111122223333:role/none' }, /cannot be assumed/],
    [{ Code: { ZipFile: new Uint8Array([1, 2, 3]) } }, /Could not unzip/],
    [{ Code: { S3Bucket: 'none', S3Key: 'none' } }, /NoSuchKey/],
  ] as const)('%o is refused', async (input, message) => {
    await expect(create('refused', input as Partial<CreateFunctionCommandInput>)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringMatching(message),
    });
  });

  test('a package may be 50 MB, not 60', async () => {
    const archive = (megabytes: number): Buffer => zipOf('data.bin', new Uint8Array(megabytes * 1024 * 1024));
    await create('large', { Code: { ZipFile: archive(49) } });
    await expect(create('too-large', { Code: { ZipFile: archive(60) } })).rejects.toMatchObject({
      name: 'RequestEntityTooLargeException',
      $metadata: { httpStatusCode: 413 },
    });
  }, 30_000);

  test('lists come in pages of at most 50, without the state', async () => {
    const account = simulator.control.world.accounts.get('111122223333');
    const store = account?.store(lambdaStore, 'eu-west-1');
    if (!store) throw new Error('no store');
    for (let i = 0; i < 120; i++)
      addFunction(store, {
        name: `job-${i}`,
        runtime: 'python3.12',
        handler: 'app.run',
        role: ROLE,
        codeSize: 1000,
        codeSha256: 'x',
      });
    const west = new LambdaClient({
      region: 'eu-west-1',
      endpoint: simulator.url,
      credentials: credentialsOf(simulator, 'admin'),
    });
    let pages = 0;
    let Marker: string | undefined;
    const names = new Set<string | undefined>();
    do {
      const page = await west.send(new ListFunctionsCommand({ Marker, MaxItems: 1000 }));
      for (const f of page.Functions ?? []) names.add(f.FunctionName);
      expect(page.Functions?.[0]?.State).toBeUndefined();
      Marker = page.NextMarker;
      pages += 1;
    } while (Marker);
    expect([pages, names.size]).toEqual([3, 120]);
  });
});
