import type { Handler, RequestContext, ResourceRef, ServiceDefinition } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import {
  allocateAddress,
  associateAddress,
  describeAddresses,
  disassociateAddress,
  releaseAddress,
} from './addresses.ts';
import {
  describeCapacityReservations,
  describeHosts,
  describeLaunchTemplates,
  describeLaunchTemplateVersions,
  describeTransitGatewayAttachments,
  describeVpnConnections,
} from './capacity.ts';
import { describeInstances, describeInstanceStatus } from './describe-instances.ts';
import {
  attachInternetGateway,
  createInternetGateway,
  createNatGateway,
  deleteInternetGateway,
  deleteNatGateway,
  describeInternetGateways,
  describeNatGateways,
  detachInternetGateway,
} from './gateways.ts';
import { createImage, deregisterImage, describeImages, registerImage } from './images.ts';
import {
  describeInstanceAttribute,
  modifyInstanceAttribute,
  monitorInstances,
  unmonitorInstances,
} from './instance-attributes.ts';
import { describeInstanceTypeOfferings, describeInstanceTypes } from './instance-types.ts';
import { createKeyPair, deleteKeyPair, describeKeyPairs, importKeyPair } from './key-pairs.ts';
import { runInstances } from './launch.ts';
import { rebootInstances, startInstances, stopInstances, terminateInstances } from './lifecycle.ts';
import { describeAccountAttributes, describeAvailabilityZones, describeRegions } from './regions.ts';
import {
  associateRouteTable,
  createRoute,
  createRouteTable,
  deleteRoute,
  deleteRouteTable,
  describeNetworkAcls,
  describeNetworkInterfaces,
  describeRouteTables,
  disassociateRouteTable,
  replaceRoute,
} from './routes.ts';
import {
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  createSecurityGroup,
  deleteSecurityGroup,
  describeSecurityGroups,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
} from './security-groups.ts';
import { createVpcEndpoint, deleteVpcEndpoints, describeVpcEndpoints } from './endpoints.ts';
import {
  copySnapshot,
  createSnapshot,
  deleteSnapshot,
  describeSnapshots,
  modifySnapshotTier,
  restoreSnapshotTier,
} from './snapshots.ts';
import { ec2Store, type Ec2Store } from './store.ts';
import { createTags, deleteTags, describeTags } from './tags.ts';
import {
  attachVolume,
  createVolume,
  deleteVolume,
  describeVolumes,
  describeVolumesModifications,
  detachVolume,
  modifyVolume,
} from './volumes.ts';
import {
  createSubnet,
  createVpc,
  deleteSubnet,
  deleteVpc,
  describeSubnets,
  describeVpcAttribute,
  describeVpcs,
  modifySubnetAttribute,
  modifyVpcAttribute,
} from './vpcs.ts';

