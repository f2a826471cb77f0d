import type { z } from 'zod';
import type { Database, TenantTx } from '#platform/db/database.ts';
import type { JobContext } from '#platform/jobs/jobs.ts';
import type { Platform } from '#platform/module.ts';
import { importFiles } from '../ingest/importFiles.ts';
import type { ImportReport, Reconciliation } from '../ingest/report.ts';
import type { Progress } from '../ingest/staging.ts';
import { importJob } from '../jobs.ts';
import { CostError } from '../lake/errors.ts';
import { sumDecimals } from '../lake/money.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Data } from '../store/data.ts';
import type { CostsTables } from '../tables.ts';
import type { Imports } from './imports.ts';
import { rowCounts, storedReport, type ImportRow } from './present.ts';
import type { SourceStates } from '../sources/states.ts';
import type { UploadFolder } from './upload-folder.ts';

type Tx = TenantTx<CostsTables>;
type Payload = z.infer<typeof importJob.schema>;
const lastAttempt = (importJob.retryLimit ?? 3) + 1;
const progressMs = 1000;

/**
 * Runs one import. The store changes in one commit of the manifest, so a kill at any instant leaves the old data or
 * the new; the job runs again and finds out which.
 */
export function createImportRun(
  platform: Pick<Platform, 'clock'>,
  db: Database<CostsTables>,
  data: Data,
  imports: Imports,
  folder: UploadFolder,
  sources: SourceStates,
) {
  const { clock } = platform;

  return async function run(
    payload: Payload,
    { signal, draining, attempt, log }: Pick<JobContext, 'signal' | 'draining' | 'attempt' | 'log'>,
  ): Promise<void> {
    const scope = { organizationId: payload.organizationId, workspaceId: payload.workspaceId };
    const row = await begin(scope, payload.importId);
    if (row === undefined) return;
    const cancelled = new AbortController();
    const stop = AbortSignal.any([signal, draining, cancelled.signal]);
    const watch = setInterval(() => {
      isCancelled(scope, row.id).then(
        (yes) => yes && cancelled.abort(),
        () => undefined,
      );
    }, 2000);
    try {
      const report = await importOnce(scope, row, stop, row.force);
      await finish(scope, row, report, stop);
      await folder.removeFiles(row.id);
    } catch (error) {
      if (cancelled.signal.aborted) {
        await folder.remove(row.id);
        return;
      }
      // The process stops: the next one takes the job over.
      if (signal.aborted || draining.aborted) throw error;
      // A full disk does not empty itself within the retries: it is told at once.
      const plain = error instanceof CostError && error.code !== 'conflict' && error.code !== 'busy';
      if (!plain && attempt < lastAttempt) throw error;
      log.warn({ err: error, importId: row.id }, 'a cost import failed');
      await fail(scope, row, error);
      await folder.removeFiles(row.id);
    } finally {
      clearInterval(watch);
    }
  };

  async function begin(scope: WorkspaceRef, importId: string): Promise<ImportRow | undefined> {
    return db.inTenant(scope, async (tx) => {
      const row = await tx
        .updateTable('costs.import')
        .set({ status: 'running', changed_at: clock.now() })
        .where('id', '=', importId)
        .where('status', 'in', ['queued', 'running'])
        .returningAll()
        .executeTakeFirst();
      if (row !== undefined) await imports.announce(tx, scope, importId);
      return row;
    });
  }

  async function isCancelled(scope: WorkspaceRef, importId: string): Promise<boolean> {
    const row = await db.inTenant(scope, (tx) =>
      tx.selectFrom('costs.import').select('status').where('id', '=', importId).executeTakeFirst(),
    );
    return row === undefined || row.status === 'cancelled';
  }

  async function importOnce(
    scope: WorkspaceRef,
    row: ImportRow,
    signal: AbortSignal,
    force: boolean,
  ): Promise<ImportReport> {
    await folder.prepare(row.id);
    const { engine, store } = await data.lake.forWork();
    const manifest = data.manifest(scope, {
      importId: row.id,
      origin: row.origin,
      sourceAccountId: row.account_id,
    });
    const files = row.files.map((file, index) => ({ path: folder.fileOf(row.id, index), name: file.name }));
    return importFiles({ engine, store, manifest }, files, {
      organizationId: scope.organizationId,
      onExisting: row.on_existing,
      force,
      rejectFile: folder.rejectsOf(row.id),
      decimalComma: row.reading.decimalComma,
      ...(row.reading.dateOrder === undefined ? {} : { dateOrder: row.reading.dateOrder }),
      ...(row.reading.ids === undefined ? {} : { ids: row.reading.ids }),
      closedPeriods: await data.closedPeriods(scope),
      onProgress: progressWriter(scope, row.id),
      signal,
    });
  }

  /** Writes progress once a second; a write that fails is made up for by the next. */
  function progressWriter(scope: WorkspaceRef, importId: string): (progress: Progress) => void {
    let last = 0;
    return (progress) => {
      const now = Date.now();
      if (now - last < progressMs) return;
      last = now;
      const written = db.inTenant(scope, async (tx) => {
        await tx
          .updateTable('costs.import')
          .set({ progress: JSON.stringify(progress) })
          .where('id', '=', importId)
          .where('status', '=', 'running')
          .execute();
        await imports.announce(tx, scope, importId);
      });
      written.catch(() => undefined);
    };
  }

  async function finish(
    scope: WorkspaceRef,
    row: ImportRow,
    found: ImportReport,
    signal: AbortSignal,
  ): Promise<void> {
    let report = found;
    const committedBefore = report.status === 'duplicate' && report.importId === row.id;
    // A kill between the commit and this line: the data is in, its report is not. A replacement may be done again for it.
    if (committedBefore && row.on_existing === 'replace') report = await importOnce(scope, row, signal, true);
    const duplicate = report.status === 'duplicate' && report.importId !== row.id;
    await db.inTenant(scope, async (tx) => {
      const hashes = new Map(report.files.map((file) => [file.name, file.sha256]));
      await tx
        .updateTable('costs.import')
        .set({
          status: duplicate ? 'duplicate' : 'imported',
          duplicate_of: duplicate ? report.importId : null,
          files: JSON.stringify(
            row.files.map((file) => ({ ...file, sha256: hashes.get(file.name) ?? file.sha256 })),
          ),
          rows: report.files.length === 0 ? null : JSON.stringify(rowCounts(report)),
          report: report.files.length === 0 ? null : JSON.stringify(storedReport(report)),
          has_rejects: report.rejectFile !== undefined,
          progress: null,
          problem: null,
          finished_at: clock.now(),
          changed_at: clock.now(),
        })
        .where('id', '=', row.id)
        .execute();
      for (const line of report.reconciliation) await reconcile(tx, scope, row, line);
      await sources.imported(tx, scope, row);
      await imports.announce(tx, scope, row.id);
    });
  }

  /** Keeps the proof of what a partition holds now. What an append brought is added to what was proved before. */
  async function reconcile(tx: Tx, scope: WorkspaceRef, row: ImportRow, line: Reconciliation): Promise<void> {
    const key = {
      organization_id: scope.organizationId,
      workspace_id: scope.workspaceId,
      billing_period: line.billingPeriod,
      billing_account_id: line.billingAccountId,
      currency: line.currency,
    };
    const partition = await tx
      .selectFrom('costs.partition')
      .select('import_ids')
      .where('workspace_id', '=', key.workspace_id)
      .where('billing_period', '=', key.billing_period)
      .where('billing_account_id', '=', key.billing_account_id)
      .executeTakeFirst();
    // Replaced again meanwhile: the newer import writes its own proof.
    if (partition === undefined || partition.import_ids.at(-1) !== row.id) return;
    const lines = tx
      .deleteFrom('costs.reconciliation')
      .where('workspace_id', '=', key.workspace_id)
      .where('billing_period', '=', key.billing_period)
      .where('billing_account_id', '=', key.billing_account_id);
    if (row.on_existing !== 'append') await lines.where('import_id', '!=', row.id).execute();
    const before = await lines.where('currency', '=', key.currency).returningAll().executeTakeFirst();
    const earlier = row.on_existing === 'append' && before?.import_id !== row.id ? before : undefined;
    await tx
      .insertInto('costs.reconciliation')
      .values({
        ...key,
        import_id: row.id,
        source_rows: line.sourceRows + Number(earlier?.source_rows ?? 0),
        refused_rows: line.refusedRows + Number(earlier?.refused_rows ?? 0),
        store_rows: line.storeRows,
        source_billed: sumDecimals([line.sourceBilled, earlier?.source_billed ?? '0']),
        refused_billed: sumDecimals([line.refusedBilled, earlier?.refused_billed ?? '0']),
        store_billed: line.storeBilled,
      })
      .execute();
  }

  async function fail(scope: WorkspaceRef, row: ImportRow, error: unknown): Promise<void> {
    const problem =
      error instanceof CostError
        ? {
            code: typeof error.details['reason'] === 'string' ? error.details['reason'] : error.code,
            message: error.message,
          }
        : {
            code: 'internal',
            message:
              'The import failed for a reason that lies with the server; the old data is still served. Try it again.',
          };
    await db.inTenant(scope, async (tx) => {
      await tx
        .updateTable('costs.import')
        .set({
          status: 'failed',
          problem: JSON.stringify(problem),
          progress: null,
          finished_at: clock.now(),
          changed_at: clock.now(),
        })
        .where('id', '=', row.id)
        .where('status', '=', 'running')
        .execute();
      await sources.failed(tx, scope, row, problem.message);
      await imports.announce(tx, scope, row.id);
    });
  }
}
