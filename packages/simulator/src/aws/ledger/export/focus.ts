import { findRegion } from '../../regions.ts';
import type { Account } from '../../world.ts';
import { dollars } from '../money.ts';
import type { LineItem } from '../line-items.ts';
import { DAY_MS } from '../patterns.ts';
import { skuOf } from './sku.ts';
import { remember, rememberTags, type Columns } from './csv.ts';

/** FOCUS service name, category and subcategory of a product code. */
const SERVICES: Readonly<Record<string, readonly [name: string, category: string, subcategory: string]>> = {
  AmazonEC2: ['Amazon Elastic Compute Cloud', 'Compute', 'Virtual Machines'],
  AmazonVPC: ['Amazon Virtual Private Cloud', 'Networking', 'Network Infrastructure'],
  AWSELB: ['Elastic Load Balancing', 'Networking', 'Application Networking'],
  AmazonRDS: ['Amazon Relational Database Service', 'Databases', 'Relational Databases'],
  AmazonS3: ['Amazon Simple Storage Service', 'Storage', 'Object Storage'],
  AWSLambda: ['AWS Lambda', 'Compute', 'Serverless Compute'],
  AmazonDynamoDB: ['Amazon DynamoDB', 'Databases', 'NoSQL Databases'],
  AmazonElastiCache: ['Amazon ElastiCache', 'Databases', 'Caching'],
  AmazonEKS: ['Amazon Elastic Kubernetes Service', 'Compute', 'Containers'],
  AmazonCloudWatch: ['Amazon CloudWatch', 'Management and Governance', 'Observability'],
  AmazonCloudFront: ['Amazon CloudFront', 'Networking', 'Content Delivery'],
  AmazonRoute53: ['Amazon Route 53', 'Networking', 'Network Infrastructure'],
  awskms: ['AWS Key Management Service', 'Security', 'Other (Security)'],
  awswaf: ['AWS WAF', 'Security', 'Application Security'],
  AWSSecretsManager: ['AWS Secrets Manager', 'Security', 'Other (Security)'],
};

const CATEGORIES = {
  Usage: 'Usage',
  Tax: 'Tax',
  Credit: 'Credit',
  Refund: 'Adjustment',
  Recurring: 'Purchase',
} as const;

const iso = remember((at) => new Date(at).toISOString().replace('.000Z', 'Z'));

function month(at: number, offset: number): string {
  const date = new Date(at);
  return iso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1));
}

const billStart = remember((at) => month(at, 0));
const billEnd = remember((at) => month(at, 1));

function isUsage(item: LineItem): boolean {
  return item.recordType === 'Usage';
}

/** Volumes and transfer are billed under EC2, but a FOCUS service name has one category only. */
function serviceOf({ charge: { meter } }: LineItem): readonly [string, string, string] {
  const known = SERVICES[meter.productCode] ?? ([meter.service, 'Other', 'Other (Other)'] as const);
  if (meter.productCode !== 'AmazonEC2') return known;
  if (/EBS:/.test(meter.usageType)) return ['Amazon Elastic Block Store', 'Storage', 'Block Storage'];
  if (/NatGateway/.test(meter.usageType)) return SERVICES['AmazonVPC'] ?? known;
  if (/DataTransfer/.test(meter.usageType))
    return ['AWS Data Transfer', 'Networking', 'Network Connectivity'];
  return known;
}

const tagText = rememberTags((tags) => JSON.stringify(Object.fromEntries(tags)));

function quantity(units: number): string {
  return units.toFixed(10).replace(/\.?0+$/, '');
}

