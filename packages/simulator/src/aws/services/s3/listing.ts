import type {
  ListObjectsOutput,
  ListObjectsRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
  ListObjectVersionsOutput,
  ListObjectVersionsRequest,
  _Object,
} from '@aws-sdk/client-s3';
import type { Output, RequestContext } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { ownerId } from './buckets.ts';
import { needObjects } from './lookup.ts';
import { currentVersion, sortedKeys } from './objects.ts';
import type { Bucket, ObjectVersion } from './store.ts';

/** An entry of a listing: an object, or a common prefix standing for many. */
type Entry =
  | { readonly key: string; readonly version: ObjectVersion }
  | { readonly key: string; readonly prefix: true };

function entriesOf(bucket: Bucket, prefix: string, delimiter: string | undefined, after: string): Entry[] {
  const entries: Entry[] = [];
  let lastPrefix: string | undefined;
  for (const key of sortedKeys(bucket)) {
    if (!key.startsWith(prefix) || key <= after) continue;
    const version = currentVersion(bucket, key);
    if (!version) continue;
    const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    if (cut < 0) {
      entries.push({ key, version });
      continue;
    }
    const common = key.slice(0, cut + (delimiter ?? '').length);
    if (common !== lastPrefix && !(after !== '' && after.startsWith(common)))
      entries.push({ key: common, prefix: true });
    lastPrefix = common;
  }
  return entries;
}

/** Percent-encoding of listings with `encoding-type=url`; slashes stay. */
function encoder(type: string | undefined): (text: string) => string {
  return type === 'url' ? (text) => encodeURIComponent(text).replaceAll('%2F', '/') : (text) => text;
}

function pageSize(maximum: number | undefined): number {
  if (maximum !== undefined && maximum < 0)
    throw new AwsError(
      'InvalidArgument',
      'Argument maxKeys must be an integer between 0 and 2147483647',
      400,
    );
  return Math.min(maximum ?? 1000, 1000);
}

function contents(
  entries: readonly Entry[],
  encode: (text: string) => string,
): { Contents: _Object[]; CommonPrefixes: { Prefix: string }[] } {
  return {
    Contents: entries.flatMap((e) =>
      'version' in e
        ? [
            {
              Key: encode(e.key),
              LastModified: new Date(e.version.modifiedAt),
              ETag: e.version.etag,
              Size: e.version.body.length,
              StorageClass: e.version.storageClass as 'STANDARD',
            },
          ]
        : [],
    ),
    CommonPrefixes: entries.flatMap((e) => ('prefix' in e ? [{ Prefix: encode(e.key) }] : [])),
  };
}

export function listObjectsV2(
  input: ListObjectsV2Request,
  context: RequestContext,
): Output<ListObjectsV2Output> {
  const bucket = needObjects(input.Bucket, context);
  const { ContinuationToken: token, MaxKeys: maximum, ...parameters } = input;
  const limit = pageSize(maximum);
  const encode = encoder(input.EncodingType);
  const entries = entriesOf(bucket, input.Prefix ?? '', input.Delimiter, input.StartAfter ?? '');
  const invalidToken = (): AwsError =>
    new AwsError('InvalidArgument', 'The continuation token provided is incorrect', 400);
  const page =
    limit === 0
      ? { items: [], nextToken: undefined }
      : paginate(
          entries,
          { token, limit, defaultLimit: 1000, parameters, keyOf: (e) => e.key, invalidToken },
          context,
        );
  const { Contents, CommonPrefixes } = contents(page.items, encode);
  return {
    Name: bucket.name,
    Prefix: encode(input.Prefix ?? ''),
    MaxKeys: maximum ?? 1000,
    KeyCount: page.items.length,
    IsTruncated: page.nextToken !== undefined,
    ...(Contents.length > 0 ? { Contents } : {}),
    ...(CommonPrefixes.length > 0 ? { CommonPrefixes } : {}),
    ...(input.Delimiter === undefined ? {} : { Delimiter: encode(input.Delimiter) }),
    ...(input.StartAfter === undefined ? {} : { StartAfter: encode(input.StartAfter) }),
    ...(token === undefined ? {} : { ContinuationToken: token }),
    ...(page.nextToken === undefined ? {} : { NextContinuationToken: page.nextToken }),
    ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
  };
}

