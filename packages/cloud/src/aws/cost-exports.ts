import { z } from 'zod';
import { CloudError } from '../errors.ts';
import type { CostExport, CostExportLocation } from '../observations.ts';
import { S3 } from './clients.ts';
import type { AwsSession } from './session.ts';

/*
 * Reader of AWS Data Exports in S3. An export writes below its prefix
 * `<prefix>/<export>/metadata/BILLING_PERIOD=YYYY-MM/<export>-Manifest.json` and
 * `<prefix>/<export>/data/BILLING_PERIOD=YYYY-MM/…` (FOCUS exports: `billing_period=`), or with an execution id between them when
 * it keeps every delivery (Data Exports user guide, "Understanding export delivery").
 */

const MAX_MANIFEST_BYTES = 5 * 1024 * 1024;

/** The members of a manifest that are read. */
const Manifest = z.object({
  exportName: z.string().optional(),
  exportArn: z.string().optional(),
  executionId: z.string().optional(),
  dataFiles: z.array(z.string()).max(100_000),
  /** Column list; FOCUS exports have `BilledCost`, CUR 2.0 `line_item_unblended_cost`. */
  columns: z.array(z.object({ name: z.string() }).loose()).optional(),
  queryStatement: z.string().optional(),
});

const MANIFEST_KEY = /(?:^|\/)metadata\/billing_period=(\d{4}-\d{2})\/(?:([^/]+)\/)?[^/]*manifest\.json$/i;

interface Found {
  readonly key: string;
  readonly period: string;
  readonly updatedAt: Date;
  /** Export folder: what stands before `metadata/`. */
  readonly folder: string;
}

function fileFormat(key: string): CostExport['files'][number]['format'] | undefined {
  if (key.endsWith('.parquet')) return 'parquet';
  if (key.endsWith('.csv.gz')) return 'csv.gz';
  return key.endsWith('.csv') ? 'csv' : undefined;
}

/** `s3://bucket/key` or a key; undefined for a file outside the export's own bucket. */
function keyIn(bucket: string, file: string): string | undefined {
  if (!file.startsWith('s3://')) return file.replace(/^\/+/, '');
  const prefix = `s3://${bucket}/`;
  return file.startsWith(prefix) ? file.slice(prefix.length) : undefined;
}

async function listObjects(
  session: AwsSession,
  location: CostExportLocation,
  signal: AbortSignal | undefined,
) {
  const s3 = await session.open(S3, location.region);
  const objects = new Map<string, { bytes: number; updatedAt: Date }>();
  const found = s3.pages('ListObjectsV2', async (ContinuationToken) => {
    const input = { Bucket: location.container, Prefix: location.prefix, ContinuationToken };
    const answer = await s3.send(new s3.sdk.ListObjectsV2Command(input), { signal });
    return {
      items: answer.Contents ?? [],
      next: answer.IsTruncated ? answer.NextContinuationToken : undefined,
    };
  });
  for await (const page of found) {
    for (const object of page)
      if (object.Key)
        objects.set(object.Key, { bytes: object.Size ?? 0, updatedAt: object.LastModified ?? new Date(0) });
  }
  return objects;
}

async function readManifest(
  session: AwsSession,
  location: CostExportLocation,
  key: string,
  signal: AbortSignal | undefined,
) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of await readExportFile(session, location, key, signal)) {
    size += chunk.byteLength;
    if (size > MAX_MANIFEST_BYTES) throw unreadable(key, 'is larger than 5 MiB');
    chunks.push(chunk);
  }
  try {
    return Manifest.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  } catch {
    throw unreadable(key, 'is not a manifest of a data export');
  }
}

function unreadable(key: string, why: string): CloudError {
  return new CloudError({ kind: 'unavailable', message: `${key} ${why}.`, call: 's3:GetObject' });
}

function manifestsIn(objects: ReadonlyMap<string, { updatedAt: Date }>): Found[] {
  const newest = new Map<string, Found>();
  for (const [key, { updatedAt }] of objects) {
    const match = MANIFEST_KEY.exec(key);
    if (!match) continue;
    const folder = key.slice(0, key.search(/metadata\/billing_period=/i));
    const period = match[1] ?? '';
    const known = newest.get(`${folder} ${period}`);
    if (!known || known.updatedAt < updatedAt)
      newest.set(`${folder} ${period}`, { key, period, updatedAt, folder });
  }
  return [...newest.values()];
}

/** Whose columns an export has, by its column list, else its query, else its name. */
function columnsOf(manifest: z.infer<typeof Manifest>, folder: string): CostExport['format'] {
  const names = new Set(manifest.columns?.map((column) => column.name));
  if (names.has('BilledCost')) return 'focus';
  if (names.has('line_item_unblended_cost')) return 'cur2';
  const query = manifest.queryStatement ?? '';
  if (/FOCUS/i.test(query)) return 'focus';
  if (/COST_AND_USAGE_REPORT/i.test(query)) return 'cur2';
  return names.size === 0 && /focus/i.test(folder) ? 'focus' : 'legacy';
}

/** Newest delivery of each export and billing period. A manifest that can't be read is an error: costs would be missing. */
export async function listExports(
  session: AwsSession,
  location: CostExportLocation,
  signal?: AbortSignal,
): Promise<CostExport[]> {
  const objects = await listObjects(session, location, signal);
  const exports: CostExport[] = [];
  for (const found of manifestsIn(objects)) {
    const manifest = await readManifest(session, location, found.key, signal);
    const files = manifest.dataFiles.flatMap((file) => {
      const key = keyIn(location.container, file);
      const format = key === undefined ? undefined : fileFormat(key);
      return key === undefined || format === undefined
        ? []
        : [{ key, bytes: objects.get(key)?.bytes ?? 0, format }];
    });
    const name =
      manifest.exportName ?? (found.folder.replace(/\/$/, '').split('/').pop() || location.container);
    exports.push({
      id: `${found.folder}${found.period}`,
      name,
      format: columnsOf(manifest, found.folder),
      period: found.period,
      updatedAt: found.updatedAt.toISOString(),
      files,
    });
  }
  return exports.sort((a, b) => a.period.localeCompare(b.period) || a.name.localeCompare(b.name));
}

/** Streams an object as stored. */
export async function readExportFile(
  session: AwsSession,
  location: CostExportLocation,
  key: string,
  signal?: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const s3 = await session.open(S3, location.region);
  const answer = await s3.send(new s3.sdk.GetObjectCommand({ Bucket: location.container, Key: key }), {
    signal,
  });
  if (!answer.Body) throw unreadable(key, 'came without a body');
  return answer.Body as unknown as AsyncIterable<Uint8Array>;
}
