import type { Order, OrderQuery } from '@cloudatlas/contracts/inventory';
import type { z } from 'zod';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { Database } from '#platform/db/database.ts';
import { invalidField, notFound } from '#platform/errors/app-error.ts';
import { isId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { CloudOrderTable, InventoryTables } from '../tables.ts';
import { orderColumns, presentOrder } from './present.ts';

const statuses: Record<NonNullable<z.output<typeof OrderQuery>['status']>, CloudOrderTable['status'][]> = {
  open: ['pending', 'running'],
  done: ['done'],
  failed: ['failed', 'needs_attention'],
};

/** Orders as pages show them. */
export function createOrderList(db: Database<InventoryTables>, accounts: AccountsService) {
  async function accountsOf(scope: WorkspaceRef) {
    return new Map(
      (await accounts.listFacts(scope, scope.workspaceId)).map((account) => [account.id, account]),
    );
  }

  return {
    async list(scope: WorkspaceRef, query: z.output<typeof OrderQuery>) {
      const known = await accountsOf(scope);
      const rows = await db.inTenant(scope, (tx) => {
        let select = tx
          .selectFrom('inventory.cloud_order')
          .select(orderColumns)
          .where('workspace_id', '=', scope.workspaceId)
          .orderBy('id', 'desc')
          .limit(query.limit + 1);
        if (query.resourceId !== undefined) select = select.where('resource_id', '=', query.resourceId);
        if (query.status !== undefined) select = select.where('status', 'in', statuses[query.status]);
        if (query.cursor !== undefined) {
          const [before = ''] = decodeCursor(query.cursor, 1);
          if (!isId(before)) throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where('id', '<', before);
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, query.limit, (row) => [row.id]);
      return { items: items.map((row) => presentOrder(row, known.get(row.account_id))), nextCursor };
    },

    /** @throws AppError `not_found` */
    async get(scope: WorkspaceRef, orderId: string): Promise<Order> {
      const row = isId(orderId)
        ? await db.inTenant(scope, (tx) =>
            tx
              .selectFrom('inventory.cloud_order')
              .select(orderColumns)
              .where('id', '=', orderId)
              .where('workspace_id', '=', scope.workspaceId)
              .executeTakeFirst(),
          )
        : undefined;
      if (row === undefined) throw notFound('The order');
      return presentOrder(row, (await accountsOf(scope)).get(row.account_id));
    },
  };
}
