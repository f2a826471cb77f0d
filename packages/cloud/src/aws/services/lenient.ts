import { CloudError, type CloudErrorKind } from '../../errors.ts';
import { mapLimited } from '../../shared/concurrency.ts';

/**
 * Refusals that asking again does not change: not allowed, not there, or not offered by this endpoint (an emulator, a
 * compatible store). Passing faults are not among them: what was known before would be taken for removed.
 */
const LASTING: ReadonlySet<CloudErrorKind> = new Set([
  'denied',
  'not_found',
  'unsupported',
  'not_enabled',
  'invalid_input',
  'unknown',
]);

/** Whether a detail can't be had and what it belongs to is shown without it. */
export function isLasting(error: unknown): boolean {
  return error instanceof CloudError && LASTING.has(error.kind);
}

/** A detail; undefined when it can't be read, and what it belongs to is shown without it. */
export async function orUnreadable<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isLasting(error)) return undefined;
    throw error;
  }
}

/** Tags that can't be read are none; a denial shows up in the permission probe. */
export async function orNoTags(read: Promise<Record<string, string>>): Promise<Record<string, string>> {
  return (await orUnreadable(read)) ?? {};
}

/** So many items may fail before a listing is given up: then it is the service and not an item. */
const FAILURES_LEFT_ALONE = 5;

/**
 * Describes listed items one by one. An item that fails does not hide the others; the list
 * fails with the first reason at its end, and so is known as incomplete.
 */
export async function* described<T, R>(
  listing: AsyncIterable<readonly T[]>,
  atOnce: number,
  describe: (item: T) => Promise<R | undefined>,
): AsyncGenerator<readonly R[]> {
  const failures: CloudError[] = [];
  for await (const items of listing) {
    const results = await mapLimited(items, atOnce, async (item) => {
      if (failures.length > FAILURES_LEFT_ALONE) return undefined;
      try {
        return await describe(item);
      } catch (error) {
        if (!(error instanceof CloudError) || error.kind === 'aborted') throw error;
        failures.push(error);
        return undefined;
      }
    });
    yield results.filter((result) => result !== undefined);
    if (failures.length > FAILURES_LEFT_ALONE) break;
  }
  if (failures[0]) throw failures[0];
}
