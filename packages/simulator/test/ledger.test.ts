import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CostExplorerClient, GetCostAndUsageCommand, type Expression } from '@aws-sdk/client-cost-explorer';
import {
  DescribeInstancesCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { credentialsOf } from './support.ts';

const NOW = Date.UTC(2026, 10, 20);
const DAY = 86_400_000;
const MACHINES: Expression = {
  Dimensions: { Key: 'SERVICE', Values: ['Amazon Elastic Compute Cloud - Compute'] },
};
let simulator: Simulator;
let ec2: EC2Client;

beforeEach(async () => {
  simulator = await startSimulator({ scenario: 'demo', clock: { start: NOW, factor: 0 } });
  ec2 = new EC2Client({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: credentialsOf(simulator, 'admin'),
  });
});
afterEach(() => simulator.close());

/** Costs per day from `start`, by usage type. */
async function daily(
  start: string,
  end: string,
  Filter: Expression,
  to = simulator,
): Promise<Record<string, number>[]> {
  const ce = new CostExplorerClient({
    region: 'us-east-1',
    endpoint: to.url,
    credentials: credentialsOf(to, 'admin'),
  });
  const { ResultsByTime = [] } = await ce.send(
    new GetCostAndUsageCommand({
      TimePeriod: { Start: start, End: end },
      Granularity: 'DAILY',
      Metrics: ['UnblendedCost'],
      GroupBy: [{ Type: 'DIMENSION', Key: 'USAGE_TYPE' }],
      Filter,
    }),
  );
  return ResultsByTime.map((r) =>
    Object.fromEntries(
      (r.Groups ?? []).map((g) => [g.Keys?.[0] ?? '', Number(g.Metrics?.['UnblendedCost']?.Amount)]),
    ),
  );
}

async function idOf(name: string): Promise<string> {
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: [name] }] }),
  );
  return Reservations?.[0]?.Instances?.[0]?.InstanceId ?? '';
}

const legacy: Expression = {
  And: [
    MACHINES,
    { Dimensions: { Key: 'USAGE_TYPE', Values: ['BoxUsage:m5.2xlarge', 'BoxUsage:m5.large'] } },
    { Dimensions: { Key: 'REGION', Values: ['us-east-1'] } },
  ],
};

test('a machine costs its list price per hour, and its past stays on the bill after it is terminated', async () => {
  const before = await daily('2026-11-10', '2026-11-19', legacy);
  expect(before).toEqual(Array.from({ length: 9 }, () => ({ 'BoxUsage:m5.2xlarge': 9.216 })));
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [await idOf('payments-batch-legacy')] }));
  simulator.control.world.clock.advance(3 * DAY);
  await idOf('payments-batch-legacy');
  const after = await daily('2026-11-10', '2026-11-23', legacy);
  expect(after.slice(0, 9)).toEqual(before);
  expect(after.at(-1)).toEqual({});
});

test('a resized machine costs the old price before and the new one after', async () => {
  const id = await idOf('payments-batch-legacy');
  await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
  simulator.control.world.clock.advance(3_600_000);
  await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, InstanceType: { Value: 'm5.large' } }));
  await ec2.send(new StartInstancesCommand({ InstanceIds: [id] }));
  simulator.control.world.clock.advance(3 * DAY);
  const days = await daily('2026-11-19', '2026-11-23', legacy);
  expect(days[0]).toEqual({ 'BoxUsage:m5.2xlarge': 9.216 });
  expect(days[2]).toEqual({ 'BoxUsage:m5.large': 2.304 });
});

test('the bill is some hours behind', async () => {
  expect(await daily('2026-11-19', '2026-11-21', legacy)).toEqual([
    { 'BoxUsage:m5.2xlarge': Number((16 * 0.384).toFixed(3)) },
    {},
  ]);
});

test('the management account sees its members, a member only itself', async () => {
  const large = await startSimulator({
    scenario: 'large',
    scenarioOptions: { resources: 3000, accounts: 3 },
    clock: { start: NOW, factor: 0 },
  });
  const accounts = async (label: string): Promise<(string | undefined)[]> => {
    const ce = new CostExplorerClient({
      region: 'us-east-1',
      endpoint: large.url,
      credentials: credentialsOf(large, label),
    });
    const { ResultsByTime } = await ce.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: '2026-10-01', End: '2026-11-01' },
        Granularity: 'MONTHLY',
        Metrics: ['UnblendedCost'],
        GroupBy: [{ Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' }],
      }),
    );
    return ResultsByTime?.[0]?.Groups?.map((g) => g.Keys?.[0]) ?? [];
  };
  expect(await accounts('admin')).toEqual(['300000000000', '300000000001', '300000000002']);
  expect(await accounts('admin-2')).toEqual(['300000000001']);
  await large.close();
});

test('series are the same in every simulator of one seed, and others with another seed', async () => {
  const series = async (seed: string): Promise<number[] | undefined> => {
    const own = await startSimulator({ scenario: 'demo', seed, clock: { start: NOW, factor: 0 } });
    const config = { region: 'us-east-1', endpoint: own.url, credentials: credentialsOf(own, 'admin') };
    const Dimensions = [{ Name: 'DBInstanceIdentifier', Value: 'storefront-db' }];
    const { MetricDataResults } = await new CloudWatchClient(config).send(
      new GetMetricDataCommand({
        StartTime: new Date(NOW - DAY),
        EndTime: new Date(NOW),
        MetricDataQueries: [
          {
            Id: 'a',
            MetricStat: {
              Metric: { Namespace: 'AWS/RDS', MetricName: 'CPUUtilization', Dimensions },
              Period: 3600,
              Stat: 'p90',
            },
          },
        ],
      }),
    );
    await own.close();
    return MetricDataResults?.[0]?.Values;
  };
  const first = await series('one');
  expect(first).toHaveLength(24);
  expect(await series('one')).toEqual(first);
  expect(await series('two')).not.toEqual(first);
});
