import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { MalformedRequest } from './aws-error.ts';

/** A request as it came over the wire, body read in full. */
export interface WireRequest {
  readonly method: string;
  /** The path of the request line, percent-encoding untouched. */
  readonly rawPath: string;
  /** The query of the request line without the question mark, untouched. */
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as sent: what signatures are computed over. */
  readonly rawBody: Buffer;
  /** The bytes after aws-chunked and gzip decoding. */
  readonly body: Buffer;
}

/** Largest body the simulator takes: a Lambda ZIP or an S3 object fits easily. */
export const MAX_BODY_BYTES = 300 * 1024 * 1024;

/** The body was larger than {@link MAX_BODY_BYTES}. */
export class BodyTooLarge extends Error {}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/**
 * Decodes an `aws-chunked` body: `hexlen[;chunk-signature=…]\r\n bytes \r\n … 0\r\n trailers`.
 * Chunk signatures are not checked; the seed signature in `Authorization` is.
 * @throws MalformedRequest when the framing or the announced length is wrong.
 */
export function decodeAwsChunked(body: Buffer, decodedLength: number | undefined): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at, 'latin1');
    if (lineEnd < 0) throw new MalformedRequest('aws-chunked body ends early');
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (!Number.isInteger(size) || size < 0)
      throw new MalformedRequest('aws-chunked body has a bad chunk size');
    if (size === 0) break;
    const start = lineEnd + 2;
    if (start + size + 2 > body.length) throw new MalformedRequest('aws-chunked body ends early');
    chunks.push(body.subarray(start, start + size));
    at = start + size + 2;
  }
  const decoded = Buffer.concat(chunks);
  if (decodedLength !== undefined && decodedLength !== decoded.length) {
    throw new MalformedRequest('aws-chunked body differs from x-amz-decoded-content-length');
  }
  return decoded;
}

function gunzip(body: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const stream = createGunzip();
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) stream.destroy(new BodyTooLarge());
      else chunks.push(chunk);
    });
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', (error) =>
      reject(error instanceof BodyTooLarge ? error : new MalformedRequest('the gzip body is damaged')),
    );
    stream.end(body);
  });
}

async function decodeBody(
  raw: Buffer,
  headers: Readonly<Record<string, string>>,
  keepGzip: boolean,
): Promise<Buffer> {
  const encodings = (headers['content-encoding'] ?? '').split(',').map((e) => e.trim());
  let body = raw;
  if (encodings.includes('aws-chunked') || headers['x-amz-content-sha256']?.startsWith('STREAMING-')) {
    const length = headers['x-amz-decoded-content-length'];
    body = decodeAwsChunked(body, length === undefined ? undefined : Number(length));
  }
  return encodings.includes('gzip') && !keepGzip ? gunzip(body) : body;
}

/**
 * Reads a request with its whole body.
 * @throws BodyTooLarge, MalformedRequest
 */
export async function readRequest(request: IncomingMessage): Promise<WireRequest> {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const rawQuery = mark < 0 ? '' : target.slice(mark + 1);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headersDistinct)) {
    if (value) headers[name] = value.join(',');
  }
  const rawBody = await readBody(request);
  // A stored S3 object may itself be gzip; its content-encoding is data there, not transport.
  const isS3 =
    /\/s3\/aws4_request/.test(headers['authorization'] ?? '') || /s3%2Faws4_request/i.test(rawQuery);
  return {
    method: request.method ?? 'GET',
    rawPath: mark < 0 ? target : target.slice(0, mark),
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers,
    rawBody,
    body: await decodeBody(rawBody, headers, isS3),
  };
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256Hex(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}
