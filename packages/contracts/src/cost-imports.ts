/**
 * Costs: imports of files, what connected accounts deliver, and the proof that the store equals the source.
 * All routes are below `/api/v1/orgs/{org}/workspaces/{workspace}/costs` (written `…` here).
 */
import { CloudProblem } from '@cloudatlas/cloud/errors';
import { z } from 'zod';
import { Cursor, Id, Instant, PageLimit, pageOf } from './common.ts';
import { Currency, Decimal, Month } from './costs.ts';

/** `replace`: accounts and months found take the place of what is there. `append`: adds. `refuse`: fails if there is something. */
export const OnExisting = z.enum(['replace', 'append', 'refuse']);

/** How to read a file that does not say it itself. */
export const ReadingOptions = z.strictObject({
  decimalComma: z.boolean().default(false),
  /** Order of dates with slashes; absent: such dates are refused. */
  dateOrder: z.enum(['dmy', 'mdy']).optional(),
});

/**
 * An import, step by step:
 * 1. POST …/imports → 201 CostImport with status `receiving`
 * 2. PUT …/imports/{importId}/files/{name}?offset=N, body: the bytes from N on (any of `uploadTypes`) → 200 CostImport.
 *    A file may come in several requests; `offset` must be what has been received so far (409 otherwise; the
 *    import tells `received`). Repeat for each file of the delivery.
 * 3. POST …/imports/{importId}/start → 202 CostImport; follow it by GET or …/live
 * GET …/imports lists, GET …/imports/{importId} adds the report, GET …/imports/{importId}/rejects downloads the
 * refused rows as CSV, DELETE …/imports/{importId} cancels or removes the entry; what it imported stays until replaced.
 */
export const CreateImportBody = z.strictObject({
  onExisting: OnExisting.default('replace'),
  reading: ReadingOptions.prefault({}),
  /** Import again what is already there. */
  force: z.boolean().default(false),
});
export const uploadTypes = [
  'application/octet-stream',
  'text/csv',
  'application/gzip',
  'application/x-gzip',
  'application/vnd.apache.parquet',
] as const;
/** `total`: size of the whole file; with it, an upload that stopped half way cannot be started. `offset` 0 begins the file anew. */
export const UploadQuery = z.strictObject({
  offset: z.coerce.number().int().min(0).default(0),
  total: z.coerce.number().int().min(1).optional(),
});

export const ImportStatus = z.enum([
  'receiving',
  'queued',
  'running',
  'imported',
  'duplicate',
  'failed',
  'cancelled',
]);
export type ImportStatus = z.infer<typeof ImportStatus>;

