import type { TenantScope } from '#platform/db/database.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';

/** One workspace of one organization. */
export interface WorkspaceRef extends TenantScope {
  workspaceId: string;
}

export function scopeOf({ organization, workspace }: WorkspaceContext): WorkspaceRef {
  return { organizationId: organization.organizationId, workspaceId: workspace.workspaceId };
}
