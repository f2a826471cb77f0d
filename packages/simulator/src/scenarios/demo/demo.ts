import { addAddress } from '../../aws/services/ec2/addresses.ts';
import { ec2Store } from '../../aws/services/ec2/store.ts';
import { elbStore } from '../../aws/services/elbv2/store.ts';
import type { Account, World } from '../../aws/world.ts';
import { ADMIN_POLICY, makeKey, makeRole, READ_ONLY_POLICY } from '../keys.ts';
import type { ScenarioKey, ScenarioReport } from '../scenarios.ts';
import { seedIreland, seedSaoPaulo, seedVirginia } from './compute.ts';
import { Estate } from './estate.ts';
import { seedAzure } from './azure.ts';
import { seedGcp } from './gcp.ts';
import { seedM365 } from './m365.ts';
import { countManaged, seedManaged } from './managed.ts';

/** The account of the company "Aurora Tecnologia". */
export const DEMO_ACCOUNT = '210987654321';
/** The account of whoever manages Aurora's cloud: it assumes the role with the external id. */
export const PLATFORM_ACCOUNT = '999988887777';
export const DEMO_EXTERNAL_ID = 'cloudatlas-demo';

function seedLeftovers(estate: Estate): void {
  estate.orphanVolume('us-east-1', 'storefront-import-2024', 500, 'gp2', 210, {
    app: 'storefront',
    env: 'production',
  });
  estate.orphanVolume('us-east-1', 'payments-migration', 200, 'gp3', 120, {
    app: 'payments',
    env: 'production',
  });
  estate.orphanVolume('us-east-1', 'untitled', 100, 'gp2', 340);
  estate.orphanVolume('sa-east-1', 'intranet-files-old', 1000, 'gp2', 160, {
    app: 'intranet',
    env: 'production',
  });
  estate.orphanVolume(
    'eu-west-1',
    'analytics-scratch',
    250,
    'io1',
    75,
    { app: 'analytics', env: 'development' },
    5000,
  );
  for (const [region, days] of [
    ['us-east-1', 200],
    ['sa-east-1', 90],
    ['eu-west-1', 60],
  ] as const) {
    const address = addAddress(estate.store(region), undefined, estate.ago(days));
    estate.plant('idle-address', 'ec2', region, address.id, `not associated for ${days} days`);
  }
  for (let i = 0; i < 6; i++) {
    const id = estate.snapshot(
      'us-east-1',
      `Backup before migration ${i + 1}`,
      200 + i * 50,
      400 + i * 20,
      undefined,
    );
    estate.plant('old-snapshot', 'ec2', 'us-east-1', id, `${400 + i * 20} days old, its volume is gone`);
  }
  for (let i = 0; i < 3; i++) {
    const id = estate.snapshot('sa-east-1', `ERP manual copy ${i + 1}`, 300, 380 + i * 30, {
      app: 'intranet',
      env: 'production',
    });
    estate.plant('old-snapshot', 'ec2', 'sa-east-1', id, `${380 + i * 30} days old`);
  }
}

/** Daily backups of the last week of one volume each, which are in order. */
function seedBackups(estate: Estate): void {
  for (const region of ['us-east-1', 'sa-east-1', 'eu-west-1']) {
    const volume = estate
      .store(region)
      .volumes.list()
      .find((e) => (e.data.volume.Size ?? 0) >= 100 && e.data.volume.State === 'in-use');
    if (!volume) continue;
    for (let day = 1; day <= 4; day++) {
      const app = region === 'eu-west-1' ? 'analytics' : 'storefront';
      estate.snapshot(
        region,
        'Daily backup',
        volume.data.volume.Size ?? 0,
        day,
        { app, env: 'production' },
        volume.id,
      );
    }
  }
}

function plantGp2(estate: Estate): void {
  for (const [region, store] of estate.account.storesOf(ec2Store)) {
    for (const { id, data } of store.volumes.list()) {
      const { volume } = data;
      if (volume.VolumeType !== 'gp2' || volume.State !== 'in-use') continue;
      estate.plant('gp2-volume', 'ec2', region, id, `${volume.Size} GiB gp2: gp3 costs 20 % less`);
    }
  }
}

function seedIdentity(world: World, account: Account): void {
  const { identity } = account;
  const service = (name: string, principal: string, description: string): void => {
    world.addRole(account, name, {
      description,
      trustPolicy: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: principal } },
      },
      policies: { inline: READ_ONLY_POLICY },
    });
  };
  service('aurora-lambda', 'lambda.amazonaws.com', 'Execution role of the functions');
  service('aurora-ec2', 'ec2.amazonaws.com', 'Role of the application servers');
  identity.instanceProfiles.set('aurora-ec2', {
    name: 'aurora-ec2',
    id: `AIPA${world.random.hex(17).toUpperCase()}`,
    path: '/',
    createdAt: world.clock.now(),
    roles: new Set(['aurora-ec2']),
  });
  for (const [name, document] of [
    ['AdministratorAccess', ADMIN_POLICY],
    ['ReadOnlyAccess', READ_ONLY_POLICY],
  ] as const) {
    const arn = `arn:aws:iam::aws:policy/${name}`;
    identity.policies.set(arn, {
      arn,
      name,
      id: `ANPA${world.random.hex(17).toUpperCase()}`,
      path: '/',
      createdAt: world.clock.now(),
      defaultVersion: 'v1',
      versions: new Map([['v1', { document, createdAt: world.clock.now() }]]),
    });
  }
}

