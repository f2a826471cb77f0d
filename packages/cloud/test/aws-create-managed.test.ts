import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Connection } from '../src/contract.ts';
import type { FieldValues } from '../src/fields.ts';
import type { ResourceRef } from '../src/resource.ts';
import { connect, failure, keysOf, listAll } from './support.ts';

let simulator: Simulator;
let connection: Connection;
let credentials: { accessKeyId: string; secretAccessKey: string };

const REGION = 'eu-west-1';

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty', transitionScale: 0 });
  const { accessKeyId = '', secretAccessKey = '' } = keysOf(simulator, 'admin').values;
  credentials = { accessKeyId, secretAccessKey };
  connection = connect(simulator);
});
afterAll(async () => {
  connection.close();
  await simulator.close();
});
afterEach(() => simulator.control.faults.clear());

function order(creatable: string, input: FieldValues, clientToken: string, more: object = {}) {
  return { creatable, region: REGION, input, clientToken, ...more };
}

function calls(operation: string): number {
  return simulator.control.requests.list().filter((r) => r.operation === operation && r.status < 400).length;
}

async function pick(creatable: string, field: string, input: FieldValues = {}): Promise<string> {
  const options = await connection.options({ creatable, field, region: REGION, input });
  expect(options.length, `choices of ${field}`).toBeGreaterThan(0);
  return options[0]?.value ?? '';
}

describe('an S3 bucket', () => {
  const TYPE = 'aws.s3.bucket';

  test.each(['us-east-1', 'sa-east-1'])('is made in %s with its settings, once per order', async (region) => {
    const bucketName = `made-in-${region}`;
    const input = { bucketName, versioning: true, tags: { env: 'test' } };
    const request = { creatable: TYPE, region, input, clientToken: 'bucket-order-001' };
    expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'no' });
    simulator.control.addFault({
      effect: { kind: 'reset-after-work' },
      target: { actions: ['s3:CreateBucket'] },
      times: 1,
    });
    expect(await connection.create(request)).toMatchObject({ status: 'created' });
    expect(await connection.create(request)).toMatchObject({ status: 'existing' });
    expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'yes' });
    const s3 = new S3Client({ region, endpoint: simulator.url, credentials, forcePathStyle: true });
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket: bucketName }))).Status).toBe('Enabled');
    expect(
      (await s3.send(new GetPublicAccessBlockCommand({ Bucket: bucketName }))).PublicAccessBlockConfiguration
        ?.RestrictPublicBuckets,
    ).toBe(true);
    expect(
      (await s3.send(new GetBucketEncryptionCommand({ Bucket: bucketName })))
        .ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
    ).toBe('AES256');
    const { resources, ends } = await listAll(connection, { service: 's3', region: 'global' });
    expect(ends.get(TYPE)).toMatchObject({ complete: true });
    expect(resources.find((r) => r.id === bucketName)).toMatchObject({
      region,
      tags: { env: 'test' },
      attributes: { Versioning: { Status: 'Enabled' }, PublicAccessBlock: { BlockPublicAcls: true } },
    });
    const ref = resources.find((r) => r.id === bucketName) as ResourceRef;
    await connection.operate({
      operation: 'tag',
      resource: ref,
      parameters: { tags: { more: '1' } },
      clientToken: 'tag-bucket-0001',
    });
    expect((await connection.inspect(ref)).tags).toMatchObject({ env: 'test', more: '1' });
    await s3.send(new PutObjectCommand({ Bucket: bucketName, Key: 'a/b', Body: 'x' }));
    expect(
      (
        await failure(
          connection.operate({
            operation: 'delete',
            resource: ref,
            parameters: {},
            clientToken: 'delete-bucket-1',
          }),
        )
      ).kind,
    ).toBe('conflict_state');
    s3.destroy();
  });

  test('a name that is taken is told, whoever has it, and what is there is not touched', async () => {
    const s3 = new S3Client({
      region: 'us-east-1',
      endpoint: simulator.url,
      credentials,
      forcePathStyle: true,
    });
    await s3.send(new CreateBucketCommand({ Bucket: 'already-mine' }));
    const other = simulator.control.report?.keys.find(
      (k) => k.label === 'admin' && k.accountId !== '111122223333',
    );
    const foreign = new S3Client({
      region: 'us-east-1',
      endpoint: simulator.url,
      credentials: other as typeof credentials,
      forcePathStyle: true,
    });
    await foreign.send(new CreateBucketCommand({ Bucket: 'somebody-elses' }));
    for (const bucketName of ['already-mine', 'somebody-elses']) {
      const request = order(TYPE, { bucketName }, 'bucket-order-002');
      expect((await failure(connection.create(request))).problem).toMatchObject({
        kind: 'already_exists',
        fields: [{ field: 'bucketName' }],
      });
    }
    expect(
      await connection.reconcileCreate(order(TYPE, { bucketName: 'already-mine' }, 'bucket-order-002')),
    ).toMatchObject({ happened: 'unknown' });
    const plain = await listAll(connection, { service: 's3', region: 'global' });
    expect(plain.resources.find((r) => r.id === 'already-mine')?.tags).toEqual({});
    const ref = {
      type: TYPE,
      id: 'already-mine',
      nativeId: 'arn:aws:s3:::already-mine',
      region: 'us-east-1',
    };
    expect(
      await connection.operate({
        operation: 'delete',
        resource: ref,
        parameters: {},
        clientToken: 'delete-bucket-2',
      }),
    ).toMatchObject({ status: 'done' });
    expect((await failure(connection.inspect(ref))).kind).toBe('not_found');
  });

  test('a settings call that is denied leaves the bucket named as a leftover', async () => {
    simulator.control.addFault({
      effect: { kind: 'deny' },
      target: { actions: ['s3:PutBucketPublicAccessBlock'] },
    });
    const error = await failure(
      connection.create(order(TYPE, { bucketName: 'half-made' }, 'bucket-order-003')),
    );
    expect(error.kind).toBe('denied');
    expect(error.leftovers.map((r) => r.id)).toEqual(['half-made']);
    simulator.control.faults.clear();
    expect(
      await connection.create(order(TYPE, { bucketName: 'half-made' }, 'bucket-order-003')),
    ).toMatchObject({ status: 'existing' });
  });

  test.each(['UPPER', 'a', 'with space', '192.168.0.1', 'dot..dot', '-start', 'xn--x'])(
    'the name %s is refused',
    async (bucketName) => {
      expect(
        (await failure(connection.create(order(TYPE, { bucketName }, 'bucket-order-004')))).problem
          .fields?.[0]?.field,
      ).toBe('bucketName');
    },
  );
});

