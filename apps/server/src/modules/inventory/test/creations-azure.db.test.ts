import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allFeatures, orderEnd, startCloudStage, type CloudStage } from '../../../../test/support/cloud.ts';

const region = 'brazilsouth';
const password = 'A-machine-Password-4711-xyz';
/** Orders run beside other tests that do the same. */
const patience = 240_000;

describe('orders to create in Azure', () => {
  let stage: CloudStage;
  let accountId: string;
  const trusted = tls.getCACertificates('default');

  beforeAll(async () => {
    stage = await startCloudStage({ scenario: 'demo' });
    tls.setDefaultCACertificates([...trusted, stage.simulator.microsoft.ca]);
    const found = stage.simulator.control.report?.applications?.find(({ label }) => label === 'azure-admin');
    if (!found?.subscriptionId) throw new Error('the scenario has no application of Azure');
    const { tenantId, clientId, clientSecret, subscriptionId } = found;
    const answer = await stage.owner.post(`${stage.base}/accounts`, {
      provider: 'azure',
      endpoint: 'microsoft',
      name: 'Aurora Azure',
      credentials: { method: 'client_secret', values: { tenantId, clientId, clientSecret, subscriptionId } },
      features: allFeatures,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    accountId = answer.body.id;
  }, patience);
  afterAll(async () => {
    await stage.close();
    tls.setDefaultCACertificates(trusted);
  });

  const create = (creatable: string, input: object) =>
    stage.owner.post(`${stage.base}/creations`, { accountId, creatable, region, input });

  async function choices(field: string): Promise<{ value: string; disabledReason?: string }[]> {
    const { status, body } = await stage.owner.post(`${stage.base}/creatables/options`, {
      accountId,
      creatable: 'azure.compute.vm',
      region,
      field,
      input: {},
    });
    expect(status, JSON.stringify(body)).toBe(200);
    return body.items;
  }

  const machine = async (name: string, size: string) => ({
    name,
    resourceGroup: 'rg-analytics-dev',
    size,
    subnetId: (await choices('subnetId'))[0]?.value ?? '',
    publicAddress: true,
    adminUsername: 'operator',
    authentication: 'password',
    adminPassword: password,
    tags: { env: 'test' },
  });

  async function inventoryOf(type: string, name: string) {
    const { body } = await stage.owner.get(`${stage.base}/resources?type=${type}&limit=200`);
    return body.items.filter((item: { name: string }) => item.name === name);
  }

  test(
    'a machine with its interface and address: priced, made, in the inventory, its password nowhere',
    { timeout: 2 * patience },
    async () => {
      const input = await machine('vm-by-atlas', 'Standard_B2s');
      const estimate = await stage.owner.post(`${stage.base}/creatables/estimate`, {
        accountId,
        creatable: 'azure.compute.vm',
        region,
        input,
      });
      expect(Number(estimate.body.monthly.amount)).toBeGreaterThan(10);
      const order = await create('azure.compute.vm', input);
      expect(order.status, JSON.stringify(order.body)).toBe(202);
      const ended = await orderEnd(stage, order.body.id, patience);
      expect(ended, JSON.stringify(ended)).toMatchObject({ status: 'done', resourceName: 'vm-by-atlas' });
      expect(await inventoryOf('azure.compute.vm', 'vm-by-atlas')).toMatchObject([
        { state: 'running', region, tags: { env: 'test' } },
      ]);
      expect(await inventoryOf('azure.network.nic', 'vm-by-atlas-nic')).toHaveLength(1);
      expect(await inventoryOf('azure.network.public_ip', 'vm-by-atlas-ip')).toHaveLength(1);
      expect(stage.logged()).not.toContain(password);
      const { rows } = await stage.sql.query('select sealed_input from inventory.cloud_order where id = $1', [
        order.body.id,
      ]);
      expect(rows[0].sealed_input).toBeNull();
    },
  );

  test(
    'one that can not be had: the order says why, and nothing is left',
    { timeout: 2 * patience },
    async () => {
      const barred = (await choices('size')).find(({ disabledReason }) => disabledReason !== undefined);
      const order = await create('azure.compute.vm', await machine('vm-barred', barred?.value ?? ''));
      const ended = await orderEnd(stage, order.body.id, patience);
      expect(ended, JSON.stringify(ended)).toMatchObject({ status: 'failed', problem: { kind: 'capacity' } });
      // The interface hangs on the address: both are gone again, in the order that Azure wants.
      const [subscription] = stage.simulator.control.world.subscriptions.values();
      const names = [...(subscription?.resources.values() ?? [])].map(({ name }) => name);
      expect(names.filter((name) => name.startsWith('vm-barred'))).toEqual([]);
      expect(JSON.stringify(ended)).not.toContain(password);
    },
  );
});
