import type { DashboardLayout, DashboardLayoutBody } from '@cloudatlas/contracts/dashboards';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/db/database.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';
import { completeLayout } from './layout.ts';
import type { DashboardsTables } from './tables.ts';

export interface DashboardsService {
  /** The caller's own layout of the workspace. */
  layout(context: WorkspaceContext): Promise<DashboardLayout>;
  saveLayout(context: WorkspaceContext, body: DashboardLayoutBody): Promise<DashboardLayout>;
  /** As it comes again. */
  resetLayout(context: WorkspaceContext): Promise<DashboardLayout>;
}

/** A taste of one person, as the theme is: changes of it are not in the audit log. */
export function createDashboardsService(db: Database<DashboardsTables>, clock: Clock): DashboardsService {
  const keyOf = ({ organization, workspace, principal }: WorkspaceContext) => ({
    organization_id: organization.organizationId,
    workspace_id: workspace.workspaceId,
    user_id: principal.userId,
  });
  return {
    async layout(context) {
      const key = keyOf(context);
      const row = await db.inTenant(context.organization, (tx) =>
        tx
          .selectFrom('dashboards.layout')
          .select(['widget_order', 'hidden'])
          .where('workspace_id', '=', key.workspace_id)
          .where('user_id', '=', key.user_id)
          .executeTakeFirst(),
      );
      return completeLayout(row && { order: row.widget_order, hidden: row.hidden });
    },

    async saveLayout(context, body) {
      const layout = completeLayout(body);
      const values = { widget_order: layout.order, hidden: layout.hidden, changed_at: clock.now() };
      await db.inTenant(context.organization, (tx) =>
        tx
          .insertInto('dashboards.layout')
          .values({ ...keyOf(context), ...values })
          .onConflict((conflict) =>
            conflict.columns(['organization_id', 'workspace_id', 'user_id']).doUpdateSet(values),
          )
          .execute(),
      );
      return layout;
    },

    async resetLayout(context) {
      const key = keyOf(context);
      await db.inTenant(context.organization, (tx) =>
        tx
          .deleteFrom('dashboards.layout')
          .where('workspace_id', '=', key.workspace_id)
          .where('user_id', '=', key.user_id)
          .execute(),
      );
      return completeLayout(undefined);
    },
  };
}
