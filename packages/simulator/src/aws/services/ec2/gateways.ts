import type {
  AttachInternetGatewayRequest,
  CreateInternetGatewayRequest,
  CreateInternetGatewayResult,
  CreateNatGatewayRequest,
  CreateNatGatewayResult,
  DeleteInternetGatewayRequest,
  DeleteNatGatewayRequest,
  DeleteNatGatewayResult,
  DescribeInternetGatewaysRequest,
  DescribeInternetGatewaysResult,
  DescribeNatGatewaysRequest,
  DescribeNatGatewaysResult,
  DetachInternetGatewayRequest,
  InternetGateway,
  NatGateway,
  Tag,
} from '@aws-sdk/client-ec2';
import type { Entity } from '../../collection.ts';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { GATEWAY_ATTACHED } from './default-vpc.ts';
import { describe, KINDS, missing, need, once, type FieldTable } from './query.ts';
import { ec2Store, type Ec2Store } from './store.ts';
import { tagsFor } from './tags.ts';

const NAT_CREATE_SECONDS = 90;
const NAT_DELETE_SECONDS = 60;
/** Deleted NAT gateways stay listed for about an hour. */
const NAT_FORGET_SECONDS = 3600;

const INTERNET_FIELDS: FieldTable<InternetGateway> = {
  'internet-gateway-id': (g) => g.InternetGatewayId,
  'attachment.vpc-id': (g) => g.Attachments?.map((a) => a.VpcId),
  'attachment.state': (g) => g.Attachments?.map((a) => a.State),
  'owner-id': (g) => g.OwnerId,
};

export function describeInternetGateways(
  input: DescribeInternetGatewaysRequest,
  context: RequestContext,
): DescribeInternetGatewaysResult {
  const { internetGateways } = context.store(ec2Store);
  const page = describe(
    internetGateways,
    KINDS.internetGateway,
    input.InternetGatewayIds,
    input,
    INTERNET_FIELDS,
    context,
  );
  return { InternetGateways: page.data, NextToken: page.NextToken };
}

export function createInternetGateway(
  input: CreateInternetGatewayRequest,
  context: RequestContext,
): CreateInternetGatewayResult {
  const store = context.store(ec2Store);
  const id = store.newId('igw');
  const tags = tagsFor(input.TagSpecifications, 'internet-gateway', context);
  const { data } = store.internetGateways.add(id, {
    InternetGatewayId: id,
    OwnerId: store.accountId,
    Attachments: [],
    ...(tags ? { Tags: tags } : {}),
  });
  return { InternetGateway: data };
}

export function attachInternetGateway(input: AttachInternetGatewayRequest, context: RequestContext): void {
  const store = context.store(ec2Store);
  const { id, data } = need(store.internetGateways, KINDS.internetGateway, input.InternetGatewayId, context);
  const vpc = need(store.vpcs, KINDS.vpc, input.VpcId, context);
  if (data.Attachments && data.Attachments.length > 0)
    throw new AwsError(
      'Resource.AlreadyAssociated',
      `resource ${id} is already attached to network ${data.Attachments[0]?.VpcId}`,
    );
  const taken = store.internetGateways
    .list()
    .some((e) => e.data.Attachments?.some((a) => a.VpcId === vpc.id));
  if (taken)
    throw new AwsError('InvalidParameterValue', `Network ${vpc.id} already has an internet gateway attached`);
  data.Attachments = [{ State: GATEWAY_ATTACHED, VpcId: vpc.id }];
}

export function detachInternetGateway(input: DetachInternetGatewayRequest, context: RequestContext): void {
  const store = context.store(ec2Store);
  const { id, data } = need(store.internetGateways, KINDS.internetGateway, input.InternetGatewayId, context);
  if (!data.Attachments?.some((a) => a.VpcId === input.VpcId))
    throw new AwsError('Gateway.NotAttached', `resource ${id} is not attached to network ${input.VpcId}`);
  const mapped = store.networkInterfaces
    .list()
    .some((e) => e.data.VpcId === input.VpcId && e.data.Association !== undefined);
  if (mapped)
    throw new AwsError(
      'DependencyViolation',
      `Network ${input.VpcId} has some mapped public address(es). Please unmap those before detaching the gateway.`,
    );
  data.Attachments = [];
}

export function deleteInternetGateway(input: DeleteInternetGatewayRequest, context: RequestContext): void {
  const store = context.store(ec2Store);
  const { id, data } = need(store.internetGateways, KINDS.internetGateway, input.InternetGatewayId, context);
  if (data.Attachments && data.Attachments.length > 0)
    throw new AwsError(
      'DependencyViolation',
      `The internetGateway '${id}' has dependencies and cannot be deleted.`,
    );
  store.internetGateways.delete(id);
}

const NAT_FIELDS: FieldTable<NatGateway> = {
  'nat-gateway-id': (g) => g.NatGatewayId,
  state: (g) => g.State,
  'subnet-id': (g) => g.SubnetId,
  'vpc-id': (g) => g.VpcId,
};

