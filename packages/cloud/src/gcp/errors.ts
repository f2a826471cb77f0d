import type { Failure } from '../shared/retry.ts';
import { CloudError, type CloudErrorKind } from '../errors.ts';
import type { CallSite } from '../shared/caller.ts';
import { retryAfterMs } from '../shared/microsoft.ts';

/** An answer of an API that is not a success. */
export class HttpFailure extends Error {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;

  constructor(status: number, text: string, retryAfter: string | null) {
    super(`HTTP ${status}`);
    this.status = status;
    this.text = text;
    this.retryAfter = retryAfter;
  }
}

interface GaxiosLike {
  readonly status?: number;
  readonly message?: string;
  readonly response?: { readonly status?: number; readonly data?: unknown };
}

/** A refusal of the token endpoint (RFC 6749 §5.2), or that it could not be reached. */
export class SignInFailure extends Error {
  readonly status: number | undefined;
  readonly code: string;

  constructor(status: number | undefined, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static of(thrown: unknown): SignInFailure {
    const error = thrown as GaxiosLike;
    const data = error.response?.data as { error?: unknown; error_description?: unknown } | undefined;
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    return new SignInFailure(
      error.response?.status ?? error.status,
      text(data?.error),
      text(data?.error_description),
    );
  }
}

/** Reasons and codes of Google's APIs by what they mean to a person. */
const CODES: Readonly<Record<string, CloudErrorKind>> = {
  accessNotConfigured: 'not_enabled',
  SERVICE_DISABLED: 'not_enabled',
  BILLING_DISABLED: 'not_enabled',
  billingNotEnabled: 'not_enabled',
  CONSUMER_INVALID: 'not_found',
  USER_PROJECT_DENIED: 'denied',
  IAM_PERMISSION_DENIED: 'denied',
  forbidden: 'denied',
  accessDenied: 'denied',
  rateLimitExceeded: 'throttled',
  userRateLimitExceeded: 'throttled',
  RATE_LIMIT_EXCEEDED: 'throttled',
  quotaExceeded: 'quota',
  QUOTA_EXCEEDED: 'quota',
  QUOTA_LIMIT: 'quota',
  RESOURCE_EXHAUSTED: 'throttled',
  ZONE_RESOURCE_POOL_EXHAUSTED: 'capacity',
  ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS: 'capacity',
  STOCKOUT: 'capacity',
  conditionNotMet: 'conflict_state',
  CONDITION_NOT_MET: 'conflict_state',
  resourceNotReady: 'conflict_state',
  RESOURCE_NOT_READY: 'conflict_state',
  resourceInUseByAnotherResource: 'conflict_state',
  RESOURCE_IN_USE_BY_ANOTHER_RESOURCE: 'conflict_state',
  RESOURCE_OPERATION_RATE_EXCEEDED: 'throttled',
  FAILED_PRECONDITION: 'conflict_state',
  failedPrecondition: 'conflict_state',
  operationInProgress: 'conflict_state',
  invalidState: 'conflict_state',
  ABORTED: 'conflict_state',
  alreadyExists: 'already_exists',
  ALREADY_EXISTS: 'already_exists',
  RESOURCE_ALREADY_EXISTS: 'already_exists',
  conflict: 'already_exists',
  instanceAlreadyExists: 'already_exists',
  notFound: 'not_found',
  NOT_FOUND: 'not_found',
  RESOURCE_NOT_FOUND: 'not_found',
  invalid: 'invalid_input',
  invalidQuery: 'invalid_input',
  required: 'invalid_input',
  badRequest: 'invalid_input',
  INVALID_ARGUMENT: 'invalid_input',
  INVALID_FIELD_VALUE: 'invalid_input',
  authError: 'invalid_credentials',
  UNAUTHENTICATED: 'invalid_credentials',
  ACCESS_TOKEN_EXPIRED: 'expired',
  PERMISSION_DENIED: 'denied',
};

interface Envelope {
  readonly code?: number;
  readonly message?: string;
  readonly status?: string;
  readonly errors?: readonly { readonly reason?: string; readonly message?: string }[];
  readonly details?: readonly {
    readonly reason?: string;
    readonly metadata?: Readonly<Record<string, string>>;
  }[];
}

/** What the error envelope says, the most telling word first: the reason of a detail, of an error, the status. */
function said(text: string): { words: string[]; message: string; permission: string | undefined } {
  try {
    const { error = {} } = JSON.parse(text) as { error?: Envelope };
    const words = [
      ...(error.details ?? []).map((detail) => detail.reason),
      ...(error.errors ?? []).map((one) => one.reason),
      error.status,
    ].filter((word): word is string => typeof word === 'string' && word !== '');
    const permission = error.details?.find((detail) => detail.metadata?.['permission'])?.metadata?.[
      'permission'
    ];
    return { words, message: error.message ?? error.errors?.[0]?.message ?? '', permission };
  } catch {
    return { words: [], message: '', permission: undefined };
  }
}

function byStatus(status: number): CloudErrorKind {
  if (status >= 500) return 'unavailable';
  if (status === 429) return 'throttled';
  if (status === 404) return 'not_found';
  if (status === 403) return 'denied';
  if (status === 401) return 'invalid_credentials';
  if (status === 409 || status === 412) return 'conflict_state';
  return status === 400 ? 'invalid_input' : 'unknown';
}

function kindOf(words: readonly string[], message: string, status: number): CloudErrorKind {
  // A disabled API comes as 403 PERMISSION_DENIED: a diagnosis of its own, not a missing role.
  if (/has not been used in project .* before or it is disabled/.test(message)) return 'not_enabled';
  if (status >= 500) return 'unavailable';
  for (const word of words) {
    const kind = Object.hasOwn(CODES, word) ? CODES[word] : undefined;
    if (kind) return kind;
  }
  return byStatus(status);
}

function signInProblem(failure: SignInFailure): CloudError {
  const call = 'POST oauth2.googleapis.com/token';
  const about = failure.message;
  const problem = (kind: CloudErrorKind, message: string): CloudError =>
    new CloudError({
      kind,
      message,
      call,
      ...(failure.code === '' ? {} : { providerCode: failure.code.slice(0, 100) }),
      ...(failure.status === undefined ? {} : { httpStatus: failure.status }),
    });
  if (failure.status === 429) return problem('throttled', 'Google refuses further sign-ins for a while.');
  if (failure.status === undefined || failure.status >= 500 || failure.code === '')
    return problem('unavailable', 'The token endpoint of Google did not give a usable answer.');
  if (/reasonable timeframe|iat and exp/i.test(about))
    return problem('clock_skew', 'Our clock and Google’s differ too much to sign in.');
  if (/account not found/i.test(about))
    return problem('invalid_credentials', 'There is no service account with this address.');
  if (/disabled/i.test(about)) return problem('invalid_credentials', 'The service account is disabled.');
  if (/expired/i.test(about)) return problem('expired', 'The key of the service account has expired.');
  return problem(
    'invalid_credentials',
    'Google refused the key of the service account: it was deleted or belongs to another account.',
  );
}

/** Any error of a call as ours. */
export function googleFailure(thrown: unknown, site: CallSite, now: () => number): Failure {
  if (thrown instanceof SignInFailure)
    return { error: signInProblem(thrown), retryAfterMs: undefined, clockCorrected: false };
  if (!(thrown instanceof HttpFailure))
    return {
      error: new CloudError({
        kind: 'unavailable',
        message: 'Google Cloud did not give a usable answer.',
        ...site,
      }),
      retryAfterMs: undefined,
      clockCorrected: false,
    };
  const { words, message, permission } = said(thrown.text);
  const kind = kindOf(words, message, thrown.status);
  const named = permission ?? /Required '([a-zA-Z.]+)' permission/.exec(message)?.[1];
  const action = named ?? (/^[a-z]+\.\w+\.\w+$/i.test(site.call) ? site.call : undefined);
  const text = message.split('\n')[0] ?? '';
  return {
    error: new CloudError({
      kind,
      message: (text === '' ? 'Google Cloud did not give a usable answer.' : text).slice(0, 500),
      ...site,
      ...(kind === 'denied' && action !== undefined ? { action } : {}),
      ...(words[0] === undefined ? {} : { providerCode: words[0].slice(0, 100) }),
      httpStatus: thrown.status,
    }),
    retryAfterMs: retryAfterMs(thrown.retryAfter, now()),
    clockCorrected: false,
  };
}

/** The failure of a long-running operation, which is told with HTTP 200. */
export function operationFailure(code: string, message: string, call: string): CloudError {
  const kind = Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  return new CloudError({
    kind: kind ?? 'unknown',
    message: (message === '' ? 'The operation failed.' : message).slice(0, 500),
    call,
    providerCode: code.slice(0, 100),
  });
}
