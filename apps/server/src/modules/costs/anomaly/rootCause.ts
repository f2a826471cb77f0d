import type { Manifest } from '../lake/manifest.ts';
import { fromUnits, toUnits } from '../lake/money.ts';
import type { CostStore } from '../lake/store.ts';
import { ask } from '../query/ask.ts';
import { addDays, type CostQuestionInput, type Dimension } from '../query/question.ts';

export interface Contribution {
  dimension: Dimension;
  /** Null: line items without a value. */
  key: string | null;
  /** Cost on the day. */
  actual: string;
  /** Mean cost per day over the days before, exact to the last digit shown. */
  usual: string;
  /** actual − usual. */
  change: string;
  /** Part of the whole change, 1 = all of it. Above 1 when others went the other way. */
  share: number;
  /** Nothing of it was there before. */
  isNew: boolean;
}

export interface RootCause {
  day: string;
  currency: string;
  actual: string;
  usual: string;
  change: string;
  /** Largest contributors of each dimension, the dimension that explains most with fewest keys first. */
  dimensions: { dimension: Dimension; explained: number; top: Contribution[] }[];
}

/** From coarse to fine; on a tie the finer one explains more. */
const EXPLAINING: readonly Dimension[] = ['resource', 'usageType', 'sku', 'region', 'account', 'service'];

/**
 * Explains the difference of one day (or several) to the days before, by contribution: for each
 * dimension, which values make up the change. Works per currency; rises and falls are kept apart, so
 * that they do not hide each other.
 *
 * @param scope filters of the series in which the anomaly was found (service, account, region …)
 */
export async function rootCause(
  store: CostStore,
  manifest: Manifest,
  input: {
    organizationId: string;
    day: string;
    days?: number;
    baselineDays?: number;
    metric?: CostQuestionInput['metric'];
    scope?: CostQuestionInput['filters'];
    top?: number;
  },
): Promise<RootCause[]> {
  const { organizationId, day, days = 1, baselineDays = 14, top = 5 } = input;
  const causes = new Map<string, RootCause>();
  for (const dimension of EXPLAINING) {
    const answer = await ask(
      store,
      manifest,
      {
        from: day,
        to: addDays(day, days),
        grain: 'total',
        groupBy: [dimension],
        filters: input.scope ?? [],
        metric: input.metric ?? 'billed',
        top: 10_000,
        compare: { from: addDays(day, -baselineDays), to: day },
      },
      { organizationId },
    );
    for (const total of answer.totals) {
      const before = perDay(total.previous ?? '0', baselineDays, days);
      const change = toUnits(total.total) - toUnits(before);
      const cause = causes.get(total.currency) ?? {
        day,
        currency: total.currency,
        actual: total.total,
        usual: before,
        change: fromUnits(change),
        dimensions: [],
      };
      causes.set(total.currency, cause);
      const all = answer.groups
        .filter((g) => g.currency === total.currency)
        .map((g): Contribution => {
          const usual = perDay(g.previous ?? '0', baselineDays, days);
          const delta = toUnits(g.total) - toUnits(usual);
          return {
            dimension,
            key: g.keys[0] ?? null,
            actual: g.total,
            usual,
            change: fromUnits(delta),
            share: change === 0n ? 0 : Number(fromUnits(delta)) / Number(fromUnits(change)),
            isNew: toUnits(g.previous ?? '0') === 0n,
          };
        });
      const ranked = all.filter((c) => c.share > 0).toSorted((a, b) => b.share - a.share);
      cause.dimensions.push({
        dimension,
        explained: explainedBy(ranked, all.length),
        top: ranked.slice(0, top),
      });
    }
  }
  for (const cause of causes.values()) cause.dimensions.sort((a, b) => b.explained - a.explained);
  return [...causes.values()];
}

/** How well a dimension points at a culprit: the share of its first key, less what chance would give it. */
function explainedBy(ranked: readonly Contribution[], keys: number): number {
  const first = ranked[0];
  if (!first || first.key === null) return 0;
  const chance = keys > 0 ? 1 / keys : 1;
  return Math.max(0, Math.min(1, first.share) - chance);
}

function perDay(total: string, baselineDays: number, days: number): string {
  return fromUnits((toUnits(total) * BigInt(days)) / BigInt(baselineDays));
}
