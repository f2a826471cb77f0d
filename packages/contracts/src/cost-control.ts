/**
 * Costs: budgets, alert rules, alert events, anomalies and allocation.
 * All routes are below `/api/v1/orgs/{org}/workspaces/{workspace}/costs` (written `…` here).
 */
import { z } from 'zod';
import { Cursor, DisplayName, Id, Instant, PageLimit, pageOf } from './common.ts';
import { CostDimension, CostFilters, CostMetric, CostPeriod, Currency, Day, Decimal } from './costs.ts';

const Positive = z
  .string()
  .regex(/^(?!0+(\.0+)?$)\d{1,15}(\.\d{1,4})?$/, 'must be a positive decimal with a point');

/** Fires once per period when cost (or, for `forecast`, the expected cost of the period) reaches `percent` of the amount. */
export const BudgetThreshold = z.strictObject({
  percent: z.number().min(1).max(1000),
  on: z.enum(['actual', 'forecast']),
});
export const BudgetPeriod = z.enum(['monthly', 'quarterly', 'yearly']);

const budget = {
  name: DisplayName,
  period: BudgetPeriod,
  amount: Positive,
  currency: Currency,
  metric: CostMetric,
  /** What it covers; empty: everything. */
  filters: CostFilters,
  thresholds: z.array(BudgetThreshold).min(1).max(10),
};
/** GET, POST …/budgets; GET, PUT, DELETE …/budgets/{budgetId}. Plan feature `budgets`, limit `budgets`. */
export const BudgetBody = z.strictObject({
  ...budget,
  metric: CostMetric.default('billed'),
  enabled: z.boolean().default(true),
});
export const BudgetState = z.object({
  periodStart: Day,
  /** Exclusive. */
  periodEnd: Day,
  /** Cost so far in the budget's currency; null when a rate is missing (`problem` says which). */
  actual: Decimal.nullable(),
  /** Expected at the end of the period; null when nothing can be said. */
  forecast: Decimal.nullable(),
  /** actual ÷ amount in percent, one digit. */
  percent: z.number().nullable(),
  forecastPercent: z.number().nullable(),
  status: z.enum(['ok', 'warning', 'exceeded', 'unknown']),
  problem: z.string().nullable(),
  evaluatedAt: Instant,
});
export const Budget = z.object({
  id: Id,
  ...budget,
  enabled: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
  state: BudgetState.nullable(),
});
export type Budget = z.infer<typeof Budget>;
export const BudgetList = pageOf(Budget);
/** GET …/budgets/{budgetId}: with what earlier periods came to, oldest first, at most 12. */
export const BudgetDetail = Budget.extend({
  history: z.array(z.object({ periodStart: Day, periodEnd: Day, actual: Decimal })),
});

/**
 * A cost alert: the cost of a window of the filtered costs against an amount, or its rise in percent over the
 * window before. `day`: the last complete day; `week`: the last seven complete days; `month`: the month so far.
 * Fires once per window. GET, POST …/alert-rules; PUT, DELETE …/alert-rules/{ruleId}.
 */
const alertRule = {
  name: DisplayName,
  /** Provider, service … the rule is about; empty: everything. */
  filters: CostFilters,
  window: z.enum(['day', 'week', 'month']),
  condition: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('amount'), amount: Positive, currency: Currency }),
    /** Rise in percent; ignored while the window's cost is below `minAmount`. */
    z.strictObject({
      kind: z.literal('percent'),
      percent: z.number().min(1).max(10_000),
      minAmount: Positive.default('1'),
      currency: Currency,
    }),
  ]),
};
export const AlertRuleBody = z.strictObject({ ...alertRule, enabled: z.boolean().default(true) });
export const AlertRule = z.object({
  id: Id,
  ...alertRule,
  enabled: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
  lastFiredAt: Instant.nullable(),
});
export type AlertRule = z.infer<typeof AlertRule>;
export const AlertRuleList = pageOf(AlertRule);

/** Something that fired. Newest first. GET …/alerts; POST …/alerts/read; GET …/alerts/unread. */
export const CostAlert = z.object({
  id: Id,
  kind: z.enum(['budget', 'rule', 'anomaly']),
  severity: z.enum(['info', 'warning', 'critical']),
  /** Budget, rule or anomaly it came from. */
  sourceId: Id,
  /** Name of the budget or rule, or what the anomaly is in. */
  sourceName: z.string(),
  /** Facts for the sentence the page makes of it: `budget`: on, percent, threshold, actual, amount; `rule`: window, actual, previous, amount, percent; `anomaly`: service, account, region, day, actual, expected, direction. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  currency: Currency,
  periodStart: Day,
  /** For the person who asks. */
  read: z.boolean(),
  createdAt: Instant,
});
export type CostAlert = z.infer<typeof CostAlert>;
export const AlertQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: PageLimit,
  kind: CostAlert.shape.kind.optional(),
  unread: z.stringbool().default(false),
});
export const AlertList = pageOf(CostAlert);
/** Marks these read, or all of them. */
export const ReadAlertsBody = z.union([
  z.strictObject({ ids: z.array(Id).min(1).max(200) }),
  z.strictObject({ all: z.literal(true) }),
]);
export const UnreadAlerts = z.object({ unread: z.number().int(), latest: z.array(CostAlert) });

