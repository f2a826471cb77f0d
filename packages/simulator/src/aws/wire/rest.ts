import { MalformedRequest } from './aws-error.ts';
import type { WireRequest } from './http-request.ts';
import { formatScalar, parseScalar } from './scalars.ts';
import type { Member, OperationModel, ServiceModel, Shape } from './shapes.ts';

/** One REST route, compiled from the operation's `http` trait. */
interface Route {
  readonly operation: OperationModel;
  readonly method: string;
  readonly segments: readonly RouteSegment[];
  readonly query: readonly (readonly [string, string])[];
  readonly literals: number;
}

interface RouteSegment {
  readonly text: string;
  readonly kind: 'literal' | 'label' | 'greedy';
}

/** A request matched to an operation, with the decoded path labels. */
export interface RouteMatch {
  readonly operation: OperationModel;
  readonly labels: Readonly<Record<string, string>>;
}

function compileSegment(text: string): RouteSegment {
  const label = /^\{(\w+)(\+?)\}$/.exec(text);
  if (!label?.[1]) return { text, kind: 'literal' };
  return { text: label[1], kind: label[2] ? 'greedy' : 'label' };
}

function compileRoute(operation: OperationModel): Route | undefined {
  if (!operation.http) return undefined;
  const [method, template] = operation.http;
  const [path = '/', query = ''] = template.split('?');
  const segments = path
    .split('/')
    .slice(1)
    .filter((s) => s !== '')
    .map(compileSegment);
  // x-id only tells the JavaScript SDK's operations apart; other clients don't send it.
  const pairs = [...new URLSearchParams(query)].filter(([key]) => key !== 'x-id');
  const literals = segments.filter((s) => s.kind === 'literal').length + pairs.length;
  return { operation, method, segments, query: pairs, literals };
}

function matchPath(
  segments: readonly RouteSegment[],
  parts: readonly string[],
): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  let at = 0;
  for (const segment of segments) {
    if (segment.kind === 'greedy') {
      const rest = parts.slice(at).join('/');
      if (rest === '') return undefined;
      labels[segment.text] = decodePart(rest);
      return labels;
    }
    const part = parts[at++];
    if (part === undefined || part === '') return undefined;
    if (segment.kind === 'label') labels[segment.text] = decodePart(part);
    else if (segment.text !== part) return undefined;
  }
  const rest = parts.slice(at);
  return rest.length === 0 || (rest.length === 1 && rest[0] === '') ? labels : undefined;
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new MalformedRequest('the path is not valid percent-encoding');
  }
}

/** Required query and header members tell apart operations that share method and path (S3). */
function requiredBindings(shape: Shape): Member[] {
  return shape.members.slice(0, shape.requiredCount).filter((m) => m.traits.httpQuery ?? m.traits.httpHeader);
}

function isPresent(member: Member, request: WireRequest): boolean {
  const { httpQuery, httpHeader } = member.traits;
  if (httpQuery) return request.query.has(httpQuery);
  return httpHeader !== undefined && request.headers[httpHeader.toLowerCase()] !== undefined;
}

/** Routes of a REST service, most specific first. */
export class RestRouter {
  readonly #routes: readonly Route[];
  readonly #bucketInPath: boolean;

  constructor(model: ServiceModel) {
    const routes = [...model.operations.values()].flatMap((operation) => compileRoute(operation) ?? []);
    this.#routes = routes.sort((a, b) => b.literals - a.literals);
    // S3's model has no bucket in its paths; path-style requests carry it as the first segment.
    this.#bucketInPath = model.target === 'AmazonS3';
  }

  /** Finds the operation of a request; undefined when no route fits. */
  match(request: WireRequest): RouteMatch | undefined {
    let parts = request.rawPath.split('/').slice(1);
    let bucket: string | undefined;
    if (this.#bucketInPath) {
      const [first, ...rest] = parts;
      if (first) {
        bucket = decodePart(first);
        parts = rest;
      }
    }
    const matches = this.#candidates(request, parts, bucket);
    const wanted = request.query.get('x-id');
    const best = matches.find((m) => m.operation.name === wanted) ?? matches[0];
    if (!best) return undefined;
    return bucket === undefined ? best : { ...best, labels: { ...best.labels, Bucket: bucket } };
  }

