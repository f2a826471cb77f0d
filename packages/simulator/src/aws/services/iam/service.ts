import type { ServiceDefinition } from '../../context.ts';
import {
  getPolicy,
  getPolicyVersion,
  getRolePolicy,
  getUserPolicy,
  listAttachedGroupPolicies,
  listAttachedRolePolicies,
  listAttachedUserPolicies,
  listPolicies,
  listRolePolicies,
  listUserPolicies,
  simulatePrincipalPolicy,
} from './policies.ts';
import {
  getRole,
  getUser,
  listAccountAliases,
  listGroupsForUser,
  listInstanceProfiles,
  listRoles,
  listUsers,
} from './principals.ts';

import {
  attachRolePolicy,
  createRole,
  deleteRole,
  deleteRolePolicy,
  detachRolePolicy,
  putRolePolicy,
  updateAssumeRolePolicy,
} from './roles.ts';

/** AWS Identity and Access Management, as far as permission checks, pickers and roles for what is created need it. */
export const iam: ServiceDefinition = {
  iamPrefix: 'iam',
  handlers: {
    AttachRolePolicy: attachRolePolicy,
    CreateRole: createRole,
    DeleteRole: deleteRole,
    DeleteRolePolicy: deleteRolePolicy,
    DetachRolePolicy: detachRolePolicy,
    GetPolicy: getPolicy,
    GetPolicyVersion: getPolicyVersion,
    GetRole: getRole,
    GetRolePolicy: getRolePolicy,
    GetUser: getUser,
    GetUserPolicy: getUserPolicy,
    ListAccountAliases: listAccountAliases,
    ListAttachedGroupPolicies: listAttachedGroupPolicies,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    ListAttachedUserPolicies: listAttachedUserPolicies,
    ListGroupsForUser: listGroupsForUser,
    ListInstanceProfiles: listInstanceProfiles,
    ListPolicies: listPolicies,
    ListRolePolicies: listRolePolicies,
    ListRoles: listRoles,
    ListUserPolicies: listUserPolicies,
    ListUsers: listUsers,
    PutRolePolicy: putRolePolicy,
    UpdateAssumeRolePolicy: updateAssumeRolePolicy,
    SimulatePrincipalPolicy: simulatePrincipalPolicy,
  },
  resources(operation, input, context) {
    const { id } = context.account;
    const user = input['UserName'];
    const role = input['RoleName'];
    if (typeof user === 'string') return [{ arn: `arn:aws:iam::${id}:user/${user}` }];
    if (typeof role === 'string') return [{ arn: `arn:aws:iam::${id}:role/${role}` }];
    if (operation === 'GetUser') return [{ arn: context.principal.arn }];
    const policy = input['PolicyArn'] ?? input['PolicySourceArn'];
    return typeof policy === 'string' ? [{ arn: policy }] : [];
  },
};
