import { SLOT_MS, unit, usageFactor, utilisation } from '../../metrics/profiles.ts';
import type { MetricInfo } from './catalogue.ts';
import type { MetricSource } from './sources.ts';

const DAY_MS = 86_400_000;
const SLOTS_PER_HOUR = 12;

/** Metrics that are sent once a day at midnight. */
function isDaily(source: MetricSource, metric: MetricInfo): boolean {
  return source.namespace === 'AWS/S3' && metric.name !== 'AllRequests';
}

function s3(source: MetricSource, metric: string, at: number): number {
  const days = (at - source.anchor) / DAY_MS;
  if (metric === 'BucketSizeBytes') return Math.max(0, Math.round(source.bytes + source.growthPerDay * days));
  const share = source.bytes > 0 ? Math.max(0, 1 + (source.growthPerDay * days) / source.bytes) : 1;
  return Math.round(source.size * share);
}

/** Requests of a slot: the hourly rate in five minutes. */
function requests(source: MetricSource, seed: number, at: number): number {
  return Math.round((source.profile.perHour / SLOTS_PER_HOUR) * usageFactor(source.profile.kind, seed, at));
}

/** Bytes a `large` moves per slot at full load, in each direction. */
const NETWORK_BYTES = 60e6;
const DISK_BYTES = 25e6;

function machine(source: MetricSource, metric: string, seed: number, at: number): number {
  const busy = utilisation(source.profile, source.seed, at);
  switch (metric) {
    case 'CPUUtilization':
    case 'EngineCPUUtilization':
      return Number((busy * 100).toFixed(4));
    case 'mem_used_percent':
    case 'DatabaseMemoryUsagePercentage':
      return Number(
        (
          100 *
          Math.min(0.98, source.profile.memory * (0.9 + 0.2 * unit(seed, Math.floor(at / (SLOT_MS * 6)))))
        ).toFixed(3),
      );
    case 'NetworkIn':
    case 'NetworkOut':
      return Math.round(
        busy *
          NETWORK_BYTES *
          source.size *
          (metric === 'NetworkIn' ? 0.6 : 1) *
          (0.9 + 0.2 * unit(seed, Math.floor(at / SLOT_MS))),
      );
    case 'NetworkPacketsIn':
    case 'NetworkPacketsOut':
      return Math.round((busy * NETWORK_BYTES * source.size) / 900);
    case 'EBSReadBytes':
    case 'EBSWriteBytes':
      return Math.round(busy * DISK_BYTES * source.size * (metric === 'EBSReadBytes' ? 0.7 : 1));
    case 'EBSReadOps':
    case 'EBSWriteOps':
      return Math.round((busy * DISK_BYTES * source.size) / 16_000);
    case 'CPUSurplusCreditsCharged':
      // Credits beyond what half of the time would earn are charged.
      return Math.max(0, Number(((busy - 0.5) * 4).toFixed(3)));
    case 'CPUCreditBalance':
      return Math.round(Math.max(0, 576 * (1 - busy * 1.5)));
    default:
      return 0;
  }
}

function volume(source: MetricSource, metric: string, at: number): number {
  const busy = utilisation(source.profile, source.seed, at);
  const bytes = busy * DISK_BYTES * Math.sqrt(source.size / 20);
  switch (metric) {
    case 'VolumeReadBytes':
      return Math.round(bytes * 0.7);
    case 'VolumeWriteBytes':
      return Math.round(bytes);
    case 'VolumeReadOps':
      return Math.round((bytes * 0.7) / 16_000);
    case 'VolumeWriteOps':
      return Math.round(bytes / 16_000);
    case 'VolumeIdleTime':
      return Number((300 * (1 - busy * 0.8)).toFixed(2));
    default:
      return Number((busy * 2).toFixed(3));
  }
}

