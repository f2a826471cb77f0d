import type { Connection } from '@cloudatlas/cloud/contract';
import type { CloudProblem } from '@cloudatlas/cloud/errors';
import type { PermissionFinding } from '@cloudatlas/cloud/permissions';
import type { Database, TenantScope } from '#platform/db/database.ts';
import type { Platform } from '#platform/module.ts';
import type { Connections } from '../connections.ts';
import type { AccountsTables } from '../tables.ts';
import { healthOf, probeConnection, problemIn } from './check.ts';
import type { Journal } from './journal.ts';
import { present } from './present.ts';
import { byId, find, type Row, type Tx } from './rows.ts';
import type { Acting, WorkspaceRef } from './types.ts';

/** How connected accounts are: asked for, and as others found out on their way. */
export function createHealth(
  { clock }: Pick<Platform, 'clock'>,
  db: Database<AccountsTables>,
  connections: Connections,
  journal: Journal,
) {
  async function connectStored(
    scope: TenantScope,
    load: (tx: Tx) => Promise<Row>,
  ): Promise<{ row: Row; connection: Connection }> {
    const { row, open } = await db.inTenant(scope, async (tx) => {
      const found = await load(tx);
      return { row: found, open: await connections.fromAccount(tx, found) };
    });
    return { row, connection: await open() };
  }

  return {
    /** Asks the provider again what the stored credentials may do, and keeps the answer. */
    async test(scope: WorkspaceRef, acting: Acting, accountId: string, signal: AbortSignal) {
      const { row, connection } = await connectStored(scope, (tx) => find(tx, scope, accountId));
      let outcome: {
        status: Row['health_status'];
        problem: ReturnType<typeof problemIn>;
        permissions: PermissionFinding[];
      };
      try {
        const probe = await probeConnection(connection, row.features, signal);
        outcome = { status: healthOf(probe.permissions), problem: null, permissions: probe.permissions };
      } catch (error) {
        const problem = problemIn(error);
        if (problem === null) throw error;
        outcome = { status: 'failing', problem, permissions: row.permissions };
      } finally {
        connection.close();
      }
      const updated = await db.inTenant(scope, async (tx) => {
        const { health_status: from } = await find(tx, scope, accountId);
        const after = await tx
          .updateTable('accounts.cloud_account')
          .set({
            health_status: outcome.status,
            health_problem: outcome.problem === null ? null : JSON.stringify(outcome.problem),
            health_checked_at: clock.now(),
            permissions: JSON.stringify(outcome.permissions),
          })
          .where('id', '=', row.id)
          .returningAll()
          .executeTakeFirstOrThrow();
        if (from !== after.health_status) {
          const change = {
            from,
            to: after.health_status,
            ...(outcome.problem === null ? {} : { problem: outcome.problem.kind }),
          };
          await journal.record(
            tx,
            after,
            acting,
            'account.tested',
            change,
            outcome.problem === null ? 'success' : 'failure',
          );
        }
        return after;
      });
      return { account: present(updated), permissions: updated.permissions };
    },

    async reportHealth(scope: TenantScope, accountId: string, problem: CloudProblem | null): Promise<void> {
      await db.inTenant(scope, async (tx) => {
        const row = await byId(tx, accountId);
        const health_status = problem === null ? healthOf(row.permissions) : 'failing';
        const health_problem = problem === null ? null : JSON.stringify(problem);
        await tx
          .updateTable('accounts.cloud_account')
          .set({ health_status, health_problem, health_checked_at: clock.now() })
          .where('id', '=', row.id)
          .execute();
      });
    },
  };
}
