import type { Rule } from '../rule.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import {
  HEADROOM,
  LOAD_METRICS,
  machineLoad,
  RESIZE_OPERATIONS,
  resizeTo,
  sizeName,
  unmanageable,
  VM,
  writeSize,
} from './machines.ts';
import { RESIZE_MACHINE } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-vm-underused',
  provider: 'azure',
  resourceType: VM,
  category: 'rightsize',
  title: words('Underused virtual machine', 'Máquina virtual subutilizada'),
  criterion: words(
    'CPU at most 40 % in 99 % of the hours of 14 days, and a smaller size of the series carries CPU and memory below 80 %. Without a memory metric at least half of the memory stays.',
    'CPU de no máximo 40 % em 99 % das horas de 14 dias, e um tamanho menor da série suporta CPU e memória abaixo de 80 %. Sem métrica de memória, ao menos metade da memória permanece.',
  ),
  remedy: words(
    'Deallocate, resize, start. Undo changes it back the same way.',
    'Desaloque, redimensione e inicie. Desfazer volta ao tamanho anterior da mesma forma.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    cpu: parameter('CPU (p99) at most', 'CPU (p99) no máximo', 'percent', [40, 5, 70]),
  },
  metrics: LOAD_METRICS,
  lookbackDays: 30,
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
    const load = machineLoad(vm, facts, facts.parameter('days'));
    if (isSkip(load)) return load;
    if (load.cpuP99 > facts.parameter('cpu')) return CLEAR;
    // Memory grows with the vCPUs of a series, so one share holds for both.
    const need = Math.max(load.cpuP99, load.memoryP99 ?? 0) / HEADROOM;
    const least = load.memoryP99 === undefined ? 0.5 : 0;
    const candidates = [2, 4, 8, 16, 32, 48, 64, 96]
      .filter((cpus) => cpus < size.cpus && cpus >= size.cpus * Math.max(need, least))
      .map((cpus) => writeSize({ ...size, cpus }))
      .slice(0, 2);
    return resizeTo(vm, facts, candidates, {
      load,
      why: (next) =>
        local(
          (f) =>
            `CPU stayed below ${f.pct(load.cpuP99)} in 99 % of the hours${load.memoryP99 === undefined ? '; memory is not measured' : ` and memory below ${f.pct(load.memoryP99)}`}: ${next} carries it.`,
          (f) =>
            `A CPU ficou abaixo de ${f.pct(load.cpuP99)} em 99 % das horas${load.memoryP99 === undefined ? '; a memória não é medida' : ` e a memória abaixo de ${f.pct(load.memoryP99)}`}: ${next} é suficiente.`,
        ),
    });
  },
};
