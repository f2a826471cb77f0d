import { z } from 'zod';
import { CostError } from '../lake/errors.ts';
import type { Manifest } from '../lake/manifest.ts';
import { canonical } from '../lake/money.ts';
import { scalarText } from '../lake/scalar.ts';
import type { CalendarOf, CostStore, Dialect, SqlText } from '../lake/store.ts';
import { spanOf, within } from './ask.ts';
import { branchesOf, exactSum } from './calendarSql.ts';
import { Binder } from './compile.ts';
import { divideMonths } from './months.ts';

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
    /** Ids of resources as in the bill. Default: all. */
    resourceIds: z.array(z.string().min(1).max(2048)).max(10_000).optional(),
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
  if (query.accountIds?.length === 0 || query.resourceIds?.length === 0) return [];
  const partitions = within(await manifest.partitions(options.organizationId), [query]);
  const rows = store.index?.covers(partitions)
    ? await store.index.select(
        partitions,
        'calendar',
        (calendarOf, dialect) => calendarResources(query, spanOf(partitions), calendarOf, dialect),
        options.signal,
      )
    : await store.select(
        partitions,
        'rows',
        (from, dialect) => resourcesOfRows(query, from, dialect),
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

const ACCOUNT = 'coalesce(SubAccountId, BillingAccountId)';
const HAS_RESOURCE = "coalesce(ResourceId, '') <> ''";
const SUMS = 'coalesce(sum(EffectiveCost), 0) AS effective, coalesce(sum(BilledCost), 0) AS billed';
type Query = z.output<typeof resourceCostsSchema>;

/** Conditions on accounts and resources; a charge always has a resource here. */
function asked(query: Query, binder: Binder): string[] {
  const among = (of: string, ids: readonly string[] | undefined): string[] =>
    ids === undefined ? [] : [`${of} IN (${ids.map((id) => binder.bind(id, 'text')).join(', ')})`];
  return [HAS_RESOURCE, ...among(ACCOUNT, query.accountIds), ...among('ResourceId', query.resourceIds)];
}

function inPeriod(query: Query, day: string, binder: Binder): string {
  return `${day} >= ${binder.bind(query.from, 'date')} AND ${day} < ${binder.bind(query.to, 'date')}`;
}

function resourcesOfRows(query: Query, from: string, dialect: Dialect): SqlText {
  const binder = new Binder(dialect);
  const day = dialect.dayOf('ChargePeriodStart');
  const where = [inPeriod(query, day, binder), ...asked(query, binder)].join(' AND ');
  const byDay = `SELECT ${ACCOUNT} AS account, ResourceId AS resource, BillingCurrency AS currency, ${day} AS day, ${SUMS} FROM ${from} WHERE ${where} GROUP BY 1, 2, 3, 4`;
  return {
    sql: `${summed(query, dialect, 'account, resource, currency')} FROM (${byDay}) AS d ${GROUPED}`,
    params: binder.params,
  };
}

function calendarResources(
  query: Query,
  span: { first: string; last: string },
  calendarOf: CalendarOf,
  dialect: Dialect,
): SqlText | undefined {
  const binder = new Binder(dialect);
  const patterns = divideMonths({
    current: query,
    grain: query.daily ? 'day' : 'total',
    byDay: false,
    span,
  });
  const keys = ['account', 'resource', 'currency'];
  const branches = branchesOf(
    patterns,
    calendarOf,
    dialect,
    {
      keys: { account: ACCOUNT, resource: 'ResourceId', currency: 'BillingCurrency' },
      filters: asked(query, binder),
      amounts: ({ days }) => [exactSum('EffectiveCost', days), exactSum('BilledCost', days)],
    },
    // A month has days of its own to count.
    true,
  );
  if (branches.length === 0) return undefined;
  const rows = branches.map(({ slots, sql }) => {
    const list = (of: (i: number) => string): string => `unnest([${slots.map((_, i) => of(i)).join(', ')}])`;
    if (!query.daily)
      return `SELECT ${keys.join(', ')}, s0_0 AS effective, s0_1 AS billed, bit_count(d) AS n FROM (${sql}) AS b`;
    const bits = slots.map((slot) => `(d & ${slot.days}) <> 0`).join(', ');
    const offsets = slots.map((slot) => String(slot.bucket)).join(', ');
    return `SELECT * FROM (SELECT ${keys.join(', ')}, m + unnest([${offsets}])::INTEGER AS day, ${list((i) => `s${i}_0`)} AS effective, ${list((i) => `s${i}_1`)} AS billed, 1 AS n, unnest([${bits}]) AS present FROM (${sql}) AS b) WHERE present`;
  });
  // A day of a month is in one row of a resource, whatever the number of partitions.
  return {
    sql: `${summed(query, dialect, keys.join(', '), 'sum(d.n)')} FROM (${rows.join(' UNION ALL ')}) AS d ${GROUPED}`,
    params: binder.params,
  };
}

const GROUPED = `GROUP BY 1, 2, 3 ORDER BY sum(d.effective) DESC, 1, 2, 3 LIMIT ${MAX_RESOURCES + 1}`;

/** Sums over days; `d` has the amounts of each. */
function summed(query: Query, dialect: Dialect, keys: string, days = 'count(*)'): string {
  const text = ['day', 'effective', 'billed'].map((name) => dialect.text(`d.${name}`)).join(", ' ', ");
  const daily = query.daily ? `, ${dialect.sortedLines(`concat(${text})`)} AS daily` : '';
  return `SELECT ${keys}, ${dialect.text('sum(d.effective)')} AS effective_sum, ${dialect.text('sum(d.billed)')} AS billed_sum, ${dialect.text(days)} AS days${daily}`;
}

function dailyOf(lines: string): NonNullable<ResourceCost['daily']> {
  return lines.split('\n').map((line) => {
    const [day = '', effective = '', billed = ''] = line.split(' ');
    return { day, effective: canonical(effective), billed: canonical(billed) };
  });
}
