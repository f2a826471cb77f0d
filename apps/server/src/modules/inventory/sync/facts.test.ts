import type { Resource } from '@cloudatlas/cloud/resource';
import { expect, test } from 'vitest';
import { changesBetween, cleanDeep, readingOf, rowOf } from './facts.ts';

const resource: Resource = {
  type: 'aws.ec2.volume',
  nativeId: 'arn:1',
  id: 'vol-1',
  region: 'us-east-1',
  name: 'a\0b',
  state: 'available',
  stateRaw: 'avail\0able',
  tags: { 'k\0': 'v\ud83c' },
  relations: [],
  attributes: { nested: [{ 'x\0': '\0' }] },
} as unknown as Resource;
const found = {
  organizationId: 'o',
  workspaceId: 'w',
  accountId: 'a',
  provider: 'aws',
  service: 'ec2',
  categories: new Map([['aws.ec2.volume', 'storage']]),
};

test('what PostgreSQL cannot hold is replaced in every text of a row', () => {
  const clean = cleanDeep(resource) as Resource;
  const row = rowOf(clean, readingOf(resource).fingerprint, found, 'id', {
    firstSeen: new Date(0),
    changed: new Date(0),
  });
  const text = JSON.stringify([row, clean.attributes]);
  expect(text).not.toContain('\\u0000');
  expect(text.isWellFormed() && !/\\ud83c/i.test(text)).toBe(true);
  expect(row).toMatchObject({
    name: 'a\ufffdb',
    state_raw: 'avail\ufffdable',
    category: 'storage',
    tags: { 'k\ufffd': 'v\ufffd' },
  });
});

test('a replaced character is no change', () => {
  const clean = cleanDeep(resource) as Resource;
  const stored = {
    name: clean.name,
    state: clean.state,
    zone: null,
    region: clean.region,
    tags: clean.tags,
    size: null,
    attributes: clean.attributes,
  };
  expect(changesBetween(stored as never, clean)).toEqual([]);
  expect(
    changesBetween(stored as never, { ...clean, tags: {}, zone: 'z' }).map((change) => change.path),
  ).toEqual(['zone', 'tags.k\ufffd']);
});

test('the fingerprint sees every fact and not the order of tags', () => {
  const one = { ...resource, tags: { a: '1', b: '2' } };
  expect(readingOf(one).fingerprint).toEqual(
    readingOf({ ...resource, tags: { b: '2', a: '1' } }).fingerprint,
  );
  for (const other of [
    { ...one, state: 'in_use' },
    { ...one, tags: { a: '1', b: '3' } },
    { ...one, attributes: {} },
    { ...one, relations: [{ kind: 'uses', targetNativeId: 'x' }] },
  ]) {
    expect(readingOf(other as Resource).fingerprint).not.toEqual(readingOf(one).fingerprint);
  }
});

test('a reading says whether PostgreSQL can hold every text', () => {
  expect(readingOf(resource).storable).toBe(false);
  for (const [name, storable] of [
    ['plain', true],
    ['\u{1f600} caf\u00e9 \\ "', true],
    ['half \ud83d', false],
    ['\udc00 half', false],
    ['nul \0', false],
  ] as const) {
    const reading = readingOf({ ...resource, stateRaw: 'x', tags: { k: name }, name, attributes: {} });
    expect([name, reading.storable]).toEqual([name, storable]);
  }
});

test('the fingerprint is the same over releases', () => {
  // Another one would make every resource of every installation look changed.
  const stable = { ...resource, name: 'é', stateRaw: 'x', tags: { b: '2', a: '1' }, attributes: {} };
  expect(readingOf(stable as Resource).fingerprint).toBe(
    '9f3e53ea603a4bb58208c4840b7617fc73d3e64092a3eab62e352f13ec3b3721',
  );
});
