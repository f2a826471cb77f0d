import type { UsageProfile } from '../aws/metrics/profiles.ts';
import type { World } from '../aws/world.ts';
import { link } from '../google/compute-model.ts';
import type { Json, Project } from '../google/project.ts';
import type { Subscription } from '../microsoft/arm/subscription.ts';
import type { Directory } from '../microsoft/directory.ts';
import { SeededRandom } from '../random.ts';
import { seedAzure } from './demo/azure.ts';
import { seedGcp } from './demo/gcp.ts';
import { seedM365 } from './demo/m365.ts';
import { buildLarge } from './large.ts';
import type { ScenarioOptions, ScenarioReport } from './scenarios.ts';

const DAY = 86_400_000;
const DEFAULT_RESOURCES = 50_000;
const DEFAULT_ACCOUNTS = 2;
/** Parts of the resources beside those of AWS. */
const SHARES = { azure: 0.22, gcp: 0.16, m365: 0.06 } as const;

const AZURE_REGIONS = ['brazilsouth', 'eastus', 'westeurope', 'southeastasia'];
const AZURE_SIZES = ['Standard_D2s_v5', 'Standard_D4s_v5', 'Standard_E4s_v5', 'Standard_B2ms'];
const GCP_ZONES = ['southamerica-east1-a', 'us-central1-a', 'us-central1-b', 'europe-west1-b'];
const GCP_TYPES = ['e2-standard-2', 'e2-standard-4', 'n2-standard-4', 'n2-highmem-4'];
const APPS = ['storefront', 'payments', 'analytics', 'intranet', 'search', 'mobile', 'risk', 'identity'];
const ENVIRONMENTS = ['production', 'staging', 'development'];

const profile = (kind: UsageProfile['kind'], level: number, peak: number): UsageProfile => ({
  kind,
  level,
  peak,
  memory: 0.4,
  perHour: kind === 'idle' ? 0 : 900,
  durationMs: 100,
});
/** How machines are used; most of them well. */
const USES = [
  profile('steady', 0.42, 0.81),
  profile('steady', 0.42, 0.81),
  profile('steady', 0.5, 0.85),
  profile('oversized', 0.06, 0.19),
  profile('office-hours', 0.3, 0.7),
  profile('idle', 0.012, 0.03),
];

/** Tags of one application in one environment; one resource in six has none. */
function tagsOf(random: SeededRandom): Record<string, string> {
  if (random.next() < 0.16) return {};
  return {
    app: random.pick(APPS),
    env: random.pick(ENVIRONMENTS),
    'cost-center': `cc-${random.integer(1000, 1040)}`,
  };
}

