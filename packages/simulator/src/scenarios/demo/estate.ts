import type { Tag } from '@aws-sdk/client-ec2';
import { addAddress } from '../../aws/services/ec2/addresses.ts';
import { addSecurityGroup, addSubnet, addVpc, GATEWAY_ATTACHED } from '../../aws/services/ec2/default-vpc.ts';
import { addNatGateway } from '../../aws/services/ec2/gateways.ts';
import {
  addInstance,
  becomeRunning,
  clearPublicIp,
  setState,
} from '../../aws/services/ec2/instance-model.ts';
import { addSnapshot } from '../../aws/services/ec2/snapshots.ts';
import { ec2Store, type Ec2Store, type InstanceEntity } from '../../aws/services/ec2/store.ts';
import { addVolume, linkVolume } from '../../aws/services/ec2/volume-model.ts';
import { INSTANCE_TYPES } from '../../aws/services/ec2/instance-types.ts';
import type { Account, LoadProfile, World } from '../../aws/world.ts';
import type { PlantedWaste } from '../scenarios.ts';

export const DAY = 86_400_000;

/** Who something belongs to: what its tags say. */
export interface Owner {
  readonly app: string;
  readonly env: 'production' | 'staging' | 'development';
}

/** Team and cost centre of each application. */
const TEAMS: Readonly<Record<string, readonly [owner: string, costCenter: string]>> = {
  storefront: ['squad-storefront', 'CC-1010'],
  payments: ['squad-payments', 'CC-1020'],
  analytics: ['data-team', 'CC-2010'],
  intranet: ['it-internal', 'CC-3010'],
  platform: ['platform-team', 'CC-9000'],
};

/** A network of the estate in one region. */
export interface Network {
  readonly store: Ec2Store;
  readonly vpcId: string;
  readonly publicSubnets: readonly string[];
  readonly privateSubnets: readonly string[];
  readonly groups: Readonly<Record<string, string>>;
}

/** An instance of the estate; sizes in GiB, ages in days. */
export interface Machine {
  readonly name: string;
  readonly type: string;
  readonly owner: Owner;
  readonly ageDays: number;
  readonly load: LoadProfile;
  readonly rootSize?: number;
  readonly rootType?: 'gp2' | 'gp3';
  readonly dataSize?: number;
  readonly dataType?: 'gp2' | 'gp3' | 'io1' | 'st1';
  readonly iops?: number;
  readonly isPublic?: boolean;
  readonly windows?: boolean;
  /** Stopped since this many days. */
  readonly stoppedDays?: number;
  readonly untagged?: boolean;
}

/** Builds an estate over the stores of one account and lists the waste it plants. */
export class Estate {
  readonly world: World;
  readonly account: Account;
  readonly now: number;
  readonly waste: PlantedWaste[] = [];
  /** What looks like waste and is none. */
  readonly decoys: PlantedWaste[] = [];

  constructor(world: World, account: Account) {
    this.world = world;
    this.account = account;
    this.now = world.clock.now();
  }

  /** Simulated time `days` ago. */
  ago(days: number): number {
    return this.now - days * DAY;
  }

  store(region: string): Ec2Store {
    return this.account.store(ec2Store, region);
  }

  /** Tags of a resource: Name, app, env, owner, cost-center. */
  tags(name: string, owner: Owner): { Key: string; Value: string }[] {
    const [team, costCenter] = TEAMS[owner.app] ?? ['unknown', 'CC-0000'];
    return Object.entries({
      Name: name,
      app: owner.app,
      env: owner.env,
      owner: team,
      'cost-center': costCenter,
    }).map(([Key, Value]) => ({ Key, Value }));
  }

  /** Lists a piece of planted waste. */
  plant(kind: string, service: string, region: string, resourceId: string, note: string): void {
    this.waste.push({ kind, service, region, resourceId, note });
  }

