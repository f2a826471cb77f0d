import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { csvLine } from '../../lake/csv.ts';
import { literal, type Row } from '../../lake/duck.ts';
import { sumDecimals } from '../../lake/money.ts';
import { importFiles } from '../importFiles.ts';
import type { ImportReport } from '../report.ts';
import { openTestStore, type TestStore } from '../testBill.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
beforeEach(() => test.reset());
afterAll(() => test.close());

type Line = Record<string, string>;
const plan = 'arn:aws:savingsplans::111122223333:savingsplan/a1';
const reserved = 'arn:aws:ec2:us-east-1:111122223333:reserved-instances/r1';

/** A line of the report with the given columns over those every line has. */
function line(type: string, unblended: string, over: Line = {}): Line {
  return {
    bill_payer_account_id: '111122223333',
    bill_payer_account_name: 'Payer',
    bill_billing_entity: 'AWS',
    bill_billing_period_start_date: '2024-09-01 00:00:00.000',
    bill_billing_period_end_date: '2024-10-01 00:00:00.000',
    bill_invoice_id: '42',
    bill_invoicing_entity: 'Amazon Web Services, Inc.',
    line_item_line_item_type: type,
    line_item_unblended_cost: unblended,
    line_item_currency_code: 'USD',
    line_item_usage_start_date: '2024-09-02 00:00:00.000',
    line_item_usage_end_date: '2024-09-03 00:00:00.000',
    line_item_usage_account_id: '444455556666',
    line_item_product_code: 'AmazonEC2',
    line_item_usage_type: 'BoxUsage:m5.large',
    line_item_usage_amount: '24',
    pricing_unit: 'Hrs',
    product: '{"product_name":"Amazon Elastic Compute Cloud"}',
    product_region_code: 'us-east-1',
    resource_tags: '{}',
    ...over,
  };
}

const HEADER = [
  ...Object.keys(line('Usage', '0')),
  'line_item_resource_id',
  'pricing_public_on_demand_cost',
  'pricing_term',
  'savings_plan_savings_plan_a_r_n',
  'savings_plan_savings_plan_effective_cost',
  'savings_plan_total_commitment_to_date',
  'savings_plan_used_commitment',
  'reservation_reservation_a_r_n',
  'reservation_effective_cost',
  'reservation_unused_amortized_upfront_fee_for_billing_period',
  'reservation_unused_recurring_fee',
  'cost_category',
];

function curCsv(lines: readonly Line[], header = HEADER): string {
  return csvLine(header) + lines.map((l) => csvLine(header.map((name) => l[name] ?? null))).join('');
}

/** The same report as AWS writes it in Parquet: numbers as doubles, times as timestamps, maps as maps. */
async function curParquet(lines: readonly Line[]): Promise<ImportReport> {
  const csv = path.join(test.folder, 'cur.csv');
  const parquet = path.join(test.folder, 'cur.parquet');
  await writeFile(csv, curCsv(lines));
  const map = (name: string): string =>
    `map_from_entries(list_transform(json_keys(coalesce(${name}, '{}')), lambda k: {'k': k, 'v': json_extract_string(${name}, '/' || k)})) AS ${name}`;
  const double = HEADER.filter((name) => /cost$|commitment(_to_date)?$|_fee|amount$/.test(name)).map(
    (name) => `${name}::DOUBLE AS ${name}`,
  );
  const time = HEADER.filter((name) => /(start|end)_date$/.test(name)).map(
    (name) => `${name}::TIMESTAMP AS ${name}`,
  );
  const text = HEADER.filter((name) => name.endsWith('_a_r_n')).map(
    (name) => `coalesce(${name}, '') AS ${name}`,
  );
  await test.engine.run(
    `COPY (SELECT * REPLACE (${[...double, ...time, ...text, map('product'), map('resource_tags'), map('cost_category')].join(', ')}) FROM read_csv(${literal(csv)}, all_varchar = true)) TO ${literal(parquet)} (FORMAT parquet)`,
  );
  return importFiles(test, [{ path: parquet, name: 'cur.parquet' }], { organizationId: 'org' });
}

const rowsOf = async (columns: string): Promise<Row[]> =>
  test.store.select(await test.manifest.partitions('org'), 'rows', (from) => ({
    sql: `SELECT ${columns} FROM ${from} ORDER BY ALL`,
    params: {},
  }));
const sums = async (): Promise<{ billed: string; effective: string; list: string }> => {
  const all = (await test.manifest.partitions('org')).flatMap((p) => p.sums);
  const of = (pick: (s: (typeof all)[number]) => string): string => sumDecimals(all.map(pick));
  return { billed: of((s) => s.billed), effective: of((s) => s.effective), list: of((s) => s.list) };
};

