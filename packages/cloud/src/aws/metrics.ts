import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { invalidInput } from '../errors.ts';
import type { MetricDescriptor, MetricRequest, MetricSeries, Statistic } from '../observations.ts';
import type { ResourceRef } from '../resource.ts';
import { CLOUDWATCH } from './clients.ts';
import { mapLimited } from './concurrency.ts';
import type { AwsSession } from './session.ts';

interface MetricRow extends MetricDescriptor {
  readonly namespace: string;
  readonly metric: string;
  /** Dimensions that name the resource. */
  readonly dimensions: (ref: ResourceRef) => Readonly<Record<string, string>>;
  /** Metrics that are written once a day only. */
  readonly daily?: boolean;
}

type Row = readonly [id: string, metric: string, label: string, unit: string, ...statistics: Statistic[]];

function rows(
  type: string,
  namespace: string,
  dimensions: MetricRow['dimensions'],
  ...table: readonly Row[]
): MetricRow[] {
  return table.map(([id, metric, label, unit, ...statistics]) => ({
    id,
    type,
    label,
    unit,
    statistics,
    namespace,
    metric,
    dimensions,
  }));
}

const GAUGE = ['average', 'maximum', 'minimum', 'p95', 'p99'] as const;

/** The part of an ARN that CloudWatch takes for load balancers and target groups. */
function afterColon(ref: ResourceRef, prefix: string): string {
  const tail = ref.nativeId.split(':').slice(5).join(':');
  return tail.startsWith(prefix) ? tail.slice(prefix.length) : tail;
}

