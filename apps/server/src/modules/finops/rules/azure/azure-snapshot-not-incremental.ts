import type { Rule, RuleResource } from '../rule.ts';
import { flagAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, sizeSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { reading } from './permissions.ts';
import { SNAPSHOT, sourceOf } from './snapshots.ts';

export const rule: Rule = {
  id: 'azure-snapshot-not-incremental',
  provider: 'azure',
  resourceType: SNAPSHOT,
  category: 'hygiene',
  title: words('Several full snapshots of one disk', 'Vários snapshots completos do mesmo disco'),
  criterion: words(
    'One of three or more full (not incremental) snapshots of the same disk, and not the newest.',
    'Um de três ou mais snapshots completos (não incrementais) do mesmo disco, e não o mais novo.',
  ),
  remedy: words(
    'Take incremental snapshots, which bill the changes only. Advice.',
    'Faça snapshots incrementais, que cobram só as mudanças. Recomendação.',
  ),
  parameters: {
    count: parameter(
      'Full snapshots of one disk, at least',
      'Snapshots completos de um disco, no mínimo',
      'count',
      [3, 2, 50],
    ),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: reading('Microsoft.Compute/snapshots/read'),
  examine(snapshot, facts) {
    const source = sourceOf(snapshot);
    if (snapshot.state !== 'available' || source === undefined) return CLEAR;
    if (flagAt(snapshot.attributes, 'incremental')) return CLEAR;
    const same = facts
      .ofType(SNAPSHOT)
      .filter((other) => sourceOf(other) === source && !flagAt(other.attributes, 'incremental'));
    if (same.length < facts.parameter('count')) return CLEAR;
    const made = (one: RuleResource): number => (one.createdAt ?? one.firstSeenAt).getTime();
    if (same.every((other) => made(other) <= made(snapshot))) return CLEAR;
    return found(
      hygiene(
        words(
          'What incremental snapshots save depends on how much changes between them.',
          'O que snapshots incrementais economizam depende do quanto muda entre eles.',
        ),
      ),
      {
        why: local(
          () => `${same.length} full snapshots of the same disk each bill all of its data.`,
          () => `${same.length} snapshots completos do mesmo disco cobram, cada um, todos os dados.`,
        ),
        current: sizeSpec(snapshot),
        evidence: [fact(words('Disk', 'Disco'), source)],
      },
    );
  },
};
