import { ApiError } from '../../http.ts';
import { coresIn, cpusOf, isOffered } from '../skus.ts';
import type { ArmResource, Json } from '../subscription.ts';
import { releaseAddresses } from './network.ts';
import { conflict, idOf, list, SECONDS, textOf, type Behaviour, type Place } from './model.ts';

/** `_power` holds a machine's power state: running, stopped, deallocated, starting, deallocating, stopping. */
export function power(vm: ArmResource): string {
  return textOf(vm.properties['_power'], 'running');
}

function toPower(place: Place, vm: ArmResource, on: string, end: string, seconds: number): number {
  if (vm.pending)
    throw conflict(
      'OperationNotAllowed',
      `The request failed due to conflict with a concurrent request. To resolve it, please refer to https://aka.ms/activitylog to get more details on the conflicting requests.`,
    );
  vm.properties['_power'] = on;
  const until = place.after(seconds);
  const open = vm.idleSpans.find((span) => span.to === undefined);
  vm.pending = {
    until,
    settle(resource) {
      resource.properties['_power'] = end;
      if (end === 'deallocated' && !resource.idleSpans.some((span) => span.to === undefined))
        resource.idleSpans.push({ from: until, to: undefined });
    },
  };
  if (on === 'starting' && open) open.to = place.now;
  return until;
}

/** Marks disks and interfaces of a machine as used or free. */
function link(place: Place, vm: ArmResource, attach: boolean): void {
  const storage = (vm.properties['storageProfile'] ?? {}) as { osDisk?: Json; dataDisks?: Json[] };
  for (const disk of [storage.osDisk, ...list(storage.dataDisks)]) {
    const found = place.subscription.find(idOf(disk?.['managedDisk']));
    if (!found) continue;
    if (attach) found.managedBy = vm.id;
    else delete found.managedBy;
    found.properties['diskState'] = attach ? 'Attached' : 'Unattached';
    found.properties['lastOwnershipUpdateTime'] = new Date(place.now).toISOString();
  }
  for (const nic of list((vm.properties['networkProfile'] as Json | undefined)?.['networkInterfaces'])) {
    const found = place.subscription.find(idOf(nic));
    if (!found) continue;
    if (attach) found.properties['virtualMachine'] = { id: vm.id };
    else delete found.properties['virtualMachine'];
  }
}

/** Refuses sizes that the region does not have, and more vCPUs than the quota of the region. */
function demandCapacity(place: Place, vm: ArmResource, size: string): void {
  if (!isOffered(size, vm.location))
    throw conflict(
      'SkuNotAvailable',
      `The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: ${size}' is currently not available in location '${vm.location}'. Please try another size or deploy to a different location or different zone. See https://aka.ms/azureskunotavailable for details.`,
    );
  const { coreQuota } = place.subscription;
  const needed = coresIn(place.subscription, vm.location);
  if (needed > coreQuota)
    throw conflict(
      'OperationNotAllowed',
      `Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional details - Deployment Model: Resource Manager, Location: ${vm.location}, Current Limit: ${coreQuota}, Current Usage: ${needed - cpusOf(size)}, Additional Required: ${cpusOf(size)}, (Minimum) New Limit Required: ${needed}.`,
    );
}

/** Refuses a machine without image or without a way to sign in, and forgets the password. */
function demandSignIn(vm: ArmResource): void {
  const os = vm.properties['osProfile'] as
    | { adminUsername?: string; adminPassword?: string; linuxConfiguration?: Json }
    | undefined;
  const bad = (target: string, message: string): ApiError =>
    new ApiError(400, 'InvalidParameter', `${message} (target: ${target})`);
  // Machines from a disk of their own have no profile.
  if (os === undefined) return;
  if (!os.adminUsername) throw bad('adminUsername', "Required parameter 'adminUsername' is missing (null).");
  const keys = (os.linuxConfiguration?.['ssh'] as { publicKeys?: unknown[] } | undefined)?.publicKeys ?? [];
  if (os.adminPassword === undefined && keys.length === 0)
    throw bad(
      'adminPassword',
      'Authentication using either SSH or by user name and password must be enabled.',
    );
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];
  const { adminPassword: password } = os;
  if (password !== undefined && (password.length < 12 || classes.filter((c) => c.test(password)).length < 3))
    throw bad(
      'adminPassword',
      'The supplied password must be between 6-72 characters long and must satisfy at least 3 of password complexity requirements.',
    );
  delete os.adminPassword;
}

