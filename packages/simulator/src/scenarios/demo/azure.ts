import type { UsageProfile } from '../../aws/metrics/profiles.ts';
import type { World } from '../../aws/world.ts';
import { Subscription, type ArmResource, type Json } from '../../microsoft/arm/subscription.ts';
import type { PlantedWaste, ScenarioApplication } from '../scenarios.ts';

const DAY = 86_400_000;

const use = (
  kind: UsageProfile['kind'],
  level: number,
  peak: number,
  more: Partial<UsageProfile> = {},
): UsageProfile => ({
  kind,
  level,
  peak,
  memory: 0.45,
  perHour: kind === 'idle' ? 0 : 900,
  durationMs: 100,
  ...more,
});
const BUSY = use('steady', 0.42, 0.81);
const IDLE = use('idle', 0.012, 0.03, { memory: 0.12 });
const OVERSIZED = use('oversized', 0.06, 0.19, { memory: 0.2 });
const OFFICE = use('office-hours', 0.3, 0.7);

/** What a custom role for reading allows. */
const READ = ['*/read', 'Microsoft.CostManagement/query/read', 'Microsoft.Insights/metrics/read'];
/** What CloudAtlas needs to operate, create and delete. */
const ALL = ['*'];

/** Builds Aurora's Azure subscription: the data platform and the back office of the same company. */
class AzureEstate {
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

/** Aurora's Azure subscription, with planted and listed waste and a few things that only look like it. */
export function seedAzure(
  world: World,
  tenantId: string,
): {
  readonly applications: readonly ScenarioApplication[];
  readonly waste: readonly PlantedWaste[];
  readonly resources: number;
} {
  const estate = new AzureEstate(world, tenantId);
  const { subscription } = estate;
  const tags = (app: string, env: string): Record<string, string> => ({
    app,
    env,
    owner: app === 'analytics' ? 'data' : 'platform',
  });
  estate.group('rg-network', 'brazilsouth', 700, { env: 'production' });
  estate.group('rg-analytics-prod', 'brazilsouth', 620, tags('analytics', 'production'));
  estate.group('rg-analytics-dev', 'brazilsouth', 500, tags('analytics', 'development'));
  estate.group('rg-backoffice', 'eastus', 640, tags('backoffice', 'production'));
  estate.group('rg-sandbox', 'eastus', 300, { env: 'sandbox' });
  estate.group('rg-migration-2024', 'eastus', 420, {});

  estate.add('rg-network', 'Microsoft.Network/virtualNetworks', 'vnet-brazilsouth', 700, {
    properties: {
      addressSpace: { addressPrefixes: ['10.40.0.0/16'] },
      subnets: ['apps', 'data', 'gateway'].map((name, i) => ({
        name,
        id: `${subscription.groupId('rg-network')}/providers/Microsoft.Network/virtualNetworks/vnet-brazilsouth/subnets/${name}`,
        properties: { addressPrefix: `10.40.${i}.0/24` },
      })),
    },
  });
  estate.add('rg-network', 'Microsoft.Network/networkSecurityGroups', 'nsg-apps', 700, {
    properties: {
      securityRules: [],
      subnets: [
        {
          id: `${subscription.groupId('rg-network')}/providers/Microsoft.Network/virtualNetworks/vnet-brazilsouth/subnets/apps`,
        },
      ],
    },
  });
  estate.add('rg-network', 'Microsoft.Network/loadBalancers', 'lb-analytics', 600, {
    tags: tags('analytics', 'production'),
    sku: { name: 'Standard', tier: 'Regional' },
    use: BUSY,
    properties: {
      frontendIPConfigurations: [{ name: 'front' }],
      backendAddressPools: [
        {
          name: 'apps',
          properties: {
            loadBalancerBackendAddresses: [{ name: 'a' }, { name: 'b' }],
            backendIPConfigurations: [{ id: 'a' }, { id: 'b' }],
          },
        },
      ],
    },
  });
  const emptyLb = estate.add('rg-sandbox', 'Microsoft.Network/loadBalancers', 'lb-poc', 140, {
    location: 'eastus',
    sku: { name: 'Standard', tier: 'Regional' },
    properties: { frontendIPConfigurations: [{ name: 'front' }], backendAddressPools: [] },
  });
  estate.plant('empty-load-balancer', emptyLb, 'no backend pool for months');
  const nat = estate.add('rg-sandbox', 'Microsoft.Network/natGateways', 'nat-poc', 140, {
    location: 'eastus',
    sku: { name: 'Standard' },
    use: IDLE,
    properties: { idleTimeoutInMinutes: 4 },
  });
  estate.plant('orphan-nat-gateway', nat, 'belongs to no subnet');

  for (let i = 1; i <= 3; i += 1)
    estate.machine('rg-analytics-prod', `vm-spark-${i}`, 'Standard_E4s_v5', 400, BUSY, {
      tags: tags('analytics', 'production'),
      dataGib: 512,
    });
  estate.machine('rg-analytics-prod', 'vm-airflow', 'Standard_D2s_v5', 380, use('steady', 0.33, 0.72), {
    tags: tags('analytics', 'production'),
    address: true,
  });
  estate.machine('rg-backoffice', 'vm-erp-app', 'Standard_D4s_v5', 600, use('steady', 0.45, 0.8), {
    location: 'eastus',
    tags: tags('backoffice', 'production'),
    os: 'Windows',
  });
  const idle = estate.machine('rg-backoffice', 'vm-report-legacy', 'Standard_D4s_v3', 500, IDLE, {
    location: 'eastus',
    tags: tags('backoffice', 'production'),
  });
  estate.plant('idle-vm', idle, 'CPU below 3 % for weeks');
  const idle2 = estate.machine('rg-sandbox', 'vm-poc-ml', 'Standard_E8s_v5', 120, IDLE, {
    location: 'eastus',
    tags: { env: 'sandbox' },
    address: true,
  });
  estate.plant('idle-vm', idle2, 'a proof of concept nobody stopped');
  const large = estate.machine('rg-analytics-prod', 'vm-gateway', 'Standard_D8s_v5', 300, OVERSIZED, {
    tags: tags('analytics', 'production'),
  });
  estate.plant('oversized-vm', large, 'CPU never above 20 %');
  const office = estate.machine('rg-analytics-dev', 'vm-dev-1', 'Standard_D4s_v5', 260, OFFICE, {
    tags: tags('analytics', 'development'),
  });
  estate.plant('office-hours-vm', office, 'used on working days from 8 to 19 only');
  const stopped = estate.machine('rg-backoffice', 'vm-batch-2023', 'Standard_D2s_v3', 640, IDLE, {
    location: 'eastus',
    tags: tags('backoffice', 'production'),
    state: 'stopped',
  });
  estate.plant('stopped-not-deallocated', stopped, 'stopped in the machine, still billed');
  const parked = estate.machine('rg-analytics-dev', 'vm-dev-old', 'Standard_D2s_v3', 480, IDLE, {
    tags: tags('analytics', 'development'),
    state: 'deallocated',
    since: 95,
    dataGib: 256,
  });
  estate.plant('long-deallocated-vm', parked, 'deallocated for 95 days, its disks are billed');

  for (const [name, gib, sku, days] of [
    ['disk-erp-old', 512, 'Premium_LRS', 200],
    ['disk-spark-tmp', 1024, 'StandardSSD_LRS', 88],
    ['disk-import', 256, 'Standard_LRS', 340],
  ] as const) {
    const disk = estate.disk('rg-migration-2024', name, gib, sku, days, {
      location: 'eastus',
      freeSince: days - 10,
    });
    estate.plant('unattached-disk', disk, `unattached for ${days - 10} days`);
  }
  // Free since yesterday: too young to be waste.
  estate.disk('rg-analytics-dev', 'disk-restore-test', 128, 'Premium_LRS', 2, {
    tags: tags('analytics', 'development'),
    freeSince: 1,
  });
  const premiumSnapshotOf = subscription.ofType('Microsoft.Compute/disks')[0];
  for (const [name, days, sku] of [
    ['snap-before-upgrade', 210, 'Premium_LRS'],
    ['snap-erp-2024', 390, 'Standard_LRS'],
    ['snap-weekly', 6, 'Standard_LRS'],
  ] as const) {
    const snapshot = estate.add('rg-backoffice', 'Microsoft.Compute/snapshots', name, days, {
      location: 'eastus',
      sku: { name: sku, tier: sku.split('_')[0] },
      properties: {
        diskSizeGB: 512,
        timeCreated: new Date(estate.ago(days)).toISOString(),
        incremental: false,
        creationData: { createOption: 'Copy', sourceResourceId: premiumSnapshotOf?.id },
      },
    });
    if (days > 90) estate.plant('old-snapshot', snapshot, `${days} days old`);
  }
  for (const [name, days] of [
    ['ip-old-vpn', 330],
    ['ip-poc', 130],
  ] as const) {
    const address = estate.add('rg-migration-2024', 'Microsoft.Network/publicIPAddresses', name, days, {
      location: 'eastus',
      sku: { name: 'Standard', tier: 'Regional' },
      properties: { publicIPAllocationMethod: 'Static', ipAddress: `20.9.${days % 250}.4` },
    });
    estate.plant('idle-address', address, `associated with nothing for ${days} days`);
  }
  const nic = estate.add('rg-migration-2024', 'Microsoft.Network/networkInterfaces', 'nic-left', 300, {
    location: 'eastus',
    properties: { ipConfigurations: [] },
  });
  estate.plant('unattached-nic', nic, 'no machine');

  estate.add('rg-analytics-prod', 'Microsoft.Storage/storageAccounts', 'auroradatalake', 610, {
    tags: tags('analytics', 'production'),
    sku: { name: 'Standard_ZRS', tier: 'Standard' },
    kind: 'StorageV2',
    use: BUSY,
    gib: 8200,
    properties: { accessTier: 'Hot', creationTime: new Date(estate.ago(610)).toISOString() },
  });
  const cold = estate.add('rg-backoffice', 'Microsoft.Storage/storageAccounts', 'aurorabackups', 560, {
    location: 'eastus',
    tags: tags('backoffice', 'production'),
    sku: { name: 'Standard_LRS', tier: 'Standard' },
    kind: 'StorageV2',
    use: IDLE,
    gib: 3100,
    properties: { accessTier: 'Hot', creationTime: new Date(estate.ago(560)).toISOString() },
  });
  estate.plant('hot-storage-unused', cold, 'hot tier, hardly a request in a month');

  estate.add('rg-backoffice', 'Microsoft.Sql/servers', 'sql-aurora', 600, {
    location: 'eastus',
    tags: tags('backoffice', 'production'),
    properties: {
      administratorLogin: 'atlasadmin',
      state: 'Ready',
      version: '12.0',
      fullyQualifiedDomainName: 'sql-aurora.database.windows.net',
    },
  });
  const database = (name: string, sku: Json, days: number, profile: UsageProfile): ArmResource =>
    estate.add('rg-backoffice', 'Microsoft.Sql/servers/databases', `sql-aurora/${name}`, days, {
      location: 'eastus',
      tags: tags('backoffice', 'production'),
      sku,
      use: profile,
      properties: {
        status: 'Online',
        currentSku: sku,
        currentServiceObjectiveName: sku['name'],
        creationDate: new Date(estate.ago(days)).toISOString(),
        maxSizeBytes: 268_435_456_000,
      },
    });
  database('erp', { name: 'GP_Gen5', tier: 'GeneralPurpose', family: 'Gen5', capacity: 4 }, 600, BUSY);
  estate.plant(
    'idle-sql-database',
    database('crm-archive', { name: 'S3', tier: 'Standard', capacity: 100 }, 420, IDLE),
    'no connection for weeks',
  );
  estate.plant(
    'oversized-sql-database',
    database(
      'reporting',
      { name: 'GP_Gen5', tier: 'GeneralPurpose', family: 'Gen5', capacity: 8 },
      300,
      OVERSIZED,
    ),
    'CPU below 20 %',
  );
  const pool = estate.add(
    'rg-backoffice',
    'Microsoft.Sql/servers/elasticPools',
    'sql-aurora/pool-empty',
    200,
    {
      location: 'eastus',
      sku: { name: 'StandardPool', tier: 'Standard', capacity: 50 },
      properties: { state: 'Ready' },
    },
  );
  estate.plant('empty-elastic-pool', pool, 'no database in it');

  const plan = (
    group: string,
    name: string,
    sku: Json,
    days: number,
    sites: number,
    profile: UsageProfile,
    location = 'brazilsouth',
  ): ArmResource =>
    estate.add(group, 'Microsoft.Web/serverfarms', name, days, {
      location,
      sku,
      kind: 'linux',
      use: profile,
      properties: { numberOfSites: sites, status: 'Ready', reserved: true },
    });
  const main = plan(
    'rg-analytics-prod',
    'plan-portal',
    { name: 'P1v3', tier: 'PremiumV3', capacity: 2 },
    400,
    2,
    BUSY,
  );
  for (const name of ['portal-aurora', 'api-aurora'])
    estate.add('rg-analytics-prod', 'Microsoft.Web/sites', name, 400, {
      tags: tags('analytics', 'production'),
      kind: 'app,linux',
      use: BUSY,
      properties: {
        state: 'Running',
        serverFarmId: main.id,
        defaultHostName: `${name}.azurewebsites.net`,
        siteConfig: { linuxFxVersion: 'NODE|24-lts' },
      },
    });
  estate.plant(
    'empty-app-service-plan',
    plan('rg-sandbox', 'plan-poc', { name: 'S1', tier: 'Standard', capacity: 1 }, 130, 0, IDLE, 'eastus'),
    'no app in it',
  );
  const big = plan(
    'rg-backoffice',
    'plan-intranet',
    { name: 'P2v3', tier: 'PremiumV3', capacity: 1 },
    350,
    1,
    OVERSIZED,
    'eastus',
  );
  estate.add('rg-backoffice', 'Microsoft.Web/sites', 'intranet-aurora', 350, {
    location: 'eastus',
    tags: tags('backoffice', 'production'),
    kind: 'app,linux',
    use: OVERSIZED,
    properties: {
      state: 'Running',
      serverFarmId: big.id,
      defaultHostName: 'intranet-aurora.azurewebsites.net',
    },
  });
  estate.plant('oversized-app-service-plan', big, 'CPU and memory below 25 %');

  const aks = (name: string, days: number, profile: UsageProfile, env: string): ArmResource =>
    estate.add(
      env === 'production' ? 'rg-analytics-prod' : 'rg-analytics-dev',
      'Microsoft.ContainerService/managedClusters',
      name,
      days,
      {
        tags: tags('analytics', env),
        sku: { name: 'Base', tier: 'Standard' },
        use: profile,
        properties: {
          kubernetesVersion: '1.34',
          powerState: { code: 'Running' },
          agentPoolProfiles: [
            {
              name: 'system',
              count: 2,
              vmSize: 'Standard_D4s_v5',
              mode: 'System',
              enableAutoScaling: env === 'production',
            },
          ],
        },
      },
    );
  aks('aks-analytics', 300, BUSY, 'production');
  estate.plant('idle-aks', aks('aks-dev', 200, IDLE, 'development'), 'no load on its nodes');

  for (const [name, type, compression] of [
    ['aurora-focus', 'FocusCost', 'gzip'],
    ['aurora-actual', 'ActualCost', 'none'],
  ] as const)
    subscription.exports.push({
      name,
      account: 'auroradatalake',
      container: 'cost-exports',
      folder: 'costs',
      type,
      compression,
    });

  const directory = [...world.directories.values()].find((one) => one.id === tenantId);
  const application = (label: string, actions: readonly string[]): ScenarioApplication => {
    const registered = directory?.addApplication(label, []);
    if (!registered) throw new Error('the tenant is missing');
    subscription.roles.set(registered.objectId, { actions, notActions: [], dataActions: ['*/read'] });
    return {
      label,
      tenantId,
      clientId: registered.clientId,
      clientSecret: registered.secret,
      subscriptionId: subscription.id,
    };
  };
  return {
    applications: [application('azure-admin', ALL), application('azure-read-only', READ)],
    waste: estate.waste,
    resources: subscription.resources.size,
  };
}
