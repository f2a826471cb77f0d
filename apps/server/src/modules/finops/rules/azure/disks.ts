import type { Evidence, LocalText } from '@cloudatlas/contracts/finops';
import type { Facts, RuleResource, Skip, Verdict } from '../rule.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { priceRatio, type PricePair } from '../shared/saving.ts';
import { isSkip, skip } from '../shared/verdict.ts';
import { powerOf, unmanageable, VM } from './machines.ts';

/** List prices of a disk of one kind and of another, a GiB a month. */
function diskPair(disk: RuleResource, facts: Facts, next: string): PricePair | Skip {
  const [now, then] = [disk.size?.sku, next].map((sku) =>
    sku === undefined ? undefined : facts.price({ product: 'disk', region: disk.region, sku }),
  );
  return now && then ? { now: now.price.amount, next: then.price.amount } : skip('no_price', 'disk');
}

/** Operations of {@link changeDisk}. */
export const DISK_OPERATIONS = [
  { operation: 'resize' },
  { operation: 'stop', type: VM },
  { operation: 'start', type: VM },
] as const;

/**
 * A disk of another kind. Azure changes it while its machine is off, and twice a day at most: a running machine is
 * deallocated before and started after.
 */
export function changeDisk(
  disk: RuleResource,
  facts: Facts,
  next: string,
  said: { readonly why: LocalText; readonly evidence?: readonly Evidence[] },
): Verdict {
  const prices = diskPair(disk, facts, next);
  if (isSkip(prices)) return prices;
  const vm = facts.targets(disk, 'attached_to').find((other) => other.type === VM);
  const managed = vm && unmanageable(vm);
  if (managed) return managed;
  const change = { operation: 'resize', parameters: { size: next } };
  const on = vm !== undefined && !(vm.state === 'stopped' && powerOf(vm) === 'deallocated');
  const target = vm && { type: vm.type, nativeId: vm.nativeId, id: vm.id, region: vm.region };
  return found(priceRatio(facts, disk, prices), {
    why: said.why,
    current: [spec(LABEL.type, disk.size?.sku ?? '')],
    recommended: [spec(LABEL.type, next)],
    evidence: said.evidence ?? [],
    action:
      on && target
        ? operations({ operation: 'stop', target, parameters: {} }, change, {
            operation: 'start',
            target,
            parameters: {},
          })
        : operations(change),
  });
}
