import type { Metric } from '@azure/arm-monitor';
import { invalidInput } from '../errors.ts';
import type { MetricDescriptor, MetricRequest, MetricSeries, Statistic } from '../observations.ts';
import { mapLimited } from '../shared/concurrency.ts';
import type { AzureSession } from './session.ts';

interface AzureMetric {
  readonly descriptor: MetricDescriptor;
  /** Azure Monitor's name ("Supported metrics with Azure Monitor"). */
  readonly name: string;
  /** Applied to each value, e.g. free share → used share. */
  readonly value?: (value: number) => number;
}

const ALL: readonly Statistic[] = ['average', 'minimum', 'maximum'];
const SUMS: readonly Statistic[] = ['sum', 'average', 'maximum'];

function metric(
  type: string,
  id: string,
  label: string,
  unit: string,
  name: string,
  statistics: readonly Statistic[] = ALL,
  value?: (value: number) => number,
): AzureMetric {
  return {
    descriptor: { id, type, label, unit, statistics },
    name,
    ...(value === undefined ? {} : { value }),
  };
}

/** Readings by type; ids are the same over providers where the meaning is. */
const METRICS: readonly AzureMetric[] = [
  metric('azure.compute.vm', 'cpu_utilization', 'CPU utilisation', 'percent', 'Percentage CPU'),
  metric(
    'azure.compute.vm',
    'memory_used_percent',
    'Memory in use',
    'percent',
    'Available Memory Percentage',
    ALL,
    (free) => 100 - free,
  ),
  metric('azure.compute.vm', 'network_in', 'Network in', 'bytes', 'Network In Total', SUMS),
  metric('azure.compute.vm', 'network_out', 'Network out', 'bytes', 'Network Out Total', SUMS),
  metric(
    'azure.compute.disk',
    'read_operations',
    'Read operations',
    'count/second',
    'Composite Disk Read Operations/sec',
  ),
  metric(
    'azure.compute.disk',
    'write_operations',
    'Write operations',
    'count/second',
    'Composite Disk Write Operations/sec',
  ),
  metric('azure.sql.database', 'cpu_utilization', 'CPU utilisation', 'percent', 'cpu_percent'),
  metric(
    'azure.sql.database',
    'connections',
    'Successful connections',
    'count',
    'connection_successful',
    SUMS,
  ),
  metric('azure.sql.database', 'storage_used_percent', 'Storage in use', 'percent', 'storage_percent'),
  metric('azure.web.plan', 'cpu_utilization', 'CPU utilisation', 'percent', 'CpuPercentage'),
  metric('azure.web.plan', 'memory_used_percent', 'Memory in use', 'percent', 'MemoryPercentage'),
  metric('azure.web.site', 'requests', 'Requests', 'count', 'Requests', SUMS),
  metric('azure.storage.account', 'stored_bytes', 'Stored bytes', 'bytes', 'UsedCapacity'),
  metric('azure.storage.account', 'requests', 'Transactions', 'count', 'Transactions', SUMS),
  metric('azure.network.nat_gateway', 'network_out', 'Bytes processed', 'bytes', 'ByteCount', SUMS),
  metric('azure.network.load_balancer', 'network_out', 'Bytes processed', 'bytes', 'ByteCount', SUMS),
  metric(
    'azure.aks.cluster',
    'cpu_utilization',
    'CPU utilisation of nodes',
    'percent',
    'node_cpu_usage_percentage',
  ),
  metric(
    'azure.aks.cluster',
    'memory_used_percent',
    'Memory in use on nodes',
    'percent',
    'node_memory_working_set_percentage',
  ),
];

export const METRIC_TYPES: readonly MetricDescriptor[] = METRICS.map((one) => one.descriptor);

const AGGREGATIONS: Readonly<
  Partial<Record<Statistic, 'average' | 'total' | 'minimum' | 'maximum' | 'count'>>
> = {
  average: 'average',
  sum: 'total',
  minimum: 'minimum',
  maximum: 'maximum',
  samples: 'count',
};

