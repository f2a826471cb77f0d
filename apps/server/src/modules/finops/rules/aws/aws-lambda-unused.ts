import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { found, LABEL, spec } from '../shared/finding.ts';
import { usage } from '../shared/measure.ts';
import { lookback } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { FUNCTION } from './functions.ts';

export const rule: Rule = {
  id: 'aws-lambda-unused',
  provider: 'aws',
  resourceType: FUNCTION,
  category: 'hygiene',
  title: words('Lambda function that nobody calls', 'Função Lambda que ninguém chama'),
  criterion: words(
    'Not called in 30 days, and not changed in that time.',
    'Sem chamadas em 30 dias, e sem alterações nesse período.',
  ),
  remedy: words(
    'Keep its code and delete it: it costs nothing while it rests, but ages and keeps its permissions.',
    'Guarde o código e exclua-a: não custa nada parada, mas envelhece e mantém suas permissões.',
  ),
  parameters: { days: lookback(30, 7, 30) },
  metrics: [{ metric: 'invocations', statistic: 'sum' }],
  lookbackDays: 30,
  saving: 'M0',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: {
    read: ['lambda:ListFunctions', 'cloudwatch:GetMetricData'],
    apply: ['lambda:DeleteFunction'],
    undo: [],
  },
  claims: 'setting',
  examine(fn, facts) {
    if (fn.state !== 'active') return CLEAR;
    const days = facts.parameter('days');
    // The provider tells the last change and not the making; both mean somebody cares.
    if (ageDays(fn, facts.now) < days) return skip('too_young', `${days} days`);
    const calls = usage(facts, fn, [['invocations', words('Calls', 'Chamadas')]], days);
    if (isSkip(calls)) return calls;
    if (calls.total > 0) return CLEAR;
    const saving = hygiene(
      words('A function costs only when it is called.', 'Uma função só custa quando é chamada.'),
    );
    return found(saving, {
      why: local(
        (f) => `Not called in ${f.days(days)}.`,
        (f) => `Sem chamadas em ${f.days(days)}.`,
      ),
      current: [spec(LABEL.engine, textAt(fn.attributes, 'Runtime') ?? '–')],
      evidence: calls.evidence,
    });
  },
};
