import type { Tokens } from '@cloudatlas/contracts/identity';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '#platform/clock/clock.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { ApiSession } from '../queries/sessions.ts';
import { lifetimes } from '../rules/lifetimes.ts';
import { signingAlgorithm, type SigningKeys } from './signing-keys.ts';

const type = 'at+jwt';
const lifetimeSeconds = lifetimes.accessToken / 1000;

export interface AccessClaims {
  userId: string;
  sessionId: string;
}

export type AccessTokens = ReturnType<typeof createAccessTokens>;

/**
 * Access tokens in the manner of RFC 9068. They say who and in which session, never what is allowed; the session
 * is looked up on every request, so ending it ends them at once.
 */
export function createAccessTokens({
  keys,
  clock,
  publicUrl,
}: {
  keys: SigningKeys;
  clock: Clock;
  publicUrl: string;
}) {
  const audience = `${publicUrl}/api`;

  async function issue(userId: string, session: ApiSession): Promise<Tokens> {
    const { kid, privateKey } = await keys.current();
    const issuedAt = Math.floor(clock.now().getTime() / 1000);
    const accessToken = await new SignJWT({ sid: session.sessionId })
      .setProtectedHeader({ alg: signingAlgorithm, typ: type, kid })
      .setIssuer(publicUrl)
      .setAudience(audience)
      .setSubject(userId)
      .setJti(newId())
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .sign(privateKey);
    return {
      accessToken,
      refreshToken: session.refreshToken,
      tokenType: 'Bearer',
      expiresIn: lifetimeSeconds,
    };
  }

  /** @returns null for anything that is not a valid token of ours; its header chooses nothing but which of our keys */
  async function verify(token: string): Promise<AccessClaims | null> {
    try {
      const { payload } = await jwtVerify(
        token,
        async ({ kid }) => {
          const key = typeof kid === 'string' ? await keys.verifying(kid) : undefined;
          if (key === undefined) throw new errors.JWKSNoMatchingKey();
          return key;
        },
        {
          algorithms: [signingAlgorithm],
          typ: type,
          issuer: publicUrl,
          audience,
          requiredClaims: ['sub', 'sid', 'iat', 'exp', 'jti'],
          // An own token never lives longer; one that claims to is not ours.
          maxTokenAge: lifetimeSeconds,
          // Processes on several machines: their clocks differ a little.
          clockTolerance: 5,
          currentDate: clock.now(),
        },
      );
      const { sub, sid } = payload;
      if (typeof sub !== 'string' || typeof sid !== 'string' || !isId(sub) || !isId(sid)) return null;
      return { userId: sub, sessionId: sid };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  return { issue, verify };
}
