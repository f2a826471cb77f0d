import type { Rule } from '../rule.ts';
import { daysSince, instantIn } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, sizeSpec, snapshotDelete, spec, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { DISK } from './machines.ts';
import { REMOVE_DISK } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-disk-unattached',
  provider: 'gcp',
  resourceType: DISK,
  category: 'orphan',
  title: words('Unattached persistent disk', 'Disco permanente não anexado'),
  criterion: words(
    'Attached to no machine for more than 7 days.',
    'Não anexado a nenhuma máquina há mais de 7 dias.',
  ),
  remedy: words(
    'Keep a snapshot and delete the disk. Undo makes it again from the snapshot.',
    'Guarde um snapshot e exclua o disco. Desfazer o recria a partir do snapshot.',
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
  permissions: REMOVE_DISK,
  examine(disk, facts) {
    if (disk.state !== 'available') return CLEAR;
    const told = instantIn(textAt(disk.attributes, 'lastDetachTimestamp')) ?? disk.stateSince;
    const since = told ?? disk.createdAt ?? disk.firstSeenAt;
    const days = daysSince(since, facts.now);
    const limit = facts.parameter('days');
    if (days <= limit) return skip('too_young', `${limit} days`);
    const gib = disk.size?.storageGiB;
    return found(wholeCost(facts, disk), {
      why: told
        ? local(
            (f) => `Attached to nothing for ${f.days(Math.floor(days))}, since ${f.date(since)}.`,
            (f) => `Sem anexo há ${f.days(Math.floor(days))}, desde ${f.date(since)}.`,
          )
        : local(
            (f) => `Attached to nothing; created ${f.days(Math.floor(days))} ago.`,
            (f) => `Sem anexo; criado há ${f.days(Math.floor(days))}.`,
          ),
      current: [
        ...sizeSpec(disk),
        ...(gib === undefined ? [] : [spec(LABEL.storage, `${gib} GiB`)]),
        stateSpec('available'),
      ],
      recommended: [stateSpec('deleted')],
      evidence: [
        fact(told ? words('Detached since', 'Desanexado desde') : LABEL.created, since.toISOString()),
      ],
      action: snapshotDelete(),
      ...(told ? {} : { confidence: 'medium' as const }),
    });
  },
};
