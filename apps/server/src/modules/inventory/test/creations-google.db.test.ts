import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allFeatures, orderEnd, startCloudStage, type CloudStage } from '../../../../test/support/cloud.ts';

const region = 'southamerica-east1';
const password = 'A-database-password-4711-xyz';
/** Orders run beside other tests that do the same. */
const patience = 240_000;

describe('orders to create in Google Cloud', () => {
  let stage: CloudStage;
  let accountId: string;

  beforeAll(async () => {
    stage = await startCloudStage({ scenario: 'demo' });
    const found = stage.simulator.control.report?.serviceAccounts?.find(({ label }) => label === 'gcp-admin');
    const answer = await stage.owner.post(`${stage.base}/accounts`, {
      provider: 'gcp',
      endpoint: 'google',
      name: 'Aurora Digital',
      credentials: { method: 'service_account', values: { serviceAccountKey: found?.key ?? '' } },
      features: allFeatures,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    accountId = answer.body.id;
  }, patience);
  afterAll(() => stage.close());

  const create = (creatable: string, input: object) =>
    stage.owner.post(`${stage.base}/creations`, { accountId, creatable, region, input });

  async function choice(field: string, input: object = {}): Promise<string> {
    const { status, body } = await stage.owner.post(`${stage.base}/creatables/options`, {
      accountId,
      creatable: 'gcp.compute.instance',
      region,
      field,
      input,
    });
    expect(status, JSON.stringify(body)).toBe(200);
    return body.items[0].value;
  }

  async function inventoryOf(type: string, name: string) {
    const { body } = await stage.owner.get(`${stage.base}/resources?type=${type}&limit=200`);
    return body.items.filter((item: { name: string }) => item.name === name);
  }

  test(
    'a machine with its disk: picked, priced, made, and in the inventory',
    async () => {
      const zone = await choice('zone');
      const input = {
        name: 'vm-by-atlas',
        zone,
        machineType: await choice('machineType', { zone }),
        image: 'projects/debian-cloud/global/images/family/debian-13',
        subnetwork: await choice('subnetwork'),
        labels: { env: 'test' },
      };
      const estimate = await stage.owner.post(`${stage.base}/creatables/estimate`, {
        accountId,
        creatable: 'gcp.compute.instance',
        region,
        input,
      });
      expect(Number(estimate.body.monthly.amount)).toBeGreaterThan(1);
      const order = await create('gcp.compute.instance', input);
      expect(order.status, JSON.stringify(order.body)).toBe(202);
      const ended = await orderEnd(stage, order.body.id, patience);
      expect(ended, JSON.stringify(ended)).toMatchObject({ status: 'done', resourceName: 'vm-by-atlas' });
      expect(await inventoryOf('gcp.compute.instance', 'vm-by-atlas')).toMatchObject([
        { state: 'running', region, tags: { env: 'test' } },
      ]);
      expect(await inventoryOf('gcp.compute.disk', 'vm-by-atlas')).toHaveLength(1);
    },
    2 * patience,
  );

  test(
    'a database: its password is nowhere, before and after',
    async () => {
      const input = { instanceName: 'db-by-atlas', rootPassword: password, labels: { env: 'test' } };
      const order = await create('gcp.sql.instance', input);
      expect(order.status, JSON.stringify(order.body)).toBe(202);
      const ended = await orderEnd(stage, order.body.id, patience);
      expect(ended, JSON.stringify(ended)).toMatchObject({ status: 'done', resourceName: 'db-by-atlas' });
      expect(await inventoryOf('gcp.sql.instance', 'db-by-atlas')).toMatchObject([
        { state: 'running', region },
      ]);
      expect(JSON.stringify(ended)).not.toContain(password);
      expect(stage.logged()).not.toContain(password);
      const { rows } = await stage.sql.query('select sealed_input from inventory.cloud_order where id = $1', [
        order.body.id,
      ]);
      expect(rows[0].sealed_input).toBeNull();
    },
    2 * patience,
  );

  test(
    'a name that somebody has: the order says so, at the field',
    async () => {
      const order = await create('gcp.storage.bucket', { bucketName: 'public-files' });
      expect(await orderEnd(stage, order.body.id, patience)).toMatchObject({
        status: 'failed',
        problem: { kind: 'already_exists', fields: [{ field: 'bucketName' }] },
      });
    },
    2 * patience,
  );
});
