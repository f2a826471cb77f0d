/*
 * What the rules know about EC2 instance families beside CPUs and memory (those are in
 * packages/cloud): sizes offered, processor architecture, what replaces what, and the throughput
 * that is always there. Written down from the public EC2 instance type pages.
 */

/** Date of this table, YYYY-MM-DD. */
export const FAMILIES_AS_OF = '2025-06-30';

type Speeds = Readonly<Record<string, readonly [networkGbps: number, diskMBps: number]>>;

/** Baseline network (Gbit/s) and EBS throughput (MB/s), without burst. */
const FIFTH: Speeds = {
  large: [0.75, 81],
  xlarge: [1.25, 143],
  '2xlarge': [2.5, 287],
  '4xlarge': [5, 593],
  '8xlarge': [10, 850],
  '9xlarge': [10, 1187],
  '12xlarge': [12, 1187],
  '16xlarge': [20, 1700],
  '18xlarge': [25, 2375],
  '24xlarge': [25, 2375],
};
const SIXTH: Speeds = {
  medium: [0.39, 39],
  large: [0.781, 81],
  xlarge: [1.562, 156],
  '2xlarge': [3.125, 312],
  '4xlarge': [6.25, 625],
  '8xlarge': [12.5, 1250],
  '12xlarge': [18.75, 1875],
  '16xlarge': [25, 2500],
  '24xlarge': [37.5, 3750],
  '32xlarge': [50, 5000],
  '48xlarge': [50, 5000],
};
const GRAVITON2: Speeds = {
  medium: [0.5, 39],
  large: [0.75, 78],
  xlarge: [1.25, 148],
  '2xlarge': [2.5, 296],
  '4xlarge': [5, 593],
  '8xlarge': [12, 1187],
  '12xlarge': [20, 1781],
  '16xlarge': [25, 2375],
};
const BURSTABLE: Speeds = {
  nano: [0.032, 5],
  micro: [0.064, 10],
  small: [0.128, 21],
  medium: [0.256, 43],
  large: [0.512, 86],
  xlarge: [1.024, 86],
  '2xlarge': [2.048, 86],
};

/** One family: its sizes with what they carry, and where to go from it. */
export interface InstanceFamily {
  readonly arch: 'x86_64' | 'arm64';
  readonly speeds: Speeds;
  /** Newer families of the same architecture and shape, best first. */
  readonly newer: readonly string[];
  /** The arm64 family of the same shape. */
  readonly arm?: string;
}

function family(
  arch: InstanceFamily['arch'],
  speeds: Speeds,
  newer: string[] = [],
  arm?: string,
): InstanceFamily {
  return { arch, speeds, newer, ...(arm === undefined ? {} : { arm }) };
}

/** Families by name. Those without sizes are old: known only for what replaces them. */
const FAMILIES: Readonly<Record<string, InstanceFamily>> = {
  t1: family('x86_64', {}, ['t3', 't3a'], 't4g'),
  m1: family('x86_64', {}, ['m6i', 'm6a'], 'm6g'),
  m2: family('x86_64', {}, ['r6i', 'r6a'], 'r6g'),
  m3: family('x86_64', {}, ['m6i', 'm6a'], 'm6g'),
  c1: family('x86_64', {}, ['c6i', 'c6a'], 'c6g'),
  c3: family('x86_64', {}, ['c6i', 'c6a'], 'c6g'),
  r3: family('x86_64', {}, ['r6i', 'r6a'], 'r6g'),
  m4: family('x86_64', {}, ['m6i', 'm6a', 'm7i'], 'm7g'),
  c4: family('x86_64', {}, ['c6i', 'c6a', 'c7i'], 'c7g'),
  r4: family('x86_64', {}, ['r6i', 'r6a', 'r7i'], 'r7g'),
  t2: family('x86_64', BURSTABLE, ['t3', 't3a'], 't4g'),
  t3: family('x86_64', BURSTABLE, ['t3a'], 't4g'),
  t3a: family('x86_64', BURSTABLE, [], 't4g'),
  t4g: family('arm64', BURSTABLE),
  m5: family('x86_64', FIFTH, ['m6i', 'm6a', 'm7i'], 'm7g'),
  m5a: family('x86_64', FIFTH, ['m6a', 'm7a'], 'm7g'),
  m6i: family('x86_64', SIXTH, ['m7i'], 'm7g'),
  m6a: family('x86_64', SIXTH, ['m7a'], 'm7g'),
  m6g: family('arm64', GRAVITON2, ['m7g', 'm8g']),
  m7i: family('x86_64', SIXTH, [], 'm8g'),
  m7a: family('x86_64', SIXTH, [], 'm8g'),
  m7g: family('arm64', SIXTH, ['m8g']),
  m8g: family('arm64', SIXTH),
  c5: family('x86_64', FIFTH, ['c6i', 'c6a', 'c7i'], 'c7g'),
  c5a: family('x86_64', FIFTH, ['c6a', 'c7a'], 'c7g'),
  c6i: family('x86_64', SIXTH, ['c7i'], 'c7g'),
  c6a: family('x86_64', SIXTH, ['c7a'], 'c7g'),
  c6g: family('arm64', GRAVITON2, ['c7g', 'c8g']),
  c7i: family('x86_64', SIXTH, [], 'c8g'),
  c7a: family('x86_64', SIXTH, [], 'c8g'),
  c7g: family('arm64', SIXTH, ['c8g']),
  c8g: family('arm64', SIXTH),
  r5: family('x86_64', FIFTH, ['r6i', 'r6a', 'r7i'], 'r7g'),
  r5a: family('x86_64', FIFTH, ['r6a', 'r7a'], 'r7g'),
  r6i: family('x86_64', SIXTH, ['r7i'], 'r7g'),
  r6a: family('x86_64', SIXTH, ['r7a'], 'r7g'),
  r6g: family('arm64', GRAVITON2, ['r7g', 'r8g']),
  r7i: family('x86_64', SIXTH, [], 'r8g'),
  r7a: family('x86_64', SIXTH, [], 'r8g'),
  r7g: family('arm64', SIXTH, ['r8g']),
  r8g: family('arm64', SIXTH),
};

