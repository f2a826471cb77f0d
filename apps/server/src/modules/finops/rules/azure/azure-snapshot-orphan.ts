import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { fact } from '../shared/evidence.ts';
import { found, quarantineDelete, sizeSpec, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { DISK } from './machines.ts';
import { DELETE_SNAPSHOT } from './permissions.ts';
import { SNAPSHOT, sourceOf } from './snapshots.ts';

/** `/subscriptions/<id>/` of a resource's id. */
function subscriptionOf(nativeId: string): string {
  return `${nativeId.toLowerCase().split('/').slice(0, 3).join('/')}/`;
}

export const rule: Rule = {
  id: 'azure-snapshot-orphan',
  provider: 'azure',
  resourceType: SNAPSHOT,
  needsTypes: [DISK],
  category: 'orphan',
  title: words('Snapshot of a disk that is gone', 'Snapshot de um disco que não existe mais'),
  criterion: words(
    'Its disk is not in the subscription any more, and it is older than 30 days.',
    'O disco não está mais na assinatura, e o snapshot tem mais de 30 dias.',
  ),
  remedy: words(
    'Set aside for 24 hours, then deleted. It may be the last copy: look before.',
    'Separado por 24 horas e depois excluído. Pode ser a última cópia: verifique antes.',
  ),
  parameters: {
    days: parameter('Older than', 'Mais antigo que', 'days', [30, 7, 1095]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'low',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: 'quarantine_delete',
  operations: [],
  permissions: DELETE_SNAPSHOT,
  examine(snapshot, facts) {
    if (snapshot.state !== 'available') return CLEAR;
    const source = sourceOf(snapshot);
    // A disk of another subscription is none of this inventory's business.
    if (source === undefined || !source.startsWith(subscriptionOf(snapshot.nativeId))) return CLEAR;
    if (facts.byNativeId(source)) return CLEAR;
    const limit = facts.parameter('days');
    const days = ageDays(snapshot, facts.now);
    if (days <= limit) return skip('too_young', `${limit} days`);
    return found(wholeCost(facts, snapshot), {
      why: local(
        (f) =>
          `Its disk ${source.split('/').at(-1) ?? source} is gone; the snapshot is ${f.days(Math.floor(days))} old.`,
        (f) =>
          `O disco ${source.split('/').at(-1) ?? source} não existe mais; o snapshot tem ${f.days(Math.floor(days))}.`,
      ),
      current: [...sizeSpec(snapshot), stateSpec('available')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(words('Disk', 'Disco'), source)],
      action: quarantineDelete(),
    });
  },
};
