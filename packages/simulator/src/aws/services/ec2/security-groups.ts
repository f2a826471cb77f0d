import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
  CreateSecurityGroupRequest,
  CreateSecurityGroupResult,
  DeleteSecurityGroupRequest,
  DeleteSecurityGroupResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
  IpPermission,
  RevokeSecurityGroupIngressResult,
  SecurityGroup,
} from '@aws-sdk/client-ec2';
import type { Entity } from '../../collection.ts';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { parseCidr } from './cidr.ts';
import { addSecurityGroup } from './default-vpc.ts';
import { describe, KINDS, missing, need, type FieldTable } from './query.ts';
import { ec2Store, type Ec2Store } from './store.ts';
import { tagsFor } from './tags.ts';

const MAX_RULES = 60;

const FIELDS: FieldTable<SecurityGroup> = {
  'group-id': (g) => g.GroupId,
  'group-name': (g) => g.GroupName,
  'vpc-id': (g) => g.VpcId,
  description: (g) => g.Description,
  'owner-id': (g) => g.OwnerId,
  'ip-permission.cidr': (g) => g.IpPermissions?.flatMap((p) => (p.IpRanges ?? []).map((r) => r.CidrIp)),
  'ip-permission.from-port': (g) => g.IpPermissions?.map((p) => p.FromPort),
  'ip-permission.to-port': (g) => g.IpPermissions?.map((p) => p.ToPort),
  'ip-permission.protocol': (g) => g.IpPermissions?.map((p) => p.IpProtocol),
  'ip-permission.group-id': (g) =>
    g.IpPermissions?.flatMap((p) => (p.UserIdGroupPairs ?? []).map((u) => u.GroupId)),
};

export function describeSecurityGroups(
  input: DescribeSecurityGroupsRequest,
  context: RequestContext,
): DescribeSecurityGroupsResult {
  const store = context.store(ec2Store);
  const names = input.GroupNames ?? [];
  const filters =
    names.length > 0 ? [...(input.Filters ?? []), { Name: 'group-name', Values: names }] : input.Filters;
  const page = describe(
    store.securityGroups,
    KINDS.securityGroup,
    input.GroupIds,
    { ...input, Filters: filters },
    FIELDS,
    context,
  );
  const absent = names.find((name) => !page.data.some((g) => g.GroupName === name));
  if (absent !== undefined)
    throw new AwsError('InvalidGroup.NotFound', `The security group '${absent}' does not exist`);
  return { SecurityGroups: page.data, NextToken: page.NextToken };
}

export function createSecurityGroup(
  input: CreateSecurityGroupRequest,
  context: RequestContext,
): CreateSecurityGroupResult {
  const store = context.store(ec2Store);
  const name = input.GroupName;
  if (!name) throw missing('GroupName');
  if (!input.Description) throw missing('GroupDescription');
  if (name.startsWith('sg-') || name.length > 255)
    throw new AwsError('InvalidParameterValue', `Invalid security group name '${name}'`);
  if (name === 'default')
    throw new AwsError('InvalidParameterValue', 'Cannot use reserved security group name: default');
  const vpcId = input.VpcId
    ? need(store.vpcs, KINDS.vpc, input.VpcId, context).id
    : store.vpcs.list().find(({ data }) => data.IsDefault)?.id;
  if (!vpcId) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user');
  if (store.securityGroups.list().some(({ data }) => data.GroupName === name && data.VpcId === vpcId)) {
    throw new AwsError(
      'InvalidGroup.Duplicate',
      `The security group '${name}' already exists for VPC '${vpcId}'`,
    );
  }
  const tags = tagsFor(input.TagSpecifications, 'security-group', context);
  const groupId = addSecurityGroup(store, vpcId, name, input.Description);
  const group = store.securityGroups.get(groupId)?.data;
  if (group && tags) group.Tags = tags;
  return { GroupId: groupId, SecurityGroupArn: group?.SecurityGroupArn, ...(tags ? { Tags: tags } : {}) };
}

