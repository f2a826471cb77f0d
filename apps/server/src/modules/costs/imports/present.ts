import type { CostImport, CostImportDetail } from '@cloudatlas/contracts/cost-imports';
import type { Selectable } from 'kysely';
import type { FileReport, ImportReport } from '../ingest/report.ts';
import { REFUSALS, REPAIRS, type RefusalId } from '../ingest/rules.ts';
import type { ImportTable } from '../tables.ts';

export type ImportRow = Selectable<ImportTable>;
type StoredReport = NonNullable<CostImportDetail['report']>;

export function presentImport(row: ImportRow): CostImport {
  return {
    id: row.id,
    status: row.status,
    origin: row.origin,
    onExisting: row.on_existing,
    files: row.files,
    account: row.account_id === null ? null : { id: row.account_id, name: row.account_name ?? '' },
    progress: row.progress,
    rows: row.rows,
    problem: row.problem,
    requestedBy: row.requested_by_label,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

export function presentDetail(row: ImportRow): CostImportDetail {
  // Reports from before other schemas were read do not name theirs.
  const report: StoredReport | null = row.report && {
    ...row.report,
    files: row.report.files.map((file) => ({ ...file, schema: file.schema ?? 'focus' })),
  };
  return { ...presentImport(row), report, duplicateOf: row.duplicate_of };
}

/** More partitions than this are counted in the store and not listed on the page. */
const maxListed = 2000;

/** The engine's report as it is stored and shown. */
export function storedReport(report: ImportReport): StoredReport {
  return {
    files: report.files.map(fileReport),
    partitions: report.partitions.slice(0, maxListed),
    reconciliation: report.reconciliation.slice(0, maxListed),
    refusedSamples: report.refusedSamples,
    hasRejects: report.rejectFile !== undefined,
  };
}

function fileReport(file: FileReport): StoredReport['files'][number] {
  return {
    ...file,
    version: file.version ?? null,
    refused: Object.entries(file.refused).map(([reason, rows]) => ({
      reason,
      text: REFUSALS[reason as RefusalId],
      rows,
    })),
    repaired: Object.entries(file.repaired).map(([reason, rows]) => ({
      reason,
      text: REPAIRS.find((rule) => rule.id === reason)?.text ?? '',
      rows,
    })),
  };
}

/** Counts over all files. A row with several repairs counts once per repair. */
export function rowCounts(report: ImportReport): NonNullable<CostImport['rows']> {
  const sum = (pick: (file: FileReport) => number): number =>
    report.files.reduce((n, file) => n + pick(file), 0);
  const total = (counts: Partial<Record<string, number>>): number =>
    Object.values(counts).reduce<number>((n, count) => n + (count ?? 0), 0);
  return {
    read: sum((file) => file.read),
    accepted: sum((file) => file.accepted),
    repaired: sum((file) => total(file.repaired)),
    refused: sum((file) => total(file.refused)),
  };
}
