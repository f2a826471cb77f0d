import type { Rule } from '../rule.ts';
import { numberAt } from '../shared/attributes.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { quantityTimes } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { CONFIGURE_PERMISSIONS, FUNCTION, memoryMb } from './functions.ts';

const MONTH = 30.44;
const SMALL = 256;

export const rule: Rule = {
  id: 'aws-lambda-memory',
  provider: 'aws',
  resourceType: FUNCTION,
  category: 'rightsize',
  title: words('Lambda function with much memory', 'Função Lambda com muita memória'),
  criterion: words(
    'More than 256 MB, and over 14 days no call took as much as 30 % of the timeout. How much memory is used is not told, so this is a hint.',
    'Mais de 256 MB e, em 14 dias, nenhuma chamada levou 30 % do tempo limite. Quanta memória é usada não é informado, portanto é um indício.',
  ),
  remedy: words(
    'Halve the memory and watch the duration: CPU shrinks with it, and calls may take longer. Undo sets it back.',
    'Reduza a memória pela metade e observe a duração: a CPU diminui junto e as chamadas podem demorar mais. Desfazer a restaura.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    part: parameter(
      'Longest call below this part of the timeout',
      'Chamada mais longa abaixo desta parte do limite',
      'percent',
      [30, 5, 80],
    ),
  },
  metrics: [
    { metric: 'duration', statistic: 'maximum' },
    { metric: 'duration', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M3',
  confidence: 'low',
  effort: 'medium',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'configure' }],
  permissions: CONFIGURE_PERMISSIONS,
  claims: 'setting',
  examine(fn, facts) {
    const memory = memoryMb(fn);
    const timeout = numberAt(fn.attributes, 'Timeout');
    if (memory === undefined || timeout === undefined) return skip('unknown_size');
    if (fn.state !== 'active' || memory <= SMALL) return CLEAR;
    const days = facts.parameter('days');
    // Calls come on some days only; one day with calls is enough to know how long they take.
    const longest = facts.metric(fn, 'duration', 'maximum', days);
    const duration = facts.metric(fn, 'duration', 'sum', days);
    if (!longest || !duration || longest.days === 0) return skip('no_metrics', 'duration');
    const limit = (timeout * 1000 * facts.parameter('part')) / 100;
    if (longest.maximum >= limit) return CLEAR;
    const arch = fn.attributes['Architectures'];
    const sku = Array.isArray(arch) && arch.includes('arm64') ? 'arm64' : 'x86_64';
    const quote = facts.price({ product: 'function', region: fn.region, sku });
    if (!quote) return skip('no_price', sku);
    const next = Math.max(128, Math.floor(memory / 2));
    const freed = (((memory - next) / 1024) * (duration.sum / 1000) * MONTH) / days;
    const { amount, currency } = quote.price;
    const saving = listMonthly(facts, fn, {
      monthly: quantityTimes(amount, freed.toFixed(6)),
      currency,
      formula: local(
        (f) => `${f.n(freed, 0)} GiB-seconds × ${currency} ${amount}`,
        (f) => `${f.n(freed, 0)} GiB-segundos × ${currency} ${amount}`,
      ),
    });
    return found(saving, {
      why: local(
        (f) =>
          `${f.n(memory, 0)} MB, and the longest call took ${f.n(longest.maximum, 0)} ms of ${f.n(timeout * 1000, 0)} ms.`,
        (f) =>
          `${f.n(memory, 0)} MB, e a chamada mais longa levou ${f.n(longest.maximum, 0)} ms de ${f.n(timeout * 1000, 0)} ms.`,
      ),
      current: [spec(LABEL.memory, `${memory} MB`)],
      recommended: [spec(LABEL.memory, `${next} MB`)],
      evidence: [daily(words('Longest call', 'Chamada mais longa'), longest, 'maximum', limit)],
      action: operations({ operation: 'configure', parameters: { memoryMb: next } }),
    });
  },
};
