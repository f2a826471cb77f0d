import type { UsageProfile } from '../../aws/metrics/profiles.ts';
import type { World } from '../../aws/world.ts';
import { Subscription, type ArmResource, type Json } from '../../microsoft/arm/subscription.ts';
import type { PlantedWaste } from '../scenarios.ts';

const DAY = 86_400_000;

/** Tags of one application in one environment. */
export const tags = (app: string, env: string): Record<string, string> => ({
  app,
  env,
  owner: app === 'analytics' ? 'data' : 'platform',
});

/** Builds Aurora's Azure subscription: the data platform and the back office of the same company. */
export class AzureEstate {
  readonly subscription: Subscription;
  readonly waste: PlantedWaste[] = [];
  readonly #now: number;
  readonly #world: World;

  constructor(world: World, tenantId: string) {
    this.#world = world;
    this.#now = world.clock.now();
    this.subscription = new Subscription({ seed: world.seed, name: 'Aurora Data Platform', tenantId });
    world.subscriptions.set(this.subscription.id, this.subscription);
  }

  ago(days: number): number {
    return this.#now - days * DAY;
  }

  plant(kind: string, resource: ArmResource, note: string): void {
    this.waste.push({ kind, service: 'azure', region: resource.location, resourceId: resource.id, note });
  }

  add(
    group: string,
    type: string,
    name: string,
    days: number,
    parts: {
      location?: string;
      tags?: Record<string, string>;
      sku?: Json;
      kind?: string;
      properties?: Json;
      use?: UsageProfile;
      gib?: number;
      managedBy?: string;
    },
  ): ArmResource {
    const { location = 'brazilsouth', properties = {}, use: profile, gib, ...rest } = parts;
    return this.subscription.add(group, type, name, {
      location,
      createdAt: this.ago(days),
      ...rest,
      properties: {
        ...properties,
        ...(profile === undefined ? {} : { _use: profile }),
        ...(gib === undefined ? {} : { _gib: gib }),
      },
    });
  }

  group(name: string, location: string, days: number, tags: Record<string, string>): void {
    this.subscription.addGroup(name, location, this.ago(days), tags);
  }

  disk(
    group: string,
    name: string,
    gib: number,
    sku: string,
    days: number,
    more: { location?: string; tags?: Record<string, string>; owner?: string; freeSince?: number } = {},
  ): ArmResource {
    return this.add(group, 'Microsoft.Compute/disks', name, days, {
      ...(more.location === undefined ? {} : { location: more.location }),
      ...(more.tags === undefined ? {} : { tags: more.tags }),
      sku: { name: sku, tier: sku.split('_')[0] },
      ...(more.owner === undefined ? {} : { managedBy: more.owner }),
      properties: {
        diskSizeGB: gib,
        diskState: more.owner === undefined ? 'Unattached' : 'Attached',
        timeCreated: new Date(this.ago(days)).toISOString(),
        lastOwnershipUpdateTime: new Date(this.ago(more.freeSince ?? days)).toISOString(),
        creationData: { createOption: 'Empty' },
      },
    });
  }

  /** A machine with its disk, interface and, when wanted, public address. */
  machine(
    group: string,
    name: string,
    size: string,
    days: number,
    profile: UsageProfile,
    more: {
      location?: string;
      tags?: Record<string, string>;
      state?: 'running' | 'stopped' | 'deallocated';
      since?: number;
      dataGib?: number;
      address?: boolean;
      os?: 'Linux' | 'Windows';
    } = {},
  ): ArmResource {
    const { location = 'brazilsouth', tags = {}, state = 'running', os = 'Linux' } = more;
    const id = `${this.subscription.groupId(group)}/providers/Microsoft.Compute/virtualMachines/${name}`;
    const place = { location, tags };
    const nicId = `${this.subscription.groupId(group)}/providers/Microsoft.Network/networkInterfaces/${name}-nic`;
    const address =
      more.address === true
        ? this.add(group, 'Microsoft.Network/publicIPAddresses', `${name}-ip`, days, {
            ...place,
            sku: { name: 'Standard', tier: 'Regional' },
            properties: {
              publicIPAllocationMethod: 'Static',
              ipAddress: `20.${name.length}.${days % 250}.7`,
              ipConfiguration: { id: `${nicId}/ipConfigurations/primary` },
            },
          })
        : undefined;
    this.add(group, 'Microsoft.Network/networkInterfaces', `${name}-nic`, days, {
      ...place,
      properties: {
        virtualMachine: { id },
        ipConfigurations: [
          {
            name: 'primary',
            properties: {
              privateIPAddress: `10.40.${days % 250}.${name.length + 4}`,
              privateIPAllocationMethod: 'Dynamic',
              subnet: {
                id: `${this.subscription.groupId('rg-network')}/providers/Microsoft.Network/virtualNetworks/vnet-brazilsouth/subnets/apps`,
              },
              ...(address === undefined ? {} : { publicIPAddress: { id: address.id } }),
            },
          },
        ],
      },
    });
    const disk = this.disk(group, `${name}_OsDisk_1`, 128, 'Premium_LRS', days, { ...place, owner: id });
    const data =
      more.dataGib === undefined
        ? []
        : [this.disk(group, `${name}_data`, more.dataGib, 'Premium_LRS', days, { ...place, owner: id })];
    const vm = this.add(group, 'Microsoft.Compute/virtualMachines', name, days, {
      ...place,
      use: profile,
      properties: {
        vmId: this.#world.seed,
        hardwareProfile: { vmSize: size },
        storageProfile: {
          imageReference:
            os === 'Windows'
              ? {
                  publisher: 'MicrosoftWindowsServer',
                  offer: 'WindowsServer',
                  sku: '2022-datacenter',
                  version: 'latest',
                }
              : { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
          osDisk: {
            name: disk.name,
            osType: os,
            createOption: 'FromImage',
            diskSizeGB: 128,
            managedDisk: { id: disk.id, storageAccountType: 'Premium_LRS' },
          },
          dataDisks: data.map((one, lun) => ({
            lun,
            name: one.name,
            createOption: 'Attach',
            managedDisk: { id: one.id },
          })),
        },
        networkProfile: { networkInterfaces: [{ id: nicId, properties: { primary: true } }] },
        timeCreated: new Date(this.ago(days)).toISOString(),
        _power: state,
      },
    });
    if (state === 'deallocated') vm.idleSpans.push({ from: this.ago(more.since ?? 40), to: undefined });
    return vm;
  }
}
