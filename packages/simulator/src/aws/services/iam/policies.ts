import type {
  EvaluationResult,
  GetPolicyRequest,
  GetPolicyResponse,
  GetPolicyVersionRequest,
  GetPolicyVersionResponse,
  GetRolePolicyRequest,
  GetRolePolicyResponse,
  GetUserPolicyRequest,
  GetUserPolicyResponse,
  ListAttachedRolePoliciesRequest,
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
  ListRolePoliciesRequest,
  ListUserPoliciesRequest,
  ListUserPoliciesResponse,
  Policy,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam';
import type { IdentityStore, ManagedPolicy, PolicyHolder } from '../../auth/identity.ts';
import { evaluate } from '../../auth/policy.ts';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { encodeDocument, markerPage, noSuchEntity } from './documents.ts';
import { findRole, findUser } from './principals.ts';

function countAttachments(identity: IdentityStore, arn: string): number {
  const holders: PolicyHolder[] = [
    ...identity.users.values(),
    ...identity.roles.values(),
    ...identity.groups.values(),
  ];
  return holders.filter((h) => h.attachedPolicies.has(arn)).length;
}

function toPolicy(policy: ManagedPolicy, identity: IdentityStore): Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: countAttachments(identity, policy.arn),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.createdAt),
  };
}

function findPolicy(arn: string | undefined, context: RequestContext): ManagedPolicy {
  const policy = context.account.identity.policies.get(arn ?? '');
  if (!policy) throw new AwsError('NoSuchEntityException', `Policy ${arn ?? ''} was not found.`);
  return policy;
}

export function getPolicy(input: GetPolicyRequest, context: RequestContext): GetPolicyResponse {
  return { Policy: toPolicy(findPolicy(input.PolicyArn, context), context.account.identity) };
}

export function getPolicyVersion(
  input: GetPolicyVersionRequest,
  context: RequestContext,
): GetPolicyVersionResponse {
  const policy = findPolicy(input.PolicyArn, context);
  const version = policy.versions.get(input.VersionId ?? '');
  if (!version) throw noSuchEntity('policy version', input.VersionId ?? '');
  return {
    PolicyVersion: {
      VersionId: input.VersionId,
      IsDefaultVersion: input.VersionId === policy.defaultVersion,
      CreateDate: new Date(version.createdAt),
      Document: encodeDocument(version.document),
    },
  };
}

export function listPolicies(input: ListPoliciesRequest, context: RequestContext): ListPoliciesResponse {
  const { identity } = context.account;
  const all = [...identity.policies.values()].filter((p) => {
    const own = p.arn.includes(`::${context.account.id}:`);
    if (input.Scope === 'Local' && !own) return false;
    if (input.Scope === 'AWS' && own) return false;
    return input.OnlyAttached !== true || countAttachments(identity, p.arn) > 0;
  });
  const { items, ...rest } = markerPage(all, input, (p) => p.arn, context);
  return { Policies: items.map((p) => toPolicy(p, identity)), ...rest };
}

type AttachedInput = Omit<
  ListAttachedUserPoliciesRequest & ListAttachedRolePoliciesRequest,
  'UserName' | 'RoleName'
>;

function attached(
  holder: PolicyHolder,
  input: AttachedInput,
  context: RequestContext,
): ListAttachedUserPoliciesResponse {
  const { items, ...rest } = markerPage([...holder.attachedPolicies], input, (arn) => arn, context);
  const { policies } = context.account.identity;
  return {
    AttachedPolicies: items.map((PolicyArn) => ({
      PolicyArn,
      PolicyName: policies.get(PolicyArn)?.name ?? PolicyArn.split('/').pop(),
    })),
    ...rest,
  };
}

export function listAttachedUserPolicies(
  input: ListAttachedUserPoliciesRequest,
  context: RequestContext,
): ListAttachedUserPoliciesResponse {
  return attached(findUser(input.UserName, context), input, context);
}

export function listAttachedRolePolicies(
  input: ListAttachedRolePoliciesRequest,
  context: RequestContext,
): ListAttachedUserPoliciesResponse {
  return attached(findRole(input.RoleName, context), input, context);
}

