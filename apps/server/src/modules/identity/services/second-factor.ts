import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { IdentityDeps } from '../deps.ts';
import { argon2id } from '../rules/password-hash.ts';
import { newRecoveryCodes } from '../rules/recovery-codes.ts';
import { acceptTotp } from '../rules/totp.ts';
import type { IdentityTx, TotpFactorTable } from '../tables.ts';

export type FactorRow = Selectable<TotpFactorTable>;

/** Recovery codes are short, so their hash is slow and salted (ASVS 6.5.2); one salt per set finds a code by one hash. */
function hashRecoveryCode(code: string, salt: Uint8Array): Promise<Buffer> {
  return argon2id(code, salt);
}

/** New recovery codes with their hashes; slow, so made outside of transactions. */
export async function prepareRecoveryCodes(): Promise<{ codes: string[]; salt: Buffer; hashes: Buffer[] }> {
  const codes = newRecoveryCodes();
  const salt = randomBytes(16);
  return { codes, salt, hashes: await Promise.all(codes.map((code) => hashRecoveryCode(code, salt))) };
}

/** Replaces a person's recovery codes. */
export async function storeRecoveryCodes(
  tx: IdentityTx,
  userId: string,
  prepared: { salt: Buffer; hashes: Buffer[] },
): Promise<void> {
  await tx.deleteFrom('identity.recovery_code').where('user_id', '=', userId).execute();
  await tx
    .updateTable('identity.totp_factor')
    .set({ recovery_salt: prepared.salt })
    .where('user_id', '=', userId)
    .execute();
  await tx
    .insertInto('identity.recovery_code')
    .values(prepared.hashes.map((hash) => ({ user_id: userId, code_hash: hash, used_at: null })))
    .execute();
}

/** Locks a person's factor; the lock makes "used once" hold for codes that arrive together. */
export function lockFactor(tx: IdentityTx, userId: string): Promise<FactorRow | undefined> {
  return tx
    .selectFrom('identity.totp_factor')
    .selectAll()
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
}

/** Where a seed is sealed. */
export function seedPlace(userId: string) {
  return { organizationId: null, table: 'identity.totp_factor', column: 'seed', rowId: userId };
}

/** Checks a code against a locked factor and remembers its step. @returns whether it was right and fresh */
export async function spendTotp(
  { envelope, clock }: Pick<IdentityDeps, 'envelope' | 'clock'>,
  tx: IdentityTx,
  factor: FactorRow,
  code: string,
): Promise<boolean> {
  const seed = await envelope.openText(tx, seedPlace(factor.user_id), factor.seed);
  const step = acceptTotp(seed, code, clock.now(), Number(factor.last_step));
  if (step === null) return false;
  await tx
    .updateTable('identity.totp_factor')
    .set({ last_step: step })
    .where('user_id', '=', factor.user_id)
    .execute();
  return true;
}

/** A code as a person typed it: of the app, or a recovery code with its hash. */
export type TypedCode = { kind: 'totp'; code: string } | { kind: 'recovery_code'; hash: Buffer };

/** Hashes what was typed; slow for recovery codes, so outside of transactions. */
export async function prepareTypedCode(
  body: { code?: string | undefined; recoveryCode?: string | undefined },
  salt: Uint8Array,
): Promise<TypedCode> {
  return body.recoveryCode === undefined
    ? { kind: 'totp', code: body.code ?? '' }
    : { kind: 'recovery_code', hash: await hashRecoveryCode(body.recoveryCode, salt) };
}

/** Uses up a code of either kind under the factor's lock. @returns whether it was right and fresh */
export function spendCode(
  deps: Pick<IdentityDeps, 'envelope' | 'clock'>,
  tx: IdentityTx,
  factor: FactorRow,
  typed: TypedCode,
): Promise<boolean> {
  return typed.kind === 'totp'
    ? spendTotp(deps, tx, factor, typed.code)
    : spendRecoveryCode(tx, factor.user_id, typed.hash, deps.clock.now());
}

/** Uses up a recovery code. @returns whether it was one that still worked */
async function spendRecoveryCode(
  tx: IdentityTx,
  userId: string,
  codeHash: Buffer,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.recovery_code')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
