import type { Rule } from '../rule.ts';
import { daily } from '../shared/evidence.ts';
import { LABEL } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { METRICS_READ, writing } from './permissions.ts';
import { changePlan, PLAN } from './plans.ts';

/** Each size has half of the cores and memory of the next (App Service pricing). */
const LADDERS: readonly (readonly string[])[] = [
  ['B1', 'B2', 'B3'],
  ['S1', 'S2', 'S3'],
  ['P1v3', 'P2v3', 'P3v3'],
];

export const rule: Rule = {
  id: 'azure-appservice-plan-underused',
  provider: 'azure',
  resourceType: PLAN,
  category: 'rightsize',
  title: words('Underused App Service plan', 'Plano do App Service subutilizado'),
  criterion: words(
    'CPU and memory at most 40 % in 99 % of the hours of 14 days, and the next smaller size of the tier carries both below 80 %.',
    'CPU e memória de no máximo 40 % em 99 % das horas de 14 dias, e o tamanho abaixo na camada suporta ambas abaixo de 80 %.',
  ),
  remedy: words('Resize it. Undo gives it its size back.', 'Redimensione-o. Desfazer devolve o tamanho.'),
  parameters: {
    days: lookback(14, 7, 30),
    used: parameter('CPU and memory (p99) at most', 'CPU e memória (p99) no máximo', 'percent', [40, 5, 40]),
  },
  metrics: [
    { metric: 'cpu_utilization', statistic: 'maximum' },
    { metric: 'memory_used_percent', statistic: 'maximum' },
  ],
  lookbackDays: 30,
  saving: 'M2',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'resize' }],
  permissions: writing('Microsoft.Web/serverfarms', METRICS_READ),
  examine(plan, facts) {
    const sku = plan.size?.sku ?? '';
    const ladder = LADDERS.find((sizes) => sizes.includes(sku));
    if (plan.state !== 'in_use' || !ladder) return CLEAR;
    const next = ladder[ladder.indexOf(sku) - 1];
    if (next === undefined) return CLEAR;
    const days = facts.parameter('days');
    const cpu = measured(facts, plan, 'cpu_utilization', 'maximum', days);
    if (isSkip(cpu)) return cpu;
    const memory = measured(facts, plan, 'memory_used_percent', 'maximum', days);
    if (isSkip(memory)) return memory;
    const limit = facts.parameter('used');
    if (cpu.p99 > limit || memory.p99 > limit) return CLEAR;
    return changePlan(plan, facts, next, {
      why: local(
        (f) =>
          `CPU stayed below ${f.pct(cpu.p99)} and memory below ${f.pct(memory.p99)} in 99 % of the hours of ${f.days(days)}.`,
        (f) =>
          `A CPU ficou abaixo de ${f.pct(cpu.p99)} e a memória abaixo de ${f.pct(memory.p99)} em 99 % das horas de ${f.days(days)}.`,
      ),
      evidence: [daily(LABEL.cpu, cpu, 'maximum', limit), daily(LABEL.memory, memory, 'maximum', limit)],
    });
  },
};
