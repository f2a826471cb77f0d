import type {
  DeleteSecretRequest,
  DeleteSecretResponse,
  DescribeSecretRequest,
  DescribeSecretResponse,
  ListSecretsRequest,
  ListSecretsResponse,
  RestoreSecretRequest,
  RestoreSecretResponse,
  SecretListEntry,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-secrets-manager';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { HOURS_PER_MONTH } from '../../prices/prices.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { listed, pageOf, retag, shelfStore, type Item, type Kind } from '../shelf.ts';

const refuse = (message: string): AwsError => new AwsError('InvalidParameterException', message, 400);
const DAY_MS = 86_400_000;

/** A secret that waits for its end is not charged. */
export const secret: Kind<SecretListEntry> = {
  name: 'secretsmanager.secret',
  id: (raw) => raw.Name ?? '',
  arn: (_shelf, raw) => raw.ARN ?? '',
  rates: (raw) =>
    raw.DeletedDate
      ? []
      : [
          {
            service: 'AWS Secrets Manager',
            productCode: 'AWSSecretsManager',
            usage: 'AWSSecretsManager-Secrets',
            operation: '',
            unit: 'Secrets',
            price: 0.4,
            perHour: 1 / HOURS_PER_MONTH,
          },
        ],
};

function need(context: RequestContext, reference: string | undefined): Entity<Item<SecretListEntry>> {
  const items = context.store(shelfStore).of(secret);
  const found = items.get(reference ?? '') ?? items.list().find((e) => e.data.arn === reference);
  if (!found)
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.", 400);
  return found;
}

function listSecrets(input: ListSecretsRequest, context: RequestContext): Output<ListSecretsResponse> {
  const all = context
    .store(shelfStore)
    .of(secret)
    .list()
    .filter((e) => input.IncludePlannedDeletion === true || e.data.raw.DeletedDate === undefined);
  const page = pageOf(all, input.NextToken, input.MaxResults, 100, context, refuse);
  return {
    SecretList: page.items.map(({ data }) => ({ ...data.raw, Tags: listed(data.tags) })),
    NextToken: page.next,
  };
}

function describeSecret(
  input: DescribeSecretRequest,
  context: RequestContext,
): Output<DescribeSecretResponse> {
  const { raw, tags } = need(context, input.SecretId).data;
  const { SecretVersionsToStages: versions, ...rest } = raw;
  return { ...rest, VersionIdsToStages: versions, Tags: listed(tags) };
}

function deleteSecret(input: DeleteSecretRequest, context: RequestContext): Output<DeleteSecretResponse> {
  const entity = need(context, input.SecretId);
  const days = input.RecoveryWindowInDays ?? 30;
  if (days < 7 || days > 30) throw refuse('The RecoveryWindowInDays value must be between 7 and 30 days.');
  const shelf = context.store(shelfStore);
  entity.data.raw.DeletedDate = new Date(context.now);
  shelf.changed(entity);
  const end = context.now + days * DAY_MS;
  shelf.of(secret).schedule(entity, end, () => void shelf.of(secret).delete(entity.id));
  return { ARN: entity.data.arn, Name: entity.id, DeletionDate: new Date(end) };
}

function restoreSecret(input: RestoreSecretRequest, context: RequestContext): Output<RestoreSecretResponse> {
  const entity = need(context, input.SecretId);
  entity.pending = [];
  entity.data.raw.DeletedDate = undefined;
  context.store(shelfStore).changed(entity);
  return { ARN: entity.data.arn, Name: entity.id };
}

function tagResource(input: TagResourceRequest, context: RequestContext): void {
  retag(need(context, input.SecretId).data, input.Tags);
}

function untagResource(input: UntagResourceRequest, context: RequestContext): void {
  retag(need(context, input.SecretId).data, [], input.TagKeys);
}

/** AWS Secrets Manager, without the secrets. */
export const secretsmanager: ServiceDefinition = {
  iamPrefix: 'secretsmanager',
  handlers: {
    ListSecrets: listSecrets,
    DescribeSecret: describeSecret,
    DeleteSecret: deleteSecret,
    RestoreSecret: restoreSecret,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
};
