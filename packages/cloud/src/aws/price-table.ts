import { round, sum, times } from '../decimal.ts';
import { instanceSize } from './instance-sizes.ts';

/*
 * List prices that ship with the adapter, for estimates without a call and for when the price
 * service can't be asked. On-demand prices of us-east-1 in USD from the public price pages as
 * of PRICES_AS_OF; other regions by the published ratio of one leading product (m5.large for
 * machine time, gp3 for storage), so they are close and not exact. Answers say that they are
 * from here and how old they are.
 */

/** Date of the table, YYYY-MM-DD. */
export const PRICES_AS_OF = '2025-01-15';

/** Hours of a month in estimates, as the provider's own calculator counts. */
export const HOURS_PER_MONTH = 730;

/** Ratio to us-east-1 by region: machine time, storage. */
const REGION_RATIOS: Readonly<Record<string, readonly [compute: string, storage: string]>> = {
  'us-east-1': ['1', '1'],
  'us-east-2': ['1', '1'],
  'us-west-1': ['1.167', '1.2'],
  'us-west-2': ['1', '1'],
  'ca-central-1': ['1.115', '1.1'],
  'sa-east-1': ['1.594', '1.9'],
  'eu-central-1': ['1.198', '1.19'],
  'eu-west-1': ['1.115', '1.1'],
  'eu-west-2': ['1.156', '1.16'],
  'eu-west-3': ['1.167', '1.16'],
  'eu-north-1': ['1.063', '1.045'],
  'ap-south-1': ['1.052', '1.14'],
  'ap-northeast-1': ['1.292', '1.2'],
  'ap-northeast-2': ['1.229', '1.14'],
  'ap-northeast-3': ['1.292', '1.2'],
  'ap-southeast-1': ['1.25', '1.2'],
  'ap-southeast-2': ['1.25', '1.2'],
};

/** USD per hour of the size `large` (two vCPUs) of a family, Linux. */
const LARGE_HOUR: Readonly<Record<string, string>> = {
  m5: '0.096',
  m5a: '0.086',
  m6i: '0.096',
  m6a: '0.0864',
  m6g: '0.077',
  m7i: '0.1008',
  m7a: '0.11592',
  m7g: '0.0816',
  m8g: '0.08976',
  c5: '0.085',
  c5a: '0.077',
  c6i: '0.085',
  c6a: '0.0765',
  c6g: '0.068',
  c7i: '0.08925',
  c7a: '0.10264',
  c7g: '0.0725',
  c8g: '0.07976',
  r5: '0.126',
  r5a: '0.113',
  r6i: '0.126',
  r6a: '0.1134',
  r6g: '0.1008',
  r7i: '0.1323',
  r7a: '0.15215',
  r7g: '0.1071',
  r8g: '0.11782',
};

/** USD per hour of the size `micro` of burstable families; each size up doubles. */
const MICRO_HOUR: Readonly<Record<string, string>> = {
  t2: '0.0116',
  t3: '0.0104',
  t3a: '0.0094',
  t4g: '0.0084',
};
const MICRO_MULTIPLE: Readonly<Record<string, string>> = {
  nano: '0.5',
  micro: '1',
  small: '2',
  medium: '4',
  large: '8',
  xlarge: '16',
  '2xlarge': '32',
};

/** Windows licence of machines without burst credits, USD per vCPU and hour. */
const WINDOWS_CPU_HOUR = '0.046';

/** USD per hour: database classes, MySQL and MariaDB, one zone. The size `large`, or `micro` for t. */
const DATABASE_LARGE: Readonly<Record<string, string>> = {
  m5: '0.171',
  m6g: '0.152',
  m6i: '0.171',
  m7g: '0.168',
  r5: '0.24',
  r6g: '0.215',
  r6i: '0.24',
  r7g: '0.239',
};
const DATABASE_MICRO: Readonly<Record<string, string>> = { t3: '0.017', t4g: '0.016' };
/** PostgreSQL over MySQL. */
const POSTGRES_RATIO = '1.041';

