import type { Rule } from '../rule.ts';
import { OFF_HOURS_PARAMETERS, offHours } from '../shared/off-hours.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { zoneOf } from './data/region-zones.ts';
import { unmanageable, VM } from './machines.ts';
import { METRICS_READ } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-vm-off-hours',
  provider: 'gcp',
  resourceType: VM,
  category: 'schedule',
  title: words('VM instance idle outside of working hours', 'Instância de VM ociosa fora do expediente'),
  criterion: words(
    'Over 14 days, at least 40 hours of the week lie outside of the hours in which CPU is above 5 % or traffic above 1,000 bytes a second and 5 % of the busiest hour. Machines tagged as production are left out unless wanted.',
    'Em 14 dias, pelo menos 40 horas da semana ficam fora do período em que a CPU passa de 5 % ou o tráfego de 1.000 bytes por segundo e de 5 % da hora mais ocupada. Máquinas etiquetadas como produção ficam de fora, a menos que se queira.',
  ),
  remedy: words(
    'Start and stop it by a schedule. Undo removes the schedule.',
    'Ligue e pare por um agendamento. Desfazer remove o agendamento.',
  ),
  parameters: OFF_HOURS_PARAMETERS,
  metrics: [
    { metric: 'cpu_utilization', statistic: 'average' },
    { metric: 'network_in', statistic: 'sum' },
    { metric: 'network_out', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M4',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'schedule',
  permissions: {
    read: ['compute.instances.list', METRICS_READ],
    apply: ['compute.instances.start', 'compute.instances.stop'],
    undo: ['compute.instances.start'],
  },
  examine(vm, facts) {
    if (vm.state !== 'running') return CLEAR;
    return unmanageable(vm) ?? offHours(vm, facts, zoneOf(vm.region), ['network_in', 'network_out']);
  },
};
