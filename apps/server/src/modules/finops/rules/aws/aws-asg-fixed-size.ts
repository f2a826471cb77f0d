import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { GROUP, GROUP_PERMISSIONS, groupSize, membersOf } from './groups.ts';
import { INSTANCE } from './instances.ts';

/** CPU of the group after scaling in, in percent at most. */
const FULL = 60;

export const rule: Rule = {
  id: 'aws-asg-fixed-size',
  provider: 'aws',
  resourceType: GROUP,
  needsTypes: [INSTANCE],
  category: 'rightsize',
  title: words('Auto scaling group that never scales in', 'Grupo de escalonamento que nunca reduz'),
  criterion: words(
    'It stands at its minimum size, which is above one, and CPU of the whole group averages below 20 % over 30 days.',
    'Está no tamanho mínimo, maior que um, e a CPU do grupo todo fica em média abaixo de 20 % em 30 dias.',
  ),
  remedy: words(
    'Lower the minimum, so that the peak still stays below 60 % CPU. Undo sets the sizes back.',
    'Reduza o mínimo, de modo que o pico ainda fique abaixo de 60 % de CPU. Desfazer restaura os tamanhos.',
  ),
  parameters: {
    days: lookback(30, 7, 30),
    cpu: parameter('CPU below', 'CPU abaixo de', 'percent', [20, 1, 50]),
  },
  metrics: [{ metric: 'cpu_utilization', statistic: 'average' }],
  lookbackDays: 30,
  saving: 'M2',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-size' }],
  permissions: GROUP_PERMISSIONS,
  examine(group, facts) {
    const size = groupSize(group);
    if (!size) return skip('unknown_size');
    // Above its floor it scales by itself.
    if (size.minimum < 2 || size.desired > size.minimum) return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(group, facts.now) < days) return skip('too_young', `${days} days`);
    const cpu = measured(facts, group, 'cpu_utilization', 'average', days);
    if (isSkip(cpu)) return cpu;
    const limit = facts.parameter('cpu');
    if (cpu.average >= limit) return CLEAR;
    const next = Math.max(1, Math.ceil((size.minimum * cpu.maximum) / FULL));
    if (next >= size.minimum) return CLEAR;
    const prices = { now: String(size.minimum), next: String(next) };
    return found(priceRatio(facts, membersOf(group, facts), prices), {
      why: local(
        (f) =>
          `${f.n(size.minimum, 0)} machines are always on, and CPU averages ${f.pct(cpu.average)} (busiest hour ${f.pct(cpu.maximum)}); ${f.count(next, 'carries', 'carry')} it.`,
        (f) =>
          `${f.n(size.minimum, 0)} máquinas ficam sempre ligadas, e a CPU fica em média em ${f.pct(cpu.average)} (hora mais ocupada ${f.pct(cpu.maximum)}); ${f.count(next, 'suporta', 'suportam')} a carga.`,
      ),
      current: [spec(words('Minimum size', 'Tamanho mínimo'), size.minimum)],
      recommended: [spec(words('Minimum size', 'Tamanho mínimo'), next)],
      evidence: [daily(LABEL.cpu, cpu, 'average', limit)],
      action: operations({
        operation: 'set-size',
        parameters: { minimum: next, maximum: size.maximum, desired: next },
      }),
    });
  },
};
