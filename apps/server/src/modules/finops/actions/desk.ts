import { compare, sum } from '@cloudatlas/cloud/decimal';
import { CloudError } from '@cloudatlas/cloud/errors';
import type { OperationDescriptor } from '@cloudatlas/cloud/operations';
import type {
  ActionDetail,
  ActionPlanView,
  ApplyBody,
  ApprovalSettings,
  BulkApplyBody,
  BulkPreview,
  BulkResult,
} from '@cloudatlas/contracts/finops-actions';
import type { z } from 'zod';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import { actorOf } from '#modules/audit/index.ts';
import type { CostsService } from '#modules/costs/index.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';
import { isId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import type { RecommendationRecord } from '../recommendations/transition.ts';
import { scopeOf, type WorkspaceRef } from '../scope-of.ts';
import { expiryFrom, needsApproval, type createApprovals } from './approvals.ts';
import { blockOf, refusal } from './blocked.ts';
import type { createActionList } from './list.ts';
import { savingOf, type Outcomes } from './outcome.ts';
import { byKey, operationsOf, placeAction, startedBefore, stepsOf, type Asker } from './place.ts';
import { descriptorOf, effectOf, featuresFor, reverseSteps, undoEffectOf, type PlannedStep } from './plan.ts';
import { presentPlanned } from './present.ts';
import type { ActionTables } from './tables.ts';

export interface DeskDeps {
  platform: Pick<Platform, 'clock' | 'db' | 'workflows'>;
  db: Database<ActionTables>;
  accounts: AccountsService;
  costs: Pick<CostsService, 'money'>;
  outcomes: Outcomes;
  approvals: ReturnType<typeof createApprovals>;
  list: ReturnType<typeof createActionList>;
}

/** Shows what applying would do, and starts it. */
export function createDesk(deps: DeskDeps) {
  const { platform, db, accounts, outcomes, approvals, list } = deps;

  async function find(scope: WorkspaceRef, ids: readonly string[]): Promise<RecommendationRecord[]> {
    const known = ids.filter(isId);
    if (known.length === 0) return [];
    return db.inTenant(scope, (tx) =>
      tx
        .selectFrom('finops.recommendation')
        .selectAll()
        .where('workspace_id', '=', scope.workspaceId)
        .where('id', 'in', known)
        .execute(),
    );
  }

  async function findOne(scope: WorkspaceRef, id: string) {
    const [recommendation] = await find(scope, [id]);
    if (recommendation === undefined) throw notFound('The recommendation');
    const account = await accounts.factsOf(scope, recommendation.account_id);
    return { recommendation, account };
  }

  /** Why the caller cannot apply it now. */
  function blocked(
    context: WorkspaceContext,
    recommendation: RecommendationRecord,
    account: AccountFacts,
    operations: readonly OperationDescriptor[],
  ): string | null {
    const who = { permissions: context.organization.permissions, plan: context.organization.plan };
    if (recommendation.action === null) return blockOf(recommendation, account, who, []);
    let steps: PlannedStep[];
    try {
      steps = stepsOf(recommendation, operations, platform.clock.now());
    } catch (error) {
      if (error instanceof AppError) return 'unsupported';
      throw error;
    }
    return blockOf(recommendation, account, who, featuresFor(steps, operations));
  }

  return {
    /** The exact calls, without making any; where the provider has a dry run it is asked. */
    async plan(context: WorkspaceContext, recommendationId: string): Promise<ActionPlanView> {
      const scope = scopeOf(context);
      const { recommendation, account } = await findOne(scope, recommendationId);
      const operations = await operationsOf(account.provider);
      const steps = stepsOf(recommendation, operations, platform.clock.now());
      const undo = reverseSteps(steps, operations);
      const kind = recommendation.action?.kind ?? 'operations';
      return {
        kind,
        undoClass: recommendation.undo_class,
        steps: steps.map(presentPlanned),
        undoSteps: undo.map(presentPlanned),
        effect: effectOf(kind, recommendation.name),
        undoEffect: undoEffectOf(kind, recommendation.undo_class, undo.length > 0),
        confirm: recommendation.undo_class === 'N' ? 'typed' : 'simple',
        // Asking the provider is for those who may act on it.
        dryRun:
          account.enabled && context.organization.permissions.has('finops:apply')
            ? await dryRun(accounts, scope, account, steps, operations, context.signal)
            : null,
        needsApproval: needsApproval(
          await approvals.get(scope),
          context.organization.plan,
          recommendation.undo_class,
        ),
      };
    },

    async apply(
      context: WorkspaceContext,
      recommendationId: string,
      body: z.output<typeof ApplyBody>,
    ): Promise<ActionDetail> {
      const scope = scopeOf(context);
      const { recommendation, account } = await findOne(scope, recommendationId);
      const earlier = await db.inTenant(scope, (tx) => byKey(tx, scope, body.idempotencyKey));
      if (earlier !== undefined) {
        if (earlier.recommendation_id !== recommendation.id) throw new AppError('idempotency_mismatch');
        return list.get(scope, earlier.id);
      }
      const reason = blocked(context, recommendation, account, await operationsOf(account.provider));
      if (reason !== null) throw refusal(reason, account);
      if (recommendation.undo_class === 'N' && body.confirmName !== recommendation.name)
        throw invalidField('body.confirmName', 'type the name of the resource', 'mismatch');
      const waits = waitOf(await approvals.get(scope), context, recommendation);
      const asker = askerIn(context, 'manual', body.idempotencyKey, body.note);
      const placed = await placeAction(platform, outcomes, scope, account, recommendation.id, asker, waits);
      if ('refused' in placed) throw refusal(placed.refused, account);
      if (placed.action.recommendation_id !== recommendation.id) throw new AppError('idempotency_mismatch');
      return list.get(scope, placed.action.id);
    },

    async preview(context: WorkspaceContext, ids: readonly string[]): Promise<BulkPreview> {
      const scope = scopeOf(context);
      const items = await judge(context, ids);
      const open = items.filter((item) => item.blockedBy === null);
      const money = open.flatMap(({ recommendation }) => recommendation.monthly_converted ?? []);
      return {
        items: items.map(({ recommendation, blockedBy }) => ({
          recommendationId: recommendation.id,
          name: recommendation.name,
          kind: recommendation.action?.kind ?? null,
          undoClass: recommendation.undo_class,
          restart: recommendation.restart,
          monthlySaving: savingOf(recommendation),
          blockedBy,
        })),
        currency: await deps.costs.money.currency(scope),
        monthlySaving: sum(['0', ...money]),
        applicable: open.length,
        restarts: open.filter(({ recommendation }) => recommendation.restart).length,
        final: open.filter(({ recommendation }) => recommendation.undo_class === 'N').length,
      };
    },

    /** Starts each on its own, within the limits; what is left out says why. */
    async bulk(
      context: WorkspaceContext,
      body: z.output<typeof BulkApplyBody>,
    ): Promise<z.input<typeof BulkResult>> {
      const scope = scopeOf(context);
      const items = await judge(context, body.recommendationIds);
      const known = new Set(items.map(({ recommendation }) => recommendation.id));
      const started: { recommendationId: string; actionId: string }[] = [];
      const skipped = body.recommendationIds
        .filter((id) => !known.has(id))
        .map((id) => ({ recommendationId: id, reason: 'not_found' }));
      const consent = await approvals.get(scope);
      const keyOf = (id: string): string => `${body.idempotencyKey}/${id}`;
      const before = await db.inTenant(scope, (tx) =>
        startedBefore(
          tx,
          scope,
          items.map(({ recommendation }) => keyOf(recommendation.id)),
        ),
      );
      let touched = '0';
      for (const { recommendation, account, blockedBy } of items) {
        const key = keyOf(recommendation.id);
        const cost = recommendation.cost_converted;
        const total = sum([touched, cost ?? '0']);
        const earlier = before.get(key);
        if (earlier !== undefined) {
          // The same press again: what it started counts against the limits again.
          started.push({ recommendationId: recommendation.id, actionId: earlier });
          touched = total;
          continue;
        }
        const over =
          started.length >= body.maxActions ||
          (body.maxMonthlyCost !== undefined && compare(total, body.maxMonthlyCost) > 0);
        const unknown = body.maxMonthlyCost !== undefined && cost === null;
        const reason = blockedBy ?? (unknown ? 'cost_unknown' : over ? 'limit' : null);
        if (reason !== null) {
          skipped.push({ recommendationId: recommendation.id, reason });
          continue;
        }
        const asker = askerIn(context, 'bulk', key, '');
        const waits = waitOf(consent, context, recommendation);
        const placed = await placeAction(platform, outcomes, scope, account, recommendation.id, asker, waits);
        if ('refused' in placed)
          skipped.push({ recommendationId: recommendation.id, reason: placed.refused });
        else {
          started.push({ recommendationId: recommendation.id, actionId: placed.action.id });
          touched = total;
        }
      }
      return { started, skipped };
    },
  };

  /** Until when an action waits for another person; null where it need not. */
  function waitOf(
    consent: ApprovalSettings,
    { organization }: WorkspaceContext,
    { undo_class: undoClass }: RecommendationRecord,
  ): Date | null {
    return needsApproval(consent, organization.plan, undoClass)
      ? expiryFrom(platform.clock.now(), consent)
      : null;
  }

  /** Each of a selection with why it would be left out, in the order asked. */
  async function judge(context: WorkspaceContext, ids: readonly string[]) {
    const scope = scopeOf(context);
    const rows = new Map((await find(scope, ids)).map((row) => [row.id, row]));
    const facts = new Map(
      (await accounts.listFacts(scope, scope.workspaceId)).map((account) => [account.id, account]),
    );
    const resources = new Set<string>();
    const judged: {
      recommendation: RecommendationRecord;
      account: AccountFacts;
      blockedBy: string | null;
    }[] = [];
    for (const id of new Set(ids)) {
      const recommendation = rows.get(id);
      const account = recommendation === undefined ? undefined : facts.get(recommendation.account_id);
      if (recommendation === undefined || account === undefined) continue;
      const reason = blocked(context, recommendation, account, await operationsOf(account.provider));
      const twice = resources.has(recommendation.resource_id) ? 'duplicate_resource' : null;
      // What cannot be brought back is confirmed by its name, one by one.
      const typed = recommendation.undo_class === 'N' ? 'typed' : null;
      const blockedBy = reason ?? twice ?? typed;
      if (blockedBy === null) resources.add(recommendation.resource_id);
      judged.push({ recommendation, account, blockedBy });
    }
    return judged;
  }
}

function askerIn(
  context: WorkspaceContext,
  trigger: Asker['trigger'],
  idempotencyKey: string,
  note: string,
): Asker {
  const { actor, ip, requestId } = actorOf(context);
  return {
    trigger,
    policyId: null,
    userId: context.principal.userId,
    label: actor.label,
    note,
    ip: ip ?? null,
    requestId: requestId ?? null,
    idempotencyKey,
  };
}

/** Asks the provider whether it would allow the calls, where it can tell; null when it can tell about none. */
async function dryRun(
  accounts: AccountsService,
  scope: WorkspaceRef,
  account: AccountFacts,
  steps: readonly PlannedStep[],
  operations: readonly OperationDescriptor[],
  signal: AbortSignal,
): Promise<ActionPlanView['dryRun']> {
  const able = steps.filter(
    ({ operation, target }) => descriptorOf(operations, target.type, operation)?.dryRun === true,
  );
  if (able.length === 0) return null;
  try {
    await accounts.withConnection(scope, account.id, async (connection) => {
      for (const { operation, target, parameters } of able) {
        try {
          const clientToken = 'dry-run-0000';
          await connection.operate({
            operation,
            resource: target,
            parameters,
            clientToken,
            dryRun: true,
            signal,
          });
        } catch (error) {
          // A later call needs the state that an earlier one makes.
          if (
            !(error instanceof CloudError) ||
            error.kind !== 'conflict_state' ||
            able[0]?.operation === operation
          )
            throw error;
        }
      }
    });
    return { allowed: true, message: 'The provider would allow it.' };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return { allowed: false, message: error.message };
  }
}
