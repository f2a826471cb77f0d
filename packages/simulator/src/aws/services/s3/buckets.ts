import type {
  CreateBucketCommandOutput,
  CreateBucketRequest,
  DeleteBucketRequest,
  GetBucketLocationOutput,
  GetBucketLocationRequest,
  HeadBucketOutput,
  HeadBucketRequest,
  ListBucketsOutput,
  ListBucketsRequest,
} from '@aws-sdk/client-s3';
import type { Output, RequestContext } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { findRegion } from '../../regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { needBucket, regionOf } from './lookup.ts';
import { checkBucketName, findBucket, locationOf, newBucket, s3Store } from './store.ts';

/** The canonical id of an account's owner, 64 hexadecimal digits. */
export function ownerId(accountId: string): string {
  return Buffer.from(accountId.repeat(6).slice(0, 32)).toString('hex');
}

export function listBuckets(input: ListBucketsRequest, context: RequestContext): Output<ListBucketsOutput> {
  const { ContinuationToken: token, MaxBuckets: limit, ...parameters } = input;
  if (limit !== undefined && (limit < 1 || limit > 10_000))
    throw new AwsError('InvalidArgument', 'Argument max-buckets must be an integer between 1 and 10000', 400);
  const all = [...context.store(s3Store).buckets.values()]
    .filter((b) => context.isVisible(b.createdAt))
    .filter(
      (b) =>
        (input.Prefix === undefined || b.name.startsWith(input.Prefix)) &&
        (input.BucketRegion === undefined || b.region === input.BucketRegion),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const invalidToken = (): AwsError =>
    new AwsError('InvalidArgument', 'The continuation token provided is incorrect', 400);
  const page = paginate(
    all,
    { token, limit, defaultLimit: 10_000, parameters, keyOf: (b) => b.name, invalidToken },
    context,
  );
  // Only paginated requests are answered with regions.
  const paged =
    limit !== undefined ||
    token !== undefined ||
    input.BucketRegion !== undefined ||
    input.Prefix !== undefined;
  return {
    Buckets: page.items.map((b) => ({
      Name: b.name,
      CreationDate: new Date(b.createdAt),
      ...(paged ? { BucketRegion: b.region } : {}),
    })),
    Owner: { ID: ownerId(context.account.id) },
    ContinuationToken: page.nextToken,
    ...(input.Prefix === undefined ? {} : { Prefix: input.Prefix }),
  };
}

function checkLocation(input: CreateBucketRequest, context: RequestContext): string {
  const signed = regionOf(context);
  const wanted = input.CreateBucketConfiguration?.LocationConstraint as string | undefined;
  if (wanted === undefined || wanted === '') {
    if (signed === 'us-east-1') return signed;
    throw new AwsError(
      'IllegalLocationConstraintException',
      `The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.`,
      400,
    );
  }
  const region = wanted === 'EU' ? 'eu-west-1' : wanted;
  if (region === 'us-east-1' || !findRegion(region)) {
    throw new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
      fields: { LocationConstraint: wanted },
    });
  }
  // us-east-1 is the global endpoint and creates anywhere; others only at home.
  if (signed !== 'us-east-1' && signed !== region) {
    throw new AwsError(
      'IllegalLocationConstraintException',
      `The ${region} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      400,
    );
  }
  return region;
}

const MAX_BUCKETS = 10_000;

/** Creates a bucket. Outside us-east-1 the location constraint is required, in us-east-1 it must be absent. */
export function createBucket(
  input: CreateBucketRequest,
  context: RequestContext,
): Output<CreateBucketCommandOutput> {
  const name = input.Bucket ?? '';
  checkBucketName(name);
  const region = checkLocation(input, context);
  const store = context.store(s3Store);
  const existing = findBucket(context.world, name);
  if (existing && existing.accountId !== context.account.id) {
    throw new AwsError(
      'BucketAlreadyExists',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
      409,
      { fields: { BucketName: name } },
    );
  }
  // In us-east-1 creating an own bucket again succeeds, elsewhere it doesn't.
  if (existing && !(existing.region === 'us-east-1' && region === 'us-east-1')) {
    throw new AwsError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
      { fields: { BucketName: name } },
    );
  }
  if (!existing) {
    if (store.buckets.size >= MAX_BUCKETS)
      throw new AwsError('TooManyBuckets', 'You have attempted to create more buckets than allowed', 400);
    const acl = input.ACL ?? 'private';
    if (acl !== 'private' && (input.ObjectOwnership ?? 'BucketOwnerEnforced') === 'BucketOwnerEnforced') {
      throw new AwsError(
        'InvalidBucketAclWithObjectOwnership',
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
        400,
      );
    }
    if (acl.startsWith('public') || acl === 'authenticated-read') {
      throw new AwsError(
        'AccessDenied',
        'User cannot set public ACLs because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.',
        403,
      );
    }
    const bucket = newBucket(name, context.account.id, region, context.now);
    if (input.ObjectOwnership !== undefined) bucket.ownership = input.ObjectOwnership;
    const tags = input.CreateBucketConfiguration?.Tags;
    if (tags && tags.length > 0) bucket.tags = new Map(tags.map((t) => [t.Key ?? '', t.Value ?? '']));
    store.buckets.set(name, bucket);
  }
  return { Location: region === 'us-east-1' ? `/${name}` : `http://${name}.s3.amazonaws.com/` };
}

export function deleteBucket(input: DeleteBucketRequest, context: RequestContext): void {
  const bucket = needBucket(input.Bucket, context);
  if (bucket.objects.size > 0 || (bucket.bulk?.objects ?? 0) > 0) {
    throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, {
      fields: { BucketName: bucket.name },
    });
  }
  const store = context.store(s3Store);
  store.buckets.delete(bucket.name);
  bucket.deletedAt = context.now;
  store.buried.push(bucket);
}

export function headBucket(input: HeadBucketRequest, context: RequestContext): Output<HeadBucketOutput> {
  const bucket = needBucket(input.Bucket, context);
  return { BucketRegion: bucket.region, AccessPointAlias: false };
}

/** Answers from any region: clients use it to find out where a bucket is. */
export function getBucketLocation(
  input: GetBucketLocationRequest,
  context: RequestContext,
): Output<GetBucketLocationOutput> {
  return { LocationConstraint: locationOf(needBucket(input.Bucket, context, true).region) };
}
