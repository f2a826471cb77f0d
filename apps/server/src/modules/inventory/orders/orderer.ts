import type { Permission } from '@cloudatlas/contracts/permissions';
import { actorOf, type AuditActor } from '#modules/audit/index.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';
import { scopeOf, type WorkspaceRef } from '../scope-of.ts';

/** On whose behalf orders are placed, where, and what they may do there. */
export interface Orderer extends WorkspaceRef {
  /** As the audit log names them. */
  actor: AuditActor;
  userId: string | null;
  permissions: ReadonlySet<Permission>;
  ip: string | null;
  requestId: string | null;
}

/** The person or key behind a request. */
export function ordererOf(context: WorkspaceContext): Orderer {
  return {
    ...scopeOf(context),
    ...actorOf(context),
    userId: context.principal.userId,
    permissions: context.organization.permissions,
  };
}