/** The columns of FOCUS 1.2 as AWS exports it, with AWS's `x_` columns. Null is an empty field. */
export function focusColumns(payer: Account, account: Account): Columns<LineItem> {
  const cost = (item: LineItem): string => dollars(item.nanos);
  const price = (item: LineItem): string | undefined =>
    isUsage(item) ? String(item.charge.meter.price) : undefined;
  const sku = (item: LineItem): string | undefined => (isUsage(item) ? skuOf(item.charge) : undefined);
  return {
    AvailabilityZone: (i) => i.charge.zone,
    BilledCost: cost,
    BillingAccountId: () => payer.id,
    BillingAccountName: () => payer.name,
    BillingAccountType: () => 'Billing Account',
    BillingCurrency: () => 'USD',
    BillingPeriodEnd: (i) => billEnd(i.day),
    BillingPeriodStart: (i) => billStart(i.day),
    CapacityReservationId: () => undefined,
    CapacityReservationStatus: () => undefined,
    ChargeCategory: (i) => CATEGORIES[i.recordType],
    ChargeClass: () => undefined,
    ChargeDescription: (i) =>
      isUsage(i)
        ? `$${i.charge.meter.price} per ${i.charge.meter.unit} of ${i.charge.meter.usageType}`
        : i.recordType === 'Tax'
          ? 'Tax for product codes of the month'
          : `Credit for ${i.charge.meter.service}`,
    ChargeFrequency: (i) => (isUsage(i) ? 'Usage-Based' : i.recordType === 'Tax' ? 'One-Time' : 'Recurring'),
    ChargePeriodEnd: (i) => iso(i.day + DAY_MS),
    ChargePeriodStart: (i) => iso(i.day),
    CommitmentDiscountCategory: () => undefined,
    CommitmentDiscountId: () => undefined,
    CommitmentDiscountName: () => undefined,
    CommitmentDiscountQuantity: () => undefined,
    CommitmentDiscountStatus: () => undefined,
    CommitmentDiscountType: () => undefined,
    CommitmentDiscountUnit: () => undefined,
    ConsumedQuantity: (i) => (isUsage(i) ? quantity(i.units) : undefined),
    ConsumedUnit: (i) => (isUsage(i) ? i.charge.meter.unit : undefined),
    ContractedCost: cost,
    ContractedUnitPrice: price,
    EffectiveCost: cost,
    InvoiceId: (i) => `${payer.id}-${billStart(i.day).slice(0, 7)}`,
    InvoiceIssuerName: () => 'Amazon Web Services, Inc.',
    ListCost: cost,
    ListUnitPrice: price,
    PricingCategory: (i) =>
      isUsage(i) ? (i.charge.meter.usageType.includes('SpotUsage') ? 'Dynamic' : 'Standard') : undefined,
    PricingCurrency: () => 'USD',
    PricingQuantity: (i) => (isUsage(i) ? quantity(i.units) : undefined),
    PricingUnit: (i) => (isUsage(i) ? i.charge.meter.unit : undefined),
    ProviderName: () => 'AWS',
    PublisherName: () => 'Amazon Web Services, Inc.',
    RegionId: (i) => i.charge.region || undefined,
    RegionName: (i) => (i.charge.region ? findRegion(i.charge.region)?.description : undefined),
    ResourceId: (i) => i.charge.resourceId || undefined,
    ResourceName: (i) => i.charge.tags.get('Name'),
    ResourceType: (i) =>
      i.charge.resourceId
        ? (i.charge.meter.usageType.split(':')[0] ?? '').replace(/^[A-Z0-9]+-/, '')
        : undefined,
    ServiceCategory: (i) => serviceOf(i)[1],
    ServiceName: (i) => serviceOf(i)[0],
    ServiceSubcategory: (i) => serviceOf(i)[2],
    SkuId: sku,
    SkuMeter: (i) => (isUsage(i) ? i.charge.meter.usageType : undefined),
    SkuPriceDetails: (i) =>
      isUsage(i)
        ? JSON.stringify(
            i.charge.meter.instanceType === undefined ? {} : { InstanceType: i.charge.meter.instanceType },
          )
        : undefined,
    SkuPriceId: (i) => (isUsage(i) ? `${skuOf(i.charge)}.JRTCKXETXF.6YS6EN2CT7` : undefined),
    SubAccountId: () => account.id,
    SubAccountName: () => account.name,
    SubAccountType: () => 'Account',
    Tags: (i) => tagText(i.charge.tags),
    x_Discounts: () => '{}',
    x_Operation: (i) => i.charge.meter.operation || undefined,
    x_ServiceCode: (i) => i.charge.meter.productCode,
    x_UsageType: (i) => i.charge.meter.usageType || undefined,
  };
}
