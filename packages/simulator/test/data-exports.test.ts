import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { credentialsOf } from './support.ts';

const BUCKET = 'aurora-cost-exports';
let simulator: Simulator;
let s3: S3Client;

beforeAll(async () => {
  simulator = await startSimulator({
    scenario: 'demo',
    clock: { start: Date.UTC(2026, 10, 20, 15), factor: 0 },
  });
  s3 = new S3Client({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: credentialsOf(simulator, 'admin'),
    forcePathStyle: true,
  });
});
afterAll(() => simulator.close());

async function bytes(Key: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

/** Splits RFC 4180 text without line breaks inside fields. */
function parse(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const split = (line: string): string[] =>
    [...`${line},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g)].map((m) =>
      m[1] === undefined ? (m[2] ?? '') : m[1].replaceAll('""', '"'),
    );
  const names = split(header);
  return lines.map((line) => Object.fromEntries(split(line).map((value, i) => [names[i], value])));
}

async function billed(month: string, next: string): Promise<number> {
  const ce = new CostExplorerClient({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: credentialsOf(simulator, 'admin'),
  });
  const { ResultsByTime } = await ce.send(
    new GetCostAndUsageCommand({
      TimePeriod: { Start: month, End: next },
      Granularity: 'MONTHLY',
      Metrics: ['UnblendedCost'],
    }),
  );
  return Number(ResultsByTime?.[0]?.Total?.['UnblendedCost']?.Amount);
}

// The first read writes 17 months of bills.
test('exports lie in partitions with a manifest each', { timeout: 180_000 }, async () => {
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'exports/' }));
  const keys = Contents?.map((o) => o.Key) ?? [];
  expect(keys).toContain('exports/aurora-focus/data/billing_period=2025-11/aurora-focus-00001.csv.gz');
  expect(keys).toContain('exports/aurora-cur2/data/BILLING_PERIOD=2026-11/aurora-cur2-00001.csv.gz');
  expect(keys.filter((k) => k?.endsWith('-Manifest.json'))).toHaveLength(13 + 4);
  const manifest = JSON.parse(
    (
      await bytes('exports/aurora-focus/metadata/billing_period=2026-10/aurora-focus-Manifest.json')
    ).toString(),
  ) as { dataFiles: string[]; columns: { name: string }[] };
  expect(manifest.dataFiles).toEqual([
    `s3://${BUCKET}/exports/aurora-focus/data/billing_period=2026-10/aurora-focus-00001.csv.gz`,
  ]);
  expect(manifest.columns.map((c) => c.name)).toEqual(
    expect.arrayContaining(['BilledCost', 'EffectiveCost', 'ChargeCategory', 'ServiceCategory', 'Tags']),
  );
});

test('a FOCUS month adds up to what Cost Explorer says', async () => {
  const rows = parse(
    gunzipSync(
      await bytes('exports/aurora-focus/data/billing_period=2026-10/aurora-focus-00001.csv.gz'),
    ).toString(),
  );
  const sum = rows.reduce((total, row) => total + Number(row['BilledCost']), 0);
  expect(sum).toBeCloseTo(await billed('2026-10-01', '2026-11-01'), 3);
  expect(new Set(rows.map((r) => r['ChargeCategory']))).toEqual(new Set(['Usage', 'Tax']));
  const database = rows.find(
    (r) => r['ResourceId']?.endsWith(':db:storefront-db') && r['x_UsageType']?.includes('Usage:'),
  );
  expect(database).toMatchObject({
    ServiceCategory: 'Databases',
    BillingCurrency: 'USD',
    PricingCategory: 'Standard',
    PricingUnit: 'Hrs',
    SubAccountId: '210987654321',
    RegionId: 'us-east-1',
  });
  expect(JSON.parse(database?.['Tags'] ?? '{}')).toMatchObject({ app: 'storefront', env: 'production' });
  for (const row of rows)
    expect(Date.parse(row['ChargePeriodEnd'] ?? '') - Date.parse(row['ChargePeriodStart'] ?? '')).toBe(
      86_400_000,
    );
});

test('a CUR 2.0 month adds up too, with prefixed tags', async () => {
  const rows = parse(
    gunzipSync(
      await bytes('exports/aurora-cur2/data/BILLING_PERIOD=2026-09/aurora-cur2-00001.csv.gz'),
    ).toString(),
  );
  const sum = rows.reduce((total, row) => total + Number(row['line_item_unblended_cost']), 0);
  expect(sum).toBeCloseTo(await billed('2026-09-01', '2026-10-01'), 3);
  expect(new Set(rows.map((r) => r['identity_line_item_id'])).size).toBe(rows.length);
  expect(rows.some((r) => r['resource_tags']?.includes('"user_app":"payments"'))).toBe(true);
});

test('the open month is written again the next day', async () => {
  const key = 'exports/aurora-focus/data/billing_period=2026-11/aurora-focus-00001.csv.gz';
  const before = parse(gunzipSync(await bytes(key)).toString()).length;
  simulator.control.world.clock.advance(86_400_000);
  expect(parse(gunzipSync(await bytes(key)).toString()).length).toBeGreaterThan(before);
});