/** What can be read, by resource type (CloudWatch user guide, "AWS services that publish metrics"). */
const METRICS: readonly MetricRow[] = [
  ...rows(
    'aws.ec2.instance',
    'AWS/EC2',
    (ref) => ({ InstanceId: ref.id }),
    ['cpu_utilization', 'CPUUtilization', 'CPU', 'percent', ...GAUGE],
    ['network_in', 'NetworkIn', 'Network in', 'bytes', 'sum', 'average', 'maximum'],
    ['network_out', 'NetworkOut', 'Network out', 'bytes', 'sum', 'average', 'maximum'],
    ['disk_read', 'EBSReadBytes', 'Disk read', 'bytes', 'sum', 'average', 'maximum'],
    ['disk_write', 'EBSWriteBytes', 'Disk written', 'bytes', 'sum', 'average', 'maximum'],
    ['cpu_credit_balance', 'CPUCreditBalance', 'CPU credits', 'count', 'average', 'minimum'],
    ['status_check_failed', 'StatusCheckFailed', 'Failed status checks', 'count', 'maximum', 'sum'],
  ),
  ...rows(
    'aws.ec2.volume',
    'AWS/EBS',
    (ref) => ({ VolumeId: ref.id }),
    ['read_operations', 'VolumeReadOps', 'Read operations', 'count', 'sum', 'average'],
    ['write_operations', 'VolumeWriteOps', 'Write operations', 'count', 'sum', 'average'],
    ['disk_read', 'VolumeReadBytes', 'Read', 'bytes', 'sum', 'average'],
    ['disk_write', 'VolumeWriteBytes', 'Written', 'bytes', 'sum', 'average'],
    ['idle_time', 'VolumeIdleTime', 'Idle time', 'seconds', 'sum', 'average'],
  ),
  ...rows(
    'aws.ec2.nat-gateway',
    'AWS/NATGateway',
    (ref) => ({ NatGatewayId: ref.id }),
    ['network_out', 'BytesOutToDestination', 'To the internet', 'bytes', 'sum', 'maximum'],
    ['network_in', 'BytesInFromDestination', 'From the internet', 'bytes', 'sum', 'maximum'],
    ['connections', 'ActiveConnectionCount', 'Connections', 'count', 'maximum', 'average'],
  ),
  ...rows(
    'aws.elb.load-balancer',
    'AWS/ApplicationELB',
    (ref) => ({ LoadBalancer: afterColon(ref, 'loadbalancer/') }),
    ['requests', 'RequestCount', 'Requests', 'count', 'sum'],
    ['response_time', 'TargetResponseTime', 'Response time', 'seconds', ...GAUGE],
    ['network_out', 'ProcessedBytes', 'Processed', 'bytes', 'sum'],
    ['server_errors', 'HTTPCode_ELB_5XX_Count', 'Server errors', 'count', 'sum'],
  ),
  ...rows(
    'aws.rds.instance',
    'AWS/RDS',
    (ref) => ({ DBInstanceIdentifier: ref.id }),
    ['cpu_utilization', 'CPUUtilization', 'CPU', 'percent', ...GAUGE],
    ['connections', 'DatabaseConnections', 'Connections', 'count', 'average', 'maximum', 'sum'],
    ['free_storage', 'FreeStorageSpace', 'Free storage', 'bytes', 'minimum', 'average'],
    ['free_memory', 'FreeableMemory', 'Free memory', 'bytes', 'minimum', 'average'],
    ['read_iops', 'ReadIOPS', 'Reads', 'count/second', 'average', 'maximum'],
    ['write_iops', 'WriteIOPS', 'Writes', 'count/second', 'average', 'maximum'],
  ),
  ...rows(
    'aws.lambda.function',
    'AWS/Lambda',
    (ref) => ({ FunctionName: ref.id }),
    ['invocations', 'Invocations', 'Calls', 'count', 'sum'],
    ['errors', 'Errors', 'Errors', 'count', 'sum'],
    ['duration', 'Duration', 'Duration', 'milliseconds', ...GAUGE, 'sum'],
    ['throttles', 'Throttles', 'Throttled calls', 'count', 'sum'],
  ),
  ...rows(
    'aws.dynamodb.table',
    'AWS/DynamoDB',
    (ref) => ({ TableName: ref.id }),
    ['read_units', 'ConsumedReadCapacityUnits', 'Read units', 'count', 'sum', 'average'],
    ['write_units', 'ConsumedWriteCapacityUnits', 'Write units', 'count', 'sum', 'average'],
  ),
  ...rows(
    'aws.elasticache.cluster',
    'AWS/ElastiCache',
    (ref) => ({ CacheClusterId: ref.id }),
    ['cpu_utilization', 'CPUUtilization', 'CPU', 'percent', ...GAUGE],
    ['connections', 'CurrConnections', 'Connections', 'count', 'average', 'maximum'],
  ),
  ...rows('aws.logs.log-group', 'AWS/Logs', (ref) => ({ LogGroupName: ref.id }), [
    'incoming_bytes',
    'IncomingBytes',
    'Written',
    'bytes',
    'sum',
  ]),
  ...rows('aws.s3.bucket', 'AWS/S3', (ref) => ({ BucketName: ref.id, StorageType: 'StandardStorage' }), [
    'stored_bytes',
    'BucketSizeBytes',
    'Stored (Standard)',
    'bytes',
    'average',
  ]).map((row) => ({ ...row, daily: true })),
];

const ROWS = new Map(METRICS.map((row) => [`${row.type} ${row.id}`, row] as const));

export const METRIC_TYPES: readonly MetricDescriptor[] = METRICS.map(
  ({ id, type, label, unit, statistics }) => ({ id, type, label, unit, statistics }),
);

const STATISTICS: Readonly<Record<Statistic, string>> = {
  average: 'Average',
  sum: 'Sum',
  minimum: 'Minimum',
  maximum: 'Maximum',
  samples: 'SampleCount',
  p50: 'p50',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
};

/** Limit of GetMetricData. */
const QUERIES_PER_CALL = 500;
const CALLS_AT_ONCE = 4;
const DAY = 86_400;
const HOUR = 3600;

/** Finest period kept for data of an age (CloudWatch, "Metrics retention"): 60 s 15 days, 5 min 63 days, 1 h 455 days. */
function periodFor(wanted: number, ageDays: number): number {
  const finest = ageDays > 63 ? HOUR : ageDays > 15 ? 300 : 60;
  return Math.max(finest, Math.ceil(wanted / finest) * finest);
}

interface Planned {
  readonly index: number;
  readonly row: MetricRow;
  readonly region: string;
  readonly period: number;
  readonly resource: ResourceRef;
  readonly statistic: Statistic;
}

