import type { ResourceRef } from '@cloudatlas/cloud/resource';
import { z } from 'zod';
import { accountChanged, type AccountFacts, type AccountsService } from '#modules/accounts/index.ts';
import type { AuditService } from '#modules/audit/index.ts';
import { AppError, messageOf } from '#platform/errors/app-error.ts';
import { defineSubscriber } from '#platform/events/events.ts';
import { defineJob } from '#platform/jobs/jobs.ts';
import { defineModule } from '#platform/module.ts';
import { createSavedViews } from '#platform/saved-views/saved-views.ts';
import { workflowFinished } from '#platform/workflow/finished.ts';
import { createEstate, type Estate } from './estate.ts';
import { createOperable, type Operable } from './operable.ts';
import { createOrderJournal } from './orders/journal.ts';
import { carryOutOrder } from './orders/kind.ts';
import { createOrderList } from './orders/list.ts';
import { createOrderDesk } from './orders/place.ts';
import { readResource } from './orders/refresh.ts';
import { createOrderWorkflow } from './orders/workflow.ts';
import { orderRoutes } from './routes/orders.ts';
import { resourceRoutes } from './routes/resources.ts';
import { syncRoutes } from './routes/sync.ts';
import { createDetail } from './search/detail.ts';
import { createSearch } from './search/search.ts';
import { createTable } from './search/table.ts';
import { scopeJob, startRunJob } from './sync/jobs.ts';
import { createReports } from './sync/reports.ts';
import { createRuns, type SyncTrigger } from './sync/runs.ts';
import { createScopeSync } from './sync/scope.ts';
import type { InventoryTables } from './tables.ts';

export interface InventoryNeeds {
  audit: AuditService;
  accounts: AccountsService;
}

/** What other modules may do with the inventory. */
export interface InventoryService {
  /** Starts a synchronisation, or answers the one under way. @returns the run's id */
  startSync(account: AccountFacts, trigger: SyncTrigger): Promise<string>;
  /** Finding and acting on resources without a person at the screen. */
  operable: Operable;
  /** Reading an account's inventory as a whole. */
  estate: Estate;
  /** Reads resources at the provider and brings the inventory to them, new and vanished ones too. */
  refresh(
    owner: { organizationId: string; accountId: string },
    refs: readonly ResourceRef[],
    signal: AbortSignal,
  ): Promise<void>;
}

const runsKeptDays = 30;

export const inventoryModule = defineModule<InventoryNeeds, InventoryService>({
  name: 'inventory',
  migrations: new URL('./migrations/', import.meta.url),
  build(platform, { audit, accounts }) {
    const { clock, events } = platform;
    const db = platform.db.withTables<InventoryTables>();
    const runs = createRuns(platform, db, accounts);
    const syncScope = createScopeSync(platform, db, accounts, runs);
    const search = createSearch(db, accounts);
    const journal = createOrderJournal(platform, db, accounts, audit);
    const desk = createOrderDesk(platform, db, accounts, audit);
    return {
      service: {
        startSync: (account, trigger) => runs.start(account, trigger),
        operable: createOperable({ clock, db, accounts }, desk),
        estate: createEstate(db),
        async refresh(owner, refs, signal) {
          for (const ref of refs) await readResource({ clock, db, accounts }, owner, ref, signal);
        },
      },
      routes: [
        ...resourceRoutes(
          db,
          search,
          createDetail(db, accounts, search),
          createSavedViews(platform.db, clock, 'inventory.resource_view'),
          createTable(db, search),
        ),
        ...syncRoutes(runs, createReports(db, accounts), accounts, events),
        ...orderRoutes(desk, createOrderList(db, accounts), accounts),
      ],
      workflows: [createOrderWorkflow(platform, db, accounts, journal)],
      subscribers: [
        defineSubscriber({
          name: 'inventory.sync_changed_account',
          event: accountChanged,
          async handler({ organizationId, payload }) {
            if (!payload.enabled || organizationId === null) return;
            try {
              await runs.start(await accounts.factsOf({ organizationId }, payload.accountId), 'account');
            } catch (error) {
              // Removed or switched off again since: nothing to do.
              if (!(error instanceof AppError)) throw error;
            }
          },
        }),
        // The net under the workflow: an order that nothing carries out any more would keep its account for ever.
        defineSubscriber({
          name: 'inventory.end_order_of_lost_run',
          event: workflowFinished,
          async handler({ organizationId, payload }, tx) {
            if (organizationId === null || payload.workflow !== carryOutOrder.name) return;
            if (payload.status === 'succeeded') return;
            const run = await platform.workflows.get(tx, payload.runId);
            if (run === undefined) return;
            const { orderId } = carryOutOrder.input.parse(run.input);
            const message = 'It was broken off; nobody knows how far it came. Look at the provider.';
            await journal.end(organizationId, orderId, 'needs_attention', message);
          },
        }),
      ],
      jobs: [
        {
          ...startRunJob,
          handler: ({ organizationId, accountId, runId }, { signal }) =>
            runs.layOut({ organizationId }, accountId, runId, signal),
        },
        { ...scopeJob, handler: syncScope },
        defineJob({
          name: 'inventory.sync_all',
          schema: z.object({}),
          cron: { expression: '*/30 * * * *', payload: {} },
          async handler(_payload, { log }) {
            for (const account of await accounts.listEnabled()) {
              if (!account.features.includes('inventory')) continue;
              try {
                await runs.start(account, 'schedule');
              } catch (error) {
                log.warn(
                  { accountId: account.id, reason: messageOf(error) },
                  'a synchronisation could not be started',
                );
              }
            }
          },
        }),
        defineJob({
          name: 'inventory.close_abandoned_runs',
          schema: z.object({}),
          cron: { expression: '*/10 * * * *', payload: {} },
          async handler(_payload, { log }) {
            const closed = await runs.closeAbandoned();
            if (closed > 0) log.warn({ closed }, 'synchronisation runs were given up');
          },
        }),
        defineJob({
          name: 'inventory.forget_old_runs',
          schema: z.object({}),
          cron: { expression: '23 3 * * *', payload: {} },
          async handler() {
            const before = new Date(clock.now().getTime() - runsKeptDays * 86_400_000);
            await db.inSystem('forget old synchronisation runs', (tx) =>
              tx
                .deleteFrom('inventory.sync_run')
                .where('started_at', '<', before)
                .where('status', '!=', 'running')
                .execute(),
            );
          },
        }),
      ],
    };
  },
});
