import { mapLimited } from '../shared/concurrency.ts';
import { invalidInput } from '../errors.ts';
import type { MetricDescriptor, MetricRequest, MetricSeries, Statistic } from '../observations.ts';
import type { ResourceRef } from '../resource.ts';
import type { GcpSession } from './session.ts';

type Aligner = 'ALIGN_MEAN' | 'ALIGN_MIN' | 'ALIGN_MAX' | 'ALIGN_SUM' | 'ALIGN_RATE' | 'ALIGN_DELTA';

/** Labels by which the series of a resource are found: its id, and where ids repeat, its place. */
interface Key {
  /** As in filters and groupings, e.g. `metric.labels.instance_name`. */
  readonly field: string;
  readonly place?: string;
  readonly id: (resource: ResourceRef) => string;
}

interface GcpMetric {
  readonly descriptor: MetricDescriptor;
  /** Type of Cloud Monitoring ("Google Cloud metrics"), and further conditions. */
  readonly name: string;
  readonly filter?: string;
  readonly key: Key;
  readonly factor: number;
  /** How points of a period become one, by statistic. */
  readonly aligners: Readonly<Partial<Record<Statistic, Aligner>>>;
}

const GAUGE = { average: 'ALIGN_MEAN', minimum: 'ALIGN_MIN', maximum: 'ALIGN_MAX' } as const;
/** Counts since the last point: their sum over a period is its value. */
const COUNT = { sum: 'ALIGN_SUM' } as const;
const RATE = { average: 'ALIGN_RATE' } as const;

const zoneOf = (nativeId: string): string => /\/zones\/([^/]+)\//.exec(nativeId)?.[1] ?? '';
const INSTANCE: Key = {
  field: 'metric.labels.instance_name',
  place: 'resource.labels.zone',
  id: ({ id, nativeId }) => `${zoneOf(nativeId)}/${id}`,
};
/** The agent's metrics know the machine by its number; Monitoring adds the name. */
const AGENT: Key = { ...INSTANCE, field: 'metadata.system_labels.name' };
const DEVICE: Key = { ...INSTANCE, field: 'metric.labels.device_name' };
const DATABASE: Key = {
  field: 'resource.labels.database_id',
  id: ({ nativeId }) => {
    const parts = nativeId.split('/');
    return `${parts[4] ?? ''}:${parts.at(-1) ?? ''}`;
  },
};
const BUCKET: Key = { field: 'resource.labels.bucket_name', id: ({ id }) => id };
const FUNCTION: Key = {
  field: 'resource.labels.service_name',
  place: 'resource.labels.location',
  id: ({ id, region }) => `${region}/${id}`,
};
const CLUSTER: Key = {
  field: 'resource.labels.cluster_name',
  place: 'resource.labels.location',
  id: ({ id, nativeId }) => `${/\/locations\/([^/]+)\//.exec(nativeId)?.[1] ?? ''}/${id}`,
};

function metric(
  [type, id, label, unit]: readonly [type: string, id: string, label: string, unit: string],
  name: string,
  key: Key,
  aligners: GcpMetric['aligners'],
  more: { readonly factor?: number; readonly filter?: string } = {},
): GcpMetric {
  const statistics = Object.keys(aligners) as Statistic[];
  return {
    descriptor: { id, type, label, unit, statistics },
    name,
    key,
    aligners,
    factor: more.factor ?? 1,
    ...(more.filter === undefined ? {} : { filter: more.filter }),
  };
}

const VM = 'gcp.compute.instance';
const SQL = 'gcp.sql.instance';
const SHARE = { factor: 100 };
const cpu = (type: string): readonly [string, string, string, string] => [
  type,
  'cpu_utilization',
  'CPU utilisation',
  'percent',
];
const memory = (type: string): readonly [string, string, string, string] => [
  type,
  'memory_used_percent',
  'Memory in use',
  'percent',
];

