import { REQUIRED_FOR_IMPORT } from '../focus/columns.ts';
import { detectVersion, mapHeader, missingMandatory } from '../focus/header.ts';
import { isCur, mapCur } from './cur/columns.ts';
import { refused } from './inspect.ts';
import type { ReadingOptions, SourceColumn } from './normalise.ts';
import { type PlainForm, judgedColumns, plainForm } from './plain.ts';
import type { FileReport } from './report.ts';

/** How the columns of a file become columns of the superset. */
export interface ColumnMapping {
  schema: FileReport['schema'];
  /** FOCUS column → source column, of the file or computed. */
  columns: Map<string, SourceColumn>;
  /** The columns of the file. */
  all: SourceColumn[];
  /** Columns computed from them, `expression AS _sN`. */
  computed: string[];
  renamed: { from: string; to: string }[];
  ignored: string[];
  missing: string[];
}

export function mapColumns(
  name: string,
  headers: readonly string[],
  types: readonly string[],
): ColumnMapping {
  const all = headers.map((header, position) => ({ header, position, type: types[position] ?? 'VARCHAR' }));
  if (isCur(headers)) return requiring(name, { schema: 'cur-2.0', all, ...mapCur(all) });
  const mapping = mapHeader(headers);
  const doubled = mapping.ambiguous[0];
  if (doubled)
    throw refused(
      name,
      'ambiguous-column',
      `names ${doubled.column} more than once (${doubled.headers.join(', ')})`,
    );
  const columns = new Map<string, SourceColumn>();
  for (const [column, position] of mapping.columns) {
    const source = all[position];
    if (source) columns.set(column, source);
  }
  const version = detectVersion(columns.keys());
  return requiring(name, {
    schema: 'focus',
    columns,
    all,
    computed: [],
    renamed: mapping.renamed,
    ignored: mapping.ignored,
    missing: version ? missingMandatory(version, columns.keys()) : [],
  });
}

function requiring(name: string, mapping: ColumnMapping): ColumnMapping {
  const missing = REQUIRED_FOR_IMPORT.filter((column) => !mapping.columns.has(column));
  if (missing.length > 0)
    throw refused(name, 'missing-column', `lacks ${missing.join(', ')}; nothing of it was imported`);
  return mapping;
}

/** The source table with the computed columns beside its own. */
export function withComputed(table: string, { computed }: ColumnMapping): string {
  return computed.length === 0 ? table : `(SELECT *, ${computed.join(', ')} FROM ${table})`;
}

/** Values of the first rows of a file by the position of their column; null where there is none. */
export type Sample = readonly (readonly (string | null)[])[];

/**
 * Whether the first rows of a file are of several accounts or months: then rows are divided as they are read. A file
 * that looks like one part and is not is divided afterwards, which takes longer.
 */
export function severalParts(sample: Sample, mapping: ColumnMapping): boolean {
  const [account, period] = partColumns(mapping);
  return (
    new Set(sample.map((cells) => `${at(cells, account) ?? ''} ${(at(cells, period) ?? '').slice(0, 7)}`))
      .size > 1
  );
}

/** Account and period, where the file has them as they are. */
function partColumns({ columns, all }: ColumnMapping): (SourceColumn | undefined)[] {
  const own = (name: string): SourceColumn | undefined => {
    const column = columns.get(name);
    return column && column.position < all.length ? column : undefined;
  };
  return [own('BillingAccountId'), own('BillingPeriodStart') ?? own('ChargePeriodStart')];
}

function at(cells: readonly (string | null)[], column: SourceColumn | undefined): string | null {
  return (column && cells[column.position]) ?? null;
}

/** The columns of a file that a sample of it must show. */
export function sampledColumns(mapping: ColumnMapping): SourceColumn[] {
  const wanted = [
    ...partColumns(mapping),
    ...(mapping.schema === 'focus' ? judgedColumns(mapping.columns) : []),
  ];
  return [...new Set(wanted.filter((column) => column !== undefined))];
}

/** The form of most rows of a file; see `plainForm`. */
export function formOf(
  sample: Sample,
  mapping: ColumnMapping,
  options: ReadingOptions,
): PlainForm | undefined {
  // Columns that are computed from others show nothing in a sample.
  return mapping.schema === 'focus' ? plainForm(sample, at, mapping.columns, options) : undefined;
}
