import { expect, test } from 'vitest';
import { localKeyEncryption } from './key-encryption.ts';
import { openRecord, recordKeyId, sealRecord } from './record.ts';

const key = Buffer.alloc(32, 7);
const keyId = '0190a000-0000-7000-8000-000000000001';
const place = {
  organizationId: '0190a000-0000-7000-8000-000000000002',
  table: 't.s',
  column: 'c',
  rowId: 'r',
};

test('an IV never repeats for one key in a large sample', () => {
  const seen = new Set<string>();
  for (let count = 0; count < 100_000; count += 1) {
    seen.add(sealRecord(keyId, key, place, Buffer.of(1)).subarray(17, 29).toString('latin1'));
  }
  expect(seen.size).toBe(100_000);
});

test('a value sealed by the first release still opens', () => {
  const sealed = Buffer.from(
    'AQGQoAAAAHAAgAAAAAAAAAFxDhXMD/ePbHSO+uVn9YGqqDHf1vdzvIYCLhtDTM12osr7sX1u/7xLsp3DV4uFziw=',
    'base64',
  );
  expect(recordKeyId(sealed)).toBe(keyId);
  expect(openRecord(key, place, sealed).toString()).toBe('written by version 1');
});

test('parts of a place cannot flow into each other', () => {
  const sealed = sealRecord(keyId, key, { ...place, table: 'a', column: 'b.c' }, Buffer.from('x'));
  expect(() => openRecord(key, { ...place, table: 'a.b', column: 'c' }, sealed)).toThrow('changed or moved');
  const quoted = sealRecord(keyId, key, { ...place, column: 'b","c', rowId: 'd' }, Buffer.from('x'));
  expect(() => openRecord(key, { ...place, column: 'b', rowId: 'c","d' }, quoted)).toThrow(
    'changed or moved',
  );
});

test('a wrapped key does not unwrap in another context or with another ring, and errors hold no key', async () => {
  const [first, second] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
  const ring = localKeyEncryption([first]);
  const { kekId, wrapped } = await ring.wrap(key, 'here');
  expect((await ring.unwrap(kekId, wrapped, 'here')).equals(key)).toBe(true);
  await expect(ring.unwrap(kekId, wrapped, 'there')).rejects.toThrow();
  const error = await localKeyEncryption([second])
    .unwrap(kekId, wrapped, 'here')
    .catch((reason: unknown) => reason as Error);
  expect(String(error)).toContain('is not in ENCRYPTION_KEY');
  expect(String(error)).not.toContain(first);
  expect(() => localKeyEncryption(['c2hvcnQ='])).toThrow('32 bytes');
  expect(() => localKeyEncryption([])).toThrow('At least one');
});
