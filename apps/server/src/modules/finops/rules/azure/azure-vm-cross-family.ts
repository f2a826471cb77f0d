import type { Rule } from '../rule.ts';
import { lookback } from '../shared/parameters.ts';
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
  type SizeName,
} from './machines.ts';
import { RESIZE_MACHINE } from './permissions.ts';

/** GiB a vCPU of the series that differ in memory only (Azure, "Sizes for virtual machines"). */
const GIB_PER_CPU: Readonly<Record<string, number>> = { E: 8, D: 4, F: 2 };

/** The same vCPUs with less memory; F sizes stay at version 2 beside D and E of version 5. */
function leaner(size: SizeName): readonly (SizeName & { readonly share: number })[] {
  const memory = GIB_PER_CPU[size.family];
  if (memory === undefined) return [];
  return Object.entries(GIB_PER_CPU)
    .filter(([, other]) => other < memory)
    .map(([family, other]) => ({
      ...size,
      family,
      share: other / memory,
      ...(family === 'F' ? { version: 2, features: 's' } : {}),
    }));
}

export const rule: Rule = {
  id: 'azure-vm-cross-family',
  provider: 'azure',
  resourceType: VM,
  category: 'rightsize',
  title: words(
    'Memory-rich machine that needs little memory',
    'Máquina com muita memória que precisa de pouca',
  ),
  criterion: words(
    'Memory in use over 14 days would stay below 80 % in a series with the same vCPUs and less memory (E to D to F), which costs less. Needs the memory metric.',
    'A memória usada em 14 dias ficaria abaixo de 80 % em uma série com as mesmas vCPU e menos memória (E para D para F), que custa menos. Exige a métrica de memória.',
  ),
  remedy: words(
    'Deallocate, resize, start. Undo changes it back the same way.',
    'Desaloque, redimensione e inicie. Desfazer volta ao tamanho anterior da mesma forma.',
  ),
  parameters: { days: lookback(14, 7, 30) },
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
    const { memoryP99 } = load;
    if (memoryP99 === undefined) return skip('no_metrics', 'memory_used_percent');
    // F sizes have slower cores: a busy CPU stays where it is.
    const candidates = leaner(size)
      .filter(({ share, family }) => memoryP99 / share <= HEADROOM && (family !== 'F' || load.cpuP99 <= 60))
      .map(writeSize);
    return resizeTo(vm, facts, candidates, {
      load,
      why: (next) =>
        local(
          (f) =>
            `Memory stayed below ${f.pct(memoryP99)} in 99 % of the hours: ${next} has the same vCPUs and enough memory.`,
          (f) =>
            `A memória ficou abaixo de ${f.pct(memoryP99)} em 99 % das horas: ${next} tem as mesmas vCPU e memória suficiente.`,
        ),
    });
  },
};
