import type { PriceQuery, PriceQuote, Statistic } from '@cloudatlas/cloud/observations';
import { HourProfile } from '../metrics/profile.ts';
import type { StoredSeries } from '../metrics/store.ts';
import type { ActualCost, BillDetail, Facts, MetricProfile, RuleResource } from '../rules/rule.ts';
import type { PriceList } from './prices.ts';
import type { AccountSnapshot } from './snapshot.ts';

/** A series and its profiles by days of look-back, made when they are first asked for. */
interface Measured {
  series: StoredSeries;
  profiles: Map<number, HourProfile>;
}

/** What is known of one account in a scan. Metrics are there for the resources under examination only. */
export class AccountFactBase {
  readonly now: Date;
  readonly snapshot: AccountSnapshot;
  readonly prices: PriceList;
  readonly bill: BillDetail;
  readonly #costs: ReadonlyMap<string, ActualCost>;
  readonly #today: number;
  #series = new Map<string, Measured[]>();

  /** @param today midnight UTC at which look-backs end */
  constructor(
    now: Date,
    today: number,
    snapshot: AccountSnapshot,
    costs: ReadonlyMap<string, ActualCost>,
    prices: PriceList,
    bill: BillDetail,
  ) {
    this.now = now;
    this.#today = today;
    this.snapshot = snapshot;
    this.#costs = costs;
    this.prices = prices;
    this.bill = bill;
  }

  /** Brings in the metrics of the resources that are examined next; earlier ones are let go. */
  takeSeries(series: readonly StoredSeries[]): void {
    this.#series = new Map();
    for (const each of series) {
      const measured = { series: each, profiles: new Map<number, HourProfile>() };
      const same = this.#series.get(each.resourceId);
      if (same === undefined) this.#series.set(each.resourceId, [measured]);
      else same.push(measured);
    }
  }

  profile(resourceId: string, metric: string, statistic: Statistic, days: number): MetricProfile | undefined {
    const measured = this.#series
      .get(resourceId)
      ?.find(({ series }) => series.metric === metric && series.statistic === statistic);
    if (measured === undefined) return undefined;
    let profile = measured.profiles.get(days);
    if (profile === undefined) {
      const { series } = measured;
      profile = new HourProfile({ metric, statistic, unit: series.unit }, series, this.#today, days);
      measured.profiles.set(days, profile);
    }
    return profile;
  }

  /** Lets go of what was computed of a resource's metrics: most of it dies young then, and costs the collector little. */
  settle(resourceId: string): void {
    for (const measured of this.#series.get(resourceId) ?? []) measured.profiles = new Map();
  }

  cost(resourceId: string): ActualCost | undefined {
    return this.#costs.get(resourceId);
  }
}

/** The account's facts as one rule reads them, with its parameters. */
export class RuleFacts implements Facts {
  readonly now: Date;
  readonly bill: BillDetail;
  readonly #base: AccountFactBase;
  readonly #values: Readonly<Record<string, number>>;

  constructor(base: AccountFactBase, values: Readonly<Record<string, number>>) {
    this.now = base.now;
    this.bill = base.bill;
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
