import { CloudProblem } from '@cloudatlas/cloud/errors';
import { Field, FieldOption, FieldValues } from '@cloudatlas/cloud/fields';
import { MetricSeries, Statistic } from '@cloudatlas/cloud/observations';
import { CostEstimate } from '@cloudatlas/cloud/operations';
import { ResourceState, SizeSpec } from '@cloudatlas/cloud/resource';
import { z } from 'zod';
import { Cursor, Id, Instant, PageLimit, pageOf } from './common.ts';

const Text = (max: number) => z.string().max(max);
/** One value or several of a repeated query parameter. */
const many = (max: number) =>
  z
    .union([Text(max), z.array(Text(max)).max(50)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .optional();

/** Filters of every question about resources; all of them hold together, values of one are alternatives. */
const filters = {
  /** Words that must occur in name, ids or tags, whatever their case. */
  q: z.string().trim().max(200).optional(),
  provider: many(20),
  account: many(60),
  service: many(60),
  type: many(100),
  region: many(64),
  state: many(20),
  category: many(20),
  /** `key` or `key=value`. */
  tag: many(400),
  /** Also those that vanished from the provider. */
  vanished: z.stringbool().default(false),
};
export const ResourceFilters = z.strictObject(filters);
export type ResourceFilters = z.infer<typeof ResourceFilters>;

export const ResourceSort = z.enum([
  'name',
  '-name',
  'type',
  '-type',
  'region',
  '-region',
  'state',
  '-state',
  'cost',
  '-cost',
  'created',
  '-created',
  'changed',
  '-changed',
]);
/** GET …/resources. */
export const ResourceQuery = z.strictObject({
  ...filters,
  sort: ResourceSort.default('name'),
  cursor: Cursor.optional(),
  limit: PageLimit,
});

export const ResourceRow = z.object({
  id: Id,
  accountId: Id,
  accountName: z.string(),
  provider: z.string(),
  service: z.string(),
  type: z.string(),
  category: z.string(),
  nativeId: z.string(),
  shortId: z.string(),
  name: z.string(),
  region: z.string(),
  zone: z.string().nullable(),
  state: ResourceState,
  stateRaw: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  size: SizeSpec.nullable(),
  /** List price of a month, where it can be told; decimal. */
  monthlyEstimate: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  createdAt: Instant.nullable(),
  firstSeenAt: Instant,
  changedAt: Instant,
  vanishedAt: Instant.nullable(),
  /** An operation that is under way on it, if any. */
  pendingOrder: z.object({ id: Id, operation: z.string() }).nullable(),
});
export type ResourceRow = z.infer<typeof ResourceRow>;
export const ResourcePage = z.object({
  items: z.array(ResourceRow),
  nextCursor: z.string().nullable(),
  /** Number of resources that match. */
  total: z.number().int(),
});

/** Members of a resource's attributes by name, outermost first: `signInActivity.lastSignInDateTime`. */
const AttributePath = /[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){0,4}/.source;
/** `=`, `!=`: the text of the value, empty for none; `<`, `>`: of the same kind; `~`: an entry of a list has it. */
const Condition = new RegExp(`^(${AttributePath})(!=|=|<|>|~)([^]{0,200})$`);
/**
 * GET …/resources/table: the resources of one type, or of like ones, with chosen attributes beside them, filtered and ordered by any of
 * them. Cursors hold for the same sort only.
 */
export const ResourceTableQuery = z.strictObject({
  type: z
    .union([Text(100), z.array(Text(100)).min(1).max(10)])
    .transform((value) => (Array.isArray(value) ? value : [value])),
  q: filters.q,
  account: filters.account,
  state: filters.state,
  /** Paths of the attributes to return, at most 16. */
  attribute: z
    .union([Text(310), z.array(Text(310)).max(16)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .pipe(z.array(z.string().regex(new RegExp(`^${AttributePath}$`), 'must be a path of names')))
    .optional(),
  /** Conditions that all hold: `mfa.registered=false`, `signIn.at<2026-01-01`, `licences.sku~E3`. At most 8. */
  where: z
    .union([Text(520), z.array(Text(520)).max(8)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .pipe(z.array(z.string().regex(Condition, 'must be a path, one of = != < > ~ and a value')))
    .transform((texts) =>
      texts.map((text) => {
        const [, path = '', operator = '=', value = ''] = Condition.exec(text) ?? [];
        return { path: path.split('.'), operator: operator as '=' | '!=' | '<' | '>' | '~', value };
      }),
    )
    .optional(),
  /** `name`, `state`, `cost`, `created`, or `@` and an attribute's path; `-` before it for the other way round. */
  sort: z
    .string()
    .regex(new RegExp(`^-?(name|state|cost|created|@${AttributePath})$`), 'must name a column')
    .default('name'),
  cursor: z.string().max(900).optional(),
  limit: PageLimit,
});
export const ResourceTablePage = z.object({
  /** `attributes` by path; a path that leads nowhere is null. */
  items: z.array(ResourceRow.extend({ attributes: z.record(z.string(), z.unknown()) })),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
});

export const RelatedResource = z.object({
  kind: z.string(),
  /** `to`: this one points at it; `from`: it points at this one. */
  direction: z.enum(['to', 'from']),
  nativeId: z.string(),
  /** null when the other end is not in the inventory. */
  resource: z
    .object({ id: Id, type: z.string(), name: z.string(), state: ResourceState, region: z.string() })
    .nullable(),
});

/** What can be asked of a resource now, or why not. */
export const AvailableOperation = z.object({
  id: z.string(),
  label: z.string(),
  parameters: z.array(Field),
  confirm: z.enum(['none', 'simple', 'typed']),
  dryRun: z.boolean(),
  undo: z.string().nullable(),
  /** null when it can be asked for; otherwise `state`, `permission`, `role`, `account_disabled`, `feature_off`, `pending`. */
  blockedBy: z.string().nullable(),
});

/** GET …/resources/{resourceId}. */
export const ResourceDetail = ResourceRow.extend({
  attributes: z.record(z.string(), z.unknown()),
  relations: z.array(RelatedResource),
  operations: z.array(AvailableOperation),
  metrics: z.array(
    z.object({ id: z.string(), label: z.string(), unit: z.string(), statistics: z.array(Statistic) }),
  ),
});
export type ResourceDetail = z.infer<typeof ResourceDetail>;

/** GET …/resources/{resourceId}/history, newest first. */
export const ResourceChange = z.object({
  id: Id,
  at: Instant,
  kind: z.enum(['appeared', 'changed', 'vanished', 'returned']),
  /** Changed facts by dotted path, at most 50. */
  fields: z.array(z.object({ path: z.string(), from: z.unknown(), to: z.unknown() })),
});
export const ResourceHistory = pageOf(ResourceChange);

/** GET …/resources/{resourceId}/metrics. */
export const ResourceMetricsQuery = z.strictObject({
  metric: Text(60),
  statistic: Statistic.default('average'),
  from: Instant,
  to: Instant,
  periodSeconds: z.coerce.number().int().min(60).max(86_400).default(300),
});
export const ResourceMetrics = z.object({ series: MetricSeries });

/** GET …/resources/summary: counts for overviews. */
export const ResourceSummary = z.object({
  total: z.number().int(),
  byService: z.array(
    z.object({ provider: z.string(), service: z.string(), region: z.string(), count: z.number().int() }),
  ),
  byType: z.array(
    z.object({
      provider: z.string(),
      type: z.string(),
      label: z.string(),
      category: z.string(),
      count: z.number().int(),
    }),
  ),
  byState: z.array(z.object({ state: z.string(), count: z.number().int() })),
  byAccount: z.array(z.object({ accountId: Id, count: z.number().int() })),
  /** Tag keys in use, most frequent first, at most 100. */
  tagKeys: z.array(z.object({ key: z.string(), count: z.number().int() })),
});

/** Synchronisation of one account. GET …/sync-runs, POST …/sync-runs. */
export const SyncScope = z.object({
  service: z.string(),
  region: z.string(),
  status: z.enum(['pending', 'running', 'done', 'failed']),
  count: z.number().int(),
  /** Resource types that could not be listed whole, and why. */
  problems: z.array(z.object({ type: z.string(), problem: CloudProblem })),
});
export const SyncRun = z.object({
  id: Id,
  accountId: Id,
  accountName: z.string(),
  provider: z.string(),
  trigger: z.enum(['manual', 'schedule', 'account']),
  /** `partial`: some scopes failed, the others are in. */
  status: z.enum(['running', 'succeeded', 'partial', 'failed']),
  scopesTotal: z.number().int(),
  scopesDone: z.number().int(),
  resources: z.number().int(),
  appeared: z.number().int(),
  changed: z.number().int(),
  vanished: z.number().int(),
  problem: CloudProblem.nullable(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
});
export type SyncRun = z.infer<typeof SyncRun>;
/** GET …/sync-runs. */
export const SyncRunQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: PageLimit,
  account: many(60),
});
export const SyncRunList = pageOf(SyncRun);
export const SyncRunDetail = SyncRun.extend({ scopes: z.array(SyncScope) });
export const StartSyncBody = z.strictObject({
  /** All enabled accounts of the workspace when absent. */
  accountIds: z.array(Id).min(1).max(100).optional(),
});

/** An order to act on or create something in a cloud: what was asked, how it went. GET …/orders. */
export const Order = z.object({
  id: Id,
  kind: z.enum(['operation', 'creation']),
  /** Verb (`stop`) or creatable id. */
  operation: z.string(),
  accountId: Id,
  accountName: z.string(),
  provider: z.string(),
  type: z.string(),
  region: z.string(),
  resourceId: Id.nullable(),
  resourceName: z.string(),
  status: z.enum(['pending', 'running', 'done', 'failed', 'needs_attention']),
  /** Step that runs or ran last, for progress. */
  step: z.string().nullable(),
  message: z.string().nullable(),
  problem: CloudProblem.nullable(),
  /** What was asked for, secrets masked. */
  input: FieldValues,
  result: z.record(z.string(), z.unknown()).nullable(),
  requestedBy: z.string(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
export type Order = z.infer<typeof Order>;
export const OrderQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: PageLimit,
  resourceId: Id.optional(),
  status: z.enum(['open', 'done', 'failed']).optional(),
});
export const OrderList = pageOf(Order);

/** POST …/operations → 202: one order per resource. */
export const OperateBody = z.strictObject({
  resourceIds: z.array(Id).min(1).max(200),
  operation: Text(40),
  parameters: FieldValues.default({}),
  /** The resource's name (or the number of resources, for several) typed again, where the operation asks for it. */
  confirm: Text(1024).optional(),
  dryRun: z.boolean().default(false),
  /** Makes a repeated request start nothing twice. */
  idempotencyKey: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional(),
});
export const OperateResult = z.object({
  orders: z.array(Order),
  /** Resources for which nothing was started, and why. */
  refused: z.array(z.object({ resourceId: Id, reason: z.string() })),
});

/** GET …/creatables: what can be created in which account, with the forms. */
export const Creatable = z.object({
  id: z.string(),
  provider: z.string(),
  type: z.string(),
  label: z.string(),
  fields: z.array(Field),
  dryRun: z.boolean(),
});
export const CreatableList = z.object({ items: z.array(Creatable) });
const creation = { accountId: Id, creatable: Text(100), region: Text(64), input: FieldValues };
/** POST …/creatables/options: choices of one picker. */
export const CreatableOptionsBody = z.strictObject({ ...creation, field: Text(100) });
export const CreatableOptions = z.object({ items: z.array(FieldOption) });
/** POST …/creatables/estimate. */
export const CreatableEstimateBody = z.strictObject(creation);
export { CostEstimate };
/** POST …/creations → 202. */
export const CreateBody = z.strictObject({
  ...creation,
  dryRun: z.boolean().default(false),
  idempotencyKey: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional(),
});
/** GET …/accounts/{accountId}/regions. */
export const RegionList = z.object({ items: z.array(z.object({ id: z.string(), label: z.string() })) });
