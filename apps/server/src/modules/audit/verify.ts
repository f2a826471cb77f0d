import { sql } from 'kysely';
import type { AnyTenantTx, AnyTx, TenantTx } from '#platform/db/database.ts';
import { ownTables } from '#platform/db/database.ts';
import { chainHash, checkpointSignature, genesis } from './chain.ts';
import type { AuditTables } from './tables.ts';

export interface Verification {
  valid: boolean;
  entries: number;
  /** Sequence of the first entry that does not fit. */
  brokenAt: number | null;
  reason: string | null;
}

const batch = 1000;

/**
 * Recomputes one organization's chain from its first entry and compares it with the stored hashes, the head and
 * the signed checkpoints. Finds changed, removed, inserted, reordered and cut-off entries.
 */
export async function verifyChain(
  lent: AnyTx,
  organizationId: string,
  secretKey: string,
): Promise<Verification> {
  const tx = ownTables<AuditTables>(lent as AnyTenantTx);
  const checkpoints = await readCheckpoints(tx, organizationId);
  let previous = genesis;
  let sequence = 0;
  const broken = (at: number, reason: string): Verification => ({
    valid: false,
    entries: sequence,
    brokenAt: at,
    reason,
  });
  for (;;) {
    const rows = await tx
      .selectFrom('audit.entry')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('sequence', '>', sql<string>`${sequence}::bigint`)
      .orderBy('sequence')
      .limit(batch)
      .execute();
    for (const row of rows) {
      const expected = sequence + 1;
      if (Number(row.sequence) !== expected) return broken(expected, 'entry missing');
      const hash = chainHash(previous, {
        organizationId: row.organization_id,
        sequence: expected,
        id: row.id,
        at: row.at.toISOString(),
        action: row.action,
        outcome: row.outcome,
        actorKind: row.actor_kind,
        actorId: row.actor_id,
        actorLabel: row.actor_label,
        provider: row.provider,
        targetType: row.target_type,
        targetId: row.target_id,
        targetLabel: row.target_label,
        workspaceId: row.workspace_id,
        ip: row.ip,
        requestId: row.request_id,
        details: row.details,
      });
      if (hash !== row.hash) return broken(expected, 'entry changed');
      const checkpoint = checkpoints.get(expected);
      if (checkpoint !== undefined) {
        const signature = checkpointSignature(secretKey, {
          organizationId,
          sequence: expected,
          hash,
          at: checkpoint.at,
        });
        if (checkpoint.hash !== hash || checkpoint.signature !== signature)
          return broken(expected, 'signed checkpoint does not match');
        checkpoints.delete(expected);
      }
      previous = hash;
      sequence = expected;
    }
    if (rows.length < batch) break;
  }
  const beyond = [...checkpoints.keys()].toSorted((a, b) => a - b)[0];
  if (beyond !== undefined) return broken(sequence + 1, 'entries before a signed checkpoint are missing');
  const head = await tx
    .selectFrom('audit.chain')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
  if (Number(head?.last_sequence ?? 0) !== sequence || (head?.last_hash ?? genesis) !== previous) {
    return broken(sequence + 1, 'the chain is longer than its entries');
  }
  return { valid: true, entries: sequence, brokenAt: null, reason: null };
}

async function readCheckpoints(tx: TenantTx<AuditTables>, organizationId: string) {
  const rows = await tx
    .selectFrom('audit.checkpoint')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .execute();
  return new Map(
    rows.map((row) => [
      Number(row.sequence),
      { hash: row.hash, signature: row.signature, at: row.at.toISOString() },
    ]),
  );
}

/** Signs the current end of every chain that grew since its last checkpoint. @returns how many */
export async function writeCheckpoints(lent: AnyTx, secretKey: string, now: Date): Promise<number> {
  const tx = ownTables<AuditTables>(lent as AnyTenantTx);
  const heads = await tx
    .selectFrom('audit.chain as chain')
    .selectAll()
    .where('chain.last_sequence', '>', sql<string>`0`)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('audit.checkpoint as point')
            .select('point.sequence')
            .whereRef('point.organization_id', '=', 'chain.organization_id')
            .whereRef('point.sequence', '=', 'chain.last_sequence'),
        ),
      ),
    )
    .execute();
  for (const head of heads) {
    const sequence = Number(head.last_sequence);
    const at = now.toISOString();
    const signature = checkpointSignature(secretKey, {
      organizationId: head.organization_id,
      sequence,
      hash: head.last_hash,
      at,
    });
    await tx
      .insertInto('audit.checkpoint')
      .values({ organization_id: head.organization_id, sequence, hash: head.last_hash, at: now, signature })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return heads.length;
}

/** Every chain there is, for the command that verifies all. */
export async function listChains(lent: AnyTx): Promise<string[]> {
  const tx = ownTables<AuditTables>(lent as AnyTenantTx);
  const rows = await tx
    .selectFrom('audit.chain')
    .select('organization_id')
    .orderBy('organization_id')
    .execute();
  return rows.map((row) => row.organization_id);
}
