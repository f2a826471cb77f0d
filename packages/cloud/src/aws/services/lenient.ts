import { CloudError } from '../../errors.ts';
import { mapLimited } from '../../shared/concurrency.ts';

/** Undefined when the thing vanished between list and look. */
export async function orGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'not_found') return undefined;
    throw error;
  }
}

/** Undefined when it may not be read or is gone; what it belongs to is shown without it. */
export async function orDenied<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof CloudError && (error.kind === 'denied' || error.kind === 'not_found'))
      return undefined;
    throw error;
  }
}

/** Tags that may not be read are none; the denial shows up in the permission probe. */
export async function orNoTags(read: Promise<Record<string, string>>): Promise<Record<string, string>> {
  return (await orDenied(read)) ?? {};
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
