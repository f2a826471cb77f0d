import { noiseSeed, unit, utilisation, type UsageProfile } from '../../aws/metrics/profiles.ts';
import { SeededRandom } from '../../random.ts';
import { ApiError, type JsonAnswer, type JsonRequest } from '../http.ts';
import type { ArmResource } from './subscription.ts';

/** How metrics of a type follow from the use of the resource: a value for one minute. */
type Formula = (use: number, profile: UsageProfile) => number;

interface Definition {
  readonly unit: 'Percent' | 'Bytes' | 'Count' | 'CountPerSecond' | 'Seconds';
  readonly value: Formula;
}

const percent = (value: Formula): Definition => ({ unit: 'Percent', value });

const DEFINITIONS: Readonly<Record<string, Readonly<Record<string, Definition>>>> = {
  'microsoft.compute/virtualmachines': {
    'Percentage CPU': percent((use) => use * 100),
    'Available Memory Percentage': percent((_use, p) => (1 - p.memory) * 100),
    'Network In Total': { unit: 'Bytes', value: (use, p) => p.perHour * 20_000 * use },
    'Network Out Total': { unit: 'Bytes', value: (use, p) => p.perHour * 35_000 * use },
    'Disk Read Operations/Sec': { unit: 'CountPerSecond', value: (use) => use * 60 },
    'Disk Write Operations/Sec': { unit: 'CountPerSecond', value: (use) => use * 40 },
  },
  'microsoft.compute/disks': {
    'Composite Disk Read Operations/sec': { unit: 'CountPerSecond', value: (use) => use * 40 },
    'Composite Disk Write Operations/sec': { unit: 'CountPerSecond', value: (use) => use * 30 },
  },
  'microsoft.sql/servers/databases': {
    cpu_percent: percent((use) => use * 100),
    dtu_consumption_percent: percent((use) => use * 100),
    storage_percent: percent(() => 40),
    connection_successful: { unit: 'Count', value: (use, p) => p.perHour * use },
    sessions_count: { unit: 'Count', value: (use, p) => Math.ceil((p.perHour * use) / 60) },
  },
  'microsoft.web/serverfarms': {
    CpuPercentage: percent((use) => use * 100),
    MemoryPercentage: percent((_use, p) => p.memory * 100),
  },
  'microsoft.web/sites': {
    Requests: { unit: 'Count', value: (use, p) => p.perHour * use },
    CpuTime: { unit: 'Seconds', value: (use) => use * 60 },
  },
  'microsoft.storage/storageaccounts': {
    UsedCapacity: { unit: 'Bytes', value: () => 0 },
    Transactions: { unit: 'Count', value: (use, p) => p.perHour * use },
  },
  'microsoft.network/natgateways': {
    ByteCount: { unit: 'Bytes', value: (use, p) => p.perHour * 50_000 * use },
  },
  'microsoft.network/loadbalancers': {
    ByteCount: { unit: 'Bytes', value: (use, p) => p.perHour * 50_000 * use },
  },
  'microsoft.network/applicationgateways': {
    TotalRequests: { unit: 'Count', value: (use, p) => p.perHour * use },
  },
  'microsoft.containerservice/managedclusters': {
    node_cpu_usage_percentage: percent((use) => use * 100),
    node_memory_working_set_percentage: percent((_use, p) => p.memory * 100),
  },
};

const INTERVALS: Readonly<Record<string, number>> = {
  PT1M: 60,
  PT5M: 300,
  PT15M: 900,
  PT30M: 1800,
  PT1H: 3600,
  PT6H: 21_600,
  PT12H: 43_200,
  P1D: 86_400,
};
/** Values are kept 93 days. */
const KEPT_MS = 93 * 86_400_000;
/** A point is built from samples so far apart at most. */
const SAMPLE_MS = 300_000;

/** The use of a resource that no scenario described. */
function seeded(id: string): UsageProfile {
  const random = SeededRandom.of('azure use', id);
  const level = 0.12 + random.next() * 0.3;
  return {
    kind: 'steady',
    level,
    peak: Math.min(0.98, level * 2.5),
    memory: 0.3 + random.next() * 0.4,
    perHour: random.integer(200, 4000),
    durationMs: 100,
  };
}

