import { z } from 'zod';
import { CostError } from '../lake/errors.ts';
import type { Manifest } from '../lake/manifest.ts';
import { canonical } from '../lake/money.ts';
import { scalarText } from '../lake/scalar.ts';
import type { CostStore } from '../lake/store.ts';
import { within } from './ask.ts';
import { Binder } from './compile.ts';

/** More resources than this in one answer would not fit a process's memory: ask account by account. */
const MAX_RESOURCES = 500_000;

export const resourceCostsSchema = z
  .object({
    /** First day, UTC, inclusive. */
    from: z.iso.date(),
    /** Day after the last, UTC. */
    to: z.iso.date(),
    /** Ids of accounts as in the bill (an AWS account number, an Azure subscription …). Default: all. */
    accountIds: z.array(z.string().min(1).max(256)).max(5000).optional(),
    /** Amounts of each day too. */
    daily: z.boolean().default(false),
  })
  .refine((q) => q.from < q.to, { path: ['to'], message: 'must be after from' });
export type ResourceCostsQuery = z.input<typeof resourceCostsSchema>;

/** What one resource cost in a period, in one currency. Amounts are exact decimal strings. */
export interface ResourceCost {
  /** Account as in the bill: the sub account, or the billing account where there is none. */
  accountId: string;
  /** ResourceId as in the bill: an ARN, or the short id (`i-0abc…`) for services that bill so. */
  resourceId: string;
  /** ISO 4217. */
  currency: string;
  /** Sum of EffectiveCost: commitments spread over what they covered. */
  effective: string;
  /** Sum of BilledCost: as invoiced. */
  billed: string;
  /** Days of the period on which the resource has charges. */
  days: number;
  /** By day, in time order, days without charges absent; only when asked for. */
  daily?: { day: string; effective: string; billed: string }[];
}

/**
 * Costs of every resource that has charges in a period, largest effective cost first. Charges without a
 * ResourceId (taxes, support, most discounts) are no resource's and are left out.
 *
 * Errors: ZodError on a malformed query; CostError `bad-input` (reason `too-many-resources`) beyond 500,000.
 */
export async function resourceCosts(
  store: CostStore,
  manifest: Manifest,
  input: ResourceCostsQuery,
  options: { organizationId: string; signal?: AbortSignal },
): Promise<ResourceCost[]> {
  const query = resourceCostsSchema.parse(input);
  if (query.accountIds?.length === 0) return [];
  const partitions = within(await manifest.partitions(options.organizationId), [query]);
  const rows = await store.select(
    partitions,
    'rows',
    (from, dialect) => {
      const binder = new Binder(dialect);
      const day = dialect.dayOf('ChargePeriodStart');
      const account = 'coalesce(SubAccountId, BillingAccountId)';
      const where = [
        `${day} >= ${binder.bind(query.from, 'date')}`,
        `${day} < ${binder.bind(query.to, 'date')}`,
        "coalesce(ResourceId, '') <> ''",
      ];
      if (query.accountIds)
        where.push(`${account} IN (${query.accountIds.map((id) => binder.bind(id, 'text')).join(', ')})`);
      const byDay =
        `SELECT ${account} AS account, ResourceId AS resource, BillingCurrency AS currency, ${day} AS day, ` +
        `coalesce(sum(EffectiveCost), 0) AS effective, coalesce(sum(BilledCost), 0) AS billed FROM ${from} WHERE ${where.join(' AND ')} GROUP BY 1, 2, 3, 4`;
      const text = ['day', 'effective', 'billed'].map((name) => dialect.text(`d.${name}`)).join(", ' ', ");
      const daily = query.daily ? `, ${dialect.sortedLines(`concat(${text})`)} AS daily` : '';
      return {
        sql:
          `SELECT account, resource, currency, ${dialect.text('sum(d.effective)')} AS effective_sum, ${dialect.text('sum(d.billed)')} AS billed_sum, ${dialect.text('count(*)')} AS days${daily} ` +
          `FROM (${byDay}) AS d GROUP BY account, resource, currency ORDER BY sum(d.effective) DESC, account, resource, currency LIMIT ${MAX_RESOURCES + 1}`,
        params: binder.params,
      };
    },
    options.signal,
  );
  if (rows.length > MAX_RESOURCES)
    throw new CostError(
      'bad-input',
      `more than ${MAX_RESOURCES.toLocaleString('en')} resources have charges in the period; ask for fewer accounts`,
      { reason: 'too-many-resources' },
    );
  return rows.map((row) => ({
    accountId: scalarText(row['account']),
    resourceId: scalarText(row['resource']),
    currency: scalarText(row['currency']),
    effective: canonical(scalarText(row['effective_sum'])),
    billed: canonical(scalarText(row['billed_sum'])),
    days: Number(row['days']),
    ...(query.daily ? { daily: dailyOf(scalarText(row['daily'])) } : {}),
  }));
}

function dailyOf(lines: string): NonNullable<ResourceCost['daily']> {
  return lines.split('\n').map((line) => {
    const [day = '', effective = '', billed = ''] = line.split(' ');
    return { day, effective: canonical(effective), billed: canonical(billed) };
  });
}