export const machines: Behaviour = {
  create(place, vm, existing) {
    const size = (vm.properties['hardwareProfile'] as Json | undefined)?.['vmSize'];
    if (typeof size !== 'string')
      throw new ApiError(
        400,
        'InvalidParameter',
        "Required parameter 'hardwareProfile.vmSize' is missing (null).",
      );
    const storage = (vm.properties['storageProfile'] ?? {}) as { osDisk?: Json; imageReference?: Json };
    if (!existing) {
      demandCapacity(place, vm, size);
      demandSignIn(vm);
      const nics = list((vm.properties['networkProfile'] as Json | undefined)?.['networkInterfaces']);
      if (nics.length === 0)
        throw new ApiError(
          400,
          'NetworkProfileHasNoPrimaryNic',
          'The virtual machine must have a network interface.',
        );
      for (const nic of nics) {
        const found = place.subscription.find(idOf(nic));
        if (!found) throw new ApiError(404, 'NotFound', `Resource ${idOf(nic)} not found.`);
        if (found.location !== vm.location)
          throw new ApiError(
            400,
            'InvalidParameter',
            `Network interface ${found.id} must be in the same region as the virtual machine.`,
          );
        if (found.properties['virtualMachine'])
          throw conflict('NicInUse', `Network Interface ${found.id} is used by existing resource.`);
      }
      vm.properties['vmId'] = crypto.randomUUID();
      vm.properties['timeCreated'] = new Date(place.now).toISOString();
      const [, , , , group = ''] = vm.id.split('/');
      const managed = ((storage.osDisk ?? {})['managedDisk'] ?? {}) as Json;
      const windows = textOf(storage.imageReference?.['publisher'], '').startsWith('MicrosoftWindows');
      const disk = place.subscription.add(group, 'Microsoft.Compute/disks', `${vm.name}_OsDisk_1`, {
        location: vm.location,
        createdAt: place.now,
        sku: { name: managed['storageAccountType'] ?? 'Premium_LRS', tier: 'Premium' },
        properties: {
          diskSizeGB: (storage.osDisk ?? {})['diskSizeGB'] ?? (windows ? 127 : 30),
          diskState: 'Attached',
          osType: windows ? 'Windows' : 'Linux',
          timeCreated: new Date(place.now).toISOString(),
        },
      });
      vm.properties['storageProfile'] = {
        ...storage,
        osDisk: {
          ...storage.osDisk,
          osType: windows ? 'Windows' : 'Linux',
          name: disk.name,
          managedDisk: { ...managed, id: disk.id },
        },
      };
      vm.properties['_power'] = 'starting';
      link(place, vm, true);
      vm.pending = {
        until: place.after(SECONDS.create),
        settle: (resource) => {
          resource.properties['_power'] = 'running';
          resource.properties['provisioningState'] = 'Succeeded';
        },
      };
    }
  },
  patch(place, vm, body) {
    const size = ((body['properties'] as Json | undefined)?.['hardwareProfile'] as Json | undefined)?.[
      'vmSize'
    ];
    if (typeof size !== 'string') return;
    if (!size.startsWith('Standard_'))
      throw new ApiError(400, 'InvalidParameter', `The value ${size} provided for the VM size is not valid.`);
    vm.properties['hardwareProfile'] = { vmSize: size };
    vm.properties['provisioningState'] = 'Updating';
    vm.pending = {
      until: place.after(SECONDS.update),
      settle: (resource) => {
        resource.properties['provisioningState'] = 'Succeeded';
      },
    };
  },
  delete(place, vm) {
    link(place, vm, false);
    const storage = (vm.properties['storageProfile'] ?? {}) as { osDisk?: Json; dataDisks?: Json[] };
    const networks = (vm.properties['networkProfile'] ?? {}) as { networkInterfaces?: Json[] };
    const going = [
      ...[storage.osDisk, ...list(storage.dataDisks)].map((disk) => [disk, disk?.['managedDisk']] as const),
      ...list(networks.networkInterfaces).map((nic) => [(nic['properties'] ?? nic) as Json, nic] as const),
    ];
    for (const [options, reference] of going) {
      const found = options?.['deleteOption'] === 'Delete' && place.subscription.find(idOf(reference));
      if (!found) continue;
      releaseAddresses(place, found);
      place.subscription.remove(found, place.now);
    }
  },
  actions: {
    start: (place, vm) =>
      power(vm) === 'running' ? place.now : toPower(place, vm, 'starting', 'running', SECONDS.start),
    deallocate: (place, vm) =>
      power(vm) === 'deallocated'
        ? place.now
        : toPower(place, vm, 'deallocating', 'deallocated', SECONDS.stop),
    poweroff: (place, vm) =>
      power(vm) !== 'running' ? place.now : toPower(place, vm, 'stopping', 'stopped', SECONDS.stop),
    restart(place, vm) {
      if (power(vm) !== 'running')
        throw conflict('OperationNotAllowed', `Cannot restart VM '${vm.name}' because it is not running.`);
      return toPower(place, vm, 'starting', 'running', SECONDS.start);
    },
  },
};