const flat = (status: number, code: string, message: string): JsonAnswer => ({
  status,
  body: { code, message },
});

/** `GET {resource}/providers/Microsoft.Insights/metrics`. Refusals come without the usual envelope, as the service's do. */
export function readMetrics(request: JsonRequest, resource: ArmResource, now: number): JsonAnswer {
  const definitions = DEFINITIONS[resource.type.toLowerCase()];
  const { query } = request;
  const names = (query.get('metricnames') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (!definitions)
    return flat(400, 'BadRequest', `Failed to find metric configuration for provider: ${resource.type}`);
  const unknown = names.find((name) => !Object.hasOwn(definitions, name));
  if (unknown !== undefined)
    return flat(
      400,
      'BadRequest',
      `Failed to find metric configuration for provider: ${resource.type.split('/')[0]}, resource Type: ${resource.type}, metric: ${unknown}, Valid metrics: ${Object.keys(definitions).join(',')}`,
    );
  const [start = '', end = ''] = (query.get('timespan') ?? '').split('/');
  const from = Date.parse(start);
  const to = Math.min(Date.parse(end), now);
  const interval = query.get('interval') ?? 'PT1M';
  const seconds = INTERVALS[interval];
  if (Number.isNaN(from) || Number.isNaN(Date.parse(end)) || seconds === undefined)
    return flat(400, 'BadRequest', 'Invalid timespan or interval.');
  const aggregations = (query.get('aggregation') ?? 'Average')
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const profile =
    (resource.properties['_use'] as UsageProfile | undefined) ?? seeded(resource.id.toLowerCase());
  const seed = noiseSeed('azure', resource.id.toLowerCase());
  const step = seconds * 1000;
  if ((to - from) / step > 50_000) throw new ApiError(400, 'BadRequest', 'Too many points.');
  return {
    status: 200,
    body: {
      cost: 0,
      timespan: `${start}/${end}`,
      interval,
      namespace: resource.type,
      resourceregion: resource.location,
      value: names.map((name) => ({
        id: `${resource.id}/providers/Microsoft.Insights/metrics/${name}`,
        type: 'Microsoft.Insights/metrics',
        name: { value: name, localizedValue: name },
        unit: definitions[name]?.unit,
        timeseries: [{ metadatavalues: [], data: points(name, definitions[name] as Definition) }],
        errorCode: 'Success',
      })),
    },
  };

  function points(name: string, definition: Definition): Record<string, unknown>[] {
    const out: Record<string, unknown>[] = [];
    for (let at = from; at < to; at += step) {
      const stamp = { timeStamp: new Date(at).toISOString() };
      out.push(existed(at) ? { ...stamp, ...aggregate(name, definition, at) } : stamp);
    }
    return out;
  }

  function existed(at: number): boolean {
    if (at < Math.max(resource.createdAt, now - KEPT_MS)) return false;
    return !resource.idleSpans.some(
      (span) => at >= span.from && at + step <= (span.to ?? Number.POSITIVE_INFINITY),
    );
  }

  function aggregate(name: string, definition: Definition, at: number): Record<string, number> {
    if (name === 'UsedCapacity') {
      const bytes = Number(resource.properties['_gib'] ?? 5) * 1024 ** 3;
      return Object.fromEntries(aggregations.map((key) => [key, bytes]));
    }
    const gap = Math.min(SAMPLE_MS, step);
    const samples: number[] = [];
    for (let t = at; t < at + step; t += gap)
      samples.push(
        definition.value(utilisation(profile, seed, t), profile) * (0.97 + unit(seed, t / gap) * 0.06),
      );
    const total = samples.reduce((a, b) => a + b, 0);
    const average = total / samples.length;
    // Gauges are averages; what is counted adds up over the minutes of the interval.
    const counted =
      definition.unit === 'Bytes' || definition.unit === 'Count' || definition.unit === 'Seconds';
    const values: Readonly<Record<string, number>> = {
      average,
      total: counted ? ((average * seconds!) / 3600) * (definition.unit === 'Seconds' ? 60 : 1) : total,
      maximum: Math.max(...samples),
      minimum: Math.min(...samples),
      count: seconds! / 60,
    };
    return Object.fromEntries(
      aggregations.flatMap((key) => (key in values ? [[key, values[key] as number] as const] : [])),
    );
  }
}
