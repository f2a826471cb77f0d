import { decimal } from '@cloudatlas/cloud/decimal';
import type { Money } from '@cloudatlas/cloud/resource';
import type { LocalText, RecommendationRow } from '@cloudatlas/contracts/finops';
import { sql, type Selectable } from 'kysely';
import type { z } from 'zod';
import type { TenantTx } from '#platform/db/database.ts';
import { ruleById } from '../rules/catalogue.ts';
import type { FinopsTables, RecommendationTable } from '../tables.ts';

/** Names that rows need: of accounts and of people. */
export interface Names {
  currency: string;
  accounts: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, string>;
}

export type ListedRecommendation = Pick<
  Selectable<RecommendationTable>,
  | 'id'
  | 'account_id'
  | 'rule_id'
  | 'resource_id'
  | 'native_id'
  | 'provider'
  | 'category'
  | 'region'
  | 'name'
  | 'status'
  | 'priority'
  | 'monthly'
  | 'currency'
  | 'monthly_converted'
  | 'counted_monthly'
  | 'confidence'
  | 'effort'
  | 'restart'
  | 'undo_class'
  | 'assignee_id'
  | 'first_seen_at'
  | 'last_seen_at'
  | 'action_id'
> & { type: string; action_kind: string | null };

/** The narrow columns of a list; the findings themselves stay where they are. */
export function listed(tx: TenantTx<FinopsTables>) {
  return tx
    .selectFrom('finops.recommendation as recommendation')
    .select([
      'recommendation.id',
      'recommendation.account_id',
      'recommendation.rule_id',
      'recommendation.resource_id',
      'recommendation.native_id',
      'recommendation.provider',
      'recommendation.category',
      'recommendation.region',
      'recommendation.name',
      'recommendation.status',
      'recommendation.priority',
      'recommendation.monthly',
      'recommendation.currency',
      'recommendation.monthly_converted',
      'recommendation.counted_monthly',
      'recommendation.confidence',
      'recommendation.effort',
      'recommendation.restart',
      'recommendation.undo_class',
      'recommendation.assignee_id',
      'recommendation.first_seen_at',
      'recommendation.last_seen_at',
      'recommendation.action_id',
      sql<string>`recommendation.resource ->> 'type'`.as('type'),
      sql<string | null>`recommendation.action ->> 'kind'`.as('action_kind'),
    ]);
}

export function presentRow(row: ListedRecommendation, names: Names): z.input<typeof RecommendationRow> {
  return {
    id: row.id,
    ruleId: row.rule_id,
    title: titleOf(row.rule_id),
    category: row.category as RecommendationRowCategory,
    status: row.status,
    priority: row.priority,
    provider: row.provider,
    accountId: row.account_id,
    accountName: names.accounts.get(row.account_id) ?? '',
    region: row.region,
    resource: { id: row.resource_id, type: row.type, nativeId: row.native_id, name: row.name },
    monthlySaving: moneyOf(row.monthly, row.currency),
    monthlySavingConverted: moneyOf(row.monthly_converted, names.currency),
    counted: Number(row.counted_monthly) > 0,
    confidence: row.confidence,
    effort: row.effort,
    restart: row.restart,
    undoClass: row.undo_class,
    action: row.action_kind,
    assignee:
      row.assignee_id === null
        ? null
        : { id: row.assignee_id, name: names.people.get(row.assignee_id) ?? '' },
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    actionId: row.action_id,
  };
}

type RecommendationRowCategory = z.input<typeof RecommendationRow>['category'];

/** A rule that is not in the catalogue any more is shown by its id. */
export function titleOf(ruleId: string): LocalText {
  return ruleById(ruleId)?.title ?? { en: ruleId, 'pt-BR': ruleId };
}

export function moneyOf(amount: string | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount: decimal(amount), currency };
}
