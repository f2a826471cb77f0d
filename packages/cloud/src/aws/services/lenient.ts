import { CloudError } from '../../errors.ts';

/** Undefined when the thing vanished between list and look. */
export async function orGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'not_found') return undefined;
    throw error;
  }
}

/** Tags that may not be read are none; the denial shows up in the permission probe. */
export async function orNoTags(read: Promise<Record<string, string>>): Promise<Record<string, string>> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof CloudError && (error.kind === 'denied' || error.kind === 'not_found')) return {};
    throw error;
  }
}
