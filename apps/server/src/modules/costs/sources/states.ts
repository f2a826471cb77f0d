import type { CloudProblem } from '@cloudatlas/cloud/errors';
import type { TenantTx } from '#platform/db/database.ts';
import type { Platform } from '#platform/module.ts';
import type { ImportRow } from '../imports/present.ts';
import { fetchJob } from '../jobs.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { CostsTables } from '../tables.ts';

type Tx = TenantTx<CostsTables>;

/** How it goes with what connected accounts deliver, told by the imports it becomes. */
export function createSourceStates({ clock, jobs, events }: Pick<Platform, 'clock' | 'jobs' | 'events'>) {
  function announce(tx: Tx, scope: WorkspaceRef, accountId: string): Promise<void> {
    return events.live.publish(tx, {
      organizationId: scope.organizationId,
      topic: 'costs.source',
      data: { workspaceId: scope.workspaceId, accountId },
    });
  }

  return {
    announce,

    /** The import of a delivery is in: it is not fetched again. */
    async imported(tx: Tx, scope: WorkspaceRef, row: ImportRow): Promise<void> {
      if (row.account_id === null) return;
      const source = await tx
        .selectFrom('costs.source')
        .select(['delivered', 'mode'])
        .where('account_id', '=', row.account_id)
        .forUpdate()
        .executeTakeFirst();
      if (source === undefined) return;
      await tx
        .updateTable('costs.source')
        .set({
          status: 'ok',
          problem: null,
          last_run_at: clock.now(),
          delivered: JSON.stringify({ ...source.delivered, ...row.delivery }),
        })
        .where('account_id', '=', row.account_id)
        .execute();
      // Looks for what else there is, and drops what another way of fetching brought for the same months.
      if (source.mode !== 'off')
        await jobs.enqueue(tx, fetchJob, {
          organizationId: scope.organizationId,
          accountId: row.account_id,
          // A cost service may charge for being asked again.
          ...(source.mode === 'query' ? { tidyOnly: true } : {}),
        });
      await announce(tx, scope, row.account_id);
    },

    async failed(tx: Tx, scope: WorkspaceRef, row: ImportRow, message: string): Promise<void> {
      if (row.account_id !== null)
        await this.problem(tx, scope, row.account_id, { kind: 'unknown', message });
    },

    async problem(tx: Tx, scope: WorkspaceRef, accountId: string, problem: CloudProblem): Promise<void> {
      await tx
        .updateTable('costs.source')
        .set({ status: 'failing', problem: JSON.stringify(problem), last_run_at: clock.now() })
        .where('account_id', '=', accountId)
        .execute();
      await announce(tx, scope, accountId);
    },

    async ok(tx: Tx, scope: WorkspaceRef, accountId: string): Promise<void> {
      await tx
        .updateTable('costs.source')
        .set({ status: 'ok', problem: null, last_run_at: clock.now() })
        .where('account_id', '=', accountId)
        .execute();
      await announce(tx, scope, accountId);
    },
  };
}

export type SourceStates = ReturnType<typeof createSourceStates>;
