import { billingStore } from '../../aws/ledger/billing.ts';
import type { Charge, Meter } from '../../aws/ledger/charge.ts';
import { SERVICE } from '../../aws/ledger/charge.ts';
import { setProfile } from '../../aws/metrics/profiles.ts';
import { deliverExports } from '../../aws/ledger/export/data-export.ts';
import { newBucket, s3Store } from '../../aws/services/s3/store.ts';
import { instanceHour, natGb, transferOutGb } from '../../aws/prices/prices.ts';
import { usagePrefix } from '../../aws/prices/regions.ts';
import { DAY, type Estate, type Owner } from './estate.ts';
import { tagRecord } from './tags.ts';

function owned(estate: Estate, owner: Owner): ReadonlyMap<string, string> {
  return new Map(Object.entries(tagRecord(estate, '', owner)));
}

/** A gateway that ran wild for two days of last week: a job in a loop pulled its data over the internet. */
function plantAnomaly(estate: Estate, charges: Charge[]): void {
  const region = 'eu-west-1';
  const meter: Meter = {
    service: SERVICE.ec2Other,
    productCode: 'AmazonEC2',
    usageType: `${usagePrefix(region)}NatGateway-Bytes`,
    operation: 'NatGateway',
    unit: 'GB',
    price: natGb(region),
  };
  const day = Math.floor(estate.now / DAY) * DAY;
  const tags = owned(estate, { app: 'analytics', env: 'production' });
  charges.push({
    meter,
    accountId: estate.account.id,
    region,
    resourceId: 'nat-analytics',
    tags,
    from: day - 6 * DAY + 7 * 3_600_000,
    to: day - 4 * DAY + 19 * 3_600_000,
    perHour: 190,
    pattern: 'flat',
  });
  estate.plant(
    'cost-anomaly',
    'ec2',
    region,
    'nat-analytics',
    'NAT gateway traffic of about 11 TB in 60 hours of last week',
  );
}

/** Machines that were there last year and are gone: the past must not look like the present. */
function addFormerFleet(estate: Estate, charges: Charge[]): void {
  const former = [
    {
      region: 'us-east-1',
      type: 'm5.xlarge',
      owner: { app: 'storefront', env: 'production' } as const,
      count: 4,
      from: 700,
      to: 322,
    },
    {
      region: 'us-east-1',
      type: 'c5.xlarge',
      owner: { app: 'payments', env: 'production' } as const,
      count: 3,
      from: 650,
      to: 284,
    },
    {
      region: 'eu-west-1',
      type: 'r5.xlarge',
      owner: { app: 'analytics', env: 'production' } as const,
      count: 2,
      from: 600,
      to: 236,
    },
    {
      region: 'sa-east-1',
      type: 'm5.large',
      owner: { app: 'storefront', env: 'production' } as const,
      count: 2,
      from: 500,
      to: 258,
    },
  ];
  for (const { region, type, owner, count, from, to } of former) {
    const meter: Meter = {
      service: SERVICE.ec2,
      productCode: 'AmazonEC2',
      usageType: `${usagePrefix(region)}BoxUsage:${type}`,
      operation: 'RunInstances',
      unit: 'Hrs',
      price: instanceHour(region, type),
      instanceType: type,
      platform: 'Linux/UNIX',
    };
    charges.push({
      meter,
      accountId: estate.account.id,
      region,
      resourceId: `former-${owner.app}-${type}`,
      tags: owned(estate, owner),
      from: estate.ago(from),
      to: estate.ago(to),
      perHour: count,
      pattern: 'flat',
    });
  }
}

