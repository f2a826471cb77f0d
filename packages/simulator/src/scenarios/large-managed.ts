import { addTable, dynamoStore } from '../aws/services/dynamodb/service.ts';
import { addFunction, lambdaStore } from '../aws/services/lambda/store.ts';
import { addLogGroup, logsStore } from '../aws/services/logs/service.ts';
import { addDatabase } from '../aws/services/rds/build.ts';
import { rdsStore } from '../aws/services/rds/store.ts';
import { newBucket, s3Store } from '../aws/services/s3/store.ts';
import type { Account, World } from '../aws/world.ts';
import { SeededRandom } from '../random.ts';

const DAY = 86_400_000;
const CLASSES = ['db.t3.medium', 'db.m5.large', 'db.r6g.large', 'db.r6g.xlarge'];
const RUNTIMES = ['nodejs22.x', 'python3.12', 'python3.9', 'java21'];
const APPS = ['storefront', 'payments', 'analytics', 'intranet', 'search', 'mobile', 'risk', 'identity'];

/** Managed resources per account and region. */
export const MANAGED_PER_REGION = {
  databases: 8,
  functions: 20,
  logGroups: 20,
  tables: 4,
  buckets: 10,
} as const;

/** Adds databases, functions, log groups, tables and buckets to one region of an account. */
export function fillManaged(world: World, account: Account, region: string): void {
  const random = SeededRandom.of(world.seed, 'large-managed', account.id, region);
  const now = world.clock.now();
  const born = (): number => now - random.integer(1, 700) * DAY;
  const tags = (): Record<string, string> => ({
    app: random.pick(APPS),
    env: random.pick(['production', 'staging', 'development']),
    'cost-center': `CC-${random.integer(1000, 1040)}`,
  });
  const rds = account.store(rdsStore, region);
  for (let i = 0; i < MANAGED_PER_REGION.databases; i++) {
    addDatabase(rds, {
      identifier: `database-${i}`,
      className: random.pick(CLASSES),
      engine: 'postgres',
      engineVersion: '16.10',
      storageGb: random.integer(20, 800),
      storageType: 'gp3',
      multiAz: random.next() < 0.3,
      tags: tags(),
      createdAt: born(),
    });
  }
  const lambda = account.store(lambdaStore, region);
  const logs = account.store(logsStore, region);
  for (let i = 0; i < MANAGED_PER_REGION.functions; i++) {
    const createdAt = born();
    addFunction(lambda, {
      name: `function-${i}`,
      runtime: random.pick(RUNTIMES),
      handler: 'index.handler',
      role: `arn:aws:iam::${account.id}:role/lambda`,
      codeSize: random.integer(2000, 9_000_000),
      codeSha256: random.hex(43),
      memoryMb: random.pick([128, 256, 512, 1024]),
      tags: tags(),
      createdAt,
    });
    const retention = random.next() < 0.5 ? { retentionDays: 30 } : {};
    addLogGroup(logs, {
      name: `/aws/lambda/function-${i}`,
      ingestPerDay: random.next() * 2,
      tags: tags(),
      createdAt,
      ...retention,
    });
  }
  const tables = account.store(dynamoStore, region);
  for (let i = 0; i < MANAGED_PER_REGION.tables; i++) {
    addTable(tables, {
      name: `table-${i}`,
      hashKey: 'id',
      gigabytes: random.integer(1, 200),
      items: random.integer(1000, 9_000_000),
      readsPerHour: random.integer(0, 90_000),
      writesPerHour: random.integer(0, 30_000),
      tags: tags(),
      createdAt: born(),
    });
  }
  const buckets = account.store(s3Store, 'aws-global').buckets;
  for (let i = 0; i < MANAGED_PER_REGION.buckets; i++) {
    const bucket = newBucket(`large-${account.id}-${region}-${i}`, account.id, region, born());
    bucket.tags = new Map(Object.entries(tags()));
    bucket.bulk = {
      gigabytes: { STANDARD: random.integer(1, 4000) },
      objects: random.integer(10, 5_000_000),
      growthPerDay: random.next() * 3,
      putsPerHour: random.integer(0, 2000),
      getsPerHour: random.integer(0, 20_000),
      egressPerHour: random.next(),
    };
    buckets.set(bucket.name, bucket);
  }
}

/** How many managed resources {@link fillManaged} made in a number of places, by kind. */
export function managedCounts(places: number): Record<string, number> {
  const { databases, functions, logGroups, tables, buckets } = MANAGED_PER_REGION;
  return {
    'rds:db': databases * places,
    'lambda:function': functions * places,
    'logs:log-group': logGroups * places,
    'dynamodb:table': tables * places,
    's3:bucket': buckets * places,
  };
}
