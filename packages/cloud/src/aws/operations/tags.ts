import type { Field } from '../../fields.ts';
import { DYNAMODB, EC2, EKS, ELASTICACHE, ELB, LAMBDA, LOGS, RDS, S3 } from '../clients.ts';
import { FURTHER_TAGGERS, type Tagger } from './further-taggers.ts';
import { tagMap } from '../../shared/normalise.ts';
import { SERVICES } from '../services/catalogue.ts';
import { bucketRegion } from '../services/s3.ts';
import { CloudError, invalidInput } from '../../errors.ts';
import { result, type Operation } from './model.ts';
import { textList, textMap } from '../../shared/parameters.ts';

function list(tags: Record<string, string>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

const tagEc2: Tagger = async (scope, ref, set, remove) => {
  const ec2 = await scope.session.open(EC2, scope.region);
  const Resources = [ref.id];
  if (Object.keys(set).length > 0)
    await ec2.send(new ec2.sdk.CreateTagsCommand({ Resources, Tags: list(set) }), scope);
  if (remove.length > 0)
    await ec2.send(new ec2.sdk.DeleteTagsCommand({ Resources, Tags: remove.map((Key) => ({ Key })) }), scope);
};

const tagElb: Tagger = async (scope, ref, set, remove) => {
  const elb = await scope.session.open(ELB, scope.region);
  const ResourceArns = [ref.nativeId];
  if (Object.keys(set).length > 0)
    await elb.send(new elb.sdk.AddTagsCommand({ ResourceArns, Tags: list(set) }), scope);
  if (remove.length > 0)
    await elb.send(new elb.sdk.RemoveTagsCommand({ ResourceArns, TagKeys: [...remove] }), scope);
};

/** S3 replaces the whole set, so the present one is read first; a change between the two calls is lost. */
const tagS3: Tagger = async (scope, ref, set, remove) => {
  const s3 = await scope.session.open(S3, await bucketRegion(scope, ref.id));
  const Bucket = ref.id;
  const present = await s3.send(new s3.sdk.GetBucketTaggingCommand({ Bucket }), scope).then(
    (answer) => tagMap(answer.TagSet),
    (error: unknown) => {
      if (error instanceof CloudError && error.problem.providerCode === 'NoSuchTagSet') return {};
      throw error;
    },
  );
  const wanted: Record<string, string> = { ...present, ...set };
  for (const key of remove) delete wanted[key];
  if (Object.keys(wanted).length === 0)
    await s3.send(new s3.sdk.DeleteBucketTaggingCommand({ Bucket }), scope);
  else
    await s3.send(new s3.sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: list(wanted) } }), scope);
};

const tagRds: Tagger = async (scope, ref, set, remove) => {
  const rds = await scope.session.open(RDS, scope.region);
  const ResourceName = ref.nativeId;
  if (Object.keys(set).length > 0)
    await rds.send(new rds.sdk.AddTagsToResourceCommand({ ResourceName, Tags: list(set) }), scope);
  if (remove.length > 0)
    await rds.send(new rds.sdk.RemoveTagsFromResourceCommand({ ResourceName, TagKeys: [...remove] }), scope);
};

const tagLambda: Tagger = async (scope, ref, set, remove) => {
  const lambda = await scope.session.open(LAMBDA, scope.region);
  const Resource = ref.nativeId;
  if (Object.keys(set).length > 0)
    await lambda.send(new lambda.sdk.TagResourceCommand({ Resource, Tags: set }), scope);
  if (remove.length > 0)
    await lambda.send(new lambda.sdk.UntagResourceCommand({ Resource, TagKeys: [...remove] }), scope);
};

const tagLogs: Tagger = async (scope, ref, set, remove) => {
  const logs = await scope.session.open(LOGS, scope.region);
  const resourceArn = ref.nativeId;
  if (Object.keys(set).length > 0)
    await logs.send(new logs.sdk.TagResourceCommand({ resourceArn, tags: set }), scope);
  if (remove.length > 0)
    await logs.send(new logs.sdk.UntagResourceCommand({ resourceArn, tagKeys: [...remove] }), scope);
};

const tagEks: Tagger = async (scope, ref, set, remove) => {
  const eks = await scope.session.open(EKS, scope.region);
  const resourceArn = ref.nativeId;
  if (Object.keys(set).length > 0)
    await eks.send(new eks.sdk.TagResourceCommand({ resourceArn, tags: set }), scope);
  if (remove.length > 0)
    await eks.send(new eks.sdk.UntagResourceCommand({ resourceArn, tagKeys: [...remove] }), scope);
};

const tagDynamo: Tagger = async (scope, ref, set, remove) => {
  const dynamo = await scope.session.open(DYNAMODB, scope.region);
  const ResourceArn = ref.nativeId;
  if (Object.keys(set).length > 0)
    await dynamo.send(new dynamo.sdk.TagResourceCommand({ ResourceArn, Tags: list(set) }), scope);
  if (remove.length > 0)
    await dynamo.send(new dynamo.sdk.UntagResourceCommand({ ResourceArn, TagKeys: [...remove] }), scope);
};

const tagCache: Tagger = async (scope, ref, set, remove) => {
  const cache = await scope.session.open(ELASTICACHE, scope.region);
  const ResourceName = ref.nativeId;
  if (Object.keys(set).length > 0)
    await cache.send(new cache.sdk.AddTagsToResourceCommand({ ResourceName, Tags: list(set) }), scope);
  if (remove.length > 0)
    await cache.send(
      new cache.sdk.RemoveTagsFromResourceCommand({ ResourceName, TagKeys: [...remove] }),
      scope,
    );
};

