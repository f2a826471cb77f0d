import type { PriceClass } from './regions.ts';

/** What a compute family is, with its us-east-1 list price per hour of the size `large` on Linux. */
export interface ComputeFamily {
  readonly large: number;
  readonly priceClass: PriceClass;
  /** GiB of memory of the size `large`. */
  readonly memory: number;
  readonly processor: string;
  readonly arm: boolean;
  readonly current: boolean;
  readonly label: string;
  /** Sizes that exist. */
  readonly sizes: readonly string[];
}

/** Price and capacity of a size as multiples of `large`. */
const MULTIPLES: Readonly<Record<string, number>> = {
  nano: 0.0625,
  micro: 0.125,
  small: 0.25,
  medium: 0.5,
  large: 1,
  xlarge: 2,
  '2xlarge': 4,
  '3xlarge': 6,
  '4xlarge': 8,
  '6xlarge': 12,
  '8xlarge': 16,
  '9xlarge': 18,
  '10xlarge': 20,
  '12xlarge': 24,
  '16xlarge': 32,
  '18xlarge': 36,
  '24xlarge': 48,
  '32xlarge': 64,
};

const SMALL = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'];
const FIFTH = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge', '24xlarge'];
const GRAVITON = ['medium', 'large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const SIXTH = [...FIFTH, '32xlarge'];

function family(
  large: number,
  priceClass: PriceClass,
  memory: number,
  processor: string,
  label: string,
  sizes: readonly string[],
  options: { arm?: boolean; current?: boolean } = {},
): ComputeFamily {
  return {
    large,
    priceClass,
    memory,
    processor,
    label,
    sizes,
    arm: options.arm === true,
    current: options.current !== false,
  };
}

const INTEL_8175 = 'Intel Xeon Platinum 8175';
const ICE_LAKE = 'Intel Xeon 8375C (Ice Lake)';
const GRAVITON2 = 'AWS Graviton2 Processor';
const GRAVITON3 = 'AWS Graviton3 Processor';
const EPYC = 'AMD EPYC 7000 series';

/** Families of the bundled price list. */
export const FAMILIES: Readonly<Record<string, ComputeFamily>> = {
  t2: family(0.0928, 'burstable', 8, 'Intel Xeon Family', 'General purpose', SMALL, { current: false }),
  t3: family(0.0832, 'burstable', 8, 'Intel Skylake E5 2686 v5', 'General purpose', SMALL),
  t3a: family(0.0752, 'burstable', 8, EPYC, 'General purpose', SMALL),
  t4g: family(0.0672, 'burstable', 8, GRAVITON2, 'General purpose', SMALL, { arm: true }),
  m4: family(
    0.1,
    'general',
    8,
    'Intel Xeon E5-2676 v3 (Haswell)',
    'General purpose',
    ['large', 'xlarge', '2xlarge', '4xlarge', '10xlarge', '16xlarge'],
    { current: false },
  ),
  m5: family(0.096, 'general', 8, INTEL_8175, 'General purpose', FIFTH),
  m5a: family(0.086, 'general', 8, EPYC, 'General purpose', FIFTH),
  m6i: family(0.096, 'general', 8, ICE_LAKE, 'General purpose', SIXTH),
  m6a: family(0.0864, 'general', 8, 'AMD EPYC 7R13 Processor', 'General purpose', SIXTH),
  m6g: family(0.077, 'general', 8, GRAVITON2, 'General purpose', GRAVITON, { arm: true }),
  m7g: family(0.0816, 'general', 8, GRAVITON3, 'General purpose', GRAVITON, { arm: true }),
  m7i: family(0.1008, 'general', 8, 'Intel Xeon Scalable (Sapphire Rapids)', 'General purpose', FIFTH),
  c4: family(
    0.1,
    'compute',
    3.75,
    'Intel Xeon E5-2666 v3 (Haswell)',
    'Compute optimized',
    ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge'],
    { current: false },
  ),
  c5: family(0.085, 'compute', 4, 'Intel Xeon Platinum 8124M', 'Compute optimized', [
    'large',
    'xlarge',
    '2xlarge',
    '4xlarge',
    '9xlarge',
    '12xlarge',
    '18xlarge',
    '24xlarge',
  ]),
  c5a: family(0.077, 'compute', 4, 'AMD EPYC 7R32', 'Compute optimized', FIFTH),
  c6i: family(0.085, 'compute', 4, ICE_LAKE, 'Compute optimized', SIXTH),
  c6g: family(0.068, 'compute', 4, GRAVITON2, 'Compute optimized', GRAVITON, { arm: true }),
  c7g: family(0.0725, 'compute', 4, GRAVITON3, 'Compute optimized', GRAVITON, { arm: true }),
  r4: family(
    0.133,
    'memory',
    15.25,
    'Intel Xeon E5-2686 v4 (Broadwell)',
    'Memory optimized',
    ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '16xlarge'],
    { current: false },
  ),
  r5: family(0.126, 'memory', 16, INTEL_8175, 'Memory optimized', FIFTH),
  r5a: family(0.113, 'memory', 16, EPYC, 'Memory optimized', FIFTH),
  r6i: family(0.126, 'memory', 16, ICE_LAKE, 'Memory optimized', SIXTH),
  r6g: family(0.1008, 'memory', 16, GRAVITON2, 'Memory optimized', GRAVITON, { arm: true }),
  r7g: family(0.1071, 'memory', 16, GRAVITON3, 'Memory optimized', GRAVITON, { arm: true }),
  i3: family(0.156, 'memory', 15.25, 'Intel Xeon E5-2686 v4 (Broadwell)', 'Storage optimized', [
    'large',
    'xlarge',
    '2xlarge',
    '4xlarge',
    '8xlarge',
    '16xlarge',
  ]),
  g4dn: family(0.263, 'accelerated', 8, 'Intel Xeon Family', 'GPU instance', [
    'xlarge',
    '2xlarge',
    '4xlarge',
    '8xlarge',
    '12xlarge',
    '16xlarge',
  ]),
};

/** A type such as `m5.xlarge`, taken apart. */
export interface ComputeType {
  readonly name: string;
  readonly family: ComputeFamily;
  readonly familyName: string;
  readonly size: string;
  readonly multiple: number;
  readonly vcpu: number;
  /** GiB. */
  readonly memory: number;
}

/** Reads an instance type; undefined for families and sizes that are not in the bundled list. */
export function computeType(name: string): ComputeType | undefined {
  const [familyName = '', size = ''] = name.split('.');
  const family = Object.hasOwn(FAMILIES, familyName) ? FAMILIES[familyName] : undefined;
  const multiple = MULTIPLES[size];
  if (!family || multiple === undefined || !family.sizes.includes(size)) return undefined;
  const vcpu = family.arm && !familyName.startsWith('t') && size === 'medium' ? 1 : Math.max(2, multiple * 2);
  return { name, family, familyName, size, multiple, vcpu, memory: family.memory * multiple };
}

/** Every type of the list. */
export function computeTypes(): ComputeType[] {
  return Object.entries(FAMILIES).flatMap(([name, family]) =>
    family.sizes.flatMap((size) => computeType(`${name}.${size}`) ?? []),
  );
}

/** A size as a multiple of `large`, or of the nearest thing to it for names that are not known. */
export function sizeMultiple(size: string): number {
  return MULTIPLES[size] ?? 1;
}
