import type { Rule } from '../rule.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { isWindows, RESIZE_OPERATIONS, resizeTo, sizeName, unmanageable, VM, writeSize } from './machines.ts';
import { RESIZE_MACHINE } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-vm-amd',
  provider: 'azure',
  resourceType: VM,
  category: 'modernize',
  title: words('Machine that would cost less on AMD', 'Máquina que custaria menos em AMD'),
  criterion: words(
    'An Intel D or E size of version 5 whose AMD sibling has the same vCPUs and memory and a lower list price. Linux only.',
    'Tamanho D ou E Intel de versão 5 cujo par AMD tem as mesmas vCPU e memória e preço de tabela menor. Somente Linux.',
  ),
  remedy: words(
    'Deallocate, resize, start; same architecture, no rebuild. Undo changes it back.',
    'Desaloque, redimensione e inicie; mesma arquitetura, sem recompilar. Desfazer volta ao tamanho anterior.',
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
    const size = sizeName(vm.size?.sku ?? '');
    if (!size) return skip('unknown_size', vm.size?.sku ?? 'none');
    if (!['D', 'E'].includes(size.family) || size.features !== 's' || size.version < 5) return CLEAR;
    if (isWindows(vm)) return skip('no_price', 'windows');
    return resizeTo(vm, facts, [writeSize({ ...size, features: 'as' })], {
      why: (next) =>
        local(
          () => `${next} has the same vCPUs and memory as ${vm.size?.sku ?? ''} on AMD processors for less.`,
          () =>
            `${next} tem as mesmas vCPU e memória que ${vm.size?.sku ?? ''}, em processadores AMD, por menos.`,
        ),
    });
  },
};
