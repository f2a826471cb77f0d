export type CostErrorCode =
  | 'unsupported'
  | 'bad-input'
  | 'not-found'
  | 'conflict'
  | 'busy'
  | 'cancelled'
  | 'corrupt'
  | 'disk-full'
  | 'store-failed';

/** Every failure of the cost engine that a caller can act on. `message` is fit to be shown to a user. */
export class CostError extends Error {
  readonly code: CostErrorCode;
  /** Facts for the caller (names of columns, paths inside the lake), never secrets. */
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: CostErrorCode, message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, { cause });
    this.name = 'CostError';
    this.code = code;
    this.details = details;
  }
}

/** A full disk in plain words, whoever met it; any other error as it is. */
export function diskFull(error: unknown): unknown {
  const full =
    (error as NodeJS.ErrnoException | undefined)?.code === 'ENOSPC' ||
    (error instanceof Error &&
      !(error instanceof CostError) &&
      /No space left|max_temp_directory_size|failed to offload data block/i.test(error.message));
  if (!full) return error;
  return new CostError(
    'disk-full',
    'no disk space left for the cost store; nothing was imported and the old data is still served',
    {},
    error,
  );
}
