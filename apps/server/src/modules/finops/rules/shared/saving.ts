import { decimal } from '@cloudatlas/cloud/decimal';
import type { PriceQuery } from '@cloudatlas/cloud/observations';
import type { Grade, LocalText, SavingMethod } from '@cloudatlas/contracts/finops';
import type { Facts, RuleResource, Skip } from '../rule.ts';
import {
  compareAmounts,
  HOURS_PER_MONTH,
  isPositive,
  monthOfDays,
  monthOfHours,
  saved,
  share,
  total,
} from './money.ts';
import { isSkip, skip } from './verdict.ts';
import { local, words } from './words.ts';

/** What a finding saves a month, and how that was found. */
export interface Saving {
  readonly monthly: string | null;
  readonly currency: string;
  readonly method: SavingMethod;
  readonly explanation: LocalText;
  readonly confidence?: Grade;
}

/** Currency of findings without an amount; list prices are in it. */
const NO_AMOUNT_CURRENCY = 'USD';

const UNKNOWN_COST = words(
  'The bill does not show the cost of this resource, so no amount is claimed.',
  'A fatura não mostra o custo deste recurso, por isso nenhum valor é declarado.',
);
const SUMS_ONLY = words(
  'The bill of this account tells sums by service and no resources, so no amount is claimed. An export of the bill tells them.',
  'A fatura desta conta traz somas por serviço e nenhum recurso, por isso nenhum valor é declarado. Uma exportação da fatura os traz.',
);

/**
 * A part of a cost that the bill can't tell because it names no resource of the account at all: the finding stands
 * without an amount. When it names others, this one is not known to cost anything, and the rule skips.
 */
function unknownPart(facts: Facts, method: SavingMethod): Saving | Skip {
  return facts.bill === 'sums'
    ? { monthly: null, currency: NO_AMOUNT_CURRENCY, method, explanation: SUMS_ONLY, confidence: 'low' }
    : skip('no_cost');
}

/** No money is claimed (M0). */
export function hygiene(explanation: LocalText): Saving {
  return { monthly: null, currency: NO_AMOUNT_CURRENCY, method: 'M0', explanation };
}

/** Actual amortised cost a month of the resources together; undefined when the bill knows none of them. */
export function actualMonthly(
  facts: Facts,
  ...resources: readonly RuleResource[]
): { readonly monthly: string; readonly perDay: string; readonly currency: string } | undefined {
  const costs = resources.flatMap((resource) => facts.cost(resource) ?? []);
  const [first] = costs;
  if (!first) return undefined;
  const { currency } = first;
  // Bills of one account are in one currency; a stray other one is left out rather than added up wrongly.
  const perDay = total(costs.filter((c) => c.currency === currency).map((c) => c.perDay));
  return { monthly: monthOfDays(perDay), perDay, currency };
}

/**
 * M1: the whole actual cost of the resources ends. Those the bill does not know add nothing; when
 * it knows none of them no amount is claimed, and the waste is still told.
 */
export function wholeCost(facts: Facts, ...resources: readonly RuleResource[]): Saving {
  const actual = actualMonthly(facts, ...resources);
  if (!actual)
    return {
      monthly: null,
      currency: NO_AMOUNT_CURRENCY,
      method: 'M1',
      explanation: facts.bill === 'sums' ? SUMS_ONLY : UNKNOWN_COST,
      confidence: 'low',
    };
  const { monthly, perDay, currency } = actual;
  return {
    monthly,
    currency,
    method: 'M1',
    explanation: local(
      (f) =>
        `Actual amortised cost a day × 30.44 days: ${f.rate(perDay, currency)} × 30.44 = ${f.money(monthly, currency)}.`,
      (f) =>
        `Custo amortizado real por dia × 30,44 dias: ${f.rate(perDay, currency)} × 30,44 = ${f.money(monthly, currency)}.`,
    ),
  };
}

/** List prices of how it is and how it should be, in one unit. */
export interface PricePair {
  readonly now: string;
  readonly next: string;
}

