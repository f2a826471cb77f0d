import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Connection } from '../src/contract.ts';
import { sum } from '../src/decimal.ts';
import type { Resource } from '../src/resource.ts';
import { connect, failure, keysOf, listAll } from './support.ts';

let simulator: Simulator;
let connection: Connection;
let instances: readonly Resource[];

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0, clock: { factor: 0 } });
  connection = connect(simulator);
  instances = (
    await listAll(connection, { service: 'ec2', region: 'us-east-1', types: ['aws.ec2.instance'] })
  ).resources;
});
afterAll(async () => {
  connection.close();
  await simulator.close();
});
afterEach(() => simulator.control.faults.clear());

const HOUR = 3_600_000;

function lastDay() {
  const to = Math.floor(Date.now() / HOUR) * HOUR;
  return { from: new Date(to - 24 * HOUR).toISOString(), to: new Date(to).toISOString() };
}

describe('metrics', () => {
  test('1,200 series come in three calls, also when pages are small', async () => {
    const running = instances.filter((i) => i.state === 'running');
    const targets = Array.from({ length: 1_200 }, (_, i) => ({
      resource: running[i % running.length] as Resource,
      metric: 'cpu_utilization',
      statistic: (['average', 'maximum', 'p95'] as const)[i % 3] ?? 'average',
    }));
    const before = simulator.control.requests.total;
    const series = await connection.metrics({ targets, periodSeconds: 3_600, ...lastDay() });
    expect(simulator.control.requests.total - before).toBe(3);
    expect(series.length).toBe(1_200);
    expect(series.every((s) => s.complete && s.points.length === 24 && s.unit === 'percent')).toBe(true);
    simulator.control.addFault({
      effect: { kind: 'partial-pages', maxItems: 7 },
      target: { actions: ['cloudwatch:GetMetricData'] },
    });
    expect(
      await connection.metrics({ targets: targets.slice(0, 40), periodSeconds: 3_600, ...lastDay() }),
    ).toEqual(series.slice(0, 40));
  });

  test('a stopped instance has gaps and not zeros', async () => {
    const resource = instances.find((i) => i.state === 'running') as Resource;
    await connection.operate({ operation: 'stop', resource, parameters: {}, clientToken: 'stop-for-gaps-1' });
    const stoppedAt = simulator.control.world.clock.now();
    simulator.control.advance(24 * 3_600);
    const window = {
      from: new Date(stoppedAt - 6 * HOUR).toISOString(),
      to: new Date(stoppedAt + 24 * HOUR).toISOString(),
    };
    const [series] = await connection.metrics({
      targets: [{ resource, metric: 'cpu_utilization', statistic: 'average' }],
      periodSeconds: 300,
      ...window,
    });
    expect(series?.complete).toBe(true);
    expect(series?.points.length).toBeGreaterThan(60);
    expect(Date.parse(series?.points.at(-1)?.at ?? '')).toBeLessThan(stoppedAt + HOUR);
  });

  test('old data is asked for in the periods that are kept', async () => {
    const to = new Date(Date.now() - 70 * 24 * HOUR);
    const request = {
      targets: [
        { resource: instances[0] as Resource, metric: 'cpu_utilization', statistic: 'average' as const },
      ],
      periodSeconds: 60,
      from: new Date(to.getTime() - 24 * HOUR).toISOString(),
      to: to.toISOString(),
    };
    expect((await connection.metrics(request))[0]?.periodSeconds).toBe(3_600);
  });
});

describe('costs', () => {
  const day = (ago: number): string => new Date(Date.now() - ago * 24 * HOUR).toISOString().slice(0, 10);
  const request = {
    from: day(31),
    to: day(1),
    granularity: 'daily' as const,
    groupBy: [{ by: 'service' as const }, { by: 'region' as const }],
  };

  test('all pages are read and add up to the same', async () => {
    const whole = await connection.costs(request);
    simulator.control.addFault({
      effect: { kind: 'partial-pages', maxItems: 100 },
      target: { actions: ['ce:GetCostAndUsage'] },
    });
    const before = simulator.control.requests.total;
    const paged = await connection.costs(request);
    const pages = simulator.control.requests.total - before;
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(paged.rows).toEqual(whole.rows);
    expect(paged.queryCost).toEqual({ amount: String(pages / 100), currency: 'USD' });
    expect(Number(sum(whole.rows.map((r) => r.amount)))).toBeGreaterThan(100);
  });

  test('tags come without their prefix, and what has none is null', async () => {
    const { rows } = await connection.costs({ ...request, groupBy: [{ by: 'tag', key: 'env' }] });
    const keys = new Set(rows.map((r) => r.keys[0]));
    expect(keys.has('production')).toBe(true);
    expect(keys.has(null)).toBe(true);
    expect([...keys].some((k) => k?.includes('$'))).toBe(false);
  });

  test('a repeated token is an error and not a part of a sum', async () => {
    simulator.control.addFault({
      effect: { kind: 'partial-pages', maxItems: 50 },
      target: { actions: ['ce:*'] },
    });
    simulator.control.addFault({ effect: { kind: 'repeat-token' }, target: { actions: ['ce:*'] } });
    expect((await failure(connection.costs(request))).problem.providerCode).toBe('RepeatedPageToken');
  });

  test('an account without permission is told so', async () => {
    const error = await failure(connect(simulator, 'no-costs').costs(request));
    expect(error.problem).toMatchObject({ kind: 'denied', action: 'ce:GetCostAndUsage' });
  });
});

