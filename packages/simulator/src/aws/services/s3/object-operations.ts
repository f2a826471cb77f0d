import type {
  CopyObjectOutput,
  CopyObjectRequest,
  DeleteObjectOutput,
  DeleteObjectRequest,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  GetObjectRequest,
  GetObjectTaggingOutput,
  GetObjectTaggingRequest,
  HeadObjectRequest,
  PutObjectOutput,
  PutObjectRequest,
} from '@aws-sdk/client-s3';
import type { Output, RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { needBucket, needObjects } from './lookup.ts';
import { crc32Base64, currentVersion, md5Hex, removeObject, storeObject } from './objects.ts';
import { STORAGE_CLASSES } from '../../prices/prices.ts';
import { findBucket, type Bucket, type ObjectVersion } from './store.ts';

/** Refuses bytes that differ from a checksum the client sent. */
export function checkBody(body: Uint8Array, context: RequestContext): void {
  const { headers } = context.http;
  const digest = headers['content-md5'];
  if (digest !== undefined && digest !== Buffer.from(md5Hex(body), 'hex').toString('base64')) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400);
  }
  const crc = headers['x-amz-checksum-crc32'];
  if (crc !== undefined && crc !== crc32Base64(body)) {
    throw new AwsError('BadDigest', 'The CRC32 you specified did not match the calculated checksum.', 400);
  }
}

function checkKey(key: string | undefined): string {
  if (key === undefined || key === '') throw new AwsError('InvalidRequest', 'A key must be specified', 400);
  if (Buffer.byteLength(key) > 1024) throw new AwsError('KeyTooLongError', 'Your key is too long', 400);
  return key;
}

function parseTagging(text: string | undefined): ReadonlyMap<string, string> {
  return new Map(new URLSearchParams(text ?? ''));
}

/** Stores an object sent in one request. */
export function putObject(input: PutObjectRequest, context: RequestContext): Output<PutObjectOutput> {
  const bucket = needBucket(input.Bucket, context);
  const key = checkKey(input.Key);
  const body = context.http.body;
  checkBody(body, context);
  if (input.IfNoneMatch === '*' && currentVersion(bucket, key)) {
    throw new AwsError(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      412,
    );
  }
  if (input.StorageClass !== undefined && !STORAGE_CLASSES.includes(input.StorageClass)) {
    throw new AwsError('InvalidStorageClass', 'The storage class you specified is not valid', 400);
  }
  // aws-chunked is how it travelled, not what it is.
  const encoding = input.ContentEncoding?.split(',')
    .map((e) => e.trim())
    .filter((e) => e !== 'aws-chunked' && e !== '')
    .join(',');
  const version = storeObject(
    bucket,
    {
      key,
      body,
      contentType: input.ContentType,
      contentEncoding: encoding === '' ? undefined : encoding,
      metadata: input.Metadata,
      storageClass: input.StorageClass,
      tags: parseTagging(input.Tagging),
    },
    context.now,
  );
  return {
    ETag: version.etag,
    ChecksumCRC32: version.crc32,
    ChecksumType: 'FULL_OBJECT',
    ServerSideEncryption: 'AES256',
    ...versionField(bucket, version),
  };
}

function versionField(bucket: Bucket, version: ObjectVersion): { VersionId?: string } {
  return bucket.versioning === undefined ? {} : { VersionId: version.versionId };
}

function needVersion(bucket: Bucket, key: string | undefined, versionId: string | undefined): ObjectVersion {
  const missing = new AwsError('NoSuchKey', 'The specified key does not exist.', 404, {
    fields: { Key: key ?? '' },
  });
  if (versionId === undefined) {
    const version = currentVersion(bucket, key ?? '');
    if (!version) throw missing;
    return version;
  }
  const version = bucket.objects.get(key ?? '')?.find((v) => v.versionId === versionId);
  if (!version) throw new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);
  if (version.deleteMarker)
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  return version;
}

function checkConditions(input: GetObjectRequest | HeadObjectRequest, version: ObjectVersion): void {
  const etag = version.etag.replaceAll('"', '');
  const same = (wanted: string): boolean => wanted === '*' || wanted.replaceAll('"', '') === etag;
  const second = Math.floor(version.modifiedAt / 1000) * 1000;
  if (input.IfMatch !== undefined && !same(input.IfMatch))
    throw new AwsError(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      412,
    );
  if (input.IfMatch === undefined && input.IfUnmodifiedSince && second > input.IfUnmodifiedSince.getTime()) {
    throw new AwsError(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      412,
    );
  }
  if (
    input.IfNoneMatch !== undefined
      ? same(input.IfNoneMatch)
      : input.IfModifiedSince && second <= input.IfModifiedSince.getTime()
  ) {
    throw new AwsError('NotModified', 'Not Modified', 304, { headers: { etag: version.etag } });
  }
}

