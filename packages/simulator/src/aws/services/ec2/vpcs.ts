import type {
  CreateSubnetRequest,
  CreateSubnetResult,
  CreateVpcRequest,
  CreateVpcResult,
  DeleteSubnetRequest,
  DeleteVpcRequest,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  DescribeVpcAttributeRequest,
  DescribeVpcAttributeResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
  ModifySubnetAttributeRequest,
  ModifyVpcAttributeRequest,
  Subnet,
  Vpc,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { findRegion } from '../../regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { cidrText, contains, needCidr, overlaps, parseCidr } from './cidr.ts';
import { addSubnet, addVpc } from './default-vpc.ts';
import { describe, KINDS, need, type FieldTable } from './query.ts';
import { ec2Store, type Ec2Store } from './store.ts';
import { tagsFor } from './tags.ts';

const MAX_VPCS = 50;

const VPC_FIELDS: FieldTable<Vpc> = {
  'vpc-id': (v) => v.VpcId,
  state: (v) => v.State,
  cidr: (v) => v.CidrBlock,
  'cidr-block-association.cidr-block': (v) => v.CidrBlockAssociationSet?.map((c) => c.CidrBlock),
  'is-default': (v) => v.IsDefault,
  isDefault: (v) => v.IsDefault,
  'owner-id': (v) => v.OwnerId,
  'dhcp-options-id': (v) => v.DhcpOptionsId,
};

export function describeVpcs(input: DescribeVpcsRequest, context: RequestContext): DescribeVpcsResult {
  const page = describe(context.store(ec2Store).vpcs, KINDS.vpc, input.VpcIds, input, VPC_FIELDS, context);
  return { Vpcs: page.data, NextToken: page.NextToken };
}

export function createVpc(input: CreateVpcRequest, context: RequestContext): CreateVpcResult {
  const store = context.store(ec2Store);
  const cidr = needCidr(input.CidrBlock, 'vpc');
  if (store.vpcs.size >= MAX_VPCS)
    throw new AwsError('VpcLimitExceeded', 'The maximum number of VPCs has been reached.');
  const tags = tagsFor(input.TagSpecifications, 'vpc', context);
  const vpcId = addVpc(store, cidrText(cidr), false);
  const entity = need(store.vpcs, KINDS.vpc, vpcId, { ...context, isVisible: () => true });
  const vpc = entity.data;
  if (tags) vpc.Tags = tags;
  if (input.InstanceTenancy) vpc.InstanceTenancy = input.InstanceTenancy;
  vpc.State = 'pending';
  const answer = { ...vpc };
  store.vpcs.schedule(entity, store.world.after(2), () => {
    vpc.State = 'available';
  });
  return { Vpc: answer };
}

function dependency(what: string, id: string): AwsError {
  return new AwsError('DependencyViolation', `The ${what} '${id}' has dependencies and cannot be deleted.`);
}

/** Deletes an empty VPC together with what was made with it. */
export function deleteVpc(input: DeleteVpcRequest, context: RequestContext): void {
  const store = context.store(ec2Store);
  const { id } = need(store.vpcs, KINDS.vpc, input.VpcId, context);
  const inVpc = (data: { VpcId?: string | undefined }): boolean => data.VpcId === id;
  const groups = store.securityGroups.list().filter(({ data }) => inVpc(data));
  const tables = store.routeTables.list().filter(({ data }) => inVpc(data));
  const used =
    store.subnets.list().some(({ data }) => inVpc(data)) ||
    store.networkInterfaces.list().some(({ data }) => inVpc(data)) ||
    groups.some(({ data }) => data.GroupName !== 'default') ||
    tables.some(({ data }) => !data.Associations?.some((a) => a.Main)) ||
    store.internetGateways.list().some(({ data }) => data.Attachments?.some(inVpc)) ||
    store.natGateways.list().some(({ data }) => inVpc(data) && data.State !== 'deleted');
  if (used) throw dependency('vpc', id);
  for (const group of groups) store.securityGroups.delete(group.id);
  for (const table of tables) store.routeTables.delete(table.id);
  for (const acl of store.networkAcls.list()) if (inVpc(acl.data)) store.networkAcls.delete(acl.id);
  store.vpcs.delete(id);
}

/** DNS settings, kept beside the VPC since its shape has no place for them. */
const dnsSettings = new WeakMap<Vpc, { support: boolean; hostnames: boolean }>();

function dnsOf(vpc: Vpc): { support: boolean; hostnames: boolean } {
  let settings = dnsSettings.get(vpc);
  if (!settings) dnsSettings.set(vpc, (settings = { support: true, hostnames: vpc.IsDefault ?? false }));
  return settings;
}

export function modifyVpcAttribute(input: ModifyVpcAttributeRequest, context: RequestContext): void {
  const { data } = need(context.store(ec2Store).vpcs, KINDS.vpc, input.VpcId, context);
  const settings = dnsOf(data);
  if (input.EnableDnsSupport?.Value !== undefined) settings.support = input.EnableDnsSupport.Value;
  if (input.EnableDnsHostnames?.Value !== undefined) settings.hostnames = input.EnableDnsHostnames.Value;
}

export function describeVpcAttribute(
  input: DescribeVpcAttributeRequest,
  context: RequestContext,
): DescribeVpcAttributeResult {
  const { id, data } = need(context.store(ec2Store).vpcs, KINDS.vpc, input.VpcId, context);
  const { support, hostnames } = dnsOf(data);
  if (input.Attribute === 'enableDnsSupport') return { VpcId: id, EnableDnsSupport: { Value: support } };
  if (input.Attribute === 'enableDnsHostnames')
    return { VpcId: id, EnableDnsHostnames: { Value: hostnames } };
  return { VpcId: id, EnableNetworkAddressUsageMetrics: { Value: false } };
}

const SUBNET_FIELDS: FieldTable<Subnet> = {
  'subnet-id': (s) => s.SubnetId,
  'vpc-id': (s) => s.VpcId,
  state: (s) => s.State,
  cidr: (s) => s.CidrBlock,
  'cidr-block': (s) => s.CidrBlock,
  'availability-zone': (s) => s.AvailabilityZone,
  availabilityZone: (s) => s.AvailabilityZone,
  'availability-zone-id': (s) => s.AvailabilityZoneId,
  'default-for-az': (s) => s.DefaultForAz,
  defaultForAz: (s) => s.DefaultForAz,
  'map-public-ip-on-launch': (s) => s.MapPublicIpOnLaunch,
  'owner-id': (s) => s.OwnerId,
  'subnet-arn': (s) => s.SubnetArn,
};

export function describeSubnets(
  input: DescribeSubnetsRequest,
  context: RequestContext,
): DescribeSubnetsResult {
  const page = describe(
    context.store(ec2Store).subnets,
    KINDS.subnet,
    input.SubnetIds,
    input,
    SUBNET_FIELDS,
    context,
  );
  return { Subnets: page.data, NextToken: page.NextToken };
}

function chooseZone(store: Ec2Store, input: CreateSubnetRequest): string {
  const letters = findRegion(store.region)?.zones ?? 'a';
  const zone =
    input.AvailabilityZone ?? `${store.region}${letters.charAt(store.subnets.size % letters.length)}`;
  if (zone.slice(0, -1) !== store.region || !letters.includes(zone.slice(-1))) {
    throw new AwsError('InvalidParameterValue', `Value (${zone}) for parameter availabilityZone is invalid.`);
  }
  return zone;
}

/** Creates a subnet inside the VPC's blocks that overlaps no other. */
export function createSubnet(input: CreateSubnetRequest, context: RequestContext): CreateSubnetResult {
  const store = context.store(ec2Store);
  const { id: vpcId, data: vpc } = need(store.vpcs, KINDS.vpc, input.VpcId, context);
  const cidr = needCidr(input.CidrBlock, 'subnet');
  const blocks = (vpc.CidrBlockAssociationSet ?? []).flatMap((a) => parseCidr(a.CidrBlock ?? '') ?? []);
  if (!blocks.some((block) => contains(block, cidr)))
    throw new AwsError('InvalidSubnet.Range', `The CIDR '${input.CidrBlock}' is invalid.`);
  const clash = store.subnets.list().some(({ data }) => {
    const other = data.VpcId === vpcId ? parseCidr(data.CidrBlock ?? '') : undefined;
    return other !== undefined && overlaps(other, cidr);
  });
  if (clash)
    throw new AwsError(
      'InvalidSubnet.Conflict',
      `The CIDR '${input.CidrBlock}' conflicts with another subnet`,
    );
  const tags = tagsFor(input.TagSpecifications, 'subnet', context);
  const subnet = addSubnet(store, vpcId, cidrText(cidr), chooseZone(store, input));
  if (tags) subnet.Tags = tags;
  return { Subnet: subnet };
}

export function deleteSubnet(input: DeleteSubnetRequest, context: RequestContext): void {
  const store = context.store(ec2Store);
  const { id } = need(store.subnets, KINDS.subnet, input.SubnetId, context);
  const used =
    store.networkInterfaces.list().some(({ data }) => data.SubnetId === id) ||
    store.natGateways.list().some(({ data }) => data.SubnetId === id && data.State !== 'deleted');
  if (used) throw dependency('subnet', id);
  for (const { data: table } of store.routeTables.list()) {
    table.Associations = table.Associations?.filter((a) => a.SubnetId !== id);
  }
  store.subnets.delete(id);
}

export function modifySubnetAttribute(input: ModifySubnetAttributeRequest, context: RequestContext): void {
  const { data } = need(context.store(ec2Store).subnets, KINDS.subnet, input.SubnetId, context);
  if (input.MapPublicIpOnLaunch?.Value !== undefined)
    data.MapPublicIpOnLaunch = input.MapPublicIpOnLaunch.Value;
}
