import type { Facts, RuleResource, Skip } from '../rule.ts';
import { priceRatio, type Saving } from '../shared/saving.ts';
import { skip } from '../shared/verdict.ts';

/** What a disk of another type would save (M2). */
export function diskPrices(disk: RuleResource, facts: Facts, next: string): Saving | Skip {
  const [now, then] = [disk.size?.sku, next].map((sku) =>
    sku === undefined ? undefined : facts.price({ product: 'disk', region: disk.region, sku }),
  );
  if (!now || !then) return skip('no_price', 'disk');
  return priceRatio(facts, disk, { now: now.price.amount, next: then.price.amount });
}
