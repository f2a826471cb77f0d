import type {
  Address,
  CapacityReservation,
  Host,
  Image,
  Instance,
  InternetGateway,
  KeyPairInfo,
  LaunchTemplate,
  LaunchTemplateVersion,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  Snapshot,
  Subnet,
  Tag,
  TransitGatewayAttachment,
  Volume,
  VolumeModification,
  Vpc,
  VpcEndpoint,
  VpnConnection,
} from '@aws-sdk/client-ec2';
import { Collection, type Entity } from '../../collection.ts';
import { SeededRandom } from '../../../random.ts';
import { defineStore, type StoreOwner, type World } from '../../world.ts';
import { createDefaultVpc } from './default-vpc.ts';
import { publicImages } from './public-images.ts';

/** What an instance has besides its SDK shape. */
export interface InstanceRecord {
  readonly instance: Instance;
  readonly reservationId: string;
  disableApiTermination: boolean;
  disableApiStop: boolean;
  shutdownBehavior: 'stop' | 'terminate';
  userData: string | undefined;
  /** Public address given at each start, not an Elastic IP. */
  autoPublicIp: boolean;
  /** Changes of state and type since launch, oldest first: what metrics and costs follow from. */
  readonly history: { readonly at: number; readonly state: string; readonly type: string }[];
}

/** A volume and its last modification. */
export interface VolumeRecord {
  readonly volume: Volume;
  modification: VolumeModification | undefined;
  /** Changes of size, type and performance, oldest first. */
  readonly history: {
    readonly at: number;
    readonly size: number;
    readonly type: string;
    readonly iops?: number | undefined;
    readonly throughput?: number | undefined;
  }[];
}

/** A launch template with its versions, oldest first. */
export interface TemplateRecord {
  readonly template: LaunchTemplate;
  readonly versions: LaunchTemplateVersion[];
}

/** Everything in EC2 that can carry tags. */
export interface Taggable {
  Tags?: Tag[] | undefined;
}

export interface TaggedResource {
  readonly id: string;
  readonly type: string;
  readonly data: Taggable;
}

interface Kind {
  readonly prefix: string;
  readonly type: string;
  readonly get: (id: string) => Taggable | undefined;
  readonly list: () => readonly TaggedResource[];
}

function tagged<T>(
  collection: Collection<T>,
  prefix: string,
  type: string,
  pick: (data: T) => Taggable,
): Kind {
  return {
    prefix,
    type,
    get: (id) => {
      const entity = collection.get(id);
      return entity && pick(entity.data);
    },
    list: () => collection.list().map((e) => ({ id: e.id, type, data: pick(e.data) })),
  };
}

/** EC2 of one account in one region. */
export class Ec2Store {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly random: SeededRandom;
  readonly instances: Collection<InstanceRecord>;
  readonly volumes: Collection<VolumeRecord>;
  readonly snapshots: Collection<Snapshot>;
  /** Changes of tier by snapshot id, oldest first; none means standard ever since. */
  readonly snapshotTiers = new Map<string, { readonly at: number; readonly tier: string }[]>();
  readonly images: Collection<Image>;
  readonly publicImages: readonly Image[];
  readonly addresses: Collection<Address>;
  readonly vpcs: Collection<Vpc>;
  readonly subnets: Collection<Subnet>;
  readonly securityGroups: Collection<SecurityGroup>;
  readonly routeTables: Collection<RouteTable>;
  readonly internetGateways: Collection<InternetGateway>;
  readonly natGateways: Collection<NatGateway>;
  readonly networkInterfaces: Collection<NetworkInterface>;
  readonly networkAcls: Collection<NetworkAcl>;
  readonly keyPairs: Collection<KeyPairInfo>;
  readonly vpcEndpoints: Collection<VpcEndpoint>;
  readonly launchTemplates: Collection<TemplateRecord>;
  readonly capacityReservations: Collection<CapacityReservation>;
  readonly hosts: Collection<Host>;
  readonly vpnConnections: Collection<VpnConnection>;
  readonly transitAttachments: Collection<TransitGatewayAttachment>;
  /** Answers by idempotency token: operation, digest of the input, output. */
  readonly tokens = new Map<string, { readonly digest: string; readonly output: unknown }>();
  readonly #kinds: readonly Kind[];
  readonly #usedAddresses = new Map<string, number>();

