import type { Rule } from '../rule.ts';
import { operations } from '../shared/finding.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-sagemaker-endpoint-idle',
  provider: 'aws',
  resourceType: 'aws.sagemaker.endpoint',
  category: 'idle',
  title: words('Idle SageMaker endpoint', 'Endpoint SageMaker ocioso'),
  criterion: words('Not called in 14 days.', 'Sem chamadas em 14 dias.'),
  remedy: words(
    'Delete the endpoint; its configuration and model stay. Undo makes it again from them under the same name.',
    'Exclua o endpoint; a configuração e o modelo ficam. Desfazer o recria a partir deles com o mesmo nome.',
  ),
  parameters: { days: lookback(14, 3, 30) },
  metrics: [{ metric: 'invocations', statistic: 'sum' }],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: {
    read: ['sagemaker:ListEndpoints', 'sagemaker:DescribeEndpoint', 'cloudwatch:GetMetricData'],
    apply: ['sagemaker:DeleteEndpoint'],
    undo: ['sagemaker:CreateEndpoint', 'sagemaker:AddTags'],
  },
  examine(endpoint, facts) {
    if (endpoint.state !== 'running') return CLEAR;
    return unused(endpoint, facts, {
      counters: [['invocations', words('Calls', 'Chamadas')]],
      nothing: words('calls', 'chamadas'),
      action: operations('delete'),
      becomes: 'deleted',
    });
  },
};
