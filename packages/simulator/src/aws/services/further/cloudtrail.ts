import type {
  AddTagsRequest,
  DescribeTrailsRequest,
  DescribeTrailsResponse,
  EventSelector,
  GetEventSelectorsRequest,
  GetEventSelectorsResponse,
  GetTrailStatusRequest,
  GetTrailStatusResponse,
  ListTagsRequest,
  ListTagsResponse,
  RemoveTagsRequest,
  StartLoggingRequest,
  StopLoggingRequest,
  Trail,
} from '@aws-sdk/client-cloudtrail';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { listed, retag, shelfStore, type Item, type Kind } from '../shelf.ts';

/** A trail with whether it writes, what, and how much of it is charged. */
export interface TrailRecord extends Trail {
  isLogging: boolean;
  readonly selectors: readonly EventSelector[];
  /** Management events per hour beyond the free first copy. */
  readonly paidEventsPerHour: number;
}

export const trail: Kind<TrailRecord> = {
  name: 'cloudtrail.trail',
  id: (raw) => raw.Name ?? '',
  arn: (_shelf, raw) => raw.TrailARN ?? '',
  rates: (raw) =>
    raw.isLogging && raw.paidEventsPerHour > 0
      ? [
          {
            service: 'AWS CloudTrail',
            productCode: 'AWSCloudTrail',
            usage: 'PaidEventsRecorded',
            operation: 'None',
            unit: 'Events',
            price: 0.00002,
            perHour: raw.paidEventsPerHour,
            pattern: 'traffic' as const,
          },
        ]
      : [],
};

function need(context: RequestContext, reference: string | undefined): Entity<Item<TrailRecord>> {
  const items = context.store(shelfStore).of(trail);
  const found = items.get(reference ?? '') ?? items.list().find((e) => e.data.arn === reference);
  if (!found) throw new AwsError('TrailNotFoundException', `Unknown trail: ${reference ?? ''}`, 400);
  return found;
}

function view({ data }: Entity<Item<TrailRecord>>): Trail {
  const { isLogging: _logging, selectors: _selectors, paidEventsPerHour: _paid, ...raw } = data.raw;
  return raw;
}

/** Trails of this region; copies of trails of other regions only on demand, which is not simulated. */
function describeTrails(
  input: DescribeTrailsRequest,
  context: RequestContext,
): Output<DescribeTrailsResponse> {
  const names = input.trailNameList ?? [];
  const all = context.store(shelfStore).of(trail).list();
  return {
    trailList: all
      .filter((e) => names.length === 0 || names.includes(e.id) || names.includes(e.data.arn))
      .map(view),
  };
}

function getTrailStatus(
  input: GetTrailStatusRequest,
  context: RequestContext,
): Output<GetTrailStatusResponse> {
  return { IsLogging: need(context, input.Name).data.raw.isLogging };
}

function getEventSelectors(
  input: GetEventSelectorsRequest,
  context: RequestContext,
): Output<GetEventSelectorsResponse> {
  const { arn, raw } = need(context, input.TrailName).data;
  return { TrailARN: arn, EventSelectors: [...raw.selectors] };
}

function setLogging(context: RequestContext, name: string | undefined, on: boolean): Record<string, never> {
  const entity = need(context, name);
  entity.data.raw.isLogging = on;
  context.store(shelfStore).changed(entity);
  return {};
}

function startLogging(input: StartLoggingRequest, context: RequestContext): Record<string, never> {
  return setLogging(context, input.Name, true);
}

function stopLogging(input: StopLoggingRequest, context: RequestContext): Record<string, never> {
  return setLogging(context, input.Name, false);
}

function listTags(input: ListTagsRequest, context: RequestContext): Output<ListTagsResponse> {
  return {
    ResourceTagList: (input.ResourceIdList ?? []).map((ResourceId) => ({
      ResourceId,
      TagsList: listed(need(context, ResourceId).data.tags),
    })),
  };
}

function addTags(input: AddTagsRequest, context: RequestContext): Record<string, never> {
  retag(need(context, input.ResourceId).data, input.TagsList);
  return {};
}

function removeTags(input: RemoveTagsRequest, context: RequestContext): Record<string, never> {
  retag(
    need(context, input.ResourceId).data,
    [],
    (input.TagsList ?? []).flatMap((t) => t.Key ?? []),
  );
  return {};
}

/** AWS CloudTrail: trails and whether they write. */
export const cloudtrail: ServiceDefinition = {
  iamPrefix: 'cloudtrail',
  handlers: {
    DescribeTrails: describeTrails,
    GetTrailStatus: getTrailStatus,
    GetEventSelectors: getEventSelectors,
    StartLogging: startLogging,
    StopLogging: stopLogging,
    ListTags: listTags,
    AddTags: addTags,
    RemoveTags: removeTags,
  },
};
