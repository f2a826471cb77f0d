import type { Failure } from '../shared/retry.ts';
import { CloudError, type CloudErrorKind } from '../errors.ts';
import type { CallSite } from '../shared/caller.ts';
import { retryAfterMs, signInError } from '../shared/microsoft.ts';

/** Error codes of Resource Manager and its services by what they mean to a person. */
const CODES: Readonly<Record<string, CloudErrorKind>> = {
  AuthorizationFailed: 'denied',
  LinkedAuthorizationFailed: 'denied',
  RequestDisallowedByPolicy: 'denied',
  RBACAccessDenied: 'denied',
  InvalidAuthenticationToken: 'invalid_credentials',
  InvalidAuthenticationTokenTenant: 'invalid_credentials',
  AuthenticationFailed: 'invalid_credentials',
  ExpiredAuthenticationToken: 'expired',
  TooManyRequests: 'throttled',
  SubscriptionRequestsThrottled: 'throttled',
  OperationNotAllowed: 'conflict_state',
  Conflict: 'conflict_state',
  AttachDiskWhileBeingDetached: 'conflict_state',
  InUse: 'conflict_state',
  ScopeLocked: 'conflict_state',
  AnotherOperationInProgress: 'conflict_state',
  InvalidResourceLocation: 'already_exists',
  StorageAccountAlreadyTaken: 'already_exists',
  StorageAccountAlreadyExists: 'already_exists',
  NameAlreadyExists: 'already_exists',
  ReferencedResourceNotProvisioned: 'conflict_state',
  PublicIPAddressInUse: 'conflict_state',
  PublicIPAddressCannotBeDeleted: 'conflict_state',
  NicInUse: 'conflict_state',
  ParentResourceNotFound: 'not_found',
  InvalidResourceReference: 'invalid_input',
  ReadOnlyDisabledSubscription: 'not_enabled',
  SubscriptionNotRegistered: 'not_enabled',
  MissingSubscriptionRegistration: 'not_enabled',
  SubscriptionNotFound: 'not_found',
  ResourceNotFound: 'not_found',
  ResourceGroupNotFound: 'not_found',
  NotFound: 'not_found',
  QuotaExceeded: 'quota',
  AllocationFailed: 'capacity',
  ZonalAllocationFailed: 'capacity',
  SkuNotAvailable: 'capacity',
  OverconstrainedAllocationRequest: 'capacity',
  LocationNotAvailableForResourceType: 'region_disabled',
  InvalidParameter: 'invalid_input',
  BadRequest: 'invalid_input',
  InvalidRequestContent: 'invalid_input',
};

interface RestErrorLike {
  readonly name?: string;
  readonly code?: unknown;
  readonly statusCode?: number;
  readonly message?: string;
  readonly details?: unknown;
  readonly response?: {
    readonly status?: number;
    readonly headers?: { get(name: string): string | undefined };
    readonly bodyAsText?: string | null;
  };
}

/** Code and message, also from answers without the usual envelope (metrics, Cost Management). */
function said(error: RestErrorLike): { code: string; message: string } {
  const code = typeof error.code === 'string' ? error.code : '';
  try {
    const body = JSON.parse(error.response?.bodyAsText ?? '') as {
      error?: { code?: string; message?: string };
      code?: string;
      message?: string;
    };
    const inner = body.error ?? body;
    return { code: inner.code ?? code, message: inner.message ?? error.message ?? '' };
  } catch {
    return { code, message: error.message ?? '' };
  }
}

function kindOf(code: string, status: number | undefined, message: string): CloudErrorKind {
  // One code for two things: a quota that is reached, and a state that does not allow it.
  if (code === 'OperationNotAllowed' && /quota/i.test(message)) return 'quota';
  // App Service says so of a name that somebody else has.
  if (code === 'Conflict' && /already exists/i.test(message)) return 'already_exists';
  const known = Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  if (known) return known;
  if (status === undefined || status >= 500 || status < 300) return 'unavailable';
  if (status === 429) return 'throttled';
  if (status === 404) return 'not_found';
  if (status === 403) return 'denied';
  if (status === 401) return 'invalid_credentials';
  if (status === 409) return 'conflict_state';
  return status === 400 ? 'invalid_input' : 'unknown';
}

/** What the service's own words leave out: it says the same for what is not there and for what may not be seen. */
const HINTS: Readonly<Record<string, string>> = {
  SubscriptionNotFound: ' It is not there, or the application has no role on it yet.',
};

/** Words of the packages, or a page of a proxy, where the service itself said nothing. */
const UNSAID = /^(Pagination failed|Unexpected status code|\s*<|$)/i;

/** Pagers of the packages drop what the service said and keep its code. */
function wording(kind: CloudErrorKind, said: string, action: string | undefined): string {
  if (!UNSAID.test(said)) return said;
  if (kind === 'denied') return `The application may not perform ${action ?? 'this action'}.`;
  if (kind === 'throttled') return 'Azure refuses further requests for a while.';
  if (kind === 'unavailable') return 'Azure did not give a usable answer.';
  return 'Azure refused and gave no reason.';
}

/** Cost Management throttles per entity, tenant and client and says so in headers of their own. */
const WAITS = [
  'retry-after',
  'x-ms-ratelimit-microsoft.costmanagement-entity-retry-after',
  'x-ms-ratelimit-microsoft.costmanagement-tenant-retry-after',
  'x-ms-ratelimit-microsoft.costmanagement-client-retry-after',
  'x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after',
];

/** Any error of the clients as ours. */
export function armFailure(thrown: unknown, site: CallSite, secret: string, now: () => number): Failure {
  const signIn = signInError(thrown, 'POST /oauth2/v2.0/token');
  if (signIn) return { error: signIn, retryAfterMs: undefined, clockCorrected: false };
  const error = thrown as RestErrorLike;
  const status = error.statusCode ?? error.response?.status;
  const { code, message } = said(error);
  const kind = kindOf(code, status, message);
  const clean = (secret === '' ? message : message.replaceAll(secret, '[redacted]')).split('\n')[0] ?? '';
  const listed = /^GET (Microsoft\.\S+)$/.exec(site.call)?.[1];
  const action = /perform action '([^']+)'/.exec(message)?.[1] ?? (listed && `${listed}/read`);
  const waits = WAITS.flatMap((name) => retryAfterMs(error.response?.headers?.get(name), now()) ?? []);
  return {
    error: new CloudError({
      kind,
      message: `${wording(kind, clean, action)}${HINTS[code] ?? ''}`.slice(0, 300),
      ...site,
      ...(kind === 'denied' && action !== undefined ? { action } : {}),
      ...(code === '' ? {} : { providerCode: code.slice(0, 100) }),
      ...(status === undefined ? {} : { httpStatus: status }),
    }),
    retryAfterMs: waits.length === 0 ? undefined : Math.max(...waits),
    clockCorrected: false,
  };
}
