import { computeType } from '../../prices/instance-sizes.ts';
import { noiseSeed, profileOf, type UsageProfile } from '../../metrics/profiles.ts';
import type { Account, World } from '../../world.ts';
import { cacheStore } from '../elasticache/store.ts';
import { dynamoStore } from '../dynamodb/service.ts';
import { ec2Store } from '../ec2/store.ts';
import { elbStore } from '../elbv2/store.ts';
import { lambdaStore } from '../lambda/store.ts';
import { logsStore } from '../logs/service.ts';
import { rdsStore } from '../rds/store.ts';
import { s3Store } from '../s3/store.ts';
import { billingStore } from '../../ledger/billing.ts';

/** A time in which a resource sends data; `to` is exclusive. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Everything a series is generated from; nothing of it is stored per point. */
export interface MetricSource {
  readonly namespace: string;
  /** Dimensions in the order AWS lists them. */
  readonly dimensions: readonly (readonly [name: string, value: string])[];
  readonly seed: number;
  readonly profile: UsageProfile;
  /** When it runs; outside these times there are gaps, not zeros. */
  readonly active: readonly Interval[];
  /** Capacity in units of its kind: `large` multiples, GiB of a disk, MB of memory … */
  readonly size: number;
  /** Bytes of memory or storage, where a metric is about them. */
  readonly bytes: number;
  /** Growth per day of `bytes`, from `anchor` on and back. */
  readonly growthPerDay: number;
  readonly anchor: number;
  /** Only these metrics, where a source has not all of its namespace. */
  readonly only?: readonly string[];
}

interface State {
  readonly at: number;
  readonly state: string;
}

