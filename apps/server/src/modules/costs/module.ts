import { z } from 'zod';
import { accountChanged, type AccountsService } from '#modules/accounts/index.ts';
import type { AuditService } from '#modules/audit/index.ts';
import type { IdentityService } from '#modules/identity/index.ts';
import { organizationWide, type TenancyService } from '#modules/tenancy/index.ts';
import { AppError } from '#platform/errors/app-error.ts';
import { defineSubscriber } from '#platform/events/events.ts';
import { defineJob } from '#platform/jobs/jobs.ts';
import { defineModule, type Platform } from '#platform/module.ts';
import { createSavedViews } from '#platform/saved-views/saved-views.ts';
import { createAlerts } from './control/alerts.ts';
import { createAllocation } from './control/allocation.ts';
import { createAnomalies } from './control/anomalies.ts';
import { countBudgets, createBudgets } from './control/budgets.ts';
import { createEvaluation } from './control/evaluate.ts';
import { createRules } from './control/rules.ts';
import { costsSection, readCostsConfig } from './config.ts';
import { createExports } from './exports/exports.ts';
import { createImports } from './imports/imports.ts';
import { createProof } from './imports/proof.ts';
import { createImportRun } from './imports/run.ts';
import { createUploadFolder } from './imports/upload-folder.ts';
import { importWatchedFolder } from './imports/watch.ts';
import { evaluateJob, fetchJob, importJob, rollUpJob, verifyJob } from './jobs.ts';
import type { ResourceCost, ResourceCostsQuery } from './query/resourceCosts.ts';
import { createMoneyFacts, type MoneyFacts } from './questions/money-facts.ts';
import { createQuestions } from './questions/questions.ts';
import { alertRoutes, allocationRoutes, anomalyRoutes, budgetRoutes } from './routes/control.ts';
import { exportRoutes } from './routes/exports.ts';
import { importRoutes } from './routes/imports.ts';
import { questionRoutes } from './routes/questions.ts';
import { settingsRoutes } from './routes/settings.ts';
import { sourceRoutes } from './routes/sources.ts';
import type { WorkspaceRef } from './scope-of.ts';
import { createSettings } from './settings/settings.ts';
import { createFetch } from './sources/fetch.ts';
import { createSources, type Sources } from './sources/sources.ts';
import { createSourceStates } from './sources/states.ts';
import { createData } from './store/data.ts';
import { createLake } from './store/lake.ts';
import { rollUp } from './store/rollup.ts';
import type { CostsTables } from './tables.ts';
import { keepUp, workspacesWithCosts } from './upkeep.ts';

export interface CostsNeeds {
  audit: AuditService;
  identity: IdentityService;
  tenancy: TenancyService;
  accounts: AccountsService;
}

/** What other modules, commands and the seed may do with costs. */
export interface CostsService {
  /** Brings the roll-up of a workspace to its data. @returns how many partitions were computed */
  rollUp(scope: WorkspaceRef): Promise<number>;
  /** Chooses how the costs of an account are fetched, and fetches them. */
  configureSource: Sources['put'];
  /**
   * What every resource of a workspace cost in a period: sums of EffectiveCost and BilledCost, days with charges and,
   * on demand, the amounts of each day. See `ResourceCost`. Not inside a transaction: it reads the cost lake.
   * @throws AppError `validation_failed` beyond 500,000 resources, `unavailable` when the lake is busy
   */
  resourceCosts(
    scope: WorkspaceRef,
    query: ResourceCostsQuery,
    signal?: AbortSignal,
  ): Promise<ResourceCost[]>;
  money: MoneyFacts;
}

