import type { LocalText } from '@cloudatlas/contracts/finops';

/** A fixed text in both languages. */
export function words(en: string, pt: string): LocalText {
  return { en, 'pt-BR': pt };
}

/** How figures are written in one language. */
export interface Formats {
  /** Number with at most so many decimals (default 1). */
  n(value: number, decimals?: number): string;
  /** Percentage of a value that is already in percent: `4.2 %`. */
  pct(value: number): string;
  /** A number with the word that goes with it: `1 node`, `3 nodes`. */
  count(value: number, one: string, many: string): string;
  /** `1 day`, `7 days`. */
  days(value: number): string;
  /** A calendar day, UTC. */
  date(value: Date): string;
  /** A decimal amount with its currency. */
  money(amount: string, currency: string): string;
  /** A decimal amount with up to six decimals: prices of a day, an hour, a unit. */
  rate(amount: string, currency: string): string;
  /** A decimal string as it is, with the language's decimal sign. */
  exact(decimal: string): string;
  /** Bytes in the largest fitting binary unit. */
  bytes(value: number): string;
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

function formats(locale: 'en-US' | 'pt-BR', day: string, days: string): Formats {
  const numbers = new Map<number, Intl.NumberFormat>();
  const currencies = new Map<string, Intl.NumberFormat>();
  const rates = new Map<string, Intl.NumberFormat>();
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const n = (value: number, decimals = 1): string => {
    let format = numbers.get(decimals);
    if (!format) {
      format = new Intl.NumberFormat(locale, { maximumFractionDigits: decimals });
      numbers.set(decimals, format);
    }
    return format.format(value);
  };
  return {
    n,
    pct: (value) => `${n(value)} %`,
    count: (value, one, many) => `${n(value, 0)} ${value === 1 ? one : many}`,
    days: (value) => `${n(value, 0)} ${value === 1 ? day : days}`,
    date: (value) => dates.format(value),
    money(amount, currency) {
      let format = currencies.get(currency);
      if (!format) {
        format = new Intl.NumberFormat(locale, { style: 'currency', currency });
        currencies.set(currency, format);
      }
      // Decimal strings are formatted exactly (ECMA-402); the type of the parameter only knows number literals.
      return format.format(amount as `${number}`);
    },
    rate(amount, currency) {
      let format = rates.get(currency);
      if (!format) {
        format = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 6 });
        rates.set(currency, format);
      }
      return format.format(amount as `${number}`);
    },
    exact: (decimal) => (locale === 'pt-BR' ? decimal.replace('.', ',') : decimal),
    bytes(value) {
      const power = value < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(value) / 10));
      return `${n(value / 1024 ** power)} ${BYTE_UNITS[power]}`;
    },
  };
}

const EN = formats('en-US', 'day', 'days');
const PT = formats('pt-BR', 'dia', 'dias');

/** A text with figures in both languages; each is written as its readers write numbers. */
export function local(en: (f: Formats) => string, pt: (f: Formats) => string): LocalText {
  return { en: en(EN), 'pt-BR': pt(PT) };
}
