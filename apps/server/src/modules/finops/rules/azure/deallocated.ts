import type { Facts, RuleResource, Skip } from '../rule.ts';
import { ageDays, daysSince } from '../shared/ages.ts';
import { skip } from '../shared/verdict.ts';
import { powerOf } from './machines.ts';

/**
 * How long a machine has been deallocated, at least `limit` days. Azure does not tell since when: our history does, or
 * its CPU metric, which has no points while it is off. Reads `cpu_utilization` (average) over `limit` days.
 * @returns undefined when it is not deallocated
 */
export function offSince(
  vm: RuleResource,
  facts: Facts,
  limit: number,
): { readonly days: number } | Skip | undefined {
  if (vm.state !== 'stopped' || powerOf(vm) !== 'deallocated') return undefined;
  if (vm.stateSince) {
    const days = daysSince(vm.stateSince, facts.now);
    return days < limit ? skip('too_young', `${limit} days`) : { days };
  }
  if (ageDays(vm, facts.now) < limit) return skip('too_young', `${limit} days`);
  const cpu = facts.metric(vm, 'cpu_utilization', 'average', limit);
  if (!cpu) return skip('no_metrics', 'cpu_utilization');
  return cpu.daily.length > 0 ? skip('too_young', `${limit} days`) : { days: limit };
}
