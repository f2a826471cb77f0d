import { setProfile, type UsageKind } from '../../aws/metrics/profiles.ts';
import { addCache, cacheStore } from '../../aws/services/elasticache/store.ts';
import { addTable, dynamoStore } from '../../aws/services/dynamodb/service.ts';
import { addDatabase, type DatabaseSpec } from '../../aws/services/rds/build.ts';
import { takeSnapshot } from '../../aws/services/rds/snapshots.ts';
import { rdsStore, tagList, type DatabaseEntity } from '../../aws/services/rds/store.ts';
import type { Estate, Owner } from './estate.ts';
import { tagRecord } from './tags.ts';

interface Database extends Omit<DatabaseSpec, 'tags' | 'createdAt' | 'engineVersion'> {
  readonly owner: Owner;
  readonly ageDays: number;
  readonly use: UsageKind;
  readonly level?: number;
  readonly engineVersion?: string;
}

function add(estate: Estate, region: string, spec: Database): DatabaseEntity {
  const { owner, ageDays, use, level, ...rest } = spec;
  const store = estate.account.store(rdsStore, region);
  const tags = tagRecord(estate, spec.identifier, owner);
  const version = spec.engineVersion ?? (spec.engine === 'postgres' ? '16.10' : '8.0.43');
  const entity = addDatabase(store, {
    ...rest,
    engineVersion: version,
    tags,
    createdAt: estate.ago(ageDays),
    encrypted: owner.env === 'production',
    deletionProtection: owner.env === 'production' && use !== 'idle',
  });
  setProfile(estate.account, spec.identifier, {
    kind: use,
    memory: use === 'idle' ? 0.2 : 0.6,
    ...(level === undefined ? {} : { level }),
  });
  return entity;
}

/** Databases of the four applications: two in order, three that cost without need. */
export function seedDatabases(estate: Estate): void {
  const storefront: Owner = { app: 'storefront', env: 'production' };
  const payments: Owner = { app: 'payments', env: 'production' };
  const analytics: Owner = { app: 'analytics', env: 'production' };
  const intranet: Owner = { app: 'intranet', env: 'production' };
  add(estate, 'us-east-1', {
    identifier: 'storefront-db',
    className: 'db.r6g.xlarge',
    engine: 'postgres',
    storageGb: 500,
    storageType: 'gp3',
    multiAz: true,
    backupDays: 7,
    owner: storefront,
    ageDays: 410,
    use: 'steady',
    level: 0.42,
  });
  const payment = add(estate, 'us-east-1', {
    identifier: 'payments-db',
    className: 'db.m6g.xlarge',
    engine: 'postgres',
    storageGb: 300,
    storageType: 'gp3',
    multiAz: true,
    backupDays: 14,
    owner: payments,
    ageDays: 400,
    use: 'growing',
    level: 0.35,
  });
  add(estate, 'us-east-1', {
    identifier: 'payments-dev-db',
    className: 'db.m5.large',
    engine: 'postgres',
    engineVersion: '13.22',
    storageGb: 200,
    storageType: 'gp2',
    backupDays: 1,
    owner: { app: 'payments', env: 'development' },
    ageDays: 320,
    use: 'idle',
  });
  estate.plant(
    'idle-database',
    'rds',
    'us-east-1',
    'payments-dev-db',
    'no connections for weeks, db.m5.large',
  );
  add(estate, 'us-east-1', {
    identifier: 'storefront-staging-db',
    className: 'db.m5.xlarge',
    engine: 'postgres',
    storageGb: 250,
    storageType: 'gp2',
    multiAz: true,
    owner: { app: 'storefront', env: 'staging' },
    ageDays: 280,
    use: 'office-hours',
    level: 0.05,
  });
  estate.plant(
    'multi-az-outside-production',
    'rds',
    'us-east-1',
    'storefront-staging-db',
    'staging database with Multi-AZ: twice the price',
  );
  add(estate, 'sa-east-1', {
    identifier: 'intranet-db',
    className: 'db.m5.xlarge',
    engine: 'mysql',
    storageGb: 400,
    storageType: 'gp2',
    backupDays: 7,
    owner: intranet,
    ageDays: 430,
    use: 'oversized',
    level: 0.05,
  });
  estate.plant('oversized-database', 'rds', 'sa-east-1', 'intranet-db', 'db.m5.xlarge at 5 % CPU');
  add(estate, 'sa-east-1', {
    identifier: 'storefront-br-db',
    className: 'db.r6g.large',
    engine: 'postgres',
    storageGb: 200,
    storageType: 'gp3',
    multiAz: true,
    backupDays: 7,
    owner: storefront,
    ageDays: 255,
    use: 'steady',
    level: 0.36,
  });
  seedAnalyticsCluster(estate, analytics);
  const store = estate.account.store(rdsStore, 'us-east-1');
  const owner = tagList(new Map(Object.entries(tagRecord(estate, 'payments-before-migration', payments))));
  takeSnapshot(store, payment, 'payments-before-migration', 'manual', {
    createdAt: estate.ago(390),
    tags: owner,
  });
  estate.plant(
    'old-snapshot',
    'rds',
    'us-east-1',
    'payments-before-migration',
    'manual snapshot, 390 days old',
  );
  for (let day = 1; day <= 5; day++) {
    const date = new Date(estate.ago(day)).toISOString().slice(0, 10);
    takeSnapshot(store, payment, `rds:payments-db-${date}-03-12`, 'automated', {
      createdAt: estate.ago(day),
    });
  }
}

