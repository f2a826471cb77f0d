import { ResourceRef, Money } from '@cloudatlas/cloud/resource';
import { z } from 'zod';
import { Cursor, DisplayName, Id, Instant, PageLimit, pageOf } from './common.ts';
import { LocalText, UndoClass } from './finops.ts';

/*
 * What is done about recommendations: actions with undo, quarantine, approvals and automatic
 * application. All paths lie under /orgs/{org}/workspaces/{workspace}/finops.
 */

/** One call of a plan, as it will be or was made. */
export const ActionStepView = z.object({
  /** Adapter's operation id, e.g. `stop`. */
  operation: z.string(),
  target: ResourceRef,
  parameters: z.record(z.string(), z.unknown()),
  /** The provider's own names of what is called, e.g. `ec2:StopInstances`. */
  calls: z.array(z.string()),
  status: z.enum(['pending', 'running', 'done', 'already', 'failed', 'undone', 'undo_failed', 'skipped']),
  message: z.string().nullable(),
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});

/**
 * - `waiting`: for approval; `running`; `applied`: in force and can be undone until `undoUntil`;
 * - `quarantined`: tagged, detached or stopped; deleted at `finalAt` unless taken back;
 * - `final`: in force, the time for undo is over; `failed`: nothing changed in the end, see message;
 * - `undoing`; `undone`: as before; `rejected`: an approver said no;
 * - `withdrawn`: whoever asked took the request back; `expired`: nobody decided about it in time, or its account went;
 * - `needs_attention`: neither applied nor as before; `attention` says what to do.
 */
export const ActionStatus = z.enum([
  'waiting',
  'running',
  'applied',
  'quarantined',
  'final',
  'failed',
  'undoing',
  'undone',
  'rejected',
  'withdrawn',
  'expired',
  'needs_attention',
]);
export type ActionStatus = z.infer<typeof ActionStatus>;

const Person = z.object({ id: Id.nullable(), name: z.string() });

/** GET actions, newest first: the timeline. */
export const ActionRow = z.object({
  id: Id,
  recommendationId: Id,
  ruleId: z.string(),
  title: LocalText,
  kind: z.string(),
  status: ActionStatus,
  provider: z.string(),
  accountId: Id,
  accountName: z.string(),
  resource: z.object({
    id: Id,
    type: z.string(),
    nativeId: z.string(),
    name: z.string(),
    region: z.string(),
  }),
  monthlySaving: Money.nullable(),
  undoClass: UndoClass,
  requestedBy: Person,
  /** `automatic` by a policy; `bulk` with others. */
  trigger: z.enum(['manual', 'bulk', 'automatic']),
  /** Null when it cannot be undone (any more, yet or at all). */
  undoUntil: Instant.nullable(),
  /** When a quarantined resource is deleted. */
  finalAt: Instant.nullable(),
  /** When a waiting request ends if nobody decides about it. */
  expiresAt: Instant.nullable(),
  message: z.string().nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
export type ActionRow = z.infer<typeof ActionRow>;

/** GET actions/{id}. */
export const ActionDetail = ActionRow.extend({
  steps: z.array(ActionStepView),
  undoSteps: z.array(ActionStepView),
  /** Undo is there but not yet (e.g. a volume may be changed once in six hours); from when. */
  undoFrom: Instant.nullable(),
  /** What a person must do now; null unless `needs_attention`. */
  attention: LocalText.nullable(),
  /** Configuration before the change as the provider gave it. */
  before: z.record(z.string(), z.unknown()).nullable(),
  /** Ids that exist because of it: a snapshot, the restored resource. */
  created: z.array(ResourceRef),
  /** Measured from later cost; null until there is a full day. */
  realised: z.object({ days: z.number().int(), before: Money, after: Money, saved: Money }).nullable(),
  approval: z
    .object({
      requestedBy: Person,
      decidedBy: Person.nullable(),
      decidedAt: Instant.nullable(),
      note: z.string(),
    })
    .nullable(),
});
export type ActionDetail = z.infer<typeof ActionDetail>;

export const ActionQuery = z.strictObject({
  status: z
    .union([ActionStatus, z.array(ActionStatus).max(12)])
    .transform((v) => (Array.isArray(v) ? v : [v]))
    .optional(),
  resource: Id.optional(),
  recommendation: Id.optional(),
  cursor: Cursor.optional(),
  limit: PageLimit,
});
export const ActionPage = pageOf(ActionRow);

/** GET recommendations/{id}/plan: the exact calls, without making any. */
export const ActionPlanView = z.object({
  kind: z.string(),
  undoClass: UndoClass,
  steps: z.array(ActionStepView),
  undoSteps: z.array(ActionStepView),
  /** What happens, in a sentence for the person who decides. */
  effect: LocalText,
  /** What undo gives back and what not (new id, new address, lost data). */
  undoEffect: LocalText,
  /** The name must be typed. */
  confirm: z.enum(['simple', 'typed']),
  /** What the provider said to a dry run; null where it has none. */
  dryRun: z.object({ allowed: z.boolean(), message: z.string() }).nullable(),
  needsApproval: z.boolean(),
});
export type ActionPlanView = z.infer<typeof ActionPlanView>;

/** POST recommendations/{id}/apply → ActionDetail (202). The idempotency key makes a repeated press one action. */
export const ApplyBody = z.strictObject({
  idempotencyKey: z.string().min(8).max(64),
  /** Needed when the plan's `confirm` is `typed`. */
  confirmName: z.string().max(1024).optional(),
  note: z.string().trim().max(500).default(''),
});

/** POST bulk/preview and bulk/apply. */
export const BulkBody = z.strictObject({ recommendationIds: z.array(Id).min(1).max(200) });
export const BulkPreview = z.object({
  items: z.array(
    z.object({
      recommendationId: Id,
      name: z.string(),
      kind: z.string().nullable(),
      undoClass: UndoClass,
      restart: z.boolean(),
      monthlySaving: Money.nullable(),
      /** Why this one will be left out; as RecommendationDetail.blockedBy, or `duplicate_resource`, `limit`, `cost_unknown` (with `maxMonthlyCost` only), `typed` (must be confirmed by its name, one by one). */
      blockedBy: z.string().nullable(),
    }),
  ),
  currency: z.string(),
  monthlySaving: z.string(),
  applicable: z.number().int(),
  restarts: z.number().int(),
  final: z.number().int(),
});
export type BulkPreview = z.infer<typeof BulkPreview>;
export const BulkApplyBody = BulkBody.extend({
  idempotencyKey: z.string().min(8).max(64),
  /** Stops before going over either. */
  maxActions: z.number().int().min(1).max(200).default(50),
  /**
   * Sum of actual monthly cost that may be touched; decimal in the organization's currency. What has no known cost is
   * left out then, since nobody can tell that it keeps to the limit.
   */
  maxMonthlyCost: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,4})?$/)
    .optional(),
});
export const BulkResult = z.object({
  started: z.array(z.object({ recommendationId: Id, actionId: Id })),
  skipped: z.array(z.object({ recommendationId: Id, reason: z.string() })),
});