/** The read-only user has its rights by an attached managed policy, as most users do. */
function readOnlyKey(world: World, account: Account): ScenarioKey {
  const key = makeKey(world, account, 'read-only', { Version: '2012-10-17', Statement: [] });
  const user = account.identity.users.get('read-only');
  user?.inlinePolicies.clear();
  user?.attachedPolicies.add('arn:aws:iam::aws:policy/ReadOnlyAccess');
  return key;
}

function addKeyPairs(estate: Estate): void {
  for (const region of ['us-east-1', 'sa-east-1', 'eu-west-1']) {
    const store = estate.store(region);
    const id = store.newId('key');
    store.keyPairs.add(id, {
      KeyPairId: id,
      KeyName: 'aurora-ops',
      KeyType: 'ed25519',
      KeyFingerprint: store.random.hex(40),
      CreateTime: new Date(estate.ago(600)),
    });
  }
}

function countResources(account: Account): Record<string, number> {
  const counts: Record<string, number> = {};
  const add = (kind: string, count: number): void => {
    counts[kind] = (counts[kind] ?? 0) + count;
  };
  for (const [, store] of account.storesOf(ec2Store)) {
    add('ec2:instance', store.instances.size);
    add('ec2:volume', store.volumes.size);
    add('ec2:snapshot', store.snapshots.size);
    add('ec2:elastic-ip', store.addresses.size);
    add('ec2:vpc', store.vpcs.size);
    add('ec2:subnet', store.subnets.size);
    add('ec2:security-group', store.securityGroups.size);
    add('ec2:natgateway', store.natGateways.size);
  }
  for (const [, store] of account.storesOf(elbStore))
    add('elasticloadbalancing:loadbalancer', store.loadBalancers.size);
  return counts;
}

/** "Aurora Tecnologia": a believable account over three regions, with planted and listed waste. */
export function buildDemo(world: World): Omit<ScenarioReport, 'scenario'> {
  const account = world.addAccount({
    id: DEMO_ACCOUNT,
    name: 'Aurora Tecnologia',
    email: 'cloud@aurora.example',
  });
  const platform = world.addAccount({ id: PLATFORM_ACCOUNT, name: 'CloudAtlas Platform' });
  world.organization = { managementId: account.id, memberIds: new Set([account.id]) };
  seedIdentity(world, account);
  const estate = new Estate(world, account);
  addKeyPairs(estate);
  const virginia = seedVirginia(estate);
  seedSaoPaulo(estate);
  seedIreland(estate);
  seedLeftovers(estate);
  seedBackups(estate);
  seedManaged(estate, virginia);
  plantGp2(estate);
  const m365 = seedM365(world);
  const azure = seedAzure(world, m365.applications[0]?.tenantId ?? '');
  const gcp = seedGcp(world);
  return {
    keys: [
      makeKey(world, account, 'admin', ADMIN_POLICY),
      readOnlyKey(world, account),
      makeKey(world, account, 'no-costs', {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: [
              'ec2:*',
              'elasticloadbalancing:*',
              's3:*',
              'rds:*',
              'lambda:*',
              'cloudwatch:*',
              'iam:Get*',
              'iam:List*',
            ],
            Resource: '*',
          },
          { Effect: 'Deny', Action: ['ec2:TerminateInstances', 'ce:*'], Resource: '*' },
        ],
      }),
      makeKey(world, platform, 'platform', {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' },
      }),
    ],
    roles: [
      makeRole(world, account, 'CloudAtlas', ADMIN_POLICY, {
        accountId: platform.id,
        externalId: DEMO_EXTERNAL_ID,
      }),
      makeRole(world, account, 'CloudAtlasReadOnly', READ_ONLY_POLICY, {
        accountId: platform.id,
        externalId: DEMO_EXTERNAL_ID,
      }),
    ],
    applications: [...m365.applications, ...azure.applications],
    serviceAccounts: gcp.serviceAccounts,
    waste: [...estate.waste, ...m365.waste, ...azure.waste, ...gcp.waste],
    decoys: [...estate.decoys, ...gcp.decoys],
    counts: {
      ...countResources(account),
      ...countManaged(account),
      'm365:user': m365.users,
      'azure:resource': azure.resources,
      'gcp:resource': gcp.resources,
    },
  };
}
