import type { PriceQuery, PriceQuote, Statistic } from '@cloudatlas/cloud/observations';
import type { Json, ResourceRef, ResourceState, SizeSpec } from '@cloudatlas/cloud/resource';
import type {
  Evidence,
  Grade,
  LocalText,
  RuleCategory,
  SavingMethod,
  SkipReason,
  UndoClass,
} from '@cloudatlas/contracts/finops';

/*
 * What a waste rule is. A rule is one pure file: it reads prepared facts and never a cloud, a
 * clock or a database. The engine knows no rule and no provider by name.
 */

/** A resource as rules see it. */
export interface RuleResource extends ResourceRef {
  /** Our id of it. */
  readonly resourceId: string;
  readonly accountId: string;
  readonly provider: string;
  readonly name: string;
  readonly state: ResourceState;
  /** Since when it has been in this state, by the provider's word or our history; null when not known. */
  readonly stateSince: Date | null;
  readonly createdAt: Date | null;
  /** When the inventory met it first: a lower bound of its age where the provider tells none. */
  readonly firstSeenAt: Date;
  readonly tags: Readonly<Record<string, string>>;
  readonly size: SizeSpec | null;
  readonly attributes: Readonly<Record<string, Json>>;
}

/** A measured metric of a resource, prepared per day and per hour of the week (UTC). */
export interface MetricProfile {
  readonly metric: string;
  readonly statistic: Statistic;
  readonly unit: string;
  /** Complete days with data inside the look-back. */
  readonly days: number;
  /** Over all points (hours) of the look-back. `sum` adds the points up. */
  readonly minimum: number;
  readonly average: number;
  readonly p95: number;
  readonly p99: number;
  readonly maximum: number;
  readonly sum: number;
  /** One entry a day, oldest first; days without data have none. */
  readonly daily: readonly {
    readonly at: Date;
    readonly average: number;
    readonly maximum: number;
    readonly sum: number;
  }[];
  /** Mean of each hour of the week, Monday 00:00 UTC first; null without data. */
  readonly week: readonly (number | null)[];
}

/** Actual cost of a resource from the bill, amortised (FOCUS EffectiveCost). */
export interface ActualCost {
  /** Mean of the days with charges in the look-back; decimal. */
  readonly perDay: string;
  readonly currency: string;
  /** Days with charges. */
  readonly days: number;
}

/** See {@link Facts.bill}. */
export type BillDetail = 'resources' | 'sums' | 'none';

/** What is known about one account's resources at the time of a scan. */
export interface Facts {
  readonly now: Date;
  /** The values of the rule's parameters in force, by id. */
  parameter(id: string): number;
  /** Metrics of the look-back of so many days; undefined when never measured. */
  metric(
    resource: RuleResource,
    metric: string,
    statistic: Statistic,
    days: number,
  ): MetricProfile | undefined;
  cost(resource: RuleResource): ActualCost | undefined;
  /**
   * What the account's bill tells: costs by resource, sums of services only (a cost service asked without resources), or
   * nothing yet. With sums no resource has a cost, which says nothing about any of them.
   */
  readonly bill: BillDetail;
  /** List price; undefined when nobody knows it. A price that was never asked for is fetched and the rule run again. */
  price(query: PriceQuery): PriceQuote | undefined;
  byNativeId(nativeId: string): RuleResource | undefined;
  /** Other ends of edges from this resource. */
  targets(resource: RuleResource, kind: string): readonly RuleResource[];
  /** Resources with an edge to this one. */
  sources(resource: RuleResource, kind: string): readonly RuleResource[];
  /** All resources of a type in the account. */
  ofType(type: string): readonly RuleResource[];
}

/** One call of a plan; `target` is the resource itself when absent. */
export interface PlannedOperation {
  /** Id of an OperationDescriptor of the target's type. */
  readonly operation: string;
  readonly target?: ResourceRef;
  readonly parameters: Readonly<Record<string, Json>>;
}

