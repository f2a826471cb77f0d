import { AppError } from '#platform/errors/app-error.ts';
import type { IdentityDeps, Origin } from '../deps.ts';
import { endSessions, openBrowserSession, type BrowserSession } from '../queries/sessions.ts';
import { findUserById, type UserRow } from '../queries/users.ts';
import { verifyPassword } from '../rules/password-hash.ts';
import type { IdentityTx, SessionEnd } from '../tables.ts';
import { accountKey } from './limits.ts';
import type { Person } from './sessions.ts';

/**
 * Asks a signed-in person for their password before something sensitive (ASVS 7.5.1).
 * @returns the user as read; the caller compares `password_hash` again under its lock
 * @throws AppError `invalid_credentials`, `rate_limited`
 */
export async function confirmPassword(
  { db, rateLimits, audit }: Pick<IdentityDeps, 'db' | 'rateLimits' | 'audit'>,
  person: Person,
  password: string,
  origin: Origin,
): Promise<UserRow> {
  const limitKey = accountKey('confirm', person.userId);
  await rateLimits.consume('auth_account', limitKey);
  const user = await db.inSystem('confirm password', (tx) => findUserById(tx, person.userId));
  const right = await verifyPassword(password, user?.password_hash ?? null);
  if (!right || user === undefined) {
    // A stolen session whose thief guesses the password shows here.
    await db.inSystem('record failed confirmation', (tx) =>
      audit.record(tx, {
        organizationId: null,
        action: 'password.confirmation_failed',
        outcome: 'failure',
        actor: person.actor,
        target: { type: 'user', id: person.userId },
        ip: origin.ip,
        requestId: origin.requestId,
      }),
    );
    throw new AppError('invalid_credentials', 'The password is wrong.');
  }
  await rateLimits.forgive('auth_account', limitKey);
  return user;
}

/**
 * Ends every session but the caller's, and gives a browser a new secret and id for its own (ASVS 7.2.4, 7.4.3).
 * @returns the new browser session; null for an API client, which keeps its tokens
 */
export async function renewAndEndOthers(
  tx: IdentityTx,
  person: Person,
  origin: Origin,
  reason: SessionEnd,
  now: Date,
): Promise<BrowserSession | null> {
  const current = await tx
    .selectFrom('identity.session')
    .select('kind')
    .where('id', '=', person.sessionId)
    .where('user_id', '=', person.userId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  // Ended a moment ago, by another change or an administrator: it must not come back as a new one.
  if (current === undefined) throw new AppError('unauthenticated');
  await endSessions(tx, person.userId, { except: person.sessionId }, reason, now);
  if (current.kind === 'api') return null;
  await endSessions(tx, person.userId, { only: person.sessionId }, 'renewed', now);
  return openBrowserSession(tx, person.userId, origin, now);
}
