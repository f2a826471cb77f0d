import { expect, test } from 'vitest';
import { passwordStrength } from './password-strength.ts';

test('an empty password has no strength', () => {
  expect(passwordStrength('')).toBe(0);
});

test.each(['aaaaaaaaaaaaaaaa', '1234567890', 'qwertyuiop', 'abcabcabcabc', 'Ab1!'])(
  '%s is weak',
  (password) => {
    expect(passwordStrength(password)).toBe(1);
  },
);

test('a long phrase beats a short mixture', () => {
  expect(passwordStrength('correto cavalo bateria grampo')).toBe(4);
  expect(passwordStrength('Tr0ub4dor&3')).toBeLessThan(4);
});
