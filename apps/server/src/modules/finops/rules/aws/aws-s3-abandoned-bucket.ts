import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { BUCKET } from './buckets.ts';

const MIB = 1024 ** 2;

export const rule: Rule = {
  id: 'aws-s3-abandoned-bucket',
  provider: 'aws',
  resourceType: BUCKET,
  category: 'orphan',
  title: words('Abandoned bucket', 'Bucket abandonado'),
  criterion: words(
    'Over 7 days at most 1,024 MiB and at most 100 requests. Needs the bucket’s request metric.',
    'Em 7 dias, no máximo 1.024 MiB e no máximo 100 requisições. Precisa da métrica de requisições do bucket.',
  ),
  remedy: words(
    'Ask its owner; then empty and delete it. What it holds is lost, and others can take its name.',
    'Pergunte ao responsável; depois esvazie e exclua. O conteúdo se perde, e outros podem usar o nome.',
  ),
  parameters: {
    days: lookback(7, 3, 30),
    mib: parameter('Size at most', 'Tamanho no máximo', 'MiB', [1024, 1, 102_400]),
    requests: parameter('Requests at most', 'Requisições no máximo', 'count', [100, 0, 10_000]),
  },
  metrics: [
    { metric: 'stored_bytes', statistic: 'average' },
    { metric: 'requests', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'low',
  effort: 'medium',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: {
    read: ['s3:ListAllMyBuckets', 'cloudwatch:GetMetricData'],
    apply: ['s3:DeleteObject', 's3:DeleteBucket'],
    undo: [],
  },
  examine(bucket, facts) {
    const days = facts.parameter('days');
    if (ageDays(bucket, facts.now) < days) return skip('too_young', `${days} days`);
    const stored = measured(facts, bucket, 'stored_bytes', 'average', days);
    if (isSkip(stored)) return stored;
    // Buckets without the metric have no points either: that is not zero requests.
    const requests = measured(facts, bucket, 'requests', 'sum', days);
    if (isSkip(requests)) return requests;
    if (stored.average > facts.parameter('mib') * MIB || requests.sum > facts.parameter('requests'))
      return CLEAR;
    return found(wholeCost(facts, bucket), {
      why: local(
        (f) => `${f.bytes(stored.average)} and ${f.n(requests.sum, 0)} requests in ${f.days(days)}.`,
        (f) => `${f.bytes(stored.average)} e ${f.n(requests.sum, 0)} requisições em ${f.days(days)}.`,
      ),
      evidence: [
        daily(words('Stored', 'Armazenado'), stored, 'average'),
        daily(LABEL.requests, requests, 'sum'),
      ],
    });
  },
};
