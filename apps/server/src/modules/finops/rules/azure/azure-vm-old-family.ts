import type { Rule } from '../rule.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { isWindows, RESIZE_OPERATIONS, resizeTo, sizeName, unmanageable, VM, writeSize } from './machines.ts';
import { RESIZE_MACHINE } from './permissions.ts';

/** Generation that D and E sizes are moved to. */
const CURRENT = 5;

export const rule: Rule = {
  id: 'azure-vm-old-family',
  provider: 'azure',
  resourceType: VM,
  category: 'modernize',
  title: words('Virtual machine of an old generation', 'Máquina virtual de geração antiga'),
  criterion: words(
    'A D or E size of version 3 or 4 whose successor with the same vCPUs and memory, Intel or AMD, has a lower list price.',
    'Tamanho D ou E de versão 3 ou 4 cujo sucessor com as mesmas vCPU e memória, Intel ou AMD, tem preço de tabela menor.',
  ),
  remedy: words(
    'Deallocate, resize, start. Undo changes it back the same way.',
    'Desaloque, redimensione e inicie. Desfazer volta ao tamanho anterior da mesma forma.',
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
    const managed = unmanageable(vm);
    if (managed) return managed;
    const size = sizeName(vm.size?.sku ?? '');
    if (!size) return skip('unknown_size', vm.size?.sku ?? 'none');
    // Sizes with a local disk (d) or of other series have successors that differ in more than age.
    if (!['D', 'E'].includes(size.family) || size.version >= CURRENT || size.version < 3) return CLEAR;
    if (size.features !== 's' && size.features !== 'as') return CLEAR;
    // The price of the licence is the same on both sides and hides in the cost.
    if (isWindows(vm)) return skip('no_price', 'windows');
    const candidates = ['s', 'as'].map((features) => writeSize({ ...size, features, version: CURRENT }));
    return resizeTo(vm, facts, candidates, {
      why: (next) =>
        local(
          () =>
            `${vm.size?.sku ?? ''} is of generation ${size.version}; ${next} has the same vCPUs and memory for less.`,
          () =>
            `${vm.size?.sku ?? ''} é da geração ${size.version}; ${next} tem as mesmas vCPU e memória por menos.`,
        ),
    });
  },
};