describe('cost exports', () => {
  const location = { container: 'billing-exports-demo', region: 'sa-east-1', prefix: 'exports/' };
  let s3: S3Client;

  beforeAll(async () => {
    const { accessKeyId = '', secretAccessKey = '' } = keysOf(simulator, 'admin').values;
    s3 = new S3Client({
      region: location.region,
      endpoint: simulator.url,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
    });
    const put = (Key: string, Body: string | Uint8Array) =>
      s3.send(new PutObjectCommand({ Bucket: location.container, Key, Body }));
    await s3.send(
      new CreateBucketCommand({
        Bucket: location.container,
        CreateBucketConfiguration: { LocationConstraint: 'sa-east-1' },
      }),
    );
    const base = 'exports/focus-daily';
    const manifest = (files: string[]) =>
      JSON.stringify({
        exportName: 'focus-daily',
        dataFiles: files,
        columns: [{ name: 'BilledCost', type: 'double' }],
      });
    for (const [period, run] of [
      ['2026-09', 'aaa'],
      ['2026-10', 'bbb'],
      ['2026-10', 'ccc'],
    ] as const) {
      const key = `${base}/data/BILLING_PERIOD=${period}/${run}/part-00001.snappy.parquet`;
      await put(key, Buffer.from(`PAR1${run}PAR1`));
      await put(
        `${base}/metadata/BILLING_PERIOD=${period}/${run}/focus-daily-Manifest.json`,
        manifest([`s3://${location.container}/${key}`, 's3://other-bucket/part.parquet']),
      );
      simulator.control.advance(60);
    }
  });
  afterAll(() => s3.destroy());

  test('the newest delivery of each period is found, its files only in the own bucket, and its bytes stream', async () => {
    const exports = await connection.costExports(location);
    expect(exports.map((e) => [e.period, e.format, e.name])).toEqual([
      ['2026-09', 'focus', 'focus-daily'],
      ['2026-10', 'focus', 'focus-daily'],
    ]);
    expect(exports[1]?.files).toEqual([
      {
        key: 'exports/focus-daily/data/BILLING_PERIOD=2026-10/ccc/part-00001.snappy.parquet',
        bytes: 11,
        format: 'parquet',
      },
    ]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of await connection.readCostExport(location, exports[1]?.files[0]?.key ?? ''))
      chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('PAR1cccPAR1');
  });

  test('a broken manifest is an error, a missing bucket is not found, an empty prefix is empty', async () => {
    expect(await connection.costExports({ ...location, prefix: 'elsewhere/' })).toEqual([]);
    expect(
      (await failure(connection.costExports({ ...location, container: 'no-such-bucket-here' }))).kind,
    ).toBe('not_found');
    await s3.send(
      new PutObjectCommand({
        Bucket: location.container,
        Key: 'broken/x/metadata/BILLING_PERIOD=2026-10/x-Manifest.json',
        Body: '{"dataFiles": 7}',
      }),
    );
    expect((await failure(connection.costExports({ ...location, prefix: 'broken/' }))).kind).toBe(
      'unavailable',
    );
  });
});

describe('prices', () => {
  test('of a disk are asked by part: storage, IOPS and throughput beyond what is free', async () => {
    const part = (name: string) => ({
      product: 'disk' as const,
      region: 'us-east-1',
      sku: 'gp3',
      variant: { part: name },
    });
    const answers = await connection.prices([part('iops'), part('throughput'), part('colour')]);
    expect(answers.map((quote) => [quote?.unit, quote?.price.amount])).toEqual([
      ['iops-month', '0.005'],
      ['mibs-month', '0.04'],
      [undefined, undefined],
    ]);
  });

  test('are asked live, once, and fall back to the dated table when they can not be', async () => {
    const query = {
      product: 'compute' as const,
      region: 'us-east-1',
      sku: 'm5.large',
      variant: { os: 'linux' },
    };
    const before = simulator.control.requests.total;
    const [first, second] = [await connection.prices([query]), await connection.prices([query])];
    expect(simulator.control.requests.total - before).toBe(1);
    expect(second).toEqual(first);
    expect(first[0]).toMatchObject({
      source: 'live',
      unit: 'hour',
      price: { amount: '0.096', currency: 'USD' },
    });
    simulator.control.addFault({ effect: { kind: 'deny' }, target: { actions: ['pricing:*'] } });
    const [fallback] = await connect(simulator).prices([query]);
    expect(fallback).toMatchObject({ source: 'bundled', asOf: '2025-01-15', price: { amount: '0.096' } });
  });

  test('the bundled table and the live list are close for common products', async () => {
    const queries = [
      { product: 'disk' as const, region: 'us-east-1', sku: 'gp3' },
      {
        product: 'database' as const,
        region: 'us-east-1',
        sku: 'db.m5.large',
        variant: { engine: 'mysql', deployment: 'single-zone' },
      },
      { product: 'nat_gateway' as const, region: 'us-east-1' },
      { product: 'object_storage' as const, region: 'us-east-1' },
    ];
    const live = await connection.prices(queries);
    simulator.control.addFault({ effect: { kind: 'deny' }, target: { actions: ['pricing:*'] } });
    const bundled = await connect(simulator).prices(queries);
    queries.forEach((query, i) => {
      expect(live[i]?.source, query.product).toBe('live');
      expect(bundled[i]?.source).toBe('bundled');
      expect(Number(live[i]?.price.amount) / Number(bundled[i]?.price.amount), query.product).toBeCloseTo(
        1,
        0,
      );
    });
  });
});
