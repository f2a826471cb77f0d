import type { AuditEntry, AuditOutcome } from '@cloudatlas/contracts/audit';
import { sql } from 'kysely';
import type { Clock } from '#platform/clock/clock.ts';
import { ownTables, type AnyTenantTx, type AnyTx, type Database } from '#platform/db/database.ts';
import type { Denial, DenialRecorder } from '#platform/http/access.ts';
import { newId } from '#platform/ids/ids.ts';
import { redact } from '#platform/log/log.ts';
import { chainHash, genesis } from './chain.ts';
import type { AuditTables } from './tables.ts';

export interface AuditActor {
  kind: AuditEntry['actor']['kind'];
  id: string | null;
  /** Name or e-mail as shown; stays when the user is deleted. */
  label: string;
}

export interface AuditInput {
  /** null: the chain of the installation itself. */
  organizationId: string | null;
  /** Dotted verb in the past tense, e.g. `workspace.created`. */
  action: string;
  outcome: AuditOutcome;
  actor: AuditActor;
  provider?: string | null;
  target?: { type: string; id?: string | null; label?: string | null };
  workspaceId?: string | null;
  ip?: string | null;
  requestId?: string | null;
  /** Small, without secrets; secret-looking keys and values are masked. */
  details?: Record<string, unknown>;
}

export interface AuditService extends DenialRecorder {
  /** Appends to the chain inside the caller's transaction: no commit, no entry. */
  record(tx: AnyTx, input: AuditInput): Promise<void>;
  /** `record` for many entries of one organization, in their order, with as few statements as one. */
  recordAll(tx: AnyTx, inputs: readonly AuditInput[]): Promise<void>;
}

export const installationChain = '00000000-0000-0000-0000-000000000000';

export function createAuditService(db: Database<AuditTables>, clock: Clock): AuditService {
  async function record(tx: AnyTx, input: AuditInput): Promise<void> {
    await append(ownTables<AuditTables>(tx as AnyTenantTx), [input], clock.now());
  }
  return {
    record,
    recordAll: (tx, inputs) => append(ownTables<AuditTables>(tx as AnyTenantTx), inputs, clock.now()),
    /** Written in a transaction of its own: the refused one is rolled back. */
    async recordDenial(denial) {
      const input = denialEntry(denial);
      if (input.organizationId === null) await db.inSystem('audit a denial', (tx) => record(tx, input));
      else await db.inTenant({ organizationId: input.organizationId }, (tx) => record(tx, input));
    },
  };
}

function denialEntry(denial: Denial): AuditInput {
  const { principal, organization, workspace } = denial;
  return {
    organizationId: organization?.organizationId ?? null,
    action: `access.${denial.code}`,
    outcome: 'denied',
    actor:
      principal === null
        ? { kind: 'anonymous', id: null, label: 'anonymous' }
        : { kind: principal.kind, id: principal.userId, label: principal.label },
    target: { type: 'operation', id: denial.operationId },
    workspaceId: workspace?.workspaceId ?? null,
    ip: denial.ip,
    requestId: denial.requestId,
    details: denial.detail === null ? {} : { reason: denial.detail },
  };
}

async function append(
  tx: ReturnType<typeof ownTables<AuditTables>>,
  inputs: readonly AuditInput[],
  at: Date,
): Promise<void> {
  const [first] = inputs;
  if (first === undefined) return;
  const organizationId = first.organizationId ?? installationChain;
  if (inputs.some((input) => (input.organizationId ?? installationChain) !== organizationId))
    throw new Error('Entries that are written together belong to one chain.');
  // The update without a change locks the chain's row until commit: entries of one chain are written one by one.
  const head = await tx
    .insertInto('audit.chain')
    .values({ organization_id: organizationId, last_sequence: 0, last_hash: genesis })
    .onConflict((conflict) =>
      conflict.column('organization_id').doUpdateSet({ organization_id: organizationId }),
    )
    .returning(['last_sequence', 'last_hash'])
    .executeTakeFirstOrThrow();
  const before = Number(head.last_sequence);
  let hash = head.last_hash;
  const rows = inputs.map((input, index) => {
    const { fields, row } = entryOf(input, organizationId, before + index + 1, at);
    hash = chainHash(hash, fields);
    return { ...row, hash };
  });
  await tx.insertInto('audit.entry').values(rows).execute();
  await tx
    .updateTable('audit.chain')
    .set({ last_sequence: before + rows.length, last_hash: hash })
    .where('organization_id', '=', organizationId)
    .where('last_sequence', '=', sql<string>`${before}`)
    .execute();
}

/** An entry as it is hashed, and as it is stored. */
function entryOf(input: AuditInput, organizationId: string, sequence: number, at: Date) {
  const id = newId();
  const details = JSON.parse(JSON.stringify(redact(input.details ?? {})), (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  ) as Record<string, unknown>;
  // Cutting can split a character; the database would store something else than what was hashed.
  const short = (text: string): string => text.slice(0, 300).toWellFormed();
  const cut = (text: string | null | undefined): string | null =>
    text === null || text === undefined ? null : short(text);
  const fields = {
    organizationId,
    sequence,
    id,
    at: at.toISOString(),
    action: input.action,
    outcome: input.outcome,
    actorKind: input.actor.kind,
    actorId: input.actor.id,
    actorLabel: short(input.actor.label),
    provider: input.provider ?? null,
    targetType: input.target?.type ?? null,
    targetId: cut(input.target?.id),
    targetLabel: cut(input.target?.label),
    workspaceId: input.workspaceId ?? null,
    ip: input.ip ?? null,
    requestId: input.requestId ?? null,
    details,
  };
  const row = {
    organization_id: organizationId,
    sequence,
    id,
    at,
    action: fields.action,
    outcome: input.outcome,
    actor_kind: input.actor.kind,
    actor_id: fields.actorId,
    actor_label: fields.actorLabel,
    provider: fields.provider,
    target_type: fields.targetType,
    target_id: fields.targetId,
    target_label: fields.targetLabel,
    workspace_id: fields.workspaceId,
    ip: fields.ip,
    request_id: fields.requestId,
    details: JSON.stringify(details),
  };
  return { fields, row };
}
