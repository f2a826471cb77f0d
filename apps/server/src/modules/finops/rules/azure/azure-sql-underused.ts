import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { daily } from '../shared/evidence.ts';
import { LABEL } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { changeDatabase, DATABASE, smallerSize } from './databases.ts';
import { METRICS_READ, writing } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-sql-underused',
  provider: 'azure',
  resourceType: DATABASE,
  category: 'rightsize',
  title: words('Underused SQL database', 'Banco de dados SQL subutilizado'),
  criterion: words(
    'CPU at most 40 % in 99 % of the hours of 14 days, and a smaller size carries it below 80 %.',
    'CPU de no máximo 40 % em 99 % das horas de 14 dias, e um tamanho menor o suporta abaixo de 80 %.',
  ),
  remedy: words(
    'Resize it: connections drop for seconds. Undo gives it its size back.',
    'Redimensione-o: as conexões caem por segundos. Desfazer devolve o tamanho.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    cpu: parameter('CPU (p99) at most', 'CPU (p99) no máximo', 'percent', [40, 5, 70]),
  },
  metrics: [{ metric: 'cpu_utilization', statistic: 'maximum' }],
  lookbackDays: 30,
  saving: 'M2',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'resize' }],
  permissions: writing('Microsoft.Sql/servers/databases', METRICS_READ),
  examine(database, facts) {
    if (database.state !== 'running' || textAt(database.attributes, 'elasticPoolId') !== undefined)
      return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(database, facts.now) < days) return skip('too_young', `${days} days`);
    const cpu = measured(facts, database, 'cpu_utilization', 'maximum', days);
    if (isSkip(cpu)) return cpu;
    const limit = facts.parameter('cpu');
    if (cpu.p99 > limit) return CLEAR;
    // Memory and log throughput shrink with the size and are not measured: one half at least stays.
    const next = smallerSize(database, Math.max(0.5, cpu.p99 / 80));
    if (next === 'unknown') return skip('unknown_size', database.size?.sku ?? 'none');
    if (!next) return CLEAR;
    return changeDatabase(database, facts, next, {
      why: local(
        (f) =>
          `CPU stayed below ${f.pct(cpu.p99)} in 99 % of the hours of ${f.days(days)}: ${next.name} carries it.`,
        (f) =>
          `A CPU ficou abaixo de ${f.pct(cpu.p99)} em 99 % das horas de ${f.days(days)}: ${next.name} é suficiente.`,
      ),
      evidence: [daily(LABEL.cpu, cpu, 'maximum', limit)],
    });
  },
};
