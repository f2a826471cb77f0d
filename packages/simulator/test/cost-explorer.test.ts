import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  GetDimensionValuesCommand,
  GetReservationCoverageCommand,
  GetReservationUtilizationCommand,
  GetTagsCommand,
  type GetCostAndUsageCommandInput,
  type ResultByTime,
} from '@aws-sdk/client-cost-explorer';
import { RDSClient, StopDBInstanceCommand } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { credentialsOf } from './support.ts';

const NOW = Date.UTC(2026, 10, 20, 15);
const YEAR = { Start: '2025-11-20', End: '2026-11-20' };
const OCTOBER = { Start: '2026-10-01', End: '2026-11-01' };
let simulator: Simulator;
let ce: CostExplorerClient;

function start(): Promise<Simulator> {
  return startSimulator({ scenario: 'demo', clock: { start: NOW, factor: 0 } });
}

function client(to: Simulator, label = 'admin'): CostExplorerClient {
  return new CostExplorerClient({
    region: 'us-east-1',
    endpoint: to.url,
    credentials: credentialsOf(to, label),
    maxAttempts: 1,
  });
}

beforeAll(async () => {
  simulator = await start();
  ce = client(simulator);
});
afterAll(() => simulator.close());

const SERVICE = { Type: 'DIMENSION', Key: 'SERVICE' } as const;
const REGION = { Type: 'DIMENSION', Key: 'REGION' } as const;
const APP = { Type: 'TAG', Key: 'app' } as const;

async function ask(
  input: Partial<GetCostAndUsageCommandInput>,
  to = ce,
): Promise<{ results: ResultByTime[]; pages: number }> {
  const results: ResultByTime[] = [];
  let NextPageToken: string | undefined;
  let pages = 0;
  do {
    const page = await to.send(
      new GetCostAndUsageCommand({
        TimePeriod: OCTOBER,
        Granularity: 'MONTHLY',
        Metrics: ['UnblendedCost'],
        ...input,
        NextPageToken,
      }),
    );
    results.push(...(page.ResultsByTime ?? []));
    NextPageToken = page.NextPageToken;
    pages += 1;
  } while (NextPageToken);
  return { results, pages };
}

/** Billionths of a dollar, without going through floating point. */
function nanos(amount: string | undefined): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,9}))?$/.exec(amount ?? '') ?? [];
  return BigInt(`${sign}${whole}${fraction.padEnd(9, '0')}`);
}

function total(results: readonly ResultByTime[]): bigint {
  return results
    .flatMap((r) => r.Groups ?? [])
    .reduce((sum, g) => sum + nanos(g.Metrics?.['UnblendedCost']?.Amount), 0n);
}

