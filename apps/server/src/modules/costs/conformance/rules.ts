import { focusColumn } from '../focus/columns.ts';

export type Keyword = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'RECOMMENDED';

/**
 * One checkable requirement of FOCUS 1.2. Ids and keywords are those of the specification's
 * requirements model (FOCUS validator); ids that begin with `CA-` are our own sanity rules.
 */
export interface ConformanceRule {
  id: string;
  keyword: Keyword;
  column: string;
  /** What is asked, as one sentence for the report. */
  text: string;
  check: RowCheck | PresentCheck | SingleValueCheck;
  /** Feature a provider may not have; without it the rule is not asked. */
  feature?: Feature;
}

/** `violation` is an SQL condition over line-item columns, true for a row that breaks the rule. */
export interface RowCheck {
  kind: 'row';
  violation: string;
}
export interface PresentCheck {
  kind: 'present';
}
/** Every value of `column` goes with one value of `other` only. */
export interface SingleValueCheck {
  kind: 'single-value';
  other: string;
}

export type Feature =
  | 'AVAILABILITY_ZONE_SUPPORTED'
  | 'BILLING_BASED_ON_PROVISIONED_RESOURCES_SUPPORTED'
  | 'CAPACITY_RESERVATION_SUPPORTED'
  | 'COMMITMENT_DISCOUNT_SUPPORTED'
  | 'MULTIPLE_BILLING_ACCOUNT_TYPES_SUPPORTED'
  | 'MULTIPLE_PRICING_CATEGORIES_SUPPORTED'
  | 'MULTIPLE_SUB_ACCOUNT_TYPES_SUPPORTED'
  | 'NEGOTIATED_PRICING_SUPPORTED'
  | 'PRICING_BILLING_CURRENCY_DIFFERENCES_SUPPORTED'
  | 'PUBLIC_PRICE_LIST_SUPPORTED'
  | 'REGION_SUPPORTED'
  | 'RESOURCE_TYPE_ASSIGNMENT_SUPPORTED'
  | 'SUB_ACCOUNT_SUPPORTED'
  | 'TAGGING_SUPPORTED'
  | 'USAGE_MEASUREMENT_SUPPORTED';

const REGULAR = "(ChargeClass IS NULL OR ChargeClass <> 'Correction')";
const USAGE_OR_PURCHASE = `ChargeCategory IN ('Usage', 'Purchase') AND ${REGULAR}`;

const present = (
  id: string,
  column: string,
  feature?: Feature,
  keyword: Keyword = 'MUST',
): ConformanceRule => ({
  id: `CostAndUsage-D-${id}`,
  keyword,
  column,
  text: `${column} is present.`,
  check: { kind: 'present' },
  ...(feature ? { feature } : {}),
});
const row = (
  id: string,
  column: string,
  keyword: Keyword,
  text: string,
  violation: string,
): ConformanceRule => ({
  id: id.startsWith('CA-') ? id : `${column}-C-${id}`,
  keyword,
  column,
  text,
  check: { kind: 'row', violation },
});
const notNull = (id: string, column: string, keyword: Keyword = 'MUST NOT'): ConformanceRule =>
  row(id, column, keyword, `${column} has a value.`, `${column} IS NULL`);
const nullWhen = (id: string, column: string, when: string, words: string): ConformanceRule =>
  row(id, column, 'MUST', `${column} has no value when ${words}.`, `${column} IS NOT NULL AND ${when}`);
const notNullWhen = (
  id: string,
  column: string,
  when: string,
  words: string,
  keyword: Keyword = 'MUST NOT',
): ConformanceRule =>
  row(id, column, keyword, `${column} has a value when ${words}.`, `${column} IS NULL AND ${when}`);
/** The common pair: a describing column has a value exactly when the described one has. */
const follows = (nullId: string, valueId: string, column: string, other: string): ConformanceRule[] => [
  nullWhen(nullId, column, `${other} IS NULL`, `${other} has none`),
  notNullWhen(valueId, column, `${other} IS NOT NULL`, `${other} has one`),
];
/** The common pair of prices and SKUs: none for tax, one for regular usage and purchases. */
const pricedCharge = (taxId: string, usageId: string, column: string): ConformanceRule[] => [
  nullWhen(taxId, column, "ChargeCategory = 'Tax'", 'the charge is a tax'),
  notNullWhen(usageId, column, USAGE_OR_PURCHASE, 'the charge is a usage or purchase and no correction'),
];
const allowed = (id: string, column: string): ConformanceRule => {
  const list = (focusColumn(column).allowed ?? []).map((v) => `'${v}'`).join(', ');
  return row(
    id,
    column,
    'MUST',
    `${column} is one of the allowed values.`,
    `${column} IS NOT NULL AND ${column} NOT IN (${list})`,
  );
};
const notNegative = (id: string, column: string): ConformanceRule =>
  row(id, column, 'MUST', `${column} is not negative.`, `${column} < 0`);