export const CostImport = z.object({
  id: Id,
  status: ImportStatus,
  /** `upload`: by a person; `folder`: the watched folder; `export` and `query`: from a connected account. */
  origin: z.enum(['upload', 'folder', 'export', 'query']),
  onExisting: OnExisting,
  /** `total`: as the upload said; null when it did not. */
  files: z.array(
    z.object({
      name: z.string(),
      received: z.number(),
      total: z.number().nullable(),
      sha256: z.string().nullable(),
    }),
  ),
  /** Connected account it came from. */
  account: z.object({ id: Id, name: z.string() }).nullable(),
  /** 0 to 1 within the phase; null while nothing runs. */
  progress: z
    .object({ phase: z.enum(['reading', 'writing', 'committing']), file: z.string(), fraction: z.number() })
    .nullable(),
  rows: z
    .object({ read: z.number(), accepted: z.number(), repaired: z.number(), refused: z.number() })
    .nullable(),
  /** Why it failed, plainly; `code` is stable. */
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  requestedBy: z.string(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
export type CostImport = z.infer<typeof CostImport>;
export const CostImportList = pageOf(CostImport);

export const CostSums = z.object({
  currency: z.string(),
  rows: z.number(),
  billed: Decimal,
  effective: Decimal,
  list: Decimal,
  contracted: Decimal,
});

export const ImportFileReport = z.object({
  name: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  format: z.string(),
  /** Whose columns the file has: FOCUS, or the AWS Cost and Usage Report 2.0, which is turned into FOCUS columns. */
  schema: z.enum(['focus', 'cur-2.0']),
  /** FOCUS version its columns fit; null: none, or another schema. */
  version: z.string().nullable(),
  read: z.number(),
  accepted: z.number(),
  /** Row counts by stable reason id, with the English explanation. */
  refused: z.array(z.object({ reason: z.string(), text: z.string(), rows: z.number() })),
  repaired: z.array(z.object({ reason: z.string(), text: z.string(), rows: z.number() })),
  repeatedHeaders: z.number(),
  /** Exact sums of every readable row, refused ones included. */
  sourceSums: z.array(CostSums),
  renamedColumns: z.array(z.object({ from: z.string(), to: z.string() })),
  ignoredColumns: z.array(z.string()),
  missingColumns: z.array(z.string()),
});

/** Source against store, for one account, month and currency; `difference` is 0 when all is well. */
export const ReconciliationRow = z.object({
  billingPeriod: Month,
  billingAccountId: z.string(),
  currency: z.string(),
  sourceRows: z.number(),
  refusedRows: z.number(),
  storeRows: z.number(),
  sourceBilled: Decimal,
  refusedBilled: Decimal,
  storeBilled: Decimal,
  difference: Decimal,
});

/** GET …/imports/{importId}. */
export const CostImportDetail = CostImport.extend({
  report: z
    .object({
      files: z.array(ImportFileReport),
      partitions: z.array(
        z.object({
          billingPeriod: Month,
          billingAccountId: z.string(),
          action: z.enum(['created', 'replaced', 'appended']),
          before: z.array(CostSums),
          after: z.array(CostSums),
        }),
      ),
      reconciliation: z.array(ReconciliationRow),
      refusedSamples: z.array(
        z.object({
          file: z.string(),
          reason: z.string(),
          line: z.number().nullable(),
          values: z.array(z.string().nullable()),
        }),
      ),
      /** Whether …/rejects has a file. */
      hasRejects: z.boolean(),
    })
    .nullable(),
  /** For `duplicate`: the import that brought these contents. */
  duplicateOf: Id.nullable(),
});
export type CostImportDetail = z.infer<typeof CostImportDetail>;

/** GET …/reconciliation: newest month first. */
export const ReconciliationQuery = z.strictObject({
  from: Month.optional(),
  to: Month.optional(),
  account: z.string().max(200).optional(),
  cursor: Cursor.optional(),
  limit: PageLimit,
});
export const ReconciliationEntry = ReconciliationRow.extend({
  /** Import that brought what the store holds now. */
  importId: Id.nullable(),
  origin: CostImport.shape.origin.nullable(),
  /** Files and sums were read again and found right at this time; null: not yet. */
  verifiedAt: Instant.nullable(),
  /** What the check found wrong, if anything. */
  verifyProblem: z.string().nullable(),
  committedAt: Instant,
  /**
   * Accounts whose costs of the same days come under another billing account as well: what two sources deliver under
   * different names counts twice. At most 20.
   */
  doubled: z.array(
    z.object({ accountId: z.string(), otherBillingAccountId: z.string(), days: z.number().int() }),
  ),
});
export const ReconciliationPage = pageOf(ReconciliationEntry);
/** POST …/reconciliation/verify → 202: reads all files of the store again and compares checksums and sums. */

/** GET …/conformance. Without a month: the newest one. */
export const ConformanceQuery = z.strictObject({
  month: Month.optional(),
  account: z.string().max(200).optional(),
});
export const ConformanceReport = z.object({
  month: Month.nullable(),
  /** Version of the specification whose rules are checked. */
  version: z.string(),
  rows: z.number(),
  /** Passed ÷ (passed + violated) of MUST rules; null without data. */
  score: z.number().nullable(),
  passed: z.number(),
  violated: z.number(),
  rules: z.array(
    z.object({
      id: z.string(),
      keyword: z.string(),
      column: z.string(),
      text: z.string(),
      /** `absent`: no row has a value in the column, so its rows cannot be judged. */
      status: z.enum(['passed', 'violated', 'absent', 'not-asked']),
      violations: z.number(),
      samples: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
});

/** What a connected account delivers. GET …/sources; PUT …/sources/{accountId}; POST …/sources/{accountId}/refresh → 202. */
export const CostSource = z.object({
  accountId: Id,
  accountName: z.string(),
  provider: z.string(),
  /** `query`: the provider's cost service, daily by service and region. `export`: full deliveries in a bucket. */
  mode: z.enum(['off', 'query', 'export']),
  location: z.object({ container: z.string(), region: z.string(), prefix: z.string() }).nullable(),
  status: z.enum(['never', 'queued', 'running', 'ok', 'failing']),
  problem: CloudProblem.nullable(),
  lastRunAt: Instant.nullable(),
  /** Last day with cost from it. */
  dataThrough: z.string().nullable(),
  /** What the provider charged for the last questions. */
  queryCost: z.object({ amount: Decimal, currency: Currency }).nullable(),
});
export type CostSource = z.infer<typeof CostSource>;
export const CostSourceList = z.object({ items: z.array(CostSource) });
export const PutCostSourceBody = z
  .strictObject({
    mode: CostSource.shape.mode,
    location: z
      .strictObject({
        container: z.string().trim().min(1).max(255),
        region: z.string().trim().min(1).max(64),
        prefix: z.string().max(500).default(''),
      })
      .optional(),
  })
  .refine(({ mode, location }) => mode !== 'export' || location !== undefined, {
    path: ['location'],
    message: 'says where the export is delivered',
  });

/**
 * GET …/live: server-sent events of this workspace's costs. `costs.import` {importId}, `costs.data` {} (the store
 * changed), `costs.alert` {unread} and `heartbeat` {}; they say what to read again, nothing more.
 */
export const costLiveTopics = ['costs.import', 'costs.data', 'costs.source', 'costs.alert'] as const;
