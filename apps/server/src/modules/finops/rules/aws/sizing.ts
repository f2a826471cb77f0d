import { instanceSize } from '@cloudatlas/cloud/aws/instance-sizes';
import type { Evidence } from '@cloudatlas/contracts/finops';
import type {
  Facts,
  MetricProfile,
  PlannedAction,
  RuleMetric,
  RuleResource,
  Skip,
  Verdict,
} from '../rule.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { compareAmounts } from '../shared/money.ts';
import { priceRatio } from '../shared/saving.ts';
import { isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { creditBaseline, oldShape, speedsOf, typesOf } from './data/instance-families.ts';
import { computePrice } from './instances.ts';

/** Metrics of an instance that sizing reads. */
export const SIZING_METRICS: readonly RuleMetric[] = [
  { metric: 'cpu_utilization', statistic: 'maximum' },
  { metric: 'cpu_utilization', statistic: 'average' },
  { metric: 'memory_utilization', statistic: 'maximum' },
  { metric: 'network_in', statistic: 'sum' },
  { metric: 'network_out', statistic: 'sum' },
  { metric: 'disk_read', statistic: 'sum' },
  { metric: 'disk_write', statistic: 'sum' },
];

/** CPU is filled to this much at most after a change, in percent. */
const FULL = 80;
/** Hourly totals hide shorter peaks: throughput is taken for this many times the busiest hour's mean. */
const PEAK_OVER_HOUR = 2;

/** How busy an instance is. */
export interface Load {
  /** Of the hours' highest CPU figures, in percent of all its vCPUs. */
  readonly cpuP99: number;
  readonly cpuP95: number;
  /** Mean CPU over the look-back, in percent. */
  readonly cpuAverage: number;
  /** Highest memory use in GiB, when an agent reports it. */
  readonly memoryGiB: number | undefined;
  /** Undefined when not measured. */
  readonly networkGbps: number | undefined;
  readonly diskMBps: number | undefined;
  readonly evidence: readonly Evidence[];
}

/** Size now, in numbers. */
export interface Shape {
  readonly type: string;
  readonly cpus: number;
  readonly memoryGiB: number;
}

/** Numbers of a type by the table of sizes; undefined for irregular ones. */
export function shapeOf(type: string): Shape | undefined {
  const size = instanceSize(type);
  return size && { type, ...size };
}

/** Shapes of the families by name: a rule asks for those of twenty families for every machine. */
const shapesByFamily = new Map<string, readonly Shape[]>();

/** All regular types of a family, smallest first. */
export function shapesOf(family: string): readonly Shape[] {
  let shapes = shapesByFamily.get(family);
  if (shapes === undefined) {
    shapes = typesOf(family).flatMap((type) => shapeOf(type) ?? []);
    shapesByFamily.set(family, shapes);
  }
  return shapes;
}

/** Numbers of the instance as described, completed from the table. */
export function currentShape(instance: RuleResource, type: string): Shape | Skip {
  const known = instanceSize(type) ?? oldShape(type);
  const cpus = instance.size?.cpus ?? known?.cpus;
  const memoryGiB = instance.size?.memoryGiB ?? known?.memoryGiB;
  return cpus === undefined || memoryGiB === undefined
    ? skip('unknown_size', type)
    : { type, cpus, memoryGiB };
}

function busiestHour(a: MetricProfile | undefined, b: MetricProfile | undefined): number | undefined {
  if (!a && !b) return undefined;
  return (a?.maximum ?? 0) + (b?.maximum ?? 0);
}

/** Reads the load over the look-back, or tells what is missing. Only CPU is required. */
export function loadOf(instance: RuleResource, shape: Shape, facts: Facts, days: number): Load | Skip {
  const cpu = measured(facts, instance, 'cpu_utilization', 'maximum', days);
  if (isSkip(cpu)) return cpu;
  const average = measured(facts, instance, 'cpu_utilization', 'average', days);
  if (isSkip(average)) return average;
  const memory = measured(facts, instance, 'memory_utilization', 'maximum', days);
  const known = isSkip(memory) ? undefined : memory;
  const sumOf = (metric: string) => facts.metric(instance, metric, 'sum', days);
  const network = busiestHour(sumOf('network_in'), sumOf('network_out'));
  const disk = busiestHour(sumOf('disk_read'), sumOf('disk_write'));
  return {
    cpuP99: cpu.p99,
    cpuP95: cpu.p95,
    cpuAverage: average.average,
    memoryGiB: known && (known.maximum / 100) * shape.memoryGiB,
    networkGbps: network === undefined ? undefined : ((network * 8) / 3600 / 1e9) * PEAK_OVER_HOUR,
    diskMBps: disk === undefined ? undefined : (disk / 3600 / 1e6) * PEAK_OVER_HOUR,
    evidence: [
      daily(words('Highest CPU of the day', 'Maior uso de CPU do dia'), cpu, 'maximum', FULL),
      ...(known ? [daily(LABEL.memory, known, 'maximum', FULL)] : []),
    ],
  };
}

/** vCPUs that carry the load at p99 with headroom: ceil(vCPU × p99 ÷ 80 × safety). */
export function cpusNeeded(shape: Shape, load: Load, safety = 1): number {
  return Math.max(1, Math.ceil((shape.cpus * load.cpuP99 * safety) / FULL));
}

/** CPU figure on another size, in percent. */
export function projected(percent: number, from: Shape, to: Shape): number {
  return (percent * from.cpus) / to.cpus;
}

/** Memory a candidate must have: what is used with headroom, or at least half when nobody knows. */
function memoryNeeded(shape: Shape, load: Load, safety: number): number {
  if (load.memoryGiB === undefined) return shape.memoryGiB / 2;
  return load.memoryGiB * Math.max(safety, 100 / FULL);
}

/** Burstable types must earn the credits for the mean load. */
function carriesMeanLoad(shape: Shape, load: Load, candidate: Shape): boolean {
  const baseline = creditBaseline(candidate.type);
  return baseline === undefined || projected(load.cpuAverage, shape, candidate) <= baseline;
}

function carriesTraffic(load: Load, candidate: Shape): boolean {
  const speeds = speedsOf(candidate.type);
  if (!speeds) return false;
  return (load.networkGbps ?? 0) <= speeds.networkGbps && (load.diskMBps ?? 0) <= speeds.diskMBps;
}

/** Whether a candidate carries the load: CPU, credits, memory, network and disk. */
export function fits(shape: Shape, load: Load, candidate: Shape, safety = 1): boolean {
  return (
    candidate.cpus >= cpusNeeded(shape, load, safety) &&
    candidate.memoryGiB >= memoryNeeded(shape, load, safety) &&
    carriesMeanLoad(shape, load, candidate) &&
    carriesTraffic(load, candidate)
  );
}

/** A candidate with list prices of an hour. */
export interface Target {
  readonly shape: Shape;
  readonly now: string;
  readonly next: string;
}

/**
 * The cheapest of the candidates, when it is cheaper than now; undefined when none is. Types whose
 * price is not known are left out; when no price is known at all that is the answer.
 * @param costs what an hour costs in fact, where that is more than the list price
 */
export function cheapest(
  facts: Facts,
  region: string,
  os: 'linux' | 'windows',
  current: string,
  candidates: readonly Shape[],
  costs?: string,
): Target | Skip | undefined {
  const now = facts.price(computePrice(region, current, os));
  const priced = candidates.flatMap((shape) => {
    const next = facts.price(computePrice(region, shape.type, os));
    return next && next.price.currency === (now?.price.currency ?? next.price.currency)
      ? [{ shape, next: next.price.amount }]
      : [];
  });
  if (candidates.length === 0) return undefined;
  if (!now) return skip('no_price', current);
  if (priced.length === 0) return skip('no_price', candidates[0]?.type);
  const best = priced.reduce((a, b) => (compareAmounts(b.next, a.next) < 0 ? b : a));
  const hour = costs ?? now.price.amount;
  return compareAmounts(best.next, hour) < 0 ? { ...best, now: hour } : undefined;
}

/** Specification lines of a size. */
export function shapeSpec(shape: Shape) {
  return [
    { label: LABEL.type, value: shape.type },
    { label: LABEL.cpus, value: String(shape.cpus) },
    { label: LABEL.memory, value: `${shape.memoryGiB} GiB` },
  ];
}

/** What applying a change of type does. */
export function resizeTo(type: string): PlannedAction {
  return operations('stop', { operation: 'resize', parameters: { instanceType: type } }, 'start');
}

/** Operations of {@link resizeTo}. */
export const RESIZE_OPERATIONS = [
  { operation: 'stop' },
  { operation: 'resize' },
  { operation: 'start' },
] as const;

/** Permissions of a change of type. */
export const RESIZE_PERMISSIONS = {
  read: ['ec2:DescribeInstances', 'cloudwatch:GetMetricData', 'pricing:GetProducts'],
  apply: ['ec2:StopInstances', 'ec2:ModifyInstanceAttribute', 'ec2:StartInstances'],
  undo: ['ec2:StopInstances', 'ec2:ModifyInstanceAttribute', 'ec2:StartInstances'],
} as const;

/** The finding of a change of type: money by the price ratio, figures before and after. */
export function resizeFinding(
  facts: Facts,
  instance: RuleResource,
  shape: Shape,
  load: Load,
  target: Target,
  apply = true,
): Verdict {
  const after = projected(load.cpuP99, shape, target.shape);
  const blind = load.memoryGiB === undefined;
  return found(priceRatio(facts, instance, target), {
    why: local(
      (f) =>
        `In 99 % of the hours CPU never went above ${f.pct(load.cpuP99)} (95 %: ${f.pct(load.cpuP95)}, mean ${f.pct(load.cpuAverage)}). On ${target.shape.type} the same load is ${f.pct(after)}.${blind ? ' Memory use is not measured.' : ` Memory peaked at ${f.n(load.memoryGiB ?? 0)} GiB.`}`,
      (f) =>
        `Em 99 % das horas a CPU não passou de ${f.pct(load.cpuP99)} (95 %: ${f.pct(load.cpuP95)}, média ${f.pct(load.cpuAverage)}). Em ${target.shape.type} a mesma carga é ${f.pct(after)}.${blind ? ' O uso de memória não é medido.' : ` A memória chegou a ${f.n(load.memoryGiB ?? 0)} GiB.`}`,
    ),
    current: shapeSpec(shape),
    recommended: shapeSpec(target.shape),
    evidence: load.evidence,
    action: apply ? resizeTo(target.shape.type) : null,
    ...(blind ? { confidence: 'low' as const } : {}),
  });
}
