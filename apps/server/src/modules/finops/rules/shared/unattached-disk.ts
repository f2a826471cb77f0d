import type { Rule, RuleResource } from '../rule.ts';
import { daysSince, instantIn } from './ages.ts';
import { textAt } from './attributes.ts';
import { fact } from './evidence.ts';
import { found, LABEL, sizeSpec, snapshotDelete, spec, stateSpec } from './finding.ts';
import { parameter } from './parameters.ts';
import { wholeCost } from './saving.ts';
import { CLEAR, skip } from './verdict.ts';
import { local, words } from './words.ts';

/** What a provider's rule adds. */
interface Disks extends Pick<Rule, 'id' | 'provider' | 'resourceType' | 'title' | 'permissions'> {
  /** The attribute in which the provider tells when the disk was detached (an ISO instant). */
  readonly detachedAt: string;
}

/** A disk that no machine has: a snapshot is kept in its stead. */
export function unattachedDisk({ detachedAt, ...own }: Disks): Rule {
  const detached = (disk: RuleResource): Date | null =>
    instantIn(textAt(disk.attributes, detachedAt)) ?? disk.stateSince;
  return {
    ...own,
    category: 'orphan',
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
    examine(disk, facts) {
      if (disk.state !== 'available') return CLEAR;
      const told = detached(disk);
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
}
