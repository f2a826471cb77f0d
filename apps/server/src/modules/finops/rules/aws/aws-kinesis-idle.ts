import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { numberAt, textAt } from '../shared/attributes.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { usage } from '../shared/measure.ts';
import { monthOfHours } from '../shared/money.ts';
import { lookback } from '../shared/parameters.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';

const SHARDS = words('Shards', 'Fragmentos');

export const rule: Rule = {
  id: 'aws-kinesis-idle',
  provider: 'aws',
  resourceType: 'aws.kinesis.stream',
  category: 'idle',
  title: words('Idle Kinesis stream', 'Fluxo Kinesis ocioso'),
  criterion: words(
    'A provisioned stream without one record written or byte read in 7 days.',
    'Fluxo provisionado sem nenhum registro gravado nem byte lido em 7 dias.',
  ),
  remedy: words(
    'Halve its shards, which is the most AWS does at once; with one shard left, delete the stream.',
    'Reduza os fragmentos pela metade, o máximo que a AWS faz por vez; com um só fragmento, exclua o fluxo.',
  ),
  parameters: { days: lookback(7, 3, 30) },
  metrics: [
    { metric: 'incoming_records', statistic: 'sum' },
    { metric: 'read_bytes', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M3',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-capacity' }],
  permissions: {
    read: ['kinesis:ListStreams', 'kinesis:DescribeStreamSummary', 'cloudwatch:GetMetricData'],
    apply: ['kinesis:UpdateShardCount'],
    undo: ['kinesis:UpdateShardCount'],
  },
  examine(stream, facts) {
    if (stream.state !== 'active') return CLEAR;
    if (textAt(stream.attributes, 'StreamModeDetails', 'StreamMode') === 'ON_DEMAND') return CLEAR;
    const shards = numberAt(stream.attributes, 'OpenShardCount');
    if (shards === undefined) return skip('unknown_size');
    const days = facts.parameter('days');
    if (ageDays(stream, facts.now) < days) return skip('too_young', `${days} days`);
    const used = usage(
      facts,
      stream,
      [
        ['incoming_records', words('Records written', 'Registros gravados')],
        ['read_bytes', words('Bytes read', 'Bytes lidos')],
      ],
      days,
    );
    if (isSkip(used)) return used;
    if (used.total > 0) return CLEAR;
    const next = shards === 1 ? 0 : Math.ceil(shards / 2);
    const { shardHour } = LIST_PRICES;
    const saving = listMonthly(facts, stream, {
      monthly: monthOfHours(shardHour, shards - next),
      currency: 'USD',
      formula: words(
        `${shards - next} shards × USD ${shardHour} an hour × 730.5 hours`,
        `${shards - next} fragmentos × USD ${shardHour} por hora × 730,5 horas`,
      ),
    });
    return found(saving, {
      why: local(
        (f) => `${f.count(shards, 'shard', 'shards')}, and nothing was written or read in ${f.days(days)}.`,
        (f) =>
          `${f.count(shards, 'fragmento', 'fragmentos')}, e nada foi gravado nem lido em ${f.days(days)}.`,
      ),
      current: [spec(SHARDS, shards)],
      recommended: [spec(SHARDS, next)],
      evidence: used.evidence,
      action:
        next === 0
          ? null
          : operations({ operation: 'set-capacity', parameters: { mode: 'PROVISIONED', shards: next } }),
    });
  },
};
