import type {
  CreateVpcEndpointRequest,
  CreateVpcEndpointResult,
  DeleteVpcEndpointsRequest,
  DeleteVpcEndpointsResult,
  DescribeVpcEndpointsRequest,
  DescribeVpcEndpointsResult,
  Tag,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { Entity } from '../../collection.ts';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { describe, KINDS, missing, need, once, type FieldTable } from './query.ts';
import { ec2Store, type Ec2Store } from './store.ts';
import { tagsFor } from './tags.ts';

const CREATE_SECONDS = 60;
const DELETE_SECONDS = 60;

const FIELDS: FieldTable<VpcEndpoint> = {
  'vpc-endpoint-id': (e) => e.VpcEndpointId,
  'vpc-endpoint-state': (e) => e.State,
  'vpc-endpoint-type': (e) => e.VpcEndpointType,
  'vpc-id': (e) => e.VpcId,
  'service-name': (e) => e.ServiceName,
};

export function describeVpcEndpoints(
  input: DescribeVpcEndpointsRequest,
  context: RequestContext,
): DescribeVpcEndpointsResult {
  const { vpcEndpoints } = context.store(ec2Store);
  const page = describe(vpcEndpoints, KINDS.vpcEndpoint, input.VpcEndpointIds, input, FIELDS, context);
  return { VpcEndpoints: page.data, NextToken: page.NextToken };
}

/** What a new endpoint needs. */
export interface EndpointSpec {
  readonly vpcId: string;
  /** For example `com.amazonaws.us-east-1.s3`. */
  readonly serviceName: string;
  readonly type: 'Gateway' | 'Interface';
  readonly subnetIds?: readonly string[];
  readonly routeTableIds?: readonly string[];
  readonly groupIds?: readonly string[];
  readonly policy?: string | undefined;
  readonly privateDns?: boolean;
  readonly tags?: Tag[] | undefined;
  readonly createdAt?: number;
}

const OPEN_POLICY =
  '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}';

/** Adds an endpoint in state `available`. */
export function addEndpoint(store: Ec2Store, spec: EndpointSpec): Entity<VpcEndpoint> {
  const id = store.newId('vpce');
  const at = spec.createdAt ?? store.world.clock.now();
  const isInterface = spec.type === 'Interface';
  const endpoint: VpcEndpoint = {
    VpcEndpointId: id,
    VpcEndpointType: spec.type,
    VpcId: spec.vpcId,
    ServiceName: spec.serviceName,
    // The wire has it in lower case, whatever the SDK's list of words says.
    State: 'available' as VpcEndpoint['State'],
    PolicyDocument: spec.policy ?? OPEN_POLICY,
    RouteTableIds: isInterface ? [] : [...(spec.routeTableIds ?? [])],
    SubnetIds: isInterface ? [...(spec.subnetIds ?? [])] : [],
    Groups: isInterface ? (spec.groupIds ?? []).map((GroupId) => ({ GroupId })) : [],
    ...(isInterface ? { IpAddressType: 'ipv4' as const } : {}),
    PrivateDnsEnabled: isInterface && spec.privateDns === true,
    RequesterManaged: false,
    NetworkInterfaceIds: isInterface ? (spec.subnetIds ?? []).map(() => store.newId('eni')) : [],
    CreationTimestamp: new Date(at),
    OwnerId: store.accountId,
    ...(spec.tags ? { Tags: spec.tags } : {}),
  };
  return store.vpcEndpoints.add(id, endpoint, at);
}

/** Creates an endpoint: `pending`, then `available`; a gateway endpoint is there at once. */
export function createVpcEndpoint(
  input: CreateVpcEndpointRequest,
  context: RequestContext,
): CreateVpcEndpointResult {
  const store = context.store(ec2Store);
  return once(store, 'CreateVpcEndpoint', input, () => {
    const vpc = need(store.vpcs, KINDS.vpc, input.VpcId, context);
    if (!input.ServiceName) throw missing('ServiceName');
    if (!input.ServiceName.startsWith(`com.amazonaws.${context.region}.`))
      throw new AwsError(
        'InvalidServiceName',
        `The Vpc Endpoint Service '${input.ServiceName}' does not exist`,
      );
    for (const id of input.SubnetIds ?? []) need(store.subnets, KINDS.subnet, id, context);
    for (const id of input.RouteTableIds ?? []) need(store.routeTables, KINDS.routeTable, id, context);
    for (const id of input.SecurityGroupIds ?? [])
      need(store.securityGroups, KINDS.securityGroup, id, context);
    const type = input.VpcEndpointType === 'Interface' ? 'Interface' : 'Gateway';
    const taken = store.vpcEndpoints
      .list()
      .some(
        ({ data }) =>
          type === 'Gateway' &&
          data.VpcId === vpc.id &&
          data.ServiceName === input.ServiceName &&
          data.RouteTableIds?.some((id) => input.RouteTableIds?.includes(id)),
      );
    if (taken)
      throw new AwsError('RouteAlreadyExists', `A route table already has a route to ${input.ServiceName}`);
    const entity = addEndpoint(store, {
      vpcId: vpc.id,
      serviceName: input.ServiceName,
      type,
      subnetIds: input.SubnetIds ?? [],
      routeTableIds: input.RouteTableIds ?? [],
      groupIds: input.SecurityGroupIds ?? [],
      policy: input.PolicyDocument,
      privateDns: input.PrivateDnsEnabled ?? type === 'Interface',
      tags: tagsFor(input.TagSpecifications, 'vpc-endpoint', context),
    });
    if (type === 'Interface') {
      entity.data.State = 'pending' as VpcEndpoint['State'];
      store.vpcEndpoints.schedule(entity, store.world.after(CREATE_SECONDS), () => {
        entity.data.State = 'available' as VpcEndpoint['State'];
      });
    }
    return { VpcEndpoint: { ...entity.data }, ClientToken: input.ClientToken };
  });
}

/** Deletes endpoints: `deleting`, then gone; those that do not exist are told one by one. */
export function deleteVpcEndpoints(
  input: DeleteVpcEndpointsRequest,
  context: RequestContext,
): DeleteVpcEndpointsResult {
  const store = context.store(ec2Store);
  const unsuccessful = [];
  for (const id of input.VpcEndpointIds ?? []) {
    const entity = store.vpcEndpoints.get(id);
    if (!entity) {
      const Error = {
        Code: 'InvalidVpcEndpoint.NotFound',
        Message: `The Vpc Endpoint Id '${id}' does not exist`,
      };
      unsuccessful.push({ ResourceId: id, Error });
      continue;
    }
    entity.pending = [];
    entity.data.State = 'deleting' as VpcEndpoint['State'];
    store.vpcEndpoints.schedule(entity, store.world.after(DELETE_SECONDS), () =>
      store.vpcEndpoints.delete(id),
    );
  }
  return { Unsuccessful: unsuccessful };
}
