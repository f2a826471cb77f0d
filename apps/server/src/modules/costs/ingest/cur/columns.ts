import { literal } from '../../lake/duck.ts';
import { DECIMAL_SQL } from '../../lake/money.ts';
import type { SourceColumn } from '../normalise.ts';
import { AWS_SERVICES } from './services.ts';
import { tagsSql } from './tags.ts';

/*
 * The AWS Cost and Usage Report 2.0 in FOCUS columns. Names of columns and meaning of line item types: AWS Data Exports
 * user guide, "Cost and Usage Report (CUR) 2.0" and "Line item columns"; amortisation of commitments: the same guide,
 * "Understanding your amortized reservation data" and "Understanding Savings Plans".
 *
 * Money. BilledCost is the unblended cost of every row, so the sums are those of the report to the last digit. An account
 * with negotiated discounts (enterprise agreement, private rates) has `net` columns, in which each row's own discount is
 * taken off and the rows of discounts have nothing left: they add up to the same bill, and FOCUS wants every cost but the
 * list one net of discounts ("inclusive of all reduced rates and discounts", BilledCost; "negotiated discounts",
 * ContractedCost), so where a row has a net cost it is the one that counts.
 * EffectiveCost spreads commitments over what they covered: a covered row has its effective cost, the negation and the
 * upfront fee have none, and the recurring fee keeps what was not used. Discount rows keep their own negative cost.
 * ListCost is the public on-demand cost, without any discount; a commitment's fee has no list or contracted cost, for what
 * it covers has it.
 */

/** FOCUS columns that a CUR column means as it stands. */
const SAME: Readonly<Record<string, string>> = {
  BillingAccountId: 'bill_payer_account_id',
  BillingAccountName: 'bill_payer_account_name',
  BillingCurrency: 'line_item_currency_code',
  BillingPeriodStart: 'bill_billing_period_start_date',
  BillingPeriodEnd: 'bill_billing_period_end_date',
  ChargePeriodStart: 'line_item_usage_start_date',
  ChargePeriodEnd: 'line_item_usage_end_date',
  ChargeDescription: 'line_item_line_item_description',
  AvailabilityZone: 'line_item_availability_zone',
  CapacityReservationId: 'capacity_reservation_capacity_reservation_arn',
  InvoiceId: 'bill_invoice_id',
  InvoiceIssuerName: 'bill_invoicing_entity',
  PublisherName: 'line_item_legal_entity',
  RegionId: 'product_region_code',
  ResourceId: 'line_item_resource_id',
  SkuId: 'product_sku',
  SkuPriceId: 'pricing_rate_code',
  SubAccountId: 'line_item_usage_account_id',
  SubAccountName: 'line_item_usage_account_name',
  x_Operation: 'line_item_operation',
  x_ServiceCode: 'line_item_product_code',
  x_UsageType: 'line_item_usage_type',
};

/** Without these a file is no Cost and Usage Report that can be counted. */
const SIGNATURE = ['line_item_unblended_cost', 'line_item_line_item_type', 'bill_payer_account_id'] as const;
const NET_COST = 'line_item_net_unblended_cost';
/** What the amortised cost of commitments is made of; a report without them has only the billed one. */
const SAVINGS_PLANS = [
  'savings_plan_savings_plan_effective_cost',
  'savings_plan_total_commitment_to_date',
  'savings_plan_used_commitment',
] as const;
const RESERVATIONS = [
  'reservation_effective_cost',
  'reservation_unused_amortized_upfront_fee_for_billing_period',
  'reservation_unused_recurring_fee',
] as const;

/** How the columns of a CUR file become FOCUS columns. */
export interface CurMapping {
  /** FOCUS column → source column, of the file or computed. */
  columns: Map<string, SourceColumn>;
  /** Further columns `_sN` to select beside those of the file: `expression AS _sN`. */
  computed: string[];
  renamed: { from: string; to: string }[];
  ignored: string[];
  /** Columns that the report lacks and without which costs are less exact. */
  missing: string[];
}

/** Whether the headers are those of a Cost and Usage Report 2.0 (or of an older one in Parquet, which are spelt alike). */
export function isCur(headers: readonly string[]): boolean {
  const names = new Set(headers.map(normal));
  return SIGNATURE.every((name) => names.has(name));
}

/** How many headers a CUR file would have of those read here: tells the right delimiter. */
export function knownCurHeaders(headers: readonly string[]): number {
  return headers.filter((header) => /^(bill|line_item|pricing|product|reservation)_/.test(normal(header)))
    .length;
}

