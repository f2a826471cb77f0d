import { expect, test } from 'vitest';
import { filterJson } from './json-filter.ts';

const value = {
  InstanceId: 'i-1',
  Placement: { Zone: 'us-east-1a' },
  Groups: [{ id: 'sg-1' }, { id: 'sg-2' }],
  On: true,
};

test('an empty search keeps everything', () => {
  expect(filterJson(value, '')).toBe(value);
});

test('a key keeps all below it, a leaf only its path, whatever the case', () => {
  expect(filterJson(value, 'placement')).toEqual({ Placement: { Zone: 'us-east-1a' } });
  expect(filterJson(value, 'SG-2')).toEqual({ Groups: [{ id: 'sg-2' }] });
  expect(filterJson(value, 'true')).toEqual({ On: true });
});

test('what is nowhere is undefined', () => {
  expect(filterJson(value, 'nowhere')).toBeUndefined();
});
