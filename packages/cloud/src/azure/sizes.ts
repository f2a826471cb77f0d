/** CPUs and memory of a machine size. */
export interface MachineSize {
  readonly cpus: number;
  readonly memoryGiB: number;
}

/** GiB a vCPU by the letter of the family (Azure, "Sizes for virtual machines"). */
const GIB_PER_CPU: Readonly<Record<string, number>> = { D: 4, E: 8, F: 2, L: 8, DC: 4, EC: 8 };

/** Burstable sizes do not follow a rule. */
const BURSTABLE: Readonly<Record<string, readonly [cpus: number, memoryGiB: number]>> = {
  B1ls: [1, 0.5],
  B1s: [1, 1],
  B1ms: [1, 2],
  B2s: [2, 4],
  B2ms: [2, 8],
  B4ms: [4, 16],
  B8ms: [8, 32],
  B12ms: [12, 48],
  B16ms: [16, 64],
  B20ms: [20, 80],
};

/**
 * Size from its name, `Standard_<family><vCPUs><features>_v<version>`: letters, number, features (p ARM, a AMD, d local
 * disk, s premium storage, l low memory). Undefined for a name that does not follow it.
 */
export function machineSize(name: string): MachineSize | undefined {
  const plain = name.replace(/^(Standard|Basic)_/, '');
  const burst = Object.hasOwn(BURSTABLE, plain) ? BURSTABLE[plain] : undefined;
  if (burst) return { cpus: burst[0], memoryGiB: burst[1] };
  const match = /^([A-Z]+)(\d+)(?:-(\d+))?([a-z]*)(?:_v(\d+))?$/.exec(plain);
  if (!match) return undefined;
  const [, family = '', count = '', constrained, features = '', version] = match;
  const perCpu = features.includes('l') && family === 'D' ? 2 : GIB_PER_CPU[family];
  if (perCpu === undefined) return undefined;
  const cpus = Number(count);
  // The first versions counted sizes, not vCPUs.
  if (version === undefined || (version === '2' && family !== 'F')) return undefined;
  return { cpus: constrained === undefined ? cpus : Number(constrained), memoryGiB: cpus * perCpu };
}
