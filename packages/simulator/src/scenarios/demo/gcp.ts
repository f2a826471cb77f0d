import type { UsageProfile } from '../../aws/metrics/profiles.ts';
import type { World } from '../../aws/world.ts';
import { seededKeyPair } from '../../google/key-pair.ts';
import type { GoogleObject, Json } from '../../google/project.ts';
import type { PlantedWaste, ScenarioServiceAccount } from '../scenarios.ts';
import { GcpEstate, HOME, US, type Labels } from './gcp-estate.ts';
import { BUSY, IDLE, OFFICE, OVERSIZED, use } from './use.ts';

const labels = (app: string, env: string): Labels => ({
  app,
  env,
  owner: app === 'analytics' ? 'data' : 'platform',
});

function seedMachines(estate: GcpEstate): void {
  const web = labels('storefront', 'production');
  for (let i = 1; i <= 3; i += 1)
    estate.machine(`${HOME}-${'abc'[i - 1]}`, `web-${i}`, 'n2-standard-4', 420, BUSY, {
      tags: web,
      dataGib: 200,
    });
  estate.machine(`${HOME}-a`, 'recommender', 'n2-highmem-4', 350, use('steady', 0.38, 0.76), {
    tags: labels('analytics', 'production'),
    address: true,
  });
  estate.machine(`${US}-a`, 'cdn-origin', 'e2-standard-2', 500, use('steady', 0.5, 0.85), {
    tags: web,
    address: true,
  });
  estate.plant(
    'idle-vm',
    estate.machine(`${US}-a`, 'campaign-2024', 'n1-standard-4', 540, IDLE, { tags: web, address: true }),
    'CPU below 3 % for weeks',
  );
  estate.plant(
    'idle-vm',
    estate.machine(`${US}-b`, 'poc-vision', 'n2-standard-8', 110, IDLE, { tags: { env: 'sandbox' } }),
    'a proof of concept nobody stopped',
  );
  estate.plant(
    'oversized-vm',
    estate.machine(`${HOME}-b`, 'feed-exporter', 'n2-standard-8', 310, OVERSIZED, { tags: web }),
    'CPU never above 20 %',
  );
  estate.plant(
    'office-hours-vm',
    estate.machine(`${HOME}-a`, 'dev-storefront', 'e2-standard-4', 230, OFFICE, {
      tags: labels('storefront', 'development'),
    }),
    'used on working days from 8 to 19 only',
  );
  estate.plant(
    'long-stopped-vm',
    estate.machine(`${US}-c`, 'etl-old', 'n1-standard-2', 600, IDLE, {
      tags: labels('analytics', 'production'),
      stoppedFor: 120,
      dataGib: 500,
    }),
    'stopped for 120 days, its disks are billed',
  );
  estate.plant(
    'idle-vm',
    estate.machine(`${US}-c`, 'night-batch', 'e2-standard-4', 200, use('batch', 0.22, 0.9), {
      tags: labels('analytics', 'production'),
    }),
    'quiet by day, busy at night',
    true,
  );
  estate.plant(
    'office-hours-vm',
    estate.machine(`${HOME}-c`, 'pos-sync', 'e2-standard-2', 260, OFFICE, {
      tags: labels('payments', 'production'),
    }),
    'quiet at night, but production',
    true,
  );
}

