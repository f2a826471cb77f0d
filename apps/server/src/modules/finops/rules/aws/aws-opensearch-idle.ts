import type { Rule } from '../rule.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-opensearch-idle',
  provider: 'aws',
  resourceType: 'aws.opensearch.domain',
  category: 'idle',
  title: words('Idle OpenSearch domain', 'Domínio OpenSearch ocioso'),
  criterion: words('Neither a search nor indexing in 14 days.', 'Nenhuma busca nem indexação em 14 dias.'),
  remedy: words(
    'Take a manual snapshot into a bucket and delete the domain.',
    'Faça um snapshot manual em um bucket e exclua o domínio.',
  ),
  parameters: { days: lookback(14, 7, 30) },
  metrics: [
    { metric: 'searches', statistic: 'sum' },
    { metric: 'indexing', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'high',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: {
    read: ['es:DescribeDomains', 'cloudwatch:GetMetricData'],
    apply: ['es:DeleteDomain'],
    undo: ['es:CreateDomain'],
  },
  examine(domain, facts) {
    if (domain.state !== 'running') return CLEAR;
    return unused(domain, facts, {
      counters: [
        ['searches', words('Searches', 'Buscas')],
        ['indexing', words('Indexing', 'Indexações')],
      ],
      nothing: words('searches and no indexing', 'buscas nem indexações'),
      action: null,
      becomes: 'deleted',
    });
  },
};