/** Machines with an interface and a disk, free disks, snapshots and addresses. @returns how many were added */
function fillAzure(subscription: Subscription, count: number, random: SeededRandom, now: number): number {
  const before = subscription.resources.size;
  const groups = APPS.map((app) => `rg-${app}`);
  for (const group of groups)
    subscription.addGroup(group, 'brazilsouth', now - 700 * DAY, { app: group.slice(3) });
  const disk = (
    group: string,
    name: string,
    location: string,
    createdAt: number,
    owner: string | undefined,
  ): string =>
    subscription.add(group, 'Microsoft.Compute/disks', name, {
      location,
      createdAt,
      tags: tagsOf(random),
      sku: { name: random.pick(['Premium_LRS', 'StandardSSD_LRS', 'Standard_LRS']) },
      ...(owner === undefined ? {} : { managedBy: owner }),
      properties: {
        diskSizeGB: random.pick([64, 128, 256, 512]),
        diskState: owner === undefined ? 'Unattached' : 'Attached',
        timeCreated: new Date(createdAt).toISOString(),
        lastOwnershipUpdateTime: new Date(createdAt).toISOString(),
        creationData: { createOption: 'Empty' },
      },
    }).id;
  for (let n = 0; subscription.resources.size - before < count; n += 1) {
    const group = random.pick(groups);
    const location = random.pick(AZURE_REGIONS);
    const createdAt = now - random.integer(1, 700) * DAY;
    if (n % 4 === 3) {
      const source = disk(group, `data-${n}`, location, createdAt, undefined);
      subscription.add(group, 'Microsoft.Compute/snapshots', `snapshot-${n}`, {
        location,
        createdAt,
        tags: tagsOf(random),
        sku: { name: 'Standard_LRS' },
        properties: {
          diskSizeGB: 128,
          timeCreated: new Date(createdAt).toISOString(),
          incremental: true,
          creationData: { createOption: 'Copy', sourceResourceId: source },
        },
      });
      continue;
    }
    const name = `vm-${n}`;
    const providers = `${subscription.groupId(group)}/providers`;
    const id = `${providers}/Microsoft.Compute/virtualMachines/${name}`;
    const nicId = `${providers}/Microsoft.Network/networkInterfaces/${name}-nic`;
    subscription.add(group, 'Microsoft.Network/networkInterfaces', `${name}-nic`, {
      location,
      createdAt,
      properties: {
        virtualMachine: { id },
        ipConfigurations: [
          { name: 'primary', properties: { privateIPAddress: `10.${n % 200}.${n % 250}.4` } },
        ],
      },
    });
    const osDisk = disk(group, `${name}-os`, location, createdAt, id);
    subscription.add(group, 'Microsoft.Compute/virtualMachines', name, {
      location,
      createdAt,
      tags: tagsOf(random),
      properties: {
        vmId: id,
        hardwareProfile: { vmSize: random.pick(AZURE_SIZES) },
        storageProfile: {
          imageReference: {
            publisher: 'Canonical',
            offer: 'ubuntu-24_04-lts',
            sku: 'server',
            version: 'latest',
          },
          osDisk: {
            name: `${name}-os`,
            osType: 'Linux',
            createOption: 'FromImage',
            managedDisk: { id: osDisk },
          },
          dataDisks: [],
        },
        networkProfile: { networkInterfaces: [{ id: nicId, properties: { primary: true } }] },
        timeCreated: new Date(createdAt).toISOString(),
        _power: random.next() < 0.12 ? 'deallocated' : 'running',
        _use: random.pick(USES),
      },
    });
  }
  return subscription.resources.size - before;
}

/** Machines with a boot disk, free disks and snapshots. @returns how many were added */
function fillGcp(project: Project, count: number, random: SeededRandom, now: number): number {
  const before = project.objects.size;
  const at = (place: string, rest: string): string => link(`projects/${project.id}/${place}/${rest}`);
  const disk = (zone: string, name: string, createdAt: number, user: string | undefined): Json => {
    const { path } = project.add('compute.disks', `zones/${zone}`, name, createdAt, {
      id: project.newId(),
      status: 'READY',
      sizeGb: String(random.pick([20, 50, 100, 500])),
      type: at(`zones/${zone}`, `diskTypes/${random.pick(['pd-balanced', 'pd-ssd', 'pd-standard'])}`),
      lastAttachTimestamp: new Date(createdAt).toISOString(),
      labels: tagsOf(random),
      ...(user === undefined
        ? { lastDetachTimestamp: new Date(createdAt + DAY / 2).toISOString() }
        : { users: [user] }),
    });
    return { source: link(path), deviceName: name };
  };
  for (let n = 0; project.objects.size - before < count; n += 1) {
    const zone = random.pick(GCP_ZONES);
    const createdAt = now - random.integer(1, 700) * DAY;
    if (n % 3 === 2) {
      disk(zone, `data-${n}`, createdAt, undefined);
      project.add('compute.snapshots', 'global', `snapshot-${n}`, createdAt, {
        id: project.newId(),
        status: 'READY',
        diskSizeGb: '100',
        storageBytes: String(60 * 1024 ** 3),
        snapshotType: 'STANDARD',
        sourceDisk: at(`zones/${zone}`, `disks/data-${n}`),
        labels: tagsOf(random),
      });
      continue;
    }
    const name = `machine-${n}`;
    const boot = disk(zone, name, createdAt, at(`zones/${zone}`, `instances/${name}`));
    const stopped = random.next() < 0.12;
    project.add(
      'compute.instances',
      `zones/${zone}`,
      name,
      createdAt,
      {
        id: project.newId(),
        status: stopped ? 'TERMINATED' : 'RUNNING',
        machineType: at(`zones/${zone}`, `machineTypes/${random.pick(GCP_TYPES)}`),
        disks: [
          {
            ...boot,
            kind: 'compute#attachedDisk',
            type: 'PERSISTENT',
            index: 0,
            boot: true,
            autoDelete: true,
          },
        ],
        networkInterfaces: [{ name: 'nic0', networkIP: `10.80.${n % 250}.${n % 199}` }],
        scheduling: { provisioningModel: 'STANDARD' },
        lastStartTimestamp: new Date(createdAt).toISOString(),
        ...(stopped ? { lastStopTimestamp: new Date(now - 40 * DAY).toISOString() } : {}),
        labels: tagsOf(random),
      },
      { use: random.pick(USES) },
    );
  }
  return project.objects.size - before;
}

