import type { UsageProfile } from '../../aws/metrics/profiles.ts';
import type { World } from '../../aws/world.ts';
import { link } from '../../google/compute-model.ts';
import { Project, type Collection, type GoogleObject, type Json } from '../../google/project.ts';
import type { PlantedWaste } from '../scenarios.ts';

const DAY = 86_400_000;
const GCP_PROJECT = 'aurora-digital-prod';
export const HOME = 'southamerica-east1';
export const US = 'us-central1';

export type Labels = Record<string, string>;

/** Builds Aurora's Google Cloud project: marketing sites, the recommendation service and its data. */
export class GcpEstate {
  readonly project: Project;
  readonly waste: PlantedWaste[] = [];
  readonly decoys: PlantedWaste[] = [];
  readonly #now: number;

  constructor(world: World) {
    this.#now = world.clock.now();
    this.project = new Project({
      seed: world.seed,
      id: GCP_PROJECT,
      name: 'Aurora Digital',
      createdAt: this.ago(800),
      labels: { owner: 'platform' },
    });
    world.projects.set(this.project.id, this.project);
  }

  ago(days: number): number {
    return this.#now - days * DAY;
  }

  /** What an optimiser should find, or with `decoy` should leave alone. */
  plant(kind: string, object: GoogleObject, note: string, decoy = false): void {
    const resourceId = `//${object.collection.split('.')[0]}.googleapis.com/${object.path}`;
    const region = object.place.split('/').at(-1) ?? 'global';
    (decoy ? this.decoys : this.waste).push({ kind, service: 'gcp', region, resourceId, note });
  }

  add(
    collection: Collection,
    place: string,
    name: string,
    days: number,
    data: Json,
    more: { readonly tags?: Labels; readonly use?: UsageProfile; readonly gib?: number } = {},
  ): GoogleObject {
    const { tags, ...rest } = more;
    const id = collection.startsWith('compute.') ? { id: this.project.newId() } : {};
    return this.project.add(
      collection,
      place,
      name,
      this.ago(days),
      { ...id, ...data, ...(tags === undefined ? {} : { labels: tags }) },
      rest,
    );
  }

  link(place: string, rest: string): string {
    return link(`projects/${this.project.id}/${place}/${rest}`);
  }

  network(): void {
    this.add('compute.networks', 'global', 'aurora-vpc', 780, {
      autoCreateSubnetworks: false,
      routingConfig: { routingMode: 'REGIONAL' },
    });
    [HOME, US].forEach((region, i) =>
      this.add('compute.subnetworks', `regions/${region}`, `apps-${region}`, 780, {
        network: this.link('global', 'networks/aurora-vpc'),
        ipCidrRange: `10.${80 + i}.0.0/20`,
        privateIpGoogleAccess: true,
      }),
    );
    for (const [name, port] of [
      ['allow-https', '443'],
      ['allow-internal', '0-65535'],
      ['allow-iap-ssh', '22'],
    ] as const)
      this.add('compute.firewalls', 'global', name, 700, {
        network: this.link('global', 'networks/aurora-vpc'),
        direction: 'INGRESS',
        priority: 1000,
        disabled: false,
        sourceRanges: [name === 'allow-https' ? '0.0.0.0/0' : '10.80.0.0/14'],
        allowed: [{ IPProtocol: 'tcp', ports: [port] }],
      });
  }

  disk(
    zone: string,
    name: string,
    gib: number,
    type: string,
    days: number,
    more: { readonly tags?: Labels; readonly freeFor?: number; readonly user?: string } = {},
  ): GoogleObject {
    return this.add(
      'compute.disks',
      `zones/${zone}`,
      name,
      days,
      {
        status: 'READY',
        sizeGb: String(gib),
        type: this.link(`zones/${zone}`, `diskTypes/${type}`),
        physicalBlockSizeBytes: '4096',
        lastAttachTimestamp: new Date(this.ago(days)).toISOString(),
        ...(more.freeFor === undefined
          ? {}
          : { lastDetachTimestamp: new Date(this.ago(more.freeFor)).toISOString() }),
        ...(more.user === undefined ? {} : { users: [more.user] }),
      },
      more.tags === undefined ? {} : { tags: more.tags },
    );
  }

