import type {
  AssociateRouteTableRequest,
  AssociateRouteTableResult,
  CreateRouteRequest,
  CreateRouteResult,
  CreateRouteTableRequest,
  CreateRouteTableResult,
  DeleteRouteRequest,
  DeleteRouteTableRequest,
  DescribeNetworkAclsRequest,
  DescribeNetworkAclsResult,
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
  DescribeRouteTablesRequest,
  DescribeRouteTablesResult,
  DisassociateRouteTableRequest,
  NetworkAcl,
  NetworkInterface,
  ReplaceRouteRequest,
  RouteTable,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { parseCidr } from './cidr.ts';
import { describe, KINDS, need, type FieldTable } from './query.ts';
import { ec2Store } from './store.ts';
import { tagsFor } from './tags.ts';

const TABLE_FIELDS: FieldTable<RouteTable> = {
  'route-table-id': (t) => t.RouteTableId,
  'vpc-id': (t) => t.VpcId,
  'association.subnet-id': (t) => t.Associations?.map((a) => a.SubnetId),
  'association.main': (t) => t.Associations?.map((a) => String(a.Main ?? false)),
  'association.route-table-association-id': (t) => t.Associations?.map((a) => a.RouteTableAssociationId),
  'route.gateway-id': (t) => t.Routes?.map((r) => r.GatewayId),
  'route.nat-gateway-id': (t) => t.Routes?.map((r) => r.NatGatewayId),
  'route.destination-cidr-block': (t) => t.Routes?.map((r) => r.DestinationCidrBlock),
  'owner-id': (t) => t.OwnerId,
};

export function describeRouteTables(
  input: DescribeRouteTablesRequest,
  context: RequestContext,
): DescribeRouteTablesResult {
  const page = describe(
    context.store(ec2Store).routeTables,
    KINDS.routeTable,
    input.RouteTableIds,
    input,
    TABLE_FIELDS,
    context,
  );
  return { RouteTables: page.data, NextToken: page.NextToken };
}

export function createRouteTable(
  input: CreateRouteTableRequest,
  context: RequestContext,
): CreateRouteTableResult {
  const store = context.store(ec2Store);
  const vpc = need(store.vpcs, KINDS.vpc, input.VpcId, context);
  const tags = tagsFor(input.TagSpecifications, 'route-table', context);
  const id = store.newId('rtb');
  const { data } = store.routeTables.add(id, {
    RouteTableId: id,
    VpcId: vpc.id,
    OwnerId: store.accountId,
    Associations: [],
    PropagatingVgws: [],
    Routes: [
      {
        DestinationCidrBlock: vpc.data.CidrBlock,
        GatewayId: 'local',
        Origin: 'CreateRouteTable',
        State: 'active',
      },
    ],
    ...(tags ? { Tags: tags } : {}),
  });
  return { RouteTable: data };
}

export function createRoute(input: CreateRouteRequest, context: RequestContext): CreateRouteResult {
  const store = context.store(ec2Store);
  const { data: table } = need(store.routeTables, KINDS.routeTable, input.RouteTableId, context);
  const destination = input.DestinationCidrBlock ?? '';
  if (!parseCidr(destination))
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${destination}) for parameter destinationCidrBlock is invalid.`,
    );
  if (table.Routes?.some((r) => r.DestinationCidrBlock === destination)) {
    throw new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
  }
  if (input.GatewayId) need(store.internetGateways, KINDS.internetGateway, input.GatewayId, context);
  if (input.NatGatewayId) need(store.natGateways, KINDS.natGateway, input.NatGatewayId, context);
  if (!input.GatewayId && !input.NatGatewayId && !input.NetworkInterfaceId && !input.InstanceId) {
    throw new AwsError('MissingParameter', 'The request must contain exactly one target');
  }
  table.Routes?.push({
    DestinationCidrBlock: destination,
    ...(input.GatewayId ? { GatewayId: input.GatewayId } : {}),
    ...(input.NatGatewayId ? { NatGatewayId: input.NatGatewayId } : {}),
    Origin: 'CreateRoute',
    State: 'active',
  });
  return { Return: true };
}

/** Points an existing route at another target. */
export function replaceRoute(input: ReplaceRouteRequest, context: RequestContext): void {
  const store = context.store(ec2Store);
  const { data: table } = need(store.routeTables, KINDS.routeTable, input.RouteTableId, context);
  const route = table.Routes?.find((r) => r.DestinationCidrBlock === input.DestinationCidrBlock);
  if (!route)
    throw new AwsError(
      'InvalidRoute.NotFound',
      `There is no route defined for '${input.DestinationCidrBlock}' in the route table. Use CreateRoute instead.`,
    );
  if (input.GatewayId) need(store.internetGateways, KINDS.internetGateway, input.GatewayId, context);
  if (input.NatGatewayId) {
    const nat = need(store.natGateways, KINDS.natGateway, input.NatGatewayId, context);
    if (nat.data.State !== 'available')
      throw new AwsError('InvalidNatGatewayID.NotFound', `The natGateway ID '${nat.id}' does not exist`);
  }
  route.GatewayId = input.GatewayId;
  route.NatGatewayId = input.NatGatewayId;
  route.State = 'active';
}

export function deleteRoute(input: DeleteRouteRequest, context: RequestContext): void {
  const { data } = need(context.store(ec2Store).routeTables, KINDS.routeTable, input.RouteTableId, context);
  const found = data.Routes?.some((r) => r.DestinationCidrBlock === input.DestinationCidrBlock);
  if (!found)
    throw new AwsError(
      'InvalidRoute.NotFound',
      `no route with destination-cidr-block ${input.DestinationCidrBlock} in route table ${data.RouteTableId}`,
    );
  data.Routes = data.Routes?.filter((r) => r.DestinationCidrBlock !== input.DestinationCidrBlock);
}

export function associateRouteTable(
  input: AssociateRouteTableRequest,
  context: RequestContext,
): AssociateRouteTableResult {
  const store = context.store(ec2Store);
  const { id, data } = need(store.routeTables, KINDS.routeTable, input.RouteTableId, context);
  const subnet = need(store.subnets, KINDS.subnet, input.SubnetId, context);
  for (const { data: other } of store.routeTables.list()) {
    if (other.Associations?.some((a) => a.SubnetId === subnet.id)) {
      throw new AwsError(
        'Resource.AlreadyAssociated',
        `the specified association for route table ${id} conflicts with an existing association`,
      );
    }
  }
  const associationId = store.newId('rtbassoc');
  data.Associations?.push({
    Main: false,
    RouteTableAssociationId: associationId,
    RouteTableId: id,
    SubnetId: subnet.id,
    AssociationState: { State: 'associated' },
  });
  return { AssociationId: associationId, AssociationState: { State: 'associated' } };
}

export function disassociateRouteTable(input: DisassociateRouteTableRequest, context: RequestContext): void {
  for (const { data } of context.store(ec2Store).routeTables.list()) {
    const association = data.Associations?.find((a) => a.RouteTableAssociationId === input.AssociationId);
    if (!association) continue;
    if (association.Main)
      throw new AwsError('InvalidParameterValue', 'cannot disassociate the main route table association');
    data.Associations = data.Associations?.filter((a) => a !== association);
    return;
  }
  throw new AwsError(
    'InvalidAssociationID.NotFound',
    `The association ID '${input.AssociationId}' does not exist`,
  );
}

export function deleteRouteTable(input: DeleteRouteTableRequest, context: RequestContext): void {
  const store = context.store(ec2Store);
  const { id, data } = need(store.routeTables, KINDS.routeTable, input.RouteTableId, context);
  if (data.Associations && data.Associations.length > 0)
    throw new AwsError(
      'DependencyViolation',
      `The routeTable '${id}' has dependencies and cannot be deleted.`,
    );
  store.routeTables.delete(id);
}

const INTERFACE_FIELDS: FieldTable<NetworkInterface> = {
  'network-interface-id': (n) => n.NetworkInterfaceId,
  'vpc-id': (n) => n.VpcId,
  'subnet-id': (n) => n.SubnetId,
  status: (n) => n.Status,
  'availability-zone': (n) => n.AvailabilityZone,
  'private-ip-address': (n) => n.PrivateIpAddress,
  'group-id': (n) => n.Groups?.map((g) => g.GroupId),
  'attachment.instance-id': (n) => n.Attachment?.InstanceId,
  'interface-type': (n) => n.InterfaceType,
  'association.public-ip': (n) => n.Association?.PublicIp,
  description: (n) => n.Description,
};

export function describeNetworkInterfaces(
  input: DescribeNetworkInterfacesRequest,
  context: RequestContext,
): DescribeNetworkInterfacesResult {
  const { networkInterfaces } = context.store(ec2Store);
  const ids = input.NetworkInterfaceIds;
  const page = describe(
    networkInterfaces,
    KINDS.networkInterface,
    ids,
    input,
    INTERFACE_FIELDS,
    context,
    (n) => n.TagSet,
  );
  return { NetworkInterfaces: page.data, NextToken: page.NextToken };
}

const ACL_FIELDS: FieldTable<NetworkAcl> = {
  'network-acl-id': (a) => a.NetworkAclId,
  'vpc-id': (a) => a.VpcId,
  default: (a) => a.IsDefault,
};

export function describeNetworkAcls(
  input: DescribeNetworkAclsRequest,
  context: RequestContext,
): DescribeNetworkAclsResult {
  const info = {
    prefix: 'acl',
    notFound: 'InvalidNetworkAclID.NotFound',
    malformed: 'InvalidNetworkAclId.Malformed',
    noun: 'networkAcl ID',
  };
  const page = describe(
    context.store(ec2Store).networkAcls,
    info,
    input.NetworkAclIds,
    input,
    ACL_FIELDS,
    context,
  );
  return { NetworkAcls: page.data, NextToken: page.NextToken };
}
