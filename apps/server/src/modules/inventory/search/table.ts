import type { ResourceTablePage, ResourceTableQuery } from '@cloudatlas/contracts/inventory';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { z } from 'zod';
import type { Database } from '#platform/db/database.ts';
import { isId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { InventoryTables } from '../tables.ts';
import { matching } from './filters.ts';
import { presentResource, shownColumns } from './present.ts';
import { pendingOrders, type createSearch } from './search.ts';

type Query = z.output<typeof ResourceTableQuery>;
type Condition = NonNullable<Query['where']>[number];

const attributes = sql`inventory.resource_detail.attributes`;

/** The value at a path, as JSON; SQL null where the path leads nowhere. */
const at = (path: readonly string[]): RawBuilder<unknown> => sql`${attributes} #> ${[...path]}::text[]`;

/** Longest text a cursor carries. */
const keyLength = 120;

/** What rows are ordered by, always JSON: a list counts by its length, an object and nothing come first. */
function sortKey(sort: string): RawBuilder<unknown> {
  const column = sort.replace('-', '');
  if (column.startsWith('@')) {
    const value = at(column.slice(1).split('.'));
    return sql`case jsonb_typeof(${value})
      when 'array' then to_jsonb(jsonb_array_length(${value}))
      when 'string' then to_jsonb(left(${value} #>> '{}', ${keyLength}))
      when 'number' then ${value}
      when 'boolean' then ${value}
      else 'null'::jsonb end`;
  }
  if (column === 'cost') return sql`to_jsonb(coalesce(inventory.resource.monthly_amount, 0))`;
  if (column === 'created')
    return sql`coalesce(to_jsonb(inventory.resource.cloud_created_at), 'null'::jsonb)`;
  if (column === 'state') return sql`to_jsonb(inventory.resource.state)`;
  return sql`to_jsonb(left(inventory.resource.name, ${keyLength}))`;
}

/** One condition on an attribute; path and value are bound. */
function holds({ path, operator, value }: Condition): RawBuilder<SqlBool> {
  const here = at(path);
  const text = sql`${attributes} #>> ${path}::text[]`;
  if (operator === '=') return sql<SqlBool>`coalesce(${text}, '') = ${value}`;
  if (operator === '!=') return sql<SqlBool>`coalesce(${text}, '') <> ${value}`;
  if (operator === '~') {
    const last = path.at(-1) ?? '';
    const sought = path.length === 1 ? { [last]: [value] } : nested(path.slice(0, -1), [{ [last]: value }]);
    return sql<SqlBool>`${attributes} @> ${JSON.stringify(sought)}::jsonb`;
  }
  const bound = JSON.stringify(/^-?\d{1,15}(\.\d{1,10})?$/.test(value) ? Number(value) : value);
  return sql<SqlBool>`(jsonb_typeof(${here}) = jsonb_typeof(${bound}::jsonb)
    and ${here} ${sql.raw(operator)} ${bound}::jsonb)`;
}

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, name) => ({ [name]: inner }), value);
}

/** Resources of one or a few types with attributes as columns. */
export function createTable(db: Database<InventoryTables>, search: ReturnType<typeof createSearch>) {
  return async function table(scope: WorkspaceRef, query: Query): Promise<z.input<typeof ResourceTablePage>> {
    const names = await search.accountNames(scope);
    const key = sortKey(query.sort);
    const direction = query.sort.startsWith('-') ? 'desc' : 'asc';
    const { q, account, state } = query;
    const filters = { q, account, state, type: query.type, vanished: false };
    return db.inTenant(scope, async (tx) => {
      const hits = tx
        .selectFrom('inventory.resource')
        .innerJoin('inventory.resource_detail', (join) =>
          join
            .onRef('inventory.resource_detail.organization_id', '=', 'inventory.resource.organization_id')
            .onRef('inventory.resource_detail.resource_id', '=', 'inventory.resource.id'),
        )
        // The filters name columns that the detail does not have.
        .where((eb) => matching(eb as never, scope.workspaceId, filters))
        .where((eb) => eb.and((query.where ?? []).map(holds)));
      let page = hits
        .select(shownColumns.map((column) => `inventory.resource.${column}` as const))
        .select(sql<string>`(${key})::text`.as('sort_key'))
        .select(
          sql<
            Record<string, unknown>
          >`(select coalesce(jsonb_object_agg(path, ${attributes} #> string_to_array(path, '.')), '{}')
            from unnest(${query.attribute ?? []}::text[]) as path)`.as('chosen'),
        )
        .orderBy(key, direction)
        .orderBy('inventory.resource.id', direction)
        .limit(query.limit + 1);
      if (query.cursor !== undefined) {
        const [last, id] = cursorOf(query.cursor);
        const operator = sql.raw(direction === 'asc' ? '>' : '<');
        page = page.where(
          sql<SqlBool>`(${key}, inventory.resource.id) ${operator} (${last}::jsonb, ${id}::uuid)`,
        );
      }
      const rows = await page.execute();
      const { items, nextCursor } = toPage(rows, query.limit, (row) => [row.sort_key, row.id]);
      const whole = query.cursor === undefined && nextCursor === null;
      const total = whole
        ? items.length
        : Number((await hits.select(sql<string>`count(*)`.as('n')).executeTakeFirstOrThrow()).n);
      const pending = await pendingOrders(
        tx,
        items.map(({ id }) => id),
      );
      return {
        items: items.map((row) => ({ ...presentResource(row, names, pending), attributes: row.chosen })),
        nextCursor,
        total,
      };
    });
  };
}

/** @throws AppError `validation_failed` on a text that is no cursor of this list */
function cursorOf(cursor: string): [key: string, id: string] {
  const [key = '', id = ''] = decodeCursor(cursor, 2);
  if (!isId(id) || !isScalar(key)) decodeCursor('', 2);
  return [key, id];
}

function isScalar(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
    return value === null || typeof value !== 'object';
  } catch {
    return false;
  }
}
