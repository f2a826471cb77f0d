import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, sizeSpec } from '../shared/finding.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { isWindows, VM } from './machines.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-vm-hybrid-benefit',
  provider: 'azure',
  resourceType: VM,
  category: 'licence',
  title: words('Windows machine without hybrid benefit', 'Máquina Windows sem benefício híbrido'),
  criterion: words(
    'A running Windows machine whose licence is bought with it (no `licenseType`).',
    'Máquina Windows em execução cuja licença é comprada junto (sem `licenseType`).',
  ),
  remedy: words(
    'Where you own Windows Server licences with Software Assurance, set the hybrid benefit. Advice: only you know your licences.',
    'Se você possui licenças Windows Server com Software Assurance, ative o benefício híbrido. Recomendação: só você conhece suas licenças.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'low',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: null,
  permissions: reading('Microsoft.Compute/virtualMachines/read'),
  examine(vm) {
    if (vm.state !== 'running' || !isWindows(vm)) return CLEAR;
    const type = textAt(vm.attributes, 'licenseType');
    if (type !== undefined && type !== 'None') return CLEAR;
    return found(
      hygiene(
        words(
          'The share of the licence depends on the size; what is saved depends on the licences you own.',
          'A parcela da licença depende do tamanho; o que se economiza depende das licenças que você possui.',
        ),
      ),
      {
        why: words(
          'Windows is billed with the machine: no hybrid benefit is set.',
          'O Windows é cobrado com a máquina: o benefício híbrido não está ativo.',
        ),
        current: sizeSpec(vm),
        evidence: [fact(words('Licence type', 'Tipo de licença'), type ?? 'pay as you go')],
      },
    );
  },
};
