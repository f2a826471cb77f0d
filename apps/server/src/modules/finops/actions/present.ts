import type { OperationDescriptor } from '@cloudatlas/cloud/operations';
import type { Resource } from '@cloudatlas/cloud/resource';
import type { ActionDetail, ActionRow, ActionStepView } from '@cloudatlas/contracts/finops-actions';
import type { z } from 'zod';
import { expiryOf } from './approvals.ts';
import { savingOf } from './outcome.ts';
import { reverseSteps, type PlannedStep } from './plan.ts';
import type { ActionRecord, StepRecord } from './tables.ts';

type StepView = z.infer<typeof ActionStepView>;
type Realised = NonNullable<ActionDetail['realised']>;

export function presentAction(action: ActionRecord): ActionRow {
  const { type, nativeId, name, region } = action.resource;
  return {
    id: action.id,
    recommendationId: action.recommendation_id,
    ruleId: action.rule_id,
    title: action.title,
    kind: action.kind,
    status: action.status,
    provider: action.provider,
    accountId: action.account_id,
    accountName: action.account_name,
    resource: { id: action.resource_id, type, nativeId, name, region },
    monthlySaving: savingOf(action),
    undoClass: action.undo_class,
    requestedBy: { id: action.requested_by, name: action.requested_by_label },
    trigger: action.trigger,
    undoUntil: canUndo(action) ? instant(action.undo_until) : null,
    finalAt: action.status === 'quarantined' ? instant(action.final_at) : null,
    expiresAt: action.status === 'waiting' ? expiryOf(action).toISOString() : null,
    message: action.message,
    createdAt: action.created_at.toISOString(),
    finishedAt: instant(action.finished_at),
  };
}

export function presentDetail(
  action: ActionRecord,
  steps: readonly StepRecord[],
  before: Resource | null,
  realised: Realised | null,
  operations: readonly OperationDescriptor[],
): ActionDetail {
  const apply = steps.filter(({ phase }) => phase === 'apply');
  const undo = steps.filter(({ phase }) => phase === 'undo');
  return {
    ...presentAction(action),
    steps: apply.map(presentStep),
    undoSteps: undo.length > 0 ? undo.map(presentStep) : foreseenUndo(action, apply, operations),
    undoFrom: canUndo(action) ? instant(action.undo_from) : null,
    attention: action.status === 'needs_attention' ? action.attention : null,
    before: before === null ? null : { ...before },
    created: action.created,
    realised,
    approval: action.needs_approval
      ? {
          requestedBy: { id: action.requested_by, name: action.requested_by_label },
          decidedBy:
            action.decided_by_label === null
              ? null
              : { id: action.decided_by, name: action.decided_by_label },
          decidedAt: instant(action.decided_at),
          note: action.decision_note ?? action.note,
        }
      : null,
  };
}

/** Before undo begins: what it would do. */
function foreseenUndo(
  action: ActionRecord,
  apply: readonly StepRecord[],
  operations: readonly OperationDescriptor[],
): StepView[] {
  if (['failed', 'rejected', 'withdrawn', 'expired', 'final'].includes(action.status)) return [];
  const effective = apply.filter(({ status }) => status !== 'already' && status !== 'skipped');
  return reverseSteps(effective, operations).map(presentPlanned);
}

function canUndo(action: ActionRecord): boolean {
  return action.status === 'applied' || action.status === 'quarantined';
}

export function presentPlanned(step: PlannedStep): StepView {
  return {
    operation: step.operation,
    target: step.target,
    parameters: { ...step.parameters },
    calls: [...step.calls],
    status: 'pending',
    message: null,
    startedAt: null,
    finishedAt: null,
  };
}

function presentStep(step: StepRecord): StepView {
  return {
    operation: step.operation,
    target: step.target,
    parameters: { ...step.parameters },
    calls: step.calls,
    status: step.status,
    message: step.message,
    startedAt: instant(step.started_at),
    finishedAt: instant(step.finished_at),
  };
}

function instant(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
