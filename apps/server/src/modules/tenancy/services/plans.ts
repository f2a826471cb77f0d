import {
  featureNames,
  featureTiers,
  includesFeature,
  limitNames,
  limitOf,
  planTiers,
  type Limit,
} from '@cloudatlas/contracts/plans';
import type { Plan } from '@cloudatlas/contracts/tenancy';
import type { z } from 'zod';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import type { OrganizationContext } from '#platform/http/context.ts';
import type { TenancyTables } from '../tables.ts';
import { countMembers, countWorkspaces } from './limits.ts';

/** Port: a module that owns a limited thing says how many there are. Runs in the organization's transaction. */
export interface UsageCounter {
  limit: Limit;
  // oxlint-disable-next-line no-explicit-any -- each counter sees its own module's tables
  count(tx: TenantTx<any>): Promise<number>;
}

export function createPlans(db: Database<TenancyTables>, clock: Clock) {
  const counters: UsageCounter[] = [
    { limit: 'workspaces', count: countWorkspaces },
    { limit: 'members', count: (tx) => countMembers(tx, clock.now()) },
  ];
  return {
    /** Lets another module report the use of a limit; called by the composition root. */
    addCounter(counter: UsageCounter): void {
      counters.push(counter);
    },

    /** The organization's plan with what it includes and what is used of it. */
    async get({ organization }: OrganizationContext): Promise<z.input<typeof Plan>> {
      const used = await db.inTenant(organization, async (tx) => {
        const result = new Map<Limit, number>();
        for (const counter of counters) result.set(counter.limit, await counter.count(tx));
        return result;
      });
      return {
        tier: organization.plan,
        features: featureNames.map((feature) => ({
          feature,
          included: includesFeature(organization.plan, feature),
          tiers: [...featureTiers[feature]],
        })),
        limits: limitNames.map((limit) => ({
          limit,
          max: limitOf[limit][organization.plan],
          used: used.get(limit) ?? null,
          byTier: Object.fromEntries(planTiers.map((tier) => [tier, limitOf[limit][tier]])) as Record<
            (typeof planTiers)[number],
            number | null
          >,
        })),
      };
    },
  };
}
