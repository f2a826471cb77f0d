import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connectAccount,
  orderEnd,
  startCloudStage,
  type CloudStage,
} from '../../../../test/support/cloud.ts';
import { lambdaStore } from '../../../../../../packages/simulator/src/aws/services/lambda/store.ts';
import { DEMO_ACCOUNT } from '../../../../../../packages/simulator/src/scenarios/demo/demo.ts';

const region = 'us-east-1';
const creatable = 'aws.lambda.function';
const MB = 1_000_000;

describe('packages of functions, large ones', () => {
  let stage: CloudStage;
  let accountId: string;
  let roleArn: string;

  beforeAll(async () => {
    stage = await startCloudStage({ scenario: 'demo' });
    accountId = (await connectAccount(stage, { features: ['operate', 'create', 'delete'] })).id;
    const choices = await stage.owner.post(`${stage.base}/creatables/options`, {
      accountId,
      creatable,
      region,
      field: 'roleArn',
      input: {},
    });
    roleArn = choices.body.items[0].value;
  });
  afterAll(() => stage.close());

  function create(functionName: string, zip: Buffer) {
    return stage.owner.post(`${stage.base}/creations`, {
      accountId,
      creatable,
      region,
      input: {
        functionName,
        runtime: 'nodejs22.x',
        handler: 'index.handler',
        roleArn,
        code: zip.toString('base64'),
      },
    });
  }

  function functions() {
    const account = stage.simulator.control.world.accounts.get(DEMO_ACCOUNT);
    if (account === undefined) throw new Error('no demo account');
    return account.store(lambdaStore, region).functions;
  }

  async function orders(): Promise<number> {
    return (await stage.owner.get(`${stage.base}/orders?limit=200`)).body.items.length;
  }

  test('60 MB are refused with the limit before anything is ordered, and the server works on', async () => {
    const before = await orders();
    const answer = await create('too-large', zipOf(60 * MB));
    expect([answer.status, answer.body.code]).toEqual([413, 'payload_too_large']);
    expect(answer.body.detail).toContain(String(72 * 1024 * 1024));
    expect([await orders(), functions().get('too-large')]).toEqual([before, undefined]);
  });

  test('between the provider’s limit and ours the field is named', async () => {
    const answer = await create('a-bit-too-large', zipOf(53 * MB));
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
    expect(answer.body.errors).toEqual([
      expect.objectContaining({ path: 'body.input.code', message: expect.stringMatching(/52428800|50 MiB/) }),
    ]);
  });

  test('49 MB arrive whole, and their copy in the order is forgotten', async () => {
    const zip = zipOf(49 * MB);
    const answer = await create('large', zip);
    expect(answer.status, JSON.stringify(answer.body).slice(0, 500)).toBe(202);
    expect(answer.body.input.code).toBe(`${zip.length} bytes`);
    expect(await orderEnd(stage, answer.body.id)).toMatchObject({ status: 'done' });
    const stored = functions().get('large')?.data.code ?? new Uint8Array();
    expect(Buffer.compare(stored, zip)).toBe(0);
    const { rows } = await stage.sql.query(
      'select sealed_input is null as gone from inventory.cloud_order where id = $1',
      [answer.body.id],
    );
    expect(rows[0].gone).toBe(true);
  });
});

/** A ZIP of one stored file of zeros, of exactly so many bytes (APPNOTE 6.3.10, 4.3). */
function zipOf(bytes: number): Buffer {
  const file = Buffer.from('index.mjs');
  const data = Buffer.alloc(bytes - 30 - 46 - 22 - 2 * file.length);
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
