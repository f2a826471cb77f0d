import type { AssignBody, DismissBody } from '@cloudatlas/contracts/finops';
import type { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import type { TenancyService } from '#modules/tenancy/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import type { Platform } from '#platform/module.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Acting } from '../settings/settings.ts';
import type { FinopsTables } from '../tables.ts';
import type { Recommendations } from './list.ts';
import { load, transition, type RecommendationRecord } from './transition.ts';
import type { Viewer } from './viewer.ts';

type Tx = TenantTx<FinopsTables>;

/** What people decide about recommendations besides applying them. */
export function createDecisions(
  platform: Pick<Platform, 'clock' | 'events'>,
  db: Database<FinopsTables>,
  needs: {
    audit: AuditService;
    tenancy: Pick<TenancyService, 'membersWith'>;
    recommendations: Recommendations;
  },
) {
  const { clock, events } = platform;
  const { audit, tenancy, recommendations } = needs;

  async function decide(
    scope: WorkspaceRef,
    viewer: Viewer,
    acting: Acting,
    id: string,
    action: string,
    change: (tx: Tx, row: RecommendationRecord) => Promise<Record<string, unknown>>,
  ) {
    await recommendations.requireShown(scope, viewer, id);
    await db.inTenant(scope, async (tx) => {
      const row = await load(tx, scope, id);
      if (row === undefined) throw notFound('The recommendation');
      const details = await change(tx, row);
      await audit.record(tx, {
        organizationId: scope.organizationId,
        action,
        outcome: 'success',
        ...acting,
        provider: row.provider,
        workspaceId: scope.workspaceId,
        target: { type: 'recommendation', id: row.id, label: `${row.name} (${row.rule_id})` },
        details: { ruleId: row.rule_id, nativeId: row.native_id, ...details },
      });
      await events.live.publish(tx, {
        organizationId: scope.organizationId,
        topic: 'finops.recommendation',
        data: { workspaceId: scope.workspaceId, recommendationId: row.id },
      });
    });
    return recommendations.get(scope, viewer, id);
  }

  return {
    /** @throws AppError `not_found`, `plan_required`, or `conflict` when it is not open */
    dismiss(
      scope: WorkspaceRef,
      viewer: Viewer,
      acting: Acting,
      id: string,
      { reason, note, until }: z.output<typeof DismissBody>,
    ) {
      if (until !== null && new Date(until) <= clock.now())
        throw invalidField('body.until', 'must be in the future');
      return decide(scope, viewer, acting, id, 'recommendation.dismissed', async (tx, row) => {
        if (!(await transition(tx, row.id, ['open', 'dismissed'], 'dismissed'))) throw notPossible(row);
        const dismissal = {
          reason,
          note,
          by: acting.actor.label,
          at: clock.now().toISOString(),
          until,
          monthly: row.monthly_converted,
        };
        await tx
          .updateTable('finops.recommendation')
          .set({
            dismissal: JSON.stringify(dismissal),
            dismissed_until: until === null ? null : new Date(until),
          })
          .where('id', '=', row.id)
          .execute();
        return { reason, note, until };
      });
    },

    /** Takes a dismissal back. @throws AppError `not_found`, `plan_required`, or `conflict` when it is not dismissed */
    reopen(scope: WorkspaceRef, viewer: Viewer, acting: Acting, id: string) {
      return decide(scope, viewer, acting, id, 'recommendation.reopened', async (tx, row) => {
        if (!(await transition(tx, row.id, ['dismissed'], 'open'))) throw notPossible(row);
        await tx
          .updateTable('finops.recommendation')
          .set({ dismissal: null, dismissed_until: null })
          .where('id', '=', row.id)
          .execute();
        return {};
      });
    },

    /** @throws AppError `validation_failed` for somebody who is no member */
    async assign(
      scope: WorkspaceRef,
      viewer: Viewer,
      acting: Acting,
      id: string,
      { userId }: z.output<typeof AssignBody>,
    ) {
      if (userId !== null) {
        const members = await tenancy.membersWith(scope.organizationId, 'finops:read');
        if (!members.some((member) => member.userId === userId))
          throw invalidField('body.userId', 'is not a member of this organization');
      }
      return decide(scope, viewer, acting, id, 'recommendation.assigned', async (tx, row) => {
        await tx
          .updateTable('finops.recommendation')
          .set({ assignee_id: userId })
          .where('id', '=', row.id)
          .execute();
        return { from: row.assignee_id, to: userId };
      });
    },
  };
}

export type Decisions = ReturnType<typeof createDecisions>;

function notPossible(row: RecommendationRecord): AppError {
  return new AppError('conflict', `The recommendation is ${row.status.replace('_', ' ')} now.`, {
    meta: { status: row.status },
  });
}
