/**
 * The columns of the FOCUS Cost and Usage dataset, versions 1.0 to 1.4, as one superset.
 * Source: FinOps Open Cost and Usage Specification, column definitions (Content Constraints and
 * "Introduced (version)" of each column).
 */
export type FocusVersion = '1.0' | '1.1' | '1.2' | '1.3' | '1.4';
export const FOCUS_VERSIONS: readonly FocusVersion[] = ['1.0', '1.1', '1.2', '1.3', '1.4'];

/** `json` is a JSON object kept as text, so that keys stay data. */
export type FocusType = 'string' | 'decimal' | 'datetime' | 'json';
export type FeatureLevel = 'mandatory' | 'conditional' | 'optional' | 'extension';

export interface FocusColumn {
  name: string;
  type: FocusType;
  /** Whether the specification allows null in some row. */
  nullable: boolean;
  level: FeatureLevel;
  since: FocusVersion;
  /** First version without the column, if it was removed. */
  removedIn?: FocusVersion;
  /** Closed list of values, in canonical spelling. */
  allowed?: readonly string[];
}

export const SERVICE_CATEGORIES = [
  'AI and Machine Learning',
  'Analytics',
  'Business Applications',
  'Compute',
  'Databases',
  'Developer Tools',
  'Multicloud',
  'Identity',
  'Integration',
  'Internet of Things',
  'Management and Governance',
  'Media',
  'Migration',
  'Mobile',
  'Networking',
  'Security',
  'Storage',
  'Web',
  'Other',
] as const;

export const CHARGE_CATEGORIES = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] as const;

type Options = Partial<Omit<FocusColumn, 'name' | 'type' | 'level'>>;
const column = (name: string, type: FocusType, level: FeatureLevel, options: Options = {}): FocusColumn => ({
  name,
  type,
  level,
  nullable: level !== 'mandatory',
  since: '1.0',
  ...options,
});
const mandatory = (name: string, type: FocusType, options?: Options) =>
  column(name, type, 'mandatory', options);
const conditional = (name: string, type: FocusType, options?: Options) =>
  column(name, type, 'conditional', options);
const optional = (name: string, type: FocusType, options?: Options) =>
  column(name, type, 'optional', options);
/** Not FOCUS: vendor columns that explain a cost (usage type, operation) and are worth keeping. */
const extension = (name: string) => column(name, 'string', 'extension');

