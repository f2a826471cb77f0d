import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { World } from '../../world.ts';
import { findBucket, noteSize, type Bucket, type ObjectVersion } from './store.ts';

/** MD5 in hexadecimal, which is the ETag of objects uploaded in one piece. */
export function md5Hex(body: Uint8Array): string {
  return createHash('md5').update(body).digest('hex');
}

/** CRC-32 of the bytes as S3 writes it: base64 of four big-endian bytes. */
export function crc32Base64(body: Uint8Array): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

/** What an object is stored with. */
export interface NewObject {
  readonly key: string;
  readonly body: Uint8Array;
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly storageClass?: string | undefined;
  readonly etag?: string | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

function push(bucket: Bucket, version: ObjectVersion): void {
  const older = bucket.objects.get(version.key) ?? [];
  // Without versioning the new object replaces the one with the id "null".
  const kept = version.versionId === 'null' ? older.filter((v) => v.versionId !== 'null') : older;
  bucket.objects.set(version.key, [version, ...kept]);
}

function versionIdFor(bucket: Bucket, key: string, at: number): string {
  if (bucket.versioning !== 'Enabled') return 'null';
  const count = bucket.objects.get(key)?.length ?? 0;
  return createHash('sha256').update(`${bucket.name}/${key}/${at}/${count}`).digest('base64url').slice(0, 32);
}

/** Stores an object; a versioned bucket keeps the older versions. */
export function storeObject(bucket: Bucket, object: NewObject, at: number): ObjectVersion {
  const body = new Uint8Array(object.body);
  const version: ObjectVersion = {
    key: object.key,
    versionId: versionIdFor(bucket, object.key, at),
    deleteMarker: false,
    body,
    etag: `"${object.etag ?? md5Hex(body)}"`,
    modifiedAt: at,
    contentType: object.contentType ?? 'binary/octet-stream',
    contentEncoding: object.contentEncoding,
    metadata: object.metadata ?? {},
    storageClass: object.storageClass ?? 'STANDARD',
    crc32: crc32Base64(body),
    tags: object.tags ?? new Map(),
  };
  push(bucket, version);
  noteSize(bucket, at);
  return version;
}

/** Deletes an object or one version of it; a versioned bucket gets a delete marker instead. */
export function removeObject(
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  at: number,
): { versionId?: string; deleteMarker?: boolean } {
  const versions = bucket.objects.get(key) ?? [];
  if (versionId !== undefined) {
    const gone = versions.find((v) => v.versionId === versionId);
    const rest = versions.filter((v) => v.versionId !== versionId);
    if (rest.length > 0) bucket.objects.set(key, rest);
    else bucket.objects.delete(key);
    noteSize(bucket, at);
    return { versionId, ...(gone?.deleteMarker ? { deleteMarker: true } : {}) };
  }
  if (bucket.versioning === undefined) {
    bucket.objects.delete(key);
    noteSize(bucket, at);
    return {};
  }
  const marker: ObjectVersion = {
    key,
    versionId: versionIdFor(bucket, key, at),
    deleteMarker: true,
    body: new Uint8Array(),
    etag: '',
    modifiedAt: at,
    contentType: '',
    contentEncoding: undefined,
    metadata: {},
    storageClass: 'STANDARD',
    crc32: '',
    tags: new Map(),
  };
  push(bucket, marker);
  return { versionId: marker.versionId, deleteMarker: true };
}

/** The current version of a key; undefined when absent or hidden by a delete marker. */
export function currentVersion(bucket: Bucket, key: string): ObjectVersion | undefined {
  const newest = bucket.objects.get(key)?.[0];
  return newest?.deleteMarker === false ? newest : undefined;
}

/** The bytes of an object, for other simulated services. */
export function readObject(world: World, bucketName: string, key: string): Uint8Array | undefined {
  const bucket = findBucket(world, bucketName);
  return bucket && currentVersion(bucket, key)?.body;
}

const utf8 = new TextEncoder();

/** Keys in UTF-8 byte order, as S3 lists them. */
export function sortedKeys(bucket: Bucket): string[] {
  const keys = [...bucket.objects.keys()];
  // ASCII, the usual case, sorts the same by code unit.
  if (keys.every((k) => !/[\u0080-\uffff]/.test(k))) return keys.sort();
  return keys
    .map((k) => ({ k, b: utf8.encode(k) }))
    .sort((a, b) => Buffer.compare(a.b, b.b))
    .map(({ k }) => k);
}
