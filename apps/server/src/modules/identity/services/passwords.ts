import type { ChangePasswordBody, ResetPasswordBody } from '@cloudatlas/contracts/identity';
import type { z } from 'zod';
import { AppError } from '#platform/errors/app-error.ts';
import { newId } from '#platform/ids/ids.ts';
import { anonymous, userActor, type IdentityDeps, type Origin } from '../deps.ts';
import { renderMail } from '../mails.ts';
import { endSessions, type BrowserSession } from '../queries/sessions.ts';
import { findUserByEmail, findUserById, lockActiveUser, type UserRow } from '../queries/users.ts';
import { later, lifetimes } from '../rules/lifetimes.ts';
import { hashPassword } from '../rules/password-hash.ts';
import { requireStrongPassword } from '../rules/password-strength.ts';
import { hashToken, randomToken } from '../rules/tokens.ts';
import type { IdentityTx } from '../tables.ts';
import { pretendToSend } from './decoy.ts';
import { accountKey, forgetSignIns } from './limits.ts';
import { confirmPassword, renewAndEndOthers } from './reauthenticate.ts';
import type { Person } from './sessions.ts';

export type PasswordService = ReturnType<typeof createPasswordService>;

/** Changing a known password and replacing a forgotten one. Neither touches the second factor. */
export function createPasswordService(deps: IdentityDeps) {
  const { db, clock, rateLimits, mailer, audit, publicUrl } = deps;

  /** Mails a reset link when the address has an account; answers the same, after the same work, when not. */
  async function forgot(email: string, origin: Origin): Promise<void> {
    await rateLimits.consume('auth_account', accountKey('mail', email));
    const token = randomToken();
    await db.inSystem('forgot password', async (tx) => {
      const user = await findUserByEmail(tx, email);
      const active = user !== undefined && user.disabled_at === null;
      const mail = renderMail('reset', email, user?.locale ?? 'en', publicUrl, token);
      if (active) {
        await insertReset(tx, user.id, token);
        await mailer.send(tx, mail);
      } else {
        await pretendToSend(tx, mailer, mail);
      }
      await audit.record(tx, {
        organizationId: null,
        action: 'password.reset_requested',
        outcome: active ? 'success' : 'failure',
        actor: anonymous,
        target: { type: 'user', id: user?.id ?? null, label: email },
        ip: origin.ip,
        requestId: origin.requestId,
      });
    });
  }

  async function insertReset(tx: IdentityTx, userId: string, token: string): Promise<void> {
    const now = clock.now();
    await tx
      .insertInto('identity.password_reset')
      .values({
        id: newId(),
        user_id: userId,
        token_hash: hashToken(token),
        created_at: now,
        expires_at: later(now, lifetimes.passwordReset),
      })
      .execute();
  }

  /** Sets the password of whoever got the mail, and ends every session. @throws AppError `invalid_token`, `weak_password` */
  async function reset(body: z.output<typeof ResetPasswordBody>, origin: Origin): Promise<void> {
    const owner = await db.inSystem('read password reset', (tx) => ownerOfReset(tx, body.token));
    if (owner === undefined) throw new AppError('invalid_token');
    // Before the link is spent, so that a refused password can be tried again with it.
    requireStrongPassword(body.password, owner, 'body.password');
    const passwordHash = await hashPassword(body.password);
    const done = await db.inSystem('reset password', async (tx) => {
      const user = await lockActiveUser(tx, owner.id);
      // Under the lock: of two requests with one link the second finds it spent.
      if (user === undefined || (await ownerOfReset(tx, body.token)) === undefined) return false;
      await storePassword(tx, user, passwordHash);
      await endSessions(tx, user.id, 'all', 'password_reset', clock.now());
      await notice(tx, user, 'password.reset', anonymous, origin);
      return true;
    });
    if (!done) throw new AppError('invalid_token');
    // Whoever reads the mailbox is the owner, also while others guess.
    await forgetSignIns(rateLimits, owner.email, origin.ip);
  }

  async function ownerOfReset(tx: IdentityTx, token: string): Promise<UserRow | undefined> {
    const row = await tx
      .selectFrom('identity.password_reset')
      .select('user_id')
      .where('token_hash', '=', hashToken(token))
      .where('expires_at', '>', clock.now())
      .executeTakeFirst();
    const user = row === undefined ? undefined : await findUserById(tx, row.user_id);
    return user?.disabled_at === null ? user : undefined;
  }

  /**
   * Changes the password of a signed-in person and ends the other sessions.
   * @returns the browser's new session, null for an API client
   */
  async function change(
    person: Person,
    body: z.output<typeof ChangePasswordBody>,
    origin: Origin,
  ): Promise<BrowserSession | null> {
    const confirmed = await confirmPassword(deps, person, body.currentPassword, origin);
    requireStrongPassword(body.newPassword, confirmed, 'body.newPassword');
    const passwordHash = await hashPassword(body.newPassword);
    return db.inSystem('change password', async (tx) => {
      const user = await lockActiveUser(tx, person.userId);
      if (user === undefined || user.password_hash !== confirmed.password_hash)
        throw new AppError('invalid_credentials');
      await storePassword(tx, user, passwordHash);
      const renewed = await renewAndEndOthers(tx, person, origin, 'password_changed', clock.now());
      await notice(tx, user, 'password.changed', person.actor, origin);
      return renewed;
    });
  }

  /** Links and half sign-ins that were made with the former password end with it. */
  async function storePassword(tx: IdentityTx, user: UserRow, passwordHash: string): Promise<void> {
    await tx
      .updateTable('identity.user_account')
      .set({ password_hash: passwordHash })
      .where('id', '=', user.id)
      .execute();
    await tx.deleteFrom('identity.password_reset').where('user_id', '=', user.id).execute();
    await tx.deleteFrom('identity.mfa_challenge').where('user_id', '=', user.id).execute();
  }

  async function notice(
    tx: IdentityTx,
    user: UserRow,
    action: string,
    actor: ReturnType<typeof userActor>,
    origin: Origin,
  ): Promise<void> {
    await mailer.send(tx, renderMail('password_changed', user.email, user.locale, publicUrl));
    await audit.record(tx, {
      organizationId: null,
      action,
      outcome: 'success',
      actor,
      target: { type: 'user', id: user.id, label: userActor(user).label },
      ip: origin.ip,
      requestId: origin.requestId,
    });
  }

  return { forgot, reset, change };
}
