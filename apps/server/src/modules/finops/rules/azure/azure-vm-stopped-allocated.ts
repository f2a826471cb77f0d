import type { Rule } from '../rule.ts';
import { standing } from '../shared/ages.ts';
import { fact } from '../shared/evidence.ts';
import { found, operations, sizeSpec, spec, LABEL, stateSpec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { powerOf, unmanageable, VM } from './machines.ts';
import { STOP_MACHINE } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-vm-stopped-allocated',
  provider: 'azure',
  resourceType: VM,
  category: 'idle',
  title: words('Machine stopped but still billed', 'Máquina parada, mas ainda cobrada'),
  criterion: words(
    'Stopped from within for a day or more without being deallocated: Azure keeps the hardware and bills it.',
    'Parada por dentro há um dia ou mais sem ser desalocada: a Azure mantém o hardware e o cobra.',
  ),
  remedy: words(
    'Deallocate it. Undo starts it, since a machine cannot be put back into being stopped only.',
    'Desaloque-a. Desfazer a inicia, pois não há como voltar a somente parada.',
  ),
  parameters: { days: minimumAge(1, 0, 30) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'stop' }],
  permissions: STOP_MACHINE,
  examine(vm, facts) {
    if (vm.state !== 'stopped') return CLEAR;
    const power = powerOf(vm);
    if (power === undefined) return skip('wrong_state', 'power state is not known');
    if (power !== 'stopped') return CLEAR;
    const managed = unmanageable(vm);
    if (managed) return managed;
    const { days, witnessed } = standing(vm, facts.now);
    const limit = facts.parameter('days');
    if (days < limit) return skip('too_young', `${limit} days`);
    return found(wholeCost(facts, vm), {
      why: witnessed
        ? local(
            (f) => `Stopped but not deallocated for ${f.days(Math.floor(days))}: it is billed as if it ran.`,
            (f) => `Parada, mas não desalocada, há ${f.days(Math.floor(days))}: é cobrada como se rodasse.`,
          )
        : words(
            'Stopped but not deallocated: it is billed as if it ran. Since when is not known.',
            'Parada, mas não desalocada: é cobrada como se rodasse. Não se sabe desde quando.',
          ),
      current: [...sizeSpec(vm), stateSpec('stopped')],
      recommended: [spec(LABEL.state, 'deallocated')],
      evidence: [fact(words('Power state', 'Estado de energia'), power)],
      action: operations('stop'),
      ...(witnessed ? {} : { confidence: 'medium' as const }),
    });
  },
};
