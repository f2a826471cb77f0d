import { compare, round, times } from '@cloudatlas/cloud/decimal';
import type { Grade } from '@cloudatlas/contracts/finops';

/** Days of an average month: 365.25 / 12, to two places. */
export const daysPerMonth = '30.44';
/** Digits behind the point that the tables keep. */
const places = 6;

/** Brings amounts into the organization's currency. */
export class Exchange {
  readonly currency: string;
  readonly #rates: ReadonlyMap<string, string>;

  /** @param rates newest rate from each currency into `currency` */
  constructor(currency: string, rates: ReadonlyMap<string, string>) {
    this.currency = currency;
    this.#rates = rates;
  }

  /** Null where no rate is known. */
  convert(amount: string, currency: string): string | null {
    if (currency === this.currency) return round(amount, places);
    const rate = this.#rates.get(currency);
    return rate === undefined ? null : round(times(amount, rate), places);
  }
}

/** Above 50 a month high, from 10 medium, else low; in the organization's currency where it is known. */
export function priorityOf(monthly: string | null): Grade {
  if (monthly === null) return 'low';
  if (compare(monthly, '50') > 0) return 'high';
  return compare(monthly, '10') >= 0 ? 'medium' : 'low';
}
