import { ApiError } from '../../http.ts';
import type { Json } from '../subscription.ts';
import { idOf, list, type Behaviour } from './model.ts';

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

export const interfaces: Behaviour = {
  ...usedBy('virtualMachine', 'Network interface'),
  create(place, nic) {
    for (const config of list(nic.properties['ipConfigurations'])) {
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
    for (const subnet of list(network.properties['subnets'])) {
      subnet['id'] = `${network.id}/subnets/${String(subnet['name'])}`;
      subnet['type'] = 'Microsoft.Network/virtualNetworks/subnets';
    }
  },
};
