import type { Facts, MetricProfile, PlannedAction, RuleResource, Verdict } from '../rule.ts';
import { ageDays } from './ages.ts';
import { environmentOf } from './environment.ts';
import { weekly } from './evidence.ts';
import { found, LABEL, spec } from './finding.ts';
import { measured } from './measure.ts';
import { clockTime, runningWindow, type RunningWindow } from './office-hours.ts';
import { lookback, parameter } from './parameters.ts';
import { idleHours } from './saving.ts';
import { CLEAR, isSkip, skip } from './verdict.ts';
import { local, words } from './words.ts';

/** Bytes an hour that count as no traffic: 1,000 a second. */
const QUIET_BYTES_PER_HOUR = 1000 * 3600;
/** So does this share of the busiest hour: agents and probes talk all night in proportion to a machine's size. */
const QUIET_SHARE = 0.05;

/** Parameters of every rule about idle hours of the week. */
export const OFF_HOURS_PARAMETERS = {
  days: lookback(14, 14, 30),
  cpu: parameter('CPU at most', 'CPU no máximo', 'percent', [5, 0.5, 20]),
  hours: parameter(
    'Idle hours a week at least',
    'Horas ociosas por semana, no mínimo',
    'hours',
    [40, 8, 160],
  ),
  production: parameter('Production too (1 yes, 0 no)', 'Produção também (1 sim, 0 não)', 'flag', [0, 0, 1]),
  margin: parameter('Margin before and after', 'Margem antes e depois', 'hours', [1, 0, 4]),
} as const;

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

/**
 * The verdict on something that runs all week and is used in some hours of it. Reads `cpu_utilization` and, where the
 * rule names them, the `traffic` counters; the rule has {@link OFF_HOURS_PARAMETERS}.
 * @param zone where its users live, an IANA name; UTC is tried beside it
 */
export function offHours(
  resource: RuleResource,
  facts: Facts,
  zone: string,
  traffic: readonly string[],
): Verdict {
  const production = environmentOf(resource)?.production === true;
  if (production && facts.parameter('production') === 0) return skip('excluded', 'production');
  const days = facts.parameter('days');
  if (ageDays(resource, facts.now) < days) return skip('too_young', `${days} days`);
  const cpu = measured(facts, resource, 'cpu_utilization', 'average', days);
  if (isSkip(cpu)) return cpu;
  const limit = facts.parameter('cpu');
  const leastHours = facts.parameter('hours');
  const quietHours = cpu.week.reduce<number>(
    (count, percent) => (percent !== null && percent <= limit ? count + 1 : count),
    0,
  );
  // A window of running leaves out hours with a quiet CPU only; most machines have too few of them.
  if (quietHours < leastHours) return CLEAR;
  const counters = traffic.map((metric) => facts.metric(resource, metric, 'sum', days));
  const outward: MetricProfile | undefined = counters.at(-1);
  const moved = (hour: number): number =>
    counters.reduce((total, counter) => total + (counter?.week[hour] ?? 0), 0);
  const busiest = Array.from({ length: 168 }, (_, hour) => moved(hour)).reduce((a, b) => Math.max(a, b), 0);
  const quiet = Math.max(QUIET_BYTES_PER_HOUR, busiest * QUIET_SHARE);
  // An hour nobody measured may have been a busy one.
  const busy = Array.from({ length: 168 }, (_, hour) => {
    const percent = cpu.week[hour];
    if (percent === null || percent === undefined || percent > limit) return true;
    return moved(hour) > quiet;
  });
  const margin = facts.parameter('margin');
  const windows = [zone, 'UTC'].flatMap((each) => runningWindow(busy, each, facts.now, margin) ?? []);
  const [first, ...rest] = windows;
  // Never busy at all is the business of the idle rule.
  if (!first) return CLEAR;
  const window = rest.reduce((best, w) => (w.idleHours > best.idleHours ? w : best), first);
  if (window.idleHours < leastHours) return CLEAR;
  const shown = `${clockTime(window.from)}–${clockTime(window.to)}`;
  return found(idleHours(facts, resource, window.idleHours), {
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
}
