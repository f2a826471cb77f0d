import { errorKinds, type ErrorCode } from '@cloudatlas/contracts/errors';

export interface FieldError {
  path: string;
  code: string;
  message: string;
}

/**
 * The one error that is meant for the caller. Everything else becomes a 500 without detail.
 * `detail` is English text for people and never holds secrets; `meta` is data for programs.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly errors: FieldError[] | undefined;
  readonly meta: Record<string, unknown> | undefined;
  /** Seconds after which a retry makes sense. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    detail?: string,
    options: {
      errors?: FieldError[];
      meta?: Record<string, unknown>;
      retryAfter?: number;
      cause?: unknown;
    } = {},
  ) {
    super(
      detail ?? errorKinds[code].title,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.detail = detail;
    this.errors = options.errors;
    this.meta = options.meta;
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return errorKinds[this.code].status;
  }
}

/** Another tenant's thing, a deleted thing and a thing that never was look the same. */
export function notFound(what: string): AppError {
  return new AppError('not_found', `${what} was not found.`);
}

/** A field of the request body that is well-formed but not acceptable. */
export function invalidField(path: string, message: string, code = 'invalid'): AppError {
  return new AppError('validation_failed', message, { errors: [{ path, code, message }] });
}

/** The message of anything thrown, for logs and journals. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message || error.name;
  return String(error);
}