  #candidates(request: WireRequest, parts: readonly string[], bucket: string | undefined): RouteMatch[] {
    const matches: (RouteMatch & { readonly score: number })[] = [];
    for (const route of this.#routes) {
      if (route.method !== request.method) continue;
      if (!route.query.every(([key, value]) => request.query.get(key) === value)) continue;
      if (this.#bucketInPath && hasBucket(route.operation) !== (bucket !== undefined)) continue;
      const labels = matchPath(route.segments, parts);
      if (!labels) continue;
      const required = requiredBindings(route.operation.input);
      if (!required.every((member) => isPresent(member, request))) continue;
      matches.push({ operation: route.operation, labels, score: route.literals * 100 + required.length });
    }
    return matches.sort((a, b) => b.score - a.score || a.operation.name.length - b.operation.name.length);
  }
}

function hasBucket(operation: OperationModel): boolean {
  return operation.input.members.some((m) => m.name === 'Bucket');
}

function parseList(member: Member, texts: readonly string[]): unknown[] {
  const item = member.shape.item?.shape;
  return item ? texts.map((text) => parseScalar(item, text)) : [...texts];
}

function splitHeader(text: string): string[] {
  return text.split(',').map((part) => part.trim().replace(/^"|"$/g, ''));
}

/** Metadata headers hold UTF-8, which Node hands out as Latin-1. */
function headerText(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}

function prefixed(request: WireRequest, prefix: string): Record<string, string> | undefined {
  const lower = prefix.toLowerCase();
  const entries = Object.entries(request.headers)
    .filter(([name]) => name.startsWith(lower))
    .map(([name, value]) => [name.slice(lower.length), headerText(value)] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function readBinding(
  member: Member,
  request: WireRequest,
  labels: Readonly<Record<string, string>>,
): unknown {
  const { traits, shape } = member;
  const isList = shape.kind === 'list';
  const label = traits.httpLabel ? labels[member.name] : undefined;
  if (label !== undefined) return parseScalar(shape, label);
  if (traits.httpQuery !== undefined) {
    const texts = request.query.getAll(traits.httpQuery);
    if (isList) return texts.length > 0 ? parseList(member, texts) : undefined;
    return texts[0] === undefined ? undefined : parseScalar(shape, texts[0]);
  }
  if (traits.httpHeader !== undefined) {
    const text = request.headers[traits.httpHeader.toLowerCase()];
    if (text === undefined) return undefined;
    return isList ? parseList(member, splitHeader(text)) : parseScalar(shape, text);
  }
  if (traits.httpPrefixHeaders !== undefined) return prefixed(request, traits.httpPrefixHeaders);
  return undefined;
}

function readQueryParams(shape: Shape, request: WireRequest): Record<string, unknown> {
  const named = new Set(shape.members.map((m) => m.traits.httpQuery));
  const result: Record<string, string> = {};
  for (const [key, value] of request.query) if (!named.has(key)) result[key] = value;
  return result;
}

/** True for members that travel in path, query or headers rather than in the body. */
export function isBound(member: Member): boolean {
  const t = member.traits;
  return (
    t.httpLabel !== undefined ||
    t.httpQuery !== undefined ||
    t.httpQueryParams !== undefined ||
    t.httpHeader !== undefined ||
    t.httpPrefixHeaders !== undefined ||
    t.httpResponseCode !== undefined
  );
}

/**
 * Reads the members bound to path, query and headers.
 * @throws MalformedRequest when a text does not fit its type.
 */
export function readBindings(
  shape: Shape,
  request: WireRequest,
  labels: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const member of shape.members) {
    // S3's Bucket is a label by nature though the model's path has no place for it.
    const value =
      member.name === 'Bucket' && labels['Bucket'] !== undefined
        ? labels['Bucket']
        : member.traits.httpQueryParams
          ? readQueryParams(shape, request)
          : readBinding(member, request, labels);
    if (value !== undefined) input[member.name] = value;
  }
  return input;
}

/** Writes the members bound to response headers. */
export function writeHeaders(
  shape: Shape,
  output: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const member of shape.members) {
    const value = output[member.name];
    if (value === undefined || value === null) continue;
    const { httpHeader, httpPrefixHeaders } = member.traits;
    if (httpHeader !== undefined) {
      const item = member.shape.kind === 'list' ? member.shape.item?.shape : undefined;
      headers[httpHeader.toLowerCase()] = item
        ? (value as unknown[]).map((v) => formatScalar(item, v, 'http-date')).join(', ')
        : formatScalar(member.shape, value, 'http-date');
    } else if (httpPrefixHeaders !== undefined) {
      for (const [key, text] of Object.entries(value as Record<string, string>)) {
        headers[`${httpPrefixHeaders}${key}`.toLowerCase()] = Buffer.from(text, 'utf8').toString('latin1');
      }
    }
  }
  return headers;
}
