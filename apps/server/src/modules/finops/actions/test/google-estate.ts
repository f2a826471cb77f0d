import type { Connection } from '../../../../../../../packages/cloud/src/contract.ts';
import { gcp } from '../../../../../../../packages/cloud/src/gcp/provider.ts';
import type { ResourceRef } from '../../../../../../../packages/cloud/src/resource.ts';
import { link } from '../../../../../../../packages/simulator/src/google/compute-model.ts';
import type { GoogleObject, Project } from '../../../../../../../packages/simulator/src/google/project.ts';
import type { Simulator } from '../../../../../../../packages/simulator/src/server.ts';
import { serviceAccountOf } from '../../test/google.ts';
import type { PlannedOperation } from '../../rules/rule.ts';
import type { Planted } from './estate.ts';

const region = 'southamerica-east1';
const place = `zones/${region}-a`;
type Settings = Record<string, unknown>;

/** Makes wasteful things in the simulated project. */
export class GoogleEstate {
  readonly #simulator: Simulator;
  #count = 0;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  /** A connection of its own that gives up quickly. */
  connect(): Connection {
    return gcp.connect(serviceAccountOf({ simulator: this.#simulator }), {
      endpoint: this.#simulator.google.url,
      limits: {
        retryForMs: 40,
        retryDelayMs: { first: 1, largest: 2 },
        pollDelayMs: { first: 1, largest: 5 },
        requestTimeoutMs: 30_000,
      },
    });
  }

  get #project(): Project {
    const [project] = this.#simulator.control.world.projects.values();
    if (project === undefined) throw new Error('no project');
    project.settle(this.#now);
    return project;
  }

  get #now(): number {
    return this.#simulator.control.world.clock.now();
  }

