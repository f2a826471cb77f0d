import type { Rule } from '../rule.ts';
import { standing } from '../shared/ages.ts';
import { found, operations, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';

export const rule: Rule = {
  id: 'aws-kms-key-disabled',
  provider: 'aws',
  resourceType: 'aws.kms.key',
  category: 'orphan',
  title: words('Disabled key that is still paid for', 'Chave desativada que continua sendo paga'),
  criterion: words(
    'A customer managed key that has been disabled for 90 days or more. Where nobody saw it being disabled, its age counts and the confidence is lower.',
    'Chave gerenciada pelo cliente desativada há 90 dias ou mais. Quando ninguém viu a desativação, vale a idade e a confiança é menor.',
  ),
  remedy: words(
    'Schedule its deletion in 30 days. In that time undo takes it back; after it, what the key encrypted is lost for good.',
    'Agende a exclusão para daqui a 30 dias. Nesse prazo, desfazer a recupera; depois, o que a chave cifrou se perde para sempre.',
  ),
  parameters: {
    days: parameter('Days disabled, at least', 'Dias desativada, no mínimo', 'days', [90, 14, 1095]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'medium',
  effort: 'medium',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: {
    read: ['kms:ListKeys', 'kms:DescribeKey'],
    apply: ['kms:ScheduleKeyDeletion'],
    undo: ['kms:CancelKeyDeletion', 'kms:EnableKey'],
  },
  examine(key, facts) {
    if (key.state !== 'stopped') return CLEAR;
    const { days, witnessed } = standing(key, facts.now);
    const limit = facts.parameter('days');
    if (days < limit) return skip('too_young', `${limit} days`);
    const { keyMonth } = LIST_PRICES;
    const saving = listMonthly(facts, key, {
      monthly: keyMonth,
      currency: 'USD',
      formula: words(`USD ${keyMonth} a key`, `USD ${keyMonth} por chave`),
    });
    return found(saving, {
      why: witnessed
        ? local(
            (f) => `Disabled for ${f.days(Math.floor(days))}.`,
            (f) => `Desativada há ${f.days(Math.floor(days))}.`,
          )
        : local(
            (f) => `Disabled when first seen; made ${f.days(Math.floor(days))} ago.`,
            (f) => `Desativada desde a primeira leitura; criada há ${f.days(Math.floor(days))}.`,
          ),
      current: [stateSpec('stopped')],
      recommended: [stateSpec('deleted')],
      action: operations({ operation: 'delete', parameters: { windowDays: 30 } }),
      ...(witnessed ? {} : { confidence: 'low' as const }),
    });
  },
};
