import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapHeader } from '../focus/header.ts';
import { DuckEngine, type Row, literal } from '../lake/duck.ts';
import { DuckCostStore } from '../lake/duckStore.ts';
import { LocalManifest } from '../lake/localManifest.ts';
import { sumDecimals } from '../lake/money.ts';
import { FileRoot } from '../lake/root.ts';
import { scalarText } from '../lake/scalar.ts';
import { importFiles } from './importFiles.ts';
import { type SourceColumn, stagingSql } from './normalise.ts';
import { NARROW_ERROR, plainForm } from './plain.ts';
import type { ImportReport } from './report.ts';

const HEADERS = [
  'BilledCost',
  'EffectiveCost',
  'ListUnitPrice',
  'BillingAccountId',
  'BillingCurrency',
  'BillingPeriodStart',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'ChargeCategory',
  'ServiceCategory',
  'Tags',
] as const;
const ALL: SourceColumn[] = HEADERS.map((header, position) => ({ header, position, type: 'VARCHAR' }));
const COLUMNS = new Map(
  [...mapHeader(HEADERS).columns].map(([name, position]) => [name, ALL[position] as SourceColumn]),
);
const PLAIN = [
  '1.5',
  '0.25',
  '0.0000000001',
  'acc-1',
  'USD',
  '2024-09-01 00:00:00',
  '2024-09-05 07:00:00',
  '2024-09-05 08:00:00',
  'Usage',
  'Compute',
  '{"a": "b"}',
];

const number = fc.constantFrom(
  '0',
  '12',
  '1.50',
  '0.000000000001',
  '.5',
  '5.',
  '999999.999999',
  '9999999',
  '123456789012',
  '0.0000000000001',

  '-1',
  '-0.5',
  '+1',
  '1e3',
  '1E-10',
  '1e-13',
  '2.5e+2',
  '1_000',
  '1,000.5',
  '1.234,5',
  '$3',
  ' 7',
  '7 ',
  '',
  'NaN',
  'Infinity',
  '-inf',
  'NULL',
  'BilledCost',
  '0x10',
  '1.2.3',
  '.',
  '-',
  'e5',
  '٣',
  '0.1234567890123456789',
  '0.1000000000000000004',
  '1000000000',
  '99999999999999999999',
  '1e30',
);
const time = (of: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    ...[
      '',
      ' 00:00:00',
      'T00:00:00',
      'T00:00:00Z',
      ' 00:00:00Z',
      'T00:00Z',
      ' 00:00',
      'T00:00:00.000',
      'T00:00:00.000Z',
    ].map((rest) => of + rest),
    ...[
      'T23:00:00-05',
      'T23:00:00-0500',
      'T00:00:00+02:00',
      'T00:00:00 UTC',
      'T00:00+02',
      'T0:00:00+1',
      ' 25:00:00',
      'T1:2:3Z',
    ].map((rest) => of + rest),

    '05/09/2024',
    '1999-12-31 00:00:00',
    '2100-01-01 00:00:00',
    '2100-01-01 00:00:01',
    '1725148800',
    'soon',
    ' 2024-09-01 ',

    '2024-09-31 00:00:00',
    '2024-9-1 00:00:00',
    '2024/09/01 00:00:00',
    '02024-09-01 00:00:00',
    'infinity',
  );
const or = (plain: string, odd: fc.Arbitrary<string | null>): fc.Arbitrary<string | null> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(plain) }, odd, fc.constant(null));
const row = fc.tuple(
  ...PLAIN.slice(0, 3).map((plain) => or(plain, number)),
  or('acc-1', fc.constantFrom('', ' ', ' acc 1 ', '1.23E+11', '1,5e+3', 'a+b', '007', "o'x")),
  or('USD', fc.constantFrom('usd', ' EUR', 'EUR', 'BRL', 'US', 'dollars', '')),
  or('2024-09-01 00:00:00', time('2024-09-01')),
  or('2024-09-05 07:00:00', time('2024-09-05')),
  or('2024-09-05 08:00:00', time('2024-09-06')),
  or('Usage', fc.constantFrom('usage', ' USAGE ', 'Tax', 'Fee', '')),
  or('Compute', fc.constantFrom('compute', 'AI and Machine Learning', 'ai AND machine learning', 'Toys')),
  or(
    '{"a": "b"}',
    fc.constantFrom('{}', '{" a": "1", "a": "2"}', 'x', '[]', '{"a ": 1}', ' {"a": 1}', '{"a": " b"}'),
  ),
);
const cell = (cells: readonly (string | null)[], column: SourceColumn): string | null =>
  cells[column.position] ?? null;

