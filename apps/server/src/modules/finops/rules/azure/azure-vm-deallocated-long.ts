import type { Rule } from '../rule.ts';
import { fact } from '../shared/evidence.ts';
import { found, sizeSpec, stateSpec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { offSince } from './deallocated.ts';
import { DISK, disksOf, unmanageable, VM } from './machines.ts';
import { METRICS_READ, reading } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-vm-deallocated-long',
  provider: 'azure',
  resourceType: VM,
  needsTypes: [DISK],
  category: 'idle',
  title: words('Machine deallocated for long', 'Máquina desalocada há muito tempo'),
  criterion: words(
    'Deallocated for 30 days or more, by our history or because no metric of it has a point in that time, with disks that are still paid for.',
    'Desalocada há 30 dias ou mais, pelo nosso histórico ou porque nenhuma métrica tem pontos nesse período, com discos que continuam sendo pagos.',
  ),
  remedy: words(
    'Keep snapshots of its disks and delete the machine with them; advice, since a deleted machine is not put back as it was.',
    'Guarde snapshots dos discos e exclua a máquina com eles; recomendação, pois uma máquina excluída não volta como era.',
  ),
  parameters: { days: minimumAge(30, 7, 60) },
  metrics: [{ metric: 'cpu_utilization', statistic: 'average' }],
  lookbackDays: 60,
  saving: 'M1',
  confidence: 'high',
  effort: 'medium',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: reading(
    'Microsoft.Compute/virtualMachines/read',
    'Microsoft.Compute/disks/read',
    METRICS_READ,
  ),
  examine(vm, facts) {
    if (vm.state !== 'stopped') return CLEAR;
    const managed = unmanageable(vm);
    if (managed) return managed;
    const off = offSince(vm, facts, facts.parameter('days'));
    if (off === undefined) return CLEAR;
    if (isSkip(off)) return off;
    const disks = disksOf(vm, facts);
    if (disks.length === 0) return CLEAR;
    const gib = disks.reduce((total, disk) => total + (disk.size?.storageGiB ?? 0), 0);
    return found(wholeCost(facts, ...disks), {
      why: local(
        (f) =>
          `Off for ${f.days(Math.floor(off.days))} or longer; its ${f.count(disks.length, 'disk', 'disks')} of ${f.n(gib, 0)} GiB in all are still paid for.`,
        (f) =>
          `Desligada há ${f.days(Math.floor(off.days))} ou mais; ${f.count(disks.length, 'disco', 'discos')}, ${f.n(gib, 0)} GiB no total, continuam sendo pagos.`,
      ),
      current: [...sizeSpec(vm), stateSpec('stopped')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(words('Disks', 'Discos'), disks.map((disk) => disk.name).join(', '))],
    });
  },
};
