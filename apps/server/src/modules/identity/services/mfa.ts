import { randomBytes } from 'node:crypto';
import type { MfaState, TotpEnrolment } from '@cloudatlas/contracts/identity';
import type { z } from 'zod';
import { AppError } from '#platform/errors/app-error.ts';
import type { IdentityDeps, Origin } from '../deps.ts';
import type { MailKind } from '../mail-texts.ts';
import { renderMail } from '../mails.ts';
import type { BrowserSession } from '../queries/sessions.ts';
import { lockActiveUser, type UserRow } from '../queries/users.ts';
import { later, lifetimes } from '../rules/lifetimes.ts';
import { newTotpSeed, otpauthUrl } from '../rules/totp.ts';
import type { IdentityTx } from '../tables.ts';
import { confirmPassword, renewAndEndOthers } from './reauthenticate.ts';
import {
  lockFactor,
  prepareRecoveryCodes,
  prepareTypedCode,
  seedPlace,
  spendCode,
  storeRecoveryCodes,
  type TypedCode,
} from './second-factor.ts';
import type { Person } from './sessions.ts';

/** What a person proves before a factor changes: the password, and one code of either kind. */
export interface FactorProof {
  password: string;
  code?: string | undefined;
  recoveryCode?: string | undefined;
}

export type MfaService = ReturnType<typeof createMfaService>;

