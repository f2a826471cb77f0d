import { sql } from 'kysely';
import type { Mail, Mailer } from '#platform/mail/mailer.ts';
import type { IdentityTx } from '../tables.ts';

/**
 * Does what sending a mail does and takes it back, so that the answer for an unknown address takes as long as
 * the one for a known address.
 */
export async function pretendToSend(tx: IdentityTx, mailer: Mailer, mail: Mail): Promise<void> {
  await sql`savepoint decoy`.execute(tx);
  await mailer.send(tx, mail);
  await sql`rollback to savepoint decoy`.execute(tx);
}
