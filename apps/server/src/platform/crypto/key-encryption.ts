import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Wraps data keys: this process's key ring, or a key management service. */
export interface KeyEncryption {
  /** Name of the key that new data keys are wrapped with. */
  readonly currentId: string;
  /** Wraps 32 bytes with the current key. `context` must be the same to unwrap. */
  wrap(key: Uint8Array, context: string): Promise<{ kekId: string; wrapped: Buffer }>;
  /** @throws when the key is unknown or the wrapped bytes or context are not the ones that were wrapped */
  unwrap(kekId: string, wrapped: Uint8Array, context: string): Promise<Buffer>;
}

const ivBytes = 12;
const tagBytes = 16;

/**
 * Key encryption with keys from the settings.
 * @param keys 32 bytes each in base64, the current one first; older ones only unwrap
 */
export function localKeyEncryption(keys: readonly string[]): KeyEncryption {
  const ring = new Map<string, Buffer>();
  for (const text of keys) {
    const key = Buffer.from(text, 'base64');
    if (key.length !== 32) throw new Error('A key-encryption key must have 32 bytes.');
    ring.set(keyName(key), key);
  }
  const [currentId] = ring.keys();
  if (currentId === undefined) throw new Error('At least one key-encryption key is needed.');
  const keyOf = (kekId: string): Buffer => {
    const key = ring.get(kekId);
    if (key === undefined) throw new Error(`Key-encryption key ${kekId} is not in ENCRYPTION_KEY.`);
    return key;
  };
  return {
    currentId,
    async wrap(key, context) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', keyOf(currentId), iv);
      cipher.setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
      return { kekId: currentId, wrapped: Buffer.concat([iv, sealed, cipher.getAuthTag()]) };
    },
    async unwrap(kekId, wrapped, context) {
      const bytes = Buffer.from(wrapped);
      const decipher = createDecipheriv('aes-256-gcm', keyOf(kekId), bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]);
    },
  };
}

/** A name that tells keys apart and says nothing about them. */
function keyName(key: Buffer): string {
  return `local:${createHash('sha256').update('cloudatlas key-encryption key name').update(key).digest('hex').slice(0, 16)}`;
}