function find(
  store: Ec2Store,
  input: { GroupId?: string | undefined; GroupName?: string | undefined },
  context: RequestContext,
): Entity<SecurityGroup> {
  if (input.GroupId) return need(store.securityGroups, KINDS.securityGroup, input.GroupId, context);
  if (!input.GroupName) throw missing('GroupId');
  const entity = store.securityGroups.list().find(({ data }) => data.GroupName === input.GroupName);
  if (!entity)
    throw new AwsError('InvalidGroup.NotFound', `The security group '${input.GroupName}' does not exist`);
  return entity;
}

/** Refuses a group that an interface uses or another group names. */
export function deleteSecurityGroup(
  input: DeleteSecurityGroupRequest,
  context: RequestContext,
): DeleteSecurityGroupResult {
  const store = context.store(ec2Store);
  const { id, data } = find(store, input, context);
  if (data.GroupName === 'default')
    throw new AwsError(
      'CannotDelete',
      `the specified group: "${id}" name: "default" cannot be deleted by a user`,
    );
  const used =
    store.networkInterfaces.list().some((e) => e.data.Groups?.some((g) => g.GroupId === id)) ||
    store.securityGroups
      .list()
      .some(
        (e) =>
          e.id !== id && e.data.IpPermissions?.some((p) => p.UserIdGroupPairs?.some((u) => u.GroupId === id)),
      );
  if (used) throw new AwsError('DependencyViolation', `resource ${id} has a dependent object`);
  store.securityGroups.delete(id);
  return { Return: true, GroupId: id };
}

type RuleRequest = AuthorizeSecurityGroupIngressRequest & AuthorizeSecurityGroupEgressRequest;

function permissionsOf(input: RuleRequest): IpPermission[] {
  if (input.IpPermissions && input.IpPermissions.length > 0) return input.IpPermissions;
  if (input.IpProtocol === undefined) throw missing('IpPermissions');
  const { IpProtocol, FromPort, ToPort, CidrIp } = input;
  return [{ IpProtocol, FromPort, ToPort, IpRanges: CidrIp === undefined ? [] : [{ CidrIp }] }];
}

/** One permission per source, so that comparing is simple; AWS merges them again in its answers. */
function normalise(permission: IpPermission): IpPermission[] {
  const protocol = permission.IpProtocol === 'all' ? '-1' : permission.IpProtocol;
  const ports = protocol === '-1' ? {} : { FromPort: permission.FromPort, ToPort: permission.ToPort };
  const base = { IpProtocol: protocol, ...ports };
  for (const { CidrIp } of permission.IpRanges ?? []) {
    if (!parseCidr(CidrIp ?? ''))
      throw new AwsError('InvalidParameterValue', `CIDR block ${CidrIp} is malformed`);
  }
  if (protocol !== '-1' && protocol !== 'icmp') {
    const { FromPort: from = -2, ToPort: to = -2 } = permission;
    if (from < 0 || to > 65_535 || from > to)
      throw new AwsError('InvalidParameterValue', `Invalid value '${from}-${to}' for portRange.`);
  }
  return [
    ...(permission.IpRanges ?? []).map((range) => ({ ...base, IpRanges: [range] })),
    ...(permission.Ipv6Ranges ?? []).map((range) => ({ ...base, Ipv6Ranges: [range] })),
    ...(permission.UserIdGroupPairs ?? []).map((pair) => ({ ...base, UserIdGroupPairs: [pair] })),
    ...(permission.PrefixListIds ?? []).map((prefix) => ({ ...base, PrefixListIds: [prefix] })),
  ];
}

function keyOf(p: IpPermission): string {
  const source =
    p.IpRanges?.[0]?.CidrIp ??
    p.Ipv6Ranges?.[0]?.CidrIpv6 ??
    p.UserIdGroupPairs?.[0]?.GroupId ??
    p.PrefixListIds?.[0]?.PrefixListId;
  return [p.IpProtocol, p.FromPort, p.ToPort, source].join('|');
}

