import { scalarText } from '../lake/scalar.ts';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { csvLine } from '../lake/csv.ts';
import { type DuckEngine, literal } from '../lake/duck.ts';
import type { ImportReport } from './report.ts';
import { type StagedFile, stagedTable } from './stage.ts';
import { REPEATED_HEADER, type RefusalId } from './rules.ts';

const SAMPLES = 20;

/**
 * Writes every refused row of the staged files to one CSV: file, reason, line (of malformed lines),
 * the line as it was where it could not be split, then the values under the file's own headers.
 * Cells are safe to open in a spreadsheet. Returns the first rows for the page.
 */
export async function writeRejects(
  engine: DuckEngine,
  staged: readonly StagedFile[],
  target: string,
): Promise<ImportReport['refusedSamples']> {
  const samples: ImportReport['refusedSamples'] = [];
  const out = createWriteStream(target);
  const write = async (values: readonly (string | null)[]): Promise<void> => {
    if (!out.write(csvLine(values))) await once(out, 'drain');
  };
  try {
    for (const file of staged) {
      if (!file.tally.some((t) => t.reject !== null) && file.malformed.length === 0) continue;
      await write(['File', 'Reason', 'Line', 'RawLine', ...file.headers]);
      for (const line of file.malformed) {
        await write([file.report.name, line.reason, String(line.line), line.text]);
        if (samples.length < SAMPLES)
          samples.push({ file: file.report.name, reason: line.reason, line: line.line, values: [line.text] });
      }
      await engine.use(async (connection) => {
        const result = await connection.stream(
          `SELECT _reject, _raw FROM ${stagedTable(file.files)} WHERE _reject IS NOT NULL AND _reject <> ${literal(REPEATED_HEADER)}`,
        );
        for await (const rows of result.yieldRowsJson())
          for (const row of rows) {
            const reason = scalarText(row[0]) as RefusalId;
            const values = JSON.parse(scalarText(row[1])) as (string | null)[];
            await write([file.report.name, reason, null, null, ...values]);
            if (samples.length < SAMPLES)
              samples.push({ file: file.report.name, reason, line: null, values });
          }
      });
    }
  } finally {
    out.end();
    await finished(out);
  }
  return samples;
}