describe('an RDS instance', () => {
  const TYPE = 'aws.rds.instance';

  test('is made once per order, operated, and its password is nowhere', async () => {
    const password = 'Sup3r-secret-word';
    const engineVersion = await pick(TYPE, 'engineVersion', { engine: 'postgres' });
    const instanceClass = await pick(TYPE, 'instanceClass', { engine: 'postgres', engineVersion });
    const input = {
      identifier: 'orders-db',
      engine: 'postgres',
      engineVersion,
      instanceClass,
      password,
      storageGiB: 20,
    };
    const request = order(TYPE, input, 'database-order-1');
    simulator.control.addFault({
      effect: { kind: 'reset-after-work' },
      target: { actions: ['rds:CreateDBInstance'] },
      times: 1,
    });
    const made = await connection.create(request);
    expect(made.status).toBe('created');
    expect(await connection.create(request)).toMatchObject({ status: 'existing', resources: made.resources });
    const taken = await failure(connection.create(order(TYPE, input, 'database-order-2')));
    expect(taken.kind).toBe('already_exists');
    expect(JSON.stringify([taken.problem, taken.stack, made])).not.toContain(password);
    const ref = made.resources[0] as ResourceRef;
    const seen = await connection.waitFor({ resource: ref, states: ['running'], timeoutMs: 5_000 });
    expect(JSON.stringify(seen)).not.toContain(password);
    expect(seen).toMatchObject({ state: 'running', size: { sku: instanceClass, storageGiB: 20 } });

    expect(
      await connection.operate({
        operation: 'stop',
        resource: ref,
        parameters: {},
        clientToken: 'stop-db-0000001',
      }),
    ).toMatchObject({ status: 'accepted', undo: { operation: 'start' } });
    expect((await connection.waitFor({ resource: ref, states: ['stopped'], timeoutMs: 5_000 }))?.state).toBe(
      'stopped',
    );
    await connection.operate({
      operation: 'start',
      resource: ref,
      parameters: {},
      clientToken: 'start-db-000001',
    });
    await connection.waitFor({ resource: ref, states: ['running'], timeoutMs: 5_000 });
    const modified = await connection.operate({
      operation: 'modify',
      resource: ref,
      parameters: { backupRetentionDays: 3 },
      clientToken: 'modify-db-00001',
    });
    expect(modified.undo?.parameters).toMatchObject({ backupRetentionDays: 7 });
    await connection.operate({
      operation: 'tag',
      resource: ref,
      parameters: { tags: { env: 'x' } },
      clientToken: 'tag-db-00000001',
    });
    expect((await connection.inspect(ref)).tags['env']).toBe('x');
    await connection.waitFor({ resource: ref, states: ['running'], timeoutMs: 5_000 });
    const gone = await connection.operate({
      operation: 'delete',
      resource: ref,
      parameters: {},
      clientToken: 'delete-db-00001',
    });
    expect(gone.created[0]?.id).toMatch(/^orders-db-final-/);
    await connection.waitFor({ resource: ref, states: ['deleted'], timeoutMs: 5_000 });
    const { resources } = await listAll(connection, { service: 'rds', region: REGION });
    expect(resources.map((r) => r.id)).toContain(gone.created[0]?.id);
  });

  test('its price has machine and storage', async () => {
    const input = {
      identifier: 'x',
      engine: 'mysql',
      instanceClass: 'db.t3.micro',
      password: 'xxxxxxxx',
      storageGiB: 100,
      storageType: 'gp2',
    };
    const bundled = await connect(simulator, 'no-access').estimate({
      creatable: TYPE,
      region: 'us-east-1',
      input,
    });
    expect(bundled).toMatchObject({ source: 'bundled', monthly: { amount: '23.91' } });
    const live = await connection.estimate({ creatable: TYPE, region: 'us-east-1', input });
    expect(live.source).toBe('live');
    expect(Number(live.monthly?.amount)).toBeCloseTo(23.91, 0);
  });
});

