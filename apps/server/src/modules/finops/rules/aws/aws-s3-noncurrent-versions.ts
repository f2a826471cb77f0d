import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { hasAt, textAt } from '../shared/attributes.ts';
import { found, spec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { BUCKET, coversAll, LIFECYCLE_PERMISSIONS, lifecycleOf } from './buckets.ts';

const OLD = words('Old versions', 'Versões antigas');

export const rule: Rule = {
  id: 'aws-s3-noncurrent-versions',
  provider: 'aws',
  resourceType: BUCKET,
  category: 'hygiene',
  title: words('Bucket that keeps every old version', 'Bucket que guarda todas as versões antigas'),
  criterion: words(
    'Versioning is on, the bucket is 30 days old or more, and no lifecycle rule ends old versions.',
    'O versionamento está ligado, o bucket tem 30 dias ou mais, e nenhuma regra de ciclo de vida encerra versões antigas.',
  ),
  remedy: words(
    'Add a rule that ends old versions after the time you need them. What it deletes is gone.',
    'Adicione uma regra que encerra versões antigas após o tempo necessário. O que ela exclui não volta.',
  ),
  parameters: { days: minimumAge(30, 1, 1095) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: {
    ...LIFECYCLE_PERMISSIONS,
    read: [...LIFECYCLE_PERMISSIONS.read, 's3:GetBucketVersioning'],
    undo: [],
  },
  claims: 'setting',
  examine(bucket, facts) {
    if (textAt(bucket.attributes, 'Versioning', 'unreadable'))
      return skip('missing_permission', 's3:GetBucketVersioning');
    if (textAt(bucket.attributes, 'Versioning', 'Status') !== 'Enabled') return CLEAR;
    const rules = lifecycleOf(bucket);
    if (isSkip(rules)) return rules;
    if (rules.some((r) => coversAll(r) && hasAt(r, 'NoncurrentVersionExpiration'))) return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(bucket, facts.now) < days) return skip('too_young', `${days} days`);
    const saving = hygiene(
      words(
        'How much old versions take is not told, so no amount is claimed.',
        'O espaço das versões antigas não é informado, por isso nenhum valor é declarado.',
      ),
    );
    return found(saving, {
      why: words(
        'Versioning is on, and overwritten and deleted objects are kept for ever.',
        'O versionamento está ligado, e objetos sobrescritos e excluídos são guardados para sempre.',
      ),
      current: [spec(OLD, '∞')],
      recommended: [spec(OLD, '30 d')],
    });
  },
};
