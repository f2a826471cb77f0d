import { MalformedRequest } from './aws-error.ts';
import type { Shape, TimestampFormat } from './shapes.ts';

const NUMERIC_WORDS = new Set(['NaN', 'Infinity', '-Infinity']);

/** Reads a scalar from its textual form in a form field, header, label or query parameter. */
export function parseScalar(shape: Shape, text: string): unknown {
  switch (shape.kind) {
    case 'boolean':
      if (/^true$/i.test(text)) return true;
      if (/^false$/i.test(text)) return false;
      throw new MalformedRequest(`${text} is not a boolean`);
    case 'number':
    case 'bigdecimal': {
      const number = Number(text);
      if (text.trim() === '' || (Number.isNaN(number) && !NUMERIC_WORDS.has(text))) {
        throw new MalformedRequest(`${text} is not a number`);
      }
      return number;
    }
    case 'bigint':
      return BigInt(text);
    case 'timestamp':
      return parseTimestamp(text);
    case 'blob':
      return Buffer.from(text, 'base64');
    default:
      return text;
  }
}

/** Reads ISO 8601, HTTP dates and epoch seconds. */
export function parseTimestamp(value: string | number): Date {
  const date =
    typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value)
      ? new Date(Number(value) * 1000)
      : new Date(value);
  if (Number.isNaN(date.getTime())) throw new MalformedRequest(`${value} is not a timestamp`);
  return date;
}

/** Writes a time in a wire format; ISO times without zero milliseconds, as AWS does. */
export function formatTimestamp(value: unknown, format: TimestampFormat): string {
  const date = value instanceof Date ? value : new Date(value as string | number);
  if (format === 'http-date') return date.toUTCString();
  if (format === 'epoch-seconds') return String(date.getTime() / 1000);
  return date.toISOString().replace('.000Z', 'Z');
}

/** Writes a scalar in its textual form for XML, headers and query parameters. */
export function formatScalar(
  shape: Shape,
  value: unknown,
  defaultFormat: TimestampFormat = 'date-time',
): string {
  if (shape.kind === 'timestamp') return formatTimestamp(value, shape.timestampFormat ?? defaultFormat);
  if (shape.kind === 'blob')
    return typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('base64');
  return String(value);
}
