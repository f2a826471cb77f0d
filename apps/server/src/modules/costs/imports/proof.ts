import type { ConformanceQuery, ReconciliationQuery } from '@cloudatlas/contracts/cost-imports';
import type { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { conformanceReport } from '../conformance/report.ts';
import { verifyJob } from '../jobs.ts';
import { fromUnits, toUnits } from '../lake/money.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Data } from '../store/data.ts';
import { asked } from '../store/errors.ts';
import { versionOf } from '../store/postgres-manifest.ts';
import type { CostsTables } from '../tables.ts';
import { doubledAccounts } from './doubled.ts';
import type { Acting } from './imports.ts';

/** The proof that the store equals its sources. */
export function createProof(
  platform: Pick<Platform, 'clock' | 'jobs'>,
  db: Database<CostsTables>,
  data: Data,
  audit: AuditService,
) {
  return {
    async reconciliation(scope: WorkspaceRef, query: z.output<typeof ReconciliationQuery>) {
      const rows = await db.inTenant(scope, (tx) => {
        let select = tx
          .selectFrom('costs.reconciliation as line')
          .innerJoin('costs.partition as part', (join) =>
            join
              .onRef('part.organization_id', '=', 'line.organization_id')
              .onRef('part.workspace_id', '=', 'line.workspace_id')
              .onRef('part.billing_period', '=', 'line.billing_period')
              .onRef('part.billing_account_id', '=', 'line.billing_account_id'),
          )
          .selectAll('line')
          .select(['part.origin', 'part.committed_at', 'part.verified_at', 'part.verify_problem'])
          .where('line.workspace_id', '=', scope.workspaceId)
          .orderBy('line.billing_period', 'desc')
          .orderBy('line.billing_account_id')
          .orderBy('line.currency')
          .limit(query.limit + 1);
        if (query.from !== undefined) select = select.where('line.billing_period', '>=', query.from);
        if (query.to !== undefined) select = select.where('line.billing_period', '<=', query.to);
        if (query.account !== undefined) select = select.where('line.billing_account_id', '=', query.account);
        if (query.cursor !== undefined) {
          const [period = '', account = '', currency = ''] = decodeCursor(query.cursor, 3);
          select = select.where((eb) =>
            eb.or([
              eb('line.billing_period', '<', period),
              eb.and([eb('line.billing_period', '=', period), eb('line.billing_account_id', '>', account)]),
              eb.and([
                eb('line.billing_period', '=', period),
                eb('line.billing_account_id', '=', account),
                eb('line.currency', '>', currency),
              ]),
            ]),
          );
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, query.limit, (row) => [
        row.billing_period,
        row.billing_account_id,
        row.currency,
      ]);
      const doubled = await doubledAccounts(db, scope, [...new Set(items.map((row) => row.billing_period))]);
      return {
        items: items.map((row) => ({
          billingPeriod: row.billing_period,
          billingAccountId: row.billing_account_id,
          currency: row.currency,
          sourceRows: Number(row.source_rows),
          refusedRows: Number(row.refused_rows),
          storeRows: Number(row.store_rows),
          sourceBilled: row.source_billed,
          refusedBilled: row.refused_billed,
          storeBilled: row.store_billed,
          difference: fromUnits(
            toUnits(row.source_billed) - toUnits(row.refused_billed) - toUnits(row.store_billed),
          ),
          importId: row.import_id,
          origin: row.origin,
          verifiedAt: row.verified_at?.toISOString() ?? null,
          verifyProblem: row.verify_problem,
          committedAt: row.committed_at.toISOString(),
          doubled: doubled.get(`${row.billing_period} ${row.billing_account_id}`) ?? [],
        })),
        nextCursor,
      };
    },

    /** @throws AppError `conflict` without costs */
    async requestVerify(scope: WorkspaceRef, acting: Acting): Promise<Record<string, never>> {
      await db.inTenant(scope, async (tx) => {
        const any = await tx
          .selectFrom('costs.partition')
          .select('version')
          .where('workspace_id', '=', scope.workspaceId)
          .limit(1)
          .executeTakeFirst();
        if (any === undefined) throw new AppError('conflict', 'There are no costs to verify yet.');
        await platform.jobs.enqueue(tx, verifyJob, {
          organizationId: scope.organizationId,
          workspaceId: scope.workspaceId,
        });
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: 'cost_store.verification_requested',
          outcome: 'success',
          ...acting,
          workspaceId: scope.workspaceId,
          target: { type: 'cost_store', id: scope.workspaceId },
        });
      });
      return {};
    },

    /** Reads every file of a workspace's store again and writes down what is wrong with it. */
    async verify(scope: WorkspaceRef, signal: AbortSignal): Promise<void> {
      const rows = await db.inTenant(scope, (tx) =>
        tx.selectFrom('costs.partition').selectAll().where('workspace_id', '=', scope.workspaceId).execute(),
      );
      const { store } = await data.lake.forWork();
      for (const row of rows) {
        signal.throwIfAborted();
        const problems = await store.verify(versionOf(row));
        const problem =
          problems.length === 0
            ? null
            : problems
                .map(({ path, problem: kind }) => `${kind}: ${path}`)
                .join('; ')
                .slice(0, 1000);
        await db.inTenant(scope, (tx) =>
          tx
            .updateTable('costs.partition')
            .set({ verified_at: platform.clock.now(), verify_problem: problem })
            .where('workspace_id', '=', scope.workspaceId)
            .where('billing_period', '=', row.billing_period)
            .where('billing_account_id', '=', row.billing_account_id)
            .where('version', '=', row.version)
            .execute(),
        );
      }
    },

    async conformance(scope: WorkspaceRef, query: z.output<typeof ConformanceQuery>, signal: AbortSignal) {
      const all = await data.manifest(scope).partitions(scope.organizationId);
      const chosen = all.filter(
        (part) => query.account === undefined || part.billingAccountId === query.account,
      );
      const month = query.month ?? chosen.at(-1)?.billingPeriod ?? null;
      const { store } = await data.lake.forPages();
      const report = await asked(() =>
        conformanceReport(
          store,
          chosen.filter((part) => part.billingPeriod === month),
          { signal },
        ),
      );
      return { ...report, month, score: report.score ?? null };
    },
  };
}

export type Proof = ReturnType<typeof createProof>;