/** Services without resources in the simulation, as standing charges. */
function addStandingCharges(estate: Estate, charges: Charge[]): void {
  const standing = [
    {
      service: 'AWS Key Management Service',
      code: 'awskms',
      usage: 'us-east-1-KMS-Keys',
      operation: 'CreateMasterKey',
      unit: 'Keys',
      price: 1,
      perMonth: 14,
      region: 'us-east-1',
      owner: 'platform',
    },
    {
      service: 'Amazon Route 53',
      code: 'AmazonRoute53',
      usage: 'HostedZone',
      operation: '',
      unit: 'HostedZones',
      price: 0.5,
      perMonth: 9,
      region: '',
      owner: 'platform',
    },
    {
      service: 'Amazon CloudFront',
      code: 'AmazonCloudFront',
      usage: 'SA-DataTransfer-Out-Bytes',
      operation: 'GET',
      unit: 'GB',
      price: 0.11,
      perMonth: 3900,
      region: '',
      owner: 'storefront',
    },
    {
      service: 'AWS WAF',
      code: 'awswaf',
      usage: 'WebACLV2',
      operation: '',
      unit: 'WebACL',
      price: 5,
      perMonth: 3,
      region: 'us-east-1',
      owner: 'storefront',
    },
    {
      service: 'AWS Secrets Manager',
      code: 'AWSSecretsManager',
      usage: 'USE1-AWSSecretsManager-Secrets',
      operation: '',
      unit: 'Secrets',
      price: 0.4,
      perMonth: 38,
      region: 'us-east-1',
      owner: 'platform',
    },
  ];
  for (const { service, code, usage, operation, unit, price, perMonth, region, owner } of standing) {
    const meter: Meter = { service, productCode: code, usageType: usage, operation, unit, price };
    const pattern = unit === 'GB' ? 'traffic' : 'flat';
    charges.push({
      meter,
      accountId: estate.account.id,
      region,
      resourceId: code,
      tags: owned(estate, { app: owner, env: 'production' }),
      from: estate.ago(600),
      to: Number.POSITIVE_INFINITY,
      perHour: perMonth / 730,
      pattern,
    });
  }
  // Egress nobody tagged.
  const region = 'us-east-1';
  const egress: Meter = {
    service: SERVICE.ec2Other,
    productCode: 'AmazonEC2',
    usageType: 'DataTransfer-Regional-Bytes',
    operation: 'InterZone-In',
    unit: 'GB',
    price: 0.01,
  };
  const out: Meter = {
    ...egress,
    usageType: 'DataTransfer-Out-Bytes',
    operation: 'RunInstances',
    price: transferOutGb(region),
  };
  charges.push({
    meter: egress,
    accountId: estate.account.id,
    region,
    resourceId: '',
    tags: new Map(),
    from: estate.ago(600),
    to: Number.POSITIVE_INFINITY,
    perHour: 9,
    pattern: 'traffic',
  });
  charges.push({
    meter: out,
    accountId: estate.account.id,
    region,
    resourceId: '',
    tags: new Map(),
    from: estate.ago(600),
    to: Number.POSITIVE_INFINITY,
    perHour: 0.8,
    pattern: 'traffic',
  });
}

/** The bucket cost exports are delivered to: FOCUS 1.2 and CUR 2.0 of a year. */
function addExports(estate: Estate): void {
  const bucket = newBucket('aurora-cost-exports', estate.account.id, 'us-east-1', estate.ago(400));
  bucket.tags = new Map(
    Object.entries(tagRecord(estate, bucket.name, { app: 'platform', env: 'production' })),
  );
  estate.account.store(s3Store, 'aws-global').buckets.set(bucket.name, bucket);
  deliverExports(estate.world, estate.account, bucket, [
    { name: 'aurora-focus', kind: 'FOCUS_1_2', prefix: 'exports', months: 12 },
    { name: 'aurora-cur2', kind: 'CUR_2_0', prefix: 'exports', months: 3 },
  ]);
}

/** Tax, a credit of a start-up programme that ran out, the anomaly, and what the past cost. */
export function seedBilling(estate: Estate): void {
  const billing = estate.account.store(billingStore, 'aws-global');
  billing.taxRate = 0.138;
  const date = (days: number): string => new Date(estate.ago(days)).toISOString().slice(0, 10);
  billing.credits.push({ from: date(420), to: date(170), usdPerMonth: 900, service: SERVICE.ec2 });
  plantAnomaly(estate, billing.charges);
  addFormerFleet(estate, billing.charges);
  addStandingCharges(estate, billing.charges);
  addExports(estate);
  for (const waste of estate.waste)
    if (waste.kind === 'idle-load-balancer') setProfile(estate.account, waste.resourceId, { kind: 'idle' });
}
