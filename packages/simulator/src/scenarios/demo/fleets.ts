import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { setProfile } from '../../aws/metrics/profiles.ts';
import { classicBalancer } from '../../aws/services/further/classic-elb.ts';
import { scalingGroup } from '../../aws/services/further/autoscaling.ts';
import { addEndpoint } from '../../aws/services/ec2/endpoints.ts';
import { addNatGateway } from '../../aws/services/ec2/gateways.ts';
import { addAddress } from '../../aws/services/ec2/addresses.ts';
import { shelfStore } from '../../aws/services/shelf.ts';
import type { LoadProfile } from '../../aws/world.ts';
import type { Estate, Network, Owner } from './estate.ts';
import { tagRecord } from './tags.ts';

const STOREFRONT: Owner = { app: 'storefront', env: 'production' };
const PAYMENTS: Owner = { app: 'payments', env: 'production' };
const ANALYTICS: Owner = { app: 'analytics', env: 'production' };
const PLATFORM: Owner = { app: 'platform', env: 'production' };

interface GroupPlan {
  readonly name: string;
  readonly owner: Owner;
  readonly type: string;
  readonly sizes: readonly [minimum: number, maximum: number, desired: number];
  readonly ageDays: number;
  readonly load: LoadProfile;
}

/** An image of the account with its snapshot. */
function addImage(estate: Estate, region: string, name: string, owner: Owner, ageDays: number): string {
  const store = estate.store(region);
  const id = store.newId('ami');
  const snapshotId = estate.snapshot(region, `Created by CreateImage for ${id}`, 30, ageDays, owner);
  store.images.add(
    id,
    {
      ImageId: id,
      Name: name,
      Description: '',
      OwnerId: store.accountId,
      ImageLocation: `${store.accountId}/${name}`,
      Architecture: 'x86_64',
      CreationDate: new Date(estate.ago(ageDays)).toISOString(),
      State: 'available',
      Public: false,
      ImageType: 'machine',
      Hypervisor: 'xen',
      VirtualizationType: 'hvm',
      EnaSupport: true,
      RootDeviceType: 'ebs',
      RootDeviceName: '/dev/xvda',
      PlatformDetails: 'Linux/UNIX',
      UsageOperation: 'RunInstances',
      BlockDeviceMappings: [
        {
          DeviceName: '/dev/xvda',
          Ebs: { SnapshotId: snapshotId, VolumeSize: 30, VolumeType: 'gp3', DeleteOnTermination: true },
        },
      ],
      Tags: estate.tags(name, owner),
    },
    estate.ago(ageDays),
  );
  return id;
}

/** A group with its template and machines. */
function addGroup(estate: Estate, network: Network, plan: GroupPlan, imageId: string): void {
  const { store } = network;
  const at = estate.ago(plan.ageDays);
  const templateId = store.newId('lt');
  store.launchTemplates.add(
    templateId,
    {
      template: {
        LaunchTemplateId: templateId,
        LaunchTemplateName: `${plan.name}-template`,
        CreateTime: new Date(at),
        CreatedBy: `arn:aws:iam::${store.accountId}:user/platform`,
        DefaultVersionNumber: 1,
        LatestVersionNumber: 1,
        Tags: estate.tags(`${plan.name}-template`, plan.owner),
      },
      versions: [
        {
          LaunchTemplateId: templateId,
          VersionNumber: 1,
          DefaultVersion: true,
          LaunchTemplateData: { ImageId: imageId, InstanceType: plan.type as 'm5.large' },
        },
      ],
    },
    at,
  );
  const [minimum, maximum, desired] = plan.sizes;
  const members = estate.fleet(network, desired, {
    name: plan.name,
    type: plan.type,
    owner: plan.owner,
    ageDays: plan.ageDays,
    load: plan.load,
  });
  const group: AutoScalingGroup = {
    AutoScalingGroupName: plan.name,
    AutoScalingGroupARN: `arn:aws:autoscaling:${store.region}:${store.accountId}:autoScalingGroup:${store.random.hex(8)}:autoScalingGroupName/${plan.name}`,
    LaunchTemplate: {
      LaunchTemplateId: templateId,
      LaunchTemplateName: `${plan.name}-template`,
      Version: '$Latest',
    },
    MinSize: minimum,
    MaxSize: maximum,
    DesiredCapacity: desired,
    DefaultCooldown: 300,
    AvailabilityZones: [`${store.region}a`, `${store.region}b`],
    HealthCheckType: 'EC2',
    HealthCheckGracePeriod: 300,
    VPCZoneIdentifier: network.privateSubnets.join(','),
    TerminationPolicies: ['Default'],
    NewInstancesProtectedFromScaleIn: false,
    CreatedTime: new Date(at),
    Instances: members.map(({ id, data }) => ({
      InstanceId: id,
      InstanceType: plan.type,
      AvailabilityZone: data.instance.Placement?.AvailabilityZone,
      LifecycleState: 'InService' as const,
      HealthStatus: 'Healthy',
      ProtectedFromScaleIn: false,
    })),
  };
  estate.account
    .store(shelfStore, store.region)
    .put(scalingGroup, group, { tags: tagRecord(estate, plan.name, plan.owner), createdAt: at });
  const idle = plan.load.cpuAverage < 3;
  setProfile(estate.account, plan.name, {
    kind: idle ? 'idle' : 'steady',
    level: plan.load.cpuAverage / 100,
    peak: plan.load.cpuPeak / 100,
  });
}

