import type { ResourceFilters, ResourceQuery, ResourceRow } from '@cloudatlas/contracts/inventory';
import { sql, type OrderByDirection, type RawBuilder } from 'kysely';
import type { z } from 'zod';
import type { AccountsService } from '#modules/accounts/index.ts';
import { csvLine } from '#platform/csv/csv.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { notFound } from '#platform/errors/app-error.ts';
import { isId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { InventoryTables } from '../tables.ts';
import { matching } from './filters.ts';
import { presentResource, shownColumns, type StoredResource } from './present.ts';

type Tx = TenantTx<InventoryTables>;

/** Sort keys as SQL; nulls are given a place so that a cursor can name it. */
const sortKeys = {
  name: sql<string>`name`,
  type: sql<string>`type`,
  region: sql<string>`region`,
  state: sql<string>`state`,
  cost: sql<string>`coalesce(monthly_amount, 0)::text`,
  created: sql<string>`coalesce(cloud_created_at, '-infinity')::text`,
  changed: sql<string>`changed_at::text`,
} as const;
/** The types that cursor texts are compared as. */
const sortExpressions = {
  name: { key: sql`name`, cast: sql.raw('text') },
  type: { key: sql`type`, cast: sql.raw('text') },
  region: { key: sql`region`, cast: sql.raw('text') },
  state: { key: sql`state`, cast: sql.raw('text') },
  cost: { key: sql`coalesce(monthly_amount, 0)`, cast: sql.raw('numeric') },
  created: { key: sql`coalesce(cloud_created_at, '-infinity')`, cast: sql.raw('timestamptz') },
  changed: { key: sql`changed_at`, cast: sql.raw('timestamptz') },
} as const;

const exportBatch = 1000;
const exportLimit = 200_000;

/** Lists, counts and exports resources. */
export function createSearch(db: Database<InventoryTables>, accounts: AccountsService) {
  async function page(scope: WorkspaceRef, query: z.output<typeof ResourceQuery>, withTotal: boolean) {
    const names = await accountNames(scope);
    return db.inTenant(scope, async (tx) => {
      // Words and tags have no index: listing and counting in one statement spares the second reading of all rows.
      const scanned = withTotal && (query.q !== undefined || query.tag !== undefined);
      const rows = await (scanned ? scanPage(tx, scope, query) : listPage(tx, scope, query));
      const { items, nextCursor } = toPage(rows, query.limit, (row) => [row.sort_key, row.id]);
      // A first page that holds everything has counted it already.
      const whole = query.cursor === undefined && nextCursor === null;
      let total = items.length;
      if (withTotal && !whole)
        total = Number(rows[0]?.total ?? (await countMatching(tx, scope.workspaceId, query)));
      const pending = await pendingOrders(
        tx,
        items.map((row) => row.id),
      );
      return { items: items.map((row) => presentResource(row, names, pending)), nextCursor, total };
    });
  }

  async function accountNames(scope: WorkspaceRef): Promise<Map<string, string>> {
    const list = await accounts.listFacts(scope, scope.workspaceId);
    return new Map(list.map((account) => [account.id, account.name]));
  }

  return {
    list: (scope: WorkspaceRef, query: z.output<typeof ResourceQuery>) => page(scope, query, true),
    accountNames,

    /** The whole answer as CSV, in batches; at most 200,000 rows. */
    async *exportCsv(scope: WorkspaceRef, filters: ResourceFilters): AsyncIterable<string> {
      yield csvLine([
        'name',
        'type',
        'provider',
        'account',
        'service',
        'region',
        'zone',
        'state',
        'id',
        'native_id',
        'monthly_estimate',
        'currency',
        'created_at',
        'first_seen_at',
        'changed_at',
        'vanished_at',
        'tags',
      ]);
      let cursor: string | undefined;
      for (let rows = 0; rows < exportLimit; rows += exportBatch) {
        const answer: { items: ResourceRow[]; nextCursor: string | null } = await page(
          scope,
          { ...filters, sort: 'name', cursor, limit: exportBatch },
          false,
        );
        yield answer.items.map(csvOf).join('');
        if (answer.nextCursor === null) return;
        cursor = answer.nextCursor;
      }
    },

    /** @throws AppError `not_found` */
    async find(tx: Tx, scope: WorkspaceRef, resourceId: string): Promise<StoredResource> {
      const row = isId(resourceId)
        ? await tx
            .selectFrom('inventory.resource')
            .select(shownColumns)
            .where('id', '=', resourceId)
            .where('workspace_id', '=', scope.workspaceId)
            .executeTakeFirst()
        : undefined;
      if (row === undefined) throw notFound('The resource');
      return row;
    },
  };
}

/** A row of a page; `total` where the same statement has counted. */
type PageRow = StoredResource & { sort_key: string; total?: string };

function sortOf(query: z.output<typeof ResourceQuery>) {
  const field = query.sort.replace('-', '') as keyof typeof sortKeys;
  const direction: OrderByDirection = query.sort.startsWith('-') ? 'desc' : 'asc';
  return { field, direction, ...sortExpressions[field] };
}

/** Rows behind the query's cursor. @throws AppError `validation_failed` on a text that is no cursor of this list */
function behindCursor(query: z.output<typeof ResourceQuery>, expression: RawBuilder<unknown>) {
  const { field, direction, cast } = sortOf(query);
  const [key = '', id = ''] = decodeCursor(query.cursor ?? '', 2);
  if (!isId(id) || !castable(field, key)) decodeCursor('', 2);
  const operator = sql.raw(direction === 'asc' ? '>' : '<');
  return sql<boolean>`(${expression}, id) ${operator} (${key}::${cast}, ${id}::uuid)`;
}

function listPage(tx: Tx, scope: WorkspaceRef, query: z.output<typeof ResourceQuery>): Promise<PageRow[]> {
  const { field, direction, key } = sortOf(query);
  let select = tx
    .selectFrom('inventory.resource')
    .select(shownColumns)
    .select(sortKeys[field].as('sort_key'))
    .where((eb) => matching(eb, scope.workspaceId, query))
    .orderBy(key, direction)
    .orderBy('id', direction)
    .limit(query.limit + 1);
  if (query.cursor !== undefined) select = select.where(behindCursor(query, key));
  return select.execute();
}

function scanPage(tx: Tx, scope: WorkspaceRef, query: z.output<typeof ResourceQuery>): Promise<PageRow[]> {
  const { field, direction, key } = sortOf(query);
  return tx
    .with(
      (cte) => cte('hits').materialized(),
      (eb) =>
        eb
          .selectFrom('inventory.resource')
          .select(['id', key.as('key')])
          .where((where) => matching(where, scope.workspaceId, query)),
    )
    .with('page', (eb) => {
      const page = eb
        .selectFrom('hits')
        .select(['id', 'key'])
        .orderBy('key', direction)
        .orderBy('id', direction)
        .limit(query.limit + 1);
      return query.cursor === undefined ? page : page.where(behindCursor(query, sql.ref('key')));
    })
    .selectFrom('page')
    .innerJoin('inventory.resource', 'inventory.resource.id', 'page.id')
    .select(shownColumns.map((column) => `inventory.resource.${column}` as const))
    .select(sortKeys[field].as('sort_key'))
    .select((eb) =>
      eb
        .selectFrom('hits')
        .select(sql<string>`count(*)`.as('n'))
        .as('total'),
    )
    .orderBy('page.key', direction)
    .orderBy('page.id', direction)
    .execute() as Promise<PageRow[]>;
}

/** Cursors are bound, but PostgreSQL would still refuse a text that is no number or time with an error of its own. */
function castable(field: keyof typeof sortKeys, key: string): boolean {
  if (field === 'cost') return /^-?\d{1,20}(\.\d{1,10})?$/.test(key);
  if (field === 'created' || field === 'changed')
    return key === '-infinity' || /^\d{4}-\d\d-\d\d [\d:.]+[+-]\d\d(:\d\d)?$/.test(key);
  return !key.includes('\0');
}

async function countMatching(tx: Tx, workspaceId: string, filters: ResourceFilters): Promise<number> {
  const { total } = await tx
    .selectFrom('inventory.resource')
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .where((eb) => matching(eb, workspaceId, filters))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Orders under way by resource. */
export async function pendingOrders(
  tx: Tx,
  resourceIds: readonly string[],
): Promise<Map<string, { id: string; operation: string }>> {
  if (resourceIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('inventory.cloud_order')
    .select(['id', 'operation', 'resource_id'])
    .where('resource_id', 'in', [...resourceIds])
    .where('status', 'in', ['pending', 'running'])
    .execute();
  return new Map(
    rows.flatMap((row) =>
      row.resource_id === null ? [] : [[row.resource_id, { id: row.id, operation: row.operation }]],
    ),
  );
}

function csvOf(row: ResourceRow): string {
  return csvLine([
    row.name,
    row.type,
    row.provider,
    row.accountName,
    row.service,
    row.region,
    row.zone,
    row.state,
    row.shortId,
    row.nativeId,
    row.monthlyEstimate?.amount,
    row.monthlyEstimate?.currency,
    row.createdAt,
    row.firstSeenAt,
    row.changedAt,
    row.vanishedAt,
    Object.entries(row.tags)
      .map(([key, value]) => `${key}=${value}`)
      .join('; '),
  ]);
}
