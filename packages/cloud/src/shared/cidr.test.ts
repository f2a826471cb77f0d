import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains, divide, isPrivate, overlap, parseCidr, writeCidr, type Cidr } from './cidr.ts';

const block = (text: string): Cidr => {
  const parsed = parseCidr(text);
  if (!parsed) throw new Error(text);
  return parsed;
};

describe('CIDR blocks', () => {
  test.each(['10.0.0.0', '10.0.0.1/16', '256.0.0.0/8', '10.0.0.0/33', '10.0.0/16', ' 10.0.0.0/16', '::/0'])(
    '%s is none',
    (text) => expect(parseCidr(text)).toBeUndefined(),
  );

  test('addresses above 128.0.0.0 are numbers without sign', () => {
    expect(block('192.168.0.0/16').base).toBe(3_232_235_520);
    expect(writeCidr(block('255.255.255.255/32'))).toBe('255.255.255.255/32');
    expect(overlap(block('0.0.0.0/0'), block('203.0.113.0/24'))).toBe(true);
  });

  test('private ranges', () => {
    expect(
      ['10.255.0.0/16', '172.16.0.0/16', '192.168.4.0/24', '100.64.0.0/16'].map((t) => isPrivate(block(t))),
    ).toEqual([true, true, true, true]);
    expect(['11.0.0.0/16', '172.32.0.0/16', '172.0.0.0/8'].map((t) => isPrivate(block(t)))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('what does not fit is not divided', () => {
    expect(divide(block('10.0.0.0/27'), 3)).toBeUndefined();
    expect(divide(block('10.0.0.0/26'), 4)?.map(writeCidr)).toEqual([
      '10.0.0.0/28',
      '10.0.0.16/28',
      '10.0.0.32/28',
      '10.0.0.48/28',
    ]);
  });

  test('the parts of a block lie in it, are equal, and do not overlap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 26 }),
        fc.nat(255),
        fc.integer({ min: 1, max: 4 }),
        (prefix, octet, count) => {
          const outer = {
            base: Math.floor((10 * 2 ** 24 + octet * 2 ** 16) / 2 ** (32 - prefix)) * 2 ** (32 - prefix),
            prefix,
          };
          const parts = divide(outer, count) ?? [];
          expect(parts.length).toBe(count);
          parts.forEach((part, i) => {
            expect(contains(outer, part)).toBe(true);
            expect(parseCidr(writeCidr(part))).toEqual(part);
            for (const other of parts.slice(0, i)) expect(overlap(other, part)).toBe(false);
          });
        },
      ),
    );
  });
});
