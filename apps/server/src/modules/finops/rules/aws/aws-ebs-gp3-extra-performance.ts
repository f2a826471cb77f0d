import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, operations } from '../shared/finding.ts';
import { difference } from '../shared/money.ts';
import { lookback } from '../shared/parameters.ts';
import { listMonthly } from '../shared/saving.ts';
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
} from './volumes.ts';

export const rule: Rule = {
  id: 'aws-ebs-gp3-extra-performance',
  provider: 'aws',
  resourceType: VOLUME,
  category: 'rightsize',
  title: words('Unused extra performance of a gp3 volume', 'Desempenho extra não usado de um volume gp3'),
  criterion: words(
    'More than 3,000 IOPS or 125 MiB/s are paid for, while the peak of 30 days stays within those.',
    'São pagas mais de 3.000 IOPS ou 125 MiB/s, mas o pico de 30 dias fica dentro disso.',
  ),
  remedy: words(
    'Set the performance to the base in place. The change back is possible six hours later.',
    'Reduza o desempenho ao básico no lugar. A volta é possível seis horas depois.',
  ),
  parameters: { days: lookback(30, 7, 30) },
  metrics: PEAK_METRICS,
  lookbackDays: 30,
  saving: 'M3',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'modify' }],
  permissions: MODIFY_PERMISSIONS,
  claims: 'setting',
  examine(volume, facts) {
    const now = volumeSpec(volume);
    if (isSkip(now)) return now;
    const { iops = 0, throughputMiBs = 0 } = now;
    if (volume.state !== 'in_use' || now.type !== 'gp3') return CLEAR;
    if (iops <= GP3.iops && throughputMiBs <= GP3.throughputMiBs) return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(volume, facts.now) < days) return skip('too_young', `${days} days`);
    const peak = peakOf(facts, volume, days);
    if (isSkip(peak)) return peak;
    if (peak.iops > GP3.iops || peak.throughputMiBs > GP3.throughputMiBs) return CLEAR;
    const next = { ...now, iops: GP3.iops, throughputMiBs: GP3.throughputMiBs };
    const [priceNow, priceNext] = [
      volumeMonthly(facts, volume.region, now),
      volumeMonthly(facts, volume.region, next),
    ];
    if (typeof priceNow !== 'string') return priceNow;
    if (typeof priceNext !== 'string') return priceNext;
    const more = [Math.max(0, iops - GP3.iops), Math.max(0, throughputMiBs - GP3.throughputMiBs)] as const;
    const saving = listMonthly(facts, volume, {
      monthly: difference(priceNow, priceNext),
      currency: 'USD',
      formula: words(
        `${more[0]} IOPS and ${more[1]} MiB/s above the base`,
        `${more[0]} IOPS e ${more[1]} MiB/s acima do básico`,
      ),
    });
    return found(saving, {
      why: local(
        (f) =>
          `${f.n(iops, 0)} IOPS and ${f.n(throughputMiBs, 0)} MiB/s are provisioned; at most ${f.n(peak.iops, 0)} IOPS and ${f.n(peak.throughputMiBs, 0)} MiB/s were used in ${f.days(days)}.`,
        (f) =>
          `${f.n(iops, 0)} IOPS e ${f.n(throughputMiBs, 0)} MiB/s estão provisionadas; no máximo ${f.n(peak.iops, 0)} IOPS e ${f.n(peak.throughputMiBs, 0)} MiB/s foram usadas em ${f.days(days)}.`,
      ),
      current: volumeLines(now),
      recommended: volumeLines(next),
      evidence: [
        daily(words('Read operations', 'Operações de leitura'), peak.reads, 'maximum'),
        daily(words('Write operations', 'Operações de gravação'), peak.writes, 'maximum'),
      ],
      action: operations({
        operation: 'modify',
        parameters: { iops: GP3.iops, throughputMiBs: GP3.throughputMiBs },
      }),
    });
  },
};
