import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type CloudWatchClientConfig,
  type MetricDataQuery,
  type Statistic,
} from '@aws-sdk/client-cloudwatch';
import { DescribeInstancesCommand, EC2Client, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { credentialsOf } from './support.ts';

const NOW = Date.UTC(2026, 10, 20, 15, 7);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let simulator: Simulator;
let cloudwatch: CloudWatchClient;
let ec2: EC2Client;

function client(protocol?: CloudWatchClientConfig['protocol']): CloudWatchClient {
  const base = {
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: credentialsOf(simulator, 'admin'),
    maxAttempts: 1,
  };
  return new CloudWatchClient(protocol ? { ...base, protocol } : base);
}

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', clock: { start: NOW, factor: 0 } });
  cloudwatch = client();
  ec2 = new EC2Client({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: credentialsOf(simulator, 'admin'),
  });
});
afterAll(() => simulator.close());

async function instanceId(name: string): Promise<string> {
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: [name] }] }),
  );
  return Reservations?.[0]?.Instances?.[0]?.InstanceId ?? '';
}

function cpu(id: string, InstanceId: string, Stat = 'Average', Period = 3600): MetricDataQuery {
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/EC2',
        MetricName: 'CPUUtilization',
        Dimensions: [{ Name: 'InstanceId', Value: InstanceId }],
      },
      Period,
      Stat,
    },
  };
}

const lastDay = { StartTime: new Date(NOW - DAY), EndTime: new Date(NOW) };

async function statistics(InstanceId: string, days: number, Statistics: Statistic[], Period = 3600) {
  const input = {
    Namespace: 'AWS/EC2',
    MetricName: 'CPUUtilization',
    Dimensions: [{ Name: 'InstanceId', Value: InstanceId }],
    StartTime: new Date(NOW - days * DAY),
    EndTime: new Date(NOW),
    Period,
    Statistics,
  };
  return (await cloudwatch.send(new GetMetricStatisticsCommand(input))).Datapoints ?? [];
}

describe('GetMetricStatistics', () => {
  test('only the asked statistics come, with unit, out of order, from the minute of the start', async () => {
    const points = await statistics(await instanceId('storefront-web-1'), 1, ['Average', 'Maximum']);
    expect(points).toHaveLength(24);
    expect(Object.keys(points[0] ?? {}).sort()).toEqual(['Average', 'Maximum', 'Timestamp', 'Unit']);
    expect(points[0]?.Unit).toBe('Percent');
    const stamps = points.map((p) => p.Timestamp?.getTime() ?? 0);
    expect(stamps.every((s, i) => i === 0 || s > (stamps[i - 1] ?? 0))).toBe(false);
    expect(stamps.every((s) => new Date(s).getUTCMinutes() === 7)).toBe(true);
    for (const p of points) expect(p.Maximum).toBeGreaterThanOrEqual(p.Average ?? 100);
  });

  test('profiles show: idle, oversized and busy machines differ', async () => {
    const mean = async (name: string): Promise<number> => {
      const points = await statistics(await instanceId(name), 14, ['Average']);
      return points.reduce((sum, p) => sum + (p.Average ?? 0), 0) / points.length;
    };
    expect(await mean('payments-batch-legacy')).toBeLessThan(2);
    expect(await mean('analytics-reports-1')).toBeLessThan(10);
    expect(await mean('storefront-web-1')).toBeGreaterThan(30);
  });

  test('more than 1,440 points, no statistics and both kinds are refused', async () => {
    const id = await instanceId('storefront-web-1');
    await expect(statistics(id, 10, ['Average'], 60)).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
    });
    await expect(statistics(id, 1, [])).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
    });
    await expect(statistics(id, 1, ['p99' as Statistic])).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  test('percentiles come through ExtendedStatistics', async () => {
    const InstanceId = await instanceId('storefront-web-1');
    const input = {
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'InstanceId', Value: InstanceId }],
      ...lastDay,
      Period: 86_400,
      ExtendedStatistics: ['p50', 'p99'],
    };
    const { Datapoints } = await cloudwatch.send(new GetMetricStatisticsCommand(input));
    const { p50 = 0, p99 = 0 } = Datapoints?.[0]?.ExtendedStatistics ?? {};
    expect(p99).toBeGreaterThan(p50);
    expect(p50).toBeGreaterThan(0);
  });

  test('an unknown metric or resource has no datapoints and is no error', async () => {
    const base = {
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      ...lastDay,
      Period: 3600,
      Statistics: ['Average' as const],
    };
    for (const more of [
      { MetricName: 'MemoryUtilization' },
      { Dimensions: [{ Name: 'InstanceId', Value: 'i-00000000000000000' }] },
      { Namespace: 'Custom' },
    ]) {
      expect(
        (await cloudwatch.send(new GetMetricStatisticsCommand({ ...base, ...more }))).Datapoints,
      ).toEqual([]);
    }
  });
});

