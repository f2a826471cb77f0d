import { describe, expect, test } from 'vitest';
import { gcp } from '../src/gcp/provider.ts';
import { machineSize } from '../src/gcp/sizes.ts';
import { demoCloud } from './demo-cloud.ts';
import { failure, QUICK, serviceAccountOf } from './support.ts';

const cloud = demoCloud('gcp');
const { connect, named, order } = cloud;

const VM = 'gcp.compute.instance';
const DISK = 'gcp.compute.disk';

describe('costs and metrics', () => {
  const august = { from: '2026-08-01', to: '2026-09-01' };

  test('costs come by tag, over all pages, and by place', async () => {
    const connection = connect();
    const byTag = await connection.costs({
      ...august,
      granularity: 'monthly',
      groupBy: [{ by: 'tag', key: 'app' }],
    });
    expect(byTag.rows.map((row) => row.keys[0])).toEqual(expect.arrayContaining(['storefront', null]));
    const request = {
      ...august,
      granularity: 'daily',
      groupBy: [{ by: 'usage_type' }, { by: 'region' }],
    } as const;
    const whole = await connection.costs(request);
    expect(whole.rows.length).toBeGreaterThan(300);
    cloud.simulator.control.addFault({
      effect: { kind: 'partial-pages', maxItems: 100 },
      target: { actions: ['bigquery.*'] },
    });
    expect(await connection.costs(request)).toEqual(whole);
  });

  test('an account without a billing export says so', async () => {
    const { values } = serviceAccountOf(cloud.simulator, 'gcp-admin');
    const { billingTable: _, ...rest } = values;
    const connection = gcp.connect(
      { method: 'service_account', values: rest },
      { endpoint: cloud.simulator.google.url, limits: QUICK },
    );
    cloud.opened(connection);
    const question = connection.costs({ ...august, granularity: 'daily', groupBy: [] });
    expect((await failure(question)).kind).toBe('not_enabled');
  });

  test('a deleted resource costs nothing from then on, and what it cost before stays', async () => {
    const connection = connect();
    const day = (offset: number): string =>
      new Date(cloud.simulator.control.world.clock.now() + offset * 86_400_000).toISOString().slice(0, 10);
    const ask = async (from: number, to: number): Promise<number> => {
      const request = { from: day(from), to: day(to), granularity: 'monthly', groupBy: [] } as const;
      return (await connection.costs(request)).rows.reduce((sum, row) => sum + Number(row.amount), 0);
    };
    const past = await ask(-10, -2);
    const oneDay = await ask(-3, -2);
    await connection.operate(order(await named(connection, VM, 'poc-vision'), 'delete'));
    expect(await ask(-10, -2)).toBeCloseTo(past, 6);
    cloud.simulator.control.advance(3 * 86_400);
    expect(await ask(-2, -1)).toBeLessThan(oneDay - 5);
  });

  test('metrics tell busy from idle, and names in two zones apart', async () => {
    const connection = connect();
    const idle = await named(connection, VM, 'campaign-2024');
    const busy = await named(connection, VM, 'web-1');
    const disk = await named(connection, DISK, 'web-1-data');
    const to = new Date(Math.floor(cloud.simulator.control.world.clock.now() / 3_600_000) * 3_600_000);
    const from = new Date(to.getTime() - 7 * 86_400_000);
    const series = await connection.metrics({
      targets: [
        { resource: idle, metric: 'cpu_utilization', statistic: 'average' },
        { resource: busy, metric: 'cpu_utilization', statistic: 'maximum' },
        { resource: busy, metric: 'memory_used_percent', statistic: 'average' },
        { resource: disk, metric: 'read_operations', statistic: 'average' },
        {
          resource: { ...busy, nativeId: busy.nativeId.replace('east1-a', 'east1-b') },
          metric: 'cpu_utilization',
          statistic: 'maximum',
        },
      ],
      periodSeconds: 3600,
      from: from.toISOString(),
      to: to.toISOString(),
    });
    expect(series.map((one) => one.points.length)).toEqual([168, 168, 168, 168, 0]);
    expect(Math.max(...(series[0]?.points ?? []).map((p) => p.value))).toBeLessThan(5);
    expect(Math.max(...(series[1]?.points ?? []).map((p) => p.value))).toBeGreaterThan(30);
    expect(series[0]?.points[0]?.at).toBe(from.toISOString());
  });
});

test('sizes are read from their names', () => {
  expect(machineSize('n2-standard-4')).toEqual({ cpus: 4, memoryGiB: 16 });
  expect(machineSize('e2-highcpu-8')).toEqual({ cpus: 8, memoryGiB: 8 });
  expect(machineSize('n1-standard-2')).toEqual({ cpus: 2, memoryGiB: 7.5 });
  expect(machineSize('e2-custom-4-8192')).toEqual({ cpus: 4, memoryGiB: 8 });
  expect(machineSize('custom-2-4096-ext')).toEqual({ cpus: 2, memoryGiB: 4 });
  expect(machineSize('db-custom-2-7680')).toEqual({ cpus: 2, memoryGiB: 7.5 });
  expect(machineSize('e2-micro')).toEqual({ cpus: 2, memoryGiB: 1 });
  expect(machineSize('a2-highgpu-1g')).toBeUndefined();
});
