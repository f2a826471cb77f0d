import type {
  Address,
  AllocateAddressRequest,
  AllocateAddressResult,
  AssociateAddressRequest,
  AssociateAddressResult,
  DescribeAddressesRequest,
  DescribeAddressesResult,
  DisassociateAddressRequest,
  ReleaseAddressRequest,
  Tag,
} from '@aws-sdk/client-ec2';
import type { Entity } from '../../collection.ts';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { clearPublicIp, setPublicIp } from './instance-model.ts';
import { filterBy, KINDS, missing, need, needAll, type FieldTable } from './query.ts';
import { ec2Store, type Ec2Store } from './store.ts';
import { tagsFor } from './tags.ts';

const FIELDS: FieldTable<Address> = {
  'allocation-id': (a) => a.AllocationId,
  'association-id': (a) => a.AssociationId,
  'public-ip': (a) => a.PublicIp,
  'instance-id': (a) => a.InstanceId,
  'network-interface-id': (a) => a.NetworkInterfaceId,
  'private-ip-address': (a) => a.PrivateIpAddress,
  domain: (a) => a.Domain,
};

/** Adds an Elastic IP without association: such an address has no InstanceId and no AssociationId at all. */
export function addAddress(
  store: Ec2Store,
  tags?: Tag[],
  createdAt?: number,
  publicIp = store.publicIp(),
): Entity<Address> {
  const id = store.newId('eipalloc');
  const address: Address = {
    AllocationId: id,
    PublicIp: publicIp,
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: store.region,
    Domain: 'vpc',
    ...(tags ? { Tags: tags } : {}),
  };
  return store.addresses.add(id, address, createdAt);
}

/** Links an address and an instance. */
export function linkAddress(store: Ec2Store, address: Address, instanceId: string): string {
  const instance = store.instances.get(instanceId)?.data.instance;
  const nic = instance?.NetworkInterfaces?.[0];
  const associationId = store.newId('eipassoc');
  address.InstanceId = instanceId;
  address.AssociationId = associationId;
  address.NetworkInterfaceId = nic?.NetworkInterfaceId;
  address.NetworkInterfaceOwnerId = store.accountId;
  address.PrivateIpAddress = instance?.PrivateIpAddress;
  if (instance) setPublicIp(store, instance, address.PublicIp ?? '', store.accountId);
  return associationId;
}

function unlinkAddress(store: Ec2Store, address: Address): void {
  const instance = store.instances.get(address.InstanceId ?? '')?.data.instance;
  if (instance) clearPublicIp(store, instance);
  address.InstanceId = undefined;
  address.AssociationId = undefined;
  address.NetworkInterfaceId = undefined;
  address.NetworkInterfaceOwnerId = undefined;
  address.PrivateIpAddress = undefined;
}

/** Lists addresses; the call has no paging. */
export function describeAddresses(
  input: DescribeAddressesRequest,
  context: RequestContext,
): DescribeAddressesResult {
  const { addresses } = context.store(ec2Store);
  const ids = input.AllocationIds;
  const entities = ids && ids.length > 0 ? needAll(addresses, KINDS.address, ids, context) : addresses.list();
  const test = filterBy(input.Filters, FIELDS, (a) => a.Tags);
  const ips = input.PublicIps ?? [];
  const found = entities
    .map((e) => e.data)
    .filter((a) => (ips.length === 0 || ips.includes(a.PublicIp ?? '')) && test(a));
  const absent = ips.find((ip) => !found.some((a) => a.PublicIp === ip));
  if (absent !== undefined) throw new AwsError('InvalidAddress.NotFound', `Address '${absent}' not found.`);
  return { Addresses: found };
}

/** An address this account gave back and nobody has taken since. */
function recoverable(store: Ec2Store, address: string): string {
  const isHeld = store.addresses.list().some((e) => e.data.PublicIp === address);
  const wasOurs = store.addresses.departed().some((d) => d.entity.data.PublicIp === address);
  if (!isHeld && wasOurs) return address;
  throw new AwsError('InvalidAddress.NotFound', `Address '${address}' not found.`);
}

export function allocateAddress(
  input: AllocateAddressRequest,
  context: RequestContext,
): AllocateAddressResult {
  const store = context.store(ec2Store);
  const tags = tagsFor(input.TagSpecifications, 'elastic-ip', context);
  const { data } = addAddress(
    store,
    tags,
    undefined,
    input.Address ? recoverable(store, input.Address) : undefined,
  );
  const { AllocationId, PublicIp, PublicIpv4Pool, NetworkBorderGroup, Domain } = data;
  return { AllocationId, PublicIp, PublicIpv4Pool, NetworkBorderGroup, Domain };
}

function findAddress(
  store: Ec2Store,
  input: { AllocationId?: string | undefined; PublicIp?: string | undefined },
  context: RequestContext,
): Entity<Address> {
  if (input.AllocationId) return need(store.addresses, KINDS.address, input.AllocationId, context);
  if (!input.PublicIp) throw missing('AllocationId');
  const entity = store.addresses.list().find((e) => e.data.PublicIp === input.PublicIp);
  if (!entity) throw new AwsError('InvalidAddress.NotFound', `Address '${input.PublicIp}' not found.`);
  return entity;
}

export function associateAddress(
  input: AssociateAddressRequest,
  context: RequestContext,
): AssociateAddressResult {
  const store = context.store(ec2Store);
  const { id, data: address } = findAddress(store, input, context);
  const nic = input.NetworkInterfaceId
    ? need(store.networkInterfaces, KINDS.networkInterface, input.NetworkInterfaceId, context).data
    : undefined;
  const { id: instanceId, data } = need(
    store.instances,
    KINDS.instance,
    input.InstanceId ?? nic?.Attachment?.InstanceId,
    context,
  );
  if (!['running', 'stopped', 'stopping'].includes(data.instance.State?.Name ?? '')) {
    throw new AwsError(
      'IncorrectInstanceState',
      `The instance '${instanceId}' is not in a valid state for this operation.`,
    );
  }
  if (
    address.AssociationId !== undefined &&
    address.InstanceId !== instanceId &&
    input.AllowReassociation === false
  ) {
    throw new AwsError(
      'Resource.AlreadyAssociated',
      `resource ${id} is already associated with associate-id ${address.AssociationId}`,
    );
  }
  if (address.AssociationId !== undefined) unlinkAddress(store, address);
  return { AssociationId: linkAddress(store, address, instanceId) };
}

export function disassociateAddress(input: DisassociateAddressRequest, context: RequestContext): void {
  const store = context.store(ec2Store);
  const entity = store.addresses
    .list()
    .find(({ data }) =>
      input.AssociationId ? data.AssociationId === input.AssociationId : data.PublicIp === input.PublicIp,
    );
  if (!entity?.data.AssociationId) {
    throw new AwsError(
      'InvalidAssociationID.NotFound',
      `The association ID '${input.AssociationId ?? ''}' does not exist`,
    );
  }
  unlinkAddress(store, entity.data);
}

export function releaseAddress(input: ReleaseAddressRequest, context: RequestContext): void {
  const store = context.store(ec2Store);
  const { id, data } = findAddress(store, input, context);
  if (data.AssociationId !== undefined) {
    throw new AwsError('InvalidIPAddress.InUse', `Address ${data.PublicIp} is in use.`);
  }
  store.addresses.delete(id);
}
