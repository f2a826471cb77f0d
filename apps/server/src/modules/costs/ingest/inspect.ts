import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { mapHeader } from '../focus/header.ts';
import { CostError } from '../lake/errors.ts';
import { knownCurHeaders } from './cur/columns.ts';

export type FileFormat = 'csv' | 'csv.gz' | 'parquet';

const HEAD_BYTES = 1 << 20;

/** Tells the format by content, never by name. Throws `bad-input` with what the file is instead. */
export async function detectFormat(file: string, name: string): Promise<FileFormat> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size === 0) throw refused(name, 'empty', 'is empty');
    const head = Buffer.alloc(Math.min(8, size));
    await handle.read(head, 0, head.length, 0);
    if (head.subarray(0, 4).toString('latin1') === 'PAR1') {
      const tail = Buffer.alloc(4);
      await handle.read(tail, 0, 4, Math.max(0, size - 4));
      if (size < 12 || tail.toString('latin1') !== 'PAR1')
        throw refused(name, 'truncated', 'is a Parquet file cut short');
      return 'parquet';
    }
    if (head[0] === 0x1f && head[1] === 0x8b) return 'csv.gz';
    if (head[0] === 0x50 && head[1] === 0x4b)
      throw refused(name, 'format', 'is a zip or spreadsheet; export it as CSV (UTF-8) or Parquet');
    if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
      throw refused(name, 'encoding', 'is UTF-16 text; save it as CSV UTF-8');
    return 'csv';
  } finally {
    await handle.close();
  }
}

export interface CsvShape {
  delimiter: ',' | ';' | '\t' | '|';
  headers: string[];
  /** Cells of the first whole lines after the header. */
  sample: string[][];
}

/** Reads the header line and finds the delimiter that gives the most columns known here. */
export async function readShape(file: string, name: string): Promise<CsvShape> {
  const handle = await open(file, 'r');
  let text: string;
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, HEAD_BYTES, 0);
    text = buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
  text = text.replace(/^\uFEFF/, '');
  if (text.includes('\u0000')) throw refused(name, 'format', 'is not text');
  const candidates = ([',', ';', '\t', '|'] as const).map((delimiter) => {
    const headers = firstRecord(text, delimiter);
    return { delimiter, headers, known: mapHeader(headers).columns.size + knownCurHeaders(headers) };
  });
  const best = candidates.toSorted((a, b) => b.known - a.known)[0];
  if (!best || best.known === 0)
    throw refused(
      name,
      'header',
      'has no column of FOCUS or of a Cost and Usage Report in its first line; the first line must name the columns',
    );
  const lines = [...records(text.slice(0, SAMPLE_BYTES), best.delimiter)];
  // The last line of the piece may be cut.
  return { delimiter: best.delimiter, headers: best.headers, sample: lines.slice(1, -1) };
}

const SAMPLE_BYTES = 256 << 10;

/** The cells of the first record. */
function firstRecord(text: string, delimiter: string): string[] {
  for (const record of records(text, delimiter)) return record;
  return [''];
}

/** The cells of each record of a text; quotes doubled inside quotes, as RFC 4180 says. */
function* records(text: string, delimiter: string): Generator<string[]> {
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] ?? '';
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[i + 1] === '\n') i += 1;
      yield [...cells, cell];
      cells = [];
      cell = '';
    } else cell += char;
  }
  if (cells.length > 0 || cell !== '') yield [...cells, cell];
}

/**
 * Unpacks a gzip file beside it. The whole stream is checked (length and CRC), so a download cut
 * short is refused before anything is read from it. `maxBytes` bounds what a hostile file unfolds to.
 */
export async function unpack(file: string, name: string, target: string, maxBytes: number): Promise<void> {
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(refused(name, 'too-large', `unpacks to more than ${maxBytes} bytes`));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(
      createReadStream(file, { highWaterMark: 1 << 20 }),
      createGunzip({ chunkSize: 1 << 20 }),
      meter,
      createWriteStream(target),
    );
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'Z_BUF_ERROR')
      throw refused(name, 'truncated', 'is a gzip file cut short; nothing of it was imported', error);
    if (code.startsWith('Z_'))
      throw refused(name, 'damaged', 'is a damaged gzip file; nothing of it was imported', error);
    throw error;
  }
}

/** Copies a text file with every CRLF or CR as LF; for files that mix line ends. */
export async function unifyLineEnds(file: string, target: string): Promise<void> {
  let pending = false;
  const convert = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      const text = (pending ? '\r' : '') + chunk.toString('latin1');
      pending = text.endsWith('\r');
      const body = pending ? text.slice(0, -1) : text;
      done(null, Buffer.from(body.replaceAll(/\r\n?/g, '\n'), 'latin1'));
    },
    flush(done: TransformCallback) {
      done(null, pending ? Buffer.from('\n') : undefined);
    },
  });
  await pipeline(createReadStream(file), convert, createWriteStream(target));
}

export function refused(name: string, reason: string, what: string, cause?: unknown): CostError {
  return new CostError(
    'bad-input',
    `${path.basename(name)} ${what}`,
    { reason, file: path.basename(name) },
    cause,
  );
}
