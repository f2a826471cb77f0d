import { cacheStore } from '../../aws/services/elasticache/store.ts';
import { dynamoStore } from '../../aws/services/dynamodb/service.ts';
import { eksStore } from '../../aws/services/eks/service.ts';
import { lambdaStore } from '../../aws/services/lambda/store.ts';
import { logsStore } from '../../aws/services/logs/service.ts';
import { rdsStore } from '../../aws/services/rds/store.ts';
import { s3Store } from '../../aws/services/s3/store.ts';
import { shelfStore } from '../../aws/services/shelf.ts';
import type { Account } from '../../aws/world.ts';
import { seedBilling } from './billing.ts';
import { seedFleets, seedNetworkExtras } from './fleets.ts';
import { seedPlatforms } from './platforms.ts';
import { seedWorkplace } from './workplace.ts';
import { seedCaches, seedDatabases } from './databases.ts';
import type { Estate, Network } from './estate.ts';
import { seedFunctions, seedKubernetes } from './serverless.ts';
import { seedBuckets, seedLogGroups } from './storage.ts';

/** The managed services of the estate and its bill; `network` is where the cluster runs. */
export function seedManaged(estate: Estate, network: Network): void {
  seedDatabases(estate);
  seedCaches(estate);
  seedBuckets(estate);
  seedLogGroups(estate);
  seedFunctions(estate);
  seedKubernetes(estate, network);
  seedFleets(estate, network);
  seedNetworkExtras(estate, network);
  seedPlatforms(estate);
  seedWorkplace(estate);
  seedBilling(estate);
}

/** Number of managed resources by kind. */
export function countManaged(account: Account): Record<string, number> {
  const counts: Record<string, number> = { 's3:bucket': account.store(s3Store, 'aws-global').buckets.size };
  const add = (kind: string, count: number): void => {
    counts[kind] = (counts[kind] ?? 0) + count;
  };
  for (const [, store] of account.storesOf(rdsStore)) {
    add('rds:db', store.instances.size);
    add('rds:cluster', store.clusters.size);
    add('rds:snapshot', store.snapshots.size);
  }
  for (const [, shelf] of account.storesOf(shelfStore))
    for (const items of shelf.collections())
      for (const { data } of items.list()) add(data.kind.name.replace('.', ':'), 1);
  for (const [, store] of account.storesOf(lambdaStore)) add('lambda:function', store.functions.size);
  for (const [, store] of account.storesOf(eksStore)) add('eks:cluster', store.clusters.size);
  for (const [, store] of account.storesOf(dynamoStore)) add('dynamodb:table', store.tables.size);
  for (const [, store] of account.storesOf(cacheStore)) add('elasticache:cluster', store.clusters.size);
  for (const [, store] of account.storesOf(logsStore)) add('logs:log-group', store.groups.size);
  return counts;
}
