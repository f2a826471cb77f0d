/** Numbers, money and time by the language in use and the user's time zone. */
import { useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

export interface Format {
  number: (value: number) => string;
  /** Share between 0 and 1 as a percentage with at most one decimal. */
  percent: (share: number) => string;
  /** Exact: `amount` is a decimal string and never becomes a float. */
  money: (amount: string, currency: string) => string;
  date: (at: string) => string;
  dateTime: (at: string) => string;
  /** Date and time in UTC, marked as such. */
  utc: (at: string) => string;
  relative: (at: string) => string;
  list: (items: readonly string[]) => string;
}

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** Whole units between now and `at`, the largest that fits; below a minute in seconds. */
function relativeParts(at: string, now: number): [number, Intl.RelativeTimeFormatUnit] {
  const seconds = (Date.parse(at) - now) / 1000;
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return [Math.trunc(seconds / size), unit];
  }
  return [Math.trunc(seconds), 'second'];
}

/**
 * Formatters for a locale and an IANA time zone.
 * @param now milliseconds since the epoch, for relative times
 */
export function createFormat(
  locale: string,
  timeZone: string | undefined,
  now: () => number = Date.now,
): Format {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone });
  const utc = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    money: (amount, currency) =>
      // A decimal string goes in as it is (ECMA-402, since 2023): no rounding through a double.
      new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
        amount as Intl.StringNumericLiteral,
      ),
    date: (at) => date.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    utc: (at) => `${utc.format(new Date(at))} UTC`,
    relative: (at) => relative.format(...relativeParts(at, now())),
    list: (items) => list.format(items),
  };
}

let zone: string | undefined;
const listeners = new Set<() => void>();

/** Sets the time zone of the signed-in user; undefined is the browser's. */
export function setTimeZone(next: string | undefined): void {
  if (zone === next) return;
  zone = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Formatters of the current user. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const timeZone = useSyncExternalStore(subscribe, () => zone);
  return useMemo(() => createFormat(i18n.language, timeZone), [i18n.language, timeZone]);
}
