import type {
  GetRoleRequest,
  GetRoleResponse,
  GetUserRequest,
  GetUserResponse,
  InstanceProfile,
  ListAccountAliasesResponse,
  ListGroupsForUserRequest,
  ListGroupsForUserResponse,
  ListInstanceProfilesRequest,
  ListInstanceProfilesResponse,
  ListRolesRequest,
  ListRolesResponse,
  ListUsersRequest,
  ListUsersResponse,
  Role,
  Tag,
  User,
} from '@aws-sdk/client-iam';
import type { IamRole, IamUser, InstanceProfile as StoredProfile } from '../../auth/identity.ts';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { encodeDocument, markerPage, noSuchEntity } from './documents.ts';

function tagsOf(tags: ReadonlyMap<string, string>): { Tags: Tag[] } | undefined {
  return tags.size > 0 ? { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) } : undefined;
}

function toUser(user: IamUser, accountId: string): User {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: `arn:aws:iam::${accountId}:user${user.path}${user.name}`,
    CreateDate: new Date(user.createdAt),
  };
}

function toRole(role: IamRole, accountId: string): Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: `arn:aws:iam::${accountId}:role${role.path}${role.name}`,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    MaxSessionDuration: role.maxSessionSeconds,
    ...(role.description === undefined ? {} : { Description: role.description }),
  };
}

/** A user by name; without a name the caller's own, which a role session does not have. */
export function findUser(name: string | undefined, context: RequestContext): IamUser {
  const { principal, account } = context;
  if (name === undefined && principal.kind !== 'user') {
    throw new AwsError(
      'ValidationError',
      'Must specify userName when calling with non-User credentials',
      400,
    );
  }
  const wanted = name ?? principal.name;
  const user = account.identity.users.get(wanted);
  if (!user) throw noSuchEntity('user', wanted);
  return user;
}

export function findRole(name: string | undefined, context: RequestContext): IamRole {
  const role = context.account.identity.roles.get(name ?? '');
  if (!role) throw noSuchEntity('role', name ?? '');
  return role;
}

export function getUser(input: GetUserRequest, context: RequestContext): GetUserResponse {
  const user = findUser(input.UserName, context);
  return { User: { ...toUser(user, context.account.id), ...tagsOf(user.tags) } };
}

export function listUsers(input: ListUsersRequest, context: RequestContext): ListUsersResponse {
  const users = [...context.account.identity.users.values()].filter((u) =>
    u.path.startsWith(input.PathPrefix ?? '/'),
  );
  const { items, ...rest } = markerPage(users, input, (u) => u.name, context);
  return { Users: items.map((u) => toUser(u, context.account.id)), ...rest };
}

export function getRole(input: GetRoleRequest, context: RequestContext): GetRoleResponse {
  const role = findRole(input.RoleName, context);
  return { Role: { ...toRole(role, context.account.id), ...tagsOf(role.tags) } };
}

export function listRoles(input: ListRolesRequest, context: RequestContext): ListRolesResponse {
  const roles = [...context.account.identity.roles.values()].filter((r) =>
    r.path.startsWith(input.PathPrefix ?? '/'),
  );
  const { items, ...rest } = markerPage(roles, input, (r) => r.name, context);
  return { Roles: items.map((r) => toRole(r, context.account.id)), ...rest };
}

export function listGroupsForUser(
  input: ListGroupsForUserRequest,
  context: RequestContext,
): ListGroupsForUserResponse {
  const { identity, id: accountId } = context.account;
  const groups = [...findUser(input.UserName, context).groups].flatMap(
    (name) => identity.groups.get(name) ?? [],
  );
  const { items, ...rest } = markerPage(groups, input, (g) => g.name, context);
  return {
    Groups: items.map((g) => ({
      Path: '/',
      GroupName: g.name,
      GroupId: g.id,
      Arn: `arn:aws:iam::${accountId}:group/${g.name}`,
      CreateDate: new Date(g.createdAt),
    })),
    ...rest,
  };
}

function toProfile(profile: StoredProfile, context: RequestContext): InstanceProfile {
  const { id: accountId, identity } = context.account;
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: `arn:aws:iam::${accountId}:instance-profile${profile.path}${profile.name}`,
    CreateDate: new Date(profile.createdAt),
    Roles: [...profile.roles]
      .flatMap((name) => identity.roles.get(name) ?? [])
      .map((r) => toRole(r, accountId)),
  };
}

export function listInstanceProfiles(
  input: ListInstanceProfilesRequest,
  context: RequestContext,
): ListInstanceProfilesResponse {
  const profiles = [...context.account.identity.instanceProfiles.values()];
  const { items, ...rest } = markerPage(profiles, input, (p) => p.name, context);
  return { InstanceProfiles: items.map((p) => toProfile(p, context)), ...rest };
}

export function listAccountAliases(_input: unknown, context: RequestContext): ListAccountAliasesResponse {
  const alias = context.account.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return { AccountAliases: alias ? [alias] : [], IsTruncated: false };
}
