import type * as S3Sdk from '@aws-sdk/client-s3';
import type { BucketLocationConstraint, ServerSideEncryption } from '@aws-sdk/client-s3';
import { CloudError, taken } from '../../errors.ts';
import type { FieldValues } from '../../fields.ts';
import type { ResourceRef } from '../../resource.ts';
import { S3 } from '../clients.ts';
import { tagMap } from '../../shared/normalise.ts';
import { flag, text } from '../../shared/parameters.ts';
import type { Scope } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { bucketRegion } from '../services/s3.ts';
import { TOKEN_TAG } from '../token.ts';
import type { CreateOrder } from '../../shared/create.ts';
import type { Creator } from './model.ts';
import { orderTags, TAGS_FIELD } from './tags.ts';

type S3Handle = ServiceHandle<typeof S3Sdk>;

const TYPE = 'aws.s3.bucket';

function ref(scope: Scope, name: string): ResourceRef {
  return { type: TYPE, id: name, nativeId: `arn:${scope.partition}:s3:::${name}`, region: scope.region };
}

/** Whose a name is: nobody's, ours by this order, ours otherwise, or somebody else's. */
async function ownership(
  scope: Scope,
  name: string,
  clientToken: string,
): Promise<'free' | 'order' | 'ours' | 'foreign'> {
  try {
    const s3 = await scope.session.open(S3, await bucketRegion(scope, name));
    const answer = await s3.send(
      new s3.sdk.GetBucketTaggingCommand({ Bucket: name, ExpectedBucketOwner: scope.accountId }),
      scope,
    );
    return tagMap(answer.TagSet)[TOKEN_TAG] === clientToken ? 'order' : 'ours';
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    if (error.problem.providerCode === 'NoSuchTagSet') return 'ours';
    if (error.kind === 'not_found') return 'free';
    if (error.kind === 'denied') return 'foreign';
    throw error;
  }
}

function takenBy(whose: 'ours' | 'foreign', name: string): CloudError {
  return taken(
    'bucketName',
    whose === 'ours'
      ? `The bucket ${name} exists in this account already.`
      : `The name ${name} is taken; bucket names are unique over all of AWS.`,
  );
}

async function makeBucket(
  s3: S3Handle,
  scope: Scope,
  name: string,
  input: FieldValues,
): Promise<string | undefined> {
  // us-east-1 must not be named, every other region must be.
  const location =
    scope.region === 'us-east-1'
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: scope.region as BucketLocationConstraint } };
  const open = text(input, 'acl') === 'public-read' && !flag(input, 'blockPublicAccess');
  try {
    const answer = await s3.send(
      new s3.sdk.CreateBucketCommand({
        Bucket: name,
        ...location,
        ...(open ? { ObjectOwnership: 'BucketOwnerPreferred' as const } : {}),
      }),
      { ...scope, retry: 'refused-only' },
    );
    return answer.$metadata.requestId;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    // The name was free a moment ago: either our own request was lost on the way back, or someone was faster.
    const lost = error.kind === 'unavailable' || error.problem.providerCode === 'BucketAlreadyOwnedByYou';
    if (lost && (await ownership(scope, name, '')) === 'ours') return undefined;
    if (error.kind === 'already_exists') throw takenBy('foreign', name);
    throw error;
  }
}

/** Settings, each safe to repeat. The mark of the order comes first, so that a later try knows the bucket. */
async function configure(
  s3: S3Handle,
  scope: Scope,
  name: string,
  { input, clientToken }: CreateOrder,
): Promise<void> {
  const Bucket = name;
  const block = flag(input, 'blockPublicAccess');
  await s3.send(
    new s3.sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: orderTags(input, clientToken) } }),
    scope,
  );
  await s3.send(
    new s3.sdk.PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: block,
        IgnorePublicAcls: block,
        BlockPublicPolicy: block,
        RestrictPublicBuckets: block,
      },
    }),
    scope,
  );
  const algorithm = text(input, 'encryption') as ServerSideEncryption;
  const key = text(input, 'kmsKeyId');
  await s3.send(
    new s3.sdk.PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: algorithm,
              ...(key ? { KMSMasterKeyID: key } : {}),
            },
            BucketKeyEnabled: algorithm === 'aws:kms',
          },
        ],
      },
    }),
    scope,
  );
  if (flag(input, 'versioning'))
    await s3.send(
      new s3.sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
      scope,
    );
  if (!block && text(input, 'acl') === 'public-read')
    await s3.send(new s3.sdk.PutBucketAclCommand({ Bucket, ACL: 'public-read' }), scope);
}

