import type { Database } from '#platform/db/database.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Data } from '../store/data.ts';
import type { CostsTables } from '../tables.ts';
import { forecastCosts } from './forecast.ts';
import type { Questions } from './questions.ts';

/** What other modules need to know to speak of money in a workspace's terms. */
export interface MoneyFacts {
  /** Last day whose costs are complete, YYYY-MM-DD; null without any costs. */
  completeThrough(scope: WorkspaceRef): Promise<string | null>;
  /** Display currency of the workspace, else the one most of its costs are in, else USD. */
  currency(scope: WorkspaceRef): Promise<string>;
  /** Newest rate from each currency into one: decimal texts by currency. */
  ratesInto(scope: WorkspaceRef, currency: string): Promise<ReadonlyMap<string, string>>;
  /** Forecast of the running month's bill in a currency; null without enough costs. Reads the cost lake. */
  monthEnd(
    scope: WorkspaceRef,
    currency: string,
    signal: AbortSignal,
  ): Promise<{ month: string; projected: string } | null>;
}

export function createMoneyFacts(db: Database<CostsTables>, data: Data, questions: Questions): MoneyFacts {
  return {
    async completeThrough(scope) {
      return (await data.freshness(scope)).completeThrough;
    },

    async currency(scope) {
      return db.inTenant(scope, async (tx) => {
        const settings = await tx
          .selectFrom('costs.settings')
          .select('display_currency')
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirst();
        if (settings?.display_currency) return settings.display_currency;
        const most = await tx
          .selectFrom('costs.daily')
          .select('currency')
          .where('workspace_id', '=', scope.workspaceId)
          .groupBy('currency')
          .orderBy((eb) => eb.fn.sum('line_items'), 'desc')
          .limit(1)
          .executeTakeFirst();
        return most?.currency || 'USD';
      });
    },

    async ratesInto(scope, currency) {
      // Oldest first: the last of each currency stands.
      return new Map((await data.ratesInto(scope, currency)).map(({ from, rate }) => [from, rate]));
    },

    async monthEnd(scope, currency, signal) {
      const { items } = await forecastCosts(
        data,
        questions,
        scope,
        { metric: 'billed', filters: [], currency, days: 31, confidence: 0.8 },
        signal,
      );
      const found = items.find((item) => item.currency === currency)?.month;
      const projected = found?.projected ?? null;
      return found === undefined || projected === null ? null : { month: found.month, projected };
    },
  };
}
