import { times } from '@cloudatlas/cloud/decimal';
import type { Evidence, LocalText } from '@cloudatlas/contracts/finops';
import type { Facts, RuleResource, Verdict } from '../rule.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';

export const DATABASE = 'azure.sql.database';

/** Service objectives of the DTU model with their DTUs and the largest database they hold, GiB. */
const DTU = [
  ['Basic', 5, 2],
  ['S0', 10, 250],
  ['S1', 20, 250],
  ['S2', 50, 250],
  ['S3', 100, 1024],
  ['S4', 200, 1024],
] as const;
/** vCores that are sold on Gen5. */
const CORES = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 32, 40, 80] as const;

/** A size that a database can be given, with its capacity: DTUs or vCores. */
interface DatabaseSize {
  readonly name: string;
  readonly capacity: number;
  /** Price of one unit times this is the price. */
  readonly units: number;
  readonly sku: string;
}

/** The sizes of its model, smallest first, that hold the database; empty for a model that is not known. */
function sizesOf(database: RuleResource): readonly DatabaseSize[] {
  const sku = database.size?.sku ?? '';
  const cores = /^((?:GP|BC)(?:_S)?_Gen5)_\d+$/.exec(sku)?.[1];
  if (cores !== undefined)
    return CORES.map((count) => ({ name: `${cores}_${count}`, capacity: count, units: count, sku: cores }));
  if (!DTU.some(([name]) => name === sku)) return [];
  const gib = database.size?.storageGiB ?? Infinity;
  return DTU.filter(([name, , most]) => gib <= most || name === sku).map(([name, capacity]) => ({
    name,
    capacity,
    units: 1,
    sku: name,
  }));
}

function sizeNow(database: RuleResource, sizes: readonly DatabaseSize[]): DatabaseSize | undefined {
  return sizes.find(({ name }) => name === database.size?.sku);
}

/** The smallest size whose capacity carries a share of the present one. */
export function smallerSize(database: RuleResource, share: number): DatabaseSize | 'unknown' | undefined {
  const sizes = sizesOf(database);
  const now = sizeNow(database, sizes);
  if (!now) return 'unknown';
  return sizes.find(({ capacity }) => capacity < now.capacity && capacity >= now.capacity * share);
}

/** Changes the size of a database; M2 of the list prices. */
export function changeDatabase(
  database: RuleResource,
  facts: Facts,
  next: DatabaseSize,
  said: { readonly why: LocalText; readonly evidence: readonly Evidence[] },
): Verdict {
  const now = sizeNow(database, sizesOf(database));
  if (!now) return CLEAR;
  const [before, after] = [now, next].map(({ sku, units }) => {
    const quote = facts.price({ product: 'database', region: database.region, sku });
    return quote && times(quote.price.amount, units);
  });
  if (before === undefined || after === undefined) return skip('no_price', 'database');
  return found(priceRatio(facts, database, { now: before, next: after }), {
    why: said.why,
    current: [spec(LABEL.size, now.name)],
    recommended: [spec(LABEL.size, next.name)],
    evidence: said.evidence,
    action: operations({ operation: 'resize', parameters: { size: next.name } }),
  });
}
