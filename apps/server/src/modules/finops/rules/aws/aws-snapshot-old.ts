import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, quarantineDelete, spec, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { IMAGE, keptByPolicy, QUARANTINE_PERMISSIONS, SNAPSHOT, usedByImage } from './snapshots.ts';

export const rule: Rule = {
  id: 'aws-snapshot-old',
  provider: 'aws',
  resourceType: SNAPSHOT,
  needsTypes: [IMAGE],
  category: 'storage',
  title: words('Old EBS snapshot', 'Snapshot EBS antigo'),
  criterion: words(
    'Older than 90 days, used by no image and kept by no backup policy.',
    'Com mais de 90 dias, não usado por nenhuma imagem e não mantido por uma política de backup.',
  ),
  remedy: words(
    'Set aside for 24 hours, then deleted for good. Taking it back in that time is the undo.',
    'Separado por 24 horas e depois excluído definitivamente. Retirá-lo nesse prazo é o desfazer.',
  ),
  parameters: { days: parameter('Older than', 'Mais antigo que', 'days', [90, 7, 3650]) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: 'quarantine_delete',
  operations: [],
  permissions: QUARANTINE_PERMISSIONS,
  examine(snapshot, facts) {
    if (snapshot.state !== 'available' || snapshot.size?.sku === 'archive') return CLEAR;
    const age = ageDays(snapshot, facts.now);
    const limit = facts.parameter('days');
    if (age <= limit) return skip('too_young', `${limit} days`);
    const policy = keptByPolicy(snapshot);
    if (policy) return skip('excluded', policy);
    if (usedByImage(snapshot, facts)) return skip('excluded', 'used by an image');
    const made = snapshot.createdAt ?? snapshot.firstSeenAt;
    return found(wholeCost(facts, snapshot), {
      why: local(
        (f) => `${f.days(Math.floor(age))} old (${f.date(made)}) and used by no image.`,
        (f) => `Tem ${f.days(Math.floor(age))} (${f.date(made)}) e não é usado por nenhuma imagem.`,
      ),
      current: [
        ...(snapshot.size?.storageGiB === undefined
          ? []
          : [spec(LABEL.storage, `${snapshot.size.storageGiB} GiB`)]),
        stateSpec('available'),
      ],
      recommended: [stateSpec('deleted')],
      evidence: [fact(LABEL.created, made.toISOString())],
      action: quarantineDelete(),
    });
  },
};
