import { addAddress, linkAddress } from '../../aws/services/ec2/addresses.ts';
import type { LoadProfile } from '../../aws/world.ts';
import { addListener, addLoadBalancer, addTargetGroup, elbStore } from '../../aws/services/elbv2/store.ts';
import type { InstanceEntity } from '../../aws/services/ec2/store.ts';
import type { Estate, Network, Owner } from './estate.ts';

function load(
  cpuAverage: number,
  cpuPeak: number,
  memoryAverage: number,
  pattern: LoadProfile['pattern'],
): LoadProfile {
  return { cpuAverage, cpuPeak, memoryAverage, pattern };
}

const WEB = load(41, 78, 55, 'web');
const WORKER = load(58, 91, 48, 'flat');
const OFFICE = load(32, 64, 50, 'business');
const BATCH = load(38, 96, 60, 'night');
const TEST = load(14, 52, 35, 'business');
const OVERSIZED = load(7, 17, 18, 'business');
const IDLE = load(1.2, 3.5, 12, 'flat');

const STOREFRONT: Owner = { app: 'storefront', env: 'production' };
const PAYMENTS: Owner = { app: 'payments', env: 'production' };
const ANALYTICS: Owner = { app: 'analytics', env: 'production' };
const INTRANET: Owner = { app: 'intranet', env: 'production' };

function staging(owner: Owner): Owner {
  return { ...owner, env: 'staging' };
}

/** A load balancer with one target group and listener in front of instances. */
function balance(
  estate: Estate,
  network: Network,
  name: string,
  owner: Owner,
  targets: readonly InstanceEntity[],
  type: 'application' | 'network' = 'application',
): string {
  const store = estate.account.store(elbStore, network.store.region);
  const tags = estate.tags(name, owner);
  const zones = network.publicSubnets.map((id) => ({
    id,
    zone: network.store.subnets.get(id)?.data.AvailabilityZone ?? '',
  }));
  const group = network.groups[owner.app];
  const balancer = addLoadBalancer(store, {
    name,
    type,
    scheme: 'internet-facing',
    vpcId: network.vpcId,
    subnets: zones,
    groupIds: group ? [group] : [],
    tags,
    createdAt: estate.ago(420),
  });
  const protocol = type === 'application' ? 'HTTP' : 'TCP';
  const targetGroup = addTargetGroup(store, {
    name: `${name}-tg`,
    protocol,
    port: 8080,
    vpcId: network.vpcId,
    tags,
  });
  for (const target of targets) {
    targetGroup.data.targets.set(target.id, { id: target.id, port: 8080, registeredAt: estate.ago(300) });
  }
  addListener(store, balancer.id, targetGroup.id, type === 'application' ? 'HTTPS' : 'TCP', 443);
  return balancer.id;
}

function plantAll(
  estate: Estate,
  kind: string,
  region: string,
  entities: readonly InstanceEntity[],
  note: string,
): void {
  for (const entity of entities) estate.plant(kind, 'ec2', region, entity.id, note);
}

/** N. Virginia: the shop and the payments. */
export function seedVirginia(estate: Estate): Network {
  const region = 'us-east-1';
  const network = estate.network(region, '10.10', ['storefront', 'payments', 'analytics']);
  const web = estate.fleet(network, 4, {
    name: 'storefront-web',
    type: 'm6i.large',
    owner: STOREFRONT,
    ageDays: 330,
    load: WEB,
  });
  estate.fleet(network, 2, {
    name: 'storefront-worker',
    type: 'c6i.xlarge',
    owner: STOREFRONT,
    ageDays: 330,
    load: WORKER,
    dataSize: 100,
  });
  estate.fleet(network, 2, {
    name: 'storefront-stg-web',
    type: 't3.medium',
    owner: staging(STOREFRONT),
    ageDays: 210,
    load: TEST,
  });
  balance(estate, network, 'storefront-alb', STOREFRONT, web);

  const api = estate.fleet(network, 3, {
    name: 'payments-api',
    type: 'm6i.xlarge',
    owner: PAYMENTS,
    ageDays: 290,
    load: load(35, 71, 52, 'web'),
  });
  balance(estate, network, 'payments-nlb', PAYMENTS, api, 'network');
  estate.machine(network, {
    name: 'payments-stg-api',
    type: 't3.medium',
    owner: staging(PAYMENTS),
    ageDays: 290,
    load: TEST,
  });
  const legacy = estate.machine(network, {
    name: 'payments-batch-legacy',
    type: 'm5.2xlarge',
    owner: PAYMENTS,
    ageDays: 520,
    load: IDLE,
    rootType: 'gp2',
    dataSize: 500,
    dataType: 'gp2',
  });
  plantAll(
    estate,
    'idle-instance',
    region,
    [legacy],
    'm5.2xlarge at about 1 % CPU since the new batch runs elsewhere',
  );

  const reports = estate.fleet(network, 2, {
    name: 'analytics-reports',
    type: 'r5.2xlarge',
    owner: ANALYTICS,
    ageDays: 400,
    load: OVERSIZED,
    rootType: 'gp2',
    rootSize: 100,
  });
  plantAll(estate, 'oversized-instance', region, reports, 'r5.2xlarge at 7 % CPU and 18 % memory');
  const old = estate.machine(network, {
    name: 'storefront-search',
    type: 'm4.xlarge',
    owner: STOREFRONT,
    ageDays: 540,
    load: OFFICE,
    rootType: 'gp2',
    rootSize: 80,
  });
  plantAll(estate, 'old-generation', region, [old], 'm4.xlarge: m6i.xlarge costs less and is faster');
  const bastion = estate.machine(network, {
    name: 'bastion',
    type: 't3.micro',
    owner: { app: 'platform', env: 'production' },
    ageDays: 540,
    load: load(2, 9, 20, 'business'),
    rootSize: 8,
    isPublic: true,
  });
  const address = addAddress(
    network.store,
    estate.tags('bastion', { app: 'platform', env: 'production' }),
    estate.ago(540),
  );
  linkAddress(network.store, address.data, bastion.id);
  return network;
}

