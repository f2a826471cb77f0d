import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { measured, usage } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { GROUP, GROUP_PERMISSIONS, groupSize, membersOf } from './groups.ts';
import { INSTANCE } from './instances.ts';

const MB = 1_000_000;
/** So many times the quiet traffic is the work of something that forwards. */
const FORWARDS = 100;

export const rule: Rule = {
  id: 'aws-asg-idle',
  provider: 'aws',
  resourceType: GROUP,
  needsTypes: [INSTANCE],
  category: 'idle',
  title: words('Idle auto scaling group', 'Grupo de escalonamento ocioso'),
  criterion: words(
    'Over 14 days CPU of the group averages at most 5 % and each machine moves at most 5 MB of network traffic a day; more lowers the confidence, and a hundred times as much is work.',
    'Em 14 dias a CPU do grupo fica em média em no máximo 5 % e cada máquina move no máximo 5 MB de tráfego por dia; mais reduz a confiança, e cem vezes isso é trabalho.',
  ),
  remedy: words(
    'Scale in to zero. Undo sets the sizes back and new machines start.',
    'Reduza a zero. Desfazer restaura os tamanhos e novas máquinas são iniciadas.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    cpu: parameter('CPU at most', 'CPU no máximo', 'percent', [5, 0.5, 20]),
    traffic: parameter(
      'Traffic a machine and day at most',
      'Tráfego por máquina e dia no máximo',
      'MB/day',
      [5, 0.1, 1000],
    ),
  },
  metrics: [
    { metric: 'cpu_utilization', statistic: 'average' },
    { metric: 'network_in', statistic: 'sum' },
    { metric: 'network_out', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-size' }],
  permissions: GROUP_PERMISSIONS,
  examine(group, facts) {
    const size = groupSize(group);
    if (!size) return skip('unknown_size');
    if (size.desired === 0) return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(group, facts.now) < days) return skip('too_young', `${days} days`);
    const cpu = measured(facts, group, 'cpu_utilization', 'average', days);
    if (isSkip(cpu)) return cpu;
    const traffic = usage(
      facts,
      group,
      [
        ['network_in', LABEL.networkIn],
        ['network_out', LABEL.networkOut],
      ],
      days,
    );
    if (isSkip(traffic)) return traffic;
    const limit = facts.parameter('cpu');
    const each = traffic.total / days / size.desired;
    const quiet = facts.parameter('traffic') * MB;
    if (cpu.average > limit || each > quiet * FORWARDS) return CLEAR;
    return found(wholeCost(facts, ...membersOf(group, facts)), {
      why: local(
        (f) =>
          `${f.count(size.desired, 'machine', 'machines')} with ${f.pct(cpu.average)} CPU on average and ${f.bytes(each)} of traffic a day each.`,
        (f) =>
          `${f.count(size.desired, 'máquina', 'máquinas')} com ${f.pct(cpu.average)} de CPU em média e ${f.bytes(each)} de tráfego por dia cada.`,
      ),
      current: [spec(words('Desired size', 'Tamanho desejado'), size.desired)],
      recommended: [spec(words('Desired size', 'Tamanho desejado'), 0)],
      evidence: [daily(LABEL.cpu, cpu, 'average', limit), ...traffic.evidence],
      action: operations({
        operation: 'set-size',
        parameters: { minimum: 0, maximum: size.maximum, desired: 0 },
      }),
      ...(each > quiet ? { confidence: 'low' as const } : {}),
    });
  },
};
