import type { SavedView } from '@cloudatlas/contracts/saved-views';
import type { Clock } from '../clock/clock.ts';
import type { Database } from '../db/database.ts';
import { AppError, notFound } from '../errors/app-error.ts';
import { isId, newId } from '../ids/ids.ts';

/** A module's table of saved views; each module has one of its own. */
export interface SavedViewTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  user_id: string;
  name: string;
  search: string;
  shared: boolean;
  created_at: Date;
}

interface Place {
  organizationId: string;
  workspaceId: string;
}

/** Most views of one person in a workspace, and most that a list holds. */
const maxOwn = 100;
const maxListed = 500;

export type SavedViews = ReturnType<typeof createSavedViews>;

/**
 * Saved filters of a page: a person's own, and those shared with the workspace.
 * @param table the module's table, e.g. `finops.view`; it has the columns of {@link SavedViewTable}
 */
export function createSavedViews(database: Database<unknown>, clock: Clock, table: string) {
  const db = database.withTables<{ view: SavedViewTable }>();
  // The query builder knows tables by name; all of these have the same columns.
  const name = table as 'view';

  return {
    async list({ organizationId, workspaceId }: Place, userId: string): Promise<SavedView[]> {
      const rows = await db.inTenant({ organizationId }, (tx) =>
        tx
          .selectFrom(name)
          .selectAll()
          .where('workspace_id', '=', workspaceId)
          .where((eb) => eb.or([eb('user_id', '=', userId), eb('shared', '=', true)]))
          .orderBy('name')
          .orderBy('id')
          .limit(maxListed)
          .execute(),
      );
      return rows.map((row) => present(row, userId));
    },

    /** @throws AppError `limit_reached` */
    async create(
      { organizationId, workspaceId }: Place,
      userId: string,
      input: { name: string; search: string; shared: boolean },
    ): Promise<SavedView> {
      return db.inTenant({ organizationId }, async (tx) => {
        const { n } = await tx
          .selectFrom(name)
          .select((eb) => eb.fn.countAll<string>().as('n'))
          .where('workspace_id', '=', workspaceId)
          .where('user_id', '=', userId)
          .executeTakeFirstOrThrow();
        if (Number(n) >= maxOwn)
          throw new AppError('limit_reached', `A person can save ${maxOwn} views.`, {
            meta: { max: maxOwn },
          });
        const row: SavedViewTable = {
          organization_id: organizationId,
          id: newId(),
          workspace_id: workspaceId,
          user_id: userId,
          ...input,
          created_at: clock.now(),
        };
        await tx.insertInto(name).values(row).execute();
        return present(row, userId);
      });
    },

    /** Only one's own. @throws AppError `not_found` */
    async remove({ organizationId, workspaceId }: Place, userId: string, viewId: string): Promise<void> {
      if (!isId(viewId)) throw notFound('The view');
      const { numDeletedRows } = await db.inTenant({ organizationId }, (tx) =>
        tx
          .deleteFrom(name)
          .where('id', '=', viewId)
          .where('workspace_id', '=', workspaceId)
          .where('user_id', '=', userId)
          .executeTakeFirst(),
      );
      if (numDeletedRows === 0n) throw notFound('The view');
    },
  };
}

function present(row: SavedViewTable, userId: string): SavedView {
  return {
    id: row.id,
    name: row.name,
    search: row.search,
    mine: row.user_id === userId,
    shared: row.shared,
    createdAt: row.created_at.toISOString(),
  };
}
