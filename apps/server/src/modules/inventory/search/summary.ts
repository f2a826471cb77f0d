import type { ResourceFilters, ResourceSummary } from '@cloudatlas/contracts/inventory';
import { loadProvider } from '@cloudatlas/cloud/registry';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Database } from '#platform/db/database.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { InventoryTables } from '../tables.ts';
import { matching } from './filters.ts';

const tagKeyLimit = 100;

/** Counts for overviews, over what the filters leave. One scan groups by everything at once. */
export async function summarise(
  db: Database<InventoryTables>,
  scope: WorkspaceRef,
  filters: ResourceFilters,
): Promise<z.input<typeof ResourceSummary>> {
  const { groups, tagKeys } = await db.inTenant(scope, async (tx) => ({
    groups: await tx
      .selectFrom('inventory.resource')
      .select(['provider', 'service', 'region', 'type', 'category', 'state', 'account_id'])
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where((eb) => matching(eb, scope.workspaceId, filters))
      .groupBy(['provider', 'service', 'region', 'type', 'category', 'state', 'account_id'])
      .execute(),
    tagKeys: await tx
      .selectFrom(
        tx
          .selectFrom('inventory.resource')
          .select(sql<string>`jsonb_object_keys(tags)`.as('key'))
          .where((eb) => matching(eb, scope.workspaceId, filters))
          .as('used'),
      )
      .select(['key', sql<string>`count(*)`.as('count')])
      .groupBy('key')
      .orderBy(sql`count(*)`, 'desc')
      .orderBy('key')
      .limit(tagKeyLimit)
      .execute(),
  }));
  const labels = await typeLabels(new Set(groups.map((group) => group.provider)));
  const rows = groups.map((group) => ({ ...group, count: Number(group.count) }));
  return {
    total: rows.reduce((sum, row) => sum + row.count, 0),
    byService: tally(rows, (row) => [row.provider, row.service, row.region]).map(
      ([[provider = '', service = '', region = ''], count]) => ({ provider, service, region, count }),
    ),
    byType: tally(rows, (row) => [row.provider, row.type, row.category]).map(
      ([[provider = '', type = '', category = ''], count]) => ({
        provider,
        type,
        label: labels.get(type) ?? type,
        category,
        count,
      }),
    ),
    byState: tally(rows, (row) => [row.state]).map(([[state = ''], count]) => ({ state, count })),
    byAccount: tally(rows, (row) => [row.account_id]).map(([[accountId = ''], count]) => ({
      accountId,
      count,
    })),
    tagKeys: tagKeys.map((row) => ({ key: row.key, count: Number(row.count) })),
  };
}

function tally<Row extends { count: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string[],
): [string[], number][] {
  const counts = new Map<string, [string[], number]>();
  for (const row of rows) {
    const key = keyOf(row);
    const id = JSON.stringify(key);
    const entry = counts.get(id);
    if (entry === undefined) counts.set(id, [key, row.count]);
    else entry[1] += row.count;
  }
  return [...counts.values()].toSorted((a, b) => b[1] - a[1] || (a[0].join() < b[0].join() ? -1 : 1));
}

async function typeLabels(providers: ReadonlySet<string>): Promise<Map<string, string>> {
  const labels = new Map<string, string>();
  for (const id of providers) {
    const provider = await loadProvider(id);
    for (const service of provider.services)
      for (const type of service.resourceTypes) labels.set(type.id, type.label);
  }
  return labels;
}
