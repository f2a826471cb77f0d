import { computeType } from '../../prices/instance-sizes.ts';
import {
  balancer,
  HOURS_PER_MONTH,
  instanceHour,
  natGb,
  natHour,
  publicIpHour,
  snapshotMonth,
  transferOutGb,
  volumeMonth,
} from '../../prices/prices.ts';
import { usagePrefix } from '../../prices/regions.ts';
import { profileOf } from '../../metrics/profiles.ts';
import { ec2Store, type Ec2Store } from '../../services/ec2/store.ts';
import { elbStore } from '../../services/elbv2/store.ts';
import { volumeUsage } from '../../services/pricing/compute-products.ts';
import type { Account, World } from '../../world.ts';
import { SERVICE, type Charge, type Meter } from '../charge.ts';
import { everLived, interned, periods, tagMap } from './common.ts';

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
  const usageType = `${usagePrefix(region)}${usage}`;
  return interned(`${productCode}/${region}/${usage}/${operation}`, () => ({
    service,
    productCode,
    usageType,
    operation,
    unit,
    price,
    ...extra,
  }));
}

/** GB an instance sends to the internet per hour at full load, per `large` of size. */
const EGRESS_PER_LARGE = 0.12;

function* instanceCharges(world: World, account: Account, store: Ec2Store): Iterable<Charge> {
  const { region } = store;
  for (const { entity, endedAt } of everLived(store.instances)) {
    const { instance, history } = entity.data;
    const tags = tagMap(instance.Tags);
    const windows = instance.Platform?.toLowerCase() === 'windows';
    const profile = profileOf(world, account, entity.id);
    const base = {
      accountId: account.id,
      region,
      zone: instance.Placement?.AvailabilityZone,
      resourceId: entity.id,
      tags,
    };
    for (const { item, from, to } of periods(history, endedAt)) {
      // Charges run from pending to the end of stopping: a stopped instance costs nothing itself.
      if (item.state !== 'running' && item.state !== 'pending') continue;
      const { type } = item;
      const box = instance.InstanceLifecycle === 'spot' ? 'SpotUsage' : 'BoxUsage';
      const price = instanceHour(region, type, windows) * (box === 'SpotUsage' ? 0.34 : 1);
      const operation = windows
        ? 'RunInstances:0002'
        : box === 'SpotUsage'
          ? 'RunInstances:SV001'
          : 'RunInstances';
      const platform = windows ? 'Windows (Amazon VPC)' : 'Linux/UNIX';
      yield {
        ...base,
        meter: meter(region, SERVICE.ec2, 'AmazonEC2', `${box}:${type}`, operation, 'Hrs', price, {
          instanceType: type,
          platform,
        }),
        from,
        to,
        perHour: 1,
        pattern: 'flat',
      };
      if (profile.kind === 'idle') continue;
      const gb = EGRESS_PER_LARGE * (computeType(type)?.multiple ?? 1) * profile.level;
      yield {
        ...base,
        meter: meter(
          region,
          SERVICE.ec2Other,
          'AmazonEC2',
          'DataTransfer-Out-Bytes',
          'RunInstances',
          'GB',
          transferOutGb(region),
        ),
        from,
        to,
        perHour: gb,
        pattern: 'traffic',
      };
    }
  }
}

function* volumeCharges(account: Account, store: Ec2Store): Iterable<Charge> {
  const { region } = store;
  for (const { entity, endedAt } of everLived(store.volumes)) {
    const { volume, history } = entity.data;
    const tags = tagMap(volume.Tags);
    const base = {
      accountId: account.id,
      region,
      zone: volume.AvailabilityZone,
      resourceId: entity.id,
      tags,
      pattern: 'flat' as const,
    };
    for (const { item, from, to } of periods(history, endedAt)) {
      if (item.size <= 0) continue;
      const price = volumeMonth(region, item.type);
      const operation = 'CreateVolume';
      yield {
        ...base,
        meter: meter(
          region,
          SERVICE.ec2Other,
          'AmazonEC2',
          volumeUsage(item.type),
          `${operation}-${item.type}`,
          'GB-Mo',
          price.gb,
        ),
        from,
        to,
        perHour: item.size / HOURS_PER_MONTH,
      };
      const free = item.type === 'gp3' ? 3000 : 0;
      const iops = price.iops > 0 ? Math.max(0, (item.iops ?? 0) - free) : 0;
      if (iops > 0) {
        yield {
          ...base,
          meter: meter(
            region,
            SERVICE.ec2Other,
            'AmazonEC2',
            `EBS:VolumeP-IOPS.${item.type === 'io1' ? 'piops' : item.type}`,
            operation,
            'IOPS-Mo',
            price.iops,
          ),
          from,
          to,
          perHour: iops / HOURS_PER_MONTH,
        };
      }
      const extra = item.type === 'gp3' ? Math.max(0, (item.throughput ?? 125) - 125) : 0;
      if (extra > 0) {
        const usage = 'EBS:VolumeP-Throughput.gp3';
        yield {
          ...base,
          meter: meter(
            region,
            SERVICE.ec2Other,
            'AmazonEC2',
            usage,
            operation,
            'GiBps-mo',
            price.mibps * 1024,
          ),
          from,
          to,
          perHour: extra / 1024 / HOURS_PER_MONTH,
        };
      }
    }
  }
}