describe('GetMetricData', () => {
  test('results are newest first unless asked otherwise, and equal whenever asked', async () => {
    const query = cpu('cpu', await instanceId('storefront-web-1'));
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({ MetricDataQueries: [query], ...lastDay }),
    );
    const [result] = MetricDataResults ?? [];
    const stamps = result?.Timestamps?.map((t) => t.getTime()) ?? [];
    expect(stamps).toEqual(stamps.toSorted((a, b) => b - a));
    expect(stamps.every((s) => s % HOUR === 0)).toBe(true);
    expect(result).toMatchObject({ Id: 'cpu', Label: 'CPUUtilization', StatusCode: 'Complete' });
    const up = await cloudwatch.send(
      new GetMetricDataCommand({ MetricDataQueries: [query], ...lastDay, ScanBy: 'TimestampAscending' }),
    );
    expect(up.MetricDataResults?.[0]?.Values).toEqual(result?.Values?.toReversed());
  });

  test('sums over hours add up to the sum over the day', async () => {
    const InstanceId = await instanceId('storefront-web-1');
    const network = (id: string, Period: number): MetricDataQuery => ({
      Id: id,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/EC2',
          MetricName: 'NetworkOut',
          Dimensions: [{ Name: 'InstanceId', Value: InstanceId }],
        },
        Period,
        Stat: 'Sum',
      },
    });
    const range = { StartTime: new Date(Date.UTC(2026, 10, 18)), EndTime: new Date(Date.UTC(2026, 10, 19)) };
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: [network('hours', 3600), network('day', 86_400)],
        ...range,
      }),
    );
    const [hours, day] = MetricDataResults ?? [];
    expect(hours?.Values).toHaveLength(24);
    expect(hours?.Values?.reduce((a, b) => a + b, 0)).toBeCloseTo(day?.Values?.[0] ?? 0, 3);
  });

  test('a stopped instance leaves gaps, not zeros', async () => {
    const id = await instanceId('storefront-stg-web-1');
    await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
    simulator.control.world.clock.advance(6 * HOUR);
    const now = simulator.control.world.clock.now();
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: [cpu('a', id)],
        StartTime: new Date(now - 12 * HOUR),
        EndTime: new Date(now),
      }),
    );
    const values = MetricDataResults?.[0]?.Values ?? [];
    expect(values.length).toBeGreaterThan(4);
    expect(values.length).toBeLessThan(9);
    expect(values).not.toContain(0);
  });

  test('500 queries are answered, 501 refused; ids and statistics are checked', async () => {
    const id = await instanceId('storefront-web-1');
    const queries = Array.from({ length: 501 }, (_, i) => cpu(`q${i}`, id));
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({ MetricDataQueries: queries.slice(1), ...lastDay }),
    );
    expect(MetricDataResults).toHaveLength(500);
    for (const bad of [
      queries,
      [cpu('Upper', id)],
      [cpu('a', id), cpu('a', id)],
      [cpu('a', id, 'Mean')],
      [cpu('a', id, 'Average', 90)],
    ]) {
      await expect(
        cloudwatch.send(new GetMetricDataCommand({ MetricDataQueries: bad, ...lastDay })),
      ).rejects.toMatchObject({ name: expect.stringMatching(/^Validation(Error|Exception)$/) });
    }
  });

  test('pages split by MaxDatapoints', async () => {
    const id = await instanceId('storefront-web-1');
    const MetricDataQueries = ['a', 'b', 'c', 'd', 'e'].map((q) => cpu(q, id));
    const ids: (string | undefined)[] = [];
    let NextToken: string | undefined;
    let pages = 0;
    do {
      const page = await cloudwatch.send(
        new GetMetricDataCommand({ MetricDataQueries, ...lastDay, MaxDatapoints: 60, NextToken }),
      );
      ids.push(...(page.MetricDataResults ?? []).map((r) => r.Id));
      NextToken = page.NextToken;
      pages += 1;
    } while (NextToken);
    expect([pages, ids]).toEqual([3, ['a', 'b', 'c', 'd', 'e']]);
  });

  test('the other services have series too', async () => {
    const metric = (
      Id: string,
      Namespace: string,
      MetricName: string,
      dimensions: Record<string, string>,
      Stat: string,
    ): MetricDataQuery => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace,
          MetricName,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: 86_400,
        Stat,
      },
    });
    const balancer =
      (
        await cloudwatch.send(
          new ListMetricsCommand({ Namespace: 'AWS/ApplicationELB', MetricName: 'RequestCount' }),
        )
      ).Metrics?.[0]?.Dimensions?.[0]?.Value ?? '';
    const queries = [
      metric(
        'idle',
        'AWS/RDS',
        'DatabaseConnections',
        { DBInstanceIdentifier: 'payments-dev-db' },
        'Maximum',
      ),
      metric('busy', 'AWS/RDS', 'DatabaseConnections', { DBInstanceIdentifier: 'storefront-db' }, 'Average'),
      metric('calls', 'AWS/Lambda', 'Invocations', { FunctionName: 'payments-webhook' }, 'Sum'),
      metric('unused', 'AWS/Lambda', 'Invocations', { FunctionName: 'storefront-ab-test-2023' }, 'Sum'),
      metric(
        'bucket',
        'AWS/S3',
        'BucketSizeBytes',
        { BucketName: 'aurora-storefront-media', StorageType: 'StandardStorage' },
        'Average',
      ),
      metric('web', 'AWS/ApplicationELB', 'RequestCount', { LoadBalancer: balancer }, 'Sum'),
    ];
    const range = { StartTime: new Date(Date.UTC(2026, 10, 16)), EndTime: new Date(Date.UTC(2026, 10, 19)) };
    const { MetricDataResults = [] } = await cloudwatch.send(
      new GetMetricDataCommand({ MetricDataQueries: queries, ...range }),
    );
    const first = (id: string): number =>
      MetricDataResults.find((r) => r.Id === id)?.Values?.[0] ?? Number.NaN;
    expect(first('idle')).toBe(0);
    expect(first('busy')).toBeGreaterThan(10);
    expect(first('calls')).toBeGreaterThan(100_000);
    expect(first('unused')).toBe(0);
    expect(first('bucket')).toBeGreaterThan(3e12);
    expect(first('web')).toBeGreaterThan(0);
  });
});

