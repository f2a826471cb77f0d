import {
  cacheHour,
  eksHour,
  HOURS_PER_MONTH,
  lambdaGbSecond,
  lambdaRequest,
  table,
} from '../../prices/prices.ts';
import { usagePrefix } from '../../prices/regions.ts';
import { profileOf } from '../../metrics/profiles.ts';
import { dynamoStore } from '../../services/dynamodb/service.ts';
import { eksStore } from '../../services/eks/service.ts';
import { cacheStore } from '../../services/elasticache/store.ts';
import { lambdaStore } from '../../services/lambda/store.ts';
import type { Account, World } from '../../world.ts';
import { SERVICE, type Charge, type Meter } from '../charge.ts';
import { everLived, interned, periods } from './common.ts';

function meter(
  region: string,
  service: string,
  productCode: string,
  usage: string,
  operation: string,
  unit: string,
  price: number,
  extra: Partial<Meter> = {},
): Meter {
  return interned(`${productCode}/${region}/${usage}/${operation}/${price}`, () => ({
    service,
    productCode,
    usageType: `${usagePrefix(region)}${usage}`,
    operation,
    unit,
    price,
    ...extra,
  }));
}

/** Holding memory ready costs this part of using it. */
const PROVISIONED_SHARE = 0.25;

function* lambdaCharges(world: World, account: Account): Iterable<Charge> {
  for (const [region, store] of account.storesOf(lambdaStore)) {
    for (const { entity, endedAt } of everLived(store.functions)) {
      const { configuration, history, tags } = entity.data;
      const profile = profileOf(world, account, entity.id);
      const base = {
        accountId: account.id,
        region,
        resourceId: configuration.FunctionArn ?? entity.id,
        tags,
        pattern: 'traffic' as const,
      };
      for (const { item, from, to } of periods(history, endedAt)) {
        if (item.deleted) continue;
        const arm = item.architecture === 'arm64' ? '-ARM' : '';
        if (item.provisioned > 0)
          yield {
            ...base,
            meter: meter(
              region,
              SERVICE.lambda,
              'AWSLambda',
              `Lambda-Provisioned-Concurrency${arm}`,
              'Provisioned',
              'Lambda-GB-Second',
              lambdaGbSecond(region, item.architecture) * PROVISIONED_SHARE,
            ),
            from,
            to,
            perHour: (item.provisioned * item.memoryMb * 3600) / 1024,
            pattern: 'flat',
          };
        if (profile.kind === 'idle') continue;
        const gbSeconds = (profile.perHour * profile.durationMs * item.memoryMb) / 1000 / 1024;
        yield {
          ...base,
          meter: meter(
            region,
            SERVICE.lambda,
            'AWSLambda',
            `Request${arm}`,
            'Invoke',
            'Requests',
            lambdaRequest(region),
          ),
          from,
          to,
          perHour: profile.perHour,
        };
        yield {
          ...base,
          meter: meter(
            region,
            SERVICE.lambda,
            'AWSLambda',
            `Lambda-GB-Second${arm}`,
            'Invoke',
            'Lambda-GB-Second',
            lambdaGbSecond(region, item.architecture),
          ),
          from,
          to,
          perHour: gbSeconds,
        };
      }
    }
  }
}

function* dynamoCharges(account: Account): Iterable<Charge> {
  for (const [region, store] of account.storesOf(dynamoStore)) {
    const price = table(region);
    const dynamo = (usage: string, operation: string, unit: string, usd: number): Meter =>
      meter(region, SERVICE.dynamodb, 'AmazonDynamoDB', usage, operation, unit, usd);
    for (const { entity, endedAt } of everLived(store.tables)) {
      const { data } = entity;
      const base = {
        accountId: account.id,
        region,
        resourceId: data.table.TableArn ?? entity.id,
        tags: data.tags,
        from: entity.createdAt,
        to: endedAt,
      };
      yield {
        ...base,
        meter: dynamo('TimedStorage-ByteHrs', 'StandardStorage', 'GB-Mo', price.gb),
        perHour: data.gigabytes / HOURS_PER_MONTH,
        pattern: 'flat',
      };
      for (const { item, from, to } of periods(data.history, endedAt)) {
        const rates = item.provisioned
          ? ([
              ['ReadCapacityUnit-Hrs', 'CommittedThroughput', price.readHour, item.provisioned.read, 'flat'],
              [
                'WriteCapacityUnit-Hrs',
                'CommittedThroughput',
                price.writeHour,
                item.provisioned.write,
                'flat',
              ],
            ] as const)
          : ([
              ['ReadRequestUnits', 'PayPerRequestThroughput', price.read, data.readsPerHour, 'traffic'],
              ['WriteRequestUnits', 'PayPerRequestThroughput', price.write, data.writesPerHour, 'traffic'],
            ] as const);
        for (const [usage, operation, usd, perHour, pattern] of rates)
          if (perHour > 0)
            yield { ...base, from, to, meter: dynamo(usage, operation, usage, usd), perHour, pattern };
      }
    }
  }
}

function* cacheCharges(account: Account): Iterable<Charge> {
  for (const [region, store] of account.storesOf(cacheStore)) {
    for (const { entity, endedAt } of everLived(store.clusters)) {
      const { cluster, tags, history } = entity.data;
      const engine = cluster.Engine ?? 'redis';
      for (const { item, from, to } of periods(history, endedAt)) {
        const { type } = item;
        const price = Number((cacheHour(region, type) * (engine === 'valkey' ? 0.8 : 1)).toPrecision(6));
        const operation = `CreateCacheCluster:${engine === 'memcached' ? '0001' : '0002'}`;
        yield {
          meter: meter(
            region,
            SERVICE.elasticache,
            'AmazonElastiCache',
            `NodeUsage:${type}`,
            operation,
            'Hrs',
            price,
            {
              instanceType: type,
              cacheEngine: engine === 'valkey' ? 'Valkey' : engine === 'memcached' ? 'Memcached' : 'Redis',
            },
          ),
          accountId: account.id,
          region,
          zone: cluster.PreferredAvailabilityZone,
          resourceId: cluster.ARN ?? entity.id,
          tags,
          from,
          to,
          perHour: cluster.NumCacheNodes ?? 1,
          pattern: 'flat',
        };
      }
    }
  }
}

function* eksCharges(account: Account): Iterable<Charge> {
  for (const [region, store] of account.storesOf(eksStore)) {
    const perCluster = meter(
      region,
      SERVICE.eks,
      'AmazonEKS',
      'AmazonEKS-Hours:perCluster',
      'CreateOperation',
      'Hours',
      eksHour(region),
    );
    for (const { entity, endedAt } of everLived(store.clusters)) {
      const { cluster } = entity.data;
      yield {
        meter: perCluster,
        accountId: account.id,
        region,
        resourceId: cluster.arn ?? entity.id,
        tags: new Map(Object.entries(cluster.tags ?? {})),
        from: entity.createdAt,
        to: endedAt,
        perHour: 1,
        pattern: 'flat',
      };
    }
  }
}

/** Functions, tables, caches and clusters. */
export function* managedCharges(world: World, account: Account): Iterable<Charge> {
  yield* lambdaCharges(world, account);
  yield* dynamoCharges(account);
  yield* cacheCharges(account);
  yield* eksCharges(account);
}
