import { relations, stateOf } from '../shared/normalise.ts';
import type { Resource, ResourceState } from '../resource.ts';
import { computeReader, computeResource, fromLink, last } from './scope.ts';
import { list, num, str, texts, type Entity } from './session.ts';
import { machineSize } from './sizes.ts';

/** Life cycle of an instance (Compute Engine, "VM instance lifecycle"). TERMINATED is stopped: its disks still cost. */
const INSTANCE: Readonly<Record<string, ResourceState>> = {
  PENDING: 'creating',
  PROVISIONING: 'starting',
  STAGING: 'starting',
  RUNNING: 'running',
  PENDING_STOP: 'stopping',
  STOPPING: 'stopping',
  SUSPENDING: 'stopping',
  TERMINATED: 'stopped',
  STOPPED: 'stopped',
  SUSPENDED: 'stopped',
  REPAIRING: 'updating',
  DEPROVISIONING: 'deleting',
};

function toInstance(entity: Entity): Resource {
  const sku = last(str(entity, 'machineType'));
  const size = sku === undefined ? undefined : machineSize(sku);
  const nets = list(entity, 'networkInterfaces');
  return computeResource('gcp.compute.instance', entity, {
    state: stateOf(INSTANCE, str(entity, 'status')),
    size: { sku, ...size },
    relations: relations(
      ...list(entity, 'disks').map((disk) => ['uses', fromLink(str(disk, 'source'))] as const),
      ...nets.map((net) => ['in_network', fromLink(str(net, 'network'))] as const),
      ...nets.map((net) => ['in_subnet', fromLink(str(net, 'subnetwork'))] as const),
    ),
  });
}

export const instances = computeReader({
  type: { id: 'gcp.compute.instance', label: 'VM instance', category: 'compute', taggable: true },
  collection: 'instances',
  aggregated: true,
  map: toInstance,
});

/** Disks, snapshots and images share their words; READY depends on use. */
function stored(entity: Entity, ready: ResourceState): ResourceState {
  const states: Readonly<Record<string, ResourceState>> = {
    READY: ready,
    CREATING: 'creating',
    RESTORING: 'creating',
    UPLOADING: 'creating',
    PENDING: 'creating',
    DELETING: 'deleting',
    FAILED: 'failed',
    UNAVAILABLE: 'failed',
  };
  return stateOf(states, str(entity, 'status'));
}

export const disks = computeReader({
  type: { id: 'gcp.compute.disk', label: 'Persistent disk', category: 'storage', taggable: true },
  collection: 'disks',
  aggregated: true,
  map: (entity) => {
    const users = texts(entity, 'users');
    return computeResource('gcp.compute.disk', entity, {
      state: stored(entity, users.length > 0 ? 'in_use' : 'available'),
      size: {
        sku: last(str(entity, 'type')),
        storageGiB: num(entity, 'sizeGb'),
        iops: num(entity, 'provisionedIops'),
        throughputMiBs: num(entity, 'provisionedThroughput'),
      },
      relations: relations(...users.map((user) => ['attached_to', fromLink(user)] as const), [
        'source',
        fromLink(str(entity, 'sourceSnapshot') ?? str(entity, 'sourceImage')),
      ]),
    });
  },
});

/** Snapshots and images lie in one region or in a multi-region such as `us`. */
const storedIn = (entity: Entity): string => texts(entity, 'storageLocations')[0] ?? 'global';
const GIB = 1024 ** 3;

export const snapshots = computeReader({
  type: { id: 'gcp.compute.snapshot', label: 'Snapshot', category: 'storage', taggable: true },
  collection: 'snapshots',
  aggregated: false,
  map: (entity) => {
    const bytes = num(entity, 'storageBytes');
    return computeResource('gcp.compute.snapshot', entity, {
      region: storedIn(entity),
      state: stored(entity, 'available'),
      size: {
        sku: str(entity, 'snapshotType'),
        // What is stored, and billed, is less than the disk's size.
        storageGiB: bytes === undefined ? num(entity, 'diskSizeGb') : Math.round((bytes / GIB) * 1000) / 1000,
      },
      relations: relations(['source', fromLink(str(entity, 'sourceDisk'))]),
    });
  },
});

export const images = computeReader({
  type: { id: 'gcp.compute.image', label: 'Image', category: 'storage', taggable: true },
  collection: 'images',
  aggregated: false,
  map: (entity) => {
    const bytes = num(entity, 'archiveSizeBytes');
    return computeResource('gcp.compute.image', entity, {
      region: storedIn(entity),
      state: stored(entity, 'available'),
      size: {
        storageGiB: bytes === undefined ? num(entity, 'diskSizeGb') : Math.round((bytes / GIB) * 1000) / 1000,
      },
      relations: relations(['source', fromLink(str(entity, 'sourceDisk') ?? str(entity, 'sourceSnapshot'))]),
    });
  },
});

const ADDRESS: Readonly<Record<string, ResourceState>> = {
  RESERVING: 'creating',
  RESERVED: 'available',
  IN_USE: 'in_use',
};

export const addresses = computeReader({
  type: { id: 'gcp.compute.address', label: 'Static IP address', category: 'network', taggable: true },
  collection: 'addresses',
  aggregated: true,
  map: (entity) =>
    computeResource('gcp.compute.address', entity, {
      state: stateOf(ADDRESS, str(entity, 'status')),
      size: { sku: str(entity, 'networkTier') },
      relations: relations(
        ...texts(entity, 'users').map((user) => ['attached_to', fromLink(user)] as const),
        ['in_subnet', fromLink(str(entity, 'subnetwork'))],
      ),
    }),
});

export const networks = computeReader({
  type: { id: 'gcp.compute.network', label: 'VPC network', category: 'network', taggable: false },
  collection: 'networks',
  aggregated: false,
  map: (entity) =>
    computeResource('gcp.compute.network', entity, {
      relations: [],
    }),
});

export const subnetworks = computeReader({
  type: { id: 'gcp.compute.subnetwork', label: 'Subnet', category: 'network', taggable: false },
  collection: 'subnetworks',
  aggregated: true,
  map: (entity) =>
    computeResource('gcp.compute.subnetwork', entity, {
      stateRaw: str(entity, 'ipCidrRange'),
      relations: relations(['in_network', fromLink(str(entity, 'network'))]),
    }),
});

export const firewalls = computeReader({
  type: { id: 'gcp.compute.firewall', label: 'Firewall rule', category: 'network', taggable: false },
  collection: 'firewalls',
  aggregated: false,
  map: (entity) =>
    computeResource('gcp.compute.firewall', entity, {
      stateRaw: entity['disabled'] === true ? 'DISABLED' : str(entity, 'direction'),
      relations: relations(['in_network', fromLink(str(entity, 'network'))]),
    }),
});
