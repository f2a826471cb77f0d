import type {
  DeleteProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
  PutProvisionedConcurrencyConfigRequest,
  PutProvisionedConcurrencyConfigResponse,
} from '@aws-sdk/client-lambda';
import type { Output, RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { invalid, need } from './lookup.ts';
import { lambdaStore, lambdaTime } from './store.ts';

type Config = Output<GetProvisionedConcurrencyConfigResponse>;

function config(executions: number, now: number): Config {
  return {
    RequestedProvisionedConcurrentExecutions: executions,
    AvailableProvisionedConcurrentExecutions: executions,
    AllocatedProvisionedConcurrentExecutions: executions,
    Status: 'READY',
    LastModified: lambdaTime(now),
  };
}

/** All settings of a function; the call is paged, but no function has so many. */
export function listProvisionedConcurrencyConfigs(
  input: ListProvisionedConcurrencyConfigsRequest,
  context: RequestContext,
): Output<ListProvisionedConcurrencyConfigsResponse> {
  const { configuration, provisioned } = need(context, input.FunctionName).data;
  return {
    ProvisionedConcurrencyConfigs: [...provisioned].map(([qualifier, executions]) => ({
      FunctionArn: `${configuration.FunctionArn}:${qualifier}`,
      ...config(executions, context.now),
    })),
  };
}

export function getProvisionedConcurrencyConfig(
  input: GetProvisionedConcurrencyConfigRequest,
  context: RequestContext,
): Config {
  const executions = need(context, input.FunctionName).data.provisioned.get(input.Qualifier ?? '');
  if (executions === undefined)
    throw new AwsError(
      'ProvisionedConcurrencyConfigNotFoundException',
      `No Provisioned Concurrency Config found for this function`,
      404,
    );
  return config(executions, context.now);
}

export function putProvisionedConcurrencyConfig(
  input: PutProvisionedConcurrencyConfigRequest,
  context: RequestContext,
): Output<PutProvisionedConcurrencyConfigResponse> {
  const { data } = need(context, input.FunctionName);
  const qualifier = input.Qualifier ?? '';
  if (qualifier === '' || qualifier === '$LATEST')
    throw invalid('Provisioned Concurrency Configs cannot be applied to unpublished function versions.');
  const executions = input.ProvisionedConcurrentExecutions ?? 0;
  if (executions < 1) throw invalid('Value at provisionedConcurrentExecutions must be at least 1');
  data.provisioned.set(qualifier, executions);
  context.store(lambdaStore).note(data);
  context.response.status = 202;
  return config(executions, context.now);
}

export function deleteProvisionedConcurrencyConfig(
  input: DeleteProvisionedConcurrencyConfigRequest,
  context: RequestContext,
): void {
  const { data } = need(context, input.FunctionName);
  data.provisioned.delete(input.Qualifier ?? '');
  context.store(lambdaStore).note(data);
  context.response.status = 204;
}
