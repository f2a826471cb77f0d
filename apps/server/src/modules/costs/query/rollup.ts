import { scalarText } from '../lake/scalar.ts';
import type { PartitionVersion } from '../lake/manifest.ts';
import { canonical } from '../lake/money.ts';
import type { CostStore } from '../lake/store.ts';

/** One row of the daily roll-up table. Costs are decimal strings; text is '' where line items had none. */
export interface DailyCost {
  day: string;
  provider: string;
  billingAccountId: string;
  accountId: string;
  accountName: string;
  service: string;
  category: string;
  region: string;
  chargeCategory: string;
  currency: string;
  billed: string;
  effective: string;
  list: string;
  contracted: string;
  lineItems: number;
}

const KEYS = {
  day: 'ChargeDay',
  provider: "coalesce(ServiceProviderName, ProviderName, '')",
  billingAccountId: 'BillingAccountId',
  accountId: 'coalesce(SubAccountId, BillingAccountId)',
  service: "coalesce(ServiceName, '')",
  category: "coalesce(ServiceCategory, '')",
  region: "coalesce(RegionId, '')",
  chargeCategory: "coalesce(ChargeCategory, '')",
  currency: 'BillingCurrency',
} as const;
const COSTS = {
  billed: 'BilledCost',
  effective: 'EffectiveCost',
  list: 'ListCost',
  contracted: 'ContractedCost',
} as const;

/**
 * The daily roll-up of one partition, in stable order. It is a pure function of the partition's
 * version, so writing it as "delete the rows of this partition, insert these" is idempotent.
 */
export async function dailyRollup(store: CostStore, partition: PartitionVersion): Promise<DailyCost[]> {
  const rows = await store.select([partition], 'daily', (from, dialect) => {
    const keys = Object.entries(KEYS).map(
      ([name, sql]) => `${name === 'day' ? dialect.text(dialect.bucket(sql, 'day')) : sql} AS ${name}`,
    );
    const costs = Object.entries(COSTS).map(
      ([name, column]) => `${dialect.text(`coalesce(sum(${column}), 0)`)} AS ${name}`,
    );
    const name = "coalesce(max(SubAccountName), max(BillingAccountName), '') AS accountName";
    const order = keys.map((_, i) => i + 1).join(', ');
    return {
      sql: `SELECT ${keys.join(', ')}, ${name}, ${costs.join(', ')}, ${dialect.text('sum(LineItems)')} AS lineItems FROM ${from} GROUP BY ${order} ORDER BY ${order}`,
      params: {},
    };
  });
  return rows.map((row) => {
    const text = (name: string): string => scalarText(row[name] ?? '');
    return {
      day: text('day'),
      provider: text('provider'),
      billingAccountId: text('billingAccountId'),
      accountId: text('accountId'),
      accountName: text('accountName'),
      service: text('service'),
      category: text('category'),
      region: text('region'),
      chargeCategory: text('chargeCategory'),
      currency: text('currency'),
      billed: canonical(text('billed')),
      effective: canonical(text('effective')),
      list: canonical(text('list')),
      contracted: canonical(text('contracted')),
      lineItems: Number(row['lineItems']),
    };
  });
}