function plan(request: MetricRequest, now: number): Planned[] {
  const ageDays = (now - Date.parse(request.from)) / (DAY * 1000);
  return request.targets.map(({ resource, metric, statistic }, index) => {
    const row = ROWS.get(`${resource.type} ${metric}`);
    if (!row)
      throw invalidInput([
        { field: `targets.${index}.metric`, message: `${metric} is not a metric of ${resource.type}` },
      ]);
    const period = row.daily
      ? Math.max(DAY, periodFor(request.periodSeconds, ageDays))
      : periodFor(request.periodSeconds, ageDays);
    return { index, row, region: resource.region, period, resource, statistic };
  });
}

function query(planned: Planned, id: string): MetricDataQuery {
  const Dimensions = Object.entries(planned.row.dimensions(planned.resource)).map(([Name, Value]) => ({
    Name,
    Value,
  }));
  return {
    Id: id,
    ReturnData: true,
    MetricStat: {
      Metric: { Namespace: planned.row.namespace, MetricName: planned.row.metric, Dimensions },
      Period: planned.period,
      Stat: STATISTICS[planned.statistic],
    },
  };
}

interface Collected {
  readonly points: Map<number, number>;
  complete: boolean;
}

/** One call's worth of series of one region, all pages merged: a series may go on over several. */
async function readBatch(
  session: AwsSession,
  region: string,
  batch: readonly Planned[],
  request: MetricRequest,
): Promise<Map<number, Collected>> {
  const cloudwatch = await session.open(CLOUDWATCH, region);
  const collected = new Map<number, Collected>(
    batch.map((p) => [p.index, { points: new Map(), complete: false }]),
  );
  const MetricDataQueries = batch.map((p, i) => query(p, `q${i}`));
  const input = {
    MetricDataQueries,
    StartTime: new Date(request.from),
    EndTime: new Date(request.to),
    ScanBy: 'TimestampAscending' as const,
  };
  const found = cloudwatch.pages('GetMetricData', async (NextToken) => {
    const answer = await cloudwatch.send(new cloudwatch.sdk.GetMetricDataCommand({ ...input, NextToken }), {
      signal: request.signal,
    });
    return { items: answer.MetricDataResults ?? [], next: answer.NextToken };
  });
  for await (const results of found) {
    for (const series of results) {
      const planned = batch[Number(series.Id?.slice(1))];
      const target = planned && collected.get(planned.index);
      if (!target) continue;
      series.Timestamps?.forEach((at, i) => {
        const value = series.Values?.[i];
        if (value !== undefined) target.points.set(at.getTime(), value);
      });
      // Later pages finish what earlier ones began.
      target.complete = series.StatusCode === undefined || series.StatusCode === 'Complete';
    }
  }
  return collected;
}

function checkTimes(request: MetricRequest): void {
  const from = Date.parse(request.from);
  const to = Date.parse(request.to);
  if (Number.isNaN(from) || Number.isNaN(to) || from >= to)
    throw invalidInput([{ field: 'from', message: 'must be an instant before to' }]);
  if (!(request.periodSeconds >= 1))
    throw invalidInput([{ field: 'periodSeconds', message: 'must be at least 1' }]);
}

/** Reads metrics; see the contract. */
export async function readMetrics(session: AwsSession, request: MetricRequest): Promise<MetricSeries[]> {
  checkTimes(request);
  const planned = plan(request, session.clock.now());
  const byRegion = Map.groupBy(planned, (p) => p.region);
  const batches = [...byRegion].flatMap(([region, all]) =>
    Array.from({ length: Math.ceil(all.length / QUERIES_PER_CALL) }, (_, i) => ({
      region,
      batch: all.slice(i * QUERIES_PER_CALL, (i + 1) * QUERIES_PER_CALL),
    })),
  );
  const answers = await mapLimited(batches, CALLS_AT_ONCE, ({ region, batch }) =>
    readBatch(session, region, batch, request),
  );
  const collected = new Map(answers.flatMap((answer) => [...answer]));
  return planned.map((p) => {
    const found = collected.get(p.index);
    const points = [...(found?.points ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([at, value]) => ({ at: new Date(at).toISOString(), value }));
    return {
      nativeId: p.resource.nativeId,
      metric: p.row.id,
      statistic: p.statistic,
      unit: p.row.unit,
      periodSeconds: p.period,
      points,
      complete: found?.complete ?? false,
    };
  });
}
