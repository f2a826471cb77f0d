import type { UndoClass } from '@cloudatlas/contracts/finops';
import { includesFeature } from '@cloudatlas/contracts/plans';
import { sql } from 'kysely';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import type { TenancyService } from '#modules/tenancy/index.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError, messageOf } from '#platform/errors/app-error.ts';
import type { Logger } from '#platform/log/log.ts';
import type { Platform } from '#platform/module.ts';
import type { RecommendationRecord } from '../recommendations/transition.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import { expiryFrom, needsApproval, type createApprovals } from './approvals.ts';
import { blockOf } from './blocked.ts';
import type { Outcomes } from './outcome.ts';
import { operationsOf, placeAction, stepsOf } from './place.ts';
import { featuresFor } from './plan.ts';
import { recentActions } from './policies.ts';
import type { ActionTables, PolicyRecord } from './tables.ts';
import { isInWindow } from './window.ts';

/** How often policies look; each such instant is taken once over all workers. */
export const tickMs = 5 * 60_000;

export interface AutomaticDeps {
  platform: Pick<Platform, 'clock' | 'db' | 'workflows'>;
  db: Database<ActionTables>;
  accounts: AccountsService;
  tenancy: Pick<TenancyService, 'standing'>;
  outcomes: Outcomes;
  approvals: Pick<ReturnType<typeof createApprovals>, 'get'>;
}

/** Findings a policy looks at in one tick; those that their account does not allow must not hide the others. */
const candidatesAtOnce = 500;

/** Applies what policies allow. @returns what a worker calls on every tick: how many actions it started */
export function createAutomatic(deps: AutomaticDeps) {
  const { platform, db, accounts, tenancy, outcomes, approvals } = deps;
  const { clock } = platform;

  /** Takes a policy's tick; of several workers one gets it. */
  function claim(policy: PolicyRecord, slot: Date): Promise<PolicyRecord | undefined> {
    return db.inTenant({ organizationId: policy.organization_id }, (tx) =>
      tx
        .updateTable('finops.automation_policy')
        .set({ ticked_at: slot })
        .where('id', '=', policy.id)
        .where('enabled', '=', true)
        .where((eb) => eb.or([eb('ticked_at', 'is', null), eb('ticked_at', '<', slot)]))
        .returningAll()
        .executeTakeFirst(),
    );
  }

  /** Open findings that the policy allows, largest saving first. */
  function candidates(policy: PolicyRecord): Promise<RecommendationRecord[]> {
    const since = new Date(clock.now().getTime() - 86_400_000);
    if (classesOf(policy).length === 0) return Promise.resolve([]);
    return db.inTenant({ organizationId: policy.organization_id }, (tx) => {
      let select = tx
        .selectFrom('finops.recommendation as recommendation')
        .selectAll('recommendation')
        .where('workspace_id', '=', policy.workspace_id)
        .where('status', '=', 'open')
        .where('action', 'is not', null)
        .where('undo_class', 'in', classesOf(policy))
        // What cannot be brought back is only ever done with a quarantine before it.
        .where((eb) =>
          eb.or([
            eb('undo_class', '!=', 'N'),
            eb(sql<string>`recommendation.action ->> 'kind'`, '=', 'quarantine_delete'),
          ]),
        )
        .where('monthly_converted', '>=', policy.minimum_monthly)
        // What a person took back or refused is not done again; what failed not before tomorrow.
        .where(
          sql<boolean>`not exists (select 1 from finops.action where action.recommendation_id = recommendation.id
            and (action.status in ('undone', 'rejected', 'withdrawn', 'needs_attention') or action.created_at > ${since}))`,
        )
        .orderBy('monthly_converted', 'desc')
        .orderBy('id')
        .limit(candidatesAtOnce);
      if (policy.rules.length > 0) select = select.where('rule_id', 'in', policy.rules);
      if (policy.account_ids.length > 0) select = select.where('account_id', 'in', policy.account_ids);
      return select.execute();
    });
  }

  async function run(policy: PolicyRecord, slot: Date, log: Logger): Promise<number> {
    const scope: WorkspaceRef = {
      organizationId: policy.organization_id,
      workspaceId: policy.workspace_id,
    };
    // It acts in the name of whoever set it up, with what that person may do now.
    const who = policy.set_by === null ? null : await tenancy.standing(scope, policy.set_by);
    if (who === null || !includesFeature(who.plan, 'finops.automatic_apply')) return 0;
    if (!who.permissions.has('finops:apply') || !who.permissions.has('finops:configure')) return 0;
    const room =
      policy.max_actions_per_day -
      (await db.inTenant(scope, (tx) => recentActions(tx, policy.id, clock.now())));
    if (room <= 0) return 0;
    const consent = await approvals.get(scope);
    const known = new Map<string, AccountFacts>();
    let started = 0;
    for (const recommendation of await candidates(policy)) {
      if (started >= room) break;
      try {
        const { account_id: accountId } = recommendation;
        const account = known.get(accountId) ?? (await accounts.factsOf(scope, accountId));
        known.set(accountId, account);
        const operations = await operationsOf(account.provider);
        const features = featuresFor(stepsOf(recommendation, operations, clock.now()), operations);
        if (blockOf(recommendation, account, who, features) !== null) continue;
        const asker = {
          trigger: 'automatic' as const,
          policyId: policy.id,
          userId: policy.set_by,
          label: `Policy ${policy.name}`,
          note: '',
          ip: null,
          requestId: null,
          idempotencyKey: `policy ${policy.id} ${recommendation.id} ${slot.getTime()}`,
        };
        // A policy is one person's: what another must decide about waits for that also here.
        const waits = needsApproval(consent, who.plan, recommendation.undo_class)
          ? expiryFrom(clock.now(), consent)
          : null;
        const placed = await placeAction(platform, outcomes, scope, account, recommendation.id, asker, waits);
        if ('action' in placed) started += 1;
      } catch (error) {
        // One that the provider or the account does not allow must not keep the others from being done.
        if (!(error instanceof AppError)) throw error;
        log.warn(
          { policyId: policy.id, recommendationId: recommendation.id, reason: messageOf(error) },
          'a policy could not apply a recommendation',
        );
      }
    }
    return started;
  }

  return async function tick(log: Logger): Promise<number> {
    const now = clock.now();
    const slot = new Date(Math.floor(now.getTime() / tickMs) * tickMs);
    const due = await db.inSystem('find policies of automatic application', (tx) =>
      tx
        .selectFrom('finops.automation_policy')
        .selectAll()
        .where('enabled', '=', true)
        .where((eb) => eb.or([eb('ticked_at', 'is', null), eb('ticked_at', '<', slot)]))
        .orderBy('id')
        .limit(5000)
        .execute(),
    );
    let started = 0;
    for (const policy of due) {
      const window = {
        timeZone: policy.time_zone,
        days: policy.days,
        fromHour: policy.from_hour,
        toHour: policy.to_hour,
      };
      if (!isInWindow(window, now)) continue;
      try {
        const claimed = await claim(policy, slot);
        if (claimed !== undefined) started += await run(claimed, slot, log);
      } catch (error) {
        // One policy's trouble must not keep those after it from having their turn.
        log.error({ err: error, policyId: policy.id }, 'a policy could not have its turn');
      }
    }
    return started;
  };
}

/** What a policy may do now: class N only when its name was typed for it. */
function classesOf({ undo_classes: classes, final_confirmed: confirmed }: PolicyRecord): UndoClass[] {
  return classes.filter((undoClass) => undoClass !== 'N' || confirmed);
}
