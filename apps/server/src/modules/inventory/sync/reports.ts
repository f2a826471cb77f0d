import type { SyncRun, SyncRunDetail } from '@cloudatlas/contracts/inventory';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { invalidField, notFound } from '#platform/errors/app-error.ts';
import { isId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { InventoryTables } from '../tables.ts';

/** What runs did and do. */
export function createReports(db: Database<InventoryTables>, accounts: AccountsService) {
  async function names(scope: WorkspaceRef) {
    return new Map(
      (await accounts.listFacts(scope, scope.workspaceId)).map((account) => [account.id, account]),
    );
  }

  return {
    /** Newest first; of the named accounts only, where some are named. */
    async list(
      scope: WorkspaceRef,
      page: { cursor?: string | undefined; limit: number; account?: string[] | undefined },
    ) {
      const known = await names(scope);
      const rows = await db.inTenant(scope, (tx) => {
        let select = runs(tx)
          .where('run.workspace_id', '=', scope.workspaceId)
          .orderBy('run.id', 'desc')
          .limit(page.limit + 1);
        // A text that is no id names no account.
        if (page.account !== undefined)
          select = select.where(sql<boolean>`run.account_id = any(${page.account.filter(isId)}::uuid[])`);
        if (page.cursor !== undefined) {
          const [before = ''] = decodeCursor(page.cursor, 1);
          if (!isId(before)) throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where('run.id', '<', before);
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, page.limit, (row) => [row.id]);
      return { items: items.map((row) => present(row, known)), nextCursor };
    },

    /** @throws AppError `not_found` */
    async get(scope: WorkspaceRef, runId: string): Promise<z.input<typeof SyncRunDetail>> {
      if (!isId(runId)) throw notFound('The run');
      const known = await names(scope);
      const { row, scopes } = await db.inTenant(scope, async (tx) => ({
        row: await runs(tx)
          .where('run.workspace_id', '=', scope.workspaceId)
          .where('run.id', '=', runId)
          .executeTakeFirst(),
        scopes: await tx
          .selectFrom('inventory.sync_scope')
          .selectAll()
          .where('run_id', '=', runId)
          .orderBy('service')
          .orderBy('region')
          .execute(),
      }));
      if (row === undefined) throw notFound('The run');
      return {
        ...present(row, known),
        scopes: scopes.map(({ service, region, status, count, problems }) => ({
          service,
          region,
          status,
          count,
          problems,
        })),
      };
    },
  };
}

function runs(tx: TenantTx<InventoryTables>) {
  return tx
    .selectFrom('inventory.sync_run as run')
    .selectAll('run')
    .select((eb) => [
      eb
        .selectFrom('inventory.sync_scope as scope')
        .whereRef('scope.run_id', '=', 'run.id')
        .select(sql<string>`count(*)`.as('n'))
        .as('scopes_total'),
      eb
        .selectFrom('inventory.sync_scope as scope')
        .whereRef('scope.run_id', '=', 'run.id')
        .where('scope.status', 'in', ['done', 'failed'])
        .select(sql<string>`count(*)`.as('n'))
        .as('scopes_done'),
      ...(['count', 'appeared', 'changed', 'vanished'] as const).map((column) =>
        eb
          .selectFrom('inventory.sync_scope as scope')
          .whereRef('scope.run_id', '=', 'run.id')
          .select(sql<string>`coalesce(sum(${sql.ref(`scope.${column}`)}), 0)`.as('n'))
          .as(`sum_${column}`),
      ),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof runs>['execute']>>[number];

function present(row: Row, accounts: ReadonlyMap<string, { name: string; provider: string }>): SyncRun {
  const account = accounts.get(row.account_id);
  return {
    id: row.id,
    accountId: row.account_id,
    accountName: account?.name ?? '',
    provider: account?.provider ?? '',
    trigger: row.trigger,
    status: row.status,
    scopesTotal: Number(row.scopes_total ?? 0),
    scopesDone: Number(row.scopes_done ?? 0),
    resources: Number(row.sum_count ?? 0),
    appeared: Number(row.sum_appeared ?? 0),
    changed: Number(row.sum_changed ?? 0),
    vanished: Number(row.sum_vanished ?? 0),
    problem: row.problem,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
