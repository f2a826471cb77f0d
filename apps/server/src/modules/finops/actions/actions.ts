import { z } from 'zod';
import { accountRemoved, type AccountsService } from '#modules/accounts/index.ts';
import type { AuditService } from '#modules/audit/index.ts';
import type { CostsService } from '#modules/costs/index.ts';
import type { IdentityService } from '#modules/identity/index.ts';
import { organizationWide, type TenancyService } from '#modules/tenancy/index.ts';
import type { AnyTenantTx } from '#platform/db/database.ts';
import { defineSubscriber } from '#platform/events/events.ts';
import { defineJob } from '#platform/jobs/jobs.ts';
import type { ModuleParts, Platform } from '#platform/module.ts';
import { workflowFinished } from '#platform/workflow/finished.ts';
import { actionRoutes } from '../routes/actions.ts';
import { policyRoutes } from '../routes/policies.ts';
import { createApplyWorkflow } from './apply.ts';
import { createApprovals } from './approvals.ts';
import { createAutomatic } from './automatic.ts';
import { createDecisions } from './decide.ts';
import { createDesk } from './desk.ts';
import { createFinalizeWorkflow } from './finalize.ts';
import { actionGuard } from './guard.ts';
import { createActionJournal } from './journal.ts';
import { createActionList } from './list.ts';
import { createOutcomes } from './outcome.ts';
import { createPairKeeper, type SchedulePairs } from './pairs.ts';
import type { WorkflowDeps } from './parts.ts';
import { createPolicies } from './policies.ts';
import { createRealised } from './realised.ts';
import { createRequests } from './requests.ts';
import { createSweep, swept } from './sweep.ts';
import type { ActionTables } from './tables.ts';
import { createActionTick } from './tick.ts';
import { createUndoWorkflow } from './undo.ts';

export interface ActionNeeds {
  audit: AuditService;
  identity: Pick<IdentityService, 'describeUsers' | 'localeOf'>;
  tenancy: Pick<TenancyService, 'standing' | 'organizationFor' | 'addDeletionGuard'>;
  accounts: AccountsService;
  costs: Pick<CostsService, 'resourceCosts' | 'money'>;
  schedules: SchedulePairs;
  refresh: WorkflowDeps['refresh'];
}

/** Everything about applying recommendations and taking that back. */
export function createActions(platform: Platform, needs: ActionNeeds) {
  const { clock } = platform;
  const { audit, accounts, costs, tenancy } = needs;
  const db = platform.db.withTables<ActionTables>();
  const journal = createActionJournal(platform, db);
  const outcomes = createOutcomes(platform, db, audit);
  const pairs = createPairKeeper(clock, db, needs.schedules);
  const deps: WorkflowDeps = { clock, journal, accounts, outcomes, pairs, refresh: needs.refresh };
  const list = createActionList(db, journal);
  const approvals = createApprovals(platform, db, audit);
  const desk = createDesk({ platform, db, accounts, costs, outcomes, approvals, list });
  const decisions = createDecisions(platform, db, accounts, outcomes, list);
  const policies = createPolicies(platform, db, audit);
  const automatic = createAutomatic({ platform, db, accounts, tenancy, outcomes, approvals });
  const realised = createRealised(platform, db, costs);
  const tick = createActionTick(platform, db, outcomes);
  const requests = createRequests(platform, db, { outcomes, identity: needs.identity, tenancy });
  tenancy.addDeletionGuard(actionGuard);
  const sweep = createSweep(platform.workflows, deps);
  return {
    /** Measured savings, and what actions in force will save, for the summary. */
    realised,
    routes: [
      ...actionRoutes(desk, decisions, list, realised),
      ...policyRoutes(policies, approvals, organizationWide(tenancy, 'finops:configure')),
    ],
    workflows: [createApplyWorkflow(deps), createUndoWorkflow(deps), createFinalizeWorkflow(deps)],
    subscribers: [
      defineSubscriber({
        name: 'finops.end_requests_of_account',
        event: accountRemoved,
        handler: ({ payload }, tx) => requests.endOfAccount(tx as AnyTenantTx, payload.accountId),
      }),
      defineSubscriber({
        name: 'finops.close_failed_action',
        event: workflowFinished,
        async handler({ organizationId, payload }, tx) {
          if (organizationId === null || !swept.has(payload.workflow)) return;
          if (payload.status !== 'succeeded') await sweep(tx as AnyTenantTx, payload.runId);
        },
      }),
    ],
    jobs: [
      defineJob({
        name: 'finops.action_tick',
        schema: z.object({}),
        cron: { expression: '* * * * *', payload: {} },
        async handler() {
          await tick();
          await requests.expireDue();
        },
      }),
      defineJob({
        name: 'finops.apply_policies',
        schema: z.object({}),
        cron: { expression: '*/5 * * * *', payload: {} },
        async handler(_payload, { log }) {
          const started = await automatic(log);
          if (started > 0) log.info({ started }, 'policies applied recommendations');
        },
      }),
      defineJob({
        name: 'finops.measure_savings',
        schema: z.object({}),
        expireInSeconds: 3 * 3600,
        cron: { expression: '37 4 * * *', payload: {} },
        async handler(_payload, { signal, log }) {
          for (const scope of await realised.workspaces()) {
            try {
              await realised.measureAll(scope, signal);
            } catch (error) {
              // One workspace whose bill cannot be read must not keep those after it from being measured.
              if (signal.aborted) throw error;
              log.error({ err: error, ...scope }, 'savings of a workspace could not be measured');
            }
          }
        },
      }),
    ],
  } satisfies Omit<ModuleParts<unknown>, 'service'> & { realised: unknown };
}
