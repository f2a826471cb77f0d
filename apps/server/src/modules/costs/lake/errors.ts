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
