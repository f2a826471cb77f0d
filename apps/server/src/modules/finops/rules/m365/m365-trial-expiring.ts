import type { Rule } from '../rule.ts';
import { instantIn } from '../shared/ages.ts';
import { flagAt, objectsAt, textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { SUBSCRIPTION } from './users.ts';

export const rule: Rule = {
  id: 'm365-trial-expiring',
  provider: 'm365',
  resourceType: SUBSCRIPTION,
  category: 'hygiene',
  title: words('Subscription that ends soon', 'Assinatura que termina em breve'),
  criterion: words(
    'A trial, a subscription in its grace period, or one whose term ends within 30 days.',
    'Avaliação, assinatura em período de carência ou cujo prazo termina em até 30 dias.',
  ),
  remedy: words(
    'Decide on the number of seats before it renews or ends. Advice.',
    'Decida o número de licenças antes de renovar ou terminar. Recomendação.',
  ),
  parameters: {
    days: parameter('Days before the end', 'Dias antes do fim', 'days', [30, 7, 120]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: { read: ['LicenseAssignment.Read.All', 'Directory.Read.All'], apply: [], undo: [] },
  claims: 'setting',
  examine(subscription, facts) {
    const warning = textAt(subscription.attributes, 'capabilityStatus') === 'Warning';
    const terms = objectsAt(subscription.attributes, 'terms');
    if (!warning && terms.length === 0) return skip('missing_permission', 'Directory.Read.All');
    const trial = terms.some((term) => flagAt(term, 'isTrial'));
    const ends = terms
      .flatMap((term) => instantIn(textAt(term, 'nextLifecycleDateTime')) ?? [])
      .filter((at) => at.getTime() >= facts.now.getTime())
      .toSorted((a, b) => a.getTime() - b.getTime())[0];
    const left = ends && (ends.getTime() - facts.now.getTime()) / 86_400_000;
    const soon = left !== undefined && left <= facts.parameter('days');
    if (!warning && !trial && !soon) return CLEAR;
    return found(
      hygiene(
        words(
          'The next term is the time to buy fewer seats.',
          'A próxima renovação é a hora de comprar menos licenças.',
        ),
      ),
      {
        why: warning
          ? words('In its grace period: it was not renewed.', 'Em período de carência: não foi renovada.')
          : local(
              (f) =>
                `${trial ? 'A trial' : 'Its term'}${left === undefined ? ' without a date' : ` that ends in ${f.days(Math.ceil(left))}`}.`,
              (f) =>
                `${trial ? 'Uma avaliação' : 'Um prazo'}${left === undefined ? ' sem data' : ` que termina em ${f.days(Math.ceil(left))}`}.`,
            ),
        evidence: ends ? [fact(words('Term ends', 'Fim do prazo'), ends.toISOString())] : [],
      },
    );
  },
};