  /** Lists something that looks like waste of a kind and is none. */
  decoy(kind: string, service: string, region: string, resourceId: string, note: string): void {
    this.decoys.push({ kind, service, region, resourceId, note });
  }

  /** A VPC with two public and two private subnets, gateways, routes and a group per application. */
  network(region: string, block: string, apps: readonly string[]): Network {
    const store = this.store(region);
    const owner: Owner = { app: 'platform', env: 'production' };
    const vpcId = addVpc(store, `${block}.0.0/16`, false);
    const vpc = store.vpcs.get(vpcId)?.data;
    if (vpc) vpc.Tags = this.tags(`aurora-${region}`, owner);
    const subnet = (offset: number, zone: string, kind: string): string => {
      const made = addSubnet(store, vpcId, `${block}.${offset}.0/22`, `${region}${zone}`, {
        mapPublicIp: kind === 'public',
      });
      made.Tags = this.tags(`aurora-${kind}-${zone}`, owner);
      return made.SubnetId ?? '';
    };
    const publicSubnets = [subnet(0, 'a', 'public'), subnet(4, 'b', 'public')];
    const privateSubnets = [subnet(32, 'a', 'private'), subnet(36, 'b', 'private')];
    const gatewayId = store.newId('igw');
    store.internetGateways.add(gatewayId, {
      InternetGatewayId: gatewayId,
      OwnerId: store.accountId,
      Attachments: [{ State: GATEWAY_ATTACHED, VpcId: vpcId }],
      Tags: this.tags(`aurora-${region}`, owner),
    });
    const natAddress = addAddress(store, this.tags(`aurora-nat-${region}`, owner), this.ago(500));
    const nat = addNatGateway(store, publicSubnets[0] ?? '', {
      allocationId: natAddress.id,
      tags: this.tags(`aurora-nat-${region}`, owner),
      createdAt: this.ago(500),
    });
    this.#routes(store, vpcId, publicSubnets, { GatewayId: gatewayId }, 'public', block);
    this.#routes(store, vpcId, privateSubnets, { NatGatewayId: nat.id }, 'private', block);
    const groups: Record<string, string> = {};
    for (const app of apps) {
      const id = addSecurityGroup(store, vpcId, `${app}-app`, `Application servers of ${app}`);
      const group = store.securityGroups.get(id)?.data;
      if (group) {
        group.Tags = this.tags(`${app}-app`, { app, env: 'production' });
        group.IpPermissions = [
          {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            IpRanges: [{ CidrIp: `${block}.0.0/16` }],
            Ipv6Ranges: [],
            PrefixListIds: [],
            UserIdGroupPairs: [],
          },
        ];
      }
      groups[app] = id;
    }
    return { store, vpcId, publicSubnets, privateSubnets, groups };
  }

