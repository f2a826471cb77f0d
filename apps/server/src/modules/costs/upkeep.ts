import type { Database } from '#platform/db/database.ts';
import { messageOf } from '#platform/errors/app-error.ts';
import type { Logger } from '#platform/log/log.ts';
import type { Platform } from '#platform/module.ts';
import { applyRetention, compact, indexAll, sweepOrphans } from './lake/maintenance.ts';
import { addMonths } from './query/question.ts';
import type { WorkspaceRef } from './scope-of.ts';
import type { Data } from './store/data.ts';
import type { CostsTables } from './tables.ts';

/** Workspaces that have costs, for schedulers. */
export async function workspacesWithCosts(db: Database<CostsTables>): Promise<WorkspaceRef[]> {
  const rows = await db.inSystem('list workspaces with costs', (tx) =>
    tx
      .selectFrom('costs.partition')
      .select(['organization_id', 'workspace_id'])
      .distinct()
      .orderBy('workspace_id')
      .execute(),
  );
  return rows.map((row) => ({ organizationId: row.organization_id, workspaceId: row.workspace_id }));
}

/** The nightly upkeep: retention, compaction, then the removal of files that nothing lists. */
export async function keepUp(
  platform: Pick<Platform, 'clock'>,
  db: Database<CostsTables>,
  data: Data,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  const { store } = await data.lake.forWork();
  const workspaces = await workspacesWithCosts(db);
  for (const scope of workspaces) {
    signal.throwIfAborted();
    const manifest = data.manifest(scope);
    try {
      const settings = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('costs.settings')
          .select('retention_months')
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirst(),
      );
      const kept = settings?.retention_months ?? null;
      if (kept !== null) {
        const month = `${platform.clock.now().toISOString().slice(0, 7)}-01`;
        await applyRetention({ store, manifest }, scope.organizationId, addMonths(month, -kept).slice(0, 7));
      }
      await compact({ store, manifest }, scope.organizationId);
      // What a failed roll-up, or a version before there was an index, left without one.
      await indexAll({ store, manifest }, scope.organizationId);
    } catch (error) {
      // An import that ran at the same time wins; the next night tries again.
      log.warn({ workspaceId: scope.workspaceId, reason: messageOf(error) }, 'upkeep of costs was put off');
    }
  }
  const any = workspaces[0] ?? {
    organizationId: '00000000-0000-0000-0000-000000000000',
    workspaceId: '00000000-0000-0000-0000-000000000000',
  };
  const removed = await sweepOrphans(
    { store, manifest: data.manifest(any) },
    undefined,
    platform.clock.now(),
  );
  if (removed.length > 0)
    log.info({ files: removed.length }, 'files that no manifest lists were removed from the cost lake');
}