/** A two-day term: upfront and recurring fees of a plan and of a reservation, all used but for one part. */
function commitments(unused: boolean): Line[] {
  const ofPlan = { savings_plan_savings_plan_a_r_n: plan };
  const ofReservation = { reservation_reservation_a_r_n: reserved };
  const days = ['2024-09-02', '2024-09-03'].flatMap((day, i) => {
    const at = { line_item_usage_start_date: `${day} 00:00:00.000` };
    const idle = unused && i === 1;
    return [
      line('SavingsPlanCoveredUsage', idle ? '1.5' : '3', {
        ...at,
        ...ofPlan,
        pricing_public_on_demand_cost: idle ? '1.5' : '3',
        savings_plan_savings_plan_effective_cost: idle ? '1' : '2',
      }),
      line('SavingsPlanNegation', idle ? '-1.5' : '-3', { ...at, ...ofPlan }),
      line('SavingsPlanRecurringFee', '1.25', {
        ...at,
        ...ofPlan,
        savings_plan_total_commitment_to_date: '2',
        savings_plan_used_commitment: idle ? '1' : '2',
      }),
      line('DiscountedUsage', '0', {
        ...at,
        ...ofReservation,
        pricing_public_on_demand_cost: '8',
        reservation_effective_cost: idle ? '2' : '5',
      }),
    ];
  });
  return [
    ...days,
    line('SavingsPlanUpfrontFee', '1.5', ofPlan),
    line('Fee', '6', ofReservation),
    line('RIFee', '4', {
      ...ofReservation,
      reservation_unused_amortized_upfront_fee_for_billing_period: unused ? '1.8' : '0',
      reservation_unused_recurring_fee: unused ? '1.2' : '0',
    }),
  ];
}
const paid = '14';

