import type { Rule } from '../rule.ts';
import { flagAt, numberAt, textAt } from '../shared/attributes.ts';
import { daysSince, instantIn } from '../shared/ages.ts';
import { fact } from '../shared/evidence.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { BUCKET, coversAll, LIFECYCLE_PERMISSIONS, lifecycleOf, withRule } from './buckets.ts';

const ABORT = words('Incomplete uploads end after', 'Envios incompletos terminam após');

export const rule: Rule = {
  id: 'aws-s3-incomplete-uploads',
  provider: 'aws',
  resourceType: BUCKET,
  category: 'hygiene',
  title: words('Bucket that keeps incomplete uploads', 'Bucket que guarda envios incompletos'),
  criterion: words(
    'Parts of uploads older than 7 days are stored, and no lifecycle rule ends them.',
    'Há partes de envios com mais de 7 dias, e nenhuma regra de ciclo de vida as encerra.',
  ),
  remedy: words(
    'Add a lifecycle rule that ends incomplete uploads after 7 days. Undo removes the rule; ended uploads must be begun again.',
    'Adicione uma regra que encerra envios incompletos após 7 dias. Desfazer remove a regra; envios encerrados precisam recomeçar.',
  ),
  parameters: { days: parameter('Older than', 'Mais antigos que', 'days', [7, 1, 90]) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-lifecycle' }],
  permissions: {
    ...LIFECYCLE_PERMISSIONS,
    read: [...LIFECYCLE_PERMISSIONS.read, 's3:ListBucketMultipartUploads'],
  },
  claims: 'setting',
  examine(bucket, facts) {
    const rules = lifecycleOf(bucket);
    if (isSkip(rules)) return rules;
    const ends = rules.some(
      (r) =>
        coversAll(r) && numberAt(r, 'AbortIncompleteMultipartUpload', 'DaysAfterInitiation') !== undefined,
    );
    if (ends) return CLEAR;
    if (textAt(bucket.attributes, 'IncompleteUploads', 'unreadable'))
      return skip('missing_permission', 's3:ListBucketMultipartUploads');
    const count = numberAt(bucket.attributes, 'IncompleteUploads', 'Count') ?? 0;
    const oldest = instantIn(textAt(bucket.attributes, 'IncompleteUploads', 'Oldest'));
    const days = facts.parameter('days');
    if (count === 0 || !oldest || daysSince(oldest, facts.now) <= days) return CLEAR;
    const more = flagAt(bucket.attributes, 'IncompleteUploads', 'More');
    const abort = {
      ID: 'cloudatlas-incomplete-uploads',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: days },
    };
    const saving = hygiene(
      words(
        'How large the parts are is not told, so no amount is claimed.',
        'O tamanho das partes não é informado, por isso nenhum valor é declarado.',
      ),
    );
    return found(saving, {
      why: local(
        (f) =>
          `${more ? 'More than ' : ''}${f.count(count, 'incomplete upload is', 'incomplete uploads are')} stored, the oldest since ${f.date(oldest)}.`,
        (f) =>
          `${more ? 'Mais de ' : ''}${f.count(count, 'envio incompleto está armazenado', 'envios incompletos estão armazenados')}, o mais antigo desde ${f.date(oldest)}.`,
      ),
      current: [spec(ABORT, '–')],
      recommended: [spec(ABORT, `${days} d`)],
      evidence: [fact(words('Oldest upload', 'Envio mais antigo'), oldest.toISOString())],
      action: operations({
        operation: 'set-lifecycle',
        parameters: { configuration: withRule(rules, abort) },
      }),
    });
  },
};
