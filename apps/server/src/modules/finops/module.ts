import { z } from 'zod';
import type { SavingsSummary } from '@cloudatlas/contracts/finops';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { AuditService } from '#modules/audit/index.ts';
import type { CostsService } from '#modules/costs/index.ts';
import type { IdentityService } from '#modules/identity/index.ts';
import { syncFinished, type InventoryService } from '#modules/inventory/index.ts';
import type { SchedulesService } from '#modules/schedules/index.ts';
import { organizationWide, type TenancyService } from '#modules/tenancy/index.ts';
import { AppError, messageOf } from '#platform/errors/app-error.ts';
import { defineSubscriber } from '#platform/events/events.ts';
import { defineJob } from '#platform/jobs/jobs.ts';
import { defineModule, type Platform } from '#platform/module.ts';
import { createSavedViews } from '#platform/saved-views/saved-views.ts';
import { createActions } from './actions/actions.ts';
import { createExports } from './exports/exports.ts';
import { createProfileStore } from './metrics/store.ts';
import { createDecisions } from './recommendations/decide.ts';
import { createDiagnostics } from './recommendations/diagnostics.ts';
import { createRecommendations } from './recommendations/list.ts';
import { createSummary } from './recommendations/summary.ts';
import { diagnosticRoutes } from './routes/diagnostics.ts';
import { recommendationRoutes } from './routes/recommendations.ts';
import { ruleRoutes } from './routes/rules.ts';
import { scanRoutes } from './routes/scans.ts';
import { settingsRoutes } from './routes/settings.ts';
import { viewRoutes } from './routes/views.ts';
import { scanAccountJob, scanAfterSyncJob } from './scan/jobs.ts';
import { createAccountScan } from './scan/run.ts';
import { createScans } from './scan/scans.ts';
import type { WorkspaceRef } from './scope-of.ts';
import { createSettings } from './settings/settings.ts';
import type { FinopsTables } from './tables.ts';

export interface FinopsNeeds {
  audit: AuditService;
  identity: IdentityService;
  tenancy: TenancyService;
  accounts: AccountsService;
  inventory: InventoryService;
  costs: CostsService;
  schedules: SchedulesService;
}

/** What other modules may do with savings. */
export interface FinopsService {
  /** Sums over a workspace's open findings, what is saved, and the bill's projection. */
  summary(scope: WorkspaceRef, signal: AbortSignal): Promise<SavingsSummary>;
}

/** How soon a scan that had to wait tries again, and how many times it waits for the first bill. */
const tryAgainMs = 10_000;
const maxWaits = 9;

export const finopsModule = defineModule<FinopsNeeds, FinopsService>({
  name: 'finops',
  migrations: new URL('./migrations/', import.meta.url),
  build(platform, needs) {
    const { clock, events } = platform;
    const db = platform.db.withTables<FinopsTables>();
    const { audit, tenancy, accounts, costs } = needs;
    const settings = createSettings(platform, db, audit);
    const recommendations = createRecommendations(clock, db, needs);
    const decisions = createDecisions(platform, db, { audit, tenancy, recommendations });
    const actions = createActions(platform, {
      ...needs,
      refresh: ({ organization_id: organizationId, account_id: accountId }, refs, signal) =>
        needs.inventory.refresh({ organizationId, accountId }, refs, signal),
    });
    const summary = createSummary(clock, db, { costs, saved: actions.realised });
    const scanning = createScanning(platform, needs, settings);
    const requireOrganizationWide = organizationWide(tenancy, 'finops:configure');
    return {
      service: { summary },
      routes: [
        ...recommendationRoutes(
          recommendations,
          decisions,
          summary,
          createExports(clock, recommendations, summary),
          events,
        ),
        ...scanRoutes(scanning.scans),
        ...ruleRoutes(settings, requireOrganizationWide),
        ...settingsRoutes(settings, requireOrganizationWide),
        ...diagnosticRoutes(createDiagnostics(db, accounts)),
        ...viewRoutes(createSavedViews(platform.db, clock, 'finops.view')),
        ...actions.routes,
      ],
      workflows: actions.workflows,
      jobs: [...scanning.jobs, ...actions.jobs],
      subscribers: [...scanning.subscribers, ...actions.subscribers],
    };
  },
});

/** Scans with their jobs: by hand, by the clock, and after an account's first synchronisation. */
function createScanning(
  platform: Platform,
  { accounts, costs, inventory }: FinopsNeeds,
  settings: ReturnType<typeof createSettings>,
) {
  const { clock, jobs } = platform;
  const db = platform.db.withTables<FinopsTables>();
  const { estate } = inventory;
  const profiles = createProfileStore(db);
  const scans = createScans(platform, db, { accounts, costs, estate, settings });
  const scanAccount = createAccountScan(platform, db, {
    accounts,
    costs,
    estate,
    settings,
    profiles,
    scans,
  });
  return {
    scans,
    subscribers: [
      defineSubscriber({
        name: 'finops.scan_new_account',
        event: syncFinished,
        async handler({ organizationId, payload }, tx) {
          // Later synchronisations are covered by the recurring scan.
          if (organizationId === null || payload.trigger !== 'account' || payload.status === 'failed') return;
          const { workspaceId } = payload;
          await jobs.enqueue(tx, scanAfterSyncJob, { organizationId, workspaceId, waited: 0 });
        },
      }),
    ],
    jobs: [
      defineJob({ ...scanAccountJob, handler: scanAccount }),
      defineJob({
        ...scanAfterSyncJob,
        async handler({ waited, ...scope }, { log }) {
          const early = waited < maxWaits && (await scans.awaitsBill(scope));
          if (early || (await scans.open(scope)) !== undefined) {
            const runAt = new Date(Date.now() + tryAgainMs);
            await db.inTenant(scope, (tx) =>
              jobs.enqueue(tx, scanAfterSyncJob, { ...scope, waited: waited + 1 }, { runAt }),
            );
            return;
          }
          try {
            await scans.start(scope, 'sync');
          } catch (error) {
            // Disabled or removed since.
            if (!(error instanceof AppError)) throw error;
            log.info({ reason: messageOf(error) }, 'a new account was not scanned');
          }
        },
      }),
      defineJob({
        name: 'finops.scan_due',
        schema: z.object({}),
        cron: { expression: '*/5 * * * *', payload: {} },
        handler: (_payload, { log }) =>
          scans.startDue((scope, error) => {
            log.warn({ ...scope, reason: messageOf(error) }, 'a recurring scan could not be started');
          }),
      }),
      defineJob({
        name: 'finops.close_abandoned_scans',
        schema: z.object({}),
        cron: { expression: '*/10 * * * *', payload: {} },
        async handler(_payload, { log }) {
          const closed = await scans.closeAbandoned();
          if (closed > 0) log.warn({ closed }, 'scans were given up');
        },
      }),
      defineJob({
        name: 'finops.forget_old',
        schema: z.object({}),
        cron: { expression: '49 3 * * *', payload: {} },
        async handler() {
          await scans.forgetOld();
          await profiles.forget(clock.now());
        },
      }),
    ],
  };
}
