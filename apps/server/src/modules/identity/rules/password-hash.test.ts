import { expect, test } from 'vitest';
import { hashPassword, needsRehash, verifyPassword } from './password-hash.ts';

test('a password fits its own hash and no other', async () => {
  const hash = await hashPassword('olive tractor 94');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword('olive tractor 94', hash)).toBe(true);
  expect(await verifyPassword('olive tractor 95', hash)).toBe(false);
  expect(await hashPassword('olive tractor 94')).not.toBe(hash);
});

test('no character is cut off or folded, up to 256', async () => {
  const long = 'x'.repeat(255);
  const hash = await hashPassword(`${long}a`);
  expect(await verifyPassword(`${long}b`, hash)).toBe(false);
  expect(await verifyPassword(`${long}A`, hash)).toBe(false);
});

test('one keyboard composes an accent, another decomposes it: the same password', async () => {
  const hash = await hashPassword('cora\u00e7\u00e3o valente');
  expect(await verifyPassword('corac\u0327a\u0303o valente', hash)).toBe(true);
});

test('the answer for nobody is no, after the same kind of work', async () => {
  const hash = await hashPassword('olive tractor 94');
  const time = async (stored: string | null): Promise<number> => {
    const start = performance.now();
    for (let round = 0; round < 5; round += 1)
      expect(await verifyPassword('something else', stored)).toBe(false);
    return performance.now() - start;
  };
  await time(hash);
  const [known, unknown] = [await time(hash), await time(null)];
  // Skipping the work would be a hundredfold difference; the bound is wide for a busy machine.
  expect(unknown / known).toBeGreaterThan(0.3);
});

test('hashes of other parameters still verify and ask to be renewed', async () => {
  // RFC 9106 layout, made with m=8192, t=1.
  const { argon2Sync } = await import('node:crypto');
  const nonce = Buffer.alloc(16, 7);
  const tag = argon2Sync('argon2id', {
    message: 'old but right',
    nonce,
    tagLength: 32,
    memory: 8192,
    passes: 1,
    parallelism: 1,
  });
  const plain = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
  const old = `$argon2id$v=19$m=8192,t=1,p=1$${plain(nonce)}$${plain(tag)}`;
  expect(await verifyPassword('old but right', old)).toBe(true);
  expect(needsRehash(old)).toBe(true);
  expect(needsRehash(await hashPassword('old but right'))).toBe(false);
});

test('a stored value that is no hash is a fault, not a refusal', async () => {
  await expect(verifyPassword('x', 'plaintext')).rejects.toThrow('expected format');
});