function normal(header: string): string {
  return header.trim().toLowerCase();
}

export function mapCur(all: readonly SourceColumn[]): CurMapping {
  const source = new Map(all.map((column) => [normal(column.header), column]));
  const used = new Set<string>();
  const find = (name: string): SourceColumn | undefined => {
    const found = source.get(name);
    if (found) used.add(name);
    return found;
  };
  const columns = new Map<string, SourceColumn>();
  const computed: string[] = [];
  const renamed: CurMapping['renamed'] = [];
  for (const [focus, name] of Object.entries(SAME)) {
    const column = find(name);
    if (!column) continue;
    columns.set(focus, column);
    renamed.push({ from: column.header, to: focus });
  }
  const add = (focus: string, sql: string, header = focus): void => {
    const position = all.length + computed.length;
    computed.push(`${sql} AS _s${position}`);
    columns.set(focus, { position, type: 'VARCHAR', header });
  };
  for (const [focus, sql] of Object.entries(textColumns(find))) add(focus, sql);
  const tags = tagsSql(source, used);
  if (tags !== undefined) add('Tags', tags);
  const unblended = source.get(NET_COST) ?? source.get('line_item_unblended_cost');
  const costs = costColumns(find);
  for (const [focus, sql] of Object.entries(costs))
    add(focus, sql, focus === 'BilledCost' ? unblended?.header : focus);
  renamed.push({ from: unblended?.header ?? '', to: 'BilledCost' });
  const expected = [
    ...Object.values(SAME).filter((name) => !name.startsWith('capacity_')),
    ...SAVINGS_PLANS,
    ...RESERVATIONS,
  ];
  return {
    columns,
    computed,
    renamed,
    ignored: all.map((c) => c.header).filter((header) => !used.has(normal(header))),
    missing: expected.filter((name) => !source.has(name)),
  };
}

type Find = (name: string) => SourceColumn | undefined;

/** A source column as text; NULL where the file has no such column, or nothing in it. */
function text(find: Find, name: string): string {
  const column = find(name);
  if (column === undefined) return 'NULL::VARCHAR';
  return column.type === 'VARCHAR' ? `nullif(_s${column.position}, '')` : `_s${column.position}::VARCHAR`;
}

const USAGE = ['Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage'];
/** Discounts as rows of their own: of the enterprise agreement, bundled, of private rates, of volume, of partners. */
const DISCOUNTS = [
  'EdpDiscount',
  'BundledDiscount',
  'PrivateRateDiscount',
  'RiVolumeDiscount',
  'SppDiscount',
  'Discount',
];
const PURCHASES = ['Fee', 'RIFee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee'];

function listed(values: readonly string[]): string {
  return `(${values.map(literal).join(', ')})`;
}

