import type { AlertRule, AlertRuleBody } from '@cloudatlas/contracts/cost-control';
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import type { Acting } from '../imports/imports.ts';
import { evaluateJob } from '../jobs.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { AlertRuleTable, CostsTables } from '../tables.ts';

type Tx = TenantTx<CostsTables>;
export type RuleRow = Selectable<AlertRuleTable>;
const maxRules = 200;

/** Cost alert rules of a workspace. */
export function createRules(
  platform: Pick<Platform, 'clock' | 'jobs'>,
  db: Database<CostsTables>,
  audit: AuditService,
) {
  const { clock, jobs } = platform;

  async function changed(
    tx: Tx,
    scope: WorkspaceRef,
    acting: Acting,
    action: string,
    row: RuleRow,
  ): Promise<void> {
    await audit.record(tx, {
      organizationId: scope.organizationId,
      action,
      outcome: 'success',
      ...acting,
      workspaceId: scope.workspaceId,
      target: { type: 'cost_alert_rule', id: row.id, label: row.name },
      details: { window: row.time_window, condition: row.condition, enabled: row.enabled },
    });
    await jobs.enqueue(tx, evaluateJob, {
      organizationId: scope.organizationId,
      workspaceId: scope.workspaceId,
    });
  }

  return {
    async list(scope: WorkspaceRef, page: { cursor?: string | undefined; limit: number }) {
      const rows = await db.inTenant(scope, (tx) => {
        let select = tx
          .selectFrom('costs.alert_rule')
          .selectAll()
          .where('workspace_id', '=', scope.workspaceId)
          .orderBy('id')
          .limit(page.limit + 1);
        if (page.cursor !== undefined) {
          const [after = ''] = decodeCursor(page.cursor, 1);
          if (!isId(after)) throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where('id', '>', after);
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, page.limit, (row) => [row.id]);
      return { items: items.map(present), nextCursor };
    },

    async create(
      scope: WorkspaceRef,
      acting: Acting,
      body: z.output<typeof AlertRuleBody>,
    ): Promise<AlertRule> {
      return db.inTenant(scope, async (tx) => {
        const { n } = await tx
          .selectFrom('costs.alert_rule')
          .select((eb) => eb.fn.countAll<string>().as('n'))
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirstOrThrow();
        if (Number(n) >= maxRules)
          throw new AppError('limit_reached', `A workspace can have ${maxRules} alert rules.`, {
            meta: { max: maxRules },
          });
        const row = await tx
          .insertInto('costs.alert_rule')
          .values({
            organization_id: scope.organizationId,
            id: newId(),
            workspace_id: scope.workspaceId,
            ...columnsOf(body),
            created_at: clock.now(),
            updated_at: clock.now(),
            last_fired_at: null,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await changed(tx, scope, acting, 'cost_alert_rule.created', row);
        return present(row);
      });
    },

    async update(
      scope: WorkspaceRef,
      acting: Acting,
      ruleId: string,
      body: z.output<typeof AlertRuleBody>,
    ): Promise<AlertRule> {
      if (!isId(ruleId)) throw notFound('The alert rule');
      return db.inTenant(scope, async (tx) => {
        const row = await tx
          .updateTable('costs.alert_rule')
          .set({ ...columnsOf(body), updated_at: clock.now() })
          .where('id', '=', ruleId)
          .where('workspace_id', '=', scope.workspaceId)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) throw notFound('The alert rule');
        await changed(tx, scope, acting, 'cost_alert_rule.changed', row);
        return present(row);
      });
    },

    async remove(scope: WorkspaceRef, acting: Acting, ruleId: string): Promise<void> {
      if (!isId(ruleId)) throw notFound('The alert rule');
      await db.inTenant(scope, async (tx) => {
        const row = await tx
          .deleteFrom('costs.alert_rule')
          .where('id', '=', ruleId)
          .where('workspace_id', '=', scope.workspaceId)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) throw notFound('The alert rule');
        await changed(tx, scope, acting, 'cost_alert_rule.removed', row);
      });
    },
  };
}

export type Rules = ReturnType<typeof createRules>;

function columnsOf(body: z.output<typeof AlertRuleBody>) {
  return {
    name: body.name,
    filters: JSON.stringify(body.filters),
    time_window: body.window,
    condition: JSON.stringify(body.condition),
    enabled: body.enabled,
  };
}

function present(row: RuleRow): AlertRule {
  return {
    id: row.id,
    name: row.name,
    filters: row.filters,
    window: row.time_window,
    condition: row.condition,
    enabled: row.enabled,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    lastFiredAt: row.last_fired_at?.toISOString() ?? null,
  };
}