function seedAnalyticsCluster(estate: Estate, owner: Owner): void {
  const region = 'eu-west-1';
  const store = estate.account.store(rdsStore, region);
  const at = estate.ago(300);
  const tags = tagRecord(estate, 'analytics-cluster', owner);
  const members = ['analytics-cluster-1', 'analytics-cluster-2'];
  store.clusters.add(
    'analytics-cluster',
    {
      tags: new Map(Object.entries(tags)),
      storage: { gigabytes: 420, history: [{ at, type: 'aurora' }] },
      cluster: {
        StorageType: 'aurora',
        DBClusterIdentifier: 'analytics-cluster',
        DBClusterArn: store.arn('cluster', 'analytics-cluster'),
        Status: 'available',
        Engine: 'aurora-postgresql',
        EngineVersion: '16.9',
        EngineMode: 'provisioned',
        ClusterCreateTime: new Date(at),
        MultiAZ: true,
        Port: 5432,
        AllocatedStorage: 1,
        Endpoint: `analytics-cluster.cluster-aurora.${region}.rds.amazonaws.com`,
        ReaderEndpoint: `analytics-cluster.cluster-ro-aurora.${region}.rds.amazonaws.com`,
        StorageEncrypted: true,
        DeletionProtection: true,
        BackupRetentionPeriod: 7,
        MasterUsername: 'analytics',
        TagList: tagList(new Map(Object.entries(tags))),
        DBClusterMembers: members.map((DBInstanceIdentifier, i) => ({
          DBInstanceIdentifier,
          IsClusterWriter: i === 0,
          DBClusterParameterGroupStatus: 'in-sync',
          PromotionTier: 1,
        })),
      },
    },
    at,
  );
  setProfile(estate.account, 'analytics-cluster', { kind: 'steady', level: 0.3, perHour: 750_000 });
  estate.plant(
    'aurora-io-optimized',
    'rds',
    region,
    'analytics-cluster',
    'reads and writes are more than a quarter of its cost',
  );
  for (const identifier of members) {
    add(estate, region, {
      identifier,
      className: 'db.r6g.large',
      engine: 'aurora-postgresql',
      engineVersion: '16.9',
      storageGb: 1,
      clusterId: 'analytics-cluster',
      owner,
      ageDays: 300,
      use: 'office-hours',
      level: 0.3,
    });
  }
}

/** Caches and tables. */
export function seedCaches(estate: Estate): void {
  const caches = estate.account.store(cacheStore, 'us-east-1');
  const storefront: Owner = { app: 'storefront', env: 'production' };
  addCache(caches, {
    id: 'storefront-sessions',
    nodeType: 'cache.r6g.large',
    engine: 'redis',
    engineVersion: '7.1.0',
    replicas: 1,
    tags: tagRecord(estate, 'storefront-sessions', storefront),
    createdAt: estate.ago(330),
  });
  for (const id of ['storefront-sessions-001', 'storefront-sessions-002'])
    setProfile(estate.account, id, { kind: 'steady', level: 0.3, perHour: 180_000 });
  addCache(caches, {
    id: 'payments-cache-old',
    nodeType: 'cache.m5.large',
    engine: 'redis',
    engineVersion: '6.2.6',
    tags: tagRecord(estate, 'payments-cache-old', { app: 'payments', env: 'production' }),
    createdAt: estate.ago(500),
  });
  setProfile(estate.account, 'payments-cache-old', { kind: 'idle' });
  estate.plant(
    'idle-cache',
    'elasticache',
    'us-east-1',
    'payments-cache-old',
    'no connections, cache.m5.large',
  );
  const tables = estate.account.store(dynamoStore, 'us-east-1');
  addTable(tables, {
    name: 'storefront-carts',
    hashKey: 'cartId',
    gigabytes: 38,
    items: 4_100_000,
    readsPerHour: 420_000,
    writesPerHour: 160_000,
    tags: tagRecord(estate, 'storefront-carts', storefront),
    createdAt: estate.ago(330),
  });
  addTable(tables, {
    name: 'payments-idempotency',
    hashKey: 'key',
    gigabytes: 6,
    items: 900_000,
    readsPerHour: 60_000,
    writesPerHour: 60_000,
    tags: tagRecord(estate, 'payments-idempotency', { app: 'payments', env: 'production' }),
    createdAt: estate.ago(290),
  });
  addTable(tables, {
    name: 'storefront-events-v1',
    hashKey: 'eventId',
    rangeKey: 'at',
    gigabytes: 210,
    items: 88_000_000,
    provisioned: { read: 400, write: 200 },
    tags: tagRecord(estate, 'storefront-events-v1', storefront),
    createdAt: estate.ago(620),
  });
  estate.plant(
    'over-provisioned-table',
    'dynamodb',
    'us-east-1',
    'storefront-events-v1',
    '400 read and 200 write units, unused since version 2',
  );
}
