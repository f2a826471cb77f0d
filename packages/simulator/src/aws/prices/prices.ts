import { computeType, sizeMultiple } from './instance-sizes.ts';
import { regional } from './regions.ts';

/*
 * Public on-demand list prices in USD, of us-east-1 unless a function takes a region. The ledger and the
 * Pricing service both read them here, so what is quoted is what is charged.
 */

/** Hours AWS counts in a month for GB-months and capacity. */
export const HOURS_PER_MONTH = 730;

const WINDOWS_PER_VCPU = 0.046;
const WINDOWS_PER_VCPU_BURSTABLE = 0.0092;

/** EC2 on demand, USD per hour, shared tenancy. Unknown types cost like an m5 of that size. */
export function instanceHour(region: string, type: string, windows = false): number {
  const known = computeType(type);
  const size = type.split('.')[1] ?? 'large';
  const linux = known
    ? regional(region, known.family.priceClass, known.family.large * known.multiple)
    : regional(region, 'general', 0.096 * sizeMultiple(size));
  if (!windows) return linux;
  const vcpu = known?.vcpu ?? Math.max(2, sizeMultiple(size) * 2);
  const surcharge = known?.familyName.startsWith('t') ? WINDOWS_PER_VCPU_BURSTABLE : WINDOWS_PER_VCPU;
  return Number((linux + surcharge * vcpu).toPrecision(6));
}

/** EBS prices per volume type: USD per GB-month, per provisioned IOPS-month, per MiB/s-month. */
const VOLUMES: Readonly<
  Record<string, { readonly gb: number; readonly iops?: number; readonly mibps?: number }>
> = {
  gp2: { gb: 0.1 },
  gp3: { gb: 0.08, iops: 0.005, mibps: 0.04 },
  io1: { gb: 0.125, iops: 0.065 },
  io2: { gb: 0.125, iops: 0.065 },
  st1: { gb: 0.045 },
  sc1: { gb: 0.015 },
  standard: { gb: 0.05 },
};

export const VOLUME_TYPES: readonly string[] = Object.keys(VOLUMES);

export function volumeMonth(region: string, type: string): { gb: number; iops: number; mibps: number } {
  const price = VOLUMES[type] ?? { gb: 0.1 };
  return {
    gb: regional(region, 'block-storage', price.gb),
    iops: regional(region, 'block-iops', price.iops ?? 0),
    mibps: regional(region, 'block-iops', price.mibps ?? 0),
  };
}

export const snapshotMonth = (region: string): number => regional(region, 'snapshot', 0.05);
/** Every public IPv4 address, in use or idle, USD per hour. */
export const publicIpHour = (region: string): number => regional(region, 'uniform', 0.005);
export const natHour = (region: string): number => regional(region, 'nat', 0.045);
export const natGb = (region: string): number => regional(region, 'nat', 0.045);

const BALANCERS: Readonly<Record<string, { readonly hour: number; readonly unit: number }>> = {
  application: { hour: 0.0225, unit: 0.008 },
  network: { hour: 0.0225, unit: 0.006 },
  gateway: { hour: 0.0125, unit: 0.0035 },
  classic: { hour: 0.025, unit: 0.008 },
};

/** Load balancer: USD per hour and per capacity unit hour (per GB for classic ones). */
export function balancer(region: string, type: string): { hour: number; unit: number } {
  const price = BALANCERS[type] ?? { hour: 0.0225, unit: 0.008 };
  return {
    hour: regional(region, 'balancer', price.hour),
    unit: regional(region, 'balancer-units', price.unit),
  };
}

/** Internet egress, USD per GB of the first paid tier. */
export const transferOutGb = (region: string): number => regional(region, 'transfer', 0.09);
/** Traffic between zones, USD per GB and direction. */
export const transferZoneGb = (region: string): number => regional(region, 'uniform', 0.01);

/** RDS price of `large` per hour by family and engine group. */
const DATABASE_LARGE: Readonly<
  Record<string, { readonly mysql: number; readonly postgres: number; readonly aurora: number }>
> = {
  t3: { mysql: 0.136, postgres: 0.145, aurora: 0.164 },
  t4g: { mysql: 0.129, postgres: 0.129, aurora: 0.146 },
  m5: { mysql: 0.171, postgres: 0.178, aurora: 0.22 },
  m6g: { mysql: 0.152, postgres: 0.159, aurora: 0.2 },
  m6i: { mysql: 0.171, postgres: 0.178, aurora: 0.22 },
  m7g: { mysql: 0.168, postgres: 0.168, aurora: 0.21 },
  r5: { mysql: 0.24, postgres: 0.25, aurora: 0.29 },
  r6g: { mysql: 0.215, postgres: 0.225, aurora: 0.26 },
  r6i: { mysql: 0.24, postgres: 0.25, aurora: 0.29 },
  r7g: { mysql: 0.239, postgres: 0.239, aurora: 0.276 },
};

