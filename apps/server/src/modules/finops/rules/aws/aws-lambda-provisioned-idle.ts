import type { Rule } from '../rule.ts';
import { numberAt, objectsAt, textAt } from '../shared/attributes.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { usage } from '../shared/measure.ts';
import { quantityTimes } from '../shared/money.ts';
import { lookback } from '../shared/parameters.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';
import { FUNCTION, memoryMb } from './functions.ts';

const SECONDS_PER_MONTH = 2_629_800;
const PROVISIONED = words('Provisioned concurrency', 'Concorrência provisionada');

export const rule: Rule = {
  id: 'aws-lambda-provisioned-idle',
  provider: 'aws',
  resourceType: FUNCTION,
  category: 'idle',
  title: words('Unused provisioned concurrency', 'Concorrência provisionada sem uso'),
  criterion: words(
    'Concurrency is provisioned, and the function was not called in 14 days.',
    'Há concorrência provisionada, e a função não foi chamada em 14 dias.',
  ),
  remedy: words(
    'End the provisioned concurrency. Undo provisions it again.',
    'Encerre a concorrência provisionada. Desfazer a provisiona de novo.',
  ),
  parameters: { days: lookback(14, 3, 30) },
  metrics: [{ metric: 'invocations', statistic: 'sum' }],
  lookbackDays: 30,
  saving: 'M3',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-provisioned-concurrency' }],
  permissions: {
    read: ['lambda:ListFunctions', 'lambda:ListProvisionedConcurrencyConfigs', 'cloudwatch:GetMetricData'],
    apply: ['lambda:DeleteProvisionedConcurrencyConfig'],
    undo: ['lambda:PutProvisionedConcurrencyConfig'],
  },
  examine(fn, facts) {
    if (textAt(fn.attributes, 'ProvisionedConcurrency', 'unreadable'))
      return skip('missing_permission', 'lambda:ListProvisionedConcurrencyConfigs');
    const kept = objectsAt(fn.attributes, 'ProvisionedConcurrency').flatMap((entry) => {
      const qualifier = textAt(entry, 'Qualifier');
      const count = numberAt(entry, 'Requested') ?? 0;
      return qualifier !== undefined && count > 0 ? [{ qualifier, count }] : [];
    });
    if (kept.length === 0) return CLEAR;
    const memory = memoryMb(fn);
    if (memory === undefined) return skip('unknown_size');
    const days = facts.parameter('days');
    const calls = usage(facts, fn, [['invocations', words('Calls', 'Chamadas')]], days);
    if (isSkip(calls)) return calls;
    if (calls.total > 0) return CLEAR;
    const count = kept.reduce((sum, entry) => sum + entry.count, 0);
    const { provisionedGibSecond } = LIST_PRICES;
    const gib = memory / 1024;
    const saving = listMonthly(facts, fn, {
      monthly: quantityTimes(provisionedGibSecond, count * gib * SECONDS_PER_MONTH),
      currency: 'USD',
      formula: local(
        (f) => `${f.n(count, 0)} × ${f.n(gib, 3)} GiB × 2,629,800 seconds × USD ${provisionedGibSecond}`,
        (f) => `${f.n(count, 0)} × ${f.n(gib, 3)} GiB × 2.629.800 segundos × USD ${provisionedGibSecond}`,
      ),
    });
    return found(saving, {
      why: local(
        (f) =>
          `${f.count(count, 'execution is', 'executions are')} kept ready, and nobody called it in ${f.days(days)}.`,
        (f) =>
          `${f.count(count, 'execução é mantida pronta', 'execuções são mantidas prontas')}, e ninguém a chamou em ${f.days(days)}.`,
      ),
      current: [spec(PROVISIONED, count)],
      recommended: [spec(PROVISIONED, 0)],
      evidence: calls.evidence,
      action: operations(
        ...kept.map(({ qualifier }) => ({
          operation: 'set-provisioned-concurrency',
          parameters: { qualifier, executions: 0 },
        })),
      ),
    });
  },
};
