import type { Rule, RuleResource, Skip } from '../rule.ts';
import { ageDays } from './ages.ts';
import { daily } from './evidence.ts';
import { found, LABEL, operations, sizeSpec, stateSpec } from './finding.ts';
import { measured } from './measure.ts';
import { OFF_HOURS_PARAMETERS, offHours } from './off-hours.ts';
import { lookback, parameter } from './parameters.ts';
import { wholeCost } from './saving.ts';
import { CLEAR, isSkip, skip } from './verdict.ts';
import { local, words } from './words.ts';

/*
 * Rules about machines that read the same at every provider: the criterion, the evidence and the money are here; a
 * rule file says what its provider calls them, which permissions it takes and which machines are another's to manage.
 */

/** Bytes a day above which a quiet CPU may still be a busy forwarder: the finding is then a weak one. */
const QUIET_BYTES_PER_DAY = 5 * 1024 ** 2;

/** What a provider's rule adds. */
interface Machines extends Pick<
  Rule,
  'id' | 'provider' | 'resourceType' | 'title' | 'remedy' | 'permissions'
> {
  /** Why a machine is not to be stopped from here, e.g. because a scaling group starts it again. */
  readonly unmanageable: (machine: RuleResource) => Skip | undefined;
}

const MACHINE_METRICS: Rule['metrics'] = [
  { metric: 'cpu_utilization', statistic: 'average' },
  { metric: 'network_in', statistic: 'sum' },
  { metric: 'network_out', statistic: 'sum' },
];

/** A machine whose CPU does next to nothing: stopped, its disks stay. */
export function idleMachine({ unmanageable, ...own }: Machines): Rule {
  return {
    ...own,
    category: 'idle',
    criterion: words(
      'Mean CPU below 5 % over 7 days. Much network traffic lowers the confidence.',
      'CPU média abaixo de 5 % em 7 dias. Muito tráfego de rede reduz a confiança.',
    ),
    parameters: {
      days: lookback(7, 3, 30),
      cpu: parameter('CPU below', 'CPU abaixo de', 'percent', [5, 0.5, 30]),
    },
    metrics: MACHINE_METRICS,
    lookbackDays: 30,
    saving: 'M1',
    confidence: 'medium',
    effort: 'low',
    restart: true,
    undoClass: 'R',
    action: 'operations',
    operations: [{ operation: 'stop' }],
    examine(machine, facts) {
      if (machine.state !== 'running') return CLEAR;
      const managed = unmanageable(machine);
      if (managed) return managed;
      const days = facts.parameter('days');
      if (ageDays(machine, facts.now) < days) return skip('too_young', `${days} days`);
      const cpu = measured(facts, machine, 'cpu_utilization', 'average', days);
      if (isSkip(cpu)) return cpu;
      const limit = facts.parameter('cpu');
      if (cpu.average >= limit) return CLEAR;
      const inward = facts.metric(machine, 'network_in', 'sum', days);
      const outward = facts.metric(machine, 'network_out', 'sum', days);
      const traffic = inward || outward ? ((inward?.sum ?? 0) + (outward?.sum ?? 0)) / cpu.days : undefined;
      return found(wholeCost(facts, machine), {
        why: local(
          (f) =>
            `CPU averaged ${f.pct(cpu.average)} over ${f.days(days)}${traffic === undefined ? '' : `, with ${f.bytes(traffic)} of network traffic a day`}.`,
          (f) =>
            `A CPU ficou em média em ${f.pct(cpu.average)} em ${f.days(days)}${traffic === undefined ? '' : `, com ${f.bytes(traffic)} de tráfego de rede por dia`}.`,
        ),
        current: [...sizeSpec(machine), stateSpec('running')],
        recommended: [stateSpec('stopped')],
        evidence: [
          daily(LABEL.cpu, cpu, 'average', limit),
          ...(inward ? [daily(LABEL.networkIn, inward, 'sum')] : []),
          ...(outward ? [daily(LABEL.networkOut, outward, 'sum')] : []),
        ],
        action: operations('stop'),
        ...(traffic !== undefined && traffic > QUIET_BYTES_PER_DAY ? { confidence: 'low' as const } : {}),
      });
    },
  };
}

/**
 * A machine that runs all week and is used in some hours of it: a schedule.
 * @param zoneOf where the users of a region live, an IANA name
 */
export function offHoursMachine({
  unmanageable,
  zoneOf,
  ...own
}: Machines & { readonly zoneOf: (region: string) => string }): Rule {
  return {
    ...own,
    category: 'schedule',
    criterion: words(
      'Over 14 days, at least 40 hours of the week lie outside of the hours in which CPU is above 5 % or traffic above 1,000 bytes a second and 5 % of the busiest hour. Machines tagged as production are left out unless wanted.',
      'Em 14 dias, pelo menos 40 horas da semana ficam fora do período em que a CPU passa de 5 % ou o tráfego de 1.000 bytes por segundo e de 5 % da hora mais ocupada. Máquinas etiquetadas como produção ficam de fora, a menos que se queira.',
    ),
    parameters: OFF_HOURS_PARAMETERS,
    metrics: MACHINE_METRICS,
    lookbackDays: 30,
    saving: 'M4',
    confidence: 'medium',
    effort: 'low',
    restart: true,
    undoClass: 'R',
    action: 'schedule',
    examine(machine, facts) {
      if (machine.state !== 'running') return CLEAR;
      return (
        unmanageable(machine) ??
        offHours(machine, facts, zoneOf(machine.region), ['network_in', 'network_out'])
      );
    },
  };
}
