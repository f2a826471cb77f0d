import { accountsModule } from './modules/accounts/module.ts';
import { auditModule } from './modules/audit/module.ts';
import { costsModule } from './modules/costs/module.ts';
import { finopsModule } from './modules/finops/module.ts';
import { dashboardsModule } from './modules/dashboards/module.ts';
import { orderGuard } from './modules/inventory/index.ts';
import { inventoryModule } from './modules/inventory/module.ts';
import { identityModule } from './modules/identity/module.ts';
import { tenancyModule } from './modules/tenancy/module.ts';
import { schedulesModule } from './modules/schedules/module.ts';
import type { MigrationSource } from './platform/db/migrations.ts';
import type { ModuleParts, Platform } from './platform/module.ts';
import type { RateLimits } from './platform/http/rate-limits.ts';

/** The composition root: which modules there are, in the order of their ranks, and who gets whose service. */
export function composeModules(platform: Platform, rateLimits: RateLimits, demo: DemoSignIn) {
  const audit = auditModule.build(platform, {});
  // Tenancy stands above identity, which asks it about memberships through a port.
  const membership = {
    organizationFor: (userId: string, slug: string) => tenancy.service.organizationFor(userId, slug),
    slugsOf: (organizationIds: readonly string[]) => tenancy.service.slugsOf(organizationIds),
  };
  const identity = identityModule.build(platform, { audit: audit.service, rateLimits, membership, demo });
  const tenancy = tenancyModule.build(platform, {
    audit: audit.service,
    people: identity.service,
    rateLimits,
  });
  const accounts = accountsModule.build(platform, { audit: audit.service, tenancy: tenancy.service });
  tenancy.service.addDeletionGuard(orderGuard);
  const inventory = inventoryModule.build(platform, { audit: audit.service, accounts: accounts.service });
  const costs = costsModule.build(platform, {
    audit: audit.service,
    identity: identity.service,
    tenancy: tenancy.service,
    accounts: accounts.service,
  });

  const schedules = schedulesModule.build(platform, {
    audit: audit.service,
    tenancy: tenancy.service,
    targets: inventory.service.operable,
  });
  const finops = finopsModule.build(platform, {
    audit: audit.service,
    identity: identity.service,
    tenancy: tenancy.service,
    accounts: accounts.service,
    inventory: inventory.service,
    costs: costs.service,
    schedules: schedules.service,
  });
  const dashboards = dashboardsModule.build(platform, {});
  const parts: ModuleParts<unknown>[] = [
    audit,
    identity,
    tenancy,
    accounts,
    inventory,
    costs,
    schedules,
    finops,
    dashboards,
  ];
  return {
    parts,
    services: {
      audit: audit.service,
      identity: identity.service,
      tenancy: tenancy.service,
      accounts: accounts.service,
      inventory: inventory.service,
      costs: costs.service,
      schedules: schedules.service,
      finops: finops.service,
    },
  };
}

export type Services = ReturnType<typeof composeModules>['services'];

/** What the sign-in page may offer; null unless this start seeded the demo. */
export interface DemoSignIn {
  current: { email: string; password: string } | null;
}

const withTables = [
  auditModule,
  identityModule,
  tenancyModule,
  accountsModule,
  inventoryModule,
  costsModule,
  schedulesModule,
  finopsModule,
  dashboardsModule,
];

/** Settings of the modules, for `--print-config`. */
export const moduleSections = withTables.flatMap((module) =>
  module.config === undefined ? [] : [module.config],
);

/** Migrations of the platform and of every module, in the order in which they are applied. */
export const migrationSources: readonly MigrationSource[] = [
  { module: 'platform', folder: new URL('./platform/migrations/', import.meta.url) },
  ...withTables.flatMap((module) =>
    module.migrations === undefined ? [] : [{ module: module.name, folder: module.migrations }],
  ),
];
