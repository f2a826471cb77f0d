import type {
  CapacityReservation,
  DescribeCapacityReservationsRequest,
  DescribeCapacityReservationsResult,
  DescribeHostsRequest,
  DescribeHostsResult,
  DescribeLaunchTemplatesRequest,
  DescribeLaunchTemplatesResult,
  DescribeLaunchTemplateVersionsRequest,
  DescribeLaunchTemplateVersionsResult,
  DescribeTransitGatewayAttachmentsRequest,
  DescribeTransitGatewayAttachmentsResult,
  DescribeVpnConnectionsRequest,
  DescribeVpnConnectionsResult,
  Host,
  TransitGatewayAttachment,
  VpnConnection,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { describe, KINDS, need, type FieldTable } from './query.ts';
import { ec2Store, type TemplateRecord } from './store.ts';

const RESERVATION_FIELDS: FieldTable<CapacityReservation> = {
  state: (r) => r.State,
  'instance-type': (r) => r.InstanceType,
};

export function describeCapacityReservations(
  input: DescribeCapacityReservationsRequest,
  context: RequestContext,
): DescribeCapacityReservationsResult {
  const page = describe(
    context.store(ec2Store).capacityReservations,
    KINDS.capacityReservation,
    input.CapacityReservationIds,
    input,
    RESERVATION_FIELDS,
    context,
  );
  return { CapacityReservations: page.data, NextToken: page.NextToken };
}

const HOST_FIELDS: FieldTable<Host> = { state: (h) => h.State };

export function describeHosts(input: DescribeHostsRequest, context: RequestContext): DescribeHostsResult {
  // The member is called Filter here, as with NAT gateways.
  const { Filter: filters, HostIds: ids, ...rest } = input;
  const page = describe(
    context.store(ec2Store).hosts,
    KINDS.host,
    ids,
    { ...rest, Filters: filters },
    HOST_FIELDS,
    context,
  );
  return { Hosts: page.data, NextToken: page.NextToken };
}

const TEMPLATE_FIELDS: FieldTable<TemplateRecord> = {
  'launch-template-name': (t) => t.template.LaunchTemplateName,
};

export function describeLaunchTemplates(
  input: DescribeLaunchTemplatesRequest,
  context: RequestContext,
): DescribeLaunchTemplatesResult {
  const page = describe(
    context.store(ec2Store).launchTemplates,
    KINDS.launchTemplate,
    input.LaunchTemplateIds,
    input,
    TEMPLATE_FIELDS,
    context,
    (t) => t.template.Tags,
  );
  return { LaunchTemplates: page.data.map((t) => t.template), NextToken: page.NextToken };
}

/** Versions by number, `$Default` and `$Latest`; the two may be the same, which comes once. */
export function describeLaunchTemplateVersions(
  input: DescribeLaunchTemplateVersionsRequest,
  context: RequestContext,
): DescribeLaunchTemplateVersionsResult {
  const store = context.store(ec2Store);
  const { data } = need(store.launchTemplates, KINDS.launchTemplate, input.LaunchTemplateId, context);
  const wanted = new Set(
    (input.Versions ?? []).map((v) =>
      v === '$Latest'
        ? data.template.LatestVersionNumber
        : v === '$Default'
          ? data.template.DefaultVersionNumber
          : Number(v),
    ),
  );
  return {
    LaunchTemplateVersions: data.versions.filter((v) => wanted.size === 0 || wanted.has(v.VersionNumber)),
  };
}

const VPN_FIELDS: FieldTable<VpnConnection> = { state: (v) => v.State };

export function describeVpnConnections(
  input: DescribeVpnConnectionsRequest,
  context: RequestContext,
): DescribeVpnConnectionsResult {
  const { VpnConnectionIds: ids, Filters } = input;
  const page = describe(
    context.store(ec2Store).vpnConnections,
    KINDS.vpnConnection,
    ids,
    { Filters },
    VPN_FIELDS,
    context,
  );
  return { VpnConnections: page.data };
}

const TRANSIT_FIELDS: FieldTable<TransitGatewayAttachment> = {
  state: (a) => a.State,
  'resource-type': (a) => a.ResourceType,
  'transit-gateway-id': (a) => a.TransitGatewayId,
};

export function describeTransitGatewayAttachments(
  input: DescribeTransitGatewayAttachmentsRequest,
  context: RequestContext,
): DescribeTransitGatewayAttachmentsResult {
  const page = describe(
    context.store(ec2Store).transitAttachments,
    KINDS.transitAttachment,
    input.TransitGatewayAttachmentIds,
    input,
    TRANSIT_FIELDS,
    context,
  );
  return { TransitGatewayAttachments: page.data, NextToken: page.NextToken };
}
