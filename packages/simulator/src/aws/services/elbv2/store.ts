import type {
  Action,
  Certificate,
  Listener,
  LoadBalancer,
  Rule,
  Tag,
  TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Collection, type Entity } from '../../collection.ts';
import { SeededRandom } from '../../../random.ts';
import { defineStore, type StoreOwner, type World } from '../../world.ts';

/** A registered target; the health follows from the instance. */
export interface Target {
  readonly id: string;
  readonly port: number;
  /** Simulated time of registration, milliseconds. */
  readonly registeredAt: number;
}

export interface TargetGroupRecord {
  readonly group: TargetGroup;
  readonly targets: Map<string, Target>;
}

/** Load balancers of one account in one region, by ARN. */
export class ElbStore {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly random: SeededRandom;
  readonly loadBalancers: Collection<LoadBalancer>;
  readonly targetGroups: Collection<TargetGroupRecord>;
  readonly listeners: Collection<Listener>;
  /** Rules by listener ARN, the default one left out. */
  readonly rules = new Map<string, Rule[]>();
  /** Settings that differ from the defaults, by load balancer ARN. */
  readonly settings = new Map<string, Map<string, string>>();
  readonly tags = new Map<string, Map<string, string>>();

  constructor({ world, account, region }: StoreOwner) {
    this.world = world;
    this.accountId = account.id;
    this.region = region;
    this.random = SeededRandom.of(world.seed, 'elbv2', account.id, region);
    const now = (): number => world.clock.now();
    this.loadBalancers = new Collection(now);
    this.targetGroups = new Collection(now);
    this.listeners = new Collection(now);
  }

  arn(resource: string): string {
    return `arn:aws:elasticloadbalancing:${this.region}:${this.accountId}:${resource}`;
  }

  setTags(arn: string, tags: readonly Tag[] | undefined): void {
    if (!tags || tags.length === 0) return;
    const current = this.tags.get(arn) ?? new Map<string, string>();
    for (const tag of tags) current.set(tag.Key ?? '', tag.Value ?? '');
    this.tags.set(arn, current);
  }
}

/** ELBv2 state per account and region. */
export const elbStore = defineStore('elbv2', 'region', (owner) => new ElbStore(owner));

/** What a new load balancer needs. */
export interface LoadBalancerSpec {
  readonly name: string;
  readonly type: 'application' | 'network' | 'gateway';
  readonly scheme: 'internet-facing' | 'internal';
  readonly vpcId: string;
  readonly subnets: readonly { readonly id: string; readonly zone: string }[];
  readonly groupIds?: readonly string[];
  readonly tags?: Tag[] | undefined;
  /** Simulated time in milliseconds; default now. */
  readonly createdAt?: number;
}

/** Adds a load balancer in state `active`. */
export function addLoadBalancer(store: ElbStore, spec: LoadBalancerSpec): Entity<LoadBalancer> {
  const short = { application: 'app', network: 'net', gateway: 'gwy' }[spec.type];
  const hash = store.random.hex(16);
  const arn = store.arn(`loadbalancer/${short}/${spec.name}/${hash}`);
  const at = spec.createdAt ?? store.world.clock.now();
  const internal = spec.scheme === 'internal' ? 'internal-' : '';
  store.setTags(arn, spec.tags);
  return store.loadBalancers.add(
    arn,
    {
      LoadBalancerArn: arn,
      LoadBalancerName: spec.name,
      DNSName: `${internal}${spec.name}-${store.random.integer(100_000_000, 999_999_999)}.${store.region}.elb.amazonaws.com`,
      CanonicalHostedZoneId: `Z${store.random.hex(13).toUpperCase()}`,
      CreatedTime: new Date(at),
      Scheme: spec.scheme,
      Type: spec.type,
      State: { Code: 'active' },
      VpcId: spec.vpcId,
      IpAddressType: 'ipv4',
      AvailabilityZones: spec.subnets.map((s) => ({
        ZoneName: s.zone,
        SubnetId: s.id,
        LoadBalancerAddresses: [],
      })),
      ...(spec.type === 'application' ? { SecurityGroups: [...(spec.groupIds ?? [])] } : {}),
    },
    at,
  );
}

/** Adds a target group of instances. */
export function addTargetGroup(
  store: ElbStore,
  spec: {
    readonly name: string;
    readonly protocol: 'HTTP' | 'HTTPS' | 'TCP';
    readonly port: number;
    readonly vpcId: string;
    readonly tags?: Tag[] | undefined;
    readonly targetType?: 'instance' | 'ip';
  },
): Entity<TargetGroupRecord> {
  const arn = store.arn(`targetgroup/${spec.name}/${store.random.hex(16)}`);
  store.setTags(arn, spec.tags);
  return store.targetGroups.add(arn, {
    targets: new Map(),
    group: {
      TargetGroupArn: arn,
      TargetGroupName: spec.name,
      Protocol: spec.protocol,
      Port: spec.port,
      VpcId: spec.vpcId,
      HealthCheckProtocol: spec.protocol === 'TCP' ? 'TCP' : 'HTTP',
      HealthCheckPort: 'traffic-port',
      HealthCheckEnabled: true,
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      ...(spec.protocol === 'TCP'
        ? {}
        : { HealthCheckPath: '/', Matcher: { HttpCode: '200' }, ProtocolVersion: 'HTTP1' }),
      LoadBalancerArns: [],
      TargetType: spec.targetType ?? 'instance',
      IpAddressType: 'ipv4',
    },
  });
}

/** A certificate of the account for listeners that scenarios make without naming one. */
function certificateArn(store: ElbStore): string {
  const random = SeededRandom.of(store.world.seed, 'acm', store.accountId, store.region);
  const id = `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`;
  return `arn:aws:acm:${store.region}:${store.accountId}:certificate/${id}`;
}

/** Adds a listener that forwards to a target group, and links both. */
export function addListener(
  store: ElbStore,
  loadBalancerArn: string,
  targetGroupArn: string,
  protocol: 'HTTP' | 'HTTPS' | 'TCP',
  port: number,
  more: {
    readonly certificates?: readonly Certificate[] | undefined;
    readonly sslPolicy?: string | undefined;
    readonly actions?: readonly Action[] | undefined;
  } = {},
): Entity<Listener> {
  const arn = `${loadBalancerArn.replace(':loadbalancer/', ':listener/')}/${store.random.hex(16)}`;
  const group = store.targetGroups.get(targetGroupArn)?.data.group;
  if (group) group.LoadBalancerArns = [...new Set([...(group.LoadBalancerArns ?? []), loadBalancerArn])];
  return store.listeners.add(arn, {
    ListenerArn: arn,
    LoadBalancerArn: loadBalancerArn,
    Port: port,
    Protocol: protocol,
    ...(protocol === 'HTTPS'
      ? {
          SslPolicy: more.sslPolicy ?? 'ELBSecurityPolicy-TLS13-1-2-2021-06',
          Certificates: (more.certificates ?? [{ CertificateArn: certificateArn(store) }]).map((c) => ({
            CertificateArn: c.CertificateArn,
          })),
        }
      : {}),
    DefaultActions: more.actions
      ? more.actions.map((a, i) => ({ ...a, Order: a.Order ?? i + 1 }))
      : [{ Type: 'forward', TargetGroupArn: targetGroupArn, Order: 1 }],
  });
}
