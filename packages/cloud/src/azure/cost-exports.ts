import { z } from 'zod';
import { CloudError, invalidInput } from '../errors.ts';
import type { CostExport, CostExportLocation } from '../observations.ts';
import type { RawPage } from '../shared/paging.ts';
import type { AzureSession } from './session.ts';

/*
 * Reader of Cost Management exports in Blob storage. An export writes every run below
 * `<directory>/<export>/<YYYYMMDD>-<YYYYMMDD>/…/<run id>/` as partitions and a `manifest.json`, which is written last and
 * names them (Cost Management, "Understand exports: file partitioning and manifests").
 */

const MAX_MANIFEST_BYTES = 5 * 1024 * 1024;
const CALL = 'GET Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
/** Bytes that are asked for together, each block with retries of its own. */
const BLOCK = 4 * 1024 * 1024;

/** The members of a manifest that are read. */
const Manifest = z.object({
  exportConfig: z.object({ exportName: z.string(), type: z.string() }),
  blobs: z.array(z.object({ blobName: z.string() })).max(100_000),
});

const MANIFEST_NAME = /^(.*?)(\d{4})(\d{2})(\d{2})-(\d{4})(\d{2})(\d{2})\/(?:.+\/)?manifest\.json$/i;

interface Found {
  readonly name: string;
  /** What stands before the period: directory and export. */
  readonly folder: string;
  readonly period: string;
  readonly updatedAt: Date;
}

