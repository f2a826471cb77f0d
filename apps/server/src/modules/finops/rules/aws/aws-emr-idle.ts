import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { daily } from '../shared/evidence.ts';
import { found, stateSpec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-emr-idle',
  provider: 'aws',
  resourceType: 'aws.emr.cluster',
  category: 'idle',
  title: words('Idle EMR cluster', 'Cluster EMR ocioso'),
  criterion: words(
    'Waiting, and idle in every hour of the last whole day.',
    'Em espera e ocioso em todas as horas do último dia completo.',
  ),
  remedy: words(
    'Terminate it, and let it terminate itself when idle the next time. Data in its HDFS is lost.',
    'Encerre-o e, da próxima vez, configure o encerramento automático quando ocioso. Os dados no HDFS são perdidos.',
  ),
  parameters: { days: lookback(1, 1, 14) },
  metrics: [{ metric: 'idle', statistic: 'minimum' }],
  lookbackDays: 14,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: {
    read: ['elasticmapreduce:ListClusters', 'elasticmapreduce:DescribeCluster', 'cloudwatch:GetMetricData'],
    apply: ['elasticmapreduce:TerminateJobFlows'],
    undo: [],
  },
  examine(cluster, facts) {
    if (cluster.state !== 'running' || textAt(cluster.attributes, 'Status', 'State') === 'RUNNING')
      return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(cluster, facts.now) < days) return skip('too_young', `${days} days`);
    const idle = measured(facts, cluster, 'idle', 'minimum', days);
    if (isSkip(idle)) return idle;
    if (idle.minimum < 1) return CLEAR;
    return found(wholeCost(facts, cluster), {
      why: local(
        (f) => `Idle in every hour of ${f.days(days)}.`,
        (f) => `Ocioso em todas as horas de ${f.days(days)}.`,
      ),
      current: [stateSpec('running')],
      recommended: [stateSpec('deleted')],
      evidence: [daily(words('Idle (1 is all the time)', 'Ocioso (1 é o tempo todo)'), idle, 'average', 1)],
    });
  },
};
