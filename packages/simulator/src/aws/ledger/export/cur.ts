import { createHash } from 'node:crypto';
import { findRegion } from '../../regions.ts';
import type { Account } from '../../world.ts';
import type { LineItem } from '../line-items.ts';
import { dollars } from '../money.ts';
import { DAY_MS } from '../patterns.ts';
import { remember, rememberTags, type Columns } from './csv.ts';
import { skuOf } from './sku.ts';

const stamp = remember((at) => new Date(at).toISOString().replace('T', ' ').slice(0, 23));
const interval = remember(
  (at) => `${new Date(at).toISOString().slice(0, 19)}Z/${new Date(at + DAY_MS).toISOString().slice(0, 19)}Z`,
);

function month(at: number, offset: number): string {
  const date = new Date(at);
  return stamp(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1));
}

const billStart = remember((at) => month(at, 0));
const billEnd = remember((at) => month(at, 1));

function isUsage(item: LineItem): boolean {
  return item.recordType === 'Usage';
}

/** Tags as CUR 2.0 writes them: a JSON object whose keys carry the prefix `user_`. */
const resourceTags = rememberTags((tags) =>
  JSON.stringify(
    Object.fromEntries(
      [...tags].map(([key, value]) => [`user_${key.toLowerCase().replace(/[^a-z0-9]/g, '_')}`, value]),
    ),
  ),
);

function id(item: LineItem): string {
  const { charge } = item;
  return createHash('sha1')
    .update(
      [
        charge.resourceId,
        charge.meter.usageType,
        charge.meter.operation,
        charge.from,
        item.day,
        item.recordType,
      ].join('/'),
    )
    .digest('base64url');
}

/** The column `product` as CSV exports have it: a JSON object of what has no column of its own. */
function product({ charge: { meter, region } }: LineItem): string {
  const location = region === '' ? undefined : findRegion(region)?.description;
  return JSON.stringify({ product_name: meter.service, ...(location === undefined ? {} : { location }) });
}

/** A column of commitments, which no account of the simulation has. */
const none = (): undefined => undefined;

/**
 * The columns of CUR 2.0 (data set COST_AND_USAGE_REPORT, daily, with resource ids) that say something about a bill
 * without a host or marketplace of its own, in alphabetical order as AWS delivers them.
 */
export function curColumns(payer: Account, account: Account): Columns<LineItem> {
  const cost = (item: LineItem): string => dollars(item.nanos);
  const rate = (item: LineItem): string | undefined =>
    isUsage(item) ? String(item.charge.meter.price) : undefined;
  return {
    bill_bill_type: () => 'Anniversary',
    bill_billing_entity: () => 'AWS',
    bill_billing_period_end_date: (i) => billEnd(i.day),
    bill_billing_period_start_date: (i) => billStart(i.day),
    bill_invoice_id: (i) => `${payer.id}-${billStart(i.day).slice(0, 7)}`,
    bill_invoicing_entity: () => 'Amazon Web Services, Inc.',
    bill_payer_account_id: () => payer.id,
    bill_payer_account_name: () => payer.name,
    cost_category: () => '{}',
    discount: () => '{}',
    discount_bundled_discount: none,
    discount_total_discount: none,
    identity_line_item_id: id,
    identity_time_interval: (i) => interval(i.day),
    line_item_availability_zone: (i) => i.charge.zone,
    line_item_blended_cost: cost,
    line_item_blended_rate: rate,
    line_item_currency_code: () => 'USD',
    line_item_legal_entity: () => 'Amazon Web Services, Inc.',
    line_item_line_item_description: (i) =>
      isUsage(i) ? `$${i.charge.meter.price} per ${i.charge.meter.unit}` : i.recordType,
    line_item_line_item_type: (i) => i.recordType,
    line_item_operation: (i) => i.charge.meter.operation || undefined,
    line_item_product_code: (i) => i.charge.meter.productCode,
    line_item_resource_id: (i) => i.charge.resourceId || undefined,
    line_item_unblended_cost: cost,
    line_item_unblended_rate: rate,
    line_item_usage_account_id: () => account.id,
    line_item_usage_account_name: () => account.name,
    line_item_usage_amount: (i) => i.units.toFixed(10).replace(/\.?0+$/, ''),
    line_item_usage_end_date: (i) => stamp(i.day + DAY_MS),
    line_item_usage_start_date: (i) => stamp(i.day),
    line_item_usage_type: (i) => i.charge.meter.usageType || undefined,
    pricing_currency: () => 'USD',
    pricing_public_on_demand_cost: (i) => (isUsage(i) ? cost(i) : undefined),
    pricing_public_on_demand_rate: rate,
    pricing_rate_code: (i) => (isUsage(i) ? `${skuOf(i.charge)}.JRTCKXETXF.6YS6EN2CT7` : undefined),
    pricing_term: (i) =>
      isUsage(i) ? (i.charge.meter.usageType.includes('SpotUsage') ? 'Spot' : 'OnDemand') : undefined,
    pricing_unit: (i) => (isUsage(i) ? i.charge.meter.unit : undefined),
    product,
    product_instance_type: (i) => i.charge.meter.instanceType,
    product_region_code: (i) => i.charge.region || undefined,
    product_servicecode: (i) => i.charge.meter.productCode,
    product_sku: (i) => (isUsage(i) ? skuOf(i.charge) : undefined),
    reservation_effective_cost: none,
    reservation_reservation_a_r_n: none,
    reservation_unused_amortized_upfront_fee_for_billing_period: none,
    reservation_unused_recurring_fee: none,
    resource_tags: (i) => resourceTags(i.charge.tags),
    savings_plan_offering_type: none,
    savings_plan_savings_plan_a_r_n: none,
    savings_plan_savings_plan_effective_cost: none,
    savings_plan_total_commitment_to_date: none,
    savings_plan_used_commitment: none,
  };
}
