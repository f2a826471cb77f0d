import type { RuleResource } from '../rule.ts';
import { objectsAt } from '../shared/attributes.ts';

/** Members of all backend pools: interfaces and addresses. */
export function members(balancer: RuleResource): number {
  return objectsAt(balancer.attributes, 'backendAddressPools').reduce((count, pool) => {
    const lists = [pool, pool['properties']].flatMap((place) =>
      typeof place === 'object' && place !== null && !Array.isArray(place)
        ? [
            ...objectsAt(place, 'backendIPConfigurations'),
            ...objectsAt(place, 'loadBalancerBackendAddresses'),
          ]
        : [],
    );
    return count + lists.length;
  }, 0);
}
