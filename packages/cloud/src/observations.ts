import { z } from 'zod';
import { Money, type ResourceRef } from './resource.ts';

/** A metric the adapter can read for a resource type. */
export interface MetricDescriptor {
  /** Neutral id, the same over providers where the meaning is: `cpu_utilization`, `network_in` … */
  readonly id: string;
  readonly type: string;
  readonly label: string;
  /** `percent`, `bytes`, `count`, `count/second`, `seconds`, `milliseconds`, `bytes/second`. */
  readonly unit: string;
  readonly statistics: readonly Statistic[];
}

export const Statistic = z.enum([
  'average',
  'sum',
  'minimum',
  'maximum',
  'samples',
  'p50',
  'p90',
  'p95',
  'p99',
]);
export type Statistic = z.infer<typeof Statistic>;

/** A batch of series to read. */
export interface MetricRequest {
  readonly targets: readonly {
    readonly resource: ResourceRef;
    readonly metric: string;
    readonly statistic: Statistic;
  }[];
  /** Length of a point in seconds; adapters round up to what the provider keeps for that age. */
  readonly periodSeconds: number;
  /** ISO 8601, inclusive. */
  readonly from: string;
  /** ISO 8601, exclusive. */
  readonly to: string;
  readonly signal?: AbortSignal;
}

/** One series. Periods without data have no point: a gap is not a zero. */
export const MetricSeries = z.object({
  nativeId: z.string(),
  metric: z.string(),
  statistic: Statistic,
  unit: z.string(),
  periodSeconds: z.number().int().positive(),
  /** Oldest first; `at` is the start of the period. */
  points: z.array(z.object({ at: z.iso.datetime(), value: z.number() })),
  /** False when the provider said that data is missing from its answer. */
  complete: z.boolean(),
});
export type MetricSeries = z.infer<typeof MetricSeries>;

/** A dimension of costs; `tag` needs the key. `resource` is the id that {@link Resource.nativeId} has. */
export const CostGroup = z.union([
  z.object({
    by: z.enum(['service', 'region', 'account', 'usage_type', 'charge_type', 'resource_type', 'resource']),
  }),
  z.object({ by: z.literal('tag'), key: z.string().min(1).max(128) }),
]);
export type CostGroup = z.infer<typeof CostGroup>;
/** A dimension that needs no key. */
export type CostDimension = Exclude<CostGroup['by'], 'tag'>;

/** A question to the provider's cost service. */
export interface CostRequest {
  /** YYYY-MM-DD, inclusive, UTC. */
  readonly from: string;
  /** YYYY-MM-DD, exclusive, UTC. */
  readonly to: string;
  readonly granularity: 'daily' | 'monthly';
  /** At most two, or what {@link Connection.costGroups} names together. */
  readonly groupBy: readonly CostGroup[];
  /** `billed` as invoiced, `amortized` with commitments spread over their term. */
  readonly metric?: 'billed' | 'amortized';
  readonly signal?: AbortSignal;
}

/** Cost of one group in one period. */
export const CostRow = z.object({
  from: z.string(),
  to: z.string(),
  /** One per group of the request, in its order; null when the charge has none (untagged, no region). */
  keys: z.array(z.string().nullable()),
  /** Exact decimal as the provider gave it, exponent written out; negative for credits. */
  amount: Money.shape.amount,
  currency: z.string(),
  /** True until the provider has closed the period. */
  estimated: z.boolean(),
});
export type CostRow = z.infer<typeof CostRow>;

/** The answer of the cost service. */
export const CostAnswer = z.object({
  rows: z.array(CostRow),
  /** `light`: sums by group from the query service, without charges per resource, list prices or commitments. */
  detail: z.enum(['light', 'full']),
  /** What the provider charges for having asked, where it does. */
  queryCost: Money.optional(),
});
export type CostAnswer = z.infer<typeof CostAnswer>;

/** A delivery of full cost data found in the account's storage. */
export const CostExport = z.object({
  id: z.string(),
  name: z.string(),
  /** Columns: FOCUS, the AWS Cost and Usage Report 2.0, or an older form that is not read. */
  format: z.enum(['focus', 'cur2', 'legacy']),
  /** YYYY-MM of the billing period. */
  period: z.string(),
  /** ISO 8601: when this delivery was written; a newer one replaces it. */
  updatedAt: z.string(),
  files: z.array(
    z.object({
      key: z.string(),
      bytes: z.number().nonnegative(),
      format: z.enum(['parquet', 'csv', 'csv.gz']),
    }),
  ),
});
export type CostExport = z.infer<typeof CostExport>;

/** Where exports are delivered. */
export interface CostExportLocation {
  /** Bucket, container … */
  readonly container: string;
  readonly region: string;
  /** Prefix under which the export writes, without leading slash. */
  readonly prefix: string;
}

/** Which list price is wanted. */
export const PriceQuery = z.object({
  product: z.enum([
    'compute',
    'disk',
    'snapshot',
    'ip_address',
    'nat_gateway',
    'load_balancer',
    'database',
    'database_storage',
    'object_storage',
    'function',
    'cluster',
    'cache',
    'log_storage',
    'licence',
  ]),
  region: z.string(),
  /** Size name: `m7g.large`, `gp3`, `db.t4g.micro`; absent for products with one price. */
  sku: z.string().optional(),
  /** Operating system, database engine, deployment: what changes the price beside the size; `part` of a disk: `iops`, `throughput`. */
  variant: z.record(z.string(), z.string()).optional(),
});
export type PriceQuery = z.infer<typeof PriceQuery>;

/** A list price before any discount. */
export const PriceQuote = z.object({
  query: PriceQuery,
  price: Money,
  /** `hour`, `gib-month`, `month`, `iops-month`, `mibs-month`, `gib-second`, `request`. */
  unit: z.string(),
  source: z.enum(['live', 'bundled']),
  /** YYYY-MM-DD */
  asOf: z.string(),
});
export type PriceQuote = z.infer<typeof PriceQuote>;
