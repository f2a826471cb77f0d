import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, sizeSpec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { VM } from './machines.ts';
import { METRICS_READ, reading } from './permissions.ts';

/** Mean load a burstable size earns, percent of all its vCPUs (Azure, "B-series burstable"). */
const BASELINE: Readonly<Record<string, number>> = {
  Standard_B1ls: 5,
  Standard_B1s: 10,
  Standard_B1ms: 20,
  Standard_B2s: 20,
  Standard_B2ms: 30,
  Standard_B4ms: 22.5,
  Standard_B8ms: 16.9,
  Standard_B12ms: 16.8,
  Standard_B16ms: 16.9,
  Standard_B20ms: 16.8,
};

export const rule: Rule = {
  id: 'azure-vm-burstable-exhausted',
  provider: 'azure',
  resourceType: VM,
  category: 'hygiene',
  title: words(
    'Burstable machine above its baseline',
    'Máquina com capacidade de intermitência acima da linha de base',
  ),
  criterion: words(
    'A B-series size whose mean CPU over 14 days reaches what it earns in credits: it runs throttled.',
    'Tamanho da série B cuja CPU média em 14 dias alcança o que ganha em créditos: roda limitada.',
  ),
  remedy: words(
    'Move it to a D or F size, which is not throttled. Advice.',
    'Mova para um tamanho D ou F, que não é limitado. Recomendação.',
  ),
  parameters: { days: lookback(14, 7, 30) },
  metrics: [{ metric: 'cpu_utilization', statistic: 'average' }],
  lookbackDays: 30,
  saving: 'M0',
  confidence: 'medium',
  effort: 'medium',
  restart: true,
  undoClass: 'R',
  action: null,
  permissions: reading('Microsoft.Compute/virtualMachines/read', METRICS_READ),
  examine(vm, facts) {
    const sku = vm.size?.sku ?? '';
    if (vm.state !== 'running' || !sku.startsWith('Standard_B')) return CLEAR;
    const baseline = Object.hasOwn(BASELINE, sku) ? BASELINE[sku] : undefined;
    if (baseline === undefined) return skip('unknown_size', sku);
    const days = facts.parameter('days');
    if (ageDays(vm, facts.now) < days) return skip('too_young', `${days} days`);
    const cpu = measured(facts, vm, 'cpu_utilization', 'average', days);
    if (isSkip(cpu)) return cpu;
    if (cpu.average < baseline * 0.98) return CLEAR;
    return found(
      hygiene(
        words(
          'No saving: the machine does less work than its price suggests.',
          'Sem economia: a máquina trabalha menos do que o preço sugere.',
        ),
      ),
      {
        why: local(
          (f) => `CPU averaged ${f.pct(cpu.average)} over ${f.days(days)}; ${sku} earns ${f.pct(baseline)}.`,
          (f) =>
            `A CPU ficou em média em ${f.pct(cpu.average)} em ${f.days(days)}; ${sku} ganha ${f.pct(baseline)}.`,
        ),
        current: sizeSpec(vm),
        evidence: [daily(LABEL.cpu, cpu, 'average', baseline)],
      },
    );
  },
};
