import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../lake/duck.ts';
import { CostError } from '../lake/errors.ts';
import { PARQUET } from '../lake/schema.ts';
import type { ColumnMapping } from './columnMapping.ts';
import { refused } from './inspect.ts';
import type { ReadingOptions } from './normalise.ts';
import { NARROW_ERROR, type PlainForm } from './plain.ts';
import { PART_SQL } from './report.ts';
import type { RefusalId } from './rules.ts';

export interface InputFile {
  path: string;
  /** Name as the user knows it. */
  name: string;
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

/** What a reader of one format made of a file. */
export interface Staging {
  mapping: ColumnMapping;
  headers: string[];
  /** Whether the target is a folder of parts and not one file. */
  divided: boolean;
  malformed: MalformedLine[];
}

/** Where refused rows and repeated headers go when rows are divided. */
export const REFUSED_PART = '0';

export async function copyWithProgress(
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

/**
 * Reads with narrow decimals where the head of the file promises that they do, and once more with wide ones where a
 * later row does not keep the promise. `attempt` leaves nothing behind but the target.
 */
export async function narrowFirst<T>(
  form: PlainForm | undefined,
  target: string,
  attempt: (form: PlainForm | undefined) => Promise<T>,
): Promise<T> {
  try {
    return await attempt(form);
  } catch (error) {
    if (!form?.narrow || !(error instanceof Error) || !error.message.includes(NARROW_ERROR)) throw error;
    await rm(target, { recursive: true, force: true });
    return attempt({ ...form, narrow: false });
  }
}

export function readable(name: string, error: unknown): unknown {
  if (error instanceof CostError || !(error instanceof Error)) return error;
  const first = (error.message.split('\n')[0] ?? '').slice(0, 200);
  return refused(name, 'unreadable', `cannot be read: ${first}`, error);
}
