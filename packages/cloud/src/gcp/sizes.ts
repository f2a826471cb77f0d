/** CPUs and memory of a machine type or database tier. */
export interface MachineSize {
  readonly cpus: number;
  readonly memoryGiB: number;
}

/** Shared-core types do not follow a rule (Compute Engine, "Machine families"). */
const SHARED: Readonly<Record<string, readonly [cpus: number, memoryGiB: number]>> = {
  'e2-micro': [2, 1],
  'e2-small': [2, 2],
  'e2-medium': [2, 4],
  'f1-micro': [1, 0.6],
  'g1-small': [1, 1.7],
  'db-f1-micro': [1, 0.6],
  'db-g1-small': [1, 1.7],
};

/** GiB a vCPU by class; families that differ follow. */
const CLASSES: Readonly<Record<string, number>> = { standard: 4, highmem: 8, highcpu: 2 };
const EXCEPTIONS: Readonly<Record<string, number>> = {
  'n1-standard': 3.75,
  'n1-highmem': 6.5,
  'n1-highcpu': 0.9,
  'n2-highcpu': 1,
  'n2d-highcpu': 1,
  'e2-highcpu': 1,
  'n4-highcpu': 2,
};

/**
 * Size from its name: `<family>-<class>-<vCPUs>`, `[<family>-]custom-<vCPUs>-<MiB>[-ext]`, Cloud SQL's `db-…`.
 * Undefined for a name that does not follow it (GPU and memory-optimised types).
 */
export function machineSize(name: string): MachineSize | undefined {
  const shared = Object.hasOwn(SHARED, name) ? SHARED[name] : undefined;
  if (shared) return { cpus: shared[0], memoryGiB: shared[1] };
  const plain = name.replace(/^db-/, '');
  const custom = /^(?:[a-z]\d[a-z]?-)?custom-(\d+)-(\d+)(?:-ext)?$/.exec(plain);
  if (custom) return { cpus: Number(custom[1]), memoryGiB: Number(custom[2]) / 1024 };
  const match = /^([a-z]\d[a-z]?)-(standard|highmem|highcpu)-(\d+)(?:-lssd)?$/.exec(plain);
  if (!match) return undefined;
  const [, family = '', kind = '', count = ''] = match;
  const perCpu = EXCEPTIONS[`${family}-${kind}`] ?? CLASSES[kind];
  return perCpu === undefined ? undefined : { cpus: Number(count), memoryGiB: Number(count) * perCpu };
}
