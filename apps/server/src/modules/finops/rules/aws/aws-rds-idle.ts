import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, sizeSpec, stateSpec } from '../shared/finding.ts';
import { busiestDay, measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { DATABASE, isClusterMember } from './databases.ts';

export const rule: Rule = {
  id: 'aws-rds-idle',
  provider: 'aws',
  resourceType: DATABASE,
  category: 'idle',
  title: words('Idle RDS database', 'Banco de dados RDS ocioso'),
  criterion: words(
    'On each of 7 days fewer than 5 connections at the same time.',
    'Em cada um de 7 dias, menos de 5 conexões ao mesmo tempo.',
  ),
  remedy: words(
    'Stop it. AWS starts it again after seven days; storage is still paid for. Undo starts it.',
    'Pare-o. A AWS o inicia novamente após sete dias; o armazenamento continua sendo pago. Desfazer o inicia.',
  ),
  parameters: {
    days: lookback(7, 3, 30),
    connections: parameter(
      'Connections a day, fewer than',
      'Conexões por dia, menos de',
      'count',
      [5, 1, 50],
    ),
  },
  metrics: [{ metric: 'connections', statistic: 'maximum' }],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'stop' }],
  permissions: {
    read: ['rds:DescribeDBInstances', 'cloudwatch:GetMetricData'],
    apply: ['rds:StopDBInstance'],
    undo: ['rds:StartDBInstance'],
  },
  examine(database, facts) {
    if (database.state !== 'running') return CLEAR;
    if (isClusterMember(database)) return skip('excluded', 'member of a cluster');
    // AWS refuses to stop a replica or a database that has one.
    if (textAt(database.attributes, 'ReadReplicaSourceDBInstanceIdentifier') !== undefined)
      return skip('excluded', 'read replica');
    const days = facts.parameter('days');
    if (ageDays(database, facts.now) < days) return skip('too_young', `${days} days`);
    const connections = measured(facts, database, 'connections', 'maximum', days);
    if (isSkip(connections)) return connections;
    const limit = facts.parameter('connections');
    const most = busiestDay(connections, 'maximum');
    if (most >= limit) return CLEAR;
    return found(wholeCost(facts, database), {
      why: local(
        (f) =>
          most === 0
            ? `Not one connection in ${f.days(days)}.`
            : `Never more than ${f.count(most, 'connection', 'connections')} at a time on any of ${f.days(days)}.`,
        (f) =>
          most === 0
            ? `Nenhuma conexão em ${f.days(days)}.`
            : `Nunca mais de ${f.count(most, 'conexão', 'conexões')} ao mesmo tempo em nenhum de ${f.days(days)}.`,
      ),
      current: [...sizeSpec(database), stateSpec('running')],
      recommended: [stateSpec('stopped')],
      evidence: [daily(LABEL.connections, connections, 'maximum', limit)],
      action: operations('stop'),
    });
  },
};
