import { scalarText } from '../lake/scalar.ts';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { REQUIRED_FOR_IMPORT } from '../focus/columns.ts';
import { detectVersion, mapHeader, missingMandatory } from '../focus/header.ts';
import { type DuckEngine, literal, rowsOf } from '../lake/duck.ts';
import { CostError } from '../lake/errors.ts';
import type { Digest } from '../lake/hash.ts';
import { PARQUET } from '../lake/schema.ts';
import { isCur, mapCur } from './cur/columns.ts';
import { detectFormat, readShape, refused, unifyLineEnds, unpack, type FileFormat } from './inspect.ts';
import { type ReadingOptions, type SourceColumn, stagingSql } from './normalise.ts';
import { type FileReport, type TallyRow, PART_SQL, currencySums, tallyRow, tallySql } from './report.ts';
import { REPAIRS, REPEATED_HEADER, type RefusalId, structuralRefusal } from './rules.ts';

export interface InputFile {
  path: string;
  /** Name as the user knows it. */
  name: string;
}

/** A file with its digest under way: hashing runs beside the reading. */
export interface HashedFile extends InputFile {
  digest: Promise<Digest>;
}

export interface StageOptions extends ReadingOptions {
  /** Ceiling of what a gzip file may unfold to, in bytes. Default 200 GB. */
  maxUnpackedBytes?: number;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

export interface Progress {
  phase: 'reading' | 'writing' | 'committing';
  file: string;
  /** 0 to 1 within the phase. */
  fraction: number;
}

/** A line that is no CSV row at all. */
export interface MalformedLine {
  line: number;
  reason: RefusalId;
  text: string;
}

export interface StagedFile {
  report: FileReport;
  tally: TallyRow[];
  malformed: MalformedLine[];
  headers: string[];
  /** Parquet files with all rows, refused ones too. */
  files: string[];
  /** When the rows were divided as they were read: files of accepted rows by the part's name. */
  parts: Map<string, string[]> | undefined;
}

/** A file with more broken lines than this is not what it claims to be. */
const MAX_MALFORMED = 100_000;
const NULLS = ["''", "'NULL'", "'null'", "'Null'", String.raw`'\N'`].join(', ');

/**
 * Reads one file into one typed Parquet file, row by row judged (see `stagingSql`), and tallies it.
 * Throws CostError `bad-input` where the file as a whole cannot be imported.
 */
export async function stageFile(
  engine: DuckEngine,
  input: HashedFile,
  folder: string,
  index: number,
  options: StageOptions,
): Promise<StagedFile> {
  const format = await detectFormat(input.path, input.name);
  const target = path.join(folder, `stage-${index}`);
  const read = format === 'parquet' ? stageParquet : stageCsv;
  const staged = await read(engine, input, format, folder, index, target, options);
  const parts = staged.divided ? await partsOf(target) : undefined;
  const files = parts ? [...parts.values()].flat() : [target];
  // Without rows no part was written.
  if (files.length === 0) throw refused(input.name, 'empty', 'has a header and no rows');
  const from = stagedTable(files);
  const tally = (await engine.all(tallySql(from))).map(tallyRow);
  const flags = await engine.all(
    `SELECT _flags AS flags, count(*)::VARCHAR AS n FROM ${from} WHERE _reject IS NULL GROUP BY _flags`,
  );
  const repaired: FileReport['repaired'] = {};
  for (const row of flags)
    for (const rule of REPAIRS)
      if (Number(row['flags']) & rule.bit) repaired[rule.id] = (repaired[rule.id] ?? 0) + Number(row['n']);
  const refusals: FileReport['refused'] = {};
  let repeatedHeaders = 0;
  let accepted = 0;
  for (const row of tally) {
    if (row.reject === null) accepted += row.rows;
    else if (row.reject === REPEATED_HEADER) repeatedHeaders += row.rows;
    else refusals[row.reject as RefusalId] = (refusals[row.reject as RefusalId] ?? 0) + row.rows;
  }
  for (const line of staged.malformed) refusals[line.reason] = (refusals[line.reason] ?? 0) + 1;
  const read_ = accepted + Object.values(refusals).reduce((a, b) => a + b, 0);
  if (read_ === 0) throw refused(input.name, 'empty', 'has a header and no rows');
  const { mapping } = staged;
  parts?.delete(REFUSED_PART);
  return {
    files,
    parts,
    headers: staged.headers,
    malformed: staged.malformed,
    tally: tally.filter((t) => t.reject !== REPEATED_HEADER),
    report: {
      name: input.name,
      ...(await input.digest),
      format,
      schema: mapping.schema,
      version: mapping.schema === 'focus' ? detectVersion(mapping.columns.keys()) : undefined,
      read: read_,
      accepted,
      refused: refusals,
      repaired,
      repeatedHeaders,
      sourceSums: currencySums(tally.filter((t) => t.reject !== REPEATED_HEADER && t.currency !== null)),
      renamedColumns: mapping.renamed,
      ignoredColumns: mapping.ignored,
      missingColumns: mapping.missing,
    },
  };
}

/** Staged files as one table. */
export function stagedTable(files: readonly string[]): string {
  return `read_parquet([${files.map(literal).join(', ')}], hive_partitioning = false)`;
}

const PART_FOLDER = '_part=';
/** Where refused rows and repeated headers go when rows are divided. */
const REFUSED_PART = '0';

async function partsOf(target: string): Promise<Map<string, string[]>> {
  const parts = new Map<string, string[]>();
  for (const name of await readdir(target)) {
    if (!name.startsWith(PART_FOLDER)) continue;
    const files = (await readdir(path.join(target, name))).toSorted();
    parts.set(
      name.slice(PART_FOLDER.length),
      files.map((file) => path.join(target, name, file)),
    );
  }
  return parts;
}

interface Staging {
  mapping: ColumnMapping;
  headers: string[];
  /** Whether the target is a folder of parts and not one file. */
  divided: boolean;
  malformed: MalformedLine[];
}

/** How the columns of a file become columns of the superset. */
interface ColumnMapping {
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

function mapColumns(name: string, headers: readonly string[], types: readonly string[]): ColumnMapping {
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
function withComputed(table: string, { computed }: ColumnMapping): string {
  return computed.length === 0 ? table : `(SELECT *, ${computed.join(', ')} FROM ${table})`;
}

async function stageCsv(
  engine: DuckEngine,
  input: InputFile,
  format: FileFormat,
  folder: string,
  index: number,
  target: string,
  options: StageOptions,
): Promise<Staging> {
  let file = input.path;
  const scratch: string[] = [];
  try {
    if (format === 'csv.gz') {
      file = path.join(folder, `unpacked-${index}.csv`);
      scratch.push(file);
      await unpack(input.path, input.name, file, options.maxUnpackedBytes ?? 200e9);
    }
    const shape = await readShape(file, input.name);
    const mapping = mapColumns(input.name, shape.headers, []);
    const { all } = mapping;
    const divided = severalParts(shape.sample, mapping);
    const attempt = (source: string): Promise<MalformedLine[]> =>
      engine.use(async (connection) => {
        const names = all.map((c) => `'_s${c.position}': 'VARCHAR'`).join(', ');
        const table = `read_csv(${literal(source)}, columns = {${names}}, header = true, auto_detect = false, delim = ${literal(shape.delimiter)}, quote = '"', escape = '"', nullstr = [${NULLS}], store_rejects = true, rejects_limit = ${MAX_MALFORMED})`;
        await copyWithProgress(
          connection,
          stagingSql(withComputed(table, mapping), mapping.columns, all, options),
          target,
          divided,
          input.name,
          options,
        );
        const lines = await rowsOf(
          connection,
          'SELECT line::VARCHAR AS line, error_type::VARCHAR AS kind, csv_line[1:10000] AS text FROM reject_errors ORDER BY reject_errors.line',
        );
        await connection.run('DROP TABLE IF EXISTS reject_errors');
        await connection.run('DROP TABLE IF EXISTS reject_scans');
        if (lines.length >= MAX_MALFORMED)
          throw refused(input.name, 'malformed', `has ${MAX_MALFORMED} or more broken lines`);
        // One bad line can be reported for several of its columns.
        const seen = new Map(
          lines.map((l) => [
            scalarText(l['line']),
            {
              line: Number(l['line']),
              reason: structuralRefusal(scalarText(l['kind'])),
              text: scalarText(l['text'] ?? ''),
            },
          ]),
        );
        return [...seen.values()];
      }, options.signal);
    let malformed: MalformedLine[];
    try {
      malformed = await attempt(file);
    } catch (error) {
      // The reader's words for a file that mixes LF and CRLF.
      if (!(error instanceof Error) || !error.message.includes('state machine'))
        throw readable(input.name, error);
      const unified = path.join(folder, `unified-${index}.csv`);
      scratch.push(unified);
      await unifyLineEnds(file, unified);
      await rm(target, { recursive: true, force: true });
      malformed = await attempt(unified).catch((again: unknown) => {
        throw readable(input.name, again);
      });
    }
    return { mapping, headers: shape.headers, divided, malformed };
  } finally {
    await Promise.all(scratch.map((f) => rm(f, { force: true })));
  }
}

const ALLOWED_TYPES: Record<string, RegExp> = {
  decimal: /^(VARCHAR|DECIMAL.*|DOUBLE|FLOAT|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?)$/,
  datetime: /^(VARCHAR|TIMESTAMP.*|DATE)$/,
  string: /^(VARCHAR|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|UUID|ENUM.*)$/,
};
const NEEDED: Record<string, 'decimal' | 'datetime' | 'string'> = {
  BilledCost: 'decimal',
  EffectiveCost: 'decimal',
  ListCost: 'decimal',
  ContractedCost: 'decimal',
  ChargePeriodStart: 'datetime',
  BillingPeriodStart: 'datetime',
  BillingAccountId: 'string',
  BillingCurrency: 'string',
};

async function stageParquet(
  engine: DuckEngine,
  input: InputFile,
  _format: FileFormat,
  _folder: string,
  _index: number,
  target: string,
  options: StageOptions,
): Promise<Staging> {
  const table = `read_parquet(${literal(input.path)})`;
  const schema = await engine.all(`DESCRIBE SELECT * FROM ${table}`).catch((error: unknown) => {
    throw refused(input.name, 'damaged', 'is a damaged Parquet file', error);
  });
  const headers = schema.map((row) => scalarText(row['column_name']));
  const types = schema.map((row) => scalarText(row['column_type']));
  const mapping = mapColumns(input.name, headers, types);
  const { columns, all } = mapping;
  for (const [name, kind] of Object.entries(NEEDED)) {
    const column = columns.get(name);
    if (column && !ALLOWED_TYPES[kind]?.test(column.type))
      throw refused(
        input.name,
        'wrong-type',
        `stores ${name} as ${column.type}, not as a ${kind}; nothing of it was imported`,
      );
  }
  const names = all
    .map((c) => {
      const column = `"${c.header.replaceAll('"', '""')}"`;
      // Reports of AWS have empty texts where there is nothing.
      const empty = mapping.schema === 'cur-2.0' && c.type === 'VARCHAR';
      return `${empty ? `nullif(${column}, '')` : column} AS _s${c.position}`;
    })
    .join(', ');
  const account = columns.get('BillingAccountId')?.position ?? 0;
  const period = (columns.get('BillingPeriodStart') ?? columns.get('ChargePeriodStart'))?.position ?? 0;
  const sample = await engine
    .all(
      `SELECT DISTINCT _s${account}::VARCHAR AS account, left(_s${period}::VARCHAR, 7) AS period FROM (SELECT _s${account}, _s${period} FROM (SELECT ${names} FROM ${table}) LIMIT ${SAMPLE_ROWS})`,
    )
    .catch((error: unknown) => {
      throw readable(input.name, error);
    });
  const divided = sample.length > 1;
  await engine
    .use(
      (connection) =>
        copyWithProgress(
          connection,
          stagingSql(withComputed(`(SELECT ${names} FROM ${table})`, mapping), columns, all, options),
          target,
          divided,
          input.name,
          options,
        ),
      options.signal,
    )
    .catch((error: unknown) => {
      throw readable(input.name, error);
    });
  return { mapping, headers, divided, malformed: [] };
}

/** Rows looked at to tell whether a file holds more than one account and month. */
const SAMPLE_ROWS = 20_000;

/**
 * Whether the first lines of a file are of several accounts or months: then rows are divided as they are read. A file
 * that looks like one part and is not is divided afterwards, which takes longer.
 */
function severalParts(sample: readonly string[][], { columns, all }: ColumnMapping): boolean {
  const own = (name: string): number => {
    const position = columns.get(name)?.position ?? all.length;
    return position < all.length ? position : -1;
  };
  const account = own('BillingAccountId');
  const period = own('BillingPeriodStart') < 0 ? own('ChargePeriodStart') : own('BillingPeriodStart');
  return (
    new Set(sample.map((cells) => `${cells[account] ?? ''} ${(cells[period] ?? '').slice(0, 7)}`)).size > 1
  );
}

async function copyWithProgress(
  connection: DuckDBConnection,
  sql: string,
  target: string,
  divided: boolean,
  name: string,
  options: StageOptions,
): Promise<void> {
  const timer = setInterval(() => {
    options.onProgress?.({
      phase: 'reading',
      file: name,
      fraction: Math.max(0, Math.min(1, connection.progress.percentage / 100)),
    });
  }, 250);
  try {
    if (divided) {
      // Rows of one part are written out when this many wait, so memory stays bounded.
      await connection.run('SET partitioned_write_flush_threshold = 61440');
      await connection.run(
        `COPY (SELECT *, CASE WHEN _reject IS NULL THEN ${PART_SQL} ELSE ${REFUSED_PART} END AS _part FROM (${sql})) TO ${literal(target)} (${PARQUET}, PARTITION_BY (_part))`,
      );
    } else await connection.run(`COPY (${sql}) TO ${literal(target)} (${PARQUET})`);
  } finally {
    clearInterval(timer);
  }
}

function readable(name: string, error: unknown): unknown {
  if (error instanceof CostError || !(error instanceof Error)) return error;
  const first = (error.message.split('\n')[0] ?? '').slice(0, 200);
  return refused(name, 'unreadable', `cannot be read: ${first}`, error);
}
