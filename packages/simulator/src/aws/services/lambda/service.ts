import { createHash } from 'node:crypto';
import type {
  CreateFunctionRequest,
  DeleteFunctionRequest,
  FunctionConfiguration,
  GetAccountSettingsResponse,
  GetFunctionConfigurationRequest,
  GetFunctionRequest,
  GetFunctionResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
  ListTagsRequest,
  ListTagsResponse,
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse,
  TagResourceRequest,
  UntagResourceRequest,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { Output, RequestContext, ResourceRef, ServiceDefinition } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { readObject } from '../s3/objects.ts';
import {
  deleteProvisionedConcurrencyConfig,
  getProvisionedConcurrencyConfig,
  listProvisionedConcurrencyConfigs,
  putProvisionedConcurrencyConfig,
} from './concurrency.ts';
import { invalid, nameOf, need, RETIRED, RUNTIMES, view } from './lookup.ts';
import { checkPackage } from './package.ts';
import { addFunction, lambdaStore, lambdaTime, type FunctionEntity } from './store.ts';

function packageOf(
  input: {
    ZipFile?: Uint8Array | undefined;
    S3Bucket?: string | undefined;
    S3Key?: string | undefined;
    ImageUri?: string | undefined;
  },
  context: RequestContext,
): Uint8Array {
  if (input.ImageUri !== undefined) throw invalid('Container images are not supported by this simulator');
  if (input.ZipFile) {
    checkPackage(input.ZipFile, context.http.body.length, context.operation, true);
    return input.ZipFile;
  }
  if (!input.S3Bucket || !input.S3Key) throw invalid('Please provide a source for function code.');
  const object = readObject(context.world, input.S3Bucket, input.S3Key);
  if (!object)
    throw invalid(
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    );
  checkPackage(object, 0, context.operation, false);
  return object;
}

function checkSettings(memory: number | undefined, timeout: number | undefined): void {
  if (memory !== undefined && (!Number.isInteger(memory) || memory < 128 || memory > 10_240)) {
    throw invalid(
      `1 validation error detected: Value '${memory}' at 'memorySize' failed to satisfy constraint: Member must have value between 128 and 10240`,
    );
  }
  if (timeout !== undefined && (!Number.isInteger(timeout) || timeout < 1 || timeout > 900)) {
    throw invalid(
      `1 validation error detected: Value '${timeout}' at 'timeout' failed to satisfy constraint: Member must have value between 1 and 900`,
    );
  }
}

function checkRole(role: string | undefined, context: RequestContext): string {
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/.+/.test(role ?? '')) {
    throw invalid(
      `1 validation error detected: Value '${role ?? ''}' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+`,
    );
  }
  const name = (role ?? '').split('/').pop() ?? '';
  const account = (role ?? '').split(':')[4];
  if (account === context.account.id && !context.account.identity.roles.has(name)) {
    throw invalid('The role defined for the function cannot be assumed by Lambda.');
  }
  context.authorize('iam:PassRole', role ?? '');
  return role ?? '';
}

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('base64');

