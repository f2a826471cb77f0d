import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import type { Resource, ResourceState } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { relations, resource, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { ec2Arn, type Scope, type TypeReader } from '../scope.ts';

const STATES: Readonly<Record<string, ResourceState>> = {
  available: 'running',
  pending: 'creating',
  pendingacceptance: 'creating',
  deleting: 'deleting',
  deleted: 'deleted',
  rejected: 'failed',
  failed: 'failed',
  expired: 'failed',
  partial: 'updating',
};

const ENDPOINT = {
  id: 'aws.ec2.vpc-endpoint',
  label: 'VPC endpoint',
  category: 'network',
  taggable: true,
} as const;

function endpointResource(scope: Scope, raw: VpcEndpoint): Resource {
  const id = raw.VpcEndpointId ?? '';
  const tags = tagMap(raw.Tags);
  return resource({
    type: ENDPOINT.id,
    nativeId: ec2Arn(scope, 'vpc-endpoint', id),
    id,
    region: scope.region,
    name: tags['Name'] ?? raw.ServiceName?.split('.').slice(3).join('.'),
    // The word comes in two cases (EC2 API reference, State of VpcEndpoint).
    state: stateOf(STATES, raw.State?.toLowerCase()),
    stateRaw: raw.State,
    tags,
    createdAt: raw.CreationTimestamp,
    size: { sku: raw.VpcEndpointType, nodes: raw.SubnetIds?.length },
    relations: relations(
      ['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)],
      ...(raw.SubnetIds ?? []).map((s) => ['in_subnet', ec2Arn(scope, 'subnet', s)] as const),
      ...(raw.RouteTableIds ?? []).map((r) => ['routes_to', ec2Arn(scope, 'route-table', r)] as const),
      ...(raw.Groups ?? []).map(
        (g) => ['protected_by', g.GroupId && ec2Arn(scope, 'security-group', g.GroupId)] as const,
      ),
    ),
    attributes: toAttributes(raw, ['Tags']),
  });
}

/** Gateway endpoints (free), interface and Gateway Load Balancer endpoints (charged by zone and hour). */
export const vpcEndpoints: TypeReader = {
  type: ENDPOINT,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const found = ec2.pages('DescribeVpcEndpoints', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeVpcEndpointsCommand({ NextToken, MaxResults: 1000 }),
        scope,
      );
      return { items: answer.VpcEndpoints ?? [], next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => endpointResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(
      new ec2.sdk.DescribeVpcEndpointsCommand({ VpcEndpointIds: [ref.id] }),
      scope,
    );
    return answer.VpcEndpoints?.[0] && endpointResource(scope, answer.VpcEndpoints[0]);
  },
};
