import type { SignInResult } from '@cloudatlas/contracts/identity';
import { actorOf } from '#modules/audit/index.ts';
import type { RequestContext, UserContext } from '#platform/http/context.ts';
import { sessionCookie } from '#platform/http/credential.ts';
import { lifetimes } from '../rules/lifetimes.ts';
import type { AccessTokens } from '../services/access-tokens.ts';
import type { OpenedSession, ReplacedSession } from '../services/open-session.ts';
import type { Person } from '../services/sessions.ts';

/** Cookie of a browser that signed up and waits for its mail link. */
export const registrationCookie = 'atlas_registration';

export function personOf(context: UserContext): Person {
  const { principal } = context;
  return { userId: principal.userId, sessionId: principal.credentialId, actor: actorOf(context).actor };
}

/** The session that this browser has now and that a new sign-in ends. */
export function replacedBy(context: RequestContext): ReplacedSession | null {
  const { principal } = context;
  if (principal?.kind !== 'user' || context.cookie(sessionCookie) === undefined) return null;
  return { userId: principal.userId, sessionId: principal.credentialId };
}

/** Hands the secret of a new session to its client: as a cookie, or as tokens in the answer. */
export async function answerSignedIn(
  context: RequestContext,
  accessTokens: AccessTokens,
  opened: OpenedSession,
): Promise<Extract<SignInResult, { status: 'signed_in' }>> {
  if (opened.browser !== null) setSessionCookie(context, opened.browser.token);
  const tokens = opened.api === null ? null : await accessTokens.issue(opened.user.id, opened.api);
  return { status: 'signed_in', user: opened.user, tokens };
}

/** The browser keeps the cookie until the absolute end; the server counts the idle time. */
export function setSessionCookie(context: RequestContext, token: string): void {
  context.setCookie(sessionCookie, token, { maxAgeSeconds: lifetimes.browserSession.absolute / 1000 });
}
