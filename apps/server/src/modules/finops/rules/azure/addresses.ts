import type { Facts, RuleResource, Skip } from '../rule.ts';
import { listHours, type Saving } from '../shared/saving.ts';

/** M3 of a public address: billed by the hour whether used or not. */
export function addressPrice(address: RuleResource, facts: Facts): Saving | Skip {
  const sku = address.size?.sku;
  return listHours(facts, address, {
    product: 'ip_address',
    region: address.region,
    ...(sku === undefined ? {} : { sku }),
  });
}
