import type { LocalText } from '@cloudatlas/contracts/finops';
import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local } from '../shared/words.ts';
import { lastActivity, licenceFinding, licencesOf, REMOVE, USER } from './users.ts';

/** What a rule adds. */
interface Resting extends Pick<Rule, 'id' | 'title' | 'criterion' | 'remedy'> {
  /** `skuPartNumber` of the products it is about. */
  readonly products: RegExp;
  /** The service whose activity counts, as the activity report names it; any when absent. */
  readonly service?: string;
  /** Where nothing happened, in a sentence: `in Teams`, `no Teams`. */
  readonly where: LocalText;
}

/** A licence of certain products whose user does nothing with them: taken back. */
export function licenceAtRest({ products, service, where, ...own }: Resting): Rule {
  return {
    ...own,
    provider: 'm365',
    resourceType: USER,
    category: 'licence',
    parameters: {
      days: parameter(
        'Days without activity, at least',
        'Dias sem atividade, no mínimo',
        'days',
        [90, 30, 180],
      ),
    },
    metrics: [],
    lookbackDays: 0,
    saving: 'M3',
    confidence: 'medium',
    effort: 'low',
    restart: false,
    undoClass: 'R',
    action: 'operations',
    operations: REMOVE,
    permissions: {
      read: ['User.Read.All', 'LicenseAssignment.Read.All', 'Reports.Read.All'],
      apply: ['LicenseAssignment.ReadWrite.All'],
      undo: ['LicenseAssignment.ReadWrite.All'],
    },
    examine(user, facts) {
      const held = licencesOf(user).filter(({ part }) => products.test(part));
      if (held.length === 0) return CLEAR;
      const last = lastActivity(user, facts.now, service);
      if (isSkip(last)) return last;
      const limit = facts.parameter('days');
      if (ageDays(user, facts.now) < limit) return skip('too_young', `${limit} days`);
      if (last.days < limit) return CLEAR;
      return licenceFinding(user, facts, held, {
        why: local(
          (f) => `No activity ${where.en} for ${f.days(limit)}.`,
          (f) => `Nenhuma atividade ${where['pt-BR']} há ${f.days(limit)}.`,
        ),
      });
    },
  };
}
