import type { Facts, Rule, RuleResource, Verdict } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { flagAt } from '../shared/attributes.ts';
import { daily } from '../shared/evidence.ts';
import { found, operations } from '../shared/finding.ts';
import { compareAmounts } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import {
  GP3,
  MODIFY_PERMISSIONS,
  PEAK_METRICS,
  peakOf,
  VOLUME,
  volumeLines,
  volumeMonthly,
  volumeSpec,
  type Peak,
  type VolumeSpec,
} from './volumes.ts';

/** Provisioned IOPS are kept this full at most. */
const FULL = 0.8;

function wanted(now: VolumeSpec, peak: Peak, limit: number): VolumeSpec | undefined {
  if (peak.iops <= GP3.mostIops && peak.throughputMiBs <= GP3.mostThroughputMiBs)
    return {
      type: 'gp3',
      gib: now.gib,
      iops: Math.max(GP3.iops, Math.ceil(peak.iops)),
      throughputMiBs: Math.max(GP3.throughputMiBs, Math.ceil(peak.throughputMiBs)),
    };
  const iops = now.iops ?? 0;
  return peak.iops <= (iops * limit) / 100 ? { ...now, iops: Math.ceil(peak.iops / FULL) } : undefined;
}

function change(facts: Facts, volume: RuleResource, now: VolumeSpec, next: VolumeSpec, peak: Peak): Verdict {
  const [priceNow, priceNext] = [
    volumeMonthly(facts, volume.region, now),
    volumeMonthly(facts, volume.region, next),
  ];
  if (typeof priceNow !== 'string') return priceNow;
  if (typeof priceNext !== 'string') return priceNext;
  if (compareAmounts(priceNext, priceNow) >= 0) return CLEAR;
  const iops = next.iops ?? 0;
  const target: Readonly<Record<string, string | number>> =
    next.type === now.type
      ? { iops }
      : { volumeType: next.type, iops, throughputMiBs: next.throughputMiBs ?? GP3.throughputMiBs };
  return found(priceRatio(facts, volume, { now: priceNow, next: priceNext }), {
    why: local(
      (f) =>
        `${f.n(now.iops ?? 0, 0)} IOPS are provisioned; at most ${f.n(peak.iops, 0)} IOPS and ${f.n(peak.throughputMiBs, 0)} MiB/s were used, which ${next.type} with ${f.n(iops, 0)} IOPS carries.`,
      (f) =>
        `${f.n(now.iops ?? 0, 0)} IOPS estão provisionadas; no máximo ${f.n(peak.iops, 0)} IOPS e ${f.n(peak.throughputMiBs, 0)} MiB/s foram usadas, o que ${next.type} com ${f.n(iops, 0)} IOPS suporta.`,
    ),
    current: volumeLines(now),
    recommended: volumeLines(next),
    evidence: [
      daily(words('Read operations', 'Operações de leitura'), peak.reads, 'maximum'),
      daily(words('Write operations', 'Operações de gravação'), peak.writes, 'maximum'),
    ],
    action: operations({ operation: 'modify', parameters: target }),
  });
}

export const rule: Rule = {
  id: 'aws-ebs-io-to-gp3',
  provider: 'aws',
  resourceType: VOLUME,
  category: 'rightsize',
  title: words('Provisioned-IOPS volume larger than its use', 'Volume com IOPS provisionadas acima do uso'),
  criterion: words(
    'io1 or io2 whose peak over 30 days fits gp3, or that uses at most 40 % of its IOPS.',
    'io1 ou io2 cujo pico em 30 dias cabe em gp3, ou que usa no máximo 40 % das IOPS.',
  ),
  remedy: words(
    'Change type or IOPS in place. gp3 has a lower durability promise than io2. The change back is possible six hours later.',
    'Altere o tipo ou as IOPS no lugar. gp3 promete durabilidade menor que io2. A volta é possível seis horas depois.',
  ),
  parameters: {
    days: lookback(30, 7, 30),
    use: parameter('IOPS used at most', 'IOPS usadas no máximo', 'percent', [40, 5, 80]),
  },
  metrics: PEAK_METRICS,
  lookbackDays: 30,
  saving: 'M2',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'modify' }],
  permissions: MODIFY_PERMISSIONS,
  examine(volume, facts) {
    const now = volumeSpec(volume);
    if (isSkip(now)) return now;
    if (volume.state !== 'in_use' || (now.type !== 'io1' && now.type !== 'io2')) return CLEAR;
    if (flagAt(volume.attributes, 'MultiAttachEnabled')) return skip('excluded', 'MultiAttachEnabled');
    const days = facts.parameter('days');
    if (ageDays(volume, facts.now) < days) return skip('too_young', `${days} days`);
    const peak = peakOf(facts, volume, days);
    if (isSkip(peak)) return peak;
    const next = wanted(now, peak, facts.parameter('use'));
    return next ? change(facts, volume, now, next, peak) : CLEAR;
  },
};
