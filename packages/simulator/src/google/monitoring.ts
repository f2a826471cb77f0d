import { noiseSeed, unit, utilisation, type UsageProfile } from '../aws/metrics/profiles.ts';
import { SeededRandom } from '../random.ts';
import { GoogleError, ok, page, type Call, type Route } from './http.ts';
import type { Collection, GoogleObject, Json } from './project.ts';

/** A metric type: of what, under which labels, and its value for one minute. */
interface Definition {
  readonly collection: Collection;
  readonly kind: 'gauge' | 'delta';
  /** Value of a gauge, or count in one hour. */
  readonly value: (use: number, profile: UsageProfile, object: GoogleObject) => number;
}

const gauge = (collection: Collection, value: Definition['value']): Definition => ({
  collection,
  kind: 'gauge',
  value,
});
const delta = (collection: Collection, value: Definition['value']): Definition => ({
  collection,
  kind: 'delta',
  value,
});
const VM = 'compute.instances';
const SQL = 'cloudsql.instances';
const GKE = 'container.clusters';

const DEFINITIONS: Readonly<Record<string, Definition>> = {
  'compute.googleapis.com/instance/cpu/utilization': gauge(VM, (use) => use),
  'agent.googleapis.com/memory/percent_used': gauge(VM, (_use, p) => p.memory * 100),
  'compute.googleapis.com/instance/network/received_bytes_count': delta(VM, (u, p) => p.perHour * 20_000 * u),
  'compute.googleapis.com/instance/network/sent_bytes_count': delta(VM, (u, p) => p.perHour * 35_000 * u),
  'compute.googleapis.com/instance/disk/read_ops_count': delta('compute.disks', (use) => use * 40 * 3600),
  'compute.googleapis.com/instance/disk/write_ops_count': delta('compute.disks', (use) => use * 30 * 3600),
  'cloudsql.googleapis.com/database/cpu/utilization': gauge(SQL, (use) => use),
  'cloudsql.googleapis.com/database/memory/utilization': gauge(SQL, (_use, p) => p.memory),
  'cloudsql.googleapis.com/database/network/connections': gauge(SQL, (u, p) =>
    p.perHour === 0 ? 0 : Math.ceil((p.perHour * u) / 60),
  ),
  'cloudsql.googleapis.com/database/disk/utilization': gauge(SQL, () => 0.4),
  'storage.googleapis.com/storage/total_bytes': gauge(
    'storage.buckets',
    (_u, _p, o) => (o.gib ?? 5) * 1024 ** 3,
  ),
  'storage.googleapis.com/api/request_count': delta('storage.buckets', (use, p) => p.perHour * use),
  'run.googleapis.com/request_count': delta('cloudfunctions.functions', (use, p) => p.perHour * use),
  'kubernetes.io/node/cpu/allocatable_utilization': gauge(GKE, (use) => use),
  'kubernetes.io/node/memory/allocatable_utilization': gauge(GKE, (_use, p) => p.memory),
};

/** Values of a label as filters name it. */
const LABELS: Readonly<Record<string, (object: GoogleObject, call: Call) => string>> = {
  'metric.labels.instance_name': ({ name }) => name,
  'metadata.system_labels.name': ({ name }) => name,
  'metric.labels.device_name': ({ name }) => name,
  'resource.labels.zone': ({ place }) => place.split('/')[1] ?? '',
  'resource.labels.location': ({ place }) => place.split('/')[1] ?? '',
  'resource.labels.database_id': ({ name }, { project }) => `${project.id}:${name}`,
  'resource.labels.bucket_name': ({ name }) => name,
  'resource.labels.service_name': ({ name }) => name,
  'resource.labels.cluster_name': ({ name }) => name,
};

/** Values are kept six weeks. */
const KEPT_MS = 42 * 86_400_000;
const SAMPLE_MS = 300_000;
const MAX_POINTS = 200_000;

const bad = (message: string): GoogleError => new GoogleError(400, 'INVALID_ARGUMENT', message);

/** The use of a resource that no scenario described. */
function seeded(path: string): UsageProfile {
  const random = SeededRandom.of('google use', path);
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

/** The terms of a filter: `field = "x"` and `field = one_of("x","y")`, joined by AND. */
function terms(filter: string): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, readonly string[]>();
  for (const term of filter.split(' AND ')) {
    const match = /^([\w.]+) ?= ?(?:one_of\((.*)\)|(".*"))$/.exec(term.trim());
    if (!match) throw bad(`Could not parse filter "${filter.slice(0, 200)}"`);
    const values = [...(match[2] ?? match[3] ?? '').matchAll(/"((?:[^"\\]|\\.)*)"/g)];
    out.set(
      match[1] ?? '',
      values.map((value) => (value[1] ?? '').replace(/\\(.)/g, '$1')),
    );
  }
  return out;
}