/** Creates a function in state `Pending`; it is `Active` after some seconds. */
function createFunction(input: CreateFunctionRequest, context: RequestContext): FunctionConfiguration {
  const store = context.store(lambdaStore);
  const name = nameOf(input.FunctionName);
  if (!/^[a-zA-Z0-9-_]{1,64}$/.test(name)) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9-_]+ and have length less than or equal to 64`,
      400,
    );
  }
  const runtime = input.Runtime ?? '';
  if (RETIRED.includes(runtime))
    throw invalid(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  if (!RUNTIMES.includes(runtime))
    throw invalid(
      `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${RUNTIMES.join(', ')}] or be a valid ARN`,
    );
  if (!input.Handler || /\s/.test(input.Handler) || input.Handler.length > 128)
    throw invalid('Handler is not valid');
  checkSettings(input.MemorySize, input.Timeout);
  const zip = packageOf(input.Code ?? {}, context);
  const role = checkRole(input.Role, context);
  if (store.functions.get(name)) {
    throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409, {
      fields: { Type: 'User' },
    });
  }
  const entity = addFunction(store, {
    name,
    runtime,
    handler: input.Handler,
    role,
    codeSize: zip.length,
    codeSha256: sha256(zip),
    memoryMb: input.MemorySize,
    timeoutSeconds: input.Timeout,
    architecture: input.Architectures?.[0],
    description: input.Description,
    environment: input.Environment?.Variables,
    tags: input.Tags ?? {},
  });
  entity.data.code = zip;
  const { configuration } = entity.data;
  Object.assign(configuration, {
    State: 'Pending',
    StateReason: 'The function is being created.',
    StateReasonCode: 'Creating',
    LastUpdateStatus: undefined,
  });
  store.functions.schedule(entity, store.world.after(8), () => {
    Object.assign(configuration, {
      State: 'Active',
      StateReason: undefined,
      StateReasonCode: undefined,
      LastUpdateStatus: 'Successful',
    });
  });
  context.response.status = 201;
  return view(configuration);
}

function requireSettled(entity: FunctionEntity): void {
  const { State, LastUpdateStatus } = entity.data.configuration;
  if (State !== 'Pending' && LastUpdateStatus !== 'InProgress') return;
  throw new AwsError(
    'ResourceConflictException',
    `The operation cannot be performed at this time. ${State === 'Pending' ? 'The function is currently in the following state: Pending' : `An update is in progress for resource: ${entity.data.configuration.FunctionArn}`}`,
    409,
    { fields: { Type: 'User' } },
  );
}

function beginUpdate(context: RequestContext, entity: FunctionEntity): FunctionConfiguration {
  const store = context.store(lambdaStore);
  const { configuration } = entity.data;
  configuration.LastModified = lambdaTime(context.now);
  configuration.LastUpdateStatus = 'InProgress';
  store.note(entity.data);
  store.functions.schedule(entity, store.world.after(6), () => {
    configuration.LastUpdateStatus = 'Successful';
  });
  return view(configuration);
}

function updateFunctionConfiguration(
  input: UpdateFunctionConfigurationRequest,
  context: RequestContext,
): FunctionConfiguration {
  const entity = need(context, input.FunctionName);
  requireSettled(entity);
  checkSettings(input.MemorySize, input.Timeout);
  const { configuration } = entity.data;
  if (input.Role !== undefined) configuration.Role = checkRole(input.Role, context);
  if (input.MemorySize !== undefined) configuration.MemorySize = input.MemorySize;
  if (input.Timeout !== undefined) configuration.Timeout = input.Timeout;
  if (input.Description !== undefined) configuration.Description = input.Description;
  if (input.Handler !== undefined) configuration.Handler = input.Handler;
  if (input.Environment !== undefined)
    configuration.Environment = { Variables: { ...input.Environment.Variables } };
  if (input.Runtime !== undefined) {
    if (!RUNTIMES.includes(input.Runtime))
      throw invalid(`Value ${input.Runtime} at 'runtime' failed to satisfy constraint`);
    configuration.Runtime = input.Runtime;
  }
  return beginUpdate(context, entity);
}

function updateFunctionCode(
  input: UpdateFunctionCodeRequest,
  context: RequestContext,
): FunctionConfiguration {
  const entity = need(context, input.FunctionName);
  requireSettled(entity);
  const zip = packageOf(input, context);
  const { configuration } = entity.data;
  configuration.CodeSize = zip.length;
  configuration.CodeSha256 = sha256(zip);
  if (input.Architectures) configuration.Architectures = input.Architectures;
  entity.data.code = zip;
  return beginUpdate(context, entity);
}

function deleteFunction(input: DeleteFunctionRequest, context: RequestContext): void {
  const store = context.store(lambdaStore);
  const entity = need(context, input.FunctionName);
  store.functions.delete(entity.id);
  store.note(entity.data, true);
  context.response.status = 204;
}

function listFunctions(input: ListFunctionsRequest, context: RequestContext): Output<ListFunctionsResponse> {
  const { Marker: token, MaxItems: limit, ...parameters } = input;
  if (limit !== undefined && (limit < 1 || limit > 10_000))
    throw invalid(`Value '${limit}' at 'maxItems' failed to satisfy constraint`);
  const all = context
    .store(lambdaStore)
    .functions.list()
    .filter((e) => context.isVisible(e.createdAt));
  const page = paginate(
    all,
    {
      token,
      // However many are asked for, a page holds at most 50.
      limit: Math.min(limit ?? 50, 50),
      defaultLimit: 50,
      parameters,
      keyOf: (e) => e.id,
      invalidToken: () => invalid('Invalid Marker'),
    },
    context,
  );
  // Lists leave out the state, as Lambda documents.
  const functions = page.items.map(({ data }) => {
    const {
      State: _s,
      StateReason: _r,
      StateReasonCode: _c,
      LastUpdateStatus: _l,
      ...rest
    } = data.configuration;
    return rest;
  });
  return { Functions: functions, NextMarker: page.nextToken };
}

function getFunction(input: GetFunctionRequest, context: RequestContext): Output<GetFunctionResponse> {
  const { configuration, tags } = need(context, input.FunctionName).data;
  return {
    Configuration: view(configuration),
    Code: {
      RepositoryType: 'S3',
      Location: `https://awslambda-${context.region}-tasks.s3.${context.region}.amazonaws.com/snapshots/${context.account.id}/${configuration.FunctionName}`,
    },
    ...(tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {}),
  };
}

