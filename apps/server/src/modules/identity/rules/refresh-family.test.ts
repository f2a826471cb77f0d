import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lifetimes } from './lifetimes.ts';
import { judgeRefresh } from './refresh-family.ts';
import { deriveKey, successorOf } from './tokens.ts';

const key = deriveKey('a secret key of the test installation', 'refresh successor');

interface Token {
  value: string;
  expiresAt: number;
  usedAt: number | null;
  successor: string | null;
}

/** The family as the database keeps it, over the same rules. */
class Family {
  readonly tokens = new Map<string, Token>();
  readonly familyExpiresAt: number;
  ended = false;
  now = Date.UTC(2026, 0, 1);

  constructor(first: string) {
    this.familyExpiresAt = this.now + lifetimes.apiSession.absolute;
    this.#issue(first);
  }

  #issue(value: string): void {
    this.tokens.set(value, {
      value,
      expiresAt: this.now + lifetimes.apiSession.idle,
      usedAt: null,
      successor: null,
    });
  }

  present(value: string): string | null {
    const token = this.tokens.get(value);
    if (token === undefined) return null;
    const successor = token.successor === null ? undefined : this.tokens.get(token.successor);
    const verdict = judgeRefresh({
      now: new Date(this.now),
      tokenExpiresAt: new Date(token.expiresAt),
      usedAt: token.usedAt === null ? null : new Date(token.usedAt),
      successorUsed: successor !== undefined && successor.usedAt !== null,
      familyExpiresAt: new Date(this.familyExpiresAt),
      familyEnded: this.ended,
    });
    if (verdict === 'reuse') this.ended = true;
    if (verdict === 'rotate') {
      token.usedAt = this.now;
      token.successor = successorOf(value, key);
      this.#issue(token.successor);
    }
    return verdict === 'rotate' || verdict === 'repeat' ? successorOf(value, key) : null;
  }
}

/** What a client, a thief and time do: present the n-th token from the end, or wait. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ present: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 3, arbitrary: fc.record({ wait: fc.integer({ min: 0, max: 15_000 }) }) },
  { weight: 1, arbitrary: fc.record({ wait: fc.integer({ min: 0, max: 40 * 86_400_000 }) }) },
);

test('whatever happens: one line of tokens, at most one fresh, and nothing after the end', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const family = new Family('first');
      for (const event of steps) {
        if ('wait' in event) {
          family.now += event.wait;
          continue;
        }
        const line = [...family.tokens.values()];
        const token = line.at(-1 - Math.min(event.present, line.length - 1));
        if (token === undefined) throw new Error('a family has a first token');
        const before = { ended: family.ended, usedAt: token.usedAt, count: line.length };
        const spentForGood =
          token.usedAt !== null &&
          (family.now - token.usedAt >= lifetimes.refreshGrace ||
            family.tokens.get(token.successor ?? '')?.usedAt !== null);
        const answer = family.present(token.value);

        // Nothing works after the family's end, by revocation or age.
        if (before.ended || family.now >= family.familyExpiresAt) expect(answer).toBeNull();
        // A token that was used and whose answer surely arrived ends the family.
        else if (spentForGood) expect(family.ended).toBe(true);
        // A repeat gives the successor that there is, and makes no other.
        else if (before.usedAt !== null) {
          expect(answer).toBe(token.successor);
          expect(family.tokens.size).toBe(before.count);
        }
        // At most one token is unused, and each token has one successor.
        expect([...family.tokens.values()].filter((one) => one.usedAt === null)).toHaveLength(1);
        const successors = [...family.tokens.values()].flatMap((one) => one.successor ?? []);
        expect(new Set(successors).size).toBe(successors.length);
      }
    }),
    { numRuns: 500 },
  );
});

test('the edges: grace, idle end, absolute end', () => {
  const now = new Date('2026-01-10T00:00:00.000Z');
  const at = (ms: number): Date => new Date(now.getTime() + ms);
  const fresh = {
    now,
    tokenExpiresAt: at(1),
    usedAt: null,
    successorUsed: false,
    familyExpiresAt: at(1),
    familyEnded: false,
  };
  expect(judgeRefresh(fresh)).toBe('rotate');
  expect(judgeRefresh({ ...fresh, tokenExpiresAt: now })).toBe('refuse');
  expect(judgeRefresh({ ...fresh, familyExpiresAt: now })).toBe('refuse');
  expect(judgeRefresh({ ...fresh, familyEnded: true })).toBe('refuse');
  expect(judgeRefresh({ ...fresh, usedAt: at(-9_999) })).toBe('repeat');
  expect(judgeRefresh({ ...fresh, usedAt: at(-10_000) })).toBe('reuse');
  expect(judgeRefresh({ ...fresh, usedAt: at(-1), successorUsed: true })).toBe('reuse');
});

test('a successor cannot be computed without the key', () => {
  const other = deriveKey('the secret key of another installation!', 'refresh successor');
  expect(successorOf('first', key)).not.toBe(successorOf('first', other));
  expect(successorOf('first', key)).toMatch(/^atlas_rt_[\w-]{43}$/);
});
