/**
 * A large estate with its metrics and its bill, written straight into the tables: what an inventory of so many
 * resources would be after a synchronisation and a month of reading metrics. The same seed gives the same estate.
 */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type pg from 'pg';
import { RULES } from '../../apps/server/src/modules/finops/rules/catalogue.ts';
import { wantedMetrics } from '../../apps/server/src/modules/finops/metrics/wanted.ts';
import { loadProvider } from '../../packages/cloud/src/registry.ts';

/** Days of hourly metrics; more where a rule looks further back. */
const metricDays = 30;
const hourlyPatterns = 64;
const dayMs = 86_400_000;
/** Days of the bill; the last two days before today are still open at every provider. */
const billedDays = 5;

const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'sa-east-1'];

interface Kind {
  type: string;
  service: string;
  category: string;
  /** Of 100 resources. */
  share: number;
  /** SQL of one resource, where `n` counts from 0 in its kind and account. */
  state: string;
  /** Days since it was created. */
  age: string;
  size: string;
  attributes: string;
  /** Dollars a day. */
  cost: number;
  prefix: string;
  arn: string;
}

const instanceTypes = `(array['m7g.large','m7g.xlarge','r7g.2xlarge','t4g.medium','c7g.xlarge','m5.large'])[1 + n % 6]`;
const databaseTypes = `(array['db.m7g.large','db.r7g.xlarge','db.m5.large'])[1 + n % 3]`;
/** One volume in twelve is attached to nothing. */
const orphan = 'n % 12 = 5';

const kinds: readonly Kind[] = [
  {
    type: 'aws.ec2.instance',
    age: '400',
    service: 'ec2',
    category: 'compute',
    share: 30,
    state: `case when n % 20 = 7 then 'stopped' else 'running' end`,
    size: `jsonb_build_object('sku', ${instanceTypes}, 'cpus', (array[2,4,8,2,4,2])[1 + n % 6], 'memoryGiB', (array[8,16,64,4,8,8])[1 + n % 6])`,
    attributes: `jsonb_build_object('InstanceType', ${instanceTypes}, 'Architecture', case when n % 6 = 5 then 'x86_64' else 'arm64' end, 'PlatformDetails', 'Linux/UNIX',
      'LaunchTime', '2025-01-01T00:00:00.000Z', 'EbsOptimized', true, 'EnaSupport', true, 'Hypervisor', 'nitro', 'RootDeviceType', 'ebs',
      'State', jsonb_build_object('Code', 16, 'Name', 'running'), 'Monitoring', jsonb_build_object('State', 'disabled'),
      'Placement', jsonb_build_object('AvailabilityZone', region || 'a', 'Tenancy', 'default'), 'SubnetId', 'subnet-' || n % 50,
      'VpcId', 'vpc-' || n % 9, 'PrivateIpAddress', '10.0.0.1', 'PrivateDnsName', 'ip-10-0-0-1.ec2.internal',
      'SecurityGroups', jsonb_build_array(jsonb_build_object('GroupId', 'sg-' || n % 30, 'GroupName', 'web')))`,
    cost: 4.2,
    prefix: 'i-',
    arn: 'instance',
  },
  {
    type: 'aws.ec2.volume',
    age: '400',
    service: 'ec2',
    category: 'storage',
    share: 40,
    state: `case when ${orphan} then 'available' else 'in_use' end`,
    size: `jsonb_build_object('sku', (array['gp2','gp3','gp3','gp3','gp3','gp3','gp3','gp3'])[1 + n % 8], 'storageGiB', 100, 'iops', 3000)`,
    attributes: `jsonb_build_object('VolumeType', (array['gp2','gp3','gp3','gp3','gp3','gp3','gp3','gp3'])[1 + n % 8], 'Size', 100, 'Iops', 3000, 'Throughput', 125,
      'Encrypted', true, 'AvailabilityZone', region || 'a', 'CreateTime', '2025-01-01T00:00:00.000Z', 'MultiAttachEnabled', false,
      'State', case when ${orphan} then 'available' else 'in-use' end,
      'Attachments', case when ${orphan} then '[]'::jsonb else jsonb_build_array(jsonb_build_object('Device', '/dev/xvda', 'State', 'attached')) end)`,
    cost: 0.33,
    prefix: 'vol-',
    arn: 'volume',
  },
  {
    type: 'aws.ec2.snapshot',
    age: 'case when n % 5 = 0 then 400 else 30 end',
    service: 'ec2',
    category: 'storage',
    share: 20,
    state: `'available'`,
    size: `jsonb_build_object('storageGiB', 100)`,
    attributes: `jsonb_build_object('VolumeId', 'vol-x', 'VolumeSize', 100, 'State', 'completed', 'StorageTier', 'standard',
      'StartTime', to_char(now() - age * interval '1 day', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'OwnerId', '111122223333', 'Encrypted', true, 'Progress', '100%')`,
    cost: 0.1,
    prefix: 'snap-',
    arn: 'snapshot',
  },
  {
    type: 'aws.ec2.address',
    age: '400',
    service: 'ec2',
    category: 'network',
    share: 4,
    state: `case when n % 10 = 0 then 'available' else 'in_use' end`,
    size: `null::jsonb`,
    attributes: `jsonb_build_object('PublicIp', '203.0.113.1', 'Domain', 'vpc') || case when n % 10 = 0 then '{}'::jsonb
      else jsonb_build_object('AssociationId', 'eipassoc-1', 'InstanceId', 'i-1') end`,
    cost: 0.12,
    prefix: 'eipalloc-',
    arn: 'elastic-ip',
  },
  {
    type: 'aws.rds.instance',
    age: '400',
    service: 'rds',
    category: 'database',
    share: 4,
    state: `'running'`,
    size: `jsonb_build_object('sku', ${databaseTypes}, 'cpus', 2, 'memoryGiB', 8, 'storageGiB', 200)`,
    attributes: `jsonb_build_object('DBInstanceClass', ${databaseTypes}, 'Engine', 'mysql', 'EngineVersion', '8.0.39', 'MultiAZ', n % 4 = 0,
      'AllocatedStorage', 200, 'StorageType', 'gp3', 'DBInstanceStatus', 'available', 'InstanceCreateTime', '2025-01-01T00:00:00.000Z')`,
    cost: 6.5,
    prefix: 'db-',
    arn: 'db',
  },
  {
    type: 'aws.elb.load-balancer',
    age: '400',
    service: 'elb',
    category: 'network',
    share: 2,
    state: `'active'`,
    size: `null::jsonb`,
    attributes: `jsonb_build_object('Type', 'application', 'Scheme', 'internet-facing', 'State', jsonb_build_object('Code', 'active'),
      'CreatedTime', '2025-01-01T00:00:00.000Z')`,
    cost: 0.75,
    prefix: 'lb-',
    arn: 'loadbalancer',
  },
];

