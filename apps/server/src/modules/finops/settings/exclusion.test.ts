import { describe, expect, test } from 'vitest';
import { anyExclusion, parseExclusion } from './exclusion.ts';

describe('an exclusion by tag', () => {
  test.each([
    ['keep', { keep: '' }, true],
    ['keep', { Keep: 'yes' }, false],
    ['env==prod', { env: 'prod' }, true],
    ['env==prod', { env: 'production' }, false],
    ['env == prod', { env: 'prod' }, true],
    ['env!=prod', { env: 'dev' }, true],
    ['env!=prod', { env: 'prod' }, false],
    ['env!=prod', {}, true],
    ['env=~/^(prod|stage)/', { env: 'production' }, true],
    ['env=~/^(prod|stage)/', { env: 'preprod' }, false],
    ['env=~/PROD/', { env: 'prod' }, false],
    ['env=~/(?i)PROD/', { env: 'prod' }, true],
    ['env!~/^dev/', { env: 'prod' }, true],
    ['env!~/^dev/', { env: 'develop' }, false],
    ['env!~/^dev/', {}, true],
    ['aws:x/y==a==b', { 'aws:x/y': 'a==b' }, true],
    ['__proto__', {}, false],
    ['toString==x', {}, false],
  ] as const)('%s on %o: %s', (text, tags, excluded) => {
    expect(parseExclusion(text)(tags)).toBe(excluded);
  });

  test.each(['env=prod', 'env=~prod', 'env=~/[/', 'env=~/a{1000}/', 'env=~/(a{99}){99}/', 'env=~/(?=x)/'])(
    '%s is refused',
    (text) => {
      expect(() => parseExclusion(text)).toThrow(RangeError);
    },
  );

  test('an expression that makes backtracking engines hang is matched in linear time', () => {
    const excluded = parseExclusion('name=~/^(a+)+$/');
    expect(excluded({ name: `${'a'.repeat(5000)}!` })).toBe(false);
    expect(excluded({ name: 'a'.repeat(5000) })).toBe(true);
  });

  test('one of several is enough', () => {
    const excluded = anyExclusion(['keep', 'env==prod']);
    expect(excluded({ env: 'prod' })).toBe(true);
    expect(excluded({ env: 'dev' })).toBe(false);
    expect(anyExclusion([])({ a: 'b' })).toBe(false);
  });
});
