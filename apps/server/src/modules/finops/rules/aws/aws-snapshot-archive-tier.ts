import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { difference, isPositive, quantityTimes } from '../shared/money.ts';
import { parameter } from '../shared/parameters.ts';
import { actualMonthly } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';
import { IMAGE, keptByPolicy, SNAPSHOT, usedByImage } from './snapshots.ts';
import { VOLUME } from './volumes.ts';

export const rule: Rule = {
  id: 'aws-snapshot-archive-tier',
  provider: 'aws',
  resourceType: SNAPSHOT,
  needsTypes: [IMAGE, VOLUME],
  category: 'storage',
  title: words('EBS snapshot for the archive tier', 'Snapshot EBS para a camada de arquivamento'),
  criterion: words(
    'Kept by a policy for 90 days or more, not the newest of its volume, and a full copy in the archive costs less than it does now.',
    'Mantido por uma política há 90 dias ou mais, não é o mais novo do volume, e uma cópia completa no arquivo custa menos do que agora.',
  ),
  remedy: words(
    'Move it to the archive tier. Coming back takes up to three days, and 90 days of archive are charged in any case.',
    'Mova para a camada de arquivamento. A volta leva até três dias, e 90 dias de arquivo são cobrados de qualquer forma.',
  ),
  parameters: { days: parameter('At least as old as', 'Idade de pelo menos', 'days', [90, 30, 3650]) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-tier' }],
  permissions: {
    read: ['ec2:DescribeSnapshots', 'ec2:DescribeSnapshotTierStatus'],
    apply: ['ec2:ModifySnapshotTier'],
    undo: ['ec2:RestoreSnapshotTier'],
  },
  examine(snapshot, facts) {
    if (snapshot.state !== 'available' || snapshot.size?.sku === 'archive') return CLEAR;
    if (!keptByPolicy(snapshot) || usedByImage(snapshot, facts)) return CLEAR;
    const limit = facts.parameter('days');
    const age = ageDays(snapshot, facts.now);
    if (age < limit) return skip('too_young', `${limit} days`);
    const gib = snapshot.size?.storageGiB;
    if (gib === undefined) return skip('unknown_size');
    const [volume] = facts.targets(snapshot, 'source').filter((r) => r.type === VOLUME);
    const newer = (volume ? facts.sources(volume, 'source') : []).some(
      (other) =>
        other.type === SNAPSHOT && (other.createdAt?.getTime() ?? 0) > (snapshot.createdAt?.getTime() ?? 0),
    );
    if (!newer) return CLEAR;
    const actual = actualMonthly(facts, snapshot);
    if (!actual) return skip('no_cost');
    // The archive keeps the whole volume and not only changed blocks: often it is dearer.
    const archived = quantityTimes(LIST_PRICES.snapshotArchiveGib, gib);
    const monthly = difference(actual.monthly, archived);
    if (!isPositive(monthly)) return CLEAR;
    const { currency } = actual;
    return found(
      {
        monthly,
        currency,
        method: 'M3',
        explanation: local(
          (f) =>
            `Actual monthly cost − size × list price of the archive: ${f.money(actual.monthly, currency)} − ${gib} GiB × ${LIST_PRICES.snapshotArchiveGib} = ${f.money(monthly, currency)}.`,
          (f) =>
            `Custo mensal real − tamanho × preço de tabela do arquivo: ${f.money(actual.monthly, currency)} − ${gib} GiB × ${LIST_PRICES.snapshotArchiveGib} = ${f.money(monthly, currency)}.`,
        ),
      },
      {
        why: local(
          (f) => `${f.days(Math.floor(age))} old, and a newer snapshot of the same volume exists.`,
          (f) => `Tem ${f.days(Math.floor(age))}, e existe um snapshot mais novo do mesmo volume.`,
        ),
        current: [spec(LABEL.type, 'standard'), spec(LABEL.storage, `${gib} GiB`)],
        recommended: [spec(LABEL.type, 'archive'), spec(LABEL.storage, `${gib} GiB`)],
        action: operations({ operation: 'set-tier', parameters: { tier: 'archive' } }),
      },
    );
  },
};
