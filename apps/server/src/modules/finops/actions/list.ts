import { subtract, sum, times } from '@cloudatlas/cloud/decimal';
import type { ActionDetail, ActionPage, ActionQuery } from '@cloudatlas/contracts/finops-actions';
import type { z } from 'zod';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { notFound } from '#platform/errors/app-error.ts';
import { isId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { ActionJournal } from './journal.ts';
import { operationsOf } from './place.ts';
import { presentAction, presentDetail } from './present.ts';
import type { ActionRecord, ActionTables } from './tables.ts';

type Tx = TenantTx<ActionTables>;

/** Actions as pages show them. */
export function createActionList(db: Database<ActionTables>, journal: ActionJournal) {
  return {
    async list(
      scope: WorkspaceRef,
      query: z.output<typeof ActionQuery>,
    ): Promise<z.input<typeof ActionPage>> {
      const rows = await db.inTenant(scope, (tx) => {
        let select = tx
          .selectFrom('finops.action')
          .selectAll()
          .where('workspace_id', '=', scope.workspaceId)
          .orderBy('id', 'desc')
          .limit(query.limit + 1);
        if (query.status !== undefined) select = select.where('status', 'in', query.status);
        if (query.resource !== undefined) select = select.where('resource_id', '=', query.resource);
        if (query.recommendation !== undefined)
          select = select.where('recommendation_id', '=', query.recommendation);
        if (query.cursor !== undefined) {
          const [id = ''] = decodeCursor(query.cursor, 1);
          // Ids are in order of time.
          select = isId(id) ? select.where('id', '<', id) : select.where('id', 'is', null);
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, query.limit, (row) => [row.id]);
      return { items: items.map(presentAction), nextCursor };
    },

    async get(scope: WorkspaceRef, actionId: string): Promise<ActionDetail> {
      const { action, steps, before, realised } = await db.inTenant(scope, async (tx) => {
        const found = await findAction(tx, scope, actionId);
        return {
          action: found,
          steps: await tx
            .selectFrom('finops.action_step')
            .selectAll()
            .where('action_id', '=', found.id)
            .orderBy('position')
            .execute(),
          before: await journal.before(tx, found),
          realised: await realisedOf(tx, found.id),
        };
      });
      return presentDetail(action, steps, before, realised, await operationsOf(action.provider));
    },
  };
}

/** An action of the workspace. @throws AppError `not_found` */
export async function findAction(tx: Tx, scope: WorkspaceRef, actionId: string): Promise<ActionRecord> {
  const row = isId(actionId)
    ? await tx
        .selectFrom('finops.action')
        .selectAll()
        .where('id', '=', actionId)
        .where('workspace_id', '=', scope.workspaceId)
        .executeTakeFirst()
    : undefined;
  if (row === undefined) throw notFound('The action');
  return row;
}

/** What was measured of an action over all months; null before the first whole day. */
async function realisedOf(tx: Tx, actionId: string): Promise<ActionDetail['realised']> {
  const rows = await tx
    .selectFrom('finops.realised')
    .selectAll()
    .where('action_id', '=', actionId)
    .orderBy('month')
    .execute();
  const [first] = rows;
  if (first === undefined) return null;
  const days = rows.reduce((total, row) => total + row.days, 0);
  const before = sum(rows.map((row) => times(row.before_per_day, row.days)));
  const after = sum(rows.map((row) => row.after_total));
  const money = (amount: string) => ({ amount, currency: first.currency });
  return { days, before: money(before), after: money(after), saved: money(subtract(before, after)) };
}