/** Groups of machines, their images, and capacity that was reserved. */
export function seedFleets(estate: Estate, network: Network): void {
  const region = 'us-east-1';
  const { store } = network;
  const used = addImage(estate, region, 'aurora-base-2026-03', PLATFORM, 240);
  const unused = addImage(estate, region, 'aurora-base-2025-06', PLATFORM, 520);
  estate.plant('ami-unused', 'ec2', region, unused, '520 days old, used by no instance and no template');
  estate.decoy('ami-unused', 'ec2', region, used, '240 days old, but a launch template starts it');
  addGroup(
    estate,
    network,
    {
      name: 'storefront-render',
      owner: STOREFRONT,
      type: 'c6i.large',
      sizes: [3, 3, 3],
      ageDays: 190,
      load: { cpuAverage: 11, cpuPeak: 34, memoryAverage: 30, pattern: 'web' },
    },
    used,
  );
  estate.plant(
    'asg-fixed-size',
    'autoscaling',
    region,
    'storefront-render',
    'always three machines at 11 % CPU',
  );
  addGroup(
    estate,
    network,
    {
      name: 'payments-fraud-trial',
      owner: { app: 'payments', env: 'staging' },
      type: 'm6i.large',
      sizes: [1, 4, 2],
      ageDays: 130,
      load: { cpuAverage: 1.2, cpuPeak: 4, memoryAverage: 12, pattern: 'flat' },
    },
    used,
  );
  estate.plant(
    'asg-idle',
    'autoscaling',
    region,
    'payments-fraud-trial',
    'a trial that ended, two machines at 1 % CPU',
  );
  addGroup(
    estate,
    network,
    {
      name: 'payments-settlement',
      owner: PAYMENTS,
      type: 'c6i.large',
      sizes: [2, 8, 2],
      ageDays: 210,
      load: { cpuAverage: 46, cpuPeak: 88, memoryAverage: 55, pattern: 'business' },
    },
    used,
  );
  estate.decoy('asg-fixed-size', 'autoscaling', region, 'payments-settlement', 'at its floor now, and busy');
  for (const [name, owner, ageDays, total, free] of [
    ['black-friday-2025', STOREFRONT, 45, 2, 2],
    ['payments-settlement', PAYMENTS, 210, 2, 0],
  ] as const) {
    const id = store.newId('cr');
    store.capacityReservations.add(
      id,
      {
        CapacityReservationId: id,
        CapacityReservationArn: store.arn('capacity-reservation', id),
        OwnerId: store.accountId,
        InstanceType: 'c6i.large',
        InstancePlatform: 'Linux/UNIX',
        AvailabilityZone: `${region}a`,
        Tenancy: 'default',
        TotalInstanceCount: total,
        AvailableInstanceCount: free,
        EbsOptimized: true,
        EphemeralStorage: false,
        State: 'active',
        EndDateType: 'unlimited',
        InstanceMatchCriteria: 'open',
        CreateDate: new Date(estate.ago(ageDays)),
        StartDate: new Date(estate.ago(ageDays)),
        Tags: estate.tags(name, owner),
      },
      estate.ago(ageDays),
    );
    const kind = 'ec2-capacity-reservation-unused';
    if (free > 0)
      estate.plant(kind, 'ec2', region, id, 'two c6i.large reserved for last year’s sale, none used');
    else estate.decoy(kind, 'ec2', region, id, 'both machines it reserves run');
  }
}

/** The first private subnets of another region's network. */
function subnetsOf(estate: Estate, region: string, kind: 'private' | 'public'): string[] {
  return estate
    .store(region)
    .subnets.list()
    .filter((e) => e.data.Tags?.some((t) => t.Value?.startsWith(`aurora-${kind}`)))
    .map((e) => e.id);
}

