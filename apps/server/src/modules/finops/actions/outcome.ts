import type { LocalText, RecommendationStatus } from '@cloudatlas/contracts/finops';
import type { AuditActor, AuditService } from '#modules/audit/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import type { Platform } from '#platform/module.ts';
import { transition } from '../recommendations/transition.ts';
import { actionEvents, type ActionEvent } from './events.ts';
import type { ActionRecord, ActionTables, Status } from './tables.ts';

type Tx = TenantTx<ActionTables>;

/** A step of an action's life, as the timeline, the audit log and subscribers see it. */
export interface Turnover {
  from: readonly Status[];
  to: Status;
  /** Other columns that change with it. */
  set?: Partial<{
    message: string | null;
    attention: LocalText | null;
    applied_at: Date | null;
    undo_from: Date | null;
    undo_until: Date | null;
    final_at: Date | null;
    left_as: string;
    created: string;
    undo_pending: boolean;
    undo_round: number;
    undo_by: string | null;
    undo_by_label: string;
    finished_at: Date | null;
    decided_by: string;
    decided_by_label: string;
    decided_at: Date;
    decision_note: string;
  }>;
  /** Where the recommendation goes with it. */
  recommendation?: RecommendationStatus;
  event?: ActionEvent;
  /** Verb of the audit entry, e.g. `applied`; none when absent. */
  audit?: string;
  outcome?: 'success' | 'failure';
  /** Who did it; whoever asked for the action by default. */
  actor?: AuditActor;
}

export type Outcomes = ReturnType<typeof createOutcomes>;

/** Moves actions from state to state, each move once: row, recommendation, audit, event and live message together. */
export function createOutcomes(
  platform: Pick<Platform, 'clock' | 'events'>,
  db: Database<ActionTables>,
  audit: AuditService,
) {
  const { clock, events } = platform;

  function tell(tx: Tx, action: ActionRecord): Promise<void> {
    const data = {
      workspaceId: action.workspace_id,
      actionId: action.id,
      recommendationId: action.recommendation_id,
      status: action.status,
    };
    return events.live.publish(tx, {
      organizationId: action.organization_id,
      topic: 'finops.action',
      data,
    });
  }

  async function announce(tx: Tx, action: ActionRecord, event: ActionEvent): Promise<void> {
    const { type, nativeId, name, region } = action.resource;
    await events.publish(tx, actionEvents[event], {
      organizationId: action.organization_id,
      workspaceId: action.workspace_id,
      actionId: action.id,
      recommendationId: action.recommendation_id,
      ruleId: action.rule_id,
      kind: action.kind,
      trigger: action.trigger,
      accountId: action.account_id,
      resource: { id: action.resource_id, type, nativeId, name, region },
      monthlySaving: savingOf(action),
      message: action.message,
    });
  }

  async function record(
    tx: Tx,
    action: ActionRecord,
    verb: string,
    outcome: 'success' | 'failure',
    actor: AuditActor,
  ): Promise<void> {
    await audit.record(tx, {
      organizationId: action.organization_id,
      action: `finops.action_${verb}`,
      outcome,
      actor,
      ip: action.ip,
      requestId: action.request_id,
      provider: action.provider,
      workspaceId: action.workspace_id,
      target: { type: action.resource.type, id: action.resource_id, label: action.resource.name },
      details: {
        actionId: action.id,
        recommendationId: action.recommendation_id,
        rule: action.rule_id,
        kind: action.kind,
        account: action.account_name,
        trigger: action.trigger,
        ...(action.policy_id === null ? {} : { policyId: action.policy_id }),
        ...(action.note === '' ? {} : { note: action.note }),
        ...(action.message === null ? {} : { message: action.message }),
        ...(action.created.length === 0 ? {} : { created: action.created.map(({ nativeId }) => nativeId) }),
      },
    });
  }

  /** @returns the action as it is now; undefined when it was in none of the states `from` (any more) */
  async function turnIn(tx: Tx, actionId: string, turnover: Turnover): Promise<ActionRecord | undefined> {
    const { attention, ...rest } = turnover.set ?? {};
    const action = await tx
      .updateTable('finops.action')
      .set({
        ...rest,
        ...(attention === undefined
          ? {}
          : { attention: attention === null ? null : JSON.stringify(attention) }),
        status: turnover.to,
      })
      .where('id', '=', actionId)
      .where('status', 'in', [...turnover.from])
      .returningAll()
      .executeTakeFirst();
    if (action === undefined) return undefined;
    if (turnover.recommendation !== undefined)
      await transition(
        tx,
        action.recommendation_id,
        ['applying', 'applied', 'needs_attention', 'open', 'expired'],
        turnover.recommendation,
        action.id,
        clock.now(),
      );
    if (turnover.audit !== undefined)
      await record(
        tx,
        action,
        turnover.audit,
        turnover.outcome ?? 'success',
        turnover.actor ?? askerOf(action),
      );
    if (turnover.event !== undefined) await announce(tx, action, turnover.event);
    await tell(tx, action);
    return action;
  }

  return {
    turnIn,
    turn: (action: Pick<ActionRecord, 'organization_id' | 'id'>, turnover: Turnover) =>
      db.inTenant({ organizationId: action.organization_id }, (tx) => turnIn(tx, action.id, turnover)),
    /** A new action was written. */
    async begun(tx: Tx, action: ActionRecord): Promise<void> {
      await record(tx, action, 'requested', 'success', askerOf(action));
      if (action.status === 'running') await announce(tx, action, 'started');
      await tell(tx, action);
    },
    /** Open pages should read the action again. */
    changed: (action: ActionRecord) =>
      db.inTenant({ organizationId: action.organization_id }, (tx) => tell(tx, action)),
  };
}

/** Whoever asked for an action, as the audit log names them. */
export function askerOf(action: ActionRecord): AuditActor {
  if (action.policy_id !== null) return { kind: 'system', id: null, label: action.requested_by_label };
  return { kind: 'user', id: action.requested_by, label: action.requested_by_label };
}

/** Whoever asked for an undo. */
export function undoerOf(action: ActionRecord): AuditActor {
  return { kind: 'user', id: action.undo_by, label: action.undo_by_label ?? action.requested_by_label };
}

export function savingOf(action: Pick<ActionRecord, 'monthly' | 'currency'>) {
  return action.monthly === null || action.currency === null
    ? null
    : { amount: action.monthly, currency: action.currency };
}
