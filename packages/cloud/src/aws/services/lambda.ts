import type * as LambdaSdk from '@aws-sdk/client-lambda';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Json, Resource, ResourceState } from '../../resource.ts';
import { LAMBDA } from '../clients.ts';
import { relations, resource, stateOf, toAttributes } from '../../shared/normalise.ts';
import { arn, ec2Arn, type Scope, type TypeReader } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { described, orUnreadable, orNoTags } from './lenient.ts';

type LambdaHandle = ServiceHandle<typeof LambdaSdk>;

const STATES: Readonly<Record<string, ResourceState>> = {
  Active: 'active',
  Pending: 'creating',
  // Idle for weeks; the next call wakes it.
  Inactive: 'active',
  Failed: 'failed',
  Deactivating: 'stopping',
  Deactivated: 'stopped',
  ActiveNonInvocable: 'failed',
  Deleting: 'deleting',
};

const FUNCTION = {
  id: 'aws.lambda.function',
  label: 'Lambda function',
  category: 'serverless',
  taggable: true,
} as const;

/**
 * ListFunctions leaves these out (API reference), GetFunction has them. Kept, a resource would
 * seem to change with each way of reading it; the state itself is normalised.
 */
const ONLY_IN_DETAIL = [
  'State',
  'StateReason',
  'StateReasonCode',
  'LastUpdateStatus',
  'LastUpdateStatusReason',
  'LastUpdateStatusReasonCode',
  'RuntimeVersionConfig',
];

/** Tags and provisioned concurrency are a call each per function. */
const TAGS_AT_ONCE = 4;

function functionResource(
  scope: Scope,
  raw: FunctionConfiguration,
  tags: Record<string, string>,
  provisioned: Json,
): Resource {
  const id = raw.FunctionName ?? '';
  const attributes: Record<string, Json> = {
    ...toAttributes(raw, ONLY_IN_DETAIL),
    ProvisionedConcurrency: provisioned,
  };
  // Values of environment variables are secrets as often as not; their names are enough.
  if (raw.Environment)
    attributes['Environment'] = { VariableNames: Object.keys(raw.Environment.Variables ?? {}) };
  return resource({
    type: FUNCTION.id,
    nativeId: raw.FunctionArn ?? arn(scope, 'lambda', `function:${id}`),
    id,
    region: scope.region,
    state: stateOf(STATES, raw.State),
    // Lists have no state; a function that works looks the same in both.
    stateRaw: raw.State === 'Active' ? undefined : raw.State,
    tags,
    createdAt: raw.LastModified,
    size: {
      sku: raw.Runtime,
      memoryGiB: raw.MemorySize === undefined ? undefined : raw.MemorySize / 1024,
      storageGiB: raw.EphemeralStorage?.Size === undefined ? undefined : raw.EphemeralStorage.Size / 1024,
    },
    relations: relations(
      ['uses', raw.Role],
      ['in_network', raw.VpcConfig?.VpcId && ec2Arn(scope, 'vpc', raw.VpcConfig.VpcId)],
      ...(raw.VpcConfig?.SubnetIds ?? []).map((s) => ['in_subnet', ec2Arn(scope, 'subnet', s)] as const),
      ...(raw.VpcConfig?.SecurityGroupIds ?? []).map(
        (g) => ['protected_by', ec2Arn(scope, 'security-group', g)] as const,
      ),
    ),
    attributes,
  });
}

/** Provisioned concurrency by version or alias; `unreadable` where it may not be read. */
async function provisionedOf(lambda: LambdaHandle, raw: FunctionConfiguration, scope: Scope): Promise<Json> {
  const answer = await orUnreadable(
    lambda.send(
      new lambda.sdk.ListProvisionedConcurrencyConfigsCommand({ FunctionName: raw.FunctionName }),
      scope,
    ),
  );
  if (!answer) return { unreadable: 'lambda:ListProvisionedConcurrencyConfigs' };
  return (answer.ProvisionedConcurrencyConfigs ?? []).map((entry) => ({
    Qualifier: entry.FunctionArn?.split(':')[7] ?? '',
    Requested: entry.RequestedProvisionedConcurrentExecutions ?? 0,
  }));
}

async function detailed(
  lambda: LambdaHandle,
  raw: FunctionConfiguration,
  scope: Scope,
  tags: Promise<Record<string, string>>,
): Promise<Resource> {
  const [known, provisioned] = await Promise.all([tags, provisionedOf(lambda, raw, scope)]);
  return functionResource(scope, raw, known, provisioned);
}

function tagsOf(
  lambda: LambdaHandle,
  raw: FunctionConfiguration,
  scope: Scope,
): Promise<Record<string, string>> {
  return orNoTags(
    lambda
      .send(new lambda.sdk.ListTagsCommand({ Resource: raw.FunctionArn }), scope)
      .then((answer) => answer.Tags ?? {}),
  );
}

export const functions: TypeReader = {
  type: FUNCTION,
  async *list(scope) {
    const lambda = await scope.session.open(LAMBDA, scope.region);
    const found = lambda.pages('ListFunctions', async (Marker) => {
      const answer = await lambda.send(new lambda.sdk.ListFunctionsCommand({ Marker, MaxItems: 50 }), scope);
      return { items: answer.Functions ?? [], next: answer.NextMarker };
    });
    yield* described(found, TAGS_AT_ONCE, (raw) => detailed(lambda, raw, scope, tagsOf(lambda, raw, scope)));
  },
  async inspect(scope, ref) {
    const lambda = await scope.session.open(LAMBDA, scope.region);
    const answer = await lambda.send(new lambda.sdk.GetFunctionCommand({ FunctionName: ref.id }), scope);
    return (
      answer.Configuration &&
      detailed(lambda, answer.Configuration, scope, Promise.resolve(answer.Tags ?? {}))
    );
  },
};