/** One point of a period, as its aligner makes it; undefined where nothing was measured. */
function pointOf(
  definition: Definition,
  object: GoogleObject,
  profile: UsageProfile,
  span: { readonly from: number; readonly to: number; readonly now: number },
  aligner: string,
): number | undefined {
  const { from, to, now } = span;
  if (from < Math.max(object.createdAt, now - KEPT_MS) || to > now) return undefined;
  const off = (spell: { from: number; to: number | undefined }): boolean =>
    from >= spell.from && to <= (spell.to ?? Number.POSITIVE_INFINITY);
  if (object.idleSpans.some(off)) return undefined;
  // Disks have readings only while they are attached.
  if (object.collection === 'compute.disks' && !Array.isArray(object.data['users'])) return undefined;
  const seed = noiseSeed('google', object.path);
  const gap = Math.min(SAMPLE_MS, to - from);
  const samples: number[] = [];
  for (let t = from; t < to; t += gap)
    samples.push(
      definition.value(utilisation(profile, seed, t), profile, object) * (0.97 + unit(seed, t / gap) * 0.06),
    );
  const average = samples.reduce((a, b) => a + b, 0) / samples.length;
  const hours = (to - from) / 3_600_000;
  switch (aligner) {
    case 'ALIGN_MIN':
      return Math.min(...samples);
    case 'ALIGN_MAX':
      return Math.max(...samples);
    case 'ALIGN_SUM':
    case 'ALIGN_DELTA':
      return definition.kind === 'delta' ? Math.round(average * hours) : average * samples.length;
    case 'ALIGN_RATE':
      return average / 3600;
    default:
      return average;
  }
}

function serve(call: Call) {
  const { query } = call.request;
  const wanted = terms(query.get('filter') ?? '');
  const type = wanted.get('metric.type')?.[0] ?? '';
  const definition = Object.hasOwn(DEFINITIONS, type) ? DEFINITIONS[type] : undefined;
  if (!definition)
    throw new GoogleError(404, 'NOT_FOUND', `Cannot find metric(s) that match type = "${type}".`);
  const seconds = Number(/^(\d+)s$/.exec(query.get('aggregation.alignmentPeriod') ?? '')?.[1] ?? 0);
  const from = Date.parse(query.get('interval.startTime') ?? '');
  const to = Date.parse(query.get('interval.endTime') ?? '');
  if (seconds < 60 || Number.isNaN(from) || Number.isNaN(to) || to < from)
    throw bad('The interval or the alignment period is not valid.');
  const aligner = query.get('aggregation.perSeriesAligner') ?? 'ALIGN_NONE';
  const step = seconds * 1000;
  const fields = query.getAll('aggregation.groupByFields');
  const matching = call.project.of(definition.collection).filter((object) =>
    [...wanted].every(([field, values]) => {
      const label = Object.hasOwn(LABELS, field) ? LABELS[field] : undefined;
      return label === undefined || values.includes(label(object, call));
    }),
  );
  if (matching.length * ((to - from) / step) > MAX_POINTS)
    throw bad('The answer would have too many points.');
  const series = matching.flatMap((object) => {
    const profile = object.use ?? seeded(object.path);
    const points: Json[] = [];
    // Newest first, named by the end of their period.
    for (let end = to; end - step >= from; end -= step) {
      const span = { from: end - step, to: end, now: call.now };
      const value = pointOf(definition, object, profile, span, aligner);
      if (value === undefined) continue;
      const at = new Date(end).toISOString();
      const whole = definition.kind === 'delta' && aligner === 'ALIGN_SUM';
      points.push({
        interval: { startTime: at, endTime: at },
        value: whole ? { int64Value: String(value) } : { doubleValue: value },
      });
    }
    if (points.length === 0) return [];
    const labels = (prefix: string): Record<string, string> =>
      Object.fromEntries(
        fields
          .filter((field) => field.startsWith(prefix))
          .map((field) => [field.split('.').at(-1) ?? '', LABELS[field]?.(object, call) ?? '']),
      );
    return [
      {
        metric: { type, labels: labels('metric.') },
        resource: { type: 'global', labels: labels('resource.') },
        metadata: { systemLabels: labels('metadata.') },
        metricKind: 'GAUGE',
        valueType: 'DOUBLE',
        points,
      },
    ];
  });
  const { items, next } = page(series, call, 'pageSize', 100_000);
  return ok({ timeSeries: items, ...next, unit: '1' });
}

/** Cloud Monitoring, below `/v3/`. */
export function monitoringRoute(method: string, path: string): Route | undefined {
  if (!/^projects\/[^/]+\/timeSeries$/.test(path) || method !== 'GET') return undefined;
  return { api: 'monitoring.googleapis.com', permission: 'monitoring.timeSeries.list', serve };
}