export function describeNatGateways(
  input: DescribeNatGatewaysRequest,
  context: RequestContext,
): DescribeNatGatewaysResult {
  const { natGateways } = context.store(ec2Store);
  // The member is called Filter here, unlike in every other call.
  const { Filter: filters, NatGatewayIds: ids, ...rest } = input;
  const page = describe(
    natGateways,
    KINDS.natGateway,
    ids,
    { ...rest, Filters: filters },
    NAT_FIELDS,
    context,
  );
  return { NatGateways: page.data, NextToken: page.NextToken };
}

/** Adds a NAT gateway in state `available` and links its address. */
export function addNatGateway(
  store: Ec2Store,
  subnetId: string,
  options: {
    readonly allocationId?: string | undefined;
    readonly tags?: Tag[] | undefined;
    readonly createdAt?: number;
  } = {},
): Entity<NatGateway> {
  const id = store.newId('nat');
  const subnet = store.subnets.get(subnetId)?.data;
  const address = options.allocationId ? store.addresses.get(options.allocationId)?.data : undefined;
  const privateIp = subnet ? store.privateIp(subnet) : '';
  const interfaceId = store.newId('eni');
  const at = options.createdAt ?? store.world.clock.now();
  if (address) {
    address.AssociationId = store.newId('eipassoc');
    address.NetworkInterfaceId = interfaceId;
    address.NetworkInterfaceOwnerId = store.accountId;
    address.PrivateIpAddress = privateIp;
  }
  return store.natGateways.add(
    id,
    {
      NatGatewayId: id,
      SubnetId: subnetId,
      VpcId: subnet?.VpcId,
      State: 'available',
      CreateTime: new Date(at),
      ConnectivityType: address ? 'public' : 'private',
      NatGatewayAddresses: [
        {
          NetworkInterfaceId: interfaceId,
          PrivateIp: privateIp,
          IsPrimary: true,
          Status: 'succeeded',
          ...(address
            ? {
                AllocationId: address.AllocationId,
                PublicIp: address.PublicIp,
                AssociationId: address.AssociationId,
              }
            : {}),
        },
      ],
      ...(options.tags ? { Tags: options.tags } : {}),
    },
    at,
  );
}

/** Creates a NAT gateway: `pending`, then `available`. */
export function createNatGateway(
  input: CreateNatGatewayRequest,
  context: RequestContext,
): CreateNatGatewayResult {
  const store = context.store(ec2Store);
  return once(store, 'CreateNatGateway', input, () => {
    const { id: subnetId } = need(store.subnets, KINDS.subnet, input.SubnetId, context);
    const isPublic = (input.ConnectivityType ?? 'public') === 'public';
    if (isPublic && !input.AllocationId) throw missing('AllocationId');
    if (input.AllocationId) {
      const { data } = need(store.addresses, KINDS.address, input.AllocationId, context);
      if (data.AssociationId !== undefined)
        throw new AwsError(
          'Resource.AlreadyAssociated',
          `resource ${input.AllocationId} is already associated`,
        );
    }
    const tags = tagsFor(input.TagSpecifications, 'natgateway', context);
    const entity = addNatGateway(store, subnetId, { allocationId: input.AllocationId, tags });
    entity.data.State = 'pending';
    const answer = { ...entity.data };
    store.natGateways.schedule(entity, store.world.after(NAT_CREATE_SECONDS), () => {
      entity.data.State = 'available';
    });
    return { NatGateway: answer };
  });
}

/** Deletes: `deleting`, then `deleted` and listed for an hour; its address stays allocated and goes on costing. */
export function deleteNatGateway(
  input: DeleteNatGatewayRequest,
  context: RequestContext,
): DeleteNatGatewayResult {
  const store = context.store(ec2Store);
  const entity = need(store.natGateways, KINDS.natGateway, input.NatGatewayId, context);
  const { data } = entity;
  if (data.State === 'deleted' || data.State === 'deleting') return { NatGatewayId: entity.id };
  entity.pending = [];
  data.State = 'deleting';
  const deleted = store.world.after(NAT_DELETE_SECONDS);
  store.natGateways.schedule(entity, deleted, () => {
    data.State = 'deleted';
    data.DeleteTime = new Date(deleted);
    for (const { data: table } of store.routeTables.list())
      for (const route of table.Routes ?? []) if (route.NatGatewayId === entity.id) route.State = 'blackhole';
    const address = store.addresses.get(data.NatGatewayAddresses?.[0]?.AllocationId ?? '')?.data;
    if (!address) return;
    address.AssociationId = undefined;
    address.NetworkInterfaceId = undefined;
    address.NetworkInterfaceOwnerId = undefined;
    address.PrivateIpAddress = undefined;
  });
  store.natGateways.schedule(entity, deleted + NAT_FORGET_SECONDS * 1000, () =>
    store.natGateways.delete(entity.id),
  );
  return { NatGatewayId: entity.id };
}
