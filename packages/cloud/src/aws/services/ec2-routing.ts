import type { InternetGateway, RouteTable } from '@aws-sdk/client-ec2';
import type { Resource } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { relations, resource, tagMap, toAttributes } from '../../shared/normalise.ts';
import { ec2Arn, type Scope, type TypeReader } from '../scope.ts';

const INTERNET_GATEWAY = {
  id: 'aws.ec2.internet-gateway',
  label: 'Internet gateway',
  category: 'network',
  taggable: true,
} as const;

function internetGatewayResource(scope: Scope, raw: InternetGateway): Resource {
  const id = raw.InternetGatewayId ?? '';
  const tags = tagMap(raw.Tags);
  const networks = (raw.Attachments ?? []).map((a) => a.VpcId);
  return resource({
    type: INTERNET_GATEWAY.id,
    nativeId: ec2Arn(scope, 'internet-gateway', id),
    id,
    region: scope.region,
    name: tags['Name'],
    state: networks.length > 0 ? 'in_use' : 'available',
    tags,
    relations: relations(...networks.map((v) => ['attached_to', v && ec2Arn(scope, 'vpc', v)] as const)),
    attributes: toAttributes(raw, ['Tags']),
  });
}

export const internetGateways: TypeReader = {
  type: INTERNET_GATEWAY,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const found = ec2.pages('DescribeInternetGateways', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeInternetGatewaysCommand({ NextToken, MaxResults: 1000 }),
        scope,
      );
      return { items: answer.InternetGateways ?? [], next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => internetGatewayResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(
      new ec2.sdk.DescribeInternetGatewaysCommand({ InternetGatewayIds: [ref.id] }),
      scope,
    );
    return answer.InternetGateways?.[0] && internetGatewayResource(scope, answer.InternetGateways[0]);
  },
};

const ROUTE_TABLE = {
  id: 'aws.ec2.route-table',
  label: 'Route table',
  category: 'network',
  taggable: true,
} as const;

function routeTableResource(scope: Scope, raw: RouteTable): Resource {
  const id = raw.RouteTableId ?? '';
  const tags = tagMap(raw.Tags);
  return resource({
    type: ROUTE_TABLE.id,
    nativeId: ec2Arn(scope, 'route-table', id),
    id,
    region: scope.region,
    name: tags['Name'],
    state: 'active',
    tags,
    relations: relations(
      ['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)],
      ...(raw.Associations ?? []).map(
        (a) => ['attached_to', a.SubnetId && ec2Arn(scope, 'subnet', a.SubnetId)] as const,
      ),
      ...(raw.Routes ?? []).map(
        (r) => ['routes_to', r.NatGatewayId && ec2Arn(scope, 'natgateway', r.NatGatewayId)] as const,
      ),
    ),
    attributes: toAttributes(raw, ['Tags']),
  });
}

export const routeTables: TypeReader = {
  type: ROUTE_TABLE,
  async *list(scope) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const found = ec2.pages('DescribeRouteTables', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeRouteTablesCommand({ NextToken, MaxResults: 100 }),
        scope,
      );
      return { items: answer.RouteTables ?? [], next: answer.NextToken };
    });
    for await (const items of found) yield items.map((raw) => routeTableResource(scope, raw));
  },
  async inspect(scope, ref) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DescribeRouteTablesCommand({ RouteTableIds: [ref.id] }), scope);
    return answer.RouteTables?.[0] && routeTableResource(scope, answer.RouteTables[0]);
  },
};