/** Lengths of a point that Azure Monitor knows. */
const INTERVALS: readonly (readonly [seconds: number, iso: string])[] = [
  [60, 'PT1M'],
  [300, 'PT5M'],
  [900, 'PT15M'],
  [1800, 'PT30M'],
  [3600, 'PT1H'],
  [21_600, 'PT6H'],
  [43_200, 'PT12H'],
  [86_400, 'P1D'],
];
/** Names of one call. */
const NAMES_AT_ONCE = 20;

type Target = MetricRequest['targets'][number] & { readonly index: number; readonly metricOf: AzureMetric };

/** Reads metrics, one call for all names of a resource. */
export async function readMetrics(session: AzureSession, request: MetricRequest): Promise<MetricSeries[]> {
  const interval = INTERVALS.find(([seconds]) => seconds >= request.periodSeconds) ?? INTERVALS.at(-1);
  const [seconds = 86_400, iso = 'P1D'] = interval ?? [];
  const targets = request.targets.map((target, index): Target => {
    const metricOf = METRICS.find(
      (one) => one.descriptor.type === target.resource.type && one.descriptor.id === target.metric,
    );
    if (!metricOf || AGGREGATIONS[target.statistic] === undefined)
      throw invalidInput([
        {
          field: 'targets',
          message: `${target.resource.type} has no ${target.metric} as ${target.statistic}`,
        },
      ]);
    return { ...target, index, metricOf };
  });
  const byResource = Map.groupBy(targets, (target) => target.resource.nativeId);
  const batches = [...byResource].flatMap(([nativeId, all]) => {
    const out: { nativeId: string; targets: Target[] }[] = [];
    for (let at = 0; at < all.length; at += NAMES_AT_ONCE)
      out.push({ nativeId, targets: all.slice(at, at + NAMES_AT_ONCE) });
    return out;
  });
  const series: MetricSeries[] = [];
  await mapLimited(batches, session.caller.limiter.bound, async (batch) => {
    const names = [...new Set(batch.targets.map((target) => target.metricOf.name))];
    const wanted = new Set(batch.targets.flatMap((target) => AGGREGATIONS[target.statistic] ?? []));
    // Inverted metrics need the opposite end: the least free is the most used.
    if (batch.targets.some((target) => target.metricOf.value))
      ['minimum', 'maximum'].forEach((one) => wanted.add(one as 'minimum'));
    const answer = await session.call(
      'monitor',
      'Microsoft.Insights/metrics/read',
      (client, options) =>
        client.metrics.list(batch.nativeId.replace(/^\//, ''), {
          ...options,
          timespan: `${request.from}/${request.to}`,
          interval: iso,
          metricnames: names.join(','),
          aggregation: [...wanted].join(','),
        }),
      { signal: request.signal },
    );
    for (const target of batch.targets)
      series[target.index] = toSeries(
        target,
        answer.value.find((one) => one.name.value === target.metricOf.name),
        seconds,
      );
  });
  return series;
}

const OPPOSITE: Readonly<Record<string, 'minimum' | 'maximum'>> = { minimum: 'maximum', maximum: 'minimum' };

function toSeries(target: Target, metricAnswer: Metric | undefined, periodSeconds: number): MetricSeries {
  const { metricOf, statistic } = target;
  const plain = AGGREGATIONS[statistic] ?? 'average';
  const key = metricOf.value === undefined ? plain : (OPPOSITE[plain] ?? plain);
  const points = (metricAnswer?.timeseries?.[0]?.data ?? []).flatMap((point) => {
    const value = point[key];
    if (value === undefined || value === null) return [];
    return [{ at: new Date(point.timeStamp).toISOString(), value: metricOf.value?.(value) ?? value }];
  });
  return {
    nativeId: target.resource.nativeId,
    metric: target.metric,
    statistic,
    unit: metricOf.descriptor.unit,
    periodSeconds,
    points,
    complete: metricAnswer !== undefined,
  };
}
