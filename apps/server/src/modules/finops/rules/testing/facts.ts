import type { PriceQuery, Statistic } from '@cloudatlas/cloud/observations';
import type { BillDetail, Facts, MetricProfile, Rule, RuleResource } from '../rule.ts';
import { NOW } from './resource.ts';

const HOUR_MS = 3_600_000;

/** A measured metric as a small table; hourly points. */
export interface Measured {
  /** Value of an hour: constant, or by hour of the week (0 is Monday 00:00 UTC). */
  readonly value: number | ((hourOfWeek: number) => number | null);
  /** Days with data before now; default 63. */
  readonly days?: number;
  readonly unit?: string;
}

/** What is known at the time of a test scan. */
export interface KnownFacts {
  /** By `metric.statistic`, or `id/metric.statistic` for one resource; a number is a constant over 63 days. */
  readonly metrics?: Readonly<Record<string, number | Measured>>;
  /** Actual cost a day, for every resource or by id; absent: the bill does not know it. */
  readonly cost?: string | Readonly<Record<string, string>>;
  readonly currency?: string;
  /** Default `resources`. */
  readonly bill?: BillDetail;
  /** List prices by `product sku part-or-variant…`; see {@link priceKey}. */
  readonly prices?: Readonly<Record<string, string>>;
  /** Values in force other than the rule's defaults. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Other resources of the account. */
  readonly others?: readonly RuleResource[];
  /** Edges as `from-id kind to-id`. */
  readonly edges?: readonly string[];
}

/** `disk gp3 iops`, `compute m5.large linux`: product, size and variant values in the order of their names. */
export function priceKey(query: PriceQuery): string {
  const variant = Object.entries(query.variant ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);
  return [query.product, query.sku ?? '', ...variant].filter((part) => part !== '').join(' ');
}

const UNITS: Readonly<Record<string, string>> = { disk: 'gib-month', snapshot: 'gib-month' };

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? 0;
}

/** Hour of the week of an instant, 0 is Monday 00:00 UTC. */
function hourOfWeek(at: number): number {
  const date = new Date(at);
  return ((date.getUTCDay() + 6) % 7) * 24 + date.getUTCHours();
}

/** The profile of hourly points of the last days, as the engine prepares it. */
export function makeProfile(
  metric: string,
  statistic: Statistic,
  given: number | Measured,
  lookback: number,
): MetricProfile {
  const { value, days = 63, unit = 'count' } = typeof given === 'number' ? { value: given } : given;
  const covered = Math.min(days, lookback);
  const points = Array.from({ length: covered * 24 }, (_, i) => {
    const at = NOW.getTime() - (covered * 24 - i) * HOUR_MS;
    return { at, value: typeof value === 'number' ? value : value(hourOfWeek(at)) };
  }).filter((p): p is { at: number; value: number } => p.value !== null);
  const sorted = points.map((p) => p.value).toSorted((a, b) => a - b);
  const mean = (values: readonly number[]): number =>
    values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
  const byDay = Map.groupBy(points, (p) => Math.floor(p.at / (24 * HOUR_MS)));
  const bySlot = Map.groupBy(points, (p) => hourOfWeek(p.at));
  return {
    metric,
    statistic,
    unit,
    days: byDay.size,
    minimum: sorted[0] ?? 0,
    average: mean(sorted),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    maximum: sorted.at(-1) ?? 0,
    sum: sorted.reduce((a, b) => a + b, 0),
    daily: [...byDay].map(([day, list]) => {
      const values = list.map((p) => p.value);
      return {
        at: new Date(day * 24 * HOUR_MS),
        average: mean(values),
        maximum: Math.max(...values),
        sum: values.reduce((a, b) => a + b, 0),
      };
    }),
    week: Array.from({ length: 168 }, (_, slot) => {
      const list = bySlot.get(slot);
      return list ? mean(list.map((p) => p.value)) : null;
    }),
  };
}

/** Facts from small tables. */
export function makeFacts(rule: Rule, known: KnownFacts, resource: RuleResource): Facts {
  // The engine loads the types a rule names and no others.
  const loaded = [rule.resourceType, ...(rule.needsTypes ?? [])];
  const all = [resource, ...(known.others ?? []).filter((r) => loaded.includes(r.type))];
  const edges = (known.edges ?? []).map((edge) => edge.split(' '));
  const byId = (id: string | undefined) => all.find((r) => r.id === id);
  return {
    now: NOW,
    bill: known.bill ?? 'resources',
    parameter(id) {
      const value = known.parameters?.[id] ?? rule.parameters[id]?.default;
      if (value === undefined) throw new Error(`${rule.id} has no parameter ${id}`);
      return value;
    },
    metric(of, metric, statistic, days) {
      const declared = rule.metrics.some(
        (m) => m.metric === metric && m.statistic === statistic && (m.type ?? rule.resourceType) === of.type,
      );
      if (!declared)
        throw new Error(`${rule.id} reads ${metric} ${statistic} of ${of.type} without naming it`);
      if (days > rule.lookbackDays) throw new Error(`${rule.id} looks back further than it says`);
      const given =
        known.metrics?.[`${of.id}/${metric}.${statistic}`] ?? known.metrics?.[`${metric}.${statistic}`];
      return given === undefined ? undefined : makeProfile(metric, statistic, given, days);
    },
    cost(of) {
      const perDay = typeof known.cost === 'string' ? known.cost : known.cost?.[of.id];
      return perDay === undefined ? undefined : { perDay, currency: known.currency ?? 'USD', days: 30 };
    },
    price(query) {
      const amount = known.prices?.[priceKey(query)];
      return amount === undefined
        ? undefined
        : {
            query,
            price: { amount, currency: 'USD' },
            unit: query.variant?.['part'] ?? UNITS[query.product] ?? 'hour',
            source: 'bundled',
            asOf: '2026-01-01',
          };
    },
    byNativeId: (nativeId) => all.find((r) => r.nativeId === nativeId),
    targets: (of, kind) =>
      edges.filter(([from, k]) => from === of.id && k === kind).flatMap(([, , to]) => byId(to) ?? []),
    sources: (of, kind) =>
      edges.filter(([, k, to]) => to === of.id && k === kind).flatMap(([from]) => byId(from) ?? []),
    ofType: (type) => all.filter((r) => r.type === type),
  };
}
