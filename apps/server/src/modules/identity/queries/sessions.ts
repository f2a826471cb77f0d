import type { Selectable } from 'kysely';
import { newId } from '#platform/ids/ids.ts';
import type { Origin } from '../deps.ts';
import { later, lifetimes } from '../rules/lifetimes.ts';
import { hashToken, prefixedToken, randomToken } from '../rules/tokens.ts';
import type { IdentityTx, SessionEnd, SessionTable } from '../tables.ts';

export type SessionRow = Selectable<SessionTable>;

export interface BrowserSession {
  sessionId: string;
  /** Value of the cookie. */
  token: string;
}

/** Opens a browser session with a new secret. */
export async function openBrowserSession(
  tx: IdentityTx,
  userId: string,
  origin: Origin,
  now: Date,
): Promise<BrowserSession> {
  const token = randomToken();
  const sessionId = newId();
  await tx
    .insertInto('identity.session')
    .values({
      ...startOf(sessionId, userId, origin, now),
      kind: 'browser',
      token_hash: hashToken(token),
      expires_at: later(now, lifetimes.browserSession.absolute),
    })
    .execute();
  return { sessionId, token };
}

export interface ApiSession {
  sessionId: string;
  refreshToken: string;
}

/** Opens a session of an API client with the first refresh token of its family. */
export async function openApiSession(
  tx: IdentityTx,
  userId: string,
  origin: Origin,
  now: Date,
): Promise<ApiSession> {
  const sessionId = newId();
  await tx
    .insertInto('identity.session')
    .values({
      ...startOf(sessionId, userId, origin, now),
      kind: 'api',
      token_hash: null,
      expires_at: later(now, lifetimes.apiSession.absolute),
    })
    .execute();
  const refreshToken = prefixedToken('refresh');
  await insertRefreshToken(tx, sessionId, refreshToken, now);
  return { sessionId, refreshToken };
}

function startOf(id: string, userId: string, origin: Origin, now: Date) {
  return {
    id,
    user_id: userId,
    ip: origin.ip,
    user_agent: origin.userAgent,
    created_at: now,
    last_seen_at: now,
    ended_at: null,
    end_reason: null,
  };
}

export async function insertRefreshToken(
  tx: IdentityTx,
  sessionId: string,
  refreshToken: string,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('identity.refresh_token')
    .values({
      token_hash: hashToken(refreshToken),
      session_id: sessionId,
      successor_hash: null,
      created_at: now,
      expires_at: later(now, lifetimes.apiSession.idle),
      used_at: null,
    })
    .execute();
}

/**
 * Ends sessions of a user.
 * @param which one session, or all but one, or all
 * @returns how many were open
 */
export async function endSessions(
  tx: IdentityTx,
  userId: string,
  which: { only: string } | { except: string } | 'all',
  reason: SessionEnd,
  now: Date,
): Promise<number> {
  let update = tx
    .updateTable('identity.session')
    .set({ ended_at: now, end_reason: reason })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null);
  if (which !== 'all')
    update = 'only' in which ? update.where('id', '=', which.only) : update.where('id', '!=', which.except);
  const result = await update.executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Whether a session is past its absolute or idle end. */
export function isExpired(
  session: Pick<SessionRow, 'kind' | 'last_seen_at' | 'expires_at'>,
  now: Date,
): boolean {
  const { idle } = session.kind === 'browser' ? lifetimes.browserSession : lifetimes.apiSession;
  return session.expires_at <= now || later(session.last_seen_at, idle) <= now;
}

/** Sessions that still work, last used first; at most 200. */
export async function listOpenSessions(tx: IdentityTx, userId: string, now: Date): Promise<SessionRow[]> {
  const rows = await tx
    .selectFrom('identity.session')
    .selectAll()
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .limit(200)
    .execute();
  return rows.filter((row) => !isExpired(row, now));
}
