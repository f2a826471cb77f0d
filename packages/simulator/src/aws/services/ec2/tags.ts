import type {
  CreateTagsRequest,
  DeleteTagsRequest,
  DescribeTagsRequest,
  DescribeTagsResult,
  ResourceType,
  Tag,
  TagSpecification,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { checkPageSize, filterBy, missing, pageOf, type FieldTable } from './query.ts';
import { ec2Store, type Ec2Store, type Taggable } from './store.ts';

const MAX_TAGS = 50;

function checkTag(tag: Tag): { Key: string; Value: string } {
  const key = tag.Key ?? '';
  const value = tag.Value ?? '';
  if (key === '') throw new AwsError('InvalidParameterValue', 'Tag keys must not be empty');
  // Restrictions on tags (Amazon EC2 User Guide): 128 and 256 characters.
  if ([...key].length > 128)
    throw new AwsError('InvalidParameterValue', 'Tag keys have at most 128 characters');
  if ([...value].length > 256)
    throw new AwsError('InvalidParameterValue', 'Tag values have at most 256 characters');
  if (/^aws:/i.test(key))
    throw new AwsError(
      'InvalidParameterValue',
      "Tag keys starting with 'aws:' are reserved for internal use",
    );
  return { Key: key, Value: value };
}

function merge(current: readonly Tag[] | undefined, added: readonly Tag[]): Tag[] {
  const tags = new Map((current ?? []).map((t) => [t.Key ?? '', t.Value ?? '']));
  for (const tag of added) {
    const { Key, Value } = checkTag(tag);
    tags.set(Key, Value);
  }
  if (tags.size > MAX_TAGS)
    throw new AwsError('TagLimitExceeded', `More than ${MAX_TAGS} tags for a resource`);
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** Types that one call makes and tags by one list: RunInstances, and CreateImage. */
const TOGETHER: readonly ReadonlySet<string>[] = [
  new Set(['instance', 'volume', 'network-interface', 'spot-instances-request', 'elastic-gpu']),
  new Set(['image', 'snapshot']),
];

function takes(type: ResourceType, given: string | undefined): boolean {
  if (given === undefined || given === type) return true;
  return TOGETHER.some((types) => types.has(type) && types.has(given));
}

/**
 * The tags a creation call gives to resources of a type. Tagging at creation needs `ec2:CreateTags` too.
 * Undefined without tags: a resource that was never tagged has no Tags member.
 */
export function tagsFor(
  specifications: readonly TagSpecification[] | undefined,
  type: ResourceType,
  context: RequestContext,
): Tag[] | undefined {
  const foreign = specifications?.find((s) => !takes(type, s.ResourceType))?.ResourceType;
  if (foreign !== undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `'${foreign}' is not a valid taggable resource type for this operation.`,
    );
  const tags = (specifications ?? []).filter((s) => s.ResourceType === type).flatMap((s) => s.Tags ?? []);
  if (tags.length === 0) return undefined;
  context.authorize('ec2:CreateTags', context.store(ec2Store).arn(type, '*'));
  return merge([], tags);
}

/** Adds tags to a resource in place. */
export function addTags(target: Taggable, tags: readonly Tag[]): void {
  target.Tags = merge(target.Tags, tags);
}

function targets(store: Ec2Store, ids: readonly string[] | undefined): Taggable[] {
  if (!ids || ids.length === 0) throw missing('resourceIdSet');
  if (ids.length > 1000)
    throw new AwsError('InvalidParameterValue', 'At most 1000 resources may be tagged at once');
  return ids.map((id) => {
    const found = store.find(id);
    if (found) return found.data;
    if (!store.typeOf(id)) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
    throw new AwsError(tagNotFound(id), `The ID '${id}' does not exist`);
  });
}

function tagNotFound(id: string): string {
  const prefix = id.split('-')[0] ?? '';
  const codes: Readonly<Record<string, string>> = {
    i: 'InvalidInstanceID.NotFound',
    vol: 'InvalidVolume.NotFound',
    snap: 'InvalidSnapshot.NotFound',
    ami: 'InvalidAMIID.NotFound',
    sg: 'InvalidGroup.NotFound',
    subnet: 'InvalidSubnetID.NotFound',
    vpc: 'InvalidVpcID.NotFound',
    eipalloc: 'InvalidAllocationID.NotFound',
  };
  return codes[prefix] ?? 'InvalidID';
}

export function createTags(input: CreateTagsRequest, context: RequestContext): void {
  const found = targets(context.store(ec2Store), input.Resources);
  const tags = input.Tags ?? [];
  if (tags.length === 0) throw missing('tagSet');
  const merged = found.map((target) => merge(target.Tags, tags));
  found.forEach((target, i) => {
    target.Tags = merged[i];
  });
}

/** Deletes by key, or by key and value when a value is given; without tags it deletes all. */
export function deleteTags(input: DeleteTagsRequest, context: RequestContext): void {
  for (const target of targets(context.store(ec2Store), input.Resources)) {
    const doomed = input.Tags;
    const rest = (target.Tags ?? []).filter(
      (tag) =>
        doomed !== undefined &&
        !doomed.some((d) => d.Key === tag.Key && (d.Value === undefined || d.Value === tag.Value)),
    );
    target.Tags = rest.length > 0 ? rest : undefined;
  }
}

interface TagRow {
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly value: string;
}

const FIELDS: FieldTable<TagRow> = {
  key: (r) => r.key,
  value: (r) => r.value,
  'resource-id': (r) => r.id,
  'resource-type': (r) => r.type,
};

export function describeTags(input: DescribeTagsRequest, context: RequestContext): DescribeTagsResult {
  checkPageSize(input, undefined, '');
  const rows: TagRow[] = [];
  for (const { id, type, data } of context.store(ec2Store).tagged()) {
    for (const tag of data.Tags ?? []) rows.push({ id, type, key: tag.Key ?? '', value: tag.Value ?? '' });
  }
  const test = filterBy(input.Filters, FIELDS, (r) => [{ Key: r.key, Value: r.value }]);
  const page = pageOf(rows.filter(test), input, (r) => `${r.id}/${r.key}`, context);
  return {
    Tags: page.items.map((r) => ({
      ResourceId: r.id,
      ResourceType: r.type as ResourceType,
      Key: r.key,
      Value: r.value,
    })),
    NextToken: page.NextToken,
  };
}