/** What could not be made before is made by the next request that asks for it. */
const isMade = (existing: ArmResource | undefined): boolean =>
  existing !== undefined && existing.properties['provisioningState'] !== 'Failed';

export const disks: Behaviour = {
  create(place, disk, existing) {
    if (isMade(existing)) return;
    const source = (disk.properties['creationData'] ?? {}) as {
      createOption?: string;
      sourceResourceId?: string;
    };
    const from =
      source.createOption === 'Copy' ? place.subscription.find(String(source.sourceResourceId)) : undefined;
    if (source.createOption === 'Copy' && !from)
      throw new ApiError(404, 'ResourceNotFound', `The source ${source.sourceResourceId} was not found.`);
    if (from && disk.properties['diskSizeGB'] === undefined)
      disk.properties['diskSizeGB'] = from.properties['diskSizeGB'];
    if (disk.properties['diskSizeGB'] === undefined)
      throw new ApiError(400, 'InvalidParameter', "Required parameter 'diskSizeGB' is missing (null).");
    Object.assign(disk.properties, {
      diskState: 'Unattached',
      timeCreated: new Date(place.now).toISOString(),
      uniqueId: crypto.randomUUID(),
    });
    disk.sku ??= { name: 'Standard_LRS' };
    disk.sku['tier'] = String(disk.sku['name']).split('_')[0];
  },
  patch(_place, disk, body) {
    const sku = body['sku'] as Json | undefined;
    if (sku?.['name'] !== undefined) {
      disk.sku = { name: sku['name'], tier: textOf(sku['name'], '').split('_')[0] };
    }
    const size = (body['properties'] as Json | undefined)?.['diskSizeGB'];
    if (typeof size === 'number') {
      if (size < Number(disk.properties['diskSizeGB']))
        throw new ApiError(400, 'BadRequest', 'The new disk size is smaller than the previous.');
      disk.properties['diskSizeGB'] = size;
    }
  },
  delete(_place, disk) {
    if (disk.managedBy)
      throw conflict('OperationNotAllowed', `Disk ${disk.name} is attached to VM ${disk.managedBy}.`);
  },
};

export const snapshots: Behaviour = {
  create(place, snapshot, existing) {
    if (isMade(existing)) return;
    const source = (snapshot.properties['creationData'] ?? {}) as { sourceResourceId?: string };
    const disk = place.subscription.find(String(source.sourceResourceId));
    if (!disk)
      throw new ApiError(404, 'ResourceNotFound', `The source ${source.sourceResourceId} was not found.`);
    Object.assign(snapshot.properties, {
      diskSizeGB: disk.properties['diskSizeGB'],
      timeCreated: new Date(place.now).toISOString(),
      diskState: 'Unattached',
      provisioningState: 'Succeeded',
    });
    snapshot.sku ??= { name: 'Standard_LRS', tier: 'Standard' };
  },
};
