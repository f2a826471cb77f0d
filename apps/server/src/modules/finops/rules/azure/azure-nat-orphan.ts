import type { Rule } from '../rule.ts';
import { operations } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { bare } from './bare.ts';
import { removing } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-nat-orphan',
  provider: 'azure',
  resourceType: 'azure.network.nat_gateway',
  category: 'orphan',
  title: words('NAT gateway without subnet', 'Gateway NAT sem sub-rede'),
  criterion: words('Belongs to no subnet.', 'Não pertence a nenhuma sub-rede.'),
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
  permissions: removing('Microsoft.Network/natGateways'),
  examine(gateway, facts) {
    if (gateway.state !== 'available') return CLEAR;
    return bare(gateway, facts, {
      why: words('No subnet uses it.', 'Nenhuma sub-rede o usa.'),
      action: operations('delete'),
    });
  },
};
