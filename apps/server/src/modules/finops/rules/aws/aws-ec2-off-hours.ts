import type { PlannedAction, Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { environmentOf } from '../shared/environment.ts';
import { weekly } from '../shared/evidence.ts';
import { found, LABEL, spec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { clockTime, runningWindow, type RunningWindow } from '../shared/office-hours.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { idleHours } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { zoneOf } from './data/region-zones.ts';
import { INSTANCE, unmanageable } from './instances.ts';

/** Bytes an hour that count as no traffic: 1,000 a second. */
const QUIET_BYTES_PER_HOUR = 1000 * 3600;
/** So does this share of the busiest hour: agents and probes talk all night in proportion to a machine's size. */
const QUIET_SHARE = 0.05;

function planOf(window: RunningWindow): PlannedAction | null {
  // Running all day on its days: a daily pair of times can't say that.
  if (window.from === 0 && window.to === 24) return null;
  return {
    kind: 'schedule',
    days: window.days,
    startAt: clockTime(window.from),
    stopAt: clockTime(window.to),
    timeZone: window.timeZone,
  };
}

export const rule: Rule = {
  id: 'aws-ec2-off-hours',
  provider: 'aws',
  resourceType: INSTANCE,
  category: 'schedule',
  title: words('EC2 instance idle outside of working hours', 'Instância EC2 ociosa fora do expediente'),
  criterion: words(
    'Over 14 days, at least 40 hours of the week lie outside of the hours in which CPU is above 5 % or traffic above 1,000 bytes a second and 5 % of the busiest hour. Machines tagged as production are left out unless wanted.',
    'Em 14 dias, pelo menos 40 horas da semana ficam fora do período em que a CPU passa de 5 % ou o tráfego de 1.000 bytes por segundo e de 5 % da hora mais ocupada. Máquinas etiquetadas como produção ficam de fora, a menos que se queira.',
  ),
  remedy: words(
    'Start and stop it by a schedule. Undo removes the schedule.',
    'Ligue e desligue por um agendamento. Desfazer remove o agendamento.',
  ),
  parameters: {
    days: lookback(14, 14, 30),
    cpu: parameter('CPU at most', 'CPU no máximo', 'percent', [5, 0.5, 20]),
    hours: parameter(
      'Idle hours a week at least',
      'Horas ociosas por semana, no mínimo',
      'hours',
      [40, 8, 160],
    ),
    production: parameter(
      'Production too (1 yes, 0 no)',
      'Produção também (1 sim, 0 não)',
      'flag',
      [0, 0, 1],
    ),
    margin: parameter('Margin before and after', 'Margem antes e depois', 'hours', [1, 0, 4]),
  },
  metrics: [
    { metric: 'cpu_utilization', statistic: 'average' },
    { metric: 'network_in', statistic: 'sum' },
    { metric: 'network_out', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M4',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'schedule',
  permissions: {
    read: ['ec2:DescribeInstances', 'cloudwatch:GetMetricData'],
    apply: ['ec2:StartInstances', 'ec2:StopInstances'],
    undo: ['ec2:StartInstances'],
  },
  examine(instance, facts) {
    if (instance.state !== 'running') return CLEAR;
    const managed = unmanageable(instance);
    if (managed) return managed;
    const production = environmentOf(instance)?.production === true;
    if (production && facts.parameter('production') === 0) return skip('excluded', 'production');
    const days = facts.parameter('days');
    if (ageDays(instance, facts.now) < days) return skip('too_young', `${days} days`);
    const cpu = measured(facts, instance, 'cpu_utilization', 'average', days);
    if (isSkip(cpu)) return cpu;
    const [inward, outward] = (['network_in', 'network_out'] as const).map((metric) =>
      facts.metric(instance, metric, 'sum', days),
    );
    const limit = facts.parameter('cpu');
    const moved = (hour: number): number => (inward?.week[hour] ?? 0) + (outward?.week[hour] ?? 0);
    const busiest = Array.from({ length: 168 }, (_, hour) => moved(hour)).reduce((a, b) => Math.max(a, b), 0);
    const quiet = Math.max(QUIET_BYTES_PER_HOUR, busiest * QUIET_SHARE);
    // An hour nobody measured may have been a busy one.
    const busy = Array.from({ length: 168 }, (_, hour) => {
      const percent = cpu.week[hour];
      if (percent === null || percent === undefined || percent > limit) return true;
      return moved(hour) > quiet;
    });
    const margin = facts.parameter('margin');
    const windows = [zoneOf(instance.region), 'UTC'].flatMap(
      (zone) => runningWindow(busy, zone, facts.now, margin) ?? [],
    );
    const [first, ...rest] = windows;
    // Never busy at all is the business of the idle rule.
    if (!first) return CLEAR;
    const window = rest.reduce((best, w) => (w.idleHours > best.idleHours ? w : best), first);
    if (window.idleHours < facts.parameter('hours')) return CLEAR;
    const shown = `${clockTime(window.from)}–${clockTime(window.to)}`;
    return found(idleHours(facts, instance, window.idleHours), {
      why: local(
        (f) =>
          `Used only between ${shown} (${window.timeZone}) on ${window.days.length} days of the week; ${f.n(window.idleHours, 0)} of 168 hours are idle.`,
        (f) =>
          `Usada somente entre ${shown} (${window.timeZone}) em ${window.days.length} dias da semana; ${f.n(window.idleHours, 0)} de 168 horas são ociosas.`,
      ),
      current: [spec(words('Hours a week', 'Horas por semana'), 168)],
      recommended: [spec(words('Hours a week', 'Horas por semana'), 168 - window.idleHours)],
      evidence: [weekly(LABEL.cpu, cpu, limit), ...(outward ? [weekly(LABEL.networkOut, outward)] : [])],
      action: planOf(window),
      ...(production ? { confidence: 'low' as const } : {}),
    });
  },
};