/** Readings by type; ids are the same over providers where the meaning is. */
const METRICS: readonly GcpMetric[] = [
  metric(cpu(VM), 'compute.googleapis.com/instance/cpu/utilization', INSTANCE, GAUGE, SHARE),
  // Only where the Ops Agent runs.
  metric(memory(VM), 'agent.googleapis.com/memory/percent_used', AGENT, GAUGE, {
    filter: 'metric.labels.state = "used"',
  }),
  metric(
    [VM, 'network_in', 'Network in', 'bytes'],
    'compute.googleapis.com/instance/network/received_bytes_count',
    INSTANCE,
    COUNT,
  ),
  metric(
    [VM, 'network_out', 'Network out', 'bytes'],
    'compute.googleapis.com/instance/network/sent_bytes_count',
    INSTANCE,
    COUNT,
  ),
  // By device name, which is the disk's own unless it was attached under another.
  metric(
    ['gcp.compute.disk', 'read_operations', 'Read operations', 'count/second'],
    'compute.googleapis.com/instance/disk/read_ops_count',
    DEVICE,
    RATE,
  ),
  metric(
    ['gcp.compute.disk', 'write_operations', 'Write operations', 'count/second'],
    'compute.googleapis.com/instance/disk/write_ops_count',
    DEVICE,
    RATE,
  ),
  metric(cpu(SQL), 'cloudsql.googleapis.com/database/cpu/utilization', DATABASE, GAUGE, SHARE),
  metric(memory(SQL), 'cloudsql.googleapis.com/database/memory/utilization', DATABASE, GAUGE, SHARE),
  metric(
    [SQL, 'connections', 'Connections', 'count'],
    'cloudsql.googleapis.com/database/network/connections',
    DATABASE,
    GAUGE,
  ),
  metric(
    [SQL, 'storage_used_percent', 'Storage in use', 'percent'],
    'cloudsql.googleapis.com/database/disk/utilization',
    DATABASE,
    GAUGE,
    SHARE,
  ),
  metric(
    ['gcp.storage.bucket', 'stored_bytes', 'Stored bytes', 'bytes'],
    'storage.googleapis.com/storage/total_bytes',
    BUCKET,
    GAUGE,
  ),
  metric(
    ['gcp.storage.bucket', 'requests', 'Requests', 'count'],
    'storage.googleapis.com/api/request_count',
    BUCKET,
    COUNT,
  ),
  metric(
    ['gcp.functions.function', 'invocations', 'Invocations', 'count'],
    'run.googleapis.com/request_count',
    FUNCTION,
    COUNT,
  ),
  metric(cpu('gcp.gke.cluster'), 'kubernetes.io/node/cpu/allocatable_utilization', CLUSTER, GAUGE, SHARE),
  metric(
    memory('gcp.gke.cluster'),
    'kubernetes.io/node/memory/allocatable_utilization',
    CLUSTER,
    GAUGE,
    SHARE,
  ),
];

export const METRIC_TYPES: readonly MetricDescriptor[] = METRICS.map((one) => one.descriptor);

/** How series of one resource (network cards, nodes, storage classes) become one. */
const REDUCERS: Readonly<Record<Aligner, string>> = {
  ALIGN_MEAN: 'REDUCE_MEAN',
  ALIGN_MIN: 'REDUCE_MIN',
  ALIGN_MAX: 'REDUCE_MAX',
  ALIGN_SUM: 'REDUCE_SUM',
  ALIGN_RATE: 'REDUCE_SUM',
  ALIGN_DELTA: 'REDUCE_SUM',
};
/** What is stored in several classes adds up, however it is aligned. */
const ADDS_UP = new Set(['stored_bytes', 'connections']);
/** Resources of one question; keeps its address below 8 KiB. */
const AT_ONCE = 60;
/** Shortest period Monitoring aligns to, in seconds. */
const SHORTEST = 60;

type Target = MetricRequest['targets'][number] & {
  readonly index: number;
  readonly metricOf: GcpMetric;
  readonly aligner: Aligner;
};

interface TimeSeries {
  readonly metric?: { readonly labels?: Readonly<Record<string, string>> };
  readonly resource?: { readonly labels?: Readonly<Record<string, string>> };
  readonly metadata?: { readonly systemLabels?: Readonly<Record<string, unknown>> };
  readonly points?: readonly {
    readonly interval?: { readonly startTime?: string; readonly endTime?: string };
    readonly value?: { readonly doubleValue?: number; readonly int64Value?: string };
  }[];
}
interface Page {
  readonly nextPageToken?: string;
  readonly timeSeries?: readonly TimeSeries[];
  readonly executionErrors?: readonly unknown[];
}

/** The value of a label of a series, named as in filters. */
function labelOf(series: TimeSeries, field: string): string {
  const name = field.split('.').at(-1) ?? '';
  if (field.startsWith('metric.')) return series.metric?.labels?.[name] ?? '';
  if (field.startsWith('resource.')) return series.resource?.labels?.[name] ?? '';
  const value = series.metadata?.systemLabels?.[name];
  return typeof value === 'string' ? value : '';
}

