/*
 * Exact decimal arithmetic for money, on integers scaled by powers of ten. Amounts come and go
 * as decimal strings; nothing passes through a float.
 */

interface Scaled {
  readonly digits: bigint;
  /** Number of digits after the point. */
  readonly places: number;
}

/** Longest text that is taken for a number, against hostile input. */
const MAX_LENGTH = 80;
const MAX_EXPONENT = 60;

function parse(text: string): Scaled {
  const match =
    text.length <= MAX_LENGTH ? /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text.trim()) : null;
  const whole = match?.[2] ?? '';
  const part = match?.[3] ?? '';
  if (!match || whole + part === '')
    throw new RangeError(`not a decimal number: ${text.slice(0, MAX_LENGTH)}`);
  const exponent = Number(match[4] ?? 0);
  if (Math.abs(exponent) > MAX_EXPONENT)
    throw new RangeError('the exponent of a decimal number is too large');
  const digits = BigInt(`${match[1] === '-' ? '-' : ''}${whole}${part}`);
  const places = part.length - exponent;
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

function write({ digits, places }: Scaled): string {
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const part = text.slice(text.length - places).replace(/0+$/, '');
  const number = part === '' ? whole : `${whole}.${part}`;
  return negative && number !== '0' ? `-${number}` : number;
}

/** Plain notation without exponent, plus sign or trailing zeros: `1.50E-3` → `0.0015`. @throws RangeError */
export function decimal(text: string | number): string {
  return write(parse(String(text)));
}

/** a · b, exact. @throws RangeError */
export function times(a: string | number, b: string | number): string {
  const x = parse(String(a));
  const y = parse(String(b));
  return write({ digits: x.digits * y.digits, places: x.places + y.places });
}

/** Sum, exact. @throws RangeError */
export function sum(terms: readonly string[]): string {
  const parsed = terms.map(parse);
  const places = parsed.reduce((most, t) => Math.max(most, t.places), 0);
  const digits = parsed.reduce((total, t) => total + t.digits * 10n ** BigInt(places - t.places), 0n);
  return write({ digits, places });
}

/** a − b, exact. @throws RangeError */
export function subtract(a: string, b: string): string {
  return sum([a, times(b, -1)]);
}

/** Negative when a < b, zero when equal, positive when a > b. @throws RangeError */
export function compare(a: string, b: string): number {
  const x = parse(a);
  const y = parse(b);
  const places = Math.max(x.places, y.places);
  const difference =
    x.digits * 10n ** BigInt(places - x.places) - y.digits * 10n ** BigInt(places - y.places);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** a ÷ b, rounded half away from zero to a number of places. @throws RangeError also for division by zero */
export function divide(a: string | number, b: string | number, places: number): string {
  const x = parse(String(a));
  const y = parse(String(b));
  if (y.digits === 0n) throw new RangeError('division by zero');
  // One digit more than wanted is enough: rounding half away from zero looks at no further one.
  const scale = places + 1 + y.places - x.places;
  const numerator = scale > 0 ? x.digits * 10n ** BigInt(scale) : x.digits;
  const denominator = scale < 0 ? y.digits * 10n ** BigInt(-scale) : y.digits;
  return round(write({ digits: numerator / denominator, places: places + 1 }), places);
}

/** Rounded half away from zero to a number of places. @throws RangeError */
export function round(text: string, places: number): string {
  const value = parse(text);
  if (value.places <= places) return write(value);
  const unit = 10n ** BigInt(value.places - places);
  const half = value.digits < 0n ? -unit / 2n : unit / 2n;
  return write({ digits: (value.digits + half) / unit, places });
}
