import type { Rule } from '../rule.ts';
import { ageDays, daysSince, instantIn } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, operations, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';

export const rule: Rule = {
  id: 'aws-secret-unused',
  provider: 'aws',
  resourceType: 'aws.secretsmanager.secret',
  category: 'orphan',
  title: words('Secret that nobody reads', 'Segredo que ninguém lê'),
  criterion: words(
    'Not read for 90 days or more, or never and 90 days old or more; no service owns it.',
    'Não lido há 90 dias ou mais, ou nunca e com 90 dias ou mais; nenhum serviço é dono dele.',
  ),
  remedy: words(
    'Schedule its deletion in 30 days. In that time undo gives it back with the same name and value.',
    'Agende a exclusão para daqui a 30 dias. Nesse prazo, desfazer o devolve com o mesmo nome e valor.',
  ),
  parameters: {
    days: parameter('Days without a reader, at least', 'Dias sem leitura, no mínimo', 'days', [90, 14, 1095]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: {
    read: ['secretsmanager:ListSecrets'],
    apply: ['secretsmanager:DeleteSecret'],
    undo: ['secretsmanager:RestoreSecret'],
  },
  examine(secret, facts) {
    if (secret.state !== 'active') return CLEAR;
    const owner = textAt(secret.attributes, 'OwningService');
    if (owner) return skip('excluded', `owned by ${owner}`);
    const days = facts.parameter('days');
    if (ageDays(secret, facts.now) < days) return skip('too_young', `${days} days`);
    const read = instantIn(textAt(secret.attributes, 'LastAccessedDate'));
    if (read && daysSince(read, facts.now) < days) return CLEAR;
    const { secretMonth } = LIST_PRICES;
    const saving = listMonthly(facts, secret, {
      monthly: secretMonth,
      currency: 'USD',
      formula: words(`USD ${secretMonth} a secret`, `USD ${secretMonth} por segredo`),
    });
    return found(saving, {
      why: read
        ? local(
            (f) =>
              `Read for the last time on ${f.date(read)}, ${f.days(Math.floor(daysSince(read, facts.now)))} ago.`,
            (f) =>
              `Lido pela última vez em ${f.date(read)}, há ${f.days(Math.floor(daysSince(read, facts.now)))}.`,
          )
        : local(
            (f) => `Never read in the ${f.days(Math.floor(ageDays(secret, facts.now)))} since it was made.`,
            (f) => `Nunca lido nos ${f.days(Math.floor(ageDays(secret, facts.now)))} desde a criação.`,
          ),
      current: [stateSpec('active')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(LABEL.created, (secret.createdAt ?? secret.firstSeenAt).toISOString())],
      action: operations({ operation: 'delete', parameters: { windowDays: 30 } }),
    });
  },
};
