import type { Rule } from '../rule.ts';
import { LABEL } from './finding.ts';
import { lookback } from './parameters.ts';
import { unused } from './unused.ts';
import { CLEAR } from './verdict.ts';
import { words } from './words.ts';

/** A place for objects that nobody asked for anything. Advice: deleted data does not come back. */
export function unusedStorage(
  own: Pick<Rule, 'id' | 'provider' | 'resourceType' | 'title' | 'permissions'>,
): Rule {
  return {
    ...own,
    category: 'idle',
    criterion: words('Not one request in 30 days.', 'Nenhuma requisição em 30 dias.'),
    remedy: words(
      'Look what is in it; keep it elsewhere or delete it. Advice: deleted data does not come back.',
      'Veja o que contém; guarde em outro lugar ou exclua. Recomendação: dados excluídos não voltam.',
    ),
    parameters: { days: lookback(30, 14, 60) },
    metrics: [{ metric: 'requests', statistic: 'sum' }],
    lookbackDays: 60,
    saving: 'M1',
    confidence: 'medium',
    effort: 'low',
    restart: false,
    undoClass: 'N',
    action: null,
    examine(storage, facts) {
      if (storage.state !== 'active') return CLEAR;
      return unused(storage, facts, {
        counters: [['requests', LABEL.requests]],
        nothing: words('request', 'requisição'),
        action: null,
        becomes: 'deleted',
      });
    },
  };
}
