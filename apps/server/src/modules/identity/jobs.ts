import { z } from 'zod';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { defineJob, type JobDefinition } from '#platform/jobs/jobs.ts';
import { later, lifetimes } from './rules/lifetimes.ts';
import type { SigningKeys } from './services/signing-keys.ts';
import type { IdentityTables } from './tables.ts';

const expiring = ['registration', 'password_reset', 'mfa_challenge', 'api_key'] as const;

/** Removes what can no longer be used. @returns rows removed */
export async function sweepExpired(db: Database<IdentityTables>, now: Date): Promise<number> {
  return db.inSystem('sweep expired credentials', async (tx) => {
    let removed = 0n;
    for (const name of expiring) {
      const result = await tx.deleteFrom(`identity.${name}`).where('expires_at', '<', now).executeTakeFirst();
      removed += result.numDeletedRows;
    }
    // Ended sessions stay a while: a late reuse of one of their refresh tokens is then refused as known.
    const forgotten = later(now, -lifetimes.endedSession);
    const sessions = await tx
      .deleteFrom('identity.session')
      .where((eb) => eb.or([eb('expires_at', '<', forgotten), eb('ended_at', '<', forgotten)]))
      .executeTakeFirst();
    const keys = await tx
      .deleteFrom('identity.signing_key')
      .where('verifies_until', '<', now)
      .executeTakeFirst();
    return Number(removed + sessions.numDeletedRows + keys.numDeletedRows);
  });
}

export function identityJobs(db: Database<IdentityTables>, clock: Clock, keys: SigningKeys): JobDefinition[] {
  return [
    defineJob({
      name: 'identity.sweep',
      schema: z.strictObject({}),
      cron: { expression: '23 3 * * *', payload: {} },
      handler: async (_payload, { log }) => {
        log.info({ removed: await sweepExpired(db, clock.now()) }, 'expired credentials removed');
      },
    }),
    defineJob({
      name: 'identity.rotate_signing_key',
      schema: z.strictObject({}),
      // Monthly; a key whose month is over is replaced on first use in any case.
      cron: { expression: '41 3 1 * *', payload: {} },
      handler: () => keys.rotate(),
    }),
  ];
}