  constructor({ world, account, region }: StoreOwner) {
    this.world = world;
    this.accountId = account.id;
    this.region = region;
    this.random = SeededRandom.of(world.seed, 'ec2', account.id, region);
    const now = (): number => world.clock.now();
    this.instances = new Collection(now);
    this.volumes = new Collection(now);
    this.snapshots = new Collection(now);
    this.images = new Collection(now);
    this.addresses = new Collection(now);
    this.vpcs = new Collection(now);
    this.subnets = new Collection(now);
    this.securityGroups = new Collection(now);
    this.routeTables = new Collection(now);
    this.internetGateways = new Collection(now);
    this.natGateways = new Collection(now);
    this.networkInterfaces = new Collection(now);
    this.networkAcls = new Collection(now);
    this.keyPairs = new Collection(now);
    this.vpcEndpoints = new Collection(now);
    this.launchTemplates = new Collection(now);
    this.capacityReservations = new Collection(now);
    this.hosts = new Collection(now);
    this.vpnConnections = new Collection(now);
    this.transitAttachments = new Collection(now);
    this.publicImages = publicImages(region);
    this.#kinds = [
      tagged(this.instances, 'i-', 'instance', (r) => r.instance),
      tagged(this.volumes, 'vol-', 'volume', (r) => r.volume),
      tagged(this.snapshots, 'snap-', 'snapshot', (r) => r),
      tagged(this.images, 'ami-', 'image', (r) => r),
      tagged(this.addresses, 'eipalloc-', 'elastic-ip', (r) => r),
      tagged(this.launchTemplates, 'lt-', 'launch-template', (r) => r.template),
      tagged(this.capacityReservations, 'cr-', 'capacity-reservation', (r) => r),
      tagged(this.hosts, 'h-', 'dedicated-host', (r) => r),
      tagged(this.vpnConnections, 'vpn-', 'vpn-connection', (r) => r),
      tagged(this.transitAttachments, 'tgw-attach-', 'transit-gateway-attachment', (r) => r),
      tagged(this.vpcEndpoints, 'vpce-', 'vpc-endpoint', (r) => r),
      tagged(this.vpcs, 'vpc-', 'vpc', (r) => r),
      tagged(this.subnets, 'subnet-', 'subnet', (r) => r),
      tagged(this.securityGroups, 'sg-', 'security-group', (r) => r),
      tagged(this.routeTables, 'rtb-', 'route-table', (r) => r),
      tagged(this.internetGateways, 'igw-', 'internet-gateway', (r) => r),
      tagged(this.natGateways, 'nat-', 'natgateway', (r) => r),
      tagged(this.networkInterfaces, 'eni-', 'network-interface', (r) => {
        // Network interfaces are the one kind whose tags are called TagSet.
        return {
          get Tags() {
            return r.TagSet;
          },
          set Tags(tags) {
            r.TagSet = tags;
          },
        };
      }),
      tagged(this.networkAcls, 'acl-', 'network-acl', (r) => r),
      tagged(this.keyPairs, 'key-', 'key-pair', (r) => r),
    ];
    createDefaultVpc(this);
  }

  /** `prefix-0` and 16 hexadecimal digits, reproducible within the store. */
  newId(prefix: string): string {
    return `${prefix}-0${this.random.hex(16)}`;
  }

  /** A resource by id of any kind. */
  find(id: string): TaggedResource | undefined {
    const kind = this.#kinds.find((k) => id.startsWith(k.prefix));
    const data = kind?.get(id);
    return kind && data ? { id, type: kind.type, data } : undefined;
  }

  /** The resource type an id's prefix stands for, e.g. `volume`. */
  typeOf(id: string): string | undefined {
    return this.#kinds.find((k) => id.startsWith(k.prefix))?.type;
  }

  *tagged(): Iterable<TaggedResource> {
    for (const kind of this.#kinds) yield* kind.list();
  }

  arn(type: string, id: string): string {
    return `arn:aws:ec2:${this.region}:${this.accountId}:${type}/${id}`;
  }

  /** The next free private address of a subnet; the first four are reserved by AWS. */
  privateIp(subnet: Subnet): string {
    const [base = '10.0.0.0'] = (subnet.CidrBlock ?? '').split('/');
    const used = (this.#usedAddresses.get(subnet.SubnetId ?? '') ?? 3) + 1;
    this.#usedAddresses.set(subnet.SubnetId ?? '', used);
    subnet.AvailableIpAddressCount = Math.max(0, (subnet.AvailableIpAddressCount ?? 0) - 1);
    const octets = base.split('.').map(Number);
    const value = octets.reduce((sum, octet) => sum * 256 + octet, 0) + used;
    return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
  }

  /** A public IPv4 address out of documentation-like Amazon ranges. */
  publicIp(): string {
    return `${this.random.pick([3, 18, 34, 52, 54])}.${this.random.integer(1, 254)}.${this.random.integer(0, 255)}.${this.random.integer(1, 254)}`;
  }
}

/** EC2 state per account and region. */
export const ec2Store = defineStore('ec2', 'region', (owner) => new Ec2Store(owner));

export type InstanceEntity = Entity<InstanceRecord>;
export type VolumeEntity = Entity<VolumeRecord>;
