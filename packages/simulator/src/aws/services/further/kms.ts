import type {
  CancelKeyDeletionRequest,
  CancelKeyDeletionResponse,
  DescribeKeyRequest,
  DescribeKeyResponse,
  DisableKeyRequest,
  EnableKeyRequest,
  KeyMetadata,
  KeyState,
  ListKeysRequest,
  ListKeysResponse,
  ListResourceTagsRequest,
  ListResourceTagsResponse,
  ScheduleKeyDeletionRequest,
  ScheduleKeyDeletionResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-kms';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { HOURS_PER_MONTH } from '../../prices/prices.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { pageOf, shelfStore, type Item, type Kind } from '../shelf.ts';

const refuse = (message: string): AwsError => new AwsError('InvalidMarkerException', message, 400);
const DAY_MS = 86_400_000;

/** Keys of AWS's own services are free; so are keys that wait for their end. */
export const key: Kind<KeyMetadata> = {
  name: 'kms.key',
  id: (raw) => raw.KeyId ?? '',
  arn: (_shelf, raw) => raw.Arn ?? '',
  rates: (raw) =>
    raw.KeyManager !== 'CUSTOMER' || raw.KeyState === 'PendingDeletion'
      ? []
      : [
          {
            service: 'AWS Key Management Service',
            productCode: 'awskms',
            usage: 'KMS-Keys',
            operation: 'Unknown',
            unit: 'Keys',
            price: 1,
            perHour: 1 / HOURS_PER_MONTH,
          },
        ],
};

function need(context: RequestContext, reference: string | undefined): Entity<Item<KeyMetadata>> {
  const id = (reference ?? '').split(':key/').pop() ?? '';
  const found = context.store(shelfStore).of(key).get(id);
  if (!found) throw new AwsError('NotFoundException', `Key '${reference ?? ''}' does not exist`, 400);
  return found;
}

function listKeys(input: ListKeysRequest, context: RequestContext): Output<ListKeysResponse> {
  const all = context.store(shelfStore).of(key).list();
  const page = pageOf(all, input.Marker, input.Limit, 1000, context, refuse);
  return {
    Keys: page.items.map((e) => ({ KeyId: e.id, KeyArn: e.data.arn })),
    Truncated: page.next !== undefined,
    NextMarker: page.next,
  };
}

function describeKey(input: DescribeKeyRequest, context: RequestContext): Output<DescribeKeyResponse> {
  return { KeyMetadata: { ...need(context, input.KeyId).data.raw } };
}

function listResourceTags(
  input: ListResourceTagsRequest,
  context: RequestContext,
): Output<ListResourceTagsResponse> {
  const { tags } = need(context, input.KeyId).data;
  return { Tags: [...tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue })), Truncated: false };
}

function tagResource(input: TagResourceRequest, context: RequestContext): void {
  const { tags } = need(context, input.KeyId).data;
  for (const { TagKey = '', TagValue = '' } of input.Tags ?? []) tags.set(TagKey, TagValue);
}

function untagResource(input: UntagResourceRequest, context: RequestContext): void {
  const { tags } = need(context, input.KeyId).data;
  for (const name of input.TagKeys ?? []) tags.delete(name);
}

function requireState(entity: Entity<Item<KeyMetadata>>, refused: KeyState, allowed: boolean): void {
  const { KeyState: state } = entity.data.raw;
  if ((state === refused) === allowed) return;
  throw new AwsError(
    'KMSInvalidStateException',
    `${entity.data.arn} is ${state === 'PendingDeletion' ? 'pending deletion' : state}.`,
    400,
  );
}

function setEnabled(context: RequestContext, id: string | undefined, enabled: boolean): void {
  const entity = need(context, id);
  requireState(entity, 'PendingDeletion', false);
  entity.data.raw.Enabled = enabled;
  entity.data.raw.KeyState = enabled ? 'Enabled' : 'Disabled';
}

function enableKey(input: EnableKeyRequest, context: RequestContext): void {
  setEnabled(context, input.KeyId, true);
}

function disableKey(input: DisableKeyRequest, context: RequestContext): void {
  setEnabled(context, input.KeyId, false);
}

function scheduleKeyDeletion(
  input: ScheduleKeyDeletionRequest,
  context: RequestContext,
): Output<ScheduleKeyDeletionResponse> {
  const entity = need(context, input.KeyId);
  requireState(entity, 'PendingDeletion', false);
  const days = input.PendingWindowInDays ?? 30;
  if (days < 7 || days > 30) throw new AwsError('ValidationException', 'between 7 and 30 days', 400);
  const { raw } = entity.data;
  const end = context.now + days * DAY_MS;
  Object.assign(raw, { KeyState: 'PendingDeletion', Enabled: false, DeletionDate: new Date(end) });
  const shelf = context.store(shelfStore);
  shelf.changed(entity);
  shelf.of(key).schedule(entity, end, () => void shelf.of(key).delete(entity.id));
  return { KeyId: entity.data.arn, DeletionDate: raw.DeletionDate, KeyState: 'PendingDeletion' };
}

/** The key is disabled afterwards, as on AWS. */
function cancelKeyDeletion(
  input: CancelKeyDeletionRequest,
  context: RequestContext,
): Output<CancelKeyDeletionResponse> {
  const entity = need(context, input.KeyId);
  requireState(entity, 'PendingDeletion', true);
  entity.pending = [];
  const { raw } = entity.data;
  raw.KeyState = 'Disabled';
  delete raw.DeletionDate;
  context.store(shelfStore).changed(entity);
  return { KeyId: entity.data.arn };
}

/** AWS Key Management Service: keys, their states and tags. */
export const kms: ServiceDefinition = {
  iamPrefix: 'kms',
  handlers: {
    ListKeys: listKeys,
    DescribeKey: describeKey,
    ListResourceTags: listResourceTags,
    TagResource: tagResource,
    UntagResource: untagResource,
    EnableKey: enableKey,
    DisableKey: disableKey,
    ScheduleKeyDeletion: scheduleKeyDeletion,
    CancelKeyDeletion: cancelKeyDeletion,
  },
};
