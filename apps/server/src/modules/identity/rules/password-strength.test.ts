import { describe, expect, test } from 'vitest';
import { AppError } from '#platform/errors/app-error.ts';
import { requireStrongPassword } from './password-strength.ts';

const owner = { email: 'joana.prado@aurora.example', name: 'Joana Prado' };

function verdict(password: string): string {
  try {
    requireStrongPassword(password, owner, 'body.password');
    return 'accepted';
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    const { code, errors } = error as AppError;
    expect(errors?.[0]?.path).toBe('body.password');
    return code;
  }
}

describe('refuses', () => {
  test.each([
    ['a most used password', '1234567890'],
    ['one with capitals', 'QwertyUiop'],
    ['leet spelling of one', 'p@ssw0rd123'],
    ['a repeat', 'aaaaaaaaaaaaaaaa'],
    ['a long repeat', 'abcabc'.repeat(40)],
    ['a keyboard walk', 'zxcvbnm,./asdf'],
    ['a date', '1990-12-31'],
    ['the e-mail', 'joana.prado@aurora.example'],
    ['the name with a year', 'JoanaPrado1990'],
    ['the product with digits', 'CloudAtlas2026'],
  ])('%s', (_what, password) => {
    expect(verdict(password)).toBe('weak_password');
  });
});

describe('accepts, whatever kinds of characters there are', () => {
  test.each([
    ['words', 'trator azul na varanda'],
    ['random lower case', 'xkqvzjwpfm'],
    ['other scripts', 'мой дядя самых честных правил'],
    ['256 characters', 'v8#Lq2!tR0zK'.repeat(22).slice(0, 256)],
  ])('%s', (_what, password) => {
    expect(verdict(password)).toBe('accepted');
  });
});

test('the longest password is judged in bounded time', () => {
  const start = performance.now();
  verdict('qwertyasdfgh1234'.repeat(16));
  expect(performance.now() - start).toBeLessThan(1000);
});
