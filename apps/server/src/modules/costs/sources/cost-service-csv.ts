import type { CostRow } from '@cloudatlas/cloud/observations';
import { csvLine } from '../lake/csv.ts';
import { addDays, addMonths } from '../query/question.ts';

/** Provider names as their own FOCUS files have them. */
const providerNames: Record<string, string> = {
  aws: 'AWS',
  azure: 'Microsoft',
  gcp: 'Google Cloud',
  m365: 'Microsoft 365',
};

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
  'ChargeCategory',
  'ChargeDescription',
];

/**
 * The answer of a provider's cost service, daily by service and region, in FOCUS columns. It is a summary: list and
 * contracted cost are unknown, and the effective cost is taken to be the billed one.
 */
export function costServiceCsv(
  account: { provider: string; nativeId: string; name: string },
  rows: readonly CostRow[],
): string {
  const provider = providerNames[account.provider] ?? account.provider;
  const lines = rows.map((row) => {
    const [service, region] = row.keys;
    const month = `${row.from.slice(0, 7)}-01`;
    return csvLine([
      provider,
      account.nativeId,
      account.name,
      `${month}T00:00:00Z`,
      `${addMonths(month, 1)}T00:00:00Z`,
      `${row.from}T00:00:00Z`,
      `${row.to > row.from ? row.to : addDays(row.from, 1)}T00:00:00Z`,
      row.currency,
      row.amount,
      row.amount,
      service ?? null,
      region ?? null,
      service === 'Tax' ? 'Tax' : 'Usage',
      'Daily sum by service and region, from the cost service of the provider',
    ]);
  });
  return csvLine(header) + lines.join('');
}
