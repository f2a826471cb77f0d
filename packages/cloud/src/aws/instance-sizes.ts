/** CPUs and memory of an instance type. */
export interface InstanceSize {
  readonly cpus: number;
  readonly memoryGiB: number;
}

/** vCPUs by size name of families without burst credits. */
const CPUS: Readonly<Record<string, number>> = {
  medium: 1,
  large: 2,
  xlarge: 4,
  '2xlarge': 8,
  '3xlarge': 12,
  '4xlarge': 16,
  '6xlarge': 24,
  '8xlarge': 32,
  '9xlarge': 36,
  '10xlarge': 40,
  '12xlarge': 48,
  '16xlarge': 64,
  '18xlarge': 72,
  '24xlarge': 96,
  '32xlarge': 128,
  '48xlarge': 192,
};

/** GiB per vCPU by the letter of the family (EC2 instance type tables). */
const GIB_PER_CPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** Burstable sizes: vCPUs and GiB (EC2 instance type tables). t2 has one vCPU below medium. */
const BURSTABLE: Readonly<Record<string, readonly [cpus: number, memoryGiB: number]>> = {
  nano: [2, 0.5],
  micro: [2, 1],
  small: [2, 2],
  medium: [2, 4],
  large: [2, 8],
  xlarge: [4, 16],
  '2xlarge': [8, 32],
};

/**
 * CPUs and memory of the common families (t, c, m, r from the fifth generation on), by their
 * regular pattern; undefined for others, whose numbers the account must be asked for.
 * Database and cache classes work as well: their prefix (`db.`, `cache.`) is ignored.
 */
export function instanceSize(type: string): InstanceSize | undefined {
  const match = /^(?:db\.|cache\.)?([a-z])(\d)([a-z]*)\.([a-z0-9]+)$/.exec(type);
  if (!match) return undefined;
  const [, letter = '', generation = '', suffix = '', size = ''] = match;
  if (letter === 't') {
    const row = Object.hasOwn(BURSTABLE, size) ? BURSTABLE[size] : undefined;
    if (!row) return undefined;
    const [cpus, memoryGiB] = row;
    return { cpus: generation === '2' && ['nano', 'micro', 'small'].includes(size) ? 1 : cpus, memoryGiB };
  }
  const ratio = Object.hasOwn(GIB_PER_CPU, letter) ? GIB_PER_CPU[letter] : undefined;
  const cpus = Object.hasOwn(CPUS, size) ? CPUS[size] : undefined;
  // Older generations and suffixes like flex or bare metal do not keep the pattern.
  if (ratio === undefined || cpus === undefined || Number(generation) < 5 || suffix.includes('flex'))
    return undefined;
  return { cpus, memoryGiB: cpus * ratio };
}
