import type {
  DescribeInstanceTypeOfferingsRequest,
  DescribeInstanceTypeOfferingsResult,
  DescribeInstanceTypesRequest,
  DescribeInstanceTypesResult,
  InstanceTypeInfo,
  _InstanceType,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { findRegion } from '../../regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { checkPageSize, filterBy, pageOf, type FieldTable } from './query.ts';

/** What the simulator knows of an instance type. */
export interface InstanceTypeFacts {
  readonly name: string;
  readonly vcpus: number;
  readonly memoryMib: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly currentGeneration: boolean;
  readonly burstable: boolean;
  /** Instance store in GB; 0 for EBS only. */
  readonly storageGb: number;
  readonly gpus: number;
  readonly network: string;
  readonly nitro: boolean;
}

/** Sizes in the order of families, with vCPU count; memory is per vCPU, in GiB. */
const SIZES: Readonly<Record<string, number>> = {
  large: 2,
  xlarge: 4,
  '2xlarge': 8,
  '4xlarge': 16,
  '8xlarge': 32,
};

interface Family {
  readonly name: string;
  readonly gibPerVcpu: number;
  readonly sizes: readonly string[];
  readonly arm?: boolean;
  readonly old?: boolean;
  readonly storagePerVcpu?: number;
}

/** Source: the EC2 instance type tables, vCPU and memory as published. */
const FAMILIES: readonly Family[] = [
  { name: 'm4', gibPerVcpu: 4, sizes: ['large', 'xlarge', '2xlarge'], old: true },
  { name: 'm5', gibPerVcpu: 4, sizes: ['large', 'xlarge', '2xlarge', '4xlarge'] },
  { name: 'm6i', gibPerVcpu: 4, sizes: ['large', 'xlarge', '2xlarge', '4xlarge'] },
  { name: 'm6g', gibPerVcpu: 4, sizes: ['large', 'xlarge', '2xlarge'], arm: true },
  { name: 'm7g', gibPerVcpu: 4, sizes: ['large', 'xlarge', '2xlarge', '4xlarge'], arm: true },
  { name: 'm7i', gibPerVcpu: 4, sizes: ['large', 'xlarge', '2xlarge'] },
  { name: 'c4', gibPerVcpu: 1.875, sizes: ['large', 'xlarge'], old: true },
  { name: 'c5', gibPerVcpu: 2, sizes: ['large', 'xlarge', '2xlarge', '4xlarge'] },
  { name: 'c6i', gibPerVcpu: 2, sizes: ['large', 'xlarge', '2xlarge', '4xlarge'] },
  { name: 'c7g', gibPerVcpu: 2, sizes: ['large', 'xlarge', '2xlarge'], arm: true },
  { name: 'r5', gibPerVcpu: 8, sizes: ['large', 'xlarge', '2xlarge', '4xlarge'] },
  { name: 'r6i', gibPerVcpu: 8, sizes: ['large', 'xlarge', '2xlarge'] },
  { name: 'r6g', gibPerVcpu: 8, sizes: ['large', 'xlarge', '2xlarge'], arm: true },
  { name: 'r7g', gibPerVcpu: 8, sizes: ['large', 'xlarge'], arm: true },
  { name: 'm6a', gibPerVcpu: 4, sizes: ['large', 'xlarge', '2xlarge', '4xlarge'] },
  { name: 'c6a', gibPerVcpu: 2, sizes: ['large', 'xlarge', '2xlarge', '4xlarge'] },
  { name: 'r6a', gibPerVcpu: 8, sizes: ['large', 'xlarge', '2xlarge', '4xlarge'] },
  { name: 'c7i', gibPerVcpu: 2, sizes: ['large', 'xlarge', '2xlarge', '4xlarge'] },
  { name: 'r7i', gibPerVcpu: 8, sizes: ['large', 'xlarge', '2xlarge', '4xlarge'] },
  { name: 'i3', gibPerVcpu: 7.625, sizes: ['large', 'xlarge', '2xlarge'], storagePerVcpu: 237 },
];

const BURSTABLE: readonly (readonly [family: string, arm: boolean, old: boolean])[] = [
  ['t2', false, false],
  ['t3', false, false],
  ['t3a', false, false],
  ['t4g', true, false],
];
const BURSTABLE_SIZES: readonly (readonly [string, number, number])[] = [
  ['nano', 2, 0.5],
  ['micro', 2, 1],
  ['small', 2, 2],
  ['medium', 2, 4],
  ['large', 2, 8],
  ['xlarge', 4, 16],
  ['2xlarge', 8, 32],
];

function build(): InstanceTypeFacts[] {
  const facts: InstanceTypeFacts[] = [];
  for (const [family, arm, old] of BURSTABLE) {
    for (const [size, vcpus, gib] of BURSTABLE_SIZES) {
      const single = family === 't2' && ['nano', 'micro', 'small'].includes(size);
      facts.push({
        name: `${family}.${size}`,
        vcpus: single ? 1 : vcpus,
        memoryMib: gib * 1024,
        architecture: arm ? 'arm64' : 'x86_64',
        currentGeneration: !old,
        burstable: true,
        storageGb: 0,
        gpus: 0,
        network: family === 't2' ? 'Low to Moderate' : 'Up to 5 Gigabit',
        nitro: family !== 't2',
      });
    }
  }
  for (const family of FAMILIES) {
    for (const size of family.sizes) {
      const vcpus = SIZES[size] ?? 2;
      facts.push({
        name: `${family.name}.${size}`,
        vcpus,
        memoryMib: Math.round(vcpus * family.gibPerVcpu * 1024),
        architecture: family.arm ? 'arm64' : 'x86_64',
        currentGeneration: !family.old,
        burstable: false,
        storageGb: Math.round((family.storagePerVcpu ?? 0) * vcpus),
        gpus: 0,
        network: vcpus >= 32 ? '12.5 Gigabit' : 'Up to 12.5 Gigabit',
        nitro: !family.old && family.name !== 'i3',
      });
    }
  }
  facts.push(
    special('m1.small', 1, 1.7, { currentGeneration: false, nitro: false, network: 'Low', storageGb: 160 }),
    special('g4dn.xlarge', 4, 16, { gpus: 1, storageGb: 125, network: 'Up to 25 Gigabit' }),
    special('g5.xlarge', 4, 16, { gpus: 1, storageGb: 250 }),
    special('p3.2xlarge', 8, 61, { gpus: 1, nitro: false }),
  );
  return facts;
}

function special(
  name: string,
  vcpus: number,
  gib: number,
  more: Partial<InstanceTypeFacts>,
): InstanceTypeFacts {
  return {
    name,
    vcpus,
    memoryMib: Math.round(gib * 1024),
    architecture: 'x86_64',
    currentGeneration: true,
    burstable: false,
    storageGb: 0,
    gpus: 0,
    network: 'Up to 10 Gigabit',
    nitro: true,
    ...more,
  };
}

/** Every simulated instance type by name. */
export const INSTANCE_TYPES: ReadonlyMap<string, InstanceTypeFacts> = new Map(
  build().map((t) => [t.name, t]),
);

/** Families a younger region does not offer, so that "unsupported type" can happen. */
const NOT_OFFERED: Readonly<Record<string, readonly string[]>> = {
  'sa-east-1': ['m7i', 'r7g', 'g5', 'p3'],
  'eu-west-3': ['p3', 'g5'],
  'ap-northeast-3': ['m7g', 'm7i', 'r7g', 'p3', 'g5'],
};

/** Whether a region has an instance type. */
export function isOffered(type: string, region: string): boolean {
  const family = type.split('.')[0] ?? '';
  return INSTANCE_TYPES.has(type) && !(NOT_OFFERED[region] ?? []).includes(family);
}

/** Facts of a type; refuses names that don't exist (or not in the region). */
export function needInstanceType(type: string, region: string): InstanceTypeFacts {
  const facts = INSTANCE_TYPES.get(type);
  if (!facts) throw new AwsError('InvalidParameterValue', `Invalid value '${type}' for InstanceType.`);
  if (!isOffered(type, region)) {
    throw new AwsError(
      'Unsupported',
      `Your requested instance type (${type}) is not supported in your requested region (${region}).`,
    );
  }
  return facts;
}

function toInfo(facts: InstanceTypeFacts): InstanceTypeInfo {
  return {
    InstanceType: facts.name as _InstanceType,
    CurrentGeneration: facts.currentGeneration,
    FreeTierEligible: facts.name === 't2.micro' || facts.name === 't3.micro',
    SupportedUsageClasses: ['on-demand', 'spot'],
    SupportedRootDeviceTypes: ['ebs'],
    SupportedVirtualizationTypes: ['hvm'],
    BareMetal: false,
    ...(facts.nitro ? { Hypervisor: 'nitro' as const } : { Hypervisor: 'xen' as const }),
    ProcessorInfo: {
      SupportedArchitectures: [facts.architecture],
      SustainedClockSpeedInGhz: facts.architecture === 'arm64' ? 2.5 : 3.1,
      Manufacturer: facts.architecture === 'arm64' ? 'AWS' : facts.name.startsWith('t3a') ? 'AMD' : 'Intel',
    },
    VCpuInfo: {
      DefaultVCpus: facts.vcpus,
      DefaultCores: facts.architecture === 'arm64' ? facts.vcpus : Math.max(1, facts.vcpus / 2),
      DefaultThreadsPerCore: facts.architecture === 'arm64' || facts.vcpus === 1 ? 1 : 2,
    },
    MemoryInfo: { SizeInMiB: facts.memoryMib },
    InstanceStorageSupported: facts.storageGb > 0,
    ...(facts.storageGb > 0
      ? {
          InstanceStorageInfo: {
            TotalSizeInGB: facts.storageGb,
            Disks: [{ SizeInGB: facts.storageGb, Count: 1, Type: 'ssd' as const }],
          },
        }
      : {}),
    EbsInfo: {
      EbsOptimizedSupport: facts.nitro ? 'default' : 'supported',
      EncryptionSupport: 'supported',
      NvmeSupport: facts.nitro ? 'required' : 'unsupported',
    },
    NetworkInfo: {
      NetworkPerformance: facts.network,
      MaximumNetworkInterfaces: facts.vcpus >= 4 ? 4 : 3,
      EnaSupport: facts.nitro ? 'required' : 'unsupported',
      Ipv6Supported: true,
    },
    ...(facts.gpus > 0
      ? {
          GpuInfo: {
            Gpus: [
              { Name: 'GPU', Manufacturer: 'NVIDIA', Count: facts.gpus, MemoryInfo: { SizeInMiB: 16384 } },
            ],
            TotalGpuMemoryInMiB: 16384 * facts.gpus,
          },
        }
      : {}),
    PlacementGroupInfo: { SupportedStrategies: ['partition', 'spread'] },
    HibernationSupported: false,
    BurstablePerformanceSupported: facts.burstable,
    DedicatedHostsSupported: !facts.burstable,
    AutoRecoverySupported: true,
    SupportedBootModes: ['legacy-bios', 'uefi'],
  };
}

const FIELDS: FieldTable<InstanceTypeFacts> = {
  'instance-type': (t) => t.name,
  'current-generation': (t) => t.currentGeneration,
  'processor-info.supported-architecture': (t) => t.architecture,
  'vcpu-info.default-vcpus': (t) => t.vcpus,
  'memory-info.size-in-mib': (t) => t.memoryMib,
  'burstable-performance-supported': (t) => t.burstable,
  'instance-storage-supported': (t) => t.storageGb > 0,
  'bare-metal': () => false,
  'supported-usage-class': () => ['on-demand', 'spot'],
  'supported-virtualization-type': () => 'hvm',
  hypervisor: (t) => (t.nitro ? 'nitro' : 'xen'),
};

export function describeInstanceTypes(
  input: DescribeInstanceTypesRequest,
  context: RequestContext,
): DescribeInstanceTypesResult {
  const names = input.InstanceTypes ?? [];
  const bounds = { min: 5, max: 100 };
  checkPageSize(input, names, 'instanceTypes', bounds);
  const unknown = names.filter((name) => !isOffered(name, context.region));
  if (unknown.length > 0) {
    throw new AwsError(
      'InvalidInstanceType',
      `The following supplied instance types do not exist: [${unknown.join(', ')}]`,
    );
  }
  const test = filterBy(input.Filters, FIELDS, () => []);
  const wanted = names.length > 0 ? new Set<string>(names) : undefined;
  const types = [...INSTANCE_TYPES.values()].filter(
    (t) => (wanted?.has(t.name) ?? true) && isOffered(t.name, context.region) && test(t),
  );
  const page = pageOf(types, input, (t) => t.name, context, bounds);
  return { InstanceTypes: page.items.map(toInfo), NextToken: page.NextToken };
}

export function describeInstanceTypeOfferings(
  input: DescribeInstanceTypeOfferingsRequest,
  context: RequestContext,
): DescribeInstanceTypeOfferingsResult {
  checkPageSize(input, undefined, '');
  const byZone = input.LocationType === 'availability-zone';
  const zones = [...(findRegion(context.region)?.zones ?? '')].map((letter) => `${context.region}${letter}`);
  const places = byZone ? zones : [context.region];
  const offers = [...INSTANCE_TYPES.keys()]
    .filter((name) => isOffered(name, context.region))
    .flatMap((name) => places.map((place) => ({ name, place })));
  const fields: FieldTable<(typeof offers)[number]> = {
    'instance-type': (o) => o.name,
    location: (o) => o.place,
  };
  const test = filterBy(input.Filters, fields, () => []);
  const page = pageOf(offers.filter(test), input, (o) => `${o.name}@${o.place}`, context);
  return {
    InstanceTypeOfferings: page.items.map((o) => ({
      InstanceType: o.name as _InstanceType,
      LocationType: byZone ? 'availability-zone' : 'region',
      Location: o.place,
    })),
    NextToken: page.NextToken,
  };
}
