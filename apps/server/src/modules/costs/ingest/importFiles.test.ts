import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DuckEngine, literal } from '../lake/duck.ts';
import { DuckCostStore } from '../lake/duckStore.ts';
import { LocalManifest } from '../lake/localManifest.ts';
import { sumDecimals } from '../lake/money.ts';
import { FileRoot } from '../lake/root.ts';
import { type ImportOptions, importFiles } from './importFiles.ts';
import type { ImportReport } from './report.ts';

const HEADER =
  'BilledCost,EffectiveCost,ListCost,ContractedCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,Tags';
const row = (billed: string, over: Partial<Record<string, string>> = {}): string => {
  const values: Record<string, string> = {
    BilledCost: billed,
    EffectiveCost: '1',
    ListCost: '1',
    ContractedCost: '1',
    BillingAccountId: 'acc-1',
    BillingCurrency: 'USD',
    BillingPeriodStart: '2024-09-01T00:00:00Z',
    BillingPeriodEnd: '2024-10-01T00:00:00Z',
    ChargePeriodStart: '2024-09-05T00:00:00Z',
    ChargePeriodEnd: '2024-09-06T00:00:00Z',
    ChargeCategory: 'Usage',
    ServiceName: 'S3',
    Tags: 'NULL',
    ...over,
  };
  return HEADER.split(',')
    .map((h) => values[h] ?? '')
    .join(',');
};
const csv = (...rows: string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

describe('importFiles', { timeout: 120_000 }, () => {
  let folder: string;
  let engine: DuckEngine;
  let store: DuckCostStore;
  let manifest: LocalManifest;
  let count = 0;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cost-import-'));
    engine = await DuckEngine.open({ tempDirectory: folder });
  });
  beforeEach(() => {
    count += 1;
    store = new DuckCostStore(engine, new FileRoot(`file:${path.join(folder, `lake-${count}`)}`));
    manifest = new LocalManifest();
  });
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  const put = async (content: string | Buffer, name = 'bill.csv'): Promise<string> => {
    count += 1;
    const file = path.join(folder, `${count}-${name}`);
    await writeFile(file, content);
    return file;
  };
  const load = async (
    content: string | Buffer,
    options: Partial<ImportOptions> = {},
  ): Promise<ImportReport> =>
    importFiles({ engine, store, manifest }, [{ path: await put(content), name: 'bill.csv' }], {
      organizationId: 'org',
      ...options,
    });
  const failure = async (
    content: string | Buffer,
    options: Partial<ImportOptions> = {},
  ): Promise<{ code: string; details: Record<string, unknown> }> => {
    const error = await load(content, options).then(
      () => {
        throw new Error('was imported');
      },
      (e: unknown) => e as { code: string; details: Record<string, unknown> },
    );
    expect(await manifest.partitions('org')).toEqual([]);
    return error;
  };
  const billed = async (): Promise<string> =>
    sumDecimals((await manifest.partitions('org')).flatMap((p) => p.sums.map((s) => s.billed)));

  it('keeps 10^-10 and 10^12, zero and negative amounts exact', async () => {
    const report = await load(
      csv(
        row('0.0000000001'),
        row('1000000000000'),
        row('-2.5'),
        row('0'),
        row('1e-10'),
        row('12345678901234567.123456789012345678'),
      ),
    );
    expect(report.files[0]?.accepted).toBe(6);
    expect(await billed()).toBe('12346678901234564.6234567892123456780'.replace(/0$/, ''));
    expect(report.reconciliation[0]?.difference).toBe('0');
    expect(report.files[0]?.repaired.rounded).toBeUndefined();
  });

  it('says when a cost had to be rounded to 18 decimals', async () => {
    const report = await load(csv(row('0.1234567890123456789'), row('1e-20')));
    expect(report.files[0]?.repaired.rounded).toBe(2);
  });

  it('reads dirty text: BOM, CRLF, mixed line ends, quoted newlines, mixed case, NULL, repeated header', async () => {
    for (const text of [
      `\uFEFF${csv(row('1'), row('2', { ServiceName: '"a\r\nb, ""c"""' })).replaceAll(/(?<!\r)\n/g, '\r\n')}`,
      `${HEADER}\n${row('1')}\r\n${row('2')}\n`,
      csv(row('1'), HEADER, row('2')).toUpperCase().replaceAll('T00:00:00Z', ' 00:00:00'),
      csv(row('1', { BillingCurrency: ' usd', ChargeCategory: 'USAGE' }), row('2', { Tags: 'null' })).replace(
        'BilledCost',
        'billed_cost',
      ),
    ]) {
      manifest = new LocalManifest();
      const report = await load(text);
      expect([report.files[0]?.accepted, report.files[0]?.read]).toEqual([2, 2]);
      expect(await billed()).toBe('3');
    }
  });

  it('counts repairs and stores the canonical value', async () => {
    const report = await load(
      csv(
        row('1', {
          ChargeCategory: 'usage',
          ChargePeriodStart: '2024-09-05 01:00:00',
          Tags: '"{"" team"": ""a"", ""team"": ""b"", ""x "": ""c""}"',
        }),
        row('1', {
          BillingPeriodStart: '',
          Tags: 'not json',
          ChargePeriodStart: '2024-09-05T01:00:00+02:00',
        }),
      ),
    );
    expect(report.files[0]?.repaired).toEqual({
      'value-case': 1,
      'time-without-zone': 1,
      'tag-keys-trimmed': 1,
      'json-dropped': 1,
      'billing-period-derived': 1,
    });
    const rows = await store.select(await manifest.partitions('org'), 'rows', (from) => ({
      sql: `SELECT ChargeCategory, Tags, ChargePeriodStart::VARCHAR AS t FROM ${from} ORDER BY t`,
      params: {},
    }));
    expect(rows).toEqual([
      { ChargeCategory: 'Usage', Tags: null, t: '2024-09-04 23:00:00' },
      { ChargeCategory: 'Usage', Tags: '{"team":"b","x":"c"}', t: '2024-09-05 01:00:00' },
    ]);
  });

  it('trims tag keys of objects alone, and drops what is none', async () => {
    const tags = ['{"" a"": 1', '[1, "" :""]', '{"" b"": ""y"", ""b"": ""z""}', '{""c "": {""d "": 1}}'];
    const report = await load(csv(...tags.map((text, i) => row(String(i), { Tags: `"${text}"` }))));
    expect(report.files[0]?.repaired).toEqual({ 'tag-keys-trimmed': 2, 'json-dropped': 2 });
    const rows = await store.select(await manifest.partitions('org'), 'rows', (from) => ({
      sql: `SELECT Tags FROM ${from} ORDER BY BilledCost`,
      params: {},
    }));
    expect(rows.map((found) => found['Tags'])).toEqual([null, null, '{"b":"z"}', '{"c":"{\\"d \\":1}"}']);
  });

  it('refuses rows with a reason, tells them all, and writes a reject file safe for spreadsheets', async () => {
    const rejectFile = path.join(folder, `rejects-${count}.csv`);
    const report = await load(
      csv(
        row('5'),
        row(''),
        row('1_000'),
        row('"1,5"'),
        row('1', { BillingAccountId: '' }),
        row('1', { BillingAccountId: '1.23E+11' }),
        row('1', { BillingCurrency: '' }),
        row('1', { BillingCurrency: 'DOLLAR' }),
        row('1', { ListCost: 'x' }),
        row('1', { ChargePeriodStart: '09/05/2024' }),
        '1,2,3',
        row('1', { ServiceName: '=HYPERLINK("http://x")', ChargePeriodStart: 'never' }),
        `${row('1')},extra`,
        `"bad"x${row('1')}`,
      ),
      { rejectFile },
    );
    expect(report.files[0]?.refused).toEqual({
      'billed-cost-missing': 1,
      'billed-cost-invalid': 2,
      'billing-account-missing': 1,
      'billing-account-damaged': 1,
      'currency-missing': 1,
      'currency-invalid': 1,
      'cost-invalid': 1,
      'charge-period-invalid': 2,
      'row-too-few-columns': 1,
      'row-quoting': 1,
      'row-too-many-columns': 1,
    });
    expect(report.files[0]?.read).toBe(14);
    const text = await readFile(rejectFile, 'utf8');
    expect(text.trimEnd().split('\r\n')).toHaveLength(14);
    expect(await billed()).toBe('5');
    expect(report.reconciliation[0]).toMatchObject({ difference: '0', storeBilled: '5', storeRows: 1 });
  });

  it('guards formulas in refused rows', async () => {
    const rejectFile = path.join(folder, `rejects-${count}.csv`);
    await load(csv(row('1'), row('-1', { ServiceName: '=1+1', ChargePeriodStart: 'never' })), { rejectFile });
    const text = await readFile(rejectFile, 'utf8');
    expect(text).toContain(",'=1+1,");
    expect(text).toContain(',-1,');
  });

  it('reads decimal commas and slashed dates only when told to', async () => {
    const text = csv(row('"1.234,5"', { ChargePeriodStart: '05/09/2024' }));
    expect((await failure(text)).details['reason']).toBe('all-refused');
    const report = await load(text, { decimalComma: true, dateOrder: 'dmy' });
    expect(await billed()).toBe('1234.5');
    expect(report.files[0]?.repaired).toMatchObject({ 'decimal-comma': 1, 'date-order': 1 });
  });

  it('keeps two currencies apart', async () => {
    const report = await load(csv(row('1'), row('2', { BillingCurrency: 'EUR' })));
    expect(report.files[0]?.sourceSums.map((s) => [s.currency, s.billed])).toEqual([
      ['EUR', '2'],
      ['USD', '1'],
    ]);
    expect((await manifest.partitions('org'))[0]?.sums).toHaveLength(2);
  });

  it('refuses whole files plainly and leaves nothing half-written', async () => {
    const gz = gzipSync(csv(...Array.from({ length: 500 }, (_, i) => row(String(i * 1.37)))));
    expect((await failure(gz.subarray(0, gz.length - 20))).details['reason']).toBe('truncated');
    expect((await failure(gz, { maxUnpackedBytes: 1000 })).details['reason']).toBe('too-large');
    expect((await failure('')).details['reason']).toBe('empty');
    expect((await failure(`${HEADER}\n`)).details['reason']).toBe('empty');
    expect((await failure('a,b\n1,2\n')).details['reason']).toBe('header');
    expect((await failure(csv(row('1')).replace('BillingCurrency', 'Money'))).details['reason']).toBe(
      'missing-column',
    );
    expect((await failure(csv(row('1')).replace('ServiceName', 'billedcost'))).details['reason']).toBe(
      'ambiguous-column',
    );
    expect((await failure(Buffer.from('\uFEFFa,b', 'utf16le'))).details['reason']).toBe('encoding');
    expect((await failure(Buffer.from('PK\u0003\u0004xxxx'))).details['reason']).toBe('format');
    expect((await failure('PAR1garbagegarbagePAR1')).details['reason']).toBe('damaged');
    expect((await failure('PAR1garbage')).details['reason']).toBe('truncated');
    expect(await store.sweep(new Set(), new Date(Date.now() + 60_000))).toEqual([]);
  });

  it('imports csv.gz and Parquet to the same total, and refuses wrong Parquet types', async () => {
    const text = csv(row('1.25'), row('2.5'), row('-0.0000000001'));
    await load(gzipSync(text));
    expect(await billed()).toBe('3.7499999999');
    const source = await put(text);
    const parquet = `${source}.parquet`;
    const select = (replace: string): string =>
      `COPY (SELECT * REPLACE (${replace}) FROM read_csv(${literal(source)}, nullstr = 'NULL')) TO ${literal(parquet)} (FORMAT parquet)`;
    for (const [sql, expected] of [
      ["BilledCost::DOUBLE AS BilledCost, MAP {'a b': 'x'} AS Tags", '3.7499999999'],
      [
        'BilledCost::DECIMAL(20,10) AS BilledCost, ChargePeriodStart::TIMESTAMPTZ AS ChargePeriodStart',
        '3.7499999999',
      ],
    ] as const) {
      manifest = new LocalManifest();
      await engine.run(select(sql));
      const report = await load(await readFile(parquet));
      expect(report.files[0]?.format).toBe('parquet');
      expect(await billed()).toBe(expected);
    }
    manifest = new LocalManifest();
    await engine.run(select('true AS BilledCost'));
    expect((await failure(await readFile(parquet))).details['reason']).toBe('wrong-type');
    await engine.run(select('5 AS ChargePeriodStart'));
    expect((await failure(await readFile(parquet))).details['reason']).toBe('wrong-type');
  });

  it('recognises a duplicate, replaces on re-import, restores what was replaced, appends once', async () => {
    const first = csv(row('1'), row('2', { BillingAccountId: 'acc-2' }));
    await load(first);
    expect((await load(first)).status).toBe('duplicate');
    const corrected = await load(csv(row('10')));
    expect(corrected.partitions).toMatchObject([
      { action: 'replaced', before: [{ billed: '1' }], after: [{ billed: '10' }] },
    ]);
    expect(await billed()).toBe('12');
    expect((await load(first)).status).toBe('imported');
    expect(await billed()).toBe('3');
    await load(csv(row('5')), { onExisting: 'append' });
    expect(await billed()).toBe('8');
    expect((await load(csv(row('5')), { onExisting: 'append' })).status).toBe('duplicate');
    await expect(load(csv(row('7')), { onExisting: 'refuse' })).rejects.toMatchObject({ code: 'conflict' });
    expect(await billed()).toBe('8');
  });

  it('divides accounts and months wherever in the file they come, whatever the accounts are called', async () => {
    const odd = ['a/b', '..', 'ä ç', "o'n", 'x=1', 'A', 'a', '%2F'];
    const early = odd.flatMap((account) => [
      row('1', { BillingAccountId: account }),
      row('2', { BillingAccountId: account, BillingPeriodStart: '2024-08-01' }),
      row('bad', { BillingAccountId: account }),
    ]);
    // Beyond the lines that are looked at to tell whether there are several.
    const late = [...Array.from({ length: 3000 }, () => row('1')), row('5', { BillingAccountId: 'late' })];
    for (const [lines, expected] of [
      [early, odd.flatMap((account) => [`${account} 2`, `${account} 1`])],
      [late, ['acc-1 3000', 'late 5']],
    ] as const) {
      manifest = new LocalManifest();
      const report = await load(csv(...lines));
      const found = await manifest.partitions('org');
      expect(found.map((p) => `${p.billingAccountId} ${p.sums[0]?.billed}`).toSorted()).toEqual(
        [...expected].toSorted(),
      );
      expect(report.reconciliation.every((r) => r.difference === '0')).toBe(true);
      for (const part of found)
        expect(
          await store.select([part], 'rows', (from) => ({
            sql: `SELECT DISTINCT BillingAccountId AS a, strftime(BillingPeriodStart, '%Y-%m') AS m FROM ${from}`,
            params: {},
          })),
        ).toEqual([{ a: part.billingAccountId, m: part.billingPeriod }]);
      const source = await put(csv(...lines.filter((line) => !line.startsWith('bad'))));
      const parquet = `${source}.parquet`;
      await engine.run(
        `COPY (FROM read_csv(${literal(source)}, all_varchar = true, nullstr = 'NULL')) TO ${literal(parquet)} (FORMAT parquet)`,
      );
      const total = await billed();
      manifest = new LocalManifest();
      await load(await readFile(parquet));
      expect(await billed()).toBe(total);
    }
  });

  it('tells its progress', async () => {
    const phases = new Set<string>();
    await load(csv(row('1')), { onProgress: (p) => phases.add(p.phase) });
    expect([...phases]).toEqual(expect.arrayContaining(['writing', 'committing']));
  });

  it('does not touch a closed month', async () => {
    const report = await load(csv(row('1'), row('2', { BillingPeriodStart: '2024-08-01' })), {
      closedPeriods: ['2024-08'],
    });
    expect(report.files[0]?.refused).toEqual({ 'period-closed': 1 });
    expect((await manifest.partitions('org')).map((p) => p.billingPeriod)).toEqual(['2024-09']);
  });

  it('stops when told to and keeps the old data', async () => {
    await load(csv(row('1')));
    const abort = new AbortController();
    abort.abort();
    await expect(load(csv(row('9')), { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' });
    expect(await billed()).toBe('1');
  });

  const sample = process.env['ATLAS_FOCUS_SAMPLE'] ?? path.resolve('../shared/data/focus_sample.csv');
  it.skipIf(!existsSync(sample))(
    'imports the published sample to the last digit (set ATLAS_FOCUS_SAMPLE where it is elsewhere)',
    async () => {
      const text = await readFile(sample, 'utf8');
      const report = await load(text);
      // Independent of the store: the second value of each line, added up as integers.
      const expected = sumDecimals(
        text
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => /^(?:"[^"]*"|[^,]*),([^,]*),/.exec(line)?.[1] ?? 'missing'),
      );
      expect(report.files[0]).toMatchObject({
        version: '1.0',
        read: 1000,
        accepted: 1000,
        ignoredColumns: ['Id'],
        missingColumns: [],
      });
      expect(await billed()).toBe(expected);
      expect(expected).toMatch(/^20\.52/);
      expect(report.reconciliation.every((r) => r.difference === '0')).toBe(true);
      expect(report.files[0]?.repaired).toMatchObject({ 'value-case': 7, 'tag-keys-trimmed': 23 });
    },
  );
});
