import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, quarantineDelete, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { IMAGE, keptByPolicy, QUARANTINE_PERMISSIONS, SNAPSHOT, usedByImage } from './snapshots.ts';
import { VOLUME } from './volumes.ts';

/** Put where a snapshot's volume is not told, e.g. for copies from another region. */
const NO_VOLUME = 'vol-ffffffff';

export const rule: Rule = {
  id: 'aws-snapshot-orphan',
  provider: 'aws',
  resourceType: SNAPSHOT,
  needsTypes: [IMAGE, VOLUME],
  category: 'orphan',
  title: words('EBS snapshot without its volume', 'Snapshot EBS sem o volume de origem'),
  criterion: words(
    'The volume it was taken from is gone, no image uses it, no policy keeps it, and it is older than 3 days.',
    'O volume de origem não existe mais, nenhuma imagem o usa, nenhuma política o mantém e tem mais de 3 dias.',
  ),
  remedy: words(
    'Set aside for 24 hours, then deleted for good. It may be the last copy: look before.',
    'Separado por 24 horas e depois excluído definitivamente. Pode ser a última cópia: verifique antes.',
  ),
  parameters: { days: parameter('Older than', 'Mais antigo que', 'days', [3, 1, 365]) },
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
    const volumeId = textAt(snapshot.attributes, 'VolumeId');
    if (volumeId === undefined || volumeId === NO_VOLUME) return CLEAR;
    if (facts.targets(snapshot, 'source').some((r) => r.type === VOLUME)) return CLEAR;
    const age = ageDays(snapshot, facts.now);
    const limit = facts.parameter('days');
    if (age <= limit) return skip('too_young', `${limit} days`);
    const policy = keptByPolicy(snapshot);
    if (policy) return skip('excluded', policy);
    if (usedByImage(snapshot, facts)) return skip('excluded', 'used by an image');
    return found(wholeCost(facts, snapshot), {
      why: local(
        (f) =>
          `Its volume ${volumeId} no longer exists; the snapshot is ${f.days(Math.floor(age))} old and used by no image.`,
        (f) =>
          `O volume ${volumeId} não existe mais; o snapshot tem ${f.days(Math.floor(age))} e não é usado por nenhuma imagem.`,
      ),
      current: [stateSpec('available')],
      recommended: [stateSpec('deleted')],
      evidence: [
        fact(words('Source volume', 'Volume de origem'), volumeId),
        fact(LABEL.created, (snapshot.createdAt ?? snapshot.firstSeenAt).toISOString()),
      ],
      action: quarantineDelete(),
    });
  },
};
