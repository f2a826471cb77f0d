import { ApiError } from '../http.ts';
import type { ArmResource, Json, Subscription } from './subscription.ts';

/** Seconds of simulated time that changes take. */
const SECONDS = { create: 45, start: 30, stop: 40, update: 20, delete: 25 } as const;

/** Where a behaviour acts. */
export interface Place {
  readonly subscription: Subscription;
  readonly now: number;
  /** The time at which a change that takes `seconds` and starts now is over. */
  after(seconds: number): number;
}

/** What is special about a type; everything else is stored and given back. */
interface Behaviour {
  /** Fills in what the service adds, checks what it demands. @throws ApiError */
  create?(place: Place, resource: ArmResource, existing: ArmResource | undefined): void;
  /** Merges a PATCH. @throws ApiError */
  patch?(place: Place, resource: ArmResource, body: Json): void;
  /** @throws ApiError when something depends on it */
  delete?(place: Place, resource: ArmResource): void;
  /** POST actions by lower-case name. */
  readonly actions?: Readonly<Record<string, (place: Place, resource: ArmResource) => number>>;
}

const conflict = (code: string, message: string): ApiError => new ApiError(409, code, message);
const idOf = (value: unknown): string => ((value as { id?: string } | undefined)?.id ?? '').toLowerCase();
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** `_power` holds a machine's power state: running, stopped, deallocated, starting, deallocating, stopping. */
function power(vm: ArmResource): string {
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

const machines: Behaviour = {
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
        if (found.properties['virtualMachine'])
          throw conflict('NicInUse', `Network Interface ${found.id} is used by existing resource.`);
      }
      vm.properties['vmId'] = crypto.randomUUID();
      vm.properties['timeCreated'] = new Date(place.now).toISOString();
      delete (vm.properties['osProfile'] as Json | undefined)?.['adminPassword'];
      const [, , , , group = ''] = vm.id.split('/');
      const managed = ((storage.osDisk ?? {})['managedDisk'] ?? {}) as Json;
      const disk = place.subscription.add(group, 'Microsoft.Compute/disks', `${vm.name}_OsDisk_1`, {
        location: vm.location,
        createdAt: place.now,
        sku: { name: managed['storageAccountType'] ?? 'Premium_LRS', tier: 'Premium' },
        properties: {
          diskSizeGB: (storage.osDisk ?? {})['diskSizeGB'] ?? 30,
          diskState: 'Attached',
          osType: 'Linux',
          timeCreated: new Date(place.now).toISOString(),
        },
      });
      vm.properties['storageProfile'] = {
        ...storage,
        osDisk: { ...storage.osDisk, name: disk.name, managedDisk: { ...managed, id: disk.id } },
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
  delete: (place, vm) => link(place, vm, false),
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

const disks: Behaviour = {
  create(place, disk, existing) {
    if (existing) return;
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

const snapshots: Behaviour = {
  create(place, snapshot, existing) {
    if (existing) return;
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

const usedBy = (member: string, what: string): Behaviour => ({
  delete(_place, resource) {
    const used = idOf(resource.properties[member]);
    if (used !== '') throw new ApiError(400, 'InUse', `${what} ${resource.id} is used by ${used}.`);
  },
});

const addresses: Behaviour = {
  ...usedBy('ipConfiguration', 'Public IP address'),
  create(_place, address) {
    address.sku ??= { name: 'Standard', tier: 'Regional' };
    address.properties['publicIPAllocationMethod'] ??= 'Static';
    address.properties['ipAddress'] ??=
      `20.${(address.createdAt >> 3) & 255}.${address.name.length}.${address.createdAt & 255}`;
  },
};

const interfaces: Behaviour = {
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

const networks: Behaviour = {
  create(_place, network) {
    for (const subnet of list(network.properties['subnets'])) {
      subnet['id'] = `${network.id}/subnets/${String(subnet['name'])}`;
      subnet['type'] = 'Microsoft.Network/virtualNetworks/subnets';
    }
  },
};

const accounts: Behaviour = {
  create(place, account, existing) {
    if (!/^[a-z0-9]{3,24}$/.test(account.name))
      throw new ApiError(
        400,
        'AccountNameInvalid',
        `${account.name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
      );
    account.sku ??= { name: 'Standard_LRS' };
    account.sku['tier'] = String(account.sku['name']).split('_')[0];
    account.kind ??= 'StorageV2';
    account.properties['accessTier'] ??= 'Hot';
    account.properties['creationTime'] ??= new Date(existing?.createdAt ?? place.now).toISOString();
    account.properties['primaryEndpoints'] = { blob: `https://${account.name}.blob.core.windows.net/` };
    account.properties['primaryLocation'] = account.location;
  },
  patch(_place, account, body) {
    const tier = (body['properties'] as Json | undefined)?.['accessTier'];
    if (tier !== undefined) account.properties['accessTier'] = tier;
    if (body['sku']) account.sku = { ...account.sku, ...(body['sku'] as Json) };
  },
};

const sqlServers: Behaviour = {
  create(_place, server) {
    delete server.properties['administratorLoginPassword'];
    server.properties['state'] = 'Ready';
    server.properties['fullyQualifiedDomainName'] = `${server.name}.database.windows.net`;
    server.properties['version'] = '12.0';
  },
};

const sqlDatabases: Behaviour = {
  create(place, database, existing) {
    database.sku ??= { name: 'GP_S_Gen5', tier: 'GeneralPurpose', capacity: 1 };
    database.properties['status'] = 'Online';
    database.properties['creationDate'] ??= new Date(existing?.createdAt ?? place.now).toISOString();
    database.properties['currentSku'] = database.sku;
    database.properties['currentServiceObjectiveName'] = database.sku['name'];
    database.properties['maxSizeBytes'] ??= 34_359_738_368;
  },
  patch(place, database, body) {
    if (!body['sku']) return;
    database.sku = body['sku'] as Json;
    database.properties['status'] = 'Scaling';
    database.pending = {
      until: place.after(SECONDS.update),
      settle(resource) {
        resource.properties['status'] = 'Online';
        resource.properties['currentSku'] = resource.sku;
        resource.properties['currentServiceObjectiveName'] = resource.sku?.['name'];
      },
    };
  },
};

const setState =
  (state: string) =>
  (place: Place, site: ArmResource): number => {
    site.properties['state'] = state;
    return place.now;
  };

const sites: Behaviour = {
  create(place, site, existing) {
    const plan = place.subscription.find(String(site.properties['serverFarmId']));
    if (!plan)
      throw new ApiError(
        404,
        'NotFound',
        `Cannot find ServerFarm ${String(site.properties['serverFarmId'])}.`,
      );
    site.properties['state'] ??= 'Running';
    site.properties['defaultHostName'] = `${site.name}.azurewebsites.net`;
    site.kind ??= 'app,linux';
    if (!existing) plan.properties['numberOfSites'] = Number(plan.properties['numberOfSites'] ?? 0) + 1;
  },
  delete(place, site) {
    const plan = place.subscription.find(String(site.properties['serverFarmId']));
    if (plan) plan.properties['numberOfSites'] = Math.max(0, Number(plan.properties['numberOfSites']) - 1);
  },
  actions: { start: setState('Running'), stop: setState('Stopped'), restart: setState('Running') },
};

const plans: Behaviour = {
  create(_place, plan, existing) {
    plan.sku ??= { name: 'B1', tier: 'Basic', capacity: 1 };
    plan.properties['numberOfSites'] = existing?.properties['numberOfSites'] ?? 0;
    plan.properties['status'] = 'Ready';
  },
  patch(_place, plan, body) {
    if (body['sku']) plan.sku = { ...plan.sku, ...(body['sku'] as Json) };
  },
  delete(_place, plan) {
    if (Number(plan.properties['numberOfSites']) > 0)
      throw conflict(
        'Conflict',
        `Server farm '${plan.name}' cannot be deleted because it has web app(s) assigned to it.`,
      );
  },
};

const clusters: Behaviour = {
  actions: {
    start(place, cluster) {
      cluster.properties['powerState'] = { code: 'Running' };
      return place.after(SECONDS.start);
    },
    stop(place, cluster) {
      cluster.properties['powerState'] = { code: 'Stopped' };
      return place.after(SECONDS.stop);
    },
  },
};

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'microsoft.compute/virtualmachines': machines,
  'microsoft.compute/disks': disks,
  'microsoft.compute/snapshots': snapshots,
  'microsoft.network/publicipaddresses': addresses,
  'microsoft.network/networkinterfaces': interfaces,
  'microsoft.network/virtualnetworks': networks,
  'microsoft.network/networksecuritygroups': {},
  'microsoft.network/loadbalancers': {},
  'microsoft.network/natgateways': {},
  'microsoft.network/applicationgateways': {},
  'microsoft.network/virtualnetworkgateways': {},
  'microsoft.network/routetables': {},
  'microsoft.network/privateendpoints': {},
  'microsoft.storage/storageaccounts': accounts,
  'microsoft.sql/servers': sqlServers,
  'microsoft.sql/servers/databases': sqlDatabases,
  'microsoft.sql/servers/elasticpools': {},
  'microsoft.web/sites': sites,
  'microsoft.web/serverfarms': plans,
  'microsoft.containerservice/managedclusters': clusters,
  'microsoft.compute/availabilitysets': {},
  'microsoft.compute/images': {},
};

/** Types that finish at once; the others take their time and answer with a long-running operation. */
const IMMEDIATE = new Set([
  'microsoft.web/sites',
  'microsoft.web/serverfarms',
  'microsoft.storage/storageaccounts',
]);

/** How a type behaves; undefined for a type that is not simulated. */
export function behaviourOf(type: string): Behaviour | undefined {
  const key = type.toLowerCase();
  return Object.hasOwn(BEHAVIOURS, key) ? BEHAVIOURS[key] : undefined;
}

/** Whether writes of a type answer 200 instead of starting an operation. */
export function isImmediate(type: string): boolean {
  return IMMEDIATE.has(type.toLowerCase());
}

export { SECONDS, power };
