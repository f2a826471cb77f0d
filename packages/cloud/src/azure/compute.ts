import type { Disk, Snapshot, VirtualMachine } from '@azure/arm-compute';
import { relations } from '../shared/normalise.ts';
import type { Resource, ResourceState } from '../resource.ts';
import { armResource, provisioning, reader, to, type AzureReader } from './scope.ts';
import { machineSize } from './sizes.ts';

/** `PowerState/…` of the instance view. `stopped` still bills, which a person must see: it is a state of its own in raw. */
const POWER: Readonly<Record<string, ResourceState>> = {
  running: 'running',
  starting: 'starting',
  stopping: 'stopping',
  deallocating: 'stopping',
  deallocated: 'stopped',
  stopped: 'stopped',
};

/** Members lie under `properties` in some versions of the package and beside it in others. */
function inner<T extends object>(object: T): T {
  const nested = (object as { properties?: Partial<T> }).properties;
  return nested === undefined ? object : { ...nested, ...object };
}

function powerOf(machine: VirtualMachine): string | undefined {
  const code = machine.instanceView?.statuses?.find((status) => status.code?.startsWith('PowerState/'))?.code;
  return code?.slice('PowerState/'.length);
}

/**
 * The provisioning state is how the last operation ended and says nothing of the power: a running machine whose
 * extension could not be installed runs on, and is billed (learn.microsoft.com, "States and billing status").
 */
function machineState(provisioned: ResourceState, power: string | undefined): ResourceState {
  if (provisioned === 'deleting') return 'deleting';
  if (provisioned === 'failed') return power === 'running' ? 'running' : 'failed';
  if (power !== undefined) return POWER[power] ?? 'unknown';
  return provisioned === 'active' ? 'unknown' : provisioned;
}

function toMachine(object: VirtualMachine): Resource {
  const vm = inner(object);
  const power = powerOf(vm);
  const transient = provisioning(vm.provisioningState);
  const size = vm.hardwareProfile?.vmSize;
  const shape = size === undefined ? undefined : machineSize(size);
  const disks = [vm.storageProfile?.osDisk, ...(vm.storageProfile?.dataDisks ?? [])];
  const status = vm.instanceView?.statuses?.find((one) => one.code?.startsWith('PowerState/'));
  return armResource('azure.compute.vm', vm, {
    state: machineState(transient, power),
    stateRaw: power ?? vm.provisioningState,
    createdAt: vm.timeCreated,
    size: { sku: size, cpus: shape?.cpus, memoryGiB: shape?.memoryGiB },
    relations: relations(
      ...disks.map((disk) => ['uses', to(disk?.managedDisk?.id)] as const),
      ...(vm.networkProfile?.networkInterfaces ?? []).map((nic) => ['uses', to(nic.id)] as const),
    ),
    ...(status?.time === undefined ? {} : {}),
  });
}

export const machines: AzureReader = {
  ...reader({
    type: { id: 'azure.compute.vm', label: 'Virtual machine', category: 'compute', taggable: true },
    client: 'compute',
    call: 'Microsoft.Compute/virtualMachines',
    list: (client, options) => client.virtualMachines.listAll({ ...options, expand: 'instanceView' }),
    get: (client, { group, names }, options) =>
      client.virtualMachines.get(group, names[0] ?? '', { ...options, expand: 'instanceView' }),
    map: toMachine,
  }),
};

const diskState = (state: string | undefined): ResourceState => {
  if (state === 'Attached' || state === 'Reserved' || state === 'ActiveSAS' || state === 'Frozen')
    return 'in_use';
  if (state === 'Unattached') return 'available';
  return state === undefined ? 'active' : 'updating';
};

function toDisk(object: Disk): Resource {
  const disk = inner(object);
  const transient = provisioning(disk.provisioningState);
  return armResource('azure.compute.disk', disk, {
    state: transient === 'active' ? diskState(disk.diskState) : transient,
    stateRaw: disk.diskState,
    createdAt: disk.timeCreated,
    size: {
      sku: disk.sku?.name,
      storageGiB: disk.diskSizeGB,
      iops: disk.diskIopsReadWrite,
      throughputMiBs: disk.diskMBpsReadWrite,
    },
    relations: relations(
      ['attached_to', to(disk.managedBy)],
      ['source', to(disk.creationData?.sourceResourceId)],
    ),
  });
}

export const disks = reader({
  type: { id: 'azure.compute.disk', label: 'Managed disk', category: 'storage', taggable: true },
  client: 'compute',
  call: 'Microsoft.Compute/disks',
  list: (client, options) => client.disks.list(options),
  get: (client, { group, names }, options) => client.disks.get(group, names[0] ?? '', options),
  map: toDisk,
});

function toSnapshot(object: Snapshot): Resource {
  const snapshot = inner(object);
  return armResource('azure.compute.snapshot', snapshot, {
    state: provisioning(snapshot.provisioningState, 'available'),
    stateRaw: snapshot.provisioningState,
    createdAt: snapshot.timeCreated,
    size: { sku: snapshot.sku?.name, storageGiB: snapshot.diskSizeGB },
    relations: relations(['source', to(snapshot.creationData?.sourceResourceId)]),
  });
}

export const snapshots = reader({
  type: { id: 'azure.compute.snapshot', label: 'Snapshot', category: 'storage', taggable: true },
  client: 'compute',
  call: 'Microsoft.Compute/snapshots',
  list: (client, options) => client.snapshots.list(options),
  get: (client, { group, names }, options) => client.snapshots.get(group, names[0] ?? '', options),
  map: toSnapshot,
});
