import type { FaultSet } from '../control/faults.ts';
import type { JsonAnswer, JsonRequest } from '../microsoft/http.ts';
import type { Json, Project, ServiceAccount } from './project.ts';

/** A refusal in the error envelope of Google's APIs. */
export class GoogleError extends Error {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `error.details`. */
  readonly details: readonly Json[];

  constructor(
    status: number,
    reason: string,
    message: string,
    more: { readonly headers?: Readonly<Record<string, string>>; readonly details?: readonly Json[] } = {},
  ) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.headers = more.headers ?? {};
    this.details = more.details ?? [];
  }
}

/** What serving a call needs. */
export interface Call {
  readonly request: JsonRequest;
  readonly project: Project;
  readonly account: ServiceAccount;
  readonly now: number;
  /** The simulated time at which something that takes so many seconds is over. */
  readonly after: (seconds: number) => number;
  readonly faults: FaultSet;
}

/** A method of an API. */
export interface Route {
  /** The host of the API, e.g. `compute.googleapis.com`. */
  readonly api: string;
  /** The IAM permission it wants; empty where everybody may. */
  readonly permission: string;
  /** Its name in logs and faults where there is no permission. */
  readonly operation?: string;
  readonly serve: (call: Call) => JsonAnswer;
}

export const ok = (body: unknown): JsonAnswer => ({ status: 200, body });

/** The body of a request as an object. */
export function bodyOf(request: JsonRequest): Json {
  const { body } = request;
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Json) : {};
}

/** A member that should be a text. */
export const textOf = (value: unknown, fallback: string): string =>
  typeof value === 'string' && value !== '' ? value : fallback;

/** One page of a list; tokens are opaque to callers. */
export function page<T>(
  items: readonly T[],
  { request, faults }: Pick<Call, 'request' | 'faults'>,
  sizeName: string,
  fallback: number,
): { readonly items: readonly T[]; readonly next: Json } {
  const token = request.query.get('pageToken') ?? '';
  const at = token === '' ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8'));
  if (!Number.isInteger(at) || at < 0)
    throw new GoogleError(400, 'invalid', "Invalid value for field 'pageToken'.");
  const disturbed = faults.paging();
  const asked = Number(request.query.get(sizeName) ?? fallback);
  const size = Math.max(
    1,
    Math.min(Number.isFinite(asked) ? asked : fallback, disturbed?.maxItems ?? 50_000),
  );
  const code = (to: number): Json => ({ nextPageToken: Buffer.from(String(to)).toString('base64url') });
  if (disturbed?.emptyFirst === true && token === '') return { items: [], next: code(0) };
  if (disturbed?.repeatToken === true && token !== '')
    return { items: items.slice(at, at + size), next: { nextPageToken: token } };
  const more = disturbed?.repeatToken === true || at + size < items.length;
  return { items: items.slice(at, at + size), next: more ? code(at + size) : {} };
}

/** Stamps of Compute Engine carry an offset. */
export function stamp(at: number): string {
  return new Date(at - 8 * 3_600_000).toISOString().replace('Z', '-08:00');
}