export const s3Bucket: Creator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'S3 bucket',
    dryRun: false,
    actions: [
      's3:CreateBucket',
      's3:PutBucketTagging',
      's3:PutBucketPublicAccessBlock',
      's3:PutEncryptionConfiguration',
      's3:PutBucketVersioning',
      's3:PutBucketAcl',
      's3:PutBucketOwnershipControls',
    ],
    until: ['active'],
    fields: [
      {
        name: 'bucketName',
        label: 'Bucket name',
        help: 'Unique over all of AWS; 3 to 63 lower-case letters, digits, dots and hyphens.',
        kind: 'text',
        required: true,
        minLength: 3,
        maxLength: 63,
        pattern: {
          source:
            '(?!xn--|sthree-|\\d+\\.\\d+\\.\\d+\\.\\d+$)(?!.*\\.\\.)(?!.*(-s3alias|--ol-s3)$)[a-z0-9][a-z0-9.-]*[a-z0-9]',
          message: 'is not a valid bucket name',
        },
      },
      {
        name: 'blockPublicAccess',
        label: 'Block all public access',
        kind: 'boolean',
        required: false,
        default: true,
      },
      {
        name: 'acl',
        label: 'Access list',
        kind: 'select',
        required: false,
        default: 'private',
        options: [
          { value: 'private', label: 'Private' },
          { value: 'public-read', label: 'Everyone may read' },
        ],
        when: { field: 'blockPublicAccess', in: [false] },
      },
      { name: 'versioning', label: 'Keep versions', kind: 'boolean', required: false, default: false },
      {
        name: 'encryption',
        label: 'Encryption',
        kind: 'select',
        required: false,
        default: 'AES256',
        options: [
          { value: 'AES256', label: 'Keys of S3 (SSE-S3)' },
          { value: 'aws:kms', label: 'Key Management Service (SSE-KMS)' },
        ],
      },
      {
        name: 'kmsKeyId',
        label: 'KMS key',
        help: "ARN or id; without one, the account's own key for S3.",
        kind: 'text',
        required: false,
        maxLength: 2048,
        when: { field: 'encryption', in: ['aws:kms'] },
      },
      TAGS_FIELD,
    ],
  },
  pickers: {},
  plan: () => ({
    parts: [],
    assumptions: ['An empty bucket costs nothing; stored data, requests and traffic are charged by use.'],
  }),
  async create(scope, order) {
    const name = text(order.input, 'bucketName') ?? '';
    const whose = await ownership(scope, name, order.clientToken);
    if (whose === 'foreign' || whose === 'ours') throw takenBy(whose, name);
    const s3 = await scope.session.open(S3, scope.region);
    const requestId = whose === 'free' ? await makeBucket(s3, scope, name, order.input) : undefined;
    await order.onCreated(ref(scope, name));
    try {
      await configure(s3, scope, name, order);
    } catch (error) {
      if (error instanceof CloudError) throw new CloudError(error.problem, [ref(scope, name)]);
      throw error;
    }
    return {
      status: whose === 'order' ? 'existing' : 'created',
      resources: [ref(scope, name)],
      ...(requestId ? { requestId } : {}),
    };
  },
  async find(scope, { input, clientToken }) {
    const name = text(input, 'bucketName') ?? '';
    const whose = await ownership(scope, name, clientToken);
    // Ours without the mark: made before the mark was set, or by someone else. A person must look.
    if (whose === 'ours') return undefined;
    return whose === 'order' ? [ref(scope, name)] : [];
  },
};
