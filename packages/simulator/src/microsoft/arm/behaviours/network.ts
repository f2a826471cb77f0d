import { ApiError } from '../../http.ts';
import type { ArmResource, Json } from '../subscription.ts';
import { idOf, list, type Behaviour, type Place } from './model.ts';

const usedBy = (member: string, what: string): Behaviour => ({
  delete(_place, resource) {
    const used = idOf(resource.properties[member]);
    if (used !== '') throw new ApiError(400, 'InUse', `${what} ${resource.id} is used by ${used}.`);
  },
});

export const addresses: Behaviour = {
  ...usedBy('ipConfiguration', 'Public IP address'),
  create(_place, address) {
    address.sku ??= { name: 'Standard', tier: 'Regional' };
    address.properties['publicIPAllocationMethod'] ??= 'Static';
    address.properties['ipAddress'] ??=
      `20.${(address.createdAt >> 3) & 255}.${address.name.length}.${address.createdAt & 255}`;
  },
};

/** Refuses subnets and addresses that are not there, not here, not ready or not free. */
function demandReferences(place: Place, nic: ArmResource, config: Json): void {
  const parts = (config['properties'] ?? {}) as { subnet?: Json; publicIPAddress?: Json };
  const subnetId = idOf(parts.subnet);
  const network = place.subscription.find(subnetId.replace(/\/subnets\/[^/]+$/, ''));
  const subnet = list(network?.properties['subnets']).find((one) => idOf(one) === subnetId);
  const missing = (id: string): ApiError =>
    new ApiError(
      400,
      'InvalidResourceReference',
      `Resource ${id} referenced by resource ${nic.id} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    );
  if (!network || !subnet || network.location !== nic.location) throw missing(subnetId);
  const addressId = idOf(parts.publicIPAddress);
  if (addressId === '') return;
  const address = place.subscription.find(addressId);
  if (!address || address.location !== nic.location) throw missing(addressId);
  if (address.properties['provisioningState'] !== 'Succeeded')
    throw new ApiError(
      409,
      'ReferencedResourceNotProvisioned',
      `Cannot proceed with operation because resource ${address.id} used by resource ${nic.id} is not in Succeeded state.`,
    );
  if (idOf(address.properties['ipConfiguration']) !== '')
    throw new ApiError(
      400,
      'PublicIPAddressInUse',
      `Resource ${nic.id} cannot use public IP address ${address.id}, which is in use.`,
    );
}

/** Addresses of an interface that goes are free again. */
export function releaseAddresses(place: Place, nic: ArmResource): void {
  for (const config of list(nic.properties['ipConfigurations'])) {
    const { publicIPAddress } = (config['properties'] ?? {}) as { publicIPAddress?: Json };
    const address = place.subscription.find(idOf(publicIPAddress));
    if (idOf(address?.properties['ipConfiguration']).startsWith(`${nic.id.toLowerCase()}/`))
      delete address?.properties['ipConfiguration'];
  }
}

export const interfaces: Behaviour = {
  delete(place, nic) {
    usedBy('virtualMachine', 'Network interface').delete?.(place, nic);
    releaseAddresses(place, nic);
  },
  create(place, nic, existing) {
    for (const config of list(nic.properties['ipConfigurations'])) {
      if (!existing) demandReferences(place, nic, config);
      const address = place.subscription.find(
        idOf((config['properties'] as Json | undefined)?.['publicIPAddress']),
      );
      if (address)
        address.properties['ipConfiguration'] = {
          id: `${nic.id}/ipConfigurations/${String(config['name'])}`,
        };
    }
  },
};

export const networks: Behaviour = {
  create(_place, network) {
    const space = (network.properties['addressSpace'] as { addressPrefixes?: unknown[] } | undefined)
      ?.addressPrefixes;
    if (!space?.length)
      throw new ApiError(
        400,
        'InvalidRequestFormat',
        "Required property 'addressSpace.addressPrefixes' is missing.",
      );
    for (const subnet of list(network.properties['subnets'])) {
      subnet['id'] = `${network.id}/subnets/${String(subnet['name'])}`;
      subnet['type'] = 'Microsoft.Network/virtualNetworks/subnets';
    }
  },
};
