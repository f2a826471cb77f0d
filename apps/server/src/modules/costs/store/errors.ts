import type { ErrorCode } from '@cloudatlas/contracts/errors';
import { AppError } from '#platform/errors/app-error.ts';
import { CostError, type CostErrorCode } from '../lake/errors.ts';

const codes: Record<CostErrorCode, ErrorCode> = {
  'bad-input': 'validation_failed',
  unsupported: 'validation_failed',
  'not-found': 'not_found',
  conflict: 'conflict',
  busy: 'unavailable',
  cancelled: 'unavailable',
  'disk-full': 'unavailable',
  corrupt: 'unavailable',
  'store-failed': 'unavailable',
};

/** Runs a question to the cost engine; its refusals become the API's. */
export async function asked<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CostError)) throw error;
    const code = codes[error.code];
    throw new AppError(code, error.message, {
      cause: error,
      meta: { ...error.details },
      ...(code === 'unavailable' ? { retryAfter: 5 } : {}),
    });
  }
}
