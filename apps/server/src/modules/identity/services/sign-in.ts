import { newId } from '#platform/ids/ids.ts';
import { AppError } from '#platform/errors/app-error.ts';
import { anonymous, userActor, type IdentityDeps, type Origin } from '../deps.ts';
import { findPending } from '../queries/registrations.ts';
import { findUserByEmail, lockActiveUser, type UserRow } from '../queries/users.ts';
import { later, lifetimes } from '../rules/lifetimes.ts';
import { hashPassword, needsRehash, verifyPassword } from '../rules/password-hash.ts';
import { hashToken, prefixedToken } from '../rules/tokens.ts';
import type { IdentityTx } from '../tables.ts';
import { countSignIn, forgiveSignIn } from './limits.ts';
import { openSession, type OpenedSession, type ReplacedSession, type Transport } from './open-session.ts';

export interface SignIn {
  email: string;
  password: string;
  transport: Transport;
}

export type SignInOutcome =
  | { status: 'signed_in'; opened: OpenedSession }
  /** The password was right; `mfaToken` and a code open the session. */
  | { status: 'mfa_required'; mfaToken: string };

export type SignInService = ReturnType<typeof createSignInService>;

/** Sign-in with a password. Unknown, disabled and wrong are one answer after the same work. */
export function createSignInService(deps: IdentityDeps) {
  const { db, clock, rateLimits, audit } = deps;

  /** @throws AppError `invalid_credentials`, `email_not_verified`, `rate_limited` */
  async function signIn(
    body: SignIn,
    origin: Origin,
    replaces: ReplacedSession | null,
  ): Promise<SignInOutcome> {
    await countSignIn(rateLimits, body.email, origin.ip);
    const { user, pending } = await db.inSystem('read sign-in', async (tx) => ({
      user: await findUserByEmail(tx, body.email),
      pending: await findPending(tx, body.email, null, clock.now()),
    }));
    const right = await verifyPassword(body.password, user?.password_hash ?? null);
    // Compared for known addresses too, whose sign-ups also wait, for a mail that never came: else whoever signs up
    // somebody's address and signs in with the same password would learn whether it has an account.
    const waits = !right && (await verifyPassword(body.password, pending?.password_hash ?? null));
    if (!right || user === undefined || user.disabled_at !== null) {
      await recordFailure(body.email, user, origin);
      // Only whoever knows the password of the waiting sign-up learns that it waits.
      if (waits) throw new AppError('email_not_verified');
      throw new AppError('invalid_credentials');
    }
    const rehashed = needsRehash(user.password_hash ?? '') ? await hashPassword(body.password) : null;
    const outcome = await db.inSystem('sign in', async (tx) => {
      const locked = await lockActiveUser(tx, user.id);
      // The password was changed, or the person disabled, while the hash was computed.
      if (locked === undefined || locked.password_hash !== user.password_hash) return null;
      if (rehashed !== null) {
        await tx
          .updateTable('identity.user_account')
          .set({ password_hash: rehashed })
          .where('id', '=', user.id)
          .execute();
      }
      return locked.mfa_enabled ? challenge(tx, locked, origin) : finish(tx, locked);
    });
    if (outcome === null) throw new AppError('invalid_credentials');
    if (outcome.status === 'signed_in') await forgiveSignIn(rateLimits, body.email, origin.ip);
    return outcome;

    async function finish(tx: IdentityTx, locked: UserRow): Promise<SignInOutcome> {
      const opened = await openSession(tx, locked, {
        transport: body.transport,
        origin,
        replaces,
        now: clock.now(),
      });
      await recordSignIn(deps, tx, locked, opened, origin, 'password');
      return { status: 'signed_in', opened };
    }
  }

  async function challenge(tx: IdentityTx, user: UserRow, origin: Origin): Promise<SignInOutcome> {
    const mfaToken = prefixedToken('mfa');
    const now = clock.now();
    await tx
      .insertInto('identity.mfa_challenge')
      .values({
        id: newId(),
        user_id: user.id,
        token_hash: hashToken(mfaToken),
        created_at: now,
        expires_at: later(now, lifetimes.mfaChallenge),
      })
      .execute();
    await audit.record(tx, {
      organizationId: null,
      action: 'session.second_factor_requested',
      outcome: 'success',
      actor: userActor(user),
      target: { type: 'user', id: user.id, label: user.email },
      ip: origin.ip,
      requestId: origin.requestId,
    });
    return { status: 'mfa_required', mfaToken };
  }

  async function recordFailure(email: string, user: UserRow | undefined, origin: Origin): Promise<void> {
    await db.inSystem('record failed sign-in', (tx) =>
      audit.record(tx, {
        organizationId: null,
        action: 'session.sign_in_failed',
        outcome: 'failure',
        actor: anonymous,
        target: { type: 'user', id: user?.id ?? null, label: email },
        ip: origin.ip,
        requestId: origin.requestId,
      }),
    );
  }

  return { signIn };
}

/** Writes a completed sign-in into the audit log. */
export async function recordSignIn(
  { audit }: Pick<IdentityDeps, 'audit'>,
  tx: IdentityTx,
  user: UserRow,
  opened: OpenedSession,
  origin: Origin,
  method: 'password' | 'totp' | 'recovery_code',
): Promise<void> {
  await audit.record(tx, {
    organizationId: null,
    action: 'session.signed_in',
    outcome: 'success',
    actor: userActor(user),
    target: { type: 'session', id: opened.browser?.sessionId ?? opened.api?.sessionId ?? null },
    ip: origin.ip,
    requestId: origin.requestId,
    details: { method, kind: opened.browser === null ? 'api' : 'browser', userAgent: origin.userAgent },
  });
}
