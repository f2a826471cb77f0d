import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { daily } from '../shared/evidence.ts';
import { LABEL } from '../shared/finding.ts';
import { counted } from '../shared/measure.ts';
import { lookback } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { changeDatabase, DATABASE, smallerSize } from './databases.ts';
import { METRICS_READ, writing } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-sql-idle',
  provider: 'azure',
  resourceType: DATABASE,
  category: 'idle',
  title: words('SQL database without connections', 'Banco de dados SQL sem conexões'),
  criterion: words('Not one successful connection in 14 days.', 'Nenhuma conexão bem-sucedida em 14 dias.'),
  remedy: words(
    'Give it the smallest size that holds it until somebody needs it. Undo gives it its size back. Deleting it is yours to decide.',
    'Dê-lhe o menor tamanho que o comporta até alguém precisar. Desfazer devolve o tamanho. Excluí-lo cabe a você.',
  ),
  parameters: { days: lookback(14, 7, 60) },
  metrics: [{ metric: 'connections', statistic: 'sum' }],
  lookbackDays: 60,
  saving: 'M2',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'resize' }],
  permissions: writing('Microsoft.Sql/servers/databases', METRICS_READ),
  examine(database, facts) {
    if (database.state !== 'running' || textAt(database.attributes, 'elasticPoolId') !== undefined)
      return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(database, facts.now) < days) return skip('too_young', `${days} days`);
    const connections = counted(facts, database, 'connections', days);
    if (isSkip(connections)) return connections;
    if (connections.total > 0) return CLEAR;
    const next = smallerSize(database, 0);
    if (next === 'unknown') return skip('unknown_size', database.size?.sku ?? 'none');
    if (!next) return CLEAR;
    return changeDatabase(database, facts, next, {
      why: local(
        (f) => `No connection in ${f.days(days)}.`,
        (f) => `Nenhuma conexão em ${f.days(days)}.`,
      ),
      evidence: [daily(LABEL.connections, connections.profile, 'sum')],
    });
  },
};
