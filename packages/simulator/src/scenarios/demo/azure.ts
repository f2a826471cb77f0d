import type { World } from '../../aws/world.ts';
import type { PlantedWaste, ScenarioApplication } from '../scenarios.ts';
import { AzureEstate, tags } from './azure-estate.ts';
import { seedPlatforms } from './azure-platforms.ts';
import { BUSY, IDLE, OFFICE, OVERSIZED, use } from './use.ts';

/** What a custom role for reading allows. */
const READ = ['*/read', 'Microsoft.CostManagement/query/read', 'Microsoft.Insights/metrics/read'];
/** What CloudAtlas needs to operate, create and delete. */
const ALL = ['*'];

function seedGroups(estate: AzureEstate): void {
  estate.group('rg-network', 'brazilsouth', 700, { env: 'production' });
  estate.group('rg-analytics-prod', 'brazilsouth', 620, tags('analytics', 'production'));
  estate.group('rg-analytics-dev', 'brazilsouth', 500, tags('analytics', 'development'));
  estate.group('rg-backoffice', 'eastus', 640, tags('backoffice', 'production'));
  estate.group('rg-sandbox', 'eastus', 300, { env: 'sandbox' });
  estate.group('rg-migration-2024', 'eastus', 420, {});
}

function seedNetwork(estate: AzureEstate): void {
  estate.add('rg-network', 'Microsoft.Network/virtualNetworks', 'vnet-brazilsouth', 700, {
    properties: {
      addressSpace: { addressPrefixes: ['10.40.0.0/16'] },
      subnets: ['apps', 'data', 'gateway'].map((name, i) => ({
        name,
        id: `${estate.subscription.groupId('rg-network')}/providers/Microsoft.Network/virtualNetworks/vnet-brazilsouth/subnets/${name}`,
        properties: { addressPrefix: `10.40.${i}.0/24` },
      })),
    },
  });
  estate.add('rg-network', 'Microsoft.Network/networkSecurityGroups', 'nsg-apps', 700, {
    properties: {
      securityRules: [],
      subnets: [
        {
          id: `${estate.subscription.groupId('rg-network')}/providers/Microsoft.Network/virtualNetworks/vnet-brazilsouth/subnets/apps`,
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
}

function seedMachines(estate: AzureEstate): void {
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
}

/** Disks that nothing is attached to, and snapshots. */
function seedDisks(estate: AzureEstate): void {
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
  const premiumSnapshotOf = estate.subscription.ofType('Microsoft.Compute/disks')[0];
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
}

/** Addresses and an interface that were left behind. */
function seedAddresses(estate: AzureEstate): void {
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
  seedGroups(estate);
  seedNetwork(estate);
  seedMachines(estate);
  seedDisks(estate);
  seedAddresses(estate);
  seedPlatforms(estate);
  const { subscription } = estate;
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
