import type { Rule } from '../rule.ts';
import { LABEL, operations } from '../shared/finding.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { members } from './load-balancers.ts';
import { METRICS_READ, removing } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-lb-idle',
  provider: 'azure',
  resourceType: 'azure.network.load_balancer',
  category: 'idle',
  title: words('Load balancer without traffic', 'Balanceador de carga sem tráfego'),
  criterion: words('Has backends, and not one byte in 30 days.', 'Tem back-ends, e nenhum byte em 30 dias.'),
  remedy: words(
    'Delete it. Undo makes it again from its configuration.',
    'Exclua-o. Desfazer o recria a partir da configuração.',
  ),
  parameters: { days: lookback(30, 14, 60) },
  metrics: [{ metric: 'network_out', statistic: 'sum' }],
  lookbackDays: 60,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: removing('Microsoft.Network/loadBalancers', METRICS_READ),
  examine(balancer, facts) {
    if (balancer.state !== 'active' || members(balancer) === 0) return CLEAR;
    return unused(balancer, facts, {
      counters: [['network_out', LABEL.networkOut]],
      nothing: words('traffic', 'tráfego'),
      action: operations('delete'),
      becomes: 'deleted',
    });
  },
};
