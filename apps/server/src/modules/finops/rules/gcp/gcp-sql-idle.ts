import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, sizeSpec, stateSpec } from '../shared/finding.ts';
import { busiestDay, measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { databasePrice, isReplica, SQL } from './databases.ts';
import { METRICS_READ, updating } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-sql-idle',
  provider: 'gcp',
  resourceType: SQL,
  category: 'idle',
  title: words('Idle Cloud SQL instance', 'Instância do Cloud SQL ociosa'),
  criterion: words(
    'Fewer than 5 connections open at the same time on each of 7 days.',
    'Menos de 5 conexões abertas ao mesmo tempo em cada um de 7 dias.',
  ),
  remedy: words(
    'Stop the instance; its storage stays and is billed. Undo starts it.',
    'Pare a instância; o armazenamento permanece e é cobrado. Desfazer a inicia.',
  ),
  parameters: {
    days: lookback(7, 3, 30),
    connections: parameter('Connections, fewer than', 'Conexões, menos de', 'count', [5, 1, 50]),
  },
  metrics: [{ metric: 'connections', statistic: 'maximum' }],
  lookbackDays: 30,
  saving: 'M2',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'stop' }],
  permissions: updating('cloudsql.instances', METRICS_READ),
  examine(database, facts) {
    if (database.state !== 'running') return CLEAR;
    if (isReplica(database)) return skip('excluded', 'replica');
    const days = facts.parameter('days');
    if (ageDays(database, facts.now) < days) return skip('too_young', `${days} days`);
    const connections = measured(facts, database, 'connections', 'maximum', days);
    if (isSkip(connections)) return connections;
    const limit = facts.parameter('connections');
    const most = busiestDay(connections, 'maximum');
    if (most >= limit) return CLEAR;
    const price = databasePrice(database, facts);
    if (isSkip(price)) return price;
    return found(priceRatio(facts, database, { now: price.total, next: price.storage }), {
      why: local(
        (f) => `At most ${f.n(most)} connections at the same time in ${f.days(days)}.`,
        (f) => `No máximo ${f.n(most)} conexões ao mesmo tempo em ${f.days(days)}.`,
      ),
      current: [...sizeSpec(database), stateSpec('running')],
      recommended: [stateSpec('stopped')],
      evidence: [daily(LABEL.connections, connections, 'maximum', limit)],
      action: operations('stop'),
    });
  },
};
