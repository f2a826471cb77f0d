import type { Rule } from '../rule.ts';
import { operations } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { bare } from './bare.ts';
import { members } from './load-balancers.ts';
import { removing } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-lb-backendless',
  provider: 'azure',
  resourceType: 'azure.network.load_balancer',
  category: 'orphan',
  title: words('Load balancer without backends', 'Balanceador de carga sem back-ends'),
  criterion: words('No backend pool has a member.', 'Nenhum pool de back-end tem membros.'),
  remedy: words(
    'Delete it. Undo makes it again from its configuration.',
    'Exclua-o. Desfazer o recria a partir da configuração.',
  ),
  parameters: { days: minimumAge(0, 0, 90) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: removing('Microsoft.Network/loadBalancers'),
  examine(balancer, facts) {
    if (balancer.state !== 'active' || members(balancer) > 0) return CLEAR;
    return bare(balancer, facts, {
      why: words('None of its backend pools has a member.', 'Nenhum dos pools de back-end tem membros.'),
      action: operations('delete'),
    });
  },
};
