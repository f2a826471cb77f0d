import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { changeDisk, DISK_OPERATIONS } from './disks.ts';
import { DISK, VM } from './machines.ts';
import { RESIZE_DISK } from './permissions.ts';

/** Operations a second of a Standard SSD up to 4 TiB (Azure, "Scalability targets for disks"). */
const STANDARD_IOPS = 500;

export const rule: Rule = {
  id: 'azure-disk-premium-underused',
  provider: 'azure',
  resourceType: DISK,
  needsTypes: [VM],
  category: 'storage',
  title: words('Premium disk with few operations', 'Disco Premium com poucas operações'),
  criterion: words(
    'A Premium SSD of 128 GiB or more whose busiest hour over 14 days stays below 30 % of the 500 operations a second that a Standard SSD has.',
    'SSD Premium de 128 GiB ou mais cuja hora mais ocupada em 14 dias fica abaixo de 30 % das 500 operações por segundo de um SSD Standard.',
  ),
  remedy: words(
    'Make it a Standard SSD; its machine is off meanwhile. Undo makes it Premium again.',
    'Mude para SSD Standard; a máquina fica desligada enquanto isso. Desfazer volta a Premium.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    share: parameter(
      'Share of a Standard SSD at most',
      'Parcela de um SSD Standard, no máximo',
      'percent',
      [30, 5, 80],
    ),
  },
  metrics: [
    { metric: 'read_operations', statistic: 'maximum' },
    { metric: 'write_operations', statistic: 'maximum' },
  ],
  lookbackDays: 30,
  saving: 'M2',
  confidence: 'medium',
  effort: 'medium',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: DISK_OPERATIONS,
  permissions: RESIZE_DISK,
  examine(disk, facts) {
    const sku = disk.size?.sku;
    if (disk.state !== 'in_use' || sku === undefined || !/^Premium_(LRS|ZRS)$/.test(sku)) return CLEAR;
    if ((disk.size?.storageGiB ?? 0) < 128) return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(disk, facts.now) < days) return skip('too_young', `${days} days`);
    const reads = measured(facts, disk, 'read_operations', 'maximum', days);
    if (isSkip(reads)) return reads;
    const writes = measured(facts, disk, 'write_operations', 'maximum', days);
    if (isSkip(writes)) return writes;
    const most = reads.maximum + writes.maximum;
    const limit = (STANDARD_IOPS * facts.parameter('share')) / 100;
    if (most > limit) return CLEAR;
    return changeDisk(disk, facts, sku.replace('Premium', 'StandardSSD'), {
      why: local(
        (f) =>
          `At most ${f.n(most)} operations a second in ${f.days(days)}; a Standard SSD does ${STANDARD_IOPS}.`,
        (f) =>
          `No máximo ${f.n(most)} operações por segundo em ${f.days(days)}; um SSD Standard faz ${STANDARD_IOPS}.`,
      ),
      evidence: [
        daily(words('Reads a second', 'Leituras por segundo'), reads, 'maximum', limit),
        daily(words('Writes a second', 'Gravações por segundo'), writes, 'maximum', limit),
      ],
    });
  },
};
