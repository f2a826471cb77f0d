import type { AttachmentStatus, Subnet } from '@aws-sdk/client-ec2';
import { findRegion } from '../../regions.ts';
import type { Ec2Store } from './store.ts';

/** Internet gateways are `available`, which the SDK's enumeration of the shared type lacks. */
export const GATEWAY_ATTACHED = 'available' as AttachmentStatus;

/** Adds a VPC with what AWS makes with it: main route table, default ACL and default security group. */
export function addVpc(store: Ec2Store, cidr: string, isDefault: boolean): string {
  const vpcId = store.newId('vpc');
  const owner = { OwnerId: store.accountId };
  store.vpcs.add(vpcId, {
    ...owner,
    VpcId: vpcId,
    CidrBlock: cidr,
    State: 'available',
    IsDefault: isDefault,
    InstanceTenancy: 'default',
    DhcpOptionsId: `dopt-${store.random.hex(17)}`,
    CidrBlockAssociationSet: [
      {
        AssociationId: store.newId('vpc-cidr-assoc'),
        CidrBlock: cidr,
        CidrBlockState: { State: 'associated' },
      },
    ],
  });
  const tableId = store.newId('rtb');
  store.routeTables.add(tableId, {
    ...owner,
    RouteTableId: tableId,
    VpcId: vpcId,
    PropagatingVgws: [],
    Routes: [{ DestinationCidrBlock: cidr, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' }],
    Associations: [
      {
        Main: true,
        RouteTableAssociationId: store.newId('rtbassoc'),
        RouteTableId: tableId,
        AssociationState: { State: 'associated' },
      },
    ],
  });
  const aclId = store.newId('acl');
  store.networkAcls.add(aclId, {
    ...owner,
    NetworkAclId: aclId,
    VpcId: vpcId,
    IsDefault: true,
    Associations: [],
    Entries: [],
  });
  addSecurityGroup(store, vpcId, 'default', 'default VPC security group');
  return vpcId;
}

/** Adds a security group that lets everything out, as AWS does. */
export function addSecurityGroup(store: Ec2Store, vpcId: string, name: string, description: string): string {
  const groupId = store.newId('sg');
  store.securityGroups.add(groupId, {
    GroupId: groupId,
    GroupName: name,
    Description: description,
    VpcId: vpcId,
    OwnerId: store.accountId,
    SecurityGroupArn: store.arn('security-group', groupId),
    IpPermissions: [],
    IpPermissionsEgress: [
      {
        IpProtocol: '-1',
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
    ],
  });
  return groupId;
}

/** Adds a subnet; five addresses of each are AWS's own. */
export function addSubnet(
  store: Ec2Store,
  vpcId: string,
  cidr: string,
  zone: string,
  options: { readonly isDefault?: boolean; readonly mapPublicIp?: boolean } = {},
): Subnet {
  const subnetId = store.newId('subnet');
  const bits = Number(cidr.split('/')[1]);
  return store.subnets.add(subnetId, {
    SubnetId: subnetId,
    SubnetArn: store.arn('subnet', subnetId),
    OwnerId: store.accountId,
    VpcId: vpcId,
    CidrBlock: cidr,
    AvailabilityZone: zone,
    AvailabilityZoneId: zoneId(zone),
    AvailableIpAddressCount: 2 ** (32 - bits) - 5,
    State: 'available',
    DefaultForAz: options.isDefault ?? false,
    MapPublicIpOnLaunch: options.mapPublicIp ?? false,
    AssignIpv6AddressOnCreation: false,
    MapCustomerOwnedIpOnLaunch: false,
    Ipv6CidrBlockAssociationSet: [],
    EnableDns64: false,
    Ipv6Native: false,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
  }).data;
}

/** `use1-az1` for `us-east-1a`. */
export function zoneId(zone: string): string {
  const region = zone.slice(0, -1);
  const short = region
    .split('-')
    .map((part, i) => (i === 1 ? part.replace(/(north|south|east|west|central)/g, (d) => d.charAt(0)) : part))
    .join('');
  return `${short}-az${zone.charCodeAt(zone.length - 1) - 96}`;
}

/** The VPC 172.31.0.0/16 with one public subnet per zone that every account has in every region. */
export function createDefaultVpc(store: Ec2Store): void {
  const vpcId = addVpc(store, '172.31.0.0/16', true);
  const gatewayId = store.newId('igw');
  store.internetGateways.add(gatewayId, {
    InternetGatewayId: gatewayId,
    OwnerId: store.accountId,
    Attachments: [{ State: GATEWAY_ATTACHED, VpcId: vpcId }],
  });
  for (const { data: table } of store.routeTables.list()) {
    if (table.VpcId !== vpcId) continue;
    table.Routes?.push({
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: gatewayId,
      Origin: 'CreateRoute',
      State: 'active',
    });
  }
  [...(findRegion(store.region)?.zones ?? 'a')].forEach((letter, index) => {
    addSubnet(store, vpcId, `172.31.${index * 16}.0/20`, `${store.region}${letter}`, {
      isDefault: true,
      mapPublicIp: true,
    });
  });
}