/** The old listing: continued by the last key instead of a token. */
export function listObjects(input: ListObjectsRequest, context: RequestContext): Output<ListObjectsOutput> {
  const bucket = needObjects(input.Bucket, context);
  const encode = encoder(input.EncodingType);
  const entries = entriesOf(bucket, input.Prefix ?? '', input.Delimiter, input.Marker ?? '');
  const shown = entries.slice(0, pageSize(input.MaxKeys));
  const truncated = shown.length < entries.length;
  const { Contents, CommonPrefixes } = contents(shown, encode);
  return {
    Name: bucket.name,
    Prefix: encode(input.Prefix ?? ''),
    Marker: encode(input.Marker ?? ''),
    MaxKeys: input.MaxKeys ?? 1000,
    IsTruncated: truncated,
    ...(Contents.length > 0 ? { Contents } : {}),
    ...(CommonPrefixes.length > 0 ? { CommonPrefixes } : {}),
    ...(input.Delimiter === undefined ? {} : { Delimiter: encode(input.Delimiter) }),
    ...(truncated && input.Delimiter !== undefined ? { NextMarker: encode(shown.at(-1)?.key ?? '') } : {}),
    ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
  };
}

/** All versions and delete markers, so that a versioned bucket can be emptied. */
export function listObjectVersions(
  input: ListObjectVersionsRequest,
  context: RequestContext,
): Output<ListObjectVersionsOutput> {
  const bucket = needObjects(input.Bucket, context);
  const encode = encoder(input.EncodingType);
  const all = sortedKeys(bucket)
    .filter((k) => k.startsWith(input.Prefix ?? ''))
    .flatMap((k) => (bucket.objects.get(k) ?? []).map((version, i) => ({ version, latest: i === 0 })));
  const marked = all.findIndex(
    ({ version }) =>
      version.key === input.KeyMarker &&
      (input.VersionIdMarker === undefined || version.versionId === input.VersionIdMarker),
  );
  const rest =
    input.KeyMarker === undefined
      ? all
      : marked < 0
        ? all.filter(({ version }) => version.key > (input.KeyMarker ?? ''))
        : all.slice(marked + 1);
  const shown = rest.slice(0, pageSize(input.MaxKeys));
  const truncated = shown.length < rest.length;
  const last = shown.at(-1)?.version;
  const owner = { ID: ownerId(bucket.accountId) };
  const base = ({
    version,
    latest,
  }: (typeof all)[number]): {
    Key: string;
    VersionId: string;
    IsLatest: boolean;
    LastModified: Date;
    Owner: { ID: string };
  } => ({
    Key: encode(version.key),
    VersionId: version.versionId,
    IsLatest: latest,
    LastModified: new Date(version.modifiedAt),
    Owner: owner,
  });
  return {
    Name: bucket.name,
    Prefix: encode(input.Prefix ?? ''),
    KeyMarker: encode(input.KeyMarker ?? ''),
    MaxKeys: input.MaxKeys ?? 1000,
    IsTruncated: truncated,
    Versions: shown
      .filter((v) => !v.version.deleteMarker)
      .map((v) => ({
        ...base(v),
        ETag: v.version.etag,
        Size: v.version.body.length,
        StorageClass: 'STANDARD' as const,
      })),
    DeleteMarkers: shown.filter((v) => v.version.deleteMarker).map(base),
    ...(truncated && last ? { NextKeyMarker: encode(last.key), NextVersionIdMarker: last.versionId } : {}),
    ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
  };
}
