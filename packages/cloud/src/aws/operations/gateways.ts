import type { NatGateway, RouteTable, VpcEndpoint } from '@aws-sdk/client-ec2';
import { abortedError } from '../errors.ts';
import { CloudError } from '../../errors.ts';
import type { Json, ResourceRef } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { ec2Arn, type Scope } from '../scope.ts';
import { TOKEN_TAG } from '../token.ts';
import { partToken } from '../../shared/token.ts';
import { result, type Operation } from './model.ts';
import { captured, restoration, restored, restoredTags, undoOfDelete, type TokenContext } from './restore.ts';

const NAT = 'aws.ec2.nat-gateway';
const ENDPOINT = 'aws.ec2.vpc-endpoint';

/** A route as it was: its table and what it matched. */
interface FormerRoute {
  readonly routeTableId: string;
  readonly cidr?: string;
  readonly cidr6?: string;
  readonly prefixListId?: string;
}

/** What of a NAT gateway is brought back: its own members and the routes that led to it. */
interface FormerNat extends NatGateway {
  readonly FormerRoutes?: readonly FormerRoute[];
}

async function tablesWith(scope: Scope, natId: string): Promise<RouteTable[]> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const Filters = [{ Name: 'route.nat-gateway-id', Values: [natId] }];
  const found: RouteTable[] = [];
  const pages = ec2.pages('DescribeRouteTables', async (NextToken) => {
    const answer = await ec2.send(new ec2.sdk.DescribeRouteTablesCommand({ Filters, NextToken }), scope);
    return { items: answer.RouteTables ?? [], next: answer.NextToken };
  });
  for await (const items of pages) found.push(...items);
  return found;
}

async function routesTo(scope: Scope, natId: string): Promise<FormerRoute[]> {
  return (await tablesWith(scope, natId)).flatMap((table) =>
    (table.Routes ?? [])
      .filter((route) => route.NatGatewayId === natId && table.RouteTableId)
      .map((route) => ({
        routeTableId: table.RouteTableId ?? '',
        ...(route.DestinationCidrBlock ? { cidr: route.DestinationCidrBlock } : {}),
        ...(route.DestinationIpv6CidrBlock ? { cidr6: route.DestinationIpv6CidrBlock } : {}),
        ...(route.DestinationPrefixListId ? { prefixListId: route.DestinationPrefixListId } : {}),
      })),
  );
}

const deleteNat: Operation = {
  descriptor: {
    id: 'delete',
    type: NAT,
    label: 'Delete NAT gateway',
    states: ['running', 'failed'],
    parameters: [],
    confirm: 'typed',
    dryRun: false,
    until: ['deleted'],
    undo: 'restore',
    actions: ['ec2:DescribeRouteTables', 'ec2:DeleteNatGateway'],
  },
  async run({ scope, resource, before }) {
    const routes = await routesTo(scope, resource.id);
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DeleteNatGatewayCommand({ NatGatewayId: resource.id }), {
      ...scope,
      retry: 'refused-only',
    });
    const configuration: Json = { FormerRoutes: routes.map((r) => ({ ...r })) };
    return result('accepted', answer, {
      ...undoOfDelete(before, { configuration }),
      note: 'Its address stays allocated; routes to it lead nowhere from now on.',
    });
  },
  evidence: (seen) => (!seen || seen.state === 'deleting' || seen.state === 'deleted' ? 'yes' : 'no'),
};

async function natOfToken({ scope, clientToken }: TokenContext): Promise<NatGateway | undefined> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const Filter = [
    { Name: `tag:${TOKEN_TAG}`, Values: [clientToken] },
    { Name: 'state', Values: ['pending', 'available'] },
  ];
  const answer = await ec2.send(new ec2.sdk.DescribeNatGatewaysCommand({ Filter }), scope);
  return answer.NatGateways?.[0];
}

function natRef(scope: Scope, id: string): ResourceRef {
  return { type: NAT, id, nativeId: ec2Arn(scope, 'natgateway', id), region: scope.region };
}

const sameRoute = (a: FormerRoute, b: FormerRoute): boolean =>
  a.routeTableId === b.routeTableId &&
  a.cidr === b.cidr &&
  a.cidr6 === b.cidr6 &&
  a.prefixListId === b.prefixListId;

/** The former routes that do not lead to the new gateway yet. */
async function openRoutes(scope: Scope, former: FormerNat, natId: string): Promise<FormerRoute[]> {
  const there = await routesTo(scope, natId);
  return (former.FormerRoutes ?? []).filter((route) => !there.some((r) => sameRoute(r, route)));
}

/** Routes are set when the gateway can take them; AWS needs some minutes for it. */
const NAT_PATIENCE_MS = 600_000;

async function untilAvailable(scope: Scope, natId: string): Promise<void> {
  const { clock, limits } = scope.session;
  const ec2 = await scope.session.open(EC2, scope.region);
  const deadline = clock.now() + NAT_PATIENCE_MS;
  for (;;) {
    const answer = await ec2.send(new ec2.sdk.DescribeNatGatewaysCommand({ NatGatewayIds: [natId] }), scope);
    const state = answer.NatGateways?.[0]?.State;
    if (state === 'available') return;
    if (state === 'failed' || state === 'deleted' || clock.now() > deadline)
      throw new CloudError({
        kind: 'unavailable',
        message: `The NAT gateway ${natId} is ${state ?? 'gone'}: ${answer.NatGateways?.[0]?.FailureMessage ?? 'its routes were not set'}.`,
        region: scope.region,
      });
    try {
      await clock.sleep(limits.poll.first, scope.session.signalOf(scope.signal));
    } catch {
      throw abortedError();
    }
  }
}

