import { CloudError, type CloudErrorKind, type CloudProblem } from '../errors.ts';
import { UnreadableAnswer } from './http-handler.ts';
import type { Failure } from '../shared/retry.ts';
import { formsOf } from '../shared/secret-forms.ts';

/** The members of an SDK error that are read; all may be missing. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly Code?: string;
  readonly $fault?: string;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly clockSkewCorrected?: boolean;
  };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
}

const CODES: Readonly<Partial<Record<CloudErrorKind, readonly string[]>>> = {
  denied: [
    'UnauthorizedOperation',
    'AccessDenied',
    'AccessDeniedException',
    'UnauthorizedException',
    'Forbidden',
    'AllAccessDisabled',
    'AuthorizationError',
    'NotAuthorized',
  ],
  invalid_credentials: [
    'AuthFailure',
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'InvalidAccessKeyId',
    'SignatureDoesNotMatch',
    'InvalidSignatureException',
    'InvalidToken',
    'InvalidSecurity',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'AuthorizationHeaderMalformed',
    'CredentialsProviderError',
  ],
  expired: ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired'],
  clock_skew: ['RequestTimeTooSkewed', 'RequestInTheFuture'],
  throttled: [
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'RequestLimitExceeded',
    'RequestThrottled',
    'RequestThrottledException',
    'TooManyRequestsException',
    'SlowDown',
    'BandwidthLimitExceeded',
    'EC2ThrottledException',
    'ProvisionedThroughputExceededException',
    'PriorRequestNotComplete',
    'TransactionInProgressException',
  ],
  conflict_state: [
    'IncorrectState',
    'IncorrectInstanceState',
    'IncorrectModificationState',
    'InvalidState',
    'VolumeInUse',
    'InvalidSnapshot.InUse',
    'DependencyViolation',
    'OperationNotPermitted',
    'InvalidDBInstanceState',
    'InvalidDBInstanceStateFault',
    'BucketNotEmpty',
    'OperationAborted',
    'ResourceInUseException',
    'ResourceInUse',
    'ResourceConflictException',
    'InvalidIPAddress.InUse',
    'IdempotentParameterMismatch',
    'VolumeModificationRateExceeded',
    'UnsupportedOperation',
  ],
  already_exists: [
    'BucketAlreadyExists',
    'BucketAlreadyOwnedByYou',
    'DBInstanceAlreadyExists',
    'DBInstanceAlreadyExistsFault',
    'DBSnapshotAlreadyExists',
    'DBSnapshotAlreadyExistsFault',
    'EntityAlreadyExists',
    'ResourceAlreadyExistsException',
    'InvalidSubnet.Conflict',
    'InvalidGroup.Duplicate',
  ],
  capacity: [
    'InsufficientInstanceCapacity',
    'InsufficientHostCapacity',
    'InsufficientVolumeCapacity',
    'InsufficientCapacity',
    'InsufficientDBInstanceCapacity',
    'InsufficientDBInstanceCapacityFault',
    'InsufficientFreeAddressesInSubnet',
  ],
  region_disabled: ['OptInRequired', 'RegionDisabledException', 'InvalidRegion'],
  not_enabled: [
    'OptInRequiredException',
    'SubscriptionRequiredException',
    'NotSignedUp',
    'AWSOrganizationsNotInUseException',
    'DataUnavailableException',
    'BillExpirationException',
    'PendingVerification',
    'Blocked',
  ],
  unavailable: [
    'InternalError',
    'InternalFailure',
    'InternalServerError',
    'InternalServiceError',
    'ServiceUnavailable',
    'ServiceUnavailableException',
    'ServiceException',
    'Unavailable',
    'TimeoutError',
    'RequestTimeout',
    'RequestTimeoutException',
    'IDPCommunicationError',
    'UnreadableAnswer',
  ],
  invalid_input: [
    'ValidationError',
    'ValidationException',
    'MissingParameter',
    'UnknownParameter',
    'MalformedXML',
    'SerializationException',
    'InvalidBucketName',
    'IllegalLocationConstraintException',
    'InvalidLocationConstraint',
    'CodeStorageExceededException',
    'RequestEntityTooLargeException',
    'RequestTooLargeException',
    'EntityTooLarge',
    'Unsupported',
    'InvalidRequestException',
  ],
};

const KIND_OF_CODE = new Map<string, CloudErrorKind>(
  Object.entries(CODES).flatMap(([kind, codes]) =>
    codes.map((code) => [code, kind as CloudErrorKind] as const),
  ),
);

const NETWORK_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
  'UND_ERR_SOCKET',
]);

/** What endpoints say of operations that they do not have. */
const NOT_OFFERED = new Set([
  'InvalidAction',
  'UnknownOperationException',
  'UnknownOperation',
  'NotImplemented',
  'NotImplementedException',
  'NotImplementedError',
  'MethodNotAllowed',
  'UnsupportedOperationException',
]);

