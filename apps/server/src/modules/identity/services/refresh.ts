import type { Tokens } from '@cloudatlas/contracts/identity';
import { AppError } from '#platform/errors/app-error.ts';
import { userActor, type IdentityDeps, type Origin } from '../deps.ts';
import { endSessions, insertRefreshToken } from '../queries/sessions.ts';
import { judgeRefresh, type RefreshVerdict } from '../rules/refresh-family.ts';
import { deriveKey, hashToken, successorOf } from '../rules/tokens.ts';
import type { IdentityTx } from '../tables.ts';
import type { AccessTokens } from './access-tokens.ts';

export type RefreshService = ReturnType<typeof createRefreshService>;

/** Exchanges refresh tokens. The rules are in rules/refresh-family.ts; here they meet the rows. */
export function createRefreshService(deps: IdentityDeps, accessTokens: AccessTokens) {
  const { db, clock, audit } = deps;
  const key = deriveKey(deps.secretKey, 'refresh successor');

  /** @throws AppError `invalid_token` when it is unknown, over, or was used before (which ends its family) */
  async function refresh(refreshToken: string, origin: Origin): Promise<Tokens> {
    const successor = successorOf(refreshToken, key);
    const done = await db.inSystem('refresh', (tx) => exchange(tx, refreshToken, successor, origin));
    if (done === null) throw new AppError('invalid_token');
    return accessTokens.issue(done.userId, { sessionId: done.sessionId, refreshToken: successor });
  }

  async function exchange(
    tx: IdentityTx,
    refreshToken: string,
    successor: string,
    origin: Origin,
  ): Promise<{ userId: string; sessionId: string } | null> {
    const tokenHash = hashToken(refreshToken);
    const session = await lockFamily(tx, tokenHash);
    if (session === undefined) return null;
    const verdict = await judge(tx, tokenHash, session);
    const now = clock.now();
    if (verdict === 'rotate') {
      await insertRefreshToken(tx, session.id, successor, now);
      await tx
        .updateTable('identity.refresh_token')
        .set({ used_at: now, successor_hash: hashToken(successor) })
        .where('token_hash', '=', tokenHash)
        .execute();
      await tx
        .updateTable('identity.session')
        .set({ last_seen_at: now, ip: origin.ip, user_agent: origin.userAgent })
        .where('id', '=', session.id)
        .execute();
    }
    if (verdict === 'reuse') await endFamily(tx, session, origin, now);
    return verdict === 'rotate' || verdict === 'repeat'
      ? { userId: session.user_id, sessionId: session.id }
      : null;
  }

  /** The session is the lock of its family: whatever happens to its tokens happens one after another. */
  function lockFamily(tx: IdentityTx, tokenHash: Buffer) {
    return tx
      .selectFrom('identity.session as session')
      .innerJoin('identity.user_account as user', 'user.id', 'session.user_id')
      .select(['session.id', 'session.user_id', 'session.expires_at', 'session.ended_at'])
      .select(['user.disabled_at', 'user.email', 'user.name'])
      .where('session.id', '=', (eb) =>
        eb
          .selectFrom('identity.refresh_token as token')
          .select('token.session_id')
          .where('token.token_hash', '=', tokenHash),
      )
      .forUpdate('session')
      .executeTakeFirst();
  }

  type Family = NonNullable<Awaited<ReturnType<typeof lockFamily>>>;

  async function judge(tx: IdentityTx, tokenHash: Buffer, session: Family): Promise<RefreshVerdict> {
    const token = await tx
      .selectFrom('identity.refresh_token as token')
      .leftJoin('identity.refresh_token as successor', 'successor.token_hash', 'token.successor_hash')
      .select(['token.expires_at', 'token.used_at', 'successor.used_at as successor_used_at'])
      .where('token.token_hash', '=', tokenHash)
      .executeTakeFirstOrThrow();
    return judgeRefresh({
      now: clock.now(),
      tokenExpiresAt: token.expires_at,
      usedAt: token.used_at,
      successorUsed: token.successor_used_at !== null,
      familyExpiresAt: session.expires_at,
      familyEnded: session.ended_at !== null || session.disabled_at !== null,
    });
  }

  async function endFamily(tx: IdentityTx, session: Family, origin: Origin, now: Date): Promise<void> {
    await endSessions(tx, session.user_id, { only: session.id }, 'refresh_reused', now);
    await audit.record(tx, {
      organizationId: null,
      action: 'session.refresh_token_reused',
      outcome: 'denied',
      actor: userActor({ id: session.user_id, name: session.name, email: session.email }),
      target: { type: 'session', id: session.id },
      ip: origin.ip,
      requestId: origin.requestId,
    });
  }

  return { refresh };
}
