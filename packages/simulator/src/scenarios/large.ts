import type { Tag, VolumeType } from '@aws-sdk/client-ec2';
import { addSecurityGroup } from '../aws/services/ec2/default-vpc.ts';
import { addInstance, becomeRunning, setState } from '../aws/services/ec2/instance-model.ts';
import { addSnapshot } from '../aws/services/ec2/snapshots.ts';
import { ec2Store, type Ec2Store } from '../aws/services/ec2/store.ts';
import { addVolume } from '../aws/services/ec2/volume-model.ts';
import type { World } from '../aws/world.ts';
import { SeededRandom } from '../random.ts';
import { ADMIN_POLICY, makeKey, READ_ONLY_POLICY } from './keys.ts';
import { fillManaged, managedCounts } from './large-managed.ts';
import type { ScenarioKey, ScenarioOptions, ScenarioReport } from './scenarios.ts';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'sa-east-1'];
const TYPES = [
  't3.micro',
  't3.medium',
  'm5.large',
  'm6i.large',
  'm6i.xlarge',
  'c5.xlarge',
  'c6i.2xlarge',
  'r5.large',
  'r6i.xlarge',
];
const APPS = ['storefront', 'payments', 'analytics', 'intranet', 'search', 'mobile', 'risk', 'identity'];
const ENVIRONMENTS = ['production', 'staging', 'development'];
const VOLUME_TYPES: readonly VolumeType[] = ['gp2', 'gp3', 'gp3', 'st1'];
const DAY = 86_400_000;
const DEFAULT_RESOURCES = 10_000;
const DEFAULT_ACCOUNTS = 3;

interface Quota {
  readonly instances: number;
  readonly volumes: number;
  readonly snapshots: number;
}

/** Splits a number of resources: each instance brings its root volume, so it counts twice. */
function quotaOf(resources: number, mix: 'mixed' | 'volumes'): Quota {
  if (mix === 'volumes') return { instances: 0, volumes: resources, snapshots: 0 };
  const instances = Math.floor(resources * 0.3);
  const volumes = Math.floor(resources * 0.2);
  return { instances, volumes, snapshots: resources - 2 * instances - volumes };
}

function tagsOf(random: SeededRandom, name: string): Tag[] {
  return [
    { Key: 'Name', Value: name },
    { Key: 'app', Value: random.pick(APPS) },
    { Key: 'env', Value: random.pick(ENVIRONMENTS) },
    { Key: 'cost-center', Value: `CC-${random.integer(1000, 1040)}` },
  ];
}

function fill(store: Ec2Store, quota: Quota, random: SeededRandom, now: number): void {
  // The default subnets hold 4,091 addresses each; the estate stays inside them.
  const subnets = store.subnets.list().map((e) => e.data);
  const image = store.publicImages.find((i) => i.Architecture === 'x86_64' && i.Platform === undefined);
  const vpcId = store.vpcs.list()[0]?.id ?? '';
  const groups = APPS.map((app) => addSecurityGroup(store, vpcId, app, `Servers of ${app}`));
  const volumeIds: string[] = [];
  if (!image) throw new Error('no public image');
  for (let i = 0; i < quota.instances; i++) {
    const at = now - random.integer(1, 700) * DAY;
    const entity = addInstance(store, {
      type: random.pick(TYPES),
      image,
      subnet: random.pick(subnets),
      groupIds: [random.pick(groups)],
      disks: [
        {
          device: '/dev/xvda',
          size: random.pick([8, 20, 30, 50, 100]),
          type: random.pick(['gp2', 'gp3']),
          deleteOnTermination: true,
        },
      ],
      publicIp: false,
      reservationId: store.newId('r'),
      tags: random.next() < 0.85 ? tagsOf(random, `server-${i}`) : undefined,
      launchedAt: at,
    });
    becomeRunning(store, entity.data, at + 20_000);
    if (random.next() < 0.15) setState(entity.data, 'stopped', now - random.integer(1, 90) * DAY);
    volumeIds.push(entity.data.instance.BlockDeviceMappings?.[0]?.Ebs?.VolumeId ?? '');
  }
  const zones = subnets.map((s) => s.AvailabilityZone ?? '');
  for (let i = 0; i < quota.volumes; i++) {
    const volume = addVolume(store, {
      size: random.integer(125, 2000),
      type: random.pick(VOLUME_TYPES),
      zone: random.pick(zones),
      tags: random.next() < 0.6 ? tagsOf(random, `data-${i}`) : undefined,
      createdAt: now - random.integer(1, 700) * DAY,
    });
    volumeIds.push(volume.id);
  }
  for (let i = 0; i < quota.snapshots; i++) {
    addSnapshot(store, {
      volumeId: volumeIds.length > 0 ? random.pick(volumeIds) : 'vol-ffffffff',
      size: random.integer(8, 500),
      description: `Backup ${i}`,
      startedAt: now - random.integer(1, 700) * DAY,
    });
  }
}

/**
 * Many resources over several accounts and four regions, for load: instances with root volumes, free
 * volumes, snapshots and some managed services. Security groups and networks come on top of the number asked for.
 */
export function buildLarge(world: World, options: ScenarioOptions): Omit<ScenarioReport, 'scenario'> {
  const asked = Math.min(200_000, options.resources ?? DEFAULT_RESOURCES);
  const accounts = Math.max(1, Math.min(50, options.accounts ?? DEFAULT_ACCOUNTS));
  const places = accounts * REGIONS.length;
  const services = Object.values(managedCounts(places)).reduce((sum, count) => sum + count, 0);
  // A small estate has no room for them.
  const managed = options.mix !== 'volumes' && asked >= services * 3;
  const resources = managed ? asked - services : asked;
  const now = world.clock.now();
  const keys: ScenarioKey[] = [];
  const total = { 'ec2:instance': 0, 'ec2:volume': 0, 'ec2:snapshot': 0 };
  const ids: string[] = [];
  for (let a = 0; a < accounts; a++) {
    const account = world.addAccount({ id: String(300_000_000_000 + a), name: `Large ${a + 1}` });
    ids.push(account.id);
    keys.push({
      ...makeKey(world, account, 'admin', ADMIN_POLICY),
      label: a === 0 ? 'admin' : `admin-${a + 1}`,
    });
    if (a === 0) keys.push(makeKey(world, account, 'read-only', READ_ONLY_POLICY));
    REGIONS.forEach((region, r) => {
      const place = a * REGIONS.length + r;
      const share = Math.floor(resources / places) + (place < resources % places ? 1 : 0);
      const quota = quotaOf(share, options.mix ?? 'mixed');
      fill(
        account.store(ec2Store, region),
        quota,
        SeededRandom.of(world.seed, 'large', account.id, region),
        now,
      );
      if (managed) fillManaged(world, account, region);
      total['ec2:instance'] += quota.instances;
      total['ec2:volume'] += quota.instances + quota.volumes;
      total['ec2:snapshot'] += quota.snapshots;
    });
  }
  world.organization = { managementId: ids[0] ?? '', memberIds: new Set(ids) };
  return { keys, roles: [], waste: [], counts: managed ? { ...total, ...managedCounts(places) } : total };
}
