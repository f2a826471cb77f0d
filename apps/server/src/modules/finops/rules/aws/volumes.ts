import type { Facts, MetricProfile, RuleResource, Skip } from '../rule.ts';
import { objectsAt, textAt } from '../shared/attributes.ts';
import { LABEL, spec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { quantityTimes, total } from '../shared/money.ts';
import { isSkip, skip } from '../shared/verdict.ts';

/** Resource type of EBS volumes. */
export const VOLUME = 'aws.ec2.volume';

/** What gp3 gives without extra charge. */
export const GP3 = { iops: 3000, throughputMiBs: 125, mostIops: 16_000, mostThroughputMiBs: 1000 } as const;

/** Hourly totals hide shorter peaks: performance is kept for this many times the busiest hour's mean. */
const PEAK_OVER_HOUR = 2;
const MIB = 1024 ** 2;

/** A volume's type and performance. */
export interface VolumeSpec {
  readonly type: string;
  readonly gib: number;
  readonly iops?: number;
  readonly throughputMiBs?: number;
}

/** The volume as described. */
export function volumeSpec(volume: RuleResource): VolumeSpec | Skip {
  const { sku, storageGiB, iops, throughputMiBs } = volume.size ?? {};
  if (sku === undefined || storageGiB === undefined) return skip('unknown_size');
  return {
    type: sku,
    gib: storageGiB,
    ...(iops === undefined ? {} : { iops }),
    ...(throughputMiBs === undefined ? {} : { throughputMiBs }),
  };
}

function charged({ type, iops = 0, throughputMiBs = 0 }: VolumeSpec): { iops: number; throughput: number } {
  if (type === 'io1' || type === 'io2') return { iops, throughput: 0 };
  if (type !== 'gp3') return { iops: 0, throughput: 0 };
  return {
    iops: Math.max(0, iops - GP3.iops),
    throughput: Math.max(0, throughputMiBs - GP3.throughputMiBs),
  };
}

/** List price a month of a volume: storage and what is charged of IOPS and throughput. */
export function volumeMonthly(facts: Facts, region: string, wanted: VolumeSpec): string | Skip {
  const parts: string[] = [];
  const beyond = charged(wanted);
  for (const [part, quantity] of [
    [undefined, wanted.gib],
    ['iops', beyond.iops],
    ['throughput', beyond.throughput],
  ] as const) {
    if (quantity === 0) continue;
    const quote = facts.price({
      product: 'disk',
      region,
      sku: wanted.type,
      ...(part === undefined ? {} : { variant: { part } }),
    });
    if (!quote) return skip('no_price', part === undefined ? wanted.type : `${wanted.type} ${part}`);
    parts.push(quantityTimes(quote.price.amount, quantity));
  }
  return total(parts);
}

/** What a volume was asked for at most, with room for peaks inside the hour. */
export interface Peak {
  readonly iops: number;
  readonly throughputMiBs: number;
  readonly reads: MetricProfile;
  readonly writes: MetricProfile;
}

/** Peak IOPS and throughput over the look-back. */
export function peakOf(facts: Facts, volume: RuleResource, days: number): Peak | Skip {
  const [reads, writes, read, written] = (
    ['read_operations', 'write_operations', 'disk_read', 'disk_write'] as const
  ).map((metric) => measured(facts, volume, metric, 'sum', days));
  for (const profile of [reads, writes, read, written])
    if (!profile || isSkip(profile)) return profile ?? skip('no_metrics');
  const hour = (a: MetricProfile, b: MetricProfile) => ((a.maximum + b.maximum) / 3600) * PEAK_OVER_HOUR;
  const profiles = [reads, writes, read, written] as [
    MetricProfile,
    MetricProfile,
    MetricProfile,
    MetricProfile,
  ];
  return {
    iops: hour(profiles[0], profiles[1]),
    throughputMiBs: hour(profiles[2], profiles[3]) / MIB,
    reads: profiles[0],
    writes: profiles[1],
  };
}

/** Metrics that {@link peakOf} reads. */
export const PEAK_METRICS = [
  { metric: 'read_operations', statistic: 'sum' },
  { metric: 'write_operations', statistic: 'sum' },
  { metric: 'disk_read', statistic: 'sum' },
  { metric: 'disk_write', statistic: 'sum' },
] as const;

/** Permissions of changing a volume in place. */
export const MODIFY_PERMISSIONS = {
  read: ['ec2:DescribeVolumes', 'cloudwatch:GetMetricData', 'pricing:GetProducts'],
  apply: ['ec2:ModifyVolume'],
  undo: ['ec2:ModifyVolume'],
} as const;

/** Permissions of a deletion that keeps a snapshot. */
export const DELETE_PERMISSIONS = {
  read: ['ec2:DescribeVolumes'],
  apply: ['ec2:CreateSnapshot', 'ec2:CreateTags', 'ec2:DeleteVolume'],
  undo: ['ec2:CreateVolume', 'ec2:CreateTags'],
} as const;

/** Specification lines of a volume. */
export function volumeLines(v: VolumeSpec) {
  return [
    spec(LABEL.type, v.type),
    spec(LABEL.storage, `${v.gib} GiB`),
    ...(v.iops === undefined ? [] : [spec(LABEL.iops, v.iops)]),
    ...(v.throughputMiBs === undefined ? [] : [spec(LABEL.throughput, `${v.throughputMiBs} MiB/s`)]),
  ];
}

/** Id of the instance a volume is attached to, and whether the disk outlives it. */
export function attachmentOf(
  volume: RuleResource,
): { readonly instanceId: string; readonly outlives: boolean; readonly device: string } | undefined {
  const [first] = objectsAt(volume.attributes, 'Attachments');
  const instanceId = first && textAt(first, 'InstanceId');
  return instanceId === undefined
    ? undefined
    : {
        instanceId,
        outlives: first?.['DeleteOnTermination'] !== true,
        device: (first && textAt(first, 'Device')) ?? '',
      };
}
