import { regional, usagePrefix } from '../../prices/regions.ts';
import { HOURS_PER_MONTH, instanceHour } from '../../prices/prices.ts';
import { profileOf } from '../../metrics/profiles.ts';
import { ec2Store, type Ec2Store } from '../../services/ec2/store.ts';
import { rdsStore } from '../../services/rds/store.ts';
import { shelfStore, type Shelf } from '../../services/shelf.ts';
import type { Account, World } from '../../world.ts';
import { SERVICE, type Charge, type Meter } from '../charge.ts';
import { everLived, interned, periods, tagMap } from './common.ts';

/** Things that are simulated thinly: each tells its own rates. */
function* shelfCharges(account: Account, shelf: Shelf): Iterable<Charge> {
  const { region } = shelf;
  for (const items of shelf.collections()) {
    for (const { entity, endedAt } of everLived(items)) {
      const { arn, tags, history } = entity.data;
      for (const { item, from, to } of periods(history, endedAt)) {
        for (const { perHour, pattern = 'flat', usage, ...rate } of item.rates) {
          if (perHour <= 0) continue;
          const meter: Meter = interned(
            `${rate.productCode}/${region}/${usage}/${rate.operation}/${rate.price}`,
            () => ({ ...rate, usageType: `${usagePrefix(region)}${usage}` }),
          );
          yield { meter, accountId: account.id, region, resourceId: arn, tags, from, to, perHour, pattern };
        }
      }
    }
  }
}

/** Endpoints, links and reserved capacity of EC2. */
function* networkCharges(account: Account, store: Ec2Store): Iterable<Charge> {
  const { region } = store;
  const meter = (
    service: string,
    productCode: string,
    usage: string,
    operation: string,
    price: number,
    unit = 'Hrs',
  ): Meter =>
    interned(`${productCode}/${region}/${usage}/${operation}/${price}`, () => ({
      service,
      productCode,
      usageType: `${usagePrefix(region)}${usage}`,
      operation,
      unit,
      price,
    }));
  const base = { accountId: account.id, region, pattern: 'flat' as const };
  for (const { entity, endedAt } of everLived(store.vpcEndpoints)) {
    const { data } = entity;
    if (data.VpcEndpointType !== 'Interface') continue;
    yield {
      ...base,
      meter: meter(
        SERVICE.vpc,
        'AmazonVPC',
        'VpcEndpoint-Hours',
        'VpcEndpoint',
        regional(region, 'uniform', 0.01),
      ),
      resourceId: entity.id,
      tags: tagMap(data.Tags),
      from: entity.createdAt,
      to: endedAt,
      perHour: data.SubnetIds?.length ?? 1,
    };
  }
  for (const { entity, endedAt } of everLived(store.vpnConnections)) {
    yield {
      ...base,
      meter: meter(
        SERVICE.vpc,
        'AmazonVPC',
        'VPN-Usage-Hours:ipsec.1',
        'CreateVpnConnection',
        regional(region, 'uniform', 0.05),
      ),
      resourceId: entity.id,
      tags: tagMap(entity.data.Tags),
      from: entity.createdAt,
      to: endedAt,
      perHour: 1,
    };
  }
  for (const { entity, endedAt } of everLived(store.transitAttachments)) {
    yield {
      ...base,
      meter: meter(
        SERVICE.vpc,
        'AmazonVPC',
        'TransitGateway-Hours',
        'TransitGatewayVPC',
        regional(region, 'uniform', 0.05),
      ),
      resourceId: entity.id,
      tags: tagMap(entity.data.Tags),
      from: entity.createdAt,
      to: endedAt,
      perHour: 1,
    };
  }
  for (const { entity, endedAt } of everLived(store.capacityReservations)) {
    const { data } = entity;
    const unused = data.AvailableInstanceCount ?? 0;
    if (unused === 0) continue;
    const type = data.InstanceType ?? 'm5.large';
    yield {
      ...base,
      meter: meter(SERVICE.ec2, 'AmazonEC2', `UnusedBox:${type}`, 'RunInstances', instanceHour(region, type)),
      zone: data.AvailabilityZone,
      resourceId: entity.id,
      tags: tagMap(data.Tags),
      from: entity.createdAt,
      to: endedAt,
      perHour: unused,
    };
  }
  for (const { entity, endedAt } of everLived(store.hosts)) {
    const { data } = entity;
    const family = data.HostProperties?.InstanceFamily ?? 'm5';
    // A host costs a tenth more than the largest machine of its family.
    const price = Number((instanceHour(region, `${family}.24xlarge`) * 1.1).toPrecision(6));
    yield {
      ...base,
      meter: meter(SERVICE.ec2, 'AmazonEC2', `HostUsage:${family}`, 'RunInstances', price),
      zone: data.AvailabilityZone,
      resourceId: entity.id,
      tags: tagMap(data.Tags),
      from: entity.createdAt,
      to: endedAt,
      perHour: 1,
    };
  }
}

/** Storage and reads and writes of Aurora; with I/O-Optimized storage reads and writes are free. */
function* auroraCharges(world: World, account: Account): Iterable<Charge> {
  for (const [region, store] of account.storesOf(rdsStore)) {
    for (const { entity, endedAt } of everLived(store.clusters)) {
      const { cluster, tags, storage } = entity.data;
      if (!storage || !cluster.Engine?.startsWith('aurora')) continue;
      const base = {
        accountId: account.id,
        region,
        resourceId: cluster.DBClusterArn ?? entity.id,
        tags,
      };
      for (const { item, from, to } of periods(storage.history, endedAt)) {
        const optimized = item.type === 'aurora-iopt1';
        const meter = (usage: string, unit: string, price: number): Meter =>
          interned(`rds/${region}/${usage}`, () => ({
            service: SERVICE.rds,
            productCode: 'AmazonRDS',
            usageType: `${usagePrefix(region)}${usage}`,
            operation: 'CreateDBInstance:0021',
            unit,
            price,
          }));
        yield {
          ...base,
          from,
          to,
          meter: optimized
            ? meter('Aurora:IO-OptimizedStorageUsage', 'GB-Mo', regional(region, 'database-storage', 0.225))
            : meter('Aurora:StorageUsage', 'GB-Mo', regional(region, 'database-storage', 0.1)),
          perHour: storage.gigabytes / HOURS_PER_MONTH,
          pattern: 'flat',
        };
        if (optimized) continue;
        const { perHour } = profileOf(world, account, entity.id);
        yield {
          ...base,
          from,
          to,
          meter: meter('Aurora:StorageIOUsage', 'IOs', regional(region, 'database-storage', 0.0000002)),
          perHour: perHour * 2,
          pattern: 'traffic',
        };
      }
    }
  }
}

/** Endpoints, links, reserved capacity, Aurora's storage and the thinly simulated services. */
export function* furtherCharges(world: World, account: Account): Iterable<Charge> {
  for (const [, store] of account.storesOf(ec2Store)) yield* networkCharges(account, store);
  for (const [, shelf] of account.storesOf(shelfStore)) yield* shelfCharges(account, shelf);
  yield* auroraCharges(world, account);
}