function merge(permissions: readonly IpPermission[]): IpPermission[] {
  const groups = new Map<string, IpPermission>();
  for (const p of permissions) {
    const key = [p.IpProtocol, p.FromPort, p.ToPort].join('|');
    const group = groups.get(key) ?? {
      IpProtocol: p.IpProtocol,
      ...(p.FromPort === undefined ? {} : { FromPort: p.FromPort, ToPort: p.ToPort }),
      IpRanges: [],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    };
    group.IpRanges?.push(...(p.IpRanges ?? []));
    group.Ipv6Ranges?.push(...(p.Ipv6Ranges ?? []));
    group.UserIdGroupPairs?.push(...(p.UserIdGroupPairs ?? []));
    group.PrefixListIds?.push(...(p.PrefixListIds ?? []));
    groups.set(key, group);
  }
  return [...groups.values()];
}

type Direction = 'IpPermissions' | 'IpPermissionsEgress';

function authorize(
  input: RuleRequest,
  direction: Direction,
  context: RequestContext,
): AuthorizeSecurityGroupIngressResult {
  const store = context.store(ec2Store);
  const { id, data } = find(store, input, context);
  const current = (data[direction] ?? []).flatMap(normalise);
  const keys = new Set(current.map(keyOf));
  const added = permissionsOf(input).flatMap(normalise);
  for (const permission of added) {
    if (keys.has(keyOf(permission)))
      throw new AwsError(
        'InvalidPermission.Duplicate',
        `the specified rule "${keyOf(permission)}" already exists`,
      );
    for (const pair of permission.UserIdGroupPairs ?? []) {
      need(store.securityGroups, KINDS.securityGroup, pair.GroupId, context);
      pair.UserId ??= store.accountId;
    }
  }
  if (current.length + added.length > MAX_RULES) {
    throw new AwsError(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    );
  }
  data[direction] = merge([...current, ...added]);
  return {
    Return: true,
    SecurityGroupRules: added.map((p) => ({
      SecurityGroupRuleId: store.newId('sgr'),
      GroupId: id,
      GroupOwnerId: store.accountId,
      IsEgress: direction === 'IpPermissionsEgress',
      IpProtocol: p.IpProtocol,
      FromPort: p.FromPort ?? -1,
      ToPort: p.ToPort ?? -1,
      CidrIpv4: p.IpRanges?.[0]?.CidrIp,
      CidrIpv6: p.Ipv6Ranges?.[0]?.CidrIpv6,
    })),
  };
}

function revoke(
  input: RuleRequest,
  direction: Direction,
  context: RequestContext,
): RevokeSecurityGroupIngressResult {
  const { data } = find(context.store(ec2Store), input, context);
  const doomed = new Set(permissionsOf(input).flatMap(normalise).map(keyOf));
  const current = (data[direction] ?? []).flatMap(normalise);
  const rest = current.filter((p) => !doomed.has(keyOf(p)));
  if (current.length - rest.length < doomed.size) {
    throw new AwsError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  }
  data[direction] = merge(rest);
  return { Return: true };
}

export function authorizeSecurityGroupIngress(
  input: RuleRequest,
  context: RequestContext,
): AuthorizeSecurityGroupIngressResult {
  return authorize(input, 'IpPermissions', context);
}

export function authorizeSecurityGroupEgress(
  input: RuleRequest,
  context: RequestContext,
): AuthorizeSecurityGroupIngressResult {
  return authorize(input, 'IpPermissionsEgress', context);
}

export function revokeSecurityGroupIngress(
  input: RuleRequest,
  context: RequestContext,
): RevokeSecurityGroupIngressResult {
  return revoke(input, 'IpPermissions', context);
}

export function revokeSecurityGroupEgress(
  input: RuleRequest,
  context: RequestContext,
): RevokeSecurityGroupIngressResult {
  return revoke(input, 'IpPermissionsEgress', context);
}
