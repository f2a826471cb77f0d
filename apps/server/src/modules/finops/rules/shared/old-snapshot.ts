import type { Rule } from '../rule.ts';
import { ageDays } from './ages.ts';
import { fact } from './evidence.ts';
import { found, LABEL, quarantineDelete, sizeSpec, stateSpec } from './finding.ts';
import { parameter } from './parameters.ts';
import { wholeCost } from './saving.ts';
import { CLEAR, skip } from './verdict.ts';
import { local, words } from './words.ts';

/** A snapshot kept for long: set aside, then deleted. */
export function oldSnapshot(own: Pick<Rule, 'id' | 'provider' | 'resourceType' | 'permissions'>): Rule {
  return {
    ...own,
    category: 'storage',
    title: words('Old snapshot', 'Snapshot antigo'),
    criterion: words('Older than 90 days.', 'Com mais de 90 dias.'),
    remedy: words(
      'Set aside for 24 hours, then deleted. A deleted snapshot does not come back.',
      'Separado por 24 horas e depois excluído. Um snapshot excluído não volta.',
    ),
    parameters: {
      days: parameter('Older than', 'Mais antigo que', 'days', [90, 7, 1095]),
    },
    metrics: [],
    lookbackDays: 0,
    saving: 'M1',
    confidence: 'medium',
    effort: 'low',
    restart: false,
    undoClass: 'N',
    action: 'quarantine_delete',
    operations: [],
    examine(snapshot, facts) {
      if (snapshot.state !== 'available') return CLEAR;
      const limit = facts.parameter('days');
      const days = ageDays(snapshot, facts.now);
      if (days <= limit) return skip('too_young', `${limit} days`);
      return found(wholeCost(facts, snapshot), {
        why: local(
          (f) => `Made ${f.days(Math.floor(days))} ago.`,
          (f) => `Criado há ${f.days(Math.floor(days))}.`,
        ),
        current: [...sizeSpec(snapshot), stateSpec('available')],
        recommended: [stateSpec('deleted')],
        evidence: [fact(LABEL.created, (snapshot.createdAt ?? snapshot.firstSeenAt).toISOString())],
        action: quarantineDelete(),
      });
    },
  };
}