const CACHE_LARGE: Readonly<Record<string, string>> = {
  m5: '0.156',
  m6g: '0.149',
  m7g: '0.158',
  r5: '0.216',
  r6g: '0.206',
  r7g: '0.219',
};
const CACHE_MICRO: Readonly<Record<string, string>> = { t3: '0.017', t4g: '0.016' };

/** USD per GiB and month, IOPS and month beyond `freeIops`, MiB/s and month beyond `freeThroughput`. */
interface VolumePrice {
  readonly gib: string;
  readonly iops?: string;
  readonly freeIops?: number;
  readonly throughput?: string;
  readonly freeThroughput?: number;
}

const VOLUMES: Readonly<Record<string, VolumePrice>> = {
  gp3: { gib: '0.08', iops: '0.005', freeIops: 3000, throughput: '0.04', freeThroughput: 125 },
  gp2: { gib: '0.1' },
  io1: { gib: '0.125', iops: '0.065', freeIops: 0 },
  io2: { gib: '0.125', iops: '0.065', freeIops: 0 },
  st1: { gib: '0.045' },
  sc1: { gib: '0.015' },
  standard: { gib: '0.05' },
};

/** Products with one price: USD per unit, and which ratio applies. */
const SINGLE: Readonly<Record<string, readonly [price: string, ratio: 'compute' | 'storage' | 'none']>> = {
  snapshot: ['0.05', 'storage'],
  'snapshot-archive': ['0.0125', 'storage'],
  ip_address: ['0.005', 'none'],
  nat_gateway: ['0.045', 'compute'],
  'load_balancer-application': ['0.0225', 'compute'],
  'load_balancer-network': ['0.0225', 'compute'],
  'load_balancer-gateway': ['0.0125', 'compute'],
  object_storage: ['0.023', 'storage'],
  'function-x86_64': ['0.0000166667', 'none'],
  'function-arm64': ['0.0000133334', 'none'],
  cluster: ['0.1', 'none'],
  log_storage: ['0.03', 'storage'],
  'database_storage-gp2': ['0.115', 'storage'],
  'database_storage-gp3': ['0.115', 'storage'],
  'database_storage-io1': ['0.125', 'storage'],
  'database_storage-standard': ['0.1', 'storage'],
};

function row<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function inRegion(
  price: string | undefined,
  region: string,
  kind: 'compute' | 'storage' | 'none',
): string | undefined {
  if (price === undefined || kind === 'none') return price;
  const ratios = row(REGION_RATIOS, region);
  return ratios && times(price, kind === 'compute' ? ratios[0] : ratios[1]);
}

function hourBySize(
  type: string,
  large: Readonly<Record<string, string>>,
  micro: Readonly<Record<string, string>>,
): string | undefined {
  const [family = '', size = ''] = type.replace(/^(db|cache)\./, '').split('.');
  const base = row(micro, family);
  const multiple = row(MICRO_MULTIPLE, size);
  if (base !== undefined) return multiple && times(base, multiple);
  const cpus = instanceSize(`${family}.${size}`)?.cpus;
  const perLarge = row(large, family);
  return perLarge !== undefined && cpus !== undefined ? times(times(perLarge, cpus), '0.5') : undefined;
}

/** USD per hour of an instance on demand; undefined when the table does not know the type or region. */
export function instanceHour(region: string, type: string, windows: boolean): string | undefined {
  const linux = inRegion(hourBySize(type, LARGE_HOUR, MICRO_HOUR), region, 'compute');
  if (linux === undefined || !windows) return linux;
  const size = instanceSize(type);
  if (type.startsWith('t') || !size) return undefined;
  return sum([linux, times(WINDOWS_CPU_HOUR, size.cpus)]);
}

/** USD per hour of a database class; two zones cost double. */
export function databaseHour(
  region: string,
  databaseClass: string,
  engine: string,
  multiZone: boolean,
): string | undefined {
  if (!/^(mysql|mariadb|postgres)$/.test(engine)) return undefined;
  const hour = inRegion(hourBySize(databaseClass, DATABASE_LARGE, DATABASE_MICRO), region, 'compute');
  const engineHour =
    hour && engine === 'postgres' && !databaseClass.startsWith('db.t') ? times(hour, POSTGRES_RATIO) : hour;
  return engineHour && multiZone ? times(engineHour, 2) : engineHour;
}