  /** A machine with its boot disk and, where wanted, a data disk and a static address. */
  machine(
    zone: string,
    name: string,
    type: string,
    days: number,
    profile: UsageProfile,
    more: {
      readonly tags?: Labels;
      readonly stoppedFor?: number;
      readonly dataGib?: number;
      readonly address?: boolean;
    } = {},
  ): GoogleObject {
    const place = `zones/${zone}`;
    const region = zone.replace(/-[a-z]$/, '');
    const self = this.link(place, `instances/${name}`);
    const tags = more.tags === undefined ? {} : { tags: more.tags };
    const boot = this.disk(zone, name, 50, 'pd-balanced', days, { ...tags, user: self });
    const data =
      more.dataGib === undefined
        ? []
        : [this.disk(zone, `${name}-data`, more.dataGib, 'pd-ssd', days, { ...tags, user: self })];
    const address = `34.${95 + (days % 20)}.${name.length}.${days % 250}`;
    if (more.address === true)
      this.add(
        'compute.addresses',
        `regions/${region}`,
        `${name}-ip`,
        days,
        {
          address,
          addressType: 'EXTERNAL',
          networkTier: 'PREMIUM',
          status: 'IN_USE',
          users: [self],
        },
        tags,
      );
    const machine = this.add(
      'compute.instances',
      place,
      name,
      days,
      {
        status: more.stoppedFor === undefined ? 'RUNNING' : 'TERMINATED',
        machineType: this.link(place, `machineTypes/${type}`),
        disks: [boot, ...data].map((disk, index) => ({
          kind: 'compute#attachedDisk',
          type: 'PERSISTENT',
          mode: 'READ_WRITE',
          source: link(disk.path),
          deviceName: disk.name,
          index,
          boot: index === 0,
          autoDelete: index === 0,
          interface: 'SCSI',
        })),
        networkInterfaces: [
          {
            name: 'nic0',
            network: this.link('global', 'networks/aurora-vpc'),
            subnetwork: this.link(`regions/${region}`, `subnetworks/apps-${region}`),
            networkIP: `10.80.${days % 16}.${name.length + 4}`,
            ...(more.address === true ? { accessConfigs: [{ type: 'ONE_TO_ONE_NAT', natIP: address }] } : {}),
          },
        ],
        scheduling: { onHostMaintenance: 'MIGRATE', automaticRestart: true, provisioningModel: 'STANDARD' },
        deletionProtection: false,
        lastStartTimestamp: new Date(this.ago(days)).toISOString(),
        ...(more.stoppedFor === undefined
          ? {}
          : { lastStopTimestamp: new Date(this.ago(more.stoppedFor)).toISOString() }),
      },
      { ...tags, use: profile },
    );
    if (more.stoppedFor !== undefined)
      machine.idleSpans.push({ from: this.ago(more.stoppedFor), to: undefined });
    return machine;
  }

  sql(
    region: string,
    name: string,
    tier: string,
    days: number,
    profile: UsageProfile,
    more: { readonly tags?: Labels; readonly ha?: boolean; readonly gib?: number } = {},
  ): GoogleObject {
    return this.add(
      'cloudsql.instances',
      `regions/${region}`,
      name,
      days,
      {
        state: 'RUNNABLE',
        databaseVersion: 'POSTGRES_17',
        region,
        gceZone: `${region}-a`,
        settings: {
          settingsVersion: '7',
          tier,
          activationPolicy: 'ALWAYS',
          availabilityType: more.ha === true ? 'REGIONAL' : 'ZONAL',
          dataDiskSizeGb: String(more.gib ?? 100),
          dataDiskType: 'PD_SSD',
          backupConfiguration: { enabled: true },
          ...(more.tags === undefined ? {} : { userLabels: more.tags }),
        },
      },
      { use: profile },
    );
  }
}
