import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type DuckEngine, literal, rowsOf } from '../lake/duck.ts';
import { scalarText } from '../lake/scalar.ts';
import { formOf, mapColumns, severalParts, withComputed } from './columnMapping.ts';
import { type FileFormat, readShape, refused, unifyLineEnds, unpack } from './inspect.ts';
import { stagingSql } from './normalise.ts';
import type { PlainForm } from './plain.ts';
import { structuralRefusal } from './rules.ts';
import {
  type InputFile,
  type MalformedLine,
  type StageOptions,
  type Staging,
  copyWithProgress,
  narrowFirst,
  readable,
} from './staging.ts';

/** A file with more broken lines than this is not what it claims to be. */
const MAX_MALFORMED = 100_000;
const NULL_TEXTS = ['', 'NULL', 'null', 'Null', String.raw`\N`];
const NULLS = NULL_TEXTS.map(literal).join(', ');

export async function stageCsv(
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
    const sample = shape.sample.map((cells) =>
      cells.map((cell) => (NULL_TEXTS.includes(cell) ? null : cell)),
    );
    const divided = severalParts(sample, mapping);
    const form = formOf(sample, mapping, options);
    const read = (source: string, plain: PlainForm | undefined): Promise<MalformedLine[]> =>
      engine.use(async (connection) => {
        const names = all.map((c) => `'_s${c.position}': 'VARCHAR'`).join(', ');
        const table = `read_csv(${literal(source)}, columns = {${names}}, header = true, auto_detect = false, delim = ${literal(shape.delimiter)}, quote = '"', escape = '"', nullstr = [${NULLS}], store_rejects = true, rejects_limit = ${MAX_MALFORMED})`;
        await copyWithProgress(
          connection,
          stagingSql(withComputed(table, mapping), mapping.columns, all, options, plain),
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
    const attempt = (source: string): Promise<MalformedLine[]> =>
      narrowFirst(form, target, (plain) => read(source, plain));
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
