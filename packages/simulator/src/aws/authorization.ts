import type { Credential } from './auth/identity.ts';
import { evaluate, type AccessQuery } from './auth/policy.ts';
import type { RequestContext, ServiceDefinition } from './context.ts';
import { AwsError } from './wire/aws-error.ts';
import { wordingOf } from './wire/errors.ts';
import type { Protocol } from './wire/shapes.ts';

/** Who asks, in which region: the condition keys every request has. */
export interface Caller {
  readonly credential: Credential;
  readonly region: string;
  readonly protocol: Protocol;
  /** True when a fault denies this request whatever the policies say. */
  readonly deniedByFault: boolean;
}

function globalKeys(caller: Caller): AccessQuery['context'] {
  const { principal } = caller.credential;
  return {
    'aws:requestedregion': caller.region,
    'ec2:region': caller.region,
    'aws:principalarn': principal.arn,
    'aws:principalaccount': principal.accountId,
    'aws:username': principal.kind === 'user' ? principal.name : undefined,
    'aws:securetransport': 'false',
  };
}

/** Decides by the caller's identity policies as they are now. */
export function decide(
  caller: Caller,
  action: string,
  resource: string,
  keys: AccessQuery['context'] = {},
): string {
  const policies = caller.credential.principal.policies();
  if (!policies) return 'allowed';
  return evaluate(policies, { action, resource, context: { ...globalKeys(caller), ...keys } });
}

/** The denial in the words of AWS. EC2 adds an encoded blob, which only STS can read. */
export function denial(
  caller: Caller,
  action: string,
  resource: string,
  decision: string,
  requestId: string,
): AwsError {
  const [code, status] = wordingOf(caller.protocol, 'denied');
  if (caller.protocol === 'restXml') {
    return new AwsError(code, 'Access Denied', status);
  }
  const because =
    decision === 'explicitDeny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  const text = `User: ${caller.credential.principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  if (caller.protocol !== 'ec2Query') return new AwsError(code, text, status);
  const blob = Buffer.from(`${requestId}:${action}`).toString('base64url');
  return new AwsError(
    code,
    `You are not authorized to perform this operation. ${text}. Encoded authorization failure message: ${blob}`,
    status,
  );
}

/** The IAM action of an operation. */
export function actionOf(definition: ServiceDefinition, operation: string): string {
  return `${definition.iamPrefix}:${definition.actionNames?.[operation] ?? operation}`;
}

/**
 * The generic permission check before a handler runs.
 * @throws AwsError the denial, in the caller's protocol.
 */
export function checkPermission(
  caller: Caller,
  definition: ServiceDefinition,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  context: RequestContext,
): void {
  const action = actionOf(definition, operation);
  if (definition.openOperations?.has(operation)) return;
  if (caller.deniedByFault) throw denial(caller, action, '*', 'explicitDeny', context.requestId);
  const resources = definition.resources?.(operation, input, context) ?? [];
  for (const { arn, keys } of resources.length > 0 ? resources : [{ arn: '*', keys: {} }]) {
    const decision = decide(caller, action, arn, keys);
    if (decision !== 'allowed') throw denial(caller, action, arn, decision, context.requestId);
  }
}
