import type {
  CapacityReservation,
  Host,
  LaunchTemplate,
  LaunchTemplateVersion,
  TransitGatewayAttachment,
  VpnConnection,
} from '@aws-sdk/client-ec2';
import type * as Ec2Sdk from '@aws-sdk/client-ec2';
import type { ResourceState } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { relations, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { ec2Arn, type Scope } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { detailedReader, plainReader } from './reader.ts';

const RESERVATION_STATES: Readonly<Record<string, ResourceState>> = {
  active: 'active',
  pending: 'creating',
  scheduled: 'creating',
  assessing: 'creating',
  delayed: 'creating',
  'payment-pending': 'creating',
  expired: 'deleted',
  cancelled: 'deleted',
  unsupported: 'failed',
  failed: 'failed',
  'payment-failed': 'failed',
};

/** Reserved capacity is charged like running instances, used or not. */
export const capacityReservations = plainReader<typeof Ec2Sdk, CapacityReservation>({
  type: {
    id: 'aws.ec2.capacity-reservation',
    label: 'Capacity reservation',
    category: 'compute',
    taggable: true,
  },
  service: EC2,
  call: 'DescribeCapacityReservations',
  async page(ec2, scope, NextToken) {
    const answer = await ec2.send(
      new ec2.sdk.DescribeCapacityReservationsCommand({ NextToken, MaxResults: 1000 }),
      scope,
    );
    return { items: answer.CapacityReservations ?? [], next: answer.NextToken };
  },
  async find(ec2, scope, ref) {
    const input = { CapacityReservationIds: [ref.id] };
    return (await ec2.send(new ec2.sdk.DescribeCapacityReservationsCommand(input), scope))
      .CapacityReservations?.[0];
  },
  facts(scope, raw) {
    const id = raw.CapacityReservationId ?? '';
    const tags = tagMap(raw.Tags);
    return {
      nativeId: ec2Arn(scope, 'capacity-reservation', id),
      id,
      name: tags['Name'],
      zone: raw.AvailabilityZone,
      state: stateOf(RESERVATION_STATES, raw.State),
      stateRaw: raw.State,
      tags,
      createdAt: raw.CreateDate,
      size: { sku: raw.InstanceType, nodes: raw.TotalInstanceCount },
      attributes: toAttributes(raw, ['Tags']),
    };
  },
});

const HOST_STATES: Readonly<Record<string, ResourceState>> = {
  available: 'available',
  'under-assessment': 'available',
  pending: 'creating',
  'permanent-failure': 'failed',
  released: 'deleted',
  'released-permanent-failure': 'deleted',
};

export const dedicatedHosts = plainReader<typeof Ec2Sdk, Host>({
  type: { id: 'aws.ec2.dedicated-host', label: 'Dedicated host', category: 'compute', taggable: true },
  service: EC2,
  call: 'DescribeHosts',
  async page(ec2, scope, NextToken) {
    const answer = await ec2.send(new ec2.sdk.DescribeHostsCommand({ NextToken, MaxResults: 500 }), scope);
    return { items: answer.Hosts ?? [], next: answer.NextToken };
  },
  async find(ec2, scope, ref) {
    return (await ec2.send(new ec2.sdk.DescribeHostsCommand({ HostIds: [ref.id] }), scope)).Hosts?.[0];
  },
  facts(scope, raw) {
    const id = raw.HostId ?? '';
    const tags = tagMap(raw.Tags);
    const state = stateOf(HOST_STATES, raw.State);
    return {
      nativeId: ec2Arn(scope, 'dedicated-host', id),
      id,
      name: tags['Name'],
      zone: raw.AvailabilityZone,
      state: state === 'available' && (raw.Instances ?? []).length > 0 ? 'in_use' : state,
      stateRaw: raw.State,
      tags,
      createdAt: raw.AllocationTime,
      size: { sku: raw.HostProperties?.InstanceFamily, cpus: raw.HostProperties?.TotalVCpus },
      relations: relations(
        ...(raw.Instances ?? []).map(
          (i) => ['uses', i.InstanceId && ec2Arn(scope, 'instance', i.InstanceId)] as const,
        ),
      ),
      attributes: toAttributes(raw, ['Tags']),
    };
  },
});

type Ec2 = ServiceHandle<typeof Ec2Sdk>;

/** A template with the two versions that are in use by name. */
interface Template extends LaunchTemplate {
  readonly Versions: readonly LaunchTemplateVersion[];
}

/** User data may hold secrets; which image and type are started is enough. */
function versionFacts(version: LaunchTemplateVersion) {
  const data = version.LaunchTemplateData;
  return {
    VersionNumber: version.VersionNumber,
    DefaultVersion: version.DefaultVersion,
    ImageId: data?.ImageId,
    InstanceType: data?.InstanceType,
  };
}

async function withVersions(ec2: Ec2, scope: Scope, raw: LaunchTemplate): Promise<Template> {
  const answer = await ec2.send(
    new ec2.sdk.DescribeLaunchTemplateVersionsCommand({
      LaunchTemplateId: raw.LaunchTemplateId,
      Versions: ['$Default', '$Latest'],
    }),
    scope,
  );
  return { ...raw, Versions: answer.LaunchTemplateVersions ?? [] };
}

export const launchTemplates = detailedReader<typeof Ec2Sdk, LaunchTemplate, Template>({
  type: { id: 'aws.ec2.launch-template', label: 'Launch template', category: 'compute', taggable: true },
  service: EC2,
  call: 'DescribeLaunchTemplates',
  async page(ec2, scope, NextToken) {
    const answer = await ec2.send(
      new ec2.sdk.DescribeLaunchTemplatesCommand({ NextToken, MaxResults: 200 }),
      scope,
    );
    return { items: answer.LaunchTemplates ?? [], next: answer.NextToken };
  },
  detail: withVersions,
  async find(ec2, scope, ref) {
    const input = { LaunchTemplateIds: [ref.id] };
    const answer = await ec2.send(new ec2.sdk.DescribeLaunchTemplatesCommand(input), scope);
    return answer.LaunchTemplates?.[0] && withVersions(ec2, scope, answer.LaunchTemplates[0]);
  },
  facts(scope, raw) {
    const id = raw.LaunchTemplateId ?? '';
    return {
      nativeId: ec2Arn(scope, 'launch-template', id),
      id,
      name: raw.LaunchTemplateName,
      state: 'active',
      tags: tagMap(raw.Tags),
      createdAt: raw.CreateTime,
      relations: relations(
        ...raw.Versions.map((v) => {
          const image = v.LaunchTemplateData?.ImageId;
          return ['uses', image?.startsWith('ami-') ? ec2Arn(scope, 'image', image) : undefined] as const;
        }),
      ),
      attributes: toAttributes({ ...raw, Versions: raw.Versions.map(versionFacts) }, ['Tags']),
    };
  },
});

const LINK_STATES: Readonly<Record<string, ResourceState>> = {
  available: 'running',
  pending: 'creating',
  initiating: 'creating',
  initiatingRequest: 'creating',
  pendingAcceptance: 'creating',
  modifying: 'updating',
  rollingBack: 'updating',
  deleting: 'deleting',
  deleted: 'deleted',
  rejected: 'failed',
  rejecting: 'failed',
  failed: 'failed',
  failing: 'failed',
};

export const vpnConnections = plainReader<typeof Ec2Sdk, VpnConnection>({
  type: { id: 'aws.ec2.vpn-connection', label: 'VPN connection', category: 'network', taggable: true },
  service: EC2,
  call: 'DescribeVpnConnections',
  async page(ec2, scope) {
    // The call has no pages.
    const answer = await ec2.send(new ec2.sdk.DescribeVpnConnectionsCommand({}), scope);
    return { items: answer.VpnConnections ?? [], next: undefined };
  },
  async find(ec2, scope, ref) {
    const input = { VpnConnectionIds: [ref.id] };
    return (await ec2.send(new ec2.sdk.DescribeVpnConnectionsCommand(input), scope)).VpnConnections?.[0];
  },
  facts(scope, raw) {
    const id = raw.VpnConnectionId ?? '';
    const tags = tagMap(raw.Tags);
    return {
      nativeId: ec2Arn(scope, 'vpn-connection', id),
      id,
      name: tags['Name'],
      state: stateOf(LINK_STATES, raw.State),
      stateRaw: raw.State,
      tags,
      relations: relations(
        ['attached_to', raw.VpnGatewayId && ec2Arn(scope, 'vpn-gateway', raw.VpnGatewayId)],
        ['attached_to', raw.TransitGatewayId && ec2Arn(scope, 'transit-gateway', raw.TransitGatewayId)],
      ),
      // The router configuration and the options hold pre-shared keys.
      attributes: toAttributes(raw, ['Tags', 'CustomerGatewayConfiguration', 'Options']),
    };
  },
});

export const transitAttachments = plainReader<typeof Ec2Sdk, TransitGatewayAttachment>({
  type: {
    id: 'aws.ec2.transit-gateway-attachment',
    label: 'Transit gateway attachment',
    category: 'network',
    taggable: true,
  },
  service: EC2,
  call: 'DescribeTransitGatewayAttachments',
  async page(ec2, scope, NextToken) {
    const answer = await ec2.send(
      new ec2.sdk.DescribeTransitGatewayAttachmentsCommand({ NextToken, MaxResults: 1000 }),
      scope,
    );
    return { items: answer.TransitGatewayAttachments ?? [], next: answer.NextToken };
  },
  async find(ec2, scope, ref) {
    const input = { TransitGatewayAttachmentIds: [ref.id] };
    return (await ec2.send(new ec2.sdk.DescribeTransitGatewayAttachmentsCommand(input), scope))
      .TransitGatewayAttachments?.[0];
  },
  facts(scope, raw) {
    const id = raw.TransitGatewayAttachmentId ?? '';
    const tags = tagMap(raw.Tags);
    return {
      nativeId: ec2Arn(scope, 'transit-gateway-attachment', id),
      id,
      name: tags['Name'],
      state: stateOf(LINK_STATES, raw.State),
      stateRaw: raw.State,
      tags,
      createdAt: raw.CreationTime,
      size: { sku: raw.ResourceType },
      relations: relations(
        ['attached_to', raw.TransitGatewayId && ec2Arn(scope, 'transit-gateway', raw.TransitGatewayId)],
        [
          'attached_to',
          raw.ResourceType === 'vpc' && raw.ResourceId ? ec2Arn(scope, 'vpc', raw.ResourceId) : undefined,
        ],
      ),
      attributes: toAttributes(raw, ['Tags']),
    };
  },
});
