import { expect, test } from 'vitest';
import { createFormat } from './format.ts';

/** Intl uses no-break spaces; plain ones read better in a test. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const now = () => Date.parse('2026-11-22T12:00:00.000Z');

test('money follows the locale and keeps every digit', () => {
  expect(plain(createFormat('pt-BR', 'UTC').money('1234.56', 'BRL'))).toBe('R$ 1.234,56');
  expect(createFormat('en', 'UTC').money('1234.56', 'USD')).toBe('$1,234.56');
  // 2^53 + 1 cents would be rounded by a double.
  expect(createFormat('en', 'UTC').money('90071992547409.93', 'USD')).toBe('$90,071,992,547,409.93');
});

test('relative time takes the largest whole unit, in both directions', () => {
  const en = createFormat('en', 'UTC', now);
  expect(en.relative('2026-11-22T11:57:00.000Z')).toBe('3 min. ago');
  expect(en.relative('2026-11-23T12:00:00.000Z')).toBe('tomorrow');
  expect(createFormat('pt-BR', 'UTC', now).relative('2026-11-21T12:00:00.000Z')).toBe('ontem');
});

test('exact time is shown in the user zone and in UTC', () => {
  const format = createFormat('en', 'America/Sao_Paulo');
  expect(plain(format.dateTime('2026-11-22T12:00:00.000Z'))).toContain('9:00:00');
  expect(plain(format.utc('2026-11-22T12:00:00.000Z'))).toContain('12:00:00 PM UTC');
});
