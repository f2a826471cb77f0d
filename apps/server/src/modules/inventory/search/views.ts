import type { ResourceView } from '@cloudatlas/contracts/inventory';
import type { Selectable } from 'kysely';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError, notFound } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { InventoryTables, ResourceViewTable } from '../tables.ts';

const maxViews = 100;

/** Saved questions of the resources page: a person's own, and those shared with the workspace. */
export function createViews(db: Database<InventoryTables>, clock: Clock) {
  function visible(scope: WorkspaceRef, userId: string) {
    return db.inTenant(scope, (tx) =>
      tx
        .selectFrom('inventory.resource_view')
        .selectAll()
        .where('workspace_id', '=', scope.workspaceId)
        .where((eb) => eb.or([eb('user_id', '=', userId), eb('shared', '=', true)]))
        .orderBy('name')
        .orderBy('id')
        .limit(500)
        .execute(),
    );
  }

  return {
    async list(scope: WorkspaceRef, userId: string): Promise<ResourceView[]> {
      return (await visible(scope, userId)).map((row) => present(row, userId));
    },

    async create(
      scope: WorkspaceRef,
      userId: string,
      input: { name: string; search: string; shared: boolean },
    ): Promise<ResourceView> {
      const own = (await visible(scope, userId)).filter((row) => row.user_id === userId);
      if (own.length >= maxViews)
        throw new AppError('limit_reached', `A person can save ${maxViews} views.`, {
          meta: { max: maxViews },
        });
      const row = {
        organization_id: scope.organizationId,
        id: newId(),
        workspace_id: scope.workspaceId,
        user_id: userId,
        ...input,
        created_at: clock.now(),
      };
      await db.inTenant(scope, (tx) => tx.insertInto('inventory.resource_view').values(row).execute());
      return present(row, userId);
    },

    /** Only one's own. @throws AppError `not_found` */
    async remove(scope: WorkspaceRef, userId: string, viewId: string): Promise<void> {
      if (!isId(viewId)) throw notFound('The view');
      const { numDeletedRows } = await db.inTenant(scope, (tx) =>
        tx
          .deleteFrom('inventory.resource_view')
          .where('id', '=', viewId)
          .where('workspace_id', '=', scope.workspaceId)
          .where('user_id', '=', userId)
          .executeTakeFirst(),
      );
      if (numDeletedRows === 0n) throw notFound('The view');
    },
  };
}

function present(row: Selectable<ResourceViewTable>, userId: string): ResourceView {
  return {
    id: row.id,
    name: row.name,
    search: row.search,
    mine: row.user_id === userId,
    shared: row.shared,
    createdAt: row.created_at.toISOString(),
  };
}
