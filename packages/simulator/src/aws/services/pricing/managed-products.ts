import { FAMILIES, sizeMultiple } from '../../prices/instance-sizes.ts';
import {
  CACHE_FAMILIES,
  cacheHour,
  DATABASE_FAMILIES,
  databaseBackupMonth,
  databaseHour,
  databaseStorageMonth,
  eksHour,
  logs,
  table,
} from '../../prices/prices.ts';
import { usagePrefix } from '../../prices/regions.ts';
import { reservations } from './compute-products.ts';
import { one, product, type Product } from './product.ts';

/** Engines of the price list: API name, list name, edition. */
export const ENGINES = [
  ['mysql', 'MySQL'],
  ['mariadb', 'MariaDB'],
  ['postgres', 'PostgreSQL'],
  ['aurora-mysql', 'Aurora MySQL'],
  ['aurora-postgresql', 'Aurora PostgreSQL'],
] as const;

const DATABASE_SIZES = [
  'micro',
  'small',
  'medium',
  'large',
  'xlarge',
  '2xlarge',
  '4xlarge',
  '8xlarge',
  '12xlarge',
  '16xlarge',
  '24xlarge',
];

/** Database classes of the price list, e.g. `db.r6g.large`. */
export function databaseClasses(): string[] {
  return DATABASE_FAMILIES.flatMap((family) => {
    const sizes = FAMILIES[family]?.sizes ?? [];
    const burstable = family.startsWith('t');
    return DATABASE_SIZES.filter((s) => sizes.includes(s) && (burstable || sizeMultiple(s) >= 1)).map(
      (s) => `db.${family}.${s}`,
    );
  });
}

/** Cache node types of the price list, e.g. `cache.t3.micro`. */
export function cacheNodeTypes(): string[] {
  return CACHE_FAMILIES.flatMap((family) => {
    const burstable = family.startsWith('t');
    const sizes = (FAMILIES[family]?.sizes ?? []).filter((s) =>
      burstable ? ['micro', 'small', 'medium'].includes(s) : sizeMultiple(s) >= 1 && sizeMultiple(s) <= 48,
    );
    return sizes.map((s) => `cache.${family}.${s}`);
  });
}

/** Everything under AmazonRDS. */
export function rdsProducts(region: string): Product[] {
  const prefix = usagePrefix(region);
  const rds = (
    family: string,
    attributes: Record<string, string>,
    unit: string,
    price: number,
    what: string,
    hour = 0,
  ): Product =>
    product(
      'AmazonRDS',
      'Amazon Relational Database Service',
      region,
      family,
      attributes,
      one(unit, price, what),
      hour > 0 ? reservations(hour) : [],
    );
  const instances = databaseClasses().flatMap((name) => {
    const [, familyName = '', size = ''] = name.split('.');
    const family = FAMILIES[familyName];
    return ENGINES.flatMap(([engine, listName]) => {
      const aurora = engine.startsWith('aurora');
      if (aurora && sizeMultiple(size) < 0.5) return [];
      return (aurora ? ['Single-AZ'] : ['Single-AZ', 'Multi-AZ']).map((deployment) => {
        const multi = deployment === 'Multi-AZ';
        const hour = databaseHour(region, name, engine, multi);
        const attributes = {
          instanceType: name,
          currentGeneration: 'Yes',
          instanceFamily: family?.label ?? '',
          databaseEngine: listName,
          vcpu: String(Math.max(2, sizeMultiple(size) * 2)),
          memory: `${(family?.memory ?? 8) * sizeMultiple(size)} GiB`,
          deploymentOption: deployment,
          licenseModel: 'No license required',
          storage: 'EBS Only',
          usagetype: `${prefix}${multi ? 'Multi-AZUsage' : 'InstanceUsage'}:${name}`,
          operation: `CreateDBInstance:${ENGINE_CODES[engine]}`,
          normalizationSizeFactor: String(sizeMultiple(size) * 4),
        };
        return rds(
          'Database Instance',
          attributes,
          'Hrs',
          hour,
          `${name} ${deployment} instance hour running ${listName}`,
          hour,
        );
      });
    });
  });
  const storage = (['gp2', 'gp3', 'io1', 'standard'] as const).flatMap((type) =>
    [false, true].map((multi) => {
      const [volumeType = '', usage = ''] = STORAGE_NAMES[type];
      const attributes = {
        volumeType,
        databaseEngine: 'Any',
        deploymentOption: multi ? 'Multi-AZ' : 'Single-AZ',
        usagetype: `${prefix}RDS:${multi ? 'Multi-AZ-' : ''}${usage}`,
        operation: '',
      };
      return rds(
        'Database Storage',
        attributes,
        'GB-Mo',
        databaseStorageMonth(region, type, multi).gb,
        'GB-month of provisioned storage',
      );
    }),
  );
  const backup = rds(
    'Storage Snapshot',
    { usagetype: `${prefix}RDS:ChargedBackupUsage`, operation: '', databaseEngine: 'Any' },
    'GB-Mo',
    databaseBackupMonth(region),
    'additional GB-month of backup storage',
  );
  return [...instances, ...storage, backup];
}

