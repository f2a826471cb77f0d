import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { LABEL, operations } from '../shared/finding.ts';
import { lookback } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { CLUSTER, machinesOf } from './clusters.ts';
import { DATABASE } from './databases.ts';

export const rule: Rule = {
  id: 'aws-rds-cluster-idle',
  provider: 'aws',
  resourceType: CLUSTER,
  needsTypes: [DATABASE],
  category: 'idle',
  title: words('Idle database cluster', 'Cluster de banco de dados ocioso'),
  criterion: words(
    'An Aurora or DocumentDB cluster without one connection in 7 days.',
    'Cluster Aurora ou DocumentDB sem nenhuma conexão em 7 dias.',
  ),
  remedy: words(
    'Stop it. AWS starts it again after seven days; storage is still paid for. Undo starts it.',
    'Pare-o. A AWS o inicia novamente após sete dias; o armazenamento continua sendo pago. Desfazer o inicia.',
  ),
  parameters: { days: lookback(7, 3, 30) },
  metrics: [
    { metric: 'connections', statistic: 'maximum' },
    { metric: 'docdb_connections', statistic: 'maximum' },
  ],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'stop' }],
  permissions: {
    read: ['rds:DescribeDBClusters', 'rds:DescribeDBInstances', 'cloudwatch:GetMetricData'],
    apply: ['rds:StopDBCluster'],
    undo: ['rds:StartDBCluster'],
  },
  examine(cluster, facts) {
    if (cluster.state !== 'running') return CLEAR;
    // These pause by themselves and can't be stopped.
    if (textAt(cluster.attributes, 'EngineMode') === 'serverless') return skip('excluded', 'serverless');
    const documents = textAt(cluster.attributes, 'Engine') === 'docdb';
    const machines = machinesOf(cluster, facts);
    if (machines.length === 0) return CLEAR;
    return unused(cluster, facts, {
      gauges: [[documents ? 'docdb_connections' : 'connections', LABEL.connections, 1]],
      nothing: words('connections', 'conexões'),
      action: operations('stop'),
      becomes: 'stopped',
      // Stopping ends the machines' cost and not that of storage.
      saving: wholeCost(facts, ...machines),
    });
  },
};
