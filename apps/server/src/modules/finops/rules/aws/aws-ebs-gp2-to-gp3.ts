import type { Rule } from '../rule.ts';
import { found, operations } from '../shared/finding.ts';
import { compareAmounts } from '../shared/money.ts';
import { lookback } from '../shared/parameters.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { INSTANCE } from './instances.ts';
import {
  GP3,
  MODIFY_PERMISSIONS,
  PEAK_METRICS,
  peakOf,
  VOLUME,
  volumeLines,
  volumeMonthly,
  volumeSpec,
} from './volumes.ts';

/** IOPS of gp2: 3 a GiB, between 100 and 16,000 (EBS user guide). */
const GP2_IOPS_PER_GIB = 3;
/** Throughput of gp2: 128 MiB/s up to 170 GiB, 250 above. */
const GP2_SMALL_GIB = 170;
const GP2_MOST_MIBS = 250;

export const rule: Rule = {
  id: 'aws-ebs-gp2-to-gp3',
  provider: 'aws',
  resourceType: VOLUME,
  needsTypes: [INSTANCE],
  category: 'modernize',
  title: words('EBS volume of type gp2', 'Volume EBS do tipo gp2'),
  criterion: words(
    'An attached gp2 volume that costs less as gp3 with the IOPS it has and the throughput it uses (or has, where it is not measured).',
    'Volume gp2 anexado que custa menos como gp3 com as IOPS que tem e a taxa que usa (ou que tem, quando não é medida).',
  ),
  remedy: words(
    'Change the type to gp3 in place, without interruption. The change back is possible six hours later.',
    'Altere o tipo para gp3 no lugar, sem interrupção. A volta é possível seis horas depois.',
  ),
  parameters: { days: lookback(14, 7, 30) },
  metrics: PEAK_METRICS,
  lookbackDays: 30,
  saving: 'M2',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'modify' }],
  permissions: MODIFY_PERMISSIONS,
  examine(volume, facts) {
    const now = volumeSpec(volume);
    if (isSkip(now)) return now;
    if (volume.state !== 'in_use' || now.type !== 'gp2') return CLEAR;
    const peak = peakOf(facts, volume, facts.parameter('days'));
    // Of a stopped machine nothing is measured, and nothing is missed.
    const rests = facts
      .targets(volume, 'attached_to')
      .some((r) => r.type === INSTANCE && r.state === 'stopped');
    const has = now.gib > GP2_SMALL_GIB ? GP2_MOST_MIBS : GP3.throughputMiBs;
    const measuredNeed = isSkip(peak) ? has : Math.min(has, Math.ceil(peak.throughputMiBs));
    const used = rests && isSkip(peak) ? 0 : measuredNeed;
    const next = {
      type: 'gp3',
      gib: now.gib,
      iops: Math.min(GP3.mostIops, Math.max(GP3.iops, now.gib * GP2_IOPS_PER_GIB)),
      throughputMiBs: Math.max(GP3.throughputMiBs, used),
    };
    const [priceNow, priceNext] = [
      volumeMonthly(facts, volume.region, now),
      volumeMonthly(facts, volume.region, next),
    ];
    if (typeof priceNow !== 'string') return priceNow;
    if (typeof priceNext !== 'string') return priceNext;
    // As fast as it could be it may cost more; whether it ever is that fast must be measured.
    if (compareAmounts(priceNext, priceNow) >= 0) return isSkip(peak) ? peak : CLEAR;
    return found(priceRatio(facts, volume, { now: priceNow, next: priceNext }), {
      why: local(
        (f) =>
          `${f.n(now.gib, 0)} GiB of gp2; gp3 with ${f.n(next.iops, 0)} IOPS and ${f.n(next.throughputMiBs, 0)} MiB/s costs less.`,
        (f) =>
          `${f.n(now.gib, 0)} GiB de gp2; gp3 com ${f.n(next.iops, 0)} IOPS e ${f.n(next.throughputMiBs, 0)} MiB/s custa menos.`,
      ),
      current: volumeLines(now),
      recommended: volumeLines(next),
      action: operations({
        operation: 'modify',
        parameters: { volumeType: 'gp3', iops: next.iops, throughputMiBs: next.throughputMiBs },
      }),
    });
  },
};