async function setRoute(scope: Scope, route: FormerRoute, NatGatewayId: string): Promise<void> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const input = {
    RouteTableId: route.routeTableId,
    NatGatewayId,
    ...(route.cidr ? { DestinationCidrBlock: route.cidr } : {}),
    ...(route.cidr6 ? { DestinationIpv6CidrBlock: route.cidr6 } : {}),
    ...(route.prefixListId ? { DestinationPrefixListId: route.prefixListId } : {}),
  };
  try {
    await ec2.send(new ec2.sdk.ReplaceRouteCommand(input), scope);
  } catch (error) {
    // Someone removed the dead route meanwhile.
    if (!(error instanceof CloudError) || error.problem.providerCode !== 'InvalidRoute.NotFound') throw error;
    await ec2.send(new ec2.sdk.CreateRouteCommand(input), { ...scope, retry: 'refused-only' });
  }
}

const restoreNat = restoration({
  type: NAT,
  label: 'Bring NAT gateway back',
  until: ['running'],
  actions: ['ec2:CreateNatGateway', 'ec2:CreateTags', 'ec2:ReplaceRoute', 'ec2:CreateRoute'],
  async made(context) {
    const found = await natOfToken(context);
    if (!found?.NatGatewayId) return [];
    const open = await openRoutes(context.scope, captured<FormerNat>(context.parameters), found.NatGatewayId);
    return open.length === 0 ? [natRef(context.scope, found.NatGatewayId)] : [];
  },
  async run(context) {
    const { scope, parameters, clientToken } = context;
    const former = captured<FormerNat>(parameters);
    const ec2 = await scope.session.open(EC2, scope.region);
    const main = former.NatGatewayAddresses?.find((a) => a.IsPrimary) ?? former.NatGatewayAddresses?.[0];
    const more = (former.NatGatewayAddresses ?? []).filter((a) => a !== main);
    const answer = await ec2.send(
      new ec2.sdk.CreateNatGatewayCommand({
        SubnetId: former.SubnetId,
        ConnectivityType: former.ConnectivityType,
        AllocationId: former.ConnectivityType === 'private' ? undefined : main?.AllocationId,
        ...(more.length > 0 ? { SecondaryAllocationIds: more.flatMap((a) => a.AllocationId ?? []) } : {}),
        TagSpecifications: [{ ResourceType: 'natgateway', Tags: restoredTags(context) }],
        ClientToken: partToken(clientToken, 'nat'),
      }),
      scope,
    );
    const id = answer.NatGateway?.NatGatewayId ?? '';
    const open = await openRoutes(scope, former, id);
    if (open.length > 0) await untilAvailable(scope, id);
    for (const route of open) await setRoute(scope, route, id);
    return restored(answer, natRef(scope, id));
  },
});

function endpointRef(scope: Scope, id: string): ResourceRef {
  return { type: ENDPOINT, id, nativeId: ec2Arn(scope, 'vpc-endpoint', id), region: scope.region };
}

const deleteEndpoint: Operation = {
  descriptor: {
    id: 'delete',
    type: ENDPOINT,
    label: 'Delete VPC endpoint',
    parameters: [],
    confirm: 'typed',
    dryRun: false,
    until: ['deleted'],
    undo: 'restore',
    actions: ['ec2:DeleteVpcEndpoints'],
  },
  async run({ scope, resource, before }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(new ec2.sdk.DeleteVpcEndpointsCommand({ VpcEndpointIds: [resource.id] }), {
      ...scope,
      retry: 'refused-only',
    });
    const refused = answer.Unsuccessful?.[0]?.Error;
    if (refused)
      throw new CloudError({
        kind: 'conflict_state',
        message: refused.Message ?? 'AWS refused to delete the endpoint.',
        ...(refused.Code ? { providerCode: refused.Code } : {}),
        region: scope.region,
      });
    return result('accepted', answer, undoOfDelete(before));
  },
  evidence: (seen) => (!seen || seen.state === 'deleting' || seen.state === 'deleted' ? 'yes' : 'no'),
};

const restoreEndpoint = restoration({
  type: ENDPOINT,
  label: 'Bring VPC endpoint back',
  until: ['running'],
  actions: ['ec2:CreateVpcEndpoint', 'ec2:CreateTags'],
  async made({ scope, clientToken }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const Filters = [{ Name: `tag:${TOKEN_TAG}`, Values: [clientToken] }];
    const answer = await ec2.send(new ec2.sdk.DescribeVpcEndpointsCommand({ Filters }), scope);
    const id = answer.VpcEndpoints?.[0]?.VpcEndpointId;
    return id ? [endpointRef(scope, id)] : [];
  },
  async run(context) {
    const { scope, parameters, clientToken } = context;
    const former = captured<VpcEndpoint>(parameters);
    const isGateway = former.VpcEndpointType === 'Gateway';
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(
      new ec2.sdk.CreateVpcEndpointCommand({
        VpcId: former.VpcId,
        ServiceName: former.ServiceName,
        VpcEndpointType: former.VpcEndpointType,
        PolicyDocument: former.PolicyDocument,
        ...(isGateway
          ? { RouteTableIds: former.RouteTableIds }
          : {
              SubnetIds: former.SubnetIds,
              SecurityGroupIds: (former.Groups ?? []).flatMap((g) => g.GroupId ?? []),
              PrivateDnsEnabled: former.PrivateDnsEnabled,
              IpAddressType: former.IpAddressType,
            }),
        TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags: restoredTags(context) }],
        ClientToken: partToken(clientToken, 'endpoint'),
      }),
      scope,
    );
    return restored(answer, endpointRef(scope, answer.VpcEndpoint?.VpcEndpointId ?? ''));
  },
});

export const gatewayOperations: readonly Operation[] = [
  deleteNat,
  restoreNat,
  deleteEndpoint,
  restoreEndpoint,
];
