import type { PriceQuery } from '@cloudatlas/cloud/observations';
import type { Evidence, Grade, LocalText } from '@cloudatlas/contracts/finops';
import type { Facts, RuleResource, Skip, Verdict } from '../rule.ts';
import { daysSince, instantIn } from '../shared/ages.ts';
import { objectsAt, textAt } from '../shared/attributes.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';

export const VM = 'gcp.compute.instance';
export const DISK = 'gcp.compute.disk';

/** Why a machine can't be stopped and started by us: a cluster or a managed group owns it, it is spot, or stopping loses data. */
export function unmanageable(vm: RuleResource): Skip | undefined {
  if (Object.hasOwn(vm.tags, 'goog-k8s-cluster-name') || Object.hasOwn(vm.tags, 'goog-gke-node'))
    return skip('excluded', 'GKE');
  const owner = objectsAt(vm.attributes, 'metadata', 'items').find(
    (item) => textAt(item, 'key') === 'created-by',
  );
  if (owner && textAt(owner, 'value')?.includes('/instanceGroupManagers/'))
    return skip('excluded', 'managed instance group');
  if (textAt(vm.attributes, 'scheduling', 'provisioningModel') === 'SPOT') return skip('excluded', 'spot');
  // Local SSDs lose what is on them when the machine stops.
  if (objectsAt(vm.attributes, 'disks').some((disk) => textAt(disk, 'type') === 'SCRATCH'))
    return skip('excluded', 'local SSD');
  return undefined;
}

/** GPUs tie a machine to its family. */
export function hasAccelerators(vm: RuleResource): boolean {
  return objectsAt(vm.attributes, 'guestAccelerators').length > 0;
}

/** Since when a stopped machine is off, days: Compute Engine's word, or our history; undefined when neither tells. */
export function stoppedDays(vm: RuleResource, now: Date): number | undefined {
  const since = instantIn(textAt(vm.attributes, 'lastStopTimestamp')) ?? vm.stateSince;
  return since ? daysSince(since, now) : undefined;
}

/** The machine a disk or an address is attached to. */
export function machineOf(resource: RuleResource, facts: Facts): RuleResource | undefined {
  return facts.targets(resource, 'attached_to').find((other) => other.type === VM);
}

/** A predefined machine type's name taken apart: `n2-standard-8` → n2, standard, 8. */
interface TypeName {
  readonly family: string;
  readonly kind: string;
  readonly cpus: number;
}

/** @returns undefined for custom, shared-core and unusual types */
export function typeName(sku: string): TypeName | undefined {
  const match = /^([a-z]\d[a-z]?)-(standard|highmem|highcpu)-(\d+)$/.exec(sku);
  return match ? { family: match[1] ?? '', kind: match[2] ?? '', cpus: Number(match[3]) } : undefined;
}

/** vCPUs that are sold, by family (Compute Engine, "Machine families"). */
const SOLD: Readonly<Record<string, readonly number[]>> = {
  e2: [2, 4, 8, 16],
  n1: [1, 2, 4, 8, 16, 32, 64, 96],
  n2: [2, 4, 8, 16, 32, 48, 64, 80],
  n2d: [2, 4, 8, 16, 32, 48, 64, 80],
  n4: [2, 4, 8, 16, 32, 48, 64, 80],
  t2d: [1, 2, 4, 8, 16, 32, 48, 60],
  c2: [4, 8, 16, 30, 60],
  c2d: [2, 4, 8, 16, 32, 56, 112],
  c3: [4, 8, 22, 44, 88, 176],
};

/** vCPU counts of a family, smallest first; empty for one that is not known. */
export function soldCpus(family: string): readonly number[] {
  return Object.hasOwn(SOLD, family) ? (SOLD[family] ?? []) : [];
}

function machinePrice(vm: RuleResource, sku: string): PriceQuery {
  return { product: 'compute', region: vm.region, sku };
}

/** Operations of {@link resizeTo}. */
export const RESIZE_OPERATIONS = [
  { operation: 'stop' },
  { operation: 'resize' },
  { operation: 'start' },
] as const;

/** The cheapest of some machine types with a known price: stop, resize, start. */
export function resizeTo(
  vm: RuleResource,
  facts: Facts,
  candidates: readonly string[],
  said: {
    readonly why: (next: string) => LocalText;
    readonly evidence?: readonly Evidence[];
    readonly confidence?: Grade;
  },
): Verdict {
  const sku = vm.size?.sku;
  if (sku === undefined) return skip('unknown_size');
  if (candidates.length === 0) return CLEAR;
  const now = facts.price(machinePrice(vm, sku));
  const priced = candidates.flatMap((next) => {
    const quote = facts.price(machinePrice(vm, next));
    return quote ? [{ next, price: quote.price.amount }] : [];
  });
  if (!now || priced.length === 0) return skip('no_price', 'compute');
  const best = priced.reduce((a, b) => (Number(b.price) < Number(a.price) ? b : a));
  return found(priceRatio(facts, vm, { now: now.price.amount, next: best.price }), {
    why: said.why(best.next),
    current: [spec(LABEL.type, sku)],
    recommended: [spec(LABEL.type, best.next)],
    evidence: said.evidence ?? [],
    action: operations('stop', { operation: 'resize', parameters: { size: best.next } }, 'start'),
    ...(said.confidence ? { confidence: said.confidence } : {}),
  });
}
