import { createHash, createHmac, hkdfSync, randomBytes, randomInt } from 'node:crypto';

const prefixes = { refresh: 'atlas_rt_', mfa: 'atlas_mfa_' } as const;
const apiKeyShape = /^atlas_key_([a-z0-9]{8})_[\w-]{43}$/;

/** 256 random bits in base64url, for cookies and mail links. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A random token whose prefix says what it is, so that scanners find leaked ones. */
export function prefixedToken(kind: keyof typeof prefixes): string {
  return prefixes[kind] + randomToken();
}

/** SHA-256. Enough for secrets of 256 random bits; passwords and short codes are hashed by argon2id instead. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A new API key and its recognisable part: `atlas_key_<prefix>_<secret>`. */
export function newApiKey(): { key: string; prefix: string } {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const prefix = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return { key: `atlas_key_${prefix}_${randomToken()}`, prefix };
}

export function isApiKey(value: string): boolean {
  return apiKeyShape.test(value);
}

/** A key for one purpose, derived from the process's secret key (RFC 5869). */
export function deriveKey(secretKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `cloudatlas identity ${purpose}`, 32));
}

/**
 * The refresh token that follows another. It is derived, so that a request repeated within the grace gets the
 * same one although only hashes are stored; without the key nobody can compute it from its predecessor.
 */
export function successorOf(refreshToken: string, key: Buffer): string {
  return prefixes.refresh + createHmac('sha256', key).update(refreshToken).digest('base64url');
}
