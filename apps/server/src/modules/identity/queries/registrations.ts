import type { Locale } from '@cloudatlas/contracts/common';
import type { Selectable } from 'kysely';
import { newId } from '#platform/ids/ids.ts';
import { later, lifetimes } from '../rules/lifetimes.ts';
import { hashToken } from '../rules/tokens.ts';
import type { IdentityTx, RegistrationTable } from '../tables.ts';

type PendingRow = Selectable<RegistrationTable>;

export interface NewRegistration {
  email: string;
  name: string;
  passwordHash: string;
  locale: Locale;
  linkToken: string;
  browserToken: string;
}

/** @returns the registration's id */
export async function insertPending(
  tx: IdentityTx,
  registration: NewRegistration,
  now: Date,
): Promise<string> {
  const id = newId();
  await tx
    .insertInto('identity.registration')
    .values({
      id,
      email: registration.email,
      name: registration.name,
      password_hash: registration.passwordHash,
      locale: registration.locale,
      token_hash: hashToken(registration.linkToken),
      browser_hash: hashToken(registration.browserToken),
      created_at: now,
      expires_at: later(now, lifetimes.registration),
    })
    .execute();
  return id;
}

export function findPendingByToken(
  tx: IdentityTx,
  tokenHash: Buffer,
  now: Date,
): Promise<PendingRow | undefined> {
  return tx
    .selectFrom('identity.registration')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** The waiting registration of this browser, or else the newest of the address. */
export async function findPending(
  tx: IdentityTx,
  email: string,
  browserHash: Buffer | null,
  now: Date,
): Promise<PendingRow | undefined> {
  const rows = await tx
    .selectFrom('identity.registration')
    .selectAll()
    .where('email', '=', email)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
  const own = browserHash === null ? undefined : rows.find((row) => row.browser_hash.equals(browserHash));
  return own ?? rows[0];
}

/** Gives a registration a new link; the former one stops working. */
export async function replacePendingToken(tx: IdentityTx, id: string, linkToken: string): Promise<void> {
  await tx
    .updateTable('identity.registration')
    .set({ token_hash: hashToken(linkToken) })
    .where('id', '=', id)
    .execute();
}

/** Locks every registration of an address, in one order, until the transaction ends. */
export function lockPending(tx: IdentityTx, email: string): Promise<PendingRow[]> {
  return tx
    .selectFrom('identity.registration')
    .selectAll()
    .where('email', '=', email)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function deletePending(tx: IdentityTx, email: string): Promise<void> {
  await tx.deleteFrom('identity.registration').where('email', '=', email).execute();
}
