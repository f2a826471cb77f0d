import { z } from 'zod';
import { Cursor, Id, Instant, PageLimit } from './common.ts';

export const AuditOutcome = z.enum(['success', 'failure', 'denied']);
export type AuditOutcome = z.infer<typeof AuditOutcome>;

export const AuditEntry = z.object({
  id: Id,
  /** Position in the organization's hash chain, from 1. */
  sequence: z.number().int(),
  at: Instant,
  /** Dotted verb, e.g. `organization.renamed`. */
  action: z.string(),
  outcome: AuditOutcome,
  actor: z.object({
    kind: z.enum(['user', 'api_key', 'staff', 'system', 'anonymous']),
    id: z.string().nullable(),
    /** Name or e-mail as it was then; stays when the user is deleted. */
    label: z.string(),
  }),
  /** Cloud provider concerned, when there is one. */
  provider: z.string().nullable(),
  target: z.object({ type: z.string(), id: z.string().nullable(), label: z.string().nullable() }).nullable(),
  workspaceId: Id.nullable(),
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  /** SHA-256 of the previous hash and this entry, hex. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Filters shared by the list and the export. `action` matches exactly or as prefix when it ends in `.`. */
const filters = {
  action: z.string().max(100).optional(),
  provider: z.string().max(40).optional(),
  outcome: AuditOutcome.optional(),
  actor: z.string().trim().max(200).optional(),
  workspaceId: Id.optional(),
  /** Inclusive. */
  from: Instant.optional(),
  /** Exclusive. */
  to: Instant.optional(),
};
/** GET /api/v1/orgs/{org}/audit. `cursor` and `offset` exclude each other. */
export const AuditQuery = z
  .strictObject({
    ...filters,
    limit: PageLimit,
    cursor: Cursor.optional(),
    offset: z.coerce.number().int().min(0).max(1_000_000).optional(),
  })
  .refine((query) => query.cursor === undefined || query.offset === undefined, {
    message: 'send cursor or offset, not both',
    path: ['offset'],
  });
export const AuditPage = z.object({
  items: z.array(AuditEntry),
  nextCursor: z.string().nullable(),
  /** Number of entries that match the filters. */
  total: z.number().int(),
});
/** GET /api/v1/orgs/{org}/audit/actions: distinct actions, for the filter. */
export const AuditActions = z.object({ items: z.array(z.string()) });
/** GET /api/v1/orgs/{org}/audit/export.csv. */
export const AuditExportQuery = z.strictObject(filters);
/** GET /api/v1/orgs/{org}/audit/verification: the chain checked now. */
export const AuditVerification = z.object({
  valid: z.boolean(),
  entries: z.number().int(),
  /** Sequence of the first broken entry. */
  brokenAt: z.number().int().nullable(),
  reason: z.string().nullable(),
});
