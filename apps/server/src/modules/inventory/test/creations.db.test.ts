import { crc32 } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  connectAccount,
  orderEnd,
  startCloudStage,
  type CloudStage,
} from '../../../../test/support/cloud.ts';
import { ec2Store } from '../../../../../../packages/simulator/src/aws/services/ec2/store.ts';
import { DEMO_ACCOUNT } from '../../../../../../packages/simulator/src/scenarios/demo/demo.ts';

const region = 'us-east-1';
const password = 'A-database-password-4711-xyz';
const emptyZip = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64');

describe('orders to create', () => {
  let stage: CloudStage;
  let accountId: string;

  beforeAll(async () => {
    stage = await startCloudStage({ scenario: 'demo' });
    accountId = (await connectAccount(stage, { features: ['operate', 'create', 'delete'] })).id;
  });
  afterEach(() => stage.simulator.control.faults.clear());
  afterAll(() => stage.close());

  function create(creatable: string, input: object, more: object = {}) {
    return stage.owner.post(`${stage.base}/creations`, { accountId, creatable, region, input, ...more });
  }

  async function choice(creatable: string, field: string, input: object = {}): Promise<string> {
    const { status, body } = await stage.owner.post(`${stage.base}/creatables/options`, {
      accountId,
      creatable,
      region,
      field,
      input,
    });
    expect(status, JSON.stringify(body)).toBe(200);
    const usable = body.items.find((item: { disabledReason?: string }) => item.disabledReason === undefined);
    expect(usable, `choices of ${field}`).toBeDefined();
    return usable.value;
  }

  async function fieldsOf(creatable: string, input: object): Promise<string[]> {
    const { status, body } = await create(creatable, input);
    expect(status).toBe(422);
    return body.errors.map((error: { path: string }) => error.path.replace('body.input.', '')).toSorted();
  }

  async function made(
    type: string,
  ): Promise<{ id: string; name: string; state: string; shortId: string; tags: Record<string, string> }[]> {
    return (await stage.owner.get(`${stage.base}/resources?type=${type}&limit=200`)).body.items;
  }

  function store() {
    const account = stage.simulator.control.world.accounts.get(DEMO_ACCOUNT);
    if (account === undefined) throw new Error('no demo account');
    return account.store(ec2Store, region);
  }

  async function sealed(orderId: string): Promise<unknown> {
    return (await stage.sql.query('select sealed_input from inventory.cloud_order where id = $1', [orderId]))
      .rows[0].sealed_input;
  }

  async function instanceInput() {
    const type = 'aws.ec2.instance';
    const instanceType = 't3.micro';
    const subnetId = await choice(type, 'subnetId');
    return {
      name: 'made-here',
      instanceType,
      subnetId,
      imageId: await choice(type, 'imageId', { instanceType }),
      securityGroupIds: [await choice(type, 'securityGroupIds', { subnetId })],
      tags: { env: 'test' },
    };
  }

  test('an instance: picked, estimated, tried dry, made once, and in the inventory at once', async () => {
    const input = await instanceInput();
    const estimate = await stage.owner.post(`${stage.base}/creatables/estimate`, {
      accountId,
      creatable: 'aws.ec2.instance',
      region,
      input,
    });
    expect(Number(estimate.body.monthly.amount)).toBeGreaterThan(5);
    const dry = await create('aws.ec2.instance', input, { dryRun: true });
    expect(await orderEnd(stage, dry.body.id)).toMatchObject({
      status: 'done',
      result: { status: 'allowed' },
    });
    expect(await made('aws.ec2.instance')).toEqual([]);
    const keyed = { idempotencyKey: 'create-one-instance' };
    const [first, second] = await Promise.all([
      create('aws.ec2.instance', input, keyed),
      create('aws.ec2.instance', input, keyed),
    ]);
    expect([first.status, second.status, first.body.id === second.body.id]).toEqual([202, 202, true]);
    expect(await sealed(first.body.id)).not.toBeNull();
    const order = await orderEnd(stage, first.body.id);
    expect(order).toMatchObject({ status: 'done', operation: 'aws.ec2.instance', resourceName: 'made-here' });
    expect(await sealed(first.body.id)).toBeNull();
    const [row] = await made('aws.ec2.instance');
    expect(row).toMatchObject({ name: 'made-here', state: 'running', tags: { env: 'test' } });
    const launched = store()
      .instances.list()
      .filter((each) =>
        each.data.instance.Tags?.some((tag) => tag.Key === 'cloudatlas:token' && tag.Value === order.id),
      );
    expect(launched).toHaveLength(1);
    expect((await create('aws.s3.bucket', { bucketName: 'other-work' }, keyed)).body.code).toBe(
      'idempotency_mismatch',
    );
  });

  test('a bucket, with its settings', async () => {
    const order = await create('aws.s3.bucket', {
      bucketName: 'made-by-atlas',
      versioning: true,
      tags: { env: 'test' },
    });
    const ended = await orderEnd(stage, order.body.id);
    const [bucket] = await made('aws.s3.bucket');
    // The order bears the bucket's name and leads to it.
    expect(ended).toMatchObject({ status: 'done', resourceName: 'made-by-atlas', resourceId: bucket?.id });
    expect([bucket?.shortId, bucket?.tags.env]).toEqual(['made-by-atlas', 'test']);
    const taken = await create('aws.s3.bucket', { bucketName: 'made-by-atlas' });
    expect(await orderEnd(stage, taken.body.id)).toMatchObject({
      status: 'failed',
      problem: { kind: 'already_exists', fields: [{ field: 'bucketName' }] },
    });
    expect(await made('aws.s3.bucket')).toHaveLength(1);
  });

  test('a database: its password is sealed while the order runs, forgotten when it ends, and shown nowhere', async () => {
    const type = 'aws.rds.instance';
    const engine = 'postgres';
    const engineVersion = await choice(type, 'engineVersion', { engine });
    const instanceClass = await choice(type, 'instanceClass', { engine, engineVersion });
    const input = {
      identifier: 'made-here',
      engine,
      engineVersion,
      instanceClass,
      storageGiB: 20,
      username: 'atlas',
      password,
      deletionProtection: false,
    };
    const answer = await create(type, input);
    expect(answer.status, JSON.stringify(answer.body)).toBe(202);
    expect(answer.body.input.password).toBe('••••••••');
    const seal = await sealed(answer.body.id);
    expect(seal).toBeInstanceOf(Buffer);
    expect((seal as Buffer).includes(Buffer.from(password))).toBe(false);
    const order = await orderEnd(stage, answer.body.id);
    expect(order, JSON.stringify(order)).toMatchObject({ status: 'done' });
    expect(await sealed(answer.body.id)).toBeNull();
    const { rows: tables } = await stage.sql.query<{ name: string }>(
      "select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')",
    );
    for (const { name } of tables) {
      const { rows } = await stage.sql.query(`select 1 from ${name} t where t::text like $1`, [
        `%${password}%`,
      ]);
      expect(rows.length, name).toBe(0);
    }
    expect(stage.logged().includes(password)).toBe(false);
  });

  test('a function: the values of its environment are secrets too', async () => {
    const type = 'aws.lambda.function';
    const roleArn = await choice(type, 'roleArn');
    const answer = await create(type, {
      functionName: 'made-here',
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      roleArn,
      code: zipOf('index.mjs', 'export const handler = async () => 1;').toString('base64'),
      environment: { DB_PASSWORD: 'an-environment-secret-0815' },
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(202);
    // A file travels inside the form: more than the general limit of a body, less than that of this route.
    const large = await create(type, { functionName: 'large', code: 'A'.repeat(2 * 1024 * 1024) });
    expect(large.body.code).toBe('validation_failed');
    expect(answer.body.input.code).toMatch(/^\d+ bytes$/);
    expect(JSON.stringify(answer.body)).not.toContain('an-environment-secret-0815');
    expect(await orderEnd(stage, answer.body.id)).toMatchObject({ status: 'done' });
    const { body } = await stage.owner.get('/orgs/aurora/audit?limit=100');
    expect(JSON.stringify(body)).not.toContain('an-environment-secret-0815');
    for (const table of [
      'inventory.cloud_order',
      'inventory.resource_detail',
      'audit.entry',
      'platform.workflow_step',
    ]) {
      const { rows } = await stage.sql.query(
        `select 1 from ${table} t where t::text like '%an-environment-secret-0815%'`,
      );
      expect(rows.length, table).toBe(0);
    }
  });

  test('a package that is no ZIP is refused with its field', async () => {
    const roleArn = await choice('aws.lambda.function', 'roleArn');
    const answer = await create('aws.lambda.function', {
      functionName: 'broken',
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      roleArn,
      code: Buffer.from('no zip at all').toString('base64'),
    });
    if (answer.status === 422) return expect(answer.body.errors[0].path).toBe('body.input.code');
    expect(await orderEnd(stage, answer.body.id)).toMatchObject({
      status: 'failed',
      problem: { kind: 'invalid_input' },
    });
    expect(emptyZip.length).toBe(22);
  });

  test('a network with subnets, gateway and routes', async () => {
    const zone = await choice('aws.ec2.vpc', 'zones');
    const answer = await create('aws.ec2.vpc', { name: 'net', cidr: '10.9.0.0/16', zones: [zone] });
    const order = await orderEnd(stage, answer.body.id);
    expect(order, JSON.stringify(order)).toMatchObject({ status: 'done' });
    for (const type of ['aws.ec2.vpc', 'aws.ec2.subnet', 'aws.ec2.internet-gateway', 'aws.ec2.route-table'])
      expect(await made(type), type).toHaveLength(1);
  });

  test('a network that could only be half made is taken away again', async () => {
    const count = () => [
      store().vpcs.list().length,
      store().subnets.list().length,
      store().internetGateways.list().length,
      store().routeTables.list().length,
    ];
    const before = count();
    const zone = await choice('aws.ec2.vpc', 'zones');
    for (const action of ['ec2:CreateRoute', 'ec2:AttachInternetGateway', 'ec2:CreateSubnet']) {
      stage.simulator.control.addFault({ effect: { kind: 'deny' }, target: { actions: [action] } });
      const answer = await create('aws.ec2.vpc', { name: 'half', cidr: '10.8.0.0/16', zones: [zone] });
      const order = await orderEnd(stage, answer.body.id);
      expect(order, action).toMatchObject({ status: 'failed', problem: { kind: 'denied', action } });
      stage.simulator.control.faults.clear();
      expect(count(), action).toEqual(before);
    }
  });

  test('what cannot be taken away is said, and the order ends', async () => {
    const zone = await choice('aws.ec2.vpc', 'zones');
    stage.simulator.control.addFault({
      effect: { kind: 'deny' },
      target: { actions: ['ec2:CreateSubnet', 'ec2:DeleteVpc'] },
    });
    const answer = await create('aws.ec2.vpc', { name: 'stuck', cidr: '10.7.0.0/16', zones: [zone] });
    const order = await orderEnd(stage, answer.body.id);
    expect(order).toMatchObject({
      status: 'needs_attention',
      message: expect.stringMatching(/vpc-/),
      problem: { kind: 'denied', action: 'ec2:CreateSubnet' },
    });
    expect(await sealed(answer.body.id)).toBeNull();
  });

  test('wrong forms are refused with the names of their fields, and nothing is asked of the cloud', async () => {
    const before = stage.simulator.control.requests.total;
    expect(await fieldsOf('aws.ec2.instance', { instanceType: 't3.micro', colour: 'red' })).toEqual(
      expect.arrayContaining(['colour', 'imageId', 'subnetId']),
    );
    expect(await fieldsOf('aws.s3.bucket', { bucketName: 'Not A Bucket' })).toEqual(['bucketName']);
    expect(await fieldsOf('aws.rds.instance', { identifier: '1x', password: 'short' })).toEqual(
      expect.arrayContaining(['identifier', 'password']),
    );
    expect(await fieldsOf('aws.ec2.vpc', { name: 'n', cidr: '10.0.0.0', zones: [] })).toEqual(
      expect.arrayContaining(['zones']),
    );
    expect(stage.simulator.control.requests.total).toBe(before);
    expect((await create('aws.moon.base', {})).body.errors[0].path).toBe('body.creatable');
    expect(
      (await create('aws.s3.bucket', { bucketName: 'dry-bucket' }, { dryRun: true })).body.errors[0].path,
    ).toBe('body.dryRun');
    const nul = await create('aws.s3.bucket', { bucketName: 'ok-name', tags: { 'a\0b': 'c\0d' } });
    expect([202, 400, 422]).toContain(nul.status);
    if (nul.status === 202) await orderEnd(stage, nul.body.id);
  });

  test('blocks that overlap or lie outside are named before anything is made', async () => {
    const zones = [await choice('aws.ec2.vpc', 'zones')];
    const answer = await create('aws.ec2.vpc', {
      name: 'n',
      cidr: '10.6.0.0/16',
      zones,
      subnetCidrs: ['10.60.0.0/24'],
    });
    const order = await orderEnd(stage, answer.body.id);
    expect(order).toMatchObject({
      status: 'failed',
      problem: { kind: 'invalid_input', fields: [{ field: 'subnetCidrs' }] },
    });
  });
});

/** A ZIP of one stored file (APPNOTE 6.3.10, 4.3). */
function zipOf(name: string, content: string): Buffer {
  const data = Buffer.from(content);
  const file = Buffer.from(name);
  const crc = crc32(data);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt32LE(crc, 14);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(data.length, 22);
  local.writeUInt16LE(file.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt32LE(crc, 16);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(data.length, 24);
  central.writeUInt16LE(file.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + file.length, 12);
  end.writeUInt32LE(local.length + file.length + data.length, 16);
  return Buffer.concat([local, file, data, central, file, end]);
}
