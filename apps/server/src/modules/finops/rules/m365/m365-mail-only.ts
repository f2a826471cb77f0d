import type { Rule } from '../rule.ts';
import { objectAt, textAt } from '../shared/attributes.ts';
import { found, spec } from '../shared/finding.ts';
import { difference, isPositive } from '../shared/money.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { isMailbox, licencesOf, usageOf, USER } from './users.ts';

/** Suites with mail among much else, by `skuPartNumber`. */
const SUITES = ['SPE_E3', 'SPE_E5', 'ENTERPRISEPACK', 'ENTERPRISEPREMIUM'];

export const rule: Rule = {
  id: 'm365-mail-only',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Suite of which only mail is used', 'Pacote do qual só se usa o e-mail'),
  criterion: words(
    'An Office or Microsoft 365 E3 or E5 whose user had activity in mail and in no other service in the 180 days of the report.',
    'Office ou Microsoft 365 E3 ou E5 cujo usuário teve atividade em e-mail e em nenhum outro serviço nos 180 dias do relatório.',
  ),
  remedy: words(
    'Consider Exchange Online alone. Advice: desktop apps and security are part of the suite and not told by the report.',
    'Considere somente o Exchange Online. Recomendação: aplicativos e segurança fazem parte do pacote e não aparecem no relatório.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'low',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: null,
  permissions: {
    read: ['User.Read.All', 'LicenseAssignment.Read.All', 'Reports.Read.All'],
    apply: [],
    undo: [],
  },
  examine(user, facts) {
    const suite = licencesOf(user).filter(({ part }) => SUITES.includes(part));
    const [first] = suite;
    if (user.state !== 'active' || isMailbox(user) || !first) return CLEAR;
    const usage = usageOf(user);
    if (isSkip(usage)) return usage;
    const activity = objectAt(usage, 'activity');
    if (!activity) return skip('no_metrics', 'activity report');
    const used = Object.keys(activity).filter((service) => (textAt(activity, service) ?? '') !== '');
    if (used.length !== 1 || used[0] !== 'exchange') return CLEAR;
    const price = (sku: string) => facts.price({ product: 'licence', region: 'global', sku })?.price;
    const [now, next] = [price(first.part), price('EXCHANGEENTERPRISE')];
    if (!now || !next || now.currency !== next.currency) return skip('no_price', 'licence');
    const monthly = difference(now.amount, next.amount);
    if (!isPositive(monthly)) return CLEAR;
    return found(
      listMonthly(facts, user, {
        monthly,
        currency: now.currency,
        formula: local(
          () => `${first.name} ${now.amount} − Exchange Online ${next.amount}`,
          () => `${first.name} ${now.amount} − Exchange Online ${next.amount}`,
        ),
      }),
      {
        why: words(
          'Only mail was used in the 180 days of the report.',
          'Só o e-mail foi usado nos 180 dias do relatório.',
        ),
        current: [spec(words('Licence', 'Licença'), first.name)],
        recommended: [spec(words('Licence', 'Licença'), 'Exchange Online (Plan 2)')],
      },
    );
  },
};
