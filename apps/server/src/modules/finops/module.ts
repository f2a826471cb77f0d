import type { AccountsService } from '#modules/accounts/index.ts';
import type { AuditService } from '#modules/audit/index.ts';
import type { CostsService } from '#modules/costs/index.ts';
import type { IdentityService } from '#modules/identity/index.ts';
import type { InventoryService } from '#modules/inventory/index.ts';
import type { TenancyService } from '#modules/tenancy/index.ts';
import { defineModule } from '#platform/module.ts';

export interface FinopsNeeds {
  audit: AuditService;
  identity: IdentityService;
  tenancy: TenancyService;
  accounts: AccountsService;
  inventory: InventoryService;
  costs: CostsService;
}

/** What other modules may do with savings. */
export type FinopsService = Record<string, never>;

export const finopsModule = defineModule<FinopsNeeds, FinopsService>({
  name: 'finops',
  migrations: new URL('./migrations/', import.meta.url),
  build() {
    return { service: {}, routes: [], jobs: [], subscribers: [] };
  },
});
