import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, spec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { diskPrices } from './disks.ts';
import { DISK } from './machines.ts';
import { METRICS_READ, reading } from './permissions.ts';

/** IOPS of Persistent Disk by GiB and at least (Compute Engine, "Performance limits"). */
const SSD = { perGib: 30, least: 6000 };
const BALANCED = { perGib: 6, least: 3000 };

export const rule: Rule = {
  id: 'gcp-disk-ssd-to-balanced',
  provider: 'gcp',
  resourceType: DISK,
  category: 'rightsize',
  title: words('SSD disk whose speed is not used', 'Disco SSD cuja velocidade não é usada'),
  criterion: words(
    'A pd-ssd disk whose busiest hour of 30 days takes at most 30 % of its IOPS and no more than a balanced disk of its size gives.',
    'Disco pd-ssd cuja hora mais ocupada em 30 dias usa no máximo 30 % das IOPS e não mais do que um disco balanceado do mesmo tamanho oferece.',
  ),
  remedy: words(
    'Make a pd-balanced disk from a snapshot and put it in its place. Advice: short peaks inside an hour are not seen.',
    'Crie um disco pd-balanced a partir de um snapshot e troque-o. Recomendação: picos curtos dentro de uma hora não são vistos.',
  ),
  parameters: {
    days: lookback(30, 14, 60),
    share: parameter('IOPS in use at most', 'IOPS em uso, no máximo', 'percent', [30, 5, 60]),
  },
  metrics: [
    { metric: 'read_operations', statistic: 'average' },
    { metric: 'write_operations', statistic: 'average' },
  ],
  lookbackDays: 60,
  saving: 'M2',
  confidence: 'medium',
  effort: 'medium',
  restart: true,
  undoClass: 'S',
  action: null,
  permissions: reading('compute.disks.list', METRICS_READ),
  claims: 'setting',
  examine(disk, facts) {
    const gib = disk.size?.storageGiB;
    if (disk.state !== 'in_use' || disk.size?.sku !== 'pd-ssd') return CLEAR;
    if (gib === undefined) return skip('unknown_size', 'pd-ssd');
    const days = facts.parameter('days');
    if (ageDays(disk, facts.now) < days) return skip('too_young', `${days} days`);
    const reads = measured(facts, disk, 'read_operations', 'average', days);
    if (isSkip(reads)) return reads;
    const writes = measured(facts, disk, 'write_operations', 'average', days);
    if (isSkip(writes)) return writes;
    // The busiest hours of both may differ, so their sum is the most it can have been.
    const peak = reads.maximum + writes.maximum;
    const limit = (Math.max(SSD.least, SSD.perGib * gib) * facts.parameter('share')) / 100;
    const balanced = Math.max(BALANCED.least, BALANCED.perGib * gib);
    if (peak > Math.min(limit, balanced)) return CLEAR;
    return found(diskPrices(disk, facts, 'pd-balanced'), {
      why: local(
        (f) =>
          `The busiest hour of ${f.days(days)} had ${f.n(peak, 0)} operations a second; a balanced disk gives ${f.n(balanced, 0)}.`,
        (f) =>
          `A hora mais ocupada em ${f.days(days)} teve ${f.n(peak, 0)} operações por segundo; um disco balanceado oferece ${f.n(balanced, 0)}.`,
      ),
      current: [spec(LABEL.type, 'pd-ssd')],
      recommended: [spec(LABEL.type, 'pd-balanced')],
      evidence: [
        daily(words('Reads a second', 'Leituras por segundo'), reads, 'maximum'),
        daily(words('Writes a second', 'Gravações por segundo'), writes, 'maximum'),
      ],
    });
  },
};
