import { instanceSize } from '@cloudatlas/cloud/aws/instance-sizes';
import type { PriceQuery } from '@cloudatlas/cloud/observations';
import type { Facts, RuleResource, Skip } from '../rule.ts';
import { flagAt, textAt } from '../shared/attributes.ts';
import { monthOfHours, quantityTimes, total } from '../shared/money.ts';
import { skip } from '../shared/verdict.ts';

/** Resource type of RDS instances. */
export const DATABASE = 'aws.rds.instance';

/** Facts of a database that its price depends on. */
export interface DatabaseSpec {
  readonly databaseClass: string;
  readonly engine: string;
  readonly multiZone: boolean;
  readonly storageType: string;
  readonly gib: number;
}

/** The database as described; members of clusters share storage and have none of their own. */
export function databaseSpec(database: RuleResource): DatabaseSpec | Skip {
  const databaseClass = database.size?.sku;
  if (databaseClass === undefined) return skip('unknown_size');
  return {
    databaseClass,
    engine: textAt(database.attributes, 'Engine') ?? '',
    multiZone: flagAt(database.attributes, 'MultiAZ'),
    storageType: textAt(database.attributes, 'StorageType') ?? 'gp2',
    gib: database.size?.storageGiB ?? 0,
  };
}

/** Whether it belongs to an Aurora cluster, whose members are managed through the cluster. */
export function isClusterMember(database: RuleResource): boolean {
  return textAt(database.attributes, 'DBClusterIdentifier') !== undefined;
}

function deployment(spec: DatabaseSpec): string {
  return spec.multiZone ? 'multi-zone' : 'single-zone';
}

/** Query of the hourly price of a class. */
export function classPrice(region: string, spec: DatabaseSpec): PriceQuery {
  return {
    product: 'database',
    region,
    sku: spec.databaseClass,
    variant: { engine: spec.engine, deployment: deployment(spec) },
  };
}

/**
 * List price a month of a database: machine and storage, as the bill shows both under one resource. A standby
 * doubles both; its storage price is the single one twice where only that is known.
 */
export function databaseMonthly(facts: Facts, region: string, spec: DatabaseSpec): string | Skip {
  const machine = facts.price(classPrice(region, spec));
  if (!machine) return skip('no_price', `${spec.databaseClass} ${spec.engine}`);
  const hours = monthOfHours(machine.price.amount);
  if (spec.gib === 0) return hours;
  const storage = facts.price({ product: 'database_storage', region, sku: spec.storageType });
  if (!storage) return skip('no_price', `storage ${spec.storageType}`);
  return total([hours, quantityTimes(storage.price.amount, spec.gib * (spec.multiZone ? 2 : 1))]);
}

/** vCPUs and memory of a class; undefined for irregular ones. */
export function classShape(databaseClass: string) {
  const size = instanceSize(databaseClass);
  return size && { type: databaseClass, ...size };
}

/** Permissions of a change of a database. */
export const MODIFY_DATABASE = {
  read: ['rds:DescribeDBInstances', 'cloudwatch:GetMetricData', 'pricing:GetProducts'],
  apply: ['rds:ModifyDBInstance'],
  undo: ['rds:ModifyDBInstance'],
} as const;