/**
 * What applying a finding does.
 * - `operations`: made in order; undo is the reverse of each by what the adapter answered;
 * - `snapshot_delete`: snapshot, then delete; undo restores from the snapshot with a new id;
 * - `quarantine_delete`: `operations` first (detach, stop), tag, delete after 24 hours unless taken back;
 * - `schedule`: creates a START + STOP pair.
 */
export type PlannedAction =
  | { readonly kind: 'operations'; readonly operations: readonly PlannedOperation[] }
  | { readonly kind: 'snapshot_delete'; readonly operations: readonly PlannedOperation[] }
  | { readonly kind: 'quarantine_delete'; readonly operations: readonly PlannedOperation[] }
  | {
      readonly kind: 'schedule';
      /** Days 1 Monday … 7 Sunday on which it runs; times HH:MM in the zone. */
      readonly days: readonly number[];
      readonly startAt: string;
      readonly stopAt: string;
      readonly timeZone: string;
    };

/** What a rule found. */
export interface Finding {
  readonly kind: 'finding';
  /** Saving a month, decimal in `currency`; null for hygiene. */
  readonly monthly: string | null;
  readonly currency: string;
  readonly method: SavingMethod;
  /** Why, with this resource's figures. */
  readonly why: LocalText;
  /** The formula with its figures. */
  readonly explanation: LocalText;
  readonly current: readonly { readonly label: LocalText; readonly value: string }[];
  readonly recommended: readonly { readonly label: LocalText; readonly value: string }[];
  readonly evidence: readonly Evidence[];
  /** Null for advice. */
  readonly action: PlannedAction | null;
  /** Lower than the rule's own when facts are thin. */
  readonly confidence?: Grade;
}

/** Not looked at, and why. */
export interface Skip {
  readonly kind: 'skip';
  readonly reason: SkipReason;
  /** Which permission, metric or age; few distinct values, since skips are counted by it. */
  readonly detail?: string;
}

export type Verdict = Finding | Skip | { readonly kind: 'clear' };

/** A tunable number with bounds. */
export interface RuleParameterSpec {
  readonly label: LocalText;
  readonly unit: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** A metric a rule reads: the engine collects exactly these. */
export interface RuleMetric {
  readonly metric: string;
  readonly statistic: Statistic;
  /** Of another type than the rule's own, e.g. of the instance behind a volume. */
  readonly type?: string;
}

/** One rule of the catalogue. */
export interface Rule {
  /** Stable, e.g. `aws-ec2-idle`. */
  readonly id: string;
  readonly provider: string;
  /** Type of the resources it examines. */
  readonly resourceType: string;
  /** Other types it needs in the inventory to say anything true. */
  readonly needsTypes?: readonly string[];
  readonly category: RuleCategory;
  readonly title: LocalText;
  readonly criterion: LocalText;
  readonly remedy: LocalText;
  readonly parameters: Readonly<Record<string, RuleParameterSpec>>;
  readonly metrics: readonly RuleMetric[];
  /** Days of metrics it may look back on at most, from its parameters' maximum. */
  readonly lookbackDays: number;
  readonly saving: SavingMethod;
  readonly confidence: Grade;
  readonly effort: Grade;
  readonly restart: boolean;
  readonly undoClass: UndoClass;
  /** Kind of what it may plan; null for advice. */
  readonly action: PlannedAction['kind'] | null;
  /** Operations it may plan; of its own type unless told. */
  readonly operations?: readonly { readonly operation: string; readonly type?: string }[];
  /** The provider's permission names. */
  readonly permissions: {
    readonly read: readonly string[];
    readonly apply: readonly string[];
    readonly undo: readonly string[];
  };
  /**
   * Which money it claims when several rules touch one resource: those of one group exclude
   * each other and the largest counts. Default `all`, the whole cost of the resource.
   */
  readonly claims?: 'all' | 'setting';
  examine(resource: RuleResource, facts: Facts): Verdict;
}
