import {
  databaseBackupMonth,
  databaseHour,
  databaseStorageMonth,
  HOURS_PER_MONTH,
} from '../../prices/prices.ts';
import { usagePrefix } from '../../prices/regions.ts';
import { ENGINE_CODES, ENGINES } from '../../services/pricing/managed-products.ts';
import { rdsStore, type DatabasePeriod, type RdsStore } from '../../services/rds/store.ts';
import type { Account } from '../../world.ts';
import { SERVICE, type Charge, type Meter } from '../charge.ts';
import { everLived, interned, periods } from './common.ts';

const ENGINE_NAMES: Readonly<Record<string, string>> = Object.fromEntries(ENGINES);

function instanceMeter(region: string, engine: string, period: DatabasePeriod): Meter {
  const usage = `${period.multiAz ? 'Multi-AZUsage' : 'InstanceUsage'}:${period.className}`;
  return interned(`rds/${region}/${usage}/${engine}`, () => ({
    service: SERVICE.rds,
    productCode: 'AmazonRDS',
    usageType: `${usagePrefix(region)}${usage}`,
    operation: `CreateDBInstance:${ENGINE_CODES[engine] ?? '0002'}`,
    unit: 'Hrs',
    price: databaseHour(region, period.className, engine, period.multiAz),
    instanceType: period.className,
    databaseEngine: ENGINE_NAMES[engine] ?? engine,
  }));
}

const STORAGE_USAGE: Readonly<Record<string, string>> = {
  gp2: 'GP2-Storage',
  gp3: 'GP3-Storage',
  io1: 'PIOPS-Storage',
  io2: 'PIOPS-Storage-IO2',
  standard: 'StorageUsage',
  aurora: 'StorageUsage',
};

function storageMeter(region: string, engine: string, period: DatabasePeriod, iops: boolean): Meter {
  const kind = iops ? 'PIOPS' : (STORAGE_USAGE[period.storageType] ?? 'GP2-Storage');
  const usage =
    period.storageType === 'aurora'
      ? 'Aurora:StorageUsage'
      : `RDS:${period.multiAz ? 'Multi-AZ-' : ''}${kind}`;
  const price = databaseStorageMonth(region, period.storageType, period.multiAz);
  return interned(`rds/${region}/${usage}/${engine}/${period.storageType}`, () => ({
    service: SERVICE.rds,
    productCode: 'AmazonRDS',
    usageType: `${usagePrefix(region)}${usage}`,
    operation: `CreateDBInstance:${ENGINE_CODES[engine] ?? '0002'}`,
    unit: iops ? 'IOPS-Mo' : 'GB-Mo',
    price: iops ? price.iops : price.gb,
    databaseEngine: ENGINE_NAMES[engine] ?? engine,
  }));
}

function* instances(account: Account, store: RdsStore): Iterable<Charge> {
  const { region } = store;
  for (const { entity, endedAt } of everLived(store.instances)) {
    const { instance, history, tags } = entity.data;
    const engine = instance.Engine ?? 'mysql';
    const base = {
      accountId: account.id,
      region,
      zone: instance.AvailabilityZone,
      resourceId: instance.DBInstanceArn ?? entity.id,
      tags,
      pattern: 'flat' as const,
    };
    for (const { item, from, to } of periods(history, endedAt)) {
      if (item.state === 'deleted') continue;
      if (item.state === 'running')
        yield { ...base, meter: instanceMeter(region, engine, item), from, to, perHour: 1 };
      // Storage goes on while an instance is stopped.
      yield {
        ...base,
        meter: storageMeter(region, engine, item, false),
        from,
        to,
        perHour: item.storageGb / HOURS_PER_MONTH,
      };
      if (item.storageType.startsWith('io') && item.iops > 0) {
        yield {
          ...base,
          meter: storageMeter(region, engine, item, true),
          from,
          to,
          perHour: item.iops / HOURS_PER_MONTH,
        };
      }
    }
  }
}

/** Database instances, their storage and manual snapshots. */
export function* rdsCharges(account: Account): Iterable<Charge> {
  for (const [region, store] of account.storesOf(rdsStore)) {
    yield* instances(account, store);
    const meter = interned(`rds/${region}/backup`, () => ({
      service: SERVICE.rds,
      productCode: 'AmazonRDS',
      usageType: `${usagePrefix(region)}RDS:ChargedBackupUsage`,
      operation: '',
      unit: 'GB-Mo',
      price: databaseBackupMonth(region),
    }));
    for (const { entity, endedAt } of everLived(store.snapshots)) {
      if (entity.data.snapshot.SnapshotType !== 'manual') continue;
      for (const { item, from, to } of periods(entity.data.history, endedAt)) {
        yield {
          meter,
          accountId: account.id,
          region,
          resourceId: entity.data.snapshot.DBSnapshotArn ?? entity.id,
          tags: entity.data.tags,
          from,
          to,
          perHour: item.sizeGb / HOURS_PER_MONTH,
          pattern: 'flat',
        };
      }
    }
  }
}
