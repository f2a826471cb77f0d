import type {
  LoadBalancer,
  NatGateway,
  NetworkInterface,
  NetworkSecurityGroup,
  PublicIPAddress,
  VirtualNetwork,
} from '@azure/arm-network';
import { relations } from '../shared/normalise.ts';
import type { ResourceCategory } from '../resource.ts';
import { armResource, provisioning, reader, to } from './scope.ts';

const network = (id: string, label: string) => ({
  id,
  label,
  category: 'network' as ResourceCategory,
  taggable: true,
});

/** `…/networkInterfaces/a/ipConfigurations/b` → `…/networkInterfaces/a`. */
const ownerOf = (id: string | undefined): string | undefined =>
  to(id?.replace(/\/(ip|frontendIP)Configurations\/[^/]+$/i, ''));

export const addresses = reader({
  type: network('azure.network.public_ip', 'Public IP address'),
  client: 'network',
  call: 'Microsoft.Network/publicIPAddresses',
  list: (client, options) => client.publicIPAddresses.listAll(options),
  get: (client, { group, names }, options) => client.publicIPAddresses.get(group, names[0] ?? '', options),
  map: (address: PublicIPAddress) => {
    const used = address.ipConfiguration?.id ?? address.natGateway?.id;
    return armResource('azure.network.public_ip', address, {
      state: provisioning(address.provisioningState, used === undefined ? 'available' : 'in_use'),
      stateRaw: address.ipAddress ?? address.provisioningState,
      size: { sku: address.sku?.name },
      relations: relations(['attached_to', ownerOf(used)]),
    });
  },
});

export const interfaces = reader({
  type: network('azure.network.nic', 'Network interface'),
  client: 'network',
  call: 'Microsoft.Network/networkInterfaces',
  list: (client, options) => client.networkInterfaces.listAll(options),
  get: (client, { group, names }, options) => client.networkInterfaces.get(group, names[0] ?? '', options),
  map: (nic: NetworkInterface) => {
    const used = nic.virtualMachine?.id ?? nic.privateEndpoint?.id;
    return armResource('azure.network.nic', nic, {
      state: provisioning(nic.provisioningState, used === undefined ? 'available' : 'in_use'),
      stateRaw: nic.provisioningState,
      relations: relations(
        ['attached_to', to(used)],
        ['protected_by', to(nic.networkSecurityGroup?.id)],
        ...(nic.ipConfigurations ?? []).flatMap((config) => [
          ['in_subnet', to(config.subnet?.id)] as const,
          ['uses', to(config.publicIPAddress?.id)] as const,
        ]),
      ),
    });
  },
});

export const networks = reader({
  type: network('azure.network.vnet', 'Virtual network'),
  client: 'network',
  call: 'Microsoft.Network/virtualNetworks',
  list: (client, options) => client.virtualNetworks.listAll(options),
  get: (client, { group, names }, options) => client.virtualNetworks.get(group, names[0] ?? '', options),
  map: (vnet: VirtualNetwork) =>
    armResource('azure.network.vnet', vnet, {
      state: provisioning(vnet.provisioningState),
      stateRaw: vnet.addressSpace?.addressPrefixes?.join(', '),
    }),
});

export const securityGroups = reader({
  type: network('azure.network.nsg', 'Network security group'),
  client: 'network',
  call: 'Microsoft.Network/networkSecurityGroups',
  list: (client, options) => client.networkSecurityGroups.listAll(options),
  get: (client, { group, names }, options) =>
    client.networkSecurityGroups.get(group, names[0] ?? '', options),
  map: (nsg: NetworkSecurityGroup) =>
    armResource('azure.network.nsg', nsg, {
      state: provisioning(
        nsg.provisioningState,
        (nsg.subnets?.length ?? 0) + (nsg.networkInterfaces?.length ?? 0) > 0 ? 'in_use' : 'available',
      ),
      stateRaw: nsg.provisioningState,
    }),
});

export const loadBalancers = reader({
  type: network('azure.network.load_balancer', 'Load balancer'),
  client: 'network',
  call: 'Microsoft.Network/loadBalancers',
  list: (client, options) => client.loadBalancers.listAll(options),
  get: (client, { group, names }, options) => client.loadBalancers.get(group, names[0] ?? '', options),
  map: (balancer: LoadBalancer) =>
    armResource('azure.network.load_balancer', balancer, {
      state: provisioning(balancer.provisioningState),
      stateRaw: balancer.provisioningState,
      size: { sku: balancer.sku?.name },
      relations: relations(
        ...(balancer.frontendIPConfigurations ?? []).map(
          (front) => ['uses', to(front.publicIPAddress?.id)] as const,
        ),
      ),
    }),
});

export const natGateways = reader({
  type: network('azure.network.nat_gateway', 'NAT gateway'),
  client: 'network',
  call: 'Microsoft.Network/natGateways',
  list: (client, options) => client.natGateways.listAll(options),
  get: (client, { group, names }, options) => client.natGateways.get(group, names[0] ?? '', options),
  map: (gateway: NatGateway) =>
    armResource('azure.network.nat_gateway', gateway, {
      state: provisioning(
        gateway.provisioningState,
        (gateway.subnets?.length ?? 0) > 0 ? 'in_use' : 'available',
      ),
      stateRaw: gateway.provisioningState,
      relations: relations(...(gateway.subnets ?? []).map((subnet) => ['in_subnet', to(subnet.id)] as const)),
    }),
});
