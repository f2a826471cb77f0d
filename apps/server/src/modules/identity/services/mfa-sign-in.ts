import type { MfaBody } from '@cloudatlas/contracts/identity';
import type { z } from 'zod';
import { AppError } from '#platform/errors/app-error.ts';
import { userActor, type IdentityDeps, type Origin } from '../deps.ts';
import { renderMail } from '../mails.ts';
import { lockActiveUser, type UserRow } from '../queries/users.ts';
import { hashToken } from '../rules/tokens.ts';
import type { IdentityTx } from '../tables.ts';
import { forgiveSignIn } from './limits.ts';
import { openSession, type OpenedSession, type ReplacedSession } from './open-session.ts';
import { lockFactor, prepareTypedCode, spendCode } from './second-factor.ts';
import { recordSignIn } from './sign-in.ts';

type Attempt = z.output<typeof MfaBody>;

export type MfaSignInService = ReturnType<typeof createMfaSignInService>;

/** The second step of a sign-in: a challenge token and a code open the session, once. */
export function createMfaSignInService(deps: IdentityDeps) {
  const { db, clock, rateLimits, audit, mailer, publicUrl } = deps;

  /** @throws AppError `invalid_token`, `invalid_code`, `rate_limited` */
  async function complete(
    body: Attempt,
    origin: Origin,
    replaces: ReplacedSession | null,
  ): Promise<OpenedSession> {
    const tokenHash = hashToken(body.mfaToken);
    const challenge = await db.inSystem('read second-factor challenge', (tx) => findChallenge(tx, tokenHash));
    if (challenge === undefined) throw new AppError('invalid_token');
    // Counted per person, not per challenge: whoever knows the password can ask for as many challenges as they like.
    await rateLimits.consume('second_factor', challenge.user_id);
    const typed = await prepareTypedCode(body, challenge.recovery_salt);
    const result = await db.inSystem('second factor', async (tx) => {
      const user = await lockActiveUser(tx, challenge.user_id);
      // Under the lock: of two requests with one challenge the second finds it spent.
      if (user === undefined || (await findChallenge(tx, tokenHash)) === undefined) return 'invalid_token';
      const factor = await lockFactor(tx, user.id);
      if (factor === undefined || !(await spendCode(deps, tx, factor, typed))) {
        await recordFailure(tx, user, origin);
        return 'invalid_code';
      }
      await tx.deleteFrom('identity.mfa_challenge').where('token_hash', '=', tokenHash).execute();
      const opened = await openSession(tx, user, {
        transport: body.transport,
        origin,
        replaces,
        now: clock.now(),
      });
      if (typed.kind === 'recovery_code')
        await mailer.send(tx, renderMail('recovery_code_used', user.email, user.locale, publicUrl));
      await recordSignIn(deps, tx, user, opened, origin, typed.kind);
      return opened;
    });
    if (typeof result === 'string') throw new AppError(result);
    await rateLimits.forgive('second_factor', challenge.user_id);
    await forgiveSignIn(rateLimits, result.user.email, origin.ip);
    return result;
  }

  function findChallenge(tx: IdentityTx, tokenHash: Buffer) {
    return tx
      .selectFrom('identity.mfa_challenge as challenge')
      .innerJoin('identity.totp_factor as factor', 'factor.user_id', 'challenge.user_id')
      .select(['challenge.user_id', 'factor.recovery_salt'])
      .where('challenge.token_hash', '=', tokenHash)
      .where('challenge.expires_at', '>', clock.now())
      .where('factor.confirmed_at', 'is not', null)
      .executeTakeFirst();
  }

  async function recordFailure(tx: IdentityTx, user: UserRow, origin: Origin): Promise<void> {
    await audit.record(tx, {
      organizationId: null,
      action: 'session.second_factor_failed',
      outcome: 'failure',
      actor: userActor(user),
      target: { type: 'user', id: user.id, label: user.email },
      ip: origin.ip,
      requestId: origin.requestId,
    });
  }

  return { complete };
}