const OPERATIONS: Readonly<Record<string, Handler>> = {
  AllocateAddress: allocateAddress,
  AssociateAddress: associateAddress,
  AssociateRouteTable: associateRouteTable,
  AttachInternetGateway: attachInternetGateway,
  AttachVolume: attachVolume,
  AuthorizeSecurityGroupEgress: authorizeSecurityGroupEgress,
  AuthorizeSecurityGroupIngress: authorizeSecurityGroupIngress,
  CopySnapshot: copySnapshot,
  CreateImage: createImage,
  CreateInternetGateway: createInternetGateway,
  CreateKeyPair: createKeyPair,
  CreateNatGateway: createNatGateway,
  CreateRoute: createRoute,
  CreateRouteTable: createRouteTable,
  CreateSecurityGroup: createSecurityGroup,
  CreateSnapshot: createSnapshot,
  CreateSubnet: createSubnet,
  CreateTags: createTags,
  CreateVolume: createVolume,
  CreateVpc: createVpc,
  DeleteInternetGateway: deleteInternetGateway,
  DeleteKeyPair: deleteKeyPair,
  DeleteNatGateway: deleteNatGateway,
  DeleteRoute: deleteRoute,
  DeleteRouteTable: deleteRouteTable,
  DeleteSecurityGroup: deleteSecurityGroup,
  DeleteSnapshot: deleteSnapshot,
  DeleteSubnet: deleteSubnet,
  DeleteTags: deleteTags,
  DeleteVolume: deleteVolume,
  CreateVpcEndpoint: createVpcEndpoint,
  DeleteVpc: deleteVpc,
  DeleteVpcEndpoints: deleteVpcEndpoints,
  DescribeVpcEndpoints: describeVpcEndpoints,
  ModifySnapshotTier: modifySnapshotTier,
  RegisterImage: registerImage,
  ReplaceRoute: replaceRoute,
  RestoreSnapshotTier: restoreSnapshotTier,
  DeregisterImage: deregisterImage,
  DescribeAccountAttributes: describeAccountAttributes,
  DescribeAddresses: describeAddresses,
  DescribeCapacityReservations: describeCapacityReservations,
  DescribeHosts: describeHosts,
  DescribeLaunchTemplates: describeLaunchTemplates,
  DescribeLaunchTemplateVersions: describeLaunchTemplateVersions,
  DescribeTransitGatewayAttachments: describeTransitGatewayAttachments,
  DescribeVpnConnections: describeVpnConnections,
  DescribeAvailabilityZones: describeAvailabilityZones,
  DescribeImages: describeImages,
  DescribeInstanceAttribute: describeInstanceAttribute,
  DescribeInstances: describeInstances,
  DescribeInstanceStatus: describeInstanceStatus,
  DescribeInstanceTypeOfferings: describeInstanceTypeOfferings,
  DescribeInstanceTypes: describeInstanceTypes,
  DescribeInternetGateways: describeInternetGateways,
  DescribeKeyPairs: describeKeyPairs,
  DescribeNatGateways: describeNatGateways,
  DescribeNetworkAcls: describeNetworkAcls,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribeRegions: describeRegions,
  DescribeRouteTables: describeRouteTables,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSnapshots: describeSnapshots,
  DescribeSubnets: describeSubnets,
  DescribeTags: describeTags,
  DescribeVolumes: describeVolumes,
  DescribeVolumesModifications: describeVolumesModifications,
  DescribeVpcAttribute: describeVpcAttribute,
  DescribeVpcs: describeVpcs,
  DetachInternetGateway: detachInternetGateway,
  DetachVolume: detachVolume,
  DisassociateAddress: disassociateAddress,
  DisassociateRouteTable: disassociateRouteTable,
  ImportKeyPair: importKeyPair,
  ModifyInstanceAttribute: modifyInstanceAttribute,
  ModifySubnetAttribute: modifySubnetAttribute,
  ModifyVolume: modifyVolume,
  ModifyVpcAttribute: modifyVpcAttribute,
  MonitorInstances: monitorInstances,
  RebootInstances: rebootInstances,
  ReleaseAddress: releaseAddress,
  RevokeSecurityGroupEgress: revokeSecurityGroupEgress,
  RevokeSecurityGroupIngress: revokeSecurityGroupIngress,
  RunInstances: runInstances,
  StartInstances: startInstances,
  StopInstances: stopInstances,
  TerminateInstances: terminateInstances,
  UnmonitorInstances: unmonitorInstances,
};

/** DryRun: with permission the answer is the error DryRunOperation, 412, and nothing happens. */
function withDryRun(handler: Handler): Handler {
  return (input: never, context: RequestContext) => {
    if ((input as { DryRun?: boolean }).DryRun === true) {
      throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
    }
    return handler(input, context);
  };
}

/** What a creating call acts on: not yet existing objects of these types. */
const CREATED_TYPES: Readonly<Record<string, readonly string[]>> = {
  RunInstances: ['instance', 'volume', 'network-interface'],
  CreateVolume: ['volume'],
  CreateSnapshot: ['snapshot'],
  CreateVpc: ['vpc'],
  CreateSubnet: ['subnet'],
  CreateSecurityGroup: ['security-group'],
  CreateImage: ['image'],
  AllocateAddress: ['elastic-ip'],
  CreateNatGateway: ['natgateway'],
  CreateInternetGateway: ['internet-gateway'],
  CreateRouteTable: ['route-table'],
  CreateKeyPair: ['key-pair'],
  CreateVpcEndpoint: ['vpc-endpoint'],
  RegisterImage: ['image'],
  ImportKeyPair: ['key-pair'],
};

function idsIn(input: Readonly<Record<string, unknown>>): string[] {
  const ids: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (!/Ids?$/.test(name) && name !== 'Resources') continue;
    if (typeof value === 'string') ids.push(value);
    else if (Array.isArray(value)) ids.push(...(value as unknown[]).filter((v) => typeof v === 'string'));
  }
  return ids;
}

function resourceRef(store: Ec2Store, id: string): ResourceRef[] {
  const type = store.typeOf(id);
  if (!type) return [];
  const keys: Record<string, string> = {};
  for (const tag of store.find(id)?.data.Tags ?? [])
    keys[`aws:resourcetag/${tag.Key}`.toLowerCase()] = tag.Value ?? '';
  for (const [key, value] of Object.entries(keys)) keys[key.replace('aws:', 'ec2:')] = value;
  return [{ arn: store.arn(type, id), keys }];
}

/** Amazon EC2. */
export const ec2: ServiceDefinition = {
  iamPrefix: 'ec2',
  handlers: Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, handler]) => [name, withDryRun(handler)]),
  ),
  resources(operation, input, context) {
    // Describe calls have no resource-level permissions on AWS.
    if (operation.startsWith('Describe')) return [];
    const store = context.store(ec2Store);
    const created = (CREATED_TYPES[operation] ?? []).map((type) => ({ arn: store.arn(type, '*') }));
    return [...created, ...idsIn(input).flatMap((id) => resourceRef(store, id))];
  },
};
