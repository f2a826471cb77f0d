import type * as S3Sdk from '@aws-sdk/client-s3';
import type { Bucket } from '@aws-sdk/client-s3';
import { CloudError } from '../../errors.ts';
import type { Json, Resource } from '../../resource.ts';
import { S3 } from '../clients.ts';
import { resource, tagMap, toAttributes } from '../../shared/normalise.ts';
import type { Scope, TypeReader } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { described, isLasting } from './lenient.ts';

type S3Handle = ServiceHandle<typeof S3Sdk>;

const BUCKET = { id: 'aws.s3.bucket', label: 'S3 bucket', category: 'storage', taggable: true } as const;

/** Buckets whose settings are read at the same time; each takes seven calls. */
const BUCKETS_AT_ONCE = 4;

/** Codes that say a setting is not made; they are facts, not faults. */
const ABSENT = new Set([
  'NoSuchTagSet',
  'NoSuchPublicAccessBlockConfiguration',
  'ServerSideEncryptionConfigurationNotFoundError',
  'NoSuchLifecycleConfiguration',
  'NoSuchBucketPolicy',
]);

/** A setting of a bucket: its value, null when not made, or why it can't be read. */
type Setting<T> = { readonly value: T | null } | { readonly unreadable: string };

async function setting<T>(read: () => Promise<T>): Promise<Setting<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    if (ABSENT.has(error.problem.providerCode ?? '')) return { value: null };
    if (isLasting(error)) return { unreadable: error.problem.action ?? error.kind };
    throw error;
  }
}

/** S3 where every bucket can be asked for: other regions refuse questions about buckets that are not theirs. */
function anyBucket(scope: Scope): Promise<S3Handle> {
  return scope.session.open(S3, scope.partition === 'aws' ? 'us-east-1' : scope.session.homeRegion);
}

/** Region of a bucket; a location that is empty means us-east-1, `EU` is the old name of eu-west-1. */
export async function bucketRegion(scope: Scope, name: string): Promise<string> {
  const s3 = await anyBucket(scope);
  const answer = await s3.send(new s3.sdk.GetBucketLocationCommand({ Bucket: name }), scope);
  const location: string | undefined = answer.LocationConstraint;
  if (!location) return 'us-east-1';
  return location === 'EU' ? 'eu-west-1' : location;
}

/** What the list says of one bucket, so that looking at it says the same; only its name where the list is denied. */
async function listed(scope: Scope, name: string): Promise<Bucket> {
  try {
    const s3 = await anyBucket(scope);
    const answer = await s3.send(new s3.sdk.ListBucketsCommand({ Prefix: name, MaxBuckets: 1000 }), scope);
    return answer.Buckets?.find((b) => b.Name === name) ?? { Name: name };
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'denied') return { Name: name };
    throw error;
  }
}

function asJson(found: Setting<object>): Json {
  if ('unreadable' in found) return { unreadable: found.unreadable };
  return found.value && toAttributes(found.value, ['$metadata']);
}

/** Multipart uploads that were begun and neither finished nor given up: number, oldest; `More` when not all were counted. */
async function openUploads(s3: S3Handle, scope: Scope, Bucket: string) {
  const answer = await s3.send(new s3.sdk.ListMultipartUploadsCommand({ Bucket, MaxUploads: 1000 }), scope);
  const begun = (answer.Uploads ?? []).flatMap((u) => u.Initiated?.getTime() ?? []);
  return {
    Count: begun.length,
    More: answer.IsTruncated === true,
    ...(begun.length > 0 ? { Oldest: new Date(Math.min(...begun)) } : {}),
  };
}

