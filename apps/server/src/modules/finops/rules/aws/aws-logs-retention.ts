import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { numberAt } from '../shared/attributes.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { usage } from '../shared/measure.ts';
import { quantityTimes } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

/** Periods AWS takes (PutRetentionPolicy, API reference), up to the parameter's maximum. */
const PERIODS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365];

export const rule: Rule = {
  id: 'aws-logs-retention',
  provider: 'aws',
  resourceType: 'aws.logs.log-group',
  category: 'storage',
  title: words('Log group that is kept for ever', 'Grupo de logs guardado para sempre'),
  criterion: words(
    'No retention is set, it is older than 90 days, and it holds a GiB or more.',
    'Sem retenção definida, com mais de 90 dias, e guarda um GiB ou mais.',
  ),
  remedy: words(
    'Keep events for 90 days. Undo keeps them for ever again; events deleted by then do not come back.',
    'Guarde os eventos por 90 dias. Desfazer volta a guardá-los para sempre; eventos já excluídos não voltam.',
  ),
  parameters: {
    days: lookback(30, 7, 30),
    keep: parameter('Keep events for', 'Guardar eventos por', 'days', [90, 7, 365]),
    gib: parameter('Stored at least', 'Armazenado pelo menos', 'GiB', [1, 0.1, 10_000]),
  },
  metrics: [{ metric: 'incoming_bytes', statistic: 'sum' }],
  lookbackDays: 30,
  saving: 'M3',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-retention' }],
  permissions: {
    read: ['logs:DescribeLogGroups', 'cloudwatch:GetMetricData'],
    apply: ['logs:PutRetentionPolicy'],
    undo: ['logs:DeleteRetentionPolicy'],
  },
  examine(group, facts) {
    if (numberAt(group.attributes, 'retentionInDays') !== undefined) return CLEAR;
    const stored = group.size?.storageGiB;
    if (stored === undefined) return skip('unknown_size');
    if (stored < facts.parameter('gib')) return CLEAR;
    // The next period that is offered and not shorter than wanted.
    const keep = PERIODS.find((period) => period >= facts.parameter('keep')) ?? 365;
    if (ageDays(group, facts.now) <= keep) return skip('too_young', `${keep} days`);
    const days = facts.parameter('days');
    const written = usage(facts, group, [['incoming_bytes', words('Written', 'Gravado')]], days);
    if (isSkip(written)) return written;
    // Stored events are compressed and incoming ones are not, so the rate is taken from the age: even over all of it.
    const age = ageDays(group, facts.now);
    const stays = written.total === 0 ? 0 : stored * (keep / age);
    const goes = stored - stays;
    const quote = facts.price({ product: 'log_storage', region: group.region });
    if (!quote) return skip('no_price', 'log_storage');
    const { amount, currency } = quote.price;
    const saving = listMonthly(facts, group, {
      monthly: quantityTimes(amount, goes.toFixed(6)),
      currency,
      formula: local(
        (f) =>
          `(${f.n(stored, 2)} GiB stored − ${f.n(stays, 2)} GiB of ${keep} days) × ${currency} ${f.exact(amount)}`,
        (f) =>
          `(${f.n(stored, 2)} GiB armazenados − ${f.n(stays, 2)} GiB de ${keep} dias) × ${currency} ${amount}`,
      ),
    });
    return found(saving, {
      why: local(
        (f) => `${f.n(stored)} GiB are kept for ever; ${f.bytes(written.total / days)} a day are written.`,
        (f) =>
          `${f.n(stored)} GiB são guardados para sempre; ${f.bytes(written.total / days)} por dia são gravados.`,
      ),
      current: [spec(LABEL.retention, '∞')],
      recommended: [spec(LABEL.retention, `${keep} d`)],
      evidence: written.evidence,
      action: operations({ operation: 'set-retention', parameters: { days: String(keep) } }),
    });
  },
};
