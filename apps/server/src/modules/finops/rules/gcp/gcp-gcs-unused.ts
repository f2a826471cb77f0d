import type { Rule } from '../rule.ts';
import { LABEL } from '../shared/finding.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { METRICS_READ, reading } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-gcs-unused',
  provider: 'gcp',
  resourceType: 'gcp.storage.bucket',
  category: 'idle',
  title: words('Unused bucket', 'Bucket sem uso'),
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
  permissions: reading('storage.buckets.list', METRICS_READ),
  examine(bucket, facts) {
    if (bucket.state !== 'active') return CLEAR;
    return unused(bucket, facts, {
      counters: [['requests', LABEL.requests]],
      nothing: words('request', 'requisição'),
      action: null,
      becomes: 'deleted',
    });
  },
};