/** The times of a history in which the state is one of those that send data. */
function runs(history: readonly State[], live: ReadonlySet<string>): Interval[] {
  const intervals: Interval[] = [];
  for (const [i, { at, state }] of history.entries()) {
    const to = history[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    if (!live.has(state) || to <= at) continue;
    const last = intervals.at(-1);
    if (last?.to === at) intervals[intervals.length - 1] = { from: last.from, to };
    else intervals.push({ from: at, to });
  }
  return intervals;
}

const RUNNING = new Set(['running']);

/** Whose resources are looked up, and where. */
export interface Maker {
  readonly world: World;
  readonly account: Account;
  readonly region: string;
}

/** Makes a source; its profile is the one set under `id`. */
export function source(
  { world, account, region }: Maker,
  namespace: string,
  dimensions: MetricSource['dimensions'],
  id: string,
  active: readonly Interval[],
  more: Partial<MetricSource> = {},
): MetricSource {
  return {
    namespace,
    dimensions,
    active,
    size: 1,
    bytes: 0,
    growthPerDay: 0,
    anchor: 0,
    seed: noiseSeed(world.seed, account.id, region, namespace, id),
    profile: profileOf(world, account, id),
    ...more,
  };
}

const GIB = 1024 ** 3;
/** Active from a moment on. */
export const since = (from: number): Interval[] => [{ from, to: Number.POSITIVE_INFINITY }];

/** Finds the source of one resource by its id dimension; undefined when there is none. */
type Lookup = (maker: Maker, id: string) => MetricSource | undefined;

function instance(maker: Maker, id: string, namespace: 'AWS/EC2' | 'CWAgent'): MetricSource | undefined {
  const store = maker.account.store(ec2Store, maker.region);
  const record =
    store.instances.get(id)?.data ?? store.instances.departed().find((d) => d.entity.id === id)?.entity.data;
  if (!record) return undefined;
  const type = computeType(record.instance.InstanceType ?? '');
  const profile = profileOf(maker.world, maker.account, id);
  return source(maker, namespace, [['InstanceId', id]], id, runs(record.history, RUNNING), {
    size: type?.multiple ?? 1,
    bytes: (type?.memory ?? 8) * GIB,
    profile,
  });
}

function volume(maker: Maker, id: string): MetricSource | undefined {
  const store = maker.account.store(ec2Store, maker.region);
  const entity = store.volumes.get(id);
  const attachment = entity?.data.volume.Attachments?.[0];
  // Only attached volumes send data, while their instance runs.
  if (!entity || !attachment?.InstanceId)
    return entity && source(maker, 'AWS/EBS', [['VolumeId', id]], id, []);
  const host = instance(maker, attachment.InstanceId, 'AWS/EC2');
  return source(maker, 'AWS/EBS', [['VolumeId', id]], id, host?.active ?? [], {
    size: entity.data.volume.Size ?? 8,
    ...(host ? { profile: host.profile } : {}),
  });
}

function database(maker: Maker, id: string): MetricSource | undefined {
  const record = maker.account.store(rdsStore, maker.region).instances.get(id)?.data;
  if (!record) return undefined;
  const type = computeType((record.instance.DBInstanceClass ?? '').replace(/^db\./, ''));
  return source(maker, 'AWS/RDS', [['DBInstanceIdentifier', id]], id, runs(record.history, RUNNING), {
    size: type?.memory ?? 8,
    bytes: (record.instance.AllocatedStorage ?? 20) * GIB,
  });
}

function balancerName(arn: string): string {
  return arn.split(':loadbalancer/').pop() ?? arn;
}

function balancer(
  maker: Maker,
  name: string,
  namespace: 'AWS/ApplicationELB' | 'AWS/NetworkELB',
): MetricSource | undefined {
  const store = maker.account.store(elbStore, maker.region);
  const entity = store.loadBalancers.get(store.arn(`loadbalancer/${name}`));
  return entity && source(maker, namespace, [['LoadBalancer', name]], entity.id, since(entity.createdAt));
}

function bucket(maker: Maker, name: string): MetricSource | undefined {
  const found = maker.account.store(s3Store, 'aws-global').buckets.get(name);
  if (!found || found.region !== maker.region) return undefined;
  const gigabytes =
    Object.values(found.bulk?.gigabytes ?? {}).reduce((sum, gb) => sum + gb, 0) +
    (found.history.at(-1)?.gigabytes ?? 0);
  const { anchor } = maker.account.store(billingStore, 'aws-global');
  return source(maker, 'AWS/S3', [['BucketName', name]], name, since(found.createdAt), {
    bytes: gigabytes * 1e9,
    growthPerDay: (found.bulk?.growthPerDay ?? 0) * 1e9,
    anchor,
    size: (found.bulk?.objects ?? 0) + found.objects.size,
  });
}

const LOOKUPS: Readonly<Record<string, readonly [dimension: string, lookup: Lookup]>> = {
  'AWS/EC2': ['InstanceId', (m, id) => instance(m, id, 'AWS/EC2')],
  CWAgent: ['InstanceId', (m, id) => instance(m, id, 'CWAgent')],
  'AWS/EBS': ['VolumeId', volume],
  'AWS/RDS': ['DBInstanceIdentifier', database],
  'AWS/Lambda': [
    'FunctionName',
    (m, id) => {
      const entity = m.account.store(lambdaStore, m.region).functions.get(id);
      return entity && source(m, 'AWS/Lambda', [['FunctionName', id]], id, since(entity.createdAt));
    },
  ],
  'AWS/ApplicationELB': ['LoadBalancer', (m, id) => balancer(m, id, 'AWS/ApplicationELB')],
  'AWS/NetworkELB': ['LoadBalancer', (m, id) => balancer(m, id, 'AWS/NetworkELB')],
  'AWS/NATGateway': [
    'NatGatewayId',
    (m, id) => {
      const entity = m.account.store(ec2Store, m.region).natGateways.get(id);
      return entity && source(m, 'AWS/NATGateway', [['NatGatewayId', id]], id, since(entity.createdAt));
    },
  ],
  'AWS/S3': ['BucketName', bucket],
  'AWS/DynamoDB': [
    'TableName',
    (m, id) => {
      const entity = m.account.store(dynamoStore, m.region).tables.get(id);
      return (
        entity &&
        source(m, 'AWS/DynamoDB', [['TableName', id]], id, since(entity.createdAt), {
          size: entity.data.readsPerHour,
          bytes: entity.data.writesPerHour,
        })
      );
    },
  ],
  'AWS/ElastiCache': [
    'CacheClusterId',
    (m, id) => {
      const entity = m.account.store(cacheStore, m.region).clusters.get(id);
      return entity && source(m, 'AWS/ElastiCache', [['CacheClusterId', id]], id, since(entity.createdAt));
    },
  ],
  'AWS/Logs': [
    'LogGroupName',
    (m, id) => {
      const entity = m.account.store(logsStore, m.region).groups.get(id);
      return (
        entity &&
        source(m, 'AWS/Logs', [['LogGroupName', id]], id, since(entity.createdAt), {
          size: entity.data.ingestPerDay,
        })
      );
    },
  ],
};

/** S3 metrics carry the storage class as a second dimension. */
const STORAGE_TYPES: Readonly<Record<string, string>> = {
  BucketSizeBytes: 'StandardStorage',
  NumberOfObjects: 'AllStorageTypes',
};

/**
 * The source of a metric with exactly the given dimensions, as CloudWatch matches them.
 * Undefined when no resource sends that metric.
 */
export function findSource(
  maker: Maker,
  namespace: string,
  metric: string,
  dimensions: ReadonlyMap<string, string>,
): MetricSource | undefined {
  const entry = Object.hasOwn(LOOKUPS, namespace) ? LOOKUPS[namespace] : undefined;
  if (!entry) return undefined;
  const [name, lookup] = entry;
  const id = dimensions.get(name);
  if (id === undefined) return undefined;
  if (namespace === 'AWS/S3') {
    if (dimensions.size !== 2 || dimensions.get('StorageType') !== STORAGE_TYPES[metric]) return undefined;
  } else if (dimensions.size !== 1) {
    return undefined;
  }
  return lookup(maker, id);
}

/** The ids of a namespace's resources in a region, for ListMetrics. */
export function idsOf({ account, region }: Maker, namespace: string): string[] {
  const ec2 = account.store(ec2Store, region);
  switch (namespace) {
    case 'AWS/EC2':
    case 'CWAgent':
      return ec2.instances.list().map((e) => e.id);
    case 'AWS/EBS':
      return ec2.volumes
        .list()
        .filter((e) => (e.data.volume.Attachments?.length ?? 0) > 0)
        .map((e) => e.id);
    case 'AWS/NATGateway':
      return ec2.natGateways.list().map((e) => e.id);
    case 'AWS/RDS':
      return account
        .store(rdsStore, region)
        .instances.list()
        .map((e) => e.id);
    case 'AWS/Lambda':
      return account
        .store(lambdaStore, region)
        .functions.list()
        .map((e) => e.id);
    case 'AWS/ApplicationELB':
    case 'AWS/NetworkELB': {
      const kind = namespace === 'AWS/NetworkELB' ? 'network' : 'application';
      return account
        .store(elbStore, region)
        .loadBalancers.list()
        .filter((e) => e.data.Type === kind)
        .map((e) => balancerName(e.id));
    }
    case 'AWS/S3':
      return [...account.store(s3Store, 'aws-global').buckets.values()]
        .filter((b) => b.region === region)
        .map((b) => b.name);
    case 'AWS/DynamoDB':
      return account
        .store(dynamoStore, region)
        .tables.list()
        .map((e) => e.id);
    case 'AWS/ElastiCache':
      return account
        .store(cacheStore, region)
        .clusters.list()
        .map((e) => e.id);
    case 'AWS/Logs':
      return account
        .store(logsStore, region)
        .groups.list()
        .map((e) => e.id);
    default:
      return [];
  }
}

/** The dimensions a resource's metric is listed under. */
export function dimensionsOf(
  namespace: string,
  metric: string,
  id: string,
): readonly (readonly [string, string])[] {
  const name = LOOKUPS[namespace]?.[0] ?? '';
  const storage = namespace === 'AWS/S3' ? STORAGE_TYPES[metric] : undefined;
  return storage === undefined
    ? [[name, id]]
    : [
        [name, id],
        ['StorageType', storage],
      ];
}
