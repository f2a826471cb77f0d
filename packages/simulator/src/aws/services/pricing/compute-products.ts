import { computeTypes, type ComputeType } from '../../prices/instance-sizes.ts';
import {
  balancer,
  instanceHour,
  natGb,
  natHour,
  publicIpHour,
  snapshotMonth,
  transferOutGb,
  VOLUME_TYPES,
  volumeMonth,
} from '../../prices/prices.ts';
import { usagePrefix } from '../../prices/regions.ts';
import { product, usd, type Product, type ReservedOffer } from './product.ts';

const HOURS_PER_YEAR = 8760;

/** Standard reservations as parts of the on-demand price. */
export function reservations(hour: number): ReservedOffer[] {
  const round = (value: number): number => Number(value.toPrecision(6));
  return [
    { years: 1, option: 'No Upfront', hourly: round(hour * 0.63), upfront: 0 },
    { years: 1, option: 'All Upfront', hourly: 0, upfront: Math.round(hour * 0.588 * HOURS_PER_YEAR) },
    { years: 3, option: 'No Upfront', hourly: round(hour * 0.432), upfront: 0 },
    { years: 3, option: 'All Upfront', hourly: 0, upfront: Math.round(hour * 0.38 * 3 * HOURS_PER_YEAR) },
  ];
}

interface System {
  readonly name: string;
  readonly operation: string;
  readonly windows: boolean;
}

const SYSTEMS: readonly System[] = [
  { name: 'Linux', operation: 'RunInstances', windows: false },
  { name: 'Windows', operation: 'RunInstances:0002', windows: true },
];

const CAPACITY = [
  ['Used', 'BoxUsage'],
  ['UnusedCapacityReservation', 'UnusedBox'],
  ['AllocatedCapacityReservation', 'Reservation'],
] as const;

function instanceProducts(region: string, type: ComputeType): Product[] {
  const { family } = type;
  return SYSTEMS.filter((s) => !s.windows || !family.arm).flatMap((system) =>
    CAPACITY.map(([status, usage]) => {
      const hour = instanceHour(region, type.name, system.windows);
      const price = status === 'AllocatedCapacityReservation' ? 0 : hour;
      const text = `$${usd(price)} per ${status === 'Used' ? 'On Demand' : status} ${system.name} ${type.name} Instance Hour`;
      return product(
        'AmazonEC2',
        'Amazon Elastic Compute Cloud',
        region,
        'Compute Instance',
        {
          instanceType: type.name,
          currentGeneration: family.current ? 'Yes' : 'No',
          instanceFamily: family.label,
          vcpu: String(type.vcpu),
          memory: `${type.memory} GiB`,
          physicalProcessor: family.processor,
          processorArchitecture: '64-bit',
          storage: 'EBS only',
          networkPerformance: 'Up to 10 Gigabit',
          tenancy: 'Shared',
          operatingSystem: system.name,
          licenseModel: 'No License required',
          preInstalledSw: 'NA',
          capacitystatus: status,
          marketoption: 'OnDemand',
          usagetype: `${usagePrefix(region)}${usage}:${type.name}`,
          operation: system.operation,
          normalizationSizeFactor: String(type.multiple * 4),
          vpcnetworkingsupport: 'true',
        },
        [{ unit: 'Hrs', usd: price, description: text }],
        status === 'Used' ? reservations(hour) : [],
      );
    }),
  );
}

const VOLUME_NAMES: Readonly<Record<string, readonly [string, string, string]>> = {
  gp2: ['General Purpose', 'EBS:VolumeUsage.gp2', 'SSD-backed'],
  gp3: ['General Purpose', 'EBS:VolumeUsage.gp3', 'SSD-backed'],
  io1: ['Provisioned IOPS', 'EBS:VolumeUsage.piops', 'SSD-backed'],
  io2: ['Provisioned IOPS', 'EBS:VolumeUsage.io2', 'SSD-backed'],
  st1: ['Throughput Optimized HDD', 'EBS:VolumeUsage.st1', 'HDD-backed'],
  sc1: ['Cold HDD', 'EBS:VolumeUsage.sc1', 'HDD-backed'],
  standard: ['Magnetic', 'EBS:VolumeUsage', 'HDD-backed'],
};

/** The usage type of a volume's capacity, without region prefix. */
export function volumeUsage(type: string): string {
  return VOLUME_NAMES[type]?.[1] ?? 'EBS:VolumeUsage';
}

function ec2(
  region: string,
  family: string,
  attributes: Record<string, string>,
  unit: string,
  price: number,
  what: string,
): Product {
  const usagetype = `${usagePrefix(region)}${attributes['usagetype'] ?? ''}`;
  const description = `$${usd(price)} per ${what}`;
  return product('AmazonEC2', 'Amazon Elastic Compute Cloud', region, family, { ...attributes, usagetype }, [
    { unit, usd: price, description },
  ]);
}

