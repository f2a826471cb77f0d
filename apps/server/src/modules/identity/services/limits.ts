import { createHash } from 'node:crypto';

/** Separate counters per account: a flood of reset mails must not keep the person from signing in. */
type Purpose = 'sign_in' | 'mail' | 'confirm' | 'registration';

/** Key of a per-account limit; hashed, so that the counters hold no addresses. */
export function accountKey(purpose: Purpose, account: string): string {
  return `${purpose}:${createHash('sha256').update(account).digest('base64url')}`;
}
