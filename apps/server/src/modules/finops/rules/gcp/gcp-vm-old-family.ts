import type { Rule } from '../rule.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import {
  hasAccelerators,
  RESIZE_OPERATIONS,
  resizeTo,
  soldCpus,
  typeName,
  unmanageable,
  VM,
} from './machines.ts';
import { RESIZE_MACHINE } from './permissions.ts';

/** Families of today that take the same persistent disks and give at least the memory; others need Hyperdisk. */
const SUCCESSORS: Readonly<Record<string, readonly string[]>> = { n1: ['n2d', 'e2'], c2: ['c2d'] };

export const rule: Rule = {
  id: 'gcp-vm-old-family',
  provider: 'gcp',
  resourceType: VM,
  category: 'modernize',
  title: words('VM instance of an old family', 'Instância de VM de família antiga'),
  criterion: words(
    'An N1 or C2 standard or highmem type whose successor with the same vCPUs and no less memory (N2D, E2, C2D) has a lower list price.',
    'Tipo standard ou highmem N1 ou C2 cujo sucessor com as mesmas vCPU e memória não menor (N2D, E2, C2D) tem preço de tabela menor.',
  ),
  remedy: words(
    'Stop, change the machine type, start. Undo changes it back the same way.',
    'Pare, mude o tipo de máquina e inicie. Desfazer volta ao tipo anterior da mesma forma.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M2',
  confidence: 'medium',
  effort: 'medium',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: RESIZE_OPERATIONS,
  permissions: RESIZE_MACHINE,
  examine(vm, facts) {
    if (vm.state !== 'running') return CLEAR;
    const managed = unmanageable(vm);
    if (managed) return managed;
    if (hasAccelerators(vm)) return skip('excluded', 'GPU');
    const type = typeName(vm.size?.sku ?? '');
    if (!type) return skip('unknown_size', vm.size?.sku ?? 'none');
    const successors = Object.hasOwn(SUCCESSORS, type.family) ? SUCCESSORS[type.family] : undefined;
    if (!successors || type.kind === 'highcpu') return CLEAR;
    const candidates = successors
      .filter((family) => soldCpus(family).includes(type.cpus))
      .map((family) => `${family}-${type.kind}-${type.cpus}`);
    return resizeTo(vm, facts, candidates, {
      why: (next) =>
        local(
          () => `${vm.size?.sku ?? ''} is of an old family; ${next} has the vCPUs and the memory for less.`,
          () => `${vm.size?.sku ?? ''} é de família antiga; ${next} tem as vCPU e a memória por menos.`,
        ),
    });
  },
};
