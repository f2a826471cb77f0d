import { regionOf, type GoogleObject, type Json } from './project.ts';

/** USD an hour of a vCPU and of a GiB in us-central1 by family; general knowledge of list prices, 2026-07. */
export const FAMILIES: Readonly<Record<string, readonly [cpu: number, gib: number]>> = {
  e2: [0.02181159, 0.00292353],
  n1: [0.031611, 0.004237],
  n2: [0.031611, 0.004237],
  n2d: [0.027502, 0.003686],
  c2: [0.03398, 0.00455],
};
const GIB: Readonly<Record<string, number>> = { standard: 4, highmem: 8, highcpu: 1 };
const SHARED: Readonly<Record<string, number>> = {
  'e2-micro': 0.008376,
  'e2-small': 0.016751,
  'e2-medium': 0.033503,
};
export const DISKS: Readonly<Record<string, number>> = {
  'pd-standard': 0.04,
  'pd-balanced': 0.1,
  'pd-ssd': 0.17,
};
const CLASSES: Readonly<Record<string, number>> = { STANDARD: 0.02, NEARLINE: 0.01, COLDLINE: 0.004 };
/** Prices of a region against us-central1. */
export const REGION_FACTORS: Readonly<Record<string, number>> = {
  'southamerica-east1': 1.588,
  'europe-west1': 1.1,
};
/** An instance that waits: a sixth of a vCPU and a quarter of a GiB at the idle rate of 0.0000025 USD a second. */
const IDLE_INSTANCE = 0.0000025 * 3600 * (1 / 6 + 1 / 4);
const MONTH = 730;
/** Discount that running a machine all month earns by itself, as credits; general-purpose N families only. */
const SUSTAINED: Readonly<Record<string, number>> = { n1: 0.3, n2: 0.2, n2d: 0.2, c2: 0.2 };

/** What one hour of something costs, and how the bill names it. */
export interface Charge {
  readonly service: string;
  readonly sku: string;
  readonly usd: number;
  /** Share that comes back as a credit. */
  readonly credit: number;
  /** Charged also while stopped. */
  readonly always: boolean;
}

function machineUsd(type: string): number {
  const shared = SHARED[type];
  if (shared !== undefined) return shared;
  const [family = '', kind = '', count = '0', memory = '0'] = type.split('-');
  const [cpu, gib] = FAMILIES[family] ?? [0, 0];
  if (kind === 'custom') return Number(count) * cpu * 1.05 + (Number(memory) / 1024) * gib * 1.05;
  return Number(count) * (cpu + (GIB[kind] ?? 4) * gib);
}

function sqlUsd(tier: string): number {
  if (tier === 'db-f1-micro') return 0.0105;
  if (tier === 'db-g1-small') return 0.035;
  const [, , cpus = '0', memory = '0'] = tier.split('-');
  return Number(cpus) * 0.0413 + (Number(memory) / 1024) * 0.007;
}

const last = (value: unknown): string => String(value).split('/').at(-1) ?? '';

/** External addresses that were made with a machine and are no resource of their own. */
function ephemeral(data: Json): number {
  const nets = (data['networkInterfaces'] ?? []) as Json[];
  return nets
    .flatMap((net) => (net['accessConfigs'] ?? []) as Json[])
    .filter((one) => one['name'] === 'External NAT').length;
}

/** Where a resource is billed. */
export function billedRegion({ place, data }: GoogleObject): string {
  const locations = data['storageLocations'] as string[] | undefined;
  const named = data['region'] ?? data['location'];
  if (typeof named === 'string' && !named.includes('/')) return named.toLowerCase();
  return locations?.[0] ?? regionOf(place);
}

/** The hourly charges of a resource as it is now. */
export function hourlyCharges(object: GoogleObject): readonly Charge[] {
  const { data } = object;
  const factor = REGION_FACTORS[billedRegion(object)] ?? 1;
  const charge = (service: string, sku: string, usd: number, more: Partial<Charge> = {}): Charge[] =>
    usd > 0 ? [{ service, sku, usd: usd * factor, credit: 0, always: true, ...more }] : [];
  switch (object.collection) {
    case 'compute.instances': {
      const type = last(data['machineType']);
      const family = type.split('-')[0] ?? '';
      const credit = SUSTAINED[family] ?? 0;
      const sku = `${family.toUpperCase()} Instance Core and Ram running`;
      return [
        ...charge('Compute Engine', sku, machineUsd(type), { credit, always: false }),
        // Reserved addresses are billed by themselves; those that come with the machine go with it.
        ...charge('Compute Engine', 'External IP Charge', ephemeral(data) * 0.005, { always: false }),
      ];
    }
    case 'compute.disks': {
      const type = last(data['type']);
      const usd = (Number(data['sizeGb']) * (DISKS[type] ?? 0.04)) / MONTH;
      return charge('Compute Engine', `${type.toUpperCase()} Capacity`, usd);
    }
    case 'compute.snapshots':
      return charge(
        'Compute Engine',
        'Storage PD Snapshot',
        (Number(data['storageBytes']) / 1024 ** 3) * (0.05 / MONTH),
      );
    case 'compute.images':
      return charge(
        'Compute Engine',
        'Storage Image',
        (Number(data['archiveSizeBytes']) / 1024 ** 3) * (0.05 / MONTH),
      );
    case 'compute.addresses': {
      if (data['addressType'] === 'INTERNAL') return [];
      const used = data['status'] === 'IN_USE';
      return charge('Compute Engine', used ? 'External IP Charge' : 'Static Ip Charge', used ? 0.005 : 0.01);
    }
    case 'storage.buckets': {
      const kind = String(data['storageClass']);
      const usd = ((object.gib ?? 0) * (CLASSES[kind] ?? 0.02)) / MONTH;
      return charge('Cloud Storage', `${kind} Storage`, usd);
    }
    case 'cloudsql.instances': {
      const settings = data['settings'] as Json;
      const copies = settings['availabilityType'] === 'REGIONAL' ? 2 : 1;
      const tier = String(settings['tier']);
      const hdd = settings['dataDiskType'] === 'PD_HDD';
      const storage = (Number(settings['dataDiskSizeGb']) * (hdd ? 0.09 : 0.17) * copies) / MONTH;
      return [
        ...charge('Cloud SQL', `Cloud SQL ${tier} vCPU and RAM`, sqlUsd(tier) * copies, { always: false }),
        ...charge('Cloud SQL', `Cloud SQL ${hdd ? 'HDD' : 'SSD'} Storage`, storage),
      ];
    }
    case 'cloudfunctions.functions': {
      const config = (data['serviceConfig'] ?? {}) as Json;
      const waiting = Number(config['minInstanceCount'] ?? 0);
      return charge('Cloud Run Functions', 'Min Instance CPU and Memory Time', waiting * IDLE_INSTANCE);
    }
    case 'container.clusters': {
      const zones = (data['locations'] as string[] | undefined)?.length ?? 1;
      const pools = (data['nodePools'] ?? []) as Json[];
      const nodes = pools.reduce((sum, pool) => {
        const type = (pool['config'] as { machineType?: string } | undefined)?.machineType ?? 'e2-medium';
        return sum + Number(pool['initialNodeCount'] ?? 0) * zones * machineUsd(type);
      }, 0);
      return [
        ...charge('Kubernetes Engine', 'Cluster Management Fee', 0.1),
        ...charge('Compute Engine', 'E2 Instance Core and Ram running', nodes),
      ];
    }
    default:
      return [];
  }
}
