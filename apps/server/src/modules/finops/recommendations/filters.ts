import type { RecommendationQuery } from '@cloudatlas/contracts/finops';
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { isId } from '#platform/ids/ids.ts';
import type { FinopsTables, RecommendationTable } from '../tables.ts';
import type { Viewer } from './viewer.ts';

export type RecommendationFilters = Omit<RecommendationQuery, 'sort' | 'cursor' | 'limit'>;
type Tables = FinopsTables & { recommendation: RecommendationTable };
type Builder = ExpressionBuilder<Tables, 'recommendation'>;

/** What one works on, when no status is asked for. */
const workedOn = ['open', 'applying', 'needs_attention'];

/** The filters of a question as conditions; every value is bound. */
export function matching(
  eb: Builder,
  workspaceId: string,
  filters: RecommendationFilters,
  viewer: Viewer,
): Expression<SqlBool> {
  const conditions: Expression<SqlBool>[] = [
    eb('recommendation.workspace_id', '=', workspaceId),
    anyOf('status', filters.status ?? workedOn),
  ];
  if (filters.priority) conditions.push(anyOf('priority', filters.priority));
  if (filters.category) conditions.push(anyOf('category', filters.category));
  if (filters.rule) conditions.push(anyOf('rule_id', filters.rule));
  if (filters.provider) conditions.push(anyOf('provider', filters.provider));
  if (filters.region) conditions.push(anyOf('region', filters.region));
  if (filters.account) conditions.push(anyIdOf('account_id', filters.account));
  if (filters.resource) conditions.push(anyIdOf('resource_id', [filters.resource]));
  if (filters.assignee) {
    const people = filters.assignee.map((each) => (each === 'me' ? viewer.userId : each));
    const assigned = anyIdOf('assignee_id', people);
    conditions.push(
      people.includes('none') ? eb.or([assigned, eb('recommendation.assignee_id', 'is', null)]) : assigned,
    );
  }
  for (const word of (filters.q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8))
    conditions.push(
      eb('recommendation.search', 'like', `%${word.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`),
    );
  return eb.and(conditions);
}

function anyOf(column: string, values: readonly string[]): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(`recommendation.${column}`)} = any(${[...values]}::text[])`;
}

/** Ids that are none match nothing instead of failing. */
function anyIdOf(column: string, values: readonly string[]): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(`recommendation.${column}`)} = any(${values.filter(isId)}::uuid[])`;
}
