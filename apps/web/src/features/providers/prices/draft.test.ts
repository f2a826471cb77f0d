import { expect, test } from 'vitest';
import { bodyOf, draftOf, readPrices } from './draft.ts';

const listed = { amount: '36.00', currency: 'USD' };
const list = (ownPrice: { amount: string; currency: string } | null) => ({
  provider: 'm365',
  asOf: '2026-07-01',
  changedAt: null,
  items: [{ sku: 'SPE_E3', label: 'Microsoft 365 E3', unit: 'seat-month', listPrice: listed, ownPrice }],
});

test('a draft begins with what is stored, in its currency', () => {
  expect(draftOf(list(null))).toEqual({ currency: 'USD', prices: {} });
  expect(draftOf(list({ amount: '171.5', currency: 'BRL' }))).toEqual({
    currency: 'BRL',
    prices: { SPE_E3: '171.5' },
  });
});

test('empty prices are left out, commas become points, and what is no price is not sent', () => {
  expect(bodyOf({ currency: 'BRL', prices: { A: '1,5', B: '' } })).toEqual({
    currency: 'BRL',
    items: [{ sku: 'A', price: '1.5' }],
  });
  expect(bodyOf({ currency: 'BRL', prices: { A: '-1' } })).toBeUndefined();
  expect(bodyOf({ currency: 'reais', prices: {} })).toBeUndefined();
});

test('files of either separator are read, with or without a header, and bad lines are told', () => {
  expect(readPrices('sku,price,currency\r\nSPE_E3,36.5,USD\n\nnope\nA,1,EUR')).toEqual({
    prices: { SPE_E3: '36.5' },
    currency: 'USD',
    refused: [4, 5],
  });
  expect(readPrices('\uFEFFSPE_E3;171,50')).toEqual({
    prices: { SPE_E3: '171,50' },
    currency: undefined,
    refused: [],
  });
});
