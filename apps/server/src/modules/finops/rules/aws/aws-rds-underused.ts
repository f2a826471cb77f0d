import type { Facts, Rule, RuleResource } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, operations } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { compareAmounts } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { creditBaseline, splitType, typesOf } from './data/instance-families.ts';
import {
  classShape,
  DATABASE,
  databaseMonthly,
  databaseSpec,
  isClusterMember,
  MODIFY_DATABASE,
} from './databases.ts';
import { shapeSpec, type Shape } from './sizing.ts';

const FULL = 80;
const GIB = 1024 ** 3;
/** Memory a smaller class must leave beside what is used: engines fill what they get with cache. */
const CACHE_KEPT = 0.5;

/** GiB in use at most: what is not freeable; undefined when not measured. */
function memoryUsed(facts: Facts, database: RuleResource, shape: Shape, days: number): number | undefined {
  const free = measured(facts, database, 'free_memory', 'minimum', days);
  return isSkip(free) ? undefined : Math.max(0, shape.memoryGiB - free.minimum / GIB);
}

export const rule: Rule = {
  id: 'aws-rds-underused',
  provider: 'aws',
  resourceType: DATABASE,
  category: 'rightsize',
  title: words('Underused RDS database', 'Banco de dados RDS subutilizado'),
  criterion: words(
    'CPU at most 40 % in 99 % of the hours of 14 days, and a smaller class of the family carries it: vCPU × p99 ÷ 80, with memory for what is used.',
    'CPU de no máximo 40 % em 99 % das horas de 14 dias, e uma classe menor da família suporta: vCPU × p99 ÷ 80, com memória para o que é usado.',
  ),
  remedy: words(
    'Change the class; the database is away for some minutes. Undo changes it back.',
    'Altere a classe; o banco fica fora por alguns minutos. Desfazer volta à classe anterior.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    cpu: parameter('CPU (p99) at most', 'CPU (p99) no máximo', 'percent', [40, 5, 70]),
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
  permissions: MODIFY_DATABASE,
  examine(database, facts) {
    if (database.state !== 'running') return CLEAR;
    if (isClusterMember(database)) return skip('excluded', 'member of a cluster');
    const now = databaseSpec(database);
    if (isSkip(now)) return now;
    const shape = classShape(now.databaseClass);
    if (!shape) return skip('unknown_size', now.databaseClass);
    const days = facts.parameter('days');
    if (ageDays(database, facts.now) < days) return skip('too_young', `${days} days`);
    const cpu = measured(facts, database, 'cpu_utilization', 'maximum', days);
    if (isSkip(cpu)) return cpu;
    const mean = measured(facts, database, 'cpu_utilization', 'average', days);
    if (isSkip(mean)) return mean;
    if (cpu.p99 > facts.parameter('cpu')) return CLEAR;
    const used = memoryUsed(facts, database, shape, days);
    const cpus = Math.max(1, Math.ceil((shape.cpus * cpu.p99) / FULL));
    // Unknown memory: half of it at least stays. Known: what is used, or half of that where it is mostly cache.
    const memory = used === undefined ? shape.memoryGiB / 2 : Math.min(used, shape.memoryGiB) * CACHE_KEPT;
    const [next] = typesOf(splitType(now.databaseClass)[0])
      .flatMap((type) => classShape(`db.${type}`) ?? [])
      .filter((c) => {
        const baseline = creditBaseline(c.type);
        const steady = baseline === undefined || (mean.average * shape.cpus) / c.cpus <= baseline;
        return c.memoryGiB < shape.memoryGiB && c.cpus >= cpus && c.memoryGiB >= memory && steady;
      })
      // One size at a time: a database's cache is worth more than a machine's memory.
      .filter((c) => c.memoryGiB >= shape.memoryGiB / 2);
    if (!next) return CLEAR;
    const [priceNow, priceNext] = [
      databaseMonthly(facts, database.region, now),
      databaseMonthly(facts, database.region, { ...now, databaseClass: next.type }),
    ];
    if (typeof priceNow !== 'string') return priceNow;
    if (typeof priceNext !== 'string') return priceNext;
    if (compareAmounts(priceNext, priceNow) >= 0) return CLEAR;
    const after = (cpu.p99 * shape.cpus) / next.cpus;
    return found(priceRatio(facts, database, { now: priceNow, next: priceNext }), {
      why: local(
        (f) =>
          `In 99 % of the hours CPU never went above ${f.pct(cpu.p99)} (95 %: ${f.pct(cpu.p95)}). On ${next.type} the same load is ${f.pct(after)}.${used === undefined ? ' Memory is not measured.' : ` ${f.n(used)} of ${f.n(shape.memoryGiB)} GiB of memory were used at most, cache included.`}`,
        (f) =>
          `Em 99 % das horas a CPU não passou de ${f.pct(cpu.p99)} (95 %: ${f.pct(cpu.p95)}). Em ${next.type} a mesma carga é ${f.pct(after)}.${used === undefined ? ' A memória não é medida.' : ` No máximo ${f.n(used)} de ${f.n(shape.memoryGiB)} GiB de memória foram usados, incluindo cache.`}`,
      ),
      current: shapeSpec(shape),
      recommended: shapeSpec(next),
      evidence: [daily(words('Highest CPU of the day', 'Maior uso de CPU do dia'), cpu, 'maximum', FULL)],
      action: operations({
        operation: 'modify',
        parameters: { instanceClass: next.type, immediately: true },
      }),
      ...(used === undefined ? { confidence: 'low' as const } : {}),
    });
  },
};
