import type { FocusColumn } from '../focus/columns.ts';
import type { CalendarKind } from './calendar.ts';
import type { Row } from './duck.ts';
import type { CostSums, LakeFile, PartitionKey, PartitionVersion } from './manifest.ts';

export type ParamType = 'text' | 'date' | 'timestamp' | 'int';

/** One statement with its bound values. Values from outside are only ever here, never in `sql`. */
export interface SqlText {
  sql: string;
  params: Record<string, { type: ParamType; value: string | number }>;
}

/** The few places where the two engines spell SQL differently. Arguments are SQL expressions. */
export interface Dialect {
  readonly name: 'duckdb' | 'clickhouse';
  param(name: string, type: ParamType): string;
  /** Calendar day (UTC) of a line item. */
  dayOf(timestamp: string): string;
  /** First day of the day, ISO week (Monday) or month, as a date; `text` of it is `YYYY-MM-DD`. */
  bucket(day: string, grain: 'day' | 'week' | 'month'): string;
  date(constant: string): string;
  /** Value of a key in a JSON object kept as text; null without the key. `key` is data. */
  jsonValue(json: string, key: string): string;
  /** Exact product of an amount and a rate, back in the amount's type. */
  times(amount: string, rate: string): string;
  decimal(text: string): string;
  text(expression: string): string;
  /** Aggregate: the texts of a group, sorted, one per line. */
  sortedLines(text: string): string;
}

export interface StoredVersion {
  files: LakeFile[];
  sums: CostSums[];
  firstDay: string;
  lastDay: string;
}

export interface ExportRequest {
  columns: readonly FocusColumn[];
  /** Condition on line-item columns, with its parameters. */
  where?: SqlText;
  format: 'parquet' | 'csv';
  /** Absolute path of the file to write. */
  target: string;
}

export interface VerifyProblem {
  path: string;
  problem: 'missing' | 'checksum' | 'unreadable' | 'sums';
}

/** What `select` reads: line items, or their daily roll-up. */
export type TableKind = 'rows' | 'daily';

/**
 * The calendars (see `calendar.ts`) that can hold charges of some months, given by their first days in order; a table
 * expression, or undefined where there are none.
 */
export type CalendarOf = (months: readonly string[]) => string | undefined;

/**
 * Answers of any grouping without reading line items. A partition is indexed after its commit, so that an import need
 * not wait for it; until then questions read the line items.
 */
export interface CostIndex {
  covers(partitions: readonly PartitionVersion[]): boolean;
  /** Makes the index of one partition; nobody reads it before the manifest has it. */
  build(partition: PartitionVersion, signal?: AbortSignal): Promise<LakeFile[]>;
  /** Runs a read over partitions that the index covers; without a statement there is nothing to read. */
  select(
    partitions: readonly PartitionVersion[],
    kind: CalendarKind,
    build: (calendarOf: CalendarOf, dialect: Dialect) => SqlText | undefined,
    signal?: AbortSignal,
  ): Promise<Row[]>;
}

/**
 * Storage of FOCUS rows. Versions are immutable; which of them counts is the manifest's word, so no
 * method here changes what a reader sees.
 */
export interface CostStore {
  readonly dialect: Dialect;
  /** Absent where the store is fast enough without one. */
  readonly index?: CostIndex;
  /** A local folder for files that will be handed to `putVersion`. The caller removes it. */
  createStaging(): Promise<string>;
  /** Stores staged Parquet files (columns of the superset; absent ones are null) as rows; invisible until committed. */
  putVersion(key: PartitionKey, version: string, stagedFiles: readonly string[]): Promise<StoredVersion>;
  /** Runs a read over the given partitions. `build` gets the table expression to put after FROM. */
  select(
    partitions: readonly PartitionVersion[],
    kind: TableKind,
    build: (from: string, dialect: Dialect) => SqlText,
    signal?: AbortSignal,
  ): Promise<Row[]>;
  exportRows(
    partitions: readonly PartitionVersion[],
    request: ExportRequest,
    signal?: AbortSignal,
  ): Promise<{ rows: number }>;
  /** Merges the row files of a partition into one new version; invisible until committed. */
  merge(partition: PartitionVersion, version: string): Promise<StoredVersion>;
  /** Recomputes checksums and sums and compares them with the manifest. */
  verify(partition: PartitionVersion): Promise<VerifyProblem[]>;
  /** Removes files of a version that was never committed. */
  discard(paths: readonly string[]): Promise<void>;
  /** Removes data that no manifest lists and that was last touched before `olderThan`. Returns what was removed. */
  sweep(referenced: ReadonlySet<string>, olderThan: Date): Promise<string[]>;
  close(): Promise<void>;
}