/** GET, PUT …/alerts/preferences: whether this person gets alert mails of the workspace (owners and billing do from the start). */
export const AlertPreferences = z.strictObject({ mail: z.boolean() });

/** A day (or more) that does not fit. Plan feature `anomalies`. GET …/anomalies, newest first. */
export const CostAnomaly = z.object({
  id: Id,
  service: z.string().nullable(),
  accountId: z.string().nullable(),
  accountLabel: z.string().nullable(),
  region: z.string().nullable(),
  provider: z.string().nullable(),
  currency: Currency,
  day: Day,
  kind: z.enum(['spike', 'drop', 'new']),
  actual: Decimal,
  expected: Decimal,
  /** actual − expected. */
  impact: Decimal,
  /** Distance in robust standard deviations. */
  score: z.number(),
  /** `seasonal`: the robust method; `baseline`: 14 days and three standard deviations on two days; `both`. */
  method: z.enum(['seasonal', 'baseline', 'both']),
  status: z.enum(['open', 'expected']),
  note: z.string().nullable(),
  /** Who marked it as expected. */
  markedBy: z.string().nullable(),
  detectedAt: Instant,
});
export type CostAnomaly = z.infer<typeof CostAnomaly>;
export const AnomalyQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: PageLimit,
  status: CostAnomaly.shape.status.optional(),
  from: Day.optional(),
});
export const AnomalyList = pageOf(CostAnomaly);
/** PATCH …/anomalies/{anomalyId} → CostAnomaly. Expected ones raise no alert again on later days of the same level. */
export const MarkAnomalyBody = z.strictObject({
  status: CostAnomaly.shape.status,
  note: z.string().trim().max(500).optional(),
});
/** GET …/anomalies/{anomalyId}: with the days around it and what explains the difference. */
export const AnomalyDetail = CostAnomaly.extend({
  series: z.array(z.object({ day: Day, amount: Decimal })),
  /** The dimension that explains most comes first. */
  causes: z.array(
    z.object({
      dimension: CostDimension,
      /** 0 to 1: how well the dimension points at a culprit. */
      explained: z.number(),
      top: z.array(
        z.object({
          key: z.string().nullable(),
          actual: Decimal,
          usual: Decimal,
          change: Decimal,
          share: z.number(),
          isNew: z.boolean(),
        }),
      ),
    }),
  ),
});

const Match = z.strictObject({
  dimension: CostDimension,
  values: z.array(z.string().max(2048).nullable()).min(1).max(200),
});
const Owner = z.string().trim().min(1).max(256);
/** Who causes which cost. GET, PUT …/allocation/rules. Plan feature `chargeback`. */
export const AllocationRules = z.strictObject({
  /** The tag whose value names the owner. */
  tagKey: z.string().trim().min(1).max(256),
  /** Gives cost without the tag to an owner; all conditions must hold, the first rule that fits wins. */
  assign: z.array(z.strictObject({ match: z.array(Match).min(1).max(10), owner: Owner })).max(200),
  /** Spreads cost that serves several owners; applied before the tag. */
  shared: z
    .array(
      z.strictObject({
        match: z.array(Match).min(1).max(10),
        method: z.enum(['even', 'proportional', 'fixed']),
        /** Who takes part; empty: every owner with cost of its own. */
        owners: z.array(Owner).max(200).default([]),
        /** For `fixed`: weights by owner; they need not add up to 100. */
        weights: z.record(Owner, z.string().regex(/^\d{1,9}(\.\d{1,6})?$/)).default({}),
      }),
    )
    .max(50),
});
export type AllocationRules = z.infer<typeof AllocationRules>;
/** POST …/allocation → AllocationResult; GET …/allocation/export?q=AllocationBody as JSON text downloads it as CSV. */
export const AllocationBody = z.strictObject({
  period: CostPeriod.default('30d'),
  metric: CostMetric.default('billed'),
  filters: CostFilters,
  currency: Currency.optional(),
  /** Rules to try instead of the saved ones. */
  rules: AllocationRules.optional(),
});
export const AllocationResult = z.object({
  period: z.object({ from: Day, to: Day }),
  rules: AllocationRules,
  /** Owners' totals; the null owner is what no tag and no rule gave to anybody. They add up to `totals` to the last digit. */
  items: z.array(
    z.object({
      owner: z.string().nullable(),
      currency: Currency,
      direct: Decimal,
      assigned: Decimal,
      shared: Decimal,
      total: Decimal,
    }),
  ),
  totals: z.array(z.object({ currency: Currency, total: Decimal })),
});
export type AllocationResult = z.infer<typeof AllocationResult>;
