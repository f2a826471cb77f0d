import type {
  AddTagsToStreamInput,
  DescribeStreamSummaryInput,
  DescribeStreamSummaryOutput,
  ListStreamsInput,
  ListStreamsOutput,
  ListTagsForStreamInput,
  ListTagsForStreamOutput,
  RemoveTagsFromStreamInput,
  StreamDescriptionSummary,
  UpdateShardCountInput,
  UpdateShardCountOutput,
  UpdateStreamModeInput,
} from '@aws-sdk/client-kinesis';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { regional } from '../../prices/regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { listed, pageOf, shelfStore, type Item, type Kind } from '../shelf.ts';

const refuse = (message: string): AwsError => new AwsError('InvalidArgumentException', message, 400);

export const stream: Kind<StreamDescriptionSummary> = {
  name: 'kinesis.stream',
  id: (raw) => raw.StreamName ?? '',
  arn: (shelf, raw) => shelf.arn('kinesis', `stream/${raw.StreamName}`),
  rates(raw, region) {
    const onDemand = raw.StreamModeDetails?.StreamMode === 'ON_DEMAND';
    return [
      {
        service: 'Amazon Kinesis',
        productCode: 'AmazonKinesis',
        usage: onDemand ? 'OnDemand-StreamHour' : 'Storage-ShardHour',
        operation: onDemand ? 'OnDemandStreamHr' : 'shardHourStorage',
        unit: onDemand ? 'StreamHr' : 'ShardHour',
        price: regional(region, 'uniform', onDemand ? 0.04 : 0.015),
        perHour: onDemand ? 1 : (raw.OpenShardCount ?? 1),
      },
    ];
  },
};

function need(context: RequestContext, name: string | undefined): Entity<Item<StreamDescriptionSummary>> {
  const found = context
    .store(shelfStore)
    .of(stream)
    .get(name ?? '');
  if (!found)
    throw new AwsError(
      'ResourceNotFoundException',
      `Stream ${name ?? ''} under account ${context.account.id} not found.`,
    );
  return found;
}

const nameOf = (name: string | undefined, arn: string | undefined): string =>
  name ?? (arn ?? '').split(':stream/')[1] ?? '';

function listStreams(input: ListStreamsInput, context: RequestContext): Output<ListStreamsOutput> {
  const all = context.store(shelfStore).of(stream).list();
  const page = pageOf(all, input.NextToken, input.Limit, 1000, context, refuse);
  return {
    StreamNames: page.items.map((e) => e.id),
    HasMoreStreams: page.next !== undefined,
    NextToken: page.next,
  };
}

function describeStreamSummary(
  input: DescribeStreamSummaryInput,
  context: RequestContext,
): Output<DescribeStreamSummaryOutput> {
  return {
    StreamDescriptionSummary: { ...need(context, nameOf(input.StreamName, input.StreamARN)).data.raw },
  };
}

function listTags(input: ListTagsForStreamInput, context: RequestContext): Output<ListTagsForStreamOutput> {
  const { tags } = need(context, nameOf(input.StreamName, input.StreamARN)).data;
  return { Tags: listed(tags), HasMoreTags: false };
}

function addTags(input: AddTagsToStreamInput, context: RequestContext): void {
  const { tags } = need(context, nameOf(input.StreamName, input.StreamARN)).data;
  for (const [key, value] of Object.entries(input.Tags ?? {})) tags.set(key, value);
}

function removeTags(input: RemoveTagsFromStreamInput, context: RequestContext): void {
  const { tags } = need(context, nameOf(input.StreamName, input.StreamARN)).data;
  for (const key of input.TagKeys ?? []) tags.delete(key);
}

function begin(entity: Entity<Item<StreamDescriptionSummary>>): StreamDescriptionSummary {
  const { raw } = entity.data;
  if (raw.StreamStatus !== 'ACTIVE')
    throw new AwsError(
      'ResourceInUseException',
      `Stream ${entity.id} not ACTIVE, instead in state ${raw.StreamStatus}`,
    );
  raw.StreamStatus = 'UPDATING';
  return raw;
}

function updateStreamMode(input: UpdateStreamModeInput, context: RequestContext): void {
  const entity = need(context, nameOf(undefined, input.StreamARN));
  const mode = input.StreamModeDetails?.StreamMode ?? 'PROVISIONED';
  const raw = begin(entity);
  context.store(shelfStore).later(entity, 60, () => {
    raw.StreamStatus = 'ACTIVE';
    raw.StreamModeDetails = { StreamMode: mode };
  });
}

function updateShardCount(
  input: UpdateShardCountInput,
  context: RequestContext,
): Output<UpdateShardCountOutput> {
  const entity = need(context, nameOf(input.StreamName, input.StreamARN));
  const present = entity.data.raw.OpenShardCount ?? 1;
  const target = input.TargetShardCount ?? present;
  if (entity.data.raw.StreamModeDetails?.StreamMode === 'ON_DEMAND')
    throw new AwsError('ValidationException', 'Shards of an on-demand stream can not be set', 400);
  if (target > present * 2 || target < present / 2)
    throw refuse(
      `UpdateShardCount cannot scale from ${present} to ${target}: at most double or half at once.`,
    );
  const raw = begin(entity);
  context.store(shelfStore).later(entity, 60, () => {
    raw.StreamStatus = 'ACTIVE';
    raw.OpenShardCount = target;
  });
  return { StreamName: entity.id, CurrentShardCount: present, TargetShardCount: target };
}

/** Amazon Kinesis Data Streams. */
export const kinesis: ServiceDefinition = {
  iamPrefix: 'kinesis',
  handlers: {
    ListStreams: listStreams,
    DescribeStreamSummary: describeStreamSummary,
    ListTagsForStream: listTags,
    AddTagsToStream: addTags,
    RemoveTagsFromStream: removeTags,
    UpdateStreamMode: updateStreamMode,
    UpdateShardCount: updateShardCount,
  },
};
