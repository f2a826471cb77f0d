import { timingSafeEqual } from 'node:crypto';
import type { RegisterBody, VerifyEmailBody } from '@cloudatlas/contracts/identity';
import type { z } from 'zod';
import { AppError } from '#platform/errors/app-error.ts';
import { newId } from '#platform/ids/ids.ts';
import { anonymous, userActor, type IdentityDeps, type Origin } from '../deps.ts';
import { renderMail } from '../mails.ts';
import {
  deletePending,
  findPending,
  findPendingByToken,
  insertPending,
  lockPending,
  replacePendingToken,
} from '../queries/registrations.ts';
import { findUserByEmail, findUserById, type UserRow } from '../queries/users.ts';
import { hashPassword, verifyPassword } from '../rules/password-hash.ts';
import { requireStrongPassword } from '../rules/password-strength.ts';
import { hashToken, randomToken } from '../rules/tokens.ts';
import type { IdentityTx } from '../tables.ts';
import { pretendToSend } from './decoy.ts';
import { accountKey } from './limits.ts';
import { openSession, type OpenedSession, type ReplacedSession } from './open-session.ts';

export type RegistrationService = ReturnType<typeof createRegistrationService>;

/** Sign-up: a record waits until the mail link is opened; only then does an account exist. */
export function createRegistrationService(deps: IdentityDeps) {
  const { db, clock, rateLimits, mailer, audit, publicUrl } = deps;

  /**
   * Records a sign-up and mails its link, or, when the address has an account, mails that. Same answer, same work.
   * @returns secret of the browser that signed up, for its cookie
   */
  async function register(body: z.output<typeof RegisterBody>, origin: Origin): Promise<string> {
    await rateLimits.consume('auth_account', accountKey('mail', body.email));
    requireStrongPassword(body.password, body, 'body.password');
    const passwordHash = await hashPassword(body.password);
    const linkToken = randomToken();
    const browserToken = randomToken();
    await db.inSystem('register', async (tx) => {
      const existing = await findUserByEmail(tx, body.email);
      // Written in either case; without its mail the link of a known address is nobody's.
      const id = await insertPending(tx, { ...body, passwordHash, linkToken, browserToken }, clock.now());
      const mail = existing
        ? renderMail('account_exists', body.email, existing.locale, publicUrl)
        : renderMail('verify', body.email, body.locale, publicUrl, linkToken);
      await mailer.send(tx, mail);
      await audit.record(tx, {
        organizationId: null,
        action: 'registration.requested',
        outcome: existing ? 'failure' : 'success',
        actor: anonymous,
        target: { type: 'registration', id, label: body.email },
        ip: origin.ip,
        requestId: origin.requestId,
      });
    });
    return browserToken;
  }

  /** Mails a fresh link for a waiting sign-up: this browser's own if it has one, else the newest. */
  async function resend(email: string, browserToken: string | undefined, origin: Origin): Promise<void> {
    await rateLimits.consume('auth_account', accountKey('mail', email));
    const linkToken = randomToken();
    await db.inSystem('resend verification', async (tx) => {
      const existing = await findUserByEmail(tx, email);
      const browserHash = browserToken === undefined ? null : hashToken(browserToken);
      const pending = await findPending(tx, email, browserHash, clock.now());
      const real = pending !== undefined && existing === undefined;
      await replacePendingToken(tx, real ? pending.id : newId(), linkToken);
      const mail = renderMail('verify', email, pending?.locale ?? 'en', publicUrl, linkToken);
      if (real) await mailer.send(tx, mail);
      else await pretendToSend(tx, mailer, mail);
      await audit.record(tx, {
        organizationId: null,
        action: 'registration.mail_requested',
        outcome: real ? 'success' : 'failure',
        actor: anonymous,
        target: { type: 'registration', id: pending?.id ?? null, label: email },
        ip: origin.ip,
        requestId: origin.requestId,
      });
    });
  }

  /**
   * Makes the account of a sign-up whose link was opened, and signs its browser in.
   * @throws AppError `invalid_token`, `password_required` in another browser, `invalid_credentials`
   */
  async function verify(
    body: z.output<typeof VerifyEmailBody>,
    browserToken: string | undefined,
    origin: Origin,
    replaces: ReplacedSession | null,
  ): Promise<OpenedSession> {
    const pending = await db.inSystem('read registration', (tx) =>
      findPendingByToken(tx, hashToken(body.token), clock.now()),
    );
    if (pending === undefined) throw new AppError('invalid_token');
    const sameBrowser =
      browserToken !== undefined && timingSafeEqual(hashToken(browserToken), pending.browser_hash);
    if (!sameBrowser) {
      if (body.password === undefined)
        throw new AppError('password_required', 'Type the password you signed up with.');
      await rateLimits.consume('auth_account', accountKey('registration', pending.id));
      if (!(await verifyPassword(body.password, pending.password_hash))) {
        await recordWrongPassword(pending, origin);
        throw new AppError('invalid_credentials');
      }
    }
    const opened = await db.inSystem('verify e-mail', async (tx) => {
      // Another link of the same address may be opened at this moment; one of them makes the account.
      const waiting = await lockPending(tx, pending.email);
      if (!waiting.some((row) => row.id === pending.id && row.token_hash.equals(pending.token_hash)))
        return null;
      const user = await insertUser(tx, {
        email: pending.email,
        name: pending.name,
        passwordHash: pending.password_hash,
        locale: pending.locale,
        now: clock.now(),
      });
      await deletePending(tx, pending.email);
      if (user === null) return null;
      const session = await openSession(tx, user, {
        transport: 'cookie',
        origin,
        replaces,
        now: clock.now(),
      });
      await audit.record(tx, {
        organizationId: null,
        action: 'user.registered',
        outcome: 'success',
        actor: userActor(user),
        target: { type: 'user', id: user.id, label: user.email },
        ip: origin.ip,
        requestId: origin.requestId,
      });
      return session;
    });
    if (opened === null) throw new AppError('invalid_token');
    return opened;
  }

  /** Somebody has the link of a mail and guesses the password that goes with it. */
  function recordWrongPassword(pending: { id: string; email: string }, origin: Origin): Promise<void> {
    return db.inSystem('record failed confirmation', (tx) =>
      audit.record(tx, {
        organizationId: null,
        action: 'registration.confirmation_failed',
        outcome: 'failure',
        actor: anonymous,
        target: { type: 'registration', id: pending.id, label: pending.email },
        ip: origin.ip,
        requestId: origin.requestId,
      }),
    );
  }

  return { register, resend, verify };
}

export interface NewUser {
  email: string;
  name: string;
  passwordHash: string;
  locale: UserRow['locale'];
  now: Date;
}

/** Inserts a user. @returns null when the address has an account already */
export async function insertUser(tx: IdentityTx, user: NewUser): Promise<UserRow | null> {
  const row = await tx
    .insertInto('identity.user_account')
    .values({
      id: newId(),
      email: user.email,
      name: user.name,
      password_hash: user.passwordHash,
      locale: user.locale,
      staff_role: null,
      created_at: user.now,
      disabled_at: null,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row === undefined ? null : ((await findUserById(tx, row.id)) ?? null);
}
