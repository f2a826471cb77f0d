import { z } from 'zod';

/** The pseudo region of services that are not regional. */
export const GLOBAL_REGION = 'global';

/**
 * Life cycle of a resource in words that hold for every provider. `stateRaw` keeps the
 * provider's own word.
 *
 * - `creating`, `starting`, `stopping`, `restarting`, `updating`, `deleting`: on the way;
 * - `running`: works and is charged for its time; `stopped`: charged for storage at most;
 * - `available`: exists and is not used by anything; `in_use`: attached or serving;
 * - `active`: exists, for things that have no on and off;
 * - `deleted`: still shown by the provider, gone in fact;
 * - `failed`: needs a person; `unknown`: the provider's word is not known to us.
 */
export const ResourceState = z.enum([
  'creating',
  'starting',
  'running',
  'stopping',
  'stopped',
  'restarting',
  'updating',
  'deleting',
  'deleted',
  'available',
  'in_use',
  'active',
  'failed',
  'unknown',
]);
export type ResourceState = z.infer<typeof ResourceState>;

/** What a resource type is for; the order in which user interfaces group. */
export const ResourceCategory = z.enum([
  'compute',
  'storage',
  'database',
  'network',
  'serverless',
  'container',
  'monitoring',
  'identity',
  'other',
]);
export type ResourceCategory = z.infer<typeof ResourceCategory>;

/** JSON of any shape, as a provider answered it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
// Written out instead of `z.json()`: the recursion must go through the named schema to become an OpenAPI component.
export const JsonValue: z.ZodType<Json> = z
  .lazy(() =>
    z.union([
      z.string(),
      z.number(),
      z.boolean(),
      z.null(),
      z.array(JsonValue),
      z.record(z.string(), JsonValue),
    ]),
  )
  .meta({ id: 'JsonValue' });

/** A directed edge to another resource, e.g. volume `attached_to` instance. The target may be unknown to us. */
export const ResourceRelation = z.object({
  kind: z.enum([
    'attached_to',
    'in_network',
    'in_subnet',
    'protected_by',
    'uses',
    'source',
    'routes_to',
    'member_of',
    'part_of',
  ]),
  targetNativeId: z.string().min(1).max(2048),
});
export type ResourceRelation = z.infer<typeof ResourceRelation>;

/** Size in numbers that can be compared and summed; a member is absent when it has no meaning. */
export const SizeSpec = z.object({
  /** Provider's name of the size, e.g. `m7g.large`, `gp3`, `db.t4g.micro`. */
  sku: z.string().max(200).optional(),
  cpus: z.number().nonnegative().optional(),
  memoryGiB: z.number().nonnegative().optional(),
  storageGiB: z.number().nonnegative().optional(),
  iops: z.number().nonnegative().optional(),
  throughputMiBs: z.number().nonnegative().optional(),
  nodes: z.number().nonnegative().optional(),
});
export type SizeSpec = z.infer<typeof SizeSpec>;

/** An exact amount: a decimal string and its currency (ISO 4217). */
export const Money = z.object({
  amount: z.string().regex(/^-?\d+(\.\d+)?$/),
  currency: z.string().length(3),
});
export type Money = z.infer<typeof Money>;

/** Names a resource without describing it; enough to inspect and operate it. */
export const ResourceRef = z.object({
  /** Resource type id, e.g. `aws.ec2.instance`. */
  type: z.string().min(3).max(100),
  /** The provider's globally unique id: an ARN on AWS, a resource id on Azure. Compared as the provider compares. */
  nativeId: z.string().min(1).max(2048),
  /** The short id that calls of the service take, e.g. `i-0abc…`, a bucket name. */
  id: z.string().min(1).max(1024),
  /** Region id, or {@link GLOBAL_REGION}. */
  region: z.string().min(1).max(64),
});
export type ResourceRef = z.infer<typeof ResourceRef>;

/** One resource as every provider is shown: common facts normalised, the rest raw in `attributes`. */
export const Resource = ResourceRef.extend({
  /** Display name: the provider's name or Name tag, otherwise the id. Any script, 1–1024 characters. */
  name: z.string().min(1).max(1024),
  zone: z.string().max(64).optional(),
  state: ResourceState,
  stateRaw: z.string().max(200).optional(),
  tags: z.record(z.string(), z.string()),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime().optional(),
  size: SizeSpec.optional(),
  relations: z.array(ResourceRelation),
  /** The provider's own members, dates as ISO strings; never holds a secret. */
  attributes: z.record(z.string(), JsonValue),
  /** List price of a month of 730 hours, where it can be told from the resource alone. */
  monthlyEstimate: Money.optional(),
});
export type Resource = z.infer<typeof Resource>;

/** A kind of resource an adapter lists. */
export interface ResourceType {
  /** `<provider>.<service>.<kind>`, stable. */
  readonly id: string;
  /** The provider's own name in English, singular. */
  readonly label: string;
  readonly category: ResourceCategory;
  /** Whether `tag` and `untag` work on it. */
  readonly taggable: boolean;
}

/** A group of resource types that is listed together: one unit of synchronisation per region. */
export interface ServiceDescriptor {
  readonly id: string;
  readonly label: string;
  /** `global` services are listed once, with {@link GLOBAL_REGION}; their resources may name real regions. */
  readonly scope: 'regional' | 'global';
  readonly resourceTypes: readonly ResourceType[];
}