function textColumns(find: Find): Record<string, string> {
  const type = text(find, 'line_item_line_item_type');
  const plan = text(find, 'savings_plan_savings_plan_a_r_n');
  const reservation = text(find, 'reservation_reservation_a_r_n');
  const term = text(find, 'pricing_term');
  const usageType = text(find, 'line_item_usage_type');
  const productCode = text(find, 'line_item_product_code');
  const usage = `${type} IN ${listed(USAGE)}`;
  const amount = text(find, 'line_item_usage_amount');
  const unit = text(find, 'pricing_unit');
  const byCode = (index: 0 | 1, otherwise: string): string =>
    `CASE ${productCode} ${Object.entries(AWS_SERVICES)
      .map(([code, service]) => `WHEN ${literal(code)} THEN ${literal(service[index])}`)
      .join(' ')} ELSE ${otherwise} END`;
  const names = [
    productOf(find, 'product_name'),
    text(find, 'product_product_name'),
    byCode(0, productCode),
    text(find, 'bill_billing_entity'),
  ];
  const committed = `coalesce(${plan}, ${reservation}) IS NOT NULL`;
  return {
    ChargeCategory:
      `CASE WHEN ${usage} OR ${type} = 'SavingsPlanNegation' THEN 'Usage' WHEN ${type} IN ${listed(PURCHASES)} THEN 'Purchase' ` +
      `WHEN ${type} = 'Tax' THEN 'Tax' WHEN ${type} = 'Credit' THEN 'Credit' ELSE 'Adjustment' END`,
    ChargeClass: `CASE WHEN ${type} = 'Refund' THEN 'Correction' END`,
    ChargeFrequency:
      `CASE WHEN ${usage} OR ${type} = 'SavingsPlanNegation' THEN 'Usage-Based' ` +
      `WHEN ${type} IN ('RIFee', 'SavingsPlanRecurringFee') THEN 'Recurring' ELSE 'One-Time' END`,
    PricingCategory:
      `CASE WHEN ${type} IN ('DiscountedUsage', 'SavingsPlanCoveredUsage') THEN 'Committed' ` +
      `WHEN ${type} = 'Usage' AND (${term} = 'Spot' OR contains(${usageType}, 'SpotUsage')) THEN 'Dynamic' ` +
      `WHEN ${type} = 'Usage' OR ${type} IN ${listed(PURCHASES)} THEN 'Standard' END`,
    CommitmentDiscountCategory: `CASE WHEN ${plan} IS NOT NULL THEN 'Spend' WHEN ${reservation} IS NOT NULL THEN 'Usage' END`,
    CommitmentDiscountId: `coalesce(${plan}, ${reservation})`,
    CommitmentDiscountType: `CASE WHEN ${plan} IS NOT NULL THEN coalesce(${text(find, 'savings_plan_offering_type')}, 'Savings Plan') WHEN ${reservation} IS NOT NULL THEN 'Reserved Instance' END`,
    CommitmentDiscountStatus: `CASE WHEN ${usage} AND ${committed} THEN 'Used' END`,
    CapacityReservationStatus: `CASE WHEN ${text(find, 'capacity_reservation_capacity_reservation_status')} IN ('Used', 'Unused') THEN ${text(find, 'capacity_reservation_capacity_reservation_status')} END`,
    ConsumedQuantity: `CASE WHEN ${usage} THEN ${amount} END`,
    ConsumedUnit: `CASE WHEN ${usage} THEN ${unit} END`,
    PricingQuantity: `CASE WHEN ${usage} OR ${type} IN ${listed(PURCHASES)} THEN ${amount} END`,
    PricingUnit: `CASE WHEN ${usage} OR ${type} IN ${listed(PURCHASES)} THEN ${unit} END`,
    ListUnitPrice: `CASE WHEN ${usage} THEN ${text(find, 'pricing_public_on_demand_rate')} END`,
    ContractedUnitPrice: `CASE WHEN ${type} = 'Usage' THEN coalesce(${text(find, 'line_item_net_unblended_rate')}, ${text(find, 'line_item_unblended_rate')}) END`,
    ProviderName: "'AWS'",
    RegionName: `coalesce(${text(find, 'product_location')}, ${productOf(find, 'location')})`,
    ResourceType: `CASE WHEN ${text(find, 'line_item_resource_id')} IS NOT NULL THEN ${text(find, 'product_product_family')} END`,
    ServiceName: `CASE WHEN ${type} = 'Tax' THEN 'Tax' ELSE coalesce(${names.join(', ')}, 'AWS') END`,
    ServiceCategory: `CASE WHEN ${type} = 'Tax' THEN 'Other' ELSE ${byCode(1, "'Other'")} END`,
    SkuMeter: `CASE WHEN ${usage} THEN ${usageType} END`,
    SkuPriceDetails: `CASE WHEN ${text(find, 'product_instance_type')} IS NOT NULL THEN json_object('InstanceType', ${text(find, 'product_instance_type')})::VARCHAR END`,
  };
}

/** A value of the column `product`, a map in Parquet and a JSON object in CSV. */
function productOf(find: Find, key: string): string {
  const product = find('product');
  if (product === undefined) return 'NULL::VARCHAR';
  const json =
    product.type === 'VARCHAR' ? `_s${product.position}` : `to_json(_s${product.position})::VARCHAR`;
  return `TRY(json_extract_string(${json}, ${literal(`/${key}`)}))`;
}