export function listAttachedGroupPolicies(
  input: AttachedInput & { GroupName?: string },
  context: RequestContext,
): ListAttachedUserPoliciesResponse {
  return attached(findGroup(input.GroupName, context), input, context);
}

function findGroup(name: string | undefined, context: RequestContext): PolicyHolder {
  const group = context.account.identity.groups.get(name ?? '');
  if (!group) throw noSuchEntity('group', name ?? '');
  return group;
}

function inlineNames(
  holder: PolicyHolder,
  input: AttachedInput,
  context: RequestContext,
): ListUserPoliciesResponse {
  const { items, ...rest } = markerPage([...holder.inlinePolicies.keys()], input, (name) => name, context);
  return { PolicyNames: items, ...rest };
}

export function listUserPolicies(
  input: ListUserPoliciesRequest,
  context: RequestContext,
): ListUserPoliciesResponse {
  return inlineNames(findUser(input.UserName, context), input, context);
}

export function listRolePolicies(
  input: ListRolePoliciesRequest,
  context: RequestContext,
): ListUserPoliciesResponse {
  return inlineNames(findRole(input.RoleName, context), input, context);
}

function inlineDocument(holder: PolicyHolder, name: string | undefined): string {
  const document = holder.inlinePolicies.get(name ?? '');
  if (!document) throw noSuchEntity('policy', name ?? '');
  return encodeDocument(document);
}

export function getUserPolicy(input: GetUserPolicyRequest, context: RequestContext): GetUserPolicyResponse {
  const user = findUser(input.UserName, context);
  return {
    UserName: user.name,
    PolicyName: input.PolicyName,
    PolicyDocument: inlineDocument(user, input.PolicyName),
  };
}

export function getRolePolicy(input: GetRolePolicyRequest, context: RequestContext): GetRolePolicyResponse {
  const role = findRole(input.RoleName, context);
  return {
    RoleName: role.name,
    PolicyName: input.PolicyName,
    PolicyDocument: inlineDocument(role, input.PolicyName),
  };
}

function holderOf(arn: string, context: RequestContext): PolicyHolder {
  const match = /^arn:aws:iam::(\d{12}):(user|role|group)\/(.+)$/.exec(arn);
  if (!match || match[1] !== context.account.id)
    throw new AwsError(
      'InvalidInputException',
      `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
    );
  const name = match[3]?.split('/').pop();
  if (match[2] === 'user') return findUser(name, context);
  return match[2] === 'role' ? findRole(name, context) : findGroup(name, context);
}

/** Evaluates the policies of a user, role or group without doing anything. */
export function simulatePrincipalPolicy(
  input: SimulatePrincipalPolicyRequest,
  context: RequestContext,
): SimulatePolicyResponse {
  const holder = holderOf(input.PolicySourceArn ?? '', context);
  const actions = input.ActionNames ?? [];
  if (actions.length === 0 || actions.length > 1000)
    throw new AwsError('InvalidInputException', 'Between 1 and 1000 action names are needed');
  for (const action of actions) {
    if (!/^[\w-]+:[\w*?]+$/.test(action))
      throw new AwsError('InvalidInputException', `Invalid action name: ${action}`);
  }
  const documents = context.account.identity.documentsOf(holder);
  const keys = Object.fromEntries(
    (input.ContextEntries ?? []).map((e) => [
      (e.ContextKeyName ?? '').toLowerCase(),
      e.ContextKeyValues?.[0],
    ]),
  );
  const resources = input.ResourceArns && input.ResourceArns.length > 0 ? input.ResourceArns : ['*'];
  const results = actions.flatMap((action) =>
    resources.map((resource): EvaluationResult => ({
      EvalActionName: action,
      EvalResourceName: resource,
      EvalDecision: evaluate(documents, { action, resource, context: keys }),
      MatchedStatements: [],
      MissingContextValues: [],
    })),
  );
  const { items, ...rest } = markerPage(
    results,
    input,
    (r) => `${r.EvalActionName}@${r.EvalResourceName}`,
    context,
  );
  return { EvaluationResults: items, ...rest };
}