/** São Paulo: the shop near its customers, and the intranet. */
export function seedSaoPaulo(estate: Estate): Network {
  const region = 'sa-east-1';
  const network = estate.network(region, '10.20', ['storefront', 'intranet']);
  const web = estate.fleet(network, 3, {
    name: 'storefront-br-web',
    type: 't3.large',
    owner: STOREFRONT,
    ageDays: 260,
    load: load(47, 83, 58, 'web'),
  });
  balance(estate, network, 'storefront-br-alb', STOREFRONT, web);
  const portal = estate.fleet(network, 2, {
    name: 'intranet-portal',
    type: 'm5.large',
    owner: INTRANET,
    ageDays: 450,
    load: load(6, 15, 22, 'business'),
  });
  plantAll(estate, 'oversized-instance', region, portal, 'm5.large at 6 % CPU and 22 % memory');
  estate.machine(network, {
    name: 'intranet-erp',
    type: 'm5.xlarge',
    owner: INTRANET,
    ageDays: 450,
    load: OFFICE,
    windows: true,
    rootSize: 60,
    dataSize: 300,
    dataType: 'gp2',
  });
  const wiki = estate.machine(network, {
    name: 'intranet-wiki-old',
    type: 't2.medium',
    owner: INTRANET,
    ageDays: 600,
    stoppedDays: 95,
    load: IDLE,
    rootType: 'gp2',
    dataSize: 200,
    dataType: 'gp2',
  });
  plantAll(
    estate,
    'stopped-instance-with-volumes',
    region,
    [wiki],
    'stopped for 95 days with 230 GiB attached',
  );
  const office = estate.machine(network, {
    name: 'intranet-dev',
    type: 't3.large',
    owner: { app: 'intranet', env: 'development' },
    ageDays: 180,
    load: load(9, 40, 30, 'business'),
  });
  plantAll(
    estate,
    'runs-outside-office-hours',
    region,
    [office],
    'development machine that runs nights and weekends',
  );
  balanceWithoutTargets(estate, network);
  return network;
}

function balanceWithoutTargets(estate: Estate, network: Network): void {
  const arn = balance(estate, network, 'intranet-old-alb', INTRANET, []);
  estate.plant(
    'idle-load-balancer',
    'elasticloadbalancing',
    network.store.region,
    arn,
    'no registered targets',
  );
}

/** Ireland: the data team. */
export function seedIreland(estate: Estate): Network {
  const region = 'eu-west-1';
  const network = estate.network(region, '10.30', ['analytics', 'payments']);
  estate.fleet(network, 2, {
    name: 'analytics-query',
    type: 'r6i.xlarge',
    owner: ANALYTICS,
    ageDays: 240,
    load: load(52, 88, 71, 'business'),
    dataSize: 400,
  });
  estate.fleet(network, 2, {
    name: 'analytics-etl',
    type: 'c5.2xlarge',
    owner: ANALYTICS,
    ageDays: 365,
    load: BATCH,
    dataSize: 500,
    dataType: 'st1',
  });
  const notebook = estate.machine(network, {
    name: 'analytics-notebook',
    type: 'm5.xlarge',
    owner: { app: 'analytics', env: 'development' },
    ageDays: 150,
    load: IDLE,
    untagged: true,
  });
  plantAll(estate, 'idle-instance', region, [notebook], 'notebook server nobody uses');
  plantAll(estate, 'untagged', region, [notebook], 'no app, env, owner or cost-center');
  const trial = estate.machine(network, {
    name: 'gpu-trial',
    type: 'g4dn.xlarge',
    owner: { app: 'analytics', env: 'development' },
    ageDays: 130,
    stoppedDays: 47,
    load: IDLE,
    dataSize: 250,
    dataType: 'io1',
    iops: 3000,
  });
  plantAll(
    estate,
    'stopped-instance-with-volumes',
    region,
    [trial],
    'stopped for 47 days with 280 GiB attached, 250 of them io1',
  );
  estate.machine(network, {
    name: 'payments-dr',
    type: 't3.small',
    owner: PAYMENTS,
    ageDays: 290,
    load: load(3, 12, 25, 'flat'),
  });
  return network;
}
