import type { Rule } from '../rule.ts';
import { LABEL } from '../shared/finding.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-vpn-idle',
  provider: 'aws',
  resourceType: 'aws.ec2.vpn-connection',
  category: 'idle',
  title: words('Idle VPN connection', 'Conexão VPN ociosa'),
  criterion: words('Not one byte in 30 days.', 'Nenhum byte em 30 dias.'),
  remedy: words(
    'Delete it. A new one gets other tunnel addresses and keys, so the other end must be set up again.',
    'Exclua-a. Uma nova terá outros endereços e chaves de túnel, então o outro lado precisa ser reconfigurado.',
  ),
  parameters: { days: lookback(30, 7, 30) },
  metrics: [
    { metric: 'network_in', statistic: 'sum' },
    { metric: 'network_out', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'medium',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: {
    read: ['ec2:DescribeVpnConnections', 'cloudwatch:GetMetricData'],
    apply: ['ec2:DeleteVpnConnection'],
    undo: ['ec2:CreateVpnConnection'],
  },
  examine(link, facts) {
    if (link.state !== 'running') return CLEAR;
    return unused(link, facts, {
      counters: [
        ['network_in', LABEL.networkIn],
        ['network_out', LABEL.networkOut],
      ],
      nothing: words('traffic', 'tráfego'),
      action: null,
      becomes: 'deleted',
    });
  },
};
