import { ApiError, type JsonAnswer, type JsonRequest } from '../http.ts';

/*
 * The part of OData 4.01 that Graph's collections take here: $select, $top, $skiptoken, $count, $orderby by one member
 * and $filter with eq, ne, not, and, or, startswith and any(x:x eq '…').
 */

type Entity = Readonly<Record<string, unknown>>;

const bad = (message: string): ApiError => new ApiError(400, 'Request_BadRequest', message);

const LITERAL = `('(?:[^']|'')*'|true|false|null|-?\\d+(?:\\.\\d+)?|\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z)`;

function literal(text: string): unknown {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

const equal = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : (a ?? null) === b;

function member(entity: Entity, path: string): unknown {
  return path.split('/').reduce<unknown>((at, name) => (at as Entity | null | undefined)?.[name], entity);
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0;
}

/** One comparison. @throws ApiError 400 for what is not understood */
function comparison(text: string): (entity: Entity) => boolean {
  const pair = new RegExp(`^([\\w/]+)\\s+(eq|ne|le|ge|lt|gt)\\s+${LITERAL}$`).exec(text);
  if (pair) {
    const [, path = '', operator = '', raw = ''] = pair;
    const wanted = literal(raw);
    return (entity) => {
      const value = member(entity, path);
      if (operator === 'eq') return equal(value, wanted);
      if (operator === 'ne') return !equal(value, wanted);
      if (value === null || value === undefined) return false;
      const order = compare(value, wanted);
      return { le: order <= 0, ge: order >= 0, lt: order < 0, gt: order > 0 }[operator] ?? false;
    };
  }
  const starts = /^startswith\(([\w/]+),\s*'((?:[^']|'')*)'\)$/i.exec(text);
  if (starts) {
    const [, path = '', prefix = ''] = starts;
    return (entity) =>
      textOf(member(entity, path) ?? '')
        .toLowerCase()
        .startsWith(prefix.replaceAll("''", "'").toLowerCase());
  }
  const any = new RegExp(`^([\\w/]+)/any\\((\\w+):\\s*(\\w+)(?:/(\\w+))?\\s+eq\\s+${LITERAL}\\)$`).exec(text);
  if (any) {
    const [, path = '', , , inner, raw = ''] = any;
    const wanted = literal(raw);
    return (entity) => {
      const list = member(entity, path);
      return (
        Array.isArray(list) &&
        list.some((item) => equal(inner === undefined ? item : (item as Entity)[inner], wanted))
      );
    };
  }
  throw bad(`Invalid filter clause: ${text.slice(0, 200)}`);
}

/** Splits at a word outside of quotes and parentheses. */
function splitAt(text: string, word: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === "'") quoted = !quoted;
    else if (!quoted && c === '(') depth += 1;
    else if (!quoted && c === ')') depth -= 1;
    else if (!quoted && depth === 0 && text.startsWith(` ${word} `, i)) {
      parts.push(text.slice(start, i));
      start = i + word.length + 2;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim());
}

function filter(text: string): (entity: Entity) => boolean {
  const either = splitAt(text, 'or');
  if (either.length > 1) {
    const parts = either.map(filter);
    return (entity) => parts.some((part) => part(entity));
  }
  const both = splitAt(text, 'and');
  if (both.length > 1) {
    const parts = both.map(filter);
    return (entity) => parts.every((part) => part(entity));
  }
  if (/^not[ (]/i.test(text)) {
    const inner = filter(text.slice(3).trim());
    return (entity) => !inner(entity);
  }
  if (text.startsWith('(') && text.endsWith(')')) return filter(text.slice(1, -1).trim());
  return comparison(text);
}

function select(entity: Entity, names: readonly string[] | undefined): Entity {
  if (!names) return entity;
  return Object.fromEntries(names.filter((name) => name in entity).map((name) => [name, entity[name]]));
}

/** One entity as `$select` wants it. */
export function answerOne(request: JsonRequest, entity: Entity, context: string): JsonAnswer {
  const names = request.query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  return {
    status: 200,
    body: {
      '@odata.context': `${request.origin}/v1.0/$metadata#${context}/$entity`,
      ...select(entity, names),
    },
  };
}

/** A page of a collection with `@odata.nextLink`. @throws ApiError 400 */
export function answerMany(
  request: JsonRequest,
  all: readonly Entity[],
  context: string,
  limits: {
    readonly most: number;
    readonly usual: number;
    readonly advanced?: boolean;
    readonly pageItems?: number | undefined;
  },
): JsonAnswer {
  const { query } = request;
  const eventual = request.headers['consistencylevel'] === 'eventual';
  const counts = query.get('$count') === 'true';
  if ((counts || query.has('$search')) && limits.advanced === true && !eventual)
    throw bad("Request with $count or $search only works with header 'ConsistencyLevel' set to 'eventual'.");
  const top = query.has('$top') ? Number(query.get('$top')) : limits.usual;
  if (!Number.isInteger(top) || top < 1 || top > limits.most)
    throw bad(
      `Invalid page size specified: '${query.get('$top')}'. Must be between 1 and ${limits.most} inclusive.`,
    );
  const text = query.get('$filter');
  const wanted = text === null ? all : all.filter(filter(text.trim()));
  const size = Math.min(top, limits.pageItems ?? top);
  const token = query.get('$skiptoken');
  const from =
    token === null ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8').replace(/^at:/, ''));
  if (!Number.isInteger(from) || from < 0) throw bad('Invalid skip token.');
  const page = wanted.slice(from, from + size);
  const names = query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  const next = new URLSearchParams(query);
  next.set('$skiptoken', Buffer.from(`at:${from + size}`).toString('base64url'));
  return {
    status: 200,
    body: {
      '@odata.context': `${request.origin}/v1.0/$metadata#${context}`,
      ...(counts ? { '@odata.count': wanted.length } : {}),
      ...(from + size < wanted.length
        ? { '@odata.nextLink': `${request.origin}${request.path}?${next.toString()}` }
        : {}),
      value: page.map((entity) => select(entity, names)),
    },
  };
}
