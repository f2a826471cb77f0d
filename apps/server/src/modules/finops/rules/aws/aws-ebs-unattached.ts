import type { Rule } from '../rule.ts';
import { standing } from '../shared/ages.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, snapshotDelete, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { DELETE_PERMISSIONS, VOLUME, volumeLines, volumeSpec } from './volumes.ts';

export const rule: Rule = {
  id: 'aws-ebs-unattached',
  provider: 'aws',
  resourceType: VOLUME,
  category: 'orphan',
  title: words('Unattached EBS volume', 'Volume EBS não anexado'),
  criterion: words(
    'Attached to no instance for more than 7 days. Where nobody saw it being detached, its age counts and the confidence is lower.',
    'Não anexado a nenhuma instância há mais de 7 dias. Quando ninguém viu a desanexação, vale a idade e a confiança é menor.',
  ),
  remedy: words(
    'Keep a snapshot and delete the volume. Undo makes a volume from the snapshot; its id is a new one.',
    'Guarde um snapshot e exclua o volume. Desfazer cria um volume a partir do snapshot, com um novo id.',
  ),
  parameters: {
    days: parameter('Days unattached, more than', 'Dias sem anexo, mais de', 'days', [7, 1, 180]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: 'snapshot_delete',
  operations: [],
  permissions: DELETE_PERMISSIONS,
  examine(volume, facts) {
    if (volume.state !== 'available') return CLEAR;
    const { days, witnessed } = standing(volume, facts.now);
    const limit = facts.parameter('days');
    if (days <= limit) return skip('too_young', `${limit} days`);
    const size = volumeSpec(volume);
    const since = volume.stateSince ?? volume.createdAt ?? volume.firstSeenAt;
    return found(wholeCost(facts, volume), {
      why: witnessed
        ? local(
            (f) => `Attached to nothing for ${f.days(Math.floor(days))}, since ${f.date(since)}.`,
            (f) => `Sem anexo há ${f.days(Math.floor(days))}, desde ${f.date(since)}.`,
          )
        : local(
            (f) =>
              `Attached to nothing when first seen; created ${f.days(Math.floor(days))} ago. The provider does not tell since when.`,
            (f) =>
              `Sem anexo desde a primeira leitura; criado há ${f.days(Math.floor(days))}. O provedor não informa desde quando.`,
          ),
      current: [...(isSkip(size) ? [] : volumeLines(size)), stateSpec('available')],
      recommended: [stateSpec('deleted')],
      evidence: [
        fact(witnessed ? words('Detached since', 'Desanexado desde') : LABEL.created, since.toISOString()),
      ],
      action: snapshotDelete(),
      ...(witnessed ? {} : { confidence: 'medium' as const }),
    });
  },
};