function database(source: MetricSource, metric: string, seed: number, at: number): number {
  const busy = utilisation(source.profile, source.seed, at);
  const idle = source.profile.kind === 'idle';
  switch (metric) {
    case 'CPUUtilization':
      return Number((busy * 100).toFixed(4));
    case 'VolumeReadIOPs':
    case 'VolumeWriteIOPs':
      return requests(source, seed, at);
    case 'DatabaseConnections':
      return idle
        ? 0
        : Math.round(busy * 12 * source.size * (0.9 + 0.2 * unit(seed, Math.floor(at / SLOT_MS))));
    case 'FreeableMemory':
      return Math.round(
        source.size *
          1024 ** 3 *
          (1 - source.profile.memory) *
          (0.95 + 0.1 * unit(seed, Math.floor(at / (SLOT_MS * 12)))),
      );
    case 'FreeStorageSpace':
      return Math.round(
        source.bytes * (idle ? 0.96 : 0.45) * (0.99 + 0.02 * unit(seed, Math.floor(at / DAY_MS))),
      );
    case 'ReadIOPS':
    case 'WriteIOPS':
      return Number((idle ? 0.2 : busy * 40 * source.size * (metric === 'ReadIOPS' ? 1 : 0.6)).toFixed(3));
    case 'ReadLatency':
    case 'WriteLatency':
      return Number((0.0006 + busy * 0.004).toFixed(6));
    default:
      return Math.round(busy * 400_000 * source.size);
  }
}

function web(source: MetricSource, metric: string, seed: number, at: number): number {
  const count = requests(source, source.seed, at);
  switch (metric) {
    case 'ProcessedBytes':
    case 'BytesOutToDestination':
    case 'BytesInFromSource':
      return count * 14_000;
    case 'ActiveConnectionCount':
    case 'ActiveFlowCount':
      return Math.round(count / 8);
    case 'TargetResponseTime':
      return Number((0.03 + 0.08 * unit(seed, Math.floor(at / SLOT_MS))).toFixed(5));
    case 'HTTPCode_Target_5XX_Count':
    case 'Errors':
      return Math.floor(count * 0.002 * 2 * unit(seed, Math.floor(at / SLOT_MS)));
    case 'Throttles':
      return 0;
    case 'Duration':
      return Number(
        (source.profile.durationMs * (0.8 + 0.4 * unit(seed, Math.floor(at / SLOT_MS)))).toFixed(2),
      );
    case 'ConcurrentExecutions':
      return Math.max(count > 0 ? 1 : 0, Math.round((count * source.profile.durationMs) / SLOT_MS));
    default:
      return count;
  }
}

function other(source: MetricSource, metric: string, seed: number, at: number): number {
  const factor = usageFactor(source.profile.kind, seed, at);
  switch (metric) {
    case 'ConsumedReadCapacityUnits':
      return Math.round((source.size / SLOTS_PER_HOUR) * factor);
    case 'ConsumedWriteCapacityUnits':
      return Math.round((source.bytes / SLOTS_PER_HOUR) * factor);
    case 'IncomingBytes':
      return Math.round(((source.size * 1e9) / 24 / SLOTS_PER_HOUR) * factor);
    case 'IncomingLogEvents':
      return Math.round(((source.size * 1e9) / 24 / SLOTS_PER_HOUR / 400) * factor);
    case 'CacheHits':
    case 'CacheMisses':
      return Math.round(requests(source, source.seed, at) * (metric === 'CacheHits' ? 0.92 : 0.08));
    case 'FreeableMemory':
      return Math.round(source.size * 1024 ** 3 * (1 - source.profile.memory));
    case 'CurrConnections':
      return source.profile.kind === 'idle' ? 0 : Math.round(4 + source.profile.level * 200 * factor);
    default:
      return machine(source, metric, seed, at);
  }
}

const BYTES_PER_REQUEST = 14_000;

/** Services whose metrics all follow from how often they are used. */
function further(source: MetricSource, metric: string, seed: number, at: number): number {
  const { kind } = source.profile;
  const busy = utilisation(source.profile, source.seed, at);
  const count = requests(source, source.seed, at);
  switch (metric) {
    case 'DatabaseConnections':
      return kind === 'idle' ? 0 : Math.max(1, Math.round(busy * 12 * source.size));
    case 'MemoryUtilization':
      return Number(
        (100 * source.profile.memory * (0.95 + 0.1 * unit(seed, Math.floor(at / SLOT_MS)))).toFixed(3),
      );
    case 'IsIdle':
      return kind === 'idle' ? 1 : 0;
    case 'AppsRunning':
    case 'UserConnected':
      return kind === 'idle' ? 0 : busy > 0.1 ? 1 : 0;
    case 'UsedInstanceCount':
      return source.size;
    case 'AllRequests':
      return Math.round((source.size / SLOTS_PER_HOUR) * usageFactor(kind, source.seed, at));
    case 'CPUUtilization':
      return Number((busy * 100).toFixed(4));
    default:
      return /bytes|data/i.test(metric) ? count * BYTES_PER_REQUEST : count;
  }
}

