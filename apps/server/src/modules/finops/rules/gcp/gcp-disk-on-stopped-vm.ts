import type { Rule } from '../rule.ts';
import { textAt, flagAt, objectsAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, sizeSpec, snapshotDelete, stateSpec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { DISK, machineOf, stoppedDays, VM } from './machines.ts';
import { REMOVE_DISK } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-disk-on-stopped-vm',
  provider: 'gcp',
  resourceType: DISK,
  needsTypes: [VM],
  category: 'storage',
  title: words('Data disk of a machine that is off', 'Disco de dados de uma máquina desligada'),
  criterion: words(
    'A disk other than the boot disk of a machine that has been stopped for 30 days or more.',
    'Disco que não é o de inicialização de uma máquina parada há 30 dias ou mais.',
  ),
  remedy: words(
    'Detach it, keep a snapshot and delete it. Undo makes it again from the snapshot; attach it before the machine starts.',
    'Desanexe-o, guarde um snapshot e exclua-o. Desfazer o recria a partir do snapshot; anexe-o antes de iniciar a máquina.',
  ),
  parameters: { days: minimumAge(30, 7, 365) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'medium',
  effort: 'medium',
  restart: false,
  undoClass: 'S',
  action: 'snapshot_delete',
  operations: [{ operation: 'detach' }],
  permissions: {
    read: REMOVE_DISK.read,
    apply: ['compute.instances.detachDisk', 'compute.disks.use', ...REMOVE_DISK.apply],
    undo: ['compute.instances.attachDisk', ...REMOVE_DISK.undo],
  },
  examine(disk, facts) {
    if (disk.state !== 'in_use') return CLEAR;
    const vm = machineOf(disk, facts);
    if (vm?.state !== 'stopped') return CLEAR;
    const entry = objectsAt(vm.attributes, 'disks').find((one) =>
      textAt(one, 'source')?.endsWith(`/${disk.id}`),
    );
    // Without its boot disk a machine is nothing; it goes with the machine.
    if (!entry || flagAt(entry, 'boot')) return CLEAR;
    const days = stoppedDays(vm, facts.now);
    if (days === undefined) return skip('wrong_state', 'since when the machine is stopped is not known');
    const limit = facts.parameter('days');
    if (days < limit) return skip('too_young', `${limit} days`);
    return found(wholeCost(facts, disk), {
      why: local(
        (f) => `Its machine ${vm.name} has been stopped for ${f.days(Math.floor(days))}.`,
        (f) => `A máquina ${vm.name} está parada há ${f.days(Math.floor(days))}.`,
      ),
      current: [...sizeSpec(disk), stateSpec('in_use')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(words('Machine', 'Máquina'), vm.name)],
      action: snapshotDelete('detach'),
    });
  },
};