export const FOCUS_COLUMNS: readonly FocusColumn[] = [
  conditional('AllocatedMethodId', 'string', { since: '1.3' }),
  conditional('AllocatedMethodDetails', 'json', { since: '1.3' }),
  conditional('AllocatedResourceId', 'string', { since: '1.3' }),
  conditional('AllocatedResourceName', 'string', { since: '1.3' }),
  conditional('AllocatedTags', 'json', { since: '1.3' }),
  conditional('AvailabilityZone', 'string'),
  mandatory('BilledCost', 'decimal'),
  mandatory('BillingAccountId', 'string'),
  mandatory('BillingAccountName', 'string', { nullable: true }),
  conditional('BillingAccountType', 'string', { since: '1.2' }),
  mandatory('BillingCurrency', 'string'),
  mandatory('BillingPeriodEnd', 'datetime'),
  mandatory('BillingPeriodStart', 'datetime'),
  conditional('CapacityReservationId', 'string', { since: '1.1' }),
  conditional('CapacityReservationStatus', 'string', { since: '1.1', allowed: ['Used', 'Unused'] }),
  mandatory('ChargeCategory', 'string', { allowed: CHARGE_CATEGORIES }),
  mandatory('ChargeClass', 'string', { nullable: true, allowed: ['Correction'] }),
  mandatory('ChargeDescription', 'string', { nullable: true }),
  optional('ChargeFrequency', 'string', {
    nullable: false,
    allowed: ['One-Time', 'Recurring', 'Usage-Based'],
  }),
  mandatory('ChargePeriodEnd', 'datetime'),
  mandatory('ChargePeriodStart', 'datetime'),
  conditional('CommitmentDiscountCategory', 'string', { allowed: ['Spend', 'Usage'] }),
  conditional('CommitmentDiscountId', 'string'),
  conditional('CommitmentDiscountName', 'string'),
  conditional('CommitmentDiscountQuantity', 'decimal', { since: '1.1' }),
  conditional('CommitmentDiscountStatus', 'string', { allowed: ['Used', 'Unused'] }),
  conditional('CommitmentDiscountType', 'string'),
  conditional('CommitmentDiscountUnit', 'string', { since: '1.1' }),
  conditional('CommitmentProgramEligibilityDetails', 'json', { since: '1.4' }),
  conditional('ConsumedQuantity', 'decimal'),
  conditional('ConsumedUnit', 'string'),
  conditional('ContractApplied', 'json', { since: '1.3' }),
  mandatory('ContractedCost', 'decimal'),
  conditional('ContractedUnitPrice', 'decimal'),
  mandatory('EffectiveCost', 'decimal'),
  mandatory('HostProviderName', 'string', { since: '1.3' }),
  mandatory('InvoiceDetailId', 'string', { since: '1.4', nullable: true }),
  optional('InvoiceId', 'string', { since: '1.2' }),
  mandatory('InvoiceIssuerName', 'string'),
  mandatory('ListCost', 'decimal'),
  conditional('ListUnitPrice', 'decimal'),
  conditional('PricingCategory', 'string', { allowed: ['Standard', 'Dynamic', 'Committed', 'Other'] }),
  conditional('PricingCurrency', 'string', { since: '1.2' }),
  conditional('PricingCurrencyContractedUnitPrice', 'decimal', { since: '1.2' }),
  conditional('PricingCurrencyEffectiveCost', 'decimal', { since: '1.2' }),
  conditional('PricingCurrencyListUnitPrice', 'decimal', { since: '1.2' }),
  mandatory('PricingQuantity', 'decimal', { nullable: true }),
  mandatory('PricingUnit', 'string', { nullable: true }),
  mandatory('ProviderName', 'string', { removedIn: '1.4' }),
  mandatory('PublisherName', 'string', { removedIn: '1.4' }),
  conditional('RegionId', 'string'),
  conditional('RegionName', 'string'),
  conditional('ResourceId', 'string'),
  conditional('ResourceName', 'string'),
  conditional('ResourceType', 'string'),
  mandatory('ServiceCategory', 'string', { allowed: SERVICE_CATEGORIES }),
  mandatory('ServiceName', 'string'),
  mandatory('ServiceProviderName', 'string', { since: '1.3' }),
  optional('ServiceSubcategory', 'string', { since: '1.1', nullable: false }),
  conditional('SkuId', 'string'),
  conditional('SkuMeter', 'string', { since: '1.1' }),
  conditional('SkuPriceDetails', 'json', { since: '1.1' }),
  conditional('SkuPriceId', 'string'),
  conditional('SubAccountId', 'string'),
  conditional('SubAccountName', 'string'),
  conditional('SubAccountType', 'string', { since: '1.2' }),
  conditional('Tags', 'json'),
  extension('x_Operation'),
  extension('x_ServiceCode'),
  extension('x_UsageType'),
];

const byName = new Map(FOCUS_COLUMNS.map((c) => [c.name, c]));

/** The column of that exact name. Throws RangeError for a name outside the superset. */
export function focusColumn(name: string): FocusColumn {
  const found = byName.get(name);
  if (!found) throw new RangeError(`not a FOCUS column: ${name}`);
  return found;
}

const rank = (version: FocusVersion): number => FOCUS_VERSIONS.indexOf(version);

/** Columns of one version of the specification, in alphabetical order, without extensions. */
export function columnsOf(version: FocusVersion): FocusColumn[] {
  return FOCUS_COLUMNS.filter(
    (c) =>
      c.level !== 'extension' &&
      rank(c.since) <= rank(version) &&
      (c.removedIn === undefined || rank(version) < rank(c.removedIn)),
  );
}

/** The four cost metrics that the store sums. */
export const COST_COLUMNS = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'] as const;
export type CostColumn = (typeof COST_COLUMNS)[number];

/** Without these a row can be neither placed in a partition nor counted; a file lacking one is refused. */
export const REQUIRED_FOR_IMPORT = [
  'BilledCost',
  'BillingAccountId',
  'BillingCurrency',
  'ChargePeriodStart',
  'ChargeCategory',
] as const;
