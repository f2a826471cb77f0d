import { createHash } from 'node:crypto';
import type { UsageProfile } from '../aws/metrics/profiles.ts';
import { SeededRandom } from '../random.ts';

/** Any JSON object of Google's APIs. */
export type Json = Record<string, unknown>;

/** Collections that are simulated, named as in permissions: `compute.instances`, `cloudsql.instances`. */
export type Collection =
  | 'compute.instances'
  | 'compute.disks'
  | 'compute.snapshots'
  | 'compute.images'
  | 'compute.addresses'
  | 'compute.networks'
  | 'compute.subnetworks'
  | 'compute.firewalls'
  | 'storage.buckets'
  | 'cloudsql.instances'
  | 'cloudfunctions.functions'
  | 'container.clusters';

/** A resource as its API answers it, with what the simulator knows beside. */
export interface GoogleObject {
  readonly collection: Collection;
  /** `projects/p/zones/z/instances/n`; the plain name of a bucket. */
  readonly path: string;
  readonly name: string;
  /** `zones/z`, `regions/r`, `global`, `locations/l`. */
  readonly place: string;
  /** As answered. */
  data: Json;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** When it was deleted; kept for the bill of the days before. */
  deletedAt?: number;
  use?: UsageProfile;
  /** Stored GiB; buckets only. */
  gib?: number;
  /** Spans of time in which it was stopped, for the bill; the last may be open. */
  readonly idleSpans: { from: number; to: number | undefined }[];
  /** What becomes of it, and when. */
  pending?: { readonly until: number; readonly settle: () => void };
}

/** A long-running operation. */
export interface GoogleOperation {
  readonly name: string;
  /** As in {@link GoogleObject.place}; empty for Cloud SQL. */
  readonly place: string;
  readonly type: string;
  readonly target: string;
  readonly user: string;
  readonly startedAt: number;
  readonly doneAt: number;
  readonly error?: { readonly code: string; readonly message: string };
}

/** A service account, what may sign in as it, and what it may do in its project. */
export interface ServiceAccount {
  readonly email: string;
  readonly projectId: string;
  /** SPKI PEM by key id. */
  readonly keys: Map<string, string>;
  /** Permission globs. */
  permissions: readonly string[];
  denied: readonly string[];
  disabled: boolean;
  /** Lifetime of its access tokens; absent: an hour. Clients renew those below five minutes at once. */
  tokenSeconds?: number;
}

/** One project with its resources. */
export class Project {
  readonly id: string;
  readonly number: string;
  readonly displayName: string;
  readonly createdAt: number;
  labels: Record<string, string>;
  state: 'ACTIVE' | 'DELETE_REQUESTED' = 'ACTIVE';
  /** Hosts of APIs that are switched off, e.g. `sqladmin.googleapis.com`. */
  readonly disabledApis = new Set<string>();
  /** Zones and regions that listings can't reach. */
  readonly unreachable = new Set<string>();
  readonly objects = new Map<string, GoogleObject>();
  /** Deleted resources, for the bill. */
  readonly past: GoogleObject[] = [];
  readonly operations = new Map<string, GoogleOperation>();
  /** Operations by `requestId`: a repeated request does nothing. */
  readonly requests = new Map<string, GoogleOperation>();
  /** Source code of functions by bucket and object; `zip` once it was put there, and whether it is an archive. */
  readonly uploads = new Map<string, { readonly signature: string; zip?: boolean }>();
  /** `project.dataset.table` of the detailed billing export; the standard one lies beside it. */
  readonly billingTable: string;
  readonly #random: SeededRandom;
  #next = 1;

  constructor(options: {
    readonly seed: string;
    readonly id: string;
    readonly name: string;
    readonly createdAt: number;
    readonly labels: Record<string, string>;
  }) {
    this.id = options.id;
    this.displayName = options.name;
    this.createdAt = options.createdAt;
    this.labels = options.labels;
    this.#random = SeededRandom.of(options.seed, 'google', options.id);
    this.number = String(this.#random.integer(100_000_000_000, 999_999_999_999));
    this.billingTable = `${options.id}.billing.gcp_billing_export_resource_v1_01A2B3_C4D5E6_F7A8B9`;
  }

  /** A 64-bit id, as text. */
  newId(): string {
    return `${this.#random.integer(1_000_000, 8_999_999)}${this.#random.integer(100_000_000_000, 999_999_999_999)}`;
  }

  /** Adds a resource as it is; nothing is checked. */
  add(
    collection: Collection,
    place: string,
    name: string,
    createdAt: number,
    data: Json,
    more: Pick<GoogleObject, 'use' | 'gib'> = {},
  ): GoogleObject {
    const kind = collection.split('.')[1] ?? '';
    const path =
      collection === 'storage.buckets'
        ? name
        : collection === 'cloudsql.instances'
          ? `projects/${this.id}/instances/${name}`
          : `projects/${this.id}/${place}/${kind}/${name}`;
    const object: GoogleObject = {
      collection,
      path,
      name,
      place,
      data,
      createdAt,
      idleSpans: [],
      ...more,
    };
    this.objects.set(`${collection} ${path}`, object);
    return object;
  }

  find(collection: Collection, path: string): GoogleObject | undefined {
    return this.objects.get(`${collection} ${path}`);
  }

  /** Resources of a collection by place and name. */
  of(collection: Collection): GoogleObject[] {
    return [...this.objects.values()]
      .filter((object) => object.collection === collection)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  remove(object: GoogleObject, now: number): void {
    object.deletedAt = now;
    this.objects.delete(`${object.collection} ${object.path}`);
    this.past.push(object);
  }

  operate(options: Omit<GoogleOperation, 'name'>): GoogleOperation {
    const name = `operation-${options.startedAt}-${String(this.#next++).padStart(6, '0')}`;
    const operation = { name, ...options };
    this.operations.set(name, operation);
    return operation;
  }

  /** Lets what is due arrive. */
  settle(now: number): void {
    for (const object of this.objects.values()) {
      if (!object.pending || object.pending.until > now) continue;
      const { settle } = object.pending;
      delete object.pending;
      settle();
    }
  }
}

/** The fingerprint of a map of labels. */
export function fingerprint(labels: unknown): string {
  return createHash('sha1')
    .update(JSON.stringify(labels ?? {}))
    .digest('base64')
    .slice(0, 11)
    .concat('=');
}

/** The labels of an object. */
export function labelsOf(object: GoogleObject): Record<string, string> {
  const settings = object.data['settings'] as Json | undefined;
  const labels = object.data['labels'] ?? object.data['resourceLabels'] ?? settings?.['userLabels'];
  return (labels ?? {}) as Record<string, string>;
}

/** `zones/us-central1-a` → `us-central1`. */
export function regionOf(place: string): string {
  const name = place.split('/').at(-1) ?? '';
  return name.replace(/-[a-z]$/, '');
}