/** Codes follow patterns where the list has no row, e.g. `InvalidVolume.NotFound`, `DBInstanceNotFoundFault`. */
function kindByPattern(code: string, message: string): CloudErrorKind | undefined {
  if (/not ?found|^NoSuch|\.NotFound$|DoesNotExist/i.test(code)) return 'not_found';
  if (code === 'LimitExceededException')
    return /rate|too many (calls|requests)|throttl/i.test(message) ? 'throttled' : 'quota';
  if (/LimitExceeded|QuotaExceeded|TooMany[A-Z]/.test(code)) return 'quota';
  if (/AlreadyExists|\.Duplicate$|\.InUse$/.test(code))
    return code.endsWith('.InUse') ? 'conflict_state' : 'already_exists';
  if (/^Invalid.*State/.test(code)) return 'conflict_state';
  if (/^Invalid|Malformed|Missing/.test(code)) return 'invalid_input';
  return undefined;
}

function kindByStatus(status: number | undefined): CloudErrorKind {
  if (status === 429) return 'throttled';
  if (status !== undefined && status >= 500) return 'unavailable';
  if (status === 403) return 'denied';
  if (status === 404) return 'not_found';
  return 'unknown';
}

/** Answers that carry one code for several causes are told apart by their text. */
function refine(kind: CloudErrorKind, code: string, message: string, sessionOver: boolean): CloudErrorKind {
  if (code === 'RequestExpired') return sessionOver || /token/i.test(message) ? 'expired' : 'clock_skew';
  if (
    kind === 'invalid_credentials' &&
    /signature (expired|not yet current)|request time|is now earlier than|is still later than/i.test(message)
  )
    return 'clock_skew';
  // A role that may not be assumed is a matter of trust and external id, but reads as a denial.
  if (
    kind === 'denied' &&
    /not (enabled|subscribed|signed up)|not authorized to use this service|\bopt[- ]?in\b/i.test(message)
  )
    return 'not_enabled';
  return kind;
}

const DENIED_ACTION = /(?:not authorized to perform|perform this operation)[: ]+([a-z0-9-]+:[A-Za-z*]+)/;

/** Calls of S3 whose permission has another name (S3 API reference, "Required permissions"). */
const S3_ACTIONS: Readonly<Record<string, string>> = {
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:DeleteBucketTagging': 's3:PutBucketTagging',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:PutBucketLifecycleConfiguration': 's3:PutLifecycleConfiguration',
  's3:DeleteBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:ListMultipartUploads': 's3:ListBucketMultipartUploads',
};

/** The permission a denial names; that of the failed call where the text is silent. */
function deniedAction(message: string, call: string): string {
  return DENIED_ACTION.exec(message)?.[1] ?? S3_ACTIONS[call] ?? call;
}

const NEUTRAL_MESSAGES: Readonly<Partial<Record<CloudErrorKind, string>>> = {
  invalid_credentials: 'AWS does not accept these credentials.',
  expired: 'The session token is expired.',
  clock_skew:
    'The clocks of this server and of AWS differ by more than the five to fifteen minutes that signatures allow.',
};

/** Where a call was made, for the problem report. */
export interface CallSite {
  /** IAM-like name, e.g. `ec2:DescribeInstances`. */
  readonly call: string;
  readonly region: string;
}

/** Replaces known secrets in texts that leave the adapter. */
export type Redact = (text: string) => string;