/** Reads metrics, one question for up to {@link AT_ONCE} resources that share metric and statistic. */
export async function readMetrics(session: GcpSession, request: MetricRequest): Promise<MetricSeries[]> {
  const seconds = Math.max(SHORTEST, Math.ceil(request.periodSeconds / 60) * 60);
  const targets = request.targets.map((target, index): Target => {
    const metricOf = METRICS.find(
      (one) => one.descriptor.type === target.resource.type && one.descriptor.id === target.metric,
    );
    const aligner = metricOf?.aligners[target.statistic];
    if (!metricOf || !aligner)
      throw invalidInput([
        {
          field: 'targets',
          message: `${target.resource.type} has no ${target.metric} as ${target.statistic}`,
        },
      ]);
    return { ...target, index, metricOf, aligner };
  });
  const groups = Map.groupBy(targets, ({ metricOf, aligner }) => `${metricOf.name} ${aligner}`);
  const batches = [...groups.values()].flatMap((all) => {
    const out: Target[][] = [];
    for (let at = 0; at < all.length; at += AT_ONCE) out.push(all.slice(at, at + AT_ONCE));
    return out;
  });
  const series: MetricSeries[] = [];
  await mapLimited(batches, session.caller.limiter.bound, async (batch) => {
    const found = await readBatch(session, request, batch, seconds);
    for (const target of batch)
      series[target.index] = {
        nativeId: target.resource.nativeId,
        metric: target.metric,
        statistic: target.statistic,
        unit: target.metricOf.descriptor.unit,
        periodSeconds: seconds,
        points: found.points.get(target.metricOf.key.id(target.resource)) ?? [],
        complete: found.complete,
      };
  });
  return series;
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

async function readBatch(
  session: GcpSession,
  request: MetricRequest,
  batch: readonly Target[],
  seconds: number,
): Promise<{ points: Map<string, MetricSeries['points']>; complete: boolean }> {
  const [first] = batch;
  if (!first) return { points: new Map(), complete: true };
  const { metricOf, aligner } = first;
  const { key } = metricOf;
  const ids = [...new Set(batch.map((target) => key.id(target.resource)))];
  const names = [...new Set(ids.map((id) => (key.place === undefined ? id : id.slice(id.indexOf('/') + 1))))];
  const filter = [
    `metric.type = ${quoted(metricOf.name)}`,
    `${key.field} = one_of(${names.map(quoted).join(',')})`,
    ...(metricOf.filter === undefined ? [] : [metricOf.filter]),
  ].join(' AND ');
  const reducer = ADDS_UP.has(metricOf.descriptor.id) ? 'REDUCE_SUM' : REDUCERS[aligner];
  const points = new Map<string, MetricSeries['points']>();
  let complete = true;
  const from = Date.parse(request.from);
  const pages = session.pages<Page>(
    {
      api: 'monitoring',
      permission: 'monitoring.timeSeries.list',
      path: `projects/${session.projectId}/timeSeries`,
      query: {
        filter,
        // The interval is open at its start: points are named by their end.
        'interval.startTime': request.from,
        'interval.endTime': request.to,
        'aggregation.alignmentPeriod': `${seconds}s`,
        'aggregation.perSeriesAligner': aligner,
        'aggregation.crossSeriesReducer': reducer,
        'aggregation.groupByFields': [key.field, ...(key.place === undefined ? [] : [key.place])],
        pageSize: 50_000,
      },
    },
    request.signal,
  );
  for await (const page of pages)
    for (const one of page) {
      if ((one.executionErrors?.length ?? 0) > 0) complete = false;
      for (const series of one.timeSeries ?? []) {
        const name = labelOf(series, key.field);
        const id = key.place === undefined ? name : `${labelOf(series, key.place)}/${name}`;
        const known = points.get(id) ?? [];
        for (const point of series.points ?? []) {
          const value = point.value?.doubleValue ?? Number(point.value?.int64Value ?? Number.NaN);
          const end = Date.parse(point.interval?.endTime ?? '');
          const start = end - seconds * 1000;
          // Zero is left out of JSON by some of Google's writers; a point without a value is a gap all the same.
          if (!Number.isFinite(value) || Number.isNaN(end) || start < from) continue;
          known.push({ at: new Date(start).toISOString(), value: value * metricOf.factor });
        }
        points.set(id, known);
      }
    }
  // Newest first as they come; a series that spans pages comes in pieces.
  for (const known of points.values()) known.sort((a, b) => (a.at < b.at ? -1 : 1));
  return { points, complete };
}
