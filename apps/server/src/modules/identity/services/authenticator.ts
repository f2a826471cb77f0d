import { sql } from 'kysely';
import type { Authenticator, Credential, Principal } from '#platform/http/access.ts';
import { labelOf, type IdentityDeps } from '../deps.ts';
import { isExpired } from '../queries/sessions.ts';
import { later, lifetimes } from '../rules/lifetimes.ts';
import { hashToken, isApiKey } from '../rules/tokens.ts';
import type { SessionKind } from '../tables.ts';
import type { AccessTokens } from './access-tokens.ts';

export interface IdentityAuthenticator extends Authenticator {
  /** Waits for last-use times that are still being written. */
  drain(): Promise<void>;
}

/** Finds out who sends a request, by one indexed query. It is on the path of every request. */
export function createAuthenticator(
  { db, clock, log }: Pick<IdentityDeps, 'db' | 'clock' | 'log'>,
  accessTokens: Pick<AccessTokens, 'verify'>,
): IdentityAuthenticator {
  const writing = new Set<Promise<void>>();

  async function authenticate(credential: Credential): Promise<Principal | null> {
    const { kind, value } = credential;
    if (kind === 'cookie') return bySession(credential, { tokenHash: hashToken(value) });
    if (isApiKey(value)) return byApiKey(value);
    // Refresh, mail and second-factor tokens have no dots; none of them is ever an access token.
    if (value.split('.').length !== 3) return null;
    const claims = await accessTokens.verify(value);
    return claims === null ? null : bySession(credential, claims);
  }

  async function bySession(
    credential: Credential,
    proof: { tokenHash: Buffer } | { sessionId: string; userId: string },
  ): Promise<Principal | null> {
    const kind: SessionKind = 'tokenHash' in proof ? 'browser' : 'api';
    const row = await db.systemRead('authenticate', (tx) => {
      const query = tx
        .selectFrom('identity.session as session')
        .innerJoin('identity.user_account as user', 'user.id', 'session.user_id')
        .select(['session.id', 'session.kind', 'session.last_seen_at', 'session.expires_at'])
        .select(['user.id as user_id', 'user.email', 'user.name', 'user.staff_role'])
        .where('session.kind', '=', kind)
        .where('session.ended_at', 'is', null)
        .where('user.disabled_at', 'is', null);
      const proved =
        'tokenHash' in proof
          ? query.where('session.token_hash', '=', proof.tokenHash)
          : query.where('session.id', '=', proof.sessionId).where('session.user_id', '=', proof.userId);
      return proved.executeTakeFirst();
    });
    const now = clock.now();
    if (row === undefined || isExpired(row, now)) return null;
    if (later(row.last_seen_at, lifetimes.lastSeenResolution) <= now) {
      const { ip, userAgent } = credential;
      note(() =>
        db.inSystem('note last use', (tx) =>
          tx
            .updateTable('identity.session')
            .set({ last_seen_at: now, ip, user_agent: userAgent })
            .where('id', '=', row.id)
            .where('last_seen_at', '<', now)
            .execute(),
        ),
      );
    }
    return {
      kind: 'user',
      userId: row.user_id,
      label: labelOf(row),
      email: row.email,
      credentialId: row.id,
      staffRole: row.staff_role,
      restriction: null,
    };
  }

  async function byApiKey(key: string): Promise<Principal | null> {
    const row = await db.systemRead('authenticate', (tx) =>
      tx
        .selectFrom('identity.api_key as key')
        .innerJoin('identity.user_account as user', 'user.id', 'key.user_id')
        .select([
          'key.id',
          'key.name as key_name',
          'key.organization_id',
          'key.permissions',
          'key.expires_at',
          'key.last_used_at',
        ])
        .select(['user.id as user_id', 'user.email', 'user.name'])
        .where('key.secret_hash', '=', hashToken(key))
        .where('user.disabled_at', 'is', null)
        .executeTakeFirst(),
    );
    const now = clock.now();
    if (row === undefined || row.expires_at <= now) return null;
    if (row.last_used_at === null || later(row.last_used_at, lifetimes.lastSeenResolution) <= now) {
      note(() =>
        db.inSystem('note last use', (tx) =>
          tx
            .updateTable('identity.api_key')
            .set({ last_used_at: now })
            .where('id', '=', row.id)
            .where(sql<boolean>`last_used_at is null or last_used_at < ${now}`)
            .execute(),
        ),
      );
    }
    return {
      kind: 'api_key',
      userId: row.user_id,
      label: `${labelOf(row)}, key ${row.key_name}`,
      email: row.email,
      credentialId: row.id,
      // Staff rights are a person's; a key never carries them.
      staffRole: null,
      restriction: { organizationId: row.organization_id, permissions: new Set(row.permissions) },
    };
  }

  /** Writes beside the request: a last-use time is not worth its latency, nor its failure. */
  function note(write: () => Promise<unknown>): void {
    const done: Promise<void> = write()
      .then(
        () => undefined,
        (error: unknown) => log.warn({ err: error }, 'a last use could not be written'),
      )
      .finally(() => writing.delete(done));
    writing.add(done);
  }

  return {
    authenticate,
    async drain() {
      await Promise.all(writing);
    },
  };
}