/** Part of a volume's size its snapshot holds: only written blocks count. */
const SNAPSHOT_FILL = 0.55;

function* otherCharges(world: World, account: Account, store: Ec2Store): Iterable<Charge> {
  const { region } = store;
  const base = { accountId: account.id, region, pattern: 'flat' as const };
  const snapshotMeter = meter(
    region,
    SERVICE.ec2Other,
    'AmazonEC2',
    'EBS:SnapshotUsage',
    'CreateSnapshot',
    'GB-Mo',
    snapshotMonth(region),
  );
  const archiveMeter = meter(
    region,
    SERVICE.ec2Other,
    'AmazonEC2',
    'EBS:SnapshotArchiveStorage',
    'CreateSnapshot',
    'GB-Mo',
    snapshotMonth(region) / 4,
  );
  for (const { entity, endedAt } of everLived(store.snapshots)) {
    const { data } = entity;
    const perHour = ((data.VolumeSize ?? 0) * SNAPSHOT_FILL) / HOURS_PER_MONTH;
    const began = { at: data.StartTime?.getTime() ?? entity.createdAt, tier: 'standard' };
    const tags = tagMap(data.Tags);
    for (const { item, from, to } of periods(store.snapshotTiers.get(entity.id) ?? [began], endedAt)) {
      const meter = item.tier === 'archive' ? archiveMeter : snapshotMeter;
      yield { ...base, meter, resourceId: entity.id, tags, from, to, perHour };
    }
  }
  for (const { entity, endedAt } of everLived(store.addresses)) {
    const idle = entity.data.AssociationId === undefined;
    const usage = idle ? 'PublicIPv4:IdleAddress' : 'PublicIPv4:InUseAddress';
    yield {
      ...base,
      meter: meter(
        region,
        SERVICE.vpc,
        'AmazonVPC',
        usage,
        idle ? 'AllocateAddress' : 'AssociateAddressVPC',
        'Hrs',
        publicIpHour(region),
      ),
      resourceId: entity.id,
      tags: tagMap(entity.data.Tags),
      from: entity.createdAt,
      to: endedAt,
      perHour: 1,
    };
  }
  for (const { entity, endedAt } of everLived(store.natGateways)) {
    const { data } = entity;
    const common = {
      ...base,
      resourceId: entity.id,
      tags: tagMap(data.Tags),
      from: data.CreateTime?.getTime() ?? entity.createdAt,
      to: data.DeleteTime?.getTime() ?? endedAt,
    };
    yield {
      ...common,
      meter: meter(
        region,
        SERVICE.ec2Other,
        'AmazonEC2',
        'NatGateway-Hours',
        'NatGateway',
        'Hrs',
        natHour(region),
      ),
      perHour: 1,
    };
    if (profileOf(world, account, entity.id).kind === 'idle') continue;
    yield {
      ...common,
      meter: meter(
        region,
        SERVICE.ec2Other,
        'AmazonEC2',
        'NatGateway-Bytes',
        'NatGateway',
        'GB',
        natGb(region),
      ),
      perHour: 1.4,
      pattern: 'traffic',
    };
  }
}

function* balancerCharges(world: World, account: Account): Iterable<Charge> {
  for (const [region, store] of account.storesOf(elbStore)) {
    for (const { entity, endedAt } of everLived(store.loadBalancers)) {
      const { data } = entity;
      const kind = data.Type === 'network' ? 'Network' : data.Type === 'gateway' ? 'Gateway' : 'Application';
      const price = balancer(region, kind.toLowerCase());
      const operation = `LoadBalancing:${kind}`;
      const common = {
        accountId: account.id,
        region,
        resourceId: entity.id,
        tags: store.tags.get(entity.id) ?? new Map<string, string>(),
        from: entity.createdAt,
        to: endedAt,
      };
      yield {
        ...common,
        meter: meter(region, SERVICE.elb, 'AWSELB', 'LoadBalancerUsage', operation, 'Hrs', price.hour),
        perHour: 1,
        pattern: 'flat',
      };
      const profile = profileOf(world, account, entity.id);
      // One unit covers 25 new connections per second; an idle balancer uses next to none.
      const units = profile.kind === 'idle' ? 0 : profile.perHour / 9000;
      if (units > 0)
        yield {
          ...common,
          meter: meter(region, SERVICE.elb, 'AWSELB', 'LCUUsage', operation, 'LCU-Hrs', price.unit),
          perHour: units,
          pattern: 'traffic',
        };
    }
  }
}

/** Instances, volumes, snapshots, addresses, NAT gateways and load balancers. */
export function* ec2Charges(world: World, account: Account): Iterable<Charge> {
  for (const [, store] of account.storesOf(ec2Store)) {
    yield* instanceCharges(world, account, store);
    yield* volumeCharges(account, store);
    yield* otherCharges(world, account, store);
  }
  yield* balancerCharges(world, account);
}