/** M2: actual monthly cost × (list now − list new) / list now; keeps the customer's own discount. */
export function priceRatio(
  facts: Facts,
  resources: RuleResource | readonly RuleResource[],
  prices: PricePair,
): Saving | Skip {
  const actual = actualMonthly(facts, ...[resources].flat());
  if (!actual && facts.bill !== 'sums') return skip('no_cost');
  if (!isPositive(prices.now)) return skip('no_price');
  if (!actual) {
    const part = unknownPart(facts, 'M2');
    return compareAmounts(prices.next, prices.now) < 0 || isSkip(part) ? part : { ...part, monthly: '0' };
  }
  const { currency } = actual;
  const monthly = saved(actual.monthly, prices.now, prices.next);
  return {
    monthly,
    currency,
    method: 'M2',
    explanation: local(
      (f) =>
        `Actual monthly cost × (list price now − list price new) ÷ list price now: ${f.money(actual.monthly, currency)} × (${f.exact(prices.now)} − ${f.exact(prices.next)}) ÷ ${f.exact(prices.now)} = ${f.money(monthly, currency)}.`,
      (f) =>
        `Custo mensal real × (preço de tabela atual − novo) ÷ preço atual: ${f.money(actual.monthly, currency)} × (${f.exact(prices.now)} − ${f.exact(prices.next)}) ÷ ${f.exact(prices.now)} = ${f.money(monthly, currency)}.`,
    ),
  };
}

/** M3: a list price of a month, never above what the bill says the resource costs. */
export function listMonthly(
  facts: Facts,
  resource: RuleResource,
  listed: { readonly monthly: string; readonly currency: string; readonly formula: LocalText },
): Saving {
  const actual = actualMonthly(facts, resource);
  const capped =
    actual?.currency === listed.currency && compareAmounts(actual.monthly, listed.monthly) < 0
      ? actual
      : undefined;
  const monthly = capped ? capped.monthly : decimal(listed.monthly);
  const { currency } = listed;
  return {
    monthly,
    currency,
    method: 'M3',
    explanation: local(
      (f) =>
        `List price: ${listed.formula.en} = ${f.money(listed.monthly, currency)} a month.${capped ? ` The bill shows less for this resource: ${f.money(monthly, currency)}.` : ''}`,
      (f) =>
        `Preço de tabela: ${listed.formula['pt-BR']} = ${f.money(listed.monthly, currency)} por mês.${capped ? ` A fatura mostra menos para este recurso: ${f.money(monthly, currency)}.` : ''}`,
    ),
  };
}

/** M3 of a product charged by the hour. */
export function listHours(facts: Facts, resource: RuleResource, query: PriceQuery, count = 1): Saving | Skip {
  const quote = facts.price(query);
  if (!quote) return skip('no_price', query.product);
  const { amount, currency } = quote.price;
  const times = count === 1 ? '' : ` × ${count}`;
  return listMonthly(facts, resource, {
    monthly: monthOfHours(amount, count),
    currency,
    formula: local(
      (f) => `${currency} ${f.exact(amount)} an hour × ${HOURS_PER_MONTH} hours${times}`,
      (f) => `${currency} ${f.exact(amount)} por hora × ${HOURS_PER_MONTH.replace('.', ',')} horas${times}`,
    ),
  });
}

/** M4: the share of the idle hours of the week in the actual cost. */
export function idleHours(facts: Facts, resource: RuleResource, idle: number): Saving | Skip {
  const actual = actualMonthly(facts, resource);
  if (!actual) return unknownPart(facts, 'M4');
  const { currency } = actual;
  const monthly = share(actual.monthly, idle, 168);
  return {
    monthly,
    currency,
    method: 'M4',
    explanation: local(
      (f) =>
        `Actual monthly cost × idle hours of the week ÷ 168: ${f.money(actual.monthly, currency)} × ${idle} ÷ 168 = ${f.money(monthly, currency)}.`,
      (f) =>
        `Custo mensal real × horas ociosas da semana ÷ 168: ${f.money(actual.monthly, currency)} × ${idle} ÷ 168 = ${f.money(monthly, currency)}.`,
    ),
  };
}

/** Whether a saving is worth telling: an amount above zero, or none at all because the bill is silent. */
export function isWorth(saving: Saving | Skip): saving is Saving {
  return !isSkip(saving) && (saving.monthly === null || isPositive(saving.monthly));
}
