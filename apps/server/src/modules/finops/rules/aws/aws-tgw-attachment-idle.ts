import type { Rule } from '../rule.ts';
import { LABEL } from '../shared/finding.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-tgw-attachment-idle',
  provider: 'aws',
  resourceType: 'aws.ec2.transit-gateway-attachment',
  category: 'idle',
  title: words('Idle transit gateway attachment', 'Anexo de transit gateway ocioso'),
  criterion: words('Not one byte in 30 days.', 'Nenhum byte em 30 dias.'),
  remedy: words(
    'Delete it after a look at its route tables. A new one has another id, and its routes must be made again.',
    'Exclua-o depois de verificar as tabelas de rotas. Um novo terá outro id, e as rotas precisam ser refeitas.',
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
    read: ['ec2:DescribeTransitGatewayAttachments', 'cloudwatch:GetMetricData'],
    apply: ['ec2:DeleteTransitGatewayVpcAttachment'],
    undo: ['ec2:CreateTransitGatewayVpcAttachment'],
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
