import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { compareAmounts } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { CACHE, inReplicationGroup } from './caches.ts';
import { creditBaseline, splitType, typesOf } from './data/instance-families.ts';
import { classShape } from './databases.ts';
import { shapeSpec } from './sizing.ts';

const GIB = 1024 ** 3;
/** Used memory fills a smaller node to this share at most. */
const MEMORY_FULL = 0.75;
const CPU_FULL = 80;

export const rule: Rule = {
  id: 'aws-elasticache-underused',
  provider: 'aws',
  resourceType: CACHE,
  category: 'rightsize',
  title: words('Underused ElastiCache node', 'Nó ElastiCache subutilizado'),
  criterion: words(
    'Over 30 days CPU at most 40 % (p99) and at least 60 % of the memory free at all times, and a smaller node of the family carries both.',
    'Em 30 dias, CPU de no máximo 40 % (p99) e pelo menos 60 % da memória livre o tempo todo, e um nó menor da família suporta os dois.',
  ),
  remedy: words(
    'Change the node type. Undo changes it back.',
    'Altere o tipo do nó. Desfazer volta ao tipo anterior.',
  ),
  parameters: {
    days: lookback(30, 7, 30),
    cpu: parameter('CPU (p99) at most', 'CPU (p99) no máximo', 'percent', [40, 5, 70]),
    free: parameter('Memory free, at least', 'Memória livre, no mínimo', 'percent', [60, 30, 95]),
  },
  metrics: [
    { metric: 'cpu_utilization', statistic: 'maximum' },
    { metric: 'cpu_utilization', statistic: 'average' },
    { metric: 'free_memory', statistic: 'minimum' },
  ],
  lookbackDays: 30,
  saving: 'M2',
  confidence: 'medium',
  effort: 'medium',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'modify' }],
  permissions: {
    read: ['elasticache:DescribeCacheClusters', 'cloudwatch:GetMetricData', 'pricing:GetProducts'],
    apply: ['elasticache:ModifyCacheCluster'],
    undo: ['elasticache:ModifyCacheCluster'],
  },
  examine(cache, facts) {
    if (cache.state !== 'running') return CLEAR;
    const type = cache.size?.sku;
    const shape = type === undefined ? undefined : classShape(type);
    if (type === undefined || !shape) return skip('unknown_size', type);
    const days = facts.parameter('days');
    if (ageDays(cache, facts.now) < days) return skip('too_young', `${days} days`);
    const cpu = measured(facts, cache, 'cpu_utilization', 'maximum', days);
    if (isSkip(cpu)) return cpu;
    const mean = measured(facts, cache, 'cpu_utilization', 'average', days);
    if (isSkip(mean)) return mean;
    const memory = measured(facts, cache, 'free_memory', 'minimum', days);
    if (isSkip(memory)) return memory;
    const free = memory.minimum / GIB;
    const share = (free / shape.memoryGiB) * 100;
    if (cpu.p99 > facts.parameter('cpu') || share < facts.parameter('free')) return CLEAR;
    const used = Math.max(0, shape.memoryGiB - free);
    const [next] = typesOf(splitType(type)[0])
      .flatMap((name) => classShape(`cache.${name}`) ?? [])
      .filter((c) => {
        const scale = shape.cpus / c.cpus;
        const baseline = creditBaseline(c.type);
        return (
          c.memoryGiB < shape.memoryGiB &&
          used <= c.memoryGiB * MEMORY_FULL &&
          cpu.p99 * scale <= CPU_FULL &&
          (baseline === undefined || mean.average * scale <= baseline)
        );
      });
    if (!next) return CLEAR;
    const query = (sku: string) => facts.price({ product: 'cache', region: cache.region, sku });
    const [now, then] = [query(type), query(next.type)];
    if (!now || !then) return skip('no_price', now ? next.type : type);
    if (compareAmounts(then.price.amount, now.price.amount) >= 0) return CLEAR;
    return found(priceRatio(facts, cache, { now: now.price.amount, next: then.price.amount }), {
      why: local(
        (f) =>
          `In 99 % of the hours CPU never went above ${f.pct(cpu.p99)}, and ${f.pct(share)} of the memory was always free.`,
        (f) =>
          `Em 99 % das horas a CPU não passou de ${f.pct(cpu.p99)}, e ${f.pct(share)} da memória ficou sempre livre.`,
      ),
      current: shapeSpec(shape),
      recommended: shapeSpec(next),
      evidence: [
        daily(LABEL.cpu, cpu, 'maximum', CPU_FULL),
        daily(words('Free memory', 'Memória livre'), memory, 'average'),
      ],
      action: inReplicationGroup(cache)
        ? null
        : operations({ operation: 'modify', parameters: { nodeType: next.type } }),
    });
  },
};
