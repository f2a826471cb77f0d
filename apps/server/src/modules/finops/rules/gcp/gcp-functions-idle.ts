import type { Rule } from '../rule.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { METRICS_READ, reading } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-functions-idle',
  provider: 'gcp',
  resourceType: 'gcp.functions.function',
  category: 'idle',
  title: words('Function that nobody calls', 'Função que ninguém chama'),
  criterion: words('Not one invocation in 30 days.', 'Nenhuma invocação em 30 dias.'),
  remedy: words(
    'Set its smallest number of instances to 0, or delete it. Advice.',
    'Mude o número mínimo de instâncias para 0, ou exclua-a. Recomendação.',
  ),
  parameters: { days: lookback(30, 14, 60) },
  metrics: [{ metric: 'invocations', statistic: 'sum' }],
  lookbackDays: 60,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: reading('cloudfunctions.functions.list', METRICS_READ),
  examine(resource, facts) {
    if (resource.state !== 'active') return CLEAR;
    return unused(resource, facts, {
      counters: [['invocations', words('Invocations', 'Invocações')]],
      nothing: words('invocation', 'invocação'),
      action: null,
      becomes: 'deleted',
    });
  },
};
