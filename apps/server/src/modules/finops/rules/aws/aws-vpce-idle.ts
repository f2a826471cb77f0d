import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { operations } from '../shared/finding.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-vpce-idle',
  provider: 'aws',
  resourceType: 'aws.ec2.vpc-endpoint',
  category: 'idle',
  title: words('Idle interface endpoint', 'Endpoint de interface ocioso'),
  criterion: words(
    'An interface endpoint without one byte in 30 days. Gateway endpoints are free.',
    'Endpoint de interface sem nenhum byte em 30 dias. Endpoints de gateway são gratuitos.',
  ),
  remedy: words(
    'Delete it. Undo makes it again with the same service, subnets and policy; its id is a new one.',
    'Exclua-o. Desfazer o recria com o mesmo serviço, sub-redes e política, com um novo id.',
  ),
  parameters: { days: lookback(30, 7, 30) },
  metrics: [{ metric: 'network_bytes', statistic: 'sum' }],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: {
    read: ['ec2:DescribeVpcEndpoints', 'cloudwatch:GetMetricData'],
    apply: ['ec2:DeleteVpcEndpoints'],
    undo: ['ec2:CreateVpcEndpoint', 'ec2:CreateTags'],
  },
  examine(endpoint, facts) {
    if (endpoint.state !== 'running' || textAt(endpoint.attributes, 'VpcEndpointType') !== 'Interface')
      return CLEAR;
    return unused(endpoint, facts, {
      counters: [['network_bytes', words('Bytes', 'Bytes')]],
      nothing: words('traffic', 'tráfego'),
      action: operations('delete'),
      becomes: 'deleted',
    });
  },
};
