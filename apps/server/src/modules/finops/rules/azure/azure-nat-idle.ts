import type { Rule } from '../rule.ts';
import { LABEL } from '../shared/finding.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { METRICS_READ, reading } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-nat-idle',
  provider: 'azure',
  resourceType: 'azure.network.nat_gateway',
  category: 'idle',
  title: words('Idle NAT gateway', 'Gateway NAT ocioso'),
  criterion: words('Has subnets, and not one byte in 7 days.', 'Tem sub-redes, e nenhum byte em 7 dias.'),
  remedy: words(
    'Take it off its subnets and delete it. Advice: subnets lose their way out.',
    'Retire-o das sub-redes e exclua-o. Recomendação: as sub-redes perdem a saída.',
  ),
  parameters: { days: lookback(7, 3, 30) },
  metrics: [{ metric: 'network_out', statistic: 'sum' }],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: reading('Microsoft.Network/natGateways/read', METRICS_READ),
  examine(gateway, facts) {
    if (gateway.state !== 'in_use') return CLEAR;
    return unused(gateway, facts, {
      counters: [['network_out', LABEL.networkOut]],
      nothing: words('traffic', 'tráfego'),
      action: null,
      becomes: 'deleted',
    });
  },
};
