import type { Locale } from '@cloudatlas/contracts/common';
import type { ProfileBody, User } from '@cloudatlas/contracts/identity';
import type { StaffRole } from '@cloudatlas/contracts/permissions';
import type { z } from 'zod';
import type { AuditActor } from '#modules/audit/index.ts';
import { AppError, notFound } from '#platform/errors/app-error.ts';
import { userActor, type IdentityDeps, type Origin } from '../deps.ts';
import { userDeleted } from '../events.ts';
import { endSessions } from '../queries/sessions.ts';
import { findUserByEmail, findUserById, findUsers, toUser, type UserRow } from '../queries/users.ts';
import { hashPassword, verifyPassword } from '../rules/password-hash.ts';
import type { IdentityTx } from '../tables.ts';
import { insertUser } from './registration.ts';
import type { Person } from './sessions.ts';

/** A person as other modules see them. */
export interface UserSummary {
  id: string;
  name: string;
  email: string;
  mfaEnabled: boolean;
}

export type UserService = ReturnType<typeof createUserService>;

/** Profiles, and what other modules and the command line do with users. */
export function createUserService({ db, clock, audit, events }: IdentityDeps) {
  async function get(userId: string): Promise<User> {
    const row = await db.inSystem('read user', (tx) => findUserById(tx, userId));
    if (row === undefined) throw notFound('The user');
    return toUser(row);
  }

  async function updateProfile(
    person: Person,
    body: z.output<typeof ProfileBody>,
    origin: Origin,
  ): Promise<User> {
    const { name, locale, timeZone, theme } = body;
    return db.inSystem('update profile', async (tx) => {
      const before = await findUserById(tx, person.userId);
      if (before === undefined) throw notFound('The user');
      const changes = {
        name: name ?? before.name,
        locale: locale ?? before.locale,
        time_zone: timeZone ?? before.time_zone,
        theme: theme ?? before.theme,
      };
      await tx.updateTable('identity.user_account').set(changes).where('id', '=', person.userId).execute();
      await record(tx, 'user.profile_updated', before, person.actor, { fields: Object.keys(body) }, origin);
      return toUser({ ...before, ...changes });
    });
  }

  /** Who ids belong to; unknown ids are left out. */
  async function describeUsers(ids: readonly string[]): Promise<UserSummary[]> {
    if (ids.length === 0) return [];
    const rows = await db.inSystem('describe users', (tx) => findUsers(tx, ids));
    return rows.map(summary);
  }

  /** An active or disabled user by address, in any case. */
  async function byEmail(email: string): Promise<UserSummary | null> {
    const row = await db.inSystem('find user', (tx) => findUserByEmail(tx, email.trim().toLowerCase()));
    return row === undefined ? null : summary(row);
  }

  async function byId(userId: string): Promise<UserSummary | null> {
    return (await describeUsers([userId]))[0] ?? null;
  }

  /** Language of the mails to a user; English when there is no such user. */
  async function localeOf(userId: string): Promise<Locale> {
    const row = await db.inSystem('read locale', (tx) => findUserById(tx, userId));
    return row?.locale ?? 'en';
  }

  /**
   * Makes a user whose address counts as confirmed, for the demo and the command line. The caller answers for
   * the password: its strength is not checked.
   * @throws AppError `already_exists`
   */
  async function createVerified(input: {
    email: string;
    name: string;
    password: string;
    locale: Locale;
  }): Promise<UserSummary> {
    const passwordHash = await hashPassword(input.password);
    return db.inSystem('create verified user', async (tx) => {
      const email = input.email.trim().toLowerCase();
      const user = await insertUser(tx, { ...input, email, passwordHash, now: clock.now() });
      if (user === null) throw new AppError('already_exists', 'This address has an account.');
      await record(tx, 'user.created', user, system);
      return summary(user);
    });
  }

  /** Gives a user a password, for the demo; when it is another one, every session ends. */
  async function ensurePassword(userId: string, password: string): Promise<void> {
    const before = await db.inSystem('read user', (tx) => findUserById(tx, userId));
    if (before === undefined) throw notFound('The user');
    if (await verifyPassword(password, before.password_hash)) return;
    const passwordHash = await hashPassword(password);
    await db.inSystem('set password', async (tx) => {
      await tx
        .updateTable('identity.user_account')
        .set({ password_hash: passwordHash })
        .where('id', '=', userId)
        .execute();
      await endSessions(tx, userId, 'all', 'password_changed', clock.now());
      await record(tx, 'password.set', before, system);
    });
  }

  /** Keeps a user out until enabled again; every session and key stops working at once. @throws AppError `not_found` */
  async function disable(userId: string, by: AuditActor = system): Promise<void> {
    await db.inSystem('disable user', async (tx) => {
      const user = await findUserById(tx, userId);
      if (user === undefined) throw notFound('The user');
      const now = clock.now();
      await tx
        .updateTable('identity.user_account')
        .set({ disabled_at: now })
        .where('id', '=', userId)
        .execute();
      await endSessions(tx, userId, 'all', 'disabled', now);
      await deleteCredentials(tx, userId);
      await record(tx, 'user.disabled', user, by);
    });
  }

  /** Lets a disabled user sign in again; ended sessions and deleted keys do not come back. */
  async function enable(userId: string, by: AuditActor = system): Promise<void> {
    await db.inSystem('enable user', async (tx) => {
      const user = await findUserById(tx, userId);
      if (user === undefined) throw notFound('The user');
      await tx
        .updateTable('identity.user_account')
        .set({ disabled_at: null })
        .where('id', '=', userId)
        .execute();
      await record(tx, 'user.enabled', user, by);
    });
  }

  /** Removes a user with every credential; the audit log keeps the name. Publishes `identity.user_deleted`. */
  async function remove(userId: string, by: AuditActor = system): Promise<void> {
    await db.inSystem('delete user', async (tx) => {
      const user = await findUserById(tx, userId);
      if (user === undefined) throw notFound('The user');
      await tx.deleteFrom('identity.user_account').where('id', '=', userId).execute();
      await events.publish(tx, userDeleted, { organizationId: null, userId });
      await record(tx, 'user.deleted', user, by);
    });
  }

  /** Gives or takes (null) a role among the operator's staff. @throws AppError `not_found` */
  async function grantStaff(email: string, role: StaffRole | null): Promise<UserSummary> {
    return db.inSystem('grant staff role', async (tx) => {
      const user = await findUserByEmail(tx, email.trim().toLowerCase());
      if (user === undefined) throw notFound(`The user ${email}`);
      await tx
        .updateTable('identity.user_account')
        .set({ staff_role: role })
        .where('id', '=', user.id)
        .execute();
      await record(tx, role === null ? 'user.staff_role_revoked' : 'user.staff_role_granted', user, system, {
        role,
      });
      return summary(user);
    });
  }

  function record(
    tx: IdentityTx,
    action: string,
    user: UserRow,
    actor: AuditActor,
    details: Record<string, unknown> = {},
    origin?: Origin,
  ): Promise<void> {
    return audit.record(tx, {
      organizationId: null,
      action,
      outcome: 'success',
      actor,
      target: { type: 'user', id: user.id, label: userActor(user).label },
      ip: origin?.ip ?? null,
      requestId: origin?.requestId ?? null,
      details,
    });
  }

  return {
    get,
    updateProfile,
    describeUsers,
    byEmail,
    byId,
    localeOf,
    createVerified,
    ensurePassword,
    disable,
    enable,
    remove,
    grantStaff,
  };
}

const system: AuditActor = { kind: 'system', id: null, label: 'CloudAtlas' };

/** What could still open a door after the sessions ended. The second factor stays: it opens nothing alone. */
async function deleteCredentials(tx: IdentityTx, userId: string): Promise<void> {
  await tx.deleteFrom('identity.api_key').where('user_id', '=', userId).execute();
  await tx.deleteFrom('identity.password_reset').where('user_id', '=', userId).execute();
  await tx.deleteFrom('identity.mfa_challenge').where('user_id', '=', userId).execute();
}

function summary(row: UserRow): UserSummary {
  return { id: row.id, name: row.name, email: row.email, mfaEnabled: row.mfa_enabled };
}
