import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { csvLine } from '../../lake/csv.ts';
import type { Row } from '../../lake/duck.ts';
import { sumDecimals } from '../../lake/money.ts';
import { openTestStore, type TestStore } from '../testBill.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
beforeEach(() => test.reset());
afterAll(() => test.close());

type Line = Record<string, string>;
const plan = { savings_plan_savings_plan_a_r_n: 'arn:aws:savingsplans::111122223333:savingsplan/a1' };
const reserved = {
  reservation_reservation_a_r_n: 'arn:aws:ec2:us-east-1:111122223333:reserved-instances/r1',
};

const FIXED: Line = {
  bill_payer_account_id: '111122223333',
  bill_billing_period_start_date: '2024-09-01 00:00:00.000',
  bill_billing_period_end_date: '2024-10-01 00:00:00.000',
  line_item_currency_code: 'USD',
  line_item_usage_start_date: '2024-09-02 00:00:00.000',
  line_item_usage_end_date: '2024-09-03 00:00:00.000',
  line_item_usage_account_id: '444455556666',
  line_item_product_code: 'AmazonEC2',
  line_item_usage_type: 'BoxUsage:m5.large',
  line_item_usage_amount: '10',
  pricing_unit: 'Hrs',
};

function line(name: string, type: string, unblended: string, net: string, over: Line = {}): Line {
  return {
    ...FIXED,
    line_item_line_item_description: name,
    line_item_line_item_type: type,
    line_item_unblended_cost: unblended,
    line_item_net_unblended_cost: net,
    ...over,
  };
}

/** A bill of an account with a tenth off everything, as the report has it with net columns and as without. */
const BILL: readonly Line[] = [
  line('usage', 'Usage', '10', '9', {
    pricing_public_on_demand_cost: '12',
    discount_total_discount: '-1',
    line_item_unblended_rate: '1',
    line_item_net_unblended_rate: '0.9',
  }),
  line('free', 'Usage', '2', '0', { discount_total_discount: '-2' }),
  line('unfilled', 'Usage', '4', '0', { discount_total_discount: '0' }),
  line('no net', 'Usage', '5', ''),
  line('edp', 'EdpDiscount', '-3', '0'),
  line('tax', 'Tax', '1', '1'),
  line('covered', 'SavingsPlanCoveredUsage', '20', '18', {
    ...plan,
    discount_total_discount: '-2',
    savings_plan_savings_plan_effective_cost: '8',
    savings_plan_net_savings_plan_effective_cost: '7.2',
  }),
  line('negation', 'SavingsPlanNegation', '-20', '-18', { ...plan, discount_total_discount: '2' }),
  line('plan fee', 'SavingsPlanRecurringFee', '10', '9', {
    ...plan,
    discount_total_discount: '-1',
    savings_plan_total_commitment_to_date: '10',
    savings_plan_used_commitment: '8',
    savings_plan_amortized_upfront_commitment_for_billing_period: '0',
    savings_plan_recurring_commitment_for_billing_period: '300',
    savings_plan_net_amortized_upfront_commitment_for_billing_period: '0',
    savings_plan_net_recurring_commitment_for_billing_period: '270',
  }),
  line('reserved', 'DiscountedUsage', '0', '0', {
    ...reserved,
    pricing_public_on_demand_cost: '6',
    reservation_effective_cost: '4',
    reservation_net_effective_cost: '3.6',
  }),
  line('reserved fee', 'RIFee', '5', '4.5', {
    ...reserved,
    discount_total_discount: '-0.5',
    reservation_unused_amortized_upfront_fee_for_billing_period: '0',
    reservation_unused_recurring_fee: '1',
    reservation_net_unused_amortized_upfront_fee_for_billing_period: '0',
    reservation_net_unused_recurring_fee: '0.9',
  }),
];
const HEADER = [...new Set(BILL.flatMap((l) => Object.keys(l)))];

const load = (lines: readonly Line[], header: readonly string[] = HEADER) =>
  test.load(csvLine(header) + lines.map((l) => csvLine(header.map((name) => l[name] ?? null))).join(''));
