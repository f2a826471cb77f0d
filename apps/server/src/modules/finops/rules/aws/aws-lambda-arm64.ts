import type { Rule } from '../rule.ts';
import { textsAt } from '../shared/attributes.ts';
import { found, spec } from '../shared/finding.ts';
import { counted } from '../shared/measure.ts';
import { compareAmounts } from '../shared/money.ts';
import { lookback } from '../shared/parameters.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { FUNCTION } from './functions.ts';

const ARCHITECTURE = words('Architecture', 'Arquitetura');

export const rule: Rule = {
  id: 'aws-lambda-arm64',
  provider: 'aws',
  resourceType: FUNCTION,
  category: 'modernize',
  title: words('Lambda function could run on arm64', 'Função Lambda poderia rodar em arm64'),
  criterion: words(
    'Called in the last 14 days, runs on x86, and arm64 costs less in the region.',
    'Chamada nos últimos 14 dias, roda em x86, e arm64 custa menos na região.',
  ),
  remedy: words(
    'Deploy the code for arm64; packages with native parts must be built for it.',
    'Implante o código para arm64; pacotes com partes nativas precisam ser compilados para ele.',
  ),
  parameters: { days: lookback(14, 7, 30) },
  metrics: [{ metric: 'invocations', statistic: 'sum' }],
  lookbackDays: 30,
  saving: 'M2',
  confidence: 'low',
  effort: 'medium',
  restart: false,
  undoClass: 'R',
  action: null,
  permissions: {
    read: ['lambda:ListFunctions', 'cloudwatch:GetMetricData'],
    apply: ['lambda:UpdateFunctionCode'],
    undo: ['lambda:UpdateFunctionCode'],
  },
  examine(fn, facts) {
    if (fn.state !== 'active' || textsAt(fn.attributes, 'Architectures').includes('arm64')) return CLEAR;
    const calls = counted(facts, fn, 'invocations', facts.parameter('days'));
    if (isSkip(calls)) return calls;
    if (calls.total === 0) return CLEAR;
    const [now, next] = ['x86_64', 'arm64'].map((sku) =>
      facts.price({ product: 'function', region: fn.region, sku }),
    );
    if (!now || !next) return skip('no_price', now ? 'arm64' : 'x86_64');
    if (compareAmounts(next.price.amount, now.price.amount) >= 0) return CLEAR;
    return found(priceRatio(facts, fn, { now: now.price.amount, next: next.price.amount }), {
      why: local(
        (f) =>
          `${f.n(calls.total, 0)} calls in ${f.days(facts.parameter('days'))} on x86; the same time costs less on arm64.`,
        (f) =>
          `${f.n(calls.total, 0)} chamadas em ${f.days(facts.parameter('days'))} em x86; o mesmo tempo custa menos em arm64.`,
      ),
      current: [spec(ARCHITECTURE, 'x86_64')],
      recommended: [spec(ARCHITECTURE, 'arm64')],
    });
  },
};
