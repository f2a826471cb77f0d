import type { UndoClass } from '@cloudatlas/contracts/finops';
import type { ApprovalSettings } from '@cloudatlas/contracts/finops-actions';
import { includesFeature, type PlanTier } from '@cloudatlas/contracts/plans';
import { actorOf, type AuditService } from '#modules/audit/index.ts';
import type { Database, TenantScope } from '#platform/db/database.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';
import type { Platform } from '#platform/module.ts';
import type { ActionTables } from './tables.ts';

export type ApprovalMode = ApprovalSettings['mode'];

/** Whether applying needs another person's consent. */
export function needsApproval(mode: ApprovalMode, plan: PlanTier, undoClass: UndoClass): boolean {
  if (!includesFeature(plan, 'finops.approval') || mode === 'none') return false;
  return mode === 'all' || undoClass !== 'R';
}

/** The organization's choice which actions another person decides about. */
export function createApprovals(
  platform: Pick<Platform, 'clock'>,
  db: Database<ActionTables>,
  audit: AuditService,
) {
  async function mode(scope: TenantScope): Promise<ApprovalMode> {
    const row = await db.inTenant(scope, (tx) =>
      tx.selectFrom('finops.approval_setting').select('mode').executeTakeFirst(),
    );
    return row?.mode ?? 'none';
  }
  return {
    mode,
    async put(context: WorkspaceContext, settings: ApprovalSettings): Promise<ApprovalSettings> {
      const { organizationId } = context.organization;
      await db.inTenant({ organizationId }, async (tx) => {
        const row = { mode: settings.mode, updated_at: platform.clock.now() };
        await tx
          .insertInto('finops.approval_setting')
          .values({ organization_id: organizationId, ...row })
          .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(row))
          .execute();
        await audit.record(tx, {
          organizationId,
          action: 'finops.approval_changed',
          outcome: 'success',
          ...actorOf(context),
          workspaceId: context.workspace.workspaceId,
          target: { type: 'organization', id: organizationId, label: context.organization.name },
          details: { mode: settings.mode },
        });
      });
      return settings;
    },
  };
}
