import { sum, times } from '@cloudatlas/cloud/decimal';
import type { Facts, RuleResource, Skip } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { HOURS_PER_MONTH } from '../shared/money.ts';
import { skip } from '../shared/verdict.ts';

export const SQL = 'gcp.sql.instance';

/** List prices of a database a month: its machine and its storage. */
interface DatabasePrice {
  readonly machine: string;
  readonly storage: string;
  readonly total: string;
}

/** How many zones it runs in: `ZONAL` or `REGIONAL`, with a standby. */
export function availabilityOf(database: RuleResource): string {
  return textAt(database.attributes, 'settings', 'availabilityType') ?? 'ZONAL';
}

/** Replicas follow their primary. */
export function isReplica(database: RuleResource): boolean {
  return textAt(database.attributes, 'masterInstanceName') !== undefined;
}

/** Price a month of a database as it is, or with another tier or availability. */
export function databasePrice(
  database: RuleResource,
  facts: Facts,
  as: { readonly tier?: string; readonly availability?: string } = {},
): DatabasePrice | Skip {
  const sku = as.tier ?? database.size?.sku;
  const gib = database.size?.storageGiB;
  if (sku === undefined || gib === undefined) return skip('unknown_size', sku ?? 'none');
  const variant = { availability: as.availability ?? availabilityOf(database) };
  const { region } = database;
  const kind = textAt(database.attributes, 'settings', 'dataDiskType') ?? 'PD_SSD';
  const machine = facts.price({ product: 'database', region, sku, variant });
  const storage = facts.price({ product: 'database_storage', region, sku: kind, variant });
  if (!machine || !storage) return skip('no_price', 'database');
  const parts = {
    machine: times(machine.price.amount, HOURS_PER_MONTH),
    storage: times(storage.price.amount, gib),
  };
  return { ...parts, total: sum([parts.machine, parts.storage]) };
}