test('metrics are listed in pages and by dimension', async () => {
  simulator.control.faults.add({
    effect: { kind: 'partial-pages', maxItems: 150 },
    target: { actions: ['cloudwatch:ListMetrics'] },
  });
  let NextToken: string | undefined;
  let count = 0;
  let pages = 0;
  do {
    const page = await cloudwatch.send(new ListMetricsCommand({ NextToken }));
    expect(page.Metrics?.length).toBeLessThanOrEqual(500);
    count += page.Metrics?.length ?? 0;
    NextToken = page.NextToken;
    pages += 1;
  } while (NextToken);
  expect(pages).toBeGreaterThanOrEqual(3);
  expect(count).toBeGreaterThan(300);
  simulator.control.faults.clear();
  const one = await cloudwatch.send(
    new ListMetricsCommand({
      Namespace: 'AWS/RDS',
      Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'storefront-db' }],
    }),
  );
  expect(one.Metrics?.map((m) => m.MetricName)).toContain('DatabaseConnections');
});

test('clients that speak query or CBOR get the same answer', async () => {
  const settings = {
    defaultNamespace: 'com.amazonaws.cloudwatch',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    version: '2010-08-01',
    serviceTarget: 'GraniteServiceVersion20100801',
  };
  const input = {
    MetricDataQueries: [cpu('cpu', await instanceId('storefront-web-1')), cpu('none', 'i-00000000000000000')],
    ...lastDay,
  };
  const { MetricDataResults: expected } = await cloudwatch.send(new GetMetricDataCommand(input));
  for (const protocol of [AwsQueryProtocol, AwsSmithyRpcV2CborProtocol]) {
    const other = client(new protocol(settings));
    const { MetricDataResults } = await other.send(new GetMetricDataCommand(input));
    expect(MetricDataResults?.[0]).toEqual(expected?.[0]);
    await expect(
      other.send(new GetMetricDataCommand({ ...input, MetricDataQueries: [cpu('Bad', 'i-1')] })),
    ).rejects.toMatchObject({ name: expect.stringMatching(/^Validation(Error|Exception)$/) });
  }
});
