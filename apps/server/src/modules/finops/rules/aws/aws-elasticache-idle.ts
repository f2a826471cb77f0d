import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, sizeSpec, stateSpec } from '../shared/finding.ts';
import { counted, measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { CACHE, hasSnapshots, inReplicationGroup } from './caches.ts';

export const rule: Rule = {
  id: 'aws-elasticache-idle',
  provider: 'aws',
  resourceType: CACHE,
  category: 'idle',
  title: words('Idle ElastiCache node', 'Nó ElastiCache ocioso'),
  criterion: words(
    'Over 14 days no connection at all; or fewer than 2 on average, and less than 5 % of the reads found something.',
    'Em 14 dias, nenhuma conexão; ou menos de 2 em média, e menos de 5 % das leituras encontraram algo.',
  ),
  remedy: words(
    'Keep a final snapshot and delete it. Undo makes it again from the snapshot under the same name. Nodes of a group are deleted with the group.',
    'Guarde um snapshot final e exclua-o. Desfazer o recria a partir do snapshot com o mesmo nome. Nós de um grupo são excluídos com o grupo.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    connections: parameter(
      'Mean connections, fewer than',
      'Conexões em média, menos de',
      'count',
      [2, 1, 50],
    ),
    hits: parameter('Hit rate below', 'Taxa de acerto abaixo de', 'percent', [5, 0.1, 50]),
  },
  metrics: [
    { metric: 'connections', statistic: 'average' },
    { metric: 'cache_hits', statistic: 'sum' },
    { metric: 'cache_misses', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'medium',
  restart: true,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: {
    read: ['elasticache:DescribeCacheClusters', 'cloudwatch:GetMetricData'],
    apply: ['elasticache:DeleteCacheCluster', 'elasticache:CreateSnapshot'],
    undo: ['elasticache:CreateCacheCluster'],
  },
  examine(cache, facts) {
    if (cache.state !== 'running') return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(cache, facts.now) < days) return skip('too_young', `${days} days`);
    const connections = measured(facts, cache, 'connections', 'average', days);
    if (isSkip(connections)) return connections;
    const hits = counted(facts, cache, 'cache_hits', days);
    if (isSkip(hits)) return hits;
    const misses = counted(facts, cache, 'cache_misses', days);
    if (isSkip(misses)) return misses;
    const reads = hits.total + misses.total;
    const rate = reads === 0 ? 0 : (hits.total / reads) * 100;
    const limit = facts.parameter('connections');
    const never = connections.maximum === 0;
    if (connections.average >= limit || (!never && rate >= facts.parameter('hits'))) return CLEAR;
    return found(wholeCost(facts, cache), {
      why: local(
        (f) =>
          `${f.n(connections.average)} connections on average and a hit rate of ${f.pct(rate)} over ${f.days(days)}.`,
        (f) =>
          `${f.n(connections.average)} conexões em média e taxa de acerto de ${f.pct(rate)} em ${f.days(days)}.`,
      ),
      current: [...sizeSpec(cache), stateSpec('running')],
      recommended: [stateSpec('deleted')],
      evidence: [daily(LABEL.connections, connections, 'average', limit)],
      action: inReplicationGroup(cache) || !hasSnapshots(cache) ? null : operations('delete'),
    });
  },
};
