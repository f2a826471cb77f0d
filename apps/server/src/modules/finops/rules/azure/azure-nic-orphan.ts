import type { Rule } from '../rule.ts';
import { operations } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { bare } from './bare.ts';
import { removing } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-nic-orphan',
  provider: 'azure',
  resourceType: 'azure.network.nic',
  category: 'orphan',
  title: words('Network interface without machine', 'Interface de rede sem máquina'),
  criterion: words(
    'Belongs to no machine and no private endpoint.',
    'Não pertence a nenhuma máquina nem a um endpoint privado.',
  ),
  remedy: words(
    'Delete it. Undo makes it again from its configuration.',
    'Exclua-a. Desfazer a recria a partir da configuração.',
  ),
  parameters: { days: minimumAge(0, 0, 90) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: removing('Microsoft.Network/networkInterfaces'),
  examine(nic, facts) {
    if (nic.state !== 'available') return CLEAR;
    return bare(nic, facts, {
      why: words(
        'It belongs to no machine and no private endpoint.',
        'Não pertence a nenhuma máquina nem a um endpoint privado.',
      ),
      saving: hygiene(
        words(
          'An interface costs nothing; it holds an address of its subnet and may hold a public one.',
          'Uma interface não custa nada; ocupa um endereço da sub-rede e talvez um público.',
        ),
      ),
      action: operations('delete'),
    });
  },
};
