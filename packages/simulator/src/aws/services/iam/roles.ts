import type {
  AttachRolePolicyRequest,
  CreateRoleRequest,
  CreateRoleResponse,
  DeleteRolePolicyRequest,
  DeleteRoleRequest,
  DetachRolePolicyRequest,
  PutRolePolicyRequest,
  UpdateAssumeRolePolicyRequest,
} from '@aws-sdk/client-iam';
import type { PolicyDocument } from '../../auth/policy.ts';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { noSuchEntity } from './documents.ts';
import { findRole, getRole } from './principals.ts';

/** Largest policy that IAM takes inline (IAM User Guide, quotas). */
const MAX_DOCUMENT = 10_240;

function documentOf(text: string | undefined): PolicyDocument {
  const malformed = (why: string): AwsError => new AwsError('MalformedPolicyDocumentException', why);
  if (text === undefined || text.length > MAX_DOCUMENT) throw malformed('Syntax errors in policy.');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  if (typeof document !== 'object' || document === null || !('Statement' in document))
    throw malformed('Missing required field Statement');
  return document as PolicyDocument;
}

function checkName(name: string | undefined): string {
  if (name === undefined || !/^[\w+=,.@-]{1,64}$/.test(name))
    throw new AwsError(
      'ValidationError',
      'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
      400,
    );
  return name;
}

export function createRole(input: CreateRoleRequest, context: RequestContext): CreateRoleResponse {
  const name = checkName(input.RoleName);
  const { account, world } = context;
  const trustPolicy = documentOf(input.AssumeRolePolicyDocument);
  if (account.identity.roles.has(name))
    throw new AwsError('EntityAlreadyExistsException', `Role with name ${name} already exists.`);
  const role = world.addRole(account, name, {
    trustPolicy,
    ...(input.Description === undefined ? {} : { description: input.Description }),
  });
  role.maxSessionSeconds = input.MaxSessionDuration ?? 3600;
  for (const { Key, Value } of input.Tags ?? []) if (Key !== undefined) role.tags.set(Key, Value ?? '');
  return getRole({ RoleName: name }, context);
}

/** Refuses a role that still has policies, as IAM does. */
export function deleteRole(input: DeleteRoleRequest, context: RequestContext): void {
  const role = findRole(input.RoleName, context);
  if (role.inlinePolicies.size > 0 || role.attachedPolicies.size > 0)
    throw new AwsError('DeleteConflictException', 'Cannot delete entity, must delete policies first.');
  context.account.identity.roles.delete(role.name);
}

export function updateAssumeRolePolicy(input: UpdateAssumeRolePolicyRequest, context: RequestContext): void {
  findRole(input.RoleName, context).trustPolicy = documentOf(input.PolicyDocument);
}

export function putRolePolicy(input: PutRolePolicyRequest, context: RequestContext): void {
  const role = findRole(input.RoleName, context);
  role.inlinePolicies.set(input.PolicyName ?? '', documentOf(input.PolicyDocument));
}

export function deleteRolePolicy(input: DeleteRolePolicyRequest, context: RequestContext): void {
  const role = findRole(input.RoleName, context);
  if (!role.inlinePolicies.delete(input.PolicyName ?? ''))
    throw noSuchEntity('role policy', input.PolicyName ?? '');
}

/** Amazon's own policies may be attached without being known here; they allow nothing then. */
export function attachRolePolicy(input: AttachRolePolicyRequest, context: RequestContext): void {
  const role = findRole(input.RoleName, context);
  const arn = input.PolicyArn ?? '';
  if (!arn.startsWith('arn:aws:iam::aws:policy/') && !context.account.identity.policies.has(arn))
    throw new AwsError('NoSuchEntityException', `Policy ${arn} does not exist or is not attachable.`);
  role.attachedPolicies.add(arn);
}

export function detachRolePolicy(input: DetachRolePolicyRequest, context: RequestContext): void {
  const role = findRole(input.RoleName, context);
  if (!role.attachedPolicies.delete(input.PolicyArn ?? ''))
    throw new AwsError('NoSuchEntityException', `Policy ${input.PolicyArn ?? ''} was not found.`);
}
