import { storeObject } from '../../aws/services/s3/objects.ts';
import { newBucket, s3Store, type BulkData } from '../../aws/services/s3/store.ts';
import { addLogGroup, logsStore } from '../../aws/services/logs/service.ts';
import type { Estate, Owner } from './estate.ts';
import { tagRecord } from './tags.ts';

interface BucketPlan {
  readonly name: string;
  readonly region: string;
  readonly owner: Owner | undefined;
  readonly ageDays: number;
  readonly bulk: Partial<BulkData>;
  readonly versioned?: boolean;
  /** Days after which objects expire or move; absent means no lifecycle rule. */
  readonly lifecycleDays?: number;
  readonly isPublic?: boolean;
}

function addBucket(estate: Estate, plan: BucketPlan): void {
  const bucket = newBucket(plan.name, estate.account.id, plan.region, estate.ago(plan.ageDays));
  if (plan.owner) bucket.tags = new Map(Object.entries(tagRecord(estate, plan.name, plan.owner)));
  if (plan.versioned) bucket.versioning = 'Enabled';
  if (plan.isPublic)
    bucket.publicAccessBlock = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    };
  if (plan.isPublic)
    bucket.policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${plan.name}/*` },
      ],
    });
  if (plan.lifecycleDays !== undefined) {
    bucket.lifecycle = [
      {
        ID: 'archive',
        Status: 'Enabled',
        Filter: { Prefix: '' },
        Transitions: [{ Days: plan.lifecycleDays, StorageClass: 'STANDARD_IA' }],
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ];
  }
  bucket.bulk = {
    gigabytes: {},
    objects: 0,
    growthPerDay: 0,
    putsPerHour: 0,
    getsPerHour: 0,
    egressPerHour: 0,
    ...plan.bulk,
  };
  estate.account.store(s3Store, 'aws-global').buckets.set(plan.name, bucket);
  storeObject(
    bucket,
    { key: 'README.txt', body: Buffer.from(`${plan.name}\n`), contentType: 'text/plain' },
    bucket.createdAt,
  );
}

/** Buckets with believable volumes; one grows without a lifecycle, one is public, one has no tags. */
export function seedBuckets(estate: Estate): void {
  const storefront: Owner = { app: 'storefront', env: 'production' };
  const payments: Owner = { app: 'payments', env: 'production' };
  const analytics: Owner = { app: 'analytics', env: 'production' };
  addBucket(estate, {
    name: 'aurora-storefront-media',
    region: 'us-east-1',
    owner: storefront,
    ageDays: 540,
    isPublic: true,
    lifecycleDays: 90,
    bulk: {
      gigabytes: { STANDARD: 2100, STANDARD_IA: 1400 },
      objects: 5_200_000,
      growthPerDay: 3.5,
      putsPerHour: 1400,
      getsPerHour: 220_000,
      egressPerHour: 3.4,
    },
  });
  addBucket(estate, {
    name: 'aurora-storefront-media-br',
    region: 'sa-east-1',
    owner: storefront,
    ageDays: 260,
    lifecycleDays: 90,
    bulk: {
      gigabytes: { STANDARD: 640 },
      objects: 1_500_000,
      growthPerDay: 1.8,
      putsPerHour: 500,
      getsPerHour: 90_000,
      egressPerHour: 1.1,
    },
  });
  addBucket(estate, {
    name: 'aurora-payments-archive',
    region: 'us-east-1',
    owner: payments,
    ageDays: 500,
    versioned: true,
    lifecycleDays: 30,
    bulk: {
      gigabytes: { STANDARD: 120, STANDARD_IA: 800, GLACIER: 2600 },
      objects: 9_000_000,
      growthPerDay: 4,
      putsPerHour: 3000,
      getsPerHour: 200,
    },
  });
  addBucket(estate, {
    name: 'aurora-analytics-lake',
    region: 'eu-west-1',
    owner: analytics,
    ageDays: 380,
    bulk: {
      gigabytes: { STANDARD: 14_500 },
      objects: 2_300_000,
      growthPerDay: 28,
      putsPerHour: 9000,
      getsPerHour: 60_000,
      egressPerHour: 0.6,
    },
  });
  estate.plant(
    'bucket-without-lifecycle',
    's3',
    'eu-west-1',
    'aurora-analytics-lake',
    '14.5 TB in STANDARD growing 28 GB a day, no lifecycle rule',
  );
  addBucket(estate, {
    name: 'aurora-logs-2023',
    region: 'us-east-1',
    owner: undefined,
    ageDays: 900,
    bulk: { gigabytes: { STANDARD: 3800 }, objects: 41_000_000 },
  });
  estate.plant(
    'cold-bucket',
    's3',
    'us-east-1',
    'aurora-logs-2023',
    '3.8 TB in STANDARD, not read for months, no tags',
  );
  addBucket(estate, {
    name: 'aurora-intranet-files',
    region: 'sa-east-1',
    owner: { app: 'intranet', env: 'production' },
    ageDays: 430,
    versioned: true,
    lifecycleDays: 60,
    bulk: {
      gigabytes: { STANDARD: 310 },
      objects: 220_000,
      growthPerDay: 0.4,
      putsPerHour: 60,
      getsPerHour: 900,
    },
  });
}

/** Log groups: those without retention keep everything for ever. */
export function seedLogGroups(estate: Estate): void {
  const plans: readonly (readonly [
    region: string,
    name: string,
    owner: Owner,
    gbPerDay: number,
    ageDays: number,
    retentionDays?: number,
  ])[] = [
    ['us-east-1', '/aurora/storefront/web', { app: 'storefront', env: 'production' }, 14, 330, 30],
    ['us-east-1', '/aurora/payments/api', { app: 'payments', env: 'production' }, 9, 290],
    ['us-east-1', '/aws/lambda/storefront-image-resize', { app: 'storefront', env: 'production' }, 1.2, 300],
    ['us-east-1', '/aws/lambda/payments-webhook', { app: 'payments', env: 'production' }, 0.8, 280, 14],
    ['us-east-1', '/aws/lambda/payments-reconcile', { app: 'payments', env: 'production' }, 0.3, 280],
    ['us-east-1', '/aws/eks/aurora-platform/cluster', { app: 'platform', env: 'production' }, 2.5, 240, 7],
    ['sa-east-1', '/aurora/intranet/portal', { app: 'intranet', env: 'production' }, 0.6, 450],
    ['eu-west-1', '/aurora/analytics/etl', { app: 'analytics', env: 'production' }, 6, 365],
  ];
  for (const [region, name, owner, ingestPerDay, ageDays, retentionDays] of plans) {
    const store = estate.account.store(logsStore, region);
    addLogGroup(store, {
      name,
      ingestPerDay,
      tags: tagRecord(estate, name, owner),
      createdAt: estate.ago(ageDays),
      ...(retentionDays === undefined ? {} : { retentionDays }),
    });
    if (retentionDays === undefined)
      estate.plant(
        'log-group-without-retention',
        'logs',
        region,
        name,
        `keeps ${ingestPerDay} GB a day for ever`,
      );
  }
}
