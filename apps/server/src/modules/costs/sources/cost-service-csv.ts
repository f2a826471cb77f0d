import type { CostDimension, CostRow } from '@cloudatlas/cloud/observations';
import { csvLine } from '../lake/csv.ts';
import { addDays, addMonths } from '../query/question.ts';

const header = [
  'ProviderName',
  'BillingAccountId',
  'BillingAccountName',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'BillingCurrency',
  'BilledCost',
  'EffectiveCost',
  'ServiceName',
  'RegionId',
  'ResourceId',
  'ChargeCategory',
  'ChargeDescription',
];

/**
 * The answer of a provider's cost service, daily by the given groups, in FOCUS columns. It is a summary: list and
 * contracted cost are unknown, and the effective cost is taken to be the billed one.
 *
 * @param billName the provider's name in its FOCUS bills
 */
export function costServiceCsv(
  account: { nativeId: string; name: string },
  billName: string,
  groups: readonly CostDimension[],
  rows: readonly CostRow[],
): string {
  const lines = rows.map((row) => {
    const of = (by: CostDimension): string | null => row.keys[groups.indexOf(by)] ?? null;
    const service = of('service');
    const month = `${row.from.slice(0, 7)}-01`;
    return csvLine([
      billName,
      account.nativeId,
      account.name,
      `${month}T00:00:00Z`,
      `${addMonths(month, 1)}T00:00:00Z`,
      `${row.from}T00:00:00Z`,
      `${row.to > row.from ? row.to : addDays(row.from, 1)}T00:00:00Z`,
      row.currency,
      row.amount,
      row.amount,
      service,
      of('region'),
      of('resource'),
      service === 'Tax' ? 'Tax' : 'Usage',
      `Daily sum by ${groups.join(' and ')}, from the cost service of the provider`,
    ]);
  });
  return csvLine(header) + lines.join('');
}
