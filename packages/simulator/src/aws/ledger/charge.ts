import type { UsageKind } from '../metrics/profiles.ts';

/** How the use of a charge is spread over time. */
export type Pattern = 'flat' | 'traffic' | UsageKind;

/** RECORD_TYPE of the bill, as Cost Explorer names it. */
export type RecordType = 'Usage' | 'Tax' | 'Credit' | 'Refund' | 'Recurring';

/** What is sold: the same for all resources of a kind in a region. */
export interface Meter {
  /** Billing name, e.g. `Amazon Elastic Compute Cloud - Compute`. */
  readonly service: string;
  /** With the region's prefix, e.g. `SAE1-BoxUsage:m5.large`. */
  readonly usageType: string;
  readonly operation: string;
  /** `Hrs`, `GB-Mo`, `GB`, `Requests` … */
  readonly unit: string;
  /** USD per unit. */
  readonly price: number;
  readonly instanceType?: string;
  readonly databaseEngine?: string;
  readonly cacheEngine?: string;
  readonly platform?: string;
  /** Product code of the billing files, e.g. `AmazonEC2`. */
  readonly productCode: string;
}

/** One resource's use of a meter at a constant mean rate over a time. */
export interface Charge {
  readonly meter: Meter;
  readonly accountId: string;
  readonly region: string;
  readonly zone?: string | undefined;
  readonly resourceId: string;
  readonly tags: ReadonlyMap<string, string>;
  /** Simulated milliseconds since the epoch; `to` is exclusive and may be infinite. */
  readonly from: number;
  readonly to: number;
  /** Units per hour, on average over the pattern. */
  readonly perHour: number;
  readonly pattern: Pattern;
  readonly recordType?: RecordType;
}

/** Billing names of the services. */
export const SERVICE = {
  ec2: 'Amazon Elastic Compute Cloud - Compute',
  ec2Other: 'EC2 - Other',
  vpc: 'Amazon Virtual Private Cloud',
  elb: 'Amazon Elastic Load Balancing',
  rds: 'Amazon Relational Database Service',
  s3: 'Amazon Simple Storage Service',
  lambda: 'AWS Lambda',
  dynamodb: 'Amazon DynamoDB',
  elasticache: 'Amazon ElastiCache',
  eks: 'Amazon Elastic Container Service for Kubernetes',
  cloudwatch: 'AmazonCloudWatch',
  tax: 'Tax',
} as const;
