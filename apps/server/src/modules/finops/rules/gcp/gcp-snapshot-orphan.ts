import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, quarantineDelete, sizeSpec, stateSpec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { DISK } from './machines.ts';
import { setAside } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-snapshot-orphan',
  provider: 'gcp',
  resourceType: 'gcp.compute.snapshot',
  needsTypes: [DISK],
  category: 'orphan',
  title: words('Snapshot of a disk that is gone', 'Snapshot de um disco que não existe mais'),
  criterion: words(
    '30 days old or more, and the disk it was taken of is no longer there.',
    'Com 30 dias ou mais, e o disco de origem não existe mais.',
  ),
  remedy: words(
    'Set aside for 24 hours, then deleted. It may be the last copy of the disk: look before.',
    'Separado por 24 horas e depois excluído. Pode ser a última cópia do disco: verifique antes.',
  ),
  parameters: { days: minimumAge(30, 7, 1095) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'low',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: 'quarantine_delete',
  operations: [],
  permissions: setAside('compute.snapshots', 'compute.disks.list'),
  examine(snapshot, facts) {
    const source = textAt(snapshot.attributes, 'sourceDisk');
    if (snapshot.state !== 'available' || source === undefined) return CLEAR;
    if (facts.targets(snapshot, 'source').some((disk) => disk.state !== 'deleted')) return CLEAR;
    const limit = facts.parameter('days');
    const days = ageDays(snapshot, facts.now);
    if (days < limit) return skip('too_young', `${limit} days`);
    const disk = source.split('/').at(-1) ?? source;
    return found(wholeCost(facts, snapshot), {
      why: local(
        (f) => `Its disk ${disk} is gone; it was made ${f.days(Math.floor(days))} ago.`,
        (f) => `O disco ${disk} não existe mais; foi criado há ${f.days(Math.floor(days))}.`,
      ),
      current: [...sizeSpec(snapshot), stateSpec('available')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(LABEL.created, (snapshot.createdAt ?? snapshot.firstSeenAt).toISOString())],
      action: quarantineDelete(),
    });
  },
};