export const DATABASE_FAMILIES: readonly string[] = Object.keys(DATABASE_LARGE);

function engineGroup(engine: string): 'mysql' | 'postgres' | 'aurora' {
  if (engine.startsWith('aurora')) return 'aurora';
  return engine.startsWith('postgres') ? 'postgres' : 'mysql';
}

/** Commercial engines include a licence: a factor on the open-source price. */
function licenceFactor(engine: string): number {
  if (engine.startsWith('sqlserver')) return engine.endsWith('-ee') ? 6 : engine.endsWith('-se') ? 4 : 1.9;
  return engine.startsWith('oracle') ? 2.1 : 1;
}

/** RDS on demand, USD per hour; `className` is `db.m5.large`. Multi-AZ costs twice as much. */
export function databaseHour(region: string, className: string, engine: string, multiAz = false): number {
  const [, family = 'm5', size = 'large'] = className.split('.');
  const large = (DATABASE_LARGE[family] ?? DATABASE_LARGE['m5'])?.[engineGroup(engine)] ?? 0.171;
  return regional(region, 'database', large * sizeMultiple(size) * licenceFactor(engine) * (multiAz ? 2 : 1));
}

/** RDS storage: USD per GB-month and per provisioned IOPS-month. */
export function databaseStorageMonth(
  region: string,
  type: string,
  multiAz = false,
): { gb: number; iops: number } {
  const gb = type === 'aurora' ? 0.1 : type === 'standard' ? 0.1 : type.startsWith('io') ? 0.125 : 0.115;
  const iops = type.startsWith('io') ? 0.1 : type === 'gp3' ? 0.02 : 0;
  const factor = multiAz ? 2 : 1;
  return {
    gb: regional(region, 'database-storage', gb * factor),
    iops: regional(region, 'database-storage', iops * factor),
  };
}

/** Database backups beyond the free allotment, USD per GB-month. */
export const databaseBackupMonth = (region: string): number => regional(region, 'database-storage', 0.095);

const CACHE_LARGE: Readonly<Record<string, number>> = {
  t3: 0.136,
  t4g: 0.129,
  m5: 0.156,
  m6g: 0.149,
  m7g: 0.158,
  r5: 0.216,
  r6g: 0.206,
  r7g: 0.219,
};

export const CACHE_FAMILIES: readonly string[] = Object.keys(CACHE_LARGE);

/** ElastiCache, USD per node hour; `nodeType` is `cache.r6g.large`. */
export function cacheHour(region: string, nodeType: string): number {
  const [, family = 'm5', size = 'large'] = nodeType.split('.');
  return regional(region, 'cache', (CACHE_LARGE[family] ?? 0.156) * sizeMultiple(size));
}

const OBJECT_CLASSES: Readonly<Record<string, number>> = {
  STANDARD: 0.023,
  STANDARD_IA: 0.0125,
  ONEZONE_IA: 0.01,
  INTELLIGENT_TIERING: 0.023,
  GLACIER_IR: 0.004,
  GLACIER: 0.0036,
  DEEP_ARCHIVE: 0.00099,
};

export const STORAGE_CLASSES: readonly string[] = Object.keys(OBJECT_CLASSES);

/** S3 storage of the first tier, USD per GB-month. */
export function objectMonth(region: string, storageClass: string): number {
  return regional(region, 'object-storage', OBJECT_CLASSES[storageClass] ?? 0.023);
}

/** S3 requests: USD per single PUT/COPY/POST/LIST and per single GET. */
export function objectRequest(region: string): { put: number; get: number } {
  return {
    put: regional(region, 'object-requests', 0.000005),
    get: regional(region, 'object-requests', 0.0000004),
  };
}

export const lambdaRequest = (region: string): number => regional(region, 'uniform', 0.0000002);
export function lambdaGbSecond(region: string, architecture: string): number {
  return regional(region, 'uniform', architecture === 'arm64' ? 0.0000133334 : 0.0000166667);
}

/** EKS control plane, USD per cluster hour. */
export const eksHour = (region: string): number => regional(region, 'uniform', 0.1);

/** DynamoDB: per on-demand request unit, per provisioned unit hour, per GB-month. */
export function table(region: string): {
  write: number;
  read: number;
  writeHour: number;
  readHour: number;
  gb: number;
} {
  return {
    write: regional(region, 'table', 0.000000625),
    read: regional(region, 'table', 0.000000125),
    writeHour: regional(region, 'table', 0.00065),
    readHour: regional(region, 'table', 0.00013),
    gb: regional(region, 'table', 0.25),
  };
}

/** CloudWatch Logs: USD per GB taken in and per GB-month kept. */
export function logs(region: string): { ingest: number; stored: number } {
  return { ingest: regional(region, 'logs', 0.5), stored: regional(region, 'logs', 0.03) };
}
