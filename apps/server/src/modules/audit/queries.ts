import type { AuditEntry, AuditExportQuery, AuditQuery } from '@cloudatlas/contracts/audit';
import { sql, type ExpressionBuilder, type Selectable } from 'kysely';
import type { z } from 'zod';
import type { TenantTx } from '#platform/db/database.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import type { AuditTables, EntryTable } from './tables.ts';

type Tx = TenantTx<AuditTables>;
export type AuditFilters = z.output<typeof AuditExportQuery>;

/** One page, newest first, with the number of entries that match. */
export async function listEntries(tx: Tx, query: z.output<typeof AuditQuery>) {
  let select = tx
    .selectFrom('audit.entry')
    .selectAll()
    .where((eb) => matching(eb, query))
    .orderBy('sequence', 'desc');
  if (query.cursor !== undefined) {
    const [sequence = '0'] = decodeCursor(query.cursor, 1);
    select = select.where('sequence', '<', sql<string>`${Number(sequence) || 0}::bigint`);
  }
  if (query.offset !== undefined) select = select.offset(query.offset);
  const rows = await select.limit(query.limit + 1).execute();
  const { total } = await tx
    .selectFrom('audit.entry')
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .where((eb) => matching(eb, query))
    .executeTakeFirstOrThrow();
  const page = toPage(rows, query.limit, (row) => [row.sequence]);
  return { items: page.items.map(toEntry), nextCursor: page.nextCursor, total: Number(total) };
}

/** The next entries below a sequence, newest first, for exports that stream in batches. */
export async function entriesBefore(
  tx: Tx,
  filters: AuditFilters,
  before: number | null,
  limit: number,
): Promise<AuditEntry[]> {
  let select = tx
    .selectFrom('audit.entry')
    .selectAll()
    .where((eb) => matching(eb, filters))
    .orderBy('sequence', 'desc');
  if (before !== null) select = select.where('sequence', '<', sql<string>`${before}::bigint`);
  return (await select.limit(limit).execute()).map(toEntry);
}

/** Distinct actions, for the filter; at most 300. */
export async function listActions(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('audit.entry')
    .select('action')
    .distinct()
    .orderBy('action')
    .limit(300)
    .execute();
  return rows.map((row) => row.action);
}

function matching(eb: ExpressionBuilder<AuditTables, 'audit.entry'>, filters: AuditFilters) {
  const { action, provider, outcome, actor, workspaceId, from, to } = filters;
  return eb.and([
    ...(action === undefined
      ? []
      : [action.endsWith('.') ? eb('action', 'like', `${escapeLike(action)}%`) : eb('action', '=', action)]),
    ...(provider === undefined ? [] : [eb('provider', '=', provider)]),
    ...(outcome === undefined ? [] : [eb('outcome', '=', outcome)]),
    ...(actor === undefined
      ? []
      : [eb.or([eb('actor_label', 'ilike', `%${escapeLike(actor)}%`), eb('actor_id', '=', actor)])]),
    ...(workspaceId === undefined ? [] : [eb('workspace_id', '=', workspaceId)]),
    ...(from === undefined ? [] : [eb('at', '>=', new Date(from))]),
    ...(to === undefined ? [] : [eb('at', '<', new Date(to))]),
  ]);
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);
}

function toEntry(row: Selectable<EntryTable>): AuditEntry {
  return {
    id: row.id,
    sequence: Number(row.sequence),
    at: row.at.toISOString(),
    action: row.action,
    outcome: row.outcome,
    actor: { kind: row.actor_kind, id: row.actor_id, label: row.actor_label },
    provider: row.provider,
    target:
      row.target_type === null ? null : { type: row.target_type, id: row.target_id, label: row.target_label },
    workspaceId: row.workspace_id,
    ip: row.ip,
    requestId: row.request_id,
    details: row.details,
    hash: row.hash,
  };
}