  #name(kind: string): string {
    return `${kind}-${(this.#count += 1)}`;
  }

  #ref(type: string, { collection, path, name }: GoogleObject): ResourceRef {
    const [service = ''] = collection.split('.');
    return { type, nativeId: `//${service}.googleapis.com/${path}`, id: name, region };
  }

  /** The object as it is now, whether or not it was made anew under its name. */
  #seen({ collection, path }: GoogleObject): GoogleObject | undefined {
    return this.#project.find(collection, path);
  }

  #disk(user?: string): GoogleObject {
    const project = this.#project;
    return project.add('compute.disks', place, this.#name('disk'), this.#now, {
      id: project.newId(),
      status: 'READY',
      sizeGb: '100',
      type: link(`projects/${project.id}/${place}/diskTypes/pd-ssd`),
      ...(user === undefined ? {} : { users: [user] }),
    });
  }

  machine(): { object: GoogleObject; disk: GoogleObject } {
    const project = this.#project;
    const name = this.#name('host');
    const disk = this.#disk(link(`projects/${project.id}/${place}/instances/${name}`));
    const attached = {
      kind: 'compute#attachedDisk',
      type: 'PERSISTENT',
      mode: 'READ_WRITE',
      interface: 'SCSI',
    };
    const object = project.add('compute.instances', place, name, this.#now, {
      id: project.newId(),
      status: 'RUNNING',
      machineType: link(`projects/${project.id}/${place}/machineTypes/n2-standard-4`),
      disks: [
        {
          ...attached,
          source: link(disk.path),
          deviceName: 'data',
          index: 0,
          boot: false,
          autoDelete: false,
        },
      ],
      networkInterfaces: [],
    });
    return { object, disk };
  }

  resize(): Planted {
    const { object } = this.machine();
    const operations: readonly PlannedOperation[] = [
      { operation: 'stop', parameters: {} },
      { operation: 'resize', parameters: { size: 'n2-standard-2' } },
      { operation: 'start', parameters: {} },
    ];
    return {
      ref: this.#ref('gcp.compute.instance', object),
      undoClass: 'R',
      action: { kind: 'operations', operations },
      state: () => {
        const data = this.#seen(object)?.data;
        return `${String(data?.['machineType']).split('/').at(-1)} ${String(data?.['status'])}`;
      },
    };
  }

  detachedDisk(): Planted {
    const { disk } = this.machine();
    const detach = { operation: 'detach', parameters: {} };
    return {
      ref: this.#ref('gcp.compute.disk', disk),
      undoClass: 'S',
      action: { kind: 'snapshot_delete', operations: [detach] },
      state: () => {
        const now = this.#seen(disk)?.data;
        const users = (now?.['users'] ?? []) as unknown[];
        const copies = this.#project
          .of('compute.snapshots')
          .filter(({ data }) => data['sourceDisk'] === link(disk.path));
        const there = now === undefined ? 'no disk' : `${String(now['sizeGb'])} GB used by ${users.length}`;
        return `${there} / ${copies.length} snapshots`;
      },
    };
  }

  availability(): Planted {
    const object = this.#project.add(
      'cloudsql.instances',
      `locations/${region}`,
      this.#name('db'),
      this.#now,
      {
        region,
        state: 'RUNNABLE',
        databaseVersion: 'POSTGRES_17',
        settings: {
          tier: 'db-custom-2-7680',
          activationPolicy: 'ALWAYS',
          availabilityType: 'REGIONAL',
          dataDiskSizeGb: '20',
          settingsVersion: '1',
        },
      },
    );
    const operation = { operation: 'set-availability', parameters: { availability: 'ZONAL' } };
    return {
      ref: this.#ref('gcp.sql.instance', object),
      undoClass: 'R',
      action: { kind: 'operations', operations: [operation] },
      state: () =>
        String((this.#seen(object)?.data['settings'] as Settings | undefined)?.['availabilityType']),
    };
  }

  lifecycle(): Planted {
    const object = this.#project.add(
      'storage.buckets',
      `regions/${region}`,
      this.#name('bucket'),
      this.#now,
      {
        location: region.toUpperCase(),
        storageClass: 'STANDARD',
      },
    );
    const rule = [{ action: { type: 'SetStorageClass', storageClass: 'NEARLINE' }, condition: { age: 30 } }];
    return {
      ref: {
        ...this.#ref('gcp.storage.bucket', object),
        nativeId: `//storage.googleapis.com/${object.name}`,
      },
      undoClass: 'R',
      action: {
        kind: 'operations',
        operations: [{ operation: 'set-lifecycle', parameters: { configuration: { rule } } }],
      },
      state: () => JSON.stringify(this.#seen(object)?.data['lifecycle'] ?? 'none'),
    };
  }

  scale(): Planted {
    const object = this.#project.add(
      'container.clusters',
      `locations/${region}-a`,
      this.#name('gke'),
      this.#now,
      {
        network: 'aurora-vpc',
        locations: [`${region}-a`],
        nodePools: [{ name: 'pool', initialNodeCount: 2, config: { machineType: 'e2-standard-4' } }],
      },
    );
    return {
      ref: this.#ref('gcp.gke.cluster', object),
      undoClass: 'R',
      action: {
        kind: 'operations',
        operations: [{ operation: 'scale', parameters: { pool: 'pool', nodes: 0 } }],
      },
      state: () => {
        const [pool] = (this.#seen(object)?.data['nodePools'] ?? []) as Settings[];
        return JSON.stringify(pool?.['initialNodeCount']);
      },
    };
  }

  quarantine(): Planted {
    const project = this.#project;
    const object = project.add('compute.addresses', `regions/${region}`, this.#name('ip'), this.#now, {
      id: project.newId(),
      address: `35.199.7.${this.#count}`,
      addressType: 'EXTERNAL',
      networkTier: 'PREMIUM',
      status: 'RESERVED',
    });
    return {
      ref: this.#ref('gcp.compute.address', object),
      undoClass: 'N',
      action: { kind: 'quarantine_delete', operations: [] },
      state: () => {
        const data = this.#seen(object)?.data;
        return data === undefined ? 'gone' : `labelled ${Object.keys(data['labels'] ?? {}).join(',')}`;
      },
    };
  }

  /** Everything actions at Google Cloud can be made of, each as one who plants it. */
  readonly kinds: Readonly<Record<string, () => Planted>> = {
    resize: () => this.resize(),
    detach_snapshot_delete: () => this.detachedDisk(),
    availability: () => this.availability(),
    lifecycle: () => this.lifecycle(),
    scale: () => this.scale(),
    quarantine: () => this.quarantine(),
  };
}