/** Account and container of a place, written `<storage account>/<container>`. @throws CloudError `invalid_input` */
function placeOf(location: CostExportLocation): { account: string; container: string } {
  const match = /^([a-z0-9]{3,24})\/((?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/.exec(location.container);
  if (!match)
    throw invalidInput([
      { field: 'container', message: 'is a storage account and a container, such as account/exports' },
    ]);
  return { account: match[1] ?? '', container: match[2] ?? '' };
}

function fileFormat(name: string): CostExport['files'][number]['format'] | undefined {
  if (name.endsWith('.parquet')) return 'parquet';
  if (name.endsWith('.csv.gz')) return 'csv.gz';
  return name.endsWith('.csv') ? 'csv' : undefined;
}

async function listBlobs(
  session: AzureSession,
  location: CostExportLocation,
  signal: AbortSignal | undefined,
): Promise<Map<string, { bytes: number; updatedAt: Date }>> {
  const { account, container } = placeOf(location);
  const blobs = new Map<string, { bytes: number; updatedAt: Date }>();
  const prefix = location.prefix.replace(/^\/+/, '');
  const site = { call: CALL, region: 'global' };
  const pages = session.caller.pages(site, (marker) =>
    session.blobs(
      account,
      CALL,
      async (service, abortSignal): Promise<RawPage<{ name: string; bytes: number; updatedAt: Date }>> => {
        const listing = service
          .getContainerClient(container)
          .listBlobsFlat({ prefix, abortSignal })
          .byPage(marker === undefined ? {} : { continuationToken: marker });
        const answer = await listing.next();
        if (answer.done === true) return { items: [], next: undefined };
        const { segment, continuationToken } = answer.value;
        return {
          items: segment.blobItems.map(({ name, properties }) => ({
            name,
            bytes: properties.contentLength ?? 0,
            updatedAt: properties.lastModified,
          })),
          next: continuationToken,
        };
      },
      signal,
    ),
  );
  for await (const page of pages) for (const { name, ...facts } of page) blobs.set(name, facts);
  return blobs;
}

/** The last run of each export and month. Spans that are no whole month would replace one by a part of it. */
function manifestsIn(blobs: ReadonlyMap<string, { updatedAt: Date }>): Found[] {
  const newest = new Map<string, Found>();
  for (const [name, { updatedAt }] of blobs) {
    const [, folder = '', year, month, first, endYear, endMonth] = MANIFEST_NAME.exec(name) ?? [];
    if (year === undefined || first !== '01' || year !== endYear || month !== endMonth) continue;
    const period = `${year}-${month ?? ''}`;
    const known = newest.get(`${folder} ${period}`);
    if (!known || known.updatedAt < updatedAt)
      newest.set(`${folder} ${period}`, { name, folder, period, updatedAt });
  }
  return [...newest.values()];
}

async function readManifest(
  session: AzureSession,
  location: CostExportLocation,
  name: string,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof Manifest>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of await readExportFile(session, location, name, signal)) {
    size += chunk.byteLength;
    if (size > MAX_MANIFEST_BYTES) throw unreadable(name, 'is larger than 5 MiB');
    chunks.push(chunk);
  }
  try {
    // Some of the service's JSON files begin with a byte order mark.
    return Manifest.parse(JSON.parse(new TextDecoder().decode(Buffer.concat(chunks))));
  } catch {
    throw unreadable(name, 'is not a manifest of a cost export');
  }
}

function unreadable(name: string, why: string): CloudError {
  return new CloudError({ kind: 'unavailable', message: `${name} ${why}.`, call: CALL });
}

/** Newest delivery of each export and month. A manifest that can't be read is an error: costs would be missing. */
export async function listExports(
  session: AzureSession,
  location: CostExportLocation,
  signal?: AbortSignal,
): Promise<CostExport[]> {
  const blobs = await listBlobs(session, location, signal);
  const { container } = placeOf(location);
  const exports: CostExport[] = [];
  for (const found of manifestsIn(blobs)) {
    const manifest = await readManifest(session, location, found.name, signal);
    const files = manifest.blobs.map(({ blobName }) => {
      // Named with or without the container before the path.
      const key = blobs.has(blobName) ? blobName : blobName.replace(`${container}/`, '');
      const bytes = blobs.get(key)?.bytes;
      const format = fileFormat(key);
      if (bytes === undefined) throw unreadable(blobName, 'is named in a manifest and is not there');
      if (format === undefined) throw unreadable(blobName, 'is neither CSV nor Parquet');
      return { key, bytes, format };
    });
    exports.push({
      id: `${found.folder}${found.period}`,
      name: manifest.exportConfig.exportName,
      format: manifest.exportConfig.type === 'FocusCost' ? 'focus' : 'legacy',
      period: found.period,
      updatedAt: found.updatedAt.toISOString(),
      files,
    });
  }
  return exports.sort((a, b) => a.period.localeCompare(b.period) || a.name.localeCompare(b.name));
}

/** One block of a blob, and how long the whole is. `etag` is of the block before: a blob that was replaced since is refused. */
async function readBlock(
  session: AzureSession,
  location: CostExportLocation,
  key: string,
  from: number,
  etag: string | undefined,
  signal: AbortSignal | undefined,
): Promise<{ bytes: Buffer; total: number; etag: string | undefined }> {
  const { account, container } = placeOf(location);
  return session.blobs(
    account,
    CALL,
    async (service, abortSignal) => {
      const answer = await service
        .getContainerClient(container)
        .getBlobClient(key)
        .download(from, BLOCK, {
          abortSignal,
          ...(etag === undefined ? {} : { conditions: { ifMatch: etag } }),
        });
      const { readableStreamBody } = answer;
      if (!readableStreamBody) throw unreadable(key, 'came without a body');
      const chunks: Uint8Array[] = [];
      for await (const chunk of readableStreamBody as AsyncIterable<Uint8Array>) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const total = Number(/\/(\d+)$/.exec(answer.contentRange ?? '')?.[1] ?? bytes.length);
      return { bytes, total, etag: answer.etag };
    },
    signal,
  );
}

async function* blocksOf(
  session: AzureSession,
  location: CostExportLocation,
  key: string,
  first: Awaited<ReturnType<typeof readBlock>>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  yield first.bytes;
  for (let at = first.bytes.length; at < first.total;) {
    const { bytes } = await readBlock(session, location, key, at, first.etag, signal);
    if (bytes.length === 0) throw unreadable(key, 'ends before its length');
    yield bytes;
    at += bytes.length;
  }
}

/** Streams a blob as stored, block by block. */
export async function readExportFile(
  session: AzureSession,
  location: CostExportLocation,
  key: string,
  signal?: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const first = await readBlock(session, location, key, 0, undefined, signal);
  return blocksOf(session, location, key, first, signal);
}
