import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { detectVersion } from '../focus/header.ts';
import { type DuckEngine, literal } from '../lake/duck.ts';
import type { Digest } from '../lake/hash.ts';
import { detectFormat, refused } from './inspect.ts';
import { stageCsv } from './readCsv.ts';
import { stageParquet } from './readParquet.ts';
import { type FileReport, type TallyRow, currencySums, tallyRow, tallySql } from './report.ts';
import { REPAIRS, REPEATED_HEADER, type RefusalId } from './rules.ts';
import { type InputFile, type MalformedLine, REFUSED_PART, type StageOptions } from './staging.ts';

/** A file with its digest under way: hashing runs beside the reading. */
export interface HashedFile extends InputFile {
  digest: Promise<Digest>;
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
