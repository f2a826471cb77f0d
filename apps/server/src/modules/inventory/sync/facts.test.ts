import type { Resource } from '@cloudatlas/cloud/resource';
import { expect, test } from 'vitest';
import { changesBetween, cleanDeep, fingerprintOf, rowOf } from './facts.ts';

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
  const row = rowOf(clean, fingerprintOf(resource), found, 'id', {
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
  expect(fingerprintOf(one)).toEqual(fingerprintOf({ ...resource, tags: { b: '2', a: '1' } }));
  for (const other of [
    { ...one, state: 'in_use' },
    { ...one, tags: { a: '1', b: '3' } },
    { ...one, attributes: {} },
    { ...one, relations: [{ kind: 'uses', targetNativeId: 'x' }] },
  ]) {
    expect(fingerprintOf(other as Resource)).not.toEqual(fingerprintOf(one));
  }
});
