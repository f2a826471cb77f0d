import {
  AuditActions,
  AuditExportQuery,
  AuditPage,
  AuditQuery,
  AuditVerification,
  type AuditEntry,
} from '@cloudatlas/contracts/audit';
import { csvLine } from '#platform/csv/csv.ts';
import type { Database } from '#platform/db/database.ts';
import { organizationRoute, type Route } from '#platform/http/route.ts';
import { entriesBefore, listActions, listEntries, type AuditFilters } from './queries.ts';
import { actorOf } from './actor.ts';
import type { AuditService } from './service.ts';
import type { AuditTables } from './tables.ts';
import { verifyChain } from './verify.ts';

const exportBatch = 500;

export function auditRoutes(
  db: Database<AuditTables>,
  secretKey: string,
  audit: Pick<AuditService, 'record'>,
): Route[] {
  return [
    organizationRoute({
      method: 'GET',
      path: '/audit',
      operationId: 'auditList',
      summary: 'List audit entries, newest first',
      access: { permission: 'audit:read', whileDeleting: true },
      query: AuditQuery,
      answer: { status: 200, schema: AuditPage },
      handler: ({ organization }, { query }) => db.inTenant(organization, (tx) => listEntries(tx, query)),
    }),
    organizationRoute({
      method: 'GET',
      path: '/audit/actions',
      operationId: 'auditActionList',
      summary: 'List the actions that occur in the audit log',
      access: { permission: 'audit:read', whileDeleting: true },
      answer: { status: 200, schema: AuditActions },
      handler: async ({ organization }) => ({ items: await db.inTenant(organization, listActions) }),
    }),
    organizationRoute({
      method: 'GET',
      path: '/audit/export.csv',
      operationId: 'auditExport',
      summary: 'Download the audit log as CSV',
      access: { permission: 'audit:read', whileDeleting: true },
      query: AuditExportQuery,
      answer: { status: 200, download: 'text/csv; charset=utf-8' },
      handler: async (context, { query }) => {
        const { organization } = context;
        // Written before the first line leaves: an export that breaks off has shown something too.
        await db.inTenant(organization, (tx) =>
          audit.record(tx, {
            organizationId: organization.organizationId,
            action: 'audit.exported',
            outcome: 'success',
            ...actorOf(context),
            details: { filters: query },
          }),
        );
        return {
          filename: `audit-${organization.slug}.csv`,
          body: exportCsv(db, organization.organizationId, query),
        };
      },
    }),
    organizationRoute({
      method: 'GET',
      path: '/audit/verification',
      operationId: 'auditVerify',
      summary: 'Check the hash chain of the audit log',
      access: { permission: 'audit:read', whileDeleting: true },
      answer: { status: 200, schema: AuditVerification },
      handler: ({ organization }) =>
        db.inTenant(organization, (tx) => verifyChain(tx, organization.organizationId, secretKey)),
    }),
  ];
}

const columns = [
  'sequence',
  'at',
  'action',
  'outcome',
  'actor_kind',
  'actor_id',
  'actor',
  'provider',
  'target_type',
  'target_id',
  'target',
  'workspace_id',
  'ip',
  'request_id',
  'details',
  'hash',
];

/** Batches in transactions of their own: a slow reader must not hold one open. */
async function* exportCsv(
  db: Database<AuditTables>,
  organizationId: string,
  filters: AuditFilters,
): AsyncIterable<string> {
  yield csvLine(columns);
  let before: number | null = null;
  for (;;) {
    const last: number | null = before;
    const entries: AuditEntry[] = await db.inTenant({ organizationId }, (tx) =>
      entriesBefore(tx, filters, last, exportBatch),
    );
    yield entries.map(csvOf).join('');
    if (entries.length < exportBatch) return;
    before = entries.at(-1)?.sequence ?? 0;
  }
}

function csvOf(entry: AuditEntry): string {
  const { actor, target } = entry;
  return csvLine([
    entry.sequence,
    entry.at,
    entry.action,
    entry.outcome,
    actor.kind,
    actor.id,
    actor.label,
    entry.provider,
    target?.type,
    target?.id,
    target?.label,
    entry.workspaceId,
    entry.ip,
    entry.requestId,
    JSON.stringify(entry.details),
    entry.hash,
  ]);
}
