/**
 * Exact decimals. Amounts travel as strings and are computed as integers of 10^-18 units, the scale
 * of the store: DECIMAL(38,18) leaves 20 digits before the point, so a unit price of 10^-10 and its
 * eight digits of precision, and a total of 10^12, fit the same column with room to sum
 * (10^20 is a hundred million such totals). A sum of such decimals has no rounding at all.
 */
export const SCALE = 18;
export const DECIMAL_SQL = `DECIMAL(38,${SCALE})`;
const UNIT = 10n ** BigInt(SCALE);

/** Exact amount in units of 10^-18. */
export type Units = bigint;

const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Parses a decimal string ("-12.5", "1e-10"). Throws RangeError if it is no number or needs more
 * than 18 digits after the point, so nothing is rounded unseen.
 */
export function toUnits(text: string): Units {
  const match = PATTERN.exec(text.trim());
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || whole + fraction === '') throw new RangeError(`not a decimal: ${text.slice(0, 60)}`);
  const exponent = Number(match[4] ?? 0);
  const digits = BigInt(whole + fraction);
  const shift = SCALE - fraction.length + exponent;
  let units: bigint;
  if (shift >= 0) units = digits * 10n ** BigInt(shift);
  else {
    const divisor = 10n ** BigInt(-shift);
    if (digits % divisor !== 0n) throw new RangeError(`more than ${SCALE} decimals: ${text.slice(0, 60)}`);
    units = digits / divisor;
  }
  return match[1] === '-' ? -units : units;
}

/** Shortest exact decimal string: "0.000000001", "-3", never an exponent. */
export function fromUnits(units: Units): string {
  const sign = units < 0n ? '-' : '';
  const absolute = units < 0n ? -units : units;
  const fraction = (absolute % UNIT).toString().padStart(SCALE, '0').replace(/0+$/, '');
  return `${sign}${absolute / UNIT}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Canonical form of a decimal string as the store prints it ("1.500000000000000000" → "1.5"). */
export function canonical(text: string): string {
  return fromUnits(toUnits(text));
}

export function sumDecimals(values: Iterable<string>): string {
  let total = 0n;
  for (const value of values) total += toUnits(value);
  return fromUnits(total);
}

/** Rounds half away from zero to `digits` after the point (2 for most currencies). */
export function roundDecimal(text: string, digits: number): string {
  const units = toUnits(text);
  const step = 10n ** BigInt(SCALE - digits);
  const half = step / 2n;
  const rounded = ((units < 0n ? units - half : units + half) / step) * step;
  return fromUnits(rounded);
}

/** A float for statistics and charts only; never for a total that a user sees. */
export function approximate(text: string): number {
  return Number(text);
}