describe('a Lambda function', () => {
  const TYPE = 'aws.lambda.function';
  /** An empty ZIP has no local header, so one file is in it: name `a`, no content. */
  const ZIP = Buffer.from(
    '504b03041400000000000000210000000000000000000000000001000000' +
      '61' +
      '504b01021400140000000000000021000000000000000000000000000100000000000000000000000000000000' +
      '0061' +
      '504b050600000000010001002f0000001f0000000000',
    'hex',
  );

  test('is made from a ZIP, once per order', async () => {
    const { world } = simulator.control;
    const account = world.accounts.get('111122223333');
    if (!account) throw new Error('the scenario has no first account');
    world.addRole(account, 'lambda-runner', {
      trustPolicy: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      },
    });
    const roleArn = await pick(TYPE, 'roleArn');
    expect(roleArn).toContain('lambda-runner');
    const input = {
      functionName: 'resize-images',
      roleArn,
      code: ZIP.toString('base64'),
      environment: { API_KEY: 'very-secret-value' },
    };
    const request = order(TYPE, input, 'function-order-1');
    const made = await connection.create(request);
    expect(made.status).toBe('created');
    expect(await connection.create(request)).toMatchObject({ status: 'existing' });
    expect((await failure(connection.create(order(TYPE, input, 'function-order-2')))).kind).toBe(
      'already_exists',
    );
    const { resources } = await listAll(connection, { service: 'lambda', region: REGION });
    const found = resources.find((r) => r.id === 'resize-images');
    expect(found?.tags['cloudatlas:token']).toBe('function-order-1');
    expect(found?.attributes['Environment']).toEqual({ VariableNames: ['API_KEY'] });
    expect(JSON.stringify(resources)).not.toContain('very-secret-value');
    expect(
      await connection.operate({
        operation: 'delete',
        resource: made.resources[0] as ResourceRef,
        parameters: {},
        clientToken: 'delete-function-1',
      }),
    ).toMatchObject({ status: 'done' });
  });

  test('a package of 60 MB, or one that is no ZIP, is refused before it is sent', async () => {
    const roleArn = 'arn:aws:iam::111122223333:role/x';
    const before = calls('CreateFunction');
    const large = await failure(
      connection.create(
        order(
          TYPE,
          { functionName: 'large', roleArn, code: Buffer.alloc(60_000_000, 1).toString('base64') },
          'function-order-3',
        ),
      ),
    );
    expect(large.problem.fields).toEqual([
      { field: 'code', message: expect.stringContaining('60000000 bytes') },
    ]);
    expect(large.message.length).toBeLessThan(1_001);
    const text = await failure(
      connection.create(
        order(
          TYPE,
          { functionName: 'text', roleArn, code: Buffer.from('hello world').toString('base64') },
          'function-order-4',
        ),
      ),
    );
    expect(text.problem.fields?.[0]).toEqual({ field: 'code', message: 'is not a ZIP archive' });
    expect(calls('CreateFunction')).toBe(before);
  });
});