const currency = (id: string, column: string): ConformanceRule => {
  const codes = Intl.supportedValuesOf('currency')
    .map((c) => `'${c}'`)
    .join(', ');
  return row(
    id,
    column,
    'MUST',
    `${column} is an ISO 4217 code.`,
    `${column} IS NOT NULL AND ${column} NOT IN (${codes})`,
  );
};
/** Unit price × quantity = cost, within a millionth: providers round the price. */
const product = (id: string, price: string, cost: string): ConformanceRule =>
  row(
    id,
    price,
    'MUST',
    `${price} × PricingQuantity is ${cost}.`,
    `${price} IS NOT NULL AND PricingQuantity IS NOT NULL AND ${cost} IS NOT NULL AND ${REGULAR} AND ` +
      `abs(CAST(${price} AS DOUBLE) * CAST(PricingQuantity AS DOUBLE) - CAST(${cost} AS DOUBLE)) > 0.0000000001 + 0.000001 * abs(CAST(${cost} AS DOUBLE))`,
  );
const singleValue = (
  id: string,
  column: string,
  other: string,
  keyword: Keyword = 'MUST',
): ConformanceRule => ({
  id: `${column}-C-${id}`,
  keyword,
  column,
  text: `A ${column} goes with one ${other} only.`,
  check: { kind: 'single-value', other },
});

const PRESENT: ConformanceRule[] = [
  present('003-C', 'AvailabilityZone', 'AVAILABILITY_ZONE_SUPPORTED', 'RECOMMENDED'),
  present('004-C', 'ListUnitPrice', 'PUBLIC_PRICE_LIST_SUPPORTED'),
  present('005-M', 'BillingAccountName'),
  present('006-M', 'BilledCost'),
  present('007-C', 'BillingAccountType', 'MULTIPLE_BILLING_ACCOUNT_TYPES_SUPPORTED'),
  present('008-M', 'ChargeCategory'),
  present('009-M', 'BillingPeriodStart'),
  present('010-M', 'BillingPeriodEnd'),
  present('011-C', 'ConsumedQuantity', 'USAGE_MEASUREMENT_SUPPORTED'),
  present('012-C', 'CommitmentDiscountName', 'COMMITMENT_DISCOUNT_SUPPORTED'),
  present('013-C', 'CommitmentDiscountId', 'COMMITMENT_DISCOUNT_SUPPORTED'),
  present('014-C', 'CommitmentDiscountType', 'COMMITMENT_DISCOUNT_SUPPORTED'),
  present('015-C', 'CommitmentDiscountUnit', 'COMMITMENT_DISCOUNT_SUPPORTED'),
  present('016-C', 'CommitmentDiscountCategory', 'COMMITMENT_DISCOUNT_SUPPORTED'),
  present('017-C', 'CommitmentDiscountStatus', 'COMMITMENT_DISCOUNT_SUPPORTED'),
  present('018-C', 'CommitmentDiscountQuantity', 'COMMITMENT_DISCOUNT_SUPPORTED'),
  present('019-C', 'SubAccountId', 'SUB_ACCOUNT_SUPPORTED'),
  present('020-C', 'CapacityReservationStatus', 'CAPACITY_RESERVATION_SUPPORTED'),
  present('021-M', 'PublisherName'),
  present('022-C', 'PricingCategory', 'MULTIPLE_PRICING_CATEGORIES_SUPPORTED'),
  present('023-M', 'InvoiceIssuerName'),
  present('024-M', 'BillingAccountId'),
  present('025-M', 'ChargeDescription'),
  present('026-M', 'ChargeClass'),
  present('027-O', 'ChargeFrequency', undefined, 'RECOMMENDED'),
  present('028-M', 'ChargePeriodEnd'),
  present('029-C', 'SubAccountName', 'SUB_ACCOUNT_SUPPORTED'),
  present('030-M', 'ContractedCost'),
  present('031-M', 'EffectiveCost'),
  present('032-M', 'ListCost'),
  present('033-O', 'InvoiceId', undefined, 'RECOMMENDED'),
  present('034-C', 'ContractedUnitPrice', 'NEGOTIATED_PRICING_SUPPORTED'),
  present('035-M', 'BillingCurrency'),
  present('036-M', 'PricingQuantity'),
  present('037-M', 'ChargePeriodStart'),
  present('038-M', 'ProviderName'),
  present('039-C', 'ResourceType', 'RESOURCE_TYPE_ASSIGNMENT_SUPPORTED'),
  present('040-M', 'ServiceCategory'),
  present('041-M', 'ServiceName'),
  present('042-O', 'ServiceSubcategory', undefined, 'RECOMMENDED'),
  present('043-C', 'ResourceId', 'BILLING_BASED_ON_PROVISIONED_RESOURCES_SUPPORTED'),
  present('044-C', 'ResourceName', 'BILLING_BASED_ON_PROVISIONED_RESOURCES_SUPPORTED'),
  present('045-C', 'PricingCurrency', 'PRICING_BILLING_CURRENCY_DIFFERENCES_SUPPORTED'),
  present('058-C', 'SkuPriceId', 'PUBLIC_PRICE_LIST_SUPPORTED'),
  present('059-C', 'SkuMeter', 'PUBLIC_PRICE_LIST_SUPPORTED'),
  present('060-C', 'SkuId', 'PUBLIC_PRICE_LIST_SUPPORTED'),
  present('061-C', 'SkuPriceDetails', 'PUBLIC_PRICE_LIST_SUPPORTED'),
  present('062-C', 'RegionName', 'REGION_SUPPORTED'),
  present('063-C', 'RegionId', 'REGION_SUPPORTED'),
  present('064-C', 'Tags', 'TAGGING_SUPPORTED'),
  present('065-C', 'CapacityReservationId', 'CAPACITY_RESERVATION_SUPPORTED'),
  present('066-C', 'ConsumedUnit', 'USAGE_MEASUREMENT_SUPPORTED'),
  present('067-C', 'SubAccountType', 'MULTIPLE_SUB_ACCOUNT_TYPES_SUPPORTED'),
  present('068-M', 'PricingUnit'),
];

