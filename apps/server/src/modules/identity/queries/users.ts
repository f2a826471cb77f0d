import type { User } from '@cloudatlas/contracts/identity';
import { sql, type Selectable } from 'kysely';
import type { IdentityTx, UserTable } from '../tables.ts';

/** A user with whether a second factor is active. */
export type UserRow = Selectable<UserTable> & { mfa_enabled: boolean };

function users(tx: IdentityTx) {
  return tx
    .selectFrom('identity.user_account as user')
    .selectAll('user')
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('identity.totp_factor as factor')
            .select(sql<number>`1`.as('one'))
            .whereRef('factor.user_id', '=', 'user.id')
            .where('factor.confirmed_at', 'is not', null),
        )
        .$castTo<boolean>()
        .as('mfa_enabled'),
    );
}

export function findUserById(tx: IdentityTx, id: string): Promise<UserRow | undefined> {
  return users(tx).where('user.id', '=', id).executeTakeFirst();
}

/** @param email lower case */
export function findUserByEmail(tx: IdentityTx, email: string): Promise<UserRow | undefined> {
  return users(tx).where('user.email', '=', email).executeTakeFirst();
}

export function findUsers(tx: IdentityTx, ids: readonly string[]): Promise<UserRow[]> {
  return users(tx)
    .where('user.id', 'in', [...ids])
    .execute();
}

/**
 * Locks an active user's row, so that sign-ins, password and factor changes of one person happen one after another.
 * @returns undefined when there is none or it is disabled
 */
export async function lockActiveUser(tx: IdentityTx, id: string): Promise<UserRow | undefined> {
  const locked = await tx
    .selectFrom('identity.user_account')
    .select('id')
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  // Read by a second statement: one that waited for the lock still sees other tables as they were before the wait.
  return locked === undefined ? undefined : findUserById(tx, locked.id);
}

/** As the API shows a user. */
export function toUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    locale: row.locale,
    timeZone: row.time_zone,
    theme: row.theme,
    mfaEnabled: row.mfa_enabled,
    staffRole: row.staff_role,
    createdAt: row.created_at.toISOString(),
  };
}