/** By the service in a type's id: how it is tagged, and the permissions for setting and removing. */
const TAGGERS: Readonly<Record<string, readonly [tagger: Tagger, set: string, remove: string]>> = {
  ...FURTHER_TAGGERS,
  ec2: [tagEc2, 'ec2:CreateTags', 'ec2:DeleteTags'],
  elb: [tagElb, 'elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'],
  s3: [tagS3, 's3:PutBucketTagging', 's3:PutBucketTagging'],
  rds: [tagRds, 'rds:AddTagsToResource', 'rds:RemoveTagsFromResource'],
  lambda: [tagLambda, 'lambda:TagResource', 'lambda:UntagResource'],
  logs: [tagLogs, 'logs:TagResource', 'logs:UntagResource'],
  eks: [tagEks, 'eks:TagResource', 'eks:UntagResource'],
  dynamodb: [tagDynamo, 'dynamodb:TagResource', 'dynamodb:UntagResource'],
  elasticache: [tagCache, 'elasticache:AddTagsToResource', 'elasticache:RemoveTagsFromResource'],
};

const TAGS: Field = { name: 'tags', label: 'Tags', kind: 'tags', required: false, default: {} };
const REMOVE: Field = {
  name: 'remove',
  label: 'Remove',
  help: 'Names of tags to remove.',
  kind: 'multiselect',
  required: false,
  default: [],
  max: 50,
};
const KEYS: Field = { name: 'keys', label: 'Names', kind: 'multiselect', required: true, max: 50 };

/** Limits of AWS tags (Tagging AWS resources, "Tag naming limits"). */
function checkTags(tags: Record<string, string>, remove: readonly string[]): void {
  const issues = [];
  if (Object.keys(tags).length === 0 && remove.length === 0)
    issues.push({ field: 'tags', message: 'names no tag' });
  for (const [key, value] of Object.entries(tags)) {
    if ([...key].length < 1 || [...key].length > 128)
      issues.push({ field: 'tags', message: 'names have 1 to 128 characters' });
    if ([...value].length > 256)
      issues.push({ field: 'tags', message: 'values have at most 256 characters' });
    if (/^aws:/i.test(key)) issues.push({ field: 'tags', message: 'names must not start with aws:' });
    if (remove.includes(key)) issues.push({ field: 'remove', message: `${key} is set and removed at once` });
  }
  if (issues.length > 0) throw invalidInput(issues);
}

function tagOperation(
  type: string,
  [tagger, setAction, removeAction]: readonly [Tagger, string, string],
): Operation {
  return {
    descriptor: {
      id: 'tag',
      type,
      label: 'Set tags',
      parameters: [TAGS, REMOVE],
      confirm: 'none',
      dryRun: false,
      undo: 'tag',
      actions: [...new Set([setAction, removeAction])],
    },
    async run({ scope, resource, before, parameters }) {
      const set = textMap(parameters, 'tags');
      const remove = textList(parameters, 'remove');
      checkTags(set, remove);
      const present = before?.tags ?? {};
      await tagger(scope, resource, set, remove);
      const touched = [...Object.keys(set), ...remove];
      const former = Object.fromEntries(
        touched.filter((k) => Object.hasOwn(present, k)).map((k) => [k, present[k] ?? '']),
      );
      const fresh = touched.filter((k) => !Object.hasOwn(present, k) && Object.hasOwn(set, k));
      const undoable = Object.keys(former).length + fresh.length > 0;
      return result(
        'done',
        undefined,
        undoable ? { undo: { operation: 'tag', parameters: { tags: former, remove: fresh } } } : {},
      );
    },
    evidence: (seen, { parameters }) => {
      if (!seen) return 'no';
      const set = Object.entries(textMap(parameters, 'tags'));
      return set.every(([k, v]) => seen.tags[k] === v) &&
        textList(parameters, 'remove').every((k) => !Object.hasOwn(seen.tags, k))
        ? 'yes'
        : 'no';
    },
  };
}

function untagOperation(
  type: string,
  [tagger, , removeAction]: readonly [Tagger, string, string],
): Operation {
  return {
    descriptor: {
      id: 'untag',
      type,
      label: 'Remove tags',
      parameters: [KEYS],
      confirm: 'none',
      dryRun: false,
      undo: 'tag',
      actions: [removeAction],
    },
    async run({ scope, resource, before, parameters }) {
      const keys = textList(parameters, 'keys');
      await tagger(scope, resource, {}, keys);
      const former = Object.fromEntries(
        keys.filter((k) => Object.hasOwn(before?.tags ?? {}, k)).map((k) => [k, before?.tags[k] ?? '']),
      );
      return result(
        'done',
        undefined,
        Object.keys(former).length > 0
          ? { undo: { operation: 'tag', parameters: { tags: former, remove: [] } } }
          : {},
      );
    },
    evidence: (seen, { parameters }) =>
      seen && textList(parameters, 'keys').every((k) => !Object.hasOwn(seen.tags, k)) ? 'yes' : 'no',
  };
}

/** Tag operations of every taggable type. */
export const tagOperations: readonly Operation[] = SERVICES.flatMap((service) =>
  service.readers
    .filter((r) => r.type.taggable)
    .flatMap((r) => {
      const tagger = TAGGERS[r.type.id] ?? TAGGERS[r.type.id.split('.')[1] ?? ''];
      return tagger ? [tagOperation(r.type.id, tagger), untagOperation(r.type.id, tagger)] : [];
    }),
);
