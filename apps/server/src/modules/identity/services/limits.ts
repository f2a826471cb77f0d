import { createHash } from 'node:crypto';
import { addressKey, type RateLimits } from '#platform/http/rate-limits.ts';

/** Separate counters per account: a flood of reset mails must not keep the person from signing in. */
type Purpose = 'sign_in' | 'mail' | 'confirm' | 'registration';

/** Key of a per-account limit; hashed, so that the counters hold no addresses. */
export function accountKey(purpose: Purpose, account: string): string {
  return `${purpose}:${createHash('sha256').update(account).digest('base64url')}`;
}

/** Counts within one account and network: guesses from one place must not keep the owner out at another. */
function placeKey(email: string, ip: string): string {
  return `${accountKey('sign_in', email)}:${addressKey(ip)}`;
}

/**
 * Counts an attempt to sign in, per account and network, and, wider, per account over all networks. In this order,
 * so that what one network sends beyond its own limit does not use up everybody's.
 * @throws AppError `rate_limited`
 */
export async function countSignIn(rateLimits: RateLimits, email: string, ip: string): Promise<void> {
  await rateLimits.consume('auth_account', placeKey(email, ip));
  await rateLimits.consume('sign_in_account', accountKey('sign_in', email));
}

/** After a sign-in: it counts nowhere, and the guesses of other networks stay counted. */
export async function forgiveSignIn(rateLimits: RateLimits, email: string, ip: string): Promise<void> {
  await rateLimits.forgive('auth_account', placeKey(email, ip));
  await rateLimits.refund('sign_in_account', accountKey('sign_in', email));
}

/** Forgets this network's attempts and those of all networks together. */
export async function forgetSignIns(rateLimits: RateLimits, email: string, ip: string): Promise<void> {
  await rateLimits.forgive('auth_account', placeKey(email, ip));
  await rateLimits.forgive('sign_in_account', accountKey('sign_in', email));
}
