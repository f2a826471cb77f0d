/**
 * Every error the API can answer, by stable code. The HTTP layer renders them as
 * RFC 9457 problem documents; clients match on `code`, never on text.
 */
export interface ErrorKind {
  /** HTTP status of the answer. */
  status: number;
  /** Short English title; user interfaces translate by code. */
  title: string;
}

const table = {
  // Request shape
  validation_failed: { status: 422, title: 'The request has invalid fields' },
  malformed_request: { status: 400, title: 'The request could not be read' },
  unsupported_media_type: { status: 415, title: 'Content type not supported' },
  payload_too_large: { status: 413, title: 'The request is too large' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  // Identity
  unauthenticated: { status: 401, title: 'Sign in to continue' },
  invalid_credentials: { status: 401, title: 'E-mail or password is wrong' },
  invalid_token: { status: 401, title: 'The token is invalid, used or expired' },
  invalid_code: { status: 401, title: 'The code is wrong or was already used' },
  email_not_verified: { status: 403, title: 'Confirm your e-mail first' },
  password_required: { status: 403, title: 'Type your password to confirm' },
  weak_password: { status: 422, title: 'Choose a stronger password' },
  csrf_rejected: { status: 403, title: 'The request did not come from this application' },
  // Authorization
  forbidden: { status: 403, title: 'Your role does not allow this' },
  plan_required: { status: 402, title: 'Your plan does not include this' },
  limit_reached: { status: 409, title: 'A limit of your plan is reached' },
  invitation_email_mismatch: { status: 403, title: 'This invitation is for another e-mail address' },
  // State
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'The current state does not allow this' },
  slug_taken: { status: 409, title: 'This address is already taken' },
  already_exists: { status: 409, title: 'It already exists' },
  last_owner: { status: 409, title: 'An organization needs at least one owner' },
  version_conflict: { status: 409, title: 'Someone changed this in the meantime' },
  idempotency_mismatch: { status: 409, title: 'The same idempotency key was used with another request' },
  // Limits and faults
  rate_limited: { status: 429, title: 'Too many requests' },
  provider_error: { status: 502, title: 'The cloud provider answered with an error' },
  provider_denied: { status: 422, title: 'The cloud provider refused the credentials or the action' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  internal: { status: 500, title: 'Unexpected error' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof table;
export const errorKinds: Readonly<Record<ErrorCode, ErrorKind>> = table;
