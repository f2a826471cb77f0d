import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, stateSpec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { DISK } from './machines.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-image-unused',
  provider: 'gcp',
  resourceType: 'gcp.compute.image',
  needsTypes: [DISK],
  category: 'orphan',
  title: words('Unused custom image', 'Imagem personalizada sem uso'),
  criterion: words(
    '90 days old or more, and no disk was made of it.',
    'Com 90 dias ou mais, e nenhum disco foi criado a partir dela.',
  ),
  remedy: words(
    'Look for templates that name it, deprecate it, then delete it. Advice: a deleted image does not come back.',
    'Procure modelos que a citem, descontinue-a e depois exclua-a. Recomendação: uma imagem excluída não volta.',
  ),
  parameters: { days: minimumAge(90, 15, 1095) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'medium',
  effort: 'medium',
  restart: false,
  undoClass: 'N',
  // Instance templates are not read: one may name it.
  action: null,
  permissions: reading('compute.images.list', 'compute.disks.list'),
  examine(image, facts) {
    if (image.state !== 'available') return CLEAR;
    if (facts.sources(image, 'source').some((disk) => disk.state !== 'deleted')) return CLEAR;
    const limit = facts.parameter('days');
    const days = ageDays(image, facts.now);
    if (days < limit) return skip('too_young', `${limit} days`);
    return found(wholeCost(facts, image), {
      why: local(
        (f) => `Made ${f.days(Math.floor(days))} ago, and no disk is of it.`,
        (f) => `Criada há ${f.days(Math.floor(days))}, e nenhum disco é dela.`,
      ),
      current: [stateSpec('available')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(LABEL.created, (image.createdAt ?? image.firstSeenAt).toISOString())],
    });
  },
};
