import type { ResourceFilters } from '@cloudatlas/contracts/inventory';
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { isId } from '#platform/ids/ids.ts';
import type { InventoryTables } from '../tables.ts';

type Builder = ExpressionBuilder<InventoryTables, 'inventory.resource'>;

/** The filters of a question as conditions; every value is bound, tag keys included. */
export function matching(eb: Builder, workspaceId: string, filters: ResourceFilters): Expression<SqlBool> {
  const conditions: Expression<SqlBool>[] = [eb('workspace_id', '=', workspaceId)];
  if (!filters.vanished) conditions.push(eb('vanished_at', 'is', null));
  if (filters.provider) conditions.push(eb('provider', 'in', filters.provider));
  if (filters.account) conditions.push(eb('account_id', 'in', ids(filters.account)));
  if (filters.service) conditions.push(eb('service', 'in', filters.service));
  if (filters.type) conditions.push(eb('type', 'in', filters.type));
  if (filters.region) conditions.push(eb('region', 'in', filters.region));
  if (filters.state) conditions.push(sql<SqlBool>`state = any(${filters.state})`);
  if (filters.category) conditions.push(eb('category', 'in', filters.category));
  for (const word of (filters.q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)) {
    conditions.push(eb('search', 'like', `%${word.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`));
  }
  if (filters.tag) conditions.push(eb.or(filters.tag.map(hasTag)));
  return eb.and(conditions);
}

/** `key` asks for the key, `key=value` for both. */
function hasTag(tag: string): Expression<SqlBool> {
  const [key = '', value] = tag.split(/=(.*)/s);
  if (value === undefined || value === '') return sql<SqlBool>`jsonb_exists(tags, ${key})`;
  return sql<SqlBool>`tags @> ${JSON.stringify({ [key]: value })}::jsonb`;
}

/** Ids that are none match nothing instead of failing. */
function ids(values: string[]): string[] {
  const valid = values.filter(isId);
  return valid.length > 0 ? valid : ['00000000-0000-0000-0000-000000000000'];
}
