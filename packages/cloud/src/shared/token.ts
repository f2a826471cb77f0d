import { createHash } from 'node:crypto';

/** A token for one part of an order: at most 64 ASCII characters, the same each time. */
export function partToken(clientToken: string, part: string): string {
  return createHash('sha256').update(`${clientToken}/${part}`).digest('hex').slice(0, 48);
}

/** The first characters of an order's digest, for names that must be unique and short. */
export function shortToken(clientToken: string): string {
  return createHash('sha256').update(clientToken).digest('hex').slice(0, 12);
}