/** The four costs as text, so that numbers of any source type are read in one way and without rounding. */
function costColumns(find: Find): Record<string, string> {
  const type = text(find, 'line_item_line_item_type');
  const reservation = text(find, 'reservation_reservation_a_r_n');
  const split = text(find, 'split_line_item_parent_resource_id');
  const number = (name: string): string => decimal(text(find, name));
  const has = (names: readonly string[]): boolean => names.every((name) => find(name) !== undefined);
  // Rows of split cost allocation repeat a cost that another row bills.
  const gross = `coalesce(${text(find, 'line_item_unblended_cost')}, CASE WHEN ${split} IS NOT NULL THEN '0' END)`;
  const billed = netCost(find, gross, type);
  /** A part of a commitment's cost, net where the report tells; a zero there stands for a column left unfilled. */
  const part = (name: string, net: string): string =>
    find(net) === undefined
      ? number(name)
      : `coalesce(nullif(${number(net)}, 0::${DECIMAL_SQL}), ${number(name)})`;
  const whole = (name: string, net: string): string =>
    find(net) === undefined ? `coalesce(${text(find, name)}, '0')` : `${part(name, net)}::VARCHAR`;
  const fees = `${type} IN ('SavingsPlanNegation', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee', 'RIFee') OR (${type} = 'Fee' AND ${reservation} IS NOT NULL)`;
  const cases: string[] = [];
  if (has(SAVINGS_PLANS))
    cases.push(
      `WHEN ${type} = 'SavingsPlanCoveredUsage' THEN ${whole('savings_plan_savings_plan_effective_cost', 'savings_plan_net_savings_plan_effective_cost')}`,
      `WHEN ${type} IN ('SavingsPlanNegation', 'SavingsPlanUpfrontFee') THEN '0'`,
      `WHEN ${type} = 'SavingsPlanRecurringFee' THEN ${unusedCommitment(find)}::VARCHAR`,
    );
  if (has(RESERVATIONS))
    cases.push(
      `WHEN ${type} = 'DiscountedUsage' THEN ${whole('reservation_effective_cost', 'reservation_net_effective_cost')}`,
      `WHEN ${type} = 'RIFee' THEN (${part('reservation_unused_amortized_upfront_fee_for_billing_period', 'reservation_net_unused_amortized_upfront_fee_for_billing_period')} + ${part('reservation_unused_recurring_fee', 'reservation_net_unused_recurring_fee')})::VARCHAR`,
      `WHEN ${type} = 'Fee' AND ${reservation} IS NOT NULL THEN '0'`,
    );
  const onDemand = `coalesce(${text(find, 'pricing_public_on_demand_cost')}, ${gross})`;
  return {
    BilledCost: billed,
    EffectiveCost: cases.length === 0 ? billed : `CASE ${cases.join(' ')} ELSE ${billed} END`,
    ListCost: `CASE WHEN ${type} IN ${listed(USAGE)} THEN ${onDemand} WHEN ${type} IN ${listed(DISCOUNTS)} OR ${fees} THEN '0' ELSE ${gross} END`,
    ContractedCost: `CASE WHEN ${type} = 'DiscountedUsage' THEN ${onDemand} WHEN ${fees} THEN '0' ELSE ${billed} END`,
  };
}

function decimal(sql: string): string {
  return `coalesce(TRY_CAST(${sql} AS ${DECIMAL_SQL}), 0::${DECIMAL_SQL})`;
}

/**
 * What a row costs after its discounts. A row without a net cost has its gross one. A net cost of nothing for something
 * that costs is believed when the row tells of a discount, or when the report has no column for that.
 */
function netCost(find: Find, gross: string, type: string): string {
  if (find(NET_COST) === undefined) return gross;
  const net = text(find, NET_COST);
  if (find('discount_total_discount') === undefined) return `coalesce(${net}, ${gross})`;
  const unfilled = [
    `TRY_CAST(${net} AS ${DECIMAL_SQL}) = 0`,
    `${decimal(text(find, 'discount_total_discount'))} = 0`,
    `${type} NOT IN ${listed(DISCOUNTS)}`,
  ];
  return `CASE WHEN ${net} IS NULL OR (${unfilled.join(' AND ')}) THEN ${gross} ELSE ${net} END`;
}

/**
 * The part of a Savings Plan's commitment that nothing used. The report has no net column for it; its discount is that of
 * the whole commitment, the net fee by the gross one.
 */
function unusedCommitment(find: Find): string {
  const number = (name: string): string => decimal(text(find, name));
  const unused = `(${number('savings_plan_total_commitment_to_date')} - ${number('savings_plan_used_commitment')})`;
  const fees = (net: string): string =>
    `(${number(`savings_plan_${net}amortized_upfront_commitment_for_billing_period`)} + ${number(`savings_plan_${net}recurring_commitment_for_billing_period`)})`;
  if (find('savings_plan_net_recurring_commitment_for_billing_period') === undefined) return unused;
  return (
    `CASE WHEN ${fees('')} <> 0 AND ${fees('net_')} <> 0 AND ${unused} <> 0 ` +
    `THEN (${unused}::DOUBLE * (${fees('net_')}::DOUBLE / ${fees('')}::DOUBLE))::${DECIMAL_SQL} ELSE ${unused} END`
  );
}
