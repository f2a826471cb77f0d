/**
 * The same criteria in one pass without a product around them: reads an organization's resources, edges and metrics
 * with SQL, asks every rule about every resource, and counts. No jobs, no settings, nothing is stored, nothing is
 * compared with what was found before. Prices are those that the scan has fetched; costs are the bill's constants.
 */
import pg from 'pg';
import type { PriceQuery, PriceQuote } from '../../packages/cloud/src/observations.ts';
import {
  HourProfile,
  decodeHours,
  midnightOf,
} from '../../apps/server/src/modules/finops/metrics/profile.ts';
import { RULES } from '../../apps/server/src/modules/finops/rules/catalogue.ts';
import type { Facts, RuleResource } from '../../apps/server/src/modules/finops/rules/rule.ts';
import { billedPerDay } from './estate.ts';

export interface PlainAnswer {
  seconds: number;
  /** CPU seconds of the process. */
  cpu: number;
  examined: number;
  found: number;
}

type Resource = RuleResource & { edges: { kind: string; other: Resource; out: boolean }[] };
const pageSize = 500;

const client = new pg.Client({ connectionString: process.env.PLAIN_DATABASE });
await client.connect();
const organizationId = process.env.PLAIN_ORGANIZATION;
const now = new Date();
const today = midnightOf(now);
const started = performance.now();
const before = process.cpuUsage();
let examined = 0;
let found = 0;

const prices = new Map<string, PriceQuote | null>(
  (
    await client.query('select query, quote from finops.price where organization_id = $1', [organizationId])
  ).rows.map((row) => [row.query, row.quote]),
);
const accounts = await client.query(
  'select distinct account_id from inventory.resource where organization_id = $1',
  [organizationId],
);
for (const { account_id: accountId } of accounts.rows) await examineAccount(accountId);
await client.end();
const used = process.cpuUsage(before);
const answer: PlainAnswer = {
  seconds: (performance.now() - started) / 1000,
  cpu: (used.user + used.system) / 1e6,
  examined,
  found,
};
process.stdout.write(JSON.stringify(answer));

async function examineAccount(accountId: string): Promise<void> {
  const { rows } = await client.query(
    `select resource.*, detail.attributes from inventory.resource
       join inventory.resource_detail detail on detail.resource_id = resource.id and detail.organization_id = resource.organization_id
     where resource.account_id = $1 and vanished_at is null`,
    [accountId],
  );
  const resources: Resource[] = rows.map((row) => ({
    resourceId: row.id,
    accountId,
    provider: row.provider,
    type: row.type,
    nativeId: row.native_id,
    id: row.short_id,
    region: row.region,
    name: row.name,
    state: row.state,
    stateSince: null,
    createdAt: row.cloud_created_at,
    firstSeenAt: row.first_seen_at,
    tags: row.tags,
    size: row.size,
    attributes: row.attributes,
    edges: [],
  }));
  const byId = new Map(resources.map((resource) => [resource.resourceId, resource]));
  const byNativeId = new Map(resources.map((resource) => [resource.nativeId, resource]));
  const byType = Map.groupBy(resources, ({ type }) => type);
  for (const edge of (
    await client.query('select * from inventory.relation where account_id = $1', [accountId])
  ).rows) {
    const from = byId.get(edge.resource_id);
    const to = byNativeId.get(edge.target_native_id);
    if (from === undefined || to === undefined) continue;
    from.edges.push({ kind: edge.kind, other: to, out: true });
    to.edges.push({ kind: edge.kind, other: from, out: false });
  }
  for (const [type, all] of byType) {
    const rules = RULES.filter((rule) => rule.resourceType === type);
    if (rules.length === 0) continue;
    for (let start = 0; start < all.length; start += pageSize) {
      const page = all.slice(start, start + pageSize);
      const profiles = await profilesOf(
        page,
        rules.some((rule) => rule.metrics.length > 0),
      );
      for (const rule of rules) {
        const facts: Facts = {
          now,
          bill: 'resources',
          parameter: (id) => rule.parameters[id]?.default ?? Number.NaN,
          metric: (resource, metric, statistic, days) => {
            const series = profiles.get(`${resource.resourceId} ${metric} ${statistic}`);
            if (series === undefined) return undefined;
            return new HourProfile({ metric, statistic, unit: series.unit }, series, today, days);
          },
          cost: (resource) => ({ perDay: String(billedPerDay(resource.type)), currency: 'USD', days: 5 }),
          price: (query) => prices.get(keyOf(query)) ?? undefined,
          byNativeId: (nativeId) => byNativeId.get(nativeId),
          targets: (resource, kind) => ends(resource, kind, true),
          sources: (resource, kind) => ends(resource, kind, false),
          ofType: (of) => byType.get(of) ?? [],
        };
        for (const resource of page) {
          const verdict = rule.examine(resource, facts);
          if (verdict.kind === 'finding' && (verdict.monthly === null || Number(verdict.monthly) > 0))
            found += 1;
        }
      }
      examined += page.length;
    }
  }
}

function ends(resource: RuleResource, kind: string, out: boolean): RuleResource[] {
  return (resource as Resource).edges
    .filter((edge) => edge.kind === kind && edge.out === out)
    .map((edge) => edge.other);
}

async function profilesOf(page: readonly Resource[], any: boolean) {
  if (!any) return new Map<string, never>();
  const { rows } = await client.query(
    `select resource_id, metric, statistic, unit, through, hours from finops.metric_profile
     where organization_id = $1 and resource_id = any($2::uuid[])`,
    [organizationId, page.map(({ resourceId }) => resourceId)],
  );
  return new Map(
    rows.map((row) => [
      `${row.resource_id} ${row.metric} ${row.statistic}`,
      { unit: row.unit as string, through: Date.parse(`${row.through}`), hours: decodeHours(row.hours) },
    ]),
  );
}

function keyOf({ product, region, sku, variant }: PriceQuery): string {
  return JSON.stringify([
    product,
    region,
    sku ?? null,
    Object.entries(variant ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}
