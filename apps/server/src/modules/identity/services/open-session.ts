import type { User } from '@cloudatlas/contracts/identity';
import type { Origin } from '../deps.ts';
import {
  endSessions,
  openApiSession,
  openBrowserSession,
  type ApiSession,
  type BrowserSession,
} from '../queries/sessions.ts';
import { toUser, type UserRow } from '../queries/users.ts';
import type { IdentityTx } from '../tables.ts';

/** A session that was just opened, with its secret, which is handed out now or never. */
export interface OpenedSession {
  user: User;
  browser: BrowserSession | null;
  api: ApiSession | null;
}

/** The browser session that a new authentication in the same browser ends (ASVS 7.2.4). */
export interface ReplacedSession {
  userId: string;
  sessionId: string;
}

export type Transport = 'cookie' | 'token';

/** Opens a session after every factor was proved. Its id and secret are new; the browser's former one ends. */
export async function openSession(
  tx: IdentityTx,
  user: UserRow,
  options: { transport: Transport; origin: Origin; replaces: ReplacedSession | null; now: Date },
): Promise<OpenedSession> {
  const { transport, origin, replaces, now } = options;
  if (transport === 'token') {
    return { user: toUser(user), browser: null, api: await openApiSession(tx, user.id, origin, now) };
  }
  if (replaces !== null) await endSessions(tx, replaces.userId, { only: replaces.sessionId }, 'renewed', now);
  return { user: toUser(user), browser: await openBrowserSession(tx, user.id, origin, now), api: null };
}