function common(bucket: Bucket, version: ObjectVersion, withChecksum: boolean): Record<string, unknown> {
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(version.modifiedAt),
    ETag: version.etag,
    ContentType: version.contentType,
    ContentEncoding: version.contentEncoding,
    Metadata: version.metadata,
    ServerSideEncryption: 'AES256',
    ...(version.storageClass === 'STANDARD' ? {} : { StorageClass: version.storageClass }),
    ...(withChecksum ? { ChecksumCRC32: version.crc32, ChecksumType: 'FULL_OBJECT' } : {}),
    ...(version.tags.size > 0 ? { TagCount: version.tags.size } : {}),
    ...versionField(bucket, version),
  };
}

/** Start and end of a range header, both included; undefined for a header that is to be ignored. */
function readRange(text: string, size: number): readonly [number, number] | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(text) ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size || start > end) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416, {
      fields: { RangeRequested: text, ActualObjectSize: size },
    });
  }
  return [start, end];
}

export function getObject(input: GetObjectRequest, context: RequestContext): Record<string, unknown> {
  const bucket = needObjects(input.Bucket, context);
  const version = needVersion(bucket, input.Key, input.VersionId);
  checkConditions(input, version);
  const range = input.Range === undefined ? undefined : readRange(input.Range, version.body.length);
  const overrides = {
    ...(input.ResponseContentType === undefined ? {} : { ContentType: input.ResponseContentType }),
    ...(input.ResponseContentDisposition === undefined
      ? {}
      : { ContentDisposition: input.ResponseContentDisposition }),
  };
  if (!range) {
    return {
      ...common(bucket, version, input.ChecksumMode === 'ENABLED'),
      ...overrides,
      ContentLength: version.body.length,
      Body: version.body,
    };
  }
  const [start, end] = range;
  context.response.status = 206;
  // A checksum of the whole object would not fit a part of it.
  return {
    ...common(bucket, version, false),
    ...overrides,
    ContentLength: end - start + 1,
    ContentRange: `bytes ${start}-${end}/${version.body.length}`,
    Body: version.body.subarray(start, end + 1),
  };
}

export function headObject(input: HeadObjectRequest, context: RequestContext): Record<string, unknown> {
  const bucket = needObjects(input.Bucket, context);
  const version = needVersion(bucket, input.Key, input.VersionId);
  checkConditions(input, version);
  return { ...common(bucket, version, input.ChecksumMode === 'ENABLED'), ContentLength: version.body.length };
}

export function deleteObject(
  input: DeleteObjectRequest,
  context: RequestContext,
): Output<DeleteObjectOutput> {
  const bucket = needBucket(input.Bucket, context);
  const gone = removeObject(bucket, input.Key ?? '', input.VersionId, context.now);
  return {
    ...(gone.versionId === undefined ? {} : { VersionId: gone.versionId }),
    ...(gone.deleteMarker ? { DeleteMarker: true } : {}),
  };
}

/** Deletes up to 1,000 objects; absent ones count as deleted. */
export function deleteObjects(
  input: DeleteObjectsRequest,
  context: RequestContext,
): Output<DeleteObjectsOutput> {
  const bucket = needBucket(input.Bucket, context);
  const objects = input.Delete?.Objects ?? [];
  if (objects.length === 0 || objects.length > 1000) {
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      400,
    );
  }
  const deleted = objects.map(({ Key: key = '', VersionId: versionId }) => {
    const gone = removeObject(bucket, key, versionId, context.now);
    const marker = gone.deleteMarker === true && versionId === undefined;
    return {
      Key: key,
      ...(versionId === undefined ? {} : { VersionId: versionId }),
      ...(marker ? { DeleteMarker: true, DeleteMarkerVersionId: gone.versionId } : {}),
    };
  });
  return input.Delete?.Quiet === true ? {} : { Deleted: deleted };
}

export function copyObject(input: CopyObjectRequest, context: RequestContext): Output<CopyObjectOutput> {
  const bucket = needObjects(input.Bucket, context);
  const source = decodeURIComponent((input.CopySource ?? '').replace(/\?versionId=.*$/, '')).replace(
    /^\//,
    '',
  );
  const slash = source.indexOf('/');
  const from = findBucket(context.world, source.slice(0, slash));
  if (!from || from.accountId !== context.account.id)
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  const original = needVersion(
    from,
    source.slice(slash + 1),
    /\?versionId=(.*)$/.exec(input.CopySource ?? '')?.[1],
  );
  context.authorize('s3:GetObject', `arn:aws:s3:::${from.name}/${original.key}`);
  const copy = storeObject(
    bucket,
    {
      key: checkKey(input.Key),
      body: original.body,
      contentType: input.MetadataDirective === 'REPLACE' ? input.ContentType : original.contentType,
      contentEncoding: original.contentEncoding,
      metadata: input.MetadataDirective === 'REPLACE' ? input.Metadata : original.metadata,
      storageClass: input.StorageClass,
      tags: original.tags,
    },
    context.now,
  );
  return {
    CopyObjectResult: { ETag: copy.etag, LastModified: new Date(copy.modifiedAt) },
    ...versionField(bucket, copy),
  };
}

export function getObjectTagging(
  input: GetObjectTaggingRequest,
  context: RequestContext,
): Output<GetObjectTaggingOutput> {
  const version = needVersion(needBucket(input.Bucket, context), input.Key, input.VersionId);
  return { TagSet: [...version.tags].map(([Key, Value]) => ({ Key, Value })) };
}