/** Makes a {@link Redact} for the given secrets; short ones are ignored, they would garble the text. */
export function redactor(secrets: () => readonly string[]): Redact {
  return (text) =>
    secrets()
      .filter((secret) => secret.length >= 6)
      .flatMap(formsOf)
      .reduce((out, form) => out.replaceAll(form, '[redacted]'), text);
}

function isSdkError(thrown: unknown): thrown is SdkError {
  return typeof thrown === 'object' && thrown !== null;
}

function retryAfter(error: SdkError): number | undefined {
  const value = error.$response?.headers?.['retry-after'];
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

function kindOf(
  error: SdkError,
  code: string,
  status: number | undefined,
  message: string,
  temporary: boolean,
): CloudErrorKind {
  if (NETWORK_CODES.has(error.code ?? '') || NETWORK_CODES.has(code)) return 'unavailable';
  if (status === 501 || NOT_OFFERED.has(code)) return 'unsupported';
  // AWS has no page for people behind a path; an emulator without the operation has its web framework's.
  if (code === 'UnreadableAnswer' && (status === 404 || status === 405)) return 'unsupported';
  const known = KIND_OF_CODE.get(code) ?? kindByPattern(code, message);
  // EC2 says "Request has expired." of both; only a key with a session can be at its end while the clock is right.
  const sessionOver = temporary && error.$metadata?.clockSkewCorrected !== true;
  if (known) return refine(known, code, message, sessionOver);
  // The SDK failed to read the answer: no modelled fault, but a response.
  if (error.$response && error.$fault === undefined) return 'unavailable';
  if (
    /aborted|socket hang up|premature close/i.test(message) &&
    error.$metadata?.httpStatusCode === undefined
  )
    return 'unavailable';
  return kindByStatus(status);
}

/** A header-less HEAD answer names nothing but its status. */
function codeOf(error: SdkError): string {
  if (error.name && error.name !== 'Error' && error.name !== 'Unknown') return error.name;
  return error.Code ?? error.code ?? error.name ?? 'Unknown';
}

function cleanMessage(error: SdkError, kind: CloudErrorKind, redact: Redact): string {
  const fixed = NEUTRAL_MESSAGES[kind];
  if (fixed) return fixed;
  const text = (error.message ?? '')
    .replace(/\s*Deserialization error: to see the raw response.*$/s, '')
    .trim();
  return redact(text === '' || text === 'UnknownError' ? 'AWS gave no reason.' : text).slice(0, 1_000);
}

/**
 * Turns anything an SDK call throws into a {@link CloudError} and tells how to go on.
 * Sources of codes and statuses: the services' API references, "Common errors".
 * @param temporary whether the call was signed with a session that ends
 */
export function failureOf(thrown: unknown, site: CallSite, redact: Redact, temporary = false): Failure {
  if (thrown instanceof CloudError) return { error: thrown, retryAfterMs: undefined, clockCorrected: false };
  const error: SdkError = isSdkError(thrown) ? thrown : { message: String(thrown) };
  if (error.name === 'AbortError')
    return { error: abortedError(site), retryAfterMs: undefined, clockCorrected: false };
  const code = codeOf(error);
  const status =
    thrown instanceof UnreadableAnswer
      ? thrown.status
      : (error.$metadata?.httpStatusCode ?? error.$response?.statusCode);
  const message = error.message ?? '';
  const kind = kindOf(error, code, status, message, temporary);
  const requestId = error.$metadata?.requestId;
  const problem: CloudProblem = {
    kind,
    message: cleanMessage(error, kind, redact),
    call: site.call,
    region: site.region,
    providerCode: redact(code).slice(0, 200),
    ...(kind === 'denied' ? { action: deniedAction(message, site.call) } : {}),
    ...(status === undefined ? {} : { httpStatus: status }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  return {
    error: new CloudError(problem),
    retryAfterMs: retryAfter(error),
    // Of several calls under way the first one sets the clock; the others are told by their code alone.
    clockCorrected:
      kind === 'clock_skew' || code === 'RequestExpired' || error.$metadata?.clockSkewCorrected === true,
  };
}

/** The error of a call that its caller ended. */
export function abortedError(site?: CallSite): CloudError {
  return new CloudError({ kind: 'aborted', message: 'The call was ended.', ...site });
}
