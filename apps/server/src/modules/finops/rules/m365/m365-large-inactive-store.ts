import type { Rule } from '../rule.ts';
import { ageDays, daysSince, instantIn } from '../shared/ages.ts';
import { numberAt, textAt } from '../shared/attributes.ts';
import { parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { licenceFinding, licencesOf, usageOf, USER } from './users.ts';

const GIB = 1024 ** 3;

export const rule: Rule = {
  id: 'm365-large-inactive-store',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Large mailbox at rest', 'Caixa de correio grande em repouso'),
  criterion: words(
    'A mailbox above 50 GB without activity for 90 days.',
    'Caixa de correio acima de 50 GB sem atividade há 90 dias.',
  ),
  remedy: words(
    'Archive or export it, then take the licence back. Advice: above 50 GB a mailbox needs its licence.',
    'Arquive ou exporte, depois retire a licença. Recomendação: acima de 50 GB a caixa precisa da licença.',
  ),
  parameters: {
    days: parameter(
      'Days without activity, at least',
      'Dias sem atividade, no mínimo',
      'days',
      [90, 30, 180],
    ),
    gib: parameter('Mailbox above', 'Caixa de correio acima de', 'GiB', [50, 10, 100]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: {
    read: ['User.Read.All', 'LicenseAssignment.Read.All', 'Reports.Read.All'],
    apply: [],
    undo: [],
  },
  examine(user, facts) {
    if (licencesOf(user).length === 0) return CLEAR;
    const usage = usageOf(user);
    if (isSkip(usage)) return usage;
    const bytes = numberAt(usage, 'mailbox', 'storageBytes');
    if (bytes === undefined) return skip('no_metrics', 'mailbox report');
    if (bytes <= facts.parameter('gib') * GIB) return CLEAR;
    const last = instantIn(textAt(usage, 'mailbox', 'lastActivityDate'));
    const limit = facts.parameter('days');
    if (ageDays(user, facts.now) < limit) return skip('too_young', `${limit} days`);
    if (last && daysSince(last, facts.now) < limit) return CLEAR;
    return licenceFinding(user, facts, licencesOf(user), {
      advice: true,
      why: local(
        (f) => `${f.bytes(bytes)} of mail without activity for ${f.days(limit)} or longer.`,
        (f) => `${f.bytes(bytes)} de e-mail sem atividade há ${f.days(limit)} ou mais.`,
      ),
    });
  },
};
