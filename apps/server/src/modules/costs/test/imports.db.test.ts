import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromUnits, toUnits } from '../lake/money.ts';
import { focusCsv, rolledUp, startCosts, type CostsHarness, type CostsTenant } from './harness.ts';

const samplePath =
  process.env['ATLAS_FOCUS_SAMPLE'] ??
  path.resolve(import.meta.dirname, '../../../../../../../shared/data/focus_sample.csv');
const sample = await readFile(samplePath).catch(() => undefined);

/** Sum of a column, read by a plain CSV reader of the test's own. */
function sumOf(text: string, column: string): { total: string; rows: number } {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (quoted) {
      if (char === '"' && text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else if (char === '"') quoted = false;
      else cell += char;
    } else if (char === '"') quoted = true;
    else if (char === ',') {
      record.push(cell);
      cell = '';
    } else if (char === '\n') {
      records.push([...record, cell.replace(/\r$/, '')]);
      record = [];
      cell = '';
    } else cell += char;
  }
  const index = records[0]?.indexOf(column) ?? -1;
  const values = records.slice(1).map((cells) => cells[index] ?? '0');
  return { total: fromUnits(values.reduce((sum, value) => sum + toUnits(value), 0n)), rows: values.length };
}

describe('imports through the API', () => {
  let harness: CostsHarness;
  let acme: CostsTenant;

  beforeAll(async () => {
    harness = await startCosts();
    acme = await harness.tenant('acme');
  });
  afterAll(() => harness.close());

  const everything = { period: { from: '2020-01-01', to: '2029-12-31' }, grain: 'total' };
  async function total(tenant: CostsTenant): Promise<string | undefined> {
    const answer = await tenant.call('POST', '/questions', everything);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body.totals[0]?.total;
  }

  test.skipIf(sample === undefined)(
    'the published sample: totals equal the file to the last digit, nothing differs, a second upload doubles nothing',
    async () => {
      const tenant = await harness.tenant('sample');
      const expected = sumOf(sample?.toString('utf8') ?? '', 'BilledCost');
      const done = await tenant.importFiles([{ name: 'focus_sample.csv', content: sample ?? '' }]);
      expect(done.problem).toBeNull();
      expect(done.status).toBe('imported');
      expect(done.rows.read).toBe(expected.rows);
      expect(done.rows.refused).toBe(0);
      expect(await total(tenant)).toBe(expected.total);

      const proof = await tenant.call('GET', '/reconciliation?limit=200');
      expect(proof.body.items.length).toBeGreaterThan(0);
      for (const line of proof.body.items) expect(line.difference).toBe('0');
      expect(
        fromUnits(
          proof.body.items.reduce(
            (sum: bigint, line: { storeBilled: string }) => sum + toUnits(line.storeBilled),
            0n,
          ),
        ),
      ).toBe(expected.total);

      const again = await tenant.importFiles([{ name: 'the same.csv', content: sample ?? '' }]);
      expect(again).toMatchObject({ status: 'duplicate', duplicateOf: done.id });
      expect(await total(tenant)).toBe(expected.total);

      const forced = await tenant.importFiles([{ name: 'again.csv', content: sample ?? '' }], {
        force: true,
      });
      expect(forced.status).toBe('imported');
      expect(await total(tenant)).toBe(expected.total);

      const grouped = await tenant.call('POST', '/questions', {
        ...everything,
        groupBy: ['service'],
        top: 3,
      });
      const parts = [...grouped.body.groups, ...grouped.body.rest].reduce(
        (sum: bigint, group: { total: string }) => sum + toUnits(group.total),
        0n,
      );
      expect(fromUnits(parts)).toBe(expected.total);

      const conformance = await tenant.call('GET', '/conformance');
      expect(conformance.status).toBe(200);
      expect(conformance.body.rules.length).toBeGreaterThan(100);
      const items = await tenant.call('POST', '/line-items', { period: everything.period, limit: 5 });
      expect(items.body.total).toBe(expected.rows);
      expect(items.body.nextOffset).toBe(5);
      await tenant.call('POST', '/reconciliation/verify');
      await tenant.until(async () => {
        const { body } = await tenant.call('GET', '/reconciliation');
        return body.items.every(
          (line: { verifiedAt: string | null; verifyProblem: string | null }) =>
            line.verifiedAt !== null && line.verifyProblem === null,
        );
      });
      await harness.atlas.application.services.costs.rollUp(tenant);
      // The roll-up has indexed every partition; resources now come from there, to the same total.
      const files = await readdir(harness.home, { recursive: true });
      expect(files.filter((file) => file.includes('-calendar-')).length).toBeGreaterThan(0);
      const byResource = await tenant.call('POST', '/questions', { ...everything, groupBy: ['resource'] });
      expect(byResource.body.totals[0].total).toBe(expected.total);
      const overview = await tenant.call('GET', '/overview');
      expect(overview.body).toMatchObject({ lineItems: expected.rows, currencies: ['USD'] });
      expect(overview.body.providers.length).toBeGreaterThan(1);
    },
  );

  test('a file in parts goes on where it stopped and is not started half', async () => {
    const csv = Buffer.from(focusCsv([{ day: '2026-01-05', service: 'EC2', cost: '10.5' }]));
    const { body: created } = await acme.call('POST', '/imports', {});
    expect((await acme.call('POST', `/imports/${created.id}/start`)).status).toBe(409);
    const half = await acme.upload(created.id, 'bill.csv', csv.subarray(0, 100), `?total=${csv.length}`);
    expect(half.body.files).toEqual([{ name: 'bill.csv', received: 100, total: csv.length, sha256: null }]);
    const early = await acme.call('POST', `/imports/${created.id}/start`);
    expect(early.status).toBe(409);
    expect(early.body.detail).toContain('100 of');
    const gap = await acme.upload(created.id, 'bill.csv', csv.subarray(200), '?offset=200');
    expect(gap.status).toBe(409);
    expect(gap.body.meta).toMatchObject({ received: 100 });
    expect((await acme.upload(created.id, 'bill.csv', csv.subarray(100), '?offset=100')).status).toBe(200);
    expect((await acme.call('POST', `/imports/${created.id}/start`)).status).toBe(202);
    const done = await acme.until(async () => {
      const { body } = await acme.call('GET', `/imports/${created.id}`);
      return body.status === 'imported' && body;
    });
    expect(done.rows).toMatchObject({ accepted: 1 });
    expect(await total(acme)).toBe('10.5');
    expect((await acme.upload(created.id, 'more.csv', csv)).status).toBe(409);
  });

  test('a delivery that replaces a month takes its place, an appended one adds', async () => {
    const tenant = await harness.tenant('months');
    await tenant.importFiles([
      { name: 'a.csv', content: focusCsv([{ day: '2026-02-01', service: 'EC2', cost: '100' }]) },
    ]);
    await tenant.importFiles([
      { name: 'b.csv', content: focusCsv([{ day: '2026-02-01', service: 'EC2', cost: '90.01' }]) },
    ]);
    expect(await total(tenant)).toBe('90.01');
    await tenant.importFiles(
      [{ name: 'c.csv', content: focusCsv([{ day: '2026-02-02', service: 'S3', cost: '-0.01' }]) }],
      { onExisting: 'append' },
    );
    expect(await total(tenant)).toBe('90');
    const { body } = await tenant.call('GET', '/reconciliation');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      sourceRows: 2,
      storeRows: 2,
      sourceBilled: '90',
      storeBilled: '90',
      difference: '0',
    });
  });

  test('an account that comes under two billing accounts is told, for it counts twice', async () => {
    const tenant = await harness.tenant('twice');
    const rows = ['2026-02-01', '2026-02-02', '2026-02-03'].map((day) => ({
      day,
      service: 'EC2',
      cost: '5',
    }));
    // The account itself as fetched, and the payer's file with it as one of its accounts.
    await tenant.importFiles([{ name: 'own.csv', content: focusCsv(rows) }]);
    await tenant.importFiles([
      {
        name: 'payer.csv',
        content: focusCsv(rows).replaceAll(/^111122223333,/gm, '999900001111,'),
      },
    ]);
    expect(await total(tenant)).toBe('30');
    await rolledUp(tenant, harness);
    const { body } = await tenant.call('GET', '/reconciliation');
    expect(
      body.items.map((row: { billingAccountId: string; doubled: unknown }) => [
        row.billingAccountId,
        row.doubled,
      ]),
    ).toEqual([
      ['111122223333', [{ accountId: '111122223333', otherBillingAccountId: '999900001111', days: 3 }]],
      ['999900001111', [{ accountId: '111122223333', otherBillingAccountId: '111122223333', days: 3 }]],
    ]);
    const alone = await harness.tenant('once-only');
    await alone.importFiles([{ name: 'own.csv', content: focusCsv(rows) }]);
    await rolledUp(alone, harness);
    expect((await alone.call('GET', '/reconciliation')).body.items).toMatchObject([{ doubled: [] }]);
  });

  test('refused rows are counted with reasons and can be downloaded', async () => {
    const tenant = await harness.tenant('rejects');
    const csv = focusCsv([
      { day: '2026-03-01', service: 'EC2', cost: '5' },
      { day: '2026-03-01', service: 'EC2', cost: 'abc' },
      { day: '2026-03-02', service: 'EC2', cost: '7', currency: '=DOLLAR' },
    ]);
    const done = await tenant.importFiles([{ name: 'dirty.csv', content: csv }]);
    expect(done.rows).toMatchObject({ read: 3, accepted: 1, refused: 2 });
    expect(done.report.files[0].refused.map((line: { reason: string }) => line.reason).toSorted()).toEqual([
      'billed-cost-invalid',
      'currency-invalid',
    ]);
    const rejects = await harness.atlas.app.inject({
      method: 'GET',
      url: `/api/v1/orgs/rejects/workspaces/main/costs/imports/${done.id}/rejects`,
      headers: { cookie: [...tenant.browser.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
    });
    expect(rejects.statusCode).toBe(200);
    expect(rejects.body).toContain('billed-cost-invalid');
    // A cell that a spreadsheet would take for a formula is made harmless.
    expect(rejects.body).toContain("'=DOLLAR");
    expect(await total(tenant)).toBe('5');
  });

  test('a truncated gzip is told plainly and leaves the old data', async () => {
    const tenant = await harness.tenant('cut');
    await tenant.importFiles([
      { name: 'a.csv', content: focusCsv([{ day: '2026-02-01', service: 'EC2', cost: '100' }]) },
    ]);
    const whole = gzipSync(
      focusCsv(
        Array.from({ length: 500 }, (_, i) => ({ day: '2026-02-01', service: `S${i}`, cost: `${i}.5` })),
      ),
    );
    const done = await tenant.importFiles([
      { name: 'cut.csv.gz', content: whole.subarray(0, whole.length - 200) },
    ]);
    expect(done.status).toBe('failed');
    expect(done.problem).toMatchObject({ code: 'truncated' });
    expect(done.problem.message).toContain('cut.csv.gz is a gzip file cut short');
    expect(await total(tenant)).toBe('100');
  });

  test('a closed month is left alone', async () => {
    const tenant = await harness.tenant('closed');
    await tenant.importFiles([
      { name: 'a.csv', content: focusCsv([{ day: '2026-02-01', service: 'EC2', cost: '100' }]) },
    ]);
    const put = await tenant.call('PUT', '/settings', {
      displayCurrency: null,
      closedThrough: '2026-02',
      retentionMonths: null,
    });
    expect(put.status, JSON.stringify(put.body)).toBe(200);
    const done = await tenant.importFiles([
      {
        name: 'b.csv',
        content: focusCsv([
          { day: '2026-02-01', service: 'EC2', cost: '1' },
          { day: '2026-03-01', service: 'EC2', cost: '2' },
        ]),
      },
    ]);
    expect(done.report.files[0].refused).toEqual([
      expect.objectContaining({ reason: 'period-closed', rows: 1 }),
    ]);
    expect(await total(tenant)).toBe('102');
  });

  test('other modules get what each resource cost', async () => {
    const tenant = await harness.tenant('resources');
    await tenant.importFiles([
      {
        name: 'a.csv',
        content: focusCsv([
          { day: '2026-02-01', service: 'EC2', cost: '100.5' },
          { day: '2026-02-03', service: 'EC2', cost: '0.25' },
          { day: '2026-03-01', service: 'EC2', cost: '7' },
        ]),
      },
    ]);
    const { costs } = harness.atlas.application.services;
    expect(await costs.resourceCosts(tenant, { from: '2026-02-01', to: '2026-03-01', daily: true })).toEqual([
      {
        accountId: '111122223333',
        resourceId: 'arn:EC2',
        currency: 'USD',
        effective: '100.75',
        billed: '100.75',
        days: 2,
        daily: [
          { day: '2026-02-01', effective: '100.5', billed: '100.5' },
          { day: '2026-02-03', effective: '0.25', billed: '0.25' },
        ],
      },
    ]);
  });

  test("an organization's question never reads another's files", async () => {
    const one = await harness.tenant('one');
    const two = await harness.tenant('two');
    const file = [
      {
        name: 'same.csv',
        content: focusCsv([{ day: '2026-02-01', service: 'Secret service', cost: '1234.5' }]),
      },
    ];
    const done = await one.importFiles(file);
    expect(await total(two)).toBeUndefined();
    // The same content is no duplicate over there, and its account and month are a partition of its own.
    expect((await two.importFiles(file)).status).toBe('imported');
    await two.importFiles([
      { name: 'other.csv', content: focusCsv([{ day: '2026-02-01', service: 'EC2', cost: '1' }]) },
    ]);
    expect([await total(one), await total(two)]).toEqual(['1234.5', '1']);
    expect((await two.call('GET', `/imports/${done.id}`)).status).toBe(404);
    expect((await two.call('DELETE', `/imports/${done.id}`)).status).toBe(404);
    expect((await two.upload(done.id, 'x.csv', Buffer.from('x'))).status).toBe(404);
    const values = await two.call('POST', '/values', { dimension: 'service', period: everything.period });
    expect(values.body.items.map((item: { value: string }) => item.value)).toEqual(['EC2']);
  });
});
