import { times } from '@cloudatlas/cloud/decimal';
import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { hasAt, objectsAt } from '../shared/attributes.ts';
import { daily } from '../shared/evidence.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { difference, isPositive, quantityTimes, smaller } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { actualMonthly } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { BUCKET, coversAll, LIFECYCLE_PERMISSIONS, lifecycleOf, withRule } from './buckets.ts';
import { LIST_PRICES } from './data/list-prices.ts';

const GIB = 1024 ** 3;
const CLASS = words('Storage class', 'Classe de armazenamento');
/** The rule this adds; the class watches each object and moves it by its access. */
const TIERING = {
  ID: 'cloudatlas-tiering',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  Transitions: [{ Days: 30, StorageClass: 'INTELLIGENT_TIERING' }],
};

export const rule: Rule = {
  id: 'aws-s3-lifecycle',
  provider: 'aws',
  resourceType: BUCKET,
  category: 'storage',
  title: words('Bucket without storage tiering', 'Bucket sem camadas de armazenamento'),
  criterion: words(
    '50 GiB or more in the standard class, 90 days old or more, no lifecycle rule moves objects on, and moving what is not read to infrequent access costs less.',
    '50 GiB ou mais na classe padrão, com 90 dias ou mais, nenhuma regra de ciclo de vida move objetos, e mover o que não é lido para acesso infrequente custa menos.',
  ),
  remedy: words(
    'Add a lifecycle rule to Intelligent-Tiering after 30 days. Undo removes the rule; objects that moved stay there and cost nothing to read.',
    'Adicione uma regra para Intelligent-Tiering após 30 dias. Desfazer remove a regra; objetos já movidos ficam lá e não custam nada para ler.',
  ),
  parameters: {
    days: lookback(30, 7, 30),
    gib: parameter('Standard class at least', 'Classe padrão de pelo menos', 'GiB', [50, 1, 100_000]),
    age: parameter('Minimum age', 'Idade mínima', 'days', [90, 30, 1095]),
    cold: parameter(
      'Share that is not read, assumed',
      'Parcela que não é lida, suposta',
      'percent',
      [60, 10, 100],
    ),
  },
  metrics: [
    { metric: 'stored_bytes', statistic: 'average' },
    { metric: 'objects', statistic: 'average' },
  ],
  lookbackDays: 30,
  saving: 'M5',
  confidence: 'low',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-lifecycle' }],
  permissions: {
    ...LIFECYCLE_PERMISSIONS,
    read: [...LIFECYCLE_PERMISSIONS.read, 'cloudwatch:GetMetricData'],
  },
  examine(bucket, facts) {
    const rules = lifecycleOf(bucket);
    if (isSkip(rules)) return rules;
    const moves = rules.some(
      (r) => coversAll(r) && (objectsAt(r, 'Transitions').length > 0 || hasAt(r, 'Expiration', 'Days')),
    );
    if (moves) return CLEAR;
    const age = facts.parameter('age');
    if (ageDays(bucket, facts.now) < age) return skip('too_young', `${age} days`);
    const days = facts.parameter('days');
    const stored = measured(facts, bucket, 'stored_bytes', 'average', days);
    if (isSkip(stored)) return stored;
    const objects = measured(facts, bucket, 'objects', 'average', days);
    if (isSkip(objects)) return objects;
    const gib = stored.average / GIB;
    if (gib < facts.parameter('gib')) return CLEAR;
    const actual = actualMonthly(facts, bucket);
    if (!actual) return skip('no_cost');
    const cold = facts.parameter('cold');
    const { objectStandardGib, objectInfrequentGib, objectWatchThousand } = LIST_PRICES;
    const freed = times(difference(objectStandardGib, objectInfrequentGib), ((gib * cold) / 100).toFixed(6));
    const watch = quantityTimes(objectWatchThousand, (objects.average / 1000).toFixed(6));
    const simulated = difference(quantityTimes(freed, 1), watch);
    // Many small objects cost more to watch than they save.
    if (!isPositive(simulated)) return CLEAR;
    const monthly = smaller(simulated, actual.monthly);
    return found(
      {
        monthly,
        currency: actual.currency,
        method: 'M5',
        explanation: local(
          (f) =>
            `${f.n(gib, 0)} GiB × ${cold} % × (${objectStandardGib} − ${objectInfrequentGib}) − ${f.n(objects.average / 1000, 0)} thousand objects × ${objectWatchThousand} = ${f.money(monthly, actual.currency)}. The share is assumed: reads of single objects are not recorded.`,
          (f) =>
            `${f.n(gib, 0)} GiB × ${cold} % × (${objectStandardGib} − ${objectInfrequentGib}) − ${f.n(objects.average / 1000, 0)} mil objetos × ${objectWatchThousand} = ${f.money(monthly, actual.currency)}. A parcela é suposta: leituras de objetos não são registradas.`,
        ),
      },
      {
        why: local(
          (f) =>
            `${f.n(gib, 0)} GiB in the standard class, ${f.n(objects.average, 0)} objects, and no lifecycle rule moves them on.`,
          (f) =>
            `${f.n(gib, 0)} GiB na classe padrão, ${f.n(objects.average, 0)} objetos, e nenhuma regra de ciclo de vida os move.`,
        ),
        current: [spec(CLASS, 'STANDARD')],
        recommended: [spec(CLASS, 'INTELLIGENT_TIERING')],
        evidence: [daily(words('Stored', 'Armazenado'), stored, 'average')],
        action: operations({
          operation: 'set-lifecycle',
          parameters: { configuration: withRule(rules, TIERING) },
        }),
      },
    );
  },
};