/** Gateways, endpoints and links: some without traffic. */
export function seedNetworkExtras(estate: Estate, network: Network): void {
  const { store } = network;
  const address = addAddress(store, estate.tags('aurora-nat-legacy', PLATFORM), estate.ago(400));
  const nat = addNatGateway(store, network.publicSubnets[1] ?? '', {
    allocationId: address.id,
    tags: estate.tags('aurora-nat-legacy', PLATFORM),
    createdAt: estate.ago(400),
  });
  setProfile(estate.account, nat.id, { kind: 'idle' });
  estate.plant(
    'nat-idle',
    'ec2',
    'us-east-1',
    nat.id,
    'no bytes since the subnets moved to the other gateway',
  );

  const endpoints = [
    ['us-east-1', 'Interface', 'secretsmanager', 'idle', 'no bytes'],
    ['eu-west-1', 'Interface', 'ecr.dkr', 'steady', 'nodes pull images through it'],
    ['sa-east-1', 'Gateway', 's3', 'steady', 'free, and saves NAT traffic'],
  ] as const;
  for (const [region, type, service, use, note] of endpoints) {
    const here = estate.store(region);
    const subnetIds = subnetsOf(estate, region, 'private');
    const vpcId = here.subnets.get(subnetIds[0] ?? '')?.data.VpcId ?? '';
    const tables = here.routeTables
      .list()
      .filter((e) => e.data.Associations?.some((a) => subnetIds.includes(a.SubnetId ?? '')));
    const entity = addEndpoint(here, {
      vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      type,
      subnetIds,
      routeTableIds: tables.map((t) => t.id),
      groupIds: [],
      privateDns: true,
      tags: estate.tags(`aurora-${service}`, PLATFORM),
      createdAt: estate.ago(260),
    });
    setProfile(estate.account, entity.id, { kind: use, perHour: use === 'idle' ? 0 : 900 });
    if (use === 'idle') estate.plant('vpce-idle', 'ec2', region, entity.id, note);
    else estate.decoy('vpce-idle', 'ec2', region, entity.id, note);
  }

  for (const [region, name, use] of [
    ['sa-east-1', 'office-sao-paulo', 'office-hours'],
    ['sa-east-1', 'office-curitiba', 'idle'],
  ] as const) {
    const here = estate.store(region);
    const id = here.newId('vpn');
    here.vpnConnections.add(
      id,
      {
        VpnConnectionId: id,
        State: 'available',
        Type: 'ipsec.1',
        Category: 'VPN',
        CustomerGatewayId: here.newId('cgw'),
        VpnGatewayId: here.newId('vgw'),
        VgwTelemetry: [
          {
            Status: use === 'idle' ? 'DOWN' : 'UP',
            LastStatusChange: new Date(estate.ago(use === 'idle' ? 75 : 20)),
            AcceptedRouteCount: 0,
          },
        ],
        Tags: estate.tags(name, { app: 'intranet', env: 'production' }),
      },
      estate.ago(600),
    );
    setProfile(estate.account, id, { kind: use, perHour: use === 'idle' ? 0 : 4000 });
    if (use === 'idle') estate.plant('vpn-tgw-idle', 'ec2', region, id, 'the office closed 75 days ago');
    else estate.decoy('vpn-tgw-idle', 'ec2', region, id, 'used in office hours only');
  }

  const ireland = estate.store('eu-west-1');
  const attachment = ireland.newId('tgw-attach');
  ireland.transitAttachments.add(
    attachment,
    {
      TransitGatewayAttachmentId: attachment,
      TransitGatewayId: ireland.newId('tgw'),
      TransitGatewayOwnerId: ireland.accountId,
      ResourceOwnerId: ireland.accountId,
      ResourceType: 'vpc',
      ResourceId: ireland.vpcs.list().find((e) => e.data.IsDefault !== true)?.id,
      State: 'available',
      CreationTime: new Date(estate.ago(310)),
      Tags: estate.tags('analytics-partner-link', ANALYTICS),
    },
    estate.ago(310),
  );
  setProfile(estate.account, attachment, { kind: 'idle' });
  estate.plant('vpn-tgw-idle', 'ec2', 'eu-west-1', attachment, 'a partner link without bytes');

  const shelf = estate.account.store(shelfStore, 'us-east-1');
  shelf.put(
    classicBalancer,
    {
      LoadBalancerName: 'storefront-2019',
      DNSName: 'storefront-2019-1234567890.us-east-1.elb.amazonaws.com',
      Scheme: 'internet-facing',
      VPCId: network.vpcId,
      Subnets: [...network.publicSubnets],
      AvailabilityZones: ['us-east-1a', 'us-east-1b'],
      SecurityGroups: [],
      Instances: [],
      ListenerDescriptions: [
        { Listener: { Protocol: 'HTTP', LoadBalancerPort: 80, InstanceProtocol: 'HTTP', InstancePort: 80 } },
      ],
      CreatedTime: new Date(estate.ago(900)),
    },
    { tags: tagRecord(estate, 'storefront-2019', STOREFRONT), createdAt: estate.ago(900) },
  );
  setProfile(estate.account, 'storefront-2019', { kind: 'idle' });
  estate.plant(
    'elb-no-targets',
    'elb',
    'us-east-1',
    'storefront-2019',
    'classic load balancer without instances',
  );
}
