import type { Address, NatGateway, NetworkInterface, SecurityGroup, Subnet, Vpc } from '@aws-sdk/client-ec2';
import type { Resource, ResourceState } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { relations, resource, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { addressMonthly, natGatewayMonthly } from '../price-table.ts';
import { ec2Arn, type Scope, type TypeReader } from '../scope.ts';

const NETWORK_STATES: Readonly<Record<string, ResourceState>> = {
  pending: 'creating',
  available: 'active',
  unavailable: 'failed',
  failed: 'failed',
};

const VPC = { id: 'aws.ec2.vpc', label: 'VPC', category: 'network', taggable: true } as const;

function vpcResource(scope: Scope, raw: Vpc): Resource {
  const id = raw.VpcId ?? '';
  const tags = tagMap(raw.Tags);
  return resource({
    type: VPC.id,
    nativeId: ec2Arn(scope, 'vpc', id),
    id,
    region: scope.region,
    name: tags['Name'],
    state: stateOf(NETWORK_STATES, raw.State),
    stateRaw: raw.State,
    tags,
    attributes: toAttributes(raw, ['Tags']),
  });
}

export const vpcs: TypeReader = {
  type: VPC,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const found = ec2.pages('DescribeVpcs', async (NextToken) => {
      const answer = await ec2.send(new ec2.sdk.DescribeVpcsCommand({ NextToken, MaxResults: 1000 }), scope);
      return { items: answer.Vpcs ?? [], next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => vpcResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeVpcsCommand({ VpcIds: [ref.id] }), scope);
    return answer.Vpcs?.[0] && vpcResource(scope, answer.Vpcs[0]);
  },
};

const SUBNET = { id: 'aws.ec2.subnet', label: 'Subnet', category: 'network', taggable: true } as const;

function subnetResource(scope: Scope, raw: Subnet): Resource {
  const id = raw.SubnetId ?? '';
  const tags = tagMap(raw.Tags);
  return resource({
    type: SUBNET.id,
    nativeId: ec2Arn(scope, 'subnet', id),
    id,
    region: scope.region,
    name: tags['Name'],
    zone: raw.AvailabilityZone,
    state: stateOf(NETWORK_STATES, raw.State),
    stateRaw: raw.State,
    tags,
    relations: relations(['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)]),
    attributes: toAttributes(raw, ['Tags']),
  });
}

export const subnets: TypeReader = {
  type: SUBNET,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const found = ec2.pages('DescribeSubnets', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeSubnetsCommand({ NextToken, MaxResults: 1000 }),
        scope,
      );
      return { items: answer.Subnets ?? [], next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => subnetResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeSubnetsCommand({ SubnetIds: [ref.id] }), scope);
    return answer.Subnets?.[0] && subnetResource(scope, answer.Subnets[0]);
  },
};

const SECURITY_GROUP = {
  id: 'aws.ec2.security-group',
  label: 'Security group',
  category: 'network',
  taggable: true,
} as const;

function securityGroupResource(scope: Scope, raw: SecurityGroup): Resource {
  const id = raw.GroupId ?? '';
  return resource({
    type: SECURITY_GROUP.id,
    nativeId: ec2Arn(scope, 'security-group', id),
    id,
    region: scope.region,
    name: raw.GroupName,
    state: 'active',
    tags: tagMap(raw.Tags),
    relations: relations(['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)]),
    attributes: toAttributes(raw, ['Tags']),
  });
}

export const securityGroups: TypeReader = {
  type: SECURITY_GROUP,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const found = ec2.pages('DescribeSecurityGroups', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeSecurityGroupsCommand({ NextToken, MaxResults: 1000 }),
        scope,
      );
      return { items: answer.SecurityGroups ?? [], next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => securityGroupResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeSecurityGroupsCommand({ GroupIds: [ref.id] }), scope);
    return answer.SecurityGroups?.[0] && securityGroupResource(scope, answer.SecurityGroups[0]);
  },
};

const ADDRESS = {
  id: 'aws.ec2.address',
  label: 'Elastic IP address',
  category: 'network',
  taggable: true,
} as const;

function addressResource(scope: Scope, raw: Address): Resource {
  const id = raw.AllocationId ?? raw.PublicIp ?? '';
  const tags = tagMap(raw.Tags);
  // An address in use by an instance or interface has an association; otherwise the member is absent.
  const used = Boolean(raw.AssociationId ?? raw.InstanceId ?? raw.NetworkInterfaceId);
  return resource({
    type: ADDRESS.id,
    nativeId: ec2Arn(scope, 'elastic-ip', id),
    id,
    region: scope.region,
    name: tags['Name'] ?? raw.PublicIp,
    state: used ? 'in_use' : 'available',
    tags,
    relations: relations(
      ['attached_to', raw.InstanceId && ec2Arn(scope, 'instance', raw.InstanceId)],
      ['attached_to', raw.NetworkInterfaceId && ec2Arn(scope, 'network-interface', raw.NetworkInterfaceId)],
    ),
    attributes: toAttributes(raw, ['Tags']),
    monthly: addressMonthly(scope.region),
  });
}

export const addresses: TypeReader = {
  type: ADDRESS,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeAddressesCommand({}), scope);
    yield (answer.Addresses ?? []).map((raw) => addressResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeAddressesCommand({ AllocationIds: [ref.id] }), scope);
    return answer.Addresses?.[0] && addressResource(scope, answer.Addresses[0]);
  },
};

const NAT_STATES: Readonly<Record<string, ResourceState>> = {
  pending: 'creating',
  available: 'running',
  failed: 'failed',
  deleting: 'deleting',
  deleted: 'deleted',
};

const NAT_GATEWAY = {
  id: 'aws.ec2.nat-gateway',
  label: 'NAT gateway',
  category: 'network',
  taggable: true,
} as const;

function natGatewayResource(scope: Scope, raw: NatGateway): Resource {
  const id = raw.NatGatewayId ?? '';
  const tags = tagMap(raw.Tags);
  return resource({
    type: NAT_GATEWAY.id,
    nativeId: ec2Arn(scope, 'natgateway', id),
    id,
    region: scope.region,
    name: tags['Name'],
    state: stateOf(NAT_STATES, raw.State),
    stateRaw: raw.State,
    tags,
    createdAt: raw.CreateTime,
    relations: relations(
      ['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)],
      ['in_subnet', raw.SubnetId && ec2Arn(scope, 'subnet', raw.SubnetId)],
      ...(raw.NatGatewayAddresses ?? []).map(
        (a) => ['uses', a.AllocationId && ec2Arn(scope, 'elastic-ip', a.AllocationId)] as const,
      ),
    ),
    attributes: toAttributes(raw, ['Tags']),
    monthly: raw.State === 'available' ? natGatewayMonthly(scope.region) : undefined,
  });
}

export const natGateways: TypeReader = {
  type: NAT_GATEWAY,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const found = ec2.pages('DescribeNatGateways', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeNatGatewaysCommand({ NextToken, MaxResults: 1000 }),
        scope,
      );
      return { items: answer.NatGateways ?? [], next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => natGatewayResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeNatGatewaysCommand({ NatGatewayIds: [ref.id] }), scope);
    return answer.NatGateways?.[0] && natGatewayResource(scope, answer.NatGateways[0]);
  },
};

const INTERFACE_STATES: Readonly<Record<string, ResourceState>> = {
  available: 'available',
  'in-use': 'in_use',
  associated: 'in_use',
  attaching: 'updating',
  detaching: 'updating',
  pending: 'creating',
};

const NETWORK_INTERFACE = {
  id: 'aws.ec2.network-interface',
  label: 'Network interface',
  category: 'network',
  taggable: true,
} as const;

function networkInterfaceResource(scope: Scope, raw: NetworkInterface): Resource {
  const id = raw.NetworkInterfaceId ?? '';
  const tags = tagMap(raw.TagSet);
  return resource({
    type: NETWORK_INTERFACE.id,
    nativeId: ec2Arn(scope, 'network-interface', id),
    id,
    region: scope.region,
    name: tags['Name'] ?? (raw.Description || undefined),
    zone: raw.AvailabilityZone,
    state: stateOf(INTERFACE_STATES, raw.Status),
    stateRaw: raw.Status,
    tags,
    relations: relations(
      ['attached_to', raw.Attachment?.InstanceId && ec2Arn(scope, 'instance', raw.Attachment.InstanceId)],
      ['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)],
      ['in_subnet', raw.SubnetId && ec2Arn(scope, 'subnet', raw.SubnetId)],
      ...(raw.Groups ?? []).map(
        (g) => ['protected_by', g.GroupId && ec2Arn(scope, 'security-group', g.GroupId)] as const,
      ),
    ),
    attributes: toAttributes(raw, ['TagSet']),
  });
}

export const networkInterfaces: TypeReader = {
  type: NETWORK_INTERFACE,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const found = ec2.pages('DescribeNetworkInterfaces', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeNetworkInterfacesCommand({ NextToken, MaxResults: 500 }),
        scope,
      );
      return { items: answer.NetworkInterfaces ?? [], next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => networkInterfaceResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(
      new ec2.sdk.DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [ref.id] }),
      scope,
    );
    return answer.NetworkInterfaces?.[0] && networkInterfaceResource(scope, answer.NetworkInterfaces[0]);
  },
};
