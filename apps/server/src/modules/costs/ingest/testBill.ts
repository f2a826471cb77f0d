/** Test support: small bills as rows, as CSV, and a store in a temporary folder. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { csvLine } from '../lake/csv.ts';
import { DuckEngine } from '../lake/duck.ts';
import { DuckCostStore } from '../lake/duckStore.ts';
import { LocalManifest } from '../lake/localManifest.ts';
import { FileRoot } from '../lake/root.ts';
import { type ImportOptions, importFiles } from './importFiles.ts';
import type { ImportReport } from './report.ts';

export interface BillRow {
  billed: string;
  effective: string;
  account: string;
  subAccount: string | null;
  currency: string;
  /** Billing month, `YYYY-MM`. */
  period: string;
  day: string;
  service: string;
  region: string | null;
  resource: string | null;
  tags: Record<string, string> | null;
}

const HEADER = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'BillingAccountId',
  'SubAccountId',
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'ChargeCategory',
  'ProviderName',
  'ServiceName',
  'ServiceCategory',
  'RegionId',
  'ResourceId',
  'Tags',
];

export function billCsv(rows: readonly BillRow[]): string {
  const line = (r: BillRow): string =>
    csvLine([
      r.billed,
      r.effective,
      r.billed,
      r.effective,
      r.account,
      r.subAccount,
      r.currency,
      `${r.period}-01T00:00:00Z`,
      null,
      `${r.day}T05:00:00Z`,
      null,
      r.billed.startsWith('-') ? 'Credit' : 'Usage',
      'AWS',
      r.service,
      'Compute',
      r.region,
      r.resource,
      r.tags && JSON.stringify(r.tags),
    ]);
  return csvLine(HEADER) + rows.map(line).join('');
}

const amount = fc
  .bigInt(-(10n ** 21n), 10n ** 23n)
  .map(
    (n) =>
      `${n < 0n ? '-' : ''}${(n < 0n ? -n : n) / 10n ** 12n}.${((n < 0n ? -n : n) % 10n ** 12n).toString().padStart(12, '0')}`,
  );

/** Rows of a small world, so that groups collide. Tag keys and values try to break out of SQL. */
export const billRow: fc.Arbitrary<BillRow> = fc.record({
  billed: amount,
  effective: amount,
  account: fc.constantFrom('a1', "a'2"),
  subAccount: fc.constantFrom('s1', 's2', null),
  currency: fc.constantFrom('USD', 'USD', 'BRL'),
  period: fc.constantFrom('2024-08', '2024-09'),
  day: fc
    .integer({ min: 0, max: 60 })
    .map((n) => new Date(Date.UTC(2024, 7, 1 + n)).toISOString().slice(0, 10)),
  service: fc.constantFrom('EC2', 'S3', "Robert'); DROP TABLE rows; --"),
  region: fc.constantFrom('us-east-1', 'sa-east-1', null),
  resource: fc.constantFrom('i-1', 'i-2', 'vol-3', null),
  tags: fc.option(
    fc.dictionary(
      fc.constantFrom('team', "x' OR '1'='1", 'a"b', '$.team', 'a.b', 'ç ão'),
      fc.constantFrom('red', 'blue', "o'neil"),
      { maxKeys: 3 },
    ),
  ),
});

export interface TestStore {
  folder: string;
  engine: DuckEngine;
  store: DuckCostStore;
  manifest: LocalManifest;
  load(content: string | readonly BillRow[], options?: Partial<ImportOptions>): Promise<ImportReport>;
  /** Fresh, empty lake and manifest on the same engine. */
  reset(): void;
  close(): Promise<void>;
}

export async function openTestStore(): Promise<TestStore> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cost-test-'));
  const engine = await DuckEngine.open({ tempDirectory: folder });
  let count = 0;
  const fresh = (): Pick<TestStore, 'store' | 'manifest'> => {
    count += 1;
    return {
      store: new DuckCostStore(engine, new FileRoot(`file:${path.join(folder, `lake-${count}`)}`)),
      manifest: new LocalManifest(),
    };
  };
  const result: TestStore = {
    folder,
    engine,
    ...fresh(),
    async load(content, options = {}) {
      count += 1;
      const file = path.join(folder, `bill-${count}.csv`);
      await writeFile(file, typeof content === 'string' ? content : billCsv(content));
      try {
        return await importFiles(
          { engine, store: result.store, manifest: result.manifest },
          [{ path: file, name: 'bill.csv' }],
          { organizationId: 'org', ...options },
        );
      } finally {
        await rm(file);
      }
    },
    reset() {
      Object.assign(result, fresh());
    },
    async close() {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return result;
}