/** Sizes that a family does not offer although its table of speeds has them. */
const MISSING: Readonly<Record<string, readonly string[]>> = {
  m5: ['9xlarge', '18xlarge'],
  m5a: ['9xlarge', '18xlarge'],
  r5: ['9xlarge', '18xlarge'],
  r5a: ['9xlarge', '18xlarge'],
  c5: ['8xlarge', '16xlarge'],
  c5a: ['9xlarge', '18xlarge'],
  m6i: ['medium', '48xlarge'],
  c6i: ['medium', '48xlarge'],
  r6i: ['medium', '48xlarge'],
  m6a: ['medium'],
  c6a: ['medium'],
  r6a: ['medium'],
  m7i: ['medium', '32xlarge'],
  c7i: ['medium', '32xlarge'],
  r7i: ['medium', '32xlarge'],
  m7g: ['24xlarge', '32xlarge', '48xlarge'],
  c7g: ['24xlarge', '32xlarge', '48xlarge'],
  r7g: ['24xlarge', '32xlarge', '48xlarge'],
  m8g: ['32xlarge'],
  c8g: ['32xlarge'],
  r8g: ['32xlarge'],
};

/** Sizes of generations 3 and 4, which do not keep the later pattern: vCPUs, GiB. */
const OLD_SHAPES: Readonly<
  Record<string, Readonly<Record<string, readonly [cpus: number, memoryGiB: number]>>>
> = {
  m3: { medium: [1, 3.75], large: [2, 7.5], xlarge: [4, 15], '2xlarge': [8, 30] },
  m4: {
    large: [2, 8],
    xlarge: [4, 16],
    '2xlarge': [8, 32],
    '4xlarge': [16, 64],
    '10xlarge': [40, 160],
    '16xlarge': [64, 256],
  },
  c3: { large: [2, 3.75], xlarge: [4, 7.5], '2xlarge': [8, 15], '4xlarge': [16, 30], '8xlarge': [32, 60] },
  c4: { large: [2, 3.75], xlarge: [4, 7.5], '2xlarge': [8, 15], '4xlarge': [16, 30], '8xlarge': [36, 60] },
  r3: {
    large: [2, 15.25],
    xlarge: [4, 30.5],
    '2xlarge': [8, 61],
    '4xlarge': [16, 122],
    '8xlarge': [32, 244],
  },
  r4: {
    large: [2, 15.25],
    xlarge: [4, 30.5],
    '2xlarge': [8, 61],
    '4xlarge': [16, 122],
    '8xlarge': [32, 244],
    '16xlarge': [64, 488],
  },
};

/** Share of a CPU that earned credits pay for, in percent of each vCPU (EC2 user guide, burstable instances). */
const CREDIT_BASELINE: Readonly<Record<string, number>> = {
  nano: 5,
  micro: 10,
  small: 20,
  medium: 20,
  large: 30,
  xlarge: 40,
  '2xlarge': 40,
};
const CREDIT_BASELINE_T2: Readonly<Record<string, number>> = { xlarge: 22.5, '2xlarge': 17 };

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** `m7g.large` → `['m7g', 'large']`; `db.` and `cache.` are left off. */
export function splitType(type: string): readonly [family: string, size: string] {
  const [name = '', size = ''] = type.replace(/^(db|cache)\./, '').split('.');
  return [name, size];
}

/** vCPUs and memory of an old type; undefined for others. */
export function oldShape(type: string): { readonly cpus: number; readonly memoryGiB: number } | undefined {
  const [name, size] = splitType(type);
  const row = own(own(OLD_SHAPES, name) ?? {}, size);
  return row && { cpus: row[0], memoryGiB: row[1] };
}

/** What is known of a family; undefined for those not in the table. */
export function familyOf(type: string): InstanceFamily | undefined {
  return own(FAMILIES, splitType(type)[0]);
}

/** All types of a family by name, smallest first. */
export function typesOf(name: string): string[] {
  const missing = own(MISSING, name) ?? [];
  return Object.keys(own(FAMILIES, name)?.speeds ?? {})
    .filter((size) => !missing.includes(size))
    .map((size) => `${name}.${size}`);
}

/** Baseline network in Gbit/s and EBS throughput in MB/s; undefined when not known. */
export function speedsOf(
  type: string,
): { readonly networkGbps: number; readonly diskMBps: number } | undefined {
  const row = own(familyOf(type)?.speeds ?? {}, splitType(type)[1]);
  return row && { networkGbps: row[0], diskMBps: row[1] };
}

/** Percent of each vCPU that a burstable type carries for ever; undefined for types without credits. */
export function creditBaseline(type: string): number | undefined {
  const [name, size] = splitType(type);
  if (!/^t\d/.test(name)) return undefined;
  return (name === 't2' ? own(CREDIT_BASELINE_T2, size) : undefined) ?? own(CREDIT_BASELINE, size);
}

/** Families new workloads would be put on, by architecture. */
export const CURRENT_FAMILIES: Readonly<Record<InstanceFamily['arch'], readonly string[]>> = {
  x86_64: ['t3', 't3a', 'c6a', 'm6a', 'r6a', 'c6i', 'm6i', 'r6i', 'c7i', 'm7i', 'r7i'],
  arm64: ['t4g', 'c6g', 'm6g', 'r6g', 'c7g', 'm7g', 'r7g', 'c8g', 'm8g', 'r8g'],
};
