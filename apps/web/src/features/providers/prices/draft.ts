/** Seat prices as they are typed: texts until they are saved. */
import type { PriceList } from '@cloudatlas/contracts/accounts';

export interface PriceDraft {
  /** ISO 4217 */
  currency: string;
  /** What was typed, by SKU; absent or empty where the list price holds. */
  prices: Readonly<Record<string, string>>;
}

/** What a price must look like: not below zero, at most 4 places; a comma is read as the decimal sign. */
const pricePattern = /^\d{1,7}([.,]\d{1,4})?$/;
const skuPattern = /^[\w.-]{1,100}$/;

export const isPrice = (text: string): boolean => text === '' || pricePattern.test(text);
export const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text);

/** The organization's prices as they are stored; its currency is that of any of them, else that of the list. */
export function draftOf(list: PriceList): PriceDraft {
  const own = list.items.flatMap(({ sku, ownPrice }) => (ownPrice === null ? [] : [{ sku, ...ownPrice }]));
  return {
    currency: own[0]?.currency ?? list.items[0]?.listPrice?.currency ?? 'USD',
    prices: Object.fromEntries(own.map(({ sku, amount }) => [sku, amount])),
  };
}

/** What is sent; undefined while something typed is no price. */
export function bodyOf(draft: PriceDraft) {
  const typed = Object.entries(draft.prices).filter(([, text]) => text !== '');
  if (!isCurrency(draft.currency) || typed.some(([, text]) => !isPrice(text))) return undefined;
  return {
    currency: draft.currency,
    items: typed.map(([sku, text]) => ({ sku, price: text.replace(',', '.') })),
  };
}

export interface ReadPrices {
  prices: Record<string, string>;
  currency: string | undefined;
  /** Lines that are none, by number from 1. */
  refused: number[];
}

/** Reads lines of `sku,price` or `sku;price` with an optional third column, the currency; a header line is passed over. */
export function readPrices(text: string): ReadPrices {
  const prices: Record<string, string> = {};
  const refused: number[] = [];
  let currency: string | undefined;
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || (index === 0 && /^"?sku"?[,;]/i.test(line))) continue;
    const separator = line.includes(';') ? ';' : ',';
    const [sku = '', price = '', unit = ''] = line
      .split(separator)
      .map((cell) => cell.trim().replaceAll('"', ''));
    const other = unit !== '' && (!isCurrency(unit) || (currency !== undefined && currency !== unit));
    if (!skuPattern.test(sku) || price === '' || !isPrice(price) || other) refused.push(index + 1);
    else {
      prices[sku] = price;
      if (unit !== '') currency = unit;
    }
  }
  return { prices, currency, refused };
}
