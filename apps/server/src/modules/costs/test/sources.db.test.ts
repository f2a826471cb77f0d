import { startSimulator } from '@cloudatlas/simulator/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCosts, type CostsHarness, type CostsTenant } from './harness.ts';

describe('costs of a connected account', () => {
  let harness: CostsHarness;
  let simulator: Awaited<ReturnType<typeof startSimulator>>;
  let tenant: CostsTenant;
  let accountId: string;

  beforeAll(async () => {
    simulator = await startSimulator({ scenario: 'demo' });
    harness = await startCosts({ ACCOUNTS_ENDPOINTS: `simulator=${simulator.url}` });
    tenant = await harness.tenant('aurora');
    const key = simulator.control.report?.keys[0];
    const connected = await harness.atlas.application.services.accounts.connectAccount(
      tenant,
      { actor: { kind: 'system', id: null, label: 'test' } },
      {
        provider: 'aws',
        name: 'Aurora AWS',
        endpoint: 'simulator',
        credentials: {
          method: 'keys',
          values: { accessKeyId: key?.accessKeyId ?? '', secretAccessKey: key?.secretAccessKey ?? '' },
        },
        features: ['costs'],
        signal: AbortSignal.timeout(30_000),
      },
    );
    accountId = connected.id;
  }, 240_000);
  afterAll(async () => {
    await harness.close();
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

  const year = { period: '1y', grain: 'month', groupBy: ['service'], top: 5 };

  test('come from the cost service by day, service and region', { timeout: 420_000 }, async () => {
    const put = await tenant.call('PUT', `/sources/${accountId}`, { mode: 'query' });
    expect(put.status, JSON.stringify(put.body)).toBe(200);
    const source = await settled();
    expect(source).toMatchObject({
      mode: 'query',
      status: 'ok',
      problem: null,
      queryCost: { currency: 'USD' },
    });
    const answer = await tenant.call('POST', '/questions', year);
    expect(answer.body.totals).toHaveLength(1);
    expect(answer.body.totals[0].series.length).toBeGreaterThanOrEqual(12);
    expect(answer.body.groups).toHaveLength(5);
    const proof = await tenant.call('GET', '/reconciliation');
    for (const line of proof.body.items) expect(line.difference).toBe('0');
  });

  test(
    'come whole from FOCUS exports, which take the place of the daily sums',
    { timeout: 420_000 },
    async () => {
      const before = await tenant.call('POST', '/questions', { ...year, groupBy: [] });
      const put = await tenant.call('PUT', `/sources/${accountId}`, {
        mode: 'export',
        location: { container: 'aurora-cost-exports', region: 'us-east-1', prefix: 'exports' },
      });
      expect(put.status, JSON.stringify(put.body)).toBe(200);
      const source = await settled();
      expect(source).toMatchObject({ mode: 'export', status: 'ok', problem: null });
      const after = await tenant.call('POST', '/questions', { ...year, groupBy: [] });
      const [light, whole] = [Number(before.body.totals[0].total), Number(after.body.totals[0].total)];
      // The same bill by two ways: nothing counted twice.
      expect(Math.abs(whole - light) / light).toBeLessThan(0.02);
      const byTag = await tenant.call('POST', '/questions', { ...year, groupBy: ['tag:app'] });
      expect(byTag.body.groups.length).toBeGreaterThan(1);
      await harness.atlas.application.services.costs.rollUp(tenant);
      const overview = await tenant.call('GET', '/overview');
      expect(overview.body.tagKeys.length).toBeGreaterThan(0);
      const forecast = await tenant.call('POST', '/forecast', { days: 14 });
      expect(forecast.body.items[0]).toMatchObject({ currency: 'USD', method: 'seasonal' });
      expect(forecast.body.items[0].days).toHaveLength(14);
      expect(Number(forecast.body.items[0].month.projected)).toBeGreaterThan(0);
    },
  );

  test('come from a Cost and Usage Report 2.0 as well, to the same total', { timeout: 420_000 }, async () => {
    const whole = { period: { from: '2020-01-01', to: '2029-12-31' }, groupBy: ['chargeCategory'] };
    const before = await tenant.call('POST', '/questions', whole);
    await tenant.call('PUT', `/sources/${accountId}`, {
      mode: 'export',
      location: { container: 'aurora-cost-exports', region: 'us-east-1', prefix: 'exports/aurora-cur2' },
    });
    expect(await settled()).toMatchObject({ mode: 'export', status: 'ok', problem: null });
    const { body } = await tenant.call('GET', '/imports');
    const newest = await tenant.call('GET', `/imports/${body.items[0].id}`);
    expect(newest.body.report.files[0]).toMatchObject({
      schema: 'cur-2.0',
      version: null,
      refused: [],
      missingColumns: [],
    });
    const after = await tenant.call('POST', '/questions', whole);
    expect(after.body.totals[0].total).toBe(before.body.totals[0].total);
    expect(after.body.groups).toEqual(before.body.groups);
    const proof = await tenant.call('GET', '/reconciliation');
    for (const line of proof.body.items) expect(line.difference).toBe('0');
  });

  test('a place without exports is told plainly', async () => {
    await tenant.call('PUT', `/sources/${accountId}`, {
      mode: 'export',
      location: { container: 'aurora-cost-exports', region: 'us-east-1', prefix: 'nothing-here' },
    });
    const source = await settled();
    expect(source).toMatchObject({ status: 'failing' });
    expect(source.problem.message).toContain('no delivery');
  });
});
