import type { CloudLog } from '../contract.ts';
import { CloudError } from '../errors.ts';

/** Pages of one listing that are followed at most; also ends listings of endless empty pages. */
const MAX_PAGES = 20_000;

export interface PagingOptions {
  /** What is listed, e.g. `ec2:DescribeVolumes`. */
  readonly call: string;
  readonly region: string;
  readonly maxItems: number;
  readonly log: CloudLog;
}

/** One page as a listing reads it. */
export interface RawPage<T> {
  readonly items: readonly T[];
  /** Absent, null or empty on the last page. */
  readonly next: string | null | undefined;
}

/**
 * Follows page tokens until the absent one. A page may be empty and still have a successor.
 * @throws CloudError `unavailable` when a token repeats, `truncated` at the cap; the items
 * before were already handed out.
 */
export async function* pages<T>(
  fetch: (token: string | undefined) => Promise<RawPage<T>>,
  options: PagingOptions,
): AsyncGenerator<readonly T[]> {
  const seen = new Set<string>();
  let token: string | undefined;
  let count = 0;
  for (let page = 0; ; page += 1) {
    const { items, next } = await fetch(token);
    const room = options.maxItems - count;
    yield items.length > room ? items.slice(0, room) : items;
    count += items.length;
    token = next ?? undefined;
    if (token === undefined || token === '') {
      if (count > options.maxItems) throw cut(options, count);
      return;
    }
    if (seen.has(token)) {
      options.log.warn(
        { call: options.call, region: options.region, page, count },
        'the provider repeated a page token',
      );
      throw new CloudError({
        kind: 'unavailable',
        message: 'The provider repeated a page token; the list ends here.',
        call: options.call,
        region: options.region,
        providerCode: 'RepeatedPageToken',
      });
    }
    seen.add(token);
    if (count >= options.maxItems || page + 1 >= MAX_PAGES) throw cut(options, count);
  }
}

/** Batches up to the cap, for listings whose pages are no lists of items. @throws CloudError `truncated` at the cap */
export async function* capped<T>(
  batches: AsyncIterable<readonly T[]>,
  options: PagingOptions,
): AsyncGenerator<readonly T[]> {
  let count = 0;
  for await (const items of batches) {
    const room = options.maxItems - count;
    count += items.length;
    yield items.length > room ? items.slice(0, room) : items;
    if (count > options.maxItems) throw cut(options, count);
  }
}

function cut(options: PagingOptions, count: number): CloudError {
  options.log.warn(
    { call: options.call, region: options.region, count, maxItems: options.maxItems },
    'a listing was cut at its cap',
  );
  return new CloudError({
    kind: 'truncated',
    message: `The list was cut after ${Math.min(count, options.maxItems)} items.`,
    call: options.call,
    region: options.region,
  });
}

/** All items of a paged listing that is known to be small, e.g. choices of a form. */
export async function collect<T>(listing: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const items of listing) all.push(...items);
  return all;
}