export interface EstatePlace {
  organizationId: string;
  workspaceId: string;
  accounts: readonly { id: string; nativeId: string }[];
}

/** Writes about `resources` resources, evenly over the accounts. */
export async function writeEstate(sql: pg.Client, place: EstatePlace, resources: number): Promise<void> {
  for (const account of place.accounts) {
    for (const kind of kinds) {
      const count = Math.round((resources * kind.share) / 100 / place.accounts.length);
      await sql.query(resourceSql(kind), [
        place.organizationId,
        place.workspaceId,
        account.id,
        account.nativeId,
        count,
        regions,
      ]);
    }
    // Without statistics the joins below would compare everything with everything.
    await sql.query('analyze inventory.resource');
    await sql.query(
      `insert into inventory.relation
       select volume.organization_id, volume.id, 'attached_to', instance.native_id, volume.account_id
       from inventory.resource volume
         join inventory.resource instance on instance.account_id = volume.account_id and instance.type = 'aws.ec2.instance'
           and instance.short_id = 'i-' || (substring(volume.short_id from 5)::int * 3 / 4)
       where volume.account_id = $1 and volume.type = 'aws.ec2.volume' and volume.state = 'in_use'`,
      [account.id],
    );
    await sql.query(
      `insert into inventory.relation
       select organization_id, id, 'source', replace(native_id, 'snapshot/snap-', 'volume/vol-'), account_id
       from inventory.resource where account_id = $1 and type = 'aws.ec2.snapshot' and substring(short_id from 6)::int % 3 > 0`,
      [account.id],
    );
    await writeCoverage(sql, place, account.id);
    await writeProfiles(
      sql,
      place.organizationId,
      'aws',
      account.id,
      `substring(resource.short_id from '\\d+$')::int`,
    );
  }
  await sql.query(
    'vacuum analyze inventory.resource, inventory.resource_detail, inventory.relation, finops.metric_profile',
  );
}

function resourceSql(kind: Kind): string {
  return `
    with numbered as (
      select n, md5($3 || '${kind.type}' || n)::uuid as id, ($6::text[])[1 + n % 4] as region, ${kind.age} as age
      from generate_series(0, $5::int - 1) as n
    ), resource as (
      insert into inventory.resource (organization_id, id, workspace_id, account_id, provider, service, type, category,
        native_id, short_id, name, region, state, tags, size, cloud_created_at, first_seen_at, changed_at, search, fingerprint)
      select $1::uuid, id, $2::uuid, $3::uuid, 'aws', '${kind.service}', '${kind.type}', '${kind.category}',
        'arn:aws:${kind.service}:' || region || ':' || $4::text || ':${kind.arn}/${kind.prefix}' || n, '${kind.prefix}' || n,
        '${kind.arn}-' || n, region, ${kind.state},
        jsonb_build_object('app', 'app-' || n % 40, 'env', (array['prod','dev','staging'])[1 + n % 3], 'team', 'team-' || n % 12),
        ${kind.size}, now() - age * interval '1 day', now() - least(age, 100) * interval '1 day', now() - least(age, 100) * interval '1 day', '', '\\x00'
      from numbered
      returning organization_id, id
    )
    insert into inventory.resource_detail
    select $1::uuid, id, ${kind.attributes} from numbered`;
}

