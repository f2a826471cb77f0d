import type { UndoClass } from '@cloudatlas/contracts/finops';
import type { ApprovalSettings } from '@cloudatlas/contracts/finops-actions';
import { includesFeature, type PlanTier } from '@cloudatlas/contracts/plans';
import { actorOf, type AuditService } from '#modules/audit/index.ts';
import type { Database, TenantScope } from '#platform/db/database.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';
import type { Platform } from '#platform/module.ts';
import type { ActionRecord, ActionTables } from './tables.ts';

const dayMs = 86_400_000;
/** For organizations that chose none, and for requests of before there was a choice. */
export const defaultExpireDays = 7;

/** Whether applying needs another person's consent. */
export function needsApproval(
  { mode }: Pick<ApprovalSettings, 'mode'>,
  plan: PlanTier,
  undoClass: UndoClass,
): boolean {
  if (!includesFeature(plan, 'finops.approval') || mode === 'none') return false;
  return mode === 'all' || undoClass !== 'R';
}

/** When a request ends if nobody decides about it. */
export function expiryOf(request: Pick<ActionRecord, 'created_at' | 'expires_at'>): Date {
  return request.expires_at ?? expiryFrom(request.created_at, { expireDays: defaultExpireDays });
}

/** When a request that is made now will end. */
export function expiryFrom(now: Date, { expireDays }: Pick<ApprovalSettings, 'expireDays'>): Date {
  return new Date(now.getTime() + expireDays * dayMs);
}

/** The organization's choice which actions another person decides about. */
export function createApprovals(
  platform: Pick<Platform, 'clock'>,
  db: Database<ActionTables>,
  audit: AuditService,
) {
  return {
    async get(scope: TenantScope): Promise<ApprovalSettings> {
      const row = await db.inTenant(scope, (tx) =>
        tx.selectFrom('finops.approval_setting').select(['mode', 'expire_days']).executeTakeFirst(),
      );
      return { mode: row?.mode ?? 'none', expireDays: row?.expire_days ?? defaultExpireDays };
    },

    async put(context: WorkspaceContext, settings: ApprovalSettings): Promise<ApprovalSettings> {
      const { organizationId } = context.organization;
      await db.inTenant({ organizationId }, async (tx) => {
        const row = {
          mode: settings.mode,
          expire_days: settings.expireDays,
          updated_at: platform.clock.now(),
        };
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
          details: { mode: settings.mode, expireDays: settings.expireDays },
        });
      });
      return settings;
    },
  };
}
