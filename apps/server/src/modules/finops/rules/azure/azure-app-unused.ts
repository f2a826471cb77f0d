import type { Rule } from '../rule.ts';
import { LABEL, operations } from '../shared/finding.ts';
import { lookback } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { METRICS_READ } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-app-unused',
  provider: 'azure',
  resourceType: 'azure.web.site',
  category: 'idle',
  title: words('App without requests', 'Aplicativo sem requisições'),
  criterion: words('Runs, and not one request in 30 days.', 'Em execução, e nenhuma requisição em 30 dias.'),
  remedy: words(
    'Stop it; its share of the plan becomes free. Undo starts it.',
    'Pare-o; sua parte do plano fica livre. Desfazer o inicia.',
  ),
  parameters: { days: lookback(30, 14, 60) },
  metrics: [{ metric: 'requests', statistic: 'sum' }],
  lookbackDays: 60,
  saving: 'M0',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'stop' }],
  permissions: {
    read: ['Microsoft.Web/sites/read', METRICS_READ],
    apply: ['Microsoft.Web/sites/stop/action'],
    undo: ['Microsoft.Web/sites/start/action'],
  },
  examine(site, facts) {
    if (site.state !== 'running') return CLEAR;
    return unused(site, facts, {
      counters: [['requests', LABEL.requests]],
      nothing: words('request', 'requisição'),
      saving: hygiene(
        words(
          'The plan is billed, not the app: the saving comes with a smaller plan.',
          'Cobra-se o plano, não o aplicativo: a economia vem com um plano menor.',
        ),
      ),
      action: operations('stop'),
      becomes: 'stopped',
    });
  },
};