/** People with one licence each; one in eight has not signed in for months. @returns how many were added */
function fillM365(directory: Directory, count: number, random: SeededRandom, now: number): number {
  const [skuId = ''] = directory.skus.keys();
  const sku = directory.skus.get(skuId);
  if (sku !== undefined) sku.enabled += count;
  const pattern = [...directory.users.values()][0];
  if (pattern === undefined) throw new Error('the tenant has nobody');
  for (let n = 0; n < count; n += 1) {
    const id = directory.guid('user', `person-${n}`);
    directory.users.set(id, {
      ...pattern,
      id,
      displayName: `Person ${n}`,
      userPrincipalName: `person.${n}@${directory.domain}`,
      createdAt: now - random.integer(60, 900) * DAY,
      licences: new Map([[skuId, { disabledPlans: [] }]]),
      lastSignInDays: n % 8 === 0 ? 100 + (n % 90) : random.integer(0, 6),
      isAdmin: false,
    });
  }
  return count;
}

/**
 * Many resources over four providers, for load: accounts of AWS as in `large`, and a subscription, a project and a
 * tenant that are those of `demo` with many more machines, disks, snapshots and people in them.
 */
export function buildMixed(world: World, options: ScenarioOptions): Omit<ScenarioReport, 'scenario'> {
  const asked = Math.min(200_000, options.resources ?? DEFAULT_RESOURCES);
  const part = (share: number): number => Math.floor(asked * share);
  const [azure, gcp, m365] = [part(SHARES.azure), part(SHARES.gcp), part(SHARES.m365)];
  const aws = buildLarge(world, {
    resources: asked - azure - gcp - m365,
    accounts: options.accounts ?? DEFAULT_ACCOUNTS,
  });
  const office = seedM365(world);
  const subscription = seedAzure(world, office.applications[0]?.tenantId ?? '');
  const project = seedGcp(world);
  const now = world.clock.now();
  const random = (of: string): SeededRandom => SeededRandom.of(world.seed, 'mixed', of);
  const sum = (added: readonly number[]): number => added.reduce((total, count) => total + count, 0);
  return {
    ...aws,
    applications: [...office.applications, ...subscription.applications],
    serviceAccounts: project.serviceAccounts,
    counts: {
      ...aws.counts,
      'azure:resource':
        subscription.resources +
        sum([...world.subscriptions.values()].map((one) => fillAzure(one, azure, random('azure'), now))),
      'gcp:resource':
        project.resources +
        sum([...world.projects.values()].map((one) => fillGcp(one, gcp, random('gcp'), now))),
      'm365:user':
        office.users +
        sum([...world.directories.values()].map((one) => fillM365(one, m365, random('m365'), now))),
    },
  };
}
