import type { Connection } from '@cloudatlas/cloud/contract';
import { loadProvider } from '@cloudatlas/cloud/registry';
import type { OperationDescriptor } from '@cloudatlas/cloud/operations';
import type { AccountFacts } from '#modules/accounts/index.ts';
import { violates, type TenantTx } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import { newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { load, transition, type RecommendationRecord } from '../recommendations/transition.ts';
import { ruleById } from '../rules/catalogue.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import { applyAction } from './kinds.ts';
import type { Outcomes } from './outcome.ts';
import { planSteps, windowMs, type PlannedStep } from './plan.ts';
import type { ActionRecord, ActionTable, ActionTables } from './tables.ts';

type Tx = TenantTx<ActionTables>;

/** Who asks for an action, and how. */
export interface Asker {
  trigger: ActionTable['trigger'];
  policyId: string | null;
  userId: string | null;
  label: string;
  note: string;
  ip: string | null;
  requestId: string | null;
  idempotencyKey: string;
}

export type Placed = { action: ActionRecord } | { refused: 'state' | 'pending' };

/** The operations of a provider. */
export async function operationsOf(providerId: string): Promise<readonly OperationDescriptor[]> {
  const { operations } = await loadProvider(providerId);
  return operations satisfies Connection['operations'];
}

/** The calls that applying a recommendation makes. @throws AppError `conflict` for what the provider cannot do */
export function stepsOf(
  recommendation: Pick<RecommendationRecord, 'action' | 'resource'>,
  operations: readonly OperationDescriptor[],
  now: Date,
): PlannedStep[] {
  if (recommendation.action === null)
    throw new AppError('conflict', 'This recommendation is advice: there is nothing to apply.');
  return planSteps(
    recommendation.action,
    recommendation.resource,
    operations,
    new Date(now.getTime() + windowMs),
  );
}

/**
 * Writes an action with its steps and starts its workflow, or lets it wait for a decision. Of two at once on one
 * recommendation or resource only one is written.
 * @param waitsUntil when the wait for another person's decision ends; null where none is needed
 */
export async function placeAction(
  platform: Pick<Platform, 'clock' | 'db' | 'workflows'>,
  outcomes: Outcomes,
  scope: WorkspaceRef,
  account: AccountFacts,
  recommendationId: string,
  asker: Asker,
  waitsUntil: Date | null,
): Promise<Placed> {
  const operations = await operationsOf(account.provider);
  const db = platform.db.withTables<ActionTables>();
  try {
    return await db.inTenant(scope, async (tx) => {
      const found = await load(tx, scope, recommendationId);
      if (found === undefined || found.status !== 'open') {
        const earlier = await byKey(tx, scope, asker.idempotencyKey);
        if (earlier !== undefined) return { action: earlier };
        return { refused: found?.status === 'applying' ? 'pending' : 'state' } as const;
      }
      const action = await write(tx, platform, scope, account, found, asker, waitsUntil);
      await writeSteps(tx, action, stepsOf(found, operations, platform.clock.now()));
      await transition(tx, found.id, ['open'], 'applying', action.id);
      if (waitsUntil === null) await startApply(tx, platform, action);
      await outcomes.begun(tx, action);
      return { action };
    });
  } catch (error) {
    if (violates(error, 'action_open')) return { refused: 'pending' };
    if (!violates(error, 'action_once')) throw error;
    const earlier = await db.inTenant(scope, (tx) => byKey(tx, scope, asker.idempotencyKey));
    if (earlier === undefined) throw error;
    return { action: earlier };
  }
}

/** The action that an idempotency key gave before. */
export function byKey(tx: Tx, scope: WorkspaceRef, key: string): Promise<ActionRecord | undefined> {
  return tx
    .selectFrom('finops.action')
    .selectAll()
    .where('workspace_id', '=', scope.workspaceId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
}

/** Ids of actions by the idempotency keys that gave them. */
export async function startedBefore(
  tx: Tx,
  scope: WorkspaceRef,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await tx
    .selectFrom('finops.action')
    .select(['id', 'idempotency_key'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('idempotency_key', 'in', [...keys])
    .execute();
  return new Map(rows.map((row) => [row.idempotency_key, row.id]));
}

export async function startApply(
  tx: Tx,
  { workflows }: Pick<Platform, 'workflows'>,
  action: ActionRecord,
): Promise<void> {
  await workflows.start(tx, applyAction, {
    organizationId: action.organization_id,
    workspaceId: action.workspace_id,
    key: `apply ${action.id}`,
    input: { actionId: action.id },
    ...(action.requested_by === null ? {} : { startedBy: action.requested_by }),
  });
}

function write(
  tx: Tx,
  { clock }: Pick<Platform, 'clock'>,
  scope: WorkspaceRef,
  account: AccountFacts,
  recommendation: RecommendationRecord,
  asker: Asker,
  waitsUntil: Date | null,
): Promise<ActionRecord> {
  const { action: planned, resource } = recommendation;
  if (planned === null) throw new AppError('conflict', 'There is nothing to apply.');
  const { type, nativeId, id, region, name } = resource;
  const title = ruleById(recommendation.rule_id)?.title ?? {
    en: recommendation.rule_id,
    'pt-BR': recommendation.rule_id,
  };
  return tx
    .insertInto('finops.action')
    .values({
      organization_id: scope.organizationId,
      id: newId(),
      workspace_id: scope.workspaceId,
      account_id: account.id,
      account_name: account.name,
      provider: account.provider,
      recommendation_id: recommendation.id,
      rule_id: recommendation.rule_id,
      title: JSON.stringify(title),
      kind: planned.kind,
      status: waitsUntil === null ? 'running' : 'waiting',
      resource_id: recommendation.resource_id,
      resource: JSON.stringify({ type, nativeId, id, region, name }),
      planned: JSON.stringify(planned),
      fingerprint: JSON.stringify(recommendation.fingerprint),
      monthly: recommendation.monthly,
      currency: recommendation.currency,
      monthly_converted: recommendation.monthly_converted,
      undo_class: recommendation.undo_class,
      trigger: asker.trigger,
      policy_id: asker.policyId,
      requested_by: asker.userId,
      requested_by_label: asker.label,
      note: asker.note,
      ip: asker.ip,
      request_id: asker.requestId,
      idempotency_key: asker.idempotencyKey,
      needs_approval: waitsUntil !== null,
      expires_at: waitsUntil,
      created_at: clock.now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function writeSteps(tx: Tx, action: ActionRecord, steps: readonly PlannedStep[]): Promise<void> {
  await tx
    .insertInto('finops.action_step')
    .values(
      steps.map((step, position) => ({
        organization_id: action.organization_id,
        action_id: action.id,
        phase: 'apply' as const,
        position,
        operation: step.operation,
        target: JSON.stringify(step.target),
        parameters: JSON.stringify(step.parameters),
        calls: [...step.calls],
        later: step.later,
        status: 'pending' as const,
        token: newId(),
      })),
    )
    .execute();
}
