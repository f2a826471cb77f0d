import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretPlace } from './envelope.ts';

/** A secret cannot be opened or sealed. The message names the place, never a value. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
}

/**
 * A sealed value, version 1, as bytes: 1 version, 16 data key id, 12 IV, n ciphertext, 16 tag. The id of the
 * key-encryption key stands beside the wrapped data key instead, because it changes when that is wrapped anew.
 */
const version = 1;
const headBytes = 17;
const ivBytes = 12;
const tagBytes = 16;

/** Largest secret in bytes; a credential file is about 3 kB, an order with the package of a function up to 67 MiB. */
export const maxPlaintextBytes = 72 * 1024 * 1024;

/** Encrypts with a data key for a place: AES-256-GCM with a random 96-bit IV (NIST SP 800-38D, 8.2.2). */
export function sealRecord(
  keyId: string,
  key: Uint8Array,
  place: SecretPlace,
  plaintext: Uint8Array,
): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(authenticated(version, keyId, place));
  const text = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([
    Buffer.of(version),
    Buffer.from(keyId.replaceAll('-', ''), 'hex'),
    iv,
    text,
    cipher.getAuthTag(),
  ]);
}

/**
 * Id of the data key that sealed a record.
 * @throws EnvelopeError when it is no record of a known version
 */
export function recordKeyId(sealed: Uint8Array): string {
  if (sealed[0] !== version || sealed.length < headBytes + ivBytes + tagBytes) {
    throw new EnvelopeError('Not a sealed value of a known version.');
  }
  const hex = Buffer.from(sealed.subarray(1, headBytes)).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** @throws EnvelopeError when the bytes, the key or the place are not the ones it was sealed with */
export function openRecord(key: Uint8Array, place: SecretPlace, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  const keyId = recordKeyId(bytes);
  try {
    const iv = bytes.subarray(headBytes, headBytes + ivBytes);
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
    decipher.setAAD(authenticated(version, keyId, place));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(headBytes + ivBytes, -tagBytes)), decipher.final()]);
  } catch {
    throw new EnvelopeError(`A sealed value in ${place.table}.${place.column} was changed or moved.`);
  }
}

/** JSON keeps the parts apart, so that no two places give the same bytes. */
function authenticated(recordVersion: number, keyId: string, place: SecretPlace): Buffer {
  const { organizationId, table, column, rowId } = place;
  const owner = organizationId?.toLowerCase() ?? null;
  return Buffer.from(JSON.stringify([recordVersion, keyId, owner, table, column, rowId]));
}
