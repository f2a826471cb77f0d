import { times } from '../decimal.ts';
import type { PriceQuery, PriceQuote } from '../observations.ts';
import type { Money } from '../resource.ts';

/** List price of one seat a month with annual commitment, and the product's name in bills. */
interface Licence {
  readonly label: string;
  /** USD; null where the product costs nothing. */
  readonly monthly: string;
}

/** Date of the table: US list prices, annual commitment, from general knowledge; organizations enter what they pay. */
export const PRICES_AS_OF = '2026-07-01';

/**
 * By `skuPartNumber` (Microsoft Entra, "Product names and service plan identifiers"). Graph tells no prices.
 */
export const LICENCES: Readonly<Record<string, Licence>> = {
  SPE_E3: { label: 'Microsoft 365 E3', monthly: '36.00' },
  SPE_E5: { label: 'Microsoft 365 E5', monthly: '57.00' },
  SPE_F1: { label: 'Microsoft 365 F3', monthly: '8.00' },
  M365_F1: { label: 'Microsoft 365 F1', monthly: '2.25' },
  O365_BUSINESS_ESSENTIALS: { label: 'Microsoft 365 Business Basic', monthly: '6.00' },
  O365_BUSINESS_PREMIUM: { label: 'Microsoft 365 Business Standard', monthly: '12.50' },
  SPB: { label: 'Microsoft 365 Business Premium', monthly: '22.00' },
  STANDARDPACK: { label: 'Office 365 E1', monthly: '10.00' },
  ENTERPRISEPACK: { label: 'Office 365 E3', monthly: '23.00' },
  ENTERPRISEPREMIUM: { label: 'Office 365 E5', monthly: '38.00' },
  EXCHANGESTANDARD: { label: 'Exchange Online (Plan 1)', monthly: '4.00' },
  EXCHANGEENTERPRISE: { label: 'Exchange Online (Plan 2)', monthly: '8.00' },
  AAD_PREMIUM: { label: 'Microsoft Entra ID P1', monthly: '6.00' },
  AAD_PREMIUM_P2: { label: 'Microsoft Entra ID P2', monthly: '9.00' },
  EMS: { label: 'Enterprise Mobility + Security E3', monthly: '10.60' },
  EMSPREMIUM: { label: 'Enterprise Mobility + Security E5', monthly: '16.40' },
  INTUNE_A: { label: 'Intune Plan 1', monthly: '8.00' },
  POWER_BI_PRO: { label: 'Power BI Pro', monthly: '14.00' },
  POWER_BI_STANDARD: { label: 'Power BI (free)', monthly: '0' },
  VISIOCLIENT: { label: 'Visio Plan 2', monthly: '15.00' },
  VISIOONLINE_PLAN1: { label: 'Visio Plan 1', monthly: '5.00' },
  PROJECTPROFESSIONAL: { label: 'Planner and Project Plan 3', monthly: '30.00' },
  PROJECT_P1: { label: 'Planner Plan 1', monthly: '10.00' },
  Microsoft_365_Copilot: { label: 'Microsoft 365 Copilot', monthly: '30.00' },
  MCOEV: { label: 'Microsoft Teams Phone Standard', monthly: '10.00' },
  MCOPSTN1: { label: 'Microsoft Teams Domestic Calling Plan', monthly: '12.00' },
  Teams_Premium_for_Departments: { label: 'Teams Premium', monthly: '10.00' },
  FLOW_FREE: { label: 'Power Automate (free)', monthly: '0' },
  TEAMS_EXPLORATORY: { label: 'Teams Exploratory', monthly: '0' },
  WINDOWS_STORE: { label: 'Windows Store for Business', monthly: '0' },
};

/** Seat prices in force: what the organization entered, else the bundled list. */
export class PriceList {
  readonly #own: Readonly<Record<string, Money>>;

  /** @param own price of a seat a month by `skuPartNumber` */
  constructor(own: Readonly<Record<string, Money>> = {}) {
    this.#own = own;
  }

  /** Price of a seat a month; undefined for a product nobody priced. */
  seat(sku: string): Money | undefined {
    if (Object.hasOwn(this.#own, sku)) return this.#own[sku];
    const listed = Object.hasOwn(LICENCES, sku) ? LICENCES[sku] : undefined;
    return listed && { amount: listed.monthly, currency: 'USD' };
  }

  /** Price of many seats a month. */
  seats(sku: string, count: number): Money | undefined {
    const price = this.seat(sku);
    return price && { amount: times(price.amount, count), currency: price.currency };
  }

  quote(query: PriceQuery): PriceQuote | undefined {
    if (query.product !== 'licence' || query.sku === undefined) return undefined;
    const price = this.seat(query.sku);
    if (!price) return undefined;
    const own = Object.hasOwn(this.#own, query.sku);
    return { query, price, unit: 'month', source: own ? 'live' : 'bundled', asOf: PRICES_AS_OF };
  }
}

/** The product's name in bills and lists. */
export function licenceName(sku: string): string {
  return Object.hasOwn(LICENCES, sku) ? (LICENCES[sku]?.label ?? sku) : sku;
}
