import tls from 'node:tls';
import { isDeepStrictEqual } from 'node:util';
import { startSimulator } from '@cloudatlas/simulator/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCosts, type CostsHarness, type CostsTenant } from './harness.ts';

describe('costs of a connected Azure subscription', () => {
  let harness: CostsHarness;
  let simulator: Awaited<ReturnType<typeof startSimulator>>;
  let tenant: CostsTenant;
  let accountId: string;
  let subscriptionId: string;
  const trusted = tls.getCACertificates('default');

  beforeAll(async () => {
    simulator = await startSimulator({ scenario: 'demo', clock: { factor: 0 } });
    tls.setDefaultCACertificates([...trusted, simulator.microsoft.ca]);
    harness = await startCosts({ ACCOUNTS_ENDPOINTS: `microsoft=${simulator.microsoft.url}` });
    tenant = await harness.tenant('aurora');
    const found = simulator.control.report?.applications?.find(({ label }) => label === 'azure-admin');
    if (!found?.subscriptionId) throw new Error('the scenario has no application of Azure');
    const { tenantId, clientId, clientSecret } = found;
    subscriptionId = found.subscriptionId;
    const connected = await harness.atlas.application.services.accounts.connectAccount(
      tenant,
      { actor: { kind: 'system', id: null, label: 'test' } },
      {
        provider: 'azure',
        name: 'Aurora Azure',
        endpoint: 'microsoft',
        credentials: {
          method: 'client_secret',
          values: { tenantId, clientId, clientSecret, subscriptionId },
        },
        features: ['costs'],
        signal: AbortSignal.timeout(60_000),
      },
    );
    accountId = connected.id;
  }, 240_000);
  afterAll(async () => {
    await harness.close();
    tls.setDefaultCACertificates(trusted);
    await simulator.close();
  });

  async function settled() {
    return tenant.until(async () => {
      const { body } = await tenant.call('GET', '/sources');
      const open = (await tenant.call('GET', '/imports')).body.items.some((item: { status: string }) =>
        ['receiving', 'queued', 'running'].includes(item.status),
      );
      return ['ok', 'failing'].includes(body.items[0].status) && !open && body.items[0];
    });
  }

  const months = (back: number, forward: number) => {
    const now = new Date(simulator.control.world.clock.now());
    const first = (offset: number) =>
      new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)).toISOString().slice(0, 10);
    return { from: first(-back), to: first(forward) };
  };
  const ofResources = () =>
    harness.atlas.application.services.costs.resourceCosts(tenant, {
      ...months(3, -1),
      accountIds: [subscriptionId],
    });

  test(
    'are the same by resource from the cost service and from a FOCUS export',
    { timeout: 420_000 },
    async () => {
      const put = await tenant.call('PUT', `/sources/${accountId}`, { mode: 'query' });
      expect(put.status, JSON.stringify(put.body)).toBe(200);
      expect(await settled()).toMatchObject({ mode: 'query', status: 'ok', problem: null, queryCost: null });
      const light = await ofResources();
      expect(light.length).toBeGreaterThan(20);
      for (const { resourceId } of light) expect(resourceId).toBe(resourceId.toLowerCase());

      await tenant.call('PUT', `/sources/${accountId}`, {
        mode: 'export',
        location: { container: 'auroradatalake/cost-exports', region: 'global', prefix: 'costs' },
      });
      expect(await settled()).toMatchObject({ mode: 'export', status: 'ok', problem: null });
      // Ids of the export are in other casings and name the subscription by its path; the amounts are those of the service.
      const amounts = (rows: typeof light) =>
        Object.fromEntries(
          rows.map(({ accountId: id, resourceId, billed, days }) => [
            `${id} ${resourceId}`,
            { billed, days },
          ]),
        );
      // What the cost service brought before goes when the last delivery is in.
      const whole = await tenant.until(async () => {
        const rows = await ofResources();
        return isDeepStrictEqual(amounts(rows), amounts(light)) && rows;
      });
      expect(whole.length).toBe(light.length);
      const byTag = await tenant.call('POST', '/questions', {
        period: '1y',
        grain: 'month',
        groupBy: ['tag:app'],
        top: 5,
      });
      expect(byTag.body.groups.length).toBeGreaterThan(1);
      const proof = await tenant.call('GET', '/reconciliation');
      for (const line of proof.body.items) expect(line.difference).toBe('0');
    },
  );

  test('a place that is not there is told plainly', { timeout: 300_000 }, async () => {
    await tenant.call('PUT', `/sources/${accountId}`, {
      mode: 'export',
      location: { container: 'auroradatalake/nothing', region: 'global', prefix: '' },
    });
    const source = await settled();
    expect(source).toMatchObject({ status: 'failing', problem: { kind: 'not_found' } });
  });

  test(
    'months with more resources than the service hands out come by service and region',
    { timeout: 420_000 },
    async () => {
      const whole = await tenant.call('POST', '/questions', { period: months(1, 0), groupBy: [] });
      simulator.control.addFault({
        effect: { kind: 'partial-pages', maxItems: 3 },
        target: { actions: ['Microsoft.CostManagement/query/read'] },
      });
      await tenant.call('PUT', `/sources/${accountId}`, { mode: 'query' });
      expect(await settled()).toMatchObject({ mode: 'query', status: 'ok', problem: null });
      simulator.control.faults.clear();
      // What the export brought before goes when the import is in.
      await tenant.until(async () => {
        const rows = await harness.atlas.application.services.costs.resourceCosts(tenant, {
          ...months(1, 0),
          accountIds: [subscriptionId],
        });
        return rows.length === 0;
      });
      const sums = await tenant.call('POST', '/questions', { period: months(1, 0), groupBy: ['service'] });
      expect(sums.body.groups.length).toBeGreaterThan(3);
      expect(sums.body.totals).toMatchObject(
        whole.body.totals.map(({ total }: { total: string }) => ({ total })),
      );
    },
  );
});