export const costsModule = defineModule<CostsNeeds, CostsService>({
  name: 'costs',
  config: costsSection,
  migrations: new URL('./migrations/', import.meta.url),
  build(platform, needs) {
    const parts = wire(platform, needs);
    const { config, db, data, lake, imports, proof, sources } = parts;
    const budgets = createBudgets(platform, db, needs.audit);
    const alerts = createAlerts(platform, db, needs.tenancy, needs.identity);
    const anomalies = createAnomalies(platform, db, data, parts.questions, alerts, needs.audit);
    const evaluate = createEvaluation(platform, db, data, parts.questions, alerts, anomalies);
    needs.tenancy.addUsageCounter({ limit: 'budgets', count: countBudgets });
    return {
      service: {
        rollUp: (scope) => rollUp(db, lake, data.manifest(scope), scope, new AbortController().signal),
        configureSource: (...given) => sources.put(...given),
        resourceCosts: (...given) => parts.questions.resourceCosts(...given),
        money: createMoneyFacts(db, data, parts.questions),
      },
      routes: [
        ...questionRoutes(parts.questions, data),
        ...importRoutes(imports, proof, platform.events, config.maxUploadBytes),
        ...sourceRoutes(sources),
        ...exportRoutes(createExports(data, parts.questions), platform.clock),
        ...settingsRoutes(
          createSettings(platform, db, needs.audit),
          createSavedViews(platform.db, platform.clock, 'costs.view'),
          organizationWide(needs.tenancy, 'costs:write'),
        ),
        ...budgetRoutes(budgets),
        ...alertRoutes(createRules(platform, db, needs.audit), alerts),
        ...anomalyRoutes(anomalies),
        ...allocationRoutes(createAllocation(platform, db, data, needs.audit)),
      ],
      subscribers: [
        defineSubscriber({
          name: 'costs.fetch_changed_account',
          event: accountChanged,
          async handler({ organizationId, payload }) {
            if (!payload.enabled || organizationId === null) return;
            try {
              await sources.ensure(await needs.accounts.factsOf({ organizationId }, payload.accountId));
            } catch (error) {
              // Removed again since: nothing to do.
              if (!(error instanceof AppError)) throw error;
            }
          },
        }),
      ],
      jobs: [
        defineJob({
          ...importJob,
          handler: createImportRun(platform, db, data, imports, parts.folder, parts.states),
        }),
        defineJob({
          ...rollUpJob,
          async handler(scope, { signal }) {
            await rollUp(db, lake, data.manifest(scope), scope, signal);
            await db.inTenant(scope, (tx) => platform.jobs.enqueue(tx, evaluateJob, scope));
          },
        }),
        defineJob({ ...evaluateJob, handler: (scope, { signal, log }) => evaluate(scope, signal, log) }),
        scheduled('costs.evaluate_all', '5 6 * * *', async () => {
          for (const scope of await workspacesWithCosts(db))
            await db.inTenant(scope, (tx) => platform.jobs.enqueue(tx, evaluateJob, scope));
        }),
        defineJob({ ...verifyJob, handler: (scope, { signal }) => proof.verify(scope, signal) }),
        defineJob({
          ...fetchJob,
          handler: createFetch(platform, db, data, needs.accounts, imports, parts.states),
        }),
        scheduled('costs.fetch_due', '17 */3 * * *', () => sources.fetchDue()),
        scheduled('costs.upkeep', '41 2 * * *', ({ signal, log }) => keepUp(platform, db, data, signal, log)),
        scheduled('costs.watch', '* * * * *', async ({ log }) => {
          if (config.watchFolder !== undefined)
            await importWatchedFolder(config.watchFolder, platform.clock.now(), needs.tenancy, imports, log);
        }),
      ],
      shutdown: () => lake.close(),
    };
  },
});

function wire(platform: Platform, { audit, accounts }: CostsNeeds) {
  const config = readCostsConfig(platform.config, platform.env);
  const db = platform.db.withTables<CostsTables>();
  const lake = createLake(config);
  const data = createData(platform, db, lake);
  const folder = createUploadFolder(config.uploadFolder, config.maxUploadBytes);
  const states = createSourceStates(platform);
  return {
    config,
    db,
    lake,
    data,
    folder,
    states,
    imports: createImports(platform, db, audit, folder),
    proof: createProof(platform, db, data, audit),
    questions: createQuestions(db, data, accounts),
    sources: createSources(platform, db, accounts, audit, states),
  };
}

/** A job of the clock alone. */
function scheduled(
  name: string,
  expression: string,
  run: (context: Parameters<ReturnType<typeof defineJob>['handler']>[1]) => Promise<void>,
) {
  return defineJob({
    name,
    schema: z.object({}),
    cron: { expression, payload: {} },
    expireInSeconds: 6 * 3600,
    handler: (_payload, context) => run(context),
  });
}