const NULLS: ConformanceRule[] = [
  notNull('001-M', 'BillingAccountId'),
  notNull('003-C', 'BillingAccountName'),
  notNull('003-M', 'BillingPeriodStart'),
  notNull('003-M', 'BillingPeriodEnd'),
  notNull('004-M', 'BillingCurrency'),
  notNull('003-M', 'BilledCost'),
  notNull('003-M', 'EffectiveCost'),
  notNull('003-M', 'ListCost'),
  notNull('003-M', 'ContractedCost'),
  notNull('002-M', 'ChargeCategory'),
  notNull('002-M', 'ChargeFrequency'),
  notNull('003-M', 'ChargePeriodStart'),
  notNull('003-M', 'ChargePeriodEnd'),
  notNull('003-O', 'ChargeDescription', 'SHOULD NOT'),
  notNull('003-M', 'InvoiceIssuerName'),
  notNull('003-M', 'ProviderName'),
  notNull('003-M', 'PublisherName'),
  notNull('002-M', 'ServiceCategory'),
  notNull('003-M', 'ServiceName'),
  notNull('002-M', 'ServiceSubcategory'),
  notNull('004-M', 'PricingCurrency'),
  notNull('003-M', 'PricingCurrencyEffectiveCost'),
  ...follows('004-C', '005-C', 'BillingAccountType', 'BillingAccountId'),
  ...follows('004-C', '005-C', 'SubAccountName', 'SubAccountId'),
  ...follows('004-C', '005-C', 'SubAccountType', 'SubAccountId'),
  ...follows('004-C', '005-C', 'RegionName', 'RegionId'),
  ...follows('004-C', '005-C', 'ResourceType', 'ResourceId'),
  ...follows('005-C', '006-C', 'PricingUnit', 'PricingQuantity'),
  ...follows('005-C', '006-C', 'ConsumedUnit', 'ConsumedQuantity'),
  ...follows('003-C', '004-C', 'CommitmentDiscountCategory', 'CommitmentDiscountId'),
  ...follows('004-C', '005-C', 'CommitmentDiscountType', 'CommitmentDiscountId'),
  ...follows('005-C', '006-C', 'CommitmentDiscountUnit', 'CommitmentDiscountQuantity'),
  nullWhen(
    '004-C',
    'CommitmentDiscountName',
    'CommitmentDiscountId IS NULL',
    'CommitmentDiscountId has none',
  ),
  nullWhen(
    '003-C',
    'CommitmentDiscountStatus',
    'CommitmentDiscountId IS NULL',
    'CommitmentDiscountId has none',
  ),
  notNullWhen(
    '004-C',
    'CommitmentDiscountStatus',
    "CommitmentDiscountId IS NOT NULL AND ChargeCategory = 'Usage'",
    'a commitment covers a usage',
  ),
  ...pricedCharge('004-C', '005-C', 'ListUnitPrice'),
  ...pricedCharge('005-C', '006-C', 'ContractedUnitPrice'),
  ...pricedCharge('004-C', '005-C', 'PricingQuantity'),
  ...pricedCharge('003-C', '004-C', 'PricingCategory'),
  ...pricedCharge('004-C', '005-C', 'PricingCurrencyListUnitPrice'),
  ...pricedCharge('004-C', '005-C', 'SkuId'),
  ...pricedCharge('004-C', '005-C', 'SkuPriceId'),
  nullWhen('004-C', 'SkuMeter', 'SkuId IS NULL', 'SkuId has none'),
  notNullWhen('005-C', 'SkuMeter', 'SkuId IS NOT NULL', 'SkuId has one', 'SHOULD NOT'),
  nullWhen('004-C', 'SkuPriceDetails', 'SkuPriceId IS NULL', 'SkuPriceId has none'),
  nullWhen(
    '004-C',
    'ConsumedQuantity',
    "(ChargeCategory <> 'Usage' OR (CommitmentDiscountStatus IS NOT NULL AND CommitmentDiscountStatus = 'Unused'))",
    'the charge is no usage, or an unused commitment',
  ),
  nullWhen(
    '003-C',
    'CapacityReservationStatus',
    'CapacityReservationId IS NULL',
    'CapacityReservationId has none',
  ),
  notNullWhen(
    '004-C',
    'CapacityReservationStatus',
    "CapacityReservationId IS NOT NULL AND ChargeCategory = 'Usage'",
    'a capacity reservation covers a usage',
  ),
  notNullWhen(
    '005-C',
    'CapacityReservationId',
    "CapacityReservationStatus = 'Unused'",
    'CapacityReservationStatus is Unused',
  ),
];

