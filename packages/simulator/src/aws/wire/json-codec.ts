import { MalformedRequest } from './aws-error.ts';
import { formatTimestamp, parseTimestamp } from './scalars.ts';
import type { Member, Shape } from './shapes.ts';

/**
 * How plain data stands for modelled values. JSON has no bytes and no times; CBOR has both.
 * `jsonName` is honoured by restJson1 only.
 */
export interface PlainOptions {
  readonly jsonName: boolean;
  readonly binary: boolean;
}

const NUMERIC_WORDS: Readonly<Record<string, number>> = { NaN: NaN, Infinity, '-Infinity': -Infinity };

function wrongType(shape: Shape, value: unknown): MalformedRequest {
  return new MalformedRequest(
    `${shape.name}: ${shape.kind} expected, got ${Array.isArray(value) ? 'list' : typeof value}`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readTimestamp(shape: Shape, value: unknown): Date {
  if (value instanceof Date) return value;
  if (typeof value === 'string' || typeof value === 'number') return parseTimestamp(value);
  // A CBOR tag that the decoder hands out as {tag, value}.
  if (isObject(value) && 'value' in value) return new Date(Number(value['value']) * 1000);
  throw wrongType(shape, value);
}

function readNumber(shape: Shape, value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  const word = typeof value === 'string' ? NUMERIC_WORDS[value] : undefined;
  if (word !== undefined) return word;
  throw wrongType(shape, value);
}

/**
 * Turns parsed JSON or CBOR into the value of a shape: times become `Date`, blobs bytes. Unknown members
 * are dropped, null counts as absent.
 * @throws MalformedRequest on a value of the wrong type.
 */
export function readPlain(shape: Shape, value: unknown, options: PlainOptions): unknown {
  switch (shape.kind) {
    case 'struct':
    case 'union': {
      if (!isObject(value)) throw wrongType(shape, value);
      const result: Record<string, unknown> = {};
      for (const member of shape.members) {
        const field = value[wireName(member, options)];
        if (field !== undefined && field !== null)
          result[member.name] = readPlain(member.shape, field, options);
      }
      return result;
    }
    case 'list': {
      if (!Array.isArray(value)) throw wrongType(shape, value);
      const item = shape.item?.shape;
      return item ? value.map((v: unknown) => (v === null ? null : readPlain(item, v, options))) : value;
    }
    case 'map': {
      if (!isObject(value)) throw wrongType(shape, value);
      const target = shape.value?.shape;
      const entries = Object.entries(value).filter(([, v]) => v !== null && v !== undefined);
      return Object.fromEntries(entries.map(([k, v]) => [k, target ? readPlain(target, v, options) : v]));
    }
    case 'timestamp':
      return readTimestamp(shape, value);
    case 'blob':
      if (value instanceof Uint8Array) return value;
      if (typeof value === 'string') return Buffer.from(value, 'base64');
      throw wrongType(shape, value);
    case 'number':
    case 'bigdecimal':
      return readNumber(shape, value);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw wrongType(shape, value);
    case 'string':
      if (typeof value === 'string') return value;
      throw wrongType(shape, value);
    default:
      return value;
  }
}

function wireName(member: Member, options: PlainOptions): string {
  return options.jsonName ? (member.traits.jsonName ?? member.name) : member.name;
}

function writeTimestamp(shape: Shape, value: unknown, options: PlainOptions): unknown {
  const date = value instanceof Date ? value : new Date(value as string | number);
  if (options.binary) return date;
  const format = shape.timestampFormat ?? 'epoch-seconds';
  return format === 'epoch-seconds' ? date.getTime() / 1000 : formatTimestamp(date, format);
}

function writeNumber(value: unknown, options: PlainOptions): unknown {
  const number = Number(value);
  return Number.isFinite(number) || options.binary ? number : String(number);
}

/** The inverse of {@link readPlain}: the value of a shape as plain data ready for JSON or CBOR. */
export function writePlain(
  shape: Shape,
  value: unknown,
  options: PlainOptions,
  only?: (member: Member) => boolean,
): unknown {
  if (value === undefined || value === null) return null;
  switch (shape.kind) {
    case 'unit':
      return {};
    case 'struct':
    case 'union': {
      const fields = value as Record<string, unknown>;
      const result: Record<string, unknown> = {};
      for (const member of shape.members) {
        const field = fields[member.name];
        if (field === undefined || field === null || (only && !only(member))) continue;
        result[wireName(member, options)] = writePlain(member.shape, field, options);
      }
      return result;
    }
    case 'list': {
      const item = shape.item?.shape;
      return item ? (value as unknown[]).map((v) => writePlain(item, v, options)) : value;
    }
    case 'map': {
      const target = shape.value?.shape;
      const entries = Object.entries(value).filter(([, v]) => v !== undefined && v !== null);
      return Object.fromEntries(entries.map(([k, v]) => [k, target ? writePlain(target, v, options) : v]));
    }
    case 'timestamp':
      return writeTimestamp(shape, value, options);
    case 'blob':
      if (options.binary) return typeof value === 'string' ? Buffer.from(value, 'base64') : value;
      return typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('base64');
    case 'number':
    case 'bigdecimal':
      return writeNumber(value, options);
    default:
      return value;
  }
}