describe('plain rows', { timeout: 240_000 }, () => {
  let folder: string;
  let engine: DuckEngine;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cost-plain-'));
    engine = await DuckEngine.open({ tempDirectory: folder });
  });
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  const table = (rows: readonly (readonly (string | null)[])[]): string =>
    `(VALUES ${rows.map((cells) => `(${cells.map((c) => (c === null ? 'NULL::VARCHAR' : literal(c))).join(', ')})`).join(', ')}) AS source(${ALL.map((c) => `_s${c.position}`).join(', ')})`;
  const wide = ['BilledCost', 'EffectiveCost', 'ListUnitPrice']
    .map((c) => `${c}::DECIMAL(38,18) AS ${c}`)
    .join(', ');
  const staged = (sql: string): Promise<Row[]> =>
    engine.all(`SELECT * REPLACE (${wide}) FROM (${sql}) ORDER BY ALL`);

  it('are read as the careful way reads them, whatever stands beside them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), fc.boolean(), async (rows, zoned) => {
        const from = table(rows);
        const careful = await staged(stagingSql(from, COLUMNS, ALL, {}));
        const common = new Map([[5, ['2024-09-01 00:00:00', '2024-09-01T00:00:00Z']]]);
        const form = { currency: 'USD', zoned, common };
        expect(await staged(stagingSql(from, COLUMNS, ALL, {}, { ...form, narrow: false }))).toEqual(careful);
        try {
          expect(await staged(stagingSql(from, COLUMNS, ALL, {}, { ...form, narrow: true }))).toEqual(
            careful,
          );
        } catch (error) {
          // The one other outcome: told that a value does not fit, never a value that is not exact.
          if (!(error instanceof Error) || !error.message.includes(NARROW_ERROR)) throw error;
          const long = ['BilledCost', 'EffectiveCost', 'ListUnitPrice'].some((name) =>
            careful.some((r) => /\d{7,}\.|\.\d{12}0*[1-9]/.test(scalarText(r[name] ?? ''))),
          );
          expect(long).toBe(true);
        }
      }),
      { numRuns: 60, seed: 2024 },
    );
  });

  it('are told by their head: form, width, and whether there are enough of them', () => {
    const over = (change: Record<number, string | null>): (string | null)[] =>
      PLAIN.map((value, i) => (i in change ? (change[i] ?? null) : value));
    const of = (...sample: (string | null)[][]): ReturnType<typeof plainForm> =>
      plainForm(sample, cell, COLUMNS, {});
    expect(of(PLAIN, over({ 6: '2024-09-06 07:00:00' }), over({ 6: '2024-09-07 07:00:00' }))).toEqual({
      currency: 'USD',
      zoned: false,
      narrow: true,
      common: new Map([
        [5, ['2024-09-01 00:00:00']],
        [7, ['2024-09-05 08:00:00']],
      ]),
    });
    const z = { 5: '2024-09-01T00:00:00Z', 6: '2024-09-05T07:00:00Z', 7: null };
    expect(of(over(z))).toMatchObject({ zoned: true });
    for (const long of ['1234567', '0.0000000000001', '1e-13', '-1e6', '0.1234567890123'])
      expect(of(PLAIN, over({ 0: long }))).toMatchObject({ narrow: false });
    for (const short of ['-999999.5', '0.500000000000000', '1e5', 'NaN', '00000001.5', ''])
      expect(of(PLAIN, over({ 0: short }))).toMatchObject({ narrow: true });
    expect(of(PLAIN, over({ 0: '-1' }), over({ 0: '-2' }))).toBeUndefined();
    expect(of()).toBeUndefined();
    expect(plainForm([PLAIN], cell, COLUMNS, { decimalComma: true })).toBeUndefined();
    expect(plainForm([PLAIN], cell, COLUMNS, { dateOrder: 'dmy' })).toBeUndefined();
    const typed = new Map(COLUMNS).set('BilledCost', { ...(ALL[0] as SourceColumn), type: 'DOUBLE' });
    expect(plainForm([PLAIN], cell, typed, {})).toBeUndefined();
  });

  const load = async (
    name: string,
    files: string[],
    lake = name,
  ): Promise<[ImportReport, DuckCostStore, LocalManifest]> => {
    const store = new DuckCostStore(engine, new FileRoot(`file:${path.join(folder, `lake-${lake}`)}`));
    const manifest = new LocalManifest();
    const report = await importFiles(
      { engine, store, manifest },
      files.map((file) => ({ path: file, name: path.basename(file) })),
      { organizationId: 'org' },
    );
    return [report, store, manifest];
  };
  const write = async (name: string, rows: readonly (readonly string[])[]): Promise<string> => {
    const file = path.join(folder, name);
    const quoted = rows.map((cells) => cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(','));
    await writeFile(file, `${[HEADERS.join(','), ...quoted].join('\n')}\n`);
    return file;
  };
  const bill = (count: number, last: readonly string[], account = 'acc-1'): string[][] => [
    ...Array.from({ length: count }, (_, i) => PLAIN.with(0, `${i % 900}.000001`).with(3, account)),
    [...last],
  ];

  it('that turn out too long late in a file are stored wide, to the last digit, from CSV and Parquet', async () => {
    for (const last of ['1234567890.123456789', '0.000000000000000001', '-99999999999999999999.5']) {
      const rows = bill(6000, PLAIN.with(0, last));
      const total = sumDecimals(rows.map((cells) => cells[0] ?? ''));
      const file = await write('late.csv', rows);
      const parquet = path.join(folder, 'late.parquet');
      await engine.run(
        `COPY (FROM read_csv(${literal(file)}, all_varchar = true)) TO ${literal(parquet)} (FORMAT parquet)`,
      );
      for (const [index, source] of [file, parquet].entries()) {
        const [report, store, manifest] = await load(`late${last}${index}`, [source]);
        expect(report.files[0]).toMatchObject({ read: 6001, accepted: 6001, refused: {} });
        expect(report.reconciliation).toMatchObject([{ storeBilled: total, difference: '0' }]);
        const [partition] = await manifest.partitions('org');
        expect(partition && (await store.verify(partition))).toEqual([]);
      }
    }
  });

  it('add up beside wide ones: two files of one account and month, and several accounts in one file', async () => {
    const narrow = bill(50, PLAIN);
    const long = bill(50, PLAIN.with(0, '1000000000.0000000000001'));
    const others = bill(50, PLAIN.with(0, '-3.25'), 'acc-2');
    const every = [...narrow, ...long, ...others, ...narrow];
    const total = (account: string): string =>
      sumDecimals(every.filter((cells) => cells[3] === account).map((cells) => cells[0] ?? ''));
    const [report, store, manifest] = await load('beside', [
      await write('narrow.csv', narrow),
      await write('wide.csv', [...long].toReversed()),
      await write('mixed.csv', [...others, ...narrow, PLAIN.with(0, 'NaN')].toReversed()),
    ]);
    expect(report.reconciliation.map((r) => [r.billingAccountId, r.storeBilled, r.difference])).toEqual([
      ['acc-1', total('acc-1'), '0'],
      ['acc-2', total('acc-2'), '0'],
    ]);
    for (const partition of await manifest.partitions('org')) {
      const merged = await store.merge(partition, `${partition.version}-merged`);
      expect(merged.sums).toEqual(partition.sums);
    }
  });
});
