import { createHash } from 'node:crypto';
import type { RequestContext } from './context.ts';

/** One page of a listing. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque token of the next page; undefined on the last. */
  readonly nextToken: string | undefined;
}

/** How a listing is paged. */
export interface PageRequest<T> {
  readonly token: string | undefined;
  /** Largest number of items on the page; undefined means `defaultLimit`. */
  readonly limit: number | undefined;
  readonly defaultLimit: number;
  /** Everything the token is bound to: the input without token and page size. */
  readonly parameters: unknown;
  /** Stable identity of an item, so that deletions between pages neither skip nor repeat. */
  readonly keyOf: (item: T) => string;
  /** Builds the service's error for a token that is damaged, expired or of another request. */
  readonly invalidToken: () => Error;
}

interface TokenContent {
  /** Position of the next item. */
  readonly o: number;
  /** Key of the last item given out. */
  readonly k: string;
  /** Digest of the bound parameters. */
  readonly h: string;
  /** Wall clock at issue, in milliseconds. */
  readonly t: number;
}

const TOKEN_LIFE_MS = 24 * 3600 * 1000;

function digest(context: RequestContext, parameters: unknown): string {
  const text = JSON.stringify([
    context.account.id,
    context.region,
    context.service,
    context.operation,
    parameters,
  ]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function readToken(token: string): TokenContent | undefined {
  try {
    const content = JSON.parse(
      Buffer.from(token, 'base64url').toString('utf8'),
    ) as Partial<TokenContent> | null;
    if (typeof content?.o !== 'number' || typeof content.k !== 'string' || typeof content.h !== 'string')
      return undefined;
    if (typeof content.t !== 'number' || Date.now() - content.t > TOKEN_LIFE_MS) return undefined;
    return content as TokenContent;
  } catch {
    return undefined;
  }
}

function resume<T>(items: readonly T[], content: TokenContent, keyOf: (item: T) => string): number {
  if (content.o === 0) return 0;
  const previous = items[content.o - 1];
  if (previous !== undefined && keyOf(previous) === content.k) return content.o;
  const found = items.findIndex((item) => keyOf(item) === content.k);
  return found < 0 ? Math.min(content.o, items.length) : found + 1;
}

/**
 * Cuts one page out of a full, stably ordered listing. Tokens are opaque, live a day and are bound to
 * account, region, operation and parameters. The faults "partial pages", "empty pages" and "repeated token"
 * act here, so every listing has them.
 */
export function paginate<T>(items: readonly T[], request: PageRequest<T>, context: RequestContext): Page<T> {
  const hash = digest(context, request.parameters);
  let start = 0;
  if (request.token !== undefined && request.token !== '') {
    const content = readToken(request.token);
    if (!content || content.h !== hash) throw request.invalidToken();
    start = resume(items, content, request.keyOf);
  }
  const issue = (offset: number): string => {
    const last = items[offset - 1];
    const content: TokenContent = {
      o: offset,
      k: last === undefined ? '' : request.keyOf(last),
      h: hash,
      t: Date.now(),
    };
    return Buffer.from(JSON.stringify(content)).toString('base64url');
  };
  const fault = context.faults.paging();
  if (fault?.emptyFirst && !request.token && items.length > 0) return { items: [], nextToken: issue(0) };
  const wanted = Math.min(request.limit ?? request.defaultLimit, fault?.maxItems ?? Number.POSITIVE_INFINITY);
  const end = Math.min(start + wanted, items.length);
  const page = items.slice(start, end);
  // The same token again: a client that trusts tokens blindly would loop for ever.
  if (fault?.repeatToken) return { items: page, nextToken: request.token || issue(end) };
  return { items: page, nextToken: end < items.length ? issue(end) : undefined };
}