const FURTHER = new Set([
  'AWS/ELB',
  'AWS/Redshift',
  'AWS/DocDB',
  'AWS/ES',
  'AWS/Kinesis',
  'AWS/ElasticMapReduce',
  'AWS/ECS',
  'AWS/SageMaker',
  'AWS/WorkSpaces',
  'AWS/FSx',
  'AWS/ECR',
  'AWS/PrivateLinkEndpoints',
  'AWS/VPN',
  'AWS/TransitGateway',
  'AWS/EC2CapacityReservations',
]);

/** The value a source sends for a slot of five minutes: the same for every question about that slot. */
export function slotValue(source: MetricSource, metric: MetricInfo, at: number): number {
  const seed =
    source.seed ^ (metric.name.length * 0x9e3779b1) ^ metric.name.charCodeAt(metric.name.length - 1);
  if (FURTHER.has(source.namespace) || metric.name === 'AllRequests')
    return further(source, metric.name, seed, at);
  switch (source.namespace) {
    case 'AWS/EC2':
    case 'CWAgent':
      return machine(source, metric.name, seed, at);
    case 'AWS/EBS':
      return volume(source, metric.name, at);
    case 'AWS/RDS':
      return database(source, metric.name, seed, at);
    case 'AWS/S3':
      return s3(source, metric.name, at);
    case 'AWS/Lambda':
    case 'AWS/ApplicationELB':
    case 'AWS/NetworkELB':
    case 'AWS/NATGateway':
      return web(source, metric.name, seed, at);
    default:
      return other(source, metric.name, seed, at);
  }
}

/** The slots of a period with their values; empty while the resource does not run. */
export interface PeriodValues {
  readonly start: number;
  readonly values: readonly number[];
}

/**
 * The values of periods of `periodMs` from `from` (inclusive) to `to` (exclusive); periods without data are
 * left out. Periods shorter than five minutes give each slot's share.
 */
export function* periodValues(
  source: MetricSource,
  metric: MetricInfo,
  from: number,
  to: number,
  periodMs: number,
  now: number,
): Iterable<PeriodValues> {
  const step = isDaily(source, metric) ? DAY_MS : SLOT_MS;
  const until = Math.min(to, now);
  for (let start = from; start < until; start += periodMs) {
    const values: number[] = [];
    const end = Math.min(start + periodMs, until);
    if (periodMs < step && !isDaily(source, metric)) {
      if (isActive(source, start))
        values.push(
          metric.nature === 'count'
            ? (slotValue(source, metric, start) * periodMs) / step
            : slotValue(source, metric, start),
        );
    } else {
      for (let at = Math.ceil(start / step) * step; at < end; at += step)
        if (isActive(source, at)) values.push(slotValue(source, metric, at));
    }
    if (values.length > 0) yield { start, values };
  }
}

function isActive(source: MetricSource, at: number): boolean {
  for (const { from, to } of source.active) if (at >= from && at < to) return true;
  return false;
}

/** A statistic of a period's values: Average, Sum, Minimum, Maximum, SampleCount or a percentile `p99`. */
export function statistic(name: string, values: readonly number[]): number {
  switch (name) {
    case 'Sum':
      return values.reduce((a, b) => a + b, 0);
    case 'Average':
      return values.reduce((a, b) => a + b, 0) / values.length;
    case 'Minimum':
      return Math.min(...values);
    case 'Maximum':
      return Math.max(...values);
    case 'SampleCount':
      return values.length;
    default:
      return percentile(values, Number(name.slice(1)));
  }
}

/** Percentile by linear interpolation between the closest ranks. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (percent / 100) * (sorted.length - 1);
  const low = Math.floor(rank);
  const a = sorted[low] ?? 0;
  const b = sorted[Math.min(low + 1, sorted.length - 1)] ?? a;
  return a + (b - a) * (rank - low);
}