function seedStorage(estate: GcpEstate): void {
  for (const [name, gib, type, days] of [
    ['import-2024', 500, 'pd-ssd', 210],
    ['ml-scratch', 1000, 'pd-balanced', 90],
    ['untitled-1', 200, 'pd-standard', 330],
  ] as const)
    estate.plant(
      'unattached-disk',
      estate.disk(`${US}-b`, name, gib, type, days, { freeFor: days - 10 }),
      `unattached for ${days - 10} days`,
    );
  estate.plant(
    'unattached-disk',
    estate.disk(`${HOME}-a`, 'restore-test', 100, 'pd-balanced', 3, {
      freeFor: 1,
      tags: labels('storefront', 'development'),
    }),
    'free since yesterday',
    true,
  );
  const snapshot = (name: string, gib: number, days: number, tags: Labels = {}): GoogleObject =>
    estate.add(
      'compute.snapshots',
      'global',
      name,
      days,
      {
        status: 'READY',
        diskSizeGb: String(gib),
        storageBytes: String(Math.round(gib * 0.6) * 1024 ** 3),
        storageLocations: [HOME],
        snapshotType: 'STANDARD',
        sourceDisk: estate.link(`zones/${HOME}-a`, 'disks/web-1-data'),
      },
      { tags },
    );
  for (const [name, gib, days] of [
    ['before-migration-1', 400, 430],
    ['before-migration-2', 400, 410],
    ['manual-copy-erp', 300, 260],
    ['campaign-2023', 250, 700],
  ] as const)
    estate.plant('old-snapshot', snapshot(name, gib, days), `${days} days old`);
  for (let day = 1; day <= 4; day += 1)
    snapshot(`daily-web-1-${day}`, 200, day, labels('storefront', 'production'));
  const image = (name: string, days: number, tags: Labels): GoogleObject =>
    estate.add(
      'compute.images',
      'global',
      name,
      days,
      {
        status: 'READY',
        diskSizeGb: '50',
        archiveSizeBytes: String(12 * 1024 ** 3),
        storageLocations: ['us'],
        sourceType: 'RAW',
      },
      { tags },
    );
  estate.plant('old-image', image('golden-2023', 720, {}), 'no machine was made of it for two years');
  image('golden-2026', 30, labels('storefront', 'production'));
  const address = (region: string, name: string, days: number): GoogleObject =>
    estate.add('compute.addresses', `regions/${region}`, name, days, {
      address: `35.199.${days % 250}.${name.length}`,
      addressType: 'EXTERNAL',
      networkTier: 'PREMIUM',
      status: 'RESERVED',
    });
  estate.plant('idle-address', address(US, 'campaign-old-ip', 180), 'reserved and unused');
  estate.plant('idle-address', address(HOME, 'vpn-old-ip', 75), 'reserved and unused');
  const bucket = (
    name: string,
    region: string,
    gib: number,
    days: number,
    profile: UsageProfile,
    tags: Labels,
    rules: Json[] = [],
  ): GoogleObject =>
    estate.add(
      'storage.buckets',
      `regions/${region}`,
      name,
      days,
      {
        location: region.toUpperCase(),
        locationType: 'region',
        storageClass: 'STANDARD',
        versioning: { enabled: false },
        iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
        ...(rules.length === 0 ? {} : { lifecycle: { rule: rules } }),
      },
      { gib, use: profile, tags },
    );
  bucket('aurora-digital-assets', HOME, 900, 700, BUSY, labels('storefront', 'production'), [
    { action: { type: 'SetStorageClass', storageClass: 'NEARLINE' }, condition: { age: 60 } },
  ]);
  estate.plant(
    'bucket-without-lifecycle',
    bucket('aurora-digital-logs', US, 6000, 650, IDLE, labels('storefront', 'production')),
    '6 TB of logs in the dearest class, no rules',
  );
  estate.plant(
    'bucket-without-lifecycle',
    bucket('aurora-digital-backups', US, 3200, 500, IDLE, labels('analytics', 'production')),
    '3.2 TB of backups nobody reads, no rules',
  );
  bucket('aurora-billing-export', US, 4, 500, IDLE, { owner: 'finance' });
}

