/** Exact arithmetic on the API's decimal strings, for the little that a page works out itself. */

const digits = 18;
const one = 10n ** BigInt(digits);

/** Units of 10^-18. Digits beyond the eighteenth, which the API never sends, are cut. */
function parse(amount: string): bigint {
  const negative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const units = BigInt(whole) * one + BigInt(fraction.slice(0, digits).padEnd(digits, '0'));
  return negative ? -units : units;
}

function print(units: bigint): string {
  const size = units < 0n ? -units : units;
  const fraction = (size % one).toString().padStart(digits, '0').replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${size / one}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Exact sum; `0` of nothing. */
export function sumOf(amounts: readonly string[]): string {
  return print(amounts.reduce((sum, amount) => sum + parse(amount), 0n));
}

/** Exact `left − right`. */
export function minus(left: string, right: string): string {
  return print(parse(left) - parse(right));
}

/** −1, 0 or 1. */
export function signOf(amount: string): -1 | 0 | 1 {
  const units = parse(amount);
  return units === 0n ? 0 : units < 0n ? -1 : 1;
}

/** For sorting: negative when `left` is smaller. */
export function compareDecimals(left: string, right: string): number {
  return signOf(minus(left, right));
}

/** `part ÷ whole` as a number for percentages and bars; null for a whole of nothing. */
export function shareOf(part: string, whole: string): number | null {
  const base = parse(whole);
  return base === 0n ? null : Number((parse(part) * 1_000_000n) / base) / 1_000_000;
}

/** Relative change, 0.1 for ten percent more; null without a base to compare with. */
export function changeOf(now: string, before: string | null): number | null {
  if (before === null || signOf(before) === 0) return null;
  return shareOf(minus(now, before), before.replace('-', ''));
}
