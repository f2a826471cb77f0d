import type {
  GetWorkGroupInput,
  GetWorkGroupOutput,
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  ListWorkGroupsInput,
  ListWorkGroupsOutput,
  TagResourceInput,
  UntagResourceInput,
  UpdateWorkGroupInput,
  WorkGroup,
} from '@aws-sdk/client-athena';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { listed, pageOf, retag, shelfStore, type Item, type Kind, type Shelf } from '../shelf.ts';

const refuse = (message: string): AwsError => new AwsError('InvalidRequestException', message, 400);

/** Groups cost nothing; their queries do, which are not simulated. */
export const workGroup: Kind<WorkGroup> = {
  name: 'athena.workgroup',
  id: (raw) => raw.Name ?? '',
  arn: (shelf, raw) => shelf.arn('athena', `workgroup/${raw.Name}`),
  rates: () => [],
};

/** Every account has `primary` from the beginning. */
function groups(shelf: Shelf) {
  const items = shelf.of(workGroup);
  if (!items.get('primary'))
    shelf.put(
      workGroup,
      {
        Name: 'primary',
        State: 'ENABLED',
        Configuration: { EnforceWorkGroupConfiguration: false, PublishCloudWatchMetricsEnabled: false },
        CreationTime: new Date(Date.UTC(2024, 0, 1)),
      },
      { createdAt: Date.UTC(2024, 0, 1) },
    );
  return items;
}

function need(context: RequestContext, name: string | undefined): Entity<Item<WorkGroup>> {
  const found = groups(context.store(shelfStore)).get(name ?? '');
  if (!found) throw refuse(`WorkGroup ${name ?? ''} is not found.`);
  return found;
}

function listWorkGroups(input: ListWorkGroupsInput, context: RequestContext): Output<ListWorkGroupsOutput> {
  const all = groups(context.store(shelfStore)).list();
  const page = pageOf(all, input.NextToken, input.MaxResults, 50, context, refuse);
  return {
    WorkGroups: page.items.map(({ data: { raw } }) => ({
      Name: raw.Name,
      State: raw.State,
      CreationTime: raw.CreationTime,
    })),
    NextToken: page.next,
  };
}

function getWorkGroup(input: GetWorkGroupInput, context: RequestContext): Output<GetWorkGroupOutput> {
  return { WorkGroup: { ...need(context, input.WorkGroup).data.raw } };
}

const MEGABYTES_10 = 10_000_000;

function updateWorkGroup(input: UpdateWorkGroupInput, context: RequestContext): Record<string, never> {
  const { raw } = need(context, input.WorkGroup).data;
  const updates = input.ConfigurationUpdates;
  const limit = updates?.BytesScannedCutoffPerQuery;
  if (limit !== undefined && limit < MEGABYTES_10)
    throw refuse('BytesScannedCutoffPerQuery must be at least 10000000');
  const { BytesScannedCutoffPerQuery: present, ...rest } = raw.Configuration ?? {};
  const kept = updates?.RemoveBytesScannedCutoffPerQuery === true ? undefined : (limit ?? present);
  raw.Configuration = { ...rest, ...(kept === undefined ? {} : { BytesScannedCutoffPerQuery: kept }) };
  if (input.State !== undefined) raw.State = input.State;
  return {};
}

const nameOf = (arn: string | undefined): string => (arn ?? '').split(':workgroup/')[1] ?? '';

function listTags(
  input: ListTagsForResourceInput,
  context: RequestContext,
): Output<ListTagsForResourceOutput> {
  return { Tags: listed(need(context, nameOf(input.ResourceARN)).data.tags) };
}

function tagResource(input: TagResourceInput, context: RequestContext): Record<string, never> {
  retag(need(context, nameOf(input.ResourceARN)).data, input.Tags);
  return {};
}

function untagResource(input: UntagResourceInput, context: RequestContext): Record<string, never> {
  retag(need(context, nameOf(input.ResourceARN)).data, [], input.TagKeys);
  return {};
}

/** Amazon Athena: work groups. */
export const athena: ServiceDefinition = {
  iamPrefix: 'athena',
  handlers: {
    ListWorkGroups: listWorkGroups,
    GetWorkGroup: getWorkGroup,
    UpdateWorkGroup: updateWorkGroup,
    ListTagsForResource: listTags,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
};
