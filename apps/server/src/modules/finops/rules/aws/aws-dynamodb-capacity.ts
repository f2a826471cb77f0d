import { round, times } from '@cloudatlas/cloud/decimal';
import type { Facts, Rule, RuleResource, Verdict } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { numberAt, objectsAt, textAt } from '../shared/attributes.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { counted, usage, type Usage } from '../shared/measure.ts';
import { compareAmounts, difference, monthOfHours, smaller, total } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { actualMonthly } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';

const MODE = words('Billing mode', 'Modo de cobrança');
const MONTH = 30.44;
/** Provisioned units are filled to this share by the busiest hour's mean: peaks inside the hour need room. */
const FULL = 0.5;

interface Modes {
  readonly onDemand: string;
  readonly provisioned: string;
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** List price a month of both modes for what was consumed over the days. */
function pricesOf(reads: number, writes: number, days: number, readUnits: number, writeUnits: number): Modes {
  const month = (count: number) => ((count / 1e6) * (MONTH / days)).toFixed(9);
  return {
    readUnits,
    writeUnits,
    onDemand: round(
      total([
        times(LIST_PRICES.tableMillionReads, month(reads)),
        times(LIST_PRICES.tableMillionWrites, month(writes)),
      ]),
      4,
    ),
    provisioned: total([
      monthOfHours(LIST_PRICES.tableReadUnitHour, readUnits),
      monthOfHours(LIST_PRICES.tableWriteUnitHour, writeUnits),
    ]),
  };
}

function judge(facts: Facts, table: RuleResource, modes: Modes, used: Usage, demand: boolean): Verdict {
  const [now, next] = demand ? [modes.onDemand, modes.provisioned] : [modes.provisioned, modes.onDemand];
  if (compareAmounts(next, times(now, 1 - facts.parameter('margin') / 100)) > 0) return CLEAR;
  const actual = actualMonthly(facts, table);
  if (!actual) return skip('no_cost');
  const listed = difference(now, next);
  const monthly = smaller(listed, actual.monthly);
  const { readUnits, writeUnits } = modes;
  return found(
    {
      monthly,
      currency: actual.currency,
      method: 'M5',
      explanation: local(
        (f) =>
          `Recorded use at list prices: ${f.money(now, 'USD')} now, ${f.money(next, 'USD')} in the other mode, never more than the bill shows (${f.money(actual.monthly, actual.currency)}) = ${f.money(monthly, actual.currency)}.`,
        (f) =>
          `Uso registrado a preços de tabela: ${f.money(now, 'USD')} agora, ${f.money(next, 'USD')} no outro modo, nunca mais do que a fatura mostra (${f.money(actual.monthly, actual.currency)}) = ${f.money(monthly, actual.currency)}.`,
      ),
    },
    {
      why: demand
        ? local(
            (f) =>
              `Its use is even: ${f.n(readUnits, 0)} read and ${f.n(writeUnits, 0)} write units carry it for less than paying by request.`,
            (f) =>
              `O uso é constante: ${f.n(readUnits, 0)} unidades de leitura e ${f.n(writeUnits, 0)} de gravação custam menos que pagar por requisição.`,
          )
        : local(
            (f) =>
              `${f.n(readUnits, 0)} read and ${f.n(writeUnits, 0)} write units are paid for; what was used costs less by request.`,
            (f) =>
              `${f.n(readUnits, 0)} unidades de leitura e ${f.n(writeUnits, 0)} de gravação são pagas; o que foi usado custa menos por requisição.`,
          ),
      current: [spec(MODE, demand ? 'PAY_PER_REQUEST' : 'PROVISIONED')],
      recommended: [spec(MODE, demand ? 'PROVISIONED' : 'PAY_PER_REQUEST')],
      evidence: used.evidence,
      // Fixed units refuse what goes beyond: that is for a person to size.
      action: demand
        ? null
        : operations({ operation: 'set-capacity', parameters: { billingMode: 'PAY_PER_REQUEST' } }),
    },
  );
}

export const rule: Rule = {
  id: 'aws-dynamodb-capacity',
  provider: 'aws',
  resourceType: 'aws.dynamodb.table',
  category: 'rightsize',
  title: words('DynamoDB table in the dearer billing mode', 'Tabela DynamoDB no modo de cobrança mais caro'),
  criterion: words(
    'What was consumed in 30 days costs at least 20 % less on demand than the provisioned units, or the other way round.',
    'O que foi consumido em 30 dias custa pelo menos 20 % menos sob demanda do que as unidades provisionadas, ou o contrário.',
  ),
  remedy: words(
    'Change the billing mode, without interruption. Undo sets mode and units back.',
    'Altere o modo de cobrança, sem interrupção. Desfazer restaura o modo e as unidades.',
  ),
  parameters: {
    days: lookback(30, 7, 30),
    margin: parameter('Cheaper by at least', 'Mais barato em pelo menos', 'percent', [20, 0, 90]),
  },
  metrics: [
    { metric: 'read_units', statistic: 'sum' },
    { metric: 'write_units', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M5',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-capacity' }],
  permissions: {
    read: ['dynamodb:DescribeTable', 'cloudwatch:GetMetricData'],
    apply: ['dynamodb:UpdateTable'],
    undo: ['dynamodb:UpdateTable'],
  },
  examine(table, facts) {
    if (table.state !== 'active') return CLEAR;
    // Indexes have units and consumption of their own, which are not measured.
    if (objectsAt(table.attributes, 'GlobalSecondaryIndexes').length > 0)
      return skip('no_metrics', 'indexes');
    const days = facts.parameter('days');
    if (ageDays(table, facts.now) < days) return skip('too_young', `${days} days`);
    const reads = counted(facts, table, 'read_units', days);
    if (isSkip(reads)) return reads;
    const writes = counted(facts, table, 'write_units', days);
    if (isSkip(writes)) return writes;
    const used = usage(
      facts,
      table,
      [
        ['read_units', words('Read units', 'Unidades de leitura')],
        ['write_units', words('Write units', 'Unidades de gravação')],
      ],
      days,
    );
    if (isSkip(used)) return used;
    const demand = textAt(table.attributes, 'BillingModeSummary', 'BillingMode') === 'PAY_PER_REQUEST';
    const unit = (name: string) => numberAt(table.attributes, 'ProvisionedThroughput', name) ?? 0;
    const needed = (busiest: number) => Math.max(1, Math.ceil(busiest / 3600 / FULL));
    const modes = pricesOf(
      reads.total,
      writes.total,
      days,
      demand ? needed(reads.profile.maximum) : unit('ReadCapacityUnits'),
      demand ? needed(writes.profile.maximum) : unit('WriteCapacityUnits'),
    );
    return judge(facts, table, modes, used, demand);
  },
};
