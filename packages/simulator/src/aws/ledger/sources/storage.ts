import { HOURS_PER_MONTH, logs, objectMonth, objectRequest, transferOutGb } from '../../prices/prices.ts';
import { usagePrefix } from '../../prices/regions.ts';
import { logsStore, storedGb } from '../../services/logs/service.ts';
import { storageUsage } from '../../services/pricing/storage-products.ts';
import { s3Store, type Bucket } from '../../services/s3/store.ts';
import type { Account, World } from '../../world.ts';
import type { BillingStore } from '../billing.ts';
import { SERVICE, type Charge, type Meter } from '../charge.ts';
import { everLived, interned, periods } from './common.ts';

const NO_TAGS: ReadonlyMap<string, string> = new Map();
const DAY_MS = 86_400_000;
const MONTHS_SHOWN = 15;

function s3Meter(region: string, usage: string, operation: string, unit: string, price: number): Meter {
  return interned(`s3/${region}/${usage}/${operation}`, () => ({
    service: SERVICE.s3,
    productCode: 'AmazonS3',
    usageType: `${usagePrefix(region)}${usage}`,
    operation,
    unit,
    price,
  }));
}

/** Months around now as [start, end) pairs: what grows is charged at each month's mean. */
function* months(now: number): Iterable<readonly [number, number]> {
  const date = new Date(now);
  for (let i = -MONTHS_SHOWN; i <= 0; i++) {
    yield [
      Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + i, 1),
      Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + i + 1, 1),
    ];
  }
}

/** The part of a class's data that is there at a moment, given its growth. */
function grown(today: number, total: number, growthPerDay: number, anchor: number, at: number): number {
  if (total <= 0) return 0;
  return Math.max(0, total + (growthPerDay * (at - anchor)) / DAY_MS) * (today / total);
}

function* bulkCharges(bucket: Bucket, billing: BillingStore, now: number): Iterable<Charge> {
  const { bulk, region } = bucket;
  if (!bulk) return;
  const end = bucket.deletedAt ?? Number.POSITIVE_INFINITY;
  const base = { accountId: bucket.accountId, region, resourceId: bucket.name, tags: bucket.tags ?? NO_TAGS };
  const total = Object.values(bulk.gigabytes).reduce((sum, gb) => sum + gb, 0);
  for (const [storageClass, gb] of Object.entries(bulk.gigabytes)) {
    const meter = s3Meter(
      region,
      storageUsage(storageClass),
      `${storageClass}Storage`,
      'GB-Mo',
      objectMonth(region, storageClass),
    );
    for (const [start, stop] of months(now)) {
      const from = Math.max(start, bucket.createdAt);
      const to = Math.min(stop, end);
      const mean = grown(gb, total, bulk.growthPerDay, billing.anchor, (start + stop) / 2);
      if (to > from && mean > 0)
        yield { ...base, meter, from, to, perHour: mean / HOURS_PER_MONTH, pattern: 'flat' };
    }
  }
  const common = { ...base, from: bucket.createdAt, to: end, pattern: 'traffic' as const };
  const request = objectRequest(region);
  if (bulk.putsPerHour > 0)
    yield {
      ...common,
      meter: s3Meter(region, 'Requests-Tier1', 'PutObject', 'Requests', request.put),
      perHour: bulk.putsPerHour,
    };
  if (bulk.getsPerHour > 0)
    yield {
      ...common,
      meter: s3Meter(region, 'Requests-Tier2', 'GetObject', 'Requests', request.get),
      perHour: bulk.getsPerHour,
    };
  if (bulk.egressPerHour > 0)
    yield {
      ...common,
      meter: s3Meter(region, 'DataTransfer-Out-Bytes', 'GetObject', 'GB', transferOutGb(region)),
      perHour: bulk.egressPerHour,
    };
}

function* objectCharges(bucket: Bucket): Iterable<Charge> {
  const meter = s3Meter(
    bucket.region,
    storageUsage('STANDARD'),
    'StandardStorage',
    'GB-Mo',
    objectMonth(bucket.region, 'STANDARD'),
  );
  for (const { item, from, to } of periods(bucket.history, bucket.deletedAt ?? Number.POSITIVE_INFINITY)) {
    if (item.gigabytes > 0)
      yield {
        meter,
        accountId: bucket.accountId,
        region: bucket.region,
        resourceId: bucket.name,
        tags: bucket.tags ?? NO_TAGS,
        from,
        to,
        perHour: item.gigabytes / HOURS_PER_MONTH,
        pattern: 'flat',
      };
  }
}

function* logCharges(account: Account, now: number): Iterable<Charge> {
  for (const [region, store] of account.storesOf(logsStore)) {
    const price = logs(region);
    const cloudwatch = (usage: string, operation: string, unit: string, usd: number): Meter =>
      interned(`logs/${region}/${usage}`, () => ({
        service: SERVICE.cloudwatch,
        productCode: 'AmazonCloudWatch',
        usageType: `${usagePrefix(region)}${usage}`,
        operation,
        unit,
        price: usd,
      }));
    for (const {
      entity: { data },
      endedAt,
    } of everLived(store.groups)) {
      if (data.ingestPerDay <= 0) continue;
      const base = { accountId: account.id, region, resourceId: data.arn, tags: data.tags };
      yield {
        ...base,
        meter: cloudwatch('DataProcessing-Bytes', 'PutLogEvents', 'GB', price.ingest),
        from: data.createdAt,
        to: endedAt,
        perHour: data.ingestPerDay / 24,
        pattern: 'traffic',
      };
      for (const [start, stop] of months(now)) {
        const from = Math.max(start, data.createdAt);
        const to = Math.min(stop, endedAt);
        const gb = storedGb(data, (start + stop) / 2);
        if (to > from && gb > 0)
          yield {
            ...base,
            meter: cloudwatch('TimedStorage-ByteHrs', 'HourlyStorageMetering', 'GB-Mo', price.stored),
            from,
            to,
            perHour: gb / HOURS_PER_MONTH,
            pattern: 'flat',
          };
      }
    }
  }
}

/** S3 buckets and log groups. */
export function* storageCharges(world: World, account: Account, billing: BillingStore): Iterable<Charge> {
  const now = world.clock.now();
  const store = account.store(s3Store, 'aws-global');
  for (const bucket of [...store.buckets.values(), ...store.buried]) {
    yield* bulkCharges(bucket, billing, now);
    yield* objectCharges(bucket);
  }
  yield* logCharges(account, now);
}