function getFunctionConfiguration(
  input: GetFunctionConfigurationRequest,
  context: RequestContext,
): FunctionConfiguration {
  return view(need(context, input.FunctionName).data.configuration);
}

function listVersionsByFunction(
  input: ListVersionsByFunctionRequest,
  context: RequestContext,
): Output<ListVersionsByFunctionResponse> {
  const { configuration } = need(context, input.FunctionName).data;
  return { Versions: [{ ...configuration, FunctionArn: `${configuration.FunctionArn}:$LATEST` }] };
}

function listTags(input: ListTagsRequest, context: RequestContext): Output<ListTagsResponse> {
  return { Tags: Object.fromEntries(need(context, input.Resource).data.tags) };
}

function tagResource(input: TagResourceRequest, context: RequestContext): void {
  const { tags } = need(context, input.Resource).data;
  const added = Object.entries(input.Tags ?? {});
  if (new Set([...tags.keys(), ...added.map(([key]) => key)]).size > 50)
    throw invalid('A resource has at most 50 tags');
  for (const [key] of added) {
    if (key === '' || key.length > 128 || key.toLowerCase().startsWith('aws:'))
      throw invalid(`Tag key ${key} is not valid`);
  }
  for (const [key, value] of added) tags.set(key, value);
}

function untagResource(input: UntagResourceRequest, context: RequestContext): void {
  const { tags } = need(context, input.Resource).data;
  for (const key of input.TagKeys ?? []) tags.delete(key);
}

function getAccountSettings(_input: unknown, context: RequestContext): Output<GetAccountSettingsResponse> {
  const functions = context.store(lambdaStore).functions.list();
  return {
    AccountLimit: {
      TotalCodeSize: 80_530_636_800,
      CodeSizeUnzipped: 262_144_000,
      CodeSizeZipped: 52_428_800,
      ConcurrentExecutions: 1000,
      UnreservedConcurrentExecutions: 1000,
    },
    AccountUsage: {
      TotalCodeSize: functions.reduce((sum, f) => sum + (f.data.configuration.CodeSize ?? 0), 0),
      FunctionCount: functions.length,
    },
  };
}

function resources(
  _operation: string,
  input: Readonly<Record<string, unknown>>,
  context: RequestContext,
): ResourceRef[] {
  const reference = input['FunctionName'] ?? input['Resource'];
  if (typeof reference !== 'string') return [];
  const store = context.store(lambdaStore);
  const name = nameOf(reference);
  const tags = store.functions.get(name)?.data.tags ?? new Map<string, string>();
  const keys = Object.fromEntries(
    [...tags].map(([key, value]) => [`aws:resourcetag/${key.toLowerCase()}`, value]),
  );
  return [{ arn: store.arn(name), keys }];
}

/** AWS Lambda. */
export const lambda: ServiceDefinition = {
  iamPrefix: 'lambda',
  resources,
  handlers: {
    CreateFunction: createFunction,
    UpdateFunctionConfiguration: updateFunctionConfiguration,
    UpdateFunctionCode: updateFunctionCode,
    DeleteFunction: deleteFunction,
    ListFunctions: listFunctions,
    GetFunction: getFunction,
    GetFunctionConfiguration: getFunctionConfiguration,
    ListVersionsByFunction: listVersionsByFunction,
    ListProvisionedConcurrencyConfigs: listProvisionedConcurrencyConfigs,
    GetProvisionedConcurrencyConfig: getProvisionedConcurrencyConfig,
    PutProvisionedConcurrencyConfig: putProvisionedConcurrencyConfig,
    DeleteProvisionedConcurrencyConfig: deleteProvisionedConcurrencyConfig,
    ListTags: listTags,
    TagResource: tagResource,
    UntagResource: untagResource,
    GetAccountSettings: getAccountSettings,
  },
};
