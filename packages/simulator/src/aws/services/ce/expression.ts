import type { DimensionValues, Expression, TagValues } from '@aws-sdk/client-cost-explorer';
import type { LedgerLine } from '../../ledger/ledger.ts';
import { AwsError } from '../../wire/aws-error.ts';

export const validation = (message: string): AwsError => new AwsError('ValidationException', message, 400);

const USAGE_GROUPS: readonly (readonly [RegExp, string])[] = [
  [/BoxUsage|SpotUsage/, 'EC2: Running Hours'],
  [/EBS:VolumeUsage/, 'EC2: EBS - SSD(gp2)'],
  [/EBS:SnapshotUsage/, 'EC2: EBS - Snapshots'],
  [/NatGateway-Hours/, 'EC2: NAT Gateway - Running Hours'],
  [/NatGateway-Bytes/, 'EC2: NAT Gateway - Data Processed'],
  [/DataTransfer-Out-Bytes/, 'EC2: Data Transfer - Internet (Out)'],
  [/PublicIPv4/, 'VPC: Public IPv4'],
  [/InstanceUsage|Multi-AZUsage/, 'RDS: Running Hours'],
  [/RDS:/, 'RDS: Storage'],
  [/LoadBalancerUsage/, 'ELB: Running Hours'],
  [/TimedStorage/, 'S3: Storage - Standard'],
  [/Requests-Tier/, 'S3: API Requests - Standard'],
  [/NodeUsage/, 'ElastiCache: Running Hours'],
];

function purchaseType(line: LedgerLine): string {
  if (/SpotUsage/.test(line.meter.usageType)) return 'Spot Instances';
  return line.recordType === 'Usage' ? 'On Demand Instances' : 'NoPurchaseType';
}

/** The value a line has under each dimension; what does not apply has a `No…` value. */
const DIMENSIONS: Readonly<Record<string, (line: LedgerLine) => string>> = {
  SERVICE: (l) => l.meter.service,
  REGION: (l) => l.region || 'NoRegion',
  AZ: (l) => l.zone ?? 'NoAZ',
  USAGE_TYPE: (l) => l.meter.usageType || 'NoUsageType',
  OPERATION: (l) => l.meter.operation || 'NoOperation',
  LINKED_ACCOUNT: (l) => l.accountId,
  RECORD_TYPE: (l) => l.recordType,
  INSTANCE_TYPE: (l) => l.meter.instanceType ?? 'NoInstanceType',
  INSTANCE_TYPE_FAMILY: (l) =>
    l.meter.instanceType?.replace(/^(db|cache)\./, '').split('.')[0] ?? 'NoInstanceTypeFamily',
  PLATFORM: (l) => l.meter.platform ?? 'NoPlatform',
  OPERATING_SYSTEM: (l) =>
    l.meter.platform === undefined
      ? 'NoOperatingSystem'
      : l.meter.platform.startsWith('Windows')
        ? 'Windows'
        : 'Linux',
  TENANCY: (l) => (l.meter.platform === undefined ? 'NoTenancy' : 'Shared'),
  DATABASE_ENGINE: (l) => l.meter.databaseEngine ?? 'NoDatabaseEngine',
  CACHE_ENGINE: (l) => l.meter.cacheEngine ?? 'NoCacheEngine',
  DEPLOYMENT_OPTION: (l) =>
    l.meter.databaseEngine === undefined
      ? 'NoDeploymentOption'
      : l.meter.usageType.includes('Multi-AZ')
        ? 'Multi-AZ'
        : 'Single-AZ',
  PURCHASE_TYPE: purchaseType,
  USAGE_TYPE_GROUP: (l) =>
    USAGE_GROUPS.find(([pattern]) => pattern.test(l.meter.usageType))?.[1] ?? 'NoUsageTypeGroup',
  LEGAL_ENTITY_NAME: () => 'Amazon Web Services, Inc.',
  INVOICING_ENTITY: () => 'Amazon Web Services, Inc.',
  BILLING_ENTITY: () => 'AWS',
};

/** The value function of a dimension; refuses dimensions that don't exist. */
export function dimension(name: string | undefined): (line: LedgerLine) => string {
  const field = name !== undefined && Object.hasOwn(DIMENSIONS, name) ? DIMENSIONS[name] : undefined;
  if (!field) throw validation(`Dimension ${name ?? ''} is not supported`);
  return field;
}

type Matcher = (value: string) => boolean;

function matcher(values: readonly string[], options: readonly string[] | undefined): Matcher {
  const insensitive = options?.includes('CASE_INSENSITIVE') === true;
  const fold = insensitive ? (text: string) => text.toLowerCase() : (text: string) => text;
  const wanted = values.map(fold);
  if (options?.includes('STARTS_WITH')) return (value) => wanted.some((w) => fold(value).startsWith(w));
  if (options?.includes('ENDS_WITH')) return (value) => wanted.some((w) => fold(value).endsWith(w));
  if (options?.includes('CONTAINS')) return (value) => wanted.some((w) => fold(value).includes(w));
  const set = new Set(wanted);
  return (value) => set.has(fold(value));
}

function dimensionTest(filter: DimensionValues): (line: LedgerLine) => boolean {
  const field = dimension(filter.Key);
  if (!filter.Values || filter.Values.length === 0)
    throw validation(`Dimension ${filter.Key} must have at least one value`);
  const test = matcher(filter.Values, filter.MatchOptions);
  return (line) => test(field(line));
}

function tagTest(filter: TagValues): (line: LedgerLine) => boolean {
  const key = filter.Key ?? '';
  if (key === '') throw validation('Tag key must not be empty');
  if (filter.MatchOptions?.includes('ABSENT')) return (line) => !line.tags.has(key);
  const values = filter.Values ?? [];
  if (values.length === 0) throw validation(`Tag ${key} must have at least one value`);
  const test = matcher(values, filter.MatchOptions);
  // The empty value stands for lines without the tag.
  return (line) => test(line.tags.get(key) ?? '');
}

const MAX_DEPTH = 8;

/** Compiles a filter: exactly one of And, Or, Not, Dimensions, Tags, CostCategories on each level. */
export function compile(expression: Expression | undefined, depth = 0): (line: LedgerLine) => boolean {
  if (expression === undefined) return () => true;
  if (depth > MAX_DEPTH) throw validation('Expression is nested too deep');
  const parts = Object.entries(expression).filter(([, value]) => value !== undefined);
  if (parts.length !== 1) throw validation('Expression objects must have exactly one root operator or leaf');
  const {
    And: and,
    Or: or,
    Not: not,
    Dimensions: dimensions,
    Tags: tags,
    CostCategories: categories,
  } = expression;
  if (and ?? or) {
    const operands = (and ?? or ?? []).map((e) => compile(e, depth + 1));
    if (operands.length < 2) throw validation('And/Or expressions must have at least 2 operands');
    return and
      ? (line) => operands.every((test) => test(line))
      : (line) => operands.some((test) => test(line));
  }
  if (not) {
    const test = compile(not, depth + 1);
    return (line) => !test(line);
  }
  if (dimensions) return dimensionTest(dimensions);
  if (tags) return tagTest(tags);
  // No cost categories are defined, so none matches.
  return () => categories?.MatchOptions?.includes('ABSENT') === true;
}
