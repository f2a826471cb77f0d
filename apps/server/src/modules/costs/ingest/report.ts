import { scalarText } from '../lake/scalar.ts';
import { COST_COLUMNS, type CostColumn, type FocusVersion } from '../focus/columns.ts';
import type { Row } from '../lake/duck.ts';
import type { CostSums, PartitionVersion } from '../lake/manifest.ts';
import { canonical, fromUnits, toUnits } from '../lake/money.ts';
import type { FileFormat } from './inspect.ts';
import type { RefusalId, RepairId } from './rules.ts';

export interface FileReport {
  name: string;
  sha256: string;
  bytes: number;
  format: FileFormat;
  /** Whose columns: FOCUS, or the AWS Cost and Usage Report 2.0. */
  schema: 'focus' | 'cur-2.0';
  /** FOCUS version. Undefined for another schema, and when the columns fit none. */
  version: FocusVersion | undefined;
  /** Rows of data seen: accepted + refused. Repeated header lines are not data. */
  read: number;
  accepted: number;
  refused: Partial<Record<RefusalId, number>>;
  repaired: Partial<Record<RepairId, number>>;
  repeatedHeaders: number;
  /** Exact sums of every readable row, refused ones included, per currency. */
  sourceSums: CostSums[];
  renamedColumns: { from: string; to: string }[];
  ignoredColumns: string[];
  /** Mandatory columns of that version, or columns of the report that make costs exact, that the file lacks. */
  missingColumns: string[];
}

export interface PartitionReport {
  billingPeriod: string;
  billingAccountId: string;
  action: 'created' | 'replaced' | 'appended';
  before: CostSums[];
  after: CostSums[];
}

/** Source against store, for one account, month and currency. `difference` = source − refused − store (+ what was there, on append). */
export interface Reconciliation {
  billingPeriod: string;
  billingAccountId: string;
  currency: string;
  sourceRows: number;
  refusedRows: number;
  storeRows: number;
  sourceBilled: string;
  refusedBilled: string;
  storeBilled: string;
  difference: string;
}

export interface ImportReport {
  importId: string;
  status: 'imported' | 'duplicate';
  files: FileReport[];
  partitions: PartitionReport[];
  reconciliation: Reconciliation[];
  /** First refused rows, for the page; all of them are in the reject file. */
  refusedSamples: { file: string; reason: RefusalId; line: number | null; values: (string | null)[] }[];
  /** Where the reject file was written; undefined when nothing was refused. */
  rejectFile: string | undefined;
}

/** One line of the tally of a staged file: rows of one account, month, currency and outcome. */
export interface TallyRow {
  period: string | null;
  account: string | null;
  /** Part of a divided staging that holds the accepted rows. */
  part: string | null;
  currency: string | null;
  reject: string | null;
  rows: number;
  sums: Record<CostColumn, string>;
}

/** Number of the part of one account and month, as text harmless as a folder's name, whatever the account is. */
export const PART_SQL = 'hash(_period, BillingAccountId)';
const TALLIED = '_period, BillingAccountId, BillingCurrency, _reject';

/** Counts and sums of staged rows by account, month, currency and outcome. */
export function tallySql(from: string): string {
  const sums = COST_COLUMNS.map((c) => `sum(${c}) AS ${c}`).join(', ');
  const texts = COST_COLUMNS.map((c) => `coalesce(${c}, 0)::DECIMAL(38,18)::VARCHAR AS ${c}`).join(', ');
  return (
    `SELECT _period AS period, BillingAccountId AS account, ${PART_SQL}::VARCHAR AS part, BillingCurrency AS currency, _reject AS reject, n::VARCHAR AS n, ${texts} ` +
    `FROM (SELECT ${TALLIED}, count(*) AS n, ${sums} FROM ${from} GROUP BY ${TALLIED}) ORDER BY ALL`
  );
}

export function tallyRow(row: Row): TallyRow {
  const text = (value: unknown): string | null =>
    value === null || value === undefined ? null : scalarText(value);
  const period = text(row['period']);
  return {
    period: period === null ? null : `${period.slice(0, 4)}-${period.slice(4)}`,
    account: text(row['account']),
    part: text(row['part']),
    currency: text(row['currency']),
    reject: text(row['reject']),
    rows: Number(row['n']),
    sums: {
      BilledCost: canonical(scalarText(row['BilledCost'])),
      EffectiveCost: canonical(scalarText(row['EffectiveCost'])),
      ListCost: canonical(scalarText(row['ListCost'])),
      ContractedCost: canonical(scalarText(row['ContractedCost'])),
    },
  };
}

/** Adds tally rows up per currency. */
export function currencySums(rows: readonly TallyRow[]): CostSums[] {
  const totals = new Map<string, CostSums>();
  for (const row of rows) {
    const currency = row.currency ?? '';
    totals.set(
      currency,
      addSums(totals.get(currency) ?? emptySums(currency), {
        currency,
        rows: row.rows,
        billed: row.sums.BilledCost,
        effective: row.sums.EffectiveCost,
        list: row.sums.ListCost,
        contracted: row.sums.ContractedCost,
      }),
    );
  }
  return [...totals.values()].toSorted((a, b) => a.currency.localeCompare(b.currency));
}

export function emptySums(currency: string): CostSums {
  return { currency, rows: 0, billed: '0', effective: '0', list: '0', contracted: '0' };
}

const plus = (a: string, b: string): string => fromUnits(toUnits(a) + toUnits(b));

export function addSums(a: CostSums, b: CostSums): CostSums {
  return {
    currency: a.currency,
    rows: a.rows + b.rows,
    billed: plus(a.billed, b.billed),
    effective: plus(a.effective, b.effective),
    list: plus(a.list, b.list),
    contracted: plus(a.contracted, b.contracted),
  };
}

/** Merges the sums of two versions of a partition, currency by currency. */
export function mergeSums(a: readonly CostSums[], b: readonly CostSums[]): CostSums[] {
  const currencies = [...new Set([...a, ...b].map((s) => s.currency))].toSorted();
  return currencies.map((currency) =>
    [...a, ...b].filter((s) => s.currency === currency).reduce(addSums, emptySums(currency)),
  );
}

/**
 * The proof: what the files said, what was refused, what the store holds when read back.
 * `before` is what an appended partition held already.
 */
export function reconcile(
  tally: readonly TallyRow[],
  stored: readonly { version: PartitionVersion; before: readonly CostSums[] }[],
): Reconciliation[] {
  return stored.flatMap(({ version, before }) =>
    version.sums.map((sums) => {
      const rows = tally.filter(
        (t) =>
          t.period === version.billingPeriod &&
          t.account === version.billingAccountId &&
          t.currency === sums.currency,
      );
      const refused = rows.filter((t) => t.reject !== null);
      const count = (list: readonly TallyRow[]): number => list.reduce((n, t) => n + t.rows, 0);
      const billed = (list: readonly TallyRow[]): bigint =>
        list.reduce((n, t) => n + toUnits(t.sums.BilledCost), 0n);
      const held = toUnits(before.find((s) => s.currency === sums.currency)?.billed ?? '0');
      return {
        billingPeriod: version.billingPeriod,
        billingAccountId: version.billingAccountId,
        currency: sums.currency,
        sourceRows: count(rows),
        refusedRows: count(refused),
        storeRows: sums.rows,
        sourceBilled: fromUnits(billed(rows)),
        refusedBilled: fromUnits(billed(refused)),
        storeBilled: sums.billed,
        difference: fromUnits(billed(rows) - billed(refused) + held - toUnits(sums.billed)),
      };
    }),
  );
}