/** A synchronisation that saw everything, and one that seems to be under way: a real one would find nothing. */
async function writeCoverage(sql: pg.Client, place: EstatePlace, accountId: string): Promise<void> {
  const { services } = await loadProvider('aws');
  for (const [index, status] of ['succeeded', 'running'].entries()) {
    const { rows } = await sql.query(
      `insert into inventory.sync_run (organization_id, id, workspace_id, account_id, trigger, status, started_at, finished_at)
       values ($1, gen_random_uuid(), $2, $3, 'schedule', $4::text, now(), case when $4 = 'running' then null else now() end) returning id`,
      [place.organizationId, place.workspaceId, accountId, status],
    );
    if (index === 1) continue;
    await sql.query(
      `insert into inventory.sync_scope (organization_id, run_id, service, region, status)
       select $1, $2, service, region, 'done' from unnest($3::text[], $4::boolean[]) as s (service, global)
         cross join lateral unnest(case when global then array['global'] else $5::text[] end) as region`,
      [
        place.organizationId,
        rows[0].id,
        services.map(({ id }) => id),
        services.map(({ scope }) => scope === 'global'),
        regions,
      ],
    );
  }
}

/**
 * Gives every resource of an account the series that the rules read of its type, each one of 64 patterns.
 * @param number SQL of a whole number of 0 or more that tells the pattern of a `resource`
 */
export async function writeProfiles(
  sql: pg.Client,
  organizationId: string,
  provider: string,
  accountId: string,
  number: string,
): Promise<void> {
  const { metricTypes } = await loadProvider(provider);
  for (const [type, metrics] of wantedMetrics(RULES.filter((rule) => rule.provider === provider))) {
    for (const { metric, statistic, days } of metrics) {
      const offered = metricTypes.find((each) => each.type === type && each.id === metric);
      if (offered === undefined || !offered.statistics.includes(statistic)) continue;
      const patterns = Array.from({ length: hourlyPatterns }, (_, i) =>
        pattern(offered.unit, i, Math.max(metricDays, days)),
      );
      await sql.query(
        `insert into finops.metric_profile (organization_id, resource_id, metric, statistic, account_id, unit, through, hours)
         select $1, resource.id, $2, $3, $4, $5, (now() at time zone 'utc')::date,
           ($6::bytea[])[1 + (${number} * 7) % ${hourlyPatterns}]
         from inventory.resource where account_id = $4 and type = $7 and vanished_at is null`,
        [organizationId, metric, statistic, accountId, offered.unit, patterns, type],
      );
    }
  }
}

/** Idle, low, in office hours, or busy; percent or a count by the unit. */
function pattern(unit: string, seed: number, days: number): Buffer {
  const random = generator(seed + 1);
  const scale = unit === 'percent' ? 1 : 2000;
  // Of 64 patterns 4 are idle, 6 low, 6 in office hours, the others busy.
  const level = seed < 4 ? 0.5 : seed < 10 ? 12 : 60;
  const hours = Float32Array.from({ length: days * 24 }, (_, hour) => {
    const office =
      seed >= 10 && seed < 16 && (hour % 24 < 8 || hour % 24 > 18 || Math.floor(hour / 24) % 7 > 4);
    return (office ? 0.2 : level * (0.7 + 0.6 * random())) * scale;
  });
  return Buffer.from(hours.buffer);
}

/** Mulberry32: small, fast and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Writes the estate's bill as a FOCUS file. */
export async function writeBill(sql: pg.Client, place: EstatePlace, file: string): Promise<number> {
  const out = createWriteStream(file);
  out.write(
    'BillingAccountId,SubAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BillingCurrency,BilledCost,EffectiveCost,ListCost,ContractedCost,ServiceName,ServiceCategory,ChargeCategory,ChargeDescription,ProviderName,RegionId,ResourceId\n',
  );
  const today = Math.floor(Date.now() / dayMs) * dayMs;
  const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const days = Array.from({ length: billedDays }, (_, i) => today - (i + 3) * dayMs);
  let lines = 0;
  for (const account of place.accounts) {
    const { rows } = await sql.query(
      'select native_id, type, region from inventory.resource where account_id = $1 order by type, native_id',
      [account.id],
    );
    for (const row of rows) {
      const cost = kinds.find((kind) => kind.type === row.type)?.cost ?? 1;
      for (const day of days) {
        const month = iso(day).slice(0, 7);
        const end = iso(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1));
        const money = `${cost},${cost},${cost},${cost}`;
        const line = `${account.nativeId},${account.nativeId},${month}-01T00:00:00Z,${end}T00:00:00Z,${iso(day)}T00:00:00Z,${iso(day + dayMs)}T00:00:00Z,USD,${money},EC2,Compute,Usage,Use,AWS,${row.region},${row.native_id}\n`;
        lines += 1;
        if (!out.write(line)) await once(out, 'drain');
      }
    }
  }
  out.end();
  await once(out, 'finish');
  return lines;
}

/** Dollars a day of a resource of a type, as in the bill. */
export function billedPerDay(type: string): number {
  return kinds.find((kind) => kind.type === type)?.cost ?? 0;
}
