import { scalarText } from '../lake/scalar.ts';
import type { Selectable } from 'kysely';
import type { Database } from '#platform/db/database.ts';
import { indexPartition } from '../lake/maintenance.ts';
import type { Manifest, PartitionVersion } from '../lake/manifest.ts';
import type { CostStore, Dialect, SqlText } from '../lake/store.ts';
import { dailyRollup, type DailyCost } from '../query/rollup.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { CostsTables, PartitionTable } from '../tables.ts';
import type { Lake } from './lake.ts';
import { versionOf } from './postgres-manifest.ts';

/** Rows per statement: PostgreSQL takes 65,535 values. */
const batchSize = 2000;
const maxTagKeys = 500;

/**
 * Brings the index and the daily roll-up of a workspace to the current versions of its partitions. Each partition is one
 * transaction that does nothing if the version changed meanwhile; doing it again changes nothing.
 * @returns how many partitions were computed
 * @throws what an index failed with, after everything else is done
 */
export async function rollUp(
  db: Database<CostsTables>,
  lake: Lake,
  manifest: Manifest,
  scope: WorkspaceRef,
  signal: AbortSignal,
): Promise<number> {
  const stale = await db.inTenant(scope, (tx) =>
    tx
      .selectFrom('costs.partition')
      .selectAll()
      .where('workspace_id', '=', scope.workspaceId)
      .where((eb) => eb.or([eb('rolled_version', 'is', null), eb('rolled_version', '!=', eb.ref('version'))]))
      .orderBy('billing_period', 'desc')
      .execute(),
  );
  if (stale.length === 0) return 0;
  const { store } = await lake.forWork();
  let failure: Error | undefined;
  for (const row of stale) {
    signal.throwIfAborted();
    let version = versionOf(row);
    try {
      version = await indexPartition({ store, manifest }, version, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      // Without its index (a full disk, say) a partition is slower and no less true: its roll-up goes on, upkeep tries again.
      failure ??= error instanceof Error ? error : new Error('an index failed', { cause: error });
    }
    const daily = await dailyRollup(store, version);
    const tags = await tagKeys(store, version, signal);
    await write(db, scope, row, daily, tags);
  }
  if (failure !== undefined) throw failure;
  return stale.length;
}

async function write(
  db: Database<CostsTables>,
  scope: WorkspaceRef,
  row: Selectable<PartitionTable>,
  daily: readonly DailyCost[],
  tags: readonly { key: string; weight: string }[],
): Promise<void> {
  const key = {
    organization_id: row.organization_id,
    workspace_id: row.workspace_id,
    billing_period: row.billing_period,
    billing_account_id: row.billing_account_id,
  };
  await db.inTenant(scope, async (tx) => {
    const current = await tx
      .updateTable('costs.partition')
      .set({ rolled_version: row.version })
      .where('workspace_id', '=', key.workspace_id)
      .where('billing_period', '=', key.billing_period)
      .where('billing_account_id', '=', key.billing_account_id)
      .where('version', '=', row.version)
      .executeTakeFirst();
    if (current.numUpdatedRows === 0n) return;
    for (const table of ['costs.daily', 'costs.tag_key'] as const) {
      await tx
        .deleteFrom(table)
        .where('workspace_id', '=', key.workspace_id)
        .where('billing_period', '=', key.billing_period)
        .where('billing_account_id', '=', key.billing_account_id)
        .execute();
    }
    for (let start = 0; start < daily.length; start += batchSize) {
      await tx
        .insertInto('costs.daily')
        .values(
          daily.slice(start, start + batchSize).map((cost) => ({
            ...key,
            day: cost.day,
            provider: cost.provider,
            account_id: cost.accountId,
            account_name: cost.accountName,
            service: cost.service,
            category: cost.category,
            region: cost.region,
            charge_category: cost.chargeCategory,
            currency: cost.currency,
            billed: cost.billed,
            effective: cost.effective,
            list: cost.list,
            contracted: cost.contracted,
            line_items: cost.lineItems,
          })),
        )
        .execute();
    }
    if (tags.length > 0)
      await tx
        .insertInto('costs.tag_key')
        .values(tags.map((tag) => ({ ...key, ...tag })))
        .execute();
  });
}

/** Tag keys of a partition, those on most cost first. */
async function tagKeys(
  store: CostStore,
  partition: PartitionVersion,
  signal: AbortSignal,
): Promise<{ key: string; weight: string }[]> {
  const used = (sets: string, dialect: Dialect): SqlText => {
    const keys =
      dialect.name === 'duckdb' ? 'unnest(json_keys(Tags))' : "arrayJoin(JSONExtractKeys(ifNull(Tags, '')))";
    return {
      sql: `SELECT tag_key, ${dialect.text('sum(cost)')} AS weight FROM (SELECT ${keys} AS tag_key, cost FROM (${sets}) AS sets) AS used GROUP BY tag_key ORDER BY sum(cost) DESC, tag_key LIMIT ${maxTagKeys}`,
      params: {},
    };
  };
  const setsOf = (from: string): string =>
    `SELECT Tags, sum(abs(BilledCost)) AS cost FROM ${from} WHERE Tags IS NOT NULL GROUP BY Tags`;
  const rows = store.index?.covers([partition])
    ? await store.index.select(
        [partition],
        'calendar',
        (calendarOf, dialect) => {
          const calendar = calendarOf([partition.firstDay, partition.lastDay]);
          return calendar === undefined ? undefined : used(setsOf(calendar), dialect);
        },
        signal,
      )
    : await store.select([partition], 'rows', (from, dialect) => used(setsOf(from), dialect), signal);
  return rows.map((row) => ({ key: scalarText(row['tag_key']), weight: scalarText(row['weight']) }));
}
