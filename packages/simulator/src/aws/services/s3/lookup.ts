import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { findBucket, type Bucket } from './store.ts';

/** The global endpoint signs as us-east-1 or `aws-global`. */
export function regionOf(context: RequestContext): string {
  return context.region === 'aws-global' ? 'us-east-1' : context.region;
}

/**
 * The bucket a request addresses. Buckets of other accounts are denied, those of another region redirected:
 * 301 PermanentRedirect with `x-amz-bucket-region`, which the JavaScript SDK doesn't follow on an endpoint override.
 */
export function needBucket(name: string | undefined, context: RequestContext, anyRegion = false): Bucket {
  const bucket = findBucket(context.world, name ?? '');
  if (!bucket || !context.isVisible(bucket.createdAt)) {
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, {
      fields: { BucketName: name ?? '' },
    });
  }
  if (bucket.accountId !== context.account.id) throw new AwsError('AccessDenied', 'Access Denied', 403);
  const expected = context.http.headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined && expected !== bucket.accountId)
    throw new AwsError('AccessDenied', 'Access Denied', 403);
  if (!anyRegion && bucket.region !== regionOf(context)) {
    throw new AwsError(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      301,
      {
        fields: { Bucket: bucket.name, Endpoint: `s3.${bucket.region}.amazonaws.com` },
        headers: { 'x-amz-bucket-region': bucket.region },
      },
    );
  }
  return bucket;
}

/** The bucket of a request about its objects, with deliveries of other services up to date. */
export function needObjects(name: string | undefined, context: RequestContext): Bucket {
  const bucket = needBucket(name, context);
  bucket.refresh?.();
  return bucket;
}
