import { gzipSync } from 'node:zlib';
import { SeededRandom } from '../../../random.ts';
import { storeObject } from '../../services/s3/objects.ts';
import type { Bucket } from '../../services/s3/store.ts';
import type { Account, World } from '../../world.ts';
import { closedUntil, monthsBefore, visibleAccounts } from '../ledger.ts';
import { lineItems } from '../line-items.ts';
import { writeCsv, type Columns } from './csv.ts';
import { curColumns } from './cur.ts';
import { focusColumns } from './focus.ts';
import type { LineItem } from '../line-items.ts';

/** A data export: what it holds and where it is written. */
export interface DataExport {
  readonly name: string;
  readonly kind: 'FOCUS_1_2' | 'CUR_2_0';
  readonly prefix: string;
  /** Months besides the current one. */
  readonly months: number;
}

/** FOCUS exports name their partition in lower case, CUR 2.0 in upper case. */
const PARTITIONS = { FOCUS_1_2: 'billing_period', CUR_2_0: 'BILLING_PERIOD' } as const;
const COLUMNS: Readonly<Record<DataExport['kind'], (payer: Account, account: Account) => Columns<LineItem>>> =
  { FOCUS_1_2: focusColumns, CUR_2_0: curColumns };

function csvOf(world: World, payer: Account, month: number, kind: DataExport['kind']): string {
  // One file over all accounts: the header comes once.
  const parts = visibleAccounts(world, payer).map((account) =>
    writeCsv(COLUMNS[kind](payer, account), lineItems(world, account, month)),
  );
  return parts.map((text, i) => (i === 0 ? text : text.slice(text.indexOf('\n') + 1))).join('');
}

function writeMonth(world: World, payer: Account, bucket: Bucket, spec: DataExport, month: number): void {
  const period = new Date(month).toISOString().slice(0, 7);
  const partition = `${PARTITIONS[spec.kind]}=${period}`;
  const base = [spec.prefix, spec.name].filter((p) => p !== '').join('/');
  const key = `${base}/data/${partition}/${spec.name}-00001.csv.gz`;
  const at = world.clock.now();
  storeObject(
    bucket,
    {
      key,
      body: gzipSync(csvOf(world, payer, month, spec.kind), { level: 5 }),
      contentType: 'application/octet-stream',
    },
    at,
  );
  const random = SeededRandom.of(world.seed, 'export', payer.id, spec.name);
  const arn = `arn:aws:bcm-data-exports:us-east-1:${payer.id}:export/${spec.name}-${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`;
  const manifest = {
    exportArn: arn,
    exportName: spec.name,
    accountId: payer.id,
    executionId: SeededRandom.of(world.seed, spec.name, period, closedUntil(payer, at)).hex(32),
    billingPeriod: {
      start: new Date(month).toISOString(),
      end: new Date(monthsBefore(month, -1)).toISOString(),
    },
    bucket: bucket.name,
    s3Region: bucket.region,
    contentType: 'text/csv',
    compression: 'GZIP',
    columns: Object.keys(COLUMNS[spec.kind](payer, payer)).map((name) => ({ name })),
    dataFiles: [`s3://${bucket.name}/${key}`],
  };
  const manifestKey = `${base}/metadata/${partition}/${spec.name}-Manifest.json`;
  storeObject(
    bucket,
    {
      key: manifestKey,
      body: Buffer.from(JSON.stringify(manifest, undefined, 2)),
      contentType: 'application/json',
    },
    at,
  );
}

/**
 * Writes an export of the whole bill into a bucket, as AWS Data Exports lays it out when it overwrites:
 * `prefix/name/data/BILLING_PERIOD=2026-10/name-00001.csv.gz` and `…/metadata/…/name-Manifest.json`.
 */
export function writeExport(world: World, payer: Account, bucket: Bucket, spec: DataExport): void {
  for (let i = spec.months; i >= 0; i--)
    writeMonth(world, payer, bucket, spec, monthsBefore(world.clock.now(), i));
}

/**
 * Makes a bucket receive exports: they are written when the bucket is first read, and the open and the last
 * month again once a simulated day, as AWS does.
 */
export function deliverExports(
  world: World,
  payer: Account,
  bucket: Bucket,
  specs: readonly DataExport[],
): void {
  let delivered: number | undefined;
  bucket.refresh = () => {
    const day = Math.floor(world.clock.now() / 86_400_000);
    if (day === delivered) return;
    const first = delivered === undefined;
    delivered = day;
    for (const spec of specs)
      writeExport(world, payer, bucket, first ? spec : { ...spec, months: Math.min(1, spec.months) });
    // Whether someone looked must not change the bill: deliveries are not charged for storage.
    bucket.history.length = 0;
  };
}
