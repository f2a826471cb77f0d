import type { Rule } from '../rule.ts';
import { fact } from '../shared/evidence.ts';
import { minimumAge } from '../shared/parameters.ts';
import { CLEAR, isSkip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { offSince } from './deallocated.ts';
import { changeDisk, DISK_OPERATIONS } from './disks.ts';
import { DISK, VM } from './machines.ts';
import { RESIZE_DISK } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-disk-on-deallocated-vm',
  provider: 'azure',
  resourceType: DISK,
  needsTypes: [VM],
  category: 'storage',
  title: words('Fast disk of a machine that is off', 'Disco rápido de uma máquina desligada'),
  criterion: words(
    'A Premium or Standard SSD of a machine that has been deallocated for 30 days or more.',
    'SSD Premium ou Standard de uma máquina desalocada há 30 dias ou mais.',
  ),
  remedy: words(
    'Make it a Standard HDD until the machine is needed. Undo makes it what it was.',
    'Mude para HDD Standard até a máquina ser necessária. Desfazer volta ao que era.',
  ),
  parameters: { days: minimumAge(30, 7, 60) },
  metrics: [{ metric: 'cpu_utilization', statistic: 'average', type: VM }],
  lookbackDays: 60,
  saving: 'M2',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: DISK_OPERATIONS,
  permissions: RESIZE_DISK,
  examine(disk, facts) {
    const sku = disk.size?.sku ?? '';
    if (disk.state !== 'in_use' || !/^(Premium|StandardSSD)_LRS$/.test(sku)) return CLEAR;
    const vm = facts.targets(disk, 'attached_to').find((other) => other.type === VM);
    const off = vm && offSince(vm, facts, facts.parameter('days'));
    if (!vm || !off) return CLEAR;
    if (isSkip(off)) return off;
    return changeDisk(disk, facts, 'Standard_LRS', {
      why: local(
        (f) =>
          `${vm.name} has been off for ${f.days(Math.floor(off.days))} or longer; its disk is still billed as ${sku}.`,
        (f) =>
          `${vm.name} está desligada há ${f.days(Math.floor(off.days))} ou mais; o disco continua cobrado como ${sku}.`,
      ),
      evidence: [fact(words('Machine', 'Máquina'), vm.name)],
    });
  },
};
