import type {
  GetBucketAclOutput,
  GetBucketAclRequest,
  Permission,
  PutBucketAclRequest,
  GetBucketEncryptionOutput,
  GetBucketLifecycleConfigurationOutput,
  GetBucketOwnershipControlsOutput,
  GetBucketPolicyOutput,
  GetBucketPolicyStatusOutput,
  GetBucketTaggingOutput,
  GetBucketVersioningOutput,
  GetPublicAccessBlockOutput,
  PutBucketEncryptionRequest,
  PutBucketLifecycleConfigurationRequest,
  PutBucketOwnershipControlsRequest,
  PutBucketPolicyRequest,
  PutBucketTaggingRequest,
  PutBucketVersioningRequest,
  PutPublicAccessBlockRequest,
  Tag,
} from '@aws-sdk/client-s3';
import type { Output, RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { ownerId } from './buckets.ts';
import { needBucket } from './lookup.ts';
import { newBucket, type Bucket } from './store.ts';

interface BucketInput {
  readonly Bucket: string | undefined;
}

/** A setting that was never made is an error, not an empty answer. */
function absent(code: string, message: string, bucket: Bucket): AwsError {
  return new AwsError(code, message, 404, { fields: { BucketName: bucket.name } });
}

/** Checks a tag set by S3's rules and makes a map of it. */
export function readTags(tags: readonly Tag[] | undefined, maximum: number): Map<string, string> {
  const map = new Map<string, string>();
  for (const { Key: key = '', Value: value = '' } of tags ?? []) {
    if (key === '' || key.length > 128)
      throw new AwsError('InvalidTag', 'The TagKey you have provided is invalid', 400);
    if (value.length > 256)
      throw new AwsError('InvalidTag', 'The TagValue you have provided is invalid', 400);
    if (key.toLowerCase().startsWith('aws:'))
      throw new AwsError('InvalidTag', 'System tags cannot be added/updated by requester', 400);
    if (map.has(key)) throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key', 400);
    map.set(key, value);
  }
  if (map.size > maximum)
    throw new AwsError('BadRequest', `Bucket tag count cannot be greater than ${maximum}`, 400);
  return map;
}

function getBucketTagging(input: BucketInput, context: RequestContext): Output<GetBucketTaggingOutput> {
  const bucket = needBucket(input.Bucket, context);
  if (!bucket.tags) throw absent('NoSuchTagSet', 'The TagSet does not exist', bucket);
  return { TagSet: [...bucket.tags].map(([Key, Value]) => ({ Key, Value })) };
}

function putBucketTagging(input: PutBucketTaggingRequest, context: RequestContext): void {
  const bucket = needBucket(input.Bucket, context);
  bucket.tags = readTags(input.Tagging?.TagSet, 50);
  context.response.status = 204;
}

function deleteBucketTagging(input: BucketInput, context: RequestContext): void {
  needBucket(input.Bucket, context).tags = undefined;
}

function getBucketVersioning(input: BucketInput, context: RequestContext): Output<GetBucketVersioningOutput> {
  return { Status: needBucket(input.Bucket, context).versioning };
}

function putBucketVersioning(input: PutBucketVersioningRequest, context: RequestContext): void {
  const bucket = needBucket(input.Bucket, context);
  const status = input.VersioningConfiguration?.Status;
  if (status !== 'Enabled' && status !== 'Suspended')
    throw new AwsError(
      'IllegalVersioningConfigurationException',
      'The Versioning element must be specified',
      400,
    );
  bucket.versioning = status;
}

function getBucketEncryption(input: BucketInput, context: RequestContext): Output<GetBucketEncryptionOutput> {
  return { ServerSideEncryptionConfiguration: needBucket(input.Bucket, context).encryption };
}

function putBucketEncryption(input: PutBucketEncryptionRequest, context: RequestContext): void {
  const bucket = needBucket(input.Bucket, context);
  const configuration = input.ServerSideEncryptionConfiguration;
  const algorithm = configuration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm as
    | string
    | undefined;
  if (!configuration || (algorithm !== 'AES256' && algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse')) {
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      400,
    );
  }
  bucket.encryption = configuration;
}

/** Deleting the encryption setting brings back the default, SSE-S3. */
function deleteBucketEncryption(input: BucketInput, context: RequestContext): void {
  const bucket = needBucket(input.Bucket, context);
  bucket.encryption = newBucket(bucket.name, bucket.accountId, bucket.region, 0).encryption;
}

function getPublicAccessBlock(
  input: BucketInput,
  context: RequestContext,
): Output<GetPublicAccessBlockOutput> {
  const bucket = needBucket(input.Bucket, context);
  if (!bucket.publicAccessBlock)
    throw absent(
      'NoSuchPublicAccessBlockConfiguration',
      'The public access block configuration was not found',
      bucket,
    );
  return { PublicAccessBlockConfiguration: bucket.publicAccessBlock };
}

function putPublicAccessBlock(input: PutPublicAccessBlockRequest, context: RequestContext): void {
  const given = input.PublicAccessBlockConfiguration ?? {};
  needBucket(input.Bucket, context).publicAccessBlock = {
    BlockPublicAcls: given.BlockPublicAcls === true,
    IgnorePublicAcls: given.IgnorePublicAcls === true,
    BlockPublicPolicy: given.BlockPublicPolicy === true,
    RestrictPublicBuckets: given.RestrictPublicBuckets === true,
  };
}

function deletePublicAccessBlock(input: BucketInput, context: RequestContext): void {
  needBucket(input.Bucket, context).publicAccessBlock = undefined;
}

function getBucketLifecycleConfiguration(
  input: BucketInput,
  context: RequestContext,
): Output<GetBucketLifecycleConfigurationOutput> {
  const bucket = needBucket(input.Bucket, context);
  if (!bucket.lifecycle)
    throw absent('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', bucket);
  return { Rules: bucket.lifecycle, TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' };
}

function putBucketLifecycleConfiguration(
  input: PutBucketLifecycleConfigurationRequest,
  context: RequestContext,
): void {
  const bucket = needBucket(input.Bucket, context);
  const rules = input.LifecycleConfiguration?.Rules ?? [];
  const malformed = (): AwsError =>
    new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      400,
    );
  if (rules.length === 0 || rules.length > 1000) throw malformed();
  for (const rule of rules) {
    if (rule.Status !== 'Enabled' && rule.Status !== 'Disabled') throw malformed();
    const actions = [
      rule.Expiration,
      rule.Transitions,
      rule.NoncurrentVersionExpiration,
      rule.NoncurrentVersionTransitions,
      rule.AbortIncompleteMultipartUpload,
    ];
    if (actions.every((a) => a === undefined))
      throw new AwsError('InvalidRequest', 'At least one action needs to be specified in a rule', 400);
    if (rule.Expiration?.Days !== undefined && rule.Expiration.Days <= 0)
      throw new AwsError('InvalidArgument', "'Days' for Expiration action must be a positive integer", 400);
  }
  bucket.lifecycle = rules.map((rule, i) => ({ ...rule, ID: rule.ID ?? `rule-${i + 1}` }));
}

function deleteBucketLifecycle(input: BucketInput, context: RequestContext): void {
  needBucket(input.Bucket, context).lifecycle = undefined;
}

function getBucketPolicy(input: BucketInput, context: RequestContext): Output<GetBucketPolicyOutput> {
  const bucket = needBucket(input.Bucket, context);
  if (bucket.policy === undefined)
    throw absent('NoSuchBucketPolicy', 'The bucket policy does not exist', bucket);
  return { Policy: bucket.policy };
}

function isPublicPolicy(policy: string): boolean {
  try {
    const { Statement: statements } = JSON.parse(policy) as { Statement?: unknown };
    const list = Array.isArray(statements) ? statements : [statements];
    return list.some(
      (s: { Effect?: string; Principal?: unknown } | undefined) =>
        s?.Effect === 'Allow' && JSON.stringify(s.Principal ?? null).includes('"*"'),
    );
  } catch {
    throw new AwsError('MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'", 400);
  }
}

function putBucketPolicy(input: PutBucketPolicyRequest, context: RequestContext): void {
  const bucket = needBucket(input.Bucket, context);
  const policy = input.Policy ?? '';
  if (isPublicPolicy(policy) && bucket.publicAccessBlock?.BlockPublicPolicy === true) {
    throw new AwsError(
      'AccessDenied',
      'User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
      403,
    );
  }
  bucket.policy = policy;
  context.response.status = 204;
}

function deleteBucketPolicy(input: BucketInput, context: RequestContext): void {
  needBucket(input.Bucket, context).policy = undefined;
}

function getBucketPolicyStatus(
  input: BucketInput,
  context: RequestContext,
): Output<GetBucketPolicyStatusOutput> {
  const bucket = needBucket(input.Bucket, context);
  if (bucket.policy === undefined)
    throw absent('NoSuchBucketPolicy', 'The bucket policy does not exist', bucket);
  return {
    PolicyStatus: {
      IsPublic: isPublicPolicy(bucket.policy) && bucket.publicAccessBlock?.RestrictPublicBuckets !== true,
    },
  };
}

function getBucketOwnershipControls(
  input: BucketInput,
  context: RequestContext,
): Output<GetBucketOwnershipControlsOutput> {
  return { OwnershipControls: { Rules: [{ ObjectOwnership: needBucket(input.Bucket, context).ownership }] } };
}

function putBucketOwnershipControls(input: PutBucketOwnershipControlsRequest, context: RequestContext): void {
  const bucket = needBucket(input.Bucket, context);
  bucket.ownership = input.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? 'BucketOwnerEnforced';
}

/** Groups that a canned list lets in beside the owner (Amazon S3 User Guide, "Canned ACL"). */
const CANNED: Readonly<Record<string, readonly (readonly [group: string, permission: Permission])[]>> = {
  'public-read': [['AllUsers', 'READ']],
  'public-read-write': [
    ['AllUsers', 'READ'],
    ['AllUsers', 'WRITE'],
  ],
  'authenticated-read': [['AuthenticatedUsers', 'READ']],
};

function getBucketAcl(input: GetBucketAclRequest, context: RequestContext): Output<GetBucketAclOutput> {
  const bucket = needBucket(input.Bucket, context);
  const id = ownerId(bucket.accountId);
  return {
    Owner: { ID: id },
    Grants: [
      { Grantee: { ID: id, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' },
      ...(CANNED[bucket.acl] ?? []).map(([group, Permission]) => ({
        Grantee: { Type: 'Group' as const, URI: `http://acs.amazonaws.com/groups/global/${group}` },
        Permission,
      })),
    ],
  };
}

/** Buckets that own all their objects, as all new ones do, have no other list; its owner alone is what it says then. */
function putBucketAcl(input: PutBucketAclRequest, context: RequestContext): void {
  const bucket = needBucket(input.Bucket, context);
  const given = input.ACL ?? (input.AccessControlPolicy ? 'custom' : 'private');
  if (given !== 'private' && bucket.ownership === 'BucketOwnerEnforced')
    throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs', 400);
  if (/^(public|authenticated)/.test(given) && bucket.publicAccessBlock?.BlockPublicAcls)
    throw new AwsError('AccessDenied', 'Access Denied', 403);
  bucket.acl = given;
}

function neverMade(code: string, message: string) {
  return (input: BucketInput, context: RequestContext): never => {
    throw absent(code, message, needBucket(input.Bucket, context));
  };
}

function emptySetting(input: BucketInput, context: RequestContext): Record<string, never> {
  needBucket(input.Bucket, context);
  return {};
}

/** Operations on a bucket's settings. Replication, website, CORS and logging can be read, but not made. */
export const settings = {
  GetBucketTagging: getBucketTagging,
  PutBucketTagging: putBucketTagging,
  DeleteBucketTagging: deleteBucketTagging,
  GetBucketVersioning: getBucketVersioning,
  PutBucketVersioning: putBucketVersioning,
  GetBucketEncryption: getBucketEncryption,
  PutBucketEncryption: putBucketEncryption,
  DeleteBucketEncryption: deleteBucketEncryption,
  GetPublicAccessBlock: getPublicAccessBlock,
  PutPublicAccessBlock: putPublicAccessBlock,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetBucketLifecycleConfiguration: getBucketLifecycleConfiguration,
  PutBucketLifecycleConfiguration: putBucketLifecycleConfiguration,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  GetBucketPolicy: getBucketPolicy,
  PutBucketPolicy: putBucketPolicy,
  DeleteBucketPolicy: deleteBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketOwnershipControls: getBucketOwnershipControls,
  PutBucketOwnershipControls: putBucketOwnershipControls,
  GetBucketAcl: getBucketAcl,
  PutBucketAcl: putBucketAcl,
  GetBucketReplication: neverMade(
    'ReplicationConfigurationNotFoundError',
    'The replication configuration was not found',
  ),
  GetBucketWebsite: neverMade(
    'NoSuchWebsiteConfiguration',
    'The specified bucket does not have a website configuration',
  ),
  GetBucketCors: neverMade('NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
  GetObjectLockConfiguration: neverMade(
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
  ),
  GetBucketLogging: emptySetting,
  GetBucketNotificationConfiguration: emptySetting,
  GetBucketAccelerateConfiguration: emptySetting,
};
