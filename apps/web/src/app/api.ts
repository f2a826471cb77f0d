/**
 * The one way to the API: same origin, cookie session, JSON in and out. Types of bodies and answers come from
 * packages/contracts; each feature's queries.ts names them.
 */
import type { Problem } from '@cloudatlas/contracts/problem';

/** An answer of 4xx or 5xx, with its problem document (RFC 9457). */
export class ApiError extends Error {
  readonly problem: Problem;
  /** Seconds the server asks to wait (Retry-After), if it does. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null) {
    super(problem.title);
    this.name = 'ApiError';
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The server could not be reached at all. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super('network', { cause });
    this.name = 'NetworkError';
  }
}

export type QueryValue = string | number | boolean | undefined | null;

interface CallOptions {
  body?: unknown;
  /** Bytes in place of a JSON body: a file, or a piece of one. */
  raw?: { data: Blob; type: string };
  /** Empty, null and undefined values are left out. */
  query?: Record<string, QueryValue>;
  signal?: AbortSignal | undefined;
}

/** Joins path segments after `/api/v1`, escaping each. */
export function path(...segments: string[]): string {
  return `/api/v1/${segments.map(encodeURIComponent).join('/')}`;
}

/** Appends a query string; unset values are left out. */
export function withQuery(url: string, query: Record<string, QueryValue> = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? url : `${url}?${text}`;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'status' in value;
}

/** What a proxy or a dying server answers instead of a problem document, as one. */
async function problemOf(response: Response): Promise<Problem> {
  const requestId = response.headers.get('x-request-id') ?? '';
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return body;
  const code = response.status === 503 || response.status === 502 ? 'unavailable' : 'internal';
  return { type: 'about:blank', title: response.statusText, status: response.status, code, requestId };
}

/**
 * Calls the API and returns the parsed answer; `undefined` for an empty one.
 * @throws ApiError for 4xx and 5xx, NetworkError when nothing answers
 */
export async function call<Answer>(method: string, url: string, options: CallOptions = {}): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const changes = method !== 'GET';
  if (changes) headers['x-atlas-csrf'] = '1';
  // An empty object keeps the content type honest for bodiless changes, which the CSRF check asks for.
  if (changes) headers['content-type'] = options.raw?.type ?? 'application/json';
  let response: Response;
  try {
    response = await fetch(withQuery(url, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(changes ? { body: options.raw?.data ?? JSON.stringify(options.body ?? {}) } : {}),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new NetworkError(error);
  }
  if (!response.ok) {
    const retryAfter = Number(response.headers.get('retry-after'));
    throw new ApiError(
      await problemOf(response),
      Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
    );
  }
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined as Answer;
  return (await response.json()) as Answer;
}

/** Whether an error is the API's, optionally with one of the given codes. */
export function isApiError(error: unknown, ...codes: string[]): error is ApiError {
  return error instanceof ApiError && (codes.length === 0 || codes.includes(error.problem.code));
}
