import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromUnits, toUnits } from '../lake/money.ts';
import { focusCsv, startCosts, type CostsHarness, type CostsTenant } from './harness.ts';

describe('exports', () => {
  let harness: CostsHarness;
  let tenant: CostsTenant;
  const question = {
    period: { from: '2026-01-01', to: '2026-03-01' },
    grain: 'day',
    groupBy: ['service'],
    top: 30,
  };

  beforeAll(async () => {
    harness = await startCosts();
    tenant = await harness.tenant('acme');
    const rows = Array.from({ length: 59 }, (_, i) => {
      const day = new Date(Date.parse('2026-01-01') + i * 86_400_000).toISOString().slice(0, 10);
      return [
        { day, service: '=HYPERLINK("http://x")', cost: '0.0000000001' },
        { day, service: 'Armazenamento de objetos São Paulo', cost: '-1.25', team: 'dados' },
        { day, service: 'EC2', cost: '12.34' },
      ];
    }).flat();
    await tenant.importFiles([
      {
        name: 'bill.csv',
        content: focusCsv(rows).replaceAll('=HYPERLINK("http://x")', '"=HYPERLINK(""http://x"")"'),
      },
    ]);
  });
  afterAll(() => harness.close());

  async function download(kind: string, more = '', body: unknown = question) {
    return harness.atlas.app.inject({
      method: 'GET',
      url: `/api/v1/orgs/acme/workspaces/main/costs/exports/${kind}?q=${encodeURIComponent(JSON.stringify(body))}${more}`,
      headers: { cookie: [...tenant.browser.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
    });
  }

  test('CSV: exact amounts that add up, no formula for a spreadsheet', async () => {
    const file = await download('csv');
    expect(file.statusCode).toBe(200);
    const lines = file.body.trim().split('\r\n');
    expect(lines[0]).toBe('service,bucket,currency,billed');
    expect(lines).toHaveLength(1 + 59 * 3);
    expect(file.body).toContain(`"'=HYPERLINK(`);
    expect(file.body).not.toMatch(/^"?=/m);
    const sum = lines.slice(1).reduce((total, line) => total + toUnits(line.split(',').at(-1) ?? ''), 0n);
    const answer = await tenant.call('POST', '/questions', { ...question, grain: 'total', groupBy: [] });
    expect(fromUnits(sum)).toBe(answer.body.totals[0].total);
  });

  test('FOCUS: what comes out can be imported again with the same total', async () => {
    const whole = await tenant.call('POST', '/questions', { ...question, grain: 'total', groupBy: [] });
    for (const format of ['csv', 'parquet']) {
      const file = await download('focus', `&format=${format}`);
      expect(file.statusCode).toBe(200);
      const other = await harness.tenant(`other-${format}`);
      const done = await other.importFiles([{ name: `export.${format}`, content: file.rawPayload }]);
      expect(done.problem).toBeNull();
      const answer = await other.call('POST', '/questions', { ...question, grain: 'total', groupBy: [] });
      expect(answer.body.totals[0].total).toBe(whole.body.totals[0].total);
    }
  });

  test('PDF: a document with an embedded font and numbered pages, in both languages', async () => {
    for (const locale of ['en', 'pt-BR']) {
      const file = await download('pdf', `&locale=${locale}`);
      expect(file.statusCode).toBe(200);
      expect(file.headers['content-type']).toContain('application/pdf');
      const bytes = file.rawPayload.toString('latin1');
      expect(bytes.startsWith('%PDF-')).toBe(true);
      expect(bytes.trimEnd().endsWith('%%EOF')).toBe(true);
      expect(bytes).toContain('/FontFile2');
      expect(bytes.match(/\/Type \/Page\b/g)?.length).toBeGreaterThanOrEqual(2);
      if (process.env['ATLAS_KEEP_PDF'] !== undefined)
        await writeFile(path.join(process.env['ATLAS_KEEP_PDF'], `costs-${locale}.pdf`), file.rawPayload);
    }
  });

  test('PDF: a part is not taken for the whole, its filters are in it', async () => {
    const size = async (body: object): Promise<number> =>
      (await download('pdf', '&locale=pt-BR', body)).rawPayload.length;
    const filters = [
      { dimension: 'service', values: ['EC2', null], exclude: false },
      { dimension: 'tag:team', values: Array.from({ length: 40 }, (_, i) => `t${i}`), exclude: true },
    ];
    // Texts are compressed; another line of the same few letters makes the file longer.
    const total = { ...question, grain: 'total', groupBy: [] };
    expect(await size({ ...total, filters })).toBeGreaterThan(await size(total));
  });

  test('an answer of millions of amounts is refused before it is made', async () => {
    const large = { period: { from: '2017-01-01', to: '2026-01-01' }, groupBy: ['resource'], top: 1000 };
    const refused = await tenant.call('POST', '/questions', { ...large, grain: 'day' });
    expect([refused.status, refused.body.code]).toEqual([422, 'validation_failed']);
    expect(refused.body.errors).toMatchObject([{ path: 'body.top' }]);
    expect((await tenant.call('POST', '/questions', { ...large, grain: 'month' })).status).toBe(200);
  });

  test('a question that is none is refused by the field', async () => {
    expect((await download('csv', '', { period: 'forever' })).statusCode).toBe(422);
    const broken = await harness.atlas.app.inject({
      method: 'GET',
      url: '/api/v1/orgs/acme/workspaces/main/costs/exports/csv?q=%7B',
      headers: { cookie: [...tenant.browser.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
    });
    expect(broken.json()).toMatchObject({ code: 'validation_failed' });
  });
});
