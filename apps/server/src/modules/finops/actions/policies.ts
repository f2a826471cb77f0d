import type {
  AutomationPolicy,
  AutomationPolicyBody,
  AutomationPolicyChange,
} from '@cloudatlas/contracts/finops-actions';
import { sql } from 'kysely';
import type { z } from 'zod';
import { actorOf, type AuditService } from '#modules/audit/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';
import { requirePermission } from '#platform/http/gate.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { scopeOf, type WorkspaceRef } from '../scope-of.ts';
import type { ActionTables, PolicyRecord } from './tables.ts';

type Tx = TenantTx<ActionTables>;
type Body = z.output<typeof AutomationPolicyBody>;
const maxPolicies = 50;

/** Policies by which recommendations are applied without a person. */
export function createPolicies(
  { clock }: Pick<Platform, 'clock'>,
  db: Database<ActionTables>,
  audit: AuditService,
) {
  async function find(tx: Tx, scope: WorkspaceRef, policyId: string): Promise<PolicyRecord> {
    const row = isId(policyId)
      ? await tx
          .selectFrom('finops.automation_policy')
          .selectAll()
          .where('id', '=', policyId)
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirst()
      : undefined;
    if (row === undefined) throw notFound('The policy');
    return row;
  }

  function record(tx: Tx, context: WorkspaceContext, row: PolicyRecord, change: string): Promise<void> {
    return audit.record(tx, {
      organizationId: row.organization_id,
      action: `finops.policy_${change}`,
      outcome: 'success',
      ...actorOf(context),
      workspaceId: row.workspace_id,
      target: { type: 'finops.policy', id: row.id, label: row.name },
      details: {
        enabled: row.enabled,
        rules: row.rules,
        undoClasses: row.undo_classes,
        accounts: row.account_ids.length,
        minimumMonthly: row.minimum_monthly,
        window: `${row.from_hour}–${row.to_hour} ${row.time_zone}, days ${row.days.join(' ')}`,
        maxActionsPerDay: row.max_actions_per_day,
        ...(row.final_confirmed ? { finalConfirmed: true } : {}),
      },
    });
  }

  function columnsOf(context: WorkspaceContext, body: Body) {
    // It acts in the name of who saves it: a key that may not apply must not have a policy do it.
    if (body.enabled) requirePermission(context.organization, 'finops:apply');
    const final = body.enabled && body.undoClasses.includes('N');
    // What cannot be brought back is confirmed by a name, typed: here as for a single action.
    if (final && body.confirmName !== body.name)
      throw invalidField('body.confirmName', 'type the name of the policy', 'mismatch');
    if (!isTimeZone(body.window.timeZone))
      throw invalidField('body.window.timeZone', 'is not a time zone such as America/Sao_Paulo');
    return {
      name: body.name,
      enabled: body.enabled,
      rules: body.rules,
      undo_classes: body.undoClasses,
      account_ids: body.accountIds,
      minimum_monthly: body.minimumMonthly,
      time_zone: body.window.timeZone,
      days: [...new Set(body.window.days)].toSorted((a, b) => a - b),
      from_hour: body.window.fromHour,
      to_hour: body.window.toHour,
      max_actions_per_day: body.maxActionsPerDay,
      final_confirmed: final,
      set_by: context.principal.userId,
      set_by_label: actorOf(context).actor.label,
    };
  }

  return {
    async list(scope: WorkspaceRef): Promise<AutomationPolicy[]> {
      return db.inTenant(scope, async (tx) => {
        const rows = await tx
          .selectFrom('finops.automation_policy')
          .selectAll()
          .where('workspace_id', '=', scope.workspaceId)
          .orderBy('created_at')
          .limit(maxPolicies)
          .execute();
        const recent = new Map<string, number>();
        for (const row of rows) recent.set(row.id, await recentActions(tx, row.id, clock.now()));
        return rows.map((row) => present(row, recent.get(row.id) ?? 0));
      });
    },

    async create(context: WorkspaceContext, body: Body): Promise<AutomationPolicy> {
      const scope = scopeOf(context);
      return db.inTenant(scope, async (tx) => {
        const { n } = await tx
          .selectFrom('finops.automation_policy')
          .select((eb) => eb.fn.countAll<string>().as('n'))
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirstOrThrow();
        if (Number(n) >= maxPolicies)
          throw new AppError('conflict', `A workspace has at most ${maxPolicies} policies.`);
        const row = await tx
          .insertInto('finops.automation_policy')
          .values({
            organization_id: scope.organizationId,
            id: newId(),
            workspace_id: scope.workspaceId,
            ...columnsOf(context, body),
            ticked_at: null,
            created_at: clock.now(),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await record(tx, context, row, 'created');
        return present(row, 0);
      });
    },

    async update(
      context: WorkspaceContext,
      policyId: string,
      change: z.output<typeof AutomationPolicyChange>,
    ): Promise<AutomationPolicy> {
      const scope = scopeOf(context);
      return db.inTenant(scope, async (tx) => {
        const before = await find(tx, scope, policyId);
        const { id } = before;
        const { id: _id, createdAt: _createdAt, recentActions: _recent, ...kept } = present(before, 0);
        const row = await tx
          .updateTable('finops.automation_policy')
          .set(columnsOf(context, { ...kept, ...given(change) }))
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
        await record(tx, context, row, 'changed');
        return present(row, await recentActions(tx, id, clock.now()));
      });
    },

    async remove(context: WorkspaceContext, policyId: string): Promise<void> {
      const scope = scopeOf(context);
      await db.inTenant(scope, async (tx) => {
        const row = await find(tx, scope, policyId);
        await tx.deleteFrom('finops.automation_policy').where('id', '=', row.id).execute();
        await record(tx, context, row, 'removed');
      });
    },
  };
}

/** Actions that a policy started in the last 24 hours. */
export async function recentActions(tx: Tx, policyId: string, now: Date): Promise<number> {
  const { n } = await tx
    .selectFrom('finops.action')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('policy_id', '=', policyId)
    .where('created_at', '>', new Date(now.getTime() - 86_400_000))
    .executeTakeFirstOrThrow();
  return n;
}

function present(row: PolicyRecord, recent: number): AutomationPolicy {
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled,
    rules: row.rules,
    undoClasses: row.undo_classes,
    accountIds: row.account_ids,
    minimumMonthly: row.minimum_monthly,
    window: { timeZone: row.time_zone, days: row.days, fromHour: row.from_hour, toHour: row.to_hour },
    maxActionsPerDay: row.max_actions_per_day,
    createdAt: row.created_at.toISOString(),
    recentActions: recent,
  };
}

/** The members that are there. */
function given(change: z.output<typeof AutomationPolicyChange>): Partial<Body> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