  #routes(
    store: Ec2Store,
    vpcId: string,
    subnetIds: readonly string[],
    target: { readonly GatewayId?: string; readonly NatGatewayId?: string },
    name: string,
    block: string,
  ): void {
    const id = store.newId('rtb');
    store.routeTables.add(id, {
      RouteTableId: id,
      VpcId: vpcId,
      OwnerId: store.accountId,
      PropagatingVgws: [],
      Tags: this.tags(`aurora-${name}`, { app: 'platform', env: 'production' }),
      Routes: [
        {
          DestinationCidrBlock: `${block}.0.0/16`,
          GatewayId: 'local',
          Origin: 'CreateRouteTable',
          State: 'active',
        },
        { DestinationCidrBlock: '0.0.0.0/0', ...target, Origin: 'CreateRoute', State: 'active' },
      ],
      Associations: subnetIds.map((SubnetId) => ({
        Main: false,
        RouteTableAssociationId: store.newId('rtbassoc'),
        RouteTableId: id,
        SubnetId,
        AssociationState: { State: 'associated' as const },
      })),
    });
  }

  /** Adds a machine with its history: launched `ageDays` ago, possibly stopped since. */
  machine(network: Network, spec: Machine, index = 0): InstanceEntity {
    const { store } = network;
    const facts = INSTANCE_TYPES.get(spec.type);
    const image = store.publicImages.find(
      (i) =>
        i.Architecture === (facts?.architecture ?? 'x86_64') &&
        (i.Platform !== undefined) === (spec.windows === true),
    );
    const subnets = spec.isPublic ? network.publicSubnets : network.privateSubnets;
    const subnet = store.subnets.get(subnets[index % subnets.length] ?? '')?.data;
    if (!image || !subnet) throw new Error(`no image or subnet for ${spec.name}`);
    const at = this.ago(spec.ageDays);
    const tags = spec.untagged ? [{ Key: 'Name', Value: spec.name }] : this.tags(spec.name, spec.owner);
    const copy = (): Tag[] => tags.map((tag) => ({ ...tag }));
    const entity = addInstance(store, {
      type: spec.type,
      image,
      subnet,
      groupIds: [network.groups[spec.owner.app] ?? Object.values(network.groups)[0] ?? ''],
      disks: [
        {
          device: image.RootDeviceName ?? '/dev/xvda',
          size: spec.rootSize ?? 30,
          type: spec.rootType ?? 'gp3',
          deleteOnTermination: true,
          tags: copy(),
        },
      ],
      publicIp: spec.isPublic ?? false,
      reservationId: store.newId('r'),
      keyName: 'aurora-ops',
      tags: copy(),
      monitoring: spec.owner.env === 'production',
      launchedAt: at,
    });
    if (spec.dataSize !== undefined) {
      const data = addVolume(store, {
        size: spec.dataSize,
        type: spec.dataType ?? 'gp3',
        iops: spec.iops,
        zone: subnet.AvailabilityZone ?? '',
        tags: spec.untagged ? undefined : this.tags(`${spec.name}-data`, spec.owner),
        createdAt: at,
      });
      linkVolume(data, entity.data, '/dev/sdf', at, false);
    }
    becomeRunning(store, entity.data, at + 20_000);
    if (spec.stoppedDays !== undefined) {
      const stopped = this.ago(spec.stoppedDays);
      setState(entity.data, 'stopped', stopped);
      entity.data.instance.StateTransitionReason = `User initiated (${new Date(stopped).toISOString().slice(0, 19).replace('T', ' ')} GMT)`;
      clearPublicIp(store, entity.data.instance);
    }
    this.world.loadProfiles.set(entity.id, spec.load);
    return entity;
  }

  /** Several equal machines, numbered from 1. */
  fleet(network: Network, count: number, spec: Machine): InstanceEntity[] {
    return Array.from({ length: count }, (_, i) =>
      this.machine(network, { ...spec, name: `${spec.name}-${i + 1}` }, i),
    );
  }

  /** An unattached volume: nothing uses it, but it costs. */
  orphanVolume(
    region: string,
    name: string,
    size: number,
    type: 'gp2' | 'gp3' | 'io1',
    ageDays: number,
    owner?: Owner,
    iops?: number,
  ): void {
    const volume = addVolume(this.store(region), {
      size,
      type,
      iops,
      zone: `${region}a`,
      tags: owner ? this.tags(name, owner) : undefined,
      createdAt: this.ago(ageDays),
    });
    this.plant(
      'orphan-volume',
      'ec2',
      region,
      volume.id,
      `${size} GiB ${type}, unattached for ${ageDays} days`,
    );
  }

  /** A snapshot of a volume that may be long gone. */
  snapshot(
    region: string,
    name: string,
    size: number,
    ageDays: number,
    owner: Owner | undefined,
    volumeId?: string,
  ): string {
    const store = this.store(region);
    return addSnapshot(store, {
      volumeId: volumeId ?? store.newId('vol'),
      size,
      description: name,
      tags: owner ? this.tags(name, owner) : undefined,
      startedAt: this.ago(ageDays),
    }).id;
  }
}
