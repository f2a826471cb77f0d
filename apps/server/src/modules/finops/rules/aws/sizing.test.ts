import { instanceSize } from '@cloudatlas/cloud/aws/instance-sizes';
import { describe, expect, test } from 'vitest';
import {
  creditBaseline,
  CURRENT_FAMILIES,
  familyOf,
  oldShape,
  speedsOf,
  typesOf,
} from './data/instance-families.ts';
import { cpusNeeded, fits, projected, type Load, type Shape } from './sizing.ts';

const shape: Shape = { type: 'm5.2xlarge', cpus: 8, memoryGiB: 32 };
const load = (given: Partial<Load>): Load => ({
  cpuP99: 20,
  cpuP95: 15,
  cpuAverage: 10,
  memoryGiB: 4,
  networkGbps: 0.1,
  diskMBps: 10,
  evidence: [],
  ...given,
});

describe('sizing', () => {
  test.each([
    [20, 1, 2],
    [20.1, 1, 3],
    [80, 1, 8],
    [100, 1, 10],
    [0, 1, 1],
    [20, 1.5, 3],
  ])('p99 of %d %% with factor %d needs %d vCPUs', (cpuP99, safety, cpus) =>
    expect(cpusNeeded(shape, load({ cpuP99 }), safety)).toBe(cpus),
  );
  test('CPU after the change', () =>
    expect(projected(20, shape, { type: 'm5.large', cpus: 2, memoryGiB: 8 })).toBe(80));
  test.each([
    ['everything fits', {}, true],
    ['memory used with headroom is exactly the size', { memoryGiB: 6.4 }, true],
    ['memory does not fit', { memoryGiB: 6.41 }, false],
    ['CPU does not fit', { cpuP99: 21 }, false],
    ['network does not fit', { networkGbps: 0.76 }, false],
    ['disk does not fit', { diskMBps: 82 }, false],
    [
      'traffic that nobody measured is not held against it',
      { networkGbps: undefined, diskMBps: undefined },
      true,
    ],
    ['unknown memory keeps half at least', { memoryGiB: undefined }, false],
  ] as const)('%s', (_, given, fit) =>
    expect(fits(shape, load(given), { type: 'm5.large', cpus: 2, memoryGiB: 8 })).toBe(fit),
  );
  test('a burstable type must earn the mean load', () => {
    const small = { type: 't3.large', cpus: 2, memoryGiB: 8 };
    expect(fits(shape, load({ cpuAverage: 7.5, networkGbps: 0.1 }), small)).toBe(true);
    expect(fits(shape, load({ cpuAverage: 7.6 }), small)).toBe(false);
  });
});

describe('the table of families', () => {
  const families = [...CURRENT_FAMILIES.x86_64, ...CURRENT_FAMILIES.arm64];
  test('current families have sizes, speeds and numbers for each', () => {
    for (const type of families.flatMap(typesOf)) {
      expect(instanceSize(type), type).toBeDefined();
      expect(speedsOf(type), type).toBeDefined();
    }
    expect(families.flatMap(typesOf).length).toBeGreaterThan(150);
  });
  test('what replaces a family is known and of the same architecture', () => {
    for (const name of ['m4', 'c4', 'r4', 't2', ...families]) {
      const family = familyOf(`${name}.large`);
      for (const newer of family?.newer ?? []) expect(familyOf(`${newer}.large`)?.arch).toBe(family?.arch);
      if (family?.arm) expect(familyOf(`${family.arm}.large`)?.arch).toBe('arm64');
    }
  });
  test('every burstable type has a baseline, and no other', () => {
    for (const type of ['t2', 't3', 't3a', 't4g'].flatMap(typesOf))
      expect(creditBaseline(type), type).toBeGreaterThan(0);
    expect(creditBaseline('m5.large')).toBeUndefined();
  });
  test('names of prototypes are no families', () => {
    expect(familyOf('constructor.large')).toBeUndefined();
    expect(oldShape('toString.valueOf')).toBeUndefined();
  });
});
