import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily, weekly } from '../shared/evidence.ts';
import { found, LABEL, operations, sizeSpec, stateSpec } from '../shared/finding.ts';
import { busiestDay, measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { idleHours } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-redshift-idle',
  provider: 'aws',
  resourceType: 'aws.redshift.cluster',
  category: 'idle',
  title: words('Idle Redshift cluster', 'Cluster Redshift ocioso'),
  criterion: words(
    'No connection in 7 days; or CPU averages at most 10 % and at least 40 hours of the week are without connections.',
    'Nenhuma conexão em 7 dias; ou a CPU fica em média em no máximo 10 % e pelo menos 40 horas da semana são sem conexões.',
  ),
  remedy: words(
    'Pause it; storage is still paid for. Undo resumes it. With use in part of the week, pause it by a schedule.',
    'Pause-o; o armazenamento continua sendo pago. Desfazer o retoma. Com uso em parte da semana, pause por agendamento.',
  ),
  parameters: {
    days: lookback(7, 7, 30),
    cpu: parameter('CPU at most', 'CPU no máximo', 'percent', [10, 1, 40]),
    hours: parameter(
      'Idle hours a week at least',
      'Horas ociosas por semana, no mínimo',
      'hours',
      [40, 8, 160],
    ),
  },
  metrics: [
    { metric: 'connections', statistic: 'maximum' },
    { metric: 'cpu_utilization', statistic: 'average' },
  ],
  lookbackDays: 30,
  saving: 'M4',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'stop' }],
  permissions: {
    read: ['redshift:DescribeClusters', 'cloudwatch:GetMetricData'],
    apply: ['redshift:PauseCluster'],
    undo: ['redshift:ResumeCluster'],
  },
  examine(cluster, facts) {
    if (cluster.state !== 'running') return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(cluster, facts.now) < days) return skip('too_young', `${days} days`);
    const connections = measured(facts, cluster, 'connections', 'maximum', days);
    if (isSkip(connections)) return connections;
    const cpu = measured(facts, cluster, 'cpu_utilization', 'average', days);
    if (isSkip(cpu)) return cpu;
    const never = busiestDay(connections, 'maximum') < 1;
    const idle = never ? 168 : connections.week.filter((mean) => mean === 0).length;
    if (!never && (cpu.average > facts.parameter('cpu') || idle < facts.parameter('hours'))) return CLEAR;
    return found(idleHours(facts, cluster, idle), {
      why: never
        ? local(
            (f) => `Not one connection in ${f.days(days)}.`,
            (f) => `Nenhuma conexão em ${f.days(days)}.`,
          )
        : local(
            (f) =>
              `${f.n(idle, 0)} of 168 hours of the week are without connections, and CPU averages ${f.pct(cpu.average)}.`,
            (f) =>
              `${f.n(idle, 0)} de 168 horas da semana são sem conexões, e a CPU fica em média em ${f.pct(cpu.average)}.`,
          ),
      current: [...sizeSpec(cluster), stateSpec('running')],
      recommended: [stateSpec('stopped')],
      evidence: [
        weekly(LABEL.connections, connections),
        daily(LABEL.cpu, cpu, 'average', facts.parameter('cpu')),
      ],
      action: never ? operations('stop') : null,
    });
  },
};
