import type { Rule } from '../rule.ts';
import { daysSince, instantIn } from '../shared/ages.ts';
import { numberAt, textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, spec } from '../shared/finding.ts';
import { usage } from '../shared/measure.ts';
import { quantityTimes } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, isSkip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';

const GIB = 1024 ** 3;
const POLICY = words('Lifecycle policy', 'Política de ciclo de vida');

export const rule: Rule = {
  id: 'aws-ecr-unused-images',
  provider: 'aws',
  resourceType: 'aws.ecr.repository',
  category: 'storage',
  title: words('Repository that keeps old images', 'Repositório que guarda imagens antigas'),
  criterion: words(
    'No lifecycle policy, images older than 90 days, and no pull in 30 days or images without a tag.',
    'Sem política de ciclo de vida, com imagens de mais de 90 dias, e nenhuma leitura em 30 dias ou imagens sem etiqueta.',
  ),
  remedy: words(
    'Add a lifecycle policy that ends old images, and keep those that run somewhere. Ended images are gone.',
    'Adicione uma política que encerra imagens antigas e mantenha as que rodam em algum lugar. Imagens encerradas não voltam.',
  ),
  parameters: {
    days: lookback(30, 7, 30),
    age: parameter('Oldest image older than', 'Imagem mais antiga com mais de', 'days', [90, 7, 1095]),
  },
  metrics: [{ metric: 'pulls', statistic: 'sum' }],
  lookbackDays: 30,
  saving: 'M3',
  confidence: 'low',
  effort: 'medium',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: {
    read: [
      'ecr:DescribeRepositories',
      'ecr:DescribeImages',
      'ecr:GetLifecyclePolicy',
      'cloudwatch:GetMetricData',
    ],
    apply: ['ecr:PutLifecyclePolicy'],
    undo: [],
  },
  examine(repository, facts) {
    if (textAt(repository.attributes, 'LifecyclePolicy') !== undefined) return CLEAR;
    const bytes = numberAt(repository.attributes, 'Images', 'SizeBytes') ?? 0;
    const count = numberAt(repository.attributes, 'Images', 'Count') ?? 0;
    const oldest = instantIn(textAt(repository.attributes, 'Images', 'OldestPushedAt'));
    if (bytes === 0 || !oldest || daysSince(oldest, facts.now) <= facts.parameter('age')) return CLEAR;
    const days = facts.parameter('days');
    const pulls = usage(facts, repository, [['pulls', words('Pulls', 'Leituras')]], days);
    if (isSkip(pulls)) return pulls;
    // Of a repository in use, only images without a tag are surely old ones: a newer push took their tag.
    const untagged = numberAt(repository.attributes, 'Images', 'Untagged') ?? 0;
    if (pulls.total > 0 && untagged === 0) return CLEAR;
    const share = pulls.total === 0 ? 1 : Math.min(1, untagged / Math.max(1, count));
    const gib = (bytes / GIB) * share;
    const { imageGibMonth } = LIST_PRICES;
    const saving = listMonthly(facts, repository, {
      monthly: quantityTimes(imageGibMonth, gib.toFixed(6)),
      currency: 'USD',
      formula: local(
        (f) => `${f.n(gib, 2)} GiB × USD ${imageGibMonth}`,
        (f) => `${f.n(gib, 2)} GiB × USD ${imageGibMonth}`,
      ),
    });
    return found(saving, {
      why: local(
        (f) =>
          `${f.count(count, 'image', 'images')} of ${f.bytes(bytes)}, the oldest since ${f.date(oldest)}, ${pulls.total === 0 ? `and no pull in ${f.days(days)}` : `${f.n(untagged, 0)} of them without a tag`}.`,
        (f) =>
          `${f.count(count, 'imagem', 'imagens')}, ${f.bytes(bytes)}, a mais antiga desde ${f.date(oldest)}, ${pulls.total === 0 ? `e nenhuma leitura em ${f.days(days)}` : `${f.n(untagged, 0)} sem etiqueta`}.`,
      ),
      current: [spec(POLICY, '–')],
      evidence: [fact(words('Oldest image', 'Imagem mais antiga'), oldest.toISOString()), ...pulls.evidence],
    });
  },
};
