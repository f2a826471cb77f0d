import { createHash } from 'node:crypto';
import type {
  AbortMultipartUploadRequest,
  CompleteMultipartUploadOutput,
  CompleteMultipartUploadRequest,
  CreateMultipartUploadOutput,
  CreateMultipartUploadRequest,
  ListMultipartUploadsOutput,
  ListMultipartUploadsRequest,
  ListPartsOutput,
  ListPartsRequest,
  UploadPartOutput,
  UploadPartRequest,
} from '@aws-sdk/client-s3';
import type { Output, RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { needBucket } from './lookup.ts';
import { checkBody } from './object-operations.ts';
import { crc32Base64, md5Hex, storeObject } from './objects.ts';
import type { Bucket, PendingUpload } from './store.ts';

/** Smallest part besides the last, in bytes. */
const MIN_PART_BYTES = 5 * 1024 * 1024;

function needUpload(bucket: Bucket, uploadId: string | undefined, key: string | undefined): PendingUpload {
  const upload = bucket.uploads.get(uploadId ?? '');
  if (!upload || upload.key !== key) {
    throw new AwsError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
      { fields: { UploadId: uploadId ?? '' } },
    );
  }
  return upload;
}

function createMultipartUpload(
  input: CreateMultipartUploadRequest,
  context: RequestContext,
): Output<CreateMultipartUploadOutput> {
  const bucket = needBucket(input.Bucket, context);
  const uploadId = Buffer.from(context.random.hex(64)).toString('base64url');
  bucket.uploads.set(uploadId, {
    key: input.Key ?? '',
    uploadId,
    initiatedAt: context.now,
    contentType: input.ContentType,
    metadata: input.Metadata ?? {},
    storageClass: input.StorageClass ?? 'STANDARD',
    parts: new Map(),
  });
  return { Bucket: bucket.name, Key: input.Key, UploadId: uploadId, ServerSideEncryption: 'AES256' };
}

function uploadPart(input: UploadPartRequest, context: RequestContext): Output<UploadPartOutput> {
  const bucket = needBucket(input.Bucket, context);
  const upload = needUpload(bucket, input.UploadId, input.Key);
  const number = input.PartNumber ?? 0;
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    throw new AwsError(
      'InvalidArgument',
      'Part number must be an integer between 1 and 10000, inclusive',
      400,
    );
  const body = new Uint8Array(context.http.body);
  checkBody(body, context);
  const etag = `"${md5Hex(body)}"`;
  upload.parts.set(number, { body, etag, at: context.now });
  return { ETag: etag, ChecksumCRC32: crc32Base64(body), ServerSideEncryption: 'AES256' };
}

/** Puts the listed parts together; the ETag is the MD5 of the parts' MD5s and their number. */
function completeMultipartUpload(
  input: CompleteMultipartUploadRequest,
  context: RequestContext,
): Output<CompleteMultipartUploadOutput> {
  const bucket = needBucket(input.Bucket, context);
  const upload = needUpload(bucket, input.UploadId, input.Key);
  const listed = input.MultipartUpload?.Parts ?? [];
  if (listed.length === 0)
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      400,
    );
  if (listed.some((p, i) => i > 0 && (p.PartNumber ?? 0) <= (listed[i - 1]?.PartNumber ?? 0))) {
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      400,
    );
  }
  const bodies = listed.map(({ PartNumber: number = 0, ETag: etag = '' }, i) => {
    const part = upload.parts.get(number);
    if (!part || part.etag.replaceAll('"', '') !== etag.replaceAll('"', '')) {
      throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.', 400);
    }
    if (i < listed.length - 1 && part.body.length < MIN_PART_BYTES) {
      throw new AwsError(
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
        400,
      );
    }
    return part;
  });
  const digest = createHash('md5');
  for (const part of bodies) digest.update(Buffer.from(part.etag.replaceAll('"', ''), 'hex'));
  const version = storeObject(
    bucket,
    {
      key: upload.key,
      body: Buffer.concat(bodies.map((p) => p.body)),
      contentType: upload.contentType,
      metadata: upload.metadata,
      storageClass: upload.storageClass,
      etag: `${digest.digest('hex')}-${bodies.length}`,
    },
    context.now,
  );
  bucket.uploads.delete(upload.uploadId);
  return {
    Location: `http://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(upload.key)}`,
    Bucket: bucket.name,
    Key: upload.key,
    ETag: version.etag,
    ...(bucket.versioning === undefined ? {} : { VersionId: version.versionId }),
  };
}

function abortMultipartUpload(input: AbortMultipartUploadRequest, context: RequestContext): void {
  const bucket = needBucket(input.Bucket, context);
  bucket.uploads.delete(needUpload(bucket, input.UploadId, input.Key).uploadId);
}

function listParts(input: ListPartsRequest, context: RequestContext): Output<ListPartsOutput> {
  const bucket = needBucket(input.Bucket, context);
  const upload = needUpload(bucket, input.UploadId, input.Key);
  const after = Number(input.PartNumberMarker ?? 0);
  const all = [...upload.parts].sort(([a], [b]) => a - b).filter(([number]) => number > after);
  const shown = all.slice(0, input.MaxParts ?? 1000);
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.uploadId,
    MaxParts: input.MaxParts ?? 1000,
    StorageClass: upload.storageClass as 'STANDARD',
    IsTruncated: shown.length < all.length,
    ...(shown.length < all.length ? { NextPartNumberMarker: String(shown.at(-1)?.[0] ?? 0) } : {}),
    Parts: shown.map(([PartNumber, p]) => ({
      PartNumber,
      ETag: p.etag,
      Size: p.body.length,
      LastModified: new Date(p.at),
    })),
  };
}

function listMultipartUploads(
  input: ListMultipartUploadsRequest,
  context: RequestContext,
): Output<ListMultipartUploadsOutput> {
  const bucket = needBucket(input.Bucket, context);
  const uploads = [...bucket.uploads.values()]
    .filter((u) => u.key.startsWith(input.Prefix ?? ''))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    Bucket: bucket.name,
    IsTruncated: false,
    MaxUploads: 1000,
    Uploads: uploads.map((u) => ({
      Key: u.key,
      UploadId: u.uploadId,
      Initiated: new Date(u.initiatedAt),
      StorageClass: u.storageClass as 'STANDARD',
    })),
  };
}

/** Uploads in parts. */
export const multipart = {
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
  ListParts: listParts,
  ListMultipartUploads: listMultipartUploads,
};
