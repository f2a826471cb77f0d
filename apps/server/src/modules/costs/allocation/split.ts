import { type Units, fromUnits, toUnits } from '../lake/money.ts';

/**
 * Splits an amount by weights so that the parts add up to it exactly: each part is rounded towards
 * zero at `decimals` places and the units left over go to the largest remainders (Hamilton's method);
 * ties go to the earlier part. All parts have the sign of the amount. Weights are not negative; when
 * all are zero the split is even. Throws RangeError without parts or with a negative weight.
 */
export function splitExactly(amount: string, weights: readonly string[], decimals = 18): string[] {
  if (weights.length === 0) throw new RangeError('nothing to split among');
  let shares = weights.map(toUnits);
  if (shares.some((w) => w < 0n)) throw new RangeError('a weight is negative');
  let total = shares.reduce((a, b) => a + b, 0n);
  if (total === 0n) {
    shares = shares.map(() => 1n);
    total = BigInt(shares.length);
  }
  const step = 10n ** BigInt(18 - decimals);
  const units = toUnits(amount);
  const negative = units < 0n;
  const whole = negative ? -units : units;
  // What is finer than the step is not lost: it goes to the part with the largest remainder.
  const coarse = whole / step;
  const dust = whole % step;
  const parts = shares.map((share) => (coarse * share) / total);
  const remainders = shares.map((share, i) => ({ i, remainder: (coarse * share) % total }));
  let left = coarse - parts.reduce((a, b) => a + b, 0n);
  const order = remainders.toSorted((a, b) =>
    a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1,
  );
  for (const { i } of order) {
    if (left === 0n) break;
    parts[i] = (parts[i] ?? 0n) + 1n;
    left -= 1n;
  }
  const heir = order[0]?.i ?? 0;
  return parts.map((part, i) => {
    const value: Units = part * step + (i === heir ? dust : 0n);
    return fromUnits(negative ? -value : value);
  });
}
