import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { AppError } from '#platform/errors/app-error.ts';

/** About 49 000 of the most used passwords, most used first (ASVS 6.2.4 asks for 3 000). */
const common = new Set(dictionary['passwords-common']);
/** The estimate is quadratic in the length; the first characters are a lower bound of the whole. */
const maxLength = 64;
/** "Safely unguessable" for offline attacks on a slow hash: 10^8 guesses (zxcvbn, Wheeler 2016). */
const minScore = 3;
let estimator: ZxcvbnFactory | undefined;

/** Who chooses the password; what an attacker would try first. */
export interface PasswordOwner {
  email: string;
  name: string;
}

/**
 * Refuses passwords that are guessed early: the most used ones, those made of the person's or the product's own
 * names, keyboard walks, repeats and dates. Length is the contract's business; kinds of characters are nobody's.
 * @throws AppError `weak_password`
 */
export function requireStrongPassword(password: string, owner: PasswordOwner, field: string): void {
  const words = contextWords(owner);
  const reason = weakness(password, words);
  if (reason === null) return;
  throw new AppError('weak_password', reason, {
    errors: [{ path: field, code: 'weak_password', message: reason }],
  });
}

function weakness(password: string, words: readonly string[]): string | null {
  const plain = password.normalize('NFKC').toLowerCase();
  if (common.has(plain)) return 'This is one of the most used passwords.';
  if (withoutWords(plain, words).length < 6)
    return 'Do not build the password of your name, e-mail or the product name.';
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength });
  const { score } = estimator.check(password.slice(0, maxLength), [...words]);
  return score < minScore ? 'This password would be guessed quickly. Add words or make it longer.' : null;
}

function contextWords({ email, name }: PasswordOwner): string[] {
  const parts = [
    ...`${email} ${name}`.toLowerCase().split(/[^\p{L}\p{N}]+/u),
    'cloudatlas',
    'cloud',
    'atlas',
  ];
  // Longer words first, so that a short one does not leave the rest of a long one behind.
  return [...new Set(parts)].filter((word) => word.length >= 4).toSorted((a, b) => b.length - a.length);
}

function withoutWords(plain: string, words: readonly string[]): string {
  let rest = plain;
  let found = false;
  for (const word of words) {
    found ||= rest.includes(word);
    rest = rest.replaceAll(word, '');
  }
  return found ? rest.replaceAll(/[^\p{L}\p{N}]/gu, '') : plain;
}
