import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { acceptTotp, newTotpSeed, otpauthUrl } from './totp.ts';

const now = new Date('2026-11-22T10:00:07.000Z');
const step = Math.floor(now.getTime() / 30_000);

function codeAt(seed: string, timestamp: number): string {
  return new TOTP({ secret: Secret.fromBase32(seed), algorithm: 'SHA1', digits: 6, period: 30 }).generate({
    timestamp,
  });
}

test('the test vector of RFC 6238 for SHA-1 is accepted', () => {
  const seed = Secret.fromLatin1('12345678901234567890').base32;
  // T = 59 s gives 94287082; apps show the last six digits.
  expect(acceptTotp(seed, '287082', new Date(59_000), 0)).toBe(1);
});

test('codes of this and the neighbouring steps are accepted, older and newer ones not', () => {
  const seed = newTotpSeed();
  const accepted = [-2, -1, 0, 1, 2].map((away) =>
    acceptTotp(seed, codeAt(seed, now.getTime() + away * 30_000), now, 0),
  );
  expect(accepted).toEqual([null, step - 1, step, step + 1, null]);
});

test('a step that was accepted, and all before it, are refused', () => {
  const seed = newTotpSeed();
  const code = codeAt(seed, now.getTime());
  expect(acceptTotp(seed, code, now, step - 1)).toBe(step);
  expect(acceptTotp(seed, code, now, step)).toBeNull();
  expect(acceptTotp(seed, code, now, step + 1)).toBeNull();
});

test('a seed has 160 bits and its address names account and issuer', () => {
  const seed = newTotpSeed();
  expect(Secret.fromBase32(seed).bytes).toHaveLength(20);
  const url = new URL(otpauthUrl(seed, 'joana@aurora.example'));
  expect(url.protocol).toBe('otpauth:');
  expect(url.searchParams.get('issuer')).toBe('CloudAtlas');
  expect(url.searchParams.get('secret')).toBe(seed);
});
