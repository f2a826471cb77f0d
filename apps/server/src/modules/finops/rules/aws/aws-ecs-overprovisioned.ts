import { times } from '@cloudatlas/cloud/decimal';
import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { compareAmounts, total } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';

/** Fargate sizes: CPU units and the memory (MiB) each goes with: smallest, largest, step (ECS developer guide). */
const SIZES = [
  [256, 512, 2048, 512],
  [512, 1024, 4096, 1024],
  [1024, 2048, 8192, 1024],
  [2048, 4096, 16_384, 1024],
  [4096, 8192, 30_720, 1024],
] as const;
/** Peaks fill a smaller task to this share at most. */
const FULL = 0.8;

interface TaskSize {
  readonly cpu: number;
  readonly memoryMb: number;
}

/** The smallest Fargate size with so much of both. */
function smallest(cpuNeeded: number, memoryNeeded: number): TaskSize | undefined {
  for (const [cpu, least, most, step] of SIZES) {
    if (cpu < cpuNeeded || most < memoryNeeded) continue;
    return { cpu, memoryMb: least + Math.max(0, Math.ceil((memoryNeeded - least) / step)) * step };
  }
  return undefined;
}

function hour({ cpu, memoryMb }: TaskSize): string {
  return total([times(LIST_PRICES.taskCpuHour, cpu / 1024), times(LIST_PRICES.taskGibHour, memoryMb / 1024)]);
}

function lines(size: TaskSize) {
  return [spec(words('CPU units', 'Unidades de CPU'), size.cpu), spec(LABEL.memory, `${size.memoryMb} MiB`)];
}

export const rule: Rule = {
  id: 'aws-ecs-overprovisioned',
  provider: 'aws',
  resourceType: 'aws.ecs.service',
  category: 'rightsize',
  title: words('Oversized Fargate tasks', 'Tarefas Fargate superdimensionadas'),
  criterion: words(
    'CPU averages below 10 % over 14 days, and a smaller Fargate size holds the peaks of CPU and memory at 80 %.',
    'A CPU fica em média abaixo de 10 % em 14 dias, e um tamanho Fargate menor suporta os picos de CPU e memória a 80 %.',
  ),
  remedy: words(
    'Roll out a revision with the smaller size. Undo rolls back to the former revision.',
    'Implante uma revisão com o tamanho menor. Desfazer volta à revisão anterior.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    cpu: parameter('Mean CPU below', 'CPU média abaixo de', 'percent', [10, 1, 40]),
  },
  metrics: [
    { metric: 'cpu_utilization', statistic: 'average' },
    { metric: 'cpu_utilization', statistic: 'maximum' },
    { metric: 'memory_utilization', statistic: 'maximum' },
  ],
  lookbackDays: 30,
  saving: 'M2',
  confidence: 'medium',
  effort: 'medium',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'resize' }],
  permissions: {
    read: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'cloudwatch:GetMetricData'],
    apply: ['ecs:RegisterTaskDefinition', 'ecs:UpdateService', 'iam:PassRole'],
    undo: ['ecs:UpdateService'],
  },
  examine(service, facts) {
    // On machines of one's own the size of a task costs nothing.
    if (service.state !== 'active' || textAt(service.attributes, 'launchType') !== 'FARGATE') return CLEAR;
    const cpu = Number(textAt(service.attributes, 'TaskDefinition', 'cpu') ?? Number.NaN);
    const memoryMb = Number(textAt(service.attributes, 'TaskDefinition', 'memory') ?? Number.NaN);
    if (!(cpu > 0) || !(memoryMb > 0)) return skip('unknown_size');
    const days = facts.parameter('days');
    if (ageDays(service, facts.now) < days) return skip('too_young', `${days} days`);
    const mean = measured(facts, service, 'cpu_utilization', 'average', days);
    if (isSkip(mean)) return mean;
    const peak = measured(facts, service, 'cpu_utilization', 'maximum', days);
    if (isSkip(peak)) return peak;
    const memory = measured(facts, service, 'memory_utilization', 'maximum', days);
    if (isSkip(memory)) return memory;
    const limit = facts.parameter('cpu');
    if (mean.average >= limit) return CLEAR;
    const next = smallest((cpu * peak.p99) / 100 / FULL, (memoryMb * memory.maximum) / 100 / FULL);
    if (!next || next.cpu > cpu || next.memoryMb > memoryMb) return CLEAR;
    const now = { cpu, memoryMb };
    if (compareAmounts(hour(next), hour(now)) >= 0) return CLEAR;
    return found(priceRatio(facts, service, { now: hour(now), next: hour(next) }), {
      why: local(
        (f) =>
          `CPU averages ${f.pct(mean.average)} (99 % of the hours below ${f.pct(peak.p99)}), memory peaks at ${f.pct(memory.maximum)} of ${f.n(memoryMb, 0)} MiB.`,
        (f) =>
          `A CPU fica em média em ${f.pct(mean.average)} (99 % das horas abaixo de ${f.pct(peak.p99)}), a memória chega a ${f.pct(memory.maximum)} de ${f.n(memoryMb, 0)} MiB.`,
      ),
      current: lines(now),
      recommended: lines(next),
      evidence: [
        daily(LABEL.cpu, mean, 'average', limit),
        daily(LABEL.memory, memory, 'maximum', FULL * 100),
      ],
      action: operations({
        operation: 'resize',
        parameters: { cpu: String(next.cpu), memoryMb: next.memoryMb },
      }),
    });
  },
};
