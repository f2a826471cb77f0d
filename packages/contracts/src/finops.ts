import { Money } from '@cloudatlas/cloud/resource';
import { z } from 'zod';
import { Cursor, Id, Instant, PageLimit, pageOf } from './common.ts';

/*
 * Savings: rules, recommendations, scans and "why not". What is done about a recommendation
 * is in finops-actions.ts. All paths lie under /orgs/{org}/workspaces/{workspace}/finops.
 */

const Text = (max: number) => z.string().max(max);
const many = (max: number) =>
  z
    .union([Text(max), z.array(Text(max)).max(50)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .optional();

/** A text for people in each language of the interface. */
export const LocalText = z.object({ en: z.string(), 'pt-BR': z.string() });
export type LocalText = z.infer<typeof LocalText>;

export const RuleCategory = z.enum([
  'idle',
  'orphan',
  'rightsize',
  'modernize',
  'schedule',
  'storage',
  'licence',
  'commitment',
  'hygiene',
]);
export type RuleCategory = z.infer<typeof RuleCategory>;

/**
 * How a saving is found.
 * - `M1` actual amortised cost of a day × 30.44;
 * - `M2` actual monthly cost × (list now − list new) / list now;
 * - `M3` list price of a month;
 * - `M4` share of the idle hours of the week in the actual cost;
 * - `M5` simulation of a tier, commitment or consumption against recorded usage;
 * - `M0` hygiene: no money is claimed.
 */
export const SavingMethod = z.enum(['M0', 'M1', 'M2', 'M3', 'M4', 'M5']);
export type SavingMethod = z.infer<typeof SavingMethod>;

/** `R` reversible setting; `S` restorable with a new id; `N` final, so quarantined first or advice only. */
export const UndoClass = z.enum(['R', 'S', 'N']);
export type UndoClass = z.infer<typeof UndoClass>;
export const Grade = z.enum(['high', 'medium', 'low']);
export type Grade = z.infer<typeof Grade>;

/** A tunable number of a rule with its bounds. */
export const RuleParameter = z.object({
  id: z.string(),
  label: LocalText,
  /** `days`, `percent`, `count`, `bytes/day`, `hours`, … */
  unit: z.string(),
  default: z.number(),
  minimum: z.number(),
  maximum: z.number(),
});
export type RuleParameter = z.infer<typeof RuleParameter>;

/** A rule as the catalogue shows it, with what the organization set. GET rules, PATCH rules/{ruleId}. */
export const RuleView = z.object({
  id: z.string(),
  provider: z.string(),
  resourceType: z.string(),
  category: RuleCategory,
  title: LocalText,
  /** When it fires. */
  criterion: LocalText,
  /** What to do about it. */
  remedy: LocalText,
  savingMethod: SavingMethod,
  confidence: Grade,
  effort: Grade,
  restart: z.boolean(),
  undoClass: UndoClass,
  /** Kind of the action that applies it; null for advice. */
  action: z.string().nullable(),
  parameters: z.array(RuleParameter),
  metrics: z.array(z.string()),
  permissions: z.object({
    read: z.array(z.string()),
    apply: z.array(z.string()),
    undo: z.array(z.string()),
  }),
  enabled: z.boolean(),
  snoozedUntil: Instant.nullable(),
  /** Values in force, by parameter id. */
  values: z.record(z.string(), z.number()),
});
export type RuleView = z.infer<typeof RuleView>;
export const RuleList = z.object({ items: z.array(RuleView) });
export const RuleBody = z.strictObject({
  enabled: z.boolean().optional(),
  snoozedUntil: Instant.nullable().optional(),
  /** null puts a parameter back to its default. */
  values: z.record(Text(60), z.number().nullable()).optional(),
});

/** Settings of the organization over all rules. GET and PUT settings. */
export const SavingsSettings = z.strictObject({
  /**
   * Resources that carry one of these tags are left alone: `Key`, `Key==Value`, `Key!=Value`, `Key=~/re/`, `Key!~/re/`.
   */
  excludeTags: z.array(Text(300).trim().min(1)).max(50),
  /** Findings below so much a month are not shown; decimal, in the organization's currency. */
  minimumMonthly: z.string().regex(/^\d{1,9}(\.\d{1,4})?$/),
  /** Regions to look at; all when empty. */
  regions: z.array(Text(64)).max(100),
  /** Recurring scan: hours between scans, null for by hand only. */
  scanEveryHours: z.number().int().min(1).max(168).nullable(),
});
export type SavingsSettings = z.infer<typeof SavingsSettings>;

/** One figure of a size or setting: `size: m7g.large`, `vCPU: 2`. */
export const SpecItem = z.object({ label: LocalText, value: z.string() });

/** What proves a finding. */
export const Evidence = z.discriminatedUnion('kind', [
  /** A measured series; periods without data have no point. */
  z.object({
    kind: z.literal('series'),
    label: LocalText,
    unit: z.string(),
    threshold: z.number().nullable(),
    points: z.array(z.object({ at: Instant, value: z.number() })).max(800),
  }),
  /** Mean of each hour of the week, Monday 00:00 UTC first; null without data. */
  z.object({
    kind: z.literal('week'),
    label: LocalText,
    unit: z.string(),
    threshold: z.number().nullable(),
    hours: z.array(z.number().nullable()).length(168),
  }),
  z.object({ kind: z.literal('fact'), label: LocalText, value: z.string() }),
]);
export type Evidence = z.infer<typeof Evidence>;

/**
 * - `open`: can be acted on; `applying`: an action is under way; `applied`: in force;
 * - `dismissed`: a person said no; `expired`: the finding went away by itself;
 * - `needs_attention`: an action ended in a state that a person must look at.
 */
export const RecommendationStatus = z.enum([
  'open',
  'applying',
  'applied',
  'dismissed',
  'expired',
  'needs_attention',
]);
export type RecommendationStatus = z.infer<typeof RecommendationStatus>;

/** Why a rule said nothing about some resources. */
export const SkipReason = z.enum([
  'too_young',
  'no_metrics',
  'too_few_metrics',
  'no_cost',
  'no_price',
  'excluded',
  'disabled',
  'snoozed',
  'region_off',
  'missing_permission',
  'not_synchronised',
  'below_minimum',
  'unknown_size',
  'wrong_state',
  /** The rule itself failed on the resource; in the server's log. */
  'failed',
]);
export type SkipReason = z.infer<typeof SkipReason>;

export const DismissReason = z.enum(['needed', 'planned', 'wrong', 'too_risky', 'other']);

export const RecommendationRow = z.object({
  id: Id,
  ruleId: z.string(),
  title: LocalText,
  category: RuleCategory,
  status: RecommendationStatus,
  /** Saving a month in the organization's currency: above 50 high, 10 to 50 medium, below 10 low. */
  priority: Grade,
  provider: z.string(),
  accountId: Id,
  accountName: z.string(),
  region: z.string(),
  resource: z.object({
    id: Id,
    type: z.string(),
    nativeId: z.string(),
    name: z.string(),
  }),
  /** Estimated saving a month; null for hygiene or where no price is known. */
  monthlySaving: Money.nullable(),
  /** The same in the organization's currency, for sums. */
  monthlySavingConverted: Money.nullable(),
  /** False when another open finding on the same resource already claims this money. */
  counted: z.boolean(),
  confidence: Grade,
  effort: Grade,
  restart: z.boolean(),
  undoClass: UndoClass,
  /** Kind of the action; null for advice. */
  action: z.string().nullable(),
  assignee: z.object({ id: Id, name: z.string() }).nullable(),
  firstSeenAt: Instant,
  /** At most six hours before the newest scan that found it. */
  lastSeenAt: Instant,
  /** The newest action on it, see finops-actions.ts. */
  actionId: Id.nullable(),
});
export type RecommendationRow = z.infer<typeof RecommendationRow>;

/** GET recommendations/{id}. */
export const RecommendationDetail = RecommendationRow.extend({
  /** Why, with the figures of this resource. */
  why: LocalText,
  remedy: LocalText,
  current: z.array(SpecItem),
  recommended: z.array(SpecItem),
  evidence: z.array(Evidence),
  saving: z.object({
    method: SavingMethod,
    /** The formula with its figures, for the person who checks. */
    explanation: LocalText,
    /** Actual amortised cost of the resource a month; null where the bill does not know it. */
    currentMonthly: Money.nullable(),
  }),
  /** Why it cannot be applied now: `role`, `plan`, `advice`, `feature_off`, `account_disabled`, `approval`, `state`, `pending`; null when it can. */
  blockedBy: z.string().nullable(),
  dismissal: z
    .object({
      reason: DismissReason,
      note: z.string(),
      by: z.string(),
      at: Instant,
      until: Instant.nullable(),
    })
    .nullable(),
  /** The newest scan could not examine the resource again and kept the finding: why. */
  keptBecause: z.object({ reason: SkipReason, detail: z.string().nullable() }).nullable(),
  /** Other findings on the same resource. */
  related: z.array(z.object({ id: Id, ruleId: z.string(), title: LocalText, status: RecommendationStatus })),
});
export type RecommendationDetail = z.infer<typeof RecommendationDetail>;

export const RecommendationSort = z.enum(['-saving', 'saving', '-seen', 'name', 'priority']);
export const RecommendationQuery = z.strictObject({
  q: z.string().trim().max(200).optional(),
  status: many(20),
  priority: many(10),
  category: many(20),
  rule: many(80),
  provider: many(20),
  account: many(60),
  region: many(64),
  assignee: many(60),
  resource: Id.optional(),
  sort: RecommendationSort.default('-saving'),
  cursor: Cursor.optional(),
  limit: PageLimit,
});
export type RecommendationQuery = z.infer<typeof RecommendationQuery>;
export const RecommendationPage = pageOf(RecommendationRow).extend({
  total: z.number().int(),
  /** Those the plan does not show: Free sees the three largest and the total. */
  hidden: z.number().int(),
});

/** GET recommendations/summary, over open findings; money in the organization's currency. */
export const SavingsSummary = z.object({
  currency: z.string(),
  /** Potential a month without counting a resource's money twice. */
  potentialMonthly: z.string(),
  open: z.number().int(),
  byPriority: z.array(z.object({ priority: Grade, count: z.number().int(), monthly: z.string() })),
  byCategory: z.array(z.object({ category: RuleCategory, count: z.number().int(), monthly: z.string() })),
  byProvider: z.array(z.object({ provider: z.string(), count: z.number().int(), monthly: z.string() })),
  byRule: z.array(
    z.object({ ruleId: z.string(), title: LocalText, count: z.number().int(), monthly: z.string() }),
  ),
  /** Estimated saving a month of what is in force now. */
  appliedMonthly: z.string(),
  /** Measured from later cost, since the first action. */
  realisedTotal: z.string(),
  /** Forecast of this month's bill, and the same less what actions in force save until its end; null without enough costs. */
  projection: z
    .object({ month: z.string(), monthEnd: z.string(), monthEndAfterActions: z.string() })
    .nullable(),
  lastScanAt: Instant.nullable(),
});
export type SavingsSummary = z.infer<typeof SavingsSummary>;

export const DismissBody = z.strictObject({
  reason: DismissReason,
  note: z.string().trim().max(500).default(''),
  /** Until when; for good when null. */
  until: Instant.nullable().default(null),
});
export const AssignBody = z.strictObject({ userId: Id.nullable() });

/** GET scans, POST scans, GET scans/{id}. */
export const Scan = z.object({
  id: Id,
  trigger: z.enum(['manual', 'schedule', 'sync']),
  status: z.enum(['running', 'succeeded', 'partial', 'failed']),
  /** `metrics`: reading what is missing; `rules`: examining; `done`. */
  phase: z.enum(['metrics', 'rules', 'done']),
  /** Work done and to do in this phase. */
  done: z.number().int(),
  total: z.number().int(),
  examined: z.number().int(),
  found: z.number().int(),
  opened: z.number().int(),
  expired: z.number().int(),
  message: z.string().nullable(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
});
export type Scan = z.infer<typeof Scan>;
export const ScanList = pageOf(Scan);

/** "Why not": one rule × account × region of the newest scan. GET diagnostics. */
export const DiagnosticRow = z.object({
  ruleId: z.string(),
  title: LocalText,
  accountId: Id,
  accountName: z.string(),
  region: z.string(),
  /** Resources of the rule's type there. */
  examined: z.number().int(),
  found: z.number().int(),
  /** Examined, nothing to save. */
  clear: z.number().int(),
  skipped: z.array(
    z.object({
      reason: SkipReason,
      count: z.number().int(),
      /** Which permission, metric or age. English, technical. */
      detail: z.string().nullable(),
    }),
  ),
});
export type DiagnosticRow = z.infer<typeof DiagnosticRow>;
export const DiagnosticQuery = z.strictObject({
  rule: many(80),
  account: many(60),
  region: many(64),
  cursor: Cursor.optional(),
  limit: PageLimit,
});
export const DiagnosticPage = pageOf(DiagnosticRow);
