import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { found, LABEL, operations, stateSpec } from '../shared/finding.ts';
import { usage } from '../shared/measure.ts';
import { lookback } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-nat-idle',
  provider: 'aws',
  resourceType: 'aws.ec2.nat-gateway',
  category: 'idle',
  title: words('Idle NAT gateway', 'NAT gateway ocioso'),
  criterion: words('Not one byte in 7 days.', 'Nenhum byte em 7 dias.'),
  remedy: words(
    'Delete it. Undo makes a new one with the same addresses and sets the routes to it.',
    'Exclua-o. Desfazer cria um novo com os mesmos endereços e aponta as rotas para ele.',
  ),
  parameters: { days: lookback(7, 3, 30) },
  metrics: [
    { metric: 'network_out', statistic: 'sum' },
    { metric: 'network_in', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: {
    read: ['ec2:DescribeNatGateways', 'ec2:DescribeRouteTables', 'cloudwatch:GetMetricData'],
    apply: ['ec2:DeleteNatGateway'],
    undo: ['ec2:CreateNatGateway', 'ec2:ReplaceRoute', 'ec2:CreateTags'],
  },
  examine(gateway, facts) {
    if (gateway.state !== 'running') return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(gateway, facts.now) < days) return skip('too_young', `${days} days`);
    const traffic = usage(
      facts,
      gateway,
      [
        ['network_out', LABEL.networkOut],
        ['network_in', LABEL.networkIn],
      ],
      days,
    );
    if (isSkip(traffic)) return traffic;
    if (traffic.total > 0) return CLEAR;
    return found(wholeCost(facts, gateway), {
      why: local(
        (f) => `Not one byte went through it in ${f.days(days)}.`,
        (f) => `Nenhum byte passou por ele em ${f.days(days)}.`,
      ),
      current: [stateSpec('running')],
      recommended: [stateSpec('deleted')],
      evidence: traffic.evidence,
      action: operations('delete'),
    });
  },
};
