import { CloudError, invalidInput, unsupported } from '../../errors.ts';
import { checkFields } from '../../fields.ts';
import type { OperationRequest, OperationResult, Reconciliation } from '../../operations.ts';
import type { Resource, ResourceRef } from '../../resource.ts';
import type { Scope } from '../scope.ts';
import { readerOf } from '../services/catalogue.ts';
import { cacheOperations } from './caches.ts';
import { databaseOperations } from './databases.ts';
import { instanceOperations } from './instances.ts';
import type { Operation } from './model.ts';
import { networkOperations } from './networks.ts';
import { otherOperations } from './others.ts';
import { tagOperations } from './tags.ts';
import { addressOperations } from './addresses.ts';
import { analyticsOperations } from './analytics.ts';
import { gatewayOperations } from './gateways.ts';
import { imageOperations } from './images.ts';
import { loadBalancerOperations } from './load-balancers.ts';
import { scalingOperations } from './scaling.ts';
import { securityOperations } from './security.ts';
import { serverlessOperations } from './serverless.ts';
import { snapshotOperations } from './snapshots.ts';
import { volumeOperations } from './volumes.ts';
import { workplaceOperations } from './workplace.ts';

/** Every operation. */
export const OPERATIONS: readonly Operation[] = [
  ...instanceOperations,
  ...imageOperations,
  ...volumeOperations,
  ...snapshotOperations,
  ...addressOperations,
  ...networkOperations,
  ...gatewayOperations,
  ...loadBalancerOperations,
  ...databaseOperations,
  ...cacheOperations,
  ...serverlessOperations,
  ...scalingOperations,
  ...analyticsOperations,
  ...workplaceOperations,
  ...securityOperations,
  ...otherOperations,
  ...tagOperations,
];

const BY_NAME = new Map(OPERATIONS.map((o) => [`${o.descriptor.type} ${o.descriptor.id}`, o] as const));

const TOKEN = /^[A-Za-z0-9-]{8,64}$/;

/** Refuses tokens that some service would not take. */
export function checkToken(clientToken: string): void {
  if (!TOKEN.test(clientToken))
    throw invalidInput([{ field: 'clientToken', message: 'is 8 to 64 letters, digits and hyphens' }]);
}

function findOperation(request: OperationRequest): Operation {
  const operation = BY_NAME.get(`${request.resource.type} ${request.operation}`);
  if (!operation) throw unsupported(`${request.resource.type} has no operation ${request.operation}`);
  return operation;
}

/** The resource as it is; undefined when the provider does not know it. */
export async function look(scope: Scope, ref: ResourceRef): Promise<Resource | undefined> {
  const reader = readerOf(ref.type);
  if (!reader) throw unsupported(`${ref.type} is not a resource type of AWS that is read`);
  try {
    return await reader.inspect(scope, ref);
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'not_found') return undefined;
    throw error;
  }
}

function checkedParameters(operation: Operation, request: OperationRequest) {
  const { values, issues } = checkFields(operation.descriptor.parameters, request.parameters);
  if (issues.length > 0) throw invalidInput(issues);
  return values;
}

/** The operation of a request with its checked parameters. @throws CloudError `unsupported`, `invalid_input` */
export function preparation(request: OperationRequest) {
  const operation = findOperation(request);
  return { operation, parameters: checkedParameters(operation, request) };
}

function checkState(operation: Operation, seen: Resource): void {
  const { states, label } = operation.descriptor;
  const gone = seen.state === 'deleted' || seen.state === 'deleting';
  if (states ? states.includes(seen.state) : !gone) return;
  throw new CloudError({
    kind: 'conflict_state',
    message: `${label} is not possible while ${seen.id} is ${seen.stateRaw ?? seen.state}.`,
  });
}

/** Runs an operation once; see the contract. */
export async function perform(scope: Scope, request: OperationRequest): Promise<OperationResult> {
  checkToken(request.clientToken);
  const operation = findOperation(request);
  const dryRun = request.dryRun === true;
  if (dryRun && !operation.descriptor.dryRun)
    throw unsupported(`AWS has no dry run for ${operation.descriptor.actions.join(', ')}`);
  const parameters = checkedParameters(operation, request);
  const before = await look(scope, request.resource);
  const context = { scope, resource: request.resource, parameters, clientToken: request.clientToken };
  const made = dryRun ? [] : ((await operation.made?.(context)) ?? []);
  if (made.length > 0) return { status: 'already', created: [...made] };
  if (!dryRun && !operation.repeatable && (await operation.evidence(before, context)) === 'yes') {
    return { status: 'already', created: [], note: 'It was in the wanted state already.' };
  }
  if (!before && !operation.descriptor.states?.includes('deleted'))
    throw new CloudError({
      kind: 'not_found',
      message: `AWS does not know ${request.resource.id} in ${scope.region}.`,
      region: scope.region,
    });
  if (before) checkState(operation, before);
  return operation.run({ ...context, before, dryRun });
}

/** Whether an operation happened; see the contract. */
export async function reconcile(scope: Scope, request: OperationRequest): Promise<Reconciliation> {
  const operation = findOperation(request);
  const parameters = checkedParameters(operation, request);
  const seen = await look(scope, request.resource);
  const context = { scope, resource: request.resource, parameters, clientToken: request.clientToken };
  const made = (await operation.made?.(context)) ?? [];
  const happened = made.length > 0 ? 'yes' : await operation.evidence(seen, context);
  return {
    happened,
    resources: [...made],
    evidence: seen ? `${seen.id} is ${seen.stateRaw ?? seen.state}` : `${request.resource.id} does not exist`,
  };
}
