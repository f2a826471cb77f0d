import { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import type { TenancyService } from '#modules/tenancy/index.ts';
import { readConfig } from '#platform/config/config.ts';
import { messageOf } from '#platform/errors/app-error.ts';
import { defineJob } from '#platform/jobs/jobs.ts';
import { defineModule } from '#platform/module.ts';
import { accountsSection, type AccountsConfig } from './config.ts';
import { ConnectionCache } from './connection-cache.ts';
import { Connections } from './connections.ts';
import { accountRoutes } from './routes.ts';
import { createAccounts } from './service.ts';
import { createPrices } from './services/prices.ts';
import { countAccounts } from './services/rows.ts';
import type { AccountsService, Acting } from './services/types.ts';
import { createCatalogue } from './services/catalogue.ts';
import type { AccountsTables } from './tables.ts';

export interface AccountsNeeds {
  audit: AuditService;
  tenancy: TenancyService;
}

/** Who tests accounts by the clock, for the audit log. */
const ownDoing: Acting = { actor: { kind: 'system', id: null, label: 'CloudAtlas' } };

export const accountsModule = defineModule<AccountsNeeds, AccountsService>({
  name: 'accounts',
  config: accountsSection,
  migrations: new URL('./migrations/', import.meta.url),
  build(platform, { audit, tenancy }) {
    const settings = readConfig(accountsSection, platform.env);
    const config: AccountsConfig = {
      endpoints: settings.ENDPOINTS ?? new Map(),
      ambient: settings.AMBIENT_CREDENTIALS,
      trustedPrincipal: settings.TRUSTED_PRINCIPAL,
    };
    const db = platform.db.withTables<AccountsTables>();
    const connections = new Connections({
      config,
      envelope: platform.envelope,
      secretKey: platform.config.SECRET_KEY,
      log: platform.log,
    });
    const cache = new ConnectionCache();
    const accounts = createAccounts(platform, db, audit, connections, cache, tenancy.requireIdle);
    tenancy.addUsageCounter({ limit: 'cloud_accounts', count: countAccounts });
    return {
      service: {
        listFacts: (scope, workspaceId) => accounts.listFacts(scope, workspaceId),
        listEnabled: () => accounts.listEnabled(),
        factsOf: (scope, accountId) => accounts.factsOf(scope, accountId),
        withConnection: (scope, accountId, work) => accounts.withConnection(scope, accountId, work),
        withConnectionAfter: (...given) => accounts.withConnectionAfter(...given),
        reportHealth: (scope, accountId, problem) => accounts.reportHealth(scope, accountId, problem),
        permissionsOf: (...given) => accounts.permissionsOf(...given),
        connectAccount: (scope, acting, input) => accounts.connect(scope, acting, input),
      },
      shutdown: () => cache.close(),
      routes: accountRoutes(
        accounts,
        createCatalogue(config, connections),
        createPrices(platform, db, audit),
      ),
      jobs: [
        defineJob({
          name: 'accounts.test_all',
          schema: z.object({}),
          cron: { expression: '7 */6 * * *', payload: {} },
          expireInSeconds: 3600,
          handler: async (_payload, { log, signal }) => {
            for (const account of await accounts.listEnabled()) {
              if (signal.aborted) return;
              try {
                await accounts.test(account, ownDoing, account.id, signal);
              } catch (error) {
                // One account's trouble is written on that account; the others are tested all the same.
                log.warn(
                  { accountId: account.id, reason: messageOf(error) },
                  'an account could not be tested',
                );
              }
            }
          },
        }),
      ],
    };
  },
});
