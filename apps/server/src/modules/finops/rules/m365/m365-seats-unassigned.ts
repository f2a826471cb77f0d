import type { Rule } from '../rule.ts';
import { numberAt, textAt } from '../shared/attributes.ts';
import { found, spec } from '../shared/finding.ts';
import { isPositive, quantityTimes } from '../shared/money.ts';
import { parameter } from '../shared/parameters.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { SUBSCRIPTION } from './users.ts';

export const rule: Rule = {
  id: 'm365-seats-unassigned',
  provider: 'm365',
  resourceType: SUBSCRIPTION,
  category: 'licence',
  title: words('Seats assigned to nobody', 'Licenças não atribuídas'),
  criterion: words(
    'More seats bought than assigned, above a reserve of 5 % (one at least).',
    'Mais licenças compradas que atribuídas, acima de uma reserva de 5 % (ao menos uma).',
  ),
  remedy: words(
    'Buy fewer at the next renewal. Advice: the number changes with the contract.',
    'Compre menos na próxima renovação. Recomendação: o número muda com o contrato.',
  ),
  parameters: {
    reserve: parameter('Reserve of seats', 'Reserva de licenças', 'percent', [5, 0, 50]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: { read: ['LicenseAssignment.Read.All'], apply: [], undo: [] },
  examine(subscription, facts) {
    if (subscription.state !== 'active') return CLEAR;
    const bought = numberAt(subscription.attributes, 'enabledUnits') ?? 0;
    const free = numberAt(subscription.attributes, 'unassignedUnits') ?? 0;
    const spare = free - Math.max(1, Math.ceil((bought * facts.parameter('reserve')) / 100));
    if (spare <= 0) return CLEAR;
    const sku = textAt(subscription.attributes, 'skuPartNumber') ?? subscription.size?.sku ?? '';
    const price = facts.price({ product: 'licence', region: 'global', sku })?.price;
    if (!price) return skip('no_price', 'licence');
    if (!isPositive(price.amount)) return CLEAR;
    return found(
      {
        monthly: quantityTimes(price.amount, spare),
        currency: price.currency,
        method: 'M3',
        explanation: local(
          (f) =>
            `${f.n(spare, 0)} seats × ${f.money(price.amount, price.currency)} a month, at the price list in force.`,
          (f) =>
            `${f.n(spare, 0)} licenças × ${f.money(price.amount, price.currency)} por mês, pela tabela em vigor.`,
        ),
      },
      {
        why: local(
          (f) =>
            `${f.n(free, 0)} of ${f.n(bought, 0)} seats are assigned to nobody; ${f.n(spare, 0)} of them are above the reserve.`,
          (f) =>
            `${f.n(free, 0)} de ${f.n(bought, 0)} licenças não estão atribuídas; ${f.n(spare, 0)} acima da reserva.`,
        ),
        current: [spec(words('Seats', 'Licenças'), bought)],
        recommended: [spec(words('Seats', 'Licenças'), bought - spare)],
      },
    );
  },
};
