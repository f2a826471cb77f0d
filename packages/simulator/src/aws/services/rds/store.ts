import type { DBCluster, DBInstance, DBSnapshot, Tag } from '@aws-sdk/client-rds';
import { Collection, type Entity } from '../../collection.ts';
import { defineStore, type StoreOwner, type World } from '../../world.ts';

/** What an instance is charged for from a moment on. */
export interface DatabasePeriod {
  /** Simulated milliseconds since the epoch. */
  readonly at: number;
  readonly state: 'running' | 'stopped' | 'deleted';
  readonly className: string;
  readonly storageGb: number;
  readonly storageType: string;
  readonly iops: number;
  readonly multiAz: boolean;
}

/** A database instance: the SDK shape, and what the service remembers about it. */
export interface DatabaseRecord {
  readonly instance: DBInstance;
  readonly tags: Map<string, string>;
  /** Periods of charge, oldest first. */
  readonly history: DatabasePeriod[];
}

export interface SnapshotRecord {
  readonly snapshot: DBSnapshot;
  readonly tags: Map<string, string>;
  readonly history: { readonly at: number; readonly sizeGb: number }[];
}

export interface ClusterRecord {
  readonly cluster: DBCluster;
  readonly tags: Map<string, string>;
  /** Data of an Aurora cluster and the storage types it had, oldest first; absent where it is not charged. */
  readonly storage?: {
    readonly gigabytes: number;
    readonly history: { readonly at: number; readonly type: string }[];
  };
}

/** RDS of one account in one region. */
export class RdsStore {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly instances: Collection<DatabaseRecord>;
  readonly snapshots: Collection<SnapshotRecord>;
  readonly clusters: Collection<ClusterRecord>;

  constructor({ world, account, region }: StoreOwner) {
    this.world = world;
    this.accountId = account.id;
    this.region = region;
    const now = (): number => world.clock.now();
    this.instances = new Collection(now);
    this.snapshots = new Collection(now);
    this.clusters = new Collection(now);
  }

  arn(type: 'db' | 'snapshot' | 'cluster' | 'subgrp' | 'pg', name: string): string {
    return `arn:aws:rds:${this.region}:${this.accountId}:${type}:${name}`;
  }

  /** Notes the state, class and storage an instance has from `at` on. */
  note(record: DatabaseRecord, state: DatabasePeriod['state'], at = this.world.clock.now()): void {
    record.history.push(periodOf(record.instance, state, at));
  }
}

/** The period of charge an instance's present attributes stand for. */
export function periodOf(instance: DBInstance, state: DatabasePeriod['state'], at: number): DatabasePeriod {
  return {
    at,
    state,
    className: instance.DBInstanceClass ?? 'db.t3.micro',
    storageGb: instance.AllocatedStorage ?? 0,
    storageType: instance.StorageType ?? 'gp2',
    iops: instance.Iops ?? 0,
    multiAz: instance.MultiAZ === true,
  };
}

/** RDS state per account and region. */
export const rdsStore = defineStore('rds', 'region', (owner) => new RdsStore(owner));

export type DatabaseEntity = Entity<DatabaseRecord>;

/** Tags as the SDK lists them. */
export function tagList(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
