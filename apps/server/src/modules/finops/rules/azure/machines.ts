import type { PriceQuery } from '@cloudatlas/cloud/observations';
import type { LocalText } from '@cloudatlas/contracts/finops';
import type { Facts, Rule, RuleResource, Skip, Verdict } from '../rule.ts';
import { objectsAt, textAt } from '../shared/attributes.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';

export const VM = 'azure.compute.vm';
export const DISK = 'azure.compute.disk';

/** `PowerState/…` of the instance view: `stopped` is still billed, `deallocated` is not. */
export function powerOf(vm: RuleResource): string | undefined {
  for (const status of objectsAt(vm.attributes, 'instanceView', 'statuses')) {
    const code = textAt(status, 'code');
    if (code?.startsWith('PowerState/')) return code.slice('PowerState/'.length);
  }
  return undefined;
}

/** Why a machine can't be stopped and started by us: a scale set or a cluster owns it, or it is spot. */
export function unmanageable(vm: RuleResource): Skip | undefined {
  if (textAt(vm.attributes, 'virtualMachineScaleSet', 'id') !== undefined)
    return skip('excluded', 'scale set');
  if (Object.keys(vm.tags).some((tag) => tag.startsWith('aks-managed-'))) return skip('excluded', 'AKS');
  return textAt(vm.attributes, 'priority') === 'Spot' ? skip('excluded', 'spot') : undefined;
}

export function isWindows(vm: RuleResource): boolean {
  return textAt(vm.attributes, 'storageProfile', 'osDisk', 'osType')?.toLowerCase() === 'windows';
}

/** The managed disks of a machine. */
export function disksOf(vm: RuleResource, facts: Facts): readonly RuleResource[] {
  return facts.targets(vm, 'uses').filter((other) => other.type === DISK);
}

/** Query of the hourly list price of a size. */
function machinePrice(vm: RuleResource, sku: string): PriceQuery {
  return {
    product: 'compute',
    region: vm.region,
    sku,
    variant: { os: isWindows(vm) ? 'windows' : 'linux' },
  };
}

/** A size's name taken apart: `Standard_D4s_v5` → D, 4, s, 5. */
export interface SizeName {
  readonly family: string;
  readonly cpus: number;
  readonly features: string;
  readonly version: number;
}

/** @returns undefined for constrained, versionless and unusual names, which are left alone */
export function sizeName(sku: string): SizeName | undefined {
  const match = /^Standard_([A-Z]+)(\d+)([a-z]*)_v(\d+)$/.exec(sku);
  return match
    ? { family: match[1] ?? '', cpus: Number(match[2]), features: match[3] ?? '', version: Number(match[4]) }
    : undefined;
}

export function writeSize({ family, cpus, features, version }: SizeName): string {
  return `Standard_${family}${cpus}${features}_v${version}`;
}

/** What a machine needs of the size it has. */
interface MachineLoad {
  /** 99th percentile of the hours' highest CPU, percent. */
  readonly cpuP99: number;
  /** 99th percentile of the memory in use, percent; undefined where no agent tells. */
  readonly memoryP99: number | undefined;
  readonly evidence: ReturnType<typeof daily>[];
}

/** Metrics of {@link machineLoad}. */
export const LOAD_METRICS: Rule['metrics'] = [
  { metric: 'cpu_utilization', statistic: 'maximum' },
  { metric: 'memory_used_percent', statistic: 'maximum' },
];

/** CPU and memory over the look-back of the parameter `days`. */
export function machineLoad(vm: RuleResource, facts: Facts, days: number): MachineLoad | Skip {
  if (ageDays(vm, facts.now) < days) return skip('too_young', `${days} days`);
  const cpu = measured(facts, vm, 'cpu_utilization', 'maximum', days);
  if (isSkip(cpu)) return cpu;
  const memory = measured(facts, vm, 'memory_used_percent', 'maximum', days);
  return {
    cpuP99: cpu.p99,
    memoryP99: isSkip(memory) ? undefined : memory.p99,
    evidence: [
      daily(LABEL.cpu, cpu, 'maximum'),
      ...(isSkip(memory) ? [] : [daily(LABEL.memory, memory, 'maximum')]),
    ],
  };
}

/** Largest share of a size that its load may take, percent. */
export const HEADROOM = 80;

/** Operations of {@link resizeTo}. */
export const RESIZE_OPERATIONS = [
  { operation: 'stop' },
  { operation: 'resize' },
  { operation: 'start' },
] as const;

/** The cheapest of some sizes with a known price below that of now: stop, resize, start. */
export function resizeTo(
  vm: RuleResource,
  facts: Facts,
  candidates: readonly string[],
  said: { readonly why: (next: string) => LocalText; readonly load?: MachineLoad },
): Verdict {
  const sku = vm.size?.sku;
  if (sku === undefined) return skip('unknown_size');
  const now = facts.price(machinePrice(vm, sku));
  const priced = candidates.flatMap((next) => {
    const quote = facts.price(machinePrice(vm, next));
    return quote ? [{ next, price: quote.price.amount }] : [];
  });
  if (candidates.length === 0) return CLEAR;
  if (!now || priced.length === 0) return skip('no_price', 'compute');
  const best = priced.reduce((a, b) => (Number(b.price) < Number(a.price) ? b : a));
  return found(priceRatio(facts, vm, { now: now.price.amount, next: best.price }), {
    why: said.why(best.next),
    current: [spec(LABEL.type, sku)],
    recommended: [spec(LABEL.type, best.next)],
    evidence: said.load?.evidence ?? [],
    action: operations('stop', { operation: 'resize', parameters: { size: best.next } }, 'start'),
    ...(said.load && said.load.memoryP99 === undefined ? { confidence: 'low' as const } : {}),
  });
}