/** POST actions/{id}/withdraw (whoever asked) without a body; POST actions/{id}/approve and actions/{id}/reject (another person than the one who asked). */
export const DecisionBody = z.strictObject({ note: z.string().trim().max(500).default('') });

/**
 * Which actions another person must decide about. Enterprise. GET and PUT approval.
 * `restorable`: those that delete something (undo classes S and N).
 */
export const ApprovalSettings = z.strictObject({
  mode: z.enum(['none', 'restorable', 'all']),
  /** Days after which a request that nobody decided about ends; for requests from then on. */
  expireDays: z.number().int().min(1).max(90).default(7),
});
export type ApprovalSettings = z.infer<typeof ApprovalSettings>;

const AutomationPolicyFields = z.strictObject({
  name: DisplayName,
  enabled: z.boolean(),
  /** Rule ids; all that the classes allow when empty. */
  rules: z.array(z.string().max(80)).max(200),
  undoClasses: z.array(UndoClass).min(1).max(3).default(['R']),
  accountIds: z.array(Id).max(100),
  minimumMonthly: z.string().regex(/^\d{1,9}(\.\d{1,4})?$/),
  /** Hours of the day in which it may act, in the zone; 0–24, `to` exclusive; over midnight when from > to. */
  window: z.object({
    timeZone: z.string().max(64),
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
    fromHour: z.number().int().min(0).max(23),
    toHour: z.number().int().min(1).max(24),
  }),
  maxActionsPerDay: z.number().int().min(1).max(100),
});
/** The policy's name, typed: needed whenever what is saved is enabled and includes class N, as for a single action. */
const confirmName = z.string().max(200).optional();
/**
 * Applies by itself what it allows; of class N only what goes through a quarantine. Enterprise.
 * GET, POST policies; PATCH, DELETE policies/{id}.
 */
export const AutomationPolicyBody = AutomationPolicyFields.extend({ confirmName });
/** What a policy keeps is left out. */
export const AutomationPolicyChange = AutomationPolicyBody.extend({
  undoClasses: z.array(UndoClass).min(1).max(3),
}).partial();
export const AutomationPolicy = AutomationPolicyFields.extend({
  id: Id,
  createdAt: Instant,
  /** Actions it started in the last 24 hours. */
  recentActions: z.number().int(),
});
export type AutomationPolicy = z.infer<typeof AutomationPolicy>;
export const AutomationPolicyList = z.object({ items: z.array(AutomationPolicy) });

/** GET realised: measured savings by month, oldest first. */
export const RealisedSavings = z.object({
  currency: z.string(),
  months: z.array(z.object({ month: z.string(), estimated: z.string(), realised: z.string() })),
  total: z.string(),
});
