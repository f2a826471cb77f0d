import { round, times } from '@cloudatlas/cloud/decimal';
import type { Rule, Verdict } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { usage } from '../shared/measure.ts';
import { compareAmounts, difference, isPositive, total } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { actualMonthly } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { CLUSTER, machinesOf } from './clusters.ts';
import { LIST_PRICES } from './data/list-prices.ts';
import { DATABASE } from './databases.ts';

const STORAGE = words('Storage type', 'Tipo de armazenamento');
/** Days of a mean month. */
const MONTH = 30.44;

export const rule: Rule = {
  id: 'aws-aurora-io-optimized',
  provider: 'aws',
  resourceType: CLUSTER,
  needsTypes: [DATABASE],
  category: 'modernize',
  title: words('Aurora cluster with much I/O', 'Cluster Aurora com muito I/O'),
  criterion: words(
    'On standard storage, I/O is 25 % or more of the cluster’s cost over 30 days, and I/O-optimised costs less: machines × 1.3, storage × 2.25, I/O free.',
    'No armazenamento padrão, o I/O é 25 % ou mais do custo do cluster em 30 dias, e o otimizado para I/O custa menos: máquinas × 1,3, armazenamento × 2,25, I/O grátis.',
  ),
  remedy: words(
    'Change the storage type, without interruption. The change to I/O-optimised is possible once in 30 days; back at any time.',
    'Altere o tipo de armazenamento, sem interrupção. A mudança para otimizado é possível uma vez a cada 30 dias; a volta, a qualquer momento.',
  ),
  parameters: {
    days: lookback(30, 7, 30),
    share: parameter('I/O share at least', 'Parcela de I/O de pelo menos', 'percent', [25, 5, 90]),
  },
  metrics: [
    { metric: 'read_io', statistic: 'sum' },
    { metric: 'write_io', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M5',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'modify' }],
  permissions: {
    read: ['rds:DescribeDBClusters', 'cloudwatch:GetMetricData'],
    apply: ['rds:ModifyDBCluster'],
    undo: ['rds:ModifyDBCluster'],
  },
  examine(cluster, facts): Verdict {
    if (cluster.state !== 'running' || !(textAt(cluster.attributes, 'Engine') ?? '').startsWith('aurora'))
      return CLEAR;
    if (textAt(cluster.attributes, 'StorageType') === 'aurora-iopt1') return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(cluster, facts.now) < days) return skip('too_young', `${days} days`);
    const io = usage(
      facts,
      cluster,
      [
        ['read_io', words('Billed reads', 'Leituras cobradas')],
        ['write_io', words('Billed writes', 'Gravações cobradas')],
      ],
      days,
    );
    if (isSkip(io)) return io;
    const own = actualMonthly(facts, cluster);
    const machines = actualMonthly(facts, ...machinesOf(cluster, facts));
    if (!own || !machines || own.currency !== machines.currency) return skip('no_cost');
    const { currency } = own;
    const millions = (io.total / 1e6) * (MONTH / days);
    const ioCost = round(times(LIST_PRICES.auroraMillionIo, millions.toFixed(6)), 4);
    const cost = total([own.monthly, machines.monthly]);
    if (!isPositive(cost)) return CLEAR;
    const part = (Number(ioCost) / Number(cost)) * 100;
    if (part < facts.parameter('share')) return CLEAR;
    // The cluster's own cost is storage and I/O; storage is what remains.
    const rest = difference(own.monthly, ioCost);
    const storage = isPositive(rest) ? rest : '0';
    const next = round(
      total([
        times(machines.monthly, LIST_PRICES.auroraOptimisedMachines),
        times(storage, LIST_PRICES.auroraOptimisedStorage),
      ]),
      4,
    );
    if (compareAmounts(next, cost) >= 0) return CLEAR;
    const monthly = difference(cost, next);
    return found(
      {
        monthly,
        currency,
        method: 'M5',
        explanation: local(
          (f) =>
            `Cost now − (machines × 1.3 + storage × 2.25): ${f.money(cost, currency)} − (${f.money(machines.monthly, currency)} × 1.3 + ${f.money(storage, currency)} × 2.25) = ${f.money(monthly, currency)}.`,
          (f) =>
            `Custo atual − (máquinas × 1,3 + armazenamento × 2,25): ${f.money(cost, currency)} − (${f.money(machines.monthly, currency)} × 1,3 + ${f.money(storage, currency)} × 2,25) = ${f.money(monthly, currency)}.`,
        ),
      },
      {
        why: local(
          (f) =>
            `${f.n(millions)} million I/O requests a month cost about ${f.money(ioCost, currency)}, ${f.pct(part)} of the cluster.`,
          (f) =>
            `${f.n(millions)} milhões de requisições de I/O por mês custam cerca de ${f.money(ioCost, currency)}, ${f.pct(part)} do cluster.`,
        ),
        current: [spec(STORAGE, 'aurora')],
        recommended: [spec(STORAGE, 'aurora-iopt1')],
        evidence: io.evidence,
        action: operations({ operation: 'modify', parameters: { storageType: 'aurora-iopt1' } }),
      },
    );
  },
};
