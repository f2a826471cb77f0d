import type { Rule } from '../rule.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { hasAccelerators, RESIZE_OPERATIONS, resizeTo, soldCpus, unmanageable, VM } from './machines.ts';
import { RESIZE_MACHINE } from './permissions.ts';

/** GiB a vCPU of the predefined types of families with custom types (Compute Engine, "Machine families"). */
const CLASSES: Readonly<Record<string, readonly (readonly [kind: string, gib: number])[]>> = {
  e2: [
    ['standard', 4],
    ['highmem', 8],
    ['highcpu', 1],
  ],
  n1: [
    ['standard', 3.75],
    ['highmem', 6.5],
    ['highcpu', 0.9],
  ],
  n2: [
    ['standard', 4],
    ['highmem', 8],
    ['highcpu', 1],
  ],
  n2d: [
    ['standard', 4],
    ['highmem', 8],
    ['highcpu', 1],
  ],
  n4: [
    ['standard', 4],
    ['highmem', 8],
    ['highcpu', 2],
  ],
};

export const rule: Rule = {
  id: 'gcp-vm-custom-to-predefined',
  provider: 'gcp',
  resourceType: VM,
  category: 'rightsize',
  title: words(
    'Custom machine type dearer than a predefined one',
    'Tipo personalizado mais caro que um predefinido',
  ),
  criterion: words(
    'A custom machine type, while a predefined one of the family with no fewer vCPUs and no less memory has a lower list price.',
    'Tipo de máquina personalizado, enquanto um predefinido da família, com vCPU e memória não menores, tem preço de tabela menor.',
  ),
  remedy: words(
    'Stop, change the machine type, start. Undo changes it back the same way.',
    'Pare, mude o tipo de máquina e inicie. Desfazer volta ao tipo anterior da mesma forma.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M2',
  confidence: 'high',
  effort: 'medium',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: RESIZE_OPERATIONS,
  permissions: RESIZE_MACHINE,
  examine(vm, facts) {
    if (vm.state !== 'running') return CLEAR;
    const custom = /^(?:([a-z]\d[a-z]?)-)?custom-(\d+)-(\d+)(?:-ext)?$/.exec(vm.size?.sku ?? '');
    if (!custom) return CLEAR;
    const managed = unmanageable(vm);
    if (managed) return managed;
    if (hasAccelerators(vm)) return skip('excluded', 'GPU');
    const family = custom[1] ?? 'n1';
    const [cpus, gib] = [Number(custom[2]), Number(custom[3]) / 1024];
    const classes = Object.hasOwn(CLASSES, family) ? (CLASSES[family] ?? []) : [];
    // Of each class the smallest that fits.
    const candidates = classes.flatMap(([kind, perCpu]) => {
      // With one vCPU only the standard class is sold.
      const fits = soldCpus(family).find(
        (count) => count >= cpus && count * perCpu >= gib && (count > 1 || kind === 'standard'),
      );
      return fits === undefined ? [] : [`${family}-${kind}-${fits}`];
    });
    return resizeTo(vm, facts, candidates, {
      why: (next) =>
        local(
          (f) => `${next} has at least its ${cpus} vCPUs and ${f.n(gib)} GiB and costs less.`,
          (f) => `${next} tem ao menos as ${cpus} vCPU e os ${f.n(gib)} GiB e custa menos.`,
        ),
    });
  },
};
