import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, sizeSpec, stateSpec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { DISK, machineOf, VM } from './machines.ts';
import { METRICS_READ, reading } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-disk-low-io',
  provider: 'gcp',
  resourceType: DISK,
  needsTypes: [VM],
  category: 'idle',
  title: words('Attached disk that is hardly used', 'Disco anexado quase sem uso'),
  criterion: words(
    'Fewer than 100 reads and writes in 30 days while attached to a running machine.',
    'Menos de 100 leituras e gravações em 30 dias, anexado a uma máquina em execução.',
  ),
  remedy: words(
    'Detach it and keep a snapshot in its stead. Advice: what mounts it must be changed first.',
    'Desanexe-o e guarde um snapshot em seu lugar. Recomendação: antes é preciso mudar o que o monta.',
  ),
  parameters: {
    days: lookback(30, 14, 60),
    operations: parameter('Operations, fewer than', 'Operações, menos de', 'count', [100, 1, 100_000]),
  },
  metrics: [
    { metric: 'read_operations', statistic: 'average' },
    { metric: 'write_operations', statistic: 'average' },
  ],
  lookbackDays: 60,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: reading('compute.disks.list', 'compute.instances.list', METRICS_READ),
  examine(disk, facts) {
    if (disk.state !== 'in_use') return CLEAR;
    const vm = machineOf(disk, facts);
    if (vm?.state !== 'running') return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(disk, facts.now) < days) return skip('too_young', `${days} days`);
    const reads = measured(facts, disk, 'read_operations', 'average', days);
    if (isSkip(reads)) return reads;
    const writes = measured(facts, disk, 'write_operations', 'average', days);
    if (isSkip(writes)) return writes;
    // Rates a second over the whole time.
    const total = (reads.average + writes.average) * days * 86_400;
    if (total >= facts.parameter('operations')) return CLEAR;
    return found(wholeCost(facts, disk), {
      why: local(
        (f) => `${f.n(total, 0)} operations in ${f.days(days)}, though ${vm.name} runs.`,
        (f) => `${f.n(total, 0)} operações em ${f.days(days)}, embora ${vm.name} esteja em execução.`,
      ),
      current: [...sizeSpec(disk), stateSpec('in_use')],
      recommended: [stateSpec('deleted')],
      evidence: [daily(words('Reads a second', 'Leituras por segundo'), reads, 'average')],
    });
  },
};
