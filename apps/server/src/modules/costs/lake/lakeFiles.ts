import { calendarTable, daysOfSummary, type CalendarKind } from './calendar.ts';
import { type DuckEngine, literal } from './duck.ts';
import { hashFile } from './hash.ts';
import { isIndexed, type LakeFile, type LakeFileKind, type PartitionVersion } from './manifest.ts';
import { SCALE } from './money.ts';
import type { LakeRoot } from './root.ts';
import { scalarText } from './scalar.ts';
import { DAILY_DIMENSIONS, LINE_COLUMNS, dailySql, duckType } from './schema.ts';
import { COST_COLUMNS } from '../focus/columns.ts';

export function filesOf(partitions: readonly PartitionVersion[], kind: LakeFileKind): string[] {
  return partitions.flatMap((p) => p.files.filter((f) => f.kind === kind).map((f) => f.path));
}

/** Absolute paths as DuckDB's reader of Parquet takes them. */
function reader(paths: readonly string[], options = ''): string {
  // The folders are named like Hive partitions for people; the columns in the files are what counts.
  return `read_parquet([${paths.map(literal).join(', ')}], hive_partitioning = false${options})`;
}

/** No line item, with every column of the superset. */
export function emptyTable(): string {
  return `(SELECT ${LINE_COLUMNS.map((c) => `NULL::${duckType(c)} AS ${c.name}`).join(', ')} WHERE false)`;
}

/** Line items of Parquet files with every column of the superset: a file holds only the columns that its source had. */
export function lineTable(paths: readonly string[]): string {
  return `(FROM ${emptyTable()} UNION ALL BY NAME FROM ${reader(paths, ', union_by_name = true')})`;
}

/** Line items of staged files with the columns that all of those have: what they are divided and summed by. */
export function stagedLines(paths: readonly string[]): string {
  return reader(paths, paths.length > 1 ? ', union_by_name = true' : '');
}

/** Calendars of partitions with their width. */
export function calendarFiles(
  partitions: readonly PartitionVersion[],
  kind: CalendarKind,
): { path: string; scale: number }[] {
  return partitions.flatMap((p) =>
    p.files.filter((f) => f.kind === kind).map((f) => ({ path: f.path, scale: f.scale ?? SCALE })),
  );
}

/** The daily roll-up of partitions; of those without their index it is made from the line items. */
export function dailyTable(root: LakeRoot, partitions: readonly PartitionVersion[]): string {
  const names = ['ChargeDay', ...DAILY_DIMENSIONS, ...COST_COLUMNS, 'LineItems'].join(', ');
  const ready = calendarFiles(partitions, 'summary').map((f) => ({ ...f, path: root.locate(f.path) }));
  const rest = partitions.filter((p) => !isIndexed(p));
  const tables = [];
  if (ready.length > 0)
    tables.push(`SELECT ${names} FROM (${daysOfSummary(calendarTable(ready))}) AS summarised`);
  if (rest.length > 0) {
    const rows = filesOf(rest, 'rows').map((file) => root.locate(file));
    tables.push(`SELECT ${names} FROM (${dailySql(lineTable(rows), 'ChargePeriodStart::DATE')}) AS unrolled`);
  }
  return `(${tables.join(' UNION ALL ')})`;
}

/** Makes staged files part of the lake, one after the other: counted, hashed, durable. `relative` has a name for each. */
export async function publishFiles(
  engine: DuckEngine,
  root: LakeRoot,
  staged: readonly string[],
  relative: (index: number) => string,
  kind: LakeFileKind,
): Promise<LakeFile[]> {
  const counted = await engine.all(
    `SELECT file_name, num_rows FROM parquet_file_metadata([${staged.map(literal).join(', ')}])`,
  );
  const rows = new Map(counted.map((row) => [scalarText(row['file_name']), Number(row['num_rows'])]));
  const files: LakeFile[] = [];
  for (const [index, file] of staged.entries()) {
    const digest = await hashFile(file);
    await root.publish(file, relative(index), digest);
    files.push({ path: relative(index), kind, rows: rows.get(file) ?? 0, ...digest });
  }
  return files;
}