/** USD per hour of a cache node. */
export function cacheHour(region: string, nodeType: string): string | undefined {
  return inRegion(hourBySize(nodeType, CACHE_LARGE, CACHE_MICRO), region, 'compute');
}

/** USD per unit of a product with one price, by name and optional kind. */
export function singlePrice(region: string, product: string, kind?: string): string | undefined {
  const entry = row(SINGLE, kind === undefined ? product : `${product}-${kind}`);
  return entry && inRegion(entry[0], region, entry[1]);
}

/** USD per month of each billed part of a volume type. */
export function volumePrice(region: string, type: string): VolumePrice | undefined {
  const price = row(VOLUMES, type);
  const gib = inRegion(price?.gib, region, 'storage');
  if (!price || gib === undefined) return undefined;
  const iops = inRegion(price.iops, region, 'storage');
  const throughput = inRegion(price.throughput, region, 'storage');
  return {
    ...price,
    gib,
    ...(iops === undefined ? {} : { iops }),
    ...(throughput === undefined ? {} : { throughput }),
  };
}

function perMonth(hour: string | undefined): string | undefined {
  return hour && round(times(hour, HOURS_PER_MONTH), 4);
}

export function instanceMonthly(region: string, type: string, windows: boolean): string | undefined {
  return perMonth(instanceHour(region, type, windows));
}

export function volumeMonthly(
  region: string,
  size: {
    readonly sku?: string | undefined;
    readonly storageGiB?: number | undefined;
    readonly iops?: number | undefined;
    readonly throughputMiBs?: number | undefined;
  },
): string | undefined {
  const price = size.sku === undefined ? undefined : volumePrice(region, size.sku);
  if (!price || size.storageGiB === undefined) return undefined;
  const iops = price.iops === undefined ? 0 : Math.max(0, (size.iops ?? 0) - (price.freeIops ?? 0));
  const throughput =
    price.throughput === undefined
      ? 0
      : Math.max(0, (size.throughputMiBs ?? 0) - (price.freeThroughput ?? 0));
  return round(
    sum([
      times(price.gib, size.storageGiB),
      times(price.iops ?? '0', iops),
      times(price.throughput ?? '0', throughput),
    ]),
    4,
  );
}

export function snapshotMonthly(
  region: string,
  gib: number | undefined,
  tier: string | undefined,
): string | undefined {
  const price =
    tier === 'archive' ? singlePrice(region, 'snapshot', 'archive') : singlePrice(region, 'snapshot');
  return price === undefined || gib === undefined ? undefined : round(times(price, gib), 4);
}

export function addressMonthly(region: string): string | undefined {
  return perMonth(singlePrice(region, 'ip_address'));
}

export function natGatewayMonthly(region: string): string | undefined {
  return perMonth(singlePrice(region, 'nat_gateway'));
}

export function loadBalancerMonthly(region: string, kind: string): string | undefined {
  return perMonth(singlePrice(region, 'load_balancer', kind));
}

export function clusterMonthly(region: string): string | undefined {
  return perMonth(singlePrice(region, 'cluster'));
}

export function cacheMonthly(region: string, nodeType: string, nodes: number): string | undefined {
  const hour = cacheHour(region, nodeType);
  return hour && perMonth(times(hour, nodes));
}

/** Machine time while it runs, and storage always. */
export function databaseMonthly(
  region: string,
  facts: {
    readonly databaseClass: string;
    readonly engine: string;
    readonly multiZone: boolean;
    readonly running: boolean;
    readonly storageType: string | undefined;
    readonly storageGiB: number | undefined;
  },
): string | undefined {
  const hour = facts.running ? databaseHour(region, facts.databaseClass, facts.engine, facts.multiZone) : '0';
  const gib = singlePrice(region, 'database_storage', facts.storageType ?? 'gp2');
  if (hour === undefined || gib === undefined) return undefined;
  const storage = times(times(gib, facts.storageGiB ?? 0), facts.multiZone ? 2 : 1);
  return round(sum([times(hour, HOURS_PER_MONTH), storage]), 4);
}