/** A person's second factor: enrol, disable, renew recovery codes. Each change ends the other sessions. */
export function createMfaService(deps: IdentityDeps) {
  const { db, clock, rateLimits, envelope, mailer, audit, publicUrl } = deps;

  async function state(userId: string): Promise<z.output<typeof MfaState>> {
    return db.inSystem('read second factor', async (tx) => {
      const factor = await tx
        .selectFrom('identity.totp_factor')
        .select('confirmed_at')
        .where('user_id', '=', userId)
        .executeTakeFirst();
      const { left } = await tx
        .selectFrom('identity.recovery_code')
        .select(({ fn }) => fn.countAll<string>().as('left'))
        .where('user_id', '=', userId)
        .where('used_at', 'is', null)
        .executeTakeFirstOrThrow();
      return { totp: factor !== undefined && factor.confirmed_at !== null, recoveryCodesLeft: Number(left) };
    });
  }

  /** Makes a seed that waits for its first code. @throws AppError `conflict` when a factor is active */
  async function start(
    person: Person,
    password: string,
    origin: Origin,
  ): Promise<z.output<typeof TotpEnrolment>> {
    const confirmed = await confirmPassword(deps, person, password, origin);
    const seed = newTotpSeed();
    await db.inSystem('start second factor', async (tx) => {
      const user = await lockConfirmed(tx, person, confirmed);
      if (user.mfa_enabled) throw new AppError('conflict', 'Two-step sign-in is on. Turn it off first.');
      await tx.deleteFrom('identity.totp_factor').where('user_id', '=', user.id).execute();
      await tx
        .insertInto('identity.totp_factor')
        .values({
          user_id: user.id,
          seed: await envelope.seal(tx, seedPlace(user.id), seed),
          created_at: clock.now(),
          confirmed_at: null,
          recovery_salt: randomBytes(16),
        })
        .execute();
      await recordFactor(tx, user, person, origin, { action: 'mfa.enrolment_started' });
    });
    return { secret: seed, otpauthUrl: otpauthUrl(seed, confirmed.email) };
  }

  /** Turns the factor on with its first code. @throws AppError `conflict` when none waits, `invalid_code` */
  async function confirm(
    person: Person,
    code: string,
    origin: Origin,
  ): Promise<{ recoveryCodes: string[]; renewed: BrowserSession | null }> {
    await rateLimits.consume('second_factor', person.userId);
    const prepared = await prepareRecoveryCodes();
    const renewed = await db.inSystem('confirm second factor', async (tx) => {
      const user = await lockActiveUser(tx, person.userId);
      const factor = await lockFactor(tx, person.userId);
      const waits = factor !== undefined && factor.confirmed_at === null;
      if (user === undefined || !waits || later(factor.created_at, lifetimes.totpEnrolment) <= clock.now()) {
        throw new AppError('conflict', 'Start again: no set-up is waiting for a code.');
      }
      if (!(await spendCode(deps, tx, factor, { kind: 'totp', code })))
        return refused(tx, user, person, origin);
      await tx
        .updateTable('identity.totp_factor')
        .set({ confirmed_at: clock.now() })
        .where('user_id', '=', user.id)
        .execute();
      await storeRecoveryCodes(tx, user.id, prepared);
      return changed(tx, user, person, origin, { mail: 'mfa_enabled', action: 'mfa.enabled' });
    });
    if (renewed === 'invalid_code') throw new AppError('invalid_code');
    await rateLimits.forgive('second_factor', person.userId);
    return { recoveryCodes: prepared.codes, renewed };
  }

  /** @throws AppError `invalid_credentials`, `invalid_code`, `conflict` when no factor is active */
  async function disable(person: Person, proof: FactorProof, origin: Origin): Promise<BrowserSession | null> {
    return withProof(person, proof, origin, async (tx, user, method) => {
      await tx.deleteFrom('identity.totp_factor').where('user_id', '=', user.id).execute();
      await tx.deleteFrom('identity.mfa_challenge').where('user_id', '=', user.id).execute();
      return changed(tx, user, person, origin, { mail: 'mfa_disabled', action: 'mfa.disabled', method });
    });
  }

  /** Replaces the recovery codes; the old ones stop working. @throws like `disable` */
  async function renewRecoveryCodes(
    person: Person,
    proof: FactorProof,
    origin: Origin,
  ): Promise<{ recoveryCodes: string[]; renewed: BrowserSession | null }> {
    const prepared = await prepareRecoveryCodes();
    const renewed = await withProof(person, proof, origin, async (tx, user, method) => {
      await storeRecoveryCodes(tx, user.id, prepared);
      const change = {
        mail: 'recovery_codes_renewed',
        action: 'mfa.recovery_codes_renewed',
        method,
      } as const;
      return changed(tx, user, person, origin, change);
    });
    return { recoveryCodes: prepared.codes, renewed };
  }

  /** Runs a change after password and code were right, with person and factor locked. */
  async function withProof(
    person: Person,
    proof: FactorProof,
    origin: Origin,
    change: (tx: IdentityTx, user: UserRow, method: TypedCode['kind']) => Promise<BrowserSession | null>,
  ): Promise<BrowserSession | null> {
    const confirmed = await confirmPassword(deps, person, proof.password, origin);
    await rateLimits.consume('second_factor', person.userId);
    const typed = await prepareTypedCode(proof, await recoverySalt(person.userId));
    const result = await db.inSystem('change second factor', async (tx) => {
      const user = await lockConfirmed(tx, person, confirmed);
      const factor = await lockFactor(tx, user.id);
      if (factor === undefined || factor.confirmed_at === null)
        throw new AppError('conflict', 'Two-step sign-in is off.');
      if (!(await spendCode(deps, tx, factor, typed))) return refused(tx, user, person, origin);
      return change(tx, user, typed.kind);
    });
    if (result === 'invalid_code') throw new AppError('invalid_code');
    await rateLimits.forgive('second_factor', person.userId);
    return result;
  }

  /** Salt of the person's recovery codes. @throws AppError `conflict` without a factor */
  async function recoverySalt(userId: string): Promise<Buffer> {
    const factor = await db.inSystem('read second factor', (tx) =>
      tx
        .selectFrom('identity.totp_factor')
        .select('recovery_salt')
        .where('user_id', '=', userId)
        .where('confirmed_at', 'is not', null)
        .executeTakeFirst(),
    );
    if (factor === undefined) throw new AppError('conflict', 'Two-step sign-in is off.');
    return factor.recovery_salt;
  }

  /** Answered, not thrown, so that the entry is committed. */
  async function refused(
    tx: IdentityTx,
    user: UserRow,
    person: Person,
    origin: Origin,
  ): Promise<'invalid_code'> {
    await recordFactor(tx, user, person, origin, { action: 'mfa.confirmation_failed', outcome: 'failure' });
    return 'invalid_code';
  }

  async function lockConfirmed(tx: IdentityTx, person: Person, confirmed: UserRow): Promise<UserRow> {
    const user = await lockActiveUser(tx, person.userId);
    if (user === undefined || user.password_hash !== confirmed.password_hash)
      throw new AppError('invalid_credentials');
    return user;
  }

  async function changed(
    tx: IdentityTx,
    user: UserRow,
    person: Person,
    origin: Origin,
    change: { mail: MailKind; action: string; method?: TypedCode['kind'] },
  ): Promise<BrowserSession | null> {
    const renewed = await renewAndEndOthers(tx, person, origin, 'factor_changed', clock.now());
    await mailer.send(tx, renderMail(change.mail, user.email, user.locale, publicUrl));
    await recordFactor(tx, user, person, origin, change);
    return renewed;
  }

  function recordFactor(
    tx: IdentityTx,
    user: UserRow,
    person: Person,
    origin: Origin,
    entry: { action: string; outcome?: 'failure'; method?: TypedCode['kind'] },
  ): Promise<void> {
    return audit.record(tx, {
      organizationId: null,
      action: entry.action,
      outcome: entry.outcome ?? 'success',
      actor: person.actor,
      target: { type: 'user', id: user.id, label: user.email },
      ip: origin.ip,
      requestId: origin.requestId,
      details: entry.method === undefined ? {} : { method: entry.method },
    });
  }

  return { state, start, confirm, disable, renewRecoveryCodes };
}
