import type { RecommendationStatus } from '@cloudatlas/contracts/finops';
import type { Selectable } from 'kysely';
import type { TenantTx } from '#platform/db/database.ts';
import { isId } from '#platform/ids/ids.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { FinopsTables, RecommendationTable } from '../tables.ts';
import { countMoney } from './counted.ts';

type Tx = TenantTx<FinopsTables>;
export type RecommendationRecord = Selectable<RecommendationTable>;

/** Reads a recommendation and locks it until the transaction ends, so that what follows sees no other's change. */
export async function load(
  tx: Tx,
  scope: Pick<WorkspaceRef, 'workspaceId'>,
  id: string,
): Promise<RecommendationRecord | undefined> {
  if (!isId(id)) return undefined;
  return tx
    .selectFrom('finops.recommendation')
    .selectAll()
    .where('id', '=', id)
    .where('workspace_id', '=', scope.workspaceId)
    .forUpdate()
    .executeTakeFirst();
}

/**
 * Moves a recommendation from one of the given states to another and counts the resource's money again.
 * @param actionId the action that moves it; the recommendation keeps it as its newest
 * @param at when it happens; an applied finding that a later change of the resource brings back opens again
 * @returns false when it is in none of the states (any more)
 */
export async function transition(
  tx: Tx,
  id: string,
  from: readonly RecommendationStatus[],
  to: RecommendationStatus,
  actionId?: string,
  at = new Date(),
): Promise<boolean> {
  const row = await tx
    .updateTable('finops.recommendation')
    .set({
      status: to,
      ...(actionId === undefined ? {} : { action_id: actionId }),
      ...(to === 'applied' ? { applied_at: at } : {}),
      ...(to === 'open' ? { applied_at: null } : {}),
    })
    .where('id', '=', id)
    .where('status', 'in', [...from])
    .returning('resource_id')
    .executeTakeFirst();
  if (row === undefined) return false;
  await countMoney(tx, { resourceId: row.resource_id });
  return true;
}