/** Reads one bucket through a client of its own region. */
async function bucketResource(scope: Scope, raw: Bucket, region: string): Promise<Resource> {
  const name = raw.Name ?? '';
  const s3: S3Handle = await scope.session.open(S3, region);
  const input = { Bucket: name };
  const [tagging, versioning, encryption, access, lifecycle, uploads] = await Promise.all([
    setting(async () => (await s3.send(new s3.sdk.GetBucketTaggingCommand(input), scope)).TagSet ?? []),
    setting(() => s3.send(new s3.sdk.GetBucketVersioningCommand(input), scope)),
    setting(
      async () =>
        (await s3.send(new s3.sdk.GetBucketEncryptionCommand(input), scope))
          .ServerSideEncryptionConfiguration ?? {},
    ),
    setting(
      async () =>
        (await s3.send(new s3.sdk.GetPublicAccessBlockCommand(input), scope))
          .PublicAccessBlockConfiguration ?? {},
    ),
    setting(async () => {
      const answer = await s3.send(new s3.sdk.GetBucketLifecycleConfigurationCommand(input), scope);
      const { Rules, TransitionDefaultMinimumObjectSize } = answer;
      return { Rules, TransitionDefaultMinimumObjectSize };
    }),
    setting(() => openUploads(s3, scope, name)),
  ]);
  return resource({
    type: BUCKET.id,
    nativeId: `arn:${scope.partition}:s3:::${name}`,
    id: name,
    region,
    name,
    state: 'active',
    tags: 'value' in tagging && tagging.value ? tagMap(tagging.value) : {},
    createdAt: raw.CreationDate,
    attributes: {
      ...toAttributes(raw),
      Location: region,
      Versioning: asJson(versioning),
      Encryption: asJson(encryption),
      PublicAccessBlock: asJson(access),
      Lifecycle: asJson(lifecycle),
      IncompleteUploads: asJson(uploads),
      ...('unreadable' in tagging ? { Tagging: { unreadable: tagging.unreadable } } : {}),
    },
  });
}

/** A bucket whose region or settings failed is shown with what is known, so that one does not hide the others. */
async function bucketOrStub(scope: Scope, raw: Bucket): Promise<Resource | undefined> {
  const name = raw.Name ?? '';
  try {
    return await bucketResource(scope, raw, raw.BucketRegion ?? (await bucketRegion(scope, name)));
  } catch (error) {
    if (!(error instanceof CloudError) || error.kind === 'aborted') throw error;
    // Deleted between the list and the look.
    if (error.kind === 'not_found') return undefined;
    if (!isLasting(error) && error.kind !== 'region_disabled') throw error;
    return resource({
      type: BUCKET.id,
      nativeId: `arn:${scope.partition}:s3:::${name}`,
      id: name,
      region: raw.BucketRegion ?? 'global',
      state: 'active',
      createdAt: raw.CreationDate,
      attributes: { ...toAttributes(raw), unreadable: error.problem.action ?? error.kind },
    });
  }
}

export const buckets: TypeReader = {
  type: BUCKET,
  async *list(scope) {
    const s3 = await anyBucket(scope);
    const found = s3.pages('ListBuckets', async (ContinuationToken) => {
      const answer = await s3.send(
        new s3.sdk.ListBucketsCommand({ ContinuationToken, MaxBuckets: 1000 }),
        scope,
      );
      if (answer.Buckets === undefined && answer.Owner === undefined) throw emptyAnswer();
      return { items: answer.Buckets ?? [], next: answer.ContinuationToken };
    });
    yield* described(found, BUCKETS_AT_ONCE, (raw) => bucketOrStub(scope, raw));
  },
  async inspect(scope, ref) {
    const region = await bucketRegion(scope, ref.id);
    const s3 = await scope.session.open(S3, region);
    await s3.send(new s3.sdk.HeadBucketCommand({ Bucket: ref.id }), scope);
    return bucketResource(scope, await listed(scope, ref.id), region);
  },
};

/** An answer without owner and list is none: an empty body reads the same as an empty account otherwise. */
function emptyAnswer(): CloudError {
  return new CloudError({
    kind: 'unavailable',
    message: 'AWS answered ListBuckets with an empty body.',
    call: 's3:ListBuckets',
  });
}