const VALUES: ConformanceRule[] = [
  allowed('003-M', 'ChargeCategory'),
  allowed('003-M', 'ServiceCategory'),
  allowed('003-M', 'ChargeFrequency'),
  allowed('007-M', 'PricingCategory'),
  allowed('005-M', 'CommitmentDiscountCategory'),
  allowed('005-M', 'CommitmentDiscountStatus'),
  allowed('005-C', 'ChargeClass'),
  allowed('006-M', 'CapacityReservationStatus'),
  row(
    '004-C',
    'ChargeFrequency',
    'MUST NOT',
    'A purchase is not Usage-Based.',
    "ChargeCategory = 'Purchase' AND ChargeFrequency = 'Usage-Based'",
  ),
  currency('006-M', 'BillingCurrency'),
  notNegative('008-M', 'ListUnitPrice'),
  notNegative('008-M', 'PricingCurrencyListUnitPrice'),
  notNegative('009-C', 'ContractedUnitPrice'),
  product('010-C', 'ListUnitPrice', 'ListCost'),
  product('011-C', 'ContractedUnitPrice', 'ContractedCost'),
  singleValue('008-M', 'SkuPriceId', 'SkuId'),
  singleValue('005-C', 'ServiceName', 'ServiceCategory'),
  singleValue('008-C', 'ServiceName', 'ServiceSubcategory', 'SHOULD'),
];

const OWN: ConformanceRule[] = [
  row(
    'CA-ChargePeriodOrder',
    'ChargePeriodEnd',
    'MUST',
    'ChargePeriodEnd is after ChargePeriodStart.',
    'ChargePeriodEnd <= ChargePeriodStart',
  ),
  row(
    'CA-BillingPeriodOrder',
    'BillingPeriodEnd',
    'MUST',
    'BillingPeriodEnd is after BillingPeriodStart.',
    'BillingPeriodEnd <= BillingPeriodStart',
  ),
  row(
    'CA-ContractedAboveList',
    'ContractedCost',
    'SHOULD',
    'ContractedCost is not above ListCost for a regular usage.',
    `ChargeCategory = 'Usage' AND ${REGULAR} AND ContractedCost > ListCost AND ListCost > 0`,
  ),
];

export const CONFORMANCE_RULES: readonly ConformanceRule[] = [...PRESENT, ...NULLS, ...VALUES, ...OWN];