const STORAGE_NAMES = {
  gp2: ['General Purpose', 'GP2-Storage'],
  gp3: ['General Purpose-GP3', 'GP3-Storage'],
  io1: ['Provisioned IOPS', 'PIOPS-Storage'],
  standard: ['Magnetic', 'StorageUsage'],
} as const;

/** Operation codes of engines in usage lines. */
export const ENGINE_CODES: Readonly<Record<string, string>> = {
  mysql: '0002',
  postgres: '0014',
  mariadb: '0018',
  'aurora-mysql': '0016',
  'aurora-postgresql': '0021',
};

/** ElastiCache node hours. */
export function cacheProducts(region: string): Product[] {
  return cacheNodeTypes().flatMap((nodeType) =>
    ['Redis', 'Valkey', 'Memcached'].map((cacheEngine) => {
      const hour = Number(
        (cacheHour(region, nodeType) * (cacheEngine === 'Valkey' ? 0.8 : 1)).toPrecision(6),
      );
      const attributes = {
        instanceType: nodeType,
        cacheEngine,
        currentGeneration: 'Yes',
        usagetype: `${usagePrefix(region)}NodeUsage:${nodeType}`,
        operation: cacheEngine === 'Memcached' ? 'CreateCacheCluster:0001' : 'CreateCacheCluster:0002',
      };
      return product(
        'AmazonElastiCache',
        'Amazon ElastiCache',
        region,
        'Cache Instance',
        attributes,
        one('Hrs', hour, `${nodeType} node-hour running ${cacheEngine}`),
        reservations(hour),
      );
    }),
  );
}

/** DynamoDB, CloudWatch Logs and EKS: the few lines the ledger charges. */
export function otherProducts(region: string): Product[] {
  const prefix = usagePrefix(region);
  const dynamo = table(region);
  const log = logs(region);
  const dynamoProduct = (
    family: string,
    group: string,
    usage: string,
    unit: string,
    price: number,
  ): Product =>
    product(
      'AmazonDynamoDB',
      'Amazon DynamoDB',
      region,
      family,
      { group, usagetype: `${prefix}${usage}`, operation: '' },
      one(unit, price, unit),
    );
  return [
    dynamoProduct(
      'Amazon DynamoDB PayPerRequest Throughput',
      'DDB-WriteUnits',
      'WriteRequestUnits',
      'WriteRequestUnits',
      dynamo.write,
    ),
    dynamoProduct(
      'Amazon DynamoDB PayPerRequest Throughput',
      'DDB-ReadUnits',
      'ReadRequestUnits',
      'ReadRequestUnits',
      dynamo.read,
    ),
    dynamoProduct(
      'Provisioned IOPS',
      'DDB-WriteUnits',
      'WriteCapacityUnit-Hrs',
      'WriteCapacityUnit-Hrs',
      dynamo.writeHour,
    ),
    dynamoProduct(
      'Provisioned IOPS',
      'DDB-ReadUnits',
      'ReadCapacityUnit-Hrs',
      'ReadCapacityUnit-Hrs',
      dynamo.readHour,
    ),
    dynamoProduct('Database Storage', 'DDB-Storage', 'TimedStorage-ByteHrs', 'GB-Mo', dynamo.gb),
    product(
      'AmazonCloudWatch',
      'AmazonCloudWatch',
      region,
      'Data Payload',
      { group: 'Ingested Logs', usagetype: `${prefix}DataProcessing-Bytes`, operation: 'PutLogEvents' },
      one('GB', log.ingest, 'GB custom log data ingested'),
    ),
    product(
      'AmazonCloudWatch',
      'AmazonCloudWatch',
      region,
      'Storage Snapshot',
      {
        group: 'Archived Logs',
        usagetype: `${prefix}TimedStorage-ByteHrs`,
        operation: 'HourlyStorageMetering',
      },
      one('GB-Mo', log.stored, 'GB-mo of log storage'),
    ),
    product(
      'AmazonEKS',
      'Amazon Elastic Container Service for Kubernetes',
      region,
      'Compute',
      {
        tiertype: 'HAStandard',
        usagetype: `${prefix}AmazonEKS-Hours:perCluster`,
        operation: 'CreateOperation',
      },
      one('Hours', eksHour(region), 'Amazon EKS cluster hour'),
    ),
  ];
}
