import type {
  BucketLocationConstraint,
  LifecycleRule,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionConfiguration,
} from '@aws-sdk/client-s3';
import { defineStore, type World } from '../../world.ts';
import { AwsError } from '../../wire/aws-error.ts';

/** One version of an object. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` while the bucket has never been versioned. */
  readonly versionId: string;
  readonly deleteMarker: boolean;
  readonly body: Uint8Array;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly contentType: string;
  readonly contentEncoding: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly crc32: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** An upload in parts that is not complete. */
export interface PendingUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly initiatedAt: number;
  readonly contentType: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly parts: Map<number, { readonly body: Uint8Array; readonly etag: string; readonly at: number }>;
}

/** Stored data that exists only in numbers: what a scenario says a bucket holds. */
export interface BulkData {
  /** GB by storage class, today. */
  readonly gigabytes: Readonly<Record<string, number>>;
  readonly objects: number;
  /** GB added per day; the past is smaller by that much. */
  readonly growthPerDay: number;
  readonly putsPerHour: number;
  readonly getsPerHour: number;
  /** GB per hour sent to the internet. */
  readonly egressPerHour: number;
}

/** A bucket with its settings; absent settings are errors on the wire. */
export interface Bucket {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly createdAt: number;
  tags: Map<string, string> | undefined;
  versioning: 'Enabled' | 'Suspended' | undefined;
  encryption: ServerSideEncryptionConfiguration;
  publicAccessBlock: PublicAccessBlockConfiguration | undefined;
  /** Canned list in force, e.g. `private`. */
  acl: string;
  lifecycle: LifecycleRule[] | undefined;
  policy: string | undefined;
  ownership: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
  /** Versions per key, newest first. */
  readonly objects: Map<string, ObjectVersion[]>;
  readonly uploads: Map<string, PendingUpload>;
  bulk: BulkData | undefined;
  /** Gigabytes of real objects over time, for costs. */
  readonly history: { readonly at: number; readonly gigabytes: number }[];
  deletedAt: number | undefined;
  /** Brings deliveries of other services up to date before objects are read. */
  refresh: (() => void) | undefined;
}

/** Buckets of one account, with those deleted. */
export class S3Store {
  readonly buckets = new Map<string, Bucket>();
  readonly buried: Bucket[] = [];
}

/** S3 state per account. */
export const s3Store = defineStore('s3', 'account', () => new S3Store());

/** Default of every new bucket since April 2023. */
export const BLOCK_ALL: PublicAccessBlockConfiguration = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

const SSE_S3: ServerSideEncryptionConfiguration = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
};

/** A bucket with the settings AWS gives a new one. */
export function newBucket(name: string, accountId: string, region: string, createdAt: number): Bucket {
  return {
    name,
    accountId,
    region,
    createdAt,
    tags: undefined,
    versioning: undefined,
    encryption: SSE_S3,
    publicAccessBlock: BLOCK_ALL,
    acl: 'private',
    lifecycle: undefined,
    policy: undefined,
    ownership: 'BucketOwnerEnforced',
    objects: new Map(),
    uploads: new Map(),
    bulk: undefined,
    history: [],
    deletedAt: undefined,
    refresh: undefined,
  };
}

/** Finds a bucket of any account: names are global. */
export function findBucket(world: World, name: string): Bucket | undefined {
  for (const account of world.accounts.values()) {
    const bucket = account.store(s3Store, 'aws-global').buckets.get(name);
    if (bucket) return bucket;
  }
  return undefined;
}

/** Refuses names S3 refuses: 3–63 of lower-case letters, digits, dots, hyphens; no IP address; reserved affixes. */
export function checkBucketName(name: string): void {
  const shape = /^[a-z0-9](?!.*\.\.)(?!.*\.-)(?!.*-\.)[a-z0-9.-]{1,61}[a-z0-9]$/.test(name);
  const reserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (shape && !reserved && !/^\d+\.\d+\.\d+\.\d+$/.test(name)) return;
  throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', 400, {
    fields: { BucketName: name },
  });
}

/** `LocationConstraint` of a region: absent for us-east-1. */
export function locationOf(region: string): BucketLocationConstraint | undefined {
  return region === 'us-east-1' ? undefined : (region as BucketLocationConstraint);
}

const GB = 1e9;

/** Notes how much a bucket's real objects take from now on. */
export function noteSize(bucket: Bucket, at: number): void {
  let bytes = 0;
  for (const versions of bucket.objects.values())
    for (const version of versions) bytes += version.body.length;
  bucket.history.push({ at, gigabytes: bytes / GB });
}
