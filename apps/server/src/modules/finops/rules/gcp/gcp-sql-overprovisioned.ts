import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { databasePrice, SQL } from './databases.ts';
import { METRICS_READ, updating } from './permissions.ts';

/** Largest share of a tier that its load may take, percent. */
const HEADROOM = 80;
/** Smallest memory of a custom tier, MiB (Cloud SQL, "Instance settings"). */
const LEAST_MIB = 3840;

/** The tier with half the vCPUs and memory; undefined where it is not sold. */
function half(tier: string): string | undefined {
  const [, cpus = '', mib = ''] = /^db-custom-(\d+)-(\d+)$/.exec(tier) ?? [];
  const [nextCpus, nextMib] = [Number(cpus) / 2, Number(mib) / 2];
  // One vCPU or an even number; memory in steps of 256 MiB.
  const sold = (nextCpus === 1 || nextCpus % 2 === 0) && nextMib % 256 === 0 && nextMib >= LEAST_MIB;
  return sold ? `db-custom-${nextCpus}-${nextMib}` : undefined;
}

export const rule: Rule = {
  id: 'gcp-sql-overprovisioned',
  provider: 'gcp',
  resourceType: SQL,
  category: 'rightsize',
  title: words('Overprovisioned Cloud SQL instance', 'Instância do Cloud SQL superdimensionada'),
  criterion: words(
    'CPU and memory at most 40 % in 99 % of the hours of 14 days: half of the tier carries them below 80 %.',
    'CPU e memória de no máximo 40 % em 99 % das horas de 14 dias: metade da máquina as suporta abaixo de 80 %.',
  ),
  remedy: words(
    'Halve the tier: the instance restarts. Undo gives it its tier back.',
    'Reduza a máquina à metade: a instância reinicia. Desfazer devolve o tamanho.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    load: parameter('CPU and memory (p99) at most', 'CPU e memória (p99) no máximo', 'percent', [
      40,
      5,
      HEADROOM / 2,
    ]),
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
  permissions: updating('cloudsql.instances', METRICS_READ),
  examine(database, facts) {
    if (database.state !== 'running') return CLEAR;
    const tier = database.size?.sku ?? 'none';
    if (!tier.startsWith('db-custom-')) return skip('unknown_size', tier);
    const days = facts.parameter('days');
    if (ageDays(database, facts.now) < days) return skip('too_young', `${days} days`);
    const cpu = measured(facts, database, 'cpu_utilization', 'maximum', days);
    if (isSkip(cpu)) return cpu;
    const memory = measured(facts, database, 'memory_used_percent', 'maximum', days);
    if (isSkip(memory)) return memory;
    const limit = facts.parameter('load');
    const next = half(tier);
    if (cpu.p99 > limit || memory.p99 > limit || next === undefined) return CLEAR;
    const now = databasePrice(database, facts);
    if (isSkip(now)) return now;
    const then = databasePrice(database, facts, { tier: next });
    if (isSkip(then)) return then;
    return found(priceRatio(facts, database, { now: now.total, next: then.total }), {
      why: local(
        (f) =>
          `CPU stayed below ${f.pct(cpu.p99)} and memory below ${f.pct(memory.p99)} in 99 % of the hours of ${f.days(days)}.`,
        (f) =>
          `A CPU ficou abaixo de ${f.pct(cpu.p99)} e a memória abaixo de ${f.pct(memory.p99)} em 99 % das horas de ${f.days(days)}.`,
      ),
      current: [spec(LABEL.size, tier)],
      recommended: [spec(LABEL.size, next)],
      evidence: [daily(LABEL.cpu, cpu, 'maximum', limit), daily(LABEL.memory, memory, 'maximum', limit)],
      action: operations({ operation: 'resize', parameters: { size: next } }),
    });
  },
};