function seedPlatforms(estate: GcpEstate): void {
  const busy = use('steady', 0.42, 0.8, { perHour: 9000 });
  estate.sql(HOME, 'storefront-db', 'db-custom-4-15360', 480, busy, {
    tags: labels('storefront', 'production'),
    ha: true,
    gib: 250,
  });
  estate.sql(HOME, 'recommender-db', 'db-custom-2-7680', 340, busy, {
    tags: labels('analytics', 'production'),
  });
  estate.plant(
    'idle-sql',
    estate.sql(US, 'campaign-2024-db', 'db-custom-2-7680', 530, IDLE, {
      tags: labels('storefront', 'production'),
    }),
    'no connections for weeks',
  );
  estate.plant(
    'oversized-sql',
    estate.sql(HOME, 'catalog-db', 'db-custom-8-30720', 300, use('oversized', 0.06, 0.17, { memory: 0.2 }), {
      tags: labels('storefront', 'production'),
    }),
    'CPU never above 20 %',
  );
  estate.plant(
    'ha-nonprod-sql',
    estate.sql(
      HOME,
      'storefront-dev-db',
      'db-custom-2-7680',
      220,
      use('steady', 0.35, 0.7, { perHour: 3000 }),
      {
        tags: labels('storefront', 'development'),
        ha: true,
      },
    ),
    'a standby for a development database',
  );
  for (const [name, memory, profile] of [
    ['resize-images', '512Mi', BUSY],
    ['send-receipts', '256M', use('burst', 0.2, 0.9)],
    ['sync-catalog', '1Gi', OFFICE],
    ['campaign-2024-form', '256M', IDLE],
  ] as const) {
    const created = estate.add(
      'cloudfunctions.functions',
      `locations/${HOME}`,
      name,
      260,
      {
        buildConfig: { runtime: 'nodejs24', entryPoint: 'main' },
        serviceConfig: {
          availableMemory: memory,
          minInstanceCount: name === 'campaign-2024-form' ? 1 : 0,
          timeoutSeconds: 60,
          environmentVariables: { LOG_LEVEL: 'info' },
        },
      },
      { use: profile, tags: labels('storefront', 'production') },
    );
    if (profile === IDLE) estate.plant('idle-function', created, 'never called, one instance always on');
  }
  const cluster = (
    name: string,
    place: string,
    nodes: number,
    profile: UsageProfile,
    tags: Labels,
    auto: boolean,
  ) =>
    estate.add(
      'container.clusters',
      place,
      name,
      310,
      {
        network: 'aurora-vpc',
        currentMasterVersion: '1.34.1-gke.100',
        releaseChannel: { channel: 'REGULAR' },
        locations: [place.startsWith('locations/southamerica-east1') ? `${HOME}-a` : `${US}-a`],
        resourceLabels: tags,
        nodePools: [
          {
            name: 'default-pool',
            initialNodeCount: nodes,
            config: { machineType: 'e2-standard-4', diskSizeGb: 100, diskType: 'pd-balanced' },
            autoscaling: auto ? { enabled: true, minNodeCount: 1, maxNodeCount: 6 } : {},
          },
        ],
      },
      { use: profile },
    );
  cluster('gke-storefront', `locations/${HOME}`, 3, BUSY, labels('storefront', 'production'), true);
  estate.plant(
    'idle-gke',
    cluster('gke-lab', `locations/${US}-a`, 2, IDLE, { env: 'sandbox' }, false),
    'no load on its nodes',
  );
}

/** Aurora's Google Cloud project, with planted and listed waste and a few things that only look like it. */
export function seedGcp(world: World): {
  readonly serviceAccounts: readonly ScenarioServiceAccount[];
  readonly waste: readonly PlantedWaste[];
  readonly decoys: readonly PlantedWaste[];
  readonly resources: number;
} {
  const estate = new GcpEstate(world);
  const { project } = estate;
  estate.network();
  seedMachines(estate);
  seedStorage(estate);
  seedPlatforms(estate);
  const account = (label: string, permissions: readonly string[]): ScenarioServiceAccount => {
    const { publicKey, privateKey } = seededKeyPair(world.seed);
    const email = `${label}@${project.id}.iam.gserviceaccount.com`;
    const keyId = Buffer.from(label.padEnd(20, '0')).toString('hex');
    world.serviceAccounts.set(email, {
      email,
      projectId: project.id,
      keys: new Map([[keyId, publicKey]]),
      permissions,
      denied: [],
      disabled: false,
    });
    const key = {
      type: 'service_account',
      project_id: project.id,
      private_key_id: keyId,
      private_key: privateKey,
      client_email: email,
      client_id: project.number,
      auth_uri: 'https://accounts.google.com/o/oauth2/auth',
      token_uri: 'https://oauth2.googleapis.com/token',
      universe_domain: 'googleapis.com',
    };
    return { label, projectId: project.id, key: JSON.stringify(key), billingTable: project.billingTable };
  };
  const read = ['*.list', '*.get', 'bigquery.jobs.create', 'bigquery.tables.getData'];
  return {
    serviceAccounts: [account('gcp-admin', ['*']), account('gcp-read-only', read)],
    waste: estate.waste,
    decoys: estate.decoys,
    resources: project.objects.size,
  };
}