describe('GetCostAndUsage', () => {
  test('without groups there is a total of strings and no groups', async () => {
    const { results } = await ask({ Metrics: ['UnblendedCost', 'UsageQuantity'] });
    expect(results).toHaveLength(1);
    expect(results[0]?.TimePeriod).toEqual(OCTOBER);
    expect(results[0]?.Groups).toEqual([]);
    const cost = results[0]?.Total?.['UnblendedCost'];
    expect(cost).toMatchObject({ Unit: 'USD', Amount: expect.stringMatching(/^\d+\.\d{4,9}$/) });
    expect(results[0]?.Total?.['UsageQuantity']?.Unit).toBe('N/A');
  });

  test('with groups the total is empty, and the groups add up to it exactly', async () => {
    const { results } = await ask({});
    for (const GroupBy of [
      [SERVICE],
      [REGION],
      [APP],
      [SERVICE, REGION],
      [APP, { Type: 'DIMENSION', Key: 'RECORD_TYPE' } as const],
    ]) {
      const grouped = await ask({ GroupBy });
      expect(grouped.results[0]?.Total).toEqual({});
      expect(total(grouped.results)).toBe(nanos(results[0]?.Total?.['UnblendedCost']?.Amount));
      expect(grouped.results[0]?.Groups?.every((g) => g.Keys?.length === GroupBy.length)).toBe(true);
    }
  });

  test('service names are those of the bill', async () => {
    const { results } = await ask({ GroupBy: [SERVICE] });
    const names = results[0]?.Groups?.map((g) => g.Keys?.[0]);
    expect(names).toEqual(
      expect.arrayContaining([
        'Amazon Elastic Compute Cloud - Compute',
        'EC2 - Other',
        'Amazon Relational Database Service',
        'AmazonCloudWatch',
        'Tax',
      ]),
    );
  });

  test('tag keys come as key$value, untagged as key$', async () => {
    const { results } = await ask({ GroupBy: [APP] });
    const keys = results[0]?.Groups?.map((g) => g.Keys?.[0]);
    expect(keys).toEqual(
      expect.arrayContaining(['app$', 'app$analytics', 'app$intranet', 'app$payments', 'app$storefront']),
    );
  });

  test('days and months add up to the same; months are clipped to the question', async () => {
    const TimePeriod = { Start: '2026-08-15', End: '2026-10-10' };
    const monthly = await ask({ TimePeriod });
    expect(monthly.results.map((r) => r.TimePeriod)).toEqual([
      { Start: '2026-08-15', End: '2026-09-01' },
      { Start: '2026-09-01', End: '2026-10-01' },
      { Start: '2026-10-01', End: '2026-10-10' },
    ]);
    const daily = await ask({ TimePeriod, Granularity: 'DAILY' });
    expect(daily.results).toHaveLength(56);
    const sum = (rows: readonly ResultByTime[]): bigint =>
      rows.reduce((s, r) => s + nanos(r.Total?.['UnblendedCost']?.Amount), 0n);
    expect(sum(daily.results)).toBe(sum(monthly.results));
  });

  test('the open month is an estimate, a closed one is not', async () => {
    const { results } = await ask({ TimePeriod: { Start: '2026-09-01', End: '2026-11-20' } });
    expect(results.map((r) => r.Estimated)).toEqual([false, false, true]);
  });

  test('a group without cost is absent from its period', async () => {
    const { results } = await ask({ TimePeriod: YEAR, GroupBy: [{ Type: 'DIMENSION', Key: 'RECORD_TYPE' }] });
    const of = (row: ResultByTime | undefined): (string | undefined)[] =>
      row?.Groups?.map((g) => g.Keys?.[0]) ?? [];
    expect(of(results[1])).toContain('Credit');
    expect(of(results.at(-1))).not.toContain('Credit');
    const credit = results[1]?.Groups?.find((g) => g.Keys?.[0] === 'Credit');
    expect(credit?.Metrics?.['UnblendedCost']?.Amount).toMatch(/^-\d/);
  });

  test('a long answer has pages bound to their question', async () => {
    const input = {
      TimePeriod: { Start: '2026-04-20', End: '2026-11-20' },
      Granularity: 'DAILY' as const,
      GroupBy: [SERVICE],
    };
    const { results, pages } = await ask(input);
    expect(pages).toBeGreaterThanOrEqual(3);
    const whole = await ask({ ...input, GroupBy: [] });
    expect(total(results)).toBe(
      whole.results.reduce((s, r) => s + nanos(r.Total?.['UnblendedCost']?.Amount), 0n),
    );
    const first = await ce.send(new GetCostAndUsageCommand({ Metrics: ['UnblendedCost'], ...input }));
    const changed = {
      ...input,
      GroupBy: [REGION, SERVICE],
      Metrics: ['UnblendedCost'],
      NextPageToken: first.NextPageToken,
    };
    await expect(ce.send(new GetCostAndUsageCommand(changed))).rejects.toMatchObject({
      name: 'RequestChangedException',
    });
    await expect(
      ce.send(new GetCostAndUsageCommand({ ...changed, NextPageToken: 'nonsense' })),
    ).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  });

  test('filters combine by And, Or and Not', async () => {
    const compute = {
      Dimensions: { Key: 'SERVICE' as const, Values: ['Amazon Elastic Compute Cloud - Compute'] },
    };
    const payments = { Tags: { Key: 'app', Values: ['payments'] } };
    const value = async (Filter: GetCostAndUsageCommandInput['Filter']): Promise<bigint> =>
      nanos((await ask({ Filter })).results[0]?.Total?.['UnblendedCost']?.Amount);
    const all = await value(undefined);
    const [a, b] = [await value(compute), await value(payments)];
    expect((await value({ Not: compute })) + a).toBe(all);
    expect(await value({ Or: [compute, payments] })).toBe(
      a + b - (await value({ And: [compute, payments] })),
    );
    expect(a).toBeGreaterThan(0n);
    expect(await value({ Tags: { Key: 'app', MatchOptions: ['ABSENT'] } })).toBe(
      await value({ Tags: { Key: 'app', Values: [''] } }),
    );
    expect(
      await value({
        Dimensions: {
          Key: 'SERVICE',
          Values: ['amazon elastic'],
          MatchOptions: ['CASE_INSENSITIVE', 'STARTS_WITH'],
        },
      }),
    ).toBeGreaterThan(a);
  });

  test('hours are kept for 14 days', async () => {
    const TimePeriod = { Start: '2026-11-18T00:00:00Z', End: '2026-11-19T00:00:00Z' };
    const { results } = await ask({ TimePeriod, Granularity: 'HOURLY', GroupBy: [SERVICE] });
    expect(results).toHaveLength(24);
    expect(results[0]?.TimePeriod?.End).toBe('2026-11-18T01:00:00Z');
    await expect(
      ask({
        TimePeriod: { Start: '2026-10-01T00:00:00Z', End: '2026-10-02T00:00:00Z' },
        Granularity: 'HOURLY',
      }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test.each([
    [{ TimePeriod: { Start: '2026-10-01', End: '2026-10-01' } }, /before end date/],
    [{ TimePeriod: { Start: '2026-10-02', End: '2026-10-01' } }, /before end date/],
    [{ TimePeriod: { Start: '2026-10-1', End: '2026-10-02' } }, /yyyy-MM-dd/],
    [{ TimePeriod: { Start: '2024-01-01', End: '2024-02-01' } }, /historical data/],
    [{ Metrics: ['Cost'] }, /not supported/],
    [{ Metrics: [] }, /must not be empty/],
    [{ GroupBy: [SERVICE, REGION, APP] }, /Only 2 GroupBy/],
    [{ GroupBy: [{ Type: 'DIMENSION' as const, Key: 'COLOUR' }] }, /not supported/],
    [{ Filter: {} }, /exactly one/],
    [{ Filter: { And: [{ Tags: { Key: 'app', Values: ['x'] } }] } }, /at least 2/],
  ] as const)('%o is refused', async (input, message) => {
    await expect(ask(input as Partial<GetCostAndUsageCommandInput>)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
    });
  });

  test('a key without permission is denied', async () => {
    await expect(ask({}, client(simulator, 'no-costs'))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('what the bill shows', () => {
  test('the planted anomaly stands out last week', async () => {
    const Filter = {
      And: [
        { Dimensions: { Key: 'REGION' as const, Values: ['eu-west-1'] } },
        { Dimensions: { Key: 'SERVICE' as const, Values: ['EC2 - Other'] } },
      ],
    };
    const { results } = await ask({
      TimePeriod: { Start: '2026-11-01', End: '2026-11-20' },
      Granularity: 'DAILY',
      Filter,
    });
    const byDay = new Map(
      results.map((r) => [r.TimePeriod?.Start, Number(r.Total?.['UnblendedCost']?.Amount)]),
    );
    expect(byDay.get('2026-11-15')).toBeGreaterThan(5 * (byDay.get('2026-11-10') ?? 0));
  });

  test('traffic is lower on weekends and grows over the year', async () => {
    const Filter = { Dimensions: { Key: 'SERVICE' as const, Values: ['Amazon CloudFront'] } };
    const { results } = await ask({ TimePeriod: YEAR, Granularity: 'DAILY', Filter });
    const cost = (day: string): number =>
      Number(results.find((r) => r.TimePeriod?.Start === day)?.Total?.['UnblendedCost']?.Amount);
    expect(cost('2026-10-17')).toBeLessThan(cost('2026-10-15') * 0.8);
    expect(cost('2026-10-15')).toBeGreaterThan(cost('2025-12-18') * 1.2);
  });

  test('costs follow from state: a stopped database keeps its storage and loses its hours', async () => {
    const own = await start();
    const rds = new RDSClient({
      region: 'us-east-1',
      endpoint: own.url,
      credentials: credentialsOf(own, 'admin'),
    });
    await rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: 'payments-dev-db' }));
    own.control.world.clock.advance(4 * 86_400_000);
    const Filter = {
      And: [
        { Dimensions: { Key: 'SERVICE' as const, Values: ['Amazon Relational Database Service'] } },
        { Tags: { Key: 'env', Values: ['development'] } },
      ],
    };
    const { results } = await ask(
      {
        TimePeriod: { Start: '2026-11-18', End: '2026-11-23' },
        Granularity: 'DAILY',
        GroupBy: [{ Type: 'DIMENSION', Key: 'USAGE_TYPE' }],
        Filter,
      },
      client(own),
    );
    const types = (i: number): (string | undefined)[] => results[i]?.Groups?.map((g) => g.Keys?.[0]) ?? [];
    expect(types(0)).toEqual(['InstanceUsage:db.m5.large', 'RDS:GP2-Storage']);
    expect(types(4)).toEqual(['RDS:GP2-Storage']);
    await own.close();
  });

  test('the same seed and clock give the same bill; another day leaves the past unchanged', async () => {
    const again = await start();
    const question = { TimePeriod: { Start: '2026-03-01', End: '2026-11-01' }, GroupBy: [SERVICE, REGION] };
    const first = await ask(question);
    expect((await ask(question, client(again))).results).toEqual(first.results);
    again.control.world.clock.advance(5 * 86_400_000);
    const later = await ask(question, client(again));
    const amounts = (rows: readonly ResultByTime[]): unknown => rows.slice(0, -1).map((r) => r.Groups);
    expect(amounts(later.results)).toEqual(amounts(first.results));
    await again.close();
  });
});

test('dimension values and tags are listed, searched and paged', async () => {
  const services = await ce.send(
    new GetDimensionValuesCommand({ TimePeriod: OCTOBER, Dimension: 'SERVICE', SearchString: 'amazon' }),
  );
  expect(services.DimensionValues?.map((v) => v.Value)).toContain('Amazon Simple Storage Service');
  expect(services.TotalSize).toBe(services.ReturnSize);
  const accounts = await ce.send(
    new GetDimensionValuesCommand({ TimePeriod: OCTOBER, Dimension: 'LINKED_ACCOUNT' }),
  );
  expect(accounts.DimensionValues).toEqual([
    { Value: '210987654321', Attributes: { description: 'Aurora Tecnologia' } },
  ]);
  const page = await ce.send(
    new GetDimensionValuesCommand({ TimePeriod: OCTOBER, Dimension: 'USAGE_TYPE', MaxResults: 5 }),
  );
  expect(page.DimensionValues).toHaveLength(5);
  expect(page.NextPageToken).toBeTruthy();
  expect((await ce.send(new GetTagsCommand({ TimePeriod: OCTOBER }))).Tags).toEqual([
    'app',
    'cost-center',
    'env',
    'owner',
  ]);
  const values = await ce.send(new GetTagsCommand({ TimePeriod: OCTOBER, TagKey: 'env' }));
  expect(values.Tags).toEqual(['', 'development', 'production', 'staging']);
});

test('a forecast has a mean inside its bounds, and refuses the past and empty accounts', async () => {
  const input = {
    TimePeriod: { Start: '2026-11-20', End: '2026-12-20' },
    Metric: 'UNBLENDED_COST' as const,
    Granularity: 'DAILY' as const,
    PredictionIntervalLevel: 90,
  };
  const { Total, ForecastResultsByTime = [] } = await ce.send(new GetCostForecastCommand(input));
  expect(ForecastResultsByTime).toHaveLength(30);
  for (const day of ForecastResultsByTime) {
    expect(Number(day.PredictionIntervalLowerBound)).toBeLessThan(Number(day.MeanValue));
    expect(Number(day.PredictionIntervalUpperBound)).toBeGreaterThan(Number(day.MeanValue));
  }
  const usage = (
    await ask({ TimePeriod: OCTOBER, Filter: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Usage'] } } })
  ).results[0]?.Total?.['UnblendedCost']?.Amount;
  expect(Number(Total?.Amount)).toBeGreaterThan(Number(usage) * 0.8);
  expect(Number(Total?.Amount)).toBeLessThan(Number(usage) * 1.3);
  await expect(
    ce.send(new GetCostForecastCommand({ ...input, TimePeriod: { Start: '2026-11-01', End: '2026-12-01' } })),
  ).rejects.toMatchObject({ name: 'ValidationException' });
  const empty = await startSimulator({ scenario: 'empty', clock: { start: NOW, factor: 0 } });
  await expect(client(empty).send(new GetCostForecastCommand(input))).rejects.toMatchObject({
    name: 'DataUnavailableException',
  });
  await empty.close();
});

test('reservations: none held, everything on demand', async () => {
  const utilization = await ce.send(new GetReservationUtilizationCommand({ TimePeriod: OCTOBER }));
  expect(utilization.UtilizationsByTime).toEqual([]);
  expect(utilization.Total?.UtilizationPercentage).toBe('0');
  const { CoveragesByTime, Total } = await ce.send(
    new GetReservationCoverageCommand({ TimePeriod: OCTOBER }),
  );
  expect(CoveragesByTime).toHaveLength(1);
  expect(Number(Total?.CoverageHours?.OnDemandHours)).toBeGreaterThan(744);
  expect(Total?.CoverageHours?.CoverageHoursPercentage).toBe('0');
});
