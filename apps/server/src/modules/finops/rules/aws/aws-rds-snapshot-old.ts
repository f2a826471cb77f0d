import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, quarantineDelete, spec, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { DATABASE } from './databases.ts';

export const rule: Rule = {
  id: 'aws-rds-snapshot-old',
  provider: 'aws',
  resourceType: 'aws.rds.snapshot',
  needsTypes: [DATABASE],
  category: 'storage',
  title: words('Old RDS snapshot', 'Snapshot RDS antigo'),
  criterion: words(
    'Made by hand and 90 days old or more; or 30 days, when its database is gone.',
    'Feito manualmente e com 90 dias ou mais; ou 30 dias, quando o banco de dados não existe mais.',
  ),
  remedy: words(
    'Set aside for 24 hours, then deleted for good. Of a deleted database it may be the last copy: look before.',
    'Separado por 24 horas e depois excluído definitivamente. De um banco excluído pode ser a última cópia: verifique antes.',
  ),
  parameters: {
    days: parameter('At least as old as', 'Idade de pelo menos', 'days', [90, 7, 3650]),
    orphanDays: parameter(
      'Without its database, at least',
      'Sem o banco de dados, pelo menos',
      'days',
      [30, 1, 3650],
    ),
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
  permissions: {
    read: ['rds:DescribeDBSnapshots', 'rds:DescribeDBInstances'],
    apply: ['rds:AddTagsToResource', 'rds:DeleteDBSnapshot'],
    undo: ['rds:RemoveTagsFromResource'],
  },
  examine(snapshot, facts) {
    if (snapshot.state !== 'available') return CLEAR;
    const type = textAt(snapshot.attributes, 'SnapshotType');
    // Automated ones go with their retention; those of a backup plan with its own.
    if (type !== undefined && type !== 'manual') return skip('excluded', type);
    const orphan = !facts
      .targets(snapshot, 'source')
      .some((r) => r.type === DATABASE && r.state !== 'deleted');
    const age = ageDays(snapshot, facts.now);
    const limit = facts.parameter(orphan ? 'orphanDays' : 'days');
    if (age < limit) return skip('too_young', `${limit} days`);
    const database = textAt(snapshot.attributes, 'DBInstanceIdentifier') ?? '–';
    const made = snapshot.createdAt ?? snapshot.firstSeenAt;
    return found(wholeCost(facts, snapshot), {
      why: local(
        (f) =>
          `${f.days(Math.floor(age))} old, of the database ${database}${orphan ? ', which no longer exists' : ''}.`,
        (f) =>
          `Tem ${f.days(Math.floor(age))}, do banco ${database}${orphan ? ', que não existe mais' : ''}.`,
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
