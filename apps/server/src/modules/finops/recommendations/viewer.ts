import type { Permission } from '@cloudatlas/contracts/permissions';
import { limitOf, type PlanTier } from '@cloudatlas/contracts/plans';
import { sql, type RawBuilder } from 'kysely';
import type { WorkspaceContext } from '#platform/http/context.ts';

/** Who looks at recommendations. */
export interface Viewer {
  userId: string;
  plan: PlanTier;
  permissions: ReadonlySet<Permission>;
}

export function viewerOf({ principal, organization }: WorkspaceContext): Viewer {
  return { userId: principal.userId, plan: organization.plan, permissions: organization.permissions };
}

/** How many recommendations the plan shows; null for all. */
export function shownTo(viewer: Pick<Viewer, 'plan'>): number | null {
  return limitOf.recommendations_shown[viewer.plan];
}

/**
 * Condition on rows of `finops.recommendation` that the plan shows: the largest of the workspace. Dismissed ones keep
 * their place, so that dismissing does not turn the pages of the list.
 */
export function withinPlan(workspaceId: string, viewer: Viewer): RawBuilder<boolean> {
  const shown = shownTo(viewer);
  if (shown === null) return sql<boolean>`true`;
  return sql<boolean>`recommendation.id in (
    select id from finops.recommendation
    where workspace_id = ${workspaceId} and status <> 'expired'
    order by coalesce(monthly_converted, -1) desc, id desc
    limit ${shown})`;
}
