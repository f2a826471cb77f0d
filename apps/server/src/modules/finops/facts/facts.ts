import type { PriceQuery, PriceQuote, Statistic } from '@cloudatlas/cloud/observations';
import { HourProfile } from '../metrics/profile.ts';
import type { StoredSeries } from '../metrics/store.ts';
import type { ActualCost, Facts, MetricProfile, RuleResource } from '../rules/rule.ts';
import type { PriceList } from './prices.ts';
import type { AccountSnapshot } from './snapshot.ts';

/** What is known of one account in a scan. Metrics are there for the resources under examination only. */
export class AccountFactBase {
  readonly now: Date;
  readonly snapshot: AccountSnapshot;
  readonly prices: PriceList;
  readonly #costs: ReadonlyMap<string, ActualCost>;
  readonly #today: number;
  #series = new Map<string, StoredSeries>();
  #profiles = new Map<string, HourProfile>();

  /** @param today midnight UTC at which look-backs end */
  constructor(
    now: Date,
    today: number,
    snapshot: AccountSnapshot,
    costs: ReadonlyMap<string, ActualCost>,
    prices: PriceList,
  ) {
    this.now = now;
    this.#today = today;
    this.snapshot = snapshot;
    this.#costs = costs;
    this.prices = prices;
  }

  /** Brings in the metrics of the resources that are examined next; earlier ones are let go. */
  takeSeries(series: readonly StoredSeries[]): void {
    this.#series = new Map(
      series.map((each) => [`${each.resourceId} ${each.metric} ${each.statistic}`, each]),
    );
    this.#profiles = new Map();
  }

  profile(resourceId: string, metric: string, statistic: Statistic, days: number): MetricProfile | undefined {
    const key = `${resourceId} ${metric} ${statistic}`;
    const series = this.#series.get(key);
    if (series === undefined) return undefined;
    const ofDays = `${key} ${days}`;
    let profile = this.#profiles.get(ofDays);
    if (profile === undefined) {
      profile = new HourProfile({ metric, statistic, unit: series.unit }, series, this.#today, days);
      this.#profiles.set(ofDays, profile);
    }
    return profile;
  }

  cost(resourceId: string): ActualCost | undefined {
    return this.#costs.get(resourceId);
  }
}

/** The account's facts as one rule reads them, with its parameters. */
export class RuleFacts implements Facts {
  readonly now: Date;
  readonly #base: AccountFactBase;
  readonly #values: Readonly<Record<string, number>>;

  constructor(base: AccountFactBase, values: Readonly<Record<string, number>>) {
    this.now = base.now;
    this.#base = base;
    this.#values = values;
  }

  parameter(id: string): number {
    const value = this.#values[id];
    if (value === undefined) throw new Error(`The rule has no parameter ${id}.`);
    return value;
  }

  metric(
    resource: RuleResource,
    metric: string,
    statistic: Statistic,
    days: number,
  ): MetricProfile | undefined {
    return this.#base.profile(resource.resourceId, metric, statistic, days);
  }

  cost(resource: RuleResource): ActualCost | undefined {
    return this.#base.cost(resource.resourceId);
  }

  price(query: PriceQuery): PriceQuote | undefined {
    return this.#base.prices.get(query);
  }

  byNativeId(nativeId: string): RuleResource | undefined {
    return this.#base.snapshot.byNativeId(nativeId);
  }

  targets(resource: RuleResource, kind: string): readonly RuleResource[] {
    return this.#base.snapshot
      .edges(resource, 'out')
      .filter((edge) => edge.kind === kind)
      .map((edge) => edge.other);
  }

  sources(resource: RuleResource, kind: string): readonly RuleResource[] {
    return this.#base.snapshot
      .edges(resource, 'in')
      .filter((edge) => edge.kind === kind)
      .map((edge) => edge.other);
  }

  ofType(type: string): readonly RuleResource[] {
    return this.#base.snapshot.ofType(type);
  }
}
