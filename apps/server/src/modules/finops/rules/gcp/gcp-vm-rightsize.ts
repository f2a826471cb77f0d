import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { LABEL } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
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

/** Largest share of a size that its load may take, percent. */
const HEADROOM = 80;

export const rule: Rule = {
  id: 'gcp-vm-rightsize',
  provider: 'gcp',
  resourceType: VM,
  category: 'rightsize',
  title: words('Underused VM instance', 'Instância de VM subutilizada'),
  criterion: words(
    'CPU at most 40 % in 99 % of the hours of 14 days, and a smaller type of the family carries CPU and memory below 80 %. Without the Ops Agent at least half of the memory stays.',
    'CPU de no máximo 40 % em 99 % das horas de 14 dias, e um tipo menor da família suporta CPU e memória abaixo de 80 %. Sem o Ops Agent, ao menos metade da memória permanece.',
  ),
  remedy: words(
    'Stop, change the machine type, start. Undo changes it back the same way.',
    'Pare, mude o tipo de máquina e inicie. Desfazer volta ao tipo anterior da mesma forma.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    cpu: parameter('CPU (p99) at most', 'CPU (p99) no máximo', 'percent', [40, 5, 70]),
  },
  metrics: [
    { metric: 'cpu_utilization', statistic: 'maximum' },
    { metric: 'memory_used_percent', statistic: 'maximum' },
  ],
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
    if (hasAccelerators(vm)) return skip('excluded', 'GPU');
    const type = typeName(vm.size?.sku ?? '');
    if (!type) return skip('unknown_size', vm.size?.sku ?? 'none');
    const days = facts.parameter('days');
    if (ageDays(vm, facts.now) < days) return skip('too_young', `${days} days`);
    const cpu = measured(facts, vm, 'cpu_utilization', 'maximum', days);
    if (isSkip(cpu)) return cpu;
    if (cpu.p99 > facts.parameter('cpu')) return CLEAR;
    const told = measured(facts, vm, 'memory_used_percent', 'maximum', days);
    const memory = isSkip(told) ? undefined : told;
    // Memory grows with the vCPUs of a class, so one share holds for both.
    const need = Math.max(cpu.p99, memory?.p99 ?? 0) / HEADROOM;
    const share = Math.max(need, memory ? 0 : 0.5);
    const candidates = soldCpus(type.family)
      .filter((cpus) => cpus > 1 && cpus < type.cpus && cpus >= type.cpus * share)
      .slice(0, 1)
      .map((cpus) => `${type.family}-${type.kind}-${cpus}`);
    return resizeTo(vm, facts, candidates, {
      evidence: [
        daily(LABEL.cpu, cpu, 'maximum'),
        ...(memory ? [daily(LABEL.memory, memory, 'maximum')] : []),
      ],
      ...(memory ? {} : { confidence: 'low' as const }),
      why: (next) =>
        local(
          (f) =>
            `CPU stayed below ${f.pct(cpu.p99)} in 99 % of the hours${memory ? ` and memory below ${f.pct(memory.p99)}` : '; memory is not measured'}: ${next} carries it.`,
          (f) =>
            `A CPU ficou abaixo de ${f.pct(cpu.p99)} em 99 % das horas${memory ? ` e a memória abaixo de ${f.pct(memory.p99)}` : '; a memória não é medida'}: ${next} é suficiente.`,
        ),
    });
  },
};
