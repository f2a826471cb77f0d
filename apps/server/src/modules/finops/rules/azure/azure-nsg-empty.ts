import type { Rule } from '../rule.ts';
import { minimumAge } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { bare } from './bare.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-nsg-empty',
  provider: 'azure',
  resourceType: 'azure.network.nsg',
  category: 'hygiene',
  title: words('Network security group that protects nothing', 'Grupo de segurança de rede que nada protege'),
  criterion: words(
    'Associated with no subnet and no interface for 7 days or more.',
    'Não associado a nenhuma sub-rede ou interface há 7 dias ou mais.',
  ),
  remedy: words(
    'Delete it if nothing deploys with it. Advice.',
    'Exclua-o se nada o usa em implantações. Recomendação.',
  ),
  parameters: { days: minimumAge(7, 0, 90) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: reading('Microsoft.Network/networkSecurityGroups/read'),
  examine(group, facts) {
    if (group.state !== 'available') return CLEAR;
    return bare(group, facts, {
      why: words('No subnet and no interface uses it.', 'Nenhuma sub-rede ou interface o usa.'),
      saving: hygiene(words('A group costs nothing.', 'Um grupo não custa nada.')),
      action: null,
    });
  },
};