function volumeProducts(region: string): Product[] {
  return VOLUME_TYPES.flatMap((api) => {
    const [volumeType = '', usagetype = '', media = ''] = VOLUME_NAMES[api] ?? [];
    const price = volumeMonth(region, api);
    const base = { volumeApiName: api, volumeType, operation: '' };
    const capacity = ec2(
      region,
      'Storage',
      { ...base, storageMedia: media, usagetype },
      'GB-Mo',
      price.gb,
      `GB-month of ${volumeType} provisioned storage`,
    );
    const iops =
      price.iops > 0
        ? [
            ec2(
              region,
              'System Operation',
              {
                ...base,
                provisioned: 'Yes',
                group: 'EBS IOPS',
                usagetype: `EBS:VolumeP-IOPS.${api === 'io1' ? 'piops' : api}`,
              },
              'IOPS-Mo',
              price.iops,
              'IOPS-month provisioned',
            ),
          ]
        : [];
    const throughput =
      price.mibps > 0
        ? [
            ec2(
              region,
              'Provisioned Throughput',
              {
                ...base,
                provisioned: 'Yes',
                group: 'EBS Throughput',
                usagetype: 'EBS:VolumeP-Throughput.gp3',
              },
              'GiBps-mo',
              price.mibps * 1024,
              'GiBps-month provisioned',
            ),
          ]
        : [];
    return [capacity, ...iops, ...throughput];
  });
}

/** Everything under service code AmazonEC2: instances, volumes, snapshots, NAT gateways, addresses. */
export function ec2Products(region: string): Product[] {
  return [
    ...computeTypes().flatMap((type) => instanceProducts(region, type)),
    ...volumeProducts(region),
    ec2(
      region,
      'Storage Snapshot',
      { storageMedia: 'Amazon S3', usagetype: 'EBS:SnapshotUsage', operation: '' },
      'GB-Mo',
      snapshotMonth(region),
      'GB-Month of snapshot data stored',
    ),
    ec2(
      region,
      'NAT Gateway',
      {
        group: 'NGW:NatGateway',
        groupDescription: 'Hourly charge for NAT Gateways',
        usagetype: 'NatGateway-Hours',
        operation: 'NatGateway',
      },
      'Hrs',
      natHour(region),
      'NAT Gateway Hour',
    ),
    ec2(
      region,
      'NAT Gateway',
      {
        group: 'NGW:NatGateway',
        groupDescription: 'Charge for per GB data processed by NatGateways',
        usagetype: 'NatGateway-Bytes',
        operation: 'NatGateway',
      },
      'GB',
      natGb(region),
      'GB Data Processed by NAT Gateways',
    ),
  ];
}

/** Public IPv4 addresses, charged under AmazonVPC. */
export function vpcProducts(region: string): Product[] {
  return [
    ['VPCPublicIPv4Address', 'PublicIPv4:InUseAddress', 'In-use public IPv4 address'],
    ['VPCPublicIPv4Address', 'PublicIPv4:IdleAddress', 'Idle public IPv4 address'],
  ].map(([group = '', usage = '', what = '']) => {
    const price = publicIpHour(region);
    return product(
      'AmazonVPC',
      'Amazon Virtual Private Cloud',
      region,
      'VpcEndpoint',
      {
        group,
        groupDescription: `Hourly charge for ${what}`,
        usagetype: `${usagePrefix(region)}${usage}`,
        operation: '',
      },
      [{ unit: 'Hrs', usd: price, description: `$${usd(price)} per ${what} per hour` }],
    );
  });
}

const BALANCERS = [
  ['application', 'Load Balancer-Application', 'LoadBalancing:Application', 'LCU-Hrs'],
  ['network', 'Load Balancer-Network', 'LoadBalancing:Network', 'NLCU-Hrs'],
  ['gateway', 'Load Balancer-Gateway', 'LoadBalancing:Gateway', 'GLCU-Hrs'],
  ['classic', 'Load Balancer', 'LoadBalancing', 'GB'],
] as const;

/** Load balancers under AWSELB. */
export function balancerProducts(region: string): Product[] {
  return BALANCERS.flatMap(([type, family, operation, unit]) => {
    const price = balancer(region, type);
    const prefix = usagePrefix(region);
    const make = (usagetype: string, per: string, value: number, what: string): Product =>
      product(
        'AWSELB',
        'Elastic Load Balancing',
        region,
        family,
        { group: `ELB:${family}`, usagetype: `${prefix}${usagetype}`, operation },
        [{ unit: per, usd: value, description: `$${usd(value)} per ${what}` }],
      );
    const units = unit === 'GB' ? 'DataProcessing-Bytes' : 'LCUUsage';
    return [
      make('LoadBalancerUsage', 'Hrs', price.hour, `${type} load balancer hour`),
      make(units, unit, price.unit, unit === 'GB' ? 'GB processed' : 'capacity unit hour'),
    ];
  });
}

/** Internet egress under AWSDataTransfer. */
export function transferProducts(region: string): Product[] {
  const price = transferOutGb(region);
  return [
    product(
      'AWSDataTransfer',
      'AWS Data Transfer',
      region,
      'Data Transfer',
      {
        transferType: 'AWS Outbound',
        fromRegionCode: region,
        toLocation: 'External',
        usagetype: `${usagePrefix(region)}DataTransfer-Out-Bytes`,
        operation: '',
      },
      [
        { unit: 'GB', usd: price, description: `$${usd(price)} per GB, first 10 TB / month`, to: 10_240 },
        {
          unit: 'GB',
          usd: Number((price * 0.944).toPrecision(6)),
          description: 'next 40 TB / month',
          from: 10_240,
        },
      ],
    ),
  ];
}
