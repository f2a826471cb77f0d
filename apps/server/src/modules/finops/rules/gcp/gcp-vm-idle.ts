import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, sizeSpec, stateSpec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { unmanageable, VM } from './machines.ts';
import { METRICS_READ } from './permissions.ts';

/** Bytes a day above which a quiet CPU may still be a busy forwarder: the finding is then a weak one. */
const QUIET_BYTES_PER_DAY = 5 * 1024 ** 2;

export const rule: Rule = {
  id: 'gcp-vm-idle',
  provider: 'gcp',
  resourceType: VM,
  category: 'idle',
  title: words('Idle VM instance', 'Instância de VM ociosa'),
  criterion: words(
    'Mean CPU below 5 % over 7 days. Much network traffic lowers the confidence.',
    'CPU média abaixo de 5 % em 7 dias. Muito tráfego de rede reduz a confiança.',
  ),
  remedy: words(
    'Stop the machine; its disks stay. Start it again to undo.',
    'Pare a máquina; os discos permanecem. Inicie-a novamente para desfazer.',
  ),
  parameters: {
    days: lookback(7, 3, 30),
    cpu: parameter('CPU below', 'CPU abaixo de', 'percent', [5, 0.5, 30]),
  },
  metrics: [
    { metric: 'cpu_utilization', statistic: 'average' },
    { metric: 'network_in', statistic: 'sum' },
    { metric: 'network_out', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'stop' }],
  permissions: {
    read: ['compute.instances.list', METRICS_READ],
    apply: ['compute.instances.stop'],
    undo: ['compute.instances.start'],
  },
  examine(vm, facts) {
    if (vm.state !== 'running') return CLEAR;
    const managed = unmanageable(vm);
    if (managed) return managed;
    const days = facts.parameter('days');
    if (ageDays(vm, facts.now) < days) return skip('too_young', `${days} days`);
    const cpu = measured(facts, vm, 'cpu_utilization', 'average', days);
    if (isSkip(cpu)) return cpu;
    const limit = facts.parameter('cpu');
    if (cpu.average >= limit) return CLEAR;
    const inward = facts.metric(vm, 'network_in', 'sum', days);
    const outward = facts.metric(vm, 'network_out', 'sum', days);
    const traffic = ((inward?.sum ?? 0) + (outward?.sum ?? 0)) / cpu.days;
    return found(wholeCost(facts, vm), {
      why: local(
        (f) =>
          `CPU averaged ${f.pct(cpu.average)} over ${f.days(days)}, with ${f.bytes(traffic)} of network traffic a day.`,
        (f) =>
          `A CPU ficou em média em ${f.pct(cpu.average)} em ${f.days(days)}, com ${f.bytes(traffic)} de tráfego de rede por dia.`,
      ),
      current: [...sizeSpec(vm), stateSpec('running')],
      recommended: [stateSpec('stopped')],
      evidence: [
        daily(LABEL.cpu, cpu, 'average', limit),
        ...(inward ? [daily(LABEL.networkIn, inward, 'sum')] : []),
        ...(outward ? [daily(LABEL.networkOut, outward, 'sum')] : []),
      ],
      action: operations('stop'),
      ...(traffic > QUIET_BYTES_PER_DAY ? { confidence: 'low' as const } : {}),
    });
  },
};