const rows = async (): Promise<Map<unknown, Row>> => {
  const found = await test.store.select(await test.manifest.partitions('org'), 'rows', (from) => ({
    sql: `SELECT ChargeDescription AS name, BilledCost::DOUBLE AS b, EffectiveCost::DOUBLE AS e, ContractedCost::DOUBLE AS c, ListCost::DOUBLE AS l, ContractedUnitPrice::DOUBLE AS p FROM ${from}`,
    params: {},
  }));
  return new Map(found.map(({ name, ...row }) => [name, row]));
};
const total = async (metric: 'b' | 'e'): Promise<number> =>
  [...(await rows()).values()].reduce((sum, row) => sum + Number(row[metric]), 0);

describe('net costs of the Cost and Usage Report', { timeout: 120_000 }, () => {
  it('has every cost but the list one net of negotiated discounts', async () => {
    const report = await load(BILL);
    expect(report.files[0]).toMatchObject({ accepted: BILL.length, refused: {}, ignoredColumns: [] });
    const found = await rows();
    expect(found.get('usage')).toEqual({ b: 9, e: 9, c: 9, l: 12, p: 0.9 });
    expect(found.get('covered')).toMatchObject({ b: 18, e: 7.2, c: 18 });
    expect(found.get('negation')).toMatchObject({ b: -18, e: 0, c: 0, l: 0 });
    // A fifth of the commitment was not used, and it was a tenth cheaper.
    expect(found.get('plan fee')?.['e']).toBeCloseTo(1.8, 12);
    expect(found.get('plan fee')).toMatchObject({ b: 9, c: 0, l: 0 });
    expect(found.get('reserved')).toMatchObject({ b: 0, e: 3.6, l: 6 });
    expect(found.get('reserved fee')).toMatchObject({ b: 4.5, e: 0.9 });
    // What the discount took off the rows is not taken off again, and is no discount of the list cost.
    expect(found.get('edp')).toMatchObject({ b: 0, e: 0, l: 0 });
    expect(found.get('tax')).toMatchObject({ b: 1, e: 1, l: 1 });
    // A net cost of nothing is one where a discount made it so.
    expect(found.get('free')).toMatchObject({ b: 0, e: 0 });
    expect(found.get('unfilled')).toMatchObject({ b: 4, e: 4 });
    expect(found.get('no net')).toMatchObject({ b: 5, e: 5 });
    expect(report.reconciliation.every((r) => r.difference === '0')).toBe(true);
  });

  it('adds up to the same bill as the report without net columns', async () => {
    const bill = [
      line('a', 'Usage', '10.0000000001', '9.0000000001', { discount_total_discount: '-1' }),
      line('b', 'Usage', '5', '4.5', { discount_total_discount: '-0.5' }),
      line('edp', 'EdpDiscount', '-1.5', '0'),
    ];
    await load(bill);
    const net = await test.manifest.partitions('org');
    expect(sumDecimals(net.flatMap((p) => p.sums.map((s) => s.billed)))).toBe('13.5000000001');
    test.reset();
    await load(
      bill,
      HEADER.filter((name) => !/_net_|^discount_/.test(name)),
    );
    const gross = await test.manifest.partitions('org');
    expect(sumDecimals(gross.flatMap((p) => p.sums.map((s) => s.billed)))).toBe('13.5000000001');
    expect((await rows()).get('edp')).toMatchObject({ b: -1.5, e: -1.5, c: -1.5, l: 0 });
  });

  it('counts as before where the report has the columns and nothing in them', async () => {
    const empty = BILL.map((l) =>
      Object.fromEntries(Object.entries(l).map(([k, v]) => [k, /_net_|^discount_/.test(k) ? '' : v])),
    );
    await load(empty);
    const [billed, effective] = [await total('b'), await total('e')];
    test.reset();
    await load(
      empty,
      HEADER.filter((name) => !/_net_|^discount_/.test(name)),
    );
    expect([await total('b'), await total('e')]).toEqual([billed, effective]);
    expect(billed).toBeCloseTo(34, 9);
  });
});