describe('Cost and Usage Report 2.0', { timeout: 120_000 }, () => {
  it('amortises: over a term all of a commitment is effective cost, used or not', async () => {
    for (const unused of [false, true]) {
      test.reset();
      const report = await test.load(curCsv(commitments(unused)));
      expect(report.files[0]).toMatchObject({ schema: 'cur-2.0', version: undefined, accepted: 11 });
      expect(await sums()).toMatchObject({ billed: paid, effective: paid });
    }
    expect(await rowsOf('ChargeCategory, EffectiveCost::DOUBLE AS e, ListCost::DOUBLE AS l')).toEqual([
      { ChargeCategory: 'Purchase', e: 0, l: 0 },
      { ChargeCategory: 'Purchase', e: 0, l: 0 },
      { ChargeCategory: 'Purchase', e: 0, l: 0 },
      { ChargeCategory: 'Purchase', e: 1, l: 0 },
      { ChargeCategory: 'Purchase', e: 3, l: 0 },
      { ChargeCategory: 'Usage', e: 0, l: 0 },
      { ChargeCategory: 'Usage', e: 0, l: 0 },
      { ChargeCategory: 'Usage', e: 1, l: 1.5 },
      { ChargeCategory: 'Usage', e: 2, l: 3 },
      { ChargeCategory: 'Usage', e: 2, l: 8 },
      { ChargeCategory: 'Usage', e: 5, l: 8 },
    ]);
  });

  it('reads Parquet with maps and doubles to the same rows', async () => {
    const lines = [
      ...commitments(true),
      line('Usage', '1e-10', {
        resource_tags: '{"user_team":"data","aws_createdby":"x"}',
        cost_category: '{"Unit":"R&D"}',
        line_item_resource_id: 'i-1',
      }),
    ];
    const columns =
      'ChargeCategory, PricingCategory, CommitmentDiscountId, CommitmentDiscountStatus, BilledCost::VARCHAR AS b, EffectiveCost::VARCHAR AS e, ListCost::VARCHAR AS l, ContractedCost::VARCHAR AS c, ServiceName, ServiceCategory, ResourceId, ChargePeriodStart::VARCHAR AS day, Tags';
    await test.load(curCsv(lines));
    const csv = await rowsOf(columns);
    test.reset();
    const report = await curParquet(lines);
    expect(report.files[0]).toMatchObject({
      format: 'parquet',
      schema: 'cur-2.0',
      accepted: 12,
      refused: {},
    });
    expect(await rowsOf(columns)).toEqual(csv);
    expect(csv.map((row) => row['Tags']).filter((tags) => tags !== null)).toEqual([
      '{"team":"data","aws_createdby":"x","cost_category/Unit":"R&D"}',
    ]);
  });

  it('sorts every line item type into its charge category', async () => {
    const types: [string, string, string | null, string | null][] = [
      ['Usage', 'Usage', 'Standard', null],
      ['DiscountedUsage', 'Usage', 'Committed', null],
      ['SavingsPlanCoveredUsage', 'Usage', 'Committed', null],
      ['SavingsPlanNegation', 'Usage', null, null],
      ['Fee', 'Purchase', 'Standard', null],
      ['RIFee', 'Purchase', 'Standard', null],
      ['SavingsPlanRecurringFee', 'Purchase', 'Standard', null],
      ['SavingsPlanUpfrontFee', 'Purchase', 'Standard', null],
      ['Tax', 'Tax', null, null],
      ['Credit', 'Credit', null, null],
      ['Refund', 'Adjustment', null, 'Correction'],
      ['EdpDiscount', 'Adjustment', null, null],
      ['BundledDiscount', 'Adjustment', null, null],
      ['PrivateRateDiscount', 'Adjustment', null, null],
    ];
    await test.load(
      curCsv(
        types.map(([type], i) => line(type, '1', { line_item_line_item_description: String(i + 10) })),
        [...HEADER, 'line_item_line_item_description'],
      ),
    );
    expect(await rowsOf('ChargeDescription AS n, ChargeCategory, PricingCategory, ChargeClass')).toEqual(
      types.map(([, category, pricing, chargeClass], i) => ({
        n: String(i + 10),
        ChargeCategory: category,
        PricingCategory: pricing,
        ChargeClass: chargeClass,
      })),
    );
  });

  it('bills exactly what the report does, whatever the types and amounts', async () => {
    const amount = fc.bigInt(-(10n ** 14n), 10n ** 16n).map(
      (n) =>
        `${n < 0n ? '-' : ''}${String(n < 0n ? -n : n)
          .padStart(11, '0')
          .replace(/(\d{10})$/, '.$1')}`,
    );
    const type = fc.constantFrom(
      'Usage',
      'Tax',
      'Credit',
      'Refund',
      'SavingsPlanCoveredUsage',
      'SavingsPlanNegation',
      'DiscountedUsage',
      'RIFee',
      'EdpDiscount',
      'Something new',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(type, amount), { minLength: 1, maxLength: 30 }), async (lines) => {
        test.reset();
        const report = await test.load(curCsv(lines.map(([t, a]) => line(t, a))));
        expect((await sums()).billed).toBe(sumDecimals(lines.map(([, a]) => a)));
        expect(report.reconciliation.every((r) => r.difference === '0')).toBe(true);
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  it('keeps odd tags: quotes, colons, backslashes, columns of their own, and what is no object', async () => {
    const odd = { user_note: String.raw`a "user_b": \ c`, 'user_a/b~c': 'user_x' };
    const apart = [...HEADER.filter((h) => h !== 'resource_tags'), 'resource_tags_user_team'];
    const report = await test.load(
      curCsv([
        line('Usage', '1', { resource_tags: JSON.stringify(odd) }),
        line('Usage', '2', { resource_tags: 'no json' }),
      ]),
    );
    expect(report.files[0]?.repaired).toEqual({ 'json-dropped': 1 });
    expect((await rowsOf('BilledCost::INT AS n, Tags')).map((row) => row['Tags'])).toEqual([
      JSON.stringify({ note: odd.user_note, 'a/b~c': 'user_x' }),
      null,
    ]);
    test.reset();
    await test.load(
      curCsv([line('Usage', '1', { resource_tags_user_team: 'data' }), line('Usage', '2')], apart),
    );
    expect((await rowsOf('BilledCost::INT AS n, Tags')).map((row) => row['Tags'])).toEqual([
      '{"team":"data"}',
      null,
    ]);
  });

  it('says what a report lacks, and then has the billed cost for the effective one', async () => {
    const short = HEADER.filter((name) => !/^(savings_plan|reservation)_/.test(name));
    const report = await test.load(curCsv(commitments(false), short));
    expect(report.files[0]?.missingColumns).toEqual(
      expect.arrayContaining(['savings_plan_used_commitment', 'reservation_effective_cost']),
    );
    expect(await sums()).toMatchObject({ billed: paid, effective: paid });
    await expect(
      test.load(
        curCsv(
          commitments(false),
          short.filter((name) => name !== 'line_item_currency_code'),
        ),
      ),
    ).rejects.toMatchObject({ details: { reason: 'missing-column' } });
  });

  it('takes rows of split cost allocation, which bill nothing, and refuses others without a cost', async () => {
    const header = [...HEADER, 'split_line_item_parent_resource_id'];
    const rejectFile = path.join(test.folder, 'rejects.csv');
    const report = await test.load(
      curCsv(
        [
          line('Usage', '5'),
          line('Usage', '', { split_line_item_parent_resource_id: 'i-1' }),
          line('Usage', ''),
          line('Usage', 'free'),
        ],
        header,
      ),
      { rejectFile },
    );
    expect(report.files[0]).toMatchObject({
      accepted: 2,
      refused: { 'billed-cost-missing': 1, 'billed-cost-invalid': 1 },
    });
    expect(await readFile(rejectFile, 'utf8')).toContain('line_item_unblended_cost');
    expect((await sums()).billed).toBe('5');
  });
});
