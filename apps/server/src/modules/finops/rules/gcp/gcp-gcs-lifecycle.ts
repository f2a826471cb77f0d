import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { objectsAt } from '../shared/attributes.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { counted, measured } from '../shared/measure.ts';
import { compareAmounts, difference, quantityTimes } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { actualMonthly, type Saving } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { METRICS_READ, updating } from './permissions.ts';

/** USD of reading a GiB of Nearline (list price of 2026); each request counts as if it read one. */
const RETRIEVAL = 0.01;
const RULE = {
  action: { type: 'SetStorageClass', storageClass: 'NEARLINE' },
  condition: { age: 30, matchesStorageClass: ['STANDARD'] },
};

export const rule: Rule = {
  id: 'gcp-gcs-lifecycle',
  provider: 'gcp',
  resourceType: 'gcp.storage.bucket',
  category: 'storage',
  title: words(
    'Bucket of cold data without lifecycle rules',
    'Bucket de dados frios sem regras de ciclo de vida',
  ),
  criterion: words(
    'Class Standard, no lifecycle rule, 100 GiB or more, and at most one request a 2 GiB over 30 days.',
    'Classe Standard, nenhuma regra de ciclo de vida, 100 GiB ou mais, e no máximo uma requisição a cada 2 GiB em 30 dias.',
  ),
  remedy: words(
    'A rule moves objects to Nearline after 30 days. Undo removes the rule; moved objects stay in Nearline.',
    'Uma regra move objetos para Nearline após 30 dias. Desfazer remove a regra; objetos movidos ficam em Nearline.',
  ),
  parameters: {
    days: lookback(30, 30, 60),
    gib: parameter('Stored at least', 'Armazenado, no mínimo', 'GiB', [100, 1, 100_000]),
    requests: parameter('Requests a GiB at most', 'Requisições por GiB, no máximo', 'count', [0.5, 0, 10]),
  },
  metrics: [
    { metric: 'stored_bytes', statistic: 'average' },
    { metric: 'requests', statistic: 'sum' },
  ],
  lookbackDays: 60,
  saving: 'M5',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-lifecycle' }],
  permissions: updating('storage.buckets', METRICS_READ),
  claims: 'setting',
  examine(bucket, facts) {
    if (bucket.state !== 'active' || bucket.size?.sku !== 'STANDARD') return CLEAR;
    if (objectsAt(bucket.attributes, 'lifecycle', 'rule').length > 0) return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(bucket, facts.now) < days) return skip('too_young', `${days} days`);
    const stored = measured(facts, bucket, 'stored_bytes', 'average', days);
    if (isSkip(stored)) return stored;
    const requests = counted(facts, bucket, 'requests', days);
    if (isSkip(requests)) return requests;
    // The least of the time: what came since is younger than the rule's 30 days.
    const gib = stored.minimum / 1024 ** 3;
    if (gib < facts.parameter('gib') || requests.total > gib * facts.parameter('requests')) return CLEAR;
    const { region } = bucket;
    const [hot, cold] = ['STANDARD', 'NEARLINE'].map((sku) =>
      facts.price({ product: 'object_storage', region, sku }),
    );
    if (!hot || !cold) return skip('no_price', 'object_storage');
    const perGib = difference(hot.price.amount, cold.price.amount);
    const { currency } = hot.price;
    const reads = ((requests.total / days) * 30.44 * RETRIEVAL).toFixed(4);
    const net = difference(quantityTimes(perGib, Math.floor(gib)), reads);
    const actual = actualMonthly(facts, bucket);
    // Never more than the bucket costs by the bill.
    const monthly =
      actual?.currency === currency && compareAmounts(actual.monthly, net) < 0 ? actual.monthly : net;
    const saving: Saving = {
      monthly,
      currency,
      method: 'M5',
      explanation: local(
        (f) =>
          `${f.n(gib, 0)} GiB × ${f.exact(perGib)} less a month − reads ${f.money(reads, currency)} = ${f.money(monthly, currency)} at list prices.`,
        (f) =>
          `${f.n(gib, 0)} GiB × ${f.exact(perGib)} a menos por mês − leituras ${f.money(reads, currency)} = ${f.money(monthly, currency)} a preços de tabela.`,
      ),
    };
    return found(saving, {
      why: local(
        (f) =>
          `${f.n(gib, 0)} GiB in class Standard and ${f.n(requests.total, 0)} requests in ${f.days(days)}.`,
        (f) =>
          `${f.n(gib, 0)} GiB na classe Standard e ${f.n(requests.total, 0)} requisições em ${f.days(days)}.`,
      ),
      current: [spec(words('Class', 'Classe'), 'STANDARD')],
      recommended: [spec(words('Class', 'Classe'), 'NEARLINE')],
      evidence: [daily(LABEL.requests, requests.profile, 'sum')],
      action: operations({ operation: 'set-lifecycle', parameters: { configuration: { rule: [RULE] } } }),
    });
  },
};
