import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, sizeSpec, stateSpec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { DISK, VM } from './machines.ts';
import { METRICS_READ, reading } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-disk-zero-io',
  provider: 'azure',
  resourceType: DISK,
  needsTypes: [VM],
  category: 'idle',
  title: words('Attached disk without operations', 'Disco anexado sem operações'),
  criterion: words(
    'Not one read or write in 30 days while attached to a running machine.',
    'Nenhuma leitura ou gravação em 30 dias, anexado a uma máquina em execução.',
  ),
  remedy: words(
    'Detach it and keep a snapshot in its stead. Advice: what mounts it must be changed first.',
    'Desanexe-o e guarde um snapshot em seu lugar. Recomendação: antes é preciso mudar o que o monta.',
  ),
  parameters: { days: lookback(30, 14, 60) },
  metrics: [
    { metric: 'read_operations', statistic: 'maximum' },
    { metric: 'write_operations', statistic: 'maximum' },
  ],
  lookbackDays: 60,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: reading(
    'Microsoft.Compute/disks/read',
    'Microsoft.Compute/virtualMachines/read',
    METRICS_READ,
  ),
  examine(disk, facts) {
    if (disk.state !== 'in_use') return CLEAR;
    const vm = facts.targets(disk, 'attached_to').find((other) => other.type === VM);
    if (vm?.state !== 'running') return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(disk, facts.now) < days) return skip('too_young', `${days} days`);
    const reads = measured(facts, disk, 'read_operations', 'maximum', days);
    if (isSkip(reads)) return reads;
    const writes = measured(facts, disk, 'write_operations', 'maximum', days);
    if (isSkip(writes)) return writes;
    if (reads.maximum + writes.maximum > 0) return CLEAR;
    return found(wholeCost(facts, disk), {
      why: local(
        (f) => `No operation in ${f.days(days)}, though ${vm.name} runs.`,
        (f) => `Nenhuma operação em ${f.days(days)}, embora ${vm.name} esteja em execução.`,
      ),
      current: [...sizeSpec(disk), stateSpec('in_use')],
      recommended: [stateSpec('deleted')],
      evidence: [daily(words('Reads a second', 'Leituras por segundo'), reads, 'maximum', 0)],
    });
  },
};
